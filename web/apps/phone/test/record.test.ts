import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Record from '../src/activities/Record.vue';
import { here } from '../src/kept/here';
import { kept } from '../src/kept/kept';
import { outbox } from '../src/outbox/outbox';
import { session } from '../src/session/session';
import { Shelf, startShelf } from '../src/store';
import { sampleCampaign, Town } from './town';

vi.mock('../src/schedule', () => ({ syncNow: async () => undefined }));
let page: VueWrapper;

beforeEach(async () => {
  const town = new Town();
  await startShelf(new Shelf());
  outbox.entries = [];
  session.me = town.me as never;
  Object.assign(here, {
    campaigns: [sampleCampaign], campaignId: 'sample-2023', placeId: '500118112200',
    places: [{ id: '500118112200', code: '500118112200', name: '示例村', short_name: '示例村', kind: 'village', parent: '500118112000', order: 7 }],
  });
  Object.assign(kept, { points: [{ name: '三组', uses: 3, last_used: '2023-10-12' }], plan: undefined });
  Element.prototype.scrollIntoView = () => undefined;
  window.scrollTo = () => undefined;
  page = mount(Record, { attachTo: document.body });
});
afterEach(() => page.unmount());

const button = (text: string) => page.findAll('button').find((one) => one.text() === text)!;

describe('the recording form', () => {
  it('asks in the order a village thinks: where, at which point, when, what, pictures, and the rest folded', () => {
    const text = page.text();
    const order = ['进哪里', '具体地点', '什么时候', '做了什么', '照片（可不传）', '更多（可不填）'].map((word) => text.indexOf(word));
    expect(order.every((at) => at >= 0)).toBe(true);
    expect(order).toEqual(order.slice().sort((a, b) => a - b));
  });

  it('offers the campaign’s choices and the points used before', () => {
    expect(page.find('[role=group][aria-label=进哪里]').findAll('button').map((one) => one.text())).toEqual(['进企业', '进农村', '进社区', '进学校', '进家庭']);
    expect(button('三组').exists()).toBe(true);
  });

  it('says what is missing and keeps nothing half-done', async () => {
    await button('保存').trigger('click');
    expect(page.findAll('.p-problem').map((one) => one.text())).toEqual(['请选一下进了哪里。']);
    expect(outbox.entries).toEqual([]);
  });

  it('takes a complaint back as soon as it is answered, and makes no new one while typing', async () => {
    await button('保存').trigger('click');
    await button('进农村').trigger('click');
    expect(page.findAll('.p-problem').map((one) => one.text())).toEqual([]);
    await button('保存').trigger('click');
    expect(page.text()).toContain('写一句做了什么');
    await page.find('textarea').setValue('在院坝讲用电。');
    expect(page.text()).not.toContain('写一句做了什么');
  });

  it('saves a record that waits to be sent, with a title nobody had to write', async () => {
    await button('进农村').trigger('click');
    await button('三组').trigger('click');
    await page.find('textarea').setValue('在院坝讲用电，演示灭火器。');
    await button('保存').trigger('click');
    await vi.waitFor(() => expect(outbox.entries[0]?.state).toBe('waiting'));
    expect(outbox.entries[0]!.fields).toMatchObject({ entry: 'countryside', point: '三组', title: '在院坝讲用电', place: '500118112200', campaign: 'sample-2023' });
  });

  it('begins a new record after “保存，再记一场”, without a draft nobody wrote', async () => {
    await button('进农村').trigger('click');
    await page.find('textarea').setValue('第一场');
    await button('保存，再记一场').trigger('click');
    await vi.waitFor(() => expect((page.find('textarea').element as HTMLTextAreaElement).value).toBe(''));
    // Leaving the page writes down whatever counts as typed.
    window.dispatchEvent(new Event('pagehide'));
    await flushPromises();
    expect(outbox.entries.map((entry) => [entry.state, entry.fields.text])).toEqual([['waiting', '第一场']]);
  });
});
