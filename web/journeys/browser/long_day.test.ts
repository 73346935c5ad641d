import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { asFiles, deskSized, enter, openBrowser, phoneSized, Watch } from '../kit/browser';
import { Town } from '../kit/people';
import { picture, png } from '../kit/pictures';
import { campaign, reportPath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

const minutes = (n: number) => n * 60_000;

let data: string;
let server: RunningServer;
let browser: Browser;
let town: Town;
const watches: Watch[] = [];

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data);
  town = new Town(server.origin, data);
  browser = await openBrowser();
}, 180_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

async function newContext(sized: typeof phoneSized): Promise<BrowserContext> {
  const context = await browser.newContext(sized);
  watches.push(new Watch(context, server.origin));
  return context;
}

/** A phone of its own with the village signed in, and its page on the first screen with everything kept. */
async function newPhone(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await newContext(phoneSized);
  const page = await context.newPage();
  await enter(page, town.account('village').link, 'phone');
  await page.getByRole('heading', { name: '要办的事' }).waitFor();
  // Without a line the pages come from the service worker, which takes over a little after the first page.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  return { context, page };
}

async function record(page: Page, text: string, pictures: Uint8Array[] = []): Promise<void> {
  await page.getByRole('link', { name: '记一场', exact: true }).click();
  await page.getByRole('group', { name: '进哪里' }).getByRole('button').first().click();
  await page.getByLabel('做了什么').fill(text);
  if (pictures.length > 0) await page.locator('input[name=photos]').setInputFiles(asFiles(pictures));
  await expect.poll(() => page.locator('.p-photo').count()).toBe(pictures.length);
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText(/已存在本机|已保存/).first().waitFor();
}

const held = async (text: string, place?: string) => {
  const query = `campaign=${campaign}&month=2023-10&limit=200${place ? `&place=${place}` : ''}`;
  const list = await (await town.as('station')).get<Wire<'ActivityList'>>(`/api/v1/activities?${query}`);
  return list.items.filter((activity) => activity.text === text).map((activity) => activity.photos.filter((photo) => photo.received).length);
};
const untilHeld = (text: string, photos = 0) => expect.poll(() => held(text), { timeout: 40_000 }).toEqual([photos]);

describe('unsent work', () => {
  it('is carried to another phone in a file and arrives from there', async () => {
    const text = '示例：存成文件带走的一场。';
    const [first, second] = [await newPhone(), await newPhone()];
    await first.context.setOffline(true);
    await record(first.page, text, [picture(540)]);
    await first.page.getByRole('link', { name: '我的', exact: true }).click();
    await first.page.getByRole('link', { name: /未上传和草稿/ }).click();
    const [file] = await Promise.all([first.page.waitForEvent('download'), first.page.getByRole('button', { name: '把未上传的存成文件' }).click()]);
    expect(file.suggestedFilename()).toMatch(/\.wujin$/);
    await second.page.goto(`${server.origin}/phone/outbox`);
    await second.page.locator('input[name=unsent]').setInputFiles({ name: '别的.wujin', mimeType: 'application/octet-stream', buffer: Buffer.from('示例') });
    await second.page.getByText('这不是未上传记录的文件').waitFor();
    await second.page.locator('input[name=unsent]').setInputFiles(await file.path());
    await second.page.getByText('载入了1场。').waitFor();
    await untilHeld(text, 1);
  }, 120_000);

  it('of two tabs arrives once each', async () => {
    const texts = ['示例：第一个标签页记的。', '示例：第二个标签页记的。'] as const;
    const { context, page } = await newPhone();
    const other = await context.newPage();
    await other.goto(`${server.origin}/phone/`);
    await other.getByRole('heading', { name: '要办的事' }).waitFor();
    await context.setOffline(true);
    await record(page, texts[0], [picture(560)]);
    await record(other, texts[1], [picture(580)]);
    await context.setOffline(false);
    for (const text of texts) await untilHeld(text, 1);
  }, 120_000);
});

describe('a phone without a line', () => {
  it('shows what it has of a month whose report was never opened', async () => {
    const { context, page } = await newPhone();
    await context.setOffline(true);
    await page.goto(`${server.origin}/phone/reports/2023-10`);
    await page.getByText('成稿还没在这部手机上打开过').waitFor();
    await page.getByRole('heading', { name: '10月记录' }).waitFor();
    expect(await page.locator('.p-list .p-item').count()).toBeGreaterThan(1);
    await context.setOffline(false);
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByText('看看成稿').waitFor();
  }, 60_000);
});

describe('a phone that lay about', () => {
  it('asks for its PIN, and opens with it on what was kept', async () => {
    const { page } = await newPhone();
    const later = async (after: number) => {
      await page.clock.setSystemTime(Date.now() + after);
      await page.reload();
    };
    await later(minutes(16));
    await page.getByRole('heading', { name: '设一个PIN' }).waitFor();
    await page.getByLabel('输入PIN').fill('2580');
    await page.getByLabel('再输一遍PIN').fill('2580');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { name: '要办的事' }).waitFor();
    await later(minutes(33));
    await page.getByRole('heading', { name: '输入PIN' }).waitFor();
    expect(await page.getByText('要办的事').count()).toBe(0);
    await page.getByLabel('输入PIN').fill('1111');
    await page.getByRole('button', { name: '打开' }).click();
    await page.getByText('PIN不对。').waitFor();
    await page.getByLabel('输入PIN').fill('2580');
    await page.getByRole('button', { name: '打开' }).click();
    await page.getByRole('heading', { name: '要办的事' }).waitFor();
  }, 60_000);
});

