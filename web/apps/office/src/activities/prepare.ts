import { mostBytes, readExif, shrink } from '@wujin/pictures';
import { sha256 } from './sha256';

interface Unprepared { file: File; sha256: string; taken_at?: string; latitude?: number; longitude?: number }

/**
 * Makes picked pictures ready to send: what EXIF claims is read first (shrinking drops it), then each is shrunk, unless the campaign
 * keeps pictures as picked, and hashed. Answers the first that stays larger than the server takes, and stops there.
 */
export async function preparePhotos<P extends Unprepared>(photos: readonly P[], asPicked: boolean): Promise<P | undefined> {
  for (const photo of photos.filter((waiting) => !waiting.sha256)) {
    const { orientation, ...claims } = await readExif(photo.file);
    const drawn = asPicked ? photo.file : await shrink(photo.file, orientation);
    if (drawn.size > mostBytes) return photo;
    if (drawn !== photo.file) photo.file = new File([drawn], photo.file.name, { type: drawn.type });
    Object.assign(photo, claims, { sha256: await sha256(photo.file) });
  }
  return undefined;
}
