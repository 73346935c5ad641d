import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { Caller } from '../kit/caller';
import type { Role } from '../kit/people';
import { activityAt, activityPath, newId, rowOf } from '../kit/records';
import { binary, RunningServer } from '../kit/server';
import { wordText } from '../kit/word';

const folder = fileURLToPath(new URL('../../../campaigns/antifraud-sample', import.meta.url));
const id = 'antifraud-sample';
const town = 'qingshi';
const village = 'qingshi-east';
const path = (rest: string) => `/api/v1/${rest}`;

// Another kind of campaign, in a town of its own, from an empty folder: what is in no program is in its data.
describe('a second campaign', () => {
  let data: string;
  let server: RunningServer;
  let system: Caller;
  let campaign: Wire<'Campaign'>;
  let settings: string[] = [];

  const start = () => RunningServer.start({ verb: 'serve', data, settings });

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'wujin-second-'));
    server = await start();
    const token = await server.says(/https?:\/\/\S+\/setup#(\S+)/);
    const first = { token, login: 'shili-diyi', password: 'Shili-8-mima', display_name: '示例管理员', town: { id: town, name: '青石镇（示例）' } };
    const session = (await new Caller(server.origin).expects<Wire<'Session'>>('POST', path('setup'), 201, { json: first })).json;
    await server.stop();
    const said = execFileSync(binary(), ['load-campaign', folder, '--data', data], { encoding: 'utf8' });
    expect(said).toContain(id);
    server = await start();
    campaign = await new Caller(server.origin, session.token).get<Wire<'Campaign'>>(path(`campaigns/${id}`));
    await server.stop();
    settings = ['--clock', `${campaign.report_periods[0].from}T09:00:00+08:00`];
    server = await start();
    system = await signIn('shili-diyi', 'Shili-8-mima');
  });
  afterAll(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  async function signIn(login: string, password: string): Promise<Caller> {
    const session = (await new Caller(server.origin).expects<Wire<'Session'>>('POST', path('sessions'), 201, { json: { login, password } })).json;
    return new Caller(server.origin, session.token);
  }
  async function somebody(role: Role, place: string): Promise<Caller> {
    const made = (await system.expects<Wire<'InvitationMade'>>('POST', path('invitations'), 201, { json: { role, place } })).json;
    const session = (await new Caller(server.origin).expects<Wire<'Session'>>('POST', path('invitations/acceptance'), 201, {
      json: { token: made.token, login: `shili-${newId().slice(0, 8)}`, password: 'Shili-8-mima', display_name: '示例' },
    })).json;
    return new Caller(server.origin, session.token);
  }

  it('has its own words, weeks and forms', () => {
    expect(campaign.entries.map((entry) => entry.id)).not.toContain('enterprise');
    expect(campaign.title).not.toContain('消防');
    expect(campaign.options.sign_off).toBe(true);
  });

  it('draws its places from the outlines it carries', async () => {
    expect(campaign.has_map).toBe(true);
    const read = await system.expects<Wire<'PlaceMap'>>('GET', path(`campaigns/${id}/map`), 200);
    expect(read.json.shapes.map((shape) => shape.place)).toEqual(['qingshi-market', 'qingshi-east', 'qingshi-west']);
    await system.expects('GET', path(`campaigns/${id}/map`), 304, { headers: { 'if-none-match': read.headers['etag'] } });
  });

  it('is planned, signed off by the leader, recorded and handed in like any other', async () => {
    const worker = await somebody('village', village);
    const leader = await somebody('resident_leader', village);
    const day = campaign.report_periods[0].from;
    const plan = path(`plans/${id}/${village}`);
    const row = rowOf({ from: day, to: day, focus: '示例：集市反诈宣传' });
    expect((await leader.get<Wire<'Plan'>>(plan)).may).not.toContain('sign_off');
    await leader.expects('POST', `${plan}/sign-off`, 422);
    const id_of_row = newId();
    const made = await worker.expects('PUT', `${plan}/rows/${id_of_row}`, 201, { json: row });
    expect((await leader.get<Wire<'Plan'>>(plan)).may).toContain('sign_off');
    const signed = (await leader.expects<Wire<'Plan'>>('POST', `${plan}/sign-off`, 200)).json;
    expect(signed.sign_off).toMatchObject({ wanted: true, by: '示例', changed_since: false });
    expect(signed.may).not.toContain('sign_off');
    const focus = '示例：集市反诈宣传，加场';
    await worker.expects('PUT', `${plan}/rows/${id_of_row}`, 200, { json: { ...row, focus }, headers: { 'if-match': made.headers['etag'] } });
    const changed = await leader.get<Wire<'Plan'>>(plan);
    expect(changed.sign_off).toMatchObject({ by: '示例', changed_since: true });
    expect(changed.may).toContain('sign_off');
    await leader.expects('POST', `${plan}/sign-off`, 200);
    const change = { ...activityAt(village, campaign.entries[0].id), campaign: id, started_at: `${day}T09:00:00+08:00` };
    await worker.expects('PUT', activityPath(newId()), 201, { json: change });
    const report = path(`reports/${id}/${village}/${campaign.report_periods[0].month}`);
    const { title, title_lines } = await worker.get<Wire<'Report'>>(report);
    expect(title_lines).toEqual([title]);
    expect((await worker.expects<Wire<'Report'>>('POST', `${report}/submission`, 200)).json.state).toBe('submitted');
    expect(wordText((await worker.expects('GET', `${report}/document.docx`, 200)).bytes)).toContain(change.text);
    expect(wordText((await worker.expects('GET', `${plan}/document.docx`, 200)).bytes)).toContain('示例：集市反诈宣传');
  });
});
