import type { Week } from './tray';
import { isSure, type Doubt, type Found, type TrayDraft } from './understanding';

// What of a letter is still open, and what keeps it from being filed.

const confirmed = <T>(found: Found<T>): boolean => found.value !== undefined && found.why === 'person';

/** Doubts that are let stand by whoever looked; and those about something that was guessed, once there is a guess to agree with. */
const canStand: ReadonlySet<Doubt> = new Set(['sender_of_other_place', 'several_forms', 'unreadable', 'cloud_file', 'pictures_unplaced']);
const guessed: Partial<Record<Doubt, Missing>> = { place_unknown: 'place', places_disagree: 'place', form_unknown: 'form', month_unknown: 'month', months_disagree: 'month', week_unknown: 'week', entry_unknown: 'entry', row_unclear: 'dates' };

export function maySettle(doubt: Doubt, draft: TrayDraft): boolean {
  const field = guessed[doubt];
  return canStand.has(doubt) || (!!field && !missing(draft).includes(field));
}

/** Told beside the sender and the day it arrived, and answered by filing. */
const settledByFiling: ReadonlySet<Doubt> = new Set(['sender_unconfirmed', 'sender_suspicious', 'from_machine', 'arrival_unconfirmed']);

function isAnswered(doubt: Doubt, draft: TrayDraft, weeks: readonly Week[]): boolean {
  switch (doubt) {
    case 'place_unknown': case 'places_disagree': case 'sender_of_other_place': return confirmed(draft.place);
    case 'form_unknown': return confirmed(draft.form);
    case 'month_unknown': case 'months_disagree': case 'month_outside': return confirmed(draft.month) || (confirmed(draft.form) && draft.form.value !== 'report');
    case 'week_unknown': return draft.activities.every((one) => isSure(one.week));
    case 'entry_unknown': return draft.activities.every((one) => isSure(one.entry));
    case 'date_outside_week': return draft.activities.every((one) => {
      const week = weeks.find((other) => other.index === one.week.value);
      return !one.heldOn.value || (!!week && week.from <= one.heldOn.value && one.heldOn.value <= week.to);
    });
    case 'pictures_unplaced': return !draft.unplaced.length;
    case 'nothing_in_it': return draft.activities.length + draft.rows.length > 0 || !!draft.noActivityReason.trim();
    case 'row_unclear': return draft.rows.every((row) => isSure(row.from) && isSure(row.to));
    case 'several_forms': case 'unreadable': case 'cloud_file': case 'no_campaign': return false;
    case 'sender_unconfirmed': case 'sender_suspicious': case 'from_machine': case 'arrival_unconfirmed': return true;
  }
}

export const openDoubts = (draft: TrayDraft, weeks: readonly Week[]): Doubt[] =>
  draft.doubts.filter((doubt) => !settledByFiling.has(doubt) && !draft.settled.includes(doubt) && !isAnswered(doubt, draft, weeks));

export type Missing = 'place' | 'form' | 'month' | 'week' | 'entry' | 'dates' | 'content';

/** What a letter must have before it can become a plan, a report or a summary. */
export function missing(draft: TrayDraft): Missing[] {
  const form = draft.form.value;
  const isReport = form === 'report';
  const found: (Missing | false)[] = [
    !draft.place.value && 'place',
    !form && 'form',
    isReport && !draft.month.value && 'month',
    isReport && draft.activities.some((one) => one.week.value === undefined) && 'week',
    isReport && draft.activities.some((one) => !one.entry.value) && 'entry',
    form === 'plan' && draft.rows.some((row) => !row.from.value || !row.to.value || row.from.value > row.to.value) && 'dates',
    hasNothing(draft) && 'content',
  ];
  return found.filter((one): one is Missing => !!one);
}

function hasNothing(draft: TrayDraft): boolean {
  if (!draft.form.value) return false;
  if (draft.form.value === 'plan') return !draft.rows.length;
  return !draft.activities.length && !(draft.form.value === 'report' && draft.noActivityReason.trim());
}

export const canBeFiled = (draft: TrayDraft, weeks: readonly Week[]): boolean => !missing(draft).length && !openDoubts(draft, weeks).length;

/** Whether what is kept has to be told anew before it is filed: something was changed, or let stand in spite of a doubt. */
export const needsSaying = (draft: TrayDraft, changed: boolean): boolean => changed || draft.doubts.some((doubt) => !settledByFiling.has(doubt));
