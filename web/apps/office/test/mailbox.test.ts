import type { VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeServer, problem, type Asked } from './fake_server';
import { openDesk, sees } from './open_desk';
import { sampleCampaign, sampleMe } from './sample';
import type { Wire } from '../src/desk/api';

const places = [
  { id: 't', code: '1', name: '示例镇', short_name: '示例', kind: 'town', order: 0 },
  { id: 'a', code: '11', name: '甲村', short_name: '甲', kind: 'village', parent: 't', order: 1 },
  { id: 'b', code: '12', name: '乙村', short_name: '乙', kind: 'village', parent: 't', order: 2 }];
const id = '00000000-0000-4000-8000-0000000000a1';
const moment = '2023-10-26T09:00:00+08:00';

const understanding = (more: Partial<Wire<'LetterUnderstanding'>> = {}): Wire<'LetterUnderstanding'> => ({
  place: { value: 'a', percent: 96, why: 'known_sender' }, form: { value: 'report', percent: 92, why: 'form_shape' }, month: { value: '2023-10', percent: 90, why: 'title', words: '10月工作情况' },
  activities: [{ week: { value: 1, percent: 95, why: 'heading', words: '第一周' }, held_on: { value: '2023-10-03', percent: 90, why: 'date' }, entry: { value: 'school', percent: 90, why: 'heading' }, heading: '进学校',
    text: '讲防火。看演示。', pictures: [{ source: 0, number: 0, caption: '' }] }],
  rows: [], no_activity_reason: '', unplaced: [], doubts: [], ...more });

const letter = (more: Partial<Wire<'Letter'>> = {}): Wire<'Letter'> => ({
  id, etag: '"1"', town: 't', channel: 'mail', state: 'waiting', from_name: '示例乙', from_address: 'jia@example.org', subject: '甲村10月', arrived_at: moment, fetched_at: moment,
  authentication: '', is_automatic: false, has_original: true, text: '见附件。', html: '', attachments: [{ number: 1, name: '甲村10月.docx', media_type: 'application/zip', bytes: 9000, is_document: true, is_picture: false }],
  sources: [{ source: 0, name: '甲村10月.docx', text: '讲防火。看演示。', pictures: 1, faults: [] }], loose_pictures: 0, cloud_links: [], faults: [], campaign: 'probe', understanding: understanding(),
  sender: { is_confirmed: true, place: 'a' }, replies: [], may: ['correct', 'file', 'set_aside', 'answer'], ...more });

const entry: Wire<'LetterEntry'> = { id, etag: '"1"', town: 't', channel: 'mail', state: 'waiting', from_name: '示例乙', from_address: 'jia@example.org', subject: '甲村10月', arrived_at: moment, place: 'a', place_name: '甲村',
  form: 'report', month: '2023-10', doubts: ['cloud_file'], documents: 1, pictures: 3 };

let wrapper: VueWrapper;
let log: Asked[];
let shown: Wire<'Letter'>;
let listed: Wire<'LetterEntry'>[];
let extra: (asked: Asked) => { status?: number; body?: unknown } | undefined;

function answer(asked: Asked) {
  const { method, path } = asked;
  const own = extra(asked);
  if (own) return own;
  if (path === '/api/v1/me') return { body: sampleMe() };
  if (path === '/api/v1/places') return { body: { items: places } };
  if (path === '/api/v1/campaigns') return { body: { items: [sampleCampaign()] } };
  if (path === '/api/v1/mailboxes/t') return { body: { town: 't', folder: 'INBOX', done: 'leave', receipts: true, enabled: false, state: { waiting: 0 }, can_send: false, etag: '"1"' } };
  if (path.startsWith('/api/v1/letters?')) return { body: { items: /state=waiting/.test(path) ? listed : [], waiting: listed.length } };
  if (path === `/api/v1/letters/${id}`) return { body: shown };
  if (method === 'PUT' && path.endsWith('/understanding')) return { body: { ...shown, etag: '"2"', understanding: understanding() } };
  if (method === 'POST' && path.endsWith('/filing')) {
    return { body: { ...shown, etag: '"3"', state: 'filed', may: [], filed: { campaign: 'probe', place: 'a', place_name: '甲村', deliverable: 'report', period: '2023-10', version: 1, activities: 1, pictures: 1, left_out: 0, on_time: true, late_days: 0, by: '示例甲', at: moment } } };
  }
  return undefined;
}
const open = async (hash: string): Promise<VueWrapper> => (wrapper = await openDesk(hash));
const seesText = (text: string): Promise<void> => sees(() => expect(wrapper.text()).toContain(text));
const button = (text: string) => wrapper.findAll('button').find((one) => one.text() === text || one.text().startsWith(text))!;
const writes = (): Asked[] => log.filter((asked) => asked.method !== 'GET');
const field = (name: string) => wrapper.find(`[data-field="${name}"]`);

