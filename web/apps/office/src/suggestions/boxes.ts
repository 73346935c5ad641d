import { settle } from '@wujin/api';
import type { BoxStanding } from './suggestions';
import { api } from '../desk/api';
import { me } from '../session/session';
import { campaign } from '../town/town';

/** The boxes of the town on the desk, as far as one may count them. */
export async function loadBoxes(): Promise<BoxStanding[]> {
  const place = campaign.value?.town ?? me.value?.grants[0]?.place;
  return place ? (await settle(api.GET('/api/v1/suggestion-boxes', { params: { query: { place } } }))).items : [];
}
