import { describe, expect, it } from 'vitest';
import { countOf, csvOf, duesOf, expected, rowsOf, type DueCount, type TownsCoverage, type TownsDeadlines } from './towns';

const count = (more: Partial<DueCount>): DueCount => ({
  deliverable: 'report', period: '2023-10', due_at: '2023-10-29T00:00:00+08:00', owed: 6, on_time: 0, late: 0, missing: 0, waiting: 6, exempt: 0, ...more });
const town = (campaign: string, counts: DueCount[]) => ({ campaign, campaign_title: '示例', town: campaign, town_name: `${campaign}镇`, places: 6, counts });
const deadlines: TownsDeadlines = { year: 2023, now: '2023-10-26T09:00:00+08:00', rows: [
  town('b', [count({}), count({ deliverable: 'plan', period: '2023', due_at: '2023-08-17T00:00:00+08:00' })]),
  town('a', [count({ due_at: '2023-10-26T00:00:00+08:00', exempt: 1, waiting: 5 })])] };
const weeks = [['2023-10-16', '2023-10-22'], ['2023-10-23', '2023-10-29']].map(([from, to]) => ({ from: from!, to: to!, covered: 0, asked: 12 }));
const coverage: TownsCoverage = { year: 2023, today: '2023-10-26', weeks, rows: [
  { campaign: 'a', campaign_title: '示例', town: 'a', town_name: 'a镇', places: 6, covered: [4, 2], asked: [6, 5], activities: [7, 3] }] };

describe('towns side by side', () => {
  it('stand in the order of the server, never by a figure', () => {
    expect(rowsOf(deadlines, coverage).map((row) => row.town)).toEqual(['b', 'a']);
  });
  it('have one column for each thing owed, by its first day', () => {
    expect(duesOf(deadlines).map((due) => [due.deliverable, due.period, due.due_at])).toEqual([
      ['plan', '2023', '2023-08-17T00:00:00+08:00'], ['report', '2023-10', '2023-10-26T00:00:00+08:00']]);
  });
  it('show nothing where a town owes nothing, or holds no week', () => {
    const [b, a] = rowsOf(deadlines, coverage);
    const plan = duesOf(deadlines)[0]!;
    expect(countOf(a!, plan)).toBeUndefined();
    expect(countOf(b!, plan)?.owed).toBe(6);
    expect([b!.thisWeek, b!.activities, a!.lastWeek, a!.thisWeek, a!.activities]).toEqual([undefined, 0, { covered: 4, asked: 6 }, { covered: 2, asked: 5 }, 10]);
  });
  it('are counted without those that need not hand in', () => {
    expect(expected(countOf(rowsOf(deadlines, coverage)[1]!, duesOf(deadlines)[1]!)!)).toBe(5);
  });
  it('leave as a table that Excel reads', () => {
    expect(csvOf([['镇街', '应报'], ['"甲",镇', 6]])).toBe('\uFEFF镇街,应报\r\n"""甲"",镇",6\r\n');
  });
});
