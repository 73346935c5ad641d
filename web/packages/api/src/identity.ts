/**
 * A version 7 UUID (RFC 9562): the moment in milliseconds, then random bits, so that records lie in the database in the order
 * they were born. Plain HTTP on an office network is no secure context and has no `crypto.randomUUID`, but `getRandomValues`
 * is there everywhere.
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now(), view = new DataView(bytes.buffer);
  view.setUint16(0, now / 2 ** 32);
  view.setUint32(2, now);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
