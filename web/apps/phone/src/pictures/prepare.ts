import { bytesOf, mostBytes, readExif, shrink } from '@wujin/pictures';
import type { OutboxPhoto } from '../outbox/entry';
import { entryOf, fileOf, happen, type PictureFile } from '../outbox/outbox';
import { campaign } from '../kept/here';
import { setting, shelf } from '../store';
import { sha256Hex } from './digest';

/**
 * Makes every picked picture of an entry ready to send: its EXIF is read first (shrinking drops it), then it is shrunk and hashed.
 * Safe to repeat after a crash at any point. False when a picture cannot be read: the entry then says so and stands aside.
 */
export async function preparePhotos(key: string): Promise<boolean> {
  for (const photo of entryOf(key)?.photos.filter((known) => known.state === 'picked') ?? []) {
    const change = await prepared(key, photo);
    if (!change) {
      // A part of this page could not be fetched without a network: nothing is wrong with the picture, it waits.
      if (entryOf(key)?.state === 'sending') await happen(key, { kind: 'unreachable' });
      return false;
    }
    await happen(key, { kind: 'photo', id: photo.id, change });
  }
  const broken = entryOf(key)?.photos.filter((known) => known.state === 'broken') ?? [];
  if (broken.length === 0) return entryOf(key) !== undefined;
  if (entryOf(key)?.state === 'sending') {
    await happen(key, { kind: 'refused', detail: '', field: 'photos', code: 'picture_lost', passing: false });
  }
  return false;
}

async function prepared(key: string, photo: OutboxPhoto): Promise<Partial<OutboxPhoto> | undefined> {
  const picked = await fileOf(photo.id);
  if (!picked || picked.size === 0) return { state: 'broken' };
  try {
    const exif = await readExif(picked);
    const asPicked = campaign.value?.options.keep_originals || (await setting<boolean>('pictures.as_picked'));
    const blob = asPicked ? picked : await shrink(picked, exif.orientation);
    if (blob.size > mostBytes) return { state: 'broken' };
    const sha256 = await sha256Hex(await bytesOf(blob));
    if (blob !== picked) await shelf.put(['files', { key: photo.id, entry: key, blob } as PictureFile]);
    const { taken_at, latitude, longitude } = exif;
    return {
      state: 'ready', bytes: blob.size, sha256,
      ...(photo.taken_at === undefined && taken_at ? { taken_at } : {}),
      ...(photo.latitude === undefined && latitude !== undefined && longitude !== undefined ? { latitude, longitude } : {}),
    };
  } catch {
    return (await isReadable(picked)) ? undefined : { state: 'broken' };
  }
}

async function isReadable(blob: Blob): Promise<boolean> {
  return bytesOf(blob).then(() => true, () => false);
}
