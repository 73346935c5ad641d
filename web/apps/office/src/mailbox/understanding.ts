import type { Wire } from '../desk/api';

export type Letter = Wire<'Letter'>;
export type LetterEntry = Wire<'LetterEntry'>;
export type LetterState = Wire<'LetterState'>;
export type Why = Wire<'LetterWhy'>;
export type Doubt = Wire<'LetterDoubt'>;
export type Form = NonNullable<Wire<'FoundForm'>['value']>;
type Picture = Wire<'LetterPicture'>;

/** One finding: how sure (0–100), where it comes from, and the words it was found in. */
export interface Found<T> { value?: T; percent: number; why: Why; words?: string }

/** Names a picture of a letter: “2:0”, “-1:3”. */
export type PictureKey = string;

export interface TrayActivity {
  key: string;
  week: Found<number>;
  heldOn: Found<string>;
  entry: Found<string>;
  heading: string;
  text: string;
  people?: number;
  leaflets?: number;
  pictures: PictureKey[];
}

export interface TrayRow {
  key: string;
  from: Found<string>;
  to: Found<string>;
  places: Found<string[]>;
  weekLabel: string;
  focus: string;
  inCharge: string;
}

/** What was understood of a letter, as the tray holds it while somebody corrects it. */
export interface TrayDraft {
  place: Found<string>;
  form: Found<Form>;
  month: Found<string>;
  activities: TrayActivity[];
  rows: TrayRow[];
  noActivityReason: string;
  unplaced: PictureKey[];
  captions: Record<PictureKey, string>;
  /** What the server could not decide. */
  doubts: Doubt[];
  /** Of those, what somebody has looked at and lets stand. */
  settled: Doubt[];
}

/** From here on a finding counts as sure, as on the server (server/mailbox/understanding.h). */
export const sureFrom = 80;
export const isSure = <T>(found: Found<T>): boolean => found.value !== undefined && found.percent >= sureFrom;

const pictureKey = (of: Picture): PictureKey => `${of.source}:${of.number}`;
const pictureOf = (key: PictureKey): { source: number; number: number } => {
  const [source = -1, number = 0] = key.split(':').map(Number);
  return { source, number };
};

/** Where a picture of a letter is. */
export function pictureAt(letter: string, key: PictureKey): string {
  const { source, number } = pictureOf(key);
  return `/api/v1/letters/${letter}/pictures/${source < 0 ? 'loose' : source}/${number}`;
}

/** The name of the file a picture came in; empty for one that came by itself. */
export const sourceNameOf = (letter: Pick<Letter, 'sources'>, key: PictureKey): string =>
  letter.sources.find((one) => one.source === pictureOf(key).source)?.name ?? '';

/** Every picture of a draft in the order it came in, wherever it stands now: documents first, loose ones last. */
export function pictureOrder(draft: TrayDraft): PictureKey[] {
  const place = (key: PictureKey): number => { const { source, number } = pictureOf(key); return (source < 0 ? 10_000 : source) * 10_000 + number; };
  return [...draft.activities.flatMap((one) => one.pictures), ...draft.unplaced].sort((a, b) => place(a) - place(b));
}

/** `newKey` names activities and rows on the screen; the server knows them by their order alone. */
export function draftOf(understanding: Letter['understanding'], newKey: () => string): TrayDraft {
  const pictures = [...understanding.activities.flatMap((one) => one.pictures), ...understanding.unplaced];
  return {
    place: understanding.place,
    form: understanding.form,
    month: understanding.month,
    activities: understanding.activities.map(({ held_on, people_about, pictures: own, ...one }) => ({
      ...one, key: newKey(), heldOn: held_on, pictures: own.map(pictureKey), ...(people_about !== undefined && { people: people_about }) })),
    rows: understanding.rows.map(({ week_label, in_charge, ...one }) => ({ ...one, key: newKey(), weekLabel: week_label, inCharge: in_charge })),
    noActivityReason: understanding.no_activity_reason,
    unplaced: understanding.unplaced.map(pictureKey),
    captions: Object.fromEntries(pictures.filter((one) => one.caption).map((one) => [pictureKey(one), one.caption])),
    doubts: understanding.doubts,
    settled: [],
  };
}

const told = <Name extends string, T>(name: Name, value: T | undefined): Partial<Record<Name, T>> =>
  (value === undefined || value === '' ? {} : { [name]: value } as Record<Name, T>);

/** The draft as it is sent: a plan's rows without a report's activities, and the other way round; pictures are of a report alone. */
export function correctionOf(draft: TrayDraft, campaign?: string): Wire<'LetterCorrection'> {
  const pictures = (keys: readonly PictureKey[]): Picture[] => keys.map((key) => ({ ...pictureOf(key), caption: draft.captions[key] ?? '' }));
  const isPlan = draft.form.value === 'plan';
  const hasPictures = !isPlan && draft.form.value !== 'summary';
  return {
    ...told('campaign', campaign), ...told('place', draft.place.value), ...told('form', draft.form.value),
    ...(draft.form.value === 'report' ? told('month', draft.month.value) : {}),
    activities: isPlan ? [] : draft.activities.map((one) => ({
      ...told('week', one.week.value), ...told('held_on', one.heldOn.value), ...told('entry', one.entry.value), heading: one.heading.trim(), text: one.text.trim(),
      ...told('people_about', one.people), ...told('leaflets', one.leaflets), pictures: hasPictures ? pictures(one.pictures) : [] })),
    rows: isPlan ? draft.rows.map((row) => ({
      ...told('from', row.from.value), ...told('to', row.to.value), places: row.places.value ?? [], week_label: row.weekLabel.trim(), focus: row.focus.trim(), in_charge: row.inCharge.trim() })) : [],
    no_activity_reason: draft.noActivityReason.trim(),
    unplaced: pictures(hasPictures ? draft.unplaced : [...draft.activities.flatMap((one) => one.pictures), ...draft.unplaced]),
  };
}

/** Whether somebody changed anything that would be sent. */
export const isChanged = (draft: TrayDraft, from: TrayDraft): boolean => JSON.stringify(correctionOf(draft)) !== JSON.stringify(correctionOf(from));
