import { NoAnswer, Refusal } from '@wujin/api';
import { t } from './words';

/** What to tell a person about something that did not work. */
export function told(error: unknown): string {
  if (error instanceof NoAnswer) return t('err.no_line');
  if (error instanceof Refusal) return error.faults[0]?.detail || error.problem.detail || error.problem.title;
  return t('err.unknown', { reason: String(error) });
}
