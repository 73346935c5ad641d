import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Pictures from '@wujin/pictures';
import { learnTime } from '../src/clock';
import { here } from '../src/kept/here';
import { answerWith } from '../src/network';
import { editOfSite } from '../src/outbox/change';
import type { Site } from '../src/outbox/entry';
import { entryOf, happen, keepEntry, outbox, readOutbox } from '../src/outbox/outbox';
import { sendOutbox } from '../src/outbox/sender';
import { sending } from '../src/outbox/sending';
import { current, router, startPaths } from '../src/paths';
import type { Target } from '../src/paths/match';
import { pages, whoMaySee } from '../src/router';
import { session } from '../src/session/session';
import { fetchSites, mergedSites, refreshSites, showSites, sites } from '../src/sites/kept_sites';
import { SiteDraft } from '../src/sites/draft';
import { Shelf, startShelf } from '../src/store';
import { sampleCampaign, Town } from './town';

vi.stubGlobal('__BUILT_AT__', '2023-10-26T00:00:00Z');
vi.mock('../src/schedule', () => ({ syncNow: async () => undefined }));
// Files are bytes here; drawing is the browser's part.
vi.mock('@wujin/pictures', async (whole) => ({ ...await whole<typeof Pictures>(), shrink: async (file: Blob) => file }));

const place = '500118112200';
let town: Town;
let page: VueWrapper | undefined;

beforeEach(async () => {
  town = new Town();
  await startShelf(new Shelf());
  await readOutbox();
  answerWith(town.fetch as never);
  vi.stubGlobal('fetch', town.fetch);
  Object.assign(session, { me: town.me, ended: false });
  Object.assign(here, {
    campaigns: [sampleCampaign], campaignId: 'sample-2023', placeId: place,
    places: [{ id: place, code: place, name: '示例村', short_name: '示例村', kind: 'village', parent: '500118112000', order: 7 }],
  });
  Object.assign(sites, { items: [], of: '', loaded: false, fetchedAt: 0 });
  Object.assign(sending, { busy: false, activities: 0, photos: 0 });
  learnTime('2023-10-26T09:00:00+08:00');
  window.scrollTo = () => undefined;
  URL.createObjectURL = () => 'blob:small';
  URL.revokeObjectURL = () => undefined;
  await startPaths(pages, whoMaySee);
});
afterEach(() => {
  page?.unmount();
  vi.unstubAllGlobals();
  vi.stubGlobal('__BUILT_AT__', '2023-10-26T00:00:00Z');
});

async function open(to: Target): Promise<VueWrapper> {
  await router.push(to);
  page?.unmount();
  page = mount(current.page!, { attachTo: document.body });
  await flushPromises();
  return page;
}
const button = (text: string) => page!.findAll('button').find((one) => one.text().startsWith(text))!;
const seen = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 10 });
const picture = (): Blob => new Blob([Uint8Array.from({ length: 300 }, (_, index) => (index * 31) % 256)], { type: 'image/jpeg' });

async function entered(name: string, pictures: Blob[] = []): Promise<string> {
  const draft = SiteDraft.blank();
  Object.assign(draft.site, { name });
  if (pictures.length > 0) await draft.add(pictures);
  await draft.save();
  return draft.key;
}
const there = (key: string): Site => town.sites.get(key) as never;

