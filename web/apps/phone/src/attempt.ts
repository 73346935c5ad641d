import { ref } from 'vue';
import { told } from './failure';

/** Runs a page's acts and keeps what went wrong in words: `attempt(…)` is true when it went well. */
export function useAttempt() {
  const busy = ref(false);
  const problem = ref('');

  async function attempt(act: () => Promise<void>): Promise<boolean> {
    busy.value = true;
    problem.value = '';
    try {
      await act();
      return true;
    } catch (error) {
      problem.value = told(error);
      return false;
    } finally {
      busy.value = false;
    }
  }

  return { busy, problem, attempt };
}
