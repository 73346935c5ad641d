// Unsent work as one file, to carry from a browser that is about to be cleared to another.
// Layout: a line that names the format, the length of the list in bytes, the list as JSON, then the pictures one after another.
import { bytesOf } from '@wujin/pictures';
import { clockOffset } from '../clock';
import { preparePhotos } from '../pictures/prepare';
import type { OutboxEntry } from './entry';
import { entryOf, fileOf, happen, keepEntry, type PictureFile } from './outbox';

const mark = 'wujin-unsent 1';
interface Listing { entries: OutboxEntry[]; files: { id: string; entry: string; bytes: number; type: string }[] }

/** Whatever sends it first, the bytes are the same: what both phones send is one request to the server. */
async function settled(entry: OutboxEntry): Promise<OutboxEntry> {
  if (entry.state === 'draft') return entry;
  await preparePhotos(entry.key);
  return (await happen(entry.key, { kind: 'carried', clockOffset: clockOffset.value })) ?? entry;
}

export async function packUnsent(unsent: readonly OutboxEntry[]): Promise<Blob> {
  const entries: OutboxEntry[] = [];
  for (const entry of unsent) entries.push(await settled(entry));
  const listing: Listing = { entries, files: [] };
  const blobs: Blob[] = [];
  for (const entry of entries) {
    for (const photo of entry.photos) {
      const blob = await fileOf(photo.id);
      if (!blob) continue;
      listing.files.push({ id: photo.id, entry: entry.key, bytes: blob.size, type: blob.type });
      blobs.push(blob);
    }
  }
  const list = new TextEncoder().encode(JSON.stringify(listing));
  return new Blob([`${mark}\n${list.byteLength}\n`, list, ...blobs], { type: 'application/octet-stream' });
}

export class NotUnsentWork extends Error {}

/** Takes the records of such a file in. What is already here, and newer, stays. Answers how many were taken. */
export async function unpackUnsent(file: Blob): Promise<number> {
  const head = await textOf(file.slice(0, 64));
  const lines = /^wujin-unsent 1\n(\d{1,9})\n/.exec(head);
  if (!lines) throw new NotUnsentWork();
  const start = lines[0].length;
  const length = Number(lines[1]);
  const listing = readListing(await textOf(file.slice(start, start + length)));
  let at = start + length;
  const blobs = new Map<string, Blob>();
  for (const item of listing.files) {
    if (at + item.bytes > file.size) throw new NotUnsentWork();
    blobs.set(item.id, file.slice(at, at + item.bytes, item.type));
    at += item.bytes;
  }
  let taken = 0;
  for (const entry of listing.entries) {
    const here = entryOf(entry.key);
    if (here && here.updatedAt >= entry.updatedAt) continue;
    const files: PictureFile[] = entry.photos.filter((photo) => blobs.has(photo.id)).map((photo) => ({ key: photo.id, entry: entry.key, blob: blobs.get(photo.id)! }));
    await keepEntry({ ...entry, state: entry.state === 'sending' ? 'waiting' : entry.state, notBefore: 0 }, files);
    taken += 1;
  }
  return taken;
}

async function textOf(blob: Blob): Promise<string> {
  return new TextDecoder().decode(await bytesOf(blob));
}

function readListing(text: string): Listing {
  try {
    const listing = JSON.parse(text) as Listing;
    const isEntry = (entry: OutboxEntry): boolean => typeof entry.key === 'string' && typeof entry.account === 'string'
      && typeof entry.fields === 'object' && entry.fields !== null && Array.isArray(entry.photos);
    const isFile = (file: Listing['files'][number]): boolean => typeof file.id === 'string' && Number.isInteger(file.bytes) && file.bytes >= 0;
    if (Array.isArray(listing.entries) && listing.entries.every(isEntry) && Array.isArray(listing.files) && listing.files.every(isFile)) return listing;
  } catch {
    // Told below.
  }
  throw new NotUnsentWork();
}
