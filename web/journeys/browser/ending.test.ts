import { rmSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { deskSized, enter, openBrowser, phoneSized, Watch } from '../kit/browser';
import { Town } from '../kit/people';
import { campaign } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

// A village is merged while its phone has no signal: today is 26 October, its last day was the 20th.
const early = '示例：撤并之前办的一场。';
const late = '示例：撤并之后才办的一场。';

let data: string;
let server: RunningServer;
let browser: Browser;
let town: Town;
let own: string;
let names: { own: string; heir: string };
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
  const places = (await (await town.as('station')).get<Wire<'PlaceList'>>('/api/v1/places')).items;
  const nameOf = (id: string) => places.find((place) => place.id === id)?.name ?? '';
  names = { own: nameOf(own), heir: nameOf(town.account('village', 1).place) };
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

const held = async (text: string) => (await (await town.as('village')).get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${own}&month=2023-10&limit=200`))
  .items.filter((activity) => activity.text === text).length;

async function recordOn(day: string, text: string): Promise<void> {
  await phone.getByRole('link', { name: '记一场' }).first().click();
  await phone.getByRole('group', { name: '进哪里' }).getByRole('button').first().click();
  await phone.getByLabel('日期').fill(day);
  await phone.getByLabel('做了什么').fill(text);
  await phone.getByRole('button', { name: '保存', exact: true }).click();
  await phone.getByText('已存在本机').first().waitFor();
}

describe('a village that is merged', () => {
  it('records on without a signal, and does not know yet', async () => {
    await enter(phone, town.account('village').link, 'phone');
    await phone.getByRole('heading', { name: '本周安排' }).waitFor();
    await phone.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await phone.getByRole('link', { name: '记一场' }).first().click();
    await phone.getByRole('group', { name: '进哪里' }).getByRole('button').first().waitFor();
    await phone.getByRole('link', { name: '今日' }).first().click();
    await village.setOffline(true);
    await recordOn('2023-10-19', early);
    await recordOn('2023-10-25', late);
    expect(await held(early) + await held(late)).toBe(0);
  });

  it('is entered so by the station, with its last day and where it goes on', async () => {
    await enter(office, town.account('station').link, 'office');
    await office.getByRole('link', { name: '系统设置' }).click();
    await office.getByRole('tab', { name: '村（社区）' }).click();
    await office.getByRole('row', { name: names.own }).getByRole('button', { name: '登记撤并' }).click();
    const dialog = office.getByRole('dialog');
    await dialog.getByRole('combobox').selectOption({ label: names.heir });
    await dialog.getByLabel('最后一天').fill('2023-07-31');
    await dialog.getByLabel('原因').fill('示例：区政府批复并村');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('应在2023-08-01到').first().waitFor();
    await dialog.getByLabel('最后一天').fill('2023-10-20');
    await dialog.getByRole('button', { name: '保存' }).click();
    await office.getByText(`已登记：${names.own}10月20日后并入${names.heir}。`).waitFor();
  });

  it('owes nothing that falls due later, and its line stands with the day', async () => {
    await office.getByRole('link', { name: '报送情况' }).click();
    const row = office.getByRole('row', { name: names.own });
    await row.getByText(`10月20日后并入${names.heir}`).waitFor();
    await row.getByText('不适用').first().waitFor();
    await office.getByRole('link', { name: '覆盖情况' }).click();
    await office.getByRole('row', { name: names.own }).getByText(`10月20日后并入${names.heir}`).first().waitFor();
  });

  it('sends what was held before, keeps what was held after on the phone, and is told where it belongs', async () => {
    await phone.getByRole('link', { name: '今日' }).first().click();
    await village.setOffline(false);
    await expect.poll(() => held(early), { timeout: 60_000 }).toBe(1);
    await phone.getByText(`${names.own}到10月20日为止，之后并入${names.heir}。`).first().waitFor({ timeout: 30_000 });
    await phone.getByText(`${names.heir}的账号请找工作站开通。`).waitFor();
    await phone.goto(`${server.origin}/phone/outbox`);
    await phone.getByText(`需要改一处：${names.own}到2023-10-20为止，之后已并入${names.heir}，请记到${names.heir}。`).waitFor();
    expect(await held(late)).toBe(0);
  });

  it('is asked for the date before anything after its last day is kept', async () => {
    await phone.goto(`${server.origin}/phone/record`);
    await phone.getByRole('group', { name: '进哪里' }).getByRole('button').first().click();
    await phone.getByLabel('做了什么').fill('示例：不该记在这里的一场。');
    await phone.getByRole('button', { name: '保存', exact: true }).click();
    await phone.getByText('10月20日之后这里已经撤并，请核对日期，或换到并入的村（社区）记。').first().waitFor();
    await phone.getByRole('button', { name: '不要了' }).click();
  });

  it('stands again when the station takes it back, and then all of it arrives', async () => {
    await office.getByRole('link', { name: '系统设置' }).click();
    await office.getByRole('tab', { name: '村（社区）' }).click();
    await office.getByRole('row', { name: names.own }).getByRole('button', { name: '撤销登记' }).click();
    await office.getByText(`已撤销登记，${names.own}照常在册。`).waitFor();
    await phone.goto(`${server.origin}/phone/outbox`);
    await phone.getByRole('button', { name: '重试' }).click();
    await expect.poll(() => held(late), { timeout: 60_000 }).toBe(1);
    await phone.goto(`${server.origin}/phone/`);
    await phone.getByRole('heading', { name: '本周安排' }).waitFor();
    await phone.getByText('到10月20日为止').first().waitFor({ state: 'detached' });
  });

  it('says nothing to the server that the contract does not allow', async () => {
    for (const watch of watches) await watch.isClean();
  });
});
