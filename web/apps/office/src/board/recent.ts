import { settle } from '@wujin/api';
import { addDays, civilDate, daysBetween, monday, type CivilDate } from '@wujin/ui';
import { api, type Activity, type Place } from '../desk/api';

type Dated = Pick<Activity, 'place' | 'started_at'>;

export interface CoverageWeek { from: CivilDate; to: CivilDate }
export interface CoverageRow { place: string; name: string; counts: number[]; total: number; silent: boolean }

/** True Monday–Sunday weeks, the latest last; never before the campaign began. */
export function lastWeeks(today: CivilDate, count: number, begin: CivilDate): CoverageWeek[] {
  const weeks: CoverageWeek[] = [];
  for (let from = monday(today); weeks.length < count && addDays(from, 6) >= begin; from = addDays(from, -7)) {
    weeks.unshift({ from, to: addDays(from, 6) });
  }
  return weeks;
}

/** How many records each place has in each week, and whether it has had none for two weeks. */
export function coverage(grounds: readonly Place[], activities: readonly Dated[], weeks: readonly CoverageWeek[], today: CivilDate): CoverageRow[] {
  return grounds.map((place) => {
    const days = activities.filter((one) => one.place === place.id).map((one) => civilDate(one.started_at));
    const counts = weeks.map((week) => days.filter((day) => week.from <= day && day <= week.to).length);
    const silent = !days.some((day) => day <= today && daysBetween(day, today) < 14);
    return { place: place.id, name: place.name, counts, total: counts.reduce((sum, n) => sum + n, 0), silent };
  });
}

/** Depth of the green: none, one, two, three or more. */
export const shade = (count: number): 0 | 1 | 2 | 3 => (count >= 3 ? 3 : count < 0 ? 0 : (count as 0 | 1 | 2));

/** Records since a day, the latest first, page by page; a bound keeps a huge district from being read whole. */
export async function activitiesSince(campaign: string, since: CivilDate, most = 2000): Promise<Activity[]> {
  const found: Activity[] = [];
  for (let cursor: string | undefined, more = true; more && found.length < most;) {
    const page = await settle(api.GET('/api/v1/activities', { params: { query: { campaign, limit: 200, cursor } } }));
    const wanted = page.items.filter((one) => civilDate(one.started_at) >= since);
    found.push(...wanted);
    cursor = page.next_cursor;
    more = !!cursor && wanted.length === page.items.length;
  }
  return found;
}
