import { targetSize, type Outcome, type Task } from './target_size';

const self = globalThis as unknown as DedicatedWorkerGlobalScope;

self.onmessage = async (event: MessageEvent<Task>): Promise<void> => {
  const { id, blob, longestSide, quality } = event.data;
  const answer = (outcome: Omit<Outcome, 'id'>): void => self.postMessage({ id, ...outcome });
  try {
    const picture = await createImageBitmap(blob, { imageOrientation: 'from-image' });
    const size = targetSize(picture.width, picture.height, longestSide);
    if (!size) return answer({});
    const canvas = new OffscreenCanvas(size.width, size.height);
    canvas.getContext('2d')!.drawImage(picture, 0, 0, size.width, size.height);
    picture.close();
    answer({ blob: await canvas.convertToBlob({ type: 'image/jpeg', quality }), ...size });
  } catch (problem) {
    answer({ problem: String(problem) });
  }
};
