/**
 * SHA-256 of a file. An office opens the desk over plain HTTP, where the browser keeps `crypto.subtle` away,
 * so the sum is then made by a library, a slice at a time to let the page breathe.
 */
export async function sha256(file: Blob, byLibrary = !globalThis.crypto?.subtle): Promise<string> {
  if (!byLibrary) return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));
  const { sha256: digest } = await import('@noble/hashes/sha2.js');
  const sum = digest.create();
  const slice = 1 << 20;
  for (let at = 0; at < file.size; at += slice) {
    sum.update(new Uint8Array(await file.slice(at, at + slice).arrayBuffer()));
    await new Promise((resume) => setTimeout(resume));
  }
  return hex(sum.digest());
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
