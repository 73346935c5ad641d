import { settle } from '@wujin/api';
import { ref } from 'vue';
import { api } from '../desk/api';

/** Whether this is a sample town, as it stands above a page that is open to everybody. */
export const isSample = ref(false);

export async function askWhetherSample(): Promise<void> {
  try {
    isSample.value = (await settle(api.GET('/healthz'))).demo;
  } catch {
    // A server that does not answer is told by the page itself.
  }
}
