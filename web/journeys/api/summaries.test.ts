import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { activityAt, campaignOf, newId, record, summaryPath } from '../kit/records';
import { parts, wordText } from '../kit/word';

const town = new Town();
let village: Caller;
let station: Caller;
let district: Caller;
let campaign: Wire<'Campaign'>;
const own = town.account('village').place;
const path = (rest = '') => summaryPath(own, rest);
const missing = summaryPath('no-such-place');

beforeAll(async () => {
  [village, station, district] = [await town.as('village'), await town.as('station'), await town.as('district')];
  campaign = await campaignOf(village);
});

const sectionsOf = (summary: Wire<'Summary'>) => summary.sections.flatMap((section) => [section, ...section.parts]);

describe('the yearly summary', () => {
  it('is drafted from what was recorded', async () => {
    const summary = await village.get<Wire<'Summary'>>(path());
    const months = summary.tables.months;
    expect(months.map((row) => row.id)).toEqual(['2023-08', '2023-09', '2023-10']);
    expect(months.reduce((sum, row) => sum + row.activities, 0)).toBe(summary.activities);
    for (const row of months) {
      expect(row.by_entry.map((one) => one.entry)).toEqual(campaign.entries.map((entry) => entry.id));
      expect(row.by_entry.reduce((sum, one) => sum + one.activities, 0)).toBe(row.activities);
    }
    expect(summary.tables.places).toEqual([]);
    expect(summary.sections[0].text).toContain(`${summary.activities}场`);
    expect(sectionsOf(summary).every((part) => !part.edited)).toBe(true);
    // Numbers count what will be printed: a part nobody wrote has none.
    const heads = summary.sections.filter((section) => section.text || section.parts.length).map((section) => section.heading[0]);
    expect(heads.join('')).toBe('一二三四五'.slice(0, heads.length));
    expect(summary.pictures.length).toBeGreaterThan(0);
    await station.get(missing, 404);
  });

  it('of the town counts all of its places', async () => {
    const of = town.account('station').place;
    const whole = await station.get<Wire<'Summary'>>(summaryPath(of));
    const sum = (rows: Wire<'SummaryFigures'>[]) => rows.reduce((all, row) => all + row.activities, 0);
    expect(whole.tables.places.length).toBeGreaterThan(5);
    expect(sum(whole.tables.places)).toBeLessThanOrEqual(whole.activities);
    expect(sum(whole.tables.months)).toBe(whole.activities);
    await village.get(summaryPath(of), 404);
  });

  it('has parts that people write, put back, and pictures that they choose', async () => {
    const draft = await village.get<Wire<'Summary'>>(path());
    const empty = draft.sections.find((section) => !section.text && !section.parts.length)!;
    const figures = draft.sections[0];
    const other = (await village.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign.id}&place=${own}&month=2023-09`)).items;
    const chosen = other.flatMap((activity) => activity.photos).filter((photo) => photo.received).slice(0, 2);
    const change = {
      texts: [{ part: empty.id, text: '示例：全年无火灾。' }, { part: figures.id, text: '示例：改过的数字。' }],
      pictures: chosen.map((photo, index) => ({ id: photo.id, caption: `示例图注${index + 1}` })),
    };
    const changed = await village.expects<Wire<'Summary'>>('PATCH', path(), 200, { json: change, headers: { 'if-match': draft.etag } });
    expect(sectionsOf(changed.json).find((part) => part.id === empty.id)).toMatchObject({ text: '示例：全年无火灾。', edited: true });
    expect(changed.json.pictures).toMatchObject(change.pictures);
    const stale = await village.expects<Wire<'SummaryStale'>>('PATCH', path(), 412, { json: change, headers: { 'if-match': draft.etag, 'idempotency-key': newId() } });
    expect(stale.json.current.etag).toBe(changed.json.etag);
    const back = await village.expects<Wire<'Summary'>>('PATCH', path(), 200, {
      json: { texts: [{ part: figures.id, reset: true }] }, headers: { 'if-match': changed.json.etag },
    });
    expect(back.json.sections[0].text).toBe(figures.text);
    const etag = { 'if-match': back.json.etag };
    await village.expects('PATCH', path(), 422, { json: { texts: [{ part: 'no_such_part', text: '示例' }] }, headers: etag });
    await village.expects('PATCH', path(), 422, { json: { pictures: [{ id: newId() }] }, headers: etag });
    const places = (await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign.id}&month=2023-09&limit=200`)).items;
    const foreign = places.find((activity) => activity.place !== own && activity.photos.length)!.photos[0].id;
    await village.expects('PATCH', path(), 422, { json: { pictures: [{ id: foreign }] }, headers: etag });
    await district.expects('PATCH', path(), 403, { json: {}, headers: etag });
    await village.expects('PATCH', missing, 404, { json: {}, headers: etag });
  });

  it('is downloaded with its tables, its pictures and a chart of Office’s own', async () => {
    const document = await station.expects('GET', path('/document.docx'), 200);
    const text = wordText(document.bytes);
    expect(text).toContain('示例：全年无火灾。');
    expect(text).toContain('示例图注2');
    expect(text).not.toMatch(/\{[#/^%]?\w+\}/);
    const entries = parts(document.bytes);
    expect(entries.get('word/charts/drawn1.xml')?.toString('utf8')).toContain('<c:barChart>');
    const workbook = entries.get('word/embeddings/drawn1.xlsx');
    expect(workbook && parts(workbook).get('xl/worksheets/sheet1.xml')?.toString('utf8')).toContain('8月');
    expect(entries.get('[Content_Types].xml')?.toString('utf8')).toContain('/word/charts/drawn1.xml');
    await station.get(`${missing}/document.docx`, 404);
  });
});

describe('handing a summary in', () => {
  it('goes through withdrawal, return and acceptance, and each step says who may not', async () => {
    await village.expects('POST', path('/withdrawal'), 409);
    await station.expects('POST', path('/acceptance'), 409);
    await station.expects('POST', path('/return'), 409, { json: { reason: '示例' } });
    await district.expects('POST', path('/submission'), 403);
    await village.expects('POST', path('/submission'), 412, { headers: { 'if-match': '"never"' } });
    const draft = await village.get<Wire<'Summary'>>(path());
    const handed = await village.expects<Wire<'Summary'>>('POST', path('/submission'), 200, { headers: { 'if-match': draft.etag } });
    expect(handed.json.versions[0]).toMatchObject({ number: 1, on_time: true, state: 'submitted' });
    await village.expects('POST', path('/submission'), 409, { headers: { 'idempotency-key': newId() } });
    await village.expects('PATCH', path(), 409, { json: { texts: [] }, headers: { 'if-match': handed.json.etag } });
    const board = await station.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign.id}`);
    const cell = board.rows.find((row) => row.place === own)?.cells.find((one) => one.deliverable === 'summary');
    expect(cell).toMatchObject({ state: 'submitted', href: path() });

    await station.expects('POST', path('/withdrawal'), 403);
    await village.expects('POST', path('/withdrawal'), 200);
    await village.expects('POST', path('/submission'), 200, { headers: { 'idempotency-key': newId() } });
    await village.expects('POST', path('/return'), 403, { json: { reason: '示例' } });
    await station.expects('POST', path('/return'), 422, { json: { reason: '' }, broken: true });
    const returned = await station.expects<Wire<'Summary'>>('POST', path('/return'), 200, { json: { reason: '成效写得太少（示例）' } });
    expect(returned.json.returned).toMatchObject({ reason: '成效写得太少（示例）' });
    await village.expects('POST', path('/submission'), 200, { headers: { 'idempotency-key': newId() } });
    await village.expects('POST', path('/acceptance'), 403);
    const seen = { version: 1, state: 'submitted' };
    const stale = await station.expects<Wire<'SummaryStale'>>('POST', path('/acceptance'), 412, { json: { seen } });
    expect(stale.json).toMatchObject({ code: 'not_the_newest', current: { state: 'resubmitted' } });
    await station.expects('POST', path('/return'), 412, { json: { reason: '示例', seen } });
    const accepted = await station.expects<Wire<'Summary'>>('POST', path('/acceptance'), 200);
    expect(accepted.json.state).toBe('accepted');
    for (const verb of ['submission', 'withdrawal', 'acceptance']) await station.expects('POST', `${missing}/${verb}`, 404);
    await station.expects('POST', `${missing}/return`, 404, { json: { reason: '示例' } });
  });

  it('keeps every version, whatever is recorded later', async () => {
    const versions = (await village.get<Wire<'VersionList'>>(path('/versions'))).items;
    expect(versions.map((version) => version.number)).toEqual([3, 2, 1]);
    const frozen = await village.expects('GET', path('/versions/3/document.docx'), 200);
    await record(village, activityAt(own, campaign.entries[0].id, { title: '示例：总结以后又做的' }));
    expect((await village.get<Wire<'Summary'>>(path())).changed_since_hand_in).toBe(true);
    const later = await village.expects('GET', path('/versions/3/document.docx'), 200);
    expect(Buffer.from(later.bytes).equals(Buffer.from(frozen.bytes))).toBe(true);
    await village.get(path('/versions/9999/document.docx'), 404);
    await station.get(`${missing}/versions`, 404);
  });

  it('is refused where there is not a word in it', async () => {
    const of = town.account('village', 1).place;
    const caller = await town.as('village', 1);
    const draft = await caller.get<Wire<'Summary'>>(summaryPath(of));
    const blank = await caller.expects<Wire<'Summary'>>('PATCH', summaryPath(of), 200, {
      json: { texts: sectionsOf(draft).map((part) => ({ part: part.id, text: '' })) }, headers: { 'if-match': draft.etag },
    });
    expect(blank.json.may).not.toContain('submit');
    await caller.expects('POST', summaryPath(of, '/submission'), 422);
  });

  it('needs a session', async () => {
    const nobody = town.nobody();
    for (const rest of ['', '/document.docx', '/versions', '/versions/1/document.docx']) await nobody.expects('GET', path(rest), 401);
    for (const verb of ['submission', 'withdrawal', 'acceptance']) await nobody.expects('POST', path(`/${verb}`), 401);
    await nobody.expects('POST', path('/return'), 401, { json: { reason: '示例' } });
    await nobody.expects('PATCH', path(), 401, { json: {} });
  });
});
