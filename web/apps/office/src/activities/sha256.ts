/**
 * SHA-256 of a file. An office opens the desk over plain HTTP, where the browser keeps `crypto.subtle` away,
 * so the sum is then made here (FIPS 180-4), a slice at a time to let the page breathe.
 */
export async function sha256(file: Blob, ownHands = !globalThis.crypto?.subtle): Promise<string> {
  if (!ownHands) return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));
  const sum = new Sha256();
  const slice = 1 << 20;
  for (let at = 0; at < file.size; at += slice) {
    sum.add(new Uint8Array(await file.slice(at, at + slice).arrayBuffer()));
    await new Promise((resume) => setTimeout(resume));
  }
  return hex(sum.finish());
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The first 32 bits of the fractional parts of a root of the first primes, as the standard defines its constants. */
function primeRoots(count: number, root: (prime: number) => number): Uint32Array {
  const found = new Uint32Array(count);
  for (let candidate = 2, n = 0; n < count; candidate++) {
    let prime = true;
    for (let factor = 2; factor * factor <= candidate; factor++) if (candidate % factor === 0) { prime = false; break; }
    if (prime) { const value = root(candidate); found[n++] = (value - Math.floor(value)) * 2 ** 32; }
  }
  return found;
}
const start = primeRoots(8, Math.sqrt);
const rounds = primeRoots(64, Math.cbrt);

class Sha256 {
  readonly #state = Uint32Array.from(start);
  readonly #block = new Uint8Array(64);
  readonly #words = new Uint32Array(64);
  #held = 0;
  #length = 0;

  add(bytes: Uint8Array): void {
    this.#length += bytes.length;
    for (let at = 0; at < bytes.length;) {
      const part = Math.min(64 - this.#held, bytes.length - at);
      this.#block.set(bytes.subarray(at, at + part), this.#held);
      this.#held += part;
      at += part;
      if (this.#held === 64) this.#mix();
    }
  }

  finish(): Uint8Array {
    const bits = this.#length * 8;
    this.#block[this.#held++] = 0x80;
    if (this.#held > 56) {
      this.#block.fill(0, this.#held);
      this.#mix();
    }
    this.#block.fill(0, this.#held);
    const view = new DataView(this.#block.buffer);
    view.setUint32(56, Math.floor(bits / 2 ** 32));
    view.setUint32(60, bits >>> 0);
    this.#mix();
    const out = new DataView(new ArrayBuffer(32));
    this.#state.forEach((word, index) => out.setUint32(index * 4, word));
    return new Uint8Array(out.buffer);
  }

  #mix(): void {
    const w = this.#words;
    const view = new DataView(this.#block.buffer);
    const turn = (x: number, by: number): number => (x >>> by) | (x << (32 - by));
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(i * 4);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15]!, b = w[i - 2]!;
      w[i] = w[i - 16]! + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7]! + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = this.#state as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i]! + w[i]!) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => { this.#state[index] = (this.#state[index]! + word) | 0; });
    this.#held = 0;
  }
}
