// @vitest-environment node
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '@wujin/api';
import type * as Pictures from '@wujin/pictures';
import { Draft } from '../src/activities/draft';
import { learnTime } from '../src/clock';
import { here } from '../src/kept/here';
import { answerWith } from '../src/network';
import { editOf } from '../src/outbox/change';
import { Holder, takeLease } from '../src/outbox/lease';
import { renew } from '../src/outbox/renew';
import { packUnsent, unpackUnsent, NotUnsentWork } from '../src/outbox/carry';
import { entryOf, happen, keepEntry, outbox, readOutbox, removeEntry, unsent } from '../src/outbox/outbox';
import { sendOutbox } from '../src/outbox/sender';
import { sending } from '../src/outbox/sending';
import { session, startSession } from '../src/session/session';
import { shelf, startShelf, openShelf, Shelf, lasting } from '../src/store';
import { Town } from './town';

// Files are bytes here; drawing is the browser's part.
const drawing = vi.hoisted(() => ({ isMissing: false }));
vi.mock('@wujin/pictures', async (whole) => ({
  ...await whole<typeof Pictures>(),
  shrink: async (file: Blob) => {
    if (drawing.isMissing) throw new TypeError('Failed to fetch dynamically imported module');
    return file;
  },
}));

let town: Town;
let database = 0;
const shelfName = (): string => `phone-${database}`;

beforeEach(async () => {
  database += 1;
  town = new Town();
  await startShelf(await openShelf(shelfName()));
  await readOutbox();
  answerWith(town.fetch as never);
  vi.stubGlobal('fetch', town.fetch);
  vi.stubGlobal('location', { origin: 'http://office.test' });
  vi.stubGlobal('document', { documentElement: {} });
  await startSession();
  session.me = town.me as never;
  session.ended = false;
  Object.assign(here, { campaignId: 'sample-2023', placeId: '500118112200' });
  Object.assign(sending, { busy: false, activities: 0, photos: 0 });
});
afterEach(() => vi.unstubAllGlobals());

const picture = (size: number, seed: number): Blob => new Blob([Uint8Array.from({ length: size }, (_, index) => (index * 31 + seed) % 256)], { type: 'image/jpeg' });

async function recorded(text = '在三组开院坝会。', pictures: Blob[] = []): Promise<string> {
  const draft = Draft.blank();
  Object.assign(draft.fields, { entry: 'countryside', text, title: text, started_at: '2023-10-26T09:00:00+08:00' });
  if (pictures.length > 0) await draft.add(pictures);
  await draft.save();
  return draft.key;
}
const writes = (): string[] => town.log.filter((line) => !line.startsWith('GET') && !line.startsWith('HEAD'));
/** As after closing the browser: memory is gone, the database is not. */
async function reopen(): Promise<void> {
  await startShelf(await openShelf(shelfName()));
  outbox.entries = [];
  await readOutbox();
}

