// What the phone shows without signal: its place's plan, the activities of this month and the last, deadlines, points and the
// campaign's choices. Filled once, then kept fresh by the change feed; never more than the person may see.
import type { Wire } from '@wujin/api';
import { addMonths } from '@wujin/ui';
import { computed, reactive } from 'vue';
import { learnTime, thisMonth, today } from '../clock';
import { api, ask } from '../network';
import { account } from '../session/session';
import { dropSetting, keepSetting, plain, setting, shelf, type Kept } from '../store';
import { here, settleHere, type Campaign, type Place } from './here';
import { cacheName, keepSmallPictures } from './small_pictures';

export type Activity = Wire<'Activity'>;
export type Plan = Wire<'Plan'>;
export type PlanRow = Wire<'PlanRow'>;
export type DeadlineCell = Wire<'DeadlineCell'>;
export type Point = Wire<'Point'>;
export type Change = Wire<'Change'>;

interface KeptRecord extends Kept { account: string; value: unknown }

export const kept = reactive<{ activities: Activity[]; plan?: Plan; cells: DeadlineCell[]; points: Point[]; loaded: boolean }>({
  activities: [], cells: [], points: [], loaded: false,
});

/** The months the phone keeps. */
export const keptMonths = computed(() => [thisMonth.value, addMonths(thisMonth.value, -1)]);

const scope = (): string => `${account.value}|${here.campaignId}|${here.placeId}`;
const accountKey = (name: string): string => `${account.value}|${name}`;

async function keepValue(key: string, value: unknown): Promise<void> {
  await shelf.put(['kept', plain<KeptRecord>({ key, account: account.value ?? '', value })]);
}

async function keptValue<T>(key: string): Promise<T | undefined> {
  return (await shelf.get<KeptRecord>('kept', key))?.value as T | undefined;
}

/** Shows what was kept, before and without any network. */
export async function showKept(): Promise<void> {
  here.campaigns = (await keptValue<Campaign[]>(accountKey('campaigns'))) ?? [];
  here.places = (await keptValue<Place[]>(accountKey('places'))) ?? [];
  await settleHere();
  await showKeptHere();
}

export async function showKeptHere(): Promise<void> {
  const at = scope();
  const [activities, plan, cells, points] = await Promise.all([
    keptValue<Activity[]>(`${at}|activities`), keptValue<Plan>(`${at}|plan`), keptValue<DeadlineCell[]>(`${at}|cells`), keptValue<Point[]>(`${at}|points`),
  ]);
  // Another place may have been chosen while these were read.
  if (at !== scope()) return;
  kept.activities = activities ?? [];
  kept.plan = plan;
  kept.cells = cells ?? [];
  kept.points = points ?? [];
  kept.loaded = activities !== undefined;
}

export async function forgetKept(): Promise<void> {
  await shelf.clear('kept');
  for (const key of (await shelf.all('settings')).map((entry) => entry.key)) {
    if (key.startsWith('cursor|')) await dropSetting(key);
  }
  Object.assign(kept, { activities: [], plan: undefined, cells: [], points: [], loaded: false });
  Object.assign(here, { campaigns: [], places: [], campaignId: undefined, placeId: undefined });
  await globalThis.caches?.delete(cacheName).catch(() => false);
}

async function fetchChoices(): Promise<void> {
  const [campaigns, places] = await Promise.all([ask(api.GET('/api/v1/campaigns')), ask(api.GET('/api/v1/places'))]);
  here.campaigns = campaigns.items;
  here.places = places.items;
  await keepValue(accountKey('campaigns'), campaigns.items);
  await keepValue(accountKey('places'), places.items);
  await settleHere();
}

const there = (): { campaign: string; place: string } => ({ campaign: here.campaignId ?? '', place: here.placeId ?? '' });

export async function fetchPlan(): Promise<void> {
  const at = scope();
  const plan = await ask(api.GET('/api/v1/plans/{campaign}/{place}', { params: { path: there() } }));
  if (at === scope()) await takePlan(plan);
}

export async function takePlan(plan: Plan): Promise<void> {
  if (plan.place !== here.placeId || plan.campaign !== here.campaignId) return;
  kept.plan = plan;
  await keepValue(`${scope()}|plan`, plan);
}

let cellsOf = '';

export async function fetchCells(): Promise<void> {
  const at = scope();
  const board = await ask(api.GET('/api/v1/deadlines', { params: { query: { campaign: there().campaign } } }));
  if (at !== scope()) return;
  learnTime(board.now);
  cellsOf = `${at}|${today.value}`;
  kept.cells = board.rows.find((row) => row.place === here.placeId)?.cells ?? [];
  await keepValue(`${at}|cells`, kept.cells);
}

async function fetchPoints(): Promise<void> {
  const at = scope();
  const points = await ask(api.GET('/api/v1/places/{place}/points', { params: { path: { place: there().place }, query: { limit: 100 } } }));
  if (at !== scope()) return;
  kept.points = points.items;
  await keepValue(`${at}|points`, points.items);
}

