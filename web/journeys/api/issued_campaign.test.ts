import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { operations, queriesOf } from '../kit/contract';
import { firstTown, loadModel, model, modelPath, secondTown, secondVillage, tighteningPath } from '../kit/district';
import { formPath, reworded, wordType } from '../kit/forms';
import { pathOf } from '../kit/paths';
import { Town } from '../kit/people';
import { claimOf, picture, upload } from '../kit/pictures';
import { activityAt, activityPath, newId, record, rowOf, sitePath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';
import { parts, wordText } from '../kit/word';

// A district issues a campaign with its Word forms to two towns, and both work in it. The tests build upon each other in order.
type Which = 'first' | 'second';
const both: Which[] = ['first', 'second'];
const other = { first: 'second', second: 'first' } as const;
const month = '2023-10';
const mark = '全区统一表样';
const ownMark = '镇里自己的表样';

interface Side {
  town: string;
  campaign: string;
  place: string;
  station: Caller;
  village: Caller;
  /** Where the officer's feed stood before anything was issued. */
  cursor: string;
  text: string;
  activity: Wire<'Activity'>;
  photo: string;
  site: string;
}

let data: string;
let server: RunningServer;
let town: Town;
let officer: Caller;
const sides = {} as Record<Which, Side>;

const sideOf = async (which: Which, at: string, place: string, station: Caller, village: Caller): Promise<void> => {
  const { cursor } = await station.get<Wire<'Changes'>>('/api/v1/changes');
  Object.assign(sides, { [which]: { town: at, campaign: `${model}-${at}`, place, station, village, cursor, text: `示例：${at}入户讲用火用电安全。` } });
};

beforeAll(async () => {
  data = copyTown(inject('sample'));
  expect(loadModel(data, undefined, { 'report.docx': (word) => reworded(word, '{attachment_label}', `{attachment_label}　${mark}`) })).toContain(model);
  server = await startTown(data);
  town = new Town(server.origin, data);
  officer = await town.as('district');
  await sideOf('first', firstTown, town.account('village').place, await town.as('station'), await town.as('village'));
  await sideOf('second', secondTown, secondVillage, await town.invite('station', secondTown), await town.invite('village', secondVillage));
}, 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const fresh = () => ({ 'idempotency-key': newId() });
const reportOf = ({ campaign, place }: Side, rest = '') => `/api/v1/reports/${campaign}/${place}/${month}${rest}`;
const formOf = async (caller: Caller, campaign: string) => Buffer.from((await caller.expects('GET', formPath('report', campaign), 200)).bytes);
const draftOf = async (side: Side) => (await side.village.expects('GET', reportOf(side, '/document.docx'), 200)).bytes;

describe('a campaign that carries its forms', () => {
  it('brings them to every town it is issued to', async () => {
    for (const which of both) await officer.expects('PUT', modelPath(sides[which].town), 201, { headers: fresh() });
    const [first, second] = await Promise.all(both.map((which) => formOf(sides[which].station, sides[which].campaign)));
    expect(wordText(first)).toContain(mark);
    expect(second.equals(first)).toBe(true);
    for (const which of both) {
      const { items, campaign } = await sides[which].village.get<Wire<'FormList'>>(`/api/v1/campaigns/${sides[which].campaign}/forms`);
      expect(campaign).toBe(sides[which].campaign);
      expect(items.map((one) => [one.form, one.replaced])).toEqual(['plan', 'report', 'summary', 'merged', 'appraisal'].map((form) => [form, false]));
    }
  });

  it('is tightened by a town, and never loosened: the refusal names the rule and how far it goes', async () => {
    const { station, campaign } = sides.first;
    const tighten = (status: number, json: Wire<'Tightening'>, etag: string) =>
      station.expects<Wire<'Problem'> & Wire<'Tightness'>>('PUT', tighteningPath(campaign), status, { json, headers: { 'if-match': etag, ...fresh() } });
    const { etag } = await station.get<Wire<'Tightness'>>(tighteningPath(campaign));
    const kept = await tighten(200, { deadlines: [{ id: 'report', day: 25, rule: '每月25日前' }], quotas: [] }, etag);
    const table: [string, string, Wire<'Tightening'>][] = [
      ['deadlines[0].day', '不能宽于下发的方案（28）。', { deadlines: [{ id: 'report', day: 29, rule: '每月29日前' }], quotas: [] }],
      ['quotas[0].minimum', '不能宽于下发的方案（2）。', { deadlines: [], quotas: [{ id: 'station_weekly', minimum: 1 }] }],
    ];
    for (const [field, detail, json] of table) {
      const refused = await tighten(422, json, kept.json.etag);
      expect(refused.json.faults).toMatchObject([{ field, code: 'looser_than_model', detail }]);
    }
    const ruleOf = async (which: Which) =>
      (await sides[which].village.get<Wire<'Campaign'>>(`/api/v1/campaigns/${sides[which].campaign}`)).deadlines.find((one) => one.id === 'report')?.rule;
    expect([await ruleOf('first'), await ruleOf('second')]).toEqual(['每月25日前', '从8月起，每月28日前']);
  });
});

describe('the villages of the towns', () => {
  it.each(both)('hand in their report, of the %s town, in the form of the district', async (which) => {
    const side = sides[which];
    const { entries } = await side.village.get<Wire<'Campaign'>>(`/api/v1/campaigns/${side.campaign}`);
    side.photo = newId();
    const bytes = picture();
    const change = { ...activityAt(side.place, entries[0]?.id ?? '', { text: side.text, photos: [claimOf(side.photo, bytes)] }), campaign: side.campaign };
    const made = await record(side.village, change);
    await upload(side.village, side.photo, bytes);
    const handed = await side.village.expects<Wire<'Report'>>('POST', reportOf(side, '/submission'), 200, { headers: fresh() });
    // On the 26th it is late where the town asks for it by the 25th, and on time by the district's own rule.
    expect(handed.json.versions).toMatchObject([{ number: 1, on_time: which === 'second', state: 'submitted' }]);
    side.activity = await side.village.get<Wire<'Activity'>>(activityPath(made.id));
    side.site = (await side.station.expects<Wire<'Site'>>('PUT', sitePath(newId()), 201, { json: { place: side.place, kind: 'education_site', name: '示例', photos: [] } })).json.id;
    const frozen = (await side.village.expects('GET', reportOf(side, '/versions/1/document.docx'), 200)).bytes;
    for (const document of [await draftOf(side), frozen]) {
      const text = wordText(document);
      expect(text).toContain(`附件2　${mark}`);
      expect(text).toContain(side.text);
      expect(text).toContain(handed.json.title_lines[0]);
      expect(text).not.toContain(sides[other[which]].text);
      expect([...parts(document).keys()].filter((name) => name.startsWith('word/media/'))).toHaveLength(1);
    }
  });

  it('get their own town’s form where it has one, and what was handed in stays as it was', async () => {
    const { first, second } = sides;
    const list = await first.station.get<Wire<'FormList'>>(`/api/v1/campaigns/${first.campaign}/forms`);
    const word = reworded(await formOf(first.station, first.campaign), mark, `${mark}（${ownMark}）`);
    const put = (caller: Caller, status: number) =>
      caller.expects('PUT', formPath('report', first.campaign), status, { raw: word, headers: { 'content-type': wordType, 'if-match': list.etag, ...fresh() } });
    await put(second.station, 404);
    await put(first.village, 403);
    await put(first.station, 200);
    expect(wordText(await draftOf(first))).toContain(ownMark);
    expect(wordText(await draftOf(second))).not.toContain(ownMark);
    expect(wordText((await first.village.expects('GET', reportOf(first, '/versions/1/document.docx'), 200)).bytes)).not.toContain(ownMark);
  });
});

describe('the district', () => {
  it('sees its towns side by side, each judged by its own rule, and reads what they handed in', async () => {
    const deadlines = (await officer.get<Wire<'TownsDeadlines'>>('/api/v1/deadlines/towns?year=2023')).rows;
    const coverage = (await officer.get<Wire<'TownsCoverage'>>('/api/v1/coverage/towns?year=2023')).rows;
    const judged = { first: { on_time: 0, late: 1, waiting: 0 }, second: { on_time: 1, late: 0, missing: 0, owed: 1 } };
    for (const which of both) {
      const side = sides[which];
      const row = deadlines.find((one) => one.campaign === side.campaign);
      expect(row?.town).toBe(side.town);
      expect(row?.counts.find((one) => one.deliverable === 'report' && one.period === month), which).toMatchObject(judged[which]);
      expect(coverage.find((one) => one.campaign === side.campaign)?.activities.reduce((sum, n) => sum + n, 0), which).toBe(1);
      expect((await officer.get<Wire<'Report'>>(reportOf(side))).may).toEqual([]);
      expect(wordText((await officer.expects('GET', reportOf(side, '/versions/1/document.docx'), 200)).bytes)).toContain(side.text);
    }
  });

  it.each(both)('changes no record of the %s town', async (which) => {
    const side = sides[which];
    const { campaign, place, activity } = side;
    const before = await side.station.get<Wire<'Report'>>(reportOf(side));
    const current = { 'if-match': before.etag };
    const row = rowOf();
    const plan = `/api/v1/plans/${campaign}/${place}`;
    const summary = `/api/v1/summaries/${campaign}/${place}`;
    const exemption = `/api/v1/deadlines/${campaign}/${place}/plan/2023/exemption`;
    const change = { ...activityAt(place, activity.entry, { text: '示例：区里改的' }), campaign };
    const because = { reason: '示例' };
    const writes: [string, string, unknown?, Record<string, string>?][] = [
      ['PUT', activityPath(newId()), change],
      ['PUT', activityPath(activity.id), change, { 'if-match': activity.etag }],
      ['DELETE', `${activityPath(activity.id)}?reason=${encodeURIComponent('示例')}`, undefined, { 'if-match': activity.etag }],
      ['PUT', `${plan}/rows/${newId()}`, row],
      ['POST', `${plan}/submission`], ['POST', `${plan}/return`, because], ['POST', `${plan}/acceptance`],
      ['PATCH', reportOf(side), { sections: [{ activity: activity.id, text: '示例：区里改的' }] }, current],
      ['POST', reportOf(side, '/submission')], ['POST', reportOf(side, '/withdrawal')],
      ['POST', reportOf(side, '/return'), because], ['POST', reportOf(side, '/acceptance')],
      ['PUT', reportOf(side, `/comments/${newId()}`), { activity: activity.id, text: '示例' }],
      ['PATCH', summary, {}, { 'if-match': '"1"' }], ['POST', `${summary}/submission`], ['POST', `${summary}/acceptance`],
      ['PUT', exemption, because], ['DELETE', exemption],
      ['PUT', sitePath(newId()), { place, kind: 'education_site', name: '示例', photos: [] }], ['DELETE', sitePath(side.site)],
      ['PUT', tighteningPath(campaign), { deadlines: [], quotas: [] }, { 'if-match': '"1"' }],
      ['PUT', `/api/v1/appraisals/${campaign}/versions/${newId()}`, { note: '' }],
    ];
    for (const [method, path, json, headers] of writes) await officer.expects(method, path, 403, { json, headers: { ...headers, ...fresh() } });
    expect(await side.station.get<Wire<'Report'>>(reportOf(side))).toMatchObject({ etag: before.etag, state: 'submitted', comments: before.comments });
    expect((await side.station.get<Wire<'Activity'>>(activityPath(activity.id))).etag).toBe(activity.etag);
  });
});

describe('of the other town', () => {
  const readings = operations.filter((operation) => operation.method === 'GET' && operation.signedIn);
  /** Whatever would give the other town away. */
  const tracesOf = ({ town: at, campaign, place, text, activity, photo, site }: Side) => [at, campaign, place, text, activity.id, photo, site];

  it.each(both.flatMap((which) => readings.map((operation) => [which, operation.id, operation] as const)))('the officer of the %s finds nothing in %s', async (which, _, operation) => {
    const theirs = sides[other[which]];
    const { campaign, place } = theirs;
    const values = { campaign, place, month, town: theirs.town, activity: theirs.activity.id, photo: theirs.photo, site: theirs.site };
    const query = new URLSearchParams({ campaign, place, month, from: '2023-10-01', to: '2023-10-31' });
    const taken = queriesOf(operation).filter((one) => one.required || one.name === 'place').map((one) => one.name);
    for (const name of [...query.keys()]) if (!taken.includes(name)) query.delete(name);
    const answer = await sides[which].station.ask('GET', `${pathOf(operation, values)}?${query.toString()}`, { broken: true });
    expect([200, 403, 404], answer.text.slice(0, 300)).toContain(answer.status);
    if (answer.status !== 200) return;
    for (const trace of tracesOf(theirs)) expect(answer.text).not.toContain(trace);
  });

  it.each(both)('the officer of the %s changes nothing', async (which) => {
    const [{ station }, theirs] = [sides[which], sides[other[which]]];
    const { activity } = theirs;
    const change = { ...activityAt(theirs.place, activity.entry, { on_behalf_reason: '示例' }), campaign: theirs.campaign };
    const writes: [string, string, unknown?, Record<string, string>?][] = [
      ['PUT', activityPath(activity.id), change, { 'if-match': activity.etag }],
      ['DELETE', `${activityPath(activity.id)}?reason=${encodeURIComponent('示例')}`, undefined, { 'if-match': activity.etag }],
      ['POST', reportOf(theirs, '/return'), { reason: '示例' }], ['POST', reportOf(theirs, '/acceptance')],
      ['PUT', reportOf(theirs, `/comments/${newId()}`), { activity: activity.id, text: '示例' }],
      ['DELETE', sitePath(theirs.site)],
    ];
    for (const [method, path, json, headers] of writes) {
      const answer = await station.ask(method, path, { json, headers: { ...headers, ...fresh() } });
      expect([403, 404], `${method} ${path} ${answer.text.slice(0, 300)}`).toContain(answer.status);
      expect(answer.text).not.toContain(theirs.text);
    }
    expect((await theirs.station.get<Wire<'Report'>>(reportOf(theirs))).state).toBe('submitted');
  });

  it.each(both)('the feed tells the officer of the %s nothing, though all of it happened meanwhile', async (which) => {
    const { station, cursor, activity } = sides[which];
    const told: string[] = [];
    let since = cursor;
    for (let more = true; more;) {
      const page = await station.get<Wire<'Changes'>>(`/api/v1/changes?since=${encodeURIComponent(since)}`);
      expect(page.reset).toBe(false);
      told.push(JSON.stringify(page.items));
      [since, more] = [page.cursor, page.more];
    }
    expect(told.join('')).toContain(activity.id);
    for (const trace of tracesOf(sides[other[which]])) expect(told.join('')).not.toContain(trace);
  });
});
