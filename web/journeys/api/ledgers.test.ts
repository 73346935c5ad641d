import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { claimOf, picture, upload } from '../kit/pictures';
import { activityAt, campaign, newId, record } from '../kit/records';
import { parts } from '../kit/word';

const town = new Town();
let village: Caller;
let station: Caller;
const own = town.account('village').place;
const table = (ledger: string, extension: string, rest = '') => `/api/v1/ledgers/${ledger}/table.${extension}?campaign=${campaign}${rest}`;
const columns = (ledger: string) => `/api/v1/ledgers/${ledger}/columns?campaign=${campaign}`;
/** The lines of a CSV whose fields hold no line ends. */
const linesOf = (text: string) => text.replace(/^\uFEFF/, '').trimEnd().split('\r\n');
const sheetOf = (bytes: Uint8Array) => parts(bytes).get('xl/worksheets/sheet1.xml')?.toString('utf8') ?? '';

beforeAll(async () => {
  [village, station] = [await town.as('village'), await town.as('station')];
});

async function choose(ledger: string, chosen: string[]): Promise<void> {
  const { etag } = await station.get<Wire<'LedgerColumns'>>(columns(ledger));
  await station.expects('PUT', columns(ledger), 200, { json: { chosen }, headers: { 'if-match': etag, 'idempotency-key': newId() } });
}

describe('a list as a table', () => {
  it('holds exactly the activities the list shows, by the same filters, in the columns the station chose', async () => {
    await choose('activities', ['date', 'title', 'place']);
    const { entries } = await station.get<Wire<'Campaign'>>(`/api/v1/campaigns/${campaign}`);
    const made = await record(village, { ...activityAt(own, entries[0].id), title: '=导出，“引号”' });
    const list = await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${own}&month=2023-10&limit=200`);
    const csv = await station.expects('GET', table('activities', 'csv', `&place=${own}&month=2023-10`), 200);
    const [head, ...rows] = linesOf(csv.text);
    expect(csv.text.startsWith('\uFEFF')).toBe(true);
    expect(head).toBe('日期,标题,村（社区）');
    expect(rows).toHaveLength(list.items.length);
    expect(rows[list.items.findIndex((one) => one.id === made.id)]).toBe(`${made.started_at.slice(0, 10)},'=导出，“引号”,${made.place_name}`);
    const excel = await station.expects('GET', table('activities', 'xlsx', `&place=${own}&month=2023-10`), 200);
    const sheet = sheetOf(excel.bytes);
    expect(sheet.match(/<row /g)).toHaveLength(list.items.length + 1);
    expect(sheet).toContain('=导出，“引号”');
    expect(sheet).not.toContain('<f>');
    expect(decodeURIComponent(excel.headers['content-disposition'] ?? '')).toContain('示例-');
  });

  it('of more than a page is whole, and finds one character', async () => {
    await choose('activities', ['title']);
    const all = linesOf((await station.expects('GET', table('activities', 'csv'), 200)).text).slice(1);
    let count = 0;
    for (let cursor = ''; cursor !== undefined;) {
      const page: Wire<'ActivityList'> = await station.get(`/api/v1/activities?campaign=${campaign}&limit=200${cursor && `&cursor=${cursor}`}`);
      count += page.items.length;
      if (!page.next_cursor) break;
      cursor = page.next_cursor;
    }
    expect(all).toHaveLength(count);
    const found = linesOf((await station.expects('GET', table('activities', 'csv', `&q=${encodeURIComponent('校')}`), 200)).text).slice(1);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(all.length);
  });

  it('of a village holds its own alone', async () => {
    await choose('activities', ['place']);
    const rows = linesOf((await village.expects('GET', table('activities', 'csv'), 200)).text).slice(1);
    expect(new Set(rows).size).toBe(1);
    const owed = linesOf((await village.expects('GET', table('filing', 'csv'), 200)).text).slice(1);
    expect(new Set(owed.map((line) => line.split(',')[0])).size).toBe(1);
  });

  it('of what is owed has a row for each place and deliverable that applies', async () => {
    const board = await station.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    const owed = board.rows.flatMap((row) => row.cells.filter((cell) => cell.state !== 'na'));
    const csv = linesOf((await station.expects('GET', table('filing', 'csv'), 200)).text);
    expect(csv).toHaveLength(owed.length + 1);
    const sheet = sheetOf((await station.expects('GET', table('filing', 'xlsx'), 200)).bytes);
    expect(sheet.match(/<row /g)).toHaveLength(owed.length + 1);
    expect(sheet).toContain('按时');
  });

  it('of the plans has every row of every plan, with what was held of it', async () => {
    const { items } = await station.get<Wire<'PlanList'>>(`/api/v1/plans?campaign=${campaign}&limit=200`);
    const csv = linesOf((await station.expects('GET', table('plans', 'csv'), 200)).text);
    expect(csv[0]).toBe('村（社区）,活动周期,开始日期,结束日期,计划地点,宣传重点,宣传主题,负责人,已开展（场）');
    expect(csv).toHaveLength(1 + items.reduce((rows, plan) => rows + plan.rows, 0));
    const held = csv.slice(1).filter((line) => Number(line.split(',').at(-1)) > 0);
    expect(held).toHaveLength(items.reduce((rows, plan) => rows + plan.rows_done, 0));
    const sheet = sheetOf((await station.expects('GET', table('plans', 'xlsx'), 200)).bytes);
    expect(sheet.match(/<row /g)).toHaveLength(csv.length);
    const mine = linesOf((await village.expects('GET', table('plans', 'csv'), 200)).text).slice(1);
    expect(mine).toHaveLength(items.find((plan) => plan.place === own)?.rows ?? -1);
  });

  it('of the reports has a row for each place and month that has begun, or of the one asked for', async () => {
    const october = await station.get<Wire<'ReportList'>>(`/api/v1/reports?campaign=${campaign}&month=2023-10&limit=200`);
    const csv = linesOf((await station.expects('GET', table('reports', 'csv', '&month=2023-10'), 200)).text);
    expect(csv[0]).toBe('月份,村（社区）,活动（场）,照片（张）,状态,首次报送时间,是否按时,逾期天数');
    expect(csv.slice(1).map((line) => line.split(',').slice(0, 4).join())).toEqual(
      october.items.map((report) => ['2023-10', report.place_name, report.activities, report.photos].join()));
    const sheet = sheetOf((await station.expects('GET', table('reports', 'xlsx'), 200)).bytes);
    expect(sheet.match(/<row /g)).toHaveLength(1 + 3 * october.items.length);
    await station.expects('GET', table('reports', 'csv', '&month=2024-10'), 404);
    await station.expects('GET', table('reports', 'csv', '&month=soon'), 422, { broken: true });
  });

  it('is refused for what there is not or is not theirs', async () => {
    for (const ledger of ['activities', 'plans', 'reports', 'filing']) {
      for (const extension of ['xlsx', 'csv']) {
        const none = table(ledger, extension).replace(campaign, 'none-2023');
        await station.expects('GET', none, 404);
        await station.expects('GET', table(ledger, extension).split('?')[0], 422, { broken: true });
      }
    }
    await village.expects('GET', table('activities', 'csv', '&place=500118112000'), 404);
    await station.expects('GET', table('activities', 'xlsx', '&from=soon'), 422, { broken: true });
    await station.expects('GET', `/api/v1/ledgers/people/columns?campaign=${campaign}`, 404, { broken: true });
    await station.expects('GET', '/api/v1/ledgers/filing/columns', 422, { broken: true });
  });
});

