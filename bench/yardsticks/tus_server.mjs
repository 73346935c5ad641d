// @tus/server over its file store: node tus_server.mjs FOLDER PORT. The store never syncs; here a finished upload is synced
// before it is acknowledged. Its folder is not, which is kind to the yardstick.
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

const [folder, port] = process.argv.slice(2);
const tus = new Server({
  path: '/files',
  datastore: new FileStore({ directory: folder }),
  async onUploadFinish(_request, upload) {
    const file = await open(`${folder}/${upload.id}`, 'r+');
    await file.sync();
    await file.close();
    return {};
  },
});
createServer((request, response) => (request.url === '/' ? response.end('ready') : tus.handle(request, response))).listen(Number(port), '127.0.0.1');
