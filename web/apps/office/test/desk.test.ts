import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeServer, problem, type Asked } from './fake_server';
import { openDesk, sees } from './open_desk';
import { sampleActivity, sampleCampaign, sampleMe, sampleRow } from './sample';
import type { Coverage } from '../src/coverage/coverage';
import type { DeadlineBoard, Me, Report } from '../src/desk/api';

const places = [
  { id: 't', code: '1', name: '示例镇', short_name: '示例', kind: 'town', order: 0 },
  { id: 'a', code: '11', name: '甲村', short_name: '甲', kind: 'village', parent: 't', order: 1 }];
const board: DeadlineBoard = { campaign: 'probe', now: '2023-10-26T09:00:00+08:00',
  columns: [{ deadline: 'report', deliverable: 'report', period: '2023-10', name: '10月工作情况', due_at: '2023-10-29T00:00:00+08:00' }],
  rows: [{ place: 'a', place_name: '甲村', place_kind: 'village', cells: [{ deadline: 'report', deliverable: 'report', period: '2023-10', name: '10月工作情况',
    state: 'submitted', due_at: '2023-10-29T00:00:00+08:00', days_left: 2, on_time: true, submitted_at: '2023-10-25T09:00:00+08:00' }] }] };
const coverage: Coverage = { campaign: 'probe', today: '2023-10-26', weeks: [{ from: '2023-10-23', to: '2023-10-29', covered: 0, asked: 1 }],
  rows: [{ place: 'a', place_name: '甲村', place_kind: 'village', counts: [0], total: 0, former: false, silent: true }],
  unreached: { entries: [], audiences: [], forms: [], work_items: [] } };
const report: Report = { campaign: 'probe', place: 'a', place_name: '甲村', month: '2023-10', title: '示例镇甲村2023年10月工作情况', title_lines: ['示例镇甲村', '2023年10月工作情况'], state: 'submitted', etag: '"5"',
  weeks: [{ index: 2, label: '10月第二周', heading: '二、10月第二周（10月9日—15日）', from: '2023-10-09', to: '2023-10-15', empty_text: '', sections: [
    { activity: sampleActivity().id, started_at: sampleActivity().started_at, number: 1, number_cn: '（一）', heading: '消防宣传进学校', text: '', text_edited: false, text_drafted: false, photos: [] }] }],
  versions: [], changed_since_hand_in: false, activities: 1, photos: 0, photos_missing: 0, may: ['return', 'accept'] };

let wrapper: VueWrapper | undefined;
let account: Me | undefined;
let log: Asked[] = [];
let extra: (asked: Asked) => { status?: number; body?: unknown } | undefined = () => undefined;

function answer(asked: Asked) {
  const own = extra(asked);
  if (own) return own;
  const { method, path } = asked;
  if (method === 'POST' && path === '/api/v1/sessions') {
    if ((asked.body as { password: string }).password !== '对的密码') return { status: 401, body: problem(401, 'wrong_login') };
    account = sampleMe();
    return { status: 201, body: { token: 'x'.repeat(20), id: account.id, expires_at: account.server_time, device: 'desk', account } };
  }
  if (!account) return { status: 401, body: problem(401, 'signed_out') };
  if (path === '/api/v1/me') return { body: account };
  if (path === '/api/v1/places') return { body: { items: places } };
  if (path === '/api/v1/campaigns') return { body: { items: [sampleCampaign()] } };
  if (path.startsWith('/api/v1/deadlines')) return { body: board };
  if (path.startsWith('/api/v1/coverage/quotas?')) return { body: { campaign: 'probe', document_number: '示例号', today: '2023-10-26', quotas: [] } };
  if (path.startsWith('/api/v1/coverage?')) return { body: coverage };
  if (path.startsWith('/api/v1/activities?')) return { body: { items: [sampleActivity()] } };
  if (path === '/api/v1/reports/probe/a/2023-10') return { body: report };
  return undefined;
}

