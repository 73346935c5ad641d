import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { MailServer, makeCertificate } from '../kit/mail_server';
import { Town } from '../kit/people';
import { campaign, newId } from '../kit/records';
import { mailboxAt, quietSchedule, reminders, reportDue, setSettings, settingsPath } from '../kit/reminding';
import { RobotServer } from '../kit/robot_server';
import { freePort, RunningServer } from '../kit/server';
import { copyTown } from '../kit/town';

const certificate = makeCertificate();
const robots = new RobotServer();
let data: string;
let server: RunningServer | undefined;
let station: Caller;
let mail: MailServer;

/** The server of the same folder, at another moment. */
async function liveAt(clock: string): Promise<void> {
  await server?.stop();
  server = await RunningServer.start({ verb: 'demo', data,
    settings: ['--clock', clock, '--loopback-webhooks', '--trusted-certificates', certificate.file] });
  station = await new Town(server.origin, data).as('station');
}

/** Everything the schedule asked for, once none of it is under way any more and so many are there. */
async function scheduled(atLeast: number): Promise<Wire<'Reminder'>[]> {
  let all: Wire<'Reminder'>[] = [];
  for (const limit = Date.now() + 40_000; Date.now() < limit; await pause(50)) {
    all = (await reminders(station)).filter((one) => !one.by);
    if (all.length >= atLeast && all.every((one) => one.settled_at)) return all;
  }
  throw new Error(`the schedule never came so far: ${JSON.stringify(all)}`);
}

beforeAll(async () => {
  data = copyTown(inject('sample'));
  const origin = await robots.listen();
  const port = await freePort();
  mail = new MailServer(certificate, port, true);
  await mail.listen();
  await liveAt('2023-10-26T09:00:00+08:00');
  const { places } = (await station.expects<Wire<'ReminderPreview'>>('POST', '/api/v1/reminders/preview', 200, { json: { campaign, due_on: reportDue } })).json;
  await setSettings(station, {
    address: 'https://wujin.example.org', mailbox: mailboxAt(port, 'tls'),
    robots: [{ id: newId(), name: '示例群', kind: 'wecom', url: `${origin}/wecom`, scheduled: true }, { id: newId(), name: '不定时的群', kind: 'feishu', url: `${origin}/feishu`, scheduled: false }],
    addresses: places.slice(0, 2).map((place, index) => ({ place: place.place, address: `village${index}@example.org` })),
    schedule: { ...quietSchedule, on: true, days_before: [3, 0], days_after: [1] },
  });
  // The first day after the deadline is a Sunday; this makes the Monday a holiday too.
  await station.expects('PUT', `${settingsPath}/office-days/2023`, 200, { json: { csv: '2023-10-30,休,示例假日' } });
}, 180_000);

afterAll(async () => {
  await server?.stop();
  robots.close();
  await mail.close();
  rmSync(data, { recursive: true, force: true });
});

describe('a schedule', () => {
  it('reminds the group on the working day before a deadline on a Saturday, once, though the server restarts', async () => {
    // Switched on on the 26th: what the 25th asked for is past.
    await liveAt('2023-10-27T09:01:00+08:00');
    const [sent, ...others] = await scheduled(1);
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ state: 'sent', kind: 'before', channel: 'robot', receiver_name: '示例群', due_on: reportDue });
    expect(sent?.text).toContain('https://wujin.example.org/phone/reports/2023-10');
    await liveAt('2023-10-27T09:05:00+08:00');
    await setSettings(station, { ...(await kept()), robots: await keptRobots() });
    expect(robots.posted).toHaveLength(1);
    expect(mail.taken).toHaveLength(0);
  });

  it('keeps quiet at night, and after the deadline writes to each late place alone, on the next working day', async () => {
    await liveAt('2023-10-30T23:00:00+08:00');
    expect(await scheduled(1)).toHaveLength(1);
    await liveAt('2023-10-31T09:01:00+08:00');
    const late = (await scheduled(3)).filter((one) => one.kind === 'after');
    expect(late.map((one) => [one.channel, one.state])).toEqual([['mail', 'sent'], ['mail', 'sent']]);
    for (const one of late) expect(one.text).toContain(`${one.receiver_name}：10月消防宣传“五进”工作情况原定10月28日前报送，目前还未收到。`);
    expect(mail.taken.map((one) => one.to)).toHaveLength(2);
    expect(new Set(mail.taken.flatMap((one) => one.to))).toEqual(new Set(['village0@example.org', 'village1@example.org']));
    expect(robots.posted).toHaveLength(1);
  });
});

async function kept(): Promise<Partial<Wire<'ReminderSettingsChange'>>> {
  const { address, mailbox, addresses, schedule } = await station.get<Wire<'ReminderSettings'>>(settingsPath);
  if (!address || !mailbox) throw new Error('the settings are gone');
  const { has_password: _, ...rest } = mailbox;
  return { address, mailbox: rest, addresses, schedule };
}

async function keptRobots(): Promise<Wire<'ReminderRobotChange'>[]> {
  const { robots: list } = await station.get<Wire<'ReminderSettings'>>(settingsPath);
  return list.map(({ id, name, kind, scheduled: on }) => ({ id, name, kind, scheduled: on }));
}
