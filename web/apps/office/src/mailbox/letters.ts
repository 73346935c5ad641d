import { settle } from '@wujin/api';
import { formatMonth } from '@wujin/ui';
import type { LetterEntry, LetterState } from './understanding';
import { api, patientApi } from '../desk/api';
import { t } from '../strings';

/** What the list is asked for; what is being read or filed, or could not be read, stands with what waits. */
export const shownStates = ['waiting', 'filed', 'set_aside'] as const;
export type ShownState = (typeof shownStates)[number];

export interface LetterPage { items: LetterEntry[]; waiting: number; next?: string }

async function pageOf(place: string, state: LetterState, cursor?: string): Promise<LetterPage> {
  const page = await settle(api.GET('/api/v1/letters', { params: { query: { place, state, cursor } } }));
  return { items: page.items, waiting: page.waiting, next: page.next_cursor };
}

export async function lettersIn(place: string, state: ShownState, cursor?: string): Promise<LetterPage> {
  if (state !== 'waiting' || cursor) return pageOf(place, state, cursor);
  const [reading, filing, failed, waiting] = await Promise.all((['reading', 'filing', 'failed', 'waiting'] as const).map((one) => pageOf(place, one)));
  return { ...waiting!, items: [reading!, filing!, failed!, waiting!].flatMap((page) => page.items) };
}

/** “10月工作情况”, “计划表”; empty while nothing is known. */
export function paperName(of: { form?: string; deliverable?: string; month?: string; period?: string }): string {
  const form = (of.form ?? of.deliverable) as 'plan' | 'report' | 'summary' | undefined;
  const month = of.month || of.period;
  if (!form) return '';
  return form === 'report' && month ? t('mail.report_of', { month: formatMonth(month) }) : t(`mail.form.${form}`);
}

/** Sends the files of a letter one by one, then has it taken in. Repeated after a cut with the same id, it ends the same. */
export async function importLetter(id: string, place: string, files: readonly File[], note: string, sent: (count: number) => void): Promise<void> {
  for (const [index, file] of files.entries()) {
    await settle(patientApi.PUT('/api/v1/letters/{letter}/files/{number}', {
      params: { path: { letter: id, number: index + 1 }, query: { place, name: file.name } },
      body: file as unknown as string, bodySerializer: (body) => body as unknown as BodyInit, headers: { 'Content-Type': 'application/octet-stream' } }));
    sent(index + 1);
  }
  await settle(patientApi.PUT('/api/v1/letters/{letter}', { params: { path: { letter: id } }, body: { place, ...(note.trim() && { note: note.trim() }) } }));
}