async function open(hash = '#/', link?: { kind: 'demo' | 'invitation'; token: string }): Promise<VueWrapper> {
  return (wrapper = await openDesk(hash, link));
}
const seesText = (text: string): Promise<void> => sees(() => expect(wrapper!.text()).toContain(text));
const button = (text: string) => wrapper!.findAll('button').find((one) => one.text() === text)!;

beforeEach(() => { account = sampleMe(); extra = () => undefined; log = fakeServer(answer); });
afterEach(() => { wrapper?.unmount(); wrapper = undefined; vi.unstubAllGlobals(); document.body.innerHTML = ''; });

describe('the desk', () => {
  it('asks who is there, refuses a wrong password in the server’s words and lets the right one in', async () => {
    account = undefined;
    const desk = await open();
    expect(desk.find('h1').text()).toBe('登录');
    await desk.find('input[autocomplete="username"]').setValue('shili');
    await desk.find('input[type="password"]').setValue('错的密码');
    await desk.find('form').trigger('submit');
    await seesText('因为wrong_login');
    await desk.find('input[type="password"]').setValue('对的密码');
    await desk.find('form').trigger('submit');
    await sees(() => expect(desk.find('h1').text()).toBe('10月第四周（10月23日—31日）'));
    expect(log.filter((asked) => asked.path === '/api/v1/sessions').map((asked) => (asked.body as { device: string }).device)).toEqual(['desk', 'desk']);
  });

  it.each([[true, 1], [false, 0]])('says before anybody has signed in whether the town is a sample one: %s', async (demo, times) => {
    account = undefined;
    extra = ({ path }) => (path === '/healthz' ? { body: { status: 'ok', version: '0', demo } } : undefined);
    for (const link of [undefined, { kind: 'demo', token: 'x' } as const]) {
      const desk = await open('#/', link);
      await sees(() => expect(log.some((asked) => asked.path === '/healthz')).toBe(true));
      await flushPromises();
      expect(desk.text().split('示例数据，人名和活动均为虚构。').length - 1).toBe(times);
      desk.unmount();
      log.length = 0;
    }
  });

  it('keeps the page under the sign-in when the session ends', async () => {
    const desk = await open('#/activities');
    await seesText('讲防火');
    account = undefined;
    await desk.find('input[type="search"]').setValue('灭火器');
    await desk.find('form[role="search"]').trigger('submit');
    await sees(() => expect(desk.find('dialog[open] input[type="password"]').exists()).toBe(true));
    expect(desk.text()).toContain('讲防火');
    await desk.find('dialog input[autocomplete="username"]').setValue('shili');
    await desk.find('dialog input[type="password"]').setValue('对的密码');
    await desk.find('dialog form').trigger('submit');
    await sees(() => {
      expect(desk.find('dialog[open]').exists()).toBe(false);
      expect(desk.text()).not.toContain('因为signed_out');
    });
    expect(log.at(-1)!.path).toContain('/api/v1/activities?');
  });

  it('names the week by its dates, who waits, and counts on the badge', async () => {
    const desk = await open();
    expect(desk.find('h1').text()).toBe('10月第四周（10月23日—31日）');
    await sees(() => expect(desk.find('.side__count').text()).toBe('1'));
    await seesText('甲村10月工作情况');
    expect(desk.text()).toContain('近两周没有记录：甲村。');
  });

  it.each<[string, Partial<Me>, string[]]>([
    ['a station', {}, ['工作总览', '报送情况', '活动计划', '活动台账', '邮件收件', '覆盖情况', '考核依据', '宣教场所', '意见箱', '工作方案', '系统设置']],
    ['a district', { grants: [{ role: 'district', place: 'd', place_name: '示例区', place_kind: 'district' }], may: [] }, ['各镇街', '工作总览', '报送情况', '活动计划', '活动台账', '覆盖情况', '考核依据', '宣教场所', '意见箱', '工作方案', '系统设置']],
    ['a system administrator', { grants: [{ role: 'system', place: 't', place_name: '示例镇', place_kind: 'town' }], may: ['manage_people', 'invite'] }, ['人员账号', '系统设置']],
    ['an auditor', { grants: [{ role: 'auditor', place: 't', place_name: '示例镇', place_kind: 'town' }], may: ['read_audit'] }, ['系统设置']],
  ])('shows %s its own rooms only', async (_, change, rooms) => {
    account = sampleMe(change);
    const desk = await open();
    expect(desk.findAll('.side__room').map((room) => room.text().replace(/\d+$/, ''))).toEqual(rooms);
  });

  it.each<[string, Partial<Me>, string, string]>([
    ['a security officer’s list of people', { grants: [{ role: 'security', place: 't', place_name: '示例镇', place_kind: 'town' }], may: ['set_policy'] }, '#/people', '人员账号'],
    ['an auditor’s settings', { grants: [{ role: 'auditor', place: 't', place_name: '示例镇', place_kind: 'town' }], may: ['read_audit'] }, '#/settings?tab=account', '系统设置'],
    ['a page of records, for who sees none, to what they do', { grants: [{ role: 'system', place: 't', place_name: '示例镇', place_kind: 'town' }], may: ['manage_people', 'invite'] }, '#/filing', '人员账号'],
  ])('opens %s where it was loaded anew', async (_, change, address, head) => {
    account = sampleMe(change);
    const desk = await open(address);
    await sees(() => expect(desk.find('h1').text()).toBe(head));
  });

  it.each([['2023-10-26T09:10:00+08:00', true], ['2023-10-26T08:10:00+08:00', false]])('offers a security officer what may be done for an account locked until %s, and no empty part', async (until, offers) => {
    account = sampleMe({ grants: [{ role: 'security', place: 't', place_name: '示例镇', place_kind: 'town' }], may: ['set_policy'] });
    const person = { id: '00000000-0000-4000-8000-000000000021', etag: '"1"', login: 'jia', display_name: '甲（示例）', language: 'zh-CN', disabled: false, created_at: '2023-08-01T09:00:00+08:00', grants: [], locked_until: until };
    extra = ({ path }) => (path.startsWith('/api/v1/people?') ? { body: { items: [person] } } : undefined);
    const desk = await open('#/people');
    await seesText('甲（示例）');
    await button('甲（示例）').trigger('click');
    await seesText('8月1日建立');
    expect(desk.findAll('dialog h3').map((part) => part.text())).toEqual(offers ? ['角色', '登录'] : ['角色']);
    expect(desk.text().includes('解除锁定')).toBe(offers);
  });

  it('shows the banner of a sample town and only there', async () => {
    expect((await open()).text()).not.toContain('示例数据，人名和活动均为虚构。');
    wrapper!.unmount();
    account = sampleMe({ demo: true });
    await open();
    await seesText('示例数据，人名和活动均为虚构。');
  });

  it('says what failed and tries again', async () => {
    extra = ({ path }) => (path === '/api/v1/places' ? { status: 503, body: problem(503, 'busy') } : undefined);
    const desk = await open();
    await seesText('因为busy');
    extra = () => undefined;
    await button('重试').trigger('click');
    await sees(() => expect(desk.find('h1').text()).toContain('10月第四周'));
  });

  it('does nothing by a link until its button is pressed', async () => {
    account = undefined;
    extra = ({ path }) => (path === '/api/v1/demo-sessions' ? { status: 201, body: { token: 'x'.repeat(20), id: sampleMe().id, expires_at: sampleMe().server_time, device: 'desk', account: (account = sampleMe()) } } : undefined);
    const desk = await open('#/', { kind: 'demo', token: 't'.repeat(32) });
    expect(log.filter((asked) => asked.path !== '/healthz')).toEqual([]);
    await desk.find('form').trigger('submit');
    await sees(() => expect(desk.find('h1').text()).toContain('10月第四周'));
    expect(log.find((asked) => asked.method !== 'GET')).toMatchObject({ method: 'POST', path: '/api/v1/demo-sessions', body: { token: 't'.repeat(32), device: 'desk' } });
  });
});

