import { settle } from '@wujin/api';
import { computed, ref } from 'vue';
import { api } from '../desk/api';
import { me, roles } from '../session/session';
import { campaign } from '../town/town';

/** The town whose mail one confirms: of the campaign on the desk, else one's own. */
export const mailTown = computed(() => (roles.value.has('station') ? campaign.value?.town ?? me.value?.town : undefined));

/** Letters that wait for a person; counted where somebody moves, as the badge of what waits for review. */
export const mailWaiting = ref(0);

export async function countMail(): Promise<void> {
  if (!mailTown.value) return;
  mailWaiting.value = (await settle(api.GET('/api/v1/letters', { params: { query: { place: mailTown.value, state: 'waiting', limit: 1 } } }))).waiting;
}
