import type { LocationQueryRaw } from 'vue-router';
import type { Wire } from '../desk/api';

export type Coverage = Wire<'Coverage'>;
export type QuotaStanding = Wire<'QuotaStanding'>;
export type QuotaRow = Wire<'QuotaRow'>;
export type Suggestions = Wire<'Suggestions'>;
export type Suggestion = Wire<'Suggestion'>;
export type Measure = Wire<'CoverageMeasure'>;

/** How a quota stands with one who owes it. `short`: a period went by without it, and none runs in which it could still be met. */
export type QuotaState = 'na' | 'unconnected' | 'ahead' | 'met' | 'open' | 'short' | 'wished';

export function quotaState(quota: Pick<QuotaStanding, 'connected' | 'optional'>, row: Pick<QuotaRow, 'applies' | 'met' | 'expected' | 'open' | 'ended_on'>): QuotaState {
  if (!quota.connected) return 'unconnected';
  if (!row.applies || (row.ended_on && !row.expected)) return 'na';
  if (!row.expected) return 'ahead';
  if (row.met >= row.expected) return 'met';
  if (quota.optional) return 'wished';
  return row.met + row.open >= row.expected ? 'open' : 'short';
}

/** The ledger's filters that show exactly the records behind a cell of the matrix. */
export function recordsOf(place: string | undefined, week: { from: string; to: string } | undefined, measure: Measure | undefined, value: string | undefined): LocationQueryRaw {
  return { ...place && { place }, ...week && { from: week.from, to: week.to }, ...measure && value && { [measure]: value } };
}

/** What a quota's figure is of: the period that runs, or all of them when none does. */
export const running = (quota: Pick<QuotaStanding, 'period'>, row: QuotaRow): QuotaRow['current'] =>
  (quota.period === 'campaign' ? undefined : row.current);

/** Exactly the records behind a quota's figure. */
export function recordsOfQuota(quota: Pick<QuotaStanding, 'id' | 'period'>, row: QuotaRow): LocationQueryRaw {
  const period = running(quota, row);
  return { quota: quota.id, ...row.place && { place: row.place }, ...period && { from: period.from, to: period.to } };
}

export type CoverageRow = Coverage['rows'][number];
export type Week = Coverage['weeks'][number];

export const isThisWeek = (week: Week, today: string): boolean => week.from <= today && today <= week.to;

/** The same table with no more than its last weeks, up to the one that runs today. */
export function lastWeeks(coverage: Coverage, count: number): Coverage {
  const end = coverage.weeks.filter((week) => week.from <= coverage.today).length;
  const begin = Math.max(0, end - count);
  const rows = coverage.rows.map((row) => {
    const counts = row.counts.slice(begin, end);
    return { ...row, counts, total: counts.reduce((sum, count) => sum + count, 0) };
  });
  return { ...coverage, weeks: coverage.weeks.slice(begin, end), rows };
}

/** All that was held in the week of a day, the town's own included. */
export function heldInWeekOf(coverage: Coverage, day: string): number {
  const week = coverage.weeks.findIndex((each) => isThisWeek(each, day));
  return coverage.rows.reduce((sum, row) => sum + (row.counts[week] ?? 0), 0);
}

/** Depth of a week's green: none, one, two, three or more. */
export const shade = (count: number): 0 | 1 | 2 | 3 => (count >= 3 ? 3 : count < 0 ? 0 : (count as 0 | 1 | 2));

/** Whether a week is asked of a place: not when it began after the place was merged or dissolved. */
export const isAsked = (row: Pick<CoverageRow, 'ended_on'>, week: Pick<Week, 'from'>): boolean => !row.ended_on || week.from <= row.ended_on;

/** Depth of a place's green by its share of the most any place has: none, up to a third, two thirds, all. */
export function depth(total: number, most: number): 0 | 1 | 2 | 3 {
  return total === 0 ? 0 : (Math.max(1, Math.ceil((3 * total) / most)) as 1 | 2 | 3);
}

/** The most that any place has, for the share of the others. */
export const mostOf = (coverage: Coverage): number => Math.max(1, ...coverage.rows.map((row) => row.total));