describe('a district', () => {
  const towns = [{ town: 't', town_name: '甲镇', places: 1, campaign: 'probe', campaign_version: 2, model_version: 1, tightened: 1, replaced_forms: ['appraisal'] }, { town: 'u', town_name: '乙镇', places: 2 }];
  const model = { id: 'm', version: 2, document_number: '示例号', title: '示例方案', year: 2023, district: 'd', district_name: '示例区',
    starts_on: '2023-08-01', ends_on: '2023-12-31', deadlines: [], quotas: [], towns, may: ['issue'] };
  const count = { deliverable: 'report', period: '2023-10', due_at: '2023-10-29T00:00:00+08:00', owed: 6, on_time: 3, late: 1, missing: 1, waiting: 0, exempt: 1 };
  beforeEach(() => { account = sampleMe({ grants: [{ role: 'district', place: 'd', place_name: '示例区', place_kind: 'district' }], may: [] }); });

  it('sees its towns side by side and opens one to its board', async () => {
    extra = ({ path }) => {
      if (path.startsWith('/api/v1/deadlines/towns')) return { body: { year: 2023, now: '2023-10-30T09:00:00+08:00', rows: [{ campaign: 'probe', campaign_title: '示例', town: 't', town_name: '甲镇', places: 6, counts: [count] }] } };
      if (path.startsWith('/api/v1/coverage/towns')) return { body: { year: 2023, today: '2023-10-30', weeks: [{ from: '2023-10-30', to: '2023-11-05', covered: 2, asked: 6 }], rows: [{ campaign: 'probe', campaign_title: '示例', town: 't', town_name: '甲镇', places: 6, covered: [2], asked: [6], activities: [4] }] } };
      return undefined;
    };
    const desk = await open('#/towns');
    await seesText('按时 3/5');
    expect(desk.text()).toContain('逾期报送1 逾期未报1 免报1');
    expect(desk.text()).toContain('2/6');
    await desk.find('.towns__open').trigger('click');
    await sees(() => expect(desk.find('h1').text()).toContain('10月第四周'));
  });

  it('issues a model town by town, and says of each what came of it', async () => {
    extra = ({ method, path }) => {
      if (path === '/api/v1/models') return { body: { items: [model] } };
      if (method !== 'PUT') return undefined;
      return path.endsWith('/towns/t') ? { status: 422, body: problem(422, 'in_use') } : { status: 201, body: { ...towns[1], campaign: 'm-u', campaign_version: 1, model_version: 2, tightened: 0 } };
    };
    const desk = await open('#/campaign');
    await seesText('甲镇还是旧版，可以下发第2版。');
    await seesText('甲镇自己的表样（考核依据）用到了本版没有的标记');
    await desk.find('section li button').trigger('click');
    await seesText('第1版 （加严1项）');
    await desk.find('#issue-form').trigger('submit');
    await sees(() => expect(log.filter((asked) => asked.method === 'PUT').map((asked) => asked.path)).toEqual(['/api/v1/models/m/towns/t', '/api/v1/models/m/towns/u']));
    await seesText('因为in_use');
    expect(desk.findAll('#issue-form input:checked')).toHaveLength(1);
  });
});