/** Every activity of a month at this place, page by page. */
export async function fetchMonth(month: string): Promise<Activity[]> {
  const items: Activity[] = [];
  let cursor: string | undefined;
  do {
    const page: Wire<'ActivityList'> = await ask(api.GET('/api/v1/activities', {
      params: { query: { ...there(), month, limit: 100, ...(cursor ? { cursor } : {}) } },
    }));
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  return items;
}

async function fetchAll(): Promise<void> {
  const at = scope();
  const months = await Promise.all(keptMonths.value.map(fetchMonth));
  if (at !== scope()) return;
  await keepActivities(months.reduce((all, month) => all.concat(month), []));
  await Promise.all([fetchPlan(), fetchCells(), fetchPoints()]);
  if (at === scope()) kept.loaded = true;
}

async function keepActivities(items: Activity[]): Promise<void> {
  const seen = new Set<string>();
  kept.activities = items
    .filter((entry) => !seen.has(entry.id) && seen.add(entry.id) && keptMonths.value.some((month) => entry.started_at.startsWith(month)))
    .sort((a, b) => b.started_at.localeCompare(a.started_at));
  await keepValue(`${scope()}|activities`, kept.activities);
}

/** An activity as the server just answered it. */
export async function takeActivity(activity: Activity): Promise<void> {
  if (activity.place !== here.placeId || activity.campaign !== here.campaignId) return;
  await keepActivities([activity, ...kept.activities]);
}

export async function dropActivity(id: string): Promise<void> {
  await keepActivities(kept.activities.filter((entry) => entry.id !== id));
}

/** What a batch of changes does to what is kept, and what has to be fetched anew for it. */
export interface Consequence { activities: Activity[]; rows: PlanRow[] | undefined; stale: Set<'plan' | 'cells' | 'choices'> }

export function consequenceOf(items: readonly Change[], activities: readonly Activity[], rows: readonly PlanRow[] | undefined, at: { campaign: string; place: string }): Consequence {
  const byId = new Map(activities.map((entry) => [entry.id, entry]));
  let nextRows = rows?.slice();
  const stale: Consequence['stale'] = new Set();
  for (const change of items) {
    const isHere = (change.place ?? at.place) === at.place && (change.campaign ?? at.campaign) === at.campaign;
    if (change.kind === 'campaign' || change.kind === 'place') stale.add('choices');
    else if (change.kind === 'activity') {
      byId.delete(change.id);
      // A record that moved to another place is gone from here.
      if (change.operation === 'put' && change.activity && isHere) byId.set(change.id, change.activity);
    } else if (!isHere) continue;
    else if (change.kind === 'plan_row' && change.operation === 'put' && !change.plan_row) {
      // Only named: the row is fetched with its plan.
      stale.add('plan');
    } else if (change.kind === 'plan_row') {
      nextRows = nextRows?.filter((row) => row.id !== change.id);
      if (change.operation === 'put' && change.plan_row) nextRows?.push(change.plan_row);
    } else {
      stale.add('cells');
      if (change.kind === 'plan') stale.add('plan');
    }
  }
  return { activities: Array.from(byId.values()), rows: nextRows, stale };
}

export function orderRows(rows: readonly PlanRow[]): PlanRow[] {
  return rows.slice().sort((a, b) => a.from.localeCompare(b.from) || a.order - b.order || a.id.localeCompare(b.id));
}

async function follow(cursorKey: string, since: string | undefined): Promise<void> {
  const at = scope();
  const changes = await ask(api.GET('/api/v1/changes', { params: { query: { ...there(), ...(since ? { since } : {}) } } }));
  learnTime(changes.server_time);
  if (changes.reset) {
    await fetchChoices();
    if (at !== scope()) return;
    await fetchAll();
  } else if (changes.items.length > 0) {
    const consequence = consequenceOf(changes.items, kept.activities, kept.plan?.rows, there());
    await keepActivities(consequence.activities);
    if (kept.plan && consequence.rows) await takePlan({ ...kept.plan, rows: orderRows(consequence.rows) });
    if (consequence.stale.has('choices')) await fetchChoices();
    if (at !== scope()) return;
    if (consequence.stale.has('plan')) await fetchPlan();
    // What is due moves with nearly everything.
    await fetchCells();
  } else if (cellsOf !== `${at}|${today.value}`) {
    // Days left go down though nothing changes.
    await fetchCells();
  }
  // The cursor moves only after everything it stands for is kept.
  await keepSetting(cursorKey, changes.cursor);
  if (changes.more && !changes.reset) await follow(cursorKey, changes.cursor);
}

let running: Promise<void> | undefined;

/** Brings what is kept up to date. Two calls at once are one. */
export function refreshKept(): Promise<void> {
  running ??= refresh().finally(() => { running = undefined; });
  return running;
}

async function refresh(): Promise<void> {
  if (!account.value) return;
  if (here.campaigns.length === 0 || here.places.length === 0) await fetchChoices();
  if (!here.campaignId || !here.placeId) return;
  const cursorKey = `cursor|${scope()}|${keptMonths.value[0]}`;
  await follow(cursorKey, kept.loaded ? await setting<string>(cursorKey) : undefined);
  await fetchPoints().catch(() => undefined);
  void keepSmallPictures(kept.activities).catch(() => undefined);
}
