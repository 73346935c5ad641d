import { newId } from '@wujin/api';
import { reactive } from 'vue';
import { sha256Hex } from '../pictures/digest';
import { dropSetting, keepSetting, setting } from '../store';
import { account, session } from './session';

// The PIN keeps a borrowed phone from being read. It is no password: it opens only what this phone already shows.
interface Pin { account: string; salt: string; hash: string; failures: number }
const rounds = 2000;
const mostFailures = 5;

/** Whether the page waits for its PIN, or for a first one to be chosen, or (spent: too many wrong ones) for the password. */
export const lock = reactive<{ locked: boolean; chosen: boolean; spent: boolean }>({ locked: false, chosen: false, spent: false });

async function hashed(pin: string, salt: string): Promise<string> {
  let hash = await sha256Hex(new TextEncoder().encode(`${salt}:${pin}`));
  for (let round = 1; round < rounds; round += 1) hash = await sha256Hex(new TextEncoder().encode(hash + salt));
  return hash;
}

async function ofThisAccount(): Promise<Pin | undefined> {
  const pin = await setting<Pin>('pin');
  return pin && pin.account === account.value ? pin : undefined;
}

export async function startLock(): Promise<void> {
  lock.spent = (await setting<boolean>('pin.spent')) ?? false;
  await lockWhenIdle();
  if (lock.spent && session.me) lock.locked = true;
}

const limit = (): number => (session.me?.pin_after_minutes ?? 15) * 60_000;

/** Call when the page comes to the front: a phone that lay about is locked. */
export async function lockWhenIdle(): Promise<void> {
  const last = await setting<number>('pin.used');
  lock.chosen = (await ofThisAccount()) !== undefined;
  if (session.me && last !== undefined && Date.now() - last > limit()) lock.locked = true;
}

let noted = 0;
/** Call when the page is touched. Written at most every half minute. */
export function noteUse(): void {
  if (lock.locked || !session.me || Date.now() - noted < 30_000) return;
  noted = Date.now();
  void keepSetting('pin.used', noted);
}

export async function choosePin(pin: string): Promise<void> {
  const salt = newId();
  await keepSetting<Pin>('pin', { account: account.value ?? '', salt, hash: await hashed(pin, salt), failures: 0 });
  await keepSetting('pin.used', Date.now());
  lock.chosen = true;
  lock.locked = false;
}

/** open: right. wrong: try again. spent: too many wrong ones, the password is asked for. */
export async function tryPin(text: string): Promise<'open' | 'wrong' | 'spent'> {
  const pin = await ofThisAccount();
  if (!pin) return 'spent';
  if ((await hashed(text, pin.salt)) === pin.hash) {
    await keepSetting<Pin>('pin', { ...pin, failures: 0 });
    await keepSetting('pin.used', Date.now());
    lock.locked = false;
    return 'open';
  }
  const failures = pin.failures + 1;
  if (failures >= mostFailures) {
    await dropSetting('pin');
    await keepSetting('pin.spent', true);
    lock.spent = true;
    lock.chosen = false;
    return 'spent';
  }
  await keepSetting<Pin>('pin', { ...pin, failures });
  return 'wrong';
}

/** After a sign-in by password or link the phone is in use, whatever came before. */
export async function noteSignIn(): Promise<void> {
  await keepSetting('pin.used', Date.now());
  await dropSetting('pin.spent');
  lock.spent = false;
  lock.locked = false;
  lock.chosen = (await ofThisAccount()) !== undefined;
}

export async function dropPin(): Promise<void> {
  await dropSetting('pin');
  await dropSetting('pin.used');
  await dropSetting('pin.spent');
  lock.spent = false;
  lock.chosen = false;
  lock.locked = false;
}