describe('a station', () => {
  it('tightens what was issued to it, and is told at the field what is looser', async () => {
    const tightness = { campaign: 'probe', etag: '"3"', model: 'm', model_version: 1, document_number: '', quotas: [], may: ['tighten'],
      deadlines: [{ id: 'report', name: '月报', rule: '每月28日前', model_rule: '每月28日前', day: 28, model_day: 28, grace_days: 0, model_grace_days: 0 }] };
    let looser = true;
    extra = ({ method, path }) => {
      if (path === '/api/v1/campaigns') return { body: { items: [{ ...sampleCampaign(), issue: { model: 'm', version: 1 } }] } };
      if (!path.endsWith('/tightening')) return undefined;
      if (method === 'GET' || !looser) return { body: tightness };
      looser = false;
      return { status: 422, body: { ...problem(422, 'validation'), faults: [{ field: 'deadlines[0].day', code: 'looser_than_model', detail: '不能宽于下发的方案（28）。' }] } };
    };
    const desk = await open('#/campaign');
    await seesText('由区县下发（第1版）');
    await button('加严要求').trigger('click');
    await sees(() => expect(desk.find('#tighten-form fieldset').exists()).toBe(true));
    await desk.find('#tighten-form input[inputmode="numeric"]').setValue('29');
    await desk.find('#tighten-form').trigger('submit');
    await sees(() => expect(desk.find('.w-field--problem').text()).toContain('不能宽于下发的方案（28）。'));
    await desk.find('#tighten-form input[inputmode="numeric"]').setValue('25');
    await desk.find('#tighten-form').trigger('submit');
    await seesText('已保存，成为方案的新版本。');
    expect(log.filter((asked) => asked.method === 'PUT').at(-1)!.body).toEqual({ deadlines: [{ id: 'report', day: 25, rule: '每月25日前' }], quotas: [] });
  });
});

