import type { Wire } from '../desk/api';

export type TownsDeadlines = Wire<'TownsDeadlines'>;
export type TownsCoverage = Wire<'TownsCoverage'>;
export type DueCount = Wire<'DueCount'>;
export type Due = Pick<DueCount, 'deliverable' | 'period' | 'due_at'>;

export interface WeekShare { covered: number; asked: number }

/** A town with what it owes and what it holds, in the order the server gives: that of the division codes. */
export interface TownRow {
  campaign: string;
  title: string;
  town: string;
  name: string;
  places: number;
  counts: DueCount[];
  /** Places with anything in the week that is over, and in the one that runs, of those that stood then; absent outside the campaign. */
  lastWeek?: WeekShare;
  thisWeek?: WeekShare;
  activities: number;
}

/** Everything any of the towns owes, in the order it falls due. */
export function duesOf(deadlines: TownsDeadlines): Due[] {
  const found = new Map<string, Due>();
  for (const { deliverable, period, due_at } of deadlines.rows.flatMap((row) => row.counts)) {
    const known = found.get(deliverable + period);
    if (!known || due_at < known.due_at) found.set(deliverable + period, { deliverable, period, due_at });
  }
  return [...found.values()].sort((a, b) => a.due_at.localeCompare(b.due_at));
}

export const countOf = (row: TownRow, due: Due): DueCount | undefined =>
  row.counts.find((one) => one.deliverable === due.deliverable && one.period === due.period);

/** Of those that are not exempt. */
export const expected = (count: DueCount): number => count.owed - count.exempt;

export function rowsOf(deadlines: TownsDeadlines, coverage: TownsCoverage): TownRow[] {
  const running = coverage.weeks.findIndex((week) => week.from <= coverage.today && coverage.today <= week.to);
  return deadlines.rows.map((row) => {
    const held = coverage.rows.find((one) => one.campaign === row.campaign);
    const share = (week: number): WeekShare | undefined =>
      (held?.covered[week] === undefined ? undefined : { covered: held.covered[week], asked: held.asked[week] ?? 0 });
    return {
      campaign: row.campaign, title: row.campaign_title, town: row.town, name: row.town_name, places: row.places, counts: row.counts,
      lastWeek: share(running - 1), thisWeek: share(running),
      activities: held?.activities.reduce((sum, week) => sum + week, 0) ?? 0,
    };
  });
}

/** RFC 4180, with the mark by which Excel knows UTF-8. */
export function csvOf(lines: readonly (string | number)[][]): string {
  const cell = (value: string | number) => (/[",\r\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value));
  return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
