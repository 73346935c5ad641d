// The outbox: everything that was tapped and is not yet safe on the server. Written to the phone first, shown from memory.
import { computed, reactive } from 'vue';
import { account } from '../session/session';
import { plain, shelf, type Kept, type Lasting } from '../store';
import type { OutboxEntry, OutboxPhoto } from './entry';
import { isUnsent, next, type Event } from './transitions';

/** The bytes of a picture: as picked until it is shrunk, as sent afterwards. */
export interface PictureFile extends Kept { entry: string; blob: Blob }

export const outbox = reactive<{ entries: OutboxEntry[] }>({ entries: [] });
const keepSentFor = 3 * 24 * 3_600_000;

export const mine = computed(() => outbox.entries.filter((entry) => entry.account === account.value));
export const unsent = computed(() => mine.value.filter(isUnsent));
export const drafts = computed(() => mine.value.filter((entry) => entry.state === 'draft'));
/** Everything the sender still has to do. */
export const pending = computed(() => mine.value.filter((entry) => isUnsent(entry) && entry.state !== 'draft'));
/** Saved and not yet on the server: what the first screen counts. A removal on its way is no record that could be lost. */
export const queued = computed(() => pending.value.filter((entry) => entry.operation === 'put' || entry.state === 'rejected' || entry.state === 'conflict'));
export const foreign = computed(() => outbox.entries.filter((entry) => entry.account !== account.value && isUnsent(entry)).length);

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('wujin-outbox');
channel?.addEventListener('message', () => void readOutbox());

export async function readOutbox(): Promise<void> {
  const entries = await shelf.all<OutboxEntry>('outbox');
  outbox.entries = entries.map(healed).sort((a, b) => a.createdAt - b.createdAt);
}

/** Fills in what an older version of this page did not write. */
function healed(entry: OutboxEntry): OutboxEntry {
  return { ...entry, operation: entry.operation ?? 'put', photos: entry.photos ?? [], attempts: entry.attempts ?? 0, notBefore: entry.notBefore ?? 0, recorded: entry.recorded ?? false };
}

export const entryOf = (key: string): OutboxEntry | undefined => outbox.entries.find((entry) => entry.key === key);

let turns: Promise<unknown> = Promise.resolve();

/** One change after another, each made from what the one before it left: a picture that gets ready must not take a 保存 back. */
function inTurn<T>(change: () => Promise<T>): Promise<T> {
  const mine = turns.then(change);
  turns = mine.catch(() => undefined);
  return mine;
}

/** Keeps an entry, with files if pictures came, in one go. Tells whether it will survive closing the browser. */
export const keepEntry = (entry: OutboxEntry, files: PictureFile[] = []): Promise<Lasting> => changeEntry(() => entry, files);

/** The same for an entry made from how things stand when its turn comes. */
export const changeEntry = (make: () => OutboxEntry, files: PictureFile[] = []): Promise<Lasting> => inTurn(() => write(make(), files));

async function write(entry: OutboxEntry, files: PictureFile[] = []): Promise<Lasting> {
  const written = plain(entry);
  const how = await shelf.put(['outbox', written], ...files.map((file): ['files', Kept] => ['files', file]));
  const at = outbox.entries.findIndex((known) => known.key === entry.key);
  if (at < 0) outbox.entries.push(written);
  else outbox.entries[at] = written;
  channel?.postMessage(entry.key);
  return how;
}

/** Applies an event to the entry as it is now: meanwhile it may have changed or gone. */
export const happen = (key: string, event: Event): Promise<OutboxEntry | undefined> => inTurn(async () => {
  const found = entryOf(key);
  if (!found) return undefined;
  const changed = next(found, event, Date.now());
  await write(changed);
  if (changed.state === 'sent') await dropFiles(changed.photos);
  return changed;
});

export async function dropFiles(photos: readonly OutboxPhoto[]): Promise<void> {
  if (photos.length > 0) await shelf.remove(...photos.map((photo): ['files', string] => ['files', photo.id]));
}

/** Removes an entry and its pictures from the phone. */
export const removeEntry = (key: string): Promise<void> => inTurn(async () => {
  const found = entryOf(key);
  outbox.entries = outbox.entries.filter((entry) => entry.key !== key);
  await shelf.remove(['outbox', key], ...(found?.photos ?? []).map((photo): ['files', string] => ['files', photo.id]));
  channel?.postMessage(key);
});

export async function fileOf(photo: string): Promise<Blob | undefined> {
  return (await shelf.get<PictureFile>('files', photo))?.blob;
}

/** Forgets sent entries after a few days, and files whose entry is gone. */
export async function tidyOutbox(at: number): Promise<void> {
  for (const entry of outbox.entries.filter((known) => known.state === 'sent' && (known.sentAt ?? 0) < at - keepSentFor)) await removeEntry(entry.key);
  // The files first: one that comes meanwhile comes with its entry.
  const files = await shelf.keys('files');
  const named = new Set((await shelf.all<OutboxEntry>('outbox')).flatMap((entry) => entry.photos.map((photo) => photo.id)));
  const strays = files.filter((key) => !named.has(key));
  if (strays.length > 0) await shelf.remove(...strays.map((key): ['files', string] => ['files', key]));
}
