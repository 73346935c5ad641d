// A year's summary on the phone.
import type { Wire } from '@wujin/api';
import { reactive } from 'vue';
import { here } from '../kept/here';
import { api, ask } from '../network';
import { useKeptDraft } from '../reports/kept_draft';

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

/** By part. */
type Texts = Record<string, string>;

export function useSummary() {
  const path = { campaign: here.campaignId ?? '', place: here.placeId ?? '' };
  const texts = reactive<Texts>({});
  const { document: summary, isOld, isEdited, overtaken, load, keepEdits, save, submit, withdraw } = useKeptDraft<Summary, Texts>({
    name: `${path.campaign}|${path.place}|summary`,
    edits: texts,
    hasEdits: () => Object.keys(texts).length > 0,
    clear: () => { for (const part of Object.keys(texts)) delete texts[part]; },
    read: () => ask(api.GET(at, { params: { path } })),
    change: (header) => ask(api.PATCH(at, { params: { path, header }, body: { texts: Object.entries(texts).map(([part, text]) => ({ part, text })) } })),
    submit: (header) => ask(api.POST(`${at}/submission`, { params: { path, header }, body: {} })),
    withdraw: () => ask(api.POST(`${at}/withdrawal`, { params: { path } })),
  });
  const documentAt = `/api/v1/summaries/${path.campaign}/${path.place}/document.docx`;
  return { summary, texts, isOld, isEdited, overtaken, load, keepEdits, save, submit, withdraw, documentAt };
}
