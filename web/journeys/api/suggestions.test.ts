import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { answerPath, boxPath, drop, newToken, type Dropped } from '../kit/boxes';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { newId } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

// A town of its own, behind a proxy it trusts: each test writes from addresses of its own, which the pace counts.
let data: string;
let server: RunningServer;
let town: Town;
let own: string;
let all: string;
let other: string;
let village: Caller;
let station: Caller;
let resident: Caller;

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data, ['--trusted-proxy', '127.0.0.1']);
  town = new Town(server.origin, data);
  [own, all, other] = [town.account('village').place, town.account('station').place, town.account('village', 1).place];
  [village, station] = [await town.as('village'), await town.as('station')];
  resident = town.nobody();
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

let neighbours = 0;
const from = (address: string) => ({ 'x-forwarded-for': address });
const somewhere = () => from(`198.51.100.${++neighbours}`);
const put = (place: string, text?: string): Promise<Dropped> => drop(resident, place, text, somewhere());
const listOf = (place: string, more = '') => `/api/v1/suggestions?place=${place}${more}`;
const found = async (caller: Caller, id: string, more = '') => (await caller.get<Wire<'BoxSuggestionList'>>(listOf(own, more))).items.find((one) => one.id === id);
const inspect = (token: string, status = 200) => resident.expects<Wire<'AnsweredSuggestion'>>('POST', '/api/v1/suggestions/inspect', status, { json: { token } });
const answer = { state: 'answered' as const, answer: '示例：已经请物业清走，谢谢。' };
const first = { 'if-match': '"v1"' };

describe('a suggestion', () => {
  it('is dropped by anybody, answered at the place and read back by its secret alone', async () => {
    const box = await resident.get<Wire<'SuggestionBox'>>(`/api/v1/suggestion-boxes/${own}`);
    expect(Object.keys(box).sort()).toEqual(['place', 'place_name', 'title', 'town_name']);
    const text = '  示例：<b>路灯</b>下电线老化\r\n请看一看　';
    const { id, token } = await put(own, text);
    const waiting = (await inspect(token)).json;
    expect(waiting).toMatchObject({ place: own, state: 'open', text: '示例：<b>路灯</b>下电线老化\n请看一看' });
    expect(await found(village, id)).toMatchObject({ etag: '"v1"', state: 'open', text: waiting.text, may: ['answer'] });

    const settled = await village.expects<Wire<'BoxSuggestion'>>('PUT', answerPath(id), 200, { json: answer, headers: first });
    expect(settled.json).toMatchObject({ ...answer, etag: '"v2"', may: ['answer'] });
    const told = await inspect(token);
    expect(told.json).toMatchObject(answer);
    expect(told.text).not.toContain(settled.json.settled_by);
    expect(told.headers['cache-control']).toBe('no-store');
    expect(await found(village, id)).toBeUndefined();
    expect(await found(station, id, '&state=answered')).toMatchObject(answer);
    await inspect(newToken(), 404);
    await resident.expects('POST', '/api/v1/suggestions/inspect', 422, { json: {}, broken: true });
  });

  it('sent again is the same one, and never another', async () => {
    const [id, token] = [newId(), newToken()];
    const json = { text: '示例：讲座能不能放在晚上', token };
    const send = (place: string, body: unknown, status: number, as = id) => resident.expects('PUT', boxPath(place, as), status, { json: body, headers: from('198.51.101.1') });
    await send(own, json, 201);
    await send(own, json, 200);
    await send(own, { ...json, text: '示例：别的' }, 409);
    await send(own, { ...json, token: newToken() }, 409);
    await send(other, json, 409);
    await send(own, json, 409, newId());
    expect((await found(village, id))?.text).toBe(json.text);
  });

  it('is dropped by somebody signed in without a name, too', async () => {
    const { id } = await drop(village, own, '示例：希望多办几场演练', somewhere());
    expect((await found(station, id))?.text).toContain('演练');
    const trail = (await (await town.as('auditor')).get<Wire<'AuditList'>>('/api/v1/audit?action=put_suggestion&limit=200')).items.filter((entry) => entry.subject === id);
    expect(trail).toMatchObject([{ place: own, result: 'done' }]);
    expect(trail[0]).not.toHaveProperty('person');
    expect(JSON.stringify(trail)).not.toContain('演练');
  });

  it('is refused with what is wrong', async () => {
    const refuse = async (body: Record<string, unknown>) => (await resident.expects<Wire<'Problem'>>('PUT', boxPath(own), 422,
      { json: { text: '示例', token: newToken(), ...body }, headers: somewhere(), broken: true })).json.faults?.[0];
    const table: [Record<string, unknown>, string, string][] = [
      [{ text: '' }, 'text', 'required'], [{ text: ' \n　' }, 'text', 'required'], [{ text: '长'.repeat(2001) }, 'text', 'too_long'],
      [{ text: '响\u0007铃' }, 'text', 'not_text'], [{ text: '空\u0000字' }, 'text', 'not_text'], [{ text: '转\u0085行' }, 'text', 'not_text'], [{ text: 7 }, 'text', 'wrong_type'],
      [{ text: undefined }, 'text', 'required'], [{ token: 'short' }, 'token', 'invalid'], [{ token: undefined }, 'token', 'required'], [{ phone: '139' }, 'phone', 'unknown_field'],
    ];
    for (const [body, field, code] of table) expect(await refuse(body), JSON.stringify(body).slice(0, 60)).toMatchObject({ field, code });
    const raw = Buffer.concat([Buffer.from('{"text":"'), Buffer.from([0xc3, 0x28]), Buffer.from(`","token":"${newToken()}"}`)]);
    const headers = { 'content-type': 'application/json', ...somewhere() };
    await resident.expects('PUT', boxPath(own), 400, { raw, headers, broken: true });
    await resident.expects('PUT', boxPath(own), 413, { json: { text: '长'.repeat(20_000), token: newToken() }, headers, broken: true });
    for (const nowhere of ['000000000000', 'none']) {
      await resident.expects('PUT', boxPath(nowhere), 404, { json: { text: '示例', token: newToken() }, headers: somewhere() });
      await resident.expects('GET', `/api/v1/suggestion-boxes/${nowhere}`, 404);
    }
    await resident.expects('PUT', boxPath(own, 'no-uuid'), 404, { json: { text: '示例', token: newToken() }, headers: somewhere(), broken: true });
  });
});

