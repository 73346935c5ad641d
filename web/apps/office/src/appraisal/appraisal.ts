import { formatMoment, language } from '@wujin/ui';
import type { Wire } from '../desk/api';
import { t } from '../strings';

export type Appraisal = Wire<'Appraisal'>;
export type Evidence = Wire<'AppraisalEvidence'>;
export type Version = Wire<'AppraisalVersion'>;
export type Objection = Wire<'Objection'>;
type Item = Wire<'AppraisalItem'>;
type Standing = Wire<'AppraisalStanding'>;

/** The number of the frozen version an address names. */
export const versionOf = (query: unknown): number | undefined => {
  const number = typeof query === 'string' ? Number(query) : NaN;
  return Number.isInteger(number) && number > 0 ? number : undefined;
};

export const itemName = (item: Item): string => (language.value === 'en' && item.name_en) || item.name;
export const noteOf = (of: Pick<Appraisal, 'note' | 'note_en'>): string => (language.value === 'en' ? of.note_en : of.note);
export const versionName = (version: Version): string => t('appr.frozen', { n: version.number, date: formatMoment(version.frozen_at) });

export const standingOf = (place: Pick<Standing, 'items'>, item: Item): Standing['items'][number] =>
  place.items.find((one) => one.item === item.id) ?? { item: item.id, met: 0, expected: 0, pending: 0 };

export const marksOf = (place: Pick<Standing, 'score' | 'full'>): string =>
  (place.score === undefined ? '—' : t('appr.marks_of', { score: place.score, full: place.full ?? 0 }));

/** How many of the quotas that apply and have begun a place has met; what nothing counts yet is no quota met or missed. */
export function quotasMet(place: Pick<Standing, 'quotas'>): { met: number; of: number } {
  const begun = place.quotas.filter((quota) => quota.applies && quota.connected && quota.expected > 0);
  return { met: begun.filter((quota) => quota.met >= quota.expected).length, of: begun.length };
}

/** Whether something owed speaks for no item, and why. */
export function leftOut(owed: Pick<Evidence['owed'][number], 'state' | 'counted_for'>): string {
  if (owed.counted_for.length) return '';
  return owed.state === 'exempt' ? t('appr.exempt') : t('appr.not_counted');
}