describe('reviewing a report', () => {
  const at = '#/reports/probe/a/2023-10';

  it('accepts it', async () => {
    extra = ({ method, path }) => (method === 'POST' && path.endsWith('/acceptance') ? { body: { ...report, state: 'accepted', may: [] } } : undefined);
    await open(at);
    await seesText('1场活动没有文字。');
    await button('审核通过').trigger('click');
    await seesText('已审核通过。');
    expect(button('审核通过')).toBeUndefined();
  });

  it('breaks its title where the campaign’s form does', async () => {
    const desk = await open(at);
    await seesText('工作情况');
    expect(desk.findAll('.paper__title .lines').map((line) => line.text())).toEqual(['示例镇甲村', '2023年10月工作情况']);
  });

  it('returns it with a preset reason filled from the report and a day to correct by', async () => {
    extra = ({ method, path }) => (method === 'POST' && path.endsWith('/return') ? { body: { ...report, state: 'returned', may: [] } } : undefined);
    const desk = await open(at);
    await sees(() => expect(button('退回补正')).toBeTruthy());
    await button('退回补正').trigger('click');
    await sees(() => expect(desk.find('#return-form').exists()).toBe(true));
    await desk.find('input[type="radio"][value="wordless"]').trigger('change');
    expect((desk.find('dialog textarea').element as HTMLTextAreaElement).value).toBe('10月第二周缺活动文字，请补两三句。');
    await desk.find('#return-form').trigger('submit');
    await seesText('已退回');
    expect(log.find((asked) => asked.path.endsWith('/return'))?.body).toEqual({ reason: '10月第二周缺活动文字，请补两三句。', reason_id: 'wordless', correct_by: '2023-10-29' });
  });

  const version = (change: Partial<Report['versions'][number]> = {}): Report['versions'][number] =>
    ({ number: 1, submitted_at: '2023-10-25T09:00:00+08:00', by: '示例乙', on_time: true, late_days: 0, sha256: 'a'.repeat(64), state: 'submitted', ...change });
  const decided = { decided_at: '2023-10-26T09:05:00+08:00', decided_by: '示例丙' };

  it.each<[string, Partial<Report>, string]>([
    ['returned it', { state: 'returned', versions: [version({ state: 'returned', ...decided })], may: [] }, '示例丙已在10月26日 09:05退回这份材料，您刚才的操作没有生效。'],
    ['accepted it', { state: 'accepted', versions: [version({ state: 'accepted', ...decided })], may: ['return'] }, '示例丙已在10月26日 09:05审核通过这份材料，您刚才的操作没有生效。'],
    ['withdrew it', { state: 'withdrawn', versions: [version({ state: 'withdrawn', ...decided })], may: [] }, '示例丙已在10月26日 09:05撤回这份材料，您刚才的操作没有生效。'],
    ['handed in a newer one', { state: 'resubmitted', versions: [version({ number: 2 }), version()], may: ['return', 'accept'] }, '示例乙在10月25日 09:00又报送了新的一份，您刚才的操作没有生效。'],
    ['did what nobody says', { state: 'returned', versions: [version({ state: 'returned' })], may: [] }, '因为not_the_newest'],
  ])('says who was first and shows what stands now: somebody %s', async (_, change, words) => {
    extra = ({ method, path }) => {
      if (method === 'GET' && path.startsWith('/api/v1/reports/')) return { body: { ...report, versions: [version()] } };
      return path.endsWith('/acceptance') ? { status: 412, body: problem(412, 'not_the_newest', { current: { ...report, ...change } }) } : undefined;
    };
    await open(at);
    await sees(() => expect(button('审核通过')).toBeTruthy());
    await button('审核通过').trigger('click');
    await seesText(words);
    expect(wrapper!.text()).not.toContain('已审核通过。');
    expect(log.filter((asked) => asked.method === 'POST').map((asked) => asked.body)).toEqual([{ seen: { version: 1, state: 'submitted' } }]);
    expect(Boolean(button('审核通过'))).toBe(change.may?.includes('accept'));
  });

  it.each<[string, Partial<Report>, boolean]>([
    ['tells the reason that can no longer be sent', { state: 'returned', versions: [version({ state: 'returned', ...decided })], may: [] }, true],
    ['keeps the reason where it may still be sent', { state: 'accepted', versions: [version({ state: 'accepted', ...decided })], may: ['return'] }, false],
  ])('%s', async (_, change, isTold) => {
    extra = ({ path }) => (path.endsWith('/return') ? { status: 412, body: problem(412, 'not_the_newest', { current: { ...report, ...change } }) } : undefined);
    const desk = await open(at);
    await sees(() => expect(button('退回补正')).toBeTruthy());
    await button('退回补正').trigger('click');
    await sees(() => expect(desk.find('#return-form').exists()).toBe(true));
    await desk.find('dialog textarea').setValue('示例：照片看不清。');
    await desk.find('#return-form').trigger('submit');
    await seesText('示例丙已在10月26日 09:05');
    expect(desk.text().includes('您写的退回理由没有发出：示例：照片看不清。')).toBe(isTold);
    if (isTold) return;
    await button('退回补正').trigger('click');
    await sees(() => expect((desk.find('dialog textarea').element as HTMLTextAreaElement).value).toBe('示例：照片看不清。'));
  });

  it('does not send a reason with a blank in it', async () => {
    const desk = await open(at);
    await sees(() => expect(button('退回补正')).toBeTruthy());
    await button('退回补正').trigger('click');
    await sees(() => expect(desk.find('#return-form').exists()).toBe(true));
    await desk.find('input[type="radio"][value="twins"]').trigger('change');
    await desk.find('#return-form').trigger('submit');
    await seesText('理由里还有没填的空');
    expect(log.some((asked) => asked.path.endsWith('/return'))).toBe(false);
  });
});

