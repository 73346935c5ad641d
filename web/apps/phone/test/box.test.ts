import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerWith } from '../src/network';
import { current } from '../src/paths';
import { newToken } from '../src/suggestions/box';
import Box from '../src/suggestions/Box.vue';
import BoxAnswer from '../src/suggestions/BoxAnswer.vue';
import SuggestionItem from '../src/suggestions/SuggestionItem.vue';
import { Town } from './town';

let town: Town;
let bodies: string[];
let page: VueWrapper | undefined;

const place = '500118112200';
const box = { place, place_name: '示例村', town_name: '示例镇', title: '示例镇2023年消防宣传“五进”工作' };
const receipt = { id: '11111111-1111-4111-8111-111111111111', place, place_name: '示例村', received_at: '2023-10-26T09:00:00+08:00' };
const at = { place, place_name: '示例村', received_at: '2023-10-26T09:00:00+08:00' };
const boxPath = /\/suggestion-boxes\/\d+$/;
const putPath = /\/suggestion-boxes\/\d+\/suggestions\//;

beforeEach(() => {
  town = new Town();
  bodies = [];
  answerWith(async (input, init) => {
    if (input instanceof Request && input.method !== 'GET') bodies.push(`${new URL(input.url).pathname} ${await input.clone().text()}`);
    return town.fetch(input, init);
  });
  window.scrollTo = () => undefined;
});
afterEach(() => { page?.unmount(); page = undefined; });

async function show(component: typeof Box | typeof BoxAnswer, hash: string): Promise<VueWrapper> {
  current.route = { ...current.route, hash };
  page = mount(component, { attachTo: document.body });
  await flushPromises();
  return page;
}

const send = async (): Promise<void> => { await page!.find('form').trigger('submit'); await flushPromises(); };

describe('a token', () => {
  it('is 256 random bits as base64url, another every time', () => {
    const made = Array.from({ length: 200 }, newToken);
    expect(made.filter((token) => !/^[0-9A-Za-z_-]{43}$/.test(token))).toEqual([]);
    expect(new Set(made).size).toBe(made.length);
    const bytes = made.map((token) => Buffer.from(token, 'base64url'));
    expect(bytes.map((one) => one.toString('base64url'))).toEqual(made);
    expect(new Set(bytes.map((one) => one[31])).size).toBeGreaterThan(20);
  });
});

describe('the page of a box', () => {
  it('says whose it is and asks for nothing but words', async () => {
    town.next('GET', boxPath, { status: 200, body: box });
    const text = (await show(Box, `#${place}`)).text();
    expect(text).toContain('示例村意见箱');
    expect(text).toContain('请不要写姓名、电话');
    expect(page!.findAll('input, textarea, select').map((one) => one.element.tagName)).toEqual(['TEXTAREA']);
    expect(town.log).toEqual([`GET /api/v1/suggestion-boxes/${place}`]);
  });

  it('sends the very same again when the answer was lost, then shows the link to keep', async () => {
    town.next('GET', boxPath, { status: 200, body: box });
    await show(Box, `#${place}`);
    await page!.find('textarea').setValue('示例：路灯下电线老化');
    town.next('PUT', putPath, town.problem(503, 'busy', '服务器正忙，请稍后再试。'));
    await send();
    expect(page!.find('[role=alert]').text()).toContain('服务器正忙');
    town.next('PUT', putPath, { status: 200, body: receipt });
    await send();
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toBe(bodies[0]);
    const { token } = JSON.parse(bodies[0]!.split(' ').slice(1).join(' ')) as { token: string };
    expect(page!.text()).toContain(`/phone/box/answer#${token}`);
  });

  it('writes another one under another id and secret', async () => {
    town.next('GET', boxPath, { status: 200, body: box });
    await show(Box, `#${place}`);
    for (const text of ['示例：一', '示例：二']) {
      await page!.find('textarea').setValue(text);
      town.next('PUT', putPath, { status: 201, body: receipt });
      await send();
      await page!.findAll('button').find((one) => one.text() === '再提一条')!.trigger('click');
    }
    const [one, two] = bodies.map((body) => ({ path: body.split(' ')[0], token: /"token":"([^"]+)"/.exec(body)?.[1] }));
    expect(one!.path).not.toBe(two!.path);
    expect(one!.token).not.toBe(two!.token);
  });

  it.each([['60', '请60秒后再试'], ['34021', '请明天再来']])('told to wait %s seconds says so in words', async (seconds, words) => {
    town.next('GET', boxPath, { status: 200, body: box });
    await show(Box, `#${place}`);
    await page!.find('textarea').setValue('示例');
    const refused = town.problem(429, 'too_many_requests', `操作太频繁，请${seconds}秒后再试。`);
    town.next('PUT', putPath, { ...refused, headers: { ...refused.headers, 'Retry-After': seconds } });
    await send();
    expect(page!.find('[role=alert]').text()).toContain(words);
  });

  it('says that there is no such box', async () => {
    town.next('GET', boxPath, town.problem(404, 'not_found', '没有找到。'));
    expect((await show(Box, '#000')).text()).toContain('没有找到这个意见箱');
    page!.unmount();
    expect((await show(Box, '')).text()).toContain('没有找到这个意见箱');
  });
});

describe('the page of an answer', () => {
  it('asks with the secret in the body, and shows markup as the text it is', async () => {
    town.next('POST', /\/suggestions\/inspect$/, { status: 200, body: { ...at, text: '<b>红</b>', state: 'answered', answer: '<img src=x>', settled_at: at.received_at } });
    await show(BoxAnswer, '#secret');
    expect(bodies).toEqual(['/api/v1/suggestions/inspect {"token":"secret"}']);
    expect(page!.text()).toContain('<b>红</b>');
    expect(page!.text()).toContain('<img src=x>');
    expect(page!.find('b, img').exists()).toBe(false);
  });

  it.each([
    [{ state: 'open', text: '示例' }, '还没有答复'], [{ state: 'set_aside', text: '示例', reason: 'unrelated' }, '与消防工作无关'], [{ state: 'set_aside', reason: 'personal' }, '请去掉个人信息后重新提'],
  ])('tells how it stands (%o)', async (more, words) => {
    town.next('POST', /\/suggestions\/inspect$/, { status: 200, body: { ...at, ...more } });
    expect((await show(BoxAnswer, '#secret')).text()).toContain(words);
  });
});

describe('a suggestion on the phone of the staff', () => {
  const open = { ...at, id: receipt.id, etag: '"v1"', state: 'open' as const, text: '示例', may: ['answer' as const] };

  it('keeps what was written when somebody else was faster, and shows theirs', async () => {
    page = mount(SuggestionItem, { props: { suggestion: open, onSettled: (changed: object) => page!.setProps({ suggestion: changed }) }, attachTo: document.body });
    await page.findAll('button').find((one) => one.text() === '写答复')!.trigger('click');
    await page.find('textarea').setValue('我的答复');
    town.next('PUT', /\/answer$/, town.problem(412, 'stale', '别人也改过', { current: { ...open, etag: '"v2"', state: 'answered', answer: '别人的答复', settled_by: '示例乙', settled_at: at.received_at } }));
    await send();
    expect(page.text()).toContain('别人的答复');
    expect(page.text()).toContain('别人刚办理过这一条');
    expect(page.find('textarea').element.value).toBe('我的答复');
    town.next('PUT', /\/answer$/, { status: 200, body: { ...open, etag: '"v3"', state: 'answered', answer: '我的答复', settled_by: '示例甲', settled_at: at.received_at } });
    await send();
    expect(page.find('form').exists()).toBe(false);
    expect(page.text()).toContain('我的答复');
  });
});