describe('the original pictures of a month', () => {
  const originals = (month: string, place = own) => `/api/v1/ledgers/photos.zip?campaign=${campaign}&month=${month}&place=${place}`;
  /** An activity with a picture that came and one that did not. */
  async function shown(title: string): Promise<Buffer> {
    const { entries } = await station.get<Wire<'Campaign'>>(`/api/v1/campaigns/${campaign}`);
    const came = picture();
    const claims = [claimOf(newId(), picture()), claimOf(newId(), came)];
    await record(village, { ...activityAt(own, entries[0].id), title, photos: claims });
    await upload(village, claims[1].id, came);
    return came;
  }

  it('are one ZIP that tells place, date and subject of what was received', async () => {
    const came = await shown('示例：灭火器/怎么用？');
    const { bytes, headers } = await village.expects('GET', originals('2023-10'), 200);
    const files = parts(bytes);
    const { name } = (await village.get<Wire<'PlaceList'>>('/api/v1/places')).items.find((one) => one.id === own) ?? { name: '' };
    expect(files.get(`${name}/2023-10-25 ${name} 示例：灭火器怎么用？ 1.png`)?.equals(came)).toBe(true);
    expect([...files.keys()].every((one) => one.startsWith(`${name}/2023-10-`))).toBe(true);
    const list = await village.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${own}&month=2023-10&limit=200`);
    expect(files.size).toBe(list.items.flatMap((one) => one.photos).filter((photo) => photo.received).length);
    expect(decodeURIComponent(headers['content-disposition'] ?? '')).toContain(`${name}10月照片原图.zip`);
    const all = parts((await station.expects('GET', originals('2023-10', '500118112000'), 200)).bytes);
    expect([...files.keys()].filter((one) => !all.has(one))).toEqual([]);
    expect(all.size).toBeGreaterThan(files.size);
  });

  it('go on from where they broke off, as long as the list is the same', async () => {
    const target = originals('2023-10');
    const whole = await village.expects('GET', target, 200);
    const etag = whole.headers['etag'] ?? '';
    const half = Math.floor(whole.bytes.length / 2);
    const rest = await village.expects('GET', target, 206, { headers: { range: `bytes=${half}-`, 'if-range': etag } });
    expect(rest.headers['content-range']).toBe(`bytes ${half}-${whole.bytes.length - 1}/${whole.bytes.length}`);
    const joined = Buffer.concat([whole.bytes.subarray(0, half), rest.bytes]);
    expect(joined.equals(whole.bytes)).toBe(true);
    const folder = mkdtempSync(join(tmpdir(), 'wujin-originals-'));
    writeFileSync(join(folder, 'joined.zip'), joined);
    expect(execFileSync('python3', ['-m', 'zipfile', '-t', join(folder, 'joined.zip')], { encoding: 'utf8' })).toBe('Done testing\n');
    rmSync(folder, { recursive: true });
    await village.expects('GET', target, 304, { headers: { 'if-none-match': etag } });
    await village.expects('GET', target, 416, { headers: { range: `bytes=${whole.bytes.length}-`, 'if-match': etag } });

    await shown('示例：又一次');
    const anew = await village.expects('GET', target, 200, { headers: { range: `bytes=${half}-`, 'if-range': etag } });
    expect(anew.headers['etag']).not.toBe(etag);
    expect(parts(anew.bytes).size).toBe(parts(whole.bytes).size + 1);
    const refused = await village.expects<Wire<'Problem'>>('GET', target, 412, { headers: { range: `bytes=${half}-`, 'if-match': etag } });
    expect(refused.json.code).toBe('file_changed');
  });

  it('are refused where there are none, and of what is not theirs', async () => {
    expect((await village.expects<Wire<'Problem'>>('GET', originals('2023-12'), 404)).json.code).toBe('no_pictures');
    await village.expects('GET', originals('2023-10', '500118112000'), 404);
    await station.expects('GET', originals('2023-10').replace(campaign, 'none-2023'), 404);
    await station.expects('GET', `/api/v1/ledgers/photos.zip?campaign=${campaign}`, 422, { broken: true });
    await station.expects('GET', originals('October'), 422, { broken: true });
  });
});

describe('the figures of any period', () => {
  const figures = (from: string, to: string, rest = '') => `/api/v1/ledgers/figures?campaign=${campaign}&from=${from}&to=${to}${rest}`;
  it('are those of the records behind them, and read as one sentence', async () => {
    const [from, to] = ['2023-09-11', '2023-10-10'];
    const told = await station.get<Wire<'Figures'>>(figures(from, to));
    const items: Wire<'Activity'>[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const page: Wire<'ActivityList'> = await station.get(`/api/v1/activities?campaign=${campaign}&from=${from}&to=${to}&limit=200${cursor && `&cursor=${cursor}`}`);
      items.push(...page.items);
      cursor = page.next_cursor;
    }
    const sum = (count: (one: Wire<'Activity'>) => number | undefined) => items.reduce((total, one) => total + (count(one) ?? 0), 0);
    expect(told.activities).toBe(items.length);
    expect(told.entries.reduce((total, entry) => total + entry.activities, 0)).toBe(items.length);
    expect([told.people, told.leaflets]).toEqual([sum((one) => one.people_about), sum((one) => one.leaflets)]);
    expect(told.places).toBe(new Set(items.map((one) => one.place).filter((place) => place !== '500118112000')).size);
    expect(told.points).toBe(new Set(items.filter((one) => one.point).map((one) => `${one.place}/${one.point}`)).size);
    expect(told.sentence).toContain(`${items.length}场`);
    const own_ = await village.get<Wire<'Figures'>>(figures(from, to));
    expect(own_.activities).toBe(items.filter((one) => one.place === own).length);
    expect(await station.get<Wire<'Figures'>>(figures(from, to, `&place=${own}`))).toEqual(own_);
  });
  it('are refused without days, backwards, and of what is not theirs', async () => {
    await station.expects('GET', `/api/v1/ledgers/figures?campaign=${campaign}&from=2023-09-01`, 422, { broken: true });
    await station.expects('GET', figures('2023-10-01', '2023-09-01'), 422);
    await village.expects('GET', figures('2023-09-01', '2023-09-30', '&place=500118112000'), 404);
  });
});

describe('the columns', () => {
  it('are chosen once for the town, and not over what somebody else chose meanwhile', async () => {
    const seen = await station.get<Wire<'LedgerColumns'>>(columns('filing'));
    const headers = { 'if-match': seen.etag, 'idempotency-key': newId() };
    const ask = { json: { chosen: ['state', 'place'] }, headers };
    const first = await station.expects<Wire<'LedgerColumns'>>('PUT', columns('filing'), 200, ask);
    const again = await station.expects<Wire<'LedgerColumns'>>('PUT', columns('filing'), 200, ask);
    expect(again.json).toEqual(first.json);
    expect((await village.get<Wire<'LedgerColumns'>>(columns('filing'))).chosen).toEqual(['state', 'place']);
    await station.expects('PUT', columns('filing'), 412, { ...ask, headers: { ...headers, 'idempotency-key': newId() } });
    await station.expects('PUT', columns('filing'), 422, { json: { chosen: ['salary'] }, headers: { 'if-match': first.json.etag } });
    await village.expects('PUT', columns('filing'), 403, { json: { chosen: ['place'] }, headers: { 'if-match': '*' } });
    await station.expects('PUT', columns('filing').replace(campaign, 'none-2023'), 404, { json: { chosen: ['place'] }, headers: { 'if-match': '*' } });
    await choose('filing', seen.usual);
  });
});