describe('the ledger', () => {
  it('pages by cursor and says when there is nothing', async () => {
    extra = ({ path }) => {
      if (!path.startsWith('/api/v1/activities?')) return undefined;
      const query = new URLSearchParams(path.split('?')[1]);
      if (query.get('q')) return { body: { items: [] } };
      return query.get('cursor') ? { body: { items: [sampleActivity({ id: '00000000-0000-4000-8000-000000000012', title: '第二页' })] } } : { body: { items: [sampleActivity()], next_cursor: 'n' } };
    };
    const desk = await open('#/activities');
    await sees(() => expect(button('再看一些')).toBeTruthy());
    await button('再看一些').trigger('click');
    await sees(() => expect(desk.findAll('tbody tr')).toHaveLength(2));
    expect(desk.text()).toContain('共2场');
    await desk.find('input[type="search"]').setValue('没有的');
    await desk.find('form[role="search"]').trigger('submit');
    await seesText('没找到“没有的”');
  });

  it('is ordered by time or by place by the server, since a page is not all of it', async () => {
    extra = ({ path }) => (path.startsWith('/api/v1/activities?') ? { body: { items: [sampleActivity()] } } : undefined);
    const desk = await open('#/activities');
    const asked = () => new URLSearchParams(log.filter((one) => one.path.startsWith('/api/v1/activities?')).at(-1)!.path.split('?')[1]).get('order');
    const sorted = () => desk.findAll('th').map((head) => head.attributes('aria-sort'));
    await sees(() => expect(desk.findAll('.order')).toHaveLength(2));
    const [time, place] = desk.findAll('.order').map((head) => head.text());
    expect(asked()).toBeNull();
    for (const [head, order, direction] of [[time, 'oldest', 'ascending'], [place, 'place', 'ascending'], [place, null, 'descending']] as const) {
      await desk.findAll('.order').find((one) => one.text().startsWith(head!.slice(0, -1)))!.trigger('click');
      await sees(() => { expect(asked()).toBe(order); expect(sorted()).toContain(direction); });
    }
  });
});

