import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { answerPath, drop } from '../kit/boxes';
import { deskSized, enter, openBrowser, phoneSized, Watch } from '../kit/browser';
import { Town } from '../kit/people';
import { campaign } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const screens = join(process.env['WUJIN_TEST_RESULTS'] ?? tmpdir(), 'screens');

interface Violation { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }

interface Look { name: string; preferences: { theme: 'light' | 'dark'; large: boolean; language: 'zh' | 'en' } }
const looks: Look[] = [
  { name: 'light', preferences: { theme: 'light', large: false, language: 'zh' } },
  { name: 'dark', preferences: { theme: 'dark', large: false, language: 'zh' } },
  { name: 'large', preferences: { theme: 'light', large: true, language: 'zh' } },
  { name: 'large-dark', preferences: { theme: 'dark', large: true, language: 'zh' } },
  { name: 'english', preferences: { theme: 'light', large: false, language: 'en' } },
];

let data: string;
let server: RunningServer;
let browser: Browser;
let town: Town;
const contexts: Record<'phone' | 'office', BrowserContext> = {} as never;
const watches: Watch[] = [];
let own: string;
let activity: string;
let waiting: string;
let answered: string;

beforeAll(async () => {
  mkdirSync(screens, { recursive: true });
  data = copyTown(inject('sample'));
  server = await startTown(data);
  town = new Town(server.origin, data);
  own = town.account('village').place;
  const list = await (await town.as('village')).get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&month=2023-10&limit=200`);
  activity = list.items.find((item) => item.photos.length > 1)?.id ?? '';
  waiting = (await drop(town.nobody(), own)).token;
  const settled = await drop(town.nobody(), own);
  answered = settled.token;
  await (await town.as('village')).expects('PUT', answerPath(settled.id), 200, { json: { state: 'answered', answer: '示例：已请物业清走，谢谢。' }, headers: { 'if-match': '"v1"' } });
  browser = await openBrowser();
  for (const [face, role] of [['phone', 'village'], ['office', 'station']] as const) {
    contexts[face] = await browser.newContext(face === 'phone' ? phoneSized : deskSized);
    watches.push(new Watch(contexts[face], server.origin));
    const page = await contexts[face].newPage();
    await enter(page, town.account(role).link, face);
    await page.getByRole('heading').first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.close();
  }
}, 180_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const phonePages = (): [string, string][] => [
  ['today', '/'], ['record', '/record'], ['album', '/album'], ['activities', '/activities'], ['activity', `/activities/${activity}`],
  ['reports', '/reports'], ['report', '/reports/2023-10'], ['preview', '/reports/2023-10/preview'], ['receipt', '/reports/2023-09/receipt'],
  ['plan', '/plan'], ['summary', '/summary'], ['appraisal', '/appraisal'], ['row', '/plan/rows'], ['outbox', '/outbox'], ['mine', '/mine'], ['password', '/mine/password'], ['suggestions', '/suggestions'], ['nowhere', '/no-such-page'],
];
const officePages = (): [string, string][] => [
  ['board', '/'], ['filing', '/filing'], ['reports', '/reports'], ['reminders', '/reminders'], ['report', `/reports/${campaign}/${own}/2023-10`], ['summary', `/summaries/${campaign}/${own}`], ['plans', '/plans'], ['plan-calendar', '/plans/calendar'], ['plan', `/plans/${campaign}/${own}`],
  ['activities', '/activities'], ['activity-new', '/activities/new'], ['activity', `/activities/${activity}`], ['people', '/people'],
  ['coverage', '/coverage'], ['towns', '/towns'], ['appraisal', '/appraisal'], ['appraisal-place', `/appraisal/${campaign}/${own}`], ['sites', '/sites'], ['mail', '/mail'], ['mailbox', '/settings?tab=mailbox'], ['suggestions', '/suggestions'], ['posters', '/suggestions/posters'], ['campaign', '/campaign'], ['settings', '/settings'],
];
// Seen by who is not signed in.
const openPages = (): Record<'phone' | 'office', [string, string][]> => ({
  phone: [['sign-in', '/phone/sign-in'], ['demo', '/phone/demo#token'], ['invitation', '/phone/invitation#token'], ['password-reset', '/phone/password-reset#token'], ['setup', '/phone/setup#token'],
    ['box', `/phone/box#${own}`], ['box-missing', '/phone/box#none'], ['box-waiting', `/phone/box/answer#${waiting}`], ['box-answered', `/phone/box/answer#${answered}`]],
  office: [['sign-in', '/office/'], ['demo', '/office/demo#token'], ['invitation', '/office/invitation#token'], ['password-reset', '/office/password-reset#token'], ['setup', '/office/setup#token']],
});

