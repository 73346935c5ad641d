import { rmSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { asFiles, deskSized, openBrowser, phoneSized, Watch } from '../kit/browser';
import { firstTown, loadModel, model, modelPath } from '../kit/district';
import { judge, looks, openAt, pageOf, type Look } from '../kit/judging';
import { dropMonth } from '../kit/letters';
import { Town, type Role } from '../kit/people';
import { picture } from '../kit/pictures';
import { appraisalPath, campaign, newId, planPath } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';
import { wording } from '../kit/wording';

type Face = 'phone' | 'office';
/** What opens over a page, or folds out of it, and how. `part` is what axe looks at; a dialog makes the rest of the page inert. */
interface Opening { name: string; path: string; open: (page: Page) => Promise<void>; part?: string }
interface Seat { face: Face; role: Role; openings: () => Opening[] }

let data: string;
let server: RunningServer;
let browser: Browser;
let town: Town;
let own: string;
let seat: string;
let activity: string;
let letter: string;
const watches: Watch[] = [];
const issued = `${model}-${firstTown}`;

beforeAll(async () => {
  data = copyTown(inject('sample'));
  loadModel(data);
  server = await startTown(data);
  town = new Town(server.origin, data);
  [own, seat] = [town.account('village').place, town.account('station').place];
  const [village, station, leader] = [await town.as('village'), await town.as('station'), await town.as('resident_leader')];
  const held = await village.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&month=2023-10&limit=200`);
  activity = held.items.find((item) => item.photos.length > 1)?.id ?? '';
  letter = await dropMonth(station, own);
  await leader.expects('PUT', appraisalPath(`/places/${own}/objections/${newId()}`), 201, { json: { item: 'on_time', text: '示例：当天停电。' } });
  // Somebody who mistyped their password too often.
  for (let time = 0; time < 5; time += 1) await town.nobody().ask('POST', '/api/v1/sessions', { json: { login: town.account('village', 6).login, password: 'wrong', device: 'desk' } });
  browser = await openBrowser();
}, 180_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const press = (key: string) => async (page: Page) => { await page.getByRole('button', { name: wording(key) }).first().click(); };
const pressed = (name: string, path: string, key: string): Opening => ({ name, path, open: press(key) });

/** The plan's first row is changed by somebody else while a cell of it is being written. */
async function meetOnARow(page: Page): Promise<void> {
  const village = await town.as('village');
  const row = (await village.get<Wire<'Plan'>>(planPath(own))).rows[0]!;
  const { from, to, places, order, in_charge } = row;
  await village.expects('PUT', planPath(own, `/rows/${row.id}`), 200, { json: { from, to, places, order, in_charge, focus: `示例：改过${newId().slice(0, 4)}` }, headers: { 'if-match': row.etag } });
  const cell = page.getByRole('textbox', { name: wording('plans.focus') }).first();
  await cell.fill('示例：同时也在改');
  await cell.blur();
}

/** A letter that came by mail may be answered; one that was dragged here has nobody to answer to. */
async function answerLetter(page: Page): Promise<void> {
  await page.route(`**/api/v1/letters/${letter}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...await answer.json() as object, channel: 'mail', from_address: 'village@example.org', may: ['correct', 'file', 'set_aside', 'answer'] } });
  });
  await page.reload();
  await press('mail.answer')(page);
}

const openPerson = (nth: number) => async (page: Page) => { await page.locator('button.link').nth(nth).click(); };
async function openTab(page: Page, key: string): Promise<void> {
  await page.getByRole('tab', { name: wording(key) }).click();
}
/** The session ends elsewhere, and the next thing that is asked for tells. */
async function expire(page: Page): Promise<void> {
  await page.context().clearCookies();
  await page.getByRole('link', { name: wording('nav.office.filing') }).click();
}

