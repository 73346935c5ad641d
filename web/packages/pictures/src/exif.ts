// Reads the three things of EXIF that matter here: when, where, and which way is up. They are claims, not proof.
import { bytesOf } from './bytes';

export interface Exif { taken_at?: string; latitude?: number; longitude?: number; orientation?: number }

const searched = 512 * 1024;

/** Never throws: a picture without or with broken EXIF simply claims nothing. */
export async function readExif(file: Blob): Promise<Exif> {
  try {
    const head = new Uint8Array(await bytesOf(file.slice(0, searched)));
    const found = exifIn(head);
    if (found || !isHeic(head)) return found ?? {};
    // HEIC keeps its EXIF among the picture data, anywhere in the file.
    return exifIn(new Uint8Array(await bytesOf(file))) ?? {};
  } catch {
    return {};
  }
}

export function isHeic(bytes: Uint8Array): boolean {
  return textAt(bytes, 4, 4) === 'ftyp' && /^(heic|heix|hevc|mif1|msf1|heim|heis)/.test(textAt(bytes, 8, 4));
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...Array.from(bytes.subarray(at, at + length)));
}

/** Finds a TIFF block after the marker of JPEG, HEIC, WebP ("Exif\0\0", "EXIF") or PNG ("eXIf"). */
export function exifIn(bytes: Uint8Array): Exif | undefined {
  for (let at = 0; at + 12 < bytes.length; at += 1) {
    const first = bytes[at];
    if (first !== 0x45 && first !== 0x65) continue;
    const word = textAt(bytes, at, 4);
    if (word !== 'Exif' && word !== 'EXIF' && word !== 'eXIf') continue;
    for (const skip of [6, 8, 4, 14]) {
      const order = textAt(bytes, at + skip, 2);
      if (order === 'II' || order === 'MM') {
        const found = new Tiff(bytes.subarray(at + skip)).read();
        if (found) return found;
      }
    }
  }
  return undefined;
}

interface Field { type: number; count: number; at: number }

class Tiff {
  private readonly view: DataView;
  private readonly little: boolean;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.little = this.view.getUint16(0) === 0x4949;
  }

  read(): Exif | undefined {
    try {
      if (this.view.getUint16(2, this.little) !== 42) return undefined;
      const main = this.fields(this.view.getUint32(4, this.little));
      const details = main.get(0x8769);
      const shot = details ? this.fields(this.number(details)) : new Map<number, Field>();
      const position = main.get(0x8825);
      const exif: Exif = {};
      const orientation = main.get(0x0112);
      if (orientation) exif.orientation = this.number(orientation);
      const taken = this.instant(shot.get(0x9003) ?? shot.get(0x9004) ?? main.get(0x0132), shot.get(0x9011) ?? shot.get(0x9010));
      if (taken) exif.taken_at = taken;
      return position ? { ...exif, ...this.place(this.fields(this.number(position))) } : exif;
    } catch {
      return undefined;
    }
  }

  private fields(at: number): Map<number, Field> {
    const found = new Map<number, Field>();
    const count = Math.min(this.view.getUint16(at, this.little), 200);
    for (let entry = 0; entry < count; entry += 1) {
      const start = at + 2 + entry * 12;
      const type = this.view.getUint16(start + 2, this.little);
      const items = this.view.getUint32(start + 4, this.little);
      const size = items * ([0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8][type] ?? 1);
      found.set(this.view.getUint16(start, this.little), { type, count: items, at: size > 4 ? this.view.getUint32(start + 8, this.little) : start + 8 });
    }
    return found;
  }

  private number(field: Field, index = 0): number {
    if (field.type === 3) return this.view.getUint16(field.at + index * 2, this.little);
    if (field.type === 5 || field.type === 10) {
      const at = field.at + index * 8;
      return this.view.getUint32(at, this.little) / this.view.getUint32(at + 4, this.little);
    }
    return this.view.getUint32(field.at + index * 4, this.little);
  }

  private text(field: Field | undefined): string {
    if (!field || field.count > 64) return '';
    let text = '';
    for (let at = field.at; at < field.at + field.count; at += 1) text += String.fromCharCode(this.view.getUint8(at));
    return text.replace(/\0+$/, '').trim();
  }

  /** EXIF time is a wall clock without a zone; here that is China's, unless the camera wrote its own. */
  private instant(field: Field | undefined, zone: Field | undefined): string | undefined {
    const parts = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(this.text(field));
    if (!parts) return undefined;
    const [, year, month, day, hour, minute, second] = parts;
    const told = this.text(zone);
    const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${/^[+-]\d{2}:\d{2}$/.test(told) ? told : '+08:00'}`);
    return Number.isNaN(at) || Number(year) < 1990 ? undefined : new Date(at).toISOString();
  }

  private place(fields: Map<number, Field>): Pick<Exif, 'latitude' | 'longitude'> {
    const degrees = (value: Field | undefined, reference: Field | undefined, negative: string): number | undefined => {
      if (!value || value.count < 3) return undefined;
      const sum = this.number(value, 0) + this.number(value, 1) / 60 + this.number(value, 2) / 3600;
      return this.text(reference).toUpperCase() === negative ? -sum : sum;
    };
    const latitude = degrees(fields.get(2), fields.get(1), 'S');
    const longitude = degrees(fields.get(4), fields.get(3), 'W');
    const isPlace = latitude !== undefined && longitude !== undefined && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
      // Phones without a fix write zeros.
      && (latitude !== 0 || longitude !== 0);
    return isPlace ? { latitude, longitude } : {};
  }
}
