import { addDays, civilDate, monday, type CivilDate } from '@wujin/ui';

export interface Dated { started_at: string }
export interface Ranged { from: CivilDate; to: CivilDate }

/** The seven days of a day's week with how many activities each holds. */
export function weekOf(day: CivilDate, activities: readonly Dated[]): { date: CivilDate; count: number }[] {
  const first = monday(day);
  const counts = new Map<string, number>();
  for (const activity of activities) {
    const date = civilDate(activity.started_at);
    counts.set(date, (counts.get(date) ?? 0) + 1);
  }
  return Array.from({ length: 7 }, (_, index) => {
    const date = addDays(first, index);
    return { date, count: counts.get(date) ?? 0 };
  });
}

/** Plan rows that touch the week of a day, those of today first. */
export function rowsOfWeek<T extends Ranged>(rows: readonly T[], day: CivilDate): T[] {
  const first = monday(day);
  const last = addDays(first, 6);
  const isNow = (row: T): number => (row.from <= day && day <= row.to ? 0 : 1);
  return rows.filter((row) => row.from <= last && row.to >= first).sort((a, b) => isNow(a) - isNow(b) || a.from.localeCompare(b.from));
}
