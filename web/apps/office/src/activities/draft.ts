import { chinaTime, civilDate, formatTime, startOfDay, type CivilDate } from '@wujin/ui';
import type { Activity, Campaign, Wire } from '../desk/api';

export type Change = Wire<'ActivityChange'>;

/** What the form holds: text of fields, not yet what the wire wants. */
export interface Draft {
  place: string; entry: string; day: CivilDate; time: string; title: string; text: string; point: string;
  kind: string; form: string;
  audiences: string[]; topics: string[]; settings: string[]; sector: string; work_item: string; plan_row: string;
  organizer: Change['organizer']; people: string; leaflets: string; partners: string;
  on_behalf_reason: string; reason: string;
}

export function newDraft(campaign: Campaign, place: string, now: number, organizer: Change['organizer']): Draft {
  return {
    place, entry: campaign.entries.length === 1 ? campaign.entries[0]!.id : '', day: civilDate(now), time: '', title: '', text: '', point: '', kind: '', form: '',
    audiences: [], topics: [], settings: [], sector: '', work_item: '', plan_row: '', organizer, people: '', leaflets: '', partners: '', on_behalf_reason: '', reason: '',
  };
}

export function draftOf(one: Activity): Draft {
  return {
    place: one.place, entry: one.entry, day: civilDate(one.started_at), time: one.date_only ? '' : formatTime(one.started_at), title: one.title, text: one.text,
    point: one.point ?? '', kind: one.kind ?? '', form: one.form ?? '', audiences: [...one.audiences ?? []], topics: [...one.topics ?? []],
    settings: [...one.settings ?? []], sector: one.sector ?? '', work_item: one.work_item ?? '', plan_row: one.plan_row ?? '', organizer: one.organizer,
    people: one.people_about?.toString() ?? '', leaflets: one.leaflets?.toString() ?? '', partners: one.partners?.join('、') ?? '',
    on_behalf_reason: one.on_behalf_reason ?? '', reason: '',
  };
}

/** "2023-10-26" and "09:30" in China, as an instant of the wire. */
export function instant(day: CivilDate, time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const at = startOfDay(day) + (hour * 60 + minute) * 60_000;
  const t = chinaTime(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${t.year}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}:00+08:00`;
}

/** Names typed one after another, with whichever comma. */
export const names = (text: string): string[] => [...new Set(text.split(/[、，,;；\n]/).map((name) => name.trim()).filter(Boolean))];

const number = (text: string): number | undefined => (/^\d+$/.test(text.trim()) ? Number(text.trim()) : undefined);
const some = <T>(list: T[]): T[] | undefined => (list.length ? list : undefined);

/** What the wire wants; an edit carries along what this form does not show. */
export function changeOf(draft: Draft, campaign: string, photos: Change['photos'], before?: Activity): Change {
  const partners = names(draft.partners);
  return {
    campaign, place: draft.place, entry: draft.entry, started_at: instant(draft.day, draft.time), date_only: draft.time ? undefined : true,
    title: draft.title.trim(), text: draft.text.trim(), photos,
    point: draft.point.trim() || undefined, kind: draft.kind || undefined, form: draft.form || undefined,
    audiences: some(draft.audiences), topics: some(draft.topics), settings: some(draft.settings), sector: draft.sector || undefined,
    work_item: draft.work_item || undefined, plan_row: draft.plan_row || undefined, organizer: draft.organizer, people_about: number(draft.people), leaflets: number(draft.leaflets),
    partners: some(partners), on_behalf_reason: draft.on_behalf_reason.trim() || undefined, reason: draft.reason.trim() || undefined,
    ended_at: before?.ended_at, recorded_at: before?.recorded_at, clock_offset_ms: before?.clock_offset_ms,
  };
}

type Kept = Pick<Activity['photos'][number], 'id' | 'bytes' | 'sha256' | 'caption' | 'taken_at' | 'latitude' | 'longitude'>;
type Picked = Pick<Kept, 'id' | 'sha256' | 'taken_at' | 'latitude' | 'longitude'> & { file: { size: number }; caption: string };

/** The pictures a record names: those it keeps, then those picked just now. */
export const claimsOf = (kept: readonly Kept[], picked: readonly Picked[]): Change['photos'] => [
  ...kept.map(({ id, bytes, sha256, caption, taken_at, latitude, longitude }) => ({
    id, bytes, sha256, caption: caption || undefined, taken_at, latitude, longitude })),
  ...picked.map(({ id, file, sha256, caption, taken_at, latitude, longitude }) => ({
    id, bytes: file.size, sha256, caption: caption || undefined, taken_at, latitude, longitude })),
];

/** A title from what was chosen, for whoever leaves it empty. */
export const usualTitle = (entry: string, point: string): string => [entry, point.trim()].filter(Boolean).join('：');
