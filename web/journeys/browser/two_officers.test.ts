import { rmSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { deskSized, enter, openBrowser, phoneSized, Watch } from '../kit/browser';
import { Town } from '../kit/people';
import { campaign, newId, reportPath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

// Two officers of one station have the same report open. The tests build upon each other in order.
const month = '2023-10';
const secondName = '示例第二人';

let data: string;
let server: RunningServer;
let browser: Browser;
let town: Town;
let own: string;
let firstName: string;
let first: Page;
let second: Page;
let phone: Page;
const watches: Watch[] = [];

async function newPage(sized: typeof deskSized): Promise<Page> {
  const context = await browser.newContext(sized);
  watches.push(new Watch(context, server.origin));
  return context.newPage();
}

/** Follows an invitation as somebody who has no account yet. */
async function acceptInvitation(page: Page, token: string): Promise<void> {
  await page.goto(`${server.origin}/office/invitation#${token}`);
  await page.getByLabel('姓名').fill(secondName);
  await page.getByLabel('账号').fill('shili-er');
  await page.getByLabel('新密码').fill('Shili-8-mima');
  await page.getByLabel('再输一次').fill('Shili-8-mima');
  await page.getByRole('button', { name: '接受邀请，建立账号' }).click();
  await page.getByRole('heading', { name: '各村（社区）活动记录' }).waitFor();
}

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data);
  town = new Town(server.origin, data);
  own = town.account('village').place;
  const station = town.account('station');
  firstName = (await (await town.as('station')).get<Wire<'Me'>>('/api/v1/me')).display_name;
  const { json } = await (await town.as('system')).expects<Wire<'InvitationMade'>>('POST', '/api/v1/invitations', 201, { json: { role: 'station', place: station.place } });
  browser = await openBrowser();
  [first, second, phone] = [await newPage(deskSized), await newPage(deskSized), await newPage(phoneSized)];
  await enter(first, station.link, 'office');
  await first.getByRole('heading', { name: '各村（社区）活动记录' }).waitFor();
  await acceptInvitation(second, json.token);
  await enter(phone, town.account('village').link, 'phone');
  await phone.getByRole('heading', { name: '要办的事' }).waitFor();
}, 180_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const held = async () => (await town.as('station')).get<Wire<'Report'>>(reportPath(own, month));
const handIn = async () => (await town.as('village')).expects('POST', reportPath(own, month, '/submission'), 200, { headers: { 'idempotency-key': newId() } });

/** What was done with the report, as the trail has it. */
async function acts(...verbs: string[]): Promise<string[]> {
  const auditor = await town.as('auditor');
  const found = await Promise.all(verbs.map((verb) => auditor.get<Wire<'AuditList'>>(`/api/v1/audit?action=${verb}&limit=200`)));
  return found.flatMap(({ items }) => items).filter((act) => act.subject === `${campaign}/${own}/${month}`).map((act) => `${act.action} ${act.result} ${act.person_name}`);
}

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const notice = (page: Page): Locator => page.getByRole('status').filter({ hasText: '没有生效' });

async function bothOpenIt(): Promise<void> {
  for (const page of [first, second]) {
    await page.goto('about:blank');
    await page.goto(`${server.origin}/office/#/reports/${campaign}/${own}/${month}`);
    await button(page, '审核通过').waitFor();
  }
}

async function writeReturn(page: Page, reason: string): Promise<Locator> {
  await button(page, '退回补正').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('退回理由').fill(reason);
  return dialog.getByRole('button', { name: '退回补正' });
}

/** How often the village reads each of these on its phone, which shows what it kept before what is new. */
async function onThePhone(expected: Record<string, number>): Promise<void> {
  await phone.goto('about:blank');
  await phone.goto(`${server.origin}/phone/reports/${month}`);
  const read = async () => {
    const text = await phone.locator('main').textContent() ?? '';
    return Object.fromEntries(Object.keys(expected).map((words) => [words, text.split(words).length - 1]));
  };
  await expect.poll(read, { timeout: 30_000 }).toEqual(expected);
}

