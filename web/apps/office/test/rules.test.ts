import { describe, expect, it } from 'vitest';
import { readLink } from '../src/session/link';
import { cellNote, cellRoute, daysWaiting, pressing, waiting } from '../src/filing/filing';
import { changeOf, daysOf, draftOf } from '../src/reminders/settings';
import { correctBy, hasBlank, reasonsFor } from '../src/reports/reasons';
import { timeline } from '../src/campaign/timeline';
import { groundsOf, usualCampaign } from '../src/town/town';
import type { DeadlineBoard, DeadlineCell, Place, Report } from '../src/desk/api';
import { sampleCampaign } from './sample';

const token = 'a'.repeat(32);

describe('a link', () => {
  it.each([
    ['/office/demo', `#${token}`, 'demo'], ['/office/invitation', `#${token}`, 'invitation'], ['/office/setup/', `#${token}`, 'setup'],
    ['/office/password-reset', `#${token}`, 'reset'],
  ])('is read from %s', (pathname, hash, kind) => expect(readLink({ pathname, hash })).toEqual({ kind, token }));

  it.each([
    ['/office/', `#${token}`], ['/office/demo', ''], ['/office/demo', '#short'], ['/office/demo', `#${'a'.repeat(300)}`],
    ['/office/demo', `#${token}<script>`], ['/office/constructor', `#${token}`], ['/office/', '#/reports/x/y/2023-10'],
  ])('is none at %s %s', (pathname, hash) => expect(readLink({ pathname, hash })).toBeUndefined());
});

const cell = (change: Partial<DeadlineCell>): DeadlineCell => ({
  deadline: 'report', deliverable: 'report', period: '2023-10', name: '10月工作情况', state: 'due', due_at: '2023-10-29T00:00:00+08:00', days_left: 2, ...change });
const board = (...cells: DeadlineCell[][]): DeadlineBoard => ({
  campaign: 'c', now: '2023-10-26T09:00:00+08:00',
  columns: [{ deadline: 'report', deliverable: 'report', period: '2023-10', name: '10月工作情况', due_at: '2023-10-29T00:00:00+08:00' }],
  rows: cells.map((row, n) => ({ place: `p${n}`, place_name: `第${n}村`, place_kind: 'village', cells: row })) });

describe('the settings of reminders', () => {
  const kept = {
    town: 't', etag: '"1"', office_days: [], addresses: [{ place: 'p', address: 'p@example.org' }],
    robots: [{ id: 'r', name: '群', kind: 'wecom' as const, url_end: 'abcd', has_secret: true, scheduled: true }],
    mailbox: { host: 'h', port: 465, security: 'tls' as const, login: 'l', has_password: true, from_address: 'a@example.org', from_name: '' },
    schedule: { on: false, days_before: [3, 0], days_after: [1], at: '09:00', quiet_from: '20:00', quiet_until: '08:00', mail_before: false },
  };
  it('leave secrets alone that nobody entered', () => {
    const change = changeOf(draftOf(kept, 'https://town'));
    expect(change).toMatchObject({ address: 'https://town', schedule: kept.schedule, addresses: kept.addresses });
    expect(change.mailbox).not.toHaveProperty('password');
    expect(change.robots[0]).toEqual({ id: 'r', name: '群', kind: 'wecom', scheduled: true });
  });
  it('carry what was entered, and forget a mailbox that is no longer used', () => {
    const draft = draftOf(kept, '');
    draft.mails = false;
    draft.addresses['p'] = ' ';
    draft.robots[0]!.url = 'https://robot';
    expect(changeOf(draft)).toMatchObject({ addresses: [], robots: [{ url: 'https://robot' }] });
    expect(changeOf(draft).mailbox).toBeUndefined();
  });
  it.each([['3、1、0', [3, 1, 0]], ['3, 1 1', [3, 1]], ['', []]])('read days from “%s”', (text, days) => expect(daysOf(text)).toEqual(days));
});

