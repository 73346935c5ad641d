import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { MailServer, makeCertificate } from '../kit/mail_server';
import { Town } from '../kit/people';
import { campaign, newId } from '../kit/records';
import { mailboxAt, quietSchedule, remind, reminders, reportDue, setSettings, settingsPath, settled, townId, until } from '../kit/reminding';
import { RobotServer } from '../kit/robot_server';
import { freePort, type RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

const certificate = makeCertificate();
let data: string;
let server: RunningServer;
let town: Town;
let station: Caller;
let port: number;
let owing: Wire<'ReminderPlace'>[];

const preview = async (json: Wire<'ReminderAsked'> = { campaign, due_on: reportDue }) =>
  (await station.expects<Wire<'ReminderPreview'>>('POST', '/api/v1/reminders/preview', 200, { json })).json;

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data, ['--loopback-webhooks', '--trusted-certificates', certificate.file]);
  town = new Town(server.origin, data);
  station = await town.as('station');
  port = await freePort();
  owing = (await preview()).places;
});

afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

describe('the text for the group', () => {
  it('says by when, who has yet to hand in, what each has recorded, and where', async () => {
    const shown = await preview();
    expect(shown.kind).toBe('before');
    expect(shown.group_text).toMatch(/^各村（社区）：10月消防宣传“五进”工作情况请于10月28日（星期六）前报送。10月28日是星期六，请提前安排报送。还未报送的有：/);
    expect(shown.group_text).toMatch(new RegExp(`已在系统里记录的，点链接核对后报送即可，不用另做Word。${server.origin}/phone/reports/2023-10$`));
    expect(owing.length).toBeGreaterThan(2);
    for (const place of owing) {
      expect(shown.group_text).toContain(place.recorded > 0 ? `${place.place_name}（已记录${place.recorded}场）` : place.place_name);
    }
  });

  it('names only the places chosen', async () => {
    const [one, other] = owing as [Wire<'ReminderPlace'>, Wire<'ReminderPlace'>];
    const shown = await preview({ campaign, due_on: reportDue, places: [one.place] });
    expect(shown.group_text).toContain(one.place_name);
    expect(shown.group_text).not.toContain(other.place_name);
  });

  it('says that all is in when it is, and is to the place alone once it is late', async () => {
    const board = await station.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    const handedIn = board.rows.find((row) => row.cells.some((cell) => cell.period === '2023-08' && cell.state === 'accepted'));
    const shown = await preview({ campaign, due_on: '2023-08-28', places: [handedIn?.place ?? ''] });
    expect(shown).toMatchObject({ kind: 'all_in', places: [], group_text: '各村（社区）：8月工作情况已全部报送，谢谢大家。' });
    // Of the yearly summary and December's report, one message asks.
    const december = await preview({ campaign, due_on: '2023-12-28' });
    expect(december.group_text).toContain('请于12月28日前报送12月工作情况和2023年工作总结');
    expect(december.group_text).toContain('截至10月26日');
  });

  it('is refused for a day nothing falls due, a strange place, a strange campaign and those without the right', async () => {
    const ask = (json: unknown, caller = station) => caller.ask<Wire<'Problem'>>('POST', '/api/v1/reminders/preview', { json });
    expect((await ask({ campaign, due_on: '2023-10-27' })).status).toBe(422);
    expect((await ask({ campaign, due_on: reportDue, places: ['nowhere'] })).json.faults?.[0]?.field).toBe('places[0]');
    expect((await ask({ campaign: 'no-such', due_on: reportDue })).status).toBe(404);
    expect((await ask({ campaign, due_on: reportDue }, await town.as('village'))).status).toBe(403);
  });
});

