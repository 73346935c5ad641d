import { civilDate, type CivilDate } from '@wujin/ui';

/** A picture chosen from the album; `at` is its EXIF time, when it has one. */
export interface AlbumPicture { id: string; at?: number }
export interface AlbumGroup { date: CivilDate; from?: number; pictures: string[] }

export const gapBetweenActivities = 2 * 3_600_000;

/**
 * Pictures taken together are one activity: a gap of two hours or another China day begins the next.
 * Those without a time are left over: only a person knows their day.
 */
export function groupAlbum(pictures: readonly AlbumPicture[]): { groups: AlbumGroup[]; untimed: string[] } {
  const timed = pictures.filter((picture): picture is AlbumPicture & { at: number } => picture.at !== undefined);
  timed.sort((a, b) => a.at - b.at);
  const groups: AlbumGroup[] = [];
  let last: number | undefined;
  for (const picture of timed) {
    const date = civilDate(picture.at);
    const group = groups[groups.length - 1];
    if (group && last !== undefined && group.date === date && picture.at - last < gapBetweenActivities) group.pictures.push(picture.id);
    else groups.push({ date, from: picture.at, pictures: [picture.id] });
    last = picture.at;
  }
  return { groups, untimed: pictures.filter((picture) => picture.at === undefined).map((picture) => picture.id) };
}

/** No group holds more than an activity may: what is over makes a group of its own right after it. */
export function withinLimit(groups: readonly AlbumGroup[], most: number): AlbumGroup[] {
  return groups.flatMap((group) => {
    const parts: AlbumGroup[] = [];
    for (let at = 0; at < group.pictures.length; at += most) parts.push({ ...group, pictures: group.pictures.slice(at, at + most) });
    return parts;
  });
}

/** Moves pictures to a group, or to a group of their own on a day. An emptied group goes. */
export function movePictures(groups: readonly AlbumGroup[], pictures: readonly string[], to: number | CivilDate): AlbumGroup[] {
  const moved = groups.map((group) => ({ ...group, pictures: group.pictures.filter((id) => !pictures.includes(id)) }));
  if (typeof to === 'number') {
    moved[to]?.pictures.push(...pictures);
  } else {
    const sameDay = moved.find((group) => group.date === to && group.from === undefined);
    if (sameDay) sameDay.pictures.push(...pictures);
    else moved.push({ date: to, pictures: [...pictures] });
  }
  return moved.filter((group) => group.pictures.length > 0).sort((a, b) => a.date.localeCompare(b.date) || (a.from ?? 0) - (b.from ?? 0));
}
