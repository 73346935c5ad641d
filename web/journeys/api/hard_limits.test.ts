import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, unlinkSync, writeFileSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { append, begin, claimOf, octets, picture, sha256, tus } from '../kit/pictures';
import { activityAt, activityPath, campaignOf, newId, record } from '../kit/records';
import { RunningServer } from '../kit/server';
import { clock, copyTown, startTown } from '../kit/town';

const ownNamespace = ['--user', '--map-root-user', '--mount'];
const mayMount = spawnSync('unshare', [...ownNamespace, 'mount', '-t', 'tmpfs', 'none', tmpdir()]).status === 0;

describe('who tries too often', () => {
  let server: RunningServer;
  let data: string;
  beforeAll(async () => {
    data = copyTown(inject('sample'));
    server = await startTown(data);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('waits after thirty failed passwords from one address, whatever login they were for', async () => {
    const stranger = new Caller(server.origin);
    const guess = (number: number) => stranger.ask<Wire<'Problem'>>('POST', '/api/v1/sessions', {
      json: { login: `shili-${number}`, password: 'Shili-cai-mima' },
    });
    for (let number = 0; number < 30; number++) expect((await guess(number)).status).toBe(401);
    const refused = await guess(30);
    expect(refused.status).toBe(429);
    expect(refused.json.code).toBe('too_many_requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    const { login, password } = new Town(server.origin).account('village');
    const known = await stranger.ask('POST', '/api/v1/sessions', { json: { login, password } });
    expect(known.status, 'a right password from there waits too').toBe(429);
  });
});

// The town lies on a small file system of the server's own, which only a namespace of its own may mount.
describe.runIf(mayMount)('a full disk', () => {
  let server: RunningServer;
  let town: Town;
  let village: Caller;
  let place: string;
  let entry: string;
  let data: string;
  const reserve = 24 << 20;

  beforeAll(async () => {
    const sample = inject('sample');
    data = mkdtempSync(join(tmpdir(), 'wujin-small-disk-'));
    const used = Number(execFileSync('du', ['-sb', sample]).toString().split('\t')[0]);
    const mountAndServe = 'mount -t tmpfs -o size="$1" none "$2" && cp -a "$3/." "$2" && shift 3 && exec "$@"';
    const size = String(Math.round(used * 1.1) + reserve);
    server = await RunningServer.start({
      data, settings: ['--clock', clock], inside: ['unshare', ...ownNamespace, 'sh', '-c', mountAndServe, 'sh', size, data, sample],
    });
    town = new Town(server.origin);
    village = await town.as('village');
    place = town.account('village').place;
    entry = (await campaignOf(village)).entries[0].id;
  });
  afterAll(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  const filler = () => join(`/proc/${server.pid}/root`, data, 'filler');
  const free = () => { const { bavail, bsize } = statfsSync(join(`/proc/${server.pid}/root`, data)); return bavail * bsize; };
  function fill(): void {
    for (let piece = 1 << 20; piece >= 4096; piece = Math.floor(piece / 2)) {
      try {
        for (;;) writeFileSync(filler(), Buffer.alloc(piece), { flag: 'a' });
      } catch (full) {
        expect((full as NodeJS.ErrnoException).code).toBe('ENOSPC');
      }
    }
    expect(free()).toBeLessThan(4096);
  }

  it('refuses a record and a picture with 507, keeps serving, and takes both once there is room', async () => {
    const bytes = picture(400);
    const photo = newId();
    await record(village, activityAt(place, entry, { photos: [claimOf(photo, bytes)] }));
    const path = await begin(village, photo, bytes.length);
    fill();

    const id = newId();
    const change = activityAt(place, entry, { text: '示例：'.repeat(1600) });
    const refusals: number[] = [];
    // The room a database has left inside its own files may still hold a few.
    for (let attempt = 0; attempt < 400 && refusals.length === 0; attempt++) {
      const answer = await village.ask<Wire<'Problem'>>('PUT', activityPath(attempt === 0 ? id : newId()), { json: change });
      if (answer.status !== 201) {
        expect(answer.json.code).toBe('storage_full');
        refusals.push(answer.status);
      }
    }
    expect(refusals).toEqual([507]);
    expect((await append(village, path, 0, bytes)).status).toBe(507);
    expect((await village.get<Wire<'Health'>>('/healthz')).status).toBe('ok');
    expect(await village.get<Wire<'Photo'>>(`/api/v1/photos/${photo}`)).toMatchObject({ received: false });

    unlinkSync(filler());
    await record(village, activityAt(place, entry), newId());
    const at = Number((await village.expects('HEAD', path, 200, { headers: tus })).headers['upload-offset']);
    await village.expects('PATCH', path, 204, { raw: bytes.subarray(at), headers: { ...octets, 'upload-offset': String(at) } });
    expect(await village.get<Wire<'Photo'>>(`/api/v1/photos/${photo}`)).toMatchObject({ received: true, sha256: sha256(bytes) });
    const another = newId();
    await record(village, activityAt(place, entry, { photos: [claimOf(another, picture())] }));
  });
});
