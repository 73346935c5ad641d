import { newId } from '@wujin/api';
import { shelf, type Kept } from '../store';

// Two tabs share one outbox, and only one of them may send. `navigator.locks` is missing over plain HTTP and on old phones;
// a lease written in a database transaction works everywhere, and runs out by itself when its tab is killed.
interface Lease extends Kept { holder: string; until: number }
const key = 'lease.sender';
export const leaseTime = 20_000;

/**
 * Who a page is. One that is left hands its name to the next in the same tab, which then goes on at once instead of waiting for the
 * lease to run out. It lies in the tab only between two pages, and no longer than a lease: a tab that is duplicated copies nothing.
 */
export class Holder {
  readonly name: string;

  constructor(private readonly tab: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined, fresh = newId()) {
    const [name = '', left = ''] = (tab?.getItem(key) ?? '').split(' ');
    this.name = name && Date.now() - Number(left) < leaseTime ? name : fresh;
    this.come();
  }

  leave(): void {
    this.tab?.setItem(key, `${this.name} ${Date.now()}`);
  }

  come(): void {
    this.tab?.removeItem(key);
  }
}

function tabStorage(): Storage | undefined {
  try {
    return typeof sessionStorage === 'undefined' ? undefined : sessionStorage;
  } catch {
    return undefined;
  }
}

const thisPage = new Holder(tabStorage());
if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => thisPage.leave());
  window.addEventListener('pageshow', (event) => { if (event.persisted) thisPage.come(); });
}
const self = thisPage.name;

export function grant(found: Lease | undefined, holder: string, at: number): Lease | undefined {
  return found && found.holder !== holder && found.until > at && found.until <= at + 2 * leaseTime ? undefined : { key, holder, until: at + leaseTime };
}

/** Takes the lease or renews it; false when another tab holds it. */
export async function takeLease(by = self): Promise<boolean> {
  let mine = false;
  await shelf.change<Lease>('settings', key, (found) => {
    const next = grant(found, by, Date.now());
    mine = next !== undefined;
    return next;
  });
  return mine || !shelf.isLasting;
}

export async function giveUpLease(by = self): Promise<void> {
  await shelf.change<Lease>('settings', key, (found) => (found?.holder === by ? { ...found, until: 0 } : undefined));
}