describe('recording', () => {
  it('keeps three pictures without any line and brings everything home once it is back, each thing once', async () => {
    town.line = 'down';
    const key = await recorded('院坝会', [picture(700_000, 1), picture(300_000, 2), picture(10, 3)]);
    expect(await sendOutbox()).toBe('unreachable');
    expect(entryOf(key)?.state).toBe('waiting');
    await reopen();
    town.line = 'up';
    expect(await sendOutbox()).toBe('done');
    expect(entryOf(key)?.state).toBe('sent');
    expect(town.activities.size).toBe(1);
    expect(town.photos.size).toBe(3);
    expect(writes().filter((line) => line.startsWith('PUT'))).toHaveLength(1);
    expect(await shelf.all('files')).toEqual([]);
  });

  it('stays saved while a picture of it gets ready and the page is left', async () => {
    town.line = 'down';
    const draft = Draft.blank();
    Object.assign(draft.fields, { entry: 'countryside', text: '院坝会', title: '院坝会', started_at: '2023-10-26T09:00:00+08:00' });
    await draft.add([picture(300_000, 1)]);
    const photo = draft.photos[0]!.id;
    await Promise.all([draft.save(), draft.flush(), happen(draft.key, { kind: 'photo', id: photo, change: { taken_at: '2023-10-26T08:59:00+08:00' } })]);
    expect(entryOf(draft.key)).toMatchObject({ state: 'waiting', photos: [{ state: 'ready', taken_at: '2023-10-26T08:59:00+08:00' }] });
    await reopen();
    expect(entryOf(draft.key)?.state).toBe('waiting');
  });

  it('makes each change from what the one before it left', async () => {
    const draft = Draft.blank();
    Object.assign(draft.fields, { entry: 'countryside', text: '院坝会', title: '院坝会', started_at: '2023-10-26T09:00:00+08:00' });
    await draft.add([picture(300_000, 1)]);
    const photo = draft.photos[0]!.id;
    await Promise.all([happen(draft.key, { kind: 'saved' }), happen(draft.key, { kind: 'photo', id: photo, change: { caption: '讲解' } })]);
    expect(entryOf(draft.key)).toMatchObject({ state: 'waiting', photos: [{ caption: '讲解' }] });
    await Promise.all([happen(draft.key, { kind: 'edited' }), removeEntry(draft.key)]);
    expect(entryOf(draft.key)).toBeUndefined();
  });

  it('makes no duplicate when the answer was lost', async () => {
    const key = await recorded();
    town.line = 'answers lost';
    expect(await sendOutbox()).toBe('unreachable');
    town.line = 'up';
    learnTime('2023-10-26T08:00:00+08:00');
    await sendOutbox();
    expect(town.activities.size).toBe(1);
    expect(town.activities.get(key)!.etag).toBe('"2"');
    expect(entryOf(key)?.state).toBe('sent');
  });

  it('takes its own echo for no conflict when the text was changed after the answer was lost', async () => {
    const key = await recorded('先写的');
    town.line = 'answers lost';
    await sendOutbox();
    town.line = 'up';
    const again = new Draft(entryOf(key)!, true);
    again.fields.text = '后改的';
    await again.save();
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
    expect(town.activities.get(key)!.text).toBe('后改的');
  });

  it('goes on with a picture where the line was cut', async () => {
    const key = await recorded('一', [picture(1_000_000, 4)]);
    let pieces = 0;
    const real = town.fetch;
    vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
      if (init.method === 'PATCH' && (pieces += 1) === 3) throw new TypeError('cut');
      return real(input, init);
    });
    expect(await sendOutbox()).toBe('unreachable');
    vi.stubGlobal('fetch', real);
    await reopen();
    expect(entryOf(key)!.photos[0]!.sentBytes).toBe(2 * 256 * 1024);
    const before = writes().length;
    await sendOutbox();
    expect(writes().slice(before)).toEqual(['PATCH /api/v1/uploads/u3', 'PATCH /api/v1/uploads/u3']);
    expect(town.photos.size).toBe(1);
  });

  it('sends a garbled piece again', async () => {
    const key = await recorded('一', [picture(300_000, 5)]);
    town.next('PATCH', /uploads/, town.problem(460, 'wrong_checksum', '校验不对'));
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
  });

  it('begins a picture anew when the server has forgotten the upload', async () => {
    const key = await recorded('一', [picture(600_000, 6)]);
    town.next('PATCH', /uploads/, { status: 503, body: {} });
    await sendOutbox();
    town.uploads.clear();
    await happen(key, { kind: 'retried' });
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
  });

  it('names the picture the server refuses and lets it be taken out', async () => {
    const key = await recorded('一', [picture(50, 7), picture(60, 8)]);
    town.next('PATCH', /uploads/, town.problem(422, 'not_a_picture', '这不是照片'));
    await sendOutbox();
    expect(entryOf(key)).toMatchObject({ state: 'rejected', problem: { code: 'not_a_picture' } });
    const bad = entryOf(key)!.photos.find((photo) => photo.problem)!;
    const draft = new Draft(entryOf(key)!, true);
    await draft.leaveOut(bad.id);
    await draft.save();
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
    expect(town.activities.get(key)!.photos).toHaveLength(1);
  });
});

describe('a part of the page that could not be fetched', () => {
  it('is no fault of the picture: it waits', async () => {
    drawing.isMissing = true;
    const key = await recorded('一', [picture(100, 1)]);
    expect(entryOf(key)!.photos[0]!.state).toBe('picked');
    expect(await sendOutbox()).toBe('unreachable');
    expect(entryOf(key)?.state).toBe('waiting');
    drawing.isMissing = false;
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
  });

  it('but a picture whose bytes are gone is told', async () => {
    const key = await recorded('一');
    await keepEntry({ ...entryOf(key)!, photos: [{ id: 'lost', state: 'picked', name: '', bytes: 1 }] });
    await sendOutbox();
    expect(entryOf(key)).toMatchObject({ state: 'rejected', problem: { code: 'picture_lost' } });
  });
});

