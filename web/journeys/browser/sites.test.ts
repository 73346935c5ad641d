import { rmSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { asFiles, deskSized, enter, openBrowser, phoneSized, Watch } from '../kit/browser';
import { Town } from '../kit/people';
import { picture } from '../kit/pictures';
import { sitePath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

const name = '示例：新市场消防宣传角';

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

const held = async (): Promise<Wire<'Site'>[]> => (await (await town.as('village')).get<Wire<'SiteList'>>(`/api/v1/sites?place=${own}`)).items.filter((site) => site.name.startsWith('示例：新市场'));
const line = () => phone.getByRole('listitem').filter({ hasText: '新市场' });

describe('a village and its education sites, on its phone', () => {
  it('sees those that are entered, and enters one with a picture while the network is cut', async () => {
    await enter(phone, town.account('village').link, 'phone');
    await phone.getByRole('heading', { name: '本周安排' }).waitFor();
    await phone.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await phone.getByRole('link', { name: '我的' }).click();
    await phone.getByRole('link', { name: '宣教场所' }).click();
    await phone.getByRole('link', { name: '登记场所' }).waitFor();
    await village.setOffline(true);
    await phone.getByRole('link', { name: '登记场所' }).click();
    await phone.getByLabel('场所名称').fill(name);
    await phone.getByLabel('地址').fill('示例：新市场12号');
    await phone.locator('input[name=photos]').setInputFiles(asFiles([picture(480)]));
    await expect.poll(() => phone.locator('.p-photo').count()).toBe(1);
    await phone.getByRole('button', { name: '保存', exact: true }).click();
    await line().getByText('已存在本机').waitFor();
    await phone.getByRole('link', { name: '今日' }).click();
    await phone.getByText('还有1项没上传').waitFor();
    expect(await held()).toEqual([]);
  });

  it('still has it after the page was closed and opened without a signal, and it arrives once', async () => {
    await phone.close();
    phone = await village.newPage();
    await phone.goto(`${server.origin}/phone/sites`);
    await line().getByText('已存在本机').waitFor();
    await village.setOffline(false);
    await expect.poll(async () => (await held()).map((site) => site.photos.map((photo) => photo.received)), { timeout: 60_000 }).toEqual([[true]]);
    expect((await held())[0]).toMatchObject({ name, place: own, address: '示例：新市场12号', confirmed_on: '2023-10-26' });
    await line().getByText('已存在本机').waitFor({ state: 'detached' });
    expect(await line().count()).toBe(1);
  });

  it('confirms one by a tap', async () => {
    const known = (await held())[0]!;
    await (await town.as('station')).expects('PUT', sitePath(known.id), 200, {
      json: { place: own, kind: known.kind, name, address: known.address, confirmed_on: '2023-09-01', photos: known.photos.map(({ id, bytes, sha256 }) => ({ id, bytes, sha256 })) },
      headers: { 'if-match': known.etag },
    });
    await phone.reload();
    await line().getByText('9月1日核实').waitFor();
    await line().getByRole('button', { name: '今天看过，在用' }).click();
    await expect.poll(async () => (await held())[0]?.confirmed_on, { timeout: 30_000 }).toBe('2023-10-26');
  });

  it('chooses between its own edit and the station’s, made while it had no signal', async () => {
    await line().getByRole('link', { name: '修改' }).click();
    await village.setOffline(true);
    await phone.getByLabel('场所名称').fill(`${name}（新址）`);
    await phone.getByRole('button', { name: '保存', exact: true }).click();
    await line().getByText('已存在本机').waitFor();
    await enter(office, town.account('station').link, 'office');
    await office.getByRole('link', { name: '宣教场所' }).click();
    await office.getByRole('row').filter({ hasText: '新市场' }).getByRole('button', { name: '修改' }).click();
    await office.getByRole('dialog').getByLabel('地址').fill('示例：新市场15号');
    await office.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await office.getByText('示例：新市场15号').waitFor();
    await village.setOffline(false);
    await line().getByText('别人也改过，请选一份').waitFor({ timeout: 60_000 });
    await line().getByRole('link', { name: '去选一份' }).click();
    await phone.getByText('示例：新市场15号').waitFor();
    await phone.getByRole('button', { name: '用我的' }).click();
    await expect.poll(async () => (await held()).map((site) => [site.name, site.address]), { timeout: 30_000 }).toEqual([[`${name}（新址）`, '示例：新市场12号']]);
    expect((await held())[0]?.photos).toHaveLength(1);
  });

  it('says nothing to the server that the contract does not allow', async () => {
    for (const watch of watches) await watch.isClean();
  });
});
