import { newId } from '@wujin/api';
import { shelf, type Kept } from '../store';

// Two tabs share one outbox, and only one of them may send. `navigator.locks` is missing over plain HTTP and on old phones;
// a lease written in a database transaction works everywhere, and runs out by itself when its tab is killed.
interface Lease extends Kept { holder: string; until: number }
const key = 'lease.sender';
export const leaseTime = 20_000;
const self = newId();

export function grant(found: Lease | undefined, holder: string, at: number): Lease | undefined {
  return found && found.holder !== holder && found.until > at && found.until <= at + 2 * leaseTime ? undefined : { key, holder, until: at + leaseTime };
}

/** Takes the lease or renews it; false when another tab holds it. */
export async function takeLease(holder = self): Promise<boolean> {
  let mine = false;
  await shelf.change<Lease>('settings', key, (found) => {
    const next = grant(found, holder, Date.now());
    mine = next !== undefined;
    return next;
  });
  return mine || !shelf.isLasting;
}

export async function giveUpLease(holder = self): Promise<void> {
  await shelf.change<Lease>('settings', key, (found) => (found?.holder === holder ? { ...found, until: 0 } : undefined));
}
