import { createApi, NoAnswer, Refusal, type Wire } from '@wujin/api';
import { language } from '@wujin/ui';
import { t } from '../strings';

let signedOut: () => void = () => undefined;

/** What to do when an answer says that the session has ended. */
export function whenSignedOut(act: () => void): void { signedOut = act; }

const usual = {
  language: () => (language.value === 'en' ? 'en' : 'zh-CN') as 'en' | 'zh-CN',
  onSignedOut: () => signedOut(),
};
export const api = createApi(usual);

const longestPdf = 10 * 60_000;
/** For a PDF: it is made one after another, and who comes last waits for all before. */
export const patientApi = createApi({ ...usual, timeout: longestPdf });

/** What to tell a person about a failure: the server's own words, and each field that is wrong. */
export function tell(failure: unknown): string {
  if (failure instanceof Refusal) {
    if (failure.code === 'not_signed_in') return t('session.expired');
    const words = failure.problem.detail ?? failure.problem.title;
    const faults = failure.faults.map((fault) => fault.detail).filter((detail) => detail && detail !== words);
    return [words, ...faults].join(' ');
  }
  if (failure instanceof NoAnswer) return t('state.offline');
  throw failure;
}

export type { Wire };
export type Activity = Wire<'Activity'>;
export type Campaign = Wire<'Campaign'>;
export type DeadlineBoard = Wire<'DeadlineBoard'>;
export type DeadlineCell = Wire<'DeadlineCell'>;
export type Me = Wire<'Me'>;
export type Place = Wire<'Place'>;
export type Plan = Wire<'Plan'>;
export type PlanRow = Wire<'PlanRow'>;
export type Report = Wire<'Report'>;
export type Role = Wire<'Role'>;
export type Summary = Wire<'Summary'>;
