// The sites of the place on the screen, as last seen: looked at without a signal, and fetched anew now and then.
import type { Wire } from '@wujin/api';
import { computed, reactive } from 'vue';
import { here } from '../kept/here';
import { api, ask } from '../network';
import { mine } from '../outbox/outbox';
import type { OutboxEntry, Site, SiteFields } from '../outbox/entry';
import { account } from '../session/session';
import { plain, shelf, type Kept } from '../store';

interface KeptSites extends Kept { account: string; value: Site[] }

const freshFor = 6 * 3_600_000;
export const sites = reactive<{ items: Site[]; of: string; loaded: boolean; fetchedAt: number }>({ items: [], of: '', loaded: false, fetchedAt: 0 });

const scope = (): string => `${account.value}|${here.placeId}|sites`;

/** Shows what was kept of this place, before and without any network. */
export async function showSites(): Promise<void> {
  const at = scope();
  if (sites.of === at) return;
  const known = (await shelf.get<KeptSites>('kept', at))?.value;
  if (at === scope()) Object.assign(sites, { items: known ?? [], of: at, loaded: known !== undefined, fetchedAt: 0 });
}

async function keep(items: Site[]): Promise<void> {
  sites.items = items;
  await shelf.put(['kept', plain<KeptSites>({ key: scope(), account: account.value ?? '', value: items })]);
}

export async function fetchSites(): Promise<void> {
  const at = scope();
  if (!here.placeId) return;
  await showSites();
  const items: Site[] = [];
  let cursor: string | undefined;
  do {
    const page: Wire<'SiteList'> = await ask(api.GET('/api/v1/sites', { params: { query: { place: here.placeId, limit: 200, ...(cursor ? { cursor } : {}) } } }));
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  if (at !== scope()) return;
  await keep(items);
  Object.assign(sites, { loaded: true, fetchedAt: Date.now() });
}

/** So that they can be looked at where there is no signal, though nobody looked before. */
export async function refreshSites(): Promise<void> {
  if (sites.of === scope() && Date.now() - sites.fetchedAt < freshFor) return;
  await fetchSites().catch(() => undefined);
  // Whoever may not read them need not ask again and again; whoever had no line finds it at the next start.
  sites.fetchedAt = Date.now();
}

/** A site as the server just answered it. */
export async function takeSite(site: Site): Promise<void> {
  await showSites();
  const rest = sites.items.filter((known) => known.id !== site.id);
  if (site.place === here.placeId) await keep([...rest, site].sort((a, b) => a.recorded_at.localeCompare(b.recorded_at)));
  else if (rest.length < sites.items.length) await keep(rest);
}

/** One line of the list: what lies on the server, what lies on this phone, or both of the same site. */
export interface ShownSite { key: string; site: SiteFields; photos: { id: string; remote: boolean }[]; local?: OutboxEntry; known?: Site }

const fromServer = (known: Site): ShownSite => ({ key: known.id, site: known, photos: known.photos.map((photo) => ({ id: photo.id, remote: photo.received })), known });
const fromPhone = (local: OutboxEntry, known?: Site): ShownSite => ({
  key: local.key, site: local.site!, photos: local.photos.map((photo) => ({ id: photo.id, remote: photo.state === 'sent' || photo.state === 'there' })), local, ...(known ? { known } : {}),
});

/** What is on the phone covers what it edits; one just sent stands until the list has it. Drafts stand elsewhere. */
export function mergedSites(known: readonly Site[], entries: readonly OutboxEntry[]): ShownSite[] {
  const local = new Map(entries.filter((entry) => entry.site && entry.state !== 'draft').map((entry) => [entry.key, entry]));
  const lines = known.map((site) => {
    const own = local.get(site.id);
    return own && own.state !== 'sent' ? fromPhone(own, site) : fromServer(site);
  });
  const there = new Set(known.map((site) => site.id));
  return [...lines, ...Array.from(local.values()).filter((entry) => !there.has(entry.key) && entry.state !== 'sent').map((entry) => fromPhone(entry))];
}

export const shownSites = computed(() => mergedSites(sites.items, mine.value.filter((entry) => entry.site?.place === here.placeId)));
