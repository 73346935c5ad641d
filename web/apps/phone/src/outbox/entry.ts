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

/** The entry with its stamp, made now unless it has one. */
export function stamped(entry: OutboxEntry, clockOffset: number): OutboxEntry {
  return entry.stamp ? entry : { ...entry, stamp: { recorded_at: new Date(entry.createdAt - clockOffset).toISOString(), clock_offset_ms: Math.round(clockOffset) } };
}
