import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { activityAt, campaign, newId, planPath, record } from '../kit/records';

const town = new Town();
let village: Caller;
let station: Caller;
const own = town.account('village').place;
const coverage = (rest = '') => `/api/v1/coverage?campaign=${campaign}${rest}`;
const quotas = `/api/v1/coverage/quotas?campaign=${campaign}`;
const rowAt = (of: Wire<'Coverage'>, place: string) => of.rows.find((row) => row.place === place);

beforeAll(async () => {
  [village, station] = [await town.as('village'), await town.as('station')];
});

describe('coverage', () => {
  it('counts a record at once, and its cell opens to exactly the records behind it', async () => {
    const { entries } = await station.get<Wire<'Campaign'>>(`/api/v1/campaigns/${campaign}`);
    const entry = entries[0].id;
    const before = rowAt(await station.get<Wire<'Coverage'>>(coverage(`&measure=entry&value=${entry}`)), own);
    const made = await record(village, activityAt(own, entry));
    const narrowed = await station.get<Wire<'Coverage'>>(coverage(`&measure=entry&value=${entry}`));
    const row = rowAt(narrowed, own);
    expect(row?.total).toBe((before?.total ?? 0) + 1);
    const day = made.started_at.slice(0, 10);
    const index = narrowed.weeks.findIndex((week) => week.from <= day && day <= week.to);
    const week = narrowed.weeks[index];
    const behind = await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${own}&entry=${entry}&from=${week.from}&to=${week.to}&limit=200`);
    expect(behind.items).toHaveLength(row?.counts[index] ?? -1);
    expect(behind.items.map((one) => one.id)).toContain(made.id);
  });

  it('agrees with the ledger for every measure', async () => {
    for (const [measure, value] of [['audience', 'farmers'], ['form', 'stall'], ['kind', 'outreach'], ['work_item', 'targeted']]) {
      const narrowed = await station.get<Wire<'Coverage'>>(coverage(`&measure=${measure}&value=${value}`));
      const behind = await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&${measure}=${value}&limit=200`);
      expect(behind.next_cursor).toBeUndefined();
      expect(narrowed.rows.reduce((sum, row) => sum + row.total, 0), measure).toBe(behind.items.length);
    }
  });

  it('opens the figure of a quota to exactly what counts towards it', async () => {
    const drill = (await station.get<Wire<'QuotaBoard'>>(quotas)).quotas.find((quota) => quota.id === 'drill');
    const row = drill?.rows.find((one) => one.applies);
    const behind = await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${row?.place}&quota=drill&from=${row?.current?.from}&to=${row?.current?.to}&limit=200`);
    expect(behind.items).toHaveLength(row?.current?.done ?? -1);
    expect(behind.items.every((one) => one.kind === 'drill')).toBe(true);
    await station.expects('GET', `/api/v1/activities?campaign=${campaign}&quota=none_such`, 422);
    await station.expects('GET', `/api/v1/activities?campaign=${campaign}&from=soon`, 422, { broken: true });
    await station.expects('GET', `/api/v1/activities?campaign=${campaign}&organizer=nobody`, 422, { broken: true });
  });

  it('shows a village its own row, and refuses what it cannot read', async () => {
    const mine = await village.get<Wire<'Coverage'>>(coverage());
    expect(mine.rows.map((row) => row.place)).toEqual([own]);
    await station.expects('GET', coverage('&measure=entry&value=none_such'), 422);
    await station.expects('GET', coverage('&measure=entry'), 422);
    await station.expects('GET', coverage('&measure=colour&value=red'), 422, { broken: true });
    await station.expects('GET', '/api/v1/coverage?campaign=none-such', 404);
    await town.nobody().expects('GET', coverage(), 401);
  });
});

describe('quotas', () => {
  it('have their own subject: the station for its week, communities for drills, every place for its site', async () => {
    const board = await station.get<Wire<'QuotaBoard'>>(quotas);
    const byId = new Map(board.quotas.map((quota) => [quota.id, quota]));
    expect(byId.get('station_weekly')?.rows).toHaveLength(1);
    expect(byId.get('station_weekly')?.rows[0].place).toBeUndefined();
    const drill = byId.get('drill');
    expect(drill?.rows.filter((row) => row.applies).every((row) => row.place_kind === 'community')).toBe(true);
    expect(drill?.rows.some((row) => !row.applies && row.place_kind === 'village')).toBe(true);
    expect(byId.get('site')?.connected).toBe(true);
    const mine = await village.get<Wire<'QuotaBoard'>>(quotas);
    expect(mine.quotas.find((quota) => quota.id === 'station_weekly')?.rows).toEqual([]);
  });

  it('want a campaign one may see', async () => {
    await station.expects('GET', '/api/v1/coverage/quotas', 422, { broken: true });
    await station.expects('GET', '/api/v1/coverage/quotas?campaign=none-such', 404);
    await town.nobody().expects('GET', quotas, 401);
  });
});

describe('suggestions', () => {
  const suggestions = `/api/v1/coverage/suggestions?campaign=${campaign}`;
  const asked = (of: Wire<'Suggestions'>) => of.items.find((one) => one.reason === 'audience' && !one.planned);

  it('go into the plan as a row of next week, and are known to be planned from then on', async () => {
    const before = await station.get<Wire<'Suggestions'>>(suggestions);
    expect(before).toMatchObject({ plan: town.account('station').place, from: '2023-10-30', to: '2023-11-05' });
    const one = asked(before);
    const row = { from: before.from, to: before.to, focus: one?.focus };
    await station.expects('PUT', planPath(before.plan ?? '', `/rows/${newId()}`), 201, { json: row, headers: { 'if-none-match': '*' } });
    const after = await station.get<Wire<'Suggestions'>>(suggestions);
    expect(after.items.find((other) => other.audience === one?.audience)?.planned).toBe(true);
  });

  it('are those of the places one may read', async () => {
    const mine = await village.get<Wire<'Suggestions'>>(suggestions);
    expect(mine.plan).toBe(own);
    expect(mine.items.every((one) => !one.place || one.place === own)).toBe(true);
    await station.expects('GET', '/api/v1/coverage/suggestions', 422, { broken: true });
    await station.expects('GET', '/api/v1/coverage/suggestions?campaign=none-such', 404);
    await town.nobody().expects('GET', suggestions, 401);
  });
});

describe('towns', () => {
  it('stand side by side for who may read the whole of them', async () => {
    const district = await town.as('district');
    const towns = await district.get<Wire<'TownsCoverage'>>('/api/v1/coverage/towns?year=2023');
    const row = towns.rows.find((one) => one.campaign === campaign);
    const matrix = await district.get<Wire<'Coverage'>>(coverage());
    expect(row?.activities.reduce((sum, n) => sum + n, 0)).toBe(matrix.rows.reduce((sum, one) => sum + one.total, 0));
    expect(Math.max(...row?.covered ?? [])).toBeLessThanOrEqual((row?.places ?? 0) + 1);
    expect((await village.get<Wire<'TownsCoverage'>>('/api/v1/coverage/towns?year=2023')).rows).toEqual([]);
    await district.expects('GET', '/api/v1/coverage/towns?year=soon', 422, { broken: true });
    await town.nobody().expects('GET', '/api/v1/coverage/towns', 401);
  });
});
