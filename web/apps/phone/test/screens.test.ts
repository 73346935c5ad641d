import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Phone from '../src/Phone.vue';
import { learnTime } from '../src/clock';
import { here } from '../src/kept/here';
import { kept, type Activity } from '../src/kept/kept';
import { answerWith } from '../src/network';
import { newEntry, type OutboxEntry } from '../src/outbox/entry';
import { entryOf, keepEntry, outbox } from '../src/outbox/outbox';
import { current, router, startPaths } from '../src/paths';
import type { Target } from '../src/paths/match';
import { pages, whoMaySee } from '../src/router';
import { session } from '../src/session/session';
import { Shelf, startShelf } from '../src/store';
import { sampleCampaign, Town } from './town';

vi.stubGlobal('__BUILT_AT__', '2023-10-26T00:00:00Z');
vi.mock('../src/schedule', () => ({ syncNow: async () => undefined }));

const place = '500118112200';
const me = '99999999-9999-4999-8999-999999999999';
let town: Town;
let page: VueWrapper | undefined;
/** What was written to the server. */
let sent: { line: string; body: unknown }[];

beforeEach(async () => {
  town = new Town();
  sent = [];
  answerWith((async (request: Request) => {
    if (request.method !== 'GET') sent.push({ line: `${request.method} ${new URL(request.url).pathname}`, body: JSON.parse(await request.clone().text() || 'null') });
    return town.fetch(request);
  }) as never);
  await startShelf(new Shelf());
  outbox.entries = [];
  Object.assign(session, { me: town.me, ended: false });
  Object.assign(here, {
    campaigns: [sampleCampaign], campaignId: 'sample-2023', placeId: place,
    places: [{ id: place, code: place, name: '示例村', short_name: '示例村', kind: 'village', parent: '500118112000', order: 7 }],
  });
  Object.assign(kept, { activities: [], points: [], cells: [], plan: undefined });
  window.scrollTo = () => undefined;
  URL.createObjectURL = () => 'blob:small';
  URL.revokeObjectURL = () => undefined;
  await startPaths(pages, whoMaySee);
});
afterEach(() => page?.unmount());

async function open(to: Target): Promise<VueWrapper> {
  await router.push(to);
  page = mount(current.page!, { attachTo: document.body });
  return page;
}
const button = (text: string, nth = 0) => page!.findAll('button').filter((one) => one.text() === text)[nth]!;
const seen = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 10 });

const activity = (change: Partial<Activity> = {}): Activity => ({
  id: '33333333-3333-4333-8333-333333333333', etag: '"1"', campaign: 'sample-2023', place, place_name: '示例村', entry: 'countryside', started_at: '2023-10-09T09:30:00+08:00',
  title: '院坝会', text: '讲了用电。', photos: [], organizer: 'village', received_at: '2023-10-09T12:00:00+08:00', updated_at: '2023-10-09T12:00:00+08:00', recorded_by: '陈示例',
  month: '2023-10', supplement: false, may: ['edit', 'delete'], ...change });
const pictures = ['a', 'b', 'c'].map((letter) => `${letter.repeat(8)}-aaaa-4aaa-8aaa-aaaaaaaaaaaa`);
const photo = (id: string, change: object = {}): Activity['photos'][number] => ({ id, bytes: 3, sha256: 'ab'.repeat(32), received: true, near_duplicates: [], ...change });
const inOutbox = (change: Partial<OutboxEntry>): Promise<OutboxEntry> => {
  const { id, campaign, entry, started_at, title, text } = activity();
  const record = { ...newEntry(me, { campaign, place, entry, started_at, title, text }, 1), key: id, ...change };
  return keepEntry(record).then(() => record);
};

describe('a picture that looks like an earlier one', () => {
  const twin = { photo: pictures[1]!, activity: '44444444-4444-4444-8444-444444444444', title: '上周的院坝会', place, place_name: '示例村', date: '2023-10-02', distance: 3 };

  it('is told the person who recorded, with the day and the title it was used for', async () => {
    kept.activities = [activity({ photos: [photo(pictures[0]!, { near_duplicates: [twin] })] })];
    const shown = await open({ name: 'activity', params: { key: activity().id } });
    expect(shown.text()).toContain('这张照片在10月2日“上周的院坝会”里用过');
  });

  it('is nothing to tell when it only looks like another of the same record', async () => {
    kept.activities = [activity({ photos: pictures.slice(0, 2).map((id) => photo(id, { near_duplicates: [{ ...twin, activity: activity().id }] })) })];
    const shown = await open({ name: 'activity', params: { key: activity().id } });
    expect(shown.text()).toContain('讲了用电。');
    expect(shown.text()).not.toContain('里用过');
  });
});

describe('a page that is open to everybody', () => {
  it.each([[true, true], [false, false]])('says whether the town is a sample one: %s', async (demo, isTold) => {
    Object.assign(session, { me: undefined });
    vi.spyOn(town, 'me', 'get').mockReturnValue({ ...town.me, demo });
    await router.push({ name: 'sign-in' });
    page = mount(Phone, { attachTo: document.body });
    await seen(() => expect(town.log).toContain('GET /healthz'));
    await flushPromises();
    expect(page.find('form input[name=password]').exists()).toBe(true);
    expect(page.text().includes('示例数据，人名和活动均为虚构。')).toBe(isTold);
  });
});

