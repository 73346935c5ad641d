import { settle } from '@wujin/api';
import { civilDate, type CivilDate } from '@wujin/ui';
import { api, type Activity } from '../desk/api';

/** The latest records, at least all since a day; page by page. */
export async function latestActivities(campaign: string, since: CivilDate): Promise<Activity[]> {
  const found: Activity[] = [];
  for (let cursor: string | undefined, more = true; more;) {
    const page = await settle(api.GET('/api/v1/activities', { params: { query: { campaign, limit: 50, cursor } } }));
    found.push(...page.items);
    cursor = page.next_cursor;
    const last = found.at(-1);
    more = !!cursor && !!last && civilDate(last.started_at) >= since;
  }
  return found;
}
