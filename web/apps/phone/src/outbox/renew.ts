import { newId } from '@wujin/api';
import { newSiteEntry } from './change';
import { newEntry, type OutboxPhoto } from './entry';
import { entryOf, fileOf, keepEntry, removeEntry, type PictureFile } from './outbox';

/** Somebody removed on the server what was edited here: the words, and the pictures still on this phone, become a record of their own. */
export async function renew(key: string): Promise<string | undefined> {
  const old = entryOf(key);
  if (!old) return undefined;
  const entry = old.site ? newSiteEntry(old.account, old.site, Date.now()) : newEntry(old.account, { ...old.fields, reason: undefined }, Date.now());
  const files: PictureFile[] = [];
  for (const photo of old.photos) {
    const blob = await fileOf(photo.id);
    if (!blob) continue;
    const again: OutboxPhoto = { ...photo, id: newId(), state: photo.state === 'picked' ? 'picked' : 'ready', upload: undefined, sentBytes: 0, problem: undefined };
    entry.photos.push(again);
    files.push({ key: again.id, entry: entry.key, blob });
  }
  await keepEntry(entry, files);
  await removeEntry(key);
  return entry.key;
}
