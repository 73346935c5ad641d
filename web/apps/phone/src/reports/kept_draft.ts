// A document the server drafts, as last seen, and what was typed into it here until the server has it.
import { Refusal } from '@wujin/api';
import { computed, ref, type Ref } from 'vue';
import { fetchCells } from '../kept/kept';
import { account } from '../session/session';
import { dropSetting, keepSetting, plain, setting, shelf, type Kept } from '../store';

interface Draft<T, E extends object> {
  /** Names it among all the account keeps on this phone. */
  name: string;
  /** Reactive: what was typed and is not with the server yet. */
  edits: E;
  hasEdits: () => boolean;
  /** Empties the edits, in place. */
  clear: () => void;
  read: () => Promise<T>;
  change: (ifMatch: { 'If-Match': string }) => Promise<T>;
  submit: (ifMatch: { 'If-Match': string }) => Promise<T>;
  withdraw: () => Promise<T>;
}

export function useKeptDraft<T extends { etag: string }, E extends object>(draft: Draft<T, E>) {
  const { edits } = draft;
  const keptKey = `${account.value}|${draft.name}`;
  const editsKey = `edits|${keptKey}`;
  const document = ref() as Ref<T | undefined>;
  /** Kept from before: the network is silent. */
  const isOld = ref(false);
  const isEdited = computed(draft.hasEdits);
  const overtaken = ref(false);

  async function take(next: T): Promise<void> {
    document.value = next;
    isOld.value = false;
    await shelf.put(['kept', plain({ key: keptKey, account: account.value, value: next } as Kept)]);
  }

  async function load(): Promise<void> {
    const found = await shelf.get<Kept & { value: T }>('kept', keptKey);
    if (found && !document.value) {
      document.value = found.value;
      isOld.value = true;
    }
    Object.assign(edits, (await setting<E>(editsKey)) ?? {});
    await take(await draft.read());
  }

  /** Typed text is kept on the phone at once; the server gets it with 保存. */
  async function keepEdits(): Promise<void> {
    if (draft.hasEdits()) await keepSetting(editsKey, plain(edits));
    else await dropSetting(editsKey);
  }

  async function save(): Promise<void> {
    if (!document.value || !draft.hasEdits()) return;
    try {
      await take(await draft.change({ 'If-Match': document.value.etag }));
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 412)) throw error;
      // Mine stay in the fields; what they changed shows around them, and the next 保存 goes from there.
      await take(error.current as T);
      overtaken.value = true;
      return;
    }
    overtaken.value = false;
    draft.clear();
    await keepEdits();
  }

  async function submit(): Promise<void> {
    await save();
    if (overtaken.value || !document.value) return;
    await take(await draft.submit({ 'If-Match': document.value.etag }));
    await fetchCells().catch(() => undefined);
  }

  async function withdraw(): Promise<void> {
    await take(await draft.withdraw());
    await fetchCells().catch(() => undefined);
  }

  return { document, isOld, isEdited, overtaken, take, load, keepEdits, save, submit, withdraw };
}
