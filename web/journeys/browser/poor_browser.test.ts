import { networkInterfaces } from 'node:os';
import { rmSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { answerPath } from '../kit/boxes';
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

  it('lets a resident without an account write to the box and read the answer', async () => {
    const own = town.account('village').place;
    const words = '示例：<b>楼道</b>里停着电动车';
    const visitor = await browser.newContext({ ...phoneSized, viewport: { width: 360, height: 740 } });
    await visitor.addInitScript(() => { delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker; });
    const watched = new Watch(visitor, origin);
    const leaf = await visitor.newPage();
    const scripts: string[] = [];
    leaf.on('request', (request) => { scripts.push(new URL(request.url()).pathname); });
    await leaf.goto(`${origin}/phone/box#${own}`);
    await leaf.getByRole('button', { name: '大字' }).click();
    await leaf.getByLabel('意见或建议').fill(words);
    await leaf.getByRole('button', { name: '投进意见箱' }).click();
    await leaf.getByRole('heading', { name: '已收到' }).waitFor();
    const link = await leaf.getByText(`${origin}/phone/box/answer#`).textContent() ?? '';
    expect(await leaf.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);

    const staff = await town.as('village');
    const dropped = (await staff.get<Wire<'BoxSuggestionList'>>(`/api/v1/suggestions?place=${own}`)).items.find((one) => one.text === words);
    await staff.expects('PUT', answerPath(dropped?.id ?? ''), 200, { json: { state: 'answered', answer: '示例：已经清走。' }, headers: { 'if-match': dropped?.etag ?? '' } });
    await leaf.goto('about:blank');
    await leaf.goto(link);
    await leaf.getByText('示例：已经清走。').waitFor();
    await leaf.getByText(words).waitFor();
    expect(scripts.filter((path) => /(Record|HandIn|Plan|Suggestions)-/.test(path)), 'the pages of the staff are not fetched').toEqual([]);
    await watched.isClean();
    await visitor.close();
  });

  it('says nothing the contract does not allow', async () => {
    await watch.isClean();
  });
});
