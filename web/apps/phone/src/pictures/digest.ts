/** SHA-256 in hexadecimal. Over plain HTTP there is no `crypto.subtle`; a JavaScript one, fetched only then, takes its place. */
export async function sha256Hex(bytes: ArrayBuffer | Uint8Array): Promise<string> {
  return hex(await sha256(bytes));
}

export async function sha256(bytes: ArrayBuffer | Uint8Array): Promise<Uint8Array> {
  const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  const subtle = globalThis.crypto?.subtle;
  if (subtle) return new Uint8Array(await subtle.digest('SHA-256', view as BufferSource));
  const { sha256: inScript } = await import('@noble/hashes/sha2.js');
  return inScript(view);
}

/** Fetches the JavaScript hash while there is a network, where it will be needed. */
export async function readyDigest(): Promise<void> {
  if (!globalThis.crypto?.subtle) await import('@noble/hashes/sha2.js').catch(() => undefined);
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function base64(bytes: Uint8Array): string {
  let text = '';
  bytes.forEach((byte) => { text += String.fromCharCode(byte); });
  return btoa(text);
}
