import type { PageEntry, Route } from './paths';
import type { Target } from './paths/match';
import { readyDigest } from './pictures/digest';
import { session } from './session/session';
import Today from './today/Today.vue';

/** Recording must work to its end without a network, also where no service worker keeps the page: what follows it comes with it. */
async function recording<T>(page: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([page, import('./activities/Activity.vue'), import('./outbox/sender'), readyDigest()]);
  return loaded;
}

const month = { month: /^\d{4}-\d{2}$/ };

export const pages: PageEntry[] = [
  { name: 'today', path: '/', load: async () => ({ default: Today }) },
  { name: 'record', path: '/record/:key?', load: () => recording(import('./activities/Record.vue')) },
  { name: 'album', path: '/album', load: () => recording(import('./activities/Album.vue')) },
  { name: 'activities', path: '/activities', load: () => import('./activities/Activities.vue') },
  { name: 'activity', path: '/activities/:key', load: () => import('./activities/Activity.vue') },
  { name: 'reports', path: '/reports', load: () => import('./reports/HandIn.vue') },
  { name: 'report', path: '/reports/:month', shape: month, load: () => import('./reports/Report.vue') },
  { name: 'preview', path: '/reports/:month/preview', shape: month, load: () => import('./reports/Preview.vue') },
  { name: 'receipt', path: '/reports/:month/receipt', shape: month, load: () => import('./reports/Receipt.vue') },
  { name: 'summary', path: '/summary', load: () => import('./summaries/Summary.vue') },
  { name: 'appraisal', path: '/appraisal', load: () => import('./appraisal/Appraisal.vue') },
  { name: 'plan', path: '/plan', load: () => import('./plans/Plan.vue') },
  { name: 'row', path: '/plan/rows/:row?', load: () => import('./plans/PlanRow.vue') },
  { name: 'outbox', path: '/outbox', load: () => import('./outbox/Outbox.vue') },
  { name: 'mine', path: '/mine', load: () => import('./mine/Mine.vue') },
  { name: 'password', path: '/mine/password', load: () => import('./mine/Password.vue') },
  { name: 'sites', path: '/sites', load: () => recording(import('./sites/Sites.vue')) },
  { name: 'site', path: '/sites/entry/:key?', load: () => recording(import('./sites/Site.vue')) },
  { name: 'suggestions', path: '/suggestions', load: () => import('./suggestions/Suggestions.vue') },
  { name: 'box', path: '/box', load: () => import('./suggestions/Box.vue'), isOpen: true, isPublic: true },
  { name: 'box-answer', path: '/box/answer', load: () => import('./suggestions/BoxAnswer.vue'), isOpen: true, isPublic: true },
  { name: 'sign-in', path: '/sign-in', load: () => import('./session/SignIn.vue'), isOpen: true },
  { name: 'demo', path: '/demo', load: () => import('./session/DemoLink.vue'), isOpen: true },
  { name: 'invitation', path: '/invitation', load: () => import('./session/Invitation.vue'), isOpen: true },
  { name: 'password-reset', path: '/password-reset', load: () => import('./session/Invitation.vue'), isOpen: true },
  { name: 'setup', path: '/setup', load: () => import('./session/Setup.vue'), isOpen: true },
];

/** An ended session does not close the page: what is kept can be read and recording goes on. */
export function whoMaySee(to: Route): Target | undefined {
  if (to.isOpen || session.me) return undefined;
  return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } };
}

/** Without a service worker a page not fetched now cannot be opened later without a signal: fetch them all, one after another, when idle. */
export async function fetchAhead(): Promise<void> {
  for (const page of pages) await page.load().catch(() => undefined);
}
