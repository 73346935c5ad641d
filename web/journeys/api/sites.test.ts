import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { claimOf, picture, upload } from '../kit/pictures';
import { campaign, newId, sitePath } from '../kit/records';

const town = new Town();
const own = town.account('village').place;
const all = town.account('station').place;
let village: Caller;
let station: Caller;
const listOf = (place: string) => `/api/v1/sites?place=${place}`;
const siteAt = (place: string, more: Partial<Wire<'SiteChange'>> = {}): Wire<'SiteChange'> => ({ place, kind: 'education_site', name: '示例：村口宣传角', photos: [], ...more });

beforeAll(async () => {
  [village, station] = [await town.as('village'), await town.as('station')];
});

async function enter(caller: Caller, change: Wire<'SiteChange'>, id = newId()): Promise<Wire<'Site'>> {
  return (await caller.expects<Wire<'Site'>>('PUT', sitePath(id), 201, { json: change })).json;
}

describe('education sites', () => {
  it('are entered where they stand, with pictures that follow, and seen by the station', async () => {
    const claim = claimOf(newId(), picture());
    const bytes = picture();
    const real = claimOf(claim.id, bytes);
    const made = await enter(village, siteAt(own, { address: '一组院坝', confirmed_on: '2023-10-20', photos: [real] }));
    expect(made).toMatchObject({ place: own, kind: 'education_site', address: '一组院坝', confirmed_on: '2023-10-20', may: ['edit', 'delete'] });
    expect(made.photos).toMatchObject([{ id: real.id, received: false }]);
    expect((await upload(village, real.id, bytes)).status).toBe(204);
    const listed = await station.get<Wire<'SiteList'>>(listOf(all));
    expect(listed.items.find((one) => one.id === made.id)?.photos[0]).toMatchObject({ received: true });
    const served = await station.expects('GET', `/api/v1/photos/${real.id}/original`, 200);
    expect(Buffer.from(served.bytes).equals(bytes)).toBe(true);
    await (await town.as('village', 1)).expects('GET', `/api/v1/photos/${real.id}/original`, 404);
  });

  it('come page by page, each once', async () => {
    const made = [await enter(village, siteAt(own)), await enter(station, siteAt(own)), await enter(station, siteAt(town.account('village', 1).place))];
    const told: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page: Wire<'SiteList'> = await station.get<Wire<'SiteList'>>(`${listOf(all)}&limit=2${cursor && `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      told.push(...page.items.map((one) => one.id));
      cursor = page.next_cursor;
    }
    expect(new Set(told).size).toBe(told.length);
    expect(told).toEqual(expect.arrayContaining(made.map((one) => one.id)));
    for (const wrong of ['cursor=none', 'cursor=1.2', 'cursor=x.00000000-0000-4000-8000-000000000001.1', 'limit=0']) await station.expects('GET', `${listOf(all)}&${wrong}`, 422, { broken: true });
  });

  it('count towards the quota of sites, which is connected', async () => {
    const quotaOf = async () => (await station.get<Wire<'QuotaBoard'>>(`/api/v1/coverage/quotas?campaign=${campaign}`)).quotas.find((one) => one.id === 'site');
    const before = await quotaOf();
    expect(before?.connected).toBe(true);
    await enter(village, siteAt(own));
    const row = (of: typeof before) => of?.rows.find((one) => one.place === own);
    expect(row(await quotaOf())?.done).toBe((row(before)?.done ?? 0) + 1);
  });

  it('are edited from what was seen, and one repeat is the same', async () => {
    const id = newId();
    const made = await enter(village, siteAt(own), id);
    const same = await village.expects<Wire<'Site'>>('PUT', sitePath(id), 200, { json: siteAt(own), headers: { 'idempotency-key': newId() } });
    expect(same.json.etag).toBe(made.etag);
    const edited = await station.expects<Wire<'Site'>>('PUT', sitePath(id), 200, { json: siteAt(own, { name: '示例：新名' }), headers: { 'if-match': made.etag } });
    const stale = await village.expects<Wire<'SiteStale'>>('PUT', sitePath(id), 412, { json: siteAt(own, { name: '示例：旧名' }), headers: { 'if-match': made.etag } });
    expect(stale.json.current.name).toBe('示例：新名');
    await village.expects('DELETE', sitePath(id), 412, { headers: { 'if-match': made.etag } });
    await village.expects('DELETE', sitePath(id), 204, { headers: { 'if-match': edited.json.etag } });
    await village.expects('GET', sitePath(id), 410);
    await village.expects('DELETE', sitePath(id), 410, { headers: { 'idempotency-key': newId() } });
    await village.expects('PUT', sitePath(id), 410, { json: siteAt(own), headers: { 'idempotency-key': newId() } });
  });

  it('are refused with the field that is wrong', async () => {
    const table: [string, Record<string, unknown>][] = [
      ['name', { name: '' }], ['name', { name: '长'.repeat(61) }], ['address', { address: '长'.repeat(121) }], ['confirmed_on', { confirmed_on: '2023-10-27' }],
      ['kind', { kind: 'museum' }], ['place', { place: all }], ['photos', { photos: Array.from({ length: 4 }, () => claimOf(newId(), picture())) }],
    ];
    for (const [field, wrong] of table) {
      const refused = await station.expects<Wire<'Problem'>>('PUT', sitePath(newId()), 422, { json: { ...siteAt(own), ...wrong }, broken: true });
      expect(refused.json.faults?.[0]?.field).toBe(field);
    }
    const taken = claimOf(newId(), picture());
    await enter(village, siteAt(own, { photos: [taken] }));
    const second = await village.expects<Wire<'Problem'>>('PUT', sitePath(newId()), 422, { json: siteAt(own, { photos: [taken] }) });
    expect(second.json.faults).toMatchObject([{ field: 'photos[0].id', code: 'conflict' }]);
    const key = { 'idempotency-key': newId() };
    const id = newId();
    await village.expects('PUT', sitePath(id), 201, { json: siteAt(own), headers: key });
    await village.expects('PUT', sitePath(id), 409, { json: siteAt(own, { name: '示例：另一处' }), headers: key });
  });

  it('are shown to nobody who may not read the place', async () => {
    const made = await enter(station, siteAt(own));
    const stranger = await town.as('village', 1);
    await stranger.expects('GET', sitePath(made.id), 404);
    await stranger.expects('DELETE', sitePath(made.id), 404);
    await stranger.expects('PUT', sitePath(newId()), 403, { json: siteAt(own) });
    await (await town.as('resident_leader')).expects('DELETE', sitePath(made.id), 403);
    await stranger.expects('GET', listOf(own), 404);
    await station.expects('GET', '/api/v1/sites', 422, { broken: true });
    for (const [method, path] of [['GET', listOf(own)], ['GET', sitePath(made.id)], ['DELETE', sitePath(made.id)]]) await town.nobody().expects(method, path, 401);
    await town.nobody().expects('PUT', sitePath(newId()), 401, { json: siteAt(own) });
  });
});
