import { settle } from '@wujin/api';
import { ref, watch, type Ref } from 'vue';
import { api, type PlanRow } from '../desk/api';

/** The rows an activity at a place may answer: those of the place's plan, and those of the town's own plan that name it. */
export function usePlanRows(campaign: string, place: () => string, town: () => string | undefined): Ref<PlanRow[]> {
  const rows = ref<PlanRow[]>([]);
  const rowsOf = async (owner: string): Promise<PlanRow[]> => {
    try {
      return (await settle(api.GET('/api/v1/plans/{campaign}/{place}', { params: { path: { campaign, place: owner } } }))).rows;
    } catch {
      // A record stands without its plan.
      return [];
    }
  };
  watch([place, town], async ([here, above]) => {
    rows.value = [];
    if (!here) return;
    const [own, shared] = await Promise.all([rowsOf(here), above && above !== here ? rowsOf(above) : []]);
    if (here === place()) rows.value = [...own, ...shared.filter((row) => row.places.includes(here))];
  }, { immediate: true });
  return rows;
}
