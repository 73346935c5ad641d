// A month's report on the phone: the server's draft as last seen, and the edits typed here until the server has them.
import { Refusal, type Wire } from '@wujin/api';
import { computed, reactive, ref } from 'vue';
import { here } from '../kept/here';
import { fetchCells } from '../kept/kept';
import { api, ask } from '../network';
import { account } from '../session/session';
import { dropSetting, keepSetting, plain, setting, shelf, type Kept } from '../store';
import { changeFrom, emptyEdits, hasEdits, type Edits } from './edits';

export type Report = Wire<'Report'>;

/** The form breaks its title after the month. */
export const titleLines = (title: string): string[] => (/^(.*?\d+月)?(.*)$/.exec(title) ?? []).slice(1).filter((line) => line !== undefined && line !== '');

export function useReport(month: string) {
  const path = { campaign: here.campaignId ?? '', place: here.placeId ?? '', month };
  const keptKey = `${account.value}|${path.campaign}|${path.place}|report|${month}`;
  const editsKey = `edits|${keptKey}`;
  const report = ref<Report>();
  const edits = reactive<Edits>(emptyEdits());
  /** fresh: just from the server. old: kept from before, the network is silent. */
  const freshness = ref<'none' | 'old' | 'fresh'>('none');
  const isEdited = computed(() => hasEdits(edits));
  const overtaken = ref(false);

  async function take(next: Report): Promise<void> {
    report.value = next;
    freshness.value = 'fresh';
    await shelf.put(['kept', plain({ key: keptKey, account: account.value, value: next } as Kept)]);
  }

  async function load(): Promise<void> {
    const found = await shelf.get<Kept & { value: Report }>('kept', keptKey);
    if (found && !report.value) {
      report.value = found.value;
      freshness.value = 'old';
    }
    Object.assign(edits, (await setting<Edits>(editsKey)) ?? {});
    await take(await ask(api.GET('/api/v1/reports/{campaign}/{place}/{month}', { params: { path } })));
  }

  /** Typed text is kept on the phone at once; the server gets it with 保存. */
  async function keepEdits(): Promise<void> {
    if (hasEdits(edits)) await keepSetting(editsKey, plain(edits));
    else await dropSetting(editsKey);
  }

  async function save(): Promise<void> {
    if (!report.value || !hasEdits(edits)) return;
    try {
      await take(await ask(api.PATCH('/api/v1/reports/{campaign}/{place}/{month}', {
        params: { path, header: { 'If-Match': report.value.etag } }, body: changeFrom(edits),
      })));
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 412)) throw error;
      // Mine stay in the fields; what they changed shows around them, and the next 保存 goes from there.
      await take(error.current as Report);
      overtaken.value = true;
      return;
    }
    overtaken.value = false;
    Object.assign(edits, emptyEdits());
    await keepEdits();
  }

  async function submit(): Promise<void> {
    await save();
    if (overtaken.value || !report.value) return;
    await take(await ask(api.POST('/api/v1/reports/{campaign}/{place}/{month}/submission', {
      params: { path, header: { 'If-Match': report.value.etag } }, body: {},
    })));
    await fetchCells().catch(() => undefined);
  }

  async function withdraw(): Promise<void> {
    await take(await ask(api.POST('/api/v1/reports/{campaign}/{place}/{month}/withdrawal', { params: { path } })));
    await fetchCells().catch(() => undefined);
  }

  async function settleComment(comment: string): Promise<void> {
    await take(await ask(api.POST('/api/v1/reports/{campaign}/{place}/{month}/comments/{comment}/settlement', { params: { path: { ...path, comment } } })));
  }

  async function explain(explanation: string): Promise<void> {
    if (!report.value) return;
    await take(await ask(api.PATCH('/api/v1/reports/{campaign}/{place}/{month}', {
      params: { path, header: { 'If-Match': report.value.etag } }, body: { explanation },
    })));
  }

  const documentAt = `/api/v1/reports/${path.campaign}/${path.place}/${month}/document.docx`;
  return { path, report, edits, freshness, isEdited, overtaken, load, keepEdits, save, submit, withdraw, settleComment, explain, documentAt };
}