describe('the queue', () => {
  it('goes on past a record the server refuses', async () => {
    const bad = await recorded('坏的');
    const good = await recorded('好的');
    town.next('PUT', new RegExp(bad), town.problem(422, 'invalid', '检查内容', { faults: [{ field: 'point', code: 'too_long', detail: '地点太长' }] }));
    expect(await sendOutbox()).toBe('done');
    expect(entryOf(bad)).toMatchObject({ state: 'rejected', problem: { field: 'point', detail: '地点太长' } });
    expect(entryOf(good)?.state).toBe('sent');
  });

  it.each([[429, 'failed'], [500, 'failed'], [503, 'failed'], [507, 'failed'], [403, 'rejected'], [409, 'rejected'], [410, 'rejected'], [413, 'rejected']])('answers status %i with %s', async (status, state) => {
    const key = await recorded();
    town.next('PUT', /activities/, town.problem(status, 'x', '不行'));
    await sendOutbox();
    expect(entryOf(key)?.state).toBe(state);
  });

  it('keeps mine and theirs when somebody else changed it', async () => {
    const key = await recorded('原来');
    await sendOutbox();
    town.activities.set(key, { ...town.activities.get(key)!, etag: '"99"', text: '站里改的', updated_at: '2023-10-26T10:00:00+08:00' });
    const edit = new Draft(editOf({ ...town.activities.get(key)!, etag: '"2"' } as never, String(town.me.id), 1), false);
    edit.fields.text = '我改的';
    await edit.save();
    await sendOutbox();
    expect(entryOf(key)).toMatchObject({ state: 'conflict', fields: { text: '我改的' }, theirs: { text: '站里改的' } });
    await happen(key, { kind: 'keptMine' });
    await sendOutbox();
    expect(town.activities.get(key)!.text).toBe('我改的');
  });

  it('keeps the words and pictures of a record that was removed on the server', async () => {
    const key = await recorded('原来');
    await sendOutbox();
    const edit = new Draft(editOf(town.activities.get(key) as never, String(town.me.id), 1), false);
    edit.fields.text = '我改的';
    await edit.add([picture(40, 1)]);
    await edit.save();
    town.activities.delete(key);
    town.removed.add(key);
    await sendOutbox();
    expect(entryOf(key)).toMatchObject({ state: 'rejected', problem: { status: 410 } });
    const fresh = await renew(key);
    await happen(fresh!, { kind: 'saved' });
    await sendOutbox();
    expect(town.activities.get(fresh!)).toMatchObject({ text: '我改的', photos: [{ received: true }] });
    expect(unsent.value).toEqual([]);
  });

  it('stops when the session has ended, keeps everything, and goes on after signing in', async () => {
    const key = await recorded();
    town.signedIn = false;
    expect(await sendOutbox()).toBe('signed_out');
    expect(session.ended).toBe(true);
    expect(entryOf(key)?.state).toBe('waiting');
    town.signedIn = true;
    session.ended = false;
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
  });

  it('never sends one account’s record as another', async () => {
    const key = await recorded();
    session.me = { ...(town.me as object), id: '88888888-8888-4888-8888-888888888888' } as never;
    await sendOutbox();
    expect(town.activities.size).toBe(0);
    expect(entryOf(key)?.state).toBe('waiting');
  });

  it('leaves the sending to the tab that began it', async () => {
    await recorded();
    await shelf.put(['settings', { key: 'lease.sender', holder: 'another tab', until: Date.now() + 15_000 } as never]);
    expect(await sendOutbox()).toBe('elsewhere');
    expect(town.activities.size).toBe(0);
  });

  it('goes on at once when the same tab was reloaded in the middle', async () => {
    const tab = new Map<string, string>();
    const storage = { getItem: (key: string) => tab.get(key) ?? null, setItem: (key: string, value: string) => void tab.set(key, value), removeItem: (key: string) => void tab.delete(key) };
    const before = new Holder(storage, 'first');
    expect(await takeLease(before.name)).toBe(true);
    // A duplicated tab has what the living one stored: nothing.
    expect(await takeLease(new Holder({ ...storage }, 'duplicate').name)).toBe(false);
    before.leave();
    const after = new Holder(storage, 'second');
    expect(await takeLease(after.name)).toBe(true);
    expect(await takeLease(new Holder(storage, 'third').name)).toBe(false);
  });

  it('removes a record from the server only once, whoever was first', async () => {
    const key = await recorded();
    await sendOutbox();
    town.activities.delete(key);
    town.removed.add(key);
    await keepEntry({ ...entryOf(key)!, operation: 'delete', state: 'waiting', idempotency: newId() });
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
  });

  it('does not undo a change that was typed while the record was on its way', async () => {
    const key = await recorded('旧');
    const real = town.fetch;
    answerWith((async (input: Request) => {
      const answer = await real(input);
      const typing = new Draft(entryOf(key)!, true);
      typing.fields.text = '新';
      typing.touch();
      await typing.flush();
      answerWith(real as never);
      return answer;
    }) as never);
    await sendOutbox();
    expect(entryOf(key)).toMatchObject({ state: 'draft', fields: { text: '新' }, base: '"2"' });
    await happen(key, { kind: 'saved' });
    await sendOutbox();
    expect(town.activities.get(key)!.text).toBe('新');
  });
});

