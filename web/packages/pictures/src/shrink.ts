// Shrinks a picture to at most 2560 px before it travels. In a worker where the browser can draw there, else on the page.
import { isHeic } from './exif';
import { bytesOf } from './bytes';
import { lying } from './lying';
import { targetSize, type Outcome, type Task } from './target_size';

export const longestSide = 2560;
const quality = 0.85;

/** The picture to send: a smaller JPEG, or the very file when it is small already or the browser cannot decode it (HEIC). */
export async function shrink(file: Blob, orientation = 1): Promise<Blob> {
  if (isHeic(new Uint8Array(await bytesOf(file.slice(0, 16))))) return file;
  // A browser that ignores EXIF's orientation would draw it lying down and the hint would be gone: send it as picked.
  if (orientation > 1 && !(await turnsUpright())) return file;
  const drawn = (await inWorker(file)) ?? (await onPage(file).catch(() => undefined));
  return drawn && drawn.size < file.size ? drawn : file;
}

let worker: Worker | undefined;
let workerWorks = typeof Worker !== 'undefined' && typeof OffscreenCanvas !== 'undefined' && typeof createImageBitmap !== 'undefined';
let task = 0;

async function inWorker(blob: Blob): Promise<Blob | undefined> {
  if (!workerWorks) return undefined;
  const { default: ShrinkWorker } = await import('./shrink.worker?worker');
  worker ??= new ShrinkWorker();
  const id = (task += 1);
  const busy = worker;
  return new Promise((resolve) => {
    const finish = (result: Blob | undefined): void => {
      clearTimeout(timer);
      busy.removeEventListener('message', listen);
      busy.removeEventListener('error', fail);
      resolve(result);
    };
    const listen = (event: MessageEvent<Outcome>): void => { if (event.data.id === id) finish(event.data.blob); };
    const fail = (): void => { workerWorks = false; finish(undefined); };
    const timer = setTimeout(fail, 60_000);
    busy.addEventListener('message', listen);
    busy.addEventListener('error', fail);
    busy.postMessage({ id, blob, longestSide, quality } satisfies Task);
  });
}

async function onPage(blob: Blob): Promise<Blob | undefined> {
  const image = await decoded(blob);
  const size = targetSize(image.naturalWidth, image.naturalHeight, longestSide);
  if (!size) return undefined;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, size);
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  pen.drawImage(image, 0, 0, size.width, size.height);
  const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
  // Old phones keep every canvas until it is emptied.
  Object.assign(canvas, { width: 0, height: 0 });
  return drawn ?? undefined;
}

function decoded(blob: Blob): Promise<HTMLImageElement> {
  const url = URL.createObjectURL(blob);
  const image = new Image();
  return new Promise<HTMLImageElement>((resolve, reject) => {
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('the browser cannot decode it'));
    image.src = url;
  }).finally(() => URL.revokeObjectURL(url));
}

let upright: Promise<boolean> | undefined;

function turnsUpright(): Promise<boolean> {
  upright ??= (async () => {
    const bytes = Uint8Array.from(atob(lying), (letter) => letter.charCodeAt(0));
    const image = await decoded(new Blob([bytes], { type: 'image/jpeg' })).catch(() => undefined);
    return image !== undefined && image.naturalWidth === 1 && image.naturalHeight === 2;
  })();
  return upright;
}
