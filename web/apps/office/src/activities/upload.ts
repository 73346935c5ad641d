/** Sends one picture by tus, resumed after a cut at the last byte the server holds. */
async function sendPhoto(photo: { id: string; sha256: string; file: File }, onProgress: (sent: number) => void): Promise<void> {
  const { Upload } = await import('tus-js-client');
  await new Promise<void>((resolve, reject) => {
    const upload = new Upload(photo.file, {
      // An absolute address: a relative one jams the client when the server answers with a relative Location.
      endpoint: new URL('/api/v1/uploads', location.origin).href,
      chunkSize: 4 << 20,
      retryDelays: [0, 1000, 3000, 8000, 20_000],
      metadata: { photo: photo.id, sha256: photo.sha256, filename: photo.file.name, filetype: photo.file.type },
      storeFingerprintForResuming: false,
      uploadDataDuringCreation: true,
      onProgress: (sent) => onProgress(sent),
      onSuccess: () => resolve(),
      onError: (failure) => {
        // 409: the picture is already there, which is what was wanted.
        if ('originalResponse' in failure && failure.originalResponse?.getStatus() === 409) resolve();
        else reject(failure);
      },
    });
    upload.start();
  });
}

interface Waiting { id: string; sha256: string; file: File; sent: number; done: boolean }

/** Sends one after another what has not arrived yet, `began` before each; answers the first that failed, and stops there. */
export async function sendPhotos<P extends Waiting>(photos: readonly P[], began: (done: number) => void): Promise<P | undefined> {
  for (const photo of photos.filter((waiting) => !waiting.done)) {
    began(photos.filter((sent) => sent.done).length);
    try {
      await sendPhoto(photo, (bytes) => { photo.sent = bytes; });
      photo.done = true;
    } catch {
      return photo;
    }
  }
  return undefined;
}