describe('an answer', () => {
  it('is not written over another, and can be bettered', async () => {
    const { id } = await put(own);
    await station.expects('PUT', answerPath(id), 412, { json: answer });
    const key = { 'idempotency-key': newId() };
    await village.expects('PUT', answerPath(id), 200, { json: answer, headers: { ...first, ...key } });
    await village.expects('PUT', answerPath(id), 409, { json: { ...answer, answer: '示例：另一种说法' }, headers: { ...first, ...key } });
    const late = await station.expects<Wire<'BoxSuggestionStale'>>('PUT', answerPath(id), 412, { json: { state: 'set_aside', reason: 'unrelated' }, headers: first });
    expect(late.json.current).toMatchObject({ id, etag: '"v2"', ...answer });
    const same = await station.expects<Wire<'BoxSuggestion'>>('PUT', answerPath(id), 200, { json: answer, headers: first });
    expect(same.json.etag, 'the same answer changes nothing').toBe('"v2"');
    const better = { state: 'answered' as const, answer: '示例：已经清走，以后每周都看。' };
    expect((await station.expects('PUT', answerPath(id), 200, { json: better, headers: { 'if-match': '"v2"' } })).headers['etag']).toBe('"v3"');
  });

  it('may be a reason for none, and erases what tells of a person', async () => {
    const { id, token } = await put(own, '示例：写着某人的电话');
    await village.expects('PUT', answerPath(id), 200, { json: { state: 'set_aside', reason: 'personal' }, headers: first });
    const told = (await inspect(token)).json;
    expect(told).toMatchObject({ state: 'set_aside', reason: 'personal' });
    expect(told).not.toHaveProperty('text');
    expect(await found(station, id, '&state=set_aside')).not.toHaveProperty('text');
  });

  it('is refused with what is wrong', async () => {
    const { id } = await put(own);
    const table: [Record<string, unknown>, string][] = [
      [{ state: 'answered' }, 'answer'], [{ state: 'answered', answer: '　' }, 'answer'], [{ state: 'answered', answer: '长'.repeat(1001) }, 'answer'],
      [{ ...answer, reason: 'unrelated' }, 'reason'], [{ state: 'set_aside' }, 'reason'], [{ state: 'set_aside', reason: 'dull' }, 'reason'],
      [{ state: 'set_aside', reason: 'unrelated', answer: '好' }, 'answer'], [{ state: 'open' }, 'state'], [{}, 'state'],
    ];
    for (const [json, field] of table) {
      const refused = await village.expects<Wire<'Problem'>>('PUT', answerPath(id), 422, { json, headers: first, broken: true });
      expect(refused.json.faults?.[0]?.field, JSON.stringify(json).slice(0, 60)).toBe(field);
    }
    await village.expects('PUT', answerPath(newId()), 404, { json: answer, headers: first });
  });
});

