import { Refusal } from '@wujin/api';
import { formatMoment } from '@wujin/ui';
import type { Wire } from '../desk/api';
import { t } from '../strings';

type Version = Wire<'HandInVersion'>;

/** What a reviewer decides on, as far as a decision needs it. */
export interface Reviewable { versions: readonly Version[]; may: readonly string[] }

/** The newest version as the reviewer has it on the screen: the decision is on this one and on no other. */
export const seenOf = (versions: readonly Version[]): Wire<'SeenVersion'> | undefined =>
  versions[0] && { version: versions[0].number, state: versions[0].state };

/** Who was first, with what and when. Nothing when the newest version does not say. */
export function overtakenBy(newest: Version | undefined): string | undefined {
  if (!newest) return undefined;
  if (newest.state === 'submitted') return t('review.submitted', { by: newest.by, at: formatMoment(newest.submitted_at) });
  if (!newest.decided_by || !newest.decided_at) return undefined;
  return t(`review.${newest.state}`, { by: newest.decided_by, at: formatMoment(newest.decided_at) });
}

/**
 * Settles a review. When another version came in or a colleague decided meanwhile, that is shown, and the refusal goes on to be told in
 * words that say which. `reason`, where it can no longer be sent, is told too: whoever wrote it may still want it.
 */
export async function reviewed<T extends Reviewable>(answer: Promise<T>, show: (now: T) => void, reason?: string): Promise<void> {
  try {
    show(await answer);
  } catch (failure) {
    if (!(failure instanceof Refusal) || failure.status !== 412 || !failure.current) throw failure;
    const now = failure.current as T;
    show(now);
    const unsent = reason && !now.may.includes('return') ? t('review.unsent', { reason }) : '';
    throw new Refusal({ ...failure.problem, detail: [overtakenBy(now.versions[0]) ?? failure.message, unsent].filter(Boolean).join('') }, now);
  }
}
