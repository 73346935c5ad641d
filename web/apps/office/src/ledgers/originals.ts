import type { Activity } from '../desk/api';

/** Where all original pictures of a month are had as one ZIP, of one place or, where none is named, of all. */
export function originalsAt(campaign: string, month: string, place = ''): string {
  return `/api/v1/ledgers/photos.zip?${new URLSearchParams({ campaign, month, ...place && { place } }).toString()}`;
}

/** Whether any of these was held in the month and shows a picture that has come. */
export function hasOriginals(activities: readonly Activity[], month: string): boolean {
  return activities.some((one) => one.started_at.startsWith(month) && one.photos.some((photo) => photo.received));
}
