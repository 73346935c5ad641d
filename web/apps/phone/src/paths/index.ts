// Moving between pages: the browser's history, a table of pages and one reactive place. Twenty pages without nesting need no more;
// the router this replaces was a fifth of everything a phone had to fetch before its first screen.
import { defineComponent, h, nextTick, shallowReactive, type Component, type PropType } from 'vue';
import { addressOf, match, queryOf, type Page, type Params, type Query, type Target } from './match';

export type { Target } from './match';
export interface Route { name: string; params: Params; query: Query; hash: string; path: string; fullPath: string; isOpen: boolean; isPublic: boolean }
export interface PageEntry extends Page {
  load: () => Promise<{ default: Component }>;
  /** May be seen by who is not signed in. */
  isOpen?: boolean;
  /** For residents, who have no account and use nothing else of this face. */
  isPublic?: boolean;
}
export type To = Target | string;

const base = '/phone';
let pages: readonly PageEntry[] = [];
let guard: (to: Route) => Target | undefined = () => undefined;
let turn = 0;

const place = shallowReactive<{ route: Route; page: Component | undefined; failed: boolean }>({
  route: { name: '', params: {}, query: {}, hash: '', path: '/', fullPath: '/', isOpen: true, isPublic: false }, page: undefined, failed: false,
});

function routeAt(address: string): { route: Route; entry: PageEntry | undefined } {
  const [beforeHash = '', hash = ''] = address.split(/(?=#)/);
  const [path = '/', search = ''] = beforeHash.split(/(?=\?)/);
  const found = match(pages, path);
  const entry = pages.find((one) => one.name === found?.name);
  const route = { name: found?.name ?? '', params: found?.params ?? {}, query: queryOf(search), hash, path, fullPath: beforeHash, isOpen: entry?.isOpen === true, isPublic: entry?.isPublic === true };
  return { route, entry };
}

async function show(address: string, write: 'push' | 'replace' | 'none', scroll = 0): Promise<void> {
  const mine = (turn += 1);
  let { route, entry } = routeAt(address);
  const instead = guard(route);
  if (instead) {
    ({ route, entry } = routeAt(addressOf(pages, instead)));
    write = write === 'push' ? 'push' : 'replace';
  }
  let page: Component | undefined;
  try {
    page = (await entry?.load())?.default;
    place.failed = false;
  } catch {
    // A newer version took this one's parts away: start it. Else there is no network: say so instead of standing still.
    if (mine === turn && (await startNewer(base + route.fullPath + route.hash))) return;
    place.failed = true;
  }
  if (mine !== turn) return;
  const url = base + route.fullPath + route.hash;
  if (write === 'push') {
    history.replaceState({ ...history.state, scroll: window.scrollY }, '');
    history.pushState({}, '', url);
  } else if (write === 'replace') history.replaceState({}, '', url);
  place.route = route;
  place.page = page;
  await nextTick();
  window.scrollTo(0, scroll);
}

const restarted = 'wujin.restarted';

/** Loads the page anew when the server answers for it, once in a while: a broken version must not go round in circles. */
async function startNewer(url: string): Promise<boolean> {
  try {
    if (Date.now() - Number(sessionStorage.getItem(restarted) ?? 0) < 30_000) return false;
    if (!(await fetch(`${base}/`, { cache: 'no-store' })).ok) return false;
    sessionStorage.setItem(restarted, String(Date.now()));
    location.replace(url);
    return true;
  } catch {
    return false;
  }
}

const addressFor = (to: To): string => (typeof to === 'string' ? to : addressOf(pages, to));
const here = (): string => (location.pathname.startsWith(base) ? location.pathname.slice(base.length) : location.pathname).replace(/^\/?/, '/') + location.search + location.hash;

export const router = {
  push: (to: To): Promise<void> => show(addressFor(to), 'push'),
  replace: (to: To): Promise<void> => show(addressFor(to), 'replace'),
  back: (): void => history.back(),
  /** The whole address of a page, for links and the address bar. */
  hrefOf: (to: To): string => base + addressFor(to),
};

export async function startPaths(entries: readonly PageEntry[], ask: typeof guard): Promise<void> {
  pages = entries;
  guard = ask;
  history.scrollRestoration = 'manual';
  window.addEventListener('popstate', (event) => void show(here(), 'none', (event.state as { scroll?: number } | null)?.scroll ?? 0));
  await show(here(), 'replace');
}

export const useRoute = (): Route => place.route;
/** Reactive: which page stands on the screen. */
export const current = place;

/** A true link: it opens in another tab, is read out as one, and is followed here without loading the page anew. */
export const PageLink = defineComponent({
  name: 'PageLink',
  props: { to: { type: [String, Object] as PropType<To>, required: true } },
  setup(props, { slots }) {
    const follow = (event: MouseEvent): void => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void router.push(props.to);
    };
    return () => h('a', { href: router.hrefOf(props.to), onClick: follow }, slots.default?.());
  },
});