beforeEach(() => {
  shown = letter();
  listed = [];
  extra = () => undefined;
  log = fakeServer(answer);
});
afterEach(() => { wrapper.unmount(); vi.unstubAllGlobals(); document.body.innerHTML = ''; });

describe('the mail list', () => {
  it('says that nothing waits, and that no mailbox is set up', async () => {
    await open('#/mail');
    await seesText('邮箱里没有待确认的邮件。');
    await seesText('还没有设置收件邮箱。');
    expect(wrapper.find('.side__count').exists()).toBe(false);
  });

  it('shows what waits, counts it in the side and opens it by its subject', async () => {
    listed = [entry];
    await open('#/mail');
    await seesText('甲村 10月工作情况');
    expect(wrapper.text()).toContain('邮件已收，待确认');
    expect(wrapper.text()).toContain('1处要您定');
    await sees(() => expect(wrapper.find('.side__count').text()).toBe('1'));
    await wrapper.find('.mail__table a').trigger('click');
    await sees(() => expect(wrapper.find('h1').text()).toBe('甲村10月'));
  });

  it('takes in what is dropped on the page, each file first', async () => {
    extra = ({ method, path }) => (method === 'PUT' && path.includes('/files/') ? { status: 204 } : method === 'PUT' && path.startsWith('/api/v1/letters/') ? { status: 201, body: letter({ channel: 'import' }) } : undefined);
    await open('#/mail');
    await seesText('邮箱里没有待确认的邮件。');
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(drop, { dataTransfer: { types: ['Files'], files: [new File(['一'], '甲村.docx'), new File(['二'], '1.jpg'), new File(['三'], 'run.exe')] } });
    document.body.dispatchEvent(drop);
    expect(drop.defaultPrevented).toBe(true);
    await seesText('“run.exe”不是能读的文件，没有导入。');
    await wrapper.find('#import-form').trigger('submit');
    await sees(() => expect(writes()).toHaveLength(3));
    const [letters] = [...new Set(writes().map((asked) => asked.path.split('/')[4]))];
    expect(writes().map((asked) => decodeURIComponent(asked.path))).toEqual([`/api/v1/letters/${letters}/files/1?place=t&name=甲村.docx`, `/api/v1/letters/${letters}/files/2?place=t&name=1.jpg`, `/api/v1/letters/${letters}`]);
    expect(writes()[2]!.body).toEqual({ place: 't' });
  });
});

describe('a summary', () => {
  const parts = understanding({
    form: { value: 'summary', percent: 95, why: 'title' }, month: { percent: 0, why: 'nothing' }, doubts: ['pictures_unplaced'], unplaced: [{ source: 0, number: 0, caption: '' }],
    activities: [{ week: { percent: 0, why: 'nothing' }, held_on: { percent: 0, why: 'nothing' }, entry: { percent: 0, why: 'nothing' }, heading: '主要做法', text: '入户讲解。', pictures: [] }] });

  it('is shown by its parts, leaves its pictures out when told to, and is filed', async () => {
    shown = letter({ understanding: parts });
    extra = ({ method, path }) => (method === 'PUT' && path.endsWith('/understanding') ? { body: { ...shown, etag: '"2"', understanding: { ...parts, doubts: [] } } } : undefined);
    await open(`#/mail/${id}`);
    await seesText('第1部分');
    await seesText('来信带的照片');
    expect(field('week').exists()).toBe(false);
    await button('核对过，就这样').trigger('click');
    await button('归档').trigger('click');
    await sees(() => expect(writes().map((one) => one.path.split('/').at(-1))).toEqual(['understanding', 'filing']));
    expect(writes()[0]!.body).toMatchObject({ form: 'summary', activities: [{ heading: '主要做法', text: '入户讲解。', pictures: [] }], unplaced: [{ source: 0, number: 0 }] });
  });

  it('tells of how many parts it was filed', async () => {
    shown = letter({ state: 'filed', may: ['answer'], understanding: parts,
      filed: { campaign: 'probe', place: 'a', place_name: '甲村', deliverable: 'summary', period: '2023', version: 2, activities: 3, pictures: 0, left_out: 1, on_time: true, late_days: 0, at: moment } });
    await open(`#/mail/${id}`);
    await seesText('总结3个部分。');
  });
});

