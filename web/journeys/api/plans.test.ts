import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { campaign, newId, planPath, rowOf } from '../kit/records';
import { wordText } from '../kit/word';

const town = new Town();
let village: Caller;
let station: Caller;
let district: Caller;
const own = town.account('village').place;
const rowPath = (id: string, place = own) => planPath(place, `/rows/${id}`);
const missing = planPath('no-such-place');

beforeAll(async () => {
  [village, station, district] = [await town.as('village'), await town.as('station'), await town.as('district')];
  // The sample's plan was accepted long ago: it is taken up again by returning it.
  const plan = await station.get<Wire<'Plan'>>(planPath(own));
  if (plan.may.includes('return')) await station.expects('POST', planPath(own, '/return'), 200, { json: { reason: '补充十一月安排（示例）' } });
});

describe('a plan', () => {
  it('is listed for every place, with its state', async () => {
    const list = await station.get<Wire<'PlanList'>>(`/api/v1/plans?campaign=${campaign}&limit=200`);
    expect(list.items.map((item) => item.place)).toContain(own);
    await station.get('/api/v1/plans?campaign=no-such-campaign', 404);
  });

  it('stands with those of all places in the calendar of a month, in its week', async () => {
    const id = newId();
    await village.expects('PUT', rowPath(id), 201, { json: rowOf({ from: '2023-10-16', to: '2023-10-22', month: '2023-10', focus: '示例：二组院坝' }) });
    const of = (month: string) => `/api/v1/plans/calendar?campaign=${campaign}&month=${month}`;
    const calendar = await station.get<Wire<'PlanCalendar'>>(of('2023-10'));
    const week = calendar.weeks.findIndex((one) => one.from <= '2023-10-16' && one.to >= '2023-10-22');
    const row = calendar.rows.find((one) => one.place === own);
    expect(row?.weeks[week].map((item) => item.id)).toContain(id);
    expect(row?.weeks).toHaveLength(calendar.weeks.length);
    expect(calendar.rows.length).toBeGreaterThan(5);
    expect((await village.get<Wire<'PlanCalendar'>>(of('2023-10'))).rows.map((one) => one.place)).toEqual([own]);
    const faultsOf = async (month: string) => (await station.expects<Wire<'Problem'>>('GET', of(month), 422, { broken: true })).json.faults?.map((one) => one.field);
    expect(await faultsOf('2024-06')).toEqual(['month']);
    expect(await faultsOf('October')).toEqual(['month']);
    await station.get('/api/v1/plans/calendar?campaign=no-such-campaign&month=2023-10', 404);
  });

  it('has a head of its own that two people do not overwrite', async () => {
    const plan = await village.expects<Wire<'Plan'>>('GET', planPath(own), 200);
    const change = { json: { note: '示例备注', week_label: 'plain' }, headers: { 'if-match': plan.json.etag } };
    const changed = await village.expects<Wire<'Plan'>>('PUT', planPath(own), 200, change);
    expect(changed.json.note).toBe('示例备注');
    const stale = await village.expects<Wire<'PlanStale'>>('PUT', planPath(own), 412, { ...change, headers: { ...change.headers, 'idempotency-key': newId() } });
    expect(stale.json.current.note).toBe('示例备注');
    await village.expects('PUT', planPath(own), 422, { json: { week_label: 'upside-down' }, broken: true, headers: { 'if-match': changed.json.etag } });
    await district.expects('PUT', planPath(own), 403, { json: {}, headers: { 'if-match': changed.json.etag } });
    await station.get(missing, 404);
    await station.expects('PUT', missing, 404, { json: {}, headers: { 'if-match': changed.json.etag } });
  });

  it('has rows that two people edit without meeting, and one that they meet in', async () => {
    const [first, second] = [newId(), newId()];
    const one = (await village.expects<Wire<'PlanRow'>>('PUT', rowPath(first), 201, { json: rowOf() })).json;
    const two = (await village.expects<Wire<'PlanRow'>>('PUT', rowPath(second), 201, { json: rowOf({ focus: '示例：第二行' }) })).json;
    const head = await village.get<Wire<'Plan'>>(planPath(own));
    await village.expects('PUT', rowPath(first), 200, { json: rowOf({ focus: '示例：甲改' }), headers: { 'if-match': one.etag } });
    await village.expects('PUT', rowPath(second), 200, { json: rowOf({ focus: '示例：乙改' }), headers: { 'if-match': two.etag } });
    const stale = await village.expects<Wire<'PlanRowStale'>>('PUT', rowPath(first), 412, { json: rowOf({ focus: '示例：丙改' }), headers: { 'if-match': one.etag } });
    expect(stale.json.current.focus).toBe('示例：甲改');
    expect((await village.get<Wire<'Plan'>>(planPath(own))).rows.length).toBe(head.rows.length);
    await village.expects('DELETE', rowPath(first), 412, { headers: { 'if-match': one.etag } });
    await village.expects('DELETE', rowPath(first), 204, { headers: { 'if-match': stale.json.current.etag } });
    await village.expects('DELETE', rowPath(first), 410, { headers: { 'if-match': stale.json.current.etag, 'idempotency-key': newId() } });
    await village.expects('PUT', rowPath(first), 410, { json: rowOf(), headers: { 'idempotency-key': newId() } });
    await village.expects('DELETE', rowPath(newId()), 404, { headers: { 'if-match': one.etag } });
  });

  it.each([
    ['ends before it begins', { from: '2023-11-05', to: '2023-10-30' }],
    ['names a day that is none', { from: '2023-02-30' }],
    ['names a place of another town', { places: ['no-such-place'] }],
  ])('refuses a row that %s', async (_, wrong) => {
    await village.expects('PUT', rowPath(newId()), 422, { json: rowOf(wrong) });
  });

  it('is not written by those who only read it', async () => {
    const made = (await village.expects<Wire<'PlanRow'>>('PUT', rowPath(newId()), 201, { json: rowOf() })).json;
    await district.expects('PUT', rowPath(made.id), 403, { json: rowOf(), headers: { 'if-match': made.etag } });
    await district.expects('DELETE', rowPath(made.id), 403, { headers: { 'if-match': made.etag } });
    await district.expects('POST', planPath(own, '/copy'), 403, { json: { from_month: '2023-09', to_month: '2023-11' } });
    await village.expects('PUT', rowPath(newId(), 'no-such-place'), 404, { json: rowOf() });
    const taken = await station.ask('PUT', `/api/v1/plans/${campaign}/${town.account('station').place}/rows/${made.id}`, { json: rowOf() });
    expect(taken.status).toBe(409);
    await station.expects('DELETE', rowPath(made.id, town.account('station').place), 409, { headers: { 'if-match': made.etag } });
    await village.expects('DELETE', rowPath(made.id), 204, { headers: { 'if-match': made.etag } });
  });

  it('copies a month to another', async () => {
    const plan = await village.get<Wire<'Plan'>>(planPath(own));
    for (const row of plan.rows.filter((entry) => entry.month === '2023-11')) {
      await village.expects('DELETE', rowPath(row.id), 204, { headers: { 'if-match': row.etag } });
    }
    const copied = await village.expects<Wire<'Plan'>>('POST', planPath(own, '/copy'), 200, { json: { from_month: '2023-10', to_month: '2023-11' } });
    const rows = (month: string) => copied.json.rows.filter((row) => row.month === month);
    expect(rows('2023-11').length).toBeGreaterThan(0);
    for (const row of rows('2023-11')) expect(row.from.slice(0, 7) >= '2023-10').toBe(true);
    await village.expects('POST', planPath(own, '/copy'), 409, { json: { from_month: '2023-09', to_month: '2023-11' } });
    await village.expects('POST', planPath(own, '/copy'), 422, { json: { from_month: '2023-13', to_month: '2023-11' }, broken: true });
    await station.expects('POST', `${missing}/copy`, 404, { json: { from_month: '2023-09', to_month: '2023-10' } });
  });
});

