// The life of a record on the phone as pure rules: an entry and what happened give the next entry.
import { newId } from '@wujin/api';
import { stamped, type Activity, type OutboxEntry, type OutboxPhoto, type Site } from './entry';

export type Event =
  | { kind: 'saved' }                                     // 保存 was tapped
  | { kind: 'edited' }                                    // opened again and changed
  | { kind: 'retried' }                                   // tapped to try now
  | { kind: 'started'; clockOffset: number }              // the sender took it up
  | { kind: 'carried'; clockOffset: number }              // it goes into a file, and may be sent from there too
  | { kind: 'recorded'; etag?: string }                   // the server has the record
  | { kind: 'photo'; id: string; change: Partial<OutboxPhoto> }
  | { kind: 'finished' }                                  // the record and all its pictures are there
  | { kind: 'unreachable' }                               // no answer; the line, not the record
  | { kind: 'refused'; detail: string; field?: string; code?: string; status?: number; passing: boolean; retryAfter?: number }
  | { kind: 'overtaken'; theirs?: Activity | Site }       // 412
  | { kind: 'keptMine' } | { kind: 'tookTheirs' };        // the answer to a conflict

const firstPause = 5_000;
const longestPause = 10 * 60_000;

export function pauseAfter(attempts: number): number {
  return Math.min(longestPause, firstPause * 2 ** Math.max(0, attempts - 1));
}

/** What still lies on this phone only. */
export function isUnsent(entry: OutboxEntry): boolean {
  return entry.state !== 'sent';
}

/** May the sender take it up now? */
export function isDue(entry: OutboxEntry, account: string | undefined, at: number): boolean {
  return entry.account === account && (entry.state === 'waiting' || entry.state === 'sending' || entry.state === 'failed') && entry.notBefore <= at;
}

export function next(entry: OutboxEntry, event: Event, at: number): OutboxEntry {
  const touched = { ...entry, updatedAt: at };
  switch (event.kind) {
    case 'saved':
      return { ...fresh(touched), state: 'waiting' };
    case 'edited':
      // What is under way or done is not torn back by a late event.
      return { ...fresh(touched), state: 'draft' };
    case 'retried':
      return entry.state === 'failed' || entry.state === 'rejected' ? { ...cleared(touched), state: 'waiting', attempts: 0, notBefore: 0 } : entry;
    case 'started':
      return { ...stamped(entry, event.clockOffset), state: 'sending' };
    case 'carried':
      return stamped(entry, event.clockOffset);
    case 'recorded':
      return { ...touched, recorded: true, ...(event.etag ? { base: event.etag } : {}) };
    case 'photo':
      return { ...touched, photos: entry.photos.map((photo) => (photo.id === event.id ? { ...photo, ...event.change } : photo)) };
    case 'finished':
      return { ...cleared(touched), state: 'sent', sentAt: at, attempts: 0, notBefore: 0 };
    case 'unreachable':
      // The line is gone, the record is fine: it waits, and the next sign of life sends it.
      return { ...entry, state: 'waiting', notBefore: 0 };
    case 'refused':
      return event.passing ? failed(touched, event, at) : { ...touched, state: 'rejected', problem: problemOf(event) };
    case 'overtaken':
      return { ...touched, state: 'conflict', ...(event.theirs ? { theirs: event.theirs } : {}) };
    case 'keptMine':
      return { ...fresh(touched), state: 'waiting', ...(entry.theirs ? { base: entry.theirs.etag } : {}), theirs: undefined };
    case 'tookTheirs':
      return { ...cleared(touched), state: 'sent', sentAt: at, theirs: undefined };
  }
}

/** A changed request is another request: it gets a key and a stamp of its own and no old complaint. */
function fresh(entry: OutboxEntry): OutboxEntry {
  return { ...cleared(entry), idempotency: newId(), stamp: undefined, recorded: false, attempts: 0, notBefore: 0 };
}

function cleared(entry: OutboxEntry): OutboxEntry {
  return { ...entry, problem: undefined, photos: entry.photos.map((photo) => (photo.problem ? { ...photo, problem: undefined } : photo)) };
}

type Refused = Extract<Event, { kind: 'refused' }>;
const problemOf = (event: Refused): NonNullable<OutboxEntry['problem']> =>
  ({ detail: event.detail, ...(event.field ? { field: event.field } : {}), ...(event.code ? { code: event.code } : {}), ...(event.status ? { status: event.status } : {}) });

function failed(entry: OutboxEntry, event: Refused, at: number): OutboxEntry {
  const attempts = entry.attempts + 1;
  const pause = event.retryAfter !== undefined ? event.retryAfter * 1000 : pauseAfter(attempts);
  return { ...entry, state: 'failed', attempts, notBefore: at + pause, problem: problemOf(event) };
}

/** Pictures done and in all, counted for “正在上传 {done}/{total}张”. */
export function progressOf(entry: OutboxEntry): { done: number; total: number; share: number } {
  const own = entry.photos.filter((photo) => photo.state !== 'there');
  const bytes = own.reduce((sum, photo) => sum + photo.bytes, 0);
  const sent = own.reduce((sum, photo) => sum + (photo.state === 'sent' ? photo.bytes : Math.min(photo.sentBytes ?? 0, photo.bytes)), 0);
  return { done: own.filter((photo) => photo.state === 'sent').length, total: own.length, share: bytes > 0 ? sent / bytes : entry.recorded ? 1 : 0 };
}