describe('a site entered without a line', () => {
  it('is kept with its picture, and comes home once when the line is back', async () => {
    town.line = 'down';
    const key = await entered(' 村口宣传角 ', [picture()]);
    expect(await sendOutbox()).toBe('unreachable');
    expect(entryOf(key)).toMatchObject({ state: 'waiting', site: { name: ' 村口宣传角 ', place, confirmed_on: '2023-10-26' } });
    await readOutbox();
    town.line = 'up';
    expect(await sendOutbox()).toBe('done');
    expect(entryOf(key)?.state).toBe('sent');
    expect(there(key)).toMatchObject({ name: '村口宣传角', kind: 'education_site', place, photos: [{ received: true }] });
    expect(town.log.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
    expect(sites.items.map((site) => site.photos.map((photo) => photo.received))).toEqual([[true]]);
    // It is no activity, and is not counted as one.
    expect(sending).toMatchObject({ activities: 0, photos: 0 });
    expect(town.activities.size).toBe(0);
  });

  it('makes no second one when the answer was lost', async () => {
    const key = await entered('村口宣传角');
    town.line = 'answers lost';
    await sendOutbox();
    town.line = 'up';
    await sendOutbox();
    expect(entryOf(key)?.state).toBe('sent');
    expect(town.sites.size).toBe(1);
  });

  it('stands aside with the server’s word when it is refused', async () => {
    const key = await entered('村口宣传角');
    town.next('PUT', /sites/, town.problem(422, 'validation', '检查内容', { faults: [{ field: 'place', code: 'place_merged', detail: '示例村到2023-10-20为止' }] }));
    await sendOutbox();
    expect(entryOf(key)).toMatchObject({ state: 'rejected', problem: { detail: '示例村到2023-10-20为止' } });
  });
});

describe('an edit of a site', () => {
  it('asks which side to keep when somebody else changed it, and sends mine over theirs', async () => {
    const key = await entered('村口宣传角');
    await sendOutbox();
    town.sites.set(key, { ...town.sites.get(key)!, etag: '"99"', name: '站里改的', updated_at: '2023-10-26T10:00:00+08:00' });
    const edit = new SiteDraft(editOfSite({ ...there(key), etag: '"2"' }, String(town.me.id), 1), false);
    edit.site.name = '我改的';
    await edit.save();
    await sendOutbox();
    expect(entryOf(key)).toMatchObject({ state: 'conflict', theirs: { name: '站里改的' } });
    await happen(key, { kind: 'keptMine' });
    await sendOutbox();
    expect(there(key).name).toBe('我改的');
  });

  it('covers what the server has until it is there', () => {
    const known = { id: 'a', etag: '"1"', place, place_name: '示例村', kind: 'education_site', name: '旧名', recorded_at: '', updated_at: '', photos: [], may: ['edit'] } as Site;
    const local = { ...editOfSite(known, 'me', 1), state: 'waiting' as const };
    const mine = { ...local, site: { ...local.site!, name: '新名' } };
    expect(mergedSites([known], [mine]).map((line) => line.site.name)).toEqual(['新名']);
    expect(mergedSites([known], [{ ...mine, state: 'sent' }]).map((line) => line.site.name)).toEqual(['旧名']);
    expect(mergedSites([], [mine, { ...mine, key: 'b', state: 'draft' }]).map((line) => line.key)).toEqual(['a']);
  });
});

describe('the sites of a place', () => {
  it('are looked at without a line as they were last seen', async () => {
    await entered('村口宣传角');
    await sendOutbox();
    await fetchSites();
    Object.assign(sites, { items: [], of: '', loaded: false });
    town.line = 'down';
    await open({ name: 'sites' });
    await seen(() => expect(page!.text()).toContain('没有网络，下面是上次存下的内容。'));
    expect(page!.text()).toContain('村口宣传角');
    expect(page!.text()).toContain('10月26日核实');
  });

  it('are fetched by themselves, but not again and again', async () => {
    await refreshSites();
    await refreshSites();
    expect(town.log.filter((line) => line === 'GET /api/v1/sites')).toHaveLength(1);
  });

  it('are confirmed by one tap', async () => {
    const key = await entered('村口宣传角');
    await sendOutbox();
    town.sites.set(key, { ...town.sites.get(key)!, confirmed_on: '2023-09-01' });
    await open({ name: 'sites' });
    await seen(() => expect(page!.text()).toContain('9月1日核实'));
    await button('今天看过，在用').trigger('click');
    await seen(() => expect(entryOf(key)?.state).toBe('waiting'));
    expect(page!.text()).toContain('10月26日核实');
    await sendOutbox();
    expect(there(key)).toMatchObject({ confirmed_on: '2023-10-26', name: '村口宣传角' });
  });

  it('say whose they are only to who sees those of several places', async () => {
    const key = await entered('村口宣传角');
    await sendOutbox();
    town.sites.set(key, { ...town.sites.get(key)!, place_name: '示例村' });
    await open({ name: 'sites' });
    await seen(() => expect(page!.text()).toContain('村口宣传角'));
    expect(page!.find('.site').text()).not.toContain('示例村');
    here.placeId = '500118112000';
    await open({ name: 'sites' });
    await seen(() => expect(page!.find('.site .p-sub').text()).toContain('示例村 · '));
  });

  it('are not added where the place has ended', async () => {
    Object.assign(here.places[0]!, { ending: { on: '2023-10-20', reason: '并村' } });
    await open({ name: 'sites' });
    await seen(() => expect(page!.text()).toContain('还没有登记宣教场所。'));
    expect(page!.text()).not.toContain('登记场所');
  });
});

describe('the form of a site', () => {
  it('asks for a name and keeps what was typed as a draft', async () => {
    await open({ name: 'site' });
    await seen(() => expect(page!.find('input[name=name]').exists()).toBe(true));
    await button('保存').trigger('click');
    expect(page!.text()).toContain('请写上名称。');
    await page!.find('input[name=name]').setValue('老街宣传角');
    await page!.find('input[name=address]').setValue('老街12号');
    window.dispatchEvent(new Event('pagehide'));
    await seen(() => expect(outbox.entries.map((entry) => [entry.state, entry.site?.name])).toEqual([['draft', '老街宣传角']]));
    await button('保存').trigger('click');
    await seen(() => expect(outbox.entries[0]?.state).toBe('waiting'));
    await sendOutbox();
    expect(there(outbox.entries[0]!.key)).toMatchObject({ name: '老街宣传角', address: '老街12号', confirmed_on: '2023-10-26' });
  });

  it('lays mine and theirs side by side', async () => {
    const key = await entered('村口宣传角');
    await sendOutbox();
    await keepEntry({ ...editOfSite(there(key), String(town.me.id), 1), state: 'conflict', theirs: { ...there(key), name: '站里改的' } });
    await showSites();
    await open({ name: 'site', params: { key } });
    await seen(() => expect(page!.text()).toContain('站里改的'));
    await button('用服务器上的').trigger('click');
    await seen(() => expect(sites.items.map((site) => site.name)).toEqual(['站里改的']));
    expect(entryOf(key)?.state).toBe('sent');
  });

  it('sends mine when it was chosen, and makes no draft of it on the way out', async () => {
    const key = await entered('村口宣传角');
    await sendOutbox();
    const mine = editOfSite(there(key), String(town.me.id), 1);
    await keepEntry({ ...mine, site: { ...mine.site!, name: '我改的' }, state: 'conflict', theirs: { ...there(key), name: '站里改的' } });
    await showSites();
    await open({ name: 'site', params: { key } });
    await seen(() => expect(page!.text()).toContain('站里改的'));
    await button('用我的').trigger('click');
    await seen(() => expect(current.route.name).toBe('sites'));
    page!.unmount();
    await flushPromises();
    expect(entryOf(key)?.state).toBe('waiting');
    await sendOutbox();
    expect(there(key).name).toBe('我改的');
  });
});
