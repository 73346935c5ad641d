// A year's summary on the phone: the server's draft as last seen, and the texts typed here until the server has them.
import { Refusal, type Wire } from '@wujin/api';
import { computed, reactive, ref } from 'vue';
import { here } from '../kept/here';
import { fetchCells } from '../kept/kept';
import { api, ask } from '../network';
import { account } from '../session/session';
import { dropSetting, keepSetting, plain, setting, shelf, type Kept } from '../store';

export type Summary = Wire<'Summary'>;
type Part = Wire<'SummaryPart'>;

export interface Line { part: Part; level: 1 | 2; headsOthers: boolean }

/** Every part in the form's order. */
export function linesOf(summary: Summary): Line[] {
  const lines: Line[] = [{ part: summary.opening, level: 1, headsOthers: false }];
  for (const section of summary.sections) {
    lines.push({ part: section, level: 1, headsOthers: section.parts.length > 0 && !section.text });
    for (const part of section.parts) lines.push({ part, level: 2, headsOthers: false });
  }
  return lines;
}

const at = '/api/v1/summaries/{campaign}/{place}' as const;

export function useSummary() {
  const path = { campaign: here.campaignId ?? '', place: here.placeId ?? '' };
  const keptKey = `${account.value}|${path.campaign}|${path.place}|summary`;
  const textsKey = `edits|${keptKey}`;
  const summary = ref<Summary>();
  const texts = reactive<Record<string, string>>({});
  const isOld = ref(false);
  const isEdited = computed(() => Object.keys(texts).length > 0);
  const overtaken = ref(false);

  async function take(next: Summary): Promise<void> {
    summary.value = next;
    isOld.value = false;
    await shelf.put(['kept', plain({ key: keptKey, account: account.value, value: next } as Kept)]);
  }

  async function load(): Promise<void> {
    const found = await shelf.get<Kept & { value: Summary }>('kept', keptKey);
    if (found && !summary.value) {
      summary.value = found.value;
      isOld.value = true;
    }
    Object.assign(texts, (await setting<Record<string, string>>(textsKey)) ?? {});
    await take(await ask(api.GET(at, { params: { path } })));
  }

  /** Typed text is kept on the phone at once; the server gets it with 保存. */
  async function keepTexts(): Promise<void> {
    if (isEdited.value) await keepSetting(textsKey, plain(texts));
    else await dropSetting(textsKey);
  }

  async function save(): Promise<void> {
    if (!summary.value || !isEdited.value) return;
    try {
      await take(await ask(api.PATCH(at, {
        params: { path, header: { 'If-Match': summary.value.etag } },
        body: { texts: Object.entries(texts).map(([part, text]) => ({ part, text })) },
      })));
    } catch (error) {
      if (!(error instanceof Refusal && error.status === 412)) throw error;
      // Mine stay in the fields; what they changed shows around them, and the next 保存 goes from there.
      await take(error.current as Summary);
      overtaken.value = true;
      return;
    }
    overtaken.value = false;
    for (const part of Object.keys(texts)) delete texts[part];
    await keepTexts();
  }

  async function submit(): Promise<void> {
    await save();
    if (overtaken.value || !summary.value) return;
    await take(await ask(api.POST('/api/v1/summaries/{campaign}/{place}/submission', {
      params: { path, header: { 'If-Match': summary.value.etag } }, body: {},
    })));
    await fetchCells().catch(() => undefined);
  }

  async function withdraw(): Promise<void> {
    await take(await ask(api.POST('/api/v1/summaries/{campaign}/{place}/withdrawal', { params: { path } })));
    await fetchCells().catch(() => undefined);
  }

  const documentAt = `/api/v1/summaries/${path.campaign}/${path.place}/document.docx`;
  return { summary, texts, isOld, isEdited, overtaken, load, keepTexts, save, submit, withdraw, documentAt };
}
