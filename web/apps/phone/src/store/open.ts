import { openDB, type IDBPDatabase } from 'idb';
import { Shelf, tables } from './shelf';

export const databaseName = 'wujin-phone';
const version = 1;

/** Opens the phone's database; a browser without one (private window, forbidden storage) gets a shelf in memory. */
export async function openShelf(name = databaseName): Promise<Shelf> {
  try {
    return new Shelf(await opened(name));
  } catch {
    return new Shelf();
  }
}

function opened(name: string): Promise<IDBPDatabase> {
  const opening = openDB(name, version, {
    upgrade(database) {
      for (const table of tables) {
        if (!database.objectStoreNames.contains(table)) database.createObjectStore(table, { keyPath: 'key' });
      }
    },
    // A newer page in another tab wants to change the tables: let it, and read anew.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      globalThis.location?.reload();
    },
  });
  // Some WebViews never answer at all.
  const silence = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('the database does not answer')), 5000));
  return Promise.race([opening, silence]);
}
