import { rmSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { deskSized, enter, openBrowser, Watch } from '../kit/browser';
import type { Caller } from '../kit/caller';
import { Dovecot } from '../kit/dovecot';
import { wordType } from '../kit/forms';
import { letters, mailOf, type Mail } from '../kit/letters';
import { MailServer, makeCertificate, type Taken } from '../kit/mail_server';
import { Town } from '../kit/people';
import { picture } from '../kit/pictures';
import { campaign, campaignOf, planPath, reportPath } from '../kit/records';
import { mailboxAt, setSettings } from '../kit/reminding';
import { freePort, RunningServer } from '../kit/server';
import { copyTown } from '../kit/town';
import { wordOf } from '../kit/word';

// A station switches the mailbox on, and no village changes its habit.
const certificate = makeCertificate();
// The report is due by the 28th of October.
const clock = '2023-10-31T09:00:00+08:00';
const inTime = '2023-10-27T16:30:00+08:00';
const late = '2023-10-30T10:00:00+08:00';
const month = '2023-10';
const held = '10月11日，示例：在院坝里讲解秋收时节用火用电，约46人参加。';
const handed = '10月24日，示例：入户走访独居老人，发放明白卡30份。';

let data: string;
let server: RunningServer;
let imap: Dovecot;
let smtp: MailServer;
let browser: Browser;
let station: Caller;
let desk: BrowserContext;
let office: Page;
let watch: Watch;
let entry: Wire<'Campaign'>['entries'][number];
let reports: Wire<'Report'>[];

beforeAll(async () => {
  data = copyTown(inject('sample'));
  imap = await Dovecot.start(certificate, 'abcdefghijklmnop');
  const port = await freePort();
  smtp = new MailServer(certificate, port, true);
  await smtp.listen();
  server = await RunningServer.start({ verb: 'demo', data, settings: ['--clock', clock, '--trusted-certificates', certificate.file] });
  const town = new Town(server.origin, data);
  station = await town.as('station');
  await setSettings(station, { mailbox: mailboxAt(port, 'tls') });
  entry = (await campaignOf(station)).entries[0]!;
  reports = await silenced(town.account('village').place);
  await station.expects('POST', planPath(reports[0]!.place, '/return'), 200, { json: { reason: '示例：请补充十一月安排。' } });
  for (const mail of mails()) imap.deliver(mailOf(mail), mail.id === 'pictures' ? late : inTime);
  browser = await openBrowser();
  desk = await browser.newContext(deskSized);
  watch = new Watch(desk, server.origin);
  office = await desk.newPage();
  await enter(office, town.account('station').link, 'office');
  await office.getByRole('heading', { name: '各村（社区）活动记录' }).waitFor();
}, 240_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  await smtp.close();
  await imap.stop();
  rmSync(data, { recursive: true, force: true });
});

