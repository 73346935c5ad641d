import { describe, expect, it } from 'vitest';
import { questionsOf } from './answers';
import { isAccepted, lettersOf, mayBeSeveral, mostBytes, sortFiles } from './import';
import { looksForged, verdictsOf } from './sender';
import { changeOf, choosePreset, mailboxDraftOf, providerOf, providerOfAddress, testOf } from './settings';
import { correctionOf, draftOf, isChanged, pictureAt, type Letter, type TrayDraft } from './understanding';
import type { Wire } from '../desk/api';

const mailbox = (more: Partial<Wire<'Mailbox'>> = {}): Wire<'Mailbox'> =>
  ({ town: 't', folder: 'INBOX', done: 'leave', receipts: true, enabled: false, state: { waiting: 0 }, can_send: false, etag: '"1"', ...more });

describe('the mailbox', () => {
  it('is filled in by its provider', () => {
    expect(choosePreset({ ...mailboxDraftOf(mailbox()), port: 143, security: 'starttls' }, '163')).toMatchObject({ host: 'imap.163.com', port: 993, security: 'tls' });
    expect(providerOf(' IMAP.QQ.com')).toBe('qq');
    expect(providerOf('mail.example.org')).toBe('');
  });

  it.each([['a@qq.com', 'qq'], ['a@foxmail.com', 'qq'], ['A@163.COM ', '163'], ['a@126.com', '126'], ['a@example.org', ''], ['a', '']])('of %s belongs to “%s”', (address, provider) => {
    expect(providerOfAddress(address)).toBe(provider);
  });

  it('sends an app password without the blanks it is shown with, and none when the kept one stays', () => {
    const draft = { ...mailboxDraftOf(mailbox()), host: 'imap.qq.com', login: 'a@qq.com', password: 'abcd efgh\tijkl mnop' };
    expect(testOf(draft).server.password).toBe('abcdefghijklmnop');
    expect(testOf({ ...draft, password: ' ' }).server).not.toHaveProperty('password');
  });

  it('is read from the moment it is first saved, and names a folder only to move to', () => {
    expect(changeOf(mailboxDraftOf(mailbox()))).toMatchObject({ enabled: true, folder: 'INBOX' });
    const server = { host: 'h', port: 993, security: 'tls' as const, login: 'l', has_password: true };
    expect(mailboxDraftOf(mailbox({ server })).enabled).toBe(false);
    expect(changeOf({ ...mailboxDraftOf(mailbox({ server })), doneFolder: '已收' })).not.toHaveProperty('done_folder');
    expect(changeOf({ ...mailboxDraftOf(mailbox({ server })), done: 'move', doneFolder: ' 已收 ' }).done_folder).toBe('已收');
  });
});

describe('what the receiving server says of a sender', () => {
  it.each([
    ['mx.example.org; spf=pass (sender is authorised: dkim=fail) smtp.mailfrom=a@example.org; dkim=pass header.d=example.org; dmarc=pass', 'spf pass, dkim pass, dmarc pass'],
    ['mx.example.org;\r\n\tspf=softfail smtp.mailfrom=a@example.org;\r\n\tdkim=none', 'spf fail, dkim none'],
    ['mx.example.org; DKIM=fail; dkim=pass', 'dkim pass'],
    ['mx.example.org; spf=temperror', 'spf none'],
    ['mx.example.org; x-spf=pass', ''],
    ['', ''],
  ])('%s', (header, told) => {
    expect(verdictsOf(header).map(({ way, verdict }) => `${way} ${verdict}`).join(', ')).toBe(told);
  });
});

describe('a forged sender', () => {
  it.each([['spf=fail; dkim=none', true], ['spf=fail; dkim=pass', false], ['spf=pass; dkim=pass; dmarc=fail', true], ['spf=none', false], ['', false]])('of “%s” is suspected: %s', (header, suspected) => {
    expect(looksForged(verdictsOf(header))).toBe(suspected);
  });
});

describe('files dragged onto the desk', () => {
  const file = (name: string, size = 10): File => { const made = new File(['x'], name); Object.defineProperty(made, 'size', { value: size }); return made; };
  const names = (letters: File[][]): string[][] => letters.map((files) => files.map((one) => one.name));

  it.each([['十月.DOCX', true], ['照片.jpg', true], ['全部.zip', true], ['mail.eml', true], ['run.exe', false], ['docx', false], ['a.docx.js', false]])('%s: taken is %s', (name, taken) => {
    expect(isAccepted(name)).toBe(taken);
  });

  it('are refused with a reason', () => {
    const sorted = sortFiles([file('a.docx'), file('b.exe'), file('c.zip', mostBytes + 1), file('d.docx', 0), ...Array.from({ length: 100 }, (_, n) => file(`${n}.jpg`))]);
    expect(sorted.taken).toHaveLength(100);
    expect(sorted.refused).toEqual([{ name: 'b.exe', why: 'kind' }, { name: 'c.zip', why: 'size' }, { name: 'd.docx', why: 'size' }, { name: '99.jpg', why: 'count' }]);
  });

  it('are one letter, or one for each document', () => {
    const files = [file('甲.docx'), file('1.jpg'), file('乙.docx'), file('2.jpg')];
    expect(mayBeSeveral(files)).toBe(true);
    expect(mayBeSeveral(files.slice(0, 2))).toBe(false);
    expect(names(lettersOf(files, false))).toEqual([['甲.docx', '1.jpg', '乙.docx', '2.jpg']]);
    expect(names(lettersOf(files, true))).toEqual([['甲.docx'], ['乙.docx'], ['1.jpg', '2.jpg']]);
    expect(lettersOf([], false)).toEqual([]);
  });
});

