// When the phone talks to the server: at start, when the page comes to the front, when the browser believes in a network, when something
// was saved, and after growing pauses. Never because a browser promised to do it in the background.
import { today, tickClock } from './clock';
import { refreshKept } from './kept/kept';
import { mine, pending, tidyOutbox } from './outbox/outbox';
import type { Round } from './outbox/sending';
import { refreshMe, session } from './session/session';
import { reachable } from './network';

const quiet = 60_000;
const first = 3_000;
const longest = 5 * 60_000;
let timer: ReturnType<typeof setTimeout> | undefined;
let pause = first;
let askedMe = '';

export function startSchedule(): void {
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') void comeToFront(); });
  window.addEventListener('online', () => void syncNow());
  window.addEventListener('pageshow', (event) => { if (event.persisted) void comeToFront(); });
  void syncNow();
}

async function comeToFront(): Promise<void> {
  tickClock();
  await syncNow();
}

/** Sends and refreshes at once, whatever pause was running. */
export async function syncNow(): Promise<void> {
  pause = first;
  await turn();
}

async function turn(): Promise<void> {
  clearTimeout(timer);
  const how = await send().catch((): Round => 'unreachable');
  if (session.me && !session.ended && how !== 'unreachable') {
    try {
      if (askedMe !== `${session.me.id} ${today.value}`) {
        await refreshMe();
        askedMe = `${session.me.id} ${today.value}`;
      }
      await refreshKept();
      await (await import('./sites/kept_sites')).refreshSites();
    } catch {
      // The screens say what is old; the next turn tries again.
    }
  }
  await tidyOutbox(Date.now());
  plan(how);
}

/** Most visits have nothing to send: the sender is fetched when something waits. */
async function send(): Promise<Round> {
  if (!session.me || pending.value.length === 0) return 'done';
  return (await import('./outbox/sender')).sendOutbox();
}

function plan(how: Round): void {
  clearTimeout(timer);
  const isStuck = how === 'unreachable' || !reachable.value;
  pause = isStuck ? Math.min(longest, pause * 2) : quiet;
  const nextDue = Math.min(...mine.value.filter((entry) => entry.state === 'failed').map((entry) => Math.max(first, entry.notBefore - Date.now())), Infinity);
  // Another tab may die in the middle: look again soon while something waits.
  const waits = how === 'elsewhere' && pending.value.length > 0 ? 10_000 : pause;
  // A page in the background costs battery and data; it goes on when it comes to the front.
  timer = setTimeout(() => void turn(), document.visibilityState === 'hidden' ? longest : Math.min(waits, nextDue));
}
