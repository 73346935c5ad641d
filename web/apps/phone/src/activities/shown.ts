import type { Wire } from '@wujin/api';
import { computed } from 'vue';
import { here } from '../kept/here';
import { kept, type Activity } from '../kept/kept';
import { mine } from '../outbox/outbox';
import type { OutboxEntry } from '../outbox/entry';

/** One line of a list: what lies on the server, what lies on this phone, or both of the same record. */
export interface Shown {
  key: string;
  title: string;
  started_at: string;
  date_only?: boolean;
  entry: string;
  point?: string;
  people_about?: number;
  photos: number;
  local?: OutboxEntry;
  activity?: Activity;
}

function fromServer(activity: Activity): Shown {
  const { title, started_at, date_only, entry, point, people_about } = activity;
  return { key: activity.id, title, started_at, date_only, entry, point, people_about, photos: activity.photos.length, activity };
}

function fromPhone(entry: OutboxEntry, activity?: Activity): Shown {
  const { title, started_at, date_only, entry: into, point, people_about } = entry.fields;
  return { key: entry.key, title, started_at, date_only, entry: into, point, people_about, photos: entry.photos.length, local: entry, activity };
}

/** Kept activities and unsent ones in one list, the latest first; what is on the phone covers what it edits. Drafts stand elsewhere. */
export function merged(activities: readonly Activity[], entries: readonly OutboxEntry[]): Shown[] {
  const local = new Map(entries.filter((entry) => entry.state !== 'draft').map((entry) => [entry.key, entry]));
  const lines = activities.filter((activity) => local.get(activity.id)?.operation !== 'delete').map((activity) => {
    const own = local.get(activity.id);
    return own && own.state !== 'sent' ? fromPhone(own, activity) : fromServer(activity);
  });
  const known = new Set(activities.map((activity) => activity.id));
  // A record just sent stands here until the feed has brought it.
  const unknown = Array.from(local.values()).filter((entry) => !known.has(entry.key) && entry.operation === 'put' && (entry.state !== 'sent' || !entry.theirs));
  return [...lines, ...unknown.map((entry) => fromPhone(entry))].sort((a, b) => b.started_at.localeCompare(a.started_at));
}

export const localHere = computed(() => mine.value.filter((entry) => !entry.site && entry.fields.place === here.placeId && entry.fields.campaign === here.campaignId));
/** The report month a line belongs to; the server's word, where there is one, over the date. */
export const monthOfLine = (line: Shown): string => line.activity?.month ?? line.started_at.slice(0, 7);

/** Of this place, this month and the last. */
export const shown = computed(() => merged(kept.activities, localHere.value));

export type NearDuplicate = Wire<'NearDuplicate'>;

/** The first look-alike to tell the person who recorded. */
export function lookAlike(activity: Activity | undefined): NearDuplicate | undefined {
  return activity?.photos.map((photo) => photo.near_duplicates.find((near) => near.activity !== activity.id)).find((near) => near !== undefined);
}
