import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { campaign, newId, reportPath } from '../kit/records';

const town = new Town();
let village: Caller;
let station: Caller;
const own = town.account('village').place;
const november = '2023-11';
const cellPath = (place: string, period = november) => `/api/v1/deadlines/${campaign}/${place}/report/${period}/exemption`;

beforeAll(async () => {
  [village, station] = [await town.as('village'), await town.as('station')];
});

describe('the board', () => {
  it('is ordered by how places stand in a column', async () => {
    const read = (order = '') => station.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}${order && `&order=${order}`}`);
    const plain = await read();
    const places = (board: Wire<'DeadlineBoard'>) => board.rows.map((row) => row.place);
    expect(places(plain)).toEqual([...places(plain)].sort());
    const column = plain.columns.findIndex((one) => one.period === '2023-09');
    const key = `${plain.columns[column].deadline}/2023-09`;
    const states = (board: Wire<'DeadlineBoard'>) => board.rows.map((row) => row.cells[column].state).filter((state) => state !== 'na');
    const urgent = await read(key), settled = await read(`-${key}`);
    expect(places(urgent).sort()).toEqual(places(plain));
    expect(states(settled)).toEqual(states(urgent).reverse());
    expect(states(urgent).at(-1)).toBe('accepted');
    expect(urgent.rows.at(-1)?.cells[column].state).toBe('na');
    expect(settled.rows.at(-1)?.cells[column].state).toBe('na');
    await station.expects('GET', `/api/v1/deadlines?campaign=${campaign}&order=nothing/2023`, 422);
    await station.expects('GET', `/api/v1/deadlines?campaign=${campaign}&order=name`, 422, { broken: true });
  });
});

describe('an exemption', () => {
  it('stands with its reason wherever the deliverable does, and is lifted again', async () => {
    const reason = { reason: '示例：道路中断' };
    for (let time = 1; time <= 2; time += 1) {
      const exempt = await station.expects<Wire<'DeadlineCell'>>('PUT', cellPath(own), 200, { json: reason });
      expect(exempt.json).toMatchObject({ state: 'exempt', exempt_reason: reason.reason, period: november });
    }
    const report = await village.get<Wire<'Report'>>(reportPath(own, november));
    expect(report).toMatchObject({ state: 'exempt', exempt_reason: reason.reason });
    const board = await village.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    expect(board.rows[0].cells.find((cell) => cell.period === november)).toMatchObject({ state: 'exempt', exempt_reason: reason.reason });
    for (let time = 1; time <= 2; time += 1) {
      const lifted = await station.expects<Wire<'DeadlineCell'>>('DELETE', cellPath(own), 200, { headers: { 'idempotency-key': newId() } });
      expect(lifted.json.state).toBe('not_due');
      expect(lifted.json.exempt_reason).toBeUndefined();
    }
  });

  it('is the station’s to give, wants a reason and something that is owed', async () => {
    await village.expects('PUT', cellPath(own), 403, { json: { reason: '示例' } });
    await village.expects('DELETE', cellPath(own), 403);
    await town.nobody().expects('PUT', cellPath(own), 401, { json: { reason: '示例' } });
    await town.nobody().expects('DELETE', cellPath(own), 401);
    await station.expects('PUT', cellPath(own), 422, { json: { reason: ' ' } });
    for (const path of [cellPath('no-such-place'), cellPath(own, '2023-07')]) {
      await station.expects('PUT', path, 404, { json: { reason: '示例' } });
      await station.expects('DELETE', path, 404);
    }
  });
});