describe('the settings', () => {
  it('keep secrets to themselves, in the answer, in the trail and in the database', async () => {
    const id = newId();
    const kept = await setSettings(station, {
      mailbox: mailboxAt(port, 'tls'), robots: [{ id, name: '示例群', kind: 'dingtalk', url: 'https://robot.example.org/send?access_token=tell-nobody-1', secret: 'SECtell-nobody-2', scheduled: true }],
    });
    expect(kept.mailbox).toMatchObject({ has_password: true });
    expect(kept.robots[0]).toMatchObject({ id, url_end: 'dy-1', has_secret: true });
    const trail = await (await town.as('auditor')).get<Wire<'AuditList'>>('/api/v1/audit');
    const wal = readFileSync(join(data, 'wujin.sqlite-wal'), 'latin1') + readFileSync(join(data, 'wujin.sqlite'), 'latin1');
    for (const secret of ['tell-nobody', '口令 secret']) {
      expect(JSON.stringify(kept) + JSON.stringify(trail)).not.toContain(secret);
      expect(wal).not.toContain(Buffer.from(secret).toString('latin1'));
    }
    expect(statSync(join(data, 'fields.key')).mode & 0o777).toBe(0o600);
  });

  it('answer 412 with what is there to an edit of something older', async () => {
    const change = { robots: [], addresses: [], schedule: quietSchedule };
    const stale = await station.expects<Wire<'ReminderSettingsStale'>>('PUT', settingsPath, 412, { json: change, headers: { 'if-match': '"0"' } });
    expect(stale.json.current.town).toBe(townId);
    await station.expects('PUT', settingsPath, 412, { json: change });
  });

  it('refuse what could not work or could lead the server astray, all at once', async () => {
    const { etag } = await station.get<Wire<'ReminderSettings'>>(settingsPath);
    const robot = (url: string) => ({ id: newId(), name: '示例群', kind: 'wecom', url, scheduled: true });
    const json = {
      address: 'https://wujin.example.org/path', mailbox: { ...mailboxAt(25, 'tls'), host: 'a b', from_address: 'station@example.org\r\nBcc: x@example.org' },
      robots: [robot('http://example.org/x'), robot('https://user:word@example.org/'), robot('file:///etc/passwd'), { id: newId(), name: '无地址', kind: 'feishu', scheduled: true }],
      addresses: [{ place: 'nowhere', address: 'a@b.cn' }, { place: owing[0]?.place, address: 'no address' }],
      schedule: { ...quietSchedule, on: true, at: '21:00', days_before: [1, 1], days_after: [0] },
    };
    const answer = await station.expects<Wire<'Problem'>>('PUT', settingsPath, 422, { json, headers: { 'if-match': etag }, broken: true });
    expect(answer.json.faults?.map((fault) => fault.field).sort()).toEqual([
      'address', 'addresses[0].place', 'addresses[1].address', 'mailbox.from_address', 'mailbox.host', 'robots[0].url', 'robots[1].url', 'robots[2].url',
      'robots[3].url', 'schedule.at', 'schedule.days_after[0]', 'schedule.days_before[1]']);
  });

  it("take a year's calendar and name the line that is wrong", async () => {
    const path = `${settingsPath}/office-days/2023`;
    const put = (csv: string, caller = station, year = '2023') =>
      caller.ask<Wire<'OfficeDayList'> & Wire<'Problem'>>('PUT', `${settingsPath}/office-days/${year}`, { json: { csv }, headers: { 'idempotency-key': newId() } });
    const days = (await put('﻿日期,休或班,名称\r\n2023-10-01,休,国庆节\r\n2023-10-28,班,示例调休\r\n')).json;
    expect(days.items).toEqual([{ date: '2023-10-01', off: true, name: '国庆节' }, { date: '2023-10-28', off: false, name: '示例调休' }]);
    // A make-up workday is a day like any other: nothing is said of it.
    expect((await preview()).group_text).not.toContain('请提前安排报送');
    for (const wrong of ['2023-10-01,休\n2024-01-01,休', '2023-10-01,休\n2023-10-01,班', '2023-10-01,休\n2023-10-02,假', '2023-10-01,休\n十月二日,休']) {
      expect((await put(wrong)).json.faults?.[0]?.field).toBe('csv[2]');
    }
    await station.expects('PUT', path, 200, { json: { csv: '' }, headers: { 'idempotency-key': newId() } });
    expect((await put('', await town.as('village'))).status).toBe(403);
    expect((await station.ask('PUT', '/api/v1/reminder-settings/nowhere/office-days/2023', { json: { csv: '' } })).status).toBe(404);
  });

  it('are for the station and the system account', async () => {
    await (await town.as('system')).get(settingsPath);
    await (await town.as('village')).get(settingsPath, 403);
    await station.get('/api/v1/reminder-settings/nowhere', 404);
    const json = { robots: [], addresses: [], schedule: quietSchedule };
    await (await town.as('village')).expects('PUT', settingsPath, 403, { json });
    await station.expects('PUT', '/api/v1/reminder-settings/nowhere', 404, { json });
  });
});