/** Villages that have recorded nothing in the month and handed nothing in: what they mail stands alone there. */
async function silenced(but: string): Promise<Wire<'Report'>[]> {
  const { items } = await station.get<Wire<'ReportList'>>(`/api/v1/reports?campaign=${campaign}&month=${month}`);
  const open = items.filter((one) => one.place !== but && (['due', 'not_due', 'overdue'].includes(one.state))).slice(0, 2);
  for (const { place } of open) {
    const recorded = await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${place}&month=${month}&limit=200`);
    for (const { id, etag } of recorded.items) {
      await station.expects('DELETE', `/api/v1/activities/${id}?reason=${encodeURIComponent('示例')}`, 204, { headers: { 'if-match': etag } });
    }
  }
  return Promise.all(open.map(({ place }) => station.get<Wire<'Report'>>(reportPath(place, month))));
}

const addressOf = (index: number): string => `village${index}@village.example`;
const word = (name: string, blocks: Parameters<typeof wordOf>[0]) => [{ name, type: wordType, bytes: wordOf(blocks) }];
const report = (of: Wire<'Report'>, blocks: Parameters<typeof wordOf>[0]): Mail['attachments'] =>
  word(`${of.place_name}10月工作情况.docx`, [of.title, of.weeks[1]!.heading, `（一）消防宣传${entry.name}`, ...blocks]);
const planRows = (place: string): string[][] => [
  ['活动周期', '计划“五进”村社', '宣传重点', '负责人'], ['11月第一周（11月1日—5日）', place, '示例三组院坝', '示例甲'], ['11月第二周（11月6日—12日）', place, '示例小学', '示例乙']];

function mails(): Mail[] {
  const [one, other] = reports as [Wire<'Report'>, Wire<'Report'>];
  const plan = word(`${one.place_name}计划表.docx`, ['附件1', `${one.place_name}2023年消防宣传“五进”计划表`, planRows(one.place_name)]);
  const shots = [1, 2].map((number) => ({ name: `IMG_${number}.png`, type: 'image/png', bytes: picture(480 + number) }));
  return [
    { from: addressOf(1), name: '示例甲', id: 'report', subject: `${one.place_name}10月五进`, text: '请查收。', attachments: report(one, [held, picture(500), picture(520)]) },
    { from: addressOf(1), name: '示例甲', id: 'plan', subject: `${one.place_name}计划表`, text: '', attachments: plan },
    { from: addressOf(2), name: '示例乙', id: 'pictures', subject: `${other.place_name}10月消防宣传五进照片`, text: '', attachments: shots },
    { from: addressOf(2), name: '示例乙', id: 'question', subject: '请教', text: '请问10月没有拍照片，可以不放照片吗？' },
  ];
}

const rowOf = (subject: string) => office.locator('.mail__table tr', { has: office.getByRole('link', { name: subject, exact: true }) });
const toMails = async (state?: string): Promise<void> => {
  await office.getByRole('link', { name: '邮件收件' }).first().click();
  if (state) await office.getByRole('button', { name: state, exact: true }).click();
  await office.locator('.mail__table').waitFor();
};
/** Gives a picture to the activity that begins with these words. */
async function moveTo(number: number, words: string): Promise<void> {
  const select = office.getByLabel(`把图${number}移到`);
  await select.selectOption(await select.locator('option', { hasText: words }).getAttribute('value') ?? '');
}
/** Filing goes on by itself; where the machine is so busy that the page has stopped asking, somebody asks. */
async function seesFiled(subject: string, words: RegExp): Promise<void> {
  await expect.poll(async () => (await letters(station)).find((one) => one.subject === subject)?.state, { timeout: 180_000 }).toBe('filed');
  const told = office.getByText(words), refresh = office.getByRole('button', { name: '刷新' });
  await told.or(refresh).first().waitFor();
  if (await refresh.isVisible()) await refresh.click({ timeout: 5_000 }).catch(() => undefined); // it goes as soon as the page asks by itself
  await told.waitFor();
}
const sentTo = (address: string): Taken[] => smtp.taken.filter((one) => one.to.includes(address));
const isReceipt = (one: Taken): boolean => one.mail.headers.get('auto-submitted') === 'auto-replied';

describe('a station on its first day', { timeout: 240_000 }, () => {
  it('enters its mailbox, and the test says what does not work and then that all does', async () => {
    await office.goto(`${server.origin}/office/#/settings?tab=mailbox`);
    await office.getByLabel('收件服务器（IMAP）').fill('localhost');
    await office.getByLabel('端口').fill(String(imap.port));
    await office.getByLabel('邮箱账号').fill('station');
    await office.getByLabel('授权码', { exact: true }).fill('登录密码');
    await office.getByRole('button', { name: '测试一下' }).click();
    await office.getByText('收件服务器不接受这个账号或授权码。').waitFor();
    await office.getByLabel('授权码', { exact: true }).fill('abcd efgh ijkl mnop'); // as a provider's page shows it
    await office.getByRole('button', { name: '测试一下' }).click();
    await office.getByText('可以用。文件夹里有4封邮件。').waitFor();
    await office.getByLabel('现在就开始收').check();
    await office.getByRole('button', { name: '保存', exact: true }).click();
    await office.getByText('已保存').first().waitFor();
    await office.getByText('还没有记住哪个发件人。').waitFor();
  });

  it('finds what its villages had mailed, each waiting to be looked at', async () => {
    await expect.poll(async () => (await letters(station)).map((one) => one.state), { timeout: 120_000 }).toEqual(Array(4).fill('waiting'));
    await toMails();
    for (const { subject } of mails()) await rowOf(subject!).waitFor();
    const [one, other] = reports as [Wire<'Report'>, Wire<'Report'>];
    expect(await rowOf(`${one.place_name}10月五进`).innerText()).toContain(`${one.place_name} 10月工作情况`);
    expect(await rowOf(`${one.place_name}计划表`).innerText()).toContain(`${one.place_name} 计划表`);
    expect(await rowOf(`${other.place_name}10月消防宣传五进照片`).innerText()).toContain(other.place_name);
  });

  it('files a report in three clicks', async () => {
    await office.getByRole('link', { name: '工作总览' }).click();
    const clicks = [() => office.getByRole('link', { name: '邮件收件' }).click(), () => office.getByRole('link', { name: `${reports[0]!.place_name}10月五进` }).click(),
      () => office.getByRole('button', { name: '归档', exact: true }).click()];
    for (const click of clicks) await click();
    await seesFiled(`${reports[0]!.place_name}10月五进`, /已归档为.*10月工作情况第1版，按时。/);
    const recorded = await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${reports[0]!.place}&month=${month}`);
    expect(recorded.items.map((one) => [one.text, one.photos.length, one.people_about])).toEqual([[held, 2, 46]]);
  });

  it('gives pictures that came alone their week and their words, and sees that they came late', async () => {
    await toMails();
    await office.getByRole('link', { name: `${reports[1]!.place_name}10月消防宣传五进照片` }).click();
    await office.getByRole('button', { name: /^加一场/ }).nth(3).click();
    await office.locator('[data-field=entry]').selectOption({ label: entry.name });
    await office.getByLabel('日期').fill('2023-10-24');
    await office.locator('.act textarea').fill(handed);
    await office.locator('.act textarea').blur();
    for (const number of [1, 2]) await moveTo(number, handed.slice(0, 8));
    await expect.poll(() => office.locator('.act .tray-picture').count()).toBe(2);
    await office.getByRole('button', { name: '归档', exact: true }).click();
    await seesFiled(`${reports[1]!.place_name}10月消防宣传五进照片`, /已归档为.*10月工作情况第1版，逾期2天。/);
  });

  it('files a corrected plan beside what the village had entered itself', async () => {
    await toMails();
    await office.getByRole('link', { name: `${reports[0]!.place_name}计划表` }).click();
    await office.getByText('11月第一周').first().waitFor();
    await office.getByRole('button', { name: '归档', exact: true }).click();
    await office.getByRole('button', { name: '仍然归档，保留已有的' }).click();
    await seesFiled(`${reports[0]!.place_name}计划表`, /已归档为.*计划表第\d版/);
  });

  it('answers with two presses what is no report, and sets it aside', async () => {
    await toMails();
    await office.getByRole('link', { name: '请教', exact: true }).click();
    await office.getByRole('button', { name: '回复', exact: true }).click();
    await office.getByRole('dialog').getByRole('button', { name: '发送' }).click();
    await office.getByText('已交给系统发送。').waitFor();
    await expect.poll(() => sentTo(addressOf(2)).filter((one) => !isReceipt(one)).length, { timeout: 120_000 }).toBe(1);
    await office.getByRole('button', { name: '搁置' }).click();
    await office.getByRole('dialog').getByRole('button', { name: '搁置' }).click();
    await office.getByText(/已搁置/).first().waitFor();
  });

  it('sends each sender one receipt for each thing filed, and none to the question', async () => {
    const receipts = (index: number) => sentTo(addressOf(index)).filter(isReceipt).map((one) => one.mail.inReplyTo).sort();
    await expect.poll(() => [receipts(1), receipts(2)], { timeout: 120_000 }).toEqual([['<plan@village.example>', '<report@village.example>'], ['<pictures@village.example>']]);
    const told = sentTo(addressOf(1)).find((one) => one.mail.inReplyTo === '<report@village.example>');
    expect(told?.encrypted).toBe(true);
    expect(told?.mail.text).toContain(reports[0]!.place_name);
  });

  it('sees on its board what came, and in its filing who was on time and who late', async () => {
    await office.getByRole('link', { name: '工作总览' }).click();
    const review = office.locator('section', { has: office.getByRole('heading', { name: '待审核' }) });
    for (const { place_name } of reports) await review.getByText(place_name).first().waitFor();
    await toMails('已归档');
    expect(await rowOf(`${reports[0]!.place_name}10月五进`).innerText()).toContain('按时');
    expect(await rowOf(`${reports[1]!.place_name}10月消防宣传五进照片`).innerText()).toContain('逾期2天');
  });

  it('need not look at the next letter of a sender it confirmed, until it forgets the sender', async () => {
    const again = `${reports[0]!.place_name}10月五进（补充）`;
    imap.deliver(mailOf({ from: addressOf(1), name: '示例甲', id: 'again', subject: again, text: '补一张照片。', attachments: report(reports[0]!, [held, picture(540)]) }), inTime);
    await expect.poll(async () => (await letters(station)).find((one) => one.subject === again)?.state, { timeout: 120_000 }).toBe('filed');
    await expect.poll(() => sentTo(addressOf(1)).filter((one) => one.mail.inReplyTo === '<again@village.example>').length, { timeout: 120_000 }).toBe(1);
    await office.goto(`${server.origin}/office/#/settings?tab=mailbox`);
    const sender = office.locator('.senders li', { hasText: addressOf(1) });
    await sender.getByRole('button', { name: /^不再记住/ }).click();
    await office.getByText(`已不再记住${addressOf(1)}。`).waitFor();
    expect(await sender.count()).toBe(0);
    const last = `${reports[0]!.place_name}10月五进（再补）`;
    imap.deliver(mailOf({ from: addressOf(1), name: '示例甲', id: 'last', subject: last, text: '', attachments: report(reports[0]!, [held, picture(560)]) }), inTime);
    await expect.poll(async () => (await letters(station)).find((one) => one.subject === last)?.state, { timeout: 120_000 }).toBe('waiting');
  });

  it('and all along nothing was said that the contract does not allow', async () => {
    await watch.isClean();
  });
});
