import { openShelf } from './open';
import { lasting, Shelf, type Kept } from './shelf';

export { lasting, Shelf, type Kept, type Lasting, type Table } from './shelf';
export { databaseName, openShelf } from './open';

/** The one shelf of this page, opened before anything is mounted. */
export let shelf = new Shelf();

export async function startShelf(opened?: Shelf): Promise<Shelf> {
  shelf = opened ?? await openShelf();
  lasting.value = shelf.isLasting ? 'lasting' : 'passing';
  // Asks the browser not to clear it when space runs short. A refusal changes nothing.
  void globalThis.navigator?.storage?.persist?.().catch(() => false);
  return shelf;
}

interface Setting<T> extends Kept { value: T }

export async function setting<T>(key: string): Promise<T | undefined> {
  return (await shelf.get<Setting<T>>('settings', key))?.value;
}

export async function keepSetting<T>(key: string, value: T): Promise<void> {
  await shelf.put(['settings', plain<Setting<T>>({ key, value })]);
}

export async function dropSetting(key: string): Promise<void> {
  await shelf.remove(['settings', key]);
}

/** A copy without Vue's proxies, which no database takes. Only for values that JSON can hold. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