describe('taking back', () => {
  const filed: NonNullable<Wire<'Letter'>['filed']> = { campaign: 'probe', place: 'a', place_name: '甲村', deliverable: 'report', period: '2023-10', version: 1, activities: 2, pictures: 1, left_out: 0, on_time: true, late_days: 0, at: moment };

  it('is one click, and tells what went and what stayed', async () => {
    shown = letter({ state: 'filed', may: ['answer', 'take_back'], filed });
    extra = ({ method, path }) => (method === 'POST' && path.endsWith('/taking-back') ? { body: letter({
      etag: '"2"', replies: [{ kind: 'receipt', text: '示例', state: 'sent', at: moment }],
      taken_back: { filed, removed: 1, kept: 1, hand_in_kept: false, was_replaced: false, had_replaced_another: false, by: '示例甲', at: moment } }) } : undefined);
    await open(`#/mail/${id}`);
    await seesText('撤回归档');
    await button('撤回归档').trigger('click');
    await seesText('原先归为甲村10月工作情况');
    await seesText('撤回1条');
    await seesText('有1条归档后被人改过，保留不动');
    await seesText('发件人收到过归档回执');
    expect(writes().map((one) => [one.method, one.path])).toEqual([['POST', `/api/v1/letters/${id}/taking-back`]]);
    expect(button('归档')).toBeTruthy();
  });

  it('says so when what it was filed as has been accepted', async () => {
    shown = letter({ state: 'filed', may: ['take_back'], filed });
    extra = ({ method, path }) => (method === 'POST' && path.endsWith('/taking-back') ? { status: 409, body: problem(409, 'letter_accepted') } : undefined);
    await open(`#/mail/${id}`);
    await seesText('撤回归档');
    await button('撤回归档').trigger('click');
    await seesText('因为letter_accepted');
  });
});

