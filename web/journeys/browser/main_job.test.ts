import { readFileSync, rmSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { asFiles, deskSized, enter, openBrowser, phoneSized, Watch, watchStates } from '../kit/browser';
import { Town } from '../kit/people';
import { picture } from '../kit/pictures';
import { campaign, planPath, reportPath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';
import { parts, wordText } from '../kit/word';

const text = '示例：在院坝里讲电动车不进楼入户，演示灭火器。';

let data: string;
let server: RunningServer;
let browser: Browser;
let town: Town;
let own: string;
let village: BrowserContext;
let desk: BrowserContext;
let phone: Page;
let office: Page;
const watches: Watch[] = [];

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data);
  town = new Town(server.origin, data);
  own = town.account('village').place;
  browser = await openBrowser();
  [village, desk] = [await browser.newContext(phoneSized), await browser.newContext(deskSized)];
  for (const context of [village, desk]) watches.push(new Watch(context, server.origin));
  [phone, office] = [await village.newPage(), await desk.newPage()];
}, 180_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const activities = async () => (await (await town.as('village')).get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${own}&month=2023-10&limit=200`)).items;
const mine = async () => (await activities()).filter((activity) => activity.text === text);

/** Waits for the server to hold what the page sent. */
async function untilHeld(photos: number): Promise<Wire<'Activity'>> {
  await expect.poll(async () => (await mine()).map((activity) => activity.photos.filter((photo) => photo.received).length), { timeout: 40_000 }).toEqual([photos]);
  return (await mine())[0];
}

describe('a village on its phone', () => {
  it('opens its link and sees the week and what is owed', async () => {
    await enter(phone, town.account('village').link, 'phone');
    await phone.getByRole('heading', { name: '要办的事' }).waitFor();
    await phone.getByText('示例数据，人名和活动均为虚构。').first().waitFor();
    await phone.getByRole('heading', { name: '本周安排' }).waitFor();
    // A phone keeps the pages while one looks at the first of them; the test is quicker than any hand.
    await phone.waitForFunction(() => navigator.serviceWorker.controller !== null);
  });

  it('records an activity with three pictures while the network is cut, and sees it kept', async () => {
    const states = await watchStates(phone);
    await phone.reload();
    await phone.getByRole('link', { name: '记一场活动' }).click();
    await phone.getByRole('group', { name: '进哪里' }).getByRole('button').first().waitFor();
    await village.setOffline(true);
    await phone.getByRole('group', { name: '进哪里' }).getByRole('button').first().click();
    await phone.getByLabel('做了什么').fill(text);
    await phone.getByLabel('具体地点').fill('示例三组院坝');
    await phone.locator('input[name=photos]').setInputFiles(asFiles([picture(480), picture(500), picture(520)]));
    await expect.poll(() => phone.locator('.p-photo').count()).toBe(3);
    await phone.getByRole('button', { name: '保存', exact: true }).click();
    await phone.getByText('已存在本机').first().waitFor();
    await phone.getByRole('link', { name: '今日' }).first().click();
    await phone.getByText('还有1场没上传').waitFor();
    expect(await mine()).toEqual([]);
    expect((await states()).some((state) => state.startsWith('已存在本机'))).toBe(true);
  });

  it('still has it after the page was closed and opened without a signal', async () => {
    await phone.close();
    phone = await village.newPage();
    await phone.goto(`${server.origin}/phone/`);
    await phone.getByText('还有1场没上传').waitFor();
  });

  it('sees it and its pictures arrive once the network is back, once only', async () => {
    const states = await watchStates(phone);
    await phone.reload();
    await phone.getByText('还有1场没上传').waitFor();
    await phone.goto(`${server.origin}/phone/outbox`);
    await phone.getByText('示例：在院坝里').first().waitFor();
    await village.setOffline(false);
    await phone.getByText('已上传').first().waitFor({ timeout: 60_000 });
    expect((await states()).some((state) => /^正在上传 \d\/3张/.test(state))).toBe(true);
    const arrived = await untilHeld(3);
    await phone.reload();
    await phone.goto(`${server.origin}/phone/activities`);
    await phone.getByText(arrived.title).first().waitFor();
    expect(await phone.getByText(arrived.title).count()).toBe(1);
    expect(await mine()).toHaveLength(1);
  });
});

describe('the station at its desk', () => {
  it('opens its link and sees the record in the village’s month', async () => {
    await enter(office, town.account('station').link, 'office');
    await office.getByRole('heading', { name: '各村（社区）活动记录' }).waitFor();
    const held = await untilHeld(3);
    await office.goto(`${server.origin}/office/#/reports/${campaign}/${own}/2023-10`);
    await office.getByText(text).first().waitFor();
    await office.goto(`${server.origin}/office/#/activities/${held.id}`);
    await office.getByText(text).first().waitFor();
  });

  it('downloads Annex 2 and Annex 1 with the text and the pictures in place', async () => {
    const download = async (name: string) => {
      const [file] = await Promise.all([office.waitForEvent('download'), office.getByRole('link', { name, exact: true }).first().click()]);
      expect(file.suggestedFilename()).toContain('示例');
      return readFileSync(await file.path());
    };
    const held = await untilHeld(3);
    await expect.poll(async () => (await (await town.as('station')).get<Wire<'Activity'>>(`/api/v1/activities/${held.id}`)).photos.every((photo) => photo.renditions_ready), { timeout: 30_000 }).toBe(true);
    await office.goto(`${server.origin}/office/#/reports/${campaign}/${own}/2023-10`);
    await office.getByText(text).first().waitFor();
    const report = await download('下载当前稿Word');
    expect(wordText(report)).toContain(text);
    const media = [...parts(report).keys()].filter((name) => name.startsWith('word/media/'));
    const photos = (await activities()).reduce((sum, activity) => sum + activity.photos.length, 0);
    expect(media.length).toBe(photos);
    await office.goto(`${server.origin}/office/#/plans/${campaign}/${own}`);
    const plan = await (await town.as('station')).get<Wire<'Plan'>>(planPath(own));
    await office.getByRole('heading', { name: plan.title }).waitFor();
    expect(wordText(await download('下载Word'))).toContain(plan.rows[0].focus);
  });
});

