import { rmSync } from 'node:fs';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { answerPath, drop } from '../kit/boxes';
import { deskSized, enter, openBrowser, phoneSized, Watch } from '../kit/browser';
import { judge, looks, openAt, pageOf, type Look } from '../kit/judging';
import { dropMonth } from '../kit/letters';
import { Town, type Role } from '../kit/people';
import { campaign } from '../kit/records';
import type { RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';

type Face = 'phone' | 'office';
type Screens = [name: string, path: string][];
/** Somebody who sits at a face, and what they see there that another does not. */
interface Seat { name: string; face: Face; role: Role; account?: number; screens: () => Screens }

let data: string;
let server: RunningServer;
let browser: Browser;
let town: Town;
const contexts = new Map<string, BrowserContext>();
const watches: Watch[] = [];
let own: string;
let activity: string;
let waiting: string;
let answered: string;
let letter: string;

const ended = 5;
const monthly = (): string => `/reports/${campaign}/${own}/2023-10`;
const seats: Seat[] = [
  { name: 'phone', face: 'phone', role: 'village', screens: () => [
    ['today', '/'], ['record', '/record'], ['album', '/album'], ['activities', '/activities'], ['activity', `/activities/${activity}`],
    ['reports', '/reports'], ['report', '/reports/2023-10'], ['preview', '/reports/2023-10/preview'], ['receipt', '/reports/2023-09/receipt'],
    ['plan', '/plan'], ['summary', '/summary'], ['appraisal', '/appraisal'], ['row', '/plan/rows'], ['outbox', '/outbox'], ['mine', '/mine'], ['password', '/mine/password'],
    ['suggestions', '/suggestions'], ['sites', '/sites'], ['site', '/sites/entry'], ['nowhere', '/no-such-page']] },
  { name: 'phone-ended', face: 'phone', role: 'village', account: ended, screens: () => [['today', '/'], ['record', '/record'], ['sites', '/sites']] },
  { name: 'phone-leader', face: 'phone', role: 'resident_leader', screens: () => [['today', '/'], ['reports', '/reports'], ['report', '/reports/2023-09'], ['plan', '/plan'], ['appraisal', '/appraisal'], ['sites', '/sites'], ['mine', '/mine']] },
  { name: 'phone-station', face: 'phone', role: 'station', screens: () => [['today', '/'], ['record', '/record'], ['report', '/reports/2023-10'], ['sites', '/sites'], ['mine', '/mine']] },
  { name: 'office', face: 'office', role: 'station', screens: () => [
    ['board', '/'], ['filing', '/filing'], ['reports', '/reports'], ['reminders', '/reminders'], ['report', monthly()], ['summary', `/summaries/${campaign}/${own}`], ['plans', '/plans'], ['plan-calendar', '/plans/calendar'], ['plan', `/plans/${campaign}/${own}`],
    ['activities', '/activities'], ['activity-new', '/activities/new'], ['activity', `/activities/${activity}`], ['people', '/people'], ['coverage', '/coverage'], ['appraisal', '/appraisal'],
    ['appraisal-place', `/appraisal/${campaign}/${own}`], ['sites', '/sites'], ['mail', '/mail'], ['letter', `/mail/${letter}`], ['mailbox', '/settings?tab=mailbox'], ['reminding', '/settings?tab=reminders'],
    ['feeds', '/settings?tab=feeds'], ['places', '/settings?tab=places'], ['suggestions', '/suggestions'], ['posters', '/suggestions/posters'], ['campaign', '/campaign'], ['settings', '/settings'], ['look', '/settings?tab=look']] },
  { name: 'office-village', face: 'office', role: 'village', screens: () => [
    ['board', '/'], ['filing', '/filing'], ['report', monthly()], ['summary', `/summaries/${campaign}/${own}`], ['plan', `/plans/${campaign}/${own}`], ['activities', '/activities'], ['activity-new', '/activities/new'],
    ['activity', `/activities/${activity}`], ['coverage', '/coverage'], ['appraisal-place', `/appraisal/${campaign}/${own}`], ['sites', '/sites'], ['suggestions', '/suggestions'], ['campaign', '/campaign'], ['feeds', '/settings?tab=feeds']] },
  { name: 'office-leader', face: 'office', role: 'resident_leader', screens: () => [['board', '/'], ['filing', '/filing'], ['report', `/reports/${campaign}/${own}/2023-09`], ['plans', '/plans'], ['plan', `/plans/${campaign}/${own}`], ['settings', '/settings']] },
  { name: 'office-district', face: 'office', role: 'district', screens: () => [['towns', '/towns'], ['board', '/'], ['filing', '/filing'], ['coverage', '/coverage'], ['campaign', '/campaign'], ['people', '/people'], ['places', '/settings?tab=places']] },
  { name: 'office-system', face: 'office', role: 'system', screens: () => [['people', '/people'], ['settings', '/settings'], ['reminding', '/settings?tab=reminders'], ['mailbox', '/settings?tab=mailbox']] },
  { name: 'office-security', face: 'office', role: 'security', screens: () => [['people', '/people'], ['policy', '/settings?tab=policy']] },
  { name: 'office-auditor', face: 'office', role: 'auditor', screens: () => [['trail', '/settings?tab=trail'], ['settings', '/settings?tab=account']] },
];
// Seen by who is not signed in.
const openScreens = (): Record<Face, Screens> => ({
  phone: [['sign-in', '/phone/sign-in'], ['demo', '/phone/demo#token'], ['invitation', '/phone/invitation#token'], ['password-reset', '/phone/password-reset#token'], ['setup', '/phone/setup#token'],
    ['box', `/phone/box#${own}`], ['box-missing', '/phone/box#none'], ['box-waiting', `/phone/box/answer#${waiting}`], ['box-answered', `/phone/box/answer#${answered}`]],
  office: [['sign-in', '/office/'], ['demo', '/office/demo#token'], ['invitation', '/office/invitation#token'], ['password-reset', '/office/password-reset#token'], ['setup', '/office/setup#token']],
});
const sizes = { phone: phoneSized, office: deskSized };
const addressOf = (face: Face, path: string): string => (face === 'phone' ? `${server.origin}/phone${path}` : `${server.origin}/office/#${path}`);

async function sitDown({ name, face, role, account = 0 }: Seat): Promise<void> {
  const context = await browser.newContext(sizes[face]);
  contexts.set(name, context);
  watches.push(new Watch(context, server.origin));
  const page = await context.newPage();
  await enter(page, town.account(role, account).link.replace(/\/(phone|office)\/demo/, `/${face}/demo`), face);
  await page.getByRole('heading').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.close();
}

beforeAll(async () => {
  data = copyTown(inject('sample'));
  server = await startTown(data);
  town = new Town(server.origin, data);
  own = town.account('village').place;
  const [village, station] = [await town.as('village'), await town.as('station')];
  const list = await village.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&month=2023-10&limit=200`);
  activity = list.items.find((item) => item.photos.length > 1)?.id ?? '';
  waiting = (await drop(town.nobody(), own)).token;
  const settled = await drop(town.nobody(), own);
  answered = settled.token;
  await village.expects('PUT', answerPath(settled.id), 200, { json: { state: 'answered', answer: '示例：已请物业清走，谢谢。' }, headers: { 'if-match': '"v1"' } });
  await station.expects('PUT', `/api/v1/places/${town.account('village', ended).place}/ending`, 200, { json: { on: '2023-10-20', into: own, reason: '示例：并村' } });
  letter = await dropMonth(station, own);
  browser = await openBrowser();
  for (const seat of seats) await sitDown(seat);
  // Nobody's mail is remembered before letters have come by mail.
  const senders = [{ address: 'a-village-with-a-long-name-of-its-own.example@mail.example.org', place: own, place_name: '宝峰场社区', updated_at: '2023-10-20T09:00:00+08:00' },
    { address: 'village@example.org', place: '500118112999', updated_at: '2023-09-20T09:00:00+08:00' }];
  await contexts.get('office')!.route('**/senders', async (route) => route.fulfill({ response: await route.fetch(), json: { items: senders } }));
}, 180_000);

afterAll(async () => {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

/** What is seen from some seats, one after another; walks of different seats may go side by side. */
async function walk(some: readonly Seat[], look: Look): Promise<string[]> {
  const found: string[] = [];
  for (const seat of some) {
    const page = await pageOf(contexts.get(seat.name)!, look);
    for (const [name, path] of seat.screens()) {
      await openAt(page, addressOf(seat.face, path));
      found.push(...await judge(page, look, `${seat.name}-${name}`));
    }
    await page.close();
  }
  return found;
}

async function walkOutside(look: Look): Promise<string[]> {
  const found: string[] = [];
  for (const face of ['phone', 'office'] as const) {
    const context = await browser.newContext(sizes[face]);
    const page = await pageOf(context, look);
    for (const [name, path] of openScreens()[face]) {
      await openAt(page, server.origin + path);
      await page.getByText(look.preferences.language === 'en' ? 'Sample data: names' : '示例数据，人名').first().waitFor();
      found.push(...await judge(page, look, `${face}-${name}`));
    }
    await context.close();
  }
  return found;
}

describe.each(looks)('every screen, $name', (look) => {
  it('has nothing axe objects to and fits its width, from every seat and from outside', async () => {
    const phones = seats.filter((seat) => seat.face === 'phone');
    const others = seats.filter((seat) => seat.face === 'office' && seat.role !== 'station');
    const found = await Promise.all([
      walk(phones, look), walk(seats.filter((seat) => seat.name === 'office'), look), walk(others, look), walkOutside(look),
    ]);
    expect(found.flat()).toEqual([]);
  }, 1_200_000);
});

describe('every screen', () => {
  it('says nothing to the server that the contract does not allow', async () => {
    for (const watch of watches) await watch.isClean();
  });
});
