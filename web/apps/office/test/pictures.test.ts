// @vitest-environment node
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Pictures from '@wujin/pictures';
import { mostBytes } from '@wujin/pictures';
import type { PickedPhoto } from '../src/activities/PhotoPicker.vue';
import { claimsOf } from '../src/activities/draft';
import { preparePhotos } from '../src/activities/prepare';

// Files are bytes here; drawing is the browser's part.
const drawn = vi.hoisted(() => ({ asked: [] as (number | undefined)[], as: undefined as Blob | undefined }));
vi.mock('@wujin/pictures', async (whole) => ({
  ...await whole<typeof Pictures>(),
  shrink: async (file: Blob, orientation?: number) => { drawn.asked.push(orientation); return drawn.as ?? file; },
}));
beforeEach(() => { drawn.asked = []; drawn.as = undefined; });

const letters = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
/** A JPEG's head with EXIF: lying on its side, taken at nine in China. */
const exif = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xe1, 0, 0, ...letters('Exif\0\0'), ...letters('MM'), 0, 42, 0, 0, 0, 8, 0, 2,
  0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0x01, 0x32, 0, 2, 0, 0, 0, 20, 0, 0, 0, 38, 0, 0, 0, 0, ...letters('2023:10:26 09:00:00\0'), ...new Array<number>(16).fill(0)]);

function pickedFrom(file: File): PickedPhoto {
  return { id: '00000000-0000-4000-8000-000000000001', file, sha256: '', caption: '', sent: 0, done: false, preview: '' };
}
const picture = (bytes: BlobPart = exif, name = 'a.jpg') => new File([bytes], name, { type: 'image/jpeg' });

describe('pictures picked at the desk', () => {
  it('are shrunk before they travel, and keep what their EXIF claimed', async () => {
    drawn.as = new Blob(['small'], { type: 'image/jpeg' });
    const photo = pickedFrom(picture());
    expect(await preparePhotos([photo], false)).toBeUndefined();
    expect(drawn.asked).toEqual([6]);
    expect(photo.file.name).toBe('a.jpg');
    expect(photo.sha256).toBe(createHash('sha256').update('small').digest('hex'));
    expect(claimsOf([], [photo])).toMatchObject([{ id: photo.id, bytes: 5, sha256: photo.sha256, taken_at: '2023-10-26T01:00:00.000Z' }]);
  });

  it('travel as picked when the campaign keeps originals', async () => {
    const file = picture();
    const photo = pickedFrom(file);
    expect(await preparePhotos([photo], true)).toBeUndefined();
    expect(drawn.asked).toEqual([]);
    expect(photo.file).toBe(file);
    expect(photo.taken_at).toBe('2023-10-26T01:00:00.000Z');
  });

  it('are not drawn a second time when a save is tried again', async () => {
    const photo = pickedFrom(picture());
    await preparePhotos([photo], false);
    await preparePhotos([photo], false);
    expect(drawn.asked).toHaveLength(1);
  });

  it('stop a save only when they stay larger than the server takes', async () => {
    const large = pickedFrom(picture());
    Object.defineProperty(large.file, 'size', { value: mostBytes + 1 });
    drawn.as = new Blob(['small']);
    expect(await preparePhotos([large], false)).toBeUndefined();
    const kept = pickedFrom(picture());
    Object.defineProperty(kept.file, 'size', { value: mostBytes + 1 });
    expect(await preparePhotos([large, kept], true)).toBe(kept);
  });
});
