import type { Wire } from '@wujin/api';

type Cell = Wire<'DeadlineCell'>;

/** What a village still has to do, the most pressing first: returned, overdue, withdrawn, due. */
export function owed(cells: readonly Cell[]): Cell[] {
  const pressing: Partial<Record<Cell['state'], number>> = { returned: 0, overdue: 1, withdrawn: 2, due: 3 };
  return cells
    .filter((cell) => cell.state in pressing)
    .sort((a, b) => (pressing[a.state] ?? 9) - (pressing[b.state] ?? 9) || a.due_at.localeCompare(b.due_at));
}

/** What to show under 报送: everything decided or due, and the next thing to come of each kind. */
export function inSight(cells: readonly Cell[], nearDays = 45): Cell[] {
  return cells
    .filter((cell) => cell.state !== 'na' && (cell.state !== 'not_due' || cell.days_left <= nearDays))
    .sort((a, b) => b.due_at.localeCompare(a.due_at));
}
