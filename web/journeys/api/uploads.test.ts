import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { append, begin, claimOf, metadata, octets, picture, png, remarked, sha256, tus, upload } from '../kit/pictures';
import { activityAt, activityPath, campaignOf, newId, record } from '../kit/records';

const town = new Town();
let village: Caller;
let entry: string;
const own = town.account('village').place;
const uploads = '/api/v1/uploads';

beforeAll(async () => {
  village = await town.as('village');
  entry = (await campaignOf(village)).entries[0].id;
});

const photoPath = (id: string, rest = '') => `/api/v1/photos/${id}${rest}`;
const offsetOf = async (path: string) => Number((await village.expects('HEAD', path, 200, { headers: tus })).headers['upload-offset']);

/** Asks until it is there: renditions are drawn after the answer. */
async function until<T>(what: () => Promise<T | undefined>): Promise<T> {
  const limit = Date.now() + 30_000;
  for (;;) {
    const found = await what();
    if (found !== undefined) return found;
    if (Date.now() > limit) throw new Error('it never came');
  }
}

describe('tus', () => {
  it('says what is spoken here', async () => {
    const answer = await village.expects('OPTIONS', uploads, 204);
    for (const extension of ['creation', 'creation-with-upload', 'checksum', 'termination', 'expiration']) {
      expect(answer.headers['tus-extension'].split(',')).toContain(extension);
    }
  });

  it('takes a picture in pieces and goes on after a cut at the last byte received', async () => {
    const bytes = picture(200);
    const photo = newId();
    await record(village, activityAt(own, entry, { photos: [claimOf(photo, bytes)] }));
    const path = await begin(village, photo, bytes.length);
    expect(await offsetOf(path)).toBe(0);
    const middle = Math.floor(bytes.length / 2);
    expect((await append(village, path, 0, bytes.subarray(0, middle))).status).toBe(204);
    expect(await offsetOf(path)).toBe(middle);
    expect(await village.get<Wire<'Photo'>>(photoPath(photo))).toMatchObject({ received: false, received_bytes: middle });
    const repeated = await append(village, path, 0, bytes.subarray(0, middle));
    expect(repeated.status).toBe(409);
    expect((await append(village, path, middle, bytes.subarray(middle))).status).toBe(204);
    const held = await village.get<Wire<'Photo'>>(photoPath(photo));
    expect(held).toMatchObject({ received: true, sha256: sha256(bytes), bytes: bytes.length, received_bytes: bytes.length });
    expect(Buffer.from((await village.expects('GET', photoPath(photo, '/original'), 200)).bytes).equals(bytes)).toBe(true);
    const small = await until(async () => {
      const answer = await village.ask('GET', photoPath(photo, '/320'));
      return answer.status === 200 ? answer : undefined;
    });
    expect(Buffer.from(small.bytes.subarray(0, 3)).toString('hex')).toBe('ffd8ff');
    await until(async () => ((await village.ask('GET', photoPath(photo, '/1280'))).status === 200 ? true : undefined));
  });

  it('takes the first bytes with the beginning', async () => {
    const bytes = picture();
    const photo = newId();
    await record(village, activityAt(own, entry, { photos: [claimOf(photo, bytes)] }));
    const answer = await village.expects('POST', uploads, 201, {
      raw: bytes, headers: { ...octets, 'upload-length': String(bytes.length), 'upload-metadata': metadata(photo) },
    });
    expect(answer.headers['upload-offset']).toBe(String(bytes.length));
    expect((await village.get<Wire<'Photo'>>(photoPath(photo))).received).toBe(true);
  });

  it('takes a picture that arrives before its activity, and keeps it to its uploader until it is claimed', async () => {
    const bytes = picture();
    const photo = newId();
    expect((await upload(village, photo, bytes)).status).toBe(204);
    const stranger = await town.as('station');
    await stranger.get(photoPath(photo), 404);
    const made = await record(village, activityAt(own, entry, { photos: [claimOf(photo, bytes)] }));
    expect(made.photos[0].received).toBe(true);
    await stranger.get(photoPath(photo));
  });

  it('refuses to begin again what is already here', async () => {
    const bytes = picture();
    const photo = newId();
    await upload(village, photo, bytes);
    await village.expects('POST', uploads, 409, { headers: { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata(photo) } });
  });

  it('drops a piece whose checksum does not match, and the offset stays', async () => {
    const bytes = picture();
    const path = await begin(village, newId(), bytes.length);
    const wrong = { 'upload-checksum': `sha256 ${randomBytes(32).toString('base64')}` };
    expect((await append(village, path, 0, bytes, wrong)).status).toBe(460);
    expect(await offsetOf(path)).toBe(0);
    const right = { 'upload-checksum': `sha256 ${createHash('sha256').update(bytes).digest('base64')}` };
    expect((await append(village, path, 0, bytes, right)).status).toBe(204);
    const begun = await village.ask('POST', uploads, {
      raw: bytes, headers: { ...octets, ...wrong, 'upload-length': String(bytes.length), 'upload-metadata': metadata(newId()) },
    });
    expect(begun.status).toBe(460);
  });

  it('can be given up', async () => {
    const path = await begin(village, newId(), 1000);
    await village.expects('DELETE', path, 204, { headers: tus });
    await village.expects('HEAD', path, 410, { headers: tus });
    await village.expects('DELETE', path, 410, { headers: tus });
    expect((await append(village, path, 0, new Uint8Array(10))).status).toBe(410);
  });

  it('belongs to who began it', async () => {
    const path = await begin(village, newId(), 1000);
    const stranger = await town.as('station');
    await stranger.expects('HEAD', path, 404, { headers: tus });
    expect((await append(stranger, path, 0, new Uint8Array(10))).status).toBe(404);
    await stranger.expects('DELETE', path, 404, { headers: tus });
  });

  it('speaks one version only', async () => {
    const old = { ...octets, 'tus-resumable': '0.2.2' };
    const path = await begin(village, newId(), 1000);
    await village.expects('POST', uploads, 412, { broken: true, headers: { ...old, 'upload-length': '10', 'upload-metadata': metadata(newId()) } });
    await village.expects('PATCH', path, 412, { broken: true, raw: new Uint8Array(10), headers: { ...old, 'upload-offset': '0' } });
  });

  it('is for those who may record somewhere', async () => {
    const headers = { ...tus, 'upload-length': '10', 'upload-metadata': metadata(newId()) };
    await (await town.as('auditor')).expects('POST', uploads, 403, { headers });
  });
});

