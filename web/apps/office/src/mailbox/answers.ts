import type { Week } from './tray';
import type { Doubt, TrayDraft } from './understanding';

/** A question to ask the sender; `suits` when the letter shows why. */
export interface Question { id: string; week?: Week & { label: string }; suits: boolean }

const asked: readonly { id: string; doubts: readonly Doubt[] }[] = [
  { id: 'docx', doubts: ['unreadable'] },
  { id: 'cloud', doubts: ['cloud_file'] },
  { id: 'place', doubts: ['place_unknown', 'places_disagree'] },
  { id: 'form', doubts: ['form_unknown', 'several_forms'] },
  { id: 'month', doubts: ['month_unknown', 'months_disagree', 'month_outside'] },
  { id: 'when', doubts: ['week_unknown', 'date_outside_week', 'row_unclear'] },
  { id: 'pictures', doubts: ['pictures_unplaced'] },
];

/** What a station asks back most often: the weeks a report says nothing of, then what the letter leaves in doubt. */
export function questionsOf(draft: TrayDraft, open: readonly Doubt[], weeks: readonly (Week & { label: string })[]): Question[] {
  const held = new Set(draft.activities.map((one) => one.week.value));
  const empty = draft.form.value === 'report' && draft.activities.length ? weeks.filter((week) => !held.has(week.index)) : [];
  return [...empty.map((week) => ({ id: `week_${week.index}`, week, suits: false })),
    ...asked.map(({ id, doubts }) => ({ id, suits: doubts.some((doubt) => open.includes(doubt)) }))];
}
