import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { claimOf, picture, upload } from '../kit/pictures';
import { activityAt, activityPath, campaign, campaignOf, newId, record, reportPath } from '../kit/records';
import { RunningServer } from '../kit/server';
import { copyTown } from '../kit/town';

// A machine whose clock ran eight hours ahead, as one does that took its local time for UTC, is set right and started again.
const wrong = '2023-10-26T17:00:00+08:00';
const right = '2023-10-26T09:00:00+08:00';

let data: string;
let server: RunningServer;
let town: Town;
let village: Caller;
let station: Caller;
let own: string;
let entry: string;
let before: Wire<'Activity'>;
let cursor: string;

async function start(clock: string): Promise<void> {
  server = await RunningServer.start({ data, settings: ['--clock', clock] });
  town = new Town(server.origin, data);
  [village, station] = [await town.as('village'), await town.as('station')];
}
const report = (rest = '') => reportPath(own, '2023-10', rest);
const changesSince = (since: string) => village.get<Wire<'Changes'>>(`/api/v1/changes?campaign=${campaign}&place=${own}&since=${encodeURIComponent(since)}`);

beforeAll(async () => {
  data = copyTown(inject('sample'));
  await start(wrong);
  own = town.account('village').place;
  entry = (await campaignOf(village)).entries[0].id;
  before = await record(village, activityAt(own, entry, { text: '示例：钟走快时记的。' }));
  await village.expects('POST', report('/submission'), 200);
  await station.expects('POST', report('/return'), 200, { json: { reason: '示例：请补一句。' } });
  cursor = (await village.get<Wire<'Changes'>>(`/api/v1/changes?campaign=${campaign}&place=${own}`)).cursor;
  await server.stop();
  await start(right);
}, 180_000);

afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

describe('after the server’s clock was set back', () => {
  it('a record goes in, is changed, and its pictures arrive and are drawn', async () => {
    const bytes = picture(610);
    const id = newId();
    const made = await record(village, activityAt(own, entry, { text: '示例：钟拨回来后记的。', photos: [claimOf(id, bytes)] }));
    await upload(village, id, bytes);
    await expect.poll(async () => (await village.ask('GET', `/api/v1/photos/${id}/320`)).status, { timeout: 20_000 }).toBe(200);
    expect(Date.parse(made.received_at)).toBeLessThan(Date.parse(before.received_at));
  });

  it('what the wrong clock recorded is edited like any other', async () => {
    const { id, etag } = before;
    const change = { ...activityAt(own, entry, { text: '示例：改过的一句。' }), started_at: before.started_at };
    const changed = await village.expects<Wire<'Activity'>>('PUT', activityPath(id), 200, { json: change, headers: { 'if-match': etag } });
    expect(changed.json.text).toBe('示例：改过的一句。');
    const history = await village.get<Wire<'HistoryList'>>(`${activityPath(id)}/history`);
    expect(history.items.map((item) => item.action)).toEqual(['edited', 'created']);
  });

  it('the feed goes on behind what was read of it', async () => {
    const { items, reset } = await changesSince(cursor);
    expect(reset).toBe(false);
    expect(items.filter((item) => item.kind === 'activity').map((item) => item.id)).toContain(before.id);
    const again = await changesSince((await changesSince(cursor)).cursor);
    expect(again.items).toEqual([]);
  });

  it('the report is handed in again, numbered on, and is as early as its first hand-in', async () => {
    const first = (await village.get<Wire<'Report'>>(report())).versions[0];
    const again = (await village.expects<Wire<'Report'>>('POST', report('/submission'), 200)).json;
    expect(again.versions.map((version) => version.number)).toEqual([first.number + 1, first.number]);
    expect(again.state).toBe('resubmitted');
    const receipt = await village.get<Wire<'Receipt'>>(report('/receipt'));
    expect(receipt).toMatchObject({ on_time: true, late_days: 0, number: first.number + 1 });
    expect(receipt.first_submitted_at).toBe(first.submitted_at);
    await station.expects('POST', report('/acceptance'), 200);
  });

  it('the trail is whole, in the order things were done', async () => {
    const auditor = await town.as('auditor');
    const trail = await auditor.get<Wire<'AuditList'>>('/api/v1/audit?limit=50');
    const numbers = trail.items.map((item) => item.id);
    expect(numbers).toEqual(numbers.slice().sort((a, b) => b - a));
    expect((await auditor.get<Wire<'AuditVerification'>>('/api/v1/audit/verification')).valid).toBe(true);
  });
});
