import { ref } from 'vue';
import { api, ask } from '../network';

/** Whether this is a sample town, as it stands above a page that is open to everybody. */
export const isSample = ref(false);

export async function askWhetherSample(): Promise<void> {
  try {
    isSample.value = (await ask(api.GET('/healthz'))).demo;
  } catch {
    // Without a network nobody signs in either.
  }
}