describe('a box', () => {
  it('is opened by its place and its town only', async () => {
    const { id } = await put(own);
    const stranger = await town.as('village', 1);
    for (const caller of [stranger, ...await Promise.all((['resident_leader', 'district', 'system', 'security', 'auditor'] as const).map((role) => town.as(role)))]) {
      await caller.expects('GET', listOf(own), 404);
      await caller.expects('PUT', answerPath(id), 404, { json: answer, headers: first });
    }
    await village.expects('GET', listOf(all), 404);
    const nobody = town.nobody();
    for (const path of [listOf(own), `/api/v1/suggestion-boxes?place=${own}`]) await nobody.expects('GET', path, 401);
    await nobody.expects('PUT', answerPath(id), 401, { json: answer, headers: first });
  });

  it('is counted for whoever reads the records of its place', async () => {
    const boxesOf = async (caller: Caller, place: string) => (await caller.get<Wire<'SuggestionBoxList'>>(`/api/v1/suggestion-boxes?place=${place}`)).items;
    const ofOther = async () => (await boxesOf(station, all)).find((box) => box.place === other);
    const before = (await ofOther())?.open ?? 0;
    await put(other);
    expect(await ofOther()).toMatchObject({ open: before + 1, may: ['read', 'answer'] });
    expect((await boxesOf(station, all))[0]).toMatchObject({ place: all, place_kind: 'town' });
    expect((await boxesOf(await town.as('district'), all)).find((box) => box.place === other)).toMatchObject({ open: before + 1, may: [] });
    expect((await boxesOf(village, all)).map((box) => box.place)).toEqual([own]);
    await (await town.as('auditor')).expects('GET', `/api/v1/suggestion-boxes?place=${own}`, 404);
    await station.expects('GET', '/api/v1/suggestion-boxes', 422, { broken: true });
  });

  it('is listed page by page, the newest first', async () => {
    const dropped: string[] = [];
    for (let n = 0; n < 5; n++) dropped.unshift((await put(other, `示例：第${n}条`)).id);
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const page: Wire<'BoxSuggestionList'> = await station.get(listOf(all, `&limit=2${cursor}`));
      seen.push(...page.items.map((one) => one.id));
      if (!page.next_cursor) break;
      cursor = `&cursor=${page.next_cursor}`;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => dropped.includes(id))).toEqual(dropped);
    for (const wrong of ['&cursor=x', '&cursor=1.x', '&cursor=.', '&limit=0', '&limit=201', '&state=lost']) await station.expects('GET', listOf(own, wrong), 422, { broken: true });
    await station.expects('GET', '/api/v1/suggestions', 422, { broken: true });
  });
});

describe('who writes too often', () => {
  const send = (place: string, address: string) => resident.ask<Wire<'Problem'>>('PUT', boxPath(place), { json: { text: '示例', token: newToken() }, headers: from(address) });

  it('waits, whichever box it is for; an IPv6 line is one address', async () => {
    for (let n = 0; n < 20; n++) expect((await send(own, `2001:db8:7:7::${n}`)).status).toBe(201);
    const refused = await send(other, '2001:db8:7:7:ffff::1');
    expect(refused.status).toBe(429);
    expect(refused.json.code).toBe('too_many_requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await send(other, '2001:db8:7:8::1')).status).toBe(201);
  });

  it('fills a box for a while, from however many addresses, and no other box', async () => {
    const third = town.account('village', 2).place;
    for (let n = 0; n < 60; n++) expect((await send(third, `203.0.113.${n}`)).status).toBe(201);
    expect((await send(third, '203.0.113.100')).status).toBe(429);
    expect((await send(own, '203.0.113.100')).status).toBe(201);
  });
});