describe('the tray', () => {
  const at = `#/mail/${id}`;

  it('files a clear letter by one press', async () => {
    await open(at);
    await seesText('没有拿不准的地方');
    expect(wrapper.text()).toContain('有把握（96%） · 依据：这个地址以前报送的');
    await button('归档').trigger('click');
    await seesText('已归档为甲村10月工作情况第1版，按时。');
    expect(writes().map(({ path, body }) => [path, body])).toEqual([[`/api/v1/letters/${id}/filing`, {}]]);
    expect(writes()[0]!.header('If-Match')).toBe('"1"');
    expect(button('归档')).toBeUndefined();
  });

  it('follows a letter until it is filed, and adds to what people made only when told to', async () => {
    let beside = false;
    extra = ({ method, path, body }) => {
      if (method !== 'POST' || !path.endsWith('/filing')) return undefined;
      beside = !!(body as { beside_people?: boolean }).beside_people;
      const filed = letter({ state: 'filed', may: [], filed: { campaign: 'probe', place: 'a', place_name: '甲村', deliverable: 'report', period: '2023-10', version: 2, activities: 3, pictures: 1, left_out: 1, on_time: false, late_days: 2, by: '示例甲', at: moment } });
      shown = beside ? filed : letter({ etag: '"4"', hindered: { hindrance: 'recorded_by_people', faults: [] } });
      return { body: letter({ state: 'filing', etag: '"3"', may: [] }) };
    };
    await open(at);
    await sees(() => expect(button('归档')).toBeTruthy());
    await button('归档').trigger('click');
    await seesText('正在归档');
    await seesText('这里已经有人记录或报送过');
    await button('仍然归档，保留已有的').trigger('click');
    await seesText('已归档为甲村10月工作情况第2版，逾期2天。');
    expect(wrapper.text()).toContain('另有1张照片没有放进。');
    expect(writes().map(({ body }) => body)).toEqual([{}, { beside_people: true }]);
    expect(writes()[1]!.header('If-Match')).toBe('"4"');
  });

  it('keeps what is in doubt from being filed until it is settled, then says the whole of it', async () => {
    shown = letter({ understanding: understanding({ place: { percent: 30, why: 'text' }, doubts: ['place_unknown', 'cloud_file'] }), cloud_links: ['https://pan.example.org/s/1'] });
    await open(at);
    await seesText('认不出是哪个村（社区）的。');
    expect(button('归档').attributes('disabled')).toBeDefined();
    await button('去定').trigger('click');
    await sees(() => expect(document.activeElement).toBe(field('place').element));
    await field('place').setValue('b');
    await sees(() => expect(wrapper.find('.doubts').text()).not.toContain('认不出是哪个村'));
    await button('核对过，就这样').trigger('click');
    await sees(() => expect(button('归档').attributes('disabled')).toBeUndefined());
    await button('归档').trigger('click');
    await seesText('已归档为');
    expect(writes().map(({ path }) => path.split('/').at(-1))).toEqual(['understanding', 'filing']);
    expect(writes()[0]!.body).toMatchObject({ campaign: 'probe', place: 'b', form: 'report', month: '2023-10' });
    expect(writes()[1]!.header('If-Match')).toBe('"2"');
  });

  it('splits a text at the cursor, moves a picture by its list, and takes both back', async () => {
    await open(at);
    await sees(() => expect(wrapper.findAll('.act')).toHaveLength(1));
    const area = wrapper.find('.act textarea').element as HTMLTextAreaElement;
    area.setSelectionRange(4, 4);
    await button('从光标处分成两场').trigger('click');
    await sees(() => expect(wrapper.findAll('.act textarea').map((one) => (one.element as HTMLTextAreaElement).value)).toEqual(['讲防火。', '看演示。']));
    const list = field('picture');
    const second = list.findAll('option').find((one) => one.text().startsWith('第2场'))!;
    await list.setValue(second.element.value);
    await sees(() => expect(wrapper.findAll('.act')[1]!.find('.tray-picture').exists()).toBe(true));
    await button('撤销上一步').trigger('click');
    await sees(() => expect(wrapper.findAll('.act')[0]!.find('.tray-picture').exists()).toBe(true));
    await button('并入上一场').trigger('click');
    await sees(() => expect(wrapper.findAll('.act')).toHaveLength(1));
    await button('保存').trigger('click');
    await seesText('已保存。');
    expect((writes()[0]!.body as Wire<'LetterCorrection'>).activities[0]!.text).toBe('讲防火。\n看演示。');
  });

  it('drops a picture on another week, where an activity begins with it', async () => {
    await open(at);
    await sees(() => expect(wrapper.findAll('.tray-picture')).toHaveLength(1));
    await wrapper.find('.tray-picture').trigger('dragstart');
    const week = wrapper.findAll('.week__head').find((one) => one.text().includes('第二周'))!;
    await week.trigger('dragover');
    expect(week.classes()).toContain('drop--over');
    await week.trigger('drop');
    await sees(() => expect(wrapper.findAll('.act')).toHaveLength(2));
    expect(wrapper.findAll('.act')[1]!.find('.tray-picture').exists()).toBe(true);
    expect((wrapper.findAll('[data-field="week"]')[1]!.element as HTMLSelectElement).value).toBe('2');
    expect(button('归档').attributes('disabled')).toBeDefined();
  });

  it('shows a forged sender, a first letter, and HTML only in a frame that may do nothing', async () => {
    shown = letter({ authentication: 'mx.example.org; spf=fail smtp.mailfrom=a@example.org; dkim=none', sender: { is_confirmed: false }, html: '<img src="http://192.0.2.1/a.gif"><p>见附件</p>' });
    await open(at);
    await seesText('SPF 未通过');
    expect(wrapper.text()).toContain('发件人可能是冒用的');
    expect(wrapper.text()).toContain('这个地址还没有报送过');
    await sees(() => expect(wrapper.find('iframe').exists()).toBe(true));
    expect(wrapper.find('iframe').attributes('sandbox')).toBe('');
    expect(wrapper.find('iframe').attributes('srcdoc')).not.toContain('192.0.2.1');
  });

  it('of an import is filed with the moment somebody confirmed', async () => {
    shown = letter({ channel: 'import', from_name: '', from_address: '', has_original: false, understanding: understanding({ doubts: ['arrival_unconfirmed'] }), may: ['correct', 'file', 'set_aside'] });
    await open(at);
    await seesText('什么时候发到示例站的');
    await wrapper.find('.tray__day').setValue('2023-10-24');
    await wrapper.find('.tray__time').setValue('17:30');
    await button('归档').trigger('click');
    await seesText('已归档为');
    expect(writes().map(({ body }) => body)).toEqual([{ arrived_on: '2023-10-24T17:30:00+08:00' }]);
    expect(button('回复')).toBeUndefined();
  });

  it('keeps one’s own corrections when somebody else was quicker', async () => {
    extra = ({ method, path }) => (method === 'PUT' && path.endsWith('/understanding') ? { status: 412, body: problem(412, 'stale', { current: letter({ etag: '"9"' }) }) } : undefined);
    await open(at);
    await sees(() => expect(field('place').exists()).toBe(true));
    await field('place').setValue('b');
    await button('保存').trigger('click');
    await seesText('别人刚改过这份材料。');
    expect((field('place').element as HTMLSelectElement).value).toBe('b');
    extra = () => undefined;
    await button('保存').trigger('click');
    await seesText('已保存。');
    expect(writes().map((asked) => asked.header('If-Match'))).toEqual(['"1"', '"9"']);
  });

  it('keeps what was corrected when somebody goes elsewhere, and stays when it cannot', async () => {
    extra = ({ method, path }) => (method === 'PUT' && path.endsWith('/understanding') ? { status: 503, body: problem(503, 'busy') } : undefined);
    await open(at);
    await sees(() => expect(field('place').exists()).toBe(true));
    await field('place').setValue('b');
    const leave = () => wrapper.find('.side a[href="#/mail"]').trigger('click');
    await leave();
    await seesText('修改没有存上。');
    extra = () => undefined;
    await button('保存').trigger('click');
    await seesText('已保存。');
    await field('place').setValue('b');
    await leave();
    await sees(() => expect(wrapper.find('h1').text()).toBe('邮件收件'));
    expect(writes()).toHaveLength(3);
    expect(writes()[2]!.body).toMatchObject({ place: 'b' });
  });

  it('answers with what suits the letter ticked, and sets aside with a reason', async () => {
    shown = letter({ understanding: understanding({ doubts: ['cloud_file'] }) });
    extra = ({ method, path, body }) => {
      if (method !== 'POST') return undefined;
      if (path.endsWith('/answer')) return { body: { ...shown, replies: [{ kind: 'answer', text: (body as { text: string }).text, state: 'waiting', at: moment, by: '示例甲' }] } };
      return path.endsWith('/setting-aside') ? { body: { ...shown, state: 'set_aside', set_aside: { reason: 'duplicate', by: '示例甲', at: moment } } } : undefined;
    };
    await open(at);
    await sees(() => expect(button('回复')).toBeTruthy());
    await button('回复').trigger('click');
    await sees(() => expect(wrapper.find('#answer-form').exists()).toBe(true));
    expect(wrapper.find('#answer-form').text()).toContain('请补报10月第二周的活动情况。');
    await wrapper.find('#answer-form').trigger('submit');
    await seesText('等待发送');
    expect(writes()[0]!.body).toEqual({ text: '您好，来信“甲村10月”已收到。\n网盘里的文件打不开，请作为附件重发。' });
    await button('搁置').trigger('click');
    await sees(() => expect(wrapper.find('#aside-form').exists()).toBe(true));
    await wrapper.find('#aside-form input[value="duplicate"]').setValue(true);
    await wrapper.find('#aside-form').trigger('submit');
    await seesText('搁置：重复报送');
    expect(writes()[1]!.body).toEqual({ reason: 'duplicate' });
  });
});

