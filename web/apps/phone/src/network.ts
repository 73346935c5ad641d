import { createApi, NoAnswer, Refusal, settle, type Api } from '@wujin/api';
import { preferences } from '@wujin/ui';
import { ref } from 'vue';

/** Whether the last request got an answer. `navigator.onLine` lies, so only answers count. */
export const reachable = ref(true);
const endings: (() => void)[] = [];

export let api: Api = createApi(options());

function options(fetching?: typeof fetch) {
  return {
    language: () => (preferences.language === 'en' ? 'en' as const : 'zh-CN' as const),
    onSignedOut: () => endings.forEach((tell) => tell()),
    ...(fetching ? { fetch: fetching } : {}),
  };
}

/** Tests answer in the server's place. */
export function answerWith(fetching: typeof fetch): void {
  api = createApi({ ...options(fetching), origin: 'http://office.test' });
}

export function whenSessionEnds(tell: () => void): void {
  endings.push(tell);
}

/** Sends a request and notes whether there was an answer at all. */
export async function ask<T>(answer: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  try {
    const data = await settle(answer);
    reachable.value = true;
    return data;
  } catch (error) {
    reachable.value = !(error instanceof NoAnswer);
    throw error;
  }
}

export { NoAnswer, Refusal };
