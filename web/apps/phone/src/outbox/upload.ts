// tus 1.0, the part a phone needs: begin, ask how far it came, append in checked pieces. A piece is small enough for a weak line,
// and carries its checksum, so a cut costs one piece and a garbled one is sent again.
import { NoAnswer, refusalFrom, type Refusal } from '@wujin/api';
import { bytesOf } from '@wujin/pictures';
import { base64, sha256 } from '../pictures/digest';

export interface UploadOptions {
  photo: string;
  sha256: string;
  blob: Blob;
  /** Where it stood last time. */
  at?: string;
  origin?: string;
  fetch?: typeof fetch;
  piece?: number;
  /** Called with the place on the server and the bytes it has acknowledged; stops the upload when it answers false. */
  onProgress: (at: string, bytes: number) => Promise<boolean> | boolean;
}

const usualPiece = 256 * 1024;
const timeout = 90_000;
const alreadyThere = 409;

/** Uploads a picture or the rest of it. `stopped` when onProgress said so. */
export async function upload(options: UploadOptions): Promise<'done' | 'stopped'> {
  const found = options.at ? await offsetOf(options, options.at) : undefined;
  let at = options.at;
  let offset = found;
  if (at === undefined || offset === undefined) {
    const begun = await begin(options);
    if (begun === 'there') return 'done';
    at = begun;
    offset = 0;
  }
  let garbled = 0;
  while (offset < options.blob.size) {
    if ((await options.onProgress(at, offset)) === false) return 'stopped';
    const sent = await append(options, at, offset);
    if (sent === 'garbled') {
      garbled += 1;
      if (garbled > 3) throw new NoAnswer(new Error('the line garbles every piece'));
    } else if (sent === 'elsewhere') {
      // The server stands somewhere else than we thought: it knows.
      const asked = await offsetOf(options, at);
      if (asked === undefined) throw new NoAnswer(new Error('the upload has gone'));
      offset = asked;
    } else offset = sent;
  }
  await options.onProgress(at, offset);
  return 'done';
}

async function send(options: UploadOptions, url: string, method: string, headers: Record<string, string>, body?: Blob): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), timeout);
  try {
    return await (options.fetch ?? fetch)(url, {
      method, headers: { 'Tus-Resumable': '1.0.0', ...headers }, credentials: 'same-origin', signal: stop.signal, ...(body ? { body } : {}),
    });
  } catch (cause) {
    throw new NoAnswer(cause);
  } finally {
    clearTimeout(timer);
  }
}

async function refused(response: Response): Promise<Refusal> {
  return refusalFrom(response, await response.json().catch(() => undefined));
}

async function begin(options: UploadOptions): Promise<string | 'there'> {
  const origin = options.origin ?? location.origin;
  const response = await send(options, `${origin}/api/v1/uploads`, 'POST', {
    'Upload-Length': String(options.blob.size),
    'Upload-Metadata': `photo ${btoa(options.photo)},sha256 ${btoa(options.sha256)}`,
  });
  if (response.status === alreadyThere) return 'there';
  const place = response.headers.get('Location');
  if (!response.ok || !place) throw await refused(response);
  return new URL(place, origin).href;
}

/** Bytes the server holds; undefined when it no longer knows the upload. */
async function offsetOf(options: UploadOptions, at: string): Promise<number | undefined> {
  const response = await send(options, at, 'HEAD', {});
  if (response.status === 404 || response.status === 410) return undefined;
  if (!response.ok) throw await refused(response);
  const offset = Number(response.headers.get('Upload-Offset'));
  return Number.isInteger(offset) && offset >= 0 && offset <= options.blob.size ? offset : undefined;
}

async function append(options: UploadOptions, at: string, offset: number): Promise<number | 'garbled' | 'elsewhere'> {
  const piece = options.blob.slice(offset, offset + (options.piece ?? usualPiece));
  const digest = await sha256(await bytesOf(piece));
  const response = await send(options, at, 'PATCH', {
    'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset), 'Upload-Checksum': `sha256 ${base64(digest)}`,
  }, piece);
  if (response.status === 460) return 'garbled';
  if (response.status === 409) return 'elsewhere';
  if (!response.ok) throw await refused(response);
  const acknowledged = Number(response.headers.get('Upload-Offset'));
  return Number.isInteger(acknowledged) && acknowledged > offset ? acknowledged : offset + piece.size;
}
