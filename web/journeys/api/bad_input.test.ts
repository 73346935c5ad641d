import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { note, type Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { append, begin, claimOf, picture, tus } from '../kit/pictures';
import { activityAt, activityPath, campaignOf, newId, planPath, record, rowOf } from '../kit/records';

const town = new Town();
const own = town.account('village').place;
let village: Caller;
let station: Caller;
let entry: string;
let other: string;

beforeAll(async () => {
  [village, station] = [await town.as('village'), await town.as('station')];
  entry = (await campaignOf(village)).entries[0].id;
  const places = (await station.get<Wire<'PlaceList'>>('/api/v1/places')).items;
  other = places.find((place) => place.kind === 'village' && place.id !== own)?.id ?? '';
});

const whole = () => JSON.stringify(activityAt(own, entry));
const nested = (levels: number) => `{"campaign":${'['.repeat(levels)}${']'.repeat(levels)}}`;
const json = { 'content-type': 'application/json' };

describe('a body that cannot be read', () => {
  const bodies: [string, () => string | Uint8Array, number[]][] = [
    ['nothing', () => '', [400, 422]],
    ['half of it', () => whole().slice(0, 60), [400]],
    ['no JSON', () => 'campaign=baofeng-2023', [400]],
    ['a trailing comma', () => whole().replace('}', ',}'), [400]],
    ['something after it', () => `${whole()} {}`, [400]],
    ['single quotes', () => whole().replaceAll('"', "'"), [400]],
    ['NaN', () => whole().replace('"photos":[]', '"photos":NaN'), [400]],
    ['a number past every measure', () => whole().replace('"photos":[]', '"photos":[],"people_about":1e999'), [400, 422]],
    ['deep nesting', () => nested(40), [400]],
    ['very deep nesting', () => nested(100_000), [400]],
    ['GB18030', () => Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xca, 0xbe, 0xc0, 0xfd]), Buffer.from('"}')]), [400]],
    ['UTF-16', () => Buffer.from(whole(), 'utf16le'), [400]],
    ['an overlong form', () => Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]), [400]],
    ['half a surrogate', () => whole().replace('"photos":[]', '"photos":[],"point":"\\ud800"'), [400, 422]],
    ['a list', () => '[]', [422]],
    ['null', () => 'null', [422]],
    ['more than is taken', () => whole().replace('"photos":[]', `"photos":[],"point":"${'示'.repeat(600_000)}"`), [413]],
  ];

  it.each(bodies)('%s: a clear problem, and nothing is written', async (_, make, statuses) => {
    const id = newId();
    const answer = await village.ask<Wire<'Problem'>>('PUT', activityPath(id), { raw: make(), headers: json, broken: true });
    expect(statuses, answer.text.slice(0, 300)).toContain(answer.status);
    expect(answer.json.title.length).toBeGreaterThan(2);
    await village.get(activityPath(id), 404);
  });

  it('of a media type or an encoding nobody asked for', async () => {
    for (const headers of [{ 'content-type': 'multipart/form-data; boundary=x' }, { 'content-type': 'image/jpeg' }, { ...json, 'content-encoding': 'gzip' }]) {
      const raw = 'content-encoding' in headers ? gzipSync(whole()) : whole();
      await village.expects('PUT', activityPath(newId()), 415, { raw, headers, broken: true });
    }
  });
});