interface Opened { name: string; path: string; button: RegExp | string }
/** What opens over a page of the desk, by the button that opens it. */
const dialogs = (): Opened[] => [
  { name: 'return', path: `/reports/${campaign}/${own}/2023-09`, button: '退回补正' },
  { name: 'exempt', path: `/reports/${campaign}/${own}/2023-10`, button: '设为免报' },
  { name: 'delete', path: `/activities/${activity}`, button: '删除' },
  { name: 'picture', path: `/activities/${activity}`, button: /^看大图/ },
  { name: 'figures', path: '/activities', button: '统计任意时段' },
  { name: 'export', path: '/activities', button: '导出表格' },
  { name: 'export-filing', path: '/filing', button: '导出表格' },
  { name: 'remind', path: '/filing', button: /^提醒报送/ },
  { name: 'places', path: `/plans/${campaign}/${town.account('station').place}`, button: /计划村社/ },
  { name: 'site', path: '/sites', button: '登记场所' },
  { name: 'freeze', path: '/appraisal', button: '留存年终版本' },
];

async function judge(page: Page, name: string, part = 'html'): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(screens, `${name}.png`), fullPage: true });
  await page.evaluate(axe);
  const violations = await page.evaluate(async (within) => {
    const run = (window as unknown as { axe: { run: (within: string, options: unknown) => Promise<{ violations: Violation[] }> } }).axe.run;
    return (await run(within, { resultTypes: ['violations'] })).violations;
  }, part);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [
    ...violations.map((violation) => `${name}: ${violation.id} ${violation.help}: ${violation.nodes.map((node) => node.html).slice(0, 3).join(' ')}`),
    ...(wide > 1 ? [`${name}: wider than the screen by ${wide} px`] : []),
  ];
}

async function pageOf(context: BrowserContext, look: Look): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript((preferences) => {
    // The blank page between two screens has no storage.
    if (location.protocol !== 'about:') localStorage.setItem('wujin.preferences', JSON.stringify(preferences));
  }, look.preferences);
  return page;
}

describe.each(looks)('every screen, $name', (look) => {
  it.each(['phone', 'office'] as const)('of the %s has nothing axe objects to and fits its width', async (face) => {
    const page = await pageOf(contexts[face], look);
    const found: string[] = [];
    for (const [name, path] of face === 'phone' ? phonePages() : officePages()) {
      await page.goto('about:blank');
      await page.goto(face === 'phone' ? `${server.origin}/phone${path}` : `${server.origin}/office/#${path}`);
      await page.locator('h1, h2').first().waitFor();
      found.push(...await judge(page, `${face}-${name}-${look.name}`));
    }
    await page.close();
    expect(found).toEqual([]);
  }, 240_000);

  it.each(['phone', 'office'] as const)('of the %s before signing in, too', async (face) => {
    const context = await browser.newContext(face === 'phone' ? phoneSized : deskSized);
    const page = await pageOf(context, look);
    const found: string[] = [];
    for (const [name, path] of openPages()[face]) {
      await page.goto('about:blank');
      await page.goto(server.origin + path);
      await page.locator('h1, h2').first().waitFor();
      await page.getByText(look.preferences.language === 'en' ? 'Sample data: names' : '示例数据，人名').first().waitFor();
      found.push(...await judge(page, `${face}-${name}-${look.name}`));
    }
    await context.close();
    expect(found).toEqual([]);
  }, 120_000);
});

describe.each(looks.filter((look) => look.name === 'light' || look.name === 'dark'))('every dialog, $name', (look) => {
  it('of the station’s desk has nothing axe objects to and fits its width', async () => {
    const context = await browser.newContext(deskSized);
    const page = await pageOf(context, look);
    await enter(page, town.account('station').link, 'office');
    await page.getByRole('heading').first().waitFor();
    const found: string[] = [];
    for (const { name, path, button } of dialogs()) {
      await page.goto('about:blank');
      await page.goto(`${server.origin}/office/#${path}`);
      await page.getByRole('button', { name: button }).first().click();
      await page.locator('dialog[open]').waitFor();
      found.push(...await judge(page, `office-dialog-${name}-${look.name}`, 'dialog[open]'));
    }
    await context.close();
    expect(found).toEqual([]);
  }, 60_000);
});

describe('every screen', () => {
  it('says nothing to the server that the contract does not allow', async () => {
    for (const watch of watches) await watch.isClean();
  });
});