describe('the list of plans', () => {
  it('is ordered by the head that is picked, those without a value last', async () => {
    const plan = (name: string, rows: number, rows_done: number, submitted_at?: string) =>
      ({ campaign: 'probe', place: name, place_name: name, rows, rows_done, state: 'not_due', changed_since_hand_in: false, submitted_at });
    extra = ({ path }) => (path.startsWith('/api/v1/plans?') ? { body: { items: [
      plan('甲村', 12, 3, '2023-08-16T09:00:00+08:00'), plan('乙村', 3, 3), plan('丙村', 8, 0, '2023-08-15T09:00:00+08:00')] } } : undefined);
    const desk = await open('#/plans');
    await sees(() => expect(desk.findAll('tbody th')).toHaveLength(3));
    const names = () => desk.findAll('tbody th').map((head) => head.text()).join(' ');
    const pick = (head: string) => desk.findAll('.order').find((one) => one.text().startsWith(head))!.trigger('click');
    for (const [head, order] of [['计划（项）', '乙村 丙村 甲村'], ['计划（项）', '甲村 丙村 乙村'], ['计划（项）', '甲村 乙村 丙村'],
      ['已开展', '丙村 甲村 乙村'], ['报送于', '丙村 甲村 乙村'], ['报送于', '甲村 丙村 乙村']] as const) {
      await pick(head);
      expect(names(), head).toBe(order);
    }
  });
});

describe('recording on behalf', () => {
  it('asks for place, entry and reason, then writes one record', async () => {
    extra = ({ method, path, body }) => {
      if (path.includes('/points')) return { body: { items: [] } };
      if (method === 'PUT') return { status: 201, body: sampleActivity({ ...(body as object), photos: [] }) };
      return undefined;
    };
    const desk = await open('#/activities/new');
    await sees(() => expect(desk.find('form.record').exists()).toBe(true));
    await desk.find('form.record').trigger('submit');
    await seesText('请选进哪里。');
    await button('进学校').trigger('click');
    await button('本村（社区）').trigger('click');
    await desk.find('input[maxlength="300"]').setValue('村里来电口述');
    await desk.find('form.record').trigger('submit');
    const written = () => log.filter((asked) => asked.method === 'PUT');
    await sees(() => expect(written()).toHaveLength(1));
    expect(written()[0]!.body).toMatchObject({ place: 'a', entry: 'school', organizer: 'village', on_behalf_reason: '村里来电口述', title: '进学校' });
  });

  it('offers the rows of the village’s plan and of the station’s own that name the village', async () => {
    const [own, town, elsewhere] = ['11', '12', '13'].map((end) => `00000000-0000-4000-8000-0000000000${end}`);
    extra = ({ method, path, body }) => {
      if (path.includes('/points')) return { body: { items: [] } };
      if (path === '/api/v1/plans/probe/a') return { body: { rows: [sampleRow({ id: own })] } };
      if (path === '/api/v1/plans/probe/t') return { body: { rows: [sampleRow({ id: town, focus: '集市' }), sampleRow({ id: elsewhere, focus: '乙村', places: ['b'] })] } };
      if (method === 'PUT') return { status: 201, body: sampleActivity({ ...(body as object), photos: [] }) };
      return undefined;
    };
    const desk = await open('#/activities/new');
    await sees(() => expect(desk.findAll('select[name="plan_row"] option').map((option) => option.text())).toEqual(['不对应', '10月1日—8日 三组', '10月1日—8日 集市']));
    await button('进学校').trigger('click');
    await desk.find('select[name="plan_row"]').setValue(town);
    await desk.find('form.record').trigger('submit');
    await sees(() => expect(log.find((asked) => asked.method === 'PUT')?.body).toMatchObject({ place: 'a', organizer: 'station', plan_row: town }));
  });
});