describe('the mailbox’s settings', () => {
  it('fill in the server by the account, try it step by step and keep it', async () => {
    extra = ({ method, path }) => {
      if (path.endsWith('/test')) return { body: { folders: ['INBOX', '已收'], steps: [{ step: 'reach', ok: true }, { step: 'secure', ok: true }, { step: 'sign_in', ok: false, problem: { code: 'mailbox_login_refused', text: '不接受这个授权码。' } }] } };
      if (method === 'PUT') return { body: { town: 't', server: { host: 'imap.163.com', port: 993, security: 'tls', login: 'zhan@163.com', has_password: true }, folder: 'INBOX', done: 'leave', receipts: true, enabled: true, state: { waiting: 0 }, can_send: true, etag: '"2"' } };
      return undefined;
    };
    await open('#/settings?tab=mailbox');
    await seesText('授权码在哪里找');
    await seesText('还没有设置发件邮箱');
    const inputs = () => wrapper.findAll('form.form input.w-input');
    await inputs()[2]!.setValue('zhan@163.com');
    await inputs()[2]!.trigger('change');
    await sees(() => expect((inputs()[0]!.element as HTMLInputElement).value).toBe('imap.163.com'));
    await inputs()[3]!.setValue('abcd efgh');
    await button('测试一下').trigger('click');
    await seesText('不接受这个授权码。');
    expect(wrapper.findAll('.steps__mark').map((one) => one.attributes('aria-label'))).toEqual(['通过', '通过', '没有通过']);
    await wrapper.find('form.form').trigger('submit');
    await seesText('已保存，不改就留空。');
    expect(writes().at(-1)!.body).toEqual({ server: { host: 'imap.163.com', port: 993, security: 'tls', login: 'zhan@163.com', password: 'abcdefgh' }, folder: 'INBOX', done: 'leave', receipts: true, enabled: true });
  });
});