describe('handing in', () => {
  async function decide(verb: '退回补正' | '审核通过', path: string, done: string): Promise<void> {
    await office.goto('about:blank');
    await office.goto(`${server.origin}/office/#${path}`);
    await office.getByRole('button', { name: verb }).first().click();
    if (verb === '退回补正') {
      const dialog = office.getByRole('dialog');
      await dialog.getByLabel('退回理由').fill('示例：第二周的照片看不清，请换一张。');
      await dialog.getByRole('button', { name: verb }).click();
    }
    await office.getByText(done).first().waitFor();
  }

  it('the report: in, back with a reason, in again, accepted, on time by the first hand-in', async () => {
    const deskPath = `/reports/${campaign}/${own}/2023-10`;
    const handIn = async () => {
      await phone.goto(`${server.origin}/phone/reports/2023-10`);
      await phone.getByRole('button', { name: '报送10月工作情况' }).click();
      await phone.getByText('已收到').first().waitFor();
    };
    await handIn();
    await decide('退回补正', deskPath, '已退回，对方会看到理由和补正期限。');
    await phone.goto(`${server.origin}/phone/reports/2023-10`);
    await phone.getByText('示例：第二周的照片看不清，请换一张。').first().waitFor();
    await handIn();
    await decide('审核通过', deskPath, '已审核通过。');
    const report = await (await town.as('village')).get<Wire<'Report'>>(reportPath(own, '2023-10'));
    expect(report).toMatchObject({ state: 'accepted', deadline: { on_time: true, late_days: 0 } });
    expect(report.versions.map((version) => version.state)).toEqual(['accepted', 'returned']);
  });

  it('the plan the same way', async () => {
    const caller = await town.as('station');
    const before = await caller.get<Wire<'Plan'>>(planPath(own));
    // The sample's plan was accepted in July: the station asks for November.
    const returned = '退回理由：示例：第二周的照片看不清';
    if (before.may.includes('return')) await decide('退回补正', `/plans/${campaign}/${own}`, returned);
    const handIn = async () => {
      await phone.goto(`${server.origin}/phone/plan`);
      await phone.getByRole('button', { name: '报送计划表' }).click();
      await phone.getByRole('button', { name: '撤回' }).waitFor();
    };
    await handIn();
    await decide('退回补正', `/plans/${campaign}/${own}`, returned);
    await handIn();
    await decide('审核通过', `/plans/${campaign}/${own}`, '已审核');
    await expect.poll(async () => (await caller.get<Wire<'Plan'>>(planPath(own))).state).toBe('accepted');
  });

  it('is judged late where it is late', async () => {
    const board = await (await town.as('station')).get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    const cells = board.rows.flatMap((row) => row.cells.map((cell) => ({ ...cell, place_name: row.place_name })));
    const late = cells.filter((cell) => cell.on_time === false);
    expect(late.length).toBeGreaterThan(0);
    expect(new Set(late.map((cell) => cell.place_name))).toEqual(new Set(['示例村']));
    await office.goto(`${server.origin}/office/#/filing`);
    await office.getByText(/逾期\d+天/).first().waitFor();
  });

  it('lists turn round at a click on a head, and the order stands in the address', async () => {
    const sorted = (way: string) => office.locator(`th[aria-sort="${way}"]`);
    const turn = async (head: string | RegExp, way: string) => {
      await office.getByRole('button', { name: head }).click();
      await sorted(way).waitFor();
      await office.locator('.loaded:not([aria-busy])').waitFor();
    };
    await office.goto(`${server.origin}/office/#/reports?month=2023-09`);
    await turn('活动（场）', 'ascending');
    await turn('活动（场）', 'descending');
    const held = (await office.locator('tbody td:nth-child(3)').allTextContents()).map(Number);
    expect(held.length).toBeGreaterThan(5);
    expect(held).toEqual([...held].sort((a, b) => b - a));
    expect(office.url()).toContain('order=-activities');
    await office.goto(`${server.origin}/office/#/filing`);
    await turn(/^按“9月.*”排序$/, 'ascending');
    await office.goto(`${server.origin}/office/#/appraisal`);
    await turn('活动场次', 'ascending');
    expect(await office.locator('tbody tr').last().locator('th').textContent()).toContain('宝峰镇');
  });

  it('and all along nothing was said that the contract does not allow', async () => {
    for (const watch of watches) await watch.isClean();
  });
});
