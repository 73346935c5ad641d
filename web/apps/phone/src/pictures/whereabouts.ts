import { setting } from '../store';

export interface Whereabouts { latitude: number; longitude: number }

/** Where the phone is, if its owner switched that on: Android takes the place out of pictures it hands to a page. A claim, never asked for. */
export async function whereabouts(): Promise<Whereabouts | undefined> {
  if (!(await setting<boolean>('pictures.place')) || !navigator.geolocation) return undefined;
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude }),
      () => resolve(undefined),
      { maximumAge: 120_000, timeout: 8000 },
    );
  });
}

const fresh = 10 * 60_000;

/** A picture from the album of another day was not taken here. Without a time of its own it may be old too: then nothing is claimed. */
export function isTakenNow(taken: string | undefined, now: number): boolean {
  return taken !== undefined && Math.abs(now - Date.parse(taken)) < fresh;
}
