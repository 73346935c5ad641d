// A month's report on the phone.
import type { Wire } from '@wujin/api';
import { reactive } from 'vue';
import { here } from '../kept/here';
import { api, ask } from '../network';
import { changeFrom, emptyEdits, hasEdits, type Edits } from './edits';
import { useKeptDraft } from './kept_draft';

export type Report = Wire<'Report'>;

const at = '/api/v1/reports/{campaign}/{place}/{month}' as const;

export function useReport(month: string) {
  const path = { campaign: here.campaignId ?? '', place: here.placeId ?? '', month };
  const edits = reactive<Edits>(emptyEdits());
  const { document: report, take, ...draft } = useKeptDraft<Report, Edits>({
    name: `${path.campaign}|${path.place}|report|${month}`,
    edits,
    hasEdits: () => hasEdits(edits),
    clear: () => { Object.assign(edits, emptyEdits()); },
    read: () => ask(api.GET(at, { params: { path } })),
    change: (header) => ask(api.PATCH(at, { params: { path, header }, body: changeFrom(edits) })),
    submit: (header) => ask(api.POST(`${at}/submission`, { params: { path, header }, body: {} })),
    withdraw: () => ask(api.POST(`${at}/withdrawal`, { params: { path } })),
  });

  async function settleComment(comment: string): Promise<void> {
    await take(await ask(api.POST(`${at}/comments/{comment}/settlement`, { params: { path: { ...path, comment } } })));
  }

  async function explain(explanation: string): Promise<void> {
    if (!report.value) return;
    await take(await ask(api.PATCH(at, { params: { path, header: { 'If-Match': report.value.etag } }, body: { explanation } })));
  }

  const documentAt = `/api/v1/reports/${path.campaign}/${path.place}/${month}/document.docx`;
  return { path, report, edits, ...draft, settleComment, explain, documentAt };
}