describe('two officers with the same report before them', () => {
  it('both note something beside it at the same time, and both notes stay', async () => {
    await handIn();
    await bothOpenIt();
    const notes = new Map([[first, '示例：第一人要一张远景'], [second, '示例：第二人要写明人数']]);
    const before = (await held()).comments?.length ?? 0;
    for (const [page, words] of notes) {
      await page.getByRole('button', { name: /^写批注/ }).first().click();
      await page.getByLabel(/^批注(?!在)/).fill(words);
    }
    await Promise.all([...notes.keys()].map((page) => button(page, '保存').click()));
    for (const [page, words] of notes) await page.locator('.remark').filter({ hasText: words }).waitFor();
    const comments = (await held()).comments?.slice(before).map((comment) => `${comment.by} ${comment.text}`).sort();
    expect(comments).toEqual([`${firstName} ${notes.get(first)}`, `${secondName} ${notes.get(second)}`].sort());
    await bothOpenIt();
    for (const page of notes.keys()) {
      for (const words of notes.values()) expect(await page.locator('.remark').filter({ hasText: words }).count()).toBe(1);
    }
    await onThePhone(Object.fromEntries([...notes.values()].map((words) => [words, 1])));
  }, 120_000);

  it('one returns it; the other, who accepts, is told so and sees it returned', async () => {
    const [before, reason] = [await acts('return', 'accept'), '示例：第一周少一张近景'];
    await bothOpenIt();
    await (await writeReturn(first, reason)).click();
    await first.getByText('已退回，对方会看到理由和补正期限。').waitFor();
    await button(second, '审核通过').click();
    await notice(second).waitFor();
    const told = await notice(second).textContent();
    expect(told).toContain(`${firstName}已在`);
    expect(told).toContain('退回这份材料，您刚才的操作没有生效。');
    await second.locator('.desk-side').getByText('已退回，待补正').waitFor();
    await second.locator('.desk-side').getByText(reason).waitFor();
    expect(await button(second, '审核通过').count()).toBe(0);
    const report = await held();
    expect(report).toMatchObject({ state: 'returned', returned: { reason, by: firstName } });
    expect(report.versions[0]).toMatchObject({ state: 'returned', decided_by: firstName });
    expect(await acts('return', 'accept')).toEqual([`return done ${firstName}`, ...before]);
    await onThePhone({ [reason]: 1 });
  }, 120_000);

  it('both return it at the same time: one reason goes out, and whoever was second still has the other', async () => {
    await handIn();
    await bothOpenIt();
    const before = await acts('return', 'accept');
    const reasons = new Map([[first, '示例：第一人的理由'], [second, '示例：第二人的理由']]);
    const sends: Locator[] = [];
    for (const [page, reason] of reasons) sends.push(await writeReturn(page, reason));
    await Promise.all(sends.map((send) => send.click()));
    await expect.poll(async () => (await held()).state, { timeout: 30_000 }).toBe('returned');
    const report = await held();
    const [winner, loser] = report.returned?.by === firstName ? [first, second] : [second, first];
    await winner.getByText('已退回，对方会看到理由和补正期限。').waitFor();
    await notice(loser).waitFor();
    const told = await notice(loser).textContent();
    expect(told).toContain(`${report.returned?.by}已在`);
    expect(told).toContain(`您写的退回理由没有发出：${reasons.get(loser)}`);
    expect(await notice(winner).count()).toBe(0);
    expect(report.returned?.reason).toBe(reasons.get(winner));
    expect(await acts('return', 'accept')).toEqual([`return done ${report.returned?.by}`, ...before]);
    await onThePhone({ [reasons.get(winner) ?? '']: 1, [reasons.get(loser) ?? '']: 0 });
  }, 120_000);

  it('one accepts it while the other writes a reason: it stays accepted, and the words are kept', async () => {
    await handIn();
    await bothOpenIt();
    const [before, reason] = [await acts('return', 'accept'), '示例：写到一半的理由'];
    const send = await writeReturn(second, reason);
    await button(first, '审核通过').click();
    await first.getByText('已审核通过。').waitFor();
    await send.click();
    await notice(second).waitFor();
    expect(await notice(second).textContent()).toContain(`${firstName}已在`);
    expect(await notice(second).textContent()).toContain('审核通过这份材料');
    await second.locator('.desk-side').getByText('已审核', { exact: true }).first().waitFor();
    expect((await held()).state).toBe('accepted');
    expect(await acts('return', 'accept')).toHaveLength(before.length + 1);
    // An accepted report may still go back: whoever means it finds the words as they were left.
    await button(second, '退回补正').click();
    expect(await second.getByRole('dialog').getByLabel('退回理由').inputValue()).toBe(reason);
    await onThePhone({ '已审核，不能再改。': 1, [reason]: 0, '示例：第一人的理由': 0 });
  }, 120_000);

  it('and all along nothing was said that the contract does not allow', async () => {
    for (const watch of watches) await watch.isClean();
  });
});
