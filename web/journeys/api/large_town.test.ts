import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { Caller } from '../kit/caller';
import { district, loadNotice } from '../kit/district';
import { Town } from '../kit/people';
import { activityAt, mergedPath, record } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';
import { wordText } from '../kit/word';

// A town of two hundred villages, larger than any there is.
const townId = 'shili-dazhen';
const campaign = 'dazhen-2023';
const villages = Array.from({ length: 200 }, (_, index) => ({ id: `shili-dazhen-${index + 1}`, name: `示例${index + 1}村` }));
const last = villages[villages.length - 1];
const first = villages[0];
let data: string;
let server: RunningServer;
let station: Caller;

function load(names: Record<string, string> = {}): void {
  const called = villages.map(({ id, name }) => ({ id, name: names[id] ?? name }));
  const places = [[townId, 'SD', 'town', '示例大镇', '示例大镇', district, 100],
    ...called.map(({ id, name }, index) => [id, `SD-${index + 1}`, 'village', name, name, townId, 101 + index])];
  expect(loadNotice(data, campaign, townId, places)).toContain(campaign);
}

beforeAll(async () => {
  data = copyTown(inject('sample'));
  load();
  server = await startTown(data);
  station = await new Town(server.origin, data).invite('station', townId);
}, 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const inOrder = villages.map((village) => village.id);

describe('a town of two hundred villages', () => {
  it('has each of them on its board, in their own order, with everything it owes', async () => {
    const board = await station.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    expect(board.rows.map((row) => row.place)).toEqual([townId, ...inOrder]);
    for (const row of board.rows) expect(row.cells).toHaveLength(board.columns.length);
    const september = board.rows.map((row) => row.cells.find((cell) => cell.period === '2023-09')?.state);
    expect(september).toEqual(['na', ...inOrder.map(() => 'overdue')]);
  });

  it('shows in the matrix where somebody went, and who is asked about', async () => {
    const entry = (await station.get<Wire<'Campaign'>>(`/api/v1/campaigns/${campaign}`)).entries[0].id;
    await record(station, activityAt(last.id, entry, { campaign }));
    const coverage = await station.get<Wire<'Coverage'>>(`/api/v1/coverage?campaign=${campaign}`);
    expect(coverage.rows.map((row) => row.place)).toEqual(inOrder);
    expect(coverage.rows.filter((row) => !row.silent).map((row) => [row.place, row.total])).toEqual([[last.id, 1]]);
    expect(coverage.weeks.reduce((sum, week) => sum + week.covered, 0)).toBe(1);
    const quotas = await station.get<Wire<'QuotaBoard'>>(`/api/v1/coverage/quotas?campaign=${campaign}`);
    for (const quota of quotas.quotas.filter((one) => one.subject === 'place')) expect(quota.rows).toHaveLength(villages.length);
  });

  it('lists its reports page by page, each once', async () => {
    const seen: string[] = [];
    for (let cursor: string | undefined, page = 0; page === 0 || cursor; page++) {
      const more: Wire<'ReportList'> = await station.get(`/api/v1/reports?campaign=${campaign}&month=2023-10&limit=50${cursor ? `&cursor=${cursor}` : ''}`);
      expect(more.items.length).toBeLessThanOrEqual(50);
      seen.push(...more.items.map((item) => item.place));
      cursor = more.next_cursor;
    }
    expect(seen).toEqual(inOrder);
  });

  it('names in its merged report every one that has not handed in', async () => {
    const text = wordText((await station.expects('GET', mergedPath('2023-10', campaign), 200)).bytes);
    for (const { name } of villages) expect(text).toContain(name);
  });
});

describe('a village renamed in mid-campaign', () => {
  const report = `/api/v1/reports/${campaign}/${first.id}/2023-10`;
  const textOf = async (path: string) => wordText((await station.expects('GET', path, 200)).bytes);

  it('is called by its new name everywhere but in what was handed in before', async () => {
    const village = await new Town(server.origin, data).invite('village', first.id);
    const entry = (await village.get<Wire<'Campaign'>>(`/api/v1/campaigns/${campaign}`)).entries[0].id;
    const held = await record(village, activityAt(first.id, entry, { campaign }));
    await village.expects('POST', `${report}/submission`, 200);
    const frozen = await textOf(`${report}/versions/1/document.docx`);
    expect(frozen).toContain(first.name);

    await server.stop();
    load({ [first.id]: '示例新村' });
    server = await startTown(data);
    station = new Caller(server.origin, station.token);
    const board = await station.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    const row = board.rows.find((one) => one.place === first.id);
    expect(row?.place_name).toBe('示例新村');
    expect(row?.cells.find((cell) => cell.period === '2023-10')?.state).toBe('submitted');
    const [listed] = (await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${first.id}`)).items;
    expect(listed).toMatchObject({ id: held.id, place_name: '示例新村' });
    expect(await textOf(`${report}/document.docx`)).toContain('示例新村');
    expect(await textOf(`${report}/versions/1/document.docx`)).toBe(frozen);
  });
});
