import { watch } from 'vue';
import { me, standing } from './session';

// A desk that nobody sits at closes itself as the server ends its session: the sign-in stands over the page, and the page stays.
const kept = 'wujin.used';
const uses = ['pointerdown', 'keydown', 'wheel'] as const;
const between = 15_000;
let last = 0;

/** When anybody last used the desk: in this tab, or in another one of this browser, which has the same session. */
function lastUse(): number {
  try {
    return Math.max(last, Number(localStorage.getItem(kept)));
  } catch {
    return last;
  }
}

function noteUse(): void {
  // Who types a password is not in yet.
  if (standing.value !== 'in') return;
  const now = Date.now();
  const isFresh = now - last < between;
  last = now;
  if (isFresh) return;
  try {
    localStorage.setItem(kept, String(now));
  } catch {
    // Without storage each tab counts for itself.
  }
}

function closeWhenIdle(): void {
  const limit = (me.value?.desk_session_minutes ?? 30) * 60_000;
  if (standing.value === 'in' && Date.now() - lastUse() >= limit) standing.value = 'expired';
}

/** Begins to watch; answers how to stop. */
export function watchForIdleness(): () => void {
  const arrive = watch(standing, (now) => {
    last = 0;
    if (now === 'in') noteUse();
  }, { immediate: true, flush: 'sync' });
  const timer = setInterval(closeWhenIdle, between);
  for (const use of uses) document.addEventListener(use, noteUse, { passive: true, capture: true });
  document.addEventListener('visibilitychange', closeWhenIdle);
  return () => {
    arrive();
    clearInterval(timer);
    for (const use of uses) document.removeEventListener(use, noteUse, { capture: true });
    document.removeEventListener('visibilitychange', closeWhenIdle);
  };
}