describe('by mail', () => {
  let mail: MailServer;
  let place: Wire<'ReminderPlace'>;

  async function open(security: 'tls' | 'starttls'): Promise<void> {
    port = await freePort();
    mail = new MailServer(certificate, port, security === 'tls');
    await mail.listen();
    place = owing[0] as Wire<'ReminderPlace'>;
    await setSettings(station, { mailbox: mailboxAt(port, security), addresses: [{ place: place.place, address: 'village@example.org' }] });
  }
  const one = async () => (await remind(station, { places: [place.place], mail: true }))[0]?.id ?? '';
  const close = () => mail.close();

  it.each(['tls', 'starttls'] as const)('goes to each place that owes, over %s, once', async (security) => {
    await open(security);
    const id = await one();
    expect(await until(station, id, settled)).toMatchObject({ state: 'sent', attempts: 1, receiver_name: place.place_name, channel: 'mail' });
    await close();
    expect(mail.taken).toHaveLength(1);
    expect(mail.taken[0]).toMatchObject({ from: 'station@example.org', to: ['village@example.org'], encrypted: true, login: 'station' });
    expect(mail.taken[0]?.mail.subject).toBe('提醒报送：10月消防宣传“五进”工作情况（10月28日前）');
    expect(mail.taken[0]?.mail.text).toContain(place.place_name);
    expect(mail.taken[0]?.mail.from?.text).toContain('示例镇消防工作站');
  });

  it('waits for a server that is down', async () => {
    await open('tls');
    await mail.close();
    const id = await one();
    expect((await until(station, id, (now) => now.attempts > 0 && now.state === 'waiting')).cause).not.toContain('example.org');
    mail = new MailServer(certificate, port, true);
    await mail.listen();
    expect((await until(station, id, settled)).state).toBe('sent');
    await close();
    expect(mail.taken).toHaveLength(1);
  });

  it('waits for a slow one', async () => {
    await open('starttls');
    mail.moods = ['waits'];
    const id = await one();
    await until(station, id, (now) => now.state === 'sending' && mail.held.length === 1);
    mail.held[0]?.();
    expect(await until(station, id, settled)).toMatchObject({ state: 'sent', attempts: 1 });
    await close();
  });

  // The program hangs up by itself after half a minute, and asks again a little later.
  const hangsUp = 150_000;

  it('waits for one that takes the line and never says a word', async () => {
    await open('tls');
    mail.moods = ['silent', 'takes'];
    const id = await one();
    await until(station, id, (now) => now.attempts === 1 && now.state === 'waiting', hangsUp);
    expect([mail.unanswered, mail.attempts]).toEqual([1, 0]);
    expect(await until(station, id, settled, hangsUp)).toMatchObject({ state: 'sent', attempts: 2 });
    await close();
    expect(mail.taken).toHaveLength(1);
  }, 2 * hangsUp);

  it('leaves it to a person when all of the message was heard and no answer ever comes', async () => {
    await open('starttls');
    mail.moods = ['waits'];
    const id = await one();
    expect(await until(station, id, settled, hangsUp)).toMatchObject({ state: 'uncertain', attempts: 1 });
    expect([mail.held.length, mail.attempts]).toEqual([1, 1]);
    await close();
  }, 2 * hangsUp);

  it('does not insist where it is refused, and comes again where it is asked to', async () => {
    await open('tls');
    mail.moods = ['refuses', 'comes_later', 'takes'];
    const refused = await until(station, await one(), settled);
    expect(refused).toMatchObject({ state: 'refused', attempts: 1 });
    expect(refused.cause).toContain('550');
    expect(await until(station, await one(), settled)).toMatchObject({ state: 'sent', attempts: 2 });
    await close();
    expect(mail.taken).toHaveLength(1);
  });

  it('is sent again when the connection broke before the message, but not when it broke after it: then a person decides', async () => {
    await open('tls');
    mail.moods = ['drops_before_data', 'takes'];
    expect(await until(station, await one(), settled)).toMatchObject({ state: 'sent', attempts: 2 });
    mail.moods = ['drops_after_data', 'takes'];
    const id = await one();
    expect(await until(station, id, settled)).toMatchObject({ state: 'uncertain', attempts: 1 });
    expect(mail.taken).toHaveLength(1);
    await station.expects('POST', `/api/v1/reminders/${id}/retry`, 200);
    expect(await until(station, id, settled)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(mail.taken[1]?.mail.messageId).toContain(id);
    // What was sent is not sent again, whoever asks.
    await station.expects('POST', `/api/v1/reminders/${id}/retry`, 409, { headers: { 'idempotency-key': newId() } });
    await (await town.as('village')).expects('POST', `/api/v1/reminders/${id}/retry`, 403);
    await station.expects('POST', `/api/v1/reminders/${newId()}/retry`, 404);
    await close();
  });

  it('is neither lost nor taken twice when the connection broke in the middle of the message', async () => {
    await open('tls');
    mail.moods = ['drops_within_data', 'takes'];
    const id = await one();
    // How much of it was gone when the line broke is the network's to say: with the last byte away a person decides, before it the program.
    const cut = await until(station, id, settled);
    expect(mail.taken).toHaveLength(cut.state === 'uncertain' ? 0 : 1);
    if (cut.state === 'uncertain') await station.expects('POST', `/api/v1/reminders/${id}/retry`, 200);
    expect(await until(station, id, settled)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(mail.taken).toHaveLength(1);
    await close();
  });

  it('trusts no certificate it does not know', async () => {
    port = await freePort();
    const stranger = new MailServer(makeCertificate(), port, true);
    await stranger.listen();
    place = owing[0] as Wire<'ReminderPlace'>;
    await setSettings(station, { mailbox: mailboxAt(port, 'tls'), addresses: [{ place: place.place, address: 'village@example.org' }] });
    await until(station, await one(), (now) => now.attempts > 0 && now.state === 'waiting');
    expect(stranger.attempts).toBe(0);
    await stranger.close();
  });

  it('needs an address, and somebody who owes', async () => {
    await setSettings(station, {});
    const ask = (json: unknown, caller = station) => caller.ask<Wire<'Problem'>>('POST', '/api/v1/reminders', { json, headers: { 'idempotency-key': newId() } });
    expect((await ask({ campaign, due_on: reportDue, robots: [], mail: true })).json.code).toBe('reminder_no_receiver');
    expect((await ask({ campaign: 'no-such', due_on: reportDue, robots: [], mail: true })).status).toBe(404);
    expect((await ask({ campaign, due_on: reportDue, robots: [], mail: true }, await town.as('village'))).status).toBe(403);
  });
});

describe('by the robot of a group', () => {
  const robots = new RobotServer();
  let origin: string;
  const id = newId();

  beforeAll(async () => { origin = await robots.listen(); });
  afterAll(() => { robots.close(); });
  beforeEach(() => { robots.posted.length = 0; robots.moods = ['takes']; });

  const add = (kind: 'wecom' | 'dingtalk' | 'feishu', secret = '', url = `${origin}/${kind}`) => {
    robots.secret = secret;
    return setSettings(station, { robots: [{ id, name: '示例群', kind, url, secret, scheduled: true }] });
  };
  const one = async (more: Partial<Wire<'ReminderRequest'>> = {}) => (await remind(station, { robots: [id], ...more }))[0]?.id ?? '';

  it.each([['wecom', ''], ['dingtalk', 'SECexample'], ['feishu', 'example-secret'], ['dingtalk', ''], ['feishu', '']] as const)(
    'speaks the language of %s, signed with “%s”', async (kind, secret) => {
      await add(kind, secret);
      expect(await until(station, await one({ text: '示例：“请”报送\n第二行' }), settled)).toMatchObject({ state: 'sent', attempts: 1, receiver_name: '示例群' });
      expect(robots.posted).toHaveLength(1);
      const text = kind === 'feishu' ? { msg_type: 'text', content: { text: '示例：“请”报送\n第二行' } } : { msgtype: 'text', text: { content: '示例：“请”报送\n第二行' } };
      expect(robots.posted[0]?.json).toMatchObject(text);
      expect(robots.faults).toEqual([]);
    });

  it('comes again after a 500, and says the same once', async () => {
    await add('wecom');
    robots.moods = ['fails', 'fails', 'takes'];
    expect(await until(station, await one(), settled)).toMatchObject({ state: 'sent', attempts: 3 });
    expect(robots.posted).toHaveLength(3);
  });

  it('leaves it to a person when no answer ever comes', async () => {
    await add('wecom');
    robots.moods = ['silent'];
    expect(await until(station, await one(), settled)).toMatchObject({ state: 'uncertain', attempts: 1 });
    expect(robots.posted).toHaveLength(1);
  });

  it('follows nobody elsewhere, and takes no for an answer', async () => {
    await add('wecom');
    robots.moods = ['redirects', 'says_no'];
    expect(await until(station, await one(), settled)).toMatchObject({ state: 'refused', cause: 'status 302' });
    expect(await until(station, await one(), settled)).toMatchObject({ state: 'refused', cause: 'code 310000' });
    expect(robots.posted.map((each) => each.path)).toEqual(['/wecom', '/wecom']);
  });

  it('does not knock at private networks', async () => {
    await add('wecom', '', 'https://10.255.255.1/send');
    expect(await until(station, await one(), settled)).toMatchObject({ state: 'refused', cause: 'not an address of the open internet' });
  });

  it('never speaks in the group of what is late, nor in strange groups, nor without words', async () => {
    await add('wecom');
    const ask = (more: object) => station.ask<Wire<'Problem'>>('POST', '/api/v1/reminders',
      { json: { campaign, due_on: reportDue, robots: [id], mail: false, ...more }, headers: { 'idempotency-key': newId() } });
    const board = await station.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    const late = board.columns.find((column) => board.rows.some((row) => row.place_kind !== 'town' && row.cells.some((cell) =>
      cell.deadline === column.deadline && cell.period === column.period && cell.state === 'overdue')));
    if (late) expect((await ask({ due_on: late.due_on })).json.code).toBe('reminder_not_to_group');
    expect((await ask({ robots: [newId()] })).json.faults?.[0]?.field).toBe('robots[0]');
    expect((await ask({ text: '  ' })).json.faults?.[0]?.field).toBe('text');
  });

  it('stands in a list that can be paged, the latest first, for the station alone', async () => {
    const all = await reminders(station);
    const first = await station.get<Wire<'ReminderList'>>(`/api/v1/reminders?campaign=${campaign}&limit=2`);
    const second = await station.get<Wire<'ReminderList'>>(`/api/v1/reminders?campaign=${campaign}&limit=2&cursor=${first.next_cursor}`);
    expect([...first.items, ...second.items]).toEqual(all.slice(0, 4));
    expect(all[0]?.by).toBeTruthy();
    await station.get(`/api/v1/reminders?campaign=${campaign}&cursor=nonsense`, 422);
    await station.get('/api/v1/reminders?campaign=no-such', 404);
    await (await town.as('village')).get(`/api/v1/reminders?campaign=${campaign}`, 403);
  });
});
