import { describe, expect, it } from 'vitest';
import { depth, isExpected, quotaState, recordsOf, recordsOfQuota, type QuotaRow } from '../src/coverage/coverage';

const row = (change: Partial<QuotaRow>): QuotaRow => ({ applies: true, done: 0, met: 0, expected: 1, open: 0, ...change });
const asked = { connected: true, optional: false };

describe('a quota', () => {
  it('is never short for whom it does not apply to, nor for what nobody counts', () => {
    expect(quotaState(asked, row({ applies: false, expected: 0 }))).toBe('na');
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
  it('expects something of villages and communities of the town alone', () => {
    expect(isExpected({ place_kind: 'village', former: false })).toBe(true);
    expect(isExpected({ place_kind: 'village', former: true })).toBe(false);
    expect(isExpected({ place_kind: 'town', former: false })).toBe(false);
  });
  it('deepens its green by thirds of the most any place has', () => {
    expect([0, 1, 3, 4, 6, 9].map((n) => depth(n, 9))).toEqual([0, 1, 1, 2, 2, 3]);
  });
});
