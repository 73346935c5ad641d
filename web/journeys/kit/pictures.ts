import { createHash, randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { Wire } from '@wujin/api';
import type { Answer, Caller } from './caller';

function chunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(content.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** A PNG whose header says what it likes. */
export function png(width: number, height: number, rows: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8; // bits
  header[9] = 2; // RGB
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', new Uint8Array()),
  ]);
}

/** A picture unlike any other: coarse blocks of colours drawn by lot. */
export function picture(size = 96): Buffer {
  const colours = randomBytes(12 * 12 * 3);
  const rows = Buffer.alloc(size * (1 + size * 3));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const block = (Math.floor((y * 12) / size) * 12 + Math.floor((x * 12) / size)) * 3;
      colours.copy(rows, y * (1 + size * 3) + 1 + x * 3, block, block + 3);
    }
  }
  return png(size, size, rows);
}

/** A picture of pure noise, so that its file is as large as its points: three bytes each. */
export function noise(width: number, height: number): Buffer {
  const rows = randomBytes(height * (1 + width * 3));
  for (let y = 0; y < height; y++) rows[y * (1 + width * 3)] = 0;
  return png(width, height, rows);
}

/** The same picture in another file: with a remark behind its header. */
export function remarked(picture: Uint8Array, remark: string): Buffer {
  const header = 33;
  return Buffer.concat([picture.subarray(0, header), chunk('tEXt', Buffer.from(`Comment\0${remark}`, 'latin1')), picture.subarray(header)]);
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function claimOf(id: string, bytes: Uint8Array): Wire<'PhotoClaim'> {
  return { id, bytes: bytes.length, sha256: sha256(bytes) };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

export function metadata(photo: string, more: Record<string, string> = {}): string {
  return Object.entries({ photo, ...more }).map(([name, value]) => `${name} ${base64(value)}`).join(',');
}

export const tus = { 'tus-resumable': '1.0.0' };
export const octets = { ...tus, 'content-type': 'application/offset+octet-stream' };

/** Begins an upload; answers its path. */
export async function begin(caller: Caller, photo: string, length: number, more: Record<string, string> = {}): Promise<string> {
  const answer = await caller.expects('POST', '/api/v1/uploads', 201, {
    headers: { ...tus, 'upload-length': String(length), 'upload-metadata': metadata(photo, more) },
  });
  return new URL(answer.headers['location'], caller.origin).pathname;
}

export function append(caller: Caller, upload: string, offset: number, bytes: Uint8Array, headers: Record<string, string> = {}): Promise<Answer<Wire<'Problem'>>> {
  return caller.ask('PATCH', upload, { raw: bytes, headers: { ...octets, 'upload-offset': String(offset), ...headers } });
}

/** A whole upload; answers the last answer. */
export async function upload(caller: Caller, photo: string, bytes: Uint8Array): Promise<Answer<Wire<'Problem'>>> {
  return append(caller, await begin(caller, photo, bytes.length), 0, bytes);
}
