import type { Found, PictureKey, TrayActivity, TrayDraft, TrayRow } from './understanding';

// What a person does to a letter before it is filed. Every change answers a new draft, so that each can be taken back.

/** A week of the month the report is of, as the campaign cuts it. */
export interface Week { index: number; from: string; to: string }

export const byPerson = <T>(value: T | undefined): Found<T> => ({ value, percent: 100, why: 'person' });

/** Where a picture can go: into an activity, into a new one of a week, or among those that are not used. */
export type Destination = { activity: string } | { newIn: number } | 'unplaced';

const replaced = (draft: TrayDraft, key: string, change: (activity: TrayActivity) => TrayActivity): TrayDraft =>
  ({ ...draft, activities: draft.activities.map((one) => (one.key === key ? change(one) : one)) });

/** The activities of each week in the order they are filed in; those of no week, or of one the month does not have, come last. */
export function sectionsOf(draft: TrayDraft, weeks: readonly Week[]): { week?: Week; activities: TrayActivity[] }[] {
  const known = new Set(weeks.map((week) => week.index));
  const lost = draft.activities.filter((one) => one.week.value === undefined || !known.has(one.week.value));
  return [...weeks.map((week) => ({ week, activities: draft.activities.filter((one) => one.week.value === week.index) })),
    ...(lost.length ? [{ activities: lost }] : [])];
}

export function newActivity(key: string, week: number | undefined, more: Partial<TrayActivity> = {}): TrayActivity {
  return { key, week: byPerson(week), heldOn: { percent: 0, why: 'nothing' }, entry: { percent: 0, why: 'nothing' }, heading: '', text: '', pictures: [], ...more };
}

export const addActivity = (draft: TrayDraft, key: string, week: number): TrayDraft => ({ ...draft, activities: [...draft.activities, newActivity(key, week)] });

/** Leaves an activity out; its pictures are not lost with it. */
export function removeActivity(draft: TrayDraft, key: string): TrayDraft {
  const gone = draft.activities.find((one) => one.key === key);
  return gone ? { ...draft, activities: draft.activities.filter((one) => one !== gone), unplaced: [...draft.unplaced, ...gone.pictures] } : draft;
}

/** Puts a picture elsewhere, at the end or before another one; `key` names the activity that may have to be made. */
export function movePicture(draft: TrayDraft, picture: PictureKey, to: Destination, key: string, before?: PictureKey): TrayDraft {
  if (picture === before) return draft;
  const without = (pictures: readonly PictureKey[]): PictureKey[] => pictures.filter((one) => one !== picture);
  const into = (pictures: readonly PictureKey[]): PictureKey[] => {
    const left = without(pictures);
    const at = before === undefined ? -1 : left.indexOf(before);
    left.splice(at < 0 ? left.length : at, 0, picture);
    return left;
  };
  const target = to === 'unplaced' ? undefined : 'activity' in to ? to.activity : key;
  const activities = to !== 'unplaced' && 'newIn' in to ? [...draft.activities, newActivity(key, to.newIn)] : draft.activities;
  if (target !== undefined && !activities.some((one) => one.key === target)) return draft;
  return {
    ...draft,
    activities: activities.map((one) => ({ ...one, pictures: one.key === target ? into(one.pictures) : without(one.pictures) })),
    unplaced: target === undefined ? into(draft.unplaced) : without(draft.unplaced),
  };
}

/** Makes two activities of one at a place in its text; the pictures stay with the first. Nothing happens at either end. */
export function splitActivity(draft: TrayDraft, key: string, at: number, newKey: string): TrayDraft {
  const index = draft.activities.findIndex((one) => one.key === key);
  const whole = draft.activities[index];
  const [first, second] = [whole?.text.slice(0, at).trim(), whole?.text.slice(at).trim()];
  if (!whole || !first || !second) return draft;
  const { week, heldOn, entry } = whole;
  const activities = [...draft.activities];
  activities.splice(index, 1, { ...whole, text: first }, { key: newKey, week, heldOn, entry, heading: '', text: second, pictures: [] });
  return { ...draft, activities };
}

/** The activity that stands above another one in its week. */
export function above(draft: TrayDraft, key: string): TrayActivity | undefined {
  const own = draft.activities.find((one) => one.key === key);
  const week = draft.activities.filter((one) => one.week.value === own?.week.value);
  return own && week[week.indexOf(own) - 1];
}

const lines = (...parts: string[]): string => parts.map((part) => part.trim()).filter(Boolean).join('\n');

/** Makes one of an activity and the one above it. What each says stays; where both answer the same, the upper one counts. */
export function joinWithAbove(draft: TrayDraft, key: string): TrayDraft {
  const own = draft.activities.find((one) => one.key === key);
  const upper = above(draft, key);
  if (!own || !upper) return draft;
  const joined: TrayActivity = {
    ...upper,
    heading: upper.heading || own.heading,
    text: lines(upper.text, upper.heading ? own.heading : '', own.text),
    people: upper.people ?? own.people,
    leaflets: upper.leaflets ?? own.leaflets,
    heldOn: upper.heldOn.value ? upper.heldOn : own.heldOn,
    entry: upper.entry.value ? upper.entry : own.entry,
    pictures: [...upper.pictures, ...own.pictures],
  };
  return { ...draft, activities: draft.activities.filter((one) => one !== own).map((one) => (one === upper ? joined : one)) };
}

export const editActivity = (draft: TrayDraft, key: string, change: Partial<TrayActivity>): TrayDraft => replaced(draft, key, (one) => ({ ...one, ...change }));

const within = (week: Week | undefined, day: string | undefined): boolean => !!week && !!day && week.from <= day && day <= week.to;

/** Another week: a day that is not in it is no longer claimed. */
export function setWeek(draft: TrayDraft, key: string, index: number | undefined, weeks: readonly Week[]): TrayDraft {
  const week = weeks.find((one) => one.index === index);
  return replaced(draft, key, (one) => ({ ...one, week: byPerson(index), heldOn: within(week, one.heldOn.value) ? one.heldOn : byPerson<string>(undefined) }));
}

/** A day decides the week it lies in. */
export function setDay(draft: TrayDraft, key: string, day: string | undefined, weeks: readonly Week[]): TrayDraft {
  const week = weeks.find((one) => within(one, day));
  return replaced(draft, key, (one) => ({ ...one, heldOn: byPerson(day), week: week && week.index !== one.week.value ? byPerson(week.index) : one.week }));
}

/** Another month: the weeks are kept by their number as far as it has them; days of the month before are not. */
export function setMonth(draft: TrayDraft, month: string | undefined, weeks: readonly Week[]): TrayDraft {
  return {
    ...draft,
    month: byPerson(month),
    activities: draft.activities.map((one) => {
      const week = weeks.find((other) => other.index === one.week.value);
      return { ...one, week: week ? one.week : byPerson<number>(undefined), heldOn: within(week, one.heldOn.value) ? one.heldOn : byPerson<string>(undefined) };
    }),
  };
}

export const editRow = (draft: TrayDraft, key: string, change: Partial<TrayRow>): TrayDraft =>
  ({ ...draft, rows: draft.rows.map((one) => (one.key === key ? { ...one, ...change } : one)) });

export const addRow = (draft: TrayDraft, key: string): TrayDraft =>
  ({ ...draft, rows: [...draft.rows, { key, from: byPerson<string>(undefined), to: byPerson<string>(undefined), places: byPerson<string[]>([]), weekLabel: '', focus: '', inCharge: '' }] });

export const removeRow = (draft: TrayDraft, key: string): TrayDraft => ({ ...draft, rows: draft.rows.filter((one) => one.key !== key) });
