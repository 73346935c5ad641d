import type { Wire } from '@wujin/api';
import { newId } from '@wujin/api';
import type { Kept } from '../store';

export type ActivityChange = Wire<'ActivityChange'>;
export type Activity = Wire<'Activity'>;
export type Site = Wire<'Site'>;
export type SiteChange = Wire<'SiteChange'>;

/** One picture of a record. `there`: the server has it from before; nothing of it lies on this phone. */
export interface OutboxPhoto {
  id: string;
  /** picked: as the browser gave it. ready: shrunk and hashed. sent: the server has all of it. there: it always had. broken: cannot be read. */
  state: 'picked' | 'ready' | 'sent' | 'there' | 'broken';
  name: string;
  bytes: number;
  sha256?: string;
  caption?: string;
  taken_at?: string;
  latitude?: number;
  longitude?: number;
  /** Where the upload stands on the server, to go on there after a cut. */
  upload?: string;
  /** Bytes the server has acknowledged. */
  sentBytes?: number;
  /** What the server said of this picture, when it refused it. */
  problem?: string;
}

/**
 * draft: still being written. waiting: to be sent. sending: on its way. failed: will be tried again by itself.
 * rejected: somebody must change something. conflict: changed on the server too, mine and theirs side by side. sent: done.
 */
export type OutboxState = 'draft' | 'waiting' | 'sending' | 'failed' | 'rejected' | 'conflict' | 'sent';

type Stamp = Pick<ActivityChange, 'recorded_at' | 'clock_offset_ms'>;
export type Fields = Omit<ActivityChange, 'photos' | keyof Stamp>;

/** What a person enters of a place where fire safety is taught. */
export type SiteFields = Omit<SiteChange, 'photos'>;

/** A record on this phone that the server does not have yet, or not whole. It belongs to an account and is never sent as another. */
export interface OutboxEntry extends Kept {
  account: string;
  operation: 'put' | 'delete';
  state: OutboxState;
  fields: Fields;
  /** Of a site, what is entered; `fields` then holds only what the lists of the outbox show of it. */
  site?: SiteFields;
  photos: OutboxPhoto[];
  /** Made at the tap of 保存, new after every change, so that a repeat is known as one. */
  idempotency: string;
  /** When it was recorded, by how wrong a clock: as the first sending says it, and every repeat after it. */
  stamp?: Stamp;
  /** The etag this edit began from; absent for a new record. */
  base?: string;
  /** The server has the record (not yet all its pictures). */
  recorded: boolean;
  createdAt: number;
  updatedAt: number;
  sentAt?: number;
  attempts: number;
  /** Not before this moment of the phone's own clock. */
  notBefore: number;
  problem?: { detail: string; field?: string; code?: string; status?: number };
  /** The server's record, when it was changed there meanwhile. */
  theirs?: Activity | Site;
}

export function newEntry(account: string, fields: Fields, at: number): OutboxEntry {
  return {
    key: newId(), account, operation: 'put', state: 'draft', fields, photos: [], idempotency: newId(), recorded: false,
    createdAt: at, updatedAt: at, attempts: 0, notBefore: 0,
  };
}

const changeable = ['campaign', 'place', 'entry', 'started_at', 'title', 'text', 'date_only', 'kind', 'form', 'audiences', 'topics', 'settings', 'sector',
  'work_item', 'organizer', 'point', 'ended_at', 'people_about', 'leaflets', 'partners', 'plan_row', 'on_behalf_reason'] as const;

/** An edit of a record the server has. */
export function editOf(activity: Activity, account: string, at: number): OutboxEntry {
  const fields: Record<string, unknown> = {};
  for (const name of changeable) if (activity[name] !== undefined) fields[name] = activity[name];
  return {
    ...newEntry(account, fields as unknown as Fields, at),
    key: activity.id, base: activity.etag, photos: activity.photos.map(photoThere),
  };
}

/** What the lists of the outbox show of a site. */
const listed = (site: SiteFields, at: number): Fields =>
  ({ campaign: '', place: site.place, entry: '', started_at: new Date(at).toISOString(), title: site.name, text: '' });

export const newSiteEntry = (account: string, site: SiteFields, at: number): OutboxEntry => ({ ...newEntry(account, listed(site, at), at), site });

/** An edit of a site the server has. */
export function editOfSite(site: Site, account: string, at: number): OutboxEntry {
  const { place, kind, name, address, confirmed_on } = site;
  const fields = JSON.parse(JSON.stringify({ place, kind, name, address, confirmed_on })) as SiteFields;
  return { ...newSiteEntry(account, fields, at), key: site.id, base: site.etag, photos: site.photos.map(photoThere) };
}

/** The entry with other things entered of its site. */
export const withSite = (entry: OutboxEntry, site: SiteFields): OutboxEntry => ({ ...entry, site: { ...site }, fields: listed(site, entry.createdAt) });

function photoThere(photo: Activity['photos'][number] | Site['photos'][number]): OutboxPhoto {
  const { id, bytes, sha256, caption, taken_at, latitude, longitude } = photo as Activity['photos'][number];
  return JSON.parse(JSON.stringify({ id, state: 'there', name: '', bytes, sha256, caption, taken_at, latitude, longitude })) as OutboxPhoto;
}

/** The entry with its stamp, made now unless it has one. */
export function stamped(entry: OutboxEntry, clockOffset: number): OutboxEntry {
  return entry.stamp ? entry : { ...entry, stamp: { recorded_at: new Date(entry.createdAt - clockOffset).toISOString(), clock_offset_ms: Math.round(clockOffset) } };
}

const sound = (entry: OutboxEntry): OutboxPhoto[] => entry.photos.filter((photo) => photo.state !== 'broken');
const claimOf = (photo: OutboxPhoto): SiteChange['photos'][number] => ({
  id: photo.id, bytes: photo.bytes, sha256: photo.sha256 ?? '',
  ...(photo.taken_at ? { taken_at: photo.taken_at } : {}),
  ...(photo.latitude !== undefined && photo.longitude !== undefined ? { latitude: photo.latitude, longitude: photo.longitude } : {}),
});

/** What goes over the wire of a site; only when every picture is ready. */
export function siteChangeOf(entry: OutboxEntry): SiteChange {
  const { place, kind, name, address, confirmed_on } = entry.site!;
  return {
    place, kind, name: name.trim(), photos: sound(entry).map(claimOf), ...(address?.trim() ? { address: address.trim() } : {}), ...(confirmed_on ? { confirmed_on } : {}),
  };
}

/** What goes over the wire; only when it is stamped and every picture is ready. */
export function changeOf(entry: OutboxEntry): ActivityChange {
  const photos = sound(entry).map((photo) => ({ ...claimOf(photo), ...(photo.caption ? { caption: photo.caption } : {}) }));
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(entry.fields)) {
    const isEmpty = value === undefined || value === null || (value === '' && name !== 'text') || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) fields[name] = value;
  }
  return { ...(fields as unknown as Fields), photos, ...entry.stamp };
}