describe('handing a plan in', () => {
  it('goes through hand-in, withdrawal, return and acceptance, each with its refusals', async () => {
    await village.expects('POST', planPath(own, '/withdrawal'), 409);
    await station.expects('POST', planPath(own, '/acceptance'), 409);
    await station.expects('POST', planPath(own, '/return'), 409, { json: { reason: '示例' } });
    await district.expects('POST', planPath(own, '/submission'), 403);
    const before = await village.get<Wire<'Plan'>>(planPath(own));
    await village.expects('POST', planPath(own, '/submission'), 412, { headers: { 'if-match': '"never"' } });
    const handed = await village.expects<Wire<'Plan'>>('POST', planPath(own, '/submission'), 200, { headers: { 'if-match': before.etag } });
    expect(handed.json.versions[0].number).toBe((before.versions[0]?.number ?? 0) + 1);
    await village.expects('POST', planPath(own, '/submission'), 409, { headers: { 'idempotency-key': newId() } });
    // What is changed later is marked; the version handed in stays as it was.
    const late = await village.expects<Wire<'PlanRow'>>('PUT', rowPath(newId()), 201, { json: rowOf({ focus: '示例：交了以后加的' }) });
    expect((await village.get<Wire<'Plan'>>(planPath(own))).changed_since_hand_in).toBe(true);
    await village.expects('DELETE', rowPath(late.json.id), 204, { headers: { 'if-match': late.json.etag } });
    expect((await village.get<Wire<'Plan'>>(planPath(own))).changed_since_hand_in).toBe(false);

    await station.expects('POST', planPath(own, '/withdrawal'), 403);
    await village.expects('POST', planPath(own, '/withdrawal'), 200);
    await village.expects('POST', planPath(own, '/submission'), 200, { headers: { 'idempotency-key': newId() } });
    await village.expects('POST', planPath(own, '/return'), 403, { json: { reason: '示例' } });
    await station.expects('POST', planPath(own, '/return'), 422, { json: { reason: '' }, broken: true });
    const returned = await station.expects<Wire<'Plan'>>('POST', planPath(own, '/return'), 200, { json: { reason: '周次不全（示例）' } });
    expect(returned.json.returned?.reason).toBe('周次不全（示例）');
    await village.expects('POST', planPath(own, '/submission'), 200, { headers: { 'idempotency-key': newId() } });
    await village.expects('POST', planPath(own, '/acceptance'), 403);
    const seen = { version: handed.json.versions[0].number, state: 'submitted' };
    const stale = await station.expects<Wire<'PlanStale'>>('POST', planPath(own, '/acceptance'), 412, { json: { seen } });
    expect(stale.json).toMatchObject({ code: 'not_the_newest', current: { state: 'resubmitted' } });
    await station.expects('POST', planPath(own, '/return'), 412, { json: { reason: '示例', seen } });
    const accepted = await station.expects<Wire<'Plan'>>('POST', planPath(own, '/acceptance'), 200);
    expect(accepted.json.state).toBe('accepted');
    for (const verb of ['submission', 'withdrawal', 'acceptance']) await station.expects('POST', `${missing}/${verb}`, 404);
    await station.expects('POST', `${missing}/return`, 404, { json: { reason: '示例' } });
  });

  it('is refused when it is empty', async () => {
    const places = (await station.get<Wire<'PlanList'>>(`/api/v1/plans?campaign=${campaign}&limit=200`)).items;
    const stationsOwn = town.account('station').place;
    const plan = await station.get<Wire<'Plan'>>(planPath(stationsOwn));
    if (!plan.may.includes('edit')) await station.ask('POST', planPath(stationsOwn, '/withdrawal'));
    for (const row of (await station.get<Wire<'Plan'>>(planPath(stationsOwn))).rows) {
      await station.ask('DELETE', rowPath(row.id, stationsOwn), { headers: { 'if-match': row.etag } });
    }
    await station.expects('POST', planPath(stationsOwn, '/submission'), 422, { headers: { 'idempotency-key': newId() } });
    expect(places.length).toBeGreaterThan(6);
  });

  it('keeps what was handed in, as Annex 1', async () => {
    const versions = (await village.get<Wire<'VersionList'>>(planPath(own, '/versions'))).items;
    expect(versions.length).toBeGreaterThan(2);
    const frozen = await village.expects('GET', planPath(own, `/versions/${versions[0].number}/document.docx`), 200);
    const draft = await village.expects('GET', planPath(own, '/document.docx'), 200);
    for (const document of [frozen, draft]) expect(wordText(document.bytes)).toContain('示例');
    await village.get(planPath(own, '/versions/9999/document.docx'), 404);
    await station.get(`${missing}/versions`, 404);
    await station.get(`${missing}/document.docx`, 404);
  });

  it('asks for a leader’s sign-off only where the campaign does', async () => {
    const leader = await town.as('resident_leader');
    await leader.expects('POST', planPath(town.account('resident_leader').place, '/sign-off'), 409);
    await district.expects('POST', planPath(own, '/sign-off'), 403);
    await station.expects('POST', `${missing}/sign-off`, 404);
  });
});
