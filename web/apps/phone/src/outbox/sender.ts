// Sends what waits, one record after another. A record that the server refuses stands aside and the next one goes on;
// only a dead line or an ended session stops the round.
import { NoAnswer, Refusal, settleWhole } from '@wujin/api';
import { clockOffset } from '../clock';
import { dropActivity, takeActivity } from '../kept/kept';
import { api, reachable } from '../network';
import { preparePhotos } from '../pictures/prepare';
import { account, session } from '../session/session';
import { takeSite } from '../sites/kept_sites';
import { changeOf, siteChangeOf } from './change';
import type { Activity, OutboxEntry, OutboxPhoto, Site } from './entry';
import { giveUpLease, takeLease } from './lease';
import { entryOf, fileOf, happen, mine, readOutbox } from './outbox';
import { sending, type Round } from './sending';
import { isDue } from './transitions';
import { upload } from './upload';

let round: Promise<Round> | undefined;

/** Sends all that is due. Two calls at once are one round. */
export function sendOutbox(): Promise<Round> {
  round ??= send().finally(() => { round = undefined; });
  return round;
}

async function send(): Promise<Round> {
  if (!account.value || session.ended) return 'nobody';
  if (!(await takeLease())) return 'elsewhere';
  sending.busy = true;
  try {
    // Another tab may have sent or changed what this one remembers.
    await readOutbox();
    const done = new Set<string>();
    for (;;) {
      // A record is taken up once a round; after it was changed in between, it counts as another.
      const entry = mine.value.find((known) => !done.has(known.idempotency) && isDue(known, account.value, Date.now()));
      if (!entry) return 'done';
      done.add(entry.idempotency);
      const outcome = await sendEntry(entry.key);
      if (outcome !== 'next') return outcome;
    }
  } finally {
    sending.busy = false;
    await giveUpLease();
  }
}

class Overtaken extends Error {}

async function sendEntry(key: string): Promise<'next' | 'unreachable' | 'signed_out'> {
  const started = await happen(key, { kind: 'started', clockOffset: clockOffset.value });
  if (!started) return 'next';
  try {
    if (started.operation === 'delete') await sendRemoval(started);
    else await sendRecord(started);
    return 'next';
  } catch (error) {
    return stopped(started, error);
  }
}

/** The entry as it is now; throws when somebody changed or removed it while it was on its way. */
function still(sent: OutboxEntry): OutboxEntry {
  const now = entryOf(sent.key);
  if (!now || now.idempotency !== sent.idempotency || now.state !== 'sending') throw new Overtaken();
  return now;
}

async function sendRecord(started: OutboxEntry): Promise<void> {
  if (!(await preparePhotos(started.key))) {
    if (entryOf(started.key)?.state === 'waiting') throw new NoAnswer();
    return;
  }
  if (!still(started).recorded) {
    const entry = still(started);
    const { data, response } = await write(entry);
    reachable.value = true;
    await happen(started.key, { kind: 'recorded', etag: data.etag ?? response.headers.get('ETag') ?? undefined });
    await take(entry, data);
    // What the server has already need not travel again.
    for (const photo of data.photos.filter((known) => known.received)) {
      const own = entryOf(started.key)?.photos.find((known) => known.id === photo.id);
      if (own && own.state === 'ready') await happen(started.key, { kind: 'photo', id: photo.id, change: { state: 'sent' } });
    }
  }
  const photos = still(started).photos.filter((photo) => photo.state === 'ready');
  let refused = 0;
  for (const photo of photos) if (!(await sendPhoto(started, photo))) refused += 1;
  still(started);
  if (refused > 0) return;
  await happen(started.key, { kind: 'finished' });
  if (!started.site) sending.activities += 1;
  // Now that the pictures are there, the server knows more of them; a failure here costs nothing.
  if (photos.length > 0) await read(started).then((data) => take(started, data), () => undefined);
}

async function write(entry: OutboxEntry): Promise<{ data: Activity | Site; response: Response }> {
  const header = { 'Idempotency-Key': entry.idempotency, ...(entry.base ? { 'If-Match': entry.base } : {}) };
  if (entry.site) return settleWhole(api.PUT('/api/v1/sites/{site}', { params: { path: { site: entry.key }, header }, body: siteChangeOf(entry) }));
  return settleWhole(api.PUT('/api/v1/activities/{activity}', { params: { path: { activity: entry.key }, header }, body: changeOf(entry) }));
}

async function read({ key, site }: OutboxEntry): Promise<Activity | Site> {
  if (site) return (await settleWhole(api.GET('/api/v1/sites/{site}', { params: { path: { site: key } } }))).data;
  return (await settleWhole(api.GET('/api/v1/activities/{activity}', { params: { path: { activity: key } } }))).data;
}

