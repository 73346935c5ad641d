import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
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

  it('is refused for what there is not or is not theirs', async () => {
    for (const ledger of ['activities', 'filing']) {
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
