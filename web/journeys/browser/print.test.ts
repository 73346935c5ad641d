import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { deskSized, enter, openBrowser } from '../kit/browser';
import { Town } from '../kit/people';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

let data: string;
let folder: string;
let server: RunningServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wujin-print-'));
  data = copyTown(inject('sample'));
  server = await startTown(data);
  browser = await openBrowser();
  page = await (await browser.newContext(deskSized)).newPage();
  await enter(page, new Town(server.origin, data).account('station').link, 'office');
  await page.getByRole('heading').first().waitFor();
}, 180_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

/** What the page at `route` prints: its PDF read back by poppler. `xMax` is the right edge of the last word, in points. */
async function printed(route: string): Promise<{ info: string; text: string; pages: number; xMax: number; overflow: number }> {
  await page.goto(`${server.origin}/office/#${route}`);
  await page.getByRole('table').first().waitFor();
  await page.waitForLoadState('networkidle');
  // What stands beyond the paper is cut there, and no PDF tells: the width between the margins is measured in the browser.
  const screen = page.viewportSize()!;
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: Math.floor((297 - 24) / 25.4 * 96), height: screen.height });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.setViewportSize(screen);
  const file = join(folder, 'page.pdf');
  await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
  await page.emulateMedia({ media: null });
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  const boxes = execFileSync('pdftotext', ['-bbox', file, '-'], { encoding: 'utf8' });
  return {
    info, overflow,
    text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }),
    pages: Number(/Pages:\s+(\d+)/.exec(info)![1]),
    xMax: Math.max(...[...boxes.matchAll(/xMax="([\d.]+)"/g)].map((match) => Number(match[1]))),
  };
}

describe.each([
  { what: 'who has handed in what', route: '/filing', told: ['报送情况', '宝峰场社区', '12月28日'] },
  { what: 'the calendar of the plans', route: '/plans/calendar', told: ['10月'] },
])('$what on paper', ({ route, told }) => {
  it('fits one sheet of A4 across, without what can only be pressed', async () => {
    const sheet = await printed(route);
    expect(sheet.info).toMatch(/Page size:\s+84[12](\.\d+)? x 59[45](\.\d+)? pts \(A4\)/);
    expect(sheet.overflow).toBe(0);
    expect(sheet.xMax).toBeLessThanOrEqual(842 - 12 / 25.4 * 72 + 1);
    for (const words of told) expect(sheet.text.normalize('NFKC').replace(/\s/g, '')).toContain(words);
    for (const pressed of ['提醒记录', '导出表格', '催报', '合并']) expect(sheet.text).not.toContain(pressed);
    expect(sheet.pages).toBeLessThanOrEqual(3);
  }, 120_000);
});