describe('a field that is wrong', () => {
  const far = '2099-01-01T00:00:00+08:00';
  const fields: [string, Record<string, unknown>, string][] = [
    ['no title', { title: '' }, 'title'],
    ['a title of blanks', { title: '　 ' }, 'title'],
    ['a title too long', { title: '示'.repeat(121) }, 'title'],
    ['a text too long', { text: '示'.repeat(5001) }, 'text'],
    ['a text with NUL', { text: 'a\u0000b' }, 'text'],
    ['no moment', { started_at: 'yesterday' }, 'started_at'],
    ['a moment without an offset', { started_at: '2023-10-25T09:30:00' }, 'started_at'],
    ['a day that is none', { started_at: '2023-02-30T09:30:00+08:00' }, 'started_at'],
    ['an end before the beginning', { ended_at: '2023-10-25T08:00:00+08:00' }, 'ended_at'],
    ['an entry nobody knows', { entry: 'no_such_entry' }, 'entry'],
    ['a choice nobody knows', { audiences: ['nobody_at_all'] }, 'audiences[0]'],
    ['a number that is text', { people_about: '60' }, 'people_about'],
    ['a negative number', { people_about: -1 }, 'people_about'],
    ['half a person', { people_about: 1.5 }, 'people_about'],
    ['a field nobody knows', { titel: '示例' }, 'titel'],
    ['a picture without an id', { photos: [{ bytes: 10, sha256: 'a'.repeat(64) }] }, 'photos[0].id'],
    ['a picture of no bytes', { photos: [{ ...claimOf(newId(), picture()), bytes: 0 }] }, 'photos[0].bytes'],
    ['a hash that is none', { photos: [{ ...claimOf(newId(), picture()), sha256: 'xyz' }] }, 'photos[0].sha256'],
    ['a place beyond the earth', { photos: [{ ...claimOf(newId(), picture()), latitude: 91, longitude: 0 }] }, 'photos[0].latitude'],
    ['an activity of the far future', { started_at: far }, 'started_at'],
  ];

  it.each(fields)('%s: named, and nothing is written', async (_, wrong, field) => {
    const id = newId();
    const answer = await village.expects<Wire<'Problem'>>('PUT', activityPath(id), 422, {
      json: { ...activityAt(own, entry), ...wrong }, broken: true,
    });
    expect(answer.json.code).toBe('validation');
    expect(answer.json.faults?.map((fault) => fault.field)).toContain(field);
    await village.get(activityPath(id), 404);
  });

  it('and another: all are told at once', async () => {
    const answer = await village.expects<Wire<'Problem'>>('PUT', activityPath(newId()), 422, { json: { title: 1, text: 2 }, broken: true });
    expect(answer.json.faults?.map((fault) => fault.field)).toEqual(expect.arrayContaining(['title', 'text', 'campaign', 'place', 'entry', 'started_at', 'photos']));
  });

  it('twice the same picture is told', async () => {
    const claim = claimOf(newId(), picture());
    await village.expects('PUT', activityPath(newId()), 422, { json: activityAt(own, entry, { photos: [claim, claim] }) });
  });
});

describe('another place’s ids', () => {
  it('do not let a village write there', async () => {
    await village.expects('PUT', activityPath(newId()), 403, { json: activityAt(other, entry) });
  });

  it('do not let a village take over a record', async () => {
    const theirs = await record(station, activityAt(other, entry, { on_behalf_reason: '示例' }));
    const taken = await village.ask('PUT', activityPath(theirs.id), { json: activityAt(own, entry), headers: { 'if-match': theirs.etag } });
    expect([403, 404, 409, 412]).toContain(taken.status);
    expect(await station.get<Wire<'Activity'>>(activityPath(theirs.id))).toEqual(theirs);
  });

  it('do not let an activity take over a picture', async () => {
    const claim = claimOf(newId(), picture());
    const theirs = await record(station, activityAt(other, entry, { on_behalf_reason: '示例', photos: [claim] }));
    const taken = await village.ask('PUT', activityPath(newId()), { json: activityAt(own, entry, { photos: [claim] }) });
    expect([409, 422]).toContain(taken.status);
    expect((await station.get<Wire<'Activity'>>(activityPath(theirs.id))).photos.map((photo) => photo.id)).toEqual([claim.id]);
  });

  it('that are no ids at all are not found', async () => {
    for (const id of ['1', 'x'.repeat(36), '..%2F..%2Fetc%2Fpasswd', '%00']) {
      const answer = await village.ask('GET', activityPath(id), { broken: true });
      expect([400, 404, 422]).toContain(answer.status);
    }
  });
});

describe('requests that come in a wrong order', () => {
  it('removal before the record: not found, and the record is taken afterwards', async () => {
    const id = newId();
    await village.expects('DELETE', activityPath(id), 404, { headers: { 'if-match': '"1"' } });
    await record(village, activityAt(own, entry), id);
  });

  it('a row edited by two people at once: one wins, the other is shown it', async () => {
    const plan = await village.get<Wire<'Plan'>>(planPath(own));
    if (!plan.may.includes('edit')) await station.expects('POST', planPath(own, '/return'), 200, { json: { reason: '示例' } });
    const path = planPath(own, `/rows/${newId()}`);
    const made = (await village.expects<Wire<'PlanRow'>>('PUT', path, 201, { json: rowOf() })).json;
    const edit = (focus: string) => village.ask('PUT', path, { json: rowOf({ focus }), headers: { 'if-match': made.etag } });
    const answers = await Promise.all(['示例：甲', '示例：乙', '示例：丙'].map(edit));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412, 412]);
    const stored = (await village.get<Wire<'Plan'>>(planPath(own))).rows.find((row) => row.id === made.id);
    await village.expects('DELETE', path, 204, { headers: { 'if-match': stored?.etag ?? '' } });
  });

  it('the same record sent ten times at once is recorded once', async () => {
    const id = newId();
    const key = { 'idempotency-key': newId() };
    const change = activityAt(own, entry, { title: '示例：十次' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => village.ask<Wire<'Activity'>>('PUT', activityPath(id), { json: change, headers: key })));
    expect(new Set(answers.map((answer) => answer.json.etag)).size).toBe(1);
    for (const answer of answers) expect([200, 201]).toContain(answer.status);
    const history = await village.get<Wire<'HistoryList'>>(`${activityPath(id)}/history`);
    expect(history.items).toHaveLength(1);
  });
});