describe('a picture that cannot be kept', () => {
  const truncated = () => picture(300).subarray(0, 900);
  const cases: [string, () => Uint8Array][] = [
    ['is no picture', () => Buffer.from('示例'.repeat(300))],
    ['is a script', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'.padEnd(600))],
    ['is a page', () => Buffer.from('<!doctype html><script>alert(1)</script>'.padEnd(600))],
    ['is truncated', truncated],
    ['claims 60000 × 60000', () => png(60_000, 60_000, Buffer.alloc(1000))],
    ['is a bomb', () => png(20_000, 20_000, Buffer.alloc(20_000 * 64))],
    ['is nothing but a header', () => picture().subarray(0, 33)],
    ['is a PDF', () => Buffer.from('%PDF-1.7\n'.padEnd(600))],
  ];

  it.each(cases)('%s: told at the last byte, dropped, and its activity stays', async (_, make) => {
    const bytes = make();
    const photo = newId();
    const made = await record(village, activityAt(own, entry, { photos: [claimOf(photo, bytes)] }));
    const path = await begin(village, photo, bytes.length);
    const answer = await append(village, path, 0, bytes);
    expect(answer.status).toBe(422);
    await village.expects('HEAD', path, 410, { headers: tus });
    expect((await village.get<Wire<'Photo'>>(photoPath(photo))).received).toBe(false);
    expect((await village.get<Wire<'Activity'>>(activityPath(made.id))).title).toBe(made.title);
    await village.get(photoPath(photo, '/320'), 404);
  });

  it('is another than was announced: told, dropped, and may be begun anew', async () => {
    const drawn = picture();
    const [announced, sent] = [remarked(drawn, 'one'), remarked(drawn, 'two')];
    const photo = newId();
    await record(village, activityAt(own, entry, { photos: [claimOf(photo, announced)] }));
    const path = await begin(village, photo, sent.length, { sha256: sha256(announced) });
    expect((await append(village, path, 0, sent)).status).toBe(422);
    expect((await upload(village, photo, announced)).status).toBe(204);
  });

  it.each([
    ['without a picture’s id', { 'upload-length': '10', 'upload-metadata': 'filename eC5qcGc=' }],
    ['with an id that is none', { 'upload-length': '10', 'upload-metadata': metadata('no-uuid') }],
    ['without a length', { 'upload-metadata': metadata(newId()) }],
    ['with a length of nought', { 'upload-length': '0', 'upload-metadata': metadata(newId()) }],
    ['with metadata that is no base64', { 'upload-length': '10', 'upload-metadata': 'photo !!!' }],
  ])('cannot be begun %s', async (_, headers) => {
    await village.expects('POST', uploads, 422, { broken: true, headers: { ...tus, ...headers } });
  });

  it('is larger than is taken', async () => {
    const answer = await village.ask('POST', uploads, { broken: true, headers: { ...tus, 'upload-length': String(2 ** 31), 'upload-metadata': metadata(newId()) } });
    expect([413, 422]).toContain(answer.status);
  });
});

describe('pictures', () => {
  it('of nobody are not there', async () => {
    for (const rest of ['', '/320', '/1280', '/original', '/near-duplicates']) await village.get(photoPath(newId(), rest), 404);
  });

  it('that look alike across the campaign are shown', async () => {
    const bytes = picture(160);
    const twin = remarked(bytes, 'copied');
    const [first, second] = [newId(), newId()];
    await record(village, activityAt(own, entry, { photos: [claimOf(first, bytes)] }));
    await record(village, activityAt(own, entry, { title: '示例：又用了一次', photos: [claimOf(second, twin)] }));
    await upload(village, first, bytes);
    await upload(village, second, twin);
    const near = await until(async () => {
      const list = await village.get<Wire<'NearDuplicateList'>>(photoPath(second, '/near-duplicates'));
      return list.items.length > 0 ? list.items : undefined;
    });
    expect(near[0]).toMatchObject({ photo: first, distance: 0, place: own });
  });

  it('left out of an edit are gone from the activity and from the server', async () => {
    const bytes = picture();
    const photo = newId();
    const made = await record(village, activityAt(own, entry, { photos: [claimOf(photo, bytes)] }));
    await upload(village, photo, bytes);
    const now = await village.get<Wire<'Activity'>>(activityPath(made.id));
    await village.expects('PUT', activityPath(made.id), 200, { json: activityAt(own, entry), headers: { 'if-match': now.etag } });
    await village.get(photoPath(photo), 404);
  });
});