describe('the head of a page', () => {
  it.each([['village', '示例镇示例村'], ['town', '示例镇']] as const)('names a %s once', async (kind, names) => {
    Object.assign(here.places[0]!, { kind, name: kind === 'town' ? '示例镇' : '示例村' });
    await router.push({ name: 'mine' });
    page = mount(Phone, { attachTo: document.body });
    await seen(() => expect(page!.find('.p-top__place').text()).toBe(names));
  });
});

describe('signing out', () => {
  it('warns of work that was not sent, and keeps it when it is done anyway', async () => {
    await inOutbox({ state: 'waiting' });
    await open({ name: 'mine' });
    await button('退出登录').trigger('click');
    await seen(() => expect(page!.text()).toContain('还有1场没上传。退出后记录仍留在本机，用同一账号登录后继续上传。'));
    expect(sent).toEqual([]);
    expect(session.me).toBeDefined();
    await button('仍然退出').trigger('click');
    await seen(() => expect(session.me).toBeUndefined());
    expect(sent.map((one) => one.line)).toEqual(['DELETE /api/v1/sessions/current']);
    expect(entryOf(activity().id)).toMatchObject({ state: 'waiting', fields: { text: '讲了用电。' } });
  });

  it('asks nothing when everything has arrived', async () => {
    await inOutbox({ state: 'sent' });
    await open({ name: 'mine' });
    await button('退出登录').trigger('click');
    await seen(() => expect(session.me).toBeUndefined());
  });
});

describe('a record changed on the server meanwhile', () => {
  const theirs = activity({ etag: '"9"', title: '站里改的题目', text: '站里改的。', photos: [photo(pictures[0]!)] });

  async function choose(): Promise<void> {
    await inOutbox({ state: 'conflict', base: '"1"', recorded: true, theirs, problem: { detail: '别人也改过', status: 412 } });
    kept.activities = [activity()];
    await open({ name: 'activity', params: { key: activity().id } });
  }

  it('shows mine and theirs side by side', async () => {
    await choose();
    const sides = page!.findAll('.act__side').map((side) => side.findAll('p').map((line) => line.text()));
    expect(sides).toEqual([['院坝会', '讲了用电。', '0张照片'], ['站里改的题目', '站里改的。', '1张照片']]);
  });

  it('goes over theirs with mine', async () => {
    await choose();
    await button('用我的').trigger('click');
    await seen(() => expect(entryOf(activity().id)).toMatchObject({ state: 'waiting', base: '"9"', fields: { text: '讲了用电。' } }));
    expect(page!.find('.act__side').exists()).toBe(false);
  });

  it.each([['of this month', '2023-10-26T09:00:00+08:00'], ['of a month that is not kept', '2023-12-26T09:00:00+08:00']])('takes theirs, %s', async (_, now) => {
    learnTime(now);
    await choose();
    await button('用服务器上的').trigger('click');
    await seen(() => expect(page!.text()).toContain('站里改的。'));
    expect(page!.text()).not.toContain('讲了用电。');
    expect(entryOf(activity().id)?.state).toBe('sent');
  });
});

describe('the pictures of a month’s report', () => {
  beforeEach(() => {
    town.activities.set(activity().id, activity({ photos: pictures.map((id) => photo(id)) }) as never);
    pictures.forEach((id) => town.photos.set(id, Buffer.from('x')));
  });

  it('are ordered, captioned and left out on the phone', async () => {
    await open({ name: 'report', params: { month: '2023-10' } });
    await seen(() => expect(button('改文字和照片')).toBeDefined());
    await button('改文字和照片').trigger('click');
    await button('往后放', 0).trigger('click');
    await button('不放', 2).trigger('click');
    const caption = page!.find('input[aria-label="照片说明（可不填） 1"]');
    await caption.setValue('演示灭火器');
    await caption.trigger('change');
    await button('保存修改').trigger('click');
    await seen(() => expect(sent.map((one) => one.line)).toEqual([`PATCH /api/v1/reports/sample-2023/${place}/2023-10`]));
    expect(sent[0]!.body).toEqual({ sections: [{ activity: activity().id, photos: [{ id: pictures[1], caption: '演示灭火器' }, { id: pictures[0] }] }] });
  });

  it('cannot go before the first or behind the last', async () => {
    await open({ name: 'report', params: { month: '2023-10' } });
    await seen(() => expect(button('改文字和照片')).toBeDefined());
    await button('改文字和照片').trigger('click');
    expect(['往前放', '往后放'].map((way) => [0, 1, 2].map((nth) => button(way, nth).attributes('disabled') !== undefined))).toEqual([[true, false, false], [false, false, true]]);
  });

  it('stand under a title broken where the campaign’s form breaks it', async () => {
    await open({ name: 'preview', params: { month: '2023-10' } });
    await seen(() => expect(page!.findAll('.paper__line').map((line) => line.text())).toEqual(['示例镇示例村', '2023年10月消防宣传“五进”工作情况']));
  });
});
