import type { Wire } from '@wujin/api';

type Section = Wire<'ReportSection'>;
export interface ChosenPhoto { id: string; caption?: string }

/** What was changed here and not yet saved, by activity and by week. */
export interface Edits {
  texts: Record<string, string>;
  resets: Record<string, true>;
  photos: Record<string, ChosenPhoto[]>;
  empty: Record<string, string>;
  reason?: string;
}

export const emptyEdits = (): Edits => ({ texts: {}, resets: {}, photos: {}, empty: {}, reason: undefined });

export function hasEdits(edits: Edits): boolean {
  return edits.reason !== undefined || [edits.texts, edits.resets, edits.photos, edits.empty].some((part) => Object.keys(part).length > 0);
}

export function changeFrom(edits: Edits): Wire<'ReportChange'> {
  const activities = Array.from(new Set([...Object.keys(edits.texts), ...Object.keys(edits.resets), ...Object.keys(edits.photos)]));
  const sections = activities.map((activity) => ({
    activity,
    ...(edits.resets[activity] ? { reset_text: true } : edits.texts[activity] !== undefined ? { text: edits.texts[activity] } : {}),
    ...(edits.photos[activity] ? { photos: edits.photos[activity].map((photo) => ({ id: photo.id, ...(photo.caption ? { caption: photo.caption } : {}) })) } : {}),
  }));
  const weeks = Object.entries(edits.empty).map(([index, empty_text]) => ({ index: Number(index), empty_text }));
  return {
    ...(sections.length > 0 ? { sections } : {}), ...(weeks.length > 0 ? { weeks } : {}),
    ...(edits.reason !== undefined ? { no_activity_reason: edits.reason } : {}),
  };
}

/** The pictures to be printed, in order: as edited here, else as the server has them. */
export function chosenOf(section: Section, edits: Edits): ChosenPhoto[] {
  return edits.photos[section.activity] ?? section.photos.filter((photo) => photo.chosen).sort((a, b) => (a.order ?? 99) - (b.order ?? 99))
    .map((photo) => ({ id: photo.id, ...(photo.caption ? { caption: photo.caption } : {}) }));
}

export function leftOutOf(section: Section, edits: Edits): string[] {
  const chosen = new Set(chosenOf(section, edits).map((photo) => photo.id));
  return section.photos.map((photo) => photo.id).filter((id) => !chosen.has(id));
}

export const textOf = (section: Section, edits: Edits): string => edits.texts[section.activity] ?? section.text;

/** The same list with one picture moved by so many places. */
export function moved<T>(list: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  if (to < 0 || to >= list.length) return list.slice();
  const next = list.slice();
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}