describe('a draft', () => {
  it('survives a closed browser with its picture', async () => {
    const draft = Draft.blank();
    draft.fields.text = '写了一半';
    await draft.add([picture(100, 9)]);
    await reopen();
    expect(entryOf(draft.key)).toMatchObject({ state: 'draft', fields: { text: '写了一半' } });
    expect(await shelf.all('files')).toHaveLength(1);
  });

  it('comes back when discarding is undone', async () => {
    const draft = Draft.blank();
    await draft.add([picture(100, 9)]);
    const undo = await draft.discard();
    expect(entryOf(draft.key)).toBeUndefined();
    await undo();
    expect(entryOf(draft.key)?.photos).toHaveLength(1);
  });

  it('leaves nothing behind when nothing was written', async () => {
    await Draft.blank().flush();
    expect(outbox.entries).toEqual([]);
  });
});

describe('storage', () => {
  it('keeps in memory, and says so, when the browser has no database', async () => {
    await startShelf(new Shelf());
    expect(lasting.value).toBe('passing');
    const key = await recorded('无处可存', [picture(500, 1)]);
    await sendOutbox();
    expect(town.activities.has(key)).toBe(true);
  });

  it('keeps in memory, and says so, when the database is full, and writes it down once there is room', async () => {
    let full = true;
    const real = await openShelf(shelfName());
    const database = (real as unknown as { database: { transaction: (...args: unknown[]) => unknown } }).database;
    const transaction = database.transaction.bind(database);
    const wrapped = new Proxy(database, { get: (target, name) => (name === 'transaction'
      ? (tables: unknown, mode: unknown) => { if (full && mode === 'readwrite') throw new DOMException('full', 'QuotaExceededError'); return transaction(tables, mode); }
      : Reflect.get(target, name)) });
    await startShelf(new Shelf(wrapped as never));
    await readOutbox();
    const key = await recorded('满了');
    expect(lasting.value).toBe('full');
    expect(entryOf(key)?.state).toBe('waiting');
    full = false;
    await keepEntry(entryOf(key)!);
    expect(lasting.value).toBe('lasting');
    await reopen();
    expect(entryOf(key)?.fields.text).toBe('满了');
  });

  it('reads what an older page wrote', async () => {
    await shelf.put(['outbox', { key: 'old', account: town.me.id, state: 'waiting', fields: { campaign: 'c', place: 'p', entry: 'e', started_at: '2023-10-26T09:00:00+08:00', title: 't', text: '' }, idempotency: 'old-key', createdAt: 1, updatedAt: 1 } as never]);
    await readOutbox();
    await sendOutbox();
    expect(entryOf('old')?.state).toBe('sent');
  });
});

describe('carrying unsent work in a file', () => {
  it('brings records and pictures over to another browser', async () => {
    const key = await recorded('带走', [picture(5000, 1), picture(7000, 2)]);
    const file = await packUnsent(unsent.value);
    await removeEntry(key);
    expect(await unpackUnsent(file)).toBe(1);
    await sendOutbox();
    expect(town.photos.size).toBe(2);
    expect(town.activities.get(key)!.text).toBe('带走');
  });

  it('may be sent from both browsers and is one record', async () => {
    const key = await recorded('两部手机', [picture(5000, 1)]);
    const file = await packUnsent(unsent.value);
    await sendOutbox();
    await removeEntry(key);
    learnTime('2023-10-26T08:00:00+08:00');
    expect(await unpackUnsent(file)).toBe(1);
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
    expect(town.activities.size).toBe(1);
  });

  it('does not overwrite what is newer here', async () => {
    const key = await recorded('旧');
    const file = await packUnsent(unsent.value);
    await keepEntry({ ...entryOf(key)!, updatedAt: Date.now() + 1000 });
    expect(await unpackUnsent(file)).toBe(0);
  });

  it.each([['', ''], ['another file', 'PK\u0003\u0004…'], ['a cut list', 'wujin-unsent 1\n400\n{"entries":['], ['no list', 'wujin-unsent 1\n4\nnull'],
    ['a promised picture that is not there', 'wujin-unsent 1\n69\n{"entries":[],"files":[{"id":"a","entry":"b","bytes":100,"type":"x"}]}  ']])('refuses %s', async (_title, text) => {
    await expect(unpackUnsent(new Blob([text]))).rejects.toBeInstanceOf(NotUnsentWork);
  });
});

describe('over plain HTTP', () => {
  it('hashes, makes ids and sends without crypto.subtle and randomUUID', async () => {
    const real = globalThis.crypto;
    vi.stubGlobal('crypto', { getRandomValues: real.getRandomValues.bind(real) });
    const key = await recorded('明文', [picture(400_000, 3)]);
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
    expect(town.photos.size).toBe(1);
  });
});