const understanding: Letter['understanding'] = {
  place: { value: 'a', percent: 95, why: 'known_sender' }, form: { value: 'report', percent: 90, why: 'form_shape', words: '工作情况' }, month: { value: '2023-10', percent: 90, why: 'title' },
  activities: [{ week: { value: 2, percent: 90, why: 'heading' }, held_on: { percent: 0, why: 'nothing' }, entry: { percent: 0, why: 'nothing' }, heading: '进农村', text: '讲。', people_about: 30,
    pictures: [{ source: 0, number: 0, caption: '现场' }] }],
  rows: [{ from: { value: '2023-10-01', percent: 90, why: 'date' }, to: { percent: 0, why: 'nothing' }, places: { percent: 0, why: 'nothing' }, week_label: '第一周', focus: '', in_charge: '' }],
  no_activity_reason: '', unplaced: [{ source: -1, number: 3, caption: '' }], doubts: ['entry_unknown'],
};
let made = 0;
const draft = (more: Partial<TrayDraft> = {}): TrayDraft => ({ ...draftOf(understanding, () => `k${made++}`), ...more });

describe('a correction', () => {
  it('tells the whole of a report, with nothing where nothing is known', () => {
    expect(correctionOf(draft(), 'probe')).toEqual({
      campaign: 'probe', place: 'a', form: 'report', month: '2023-10', rows: [], no_activity_reason: '', unplaced: [{ source: -1, number: 3, caption: '' }],
      activities: [{ week: 2, heading: '进农村', text: '讲。', people_about: 30, pictures: [{ source: 0, number: 0, caption: '现场' }] }] });
  });

  it('of a plan has rows and no month; no picture is lost by it', () => {
    const plan = correctionOf(draft({ form: { value: 'plan', percent: 100, why: 'person' } }));
    expect(plan).not.toHaveProperty('month');
    expect(plan.activities).toEqual([]);
    expect(plan.rows).toEqual([{ from: '2023-10-01', places: [], week_label: '第一周', focus: '', in_charge: '' }]);
    expect(plan.unplaced.map((one) => one.source)).toEqual([0, -1]);
  });

  it('of a summary has its parts without pictures; none is lost by it', () => {
    const summary = correctionOf(draft({ form: { value: 'summary', percent: 100, why: 'person' } }));
    expect(summary).not.toHaveProperty('month');
    expect(summary.activities).toMatchObject([{ heading: '进农村', text: '讲。', pictures: [] }]);
    expect(summary.unplaced.map((one) => one.source)).toEqual([0, -1]);
  });

  it('is one only when it says something else', () => {
    expect(isChanged(draft(), draft())).toBe(false);
    expect(isChanged(draft({ unplaced: [] }), draft())).toBe(true);
  });

  it('finds a picture by where it came from', () => {
    expect(draft().unplaced.map((key) => pictureAt('id', key))).toEqual(['/api/v1/letters/id/pictures/loose/3']);
    expect(draft().activities[0]!.pictures.map((key) => pictureAt('id', key))).toEqual(['/api/v1/letters/id/pictures/0/0']);
  });
});

describe('questions to the sender', () => {
  const weeks = [{ index: 1, label: '10月第一周', from: '2023-10-01', to: '2023-10-08' }, { index: 2, label: '10月第二周', from: '2023-10-09', to: '2023-10-15' }];

  it('name the weeks a report says nothing of, and what is in doubt', () => {
    const questions = questionsOf(draft(), ['cloud_file'], weeks);
    expect(questions[0]).toMatchObject({ id: 'week_1', week: { label: '10月第一周' } });
    expect(questions.filter((one) => one.week)).toHaveLength(1);
    expect(questions.filter((one) => one.suits).map((one) => one.id)).toEqual(['cloud']);
  });

  it('do not ask for weeks of what is no report, or is empty altogether', () => {
    expect(questionsOf(draft({ activities: [] }), [], weeks).some((one) => one.week)).toBe(false);
    expect(questionsOf(draft({ form: { value: 'plan', percent: 100, why: 'person' } }), [], weeks).some((one) => one.week)).toBe(false);
  });
});
