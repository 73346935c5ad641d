import { ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue';
import { tell } from './api';
import { arrivals } from '../session/session';

export interface Load<T> {
  data: ShallowRef<T | undefined>;
  problem: Ref<string>;
  loading: Ref<boolean>;
  reload: () => Promise<void>;
}

/** Loads at once and whenever `again` changes; an answer that was overtaken by a later question is dropped. */
export function useLoad<T>(load: () => Promise<T>, again?: WatchSource[]): Load<T> {
  const data = shallowRef<T>();
  const problem = ref('');
  const loading = ref(false);
  let latest = 0;

  async function reload(): Promise<void> {
    const turn = ++latest;
    loading.value = true;
    problem.value = '';
    try {
      const got = await load();
      if (turn === latest) data.value = got;
    } catch (failure) {
      if (turn === latest) problem.value = tell(failure);
    } finally {
      if (turn === latest) loading.value = false;
    }
  }

  if (again) watch(again, reload);
  watch(arrivals, () => { if (problem.value) void reload(); });
  void reload();
  return { data, problem, loading, reload };
}

/** Runs one act at a time and keeps what went wrong: `act.run(() => …)` is true when it went well. */
export function useAct() {
  const busy = ref(false);
  const problem = ref('');
  async function run(act: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    problem.value = '';
    try {
      await act();
      return true;
    } catch (failure) {
      problem.value = tell(failure);
      return false;
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, run };
}