describe('one person', () => {
  it('serves two places without signing in again', async () => {
    const system = await town.as('system');
    const [own, other] = [town.account('village').place, town.account('village', 1).place];
    const found = await system.get<Wire<'PersonList'>>(`/api/v1/people?q=${town.account('village').login}`);
    const person = found.items.find((one) => one.login === town.account('village').login)!;
    await system.expects('PUT', `/api/v1/people/${person.id}/grants`, 200, {
      json: { grants: [own, other].map((place) => ({ role: 'village', place })) }, headers: { 'if-match': person.etag },
    });
    const { page } = await newPhone();
    const text = '示例：在第二个村记的一场。';
    await page.getByLabel('换一个村（社区）').selectOption(other);
    await record(page, text);
    await untilHeld(text);
    expect(await held(text, other)).toEqual([0]);
  }, 60_000);
});

describe('a desk whose session has ended', () => {
  it('keeps what was typed under the sign-in and goes on', async () => {
    const context = await newContext(deskSized);
    const page = await context.newPage();
    const { login, password, link } = town.account('station');
    await enter(page, link, 'office');
    await page.getByRole('heading', { name: '各村（社区）活动记录' }).waitFor();
    await page.goto(`${server.origin}/office/#${reportPath(town.account('village').place, '2023-09').replace('/api/v1', '')}`);
    await page.getByRole('button', { name: '退回补正' }).first().click();
    await page.getByRole('dialog').getByLabel('退回理由').fill('示例：写到一半。');
    await context.clearCookies();
    await page.getByRole('dialog').getByRole('button', { name: '退回补正' }).click();
    const signIn = page.getByRole('dialog', { name: '登录已过期，重新登录后继续' });
    await signIn.getByLabel('账号').fill(login);
    await signIn.getByLabel('密码').fill(password);
    await signIn.getByRole('button', { name: '登录' }).click();
    await signIn.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('退回理由').inputValue()).toBe('示例：写到一半。');
    await page.getByRole('dialog').getByRole('button', { name: '退回补正' }).click();
    await page.getByText('已退回，对方会看到理由和补正期限。').waitFor();
  }, 60_000);
});

describe('a picture picked at the desk', () => {
  it('travels no larger than a phone would send it', async () => {
    const [width, height] = [3000, 60];
    const noise = png(width, height, Buffer.concat(Array.from({ length: height }, () => Buffer.concat([Buffer.alloc(1), randomBytes(width * 3)]))));
    const context = await newContext(deskSized);
    const page = await context.newPage();
    await enter(page, town.account('station').link, 'office');
    await page.getByRole('heading', { name: '各村（社区）活动记录' }).waitFor();
    await page.goto(`${server.origin}/office/#/activities/new`);
    const text = '示例：站里存的一张大照片。';
    await page.getByRole('combobox', { name: '村（社区）' }).first().selectOption(town.account('village').place);
    await page.getByRole('group', { name: '进哪里' }).getByRole('button').first().click();
    await page.getByLabel('做了什么').fill(text);
    await page.locator('.picker__input').setInputFiles(asFiles([noise]));
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await untilHeld(text, 1);
    const list = await (await town.as('station')).get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&month=2023-10&limit=200`);
    const sent = list.items.find((activity) => activity.text === text)!.photos[0]!;
    expect(sent.bytes).toBeLessThan(noise.length);
    const photo = () => town.as('station').then((station) => station.get<Wire<'Photo'>>(`/api/v1/photos/${sent.id}`));
    await expect.poll(async () => (await photo()).width, { timeout: 20_000 }).toBe(2560);
  }, 60_000);
});

describe('a desk that nobody sat at', () => {
  it('asks for the password after half an hour and loses nothing that was typed', async () => {
    const context = await newContext(deskSized);
    const page = await context.newPage();
    await page.clock.install();
    const { login, password, link } = town.account('station');
    await enter(page, link, 'office');
    await page.getByRole('heading', { name: '各村（社区）活动记录' }).waitFor();
    await page.goto(`${server.origin}/office/#/activities/new`);
    await page.getByLabel('做了什么').fill('示例：写到一半，有人敲门。');
    await page.clock.fastForward(minutes(29));
    await page.getByLabel('做了什么').press('End');
    await page.clock.fastForward(minutes(29));
    const signIn = page.getByRole('dialog', { name: '登录已过期，重新登录后继续' });
    expect(await signIn.isVisible()).toBe(false);
    await page.clock.fastForward(minutes(2));
    await signIn.waitFor();
    await signIn.getByLabel('账号').fill(login);
    await signIn.getByLabel('密码').fill(password);
    await signIn.getByRole('button', { name: '登录' }).click();
    await signIn.waitFor({ state: 'hidden' });
    expect(await page.getByLabel('做了什么').inputValue()).toBe('示例：写到一半，有人敲门。');
  }, 60_000);
});

describe('a long day', () => {
  it('says nothing the contract does not allow', async () => {
    for (const watch of watches) await watch.isClean();
  });
});
