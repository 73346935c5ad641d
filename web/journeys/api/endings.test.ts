import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { activityAt, activityPath, appraisalPath, campaign, newId, planPath, record, reportPath, rowOf, sitePath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

// A place that is merged or dissolved in mid-campaign: a town of its own, for everything of it is looked at. Today is 26 October.
let data: string;
let server: RunningServer;
let town: Town;
let village: Caller;
let station: Caller;
let own: string;
let heir: string;
let entry: string;
const endingPath = (place: string) => `/api/v1/places/${place}/ending`;
const lastDay = '2023-10-20';
const merger = () => ({ on: lastDay, into: heir, reason: '示例：并村' });

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data);
  town = new Town(server.origin, data);
  [village, station] = [await town.as('village'), await town.as('station')];
  [own, heir] = [town.account('village').place, town.account('village', 1).place];
  entry = (await station.get<Wire<'Campaign'>>(`/api/v1/campaigns/${campaign}`)).entries[0].id;
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const placeOf = async (caller: Caller, id: string) => (await caller.get<Wire<'PlaceList'>>('/api/v1/places')).items.find((one) => one.id === id);
const end = async (ending: Wire<'PlaceEnding'>, place = own) => (await station.expects<Wire<'Place'>>('PUT', endingPath(place), 200, { json: ending })).json;
const takeBack = async (place = own) => (await station.expects<Wire<'Place'>>('DELETE', endingPath(place), 200)).json;
const boardRow = async (place: string) => (await station.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`)).rows.find((row) => row.place === place);

describe('an ending', () => {
  it('is kept, told to everybody who sees the place, changed and taken back', async () => {
    for (let time = 1; time <= 2; time += 1) expect((await end(merger())).ending).toEqual(merger());
    expect((await placeOf(village, own))?.ending).toEqual(merger());
    expect((await placeOf(await town.as('resident_leader'), own))?.ending).toEqual(merger());
    // Where to go on is known by name to those who are sent there.
    expect((await placeOf(village, heir))?.name).toBeTruthy();
    expect((await end({ on: '2023-12-31', reason: '示例：整村搬迁' })).ending?.into).toBeUndefined();
    for (let time = 1; time <= 2; time += 1) expect((await takeBack()).ending).toBeUndefined();
    expect((await placeOf(village, own))?.ending).toBeUndefined();
    expect(await placeOf(village, heir)).toBeUndefined();
    const trail = await (await town.as('auditor')).get<Wire<'AuditList'>>('/api/v1/audit?limit=50');
    expect(trail.items.filter((one) => one.subject_kind === 'place' && one.subject === own).map((one) => one.action))
      .toEqual(['take_back_ending', 'end_place', 'end_place']);
  });

  it('is the same for one key, and done again for another', async () => {
    const headers = { 'idempotency-key': newId() };
    await station.expects('PUT', endingPath(own), 200, { json: merger(), headers });
    await takeBack();
    await station.expects('PUT', endingPath(own), 200, { json: merger(), headers });
    expect((await placeOf(station, own))?.ending).toBeUndefined();
    await station.expects('PUT', endingPath(own), 200, { json: merger(), headers: { 'idempotency-key': newId() } });
    expect((await takeBack()).ending).toBeUndefined();
  });

  it('is the station’s to give', async () => {
    await village.expects('PUT', endingPath(own), 403, { json: merger() });
    await village.expects('DELETE', endingPath(own), 403);
    await town.nobody().expects('PUT', endingPath(own), 401, { json: merger() });
    await town.nobody().expects('DELETE', endingPath(own), 401);
    await station.expects('PUT', endingPath('no-such-place'), 404, { json: merger() });
    await station.expects('DELETE', endingPath('no-such-place'), 404);
  });

  it('is refused with the field that is wrong', async () => {
    const seat = town.account('station').place;
    const table: [string, string, Record<string, unknown>][] = [
      ['on', 'out_of_range', { on: '2023-07-31' }], ['on', 'out_of_range', { on: '2024-10-27' }], ['on', 'invalid', { on: '2023-02-30' }],
      ['on', 'required', { on: undefined }], ['reason', 'required', { reason: ' ' }], ['reason', 'too_long', { reason: '长'.repeat(201) }],
      ['into', 'merged_into_itself', { into: own }], ['into', 'unknown_choice', { into: seat }], ['into', 'unknown_choice', { into: 'no-such-place' }],
      ['after', 'unknown_field', { after: '2023-10-10' }],
    ];
    for (const [field, code, wrong] of table) {
      const { json } = await station.expects<Wire<'Problem'>>('PUT', endingPath(own), 422, { json: { ...merger(), ...wrong }, broken: true });
      expect(json.faults?.map((fault) => [fault.field, fault.code]), JSON.stringify(wrong)).toEqual([[field, code]]);
    }
    expect((await station.expects<Wire<'Problem'>>('PUT', endingPath(seat), 422, { json: { on: lastDay, reason: '示例' } })).json.code).toBe('place_cannot_end');
    await end({ on: '2023-10-10', reason: '示例：撤销' }, heir);
    expect((await station.expects<Wire<'Problem'>>('PUT', endingPath(own), 422, { json: merger() })).json.faults?.[0]).toMatchObject({ field: 'into', code: 'place_dissolved' });
    await takeBack(heir);
    await end(merger());
    expect((await station.expects<Wire<'Problem'>>('PUT', endingPath(heir), 422, { json: { on: lastDay, reason: '示例' } })).json.faults?.[0]).toMatchObject({ field: 'on', code: 'takes_over' });
    await takeBack();
  });
});

describe('a place that ended', () => {
  it('owes nothing that falls due later, and keeps what it did', async () => {
    const before = await boardRow(own);
    const covered = (await station.get<Wire<'Coverage'>>(`/api/v1/coverage?campaign=${campaign}`)).rows.find((row) => row.place === own);
    await end(merger());
    const after = await boardRow(own);
    expect(after?.ended_on).toBe(lastDay);
    for (const [index, cell] of (after?.cells ?? []).entries()) {
      const isAfter = cell.due_at > `${lastDay}T23:59`;
      if (isAfter && !cell.submitted_at) expect(cell.state).toBe('na');
      else expect(cell.state).toBe(before?.cells[index]?.state);
    }
    expect(after?.cells.some((cell) => cell.state === 'na')).toBe(true);
    const matrix = await station.get<Wire<'Coverage'>>(`/api/v1/coverage?campaign=${campaign}`);
    const row = matrix.rows.find((one) => one.place === own);
    expect(row).toMatchObject({ ended_on: lastDay, silent: false, counts: covered?.counts, total: covered?.total });
    const running = matrix.weeks.find((week) => week.from === '2023-10-23');
    expect(running?.asked).toBe(matrix.weeks[0].asked - 1);
    const suggested = await station.get<Wire<'Suggestions'>>(`/api/v1/coverage/suggestions?campaign=${campaign}`);
    expect(suggested.items.filter((one) => one.place === own)).toEqual([]);
    const appraised = await station.get<Wire<'Appraisal'>>(appraisalPath());
    expect(appraised.rows.find((one) => one.place === own)?.ended_on).toBe(lastDay);
    const reminder = await station.expects<Wire<'ReminderPreview'>>('POST', '/api/v1/reminders/preview', 200, { json: { campaign, due_on: '2023-10-28' } });
    expect(JSON.stringify(reminder.json)).not.toContain(after?.place_name);
    await takeBack();
    expect((await boardRow(own))?.cells.map((cell) => cell.state)).toEqual(before?.cells.map((cell) => cell.state));
  });

  it('takes what was held before, however late it comes, and nothing after', async () => {
    await end(merger());
    await record(village, activityAt(own, entry, { started_at: `${lastDay}T20:00:00+08:00` }));
    const { json } = await village.expects<Wire<'Problem'>>('PUT', activityPath(newId()), 422, { json: activityAt(own, entry, { started_at: '2023-10-21T08:00:00+08:00' }) });
    expect(json.faults).toMatchObject([{ field: 'started_at', code: 'place_merged' }]);
    const heirName = (await placeOf(station, heir))?.name ?? '';
    expect(json.detail).toContain(heirName);
    const planned = await village.expects<Wire<'Problem'>>('PUT', planPath(own, `/rows/${newId()}`), 422, { json: rowOf() });
    expect(planned.json.faults).toMatchObject([{ field: 'from', code: 'place_merged' }]);
    const site = await station.expects<Wire<'Problem'>>('PUT', sitePath(newId()), 422, { json: { place: own, kind: 'education_site', name: '示例', photos: [] } });
    expect(site.json.faults).toMatchObject([{ field: 'place', code: 'place_merged' }]);
    expect(await village.get<Wire<'Report'>>(reportPath(own, '2023-11'))).toMatchObject({ state: 'na' });
    await takeBack();
  });
});