describe('the deadline board', () => {
  const one = board(
    [cell({ state: 'submitted', submitted_at: '2023-10-25T10:00:00+08:00' })], [cell({ state: 'resubmitted', submitted_at: '2023-10-24T10:00:00+08:00' })],
    [cell({ state: 'due' })], [cell({ state: 'overdue', days_left: -3 })], [cell({ state: 'returned', days_left: 2 })], [cell({ state: 'accepted', on_time: false, late_days: 2 })]);

  it('puts what has waited longest first', () => expect(waiting(one).map((owed) => owed.place)).toEqual(['p1', 'p0']));
  it('puts what presses most first', () => expect(pressing(one).map((owed) => owed.place)).toEqual(['p3', 'p2', 'p4']));
  it.each<[Partial<DeadlineCell>, string]>([
    [{ state: 'due', days_left: 2 }, '还有2天'], [{ state: 'due', days_left: 0 }, '今天截止'], [{ state: 'accepted', on_time: false, late_days: 2 }, '逾期2天报送'],
    [{ state: 'accepted', on_time: true }, '按时报送'], [{ state: 'exempt', exempt_reason: '新设' }, '免报：新设'], [{ state: 'na' }, ''],
    [{ state: 'returned', returned: { reason: 'x', at: '2023-10-26T09:00:00+08:00', correct_by: '2023-10-29' } }, '10月29日前补正'],
  ])('says beside %o: %s', (change, note) => expect(cellNote(cell(change))).toBe(note));
  it('leads to plans, reports and summaries, and nowhere for what does not apply', () => {
    expect(cellRoute('c', 'p', cell({}))).toEqual({ name: 'report', params: { campaign: 'c', place: 'p', month: '2023-10' } });
    expect(cellRoute('c', 'p', cell({ deliverable: 'plan' }))).toMatchObject({ name: 'plan' });
    expect(cellRoute('c', 'p', cell({ deliverable: 'summary' }))).toMatchObject({ name: 'summary' });
    expect(cellRoute('c', 'p', cell({ state: 'na' }))).toBeUndefined();
  });
  it('counts waiting in China days', () => expect(daysWaiting('2023-10-25T23:59:00+08:00', '2023-10-26T00:01:00+08:00')).toBe(1));
});

describe('return reasons', () => {
  const campaign = sampleCampaign();
  const report = { month: '2023-10', weeks: [{ label: '10月第二周', sections: [
    { text: ' ', text_drafted: false, photos: [{ chosen: true, near_duplicates: [{ date: '2023-09-12' }] }, { chosen: false, near_duplicates: [{ date: '2023-08-12' }] }] },
  ] }] } as unknown as Report;

  it('fill their blanks from the report', () => {
    expect(reasonsFor(campaign, report).map((reason) => reason.text)).toEqual(
      ['10月第二周缺活动文字，请补两三句。', '1张照片与9月12日的活动重复，请核对。', '活动时间不在10月，请核对。', '其他']);
  });
  it('keep a blank the report does not fill, so that it is not sent', () => {
    const [wordless, twins, month] = reasonsFor(campaign, { month: '2023-10', weeks: [] } as unknown as Report);
    expect([wordless, twins, month].map((reason) => hasBlank(reason!.text))).toEqual([true, true, false]);
    expect(wordless?.text).toBe('____缺活动文字，请补两三句。');
  });
  it('are one’s own words for a plan', () => expect(reasonsFor(campaign).map((reason) => reason.id)).toEqual(['free']));
  it('leave the campaign’s days to correct', () => expect(correctBy(campaign, '2023-10-30')).toBe('2023-11-02'));
});

describe('grounds', () => {
  const place = (id: string, kind: Place['kind'], parent?: string, order = 0): Place => ({ id, code: id, name: id, short_name: id, kind, parent, order });
  const district = [place('d', 'district'), place('t', 'town', 'd'), place('u', 'town', 'd'), place('b', 'village', 't', 2), place('a', 'community', 't', 1), place('c', 'village', 'u', 3)];
  it('are those of the campaign’s town, in order', () => expect(groundsOf(district, 't').map((one) => one.id)).toEqual(['a', 'b']));
  it('are all that is seen where no town is', () => expect(groundsOf([place('b', 'village', 't')], 't').map((one) => one.id)).toEqual(['b']));
  it('are of any town without a campaign', () => expect(groundsOf(district, undefined)).toHaveLength(3));
});

describe('campaigns', () => {
  const of = (id: string, starts_on: string, ends_on: string, periods = 1) => ({ ...sampleCampaign(), id, starts_on, ends_on, report_periods: Array(periods).fill(sampleCampaign().report_periods[0]) });
  it('opens with the one that runs, the longest of several', () => {
    const all = [of('old', '2022-08-01', '2022-12-31'), of('main', '2023-08-07', '2023-12-31', 5), of('short', '2023-10-01', '2023-10-28'), of('next', '2024-01-01', '2024-12-31')];
    expect(usualCampaign(all, '2023-10-26')?.id).toBe('main');
    expect(usualCampaign(all, '2023-03-01')?.id).toBe('old');
    expect(usualCampaign(all, '2021-01-01')?.id).toBe('next');
    expect(usualCampaign([], '2021-01-01')).toBeUndefined();
  });
  it('lies in its months on the line', () => {
    const line = timeline({ starts_on: '2023-09-01', ends_on: '2023-10-31', phases: [{ id: 'p', name: 'p', starts_on: '2023-10-01', ends_on: '2023-10-31' }] }, '2023-12-01');
    expect(line.months.map((month) => month.label)).toEqual(['9月', '10月']);
    expect(Math.round(line.phases[0]!.left + line.phases[0]!.width)).toBe(100);
    expect(line.now).toBeUndefined();
  });
});
