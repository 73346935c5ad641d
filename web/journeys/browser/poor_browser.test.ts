import { networkInterfaces } from 'node:os';
import { rmSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { asFiles, enter, openBrowser, phoneSized, Watch } from '../kit/browser';
import { Town } from '../kit/people';
import { picture } from '../kit/pictures';
import { campaign, reportPath } from '../kit/records';
import { RunningServer } from '../kit/server';
import { clock, copyTown } from '../kit/town';

const text = '示例：普通连接下记录的一场。';

// WeChat's browser over plain HTTP: no service worker, no crypto.subtle, no randomUUID.
describe('a phone whose browser has little', () => {
  let data: string;
  let server: RunningServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let town: Town;
  let origin: string;
  let watch: Watch;

  beforeAll(async () => {
    data = copyTown(inject('sample'));
    server = await RunningServer.start({ verb: 'demo', data, host: '0.0.0.0', settings: ['--clock', clock, '--share'] });
    const outside = Object.values(networkInterfaces()).flat().find((face) => face && face.family === 'IPv4' && !face.internal);
    origin = outside ? `http://${outside.address}:${server.port}` : server.origin;
    town = new Town(server.origin, data);
    browser = await openBrowser();
    context = await browser.newContext(phoneSized);
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined, configurable: true });
      delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
      Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined, configurable: true });
      Object.defineProperty(Crypto.prototype, 'randomUUID', { value: undefined, configurable: true });
    });
    watch = new Watch(context, origin);
    page = await context.newPage();
  }, 180_000);

  afterAll(async () => {
    await browser.close();
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  const mine = async () => {
    const list = await (await town.as('village')).get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&month=2023-10&limit=200`);
    return list.items.filter((activity) => activity.text === text);
  };

  it('says plainly what a plain connection means', async () => {
    await enter(page, town.account('village').link.replace(server.origin, origin), 'phone');
    await page.getByRole('heading', { name: '要办的事' }).waitFor();
    expect(await page.evaluate(() => [typeof crypto.randomUUID, typeof crypto.subtle, 'serviceWorker' in navigator])).toEqual(['undefined', 'undefined', false]);
    await page.getByText('现在用的是普通连接（HTTP）').first().waitFor();
  });

  it('records, loses the line, recovers and hands in', async () => {
    await page.getByRole('link', { name: '记一场活动' }).click();
    const entries = page.getByRole('group', { name: '进哪里' }).getByRole('button');
    await entries.first().waitFor();
    await context.setOffline(true);
    await entries.first().click();
    await page.getByLabel('做了什么').fill(text);
    await page.locator('input[name=photos]').setInputFiles(asFiles([picture(480)]));
    await expect.poll(() => page.locator('.p-photo').count()).toBe(1);
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('已存在本机').first().waitFor();
    expect(await mine()).toEqual([]);
    await context.setOffline(false);
    await expect.poll(async () => (await mine()).map((activity) => activity.photos.filter((photo) => photo.received).length), { timeout: 60_000 }).toEqual([1]);
    await page.goto(`${origin}/phone/reports/2023-10`);
    await page.getByRole('button', { name: '报送10月工作情况' }).click();
    await page.getByText('已收到').first().waitFor();
    const report = await (await town.as('village')).get<Wire<'Report'>>(reportPath(town.account('village').place, '2023-10'));
    expect(report.state).toBe('submitted');
  });

  it('says nothing the contract does not allow', async () => {
    await watch.isClean();
  });
});
