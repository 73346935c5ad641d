import { execFileSync } from 'node:child_process';
import ICAL from 'ical.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { campaign, newId, planPath } from '../kit/records';

const town = new Town();
const own = town.account('village').place;
const townId = '500118112000';
let station: Caller;
let village: Caller;

beforeAll(async () => {
  station = await town.as('station');
  village = await town.as('village');
});

const make = async (caller: Caller, place: string) =>
  (await caller.expects<Wire<'CalendarFeed'>>('POST', '/api/v1/calendar-feeds', 201, { json: { campaign, place } })).json;
const read = async (feed: Wire<'CalendarFeed'>) => (await town.nobody().expects('GET', feed.path ?? '', 200)).text;
const events = (text: string) => new ICAL.Component(ICAL.parse(text) as ICAL.Component['jCal']).getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));

/** What Python's icalendar (Debian's, so Debian's Python) makes of it: uid, first day, day after the last, summary. */
function readByPython(text: string): string[][] {
  const program = 'import icalendar,json,sys\nc=icalendar.Calendar.from_ical(sys.stdin.buffer.read())\n'
    + 'print(json.dumps([[str(e["UID"]),str(e["DTSTART"].dt),str(e["DTEND"].dt),str(e["SUMMARY"])] for e in c.walk("VEVENT")]))';
  return JSON.parse(execFileSync('/usr/bin/python3', ['-c', program], { input: text, encoding: 'utf8' })) as string[][];
}

describe('a calendar by secret link', () => {
  it('holds deadlines and plan rows, and two parsers agree on it', async () => {
    const focus = '示例：很长的宣传重点；逗号,分号;反斜线\\都要原样，'.repeat(4).slice(0, 100);
    const row = newId();
    const kept = await village.expects<Wire<'PlanRow'>>('PUT', planPath(own, `/rows/${row}`), 201, { json: { from: '2023-11-06', to: '2023-11-12', focus, in_charge: '示例甲' } });
    const text = await read(await make(village, own));
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const found = events(text);
    const planned = found.find((event) => event.uid === `${row}@wujin`);
    expect(planned?.summary).toContain(focus);
    expect([planned?.startDate.toString(), planned?.endDate.toString()]).toEqual(['2023-11-06', '2023-11-13']);
    const due = found.find((event) => event.summary === '10月消防宣传“五进”工作情况（截止）');
    expect(due?.startDate.toString()).toBe('2023-10-28');
    expect(text).not.toContain('示例甲');
    expect(readByPython(text)).toEqual(found.map((event) => [event.uid, event.startDate.toString(), event.endDate.toString(), event.summary]));
    // The same events under the same names, whenever it is read.
    expect(new Set(found.map((event) => event.uid)).size).toBe(found.length);
    expect(await read(await make(village, own))).toBe(text);
    await village.expects('DELETE', planPath(own, `/rows/${row}`), 204, { headers: { 'if-match': kept.json.etag } });
  });

  it('of a town holds the plans of all its places', async () => {
    const found = events(await read(await make(station, townId)));
    const rows = found.filter((event) => !event.summary.endsWith('（截止）'));
    expect(new Set(rows.map((event) => event.summary.split('：')[0])).size).toBeGreaterThan(3);
  });

  it('is shown once, listed without its secret, and leads nowhere once revoked', async () => {
    const feed = await make(station, townId);
    const listed = (await station.get<Wire<'CalendarFeedList'>>('/api/v1/calendar-feeds')).items;
    expect(listed.map((one) => one.id)).toContain(feed.id);
    expect(JSON.stringify(listed)).not.toContain('/calendar/');
    await village.expects('DELETE', `/api/v1/calendar-feeds/${feed.id}`, 404);
    await station.expects('DELETE', `/api/v1/calendar-feeds/${feed.id}`, 204);
    await town.nobody().expects('GET', feed.path ?? '', 404);
    await town.nobody().expects('GET', '/calendar/guess.ics', 404);
  });

  it('is only of what its maker may read', async () => {
    await village.expects('POST', '/api/v1/calendar-feeds', 404, { json: { campaign, place: townId } });
    await station.expects('POST', '/api/v1/calendar-feeds', 404, { json: { campaign, place: 'nowhere' } });
    const leader = await town.as('resident_leader');
    const place = town.account('resident_leader').place;
    let answer = await leader.ask('POST', '/api/v1/calendar-feeds', { json: { campaign, place } });
    for (let tried = 0; tried < 20 && answer.status === 201; tried += 1) answer = await leader.ask('POST', '/api/v1/calendar-feeds', { json: { campaign, place } });
    expect(answer.status).toBe(422);
  });
});
