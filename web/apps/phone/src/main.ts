import '@wujin/ui/tokens.css';
import '@wujin/ui/base.css';
import './phone.css';
import { startPreferences } from '@wujin/ui';
import { createApp } from 'vue';
import { startClock } from './clock';
import { showKept } from './kept/kept';
import { readOutbox } from './outbox/outbox';
import Phone from './Phone.vue';
import { current, startPaths } from './paths';
import { fetchAhead, pages, whoMaySee } from './router';
import { startSchedule } from './schedule';
import { startLock } from './session/pin';
import { session, startSession } from './session/session';
import { startShelf } from './store';

/** Everything that was kept is on the screen before the network is asked for anything. */
async function start(): Promise<void> {
  await startPreferences();
  await startShelf();
  await startClock();
  await startSession();
  if (session.me) await showKept();
  await readOutbox();
  await startLock();
  await startPaths(pages, whoMaySee);
  createApp(Phone).mount('#app');
  // Whoever only drops a suggestion into a box is not made to fetch and keep the pages of the staff.
  if (current.route.isPublic && !session.me) return;
  startSchedule();
  // Plain HTTP has no service worker; the page then says that it will not reopen without signal.
  if (import.meta.env.PROD) void navigator.serviceWorker?.register('/phone/service_worker.js', { scope: '/phone/' }).catch(() => undefined);
  // The first visit is without one too, until it has kept everything.
  if (!navigator.serviceWorker?.controller) setTimeout(() => void fetchAhead(), 800);
}

void start();