const seats: Seat[] = [
  { face: 'office', role: 'station', openings: () => [
    pressed('return', `/reports/${campaign}/${own}/2023-09`, 'btn.return'),
    pressed('exempt', `/reports/${campaign}/${own}/2023-10`, 'btn.exempt'),
    pressed('delete', `/activities/${activity}`, 'btn.delete'),
    pressed('picture', `/activities/${activity}`, 'photo.open'),
    pressed('figures', '/activities', 'figures.title'),
    pressed('export', '/activities', 'btn.excel'),
    pressed('export-filing', '/filing', 'btn.excel'),
    pressed('remind', '/filing', 'btn.remind'),
    pressed('places', `/plans/${campaign}/${seat}`, 'plans.places'),
    pressed('submit', `/summaries/${campaign}/${seat}`, 'summary.submit'),
    pressed('site', '/sites', 'site.new'),
    pressed('freeze', '/appraisal', 'appr.freeze'),
    pressed('answer-objection', `/appraisal/${campaign}/${own}`, 'appr.answer'),
    pressed('ending', '/settings?tab=places', 'ending.enter'),
    pressed('set-aside', `/mail/${letter}`, 'mail.set_aside'),
    { name: 'tray-picture', path: `/mail/${letter}`, open: async (page) => page.getByRole('link', { name: wording('mail.open_picture') }).first().click() },
    { name: 'answer-letter', path: `/mail/${letter}`, open: answerLetter },
    { name: 'import', path: '/mail', open: async (page) => page.locator('input[type=file]').setInputFiles(asFiles([picture(480)])) },
    { name: 'person', path: '/people', open: openPerson(1) },
    { name: 'hand-over', path: '/people', open: async (page) => { await openPerson(1)(page); await press('btn.handover')(page); } },
    { name: 'invite', path: '/people', open: async (page) => { await openTab(page, 'people.invitations'); await press('people.invite')(page); } },
    { name: 'menu', path: '/', part: '.menu', open: async (page) => page.locator('.side__me').click() },
    { name: 'tip', path: '/filing', part: '[data-reka-popper-content-wrapper]', open: async (page) => page.locator('.tip__mark').first().focus() },
  ] },
  { face: 'office', role: 'village', openings: () => [
    pressed('submit', `/reports/${campaign}/${own}/2023-10`, 'btn.submit_month'),
    pressed('object', `/appraisal/${campaign}/${own}`, 'appr.object'),
    pressed('site', '/sites', 'site.new'),
    { name: 'conflict', path: `/plans/${campaign}/${own}`, open: meetOnARow },
    { name: 'expired', path: '/', open: expire },
  ] },
  { face: 'office', role: 'district', openings: () => [
    pressed('issue', '/campaign', 'models.issue'),
    pressed('ending', '/settings?tab=places', 'ending.enter'),
    { name: 'person', path: '/people', open: openPerson(0) },
  ] },
  { face: 'office', role: 'system', openings: () => [
    { name: 'person', path: '/people', open: openPerson(0) },
    { name: 'reset', path: '/people', open: async (page) => { await openPerson(1)(page); await press('people.reset')(page); await page.locator('dialog[open] .secret').waitFor(); } },
    { name: 'invite', path: '/people', open: async (page) => { await openTab(page, 'people.invitations'); await press('people.invite')(page); } },
  ] },
  { face: 'office', role: 'security', openings: () => [
    { name: 'locked', path: '/people', open: async (page) => page.getByRole('row').filter({ hasText: town.account('village', 6).login }).locator('button.link').click() },
  ] },
  { face: 'phone', role: 'village', openings: () => [
    { name: 'pin', path: '/mine', part: 'html', open: press('mine.pin') },
    { name: 'more', path: '/record', part: 'html', open: async (page) => page.locator('details summary').first().click() },
    { name: 'missing', path: '/record', part: 'html', open: press('btn.save') },
    { name: 'discarded', path: '/record', part: 'html', open: async (page) => { await page.locator('textarea').fill('示例'); await press('form.discard')(page); await page.locator('.p-toast').waitFor(); } },
    { name: 'leaving', path: '/record', part: 'html', open: async (page) => {
      await page.locator('textarea').fill('示例');
      await page.getByRole('status').first().waitFor();
      await page.goto(`${server.origin}/phone/mine`);
      await press('btn.sign_out')(page);
      await page.locator('.mine__leave').first().waitFor();
    } },
    { name: 'history', path: `/activities/${activity}`, part: 'html', open: press('act.history') },
    { name: 'edit-text', path: '/reports/2023-10', part: 'html', open: press('report.edit_text') },
    { name: 'site-missing', path: '/sites/entry', part: 'html', open: press('btn.save') },
  ] },
];

async function sitDown({ face, role }: Seat, look: Look): Promise<[BrowserContext, Page]> {
  const context = await browser.newContext(face === 'phone' ? phoneSized : deskSized);
  watches.push(new Watch(context, server.origin));
  const page = await pageOf(context, look);
  await page.goto(town.account(role).link.replace(/\/(phone|office)\/demo/, `/${face}/demo`));
  await page.locator('.w-button--primary').first().click();
  await page.getByRole('heading').first().waitFor();
  await page.waitForLoadState('networkidle');
  return [context, page];
}

/** Every opening from a seat, in a look. */
async function openAll(from: Seat, look: Look): Promise<string[]> {
  const [context, page] = await sitDown(from, look);
  const found: string[] = [];
  for (const { name, path, open, part = 'dialog[open]' } of from.openings()) {
    await openAt(page, from.face === 'phone' ? `${server.origin}/phone${path}` : `${server.origin}/office/#${path}`);
    await open(page);
    await page.locator(part).first().waitFor();
    found.push(...await judge(page, look, `${from.face}-${from.role}-dialog-${name}`, part));
  }
  await context.close();
  return found;
}

describe.each(looks)('every dialog, $name', (look) => {
  it('has nothing axe objects to and fits the width of its screen', async () => {
    const [first, ...others] = seats;
    const walks = [openAll(first!, look), (async () => {
      const found: string[] = [];
      for (const other of others) found.push(...await openAll(other, look));
      return found;
    })()];
    expect((await Promise.all(walks)).flat()).toEqual([]);
  }, 900_000);
});

describe('a campaign that was issued', () => {
  it.each(looks)('is tightened in a dialog axe has nothing against, $name', async (look) => {
    await (await town.as('district')).ask('PUT', modelPath(firstTown));
    const [context, page] = await sitDown(seats[0]!, look);
    await openAt(page, `${server.origin}/office/#/campaign`);
    await page.locator('.side__campaign select').selectOption(issued);
    await press('tighten.button')(page);
    await page.locator('dialog[open]').waitFor();
    expect(await judge(page, look, 'office-station-dialog-tighten', 'dialog[open]')).toEqual([]);
    await context.close();
  });
});

describe('every dialog', () => {
  it('says nothing to the server that the contract does not allow', async () => {
    for (const watch of watches) await watch.isClean();
  });
});
