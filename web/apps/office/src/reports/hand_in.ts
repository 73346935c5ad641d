import { ref } from 'vue';
import { reviewed, seenOf, type Reviewable } from './review';
import type { Wire } from '../desk/api';
import { useAct, useLoad } from '../desk/load';
import { loadBoard } from '../town/town';

type Seen = Wire<'SeenVersion'>;
interface ReturnWords { reason: string; reason_id?: string; correct_by?: string }

/** What a plan, a report and a summary are asked for alike; each answers the document as it is then. */
interface HandInCalls<T> {
  read: () => Promise<T>;
  submit: (ifMatch: { 'If-Match': string | undefined }, body: { explanation?: string }) => Promise<T>;
  withdraw: () => Promise<T>;
  accept: (body: { seen: Seen | undefined }) => Promise<T>;
  giveBack: (body: ReturnWords & { seen: Seen | undefined }) => Promise<T>;
}

/** A page of something that is handed in: what it shows, its dialogs, and its verbs. `words` are told after a decision. */
export function useHandIn<T extends Reviewable & { etag: string }>(calls: HandInCalls<T>, words: { accepted?: () => string; returned?: () => string } = {}) {
  const load = useLoad(calls.read);
  const act = useAct();
  const returning = ref(false);
  const submitting = ref(false);
  const told = ref('');

  /** What an action answers is the document as it is now; the board and its badge follow. */
  function show(now: T): void {
    load.data.value = now;
    void loadBoard().catch(() => undefined);
  }

  /** After a change made elsewhere on the page. */
  const refresh = async () => show(await calls.read());
  const seen = () => seenOf(load.data.value?.versions ?? []);
  const ifMatch = () => ({ 'If-Match': load.data.value?.etag });

  const accept = () => act.run(async () => {
    await reviewed(calls.accept({ seen: seen() }), show);
    if (words.accepted) told.value = words.accepted();
  });

  const withdraw = () => act.run(async () => show(await calls.withdraw()));

  async function submit(explanation: string): Promise<void> {
    const done = await act.run(async () => show(await calls.submit(ifMatch(), explanation ? { explanation } : {})));
    if (done) submitting.value = false;
  }

  async function giveBack(said: ReturnWords): Promise<void> {
    await act.run(async () => {
      await reviewed(calls.giveBack({ ...said, seen: seen() }), (now) => {
        show(now);
        returning.value = false;
      }, said.reason);
      if (words.returned) told.value = words.returned();
    });
  }

  return { load, act, returning, submitting, told, show, refresh, ifMatch, accept, withdraw, submit, giveBack };
}
