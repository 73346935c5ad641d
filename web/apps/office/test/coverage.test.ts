import { describe, expect, it } from 'vitest';
import { depth, heldInWeekOf, isAsked, lastWeeks, quotaState, recordsOf, recordsOfQuota, shade, type Coverage, type QuotaRow } from '../src/coverage/coverage';

const row = (change: Partial<QuotaRow>): QuotaRow => ({ applies: true, done: 0, met: 0, expected: 1, open: 0, ...change });
const asked = { connected: true, optional: false };

describe('a quota', () => {
  it('is never short for whom it does not apply to, nor for what nobody counts', () => {
    expect(quotaState(asked, row({ applies: false, expected: 0 }))).toBe('na');
    expect(quotaState(asked, row({ expected: 0, ended_on: '2023-10-20' }))).toBe('na');
    expect(quotaState({ connected: false, optional: false }, row({ expected: 0 }))).toBe('unconnected');
  });
  it('is open while a period still runs in which it can be reached, and short once one was missed', () => {
    expect(quotaState(asked, row({ expected: 3, met: 2, open: 1 }))).toBe('open');
    expect(quotaState(asked, row({ expected: 3, met: 1, open: 1 }))).toBe('short');
    expect(quotaState(asked, row({ expected: 3, met: 3 }))).toBe('met');
    expect(quotaState(asked, row({ expected: 0 }))).toBe('ahead');
  });
  it('is never red when it is only good to have', () => {
    expect(quotaState({ connected: true, optional: true }, row({}))).toBe('wished');
  });
  it('opens to the records of the period its figure is of', () => {
    const current = { from: '2023-10-23', to: '2023-10-29', done: 1 };
    expect(recordsOfQuota({ id: 'weekly', period: 'week' }, row({ place: 'a', current }))).toEqual({ quota: 'weekly', place: 'a', from: '2023-10-23', to: '2023-10-29' });
    expect(recordsOfQuota({ id: 'reached', period: 'campaign' }, row({ current }))).toEqual({ quota: 'reached' });
  });
});

describe('the matrix', () => {
  it('opens a cell to its place, its week and what is counted', () => {
    const week = { from: '2023-10-23', to: '2023-10-29' };
    expect(recordsOf('a', week, 'audience', 'farmers')).toEqual({ place: 'a', ...week, audience: 'farmers' });
    expect(recordsOf(undefined, week, undefined, undefined)).toEqual(week);
  });
  it('asks no week of a place that began after it ended', () => {
    expect(isAsked({}, { from: '2023-10-23' })).toBe(true);
    expect(isAsked({ ended_on: '2023-10-23' }, { from: '2023-10-23' })).toBe(true);
    expect(isAsked({ ended_on: '2023-10-22' }, { from: '2023-10-23' })).toBe(false);
  });
  const matrix: Coverage = {
    campaign: 'c', today: '2023-10-26', unreached: { entries: [], audiences: [], forms: [], work_items: [] },
    weeks: ['2023-10-09', '2023-10-16', '2023-10-23', '2023-10-30'].map((from, n) => ({ from, to: ['2023-10-15', '2023-10-22', '2023-10-29', '2023-11-05'][n]!, covered: 1, asked: 1 })),
    rows: [
      { place: 'a', place_name: '甲村', place_kind: 'village', counts: [4, 2, 1, 0], total: 7, former: false, silent: false },
      { place: 't', place_name: '某镇', place_kind: 'town', counts: [0, 1, 2, 0], total: 3, former: false, silent: false },
    ],
  };
  it('is cut to its last weeks up to the one that runs, and sums what is left', () => {
    const cut = lastWeeks(matrix, 2);
    expect(cut.weeks.map((week) => week.from)).toEqual(['2023-10-16', '2023-10-23']);
    expect(cut.rows.map((row) => [row.counts, row.total])).toEqual([[[2, 1], 3], [[1, 2], 3]]);
    expect(lastWeeks({ ...matrix, today: '2023-10-01' }, 2).weeks).toEqual([]);
    expect(lastWeeks(matrix, 10).weeks).toHaveLength(3);
  });
  it('sums a week over all places, and nothing outside its weeks', () => {
    expect(heldInWeekOf(matrix, '2023-10-26')).toBe(3);
    expect(heldInWeekOf(matrix, '2023-10-22')).toBe(3);
    expect(heldInWeekOf(matrix, '2023-12-01')).toBe(0);
  });
  it('has four depths of a week', () => expect([0, 1, 2, 3, 9].map(shade)).toEqual([0, 1, 2, 3, 3]));
  it('deepens its green by thirds of the most any place has', () => {
    expect([0, 1, 3, 4, 6, 9].map((n) => depth(n, 9))).toEqual([0, 1, 1, 2, 2, 3]);
  });
});
