import { civilDate, daysBetween, formatDate } from '@wujin/ui';
import type { RouteLocationRaw } from 'vue-router';
import type { DeadlineBoard, DeadlineCell } from '../desk/api';
import { t } from '../strings';

type State = DeadlineCell['state'];

export interface Owed { place: string; placeName: string; cell: DeadlineCell }

export function owed(board: DeadlineBoard, states: readonly State[]): Owed[] {
  return board.rows.flatMap((row) => row.cells.filter((cell) => states.includes(cell.state))
    .map((cell) => ({ place: row.place, placeName: row.place_name, cell })));
}

/** What lies at the station to be looked at, what came first being first. */
export function waiting(board: DeadlineBoard): Owed[] {
  return owed(board, ['submitted', 'resubmitted'])
    .sort((a, b) => (a.cell.submitted_at ?? '').localeCompare(b.cell.submitted_at ?? ''));
}

/** What is late or soon due, the most pressing first; what was sent back counts as owed. */
export function pressing(board: DeadlineBoard): Owed[] {
  return owed(board, ['overdue', 'due', 'returned', 'withdrawn']).sort((a, b) => a.cell.days_left - b.cell.days_left);
}

export const overdueDays = (cell: DeadlineCell): number => cell.late_days ?? Math.max(0, -cell.days_left);

/** The second word of a badge: how long is left, until when to correct, that an accepted one had come late. */
export function cellNote(cell: DeadlineCell): string {
  switch (cell.state) {
    case 'due': return cell.days_left <= 0 ? t('st.due_today') : t('st.due_in', { n: cell.days_left });
    case 'returned': return cell.returned?.correct_by ? t('filing.correct_by', { date: formatDate(cell.returned.correct_by) }) : '';
    case 'exempt': return cell.exempt_reason ? t('st.exempt_reason', { reason: cell.exempt_reason }) : '';
    case 'not_due': case 'overdue': case 'na': case 'withdrawn': case 'received_mail': return '';
    default: return cell.on_time === false ? t('st.late', { n: cell.late_days ?? 0 }) : cell.on_time ? t('st.on_time') : '';
  }
}

export const monthNumber = (period: string): number => Number(period.slice(5, 7));

/** The page behind a cell. */
export function cellRoute(campaign: string, place: string, cell: Pick<DeadlineCell, 'state' | 'deliverable' | 'period'>): RouteLocationRaw | undefined {
  if (cell.state === 'na') return undefined;
  if (cell.deliverable === 'plan') return { name: 'plan', params: { campaign, place } };
  if (cell.deliverable === 'report') return { name: 'report', params: { campaign, place, month: cell.period } };
  return { name: 'summary', params: { campaign, place } };
}

/** Whole days something has lain there. */
export const daysWaiting = (since: string, now: string): number => daysBetween(civilDate(since), civilDate(now));