describe('a session that ended in the middle', () => {
  it('stops an upload, which goes on after signing in again', async () => {
    const account = town.account('village');
    const bytes = picture(160);
    const before = await town.signIn(account.login, account.password, 'phone');
    const path = await begin(before, newId(), bytes.length);
    expect((await append(before, path, 0, bytes.subarray(0, 500))).status).toBe(204);
    await before.expects('DELETE', '/api/v1/sessions/current', 204);
    expect((await append(before, path, 500, bytes.subarray(500))).status).toBe(401);
    const after = await town.signIn(account.login, account.password, 'phone');
    expect((await after.expects('HEAD', path, 200, { headers: tus })).headers['upload-offset']).toBe('500');
    expect((await append(after, path, 500, bytes.subarray(500))).status).toBe(204);
  });
});

describe('a phone whose clock is wrong', () => {
  it.each([['years behind', '2001-01-01T00:00:00+08:00'], ['years ahead', '2031-01-01T00:00:00+08:00']])('%s: its claim is kept, the server’s time stands', async (_, claimed) => {
    const offset = Date.parse('2023-10-26T09:00:00+08:00') - Date.parse(claimed);
    const made = await record(village, activityAt(own, entry, { recorded_at: claimed, clock_offset_ms: offset }));
    expect(made.received_at.slice(0, 4)).toBe('2023');
    expect(Date.parse(made.recorded_at ?? '')).toBe(Date.parse(claimed));
  });
});

describe('a write from another site', () => {
  const account = town.account('village');
  it('with the cookie is refused, and from the page itself taken', async () => {
    const signedIn = await town.nobody().expects('POST', '/api/v1/sessions', 201, { json: { login: account.login, password: account.password } });
    const cookie = signedIn.headers['set-cookie'].split(';')[0];
    const write = (origin: string) => town.nobody().ask('PUT', activityPath(newId()), { json: activityAt(own, entry), headers: { cookie, origin } });
    for (const origin of ['https://example.org', 'null', `${town.origin}.example.org`]) expect((await write(origin)).status, origin).toBe(421);
    expect((await write(town.origin)).status).toBe(201);
  });
});

/** Speaks HTTP by hand; answers what came back until the server hung up or `patience` ran out. */
function speak(pieces: string[], pause: number, patience: number): Promise<string> {
  const { hostname, port } = new URL(town.origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let heard = '';
    const limit = setTimeout(() => socket.destroy(), patience);
    socket.on('data', (piece) => { heard += piece.toString(); });
    socket.on('close', () => { clearTimeout(limit); resolve(heard); });
    socket.on('error', (error: NodeJS.ErrnoException) => { if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error); });
    socket.on('connect', () => {
      const say = (index: number) => {
        if (index >= pieces.length || socket.destroyed) return;
        socket.write(pieces[index]);
        setTimeout(() => say(index + 1), pause);
      };
      say(0);
    });
  });
}

describe('what is no proper HTTP', () => {
  const statusOf = (heard: string) => Number(heard.split(' ')[1] ?? 0);

  it('headers longer than are taken', async () => {
    const heard = await speak([`GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(200_000)}\r\n\r\n`], 0, 20_000);
    expect(statusOf(heard)).toBe(431);
    note('get_me', 431);
  });

  it.each([
    ['no request line', 'hello\r\n\r\n'],
    ['a length that is none', 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n'],
    ['two lengths', 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 20\r\n\r\n{}'],
    ['a length and chunks', 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}'],
    ['a header without a colon', 'GET /healthz HTTP/1.1\r\nHost: x\r\nNonsense\r\n\r\n'],
  ])('%s is answered and hung up on', async (_, text) => {
    const heard = await speak([text], 0, 20_000);
    expect(heard === '' || (statusOf(heard) >= 400 && statusOf(heard) < 500), heard).toBe(true);
  });

  it('a client that sends one byte a second is told so, and keeps nobody waiting', async () => {
    const body = whole();
    const head = `PUT ${activityPath(newId())} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${village.token}\r\n`
      + `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    const slow = Promise.all(Array.from({ length: 20 }, () => speak([head, ...body], 1000, 100_000)));
    await village.get('/api/v1/me');
    for (const heard of await slow) expect(statusOf(heard)).toBe(408);
    note('put_activity', 408);
  }, 120_000);
});
