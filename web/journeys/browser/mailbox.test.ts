import { rmSync } from 'node:fs';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { deskSized, enter, openBrowser, Watch } from '../kit/browser';
import { Town } from '../kit/people';
import { picture } from '../kit/pictures';
import { campaign, campaignOf, reportPath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';
import { wordOf } from '../kit/word';

const month = '2023-10';
const first = '10月11日，示例：在院坝里讲电动车不进楼入户。';
const second = '10月12日，示例：在集市上讲用电安全，发放宣传单。';

let data: string;
let server: RunningServer;
let browser: Browser;
let town: Town;
let own: string;
let desk: BrowserContext;
let office: Page;
let watch: Watch;

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data);
  town = new Town(server.origin, data);
  own = town.account('village').place;
  browser = await openBrowser();
  desk = await browser.newContext(deskSized);
  watch = new Watch(desk, server.origin);
  office = await desk.newPage();
}, 180_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

/** The month's report as the village's own computer writes it: two activities in one paragraph, both pictures after it. */
async function villageWord(): Promise<Buffer> {
  const station = await town.as('station');
  const report = await station.get<Wire<'Report'>>(reportPath(own, month));
  const entry = (await campaignOf(station)).entries[0]!;
  return wordOf([report.title, report.weeks[1]!.heading, `（一）消防宣传${entry.name}`, first + second, picture(480), picture(500)]);
}

async function dropOnPage(name: string, bytes: Buffer): Promise<void> {
  const carried = await office.evaluateHandle(([file, base64]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(base64!), (sign) => sign.charCodeAt(0))], file!));
    return transfer;
  }, [name, bytes.toString('base64')]);
  await office.locator('main').dispatchEvent('dragover', { dataTransfer: carried });
  await office.locator('main').dispatchEvent('drop', { dataTransfer: carried });
}

/** As a hand does it: in many small moves, or the browser begins no drag. */
async function drag(from: Locator, to: Locator): Promise<void> {
  await from.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('nothing to drag, or nowhere to');
  await office.mouse.move(start.x + 40, start.y + 40);
  await office.mouse.down();
  await office.mouse.move(start.x + 60, start.y + 50, { steps: 5 });
  await office.mouse.move(end.x + 60, end.y + 20, { steps: 10 });
  await office.mouse.up();
}

const activities = (): Locator => office.locator('.act');
const picturesOf = async (): Promise<number[]> => Promise.all((await activities().all()).map((one) => one.locator('.tray-picture').count()));

describe('a Word file from a chat', () => {
  it('dropped on the mail page is read, and its place, month and week are known', async () => {
    await enter(office, town.account('station').link, 'office');
    await office.getByRole('link', { name: '邮件收件' }).click();
    await office.getByText('邮箱里没有待确认的邮件。').waitFor();
    await dropOnPage('10月工作情况.docx', await villageWord());
    await office.getByRole('dialog').getByRole('button', { name: '导入文件' }).click();
    await office.getByRole('heading', { name: '认出的内容' }).waitFor({ timeout: 30_000 });
    expect(await office.locator('[data-field=place]').inputValue()).toBe(own);
    expect(await office.locator('[data-field=form]').inputValue()).toBe('report');
    expect(await office.locator('[data-field=month]').inputValue()).toBe(month);
    expect(await picturesOf()).toEqual([2]);
  });

  it('is put right: split in two, its pictures moved by hand and by list, a step taken back', async () => {
    await office.locator('.act textarea').evaluate((area, at) => (area as HTMLTextAreaElement).setSelectionRange(at, at), first.length);
    await office.getByRole('button', { name: '从光标处分成两场' }).click();
    await expect.poll(() => activities().count()).toBe(2);
    expect(await activities().nth(1).locator('textarea').inputValue()).toBe(second);
    await activities().nth(1).getByLabel('日期').fill('2023-10-12');
    await drag(activities().nth(0).locator('.tray-picture__link').nth(1), activities().nth(1));
    await expect.poll(picturesOf).toEqual([1, 1]);
    await activities().nth(0).getByLabel(/^把图\d+移到$/).selectOption({ label: '不用这张' });
    await expect.poll(picturesOf).toEqual([0, 1]);
    await office.getByRole('button', { name: '撤销上一步' }).click();
    await expect.poll(picturesOf).toEqual([1, 1]);
    await office.getByText('没有拿不准的地方').waitFor();
  });

  it('is filed beside what the village had recorded, which stays', async () => {
    const caller = await town.as('station');
    const recorded = async () => (await caller.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${own}&month=${month}&limit=200`)).items;
    const before = await recorded();
    expect(before.length).toBeGreaterThan(0);
    await office.getByRole('button', { name: '归档', exact: true }).click();
    await office.getByText('这里已经有人记录或报送过').waitFor({ timeout: 30_000 });
    await office.getByRole('button', { name: '仍然归档，保留已有的' }).click();
    await office.getByText(/已归档为.*10月工作情况第1版，按时。/).waitFor({ timeout: 30_000 });
    const after = await recorded();
    expect(before.every((one) => after.some((other) => other.id === one.id && other.text === one.text))).toBe(true);
    expect(after.filter((one) => [first, second].includes(one.text)).map((one) => one.photos.length)).toEqual([1, 1]);
  });

  it('stands on the board as handed in, and waits no longer', async () => {
    await office.getByRole('link', { name: '看归档的材料' }).click();
    await office.getByText(second).first().waitFor();
    await office.getByRole('link', { name: '工作总览' }).click();
    const review = office.locator('section', { has: office.getByRole('heading', { name: '待审核' }) });
    await review.getByText((await (await town.as('station')).get<Wire<'Report'>>(reportPath(own, month))).place_name).first().waitFor();
    await office.getByRole('link', { name: '邮件收件' }).click();
    await office.getByText('邮箱里没有待确认的邮件。').waitFor();
  });

  it('and all along nothing was said that the contract does not allow', async () => {
    await watch.isClean();
  });
});
