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

export function quotaState(quota: Pick<QuotaStanding, 'connected' | 'optional'>, row: Pick<QuotaRow, 'applies' | 'met' | 'expected' | 'open'>): QuotaState {
  if (!quota.connected) return 'unconnected';
  if (!row.applies) return 'na';
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

type Row = Coverage['rows'][number];
/** Places the campaign asks something of; the town's seat and a village that left it only show what they held. */
export const isExpected = (row: Pick<Row, 'place_kind' | 'former'>): boolean =>
  !row.former && (row.place_kind === 'village' || row.place_kind === 'community');

/** Depth of a place's green by its share of the most any place has: none, up to a third, two thirds, all. */
export function depth(total: number, most: number): 0 | 1 | 2 | 3 {
  return total === 0 ? 0 : (Math.max(1, Math.ceil((3 * total) / most)) as 1 | 2 | 3);
}
