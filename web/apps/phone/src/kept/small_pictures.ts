// The small pictures of what the phone keeps, so that a month looks the same without signal. Only where the service worker can answer with them.
import type { Activity } from './kept';

export const cacheName = 'small-pictures';
const mostAtOnce = 40;
const addressOf = (photo: string): string => `/api/v1/photos/${photo}/320`;

export interface Errand { fetch: string[]; drop: string[] }

/** What to fetch (the newest first, not too much at a time) and what to forget, because its record is gone from here. */
export function errand(activities: readonly Activity[], cached: readonly string[]): Errand {
  const wanted = activities.flatMap((activity) => activity.photos.filter((photo) => photo.received && photo.renditions_ready !== false).map((photo) => addressOf(photo.id)));
  const isCached = new Set(cached);
  const isWanted = new Set(wanted);
  return { fetch: wanted.filter((address) => !isCached.has(address)).slice(0, mostAtOnce), drop: cached.filter((address) => !isWanted.has(address)) };
}

interface Connection { saveData?: boolean; effectiveType?: string }

export async function keepSmallPictures(activities: readonly Activity[]): Promise<void> {
  if (!globalThis.caches || !navigator.serviceWorker?.controller) return;
  const cache = await caches.open(cacheName);
  const cached = (await cache.keys()).map((request) => new URL(request.url).pathname);
  const { fetch: missing, drop } = errand(activities, cached);
  for (const address of drop) await cache.delete(address);
  const { connection } = navigator as { connection?: Connection };
  if (connection?.saveData || /2g/.test(connection?.effectiveType ?? '')) return;
  for (const address of missing) {
    // The service worker keeps the answer; one that fails is asked for again another time.
    const answer = await fetch(address).catch(() => undefined);
    if (!answer) return;
  }
}
