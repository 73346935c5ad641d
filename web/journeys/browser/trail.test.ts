import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { deskSized, enter, openBrowser } from '../kit/browser';
import { Town } from '../kit/people';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

let data: string;
let server: RunningServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data);
  browser = await openBrowser();
  page = await (await browser.newContext(deskSized)).newPage();
  await enter(page, new Town(server.origin, data).account('auditor').link, 'office');
  await page.getByRole('table').waitFor();
}, 180_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const acts = () => page.getByRole('row').locator('td:nth-child(3)').allTextContents();

describe('the trail at the desk', () => {
  it('tells every act of the sample town in words', async () => {
    const more = page.getByRole('button', { name: '再看一些' });
    while (await more.isVisible()) {
      const before = (await acts()).length;
      await more.click();
      await expect.poll(async () => (await acts()).length).toBeGreaterThan(before);
    }
    const told = new Set(await acts());
    expect([...told]).toEqual(expect.arrayContaining(['登录', '记活动', '收到照片', '报送', '审核通过', '退回补正']));
    expect([...told].filter((act) => /[a-z]/.test(act))).toEqual([]);
  }, 60_000);

  it('shows one kind of act alone', async () => {
    await page.getByLabel('操作', { exact: true }).selectOption({ label: '报送' });
    await page.getByRole('button', { name: '查找' }).click();
    await expect.poll(async () => [...new Set(await acts())]).toEqual(['报送']);
  });
});