const take = (entry: OutboxEntry, data: Activity | Site): Promise<void> => (entry.site ? takeSite(data as Site) : takeActivity(data as Activity));

async function sendRemoval(started: OutboxEntry): Promise<void> {
  await settleWhole(api.DELETE('/api/v1/activities/{activity}', {
    params: {
      path: { activity: started.key }, header: { 'Idempotency-Key': started.idempotency, ...(started.base ? { 'If-Match': started.base } : {}) },
      query: started.fields.reason ? { reason: started.fields.reason } : {},
    },
  })).catch((error: unknown) => {
    // Somebody else removed it first: it is gone, which is what was wanted.
    if (!(error instanceof Refusal && (error.status === 410 || error.status === 404))) throw error;
  });
  await dropActivity(started.key);
  await happen(started.key, { kind: 'finished' });
}

/** True when the server has the whole picture; false when it refused it for good, which the entry then says. */
async function sendPhoto(started: OutboxEntry, photo: OutboxPhoto): Promise<boolean> {
  const blob = await fileOf(photo.id);
  if (!blob) {
    await happen(started.key, { kind: 'photo', id: photo.id, change: { state: 'broken' } });
    await happen(started.key, { kind: 'refused', detail: '', field: 'photos', code: 'picture_lost', passing: false });
    return false;
  }
  let renewed = 0;
  try {
    const outcome = await upload({
      photo: photo.id, sha256: photo.sha256 ?? '', blob, ...(photo.upload ? { at: photo.upload } : {}),
      onProgress: async (at, sentBytes) => {
        await happen(started.key, { kind: 'photo', id: photo.id, change: { upload: at, sentBytes } });
        if (Date.now() - renewed > 5000) {
          renewed = Date.now();
          if (!(await takeLease())) return false;
        }
        still(started);
        return true;
      },
    });
    if (outcome === 'stopped') throw new Overtaken();
  } catch (error) {
    if (!(error instanceof Refusal) || error.isPassing) throw error;
    await happen(started.key, { kind: 'photo', id: photo.id, change: { problem: error.message, upload: undefined, sentBytes: 0 } });
    await happen(started.key, { kind: 'refused', detail: error.message, field: 'photos', code: error.code, passing: false });
    // The entry stands aside now; the other pictures of it wait for the mended one.
    throw new Overtaken();
  }
  await happen(started.key, { kind: 'photo', id: photo.id, change: { state: 'sent', sentBytes: blob.size } });
  if (!started.site) sending.photos += 1;
  return true;
}

async function stopped(started: OutboxEntry, error: unknown): Promise<'next' | 'unreachable' | 'signed_out'> {
  if (error instanceof Overtaken) return 'next';
  const now = entryOf(started.key);
  const isSame = now !== undefined && now.idempotency === started.idempotency && now.state === 'sending';
  if (error instanceof NoAnswer) {
    reachable.value = false;
    if (isSame) await happen(started.key, { kind: 'unreachable' });
    return 'unreachable';
  }
  if (!(error instanceof Refusal)) {
    // A fault of this page with one record must not hold the others up.
    if (isSame) await happen(started.key, { kind: 'refused', detail: String(error), passing: true });
    return 'next';
  }
  reachable.value = true;
  if (error.status === 401) {
    session.ended = true;
    if (isSame) await happen(started.key, { kind: 'unreachable' });
    return 'signed_out';
  }
  if (!isSame) return 'next';
  if (error.status === 412) await overtake(now, error.current as Activity | Site | undefined);
  else await happen(started.key, refusalEvent(error));
  return 'next';
}

async function overtake(entry: OutboxEntry, theirs: Activity | Site | undefined): Promise<void> {
  await happen(entry.key, { kind: 'overtaken', ...(theirs ? { theirs } : {}) });
  // Our own first sending arrived, its answer was lost, and the record was changed here since: nobody else has touched it.
  const isOwnEcho = !entry.base && theirs !== undefined && theirs.updated_at === ('received_at' in theirs ? theirs.received_at : theirs.recorded_at);
  if (isOwnEcho) await happen(entry.key, { kind: 'keptMine' });
}

function refusalEvent(error: Refusal) {
  const fault = error.faults[0];
  return {
    kind: 'refused' as const, passing: error.isPassing, code: error.code, status: error.status, detail: fault?.detail || error.message,
    ...(fault ? { field: fault.field } : {}), ...(error.retryAfter !== undefined ? { retryAfter: error.retryAfter } : {}),
  };
}
