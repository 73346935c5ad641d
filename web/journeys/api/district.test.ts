import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { Caller } from '../kit/caller';
import { operations, queriesOf } from '../kit/contract';
import { district, firstTown, loadModel, model, modelPath, secondTown, secondVillage, tighteningPath } from '../kit/district';
import { pathOf } from '../kit/paths';
import { Town } from '../kit/people';
import { activityAt, campaign, newId, record } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

// A district with two towns on one server: the sample's, and one that holds nothing yet. The tests build upon each other in order.
let data: string;
let server: RunningServer;
let town: Town;
const callers = {} as Record<'officer' | 'first' | 'village' | 'leader' | 'second' | 'auditor', Caller>;
const issued = `${model}-${firstTown}`;
let grounds = 0;

async function start(): Promise<void> {
  server = await startTown(data);
  town = new Town(server.origin, data);
  for (const [name, caller] of Object.entries(callers)) callers[name as keyof typeof callers] = new Caller(server.origin, caller.token);
}

/** Another version of the model, loaded while nobody is served. */
async function loadAnother(rewrite: (toml: string) => string): Promise<void> {
  await server.stop();
  expect(loadModel(data, rewrite)).toContain(model);
  await start();
}

beforeAll(async () => {
  data = copyTown(inject('sample'));
  expect(loadModel(data)).toContain(model);
  await start();
  Object.assign(callers, {
    officer: await town.as('district'), first: await town.as('station'), village: await town.as('village'), auditor: await town.as('auditor'),
    leader: await town.invite('resident_leader', district), second: await town.invite('station', secondTown),
  });
  const places = (await callers.first.get<Wire<'PlaceList'>>('/api/v1/places')).items;
  grounds = places.filter((one) => one.kind === 'village' || one.kind === 'community').length;
}, 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const models = async (caller: Caller) => (await caller.get<Wire<'ModelList'>>('/api/v1/models')).items;
const campaigns = async (caller: Caller) => (await caller.get<Wire<'CampaignList'>>('/api/v1/campaigns')).items;
const tightness = (caller: Caller) => caller.get<Wire<'Tightness'>>(tighteningPath(issued));
const by25th: Wire<'Tightening'> = { deadlines: [{ id: 'report', day: 25, rule: '每月25日前' }], quotas: [] };
const fresh = () => ({ 'idempotency-key': newId() });
const reportsOf = async (of: string) => (await callers.officer.get<Wire<'TownsDeadlines'>>('/api/v1/deadlines/towns?year=2023'))
  .rows.find((row) => row.campaign === of)?.counts.find((count) => count.deliverable === 'report' && count.period === '2023-10');

describe('a model of the district', () => {
  it('is seen by who reads the district, and is a campaign to nobody', async () => {
    const [seen] = await models(callers.officer);
    expect(seen).toMatchObject({ id: model, version: 1, district, title: expect.stringContaining('永川区') as string, may: ['issue'] });
    expect(seen?.towns.map((one) => [one.town, one.places, one.campaign])).toEqual([[firstTown, grounds, undefined], [secondTown, 1, undefined]]);
    expect((await models(callers.leader))[0]?.may).toEqual([]);
    for (const caller of [callers.first, callers.second, callers.auditor]) expect(await models(caller)).toEqual([]);
    expect((await campaigns(callers.officer)).map((one) => one.id)).toEqual([campaign]);
    await callers.officer.expects('GET', `/api/v1/campaigns/${model}`, 404);
    await callers.officer.expects('GET', `/api/v1/deadlines?campaign=${model}`, 404);
  });

  it('is recorded in nowhere', async () => {
    const entry = (await campaigns(callers.first))[0]?.entries[0]?.id ?? '';
    const change = { ...activityAt(town.account('village').place, entry), campaign: model };
    await callers.village.expects('PUT', `/api/v1/activities/${newId()}`, 422, { json: change });
  });

  it('becomes a campaign of each town it is issued to, once', async () => {
    const first = await callers.officer.expects<Wire<'TownStanding'>>('PUT', modelPath(firstTown), 201, { headers: fresh() });
    expect(first.json).toMatchObject({ town: firstTown, campaign: issued, campaign_version: 1, model_version: 1, tightened: 0 });
    const again = await callers.officer.expects<Wire<'TownStanding'>>('PUT', modelPath(firstTown), 200, { headers: fresh() });
    expect(again.json).toEqual(first.json);
    await callers.officer.expects('PUT', modelPath(secondTown), 201);
    expect((await campaigns(callers.second)).map((one) => [one.town, one.title, one.station_name, one.issue])).toEqual([
      [secondTown, '示例镇2023年消防宣传“五进”工作', '示例镇消防工作站', { model, version: 1 }]]);
    expect((await models(callers.officer))[0]?.towns.map((one) => one.model_version)).toEqual([1, 1]);
    const trail = (await callers.auditor.get<Wire<'AuditList'>>('/api/v1/audit?action=issue_campaign')).items;
    expect(trail.map((one) => one.subject)).toContain(issued);
  });

  it('is issued by the district alone, to its own towns, one request a key', async () => {
    await callers.leader.expects('PUT', modelPath(secondTown), 403, { headers: fresh() });
    for (const caller of [callers.first, callers.village, callers.auditor]) await caller.expects('PUT', modelPath(firstTown), 404, { headers: fresh() });
    await callers.officer.expects('PUT', modelPath('none'), 404);
    await callers.officer.expects('PUT', modelPath(district), 404);
    await callers.officer.expects('PUT', modelPath(firstTown, campaign), 404);
    const key = fresh();
    await callers.officer.expects('PUT', modelPath(firstTown), 200, { headers: key });
    await callers.officer.expects('PUT', modelPath(secondTown), 409, { headers: key });
  });
});

describe('a town', () => {
  it('tightens what it was given, and what was due is judged by the new day', async () => {
    const before = await tightness(callers.first);
    expect(before.deadlines.find((one) => one.id === 'report')).toMatchObject({ day: 28, model_day: 28 });
    expect(await reportsOf(issued)).toMatchObject({ owed: grounds, waiting: grounds, missing: 0 });
    const kept = await callers.first.expects<Wire<'Tightness'>>('PUT', tighteningPath(issued), 200, { json: by25th, headers: { 'if-match': before.etag } });
    expect(kept.json.deadlines.find((one) => one.id === 'report')).toMatchObject({ day: 25, rule: '每月25日前', model_rule: '从8月起，每月28日前' });
    expect(await reportsOf(issued)).toMatchObject({ owed: grounds, waiting: 0, missing: grounds });
    const board = await callers.first.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${issued}`);
    expect(board.rows[1]?.cells.find((cell) => cell.period === '2023-10')?.state).toBe('overdue');
    const same = await callers.first.expects<Wire<'Tightness'>>('PUT', tighteningPath(issued), 200, { json: by25th, headers: { 'if-match': before.etag, ...fresh() } });
    expect(same.json.etag).toBe(kept.json.etag);
    const trail = (await callers.auditor.get<Wire<'AuditList'>>('/api/v1/audit?action=tighten_campaign')).items;
    expect(trail[0]).toMatchObject({ subject: issued, after: expect.stringContaining('"day":25') as string });
  });

  it('cannot loosen it', async () => {
    const { etag } = await tightness(callers.first);
    const table: [string, string, Wire<'Tightening'>][] = [
      ['deadlines[0].day', 'looser_than_model', { deadlines: [{ id: 'report', day: 29, rule: '每月29日前' }], quotas: [] }],
      ['deadlines[0].on', 'looser_than_model', { deadlines: [{ id: 'plan', on: '2023-08-17', rule: '8月17日前' }], quotas: [] }],
      ['deadlines[0].grace_days', 'looser_than_model', { deadlines: [{ id: 'summary', grace_days: 1 }], quotas: [] }],
      ['quotas[0].minimum', 'looser_than_model', { deadlines: [], quotas: [{ id: 'station_weekly', minimum: 1 }] }],
      ['quotas[0].name', 'required', { deadlines: [], quotas: [{ id: 'station_weekly', minimum: 3 }] }],
      ['deadlines[0].id', 'unknown_choice', { deadlines: [{ id: 'none', day: 1 }], quotas: [] }],
    ];
    for (const [field, code, json] of table) {
      const refused = await callers.first.expects<Wire<'Problem'>>('PUT', tighteningPath(issued), 422, { json, headers: { 'if-match': etag } });
      expect(refused.json.faults).toMatchObject([{ field, code }]);
    }
    expect((await tightness(callers.first)).etag).toBe(etag);
  });

  it('is told what stands when somebody else was first, and nobody else tightens', async () => {
    const stale = await callers.first.expects<Wire<'TightnessStale'>>('PUT', tighteningPath(issued), 412, { json: { deadlines: [], quotas: [] }, headers: { 'if-match': '"1"' } });
    expect(stale.json.current.deadlines.find((one) => one.id === 'report')?.day).toBe(25);
    const { etag } = stale.json.current;
    for (const caller of [callers.officer, callers.village]) {
      expect((await tightness(caller)).may).toEqual([]);
      await caller.expects('PUT', tighteningPath(issued), 403, { json: by25th, headers: { 'if-match': etag } });
    }
    await callers.second.expects('PUT', tighteningPath(issued), 404, { json: by25th, headers: { 'if-match': etag } });
    await callers.first.expects('GET', tighteningPath(campaign), 404);
    const key = fresh();
    await callers.first.expects('PUT', tighteningPath(issued), 200, { json: by25th, headers: { 'if-match': etag, ...key } });
    await callers.first.expects('PUT', tighteningPath(issued), 409, { json: { deadlines: [], quotas: [] }, headers: { 'if-match': etag, ...key } });
  });

  it('gets a newer version and keeps what it tightened', async () => {
    const entry = (await campaigns(callers.first))[0]?.entries[0]?.id ?? '';
    await record(callers.village, { ...activityAt(town.account('village').place, entry, { audiences: ['farmers'] }), campaign: issued });
    await loadAnother((toml) => toml.replace('minimum = 2', 'minimum = 3').replace('name = "农民"', 'name = "农村居民"'));
    expect((await models(callers.officer))[0]).toMatchObject({ version: 2, towns: [{ model_version: 1 }, { model_version: 1 }] });
    const newer = await callers.officer.expects<Wire<'TownStanding'>>('PUT', modelPath(firstTown), 200);
    expect(newer.json).toMatchObject({ model_version: 2, tightened: 1 });
    const held = await callers.first.get<Wire<'Campaign'>>(`/api/v1/campaigns/${issued}`);
    expect(held.quotas.find((one) => one.id === 'station_weekly')?.minimum).toBe(3);
    expect(held.deadlines.find((one) => one.id === 'report')?.rule).toBe('每月25日前');
    expect((await campaigns(callers.second))[0]?.issue?.version).toBe(1);
  });

  it('keeps what its records name', async () => {
    await loadAnother((toml) => toml.replace('id = "farmers"', 'id = "peasants"'));
    const refused = await callers.officer.expects<Wire<'Problem'>>('PUT', modelPath(firstTown), 422);
    expect(refused.json.faults).toMatchObject([{ code: 'identifier_in_use' }]);
    expect((await callers.officer.expects<Wire<'TownStanding'>>('PUT', modelPath(secondTown), 200)).json.model_version).toBe(3);
  });
});

describe('towns side by side', () => {
  it('are counted as each one’s board says', async () => {
    const { rows, year } = await callers.officer.get<Wire<'TownsDeadlines'>>('/api/v1/deadlines/towns');
    expect(year).toBe(2023);
    expect(rows.map((row) => row.town)).toEqual([firstTown, firstTown, secondTown]);
    const counted = rows.find((row) => row.campaign === campaign);
    const board = await callers.officer.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    for (const count of counted?.counts ?? []) {
      const cells = board.rows.flatMap((row) => row.cells).filter((cell) => cell.deliverable === count.deliverable && cell.period === count.period && cell.state !== 'na');
      const exempt = cells.filter((cell) => cell.state === 'exempt').length;
      const judged = (onTime: boolean) => cells.filter((cell) => cell.state !== 'exempt' && cell.on_time === onTime).length;
      expect(count, count.period).toMatchObject({ owed: cells.length, exempt, on_time: judged(true), late: judged(false) });
      expect(count.on_time + count.late + count.missing + count.waiting + count.exempt).toBe(count.owed);
      expect(count.missing, count.period).toBeGreaterThanOrEqual(cells.filter((cell) => cell.state === 'overdue').length);
    }
    expect(counted?.counts.some((count) => count.on_time > 0)).toBe(true);
  });

  it('are those one may read whole', async () => {
    const seen = async (caller: Caller) => (await caller.get<Wire<'TownsDeadlines'>>('/api/v1/deadlines/towns?year=2023')).rows.map((row) => row.town);
    expect(await seen(callers.second)).toEqual([secondTown]);
    expect(await seen(callers.first)).toEqual([firstTown, firstTown]);
    expect(await seen(callers.village)).toEqual([]);
    expect(await seen(callers.auditor)).toEqual([]);
    expect((await callers.officer.get<Wire<'TownsDeadlines'>>('/api/v1/deadlines/towns?year=2022')).rows).toEqual([]);
    await callers.officer.expects('GET', '/api/v1/deadlines/towns?year=soon', 422, { broken: true });
  });
});

describe('the officer of one town', () => {
  const asked: Record<string, string> = {};
  const readings = operations.filter((operation) => operation.method === 'GET' && operation.signedIn);

  beforeAll(async () => {
    const place = town.account('village').place;
    const held = (await callers.first.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${place}`)).items;
    const site = (await callers.first.expects<Wire<'Site'>>('PUT', `/api/v1/sites/${newId()}`, 201, { json: { place, kind: 'education_site', name: '示例', photos: [] } })).json;
    const people = (await (await town.as('system')).get<Wire<'PersonList'>>(`/api/v1/people?place=${place}`)).items;
    const shown = held.find((one) => one.photos.length > 0);
    Object.assign(asked, { campaign, place, town: firstTown, month: '2023-09', activity: shown?.id, photo: shown?.photos[0]?.id, site: site.id, person: people[0]?.id });
    expect(Object.values(asked).every(Boolean)).toBe(true);
  });

  it.each(readings.map((operation) => [operation.id, operation] as const))('finds nothing of the other in %s', async (_, operation) => {
    const query = new URLSearchParams({ campaign, place: asked['place'] ?? '', month: '2023-09', from: '2023-09-01', to: '2023-09-30' });
    const taken = queriesOf(operation).filter((one) => one.required || one.name === 'place').map((one) => one.name);
    for (const name of [...query.keys()]) if (!taken.includes(name)) query.delete(name);
    const answer = await callers.second.ask('GET', `${pathOf(operation, asked)}?${query.toString()}`, { broken: true });
    expect([200, 403, 404], answer.text.slice(0, 300)).toContain(answer.status);
    if (answer.status !== 200) return;
    // Division codes of the first town's places all begin so; its campaign is named by its folder.
    const records = ['activity', 'photo', 'site', 'person'].map((name) => asked[name] ?? '');
    for (const trace of ['500118112', '宝峰', campaign, ...records]) expect(answer.text).not.toContain(trace);
  });

  it('has a town of its own all the same', async () => {
    const places = (await callers.second.get<Wire<'PlaceList'>>('/api/v1/places')).items.map((one) => one.id);
    expect(places).toContain(secondVillage);
    const changes = await callers.second.get<Wire<'Changes'>>('/api/v1/changes');
    expect(JSON.stringify(changes)).not.toContain(firstTown);
  });
});
