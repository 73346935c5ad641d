// Where the phone keeps things. Every write goes to the browser's database first; what it refuses (full, forbidden, missing)
// stays in memory and the page says so, because a record that was typed must never be dropped without a word.
import type { IDBPDatabase } from 'idb';
import { ref } from 'vue';

export type Table = 'outbox' | 'files' | 'kept' | 'settings';
export const tables: Table[] = ['outbox', 'files', 'kept', 'settings'];

export interface Kept { key: string }

/** lasting: survives closing the browser. passing: only until the page closes. full: new things are passing. */
export type Lasting = 'lasting' | 'passing' | 'full';
export const lasting = ref<Lasting>('lasting');

export class Shelf {
  private readonly memory = new Map<Table, Map<string, Kept>>(tables.map((table) => [table, new Map()]));

  constructor(private readonly database?: IDBPDatabase) {}

  get isLasting(): boolean { return this.database !== undefined; }

  async get<T extends Kept>(table: Table, key: string): Promise<T | undefined> {
    const held = this.memory.get(table)!.get(key);
    if (held) return held as T;
    return this.reading(() => this.database!.get(table, key) as Promise<T | undefined>, undefined);
  }

  async all<T extends Kept>(table: Table): Promise<T[]> {
    const written = await this.reading(() => this.database!.getAll(table) as Promise<T[]>, []);
    const held = this.memory.get(table)!;
    return [...written.filter((value) => !held.has(value.key)), ...(Array.from(held.values()) as T[])];
  }

  async keys(table: Table): Promise<string[]> {
    const written = await this.reading(() => this.database!.getAllKeys(table) as Promise<string[]>, []);
    return Array.from(new Set([...written, ...Array.from(this.memory.get(table)!.keys())]));
  }

  /** Writes all or, when the database refuses, keeps all in memory. Tells which. */
  async put(...writes: [Table, Kept][]): Promise<Lasting> {
    if (this.database) {
      try {
        const transaction = this.database.transaction(Array.from(new Set(writes.map(([table]) => table))), 'readwrite');
        for (const [table, value] of writes) void transaction.objectStore(table).put(value).catch(() => undefined);
        await transaction.done;
        for (const [table, value] of writes) this.memory.get(table)!.delete(value.key);
        if (lasting.value === 'full' && this.heldInMemory() === 0) lasting.value = 'lasting';
        return 'lasting';
      } catch {
        lasting.value = 'full';
      }
    }
    for (const [table, value] of writes) this.memory.get(table)!.set(value.key, value);
    return this.database ? 'full' : 'passing';
  }

  async remove(...removals: [Table, string][]): Promise<void> {
    for (const [table, key] of removals) this.memory.get(table)!.delete(key);
    await this.reading(async () => {
      const transaction = this.database!.transaction(Array.from(new Set(removals.map(([table]) => table))), 'readwrite');
      for (const [table, key] of removals) void transaction.objectStore(table).delete(key).catch(() => undefined);
      await transaction.done;
    }, undefined);
    await this.lift();
  }

  async clear(table: Table): Promise<void> {
    this.memory.get(table)!.clear();
    await this.reading(() => this.database!.clear(table), undefined);
  }

  /**
   * Changes one value while no other tab can: a transaction of the browser's database is the only lock every browser has.
   * Without a database no other tab shares anything, and there is nothing to lock.
   */
  async change<T extends Kept>(table: Table, key: string, to: (found: T | undefined) => T | undefined): Promise<T | undefined> {
    if (!this.database) {
      const next = to(this.memory.get(table)!.get(key) as T | undefined);
      if (next) this.memory.get(table)!.set(key, next);
      return next;
    }
    return this.reading(async () => {
      const transaction = this.database!.transaction(table, 'readwrite');
      const next = to(await transaction.store.get(key) as T | undefined);
      if (next) await transaction.store.put(next);
      await transaction.done;
      return next;
    }, undefined);
  }

  private heldInMemory(): number {
    return tables.reduce((count, table) => count + this.memory.get(table)!.size, 0);
  }

  /** After room was made: what only memory holds is written after all. */
  private async lift(): Promise<void> {
    if (!this.database || lasting.value !== 'full') return;
    const held = tables.flatMap((table) => Array.from(this.memory.get(table)!.values(), (value): [Table, Kept] => [table, value]));
    if (held.length > 0) await this.put(...held);
    else lasting.value = 'lasting';
  }

  private async reading<T>(act: () => Promise<T>, otherwise: T): Promise<T> {
    if (!this.database) return otherwise;
    try {
      return await act();
    } catch {
      return otherwise;
    }
  }
}
