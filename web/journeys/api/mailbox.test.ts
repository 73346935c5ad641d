import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Dovecot } from '../kit/dovecot';
import { wordType } from '../kit/forms';
import { change, filePath, importFiles, letterPath, letters, mailboxPath, mailOf, sendersPath, stationTown, untilArrived, untilLetter, type Mail } from '../kit/letters';
import { MailServer, makeCertificate } from '../kit/mail_server';
import { Town } from '../kit/people';
import { noise, picture } from '../kit/pictures';
import { campaign, newId, reportPath } from '../kit/records';
import { mailboxAt, setSettings } from '../kit/reminding';
import { freePort, type RunningServer } from '../kit/server';
import { copyTown, startTown } from '../kit/town';
import { wordOf } from '../kit/word';

// A town of its own, whose villages write to a real Dovecot.
const certificate = makeCertificate();
const arrived = '2023-10-25T16:30:00+08:00';
const month = '2023-10';
let data: string;
let server: RunningServer;
let town: Town;
let imap: Dovecot;
let station: Caller;
let village: Caller;
let quiet: Wire<'ReportEntry'>[];
let entry: string;

beforeAll(async () => {
  data = copyTown(inject('sample'));
  imap = await Dovecot.start(certificate);
  server = await startTown(data, ['--trusted-certificates', certificate.file]);
  town = new Town(server.origin, data);
  [station, village] = [await town.as('station'), await town.as('village')];
  entry = (await station.get<Wire<'Campaign'>>(`/api/v1/campaigns/${campaign}`)).entries[0]?.id ?? '';
  quiet = await silenced();
}, 180_000);
/** Villages that have not handed in the month, once nothing is recorded in it any more: what a letter says stands alone there. */
async function silenced(): Promise<Wire<'ReportEntry'>[]> {
  const reports = (await station.get<Wire<'ReportList'>>(`/api/v1/reports?campaign=${campaign}&month=${month}`)).items;
  const own = town.account('village').place;
  const open = reports.filter((one) => one.place !== own && (one.state === 'due' || one.state === 'not_due')).slice(0, 4);
  for (const { place } of open) {
    const { items } = await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${place}&month=${month}&limit=200`);
    for (const { id, etag } of items) {
      await station.expects('DELETE', `/api/v1/activities/${id}?reason=${encodeURIComponent('示例')}`, 204, { headers: { 'if-match': etag } });
    }
  }
  return open;
}

afterAll(async () => {
  await server.stop();
  await imap.stop();
  rmSync(data, { recursive: true, force: true });
});

const serverAt = (more: Partial<Wire<'MailboxServerChange'>> = {}): Wire<'MailboxServerChange'> =>
  ({ host: 'localhost', port: imap.port, security: 'tls', login: 'station', password: Dovecot.password, ...more });
const mailbox = (): Promise<Wire<'Mailbox'>> => station.get<Wire<'Mailbox'>>(mailboxPath);
async function setMailbox(more: Partial<Wire<'MailboxChange'>> = {}): Promise<Wire<'Mailbox'>> {
  const json = { server: serverAt(), folder: 'INBOX', done: 'leave' as const, receipts: true, enabled: true, ...more };
  return (await station.expects<Wire<'Mailbox'>>('PUT', mailboxPath, 200, { json, headers: change(await mailbox()) })).json;
}
const tryMailbox = async (more: Partial<Wire<'MailboxTestRequest'>> = {}) =>
  (await station.expects<Wire<'MailboxTest'>>('POST', `${mailboxPath}/test`, 200, { json: { server: serverAt(), folder: 'INBOX', done: 'leave', ...more } })).json;
const lastStep = (trial: Wire<'MailboxTest'>) => trial.steps.at(-1);

let subjects = 0;
async function arrives(mail: Mail): Promise<Wire<'Letter'>> {
  const subject = mail.subject ?? `示例来信${++subjects}`;
  imap.deliver(mailOf({ ...mail, subject }), arrived);
  return untilArrived(station, subject);
}

const held = (more: Partial<Wire<'CorrectedActivity'>> = {}): Wire<'CorrectedActivity'> =>
  ({ week: 1, entry, heading: '示例', text: '示例：讲解用火用电。', pictures: [], ...more });
const correctionAt = (place: string, more: Partial<Wire<'LetterCorrection'>> = {}): Wire<'LetterCorrection'> =>
  ({ place, form: 'report', month, activities: [held()], rows: [], no_activity_reason: '', unplaced: [], ...more });
const correct = async (letter: Wire<'Letter'>, json: Wire<'LetterCorrection'>) =>
  (await station.expects<Wire<'Letter'>>('PUT', letterPath(letter.id, '/understanding'), 200, { json, headers: change(letter) })).json;
async function file(letter: Wire<'Letter'>, json: Wire<'LetterFiling'> = {}): Promise<Wire<'Letter'>> {
  const asked = (await station.expects<Wire<'Letter'>>('POST', letterPath(letter.id, '/filing'), 200, { json, headers: change(letter) })).json;
  expect(asked.state).toBe('filing');
  return untilLetter(station, letter.id, (one) => one.state !== 'filing');
}
const quietPlace = (): string => {
  const one = quiet.pop();
  if (!one) throw new Error('every village of the sample has handed in');
  return one.place;
};

describe('the settings', () => {
  it('begin empty, take a server and never tell its password', async () => {
    const before = await mailbox();
    expect(before).toMatchObject({ town: stationTown, enabled: false, receipts: true, folder: 'INBOX', done: 'leave', state: { waiting: 0 } });
    expect(before.server).toBeUndefined();
    const after = await setMailbox({ enabled: false });
    expect(after.server).toEqual({ host: 'localhost', port: imap.port, security: 'tls', login: 'station', has_password: true });
    expect(JSON.stringify(after)).not.toContain(Dovecot.password);
  });

  it('are refused for what is wrong, what is stale, and those without the right', async () => {
    const json = { server: serverAt({ host: 'no host', port: 70000, password: undefined }), folder: ' ', done: 'move', receipts: true, enabled: true };
    const refused = await station.expects<Wire<'Problem'>>('PUT', mailboxPath, 422, { json, headers: change(await mailbox()), broken: true });
    expect(refused.json.faults?.map((one) => one.field)).toEqual(['server.host', 'server.port', 'server.password', 'folder', 'done_folder']);
    const good = { server: serverAt(), folder: 'INBOX', done: 'leave', receipts: true, enabled: false };
    const stale = await station.expects<Wire<'MailboxStale'>>('PUT', mailboxPath, 412, { json: good, headers: { 'if-match': '"0"' } });
    expect(stale.json.current.server?.host).toBe('localhost');
    await station.expects('PUT', mailboxPath, 412, { json: good });
    await village.expects('GET', mailboxPath, 403);
    await village.expects('PUT', mailboxPath, 403, { json: good, headers: { 'if-match': '*' } });
    await station.expects('GET', mailboxPath.replace(stationTown, 'nowhere'), 404);
    await station.expects('PUT', mailboxPath.replace(stationTown, 'nowhere'), 404, { json: good, headers: { 'if-match': '*' } });
  });
});

describe('the test', () => {
  it('says that everything works, with the kept password too', async () => {
    const trial = await tryMailbox({ server: serverAt({ password: undefined }) });
    expect(trial.steps.map((one) => [one.step, one.ok])).toEqual([['reach', true], ['secure', true], ['sign_in', true], ['open_folder', true], ['read', true], ['watch', true]]);
    expect(trial.folders).toEqual(expect.arrayContaining(['INBOX', 'Done', '已处理']));
    expect(trial.messages).toBe(0);
    expect(lastStep(await tryMailbox({ done: 'move', done_folder: '已处理' }))).toEqual({ step: 'finish', ok: true });
  });

  it('says exactly what does not', async () => {
    expect(lastStep(await tryMailbox({ server: serverAt({ port: await freePort() }) }))).toMatchObject({ step: 'reach', ok: false, problem: { code: 'mailbox_unreachable' } });
    const refused = lastStep(await tryMailbox({ server: serverAt({ password: '错的' }) }));
    expect(refused).toMatchObject({ step: 'sign_in', ok: false, problem: { code: 'mailbox_login_refused', text: '收件服务器不接受这个账号或授权码。' } });
    expect(lastStep(await tryMailbox({ folder: '报送' }))).toMatchObject({ step: 'open_folder', ok: false, problem: { code: 'mailbox_no_such_folder' } });
    expect(lastStep(await tryMailbox({ done: 'move', done_folder: '报送' }))).toMatchObject({ step: 'finish', ok: false, problem: { code: 'mailbox_no_such_folder' } });
  });

  it('is refused without a password for another server, for strangers and nowhere', async () => {
    const json = { server: serverAt({ host: '127.0.0.1', password: undefined }), folder: 'INBOX', done: 'leave' };
    await station.expects('POST', `${mailboxPath}/test`, 422, { json });
    await village.expects('POST', `${mailboxPath}/test`, 403, { json });
    await station.expects('POST', `${mailboxPath.replace(stationTown, 'nowhere')}/test`, 404, { json });
  });
});

describe('a mail', () => {
  const pictured = picture();
  let letter: Wire<'Letter'>;
  let raw: string;

  it('that lay in the mailbox becomes a letter, and one that comes later too', async () => {
    raw = mailOf({ subject: '示例来信', id: 'first', text: '示例：本月活动见附件。', attachments: [{ name: '照片一.png', type: 'image/png', bytes: pictured }] });
    imap.deliver(raw, arrived);
    await setMailbox();
    letter = await untilArrived(station, '示例来信');
    expect(letter).toMatchObject({ channel: 'mail', state: 'waiting', from_address: 'village@example.org', from_name: '示例村', is_automatic: false, has_original: true });
    expect(Date.parse(letter.arrived_at)).toBe(Date.parse(arrived));
    expect(letter.dated).toBe('2012-01-02T08:00:00.000+08:00');
    expect(letter.text).toContain('本月活动见附件');
    expect(letter.understanding.doubts).toContain('sender_unconfirmed');
    expect(letter.may).toEqual(['correct', 'set_aside', 'file', 'answer']);
    const later = await arrives({ text: '示例' });
    expect(later.state).toBe('waiting');
    const now = await mailbox();
    expect(now.state).toMatchObject({ waiting: 2, last_letter_at: expect.any(String) as string, last_looked_at: expect.any(String) as string });
    expect(now.state.problem).toBeUndefined();
  });

  it('is kept bit for bit, its files to be saved and its pictures to be shown', async () => {
    const original = await station.expects('GET', letterPath(letter.id, '/original'), 200);
    expect(Buffer.from(original.bytes).equals(Buffer.from(raw))).toBe(true);
    expect(letter.attachments).toMatchObject([{ number: 1, name: '照片一.png', media_type: 'image/png', bytes: pictured.length, is_picture: true, is_document: false }]);
    const saved = await station.expects('GET', letterPath(letter.id, '/attachments/1'), 200);
    expect(Buffer.from(saved.bytes).equals(pictured)).toBe(true);
    expect(saved.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'content-type': 'application/octet-stream' });
    expect(saved.headers['content-disposition']).toMatch(/^attachment;/);
    const shown = await station.expects('GET', letterPath(letter.id, '/pictures/loose/0'), 200);
    expect(Buffer.from(shown.bytes).equals(pictured)).toBe(true);
    expect(shown.headers['content-type']).toBe('image/png');
    for (const nothing of ['/attachments/2', '/pictures/loose/1', '/pictures/0/0', '/pictures/7/0']) await station.expects('GET', letterPath(letter.id, nothing), 404);
    for (const more of ['', '/original', '/attachments/1', '/pictures/loose/0']) await village.expects('GET', letterPath(letter.id, more), 404);
  });

  it('is listed by state, page by page, to the station alone', async () => {
    const path = `/api/v1/letters?place=${stationTown}`;
    const first = await station.get<Wire<'LetterList'>>(`${path}&limit=1`);
    expect(first).toMatchObject({ waiting: 2, items: [{ documents: 0 }] });
    const second = await station.get<Wire<'LetterList'>>(`${path}&limit=1&cursor=${first.next_cursor}`);
    expect([first.items[0]?.id, second.items[0]?.id]).toContain(letter.id);
    expect(second.next_cursor).toBeUndefined();
    expect(await letters(station, '&state=filed')).toEqual([]);
    await station.expects('GET', `${path}&state=nonsense`, 422, { broken: true });
    await village.expects('GET', path, 403);
    await station.expects('GET', '/api/v1/letters?place=nowhere', 404);
  });

  it('is filed as a person says, as a report of its village that came in time', async () => {
    const place = quietPlace();
    await station.expects('POST', letterPath(letter.id, '/filing'), 409, { json: {}, headers: change(letter) });
    const wrong = correctionAt(place, { activities: [held({ entry: 'nonsense', pictures: [{ source: -1, number: 9, caption: '' }] })] });
    const refused = await station.expects<Wire<'Problem'>>('PUT', letterPath(letter.id, '/understanding'), 422, { json: wrong, headers: change(letter) });
    expect(refused.json.faults?.map((one) => one.field)).toEqual(['activities[0].entry', 'activities[0].pictures[0]']);
    const half = await correct(letter, correctionAt(place, { month: undefined }));
    expect(half.understanding.doubts).toEqual(expect.arrayContaining(['month_unknown']));
    const whole = await correct(half, correctionAt(place, { activities: [held({ pictures: [{ source: -1, number: 0, caption: '' }] })] }));
    expect(whole.understanding.place).toEqual({ value: place, percent: 100, why: 'person' });
    const stale = await station.expects<Wire<'LetterStale'>>('PUT', letterPath(letter.id, '/understanding'), 412, { json: correctionAt(place), headers: change(letter) });
    expect(stale.json.current.etag).toBe(whole.etag);
    await station.expects('POST', letterPath(letter.id, '/filing'), 412, { json: {}, headers: change(letter) });
    await station.expects('POST', letterPath(letter.id, '/filing'), 422, { json: { arrived_on: '2031-01-01T00:00:00+08:00' }, headers: change(whole) });
    const filed = await file(whole);
    expect(filed, JSON.stringify(filed.hindered)).toMatchObject({
      state: 'filed', may: ['answer', 'take_back'], sender: { is_confirmed: true, place },
      filed: { campaign, place, deliverable: 'report', period: month, version: 1, activities: 1, pictures: 1, left_out: 0, on_time: true },
    });
    const recorded = await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${place}&month=${month}`);
    expect(recorded.items.map((one) => one.text)).toEqual(['示例：讲解用火用电。']);
    for (const [verb, more, json] of [['PUT', '/understanding', correctionAt(place)], ['POST', '/filing', {}], ['POST', '/setting-aside', { reason: 'duplicate' }]] as const) {
      await station.expects(verb, letterPath(letter.id, more), 409, { json, headers: change(filed) });
    }
    for (const [verb, more, json] of [['PUT', '/understanding', correctionAt(place)], ['POST', '/filing', {}], ['POST', '/setting-aside', { reason: 'duplicate' }], ['POST', '/answer', { text: '示例' }]] as const) {
      await village.expects(verb, letterPath(letter.id, more), 404, { json, headers: change(filed) });
    }
  });

  it('has its receipt once there is a mailbox to send it from, and an answer of the station', async () => {
    const waits = await untilLetter(station, letter.id, (one) => one.replies[0]?.state === 'not_set_up');
    expect(waits.replies).toMatchObject([{ kind: 'receipt' }]);
    expect((await mailbox()).can_send).toBe(false);
    const port = await freePort();
    const smtp = new MailServer(certificate, port, true);
    await smtp.listen();
    try {
      await setSettings(station, { mailbox: mailboxAt(port, 'tls') });
      expect((await mailbox()).can_send).toBe(true);
      await station.expects('POST', letterPath(letter.id, '/answer'), 422, { json: { text: ' ' } });
      await station.expects('POST', letterPath(letter.id, '/answer'), 200, { json: { text: '示例：请补充第二周的图片。' }, headers: { 'idempotency-key': newId() } });
      const answered = await untilLetter(station, letter.id, (one) => one.replies.some((reply) => reply.kind === 'answer' && reply.state === 'sent'));
      expect(answered.replies.find((one) => one.kind === 'answer')).toMatchObject({ text: '示例：请补充第二周的图片。\n', by: expect.any(String) as string });
      const answer = smtp.taken.find((one) => one.mail.text?.includes('请补充'));
      expect(answer?.to).toEqual(['village@example.org']);
      expect(answer?.mail.subject).toBe('回复：示例来信');
      expect(answer?.mail.inReplyTo).toBe('<first@village.example>');
      expect(answer?.mail.headers.has('auto-submitted')).toBe(false);

      const next = await arrives({ from: 'other@example.org', text: '示例' });
      const filed = await file(await correct(next, correctionAt(quietPlace(), { activities: [], no_activity_reason: '示例：本月农忙。' })));
      await untilLetter(station, filed.id, (one) => one.replies[0]?.state === 'sent');
      const receipt = smtp.taken.find((one) => one.to[0] === 'other@example.org');
      expect(receipt?.mail.headers.get('auto-submitted')).toBe('auto-replied');
      expect(receipt?.mail.text).toMatch(/收到时间：2023-10-25 16:30/);
      expect(receipt?.mail.text).toMatch(/情况说明/);
    } finally {
      await smtp.close();
    }
  });

  it('becomes the yearly summary of its village, in its own words, and is taken back', async () => {
    const place = (await station.get<Wire<'ReportList'>>(`/api/v1/reports?campaign=${campaign}&month=${month}`)).items.at(-1)?.place ?? '';
    const summary = () => station.get<Wire<'Summary'>>(`/api/v1/summaries/${campaign}/${place}`);
    const drafted = await summary();
    const letter = await arrives({ text: '示例：全年工作总结。' });
    const parts = [{ heading: '', text: '示例：现将全年工作总结如下。', pictures: [] }, { heading: '一、主要做法', text: '示例：每周入户。', pictures: [] }];
    const filed = await file(await correct(letter, correctionAt(place, { form: 'summary', month: undefined, activities: parts })));
    expect(filed, JSON.stringify(filed.hindered)).toMatchObject({ state: 'filed', filed: { deliverable: 'summary', period: '2023', version: 1, activities: 2, on_time: true } });
    const written = await summary();
    expect(written).toMatchObject({ state: 'submitted', opening: { text: '示例：现将全年工作总结如下。' }, versions: [{ number: 1 }] });
    expect(Date.parse(written.versions[0]?.submitted_at ?? '')).toBe(Date.parse(arrived));
    expect(written.sections.map((one) => one.text).filter(Boolean)).toEqual(['示例：每周入户。']);
    const back = (await station.expects<Wire<'Letter'>>('POST', letterPath(letter.id, '/taking-back'), 200, { headers: change(filed) })).json;
    expect(back).toMatchObject({ state: 'waiting', taken_back: { removed: 2, kept: 0 } });
    expect(await summary()).toMatchObject({ state: 'withdrawn', opening: drafted.opening, sections: drafted.sections });
  });

  it('of a machine is answered by nobody', async () => {
    const bounced = await arrives({ more: ['Auto-Submitted: auto-replied'], text: '示例：本人外出。' });
    expect(bounced).toMatchObject({ is_automatic: true, state: 'waiting' });
    expect(bounced.understanding.doubts).toContain('from_machine');
    await station.expects('POST', letterPath(bounced.id, '/answer'), 409, { json: { text: '示例' } });
  });

  it('is set aside, and comes back when somebody says what it is', async () => {
    const advert = await arrives({ text: '示例：广告' });
    await station.expects('POST', letterPath(advert.id, '/setting-aside'), 422, { json: { reason: 'nonsense' }, headers: change(advert), broken: true });
    await station.expects('POST', letterPath(advert.id, '/setting-aside'), 412, { json: { reason: 'advertising' }, headers: { 'if-match': '"0"' } });
    const aside = (await station.expects<Wire<'Letter'>>('POST', letterPath(advert.id, '/setting-aside'), 200, { json: { reason: 'advertising' }, headers: change(advert) })).json;
    expect(aside).toMatchObject({ state: 'set_aside', set_aside: { reason: 'advertising' } });
    const back = await correct(aside, correctionAt(quiet[0]?.place ?? ''));
    expect(back.state).toBe('waiting');
    expect(back.set_aside).toBeUndefined();
  });

  it('is taken in once, though every number changed and the line was cut', async () => {
    const before = (await letters(station)).length;
    await imap.renumber();
    await arrives({ text: '示例：在重启之后' });
    expect((await letters(station)).length).toBe(before + 1);
  });

  it('is marked or moved when the settings say so, and never deleted', async () => {
    await setMailbox({ done: 'mark_seen' });
    await arrives({ text: '示例：做标记' });
    await expect.poll(() => imap.mails().filter((name) => name.includes(':2,S')).length, { timeout: 20_000 }).toBe(1);
    const all = imap.mails().length;
    await setMailbox({ done: 'move', done_folder: '已处理' });
    await arrives({ text: '示例：移走' });
    await expect.poll(() => imap.mails(`.${Dovecot.named}`).length, { timeout: 20_000 }).toBe(1);
    expect(imap.mails().length).toBe(all);
  });

  it('may bring a Word report of 30 MB', async () => {
    const report = await station.get<Wire<'Report'>>(reportPath(town.account('village').place, month));
    const pictures = Array.from({ length: 12 }, () => noise(1000, 880));
    const word = wordOf([report.title, report.weeks[1].heading, '（一）消防宣传进企业', '示例：10月12日，到示例加工厂讲解用火用电安全，检查疏散通道。', ...pictures]);
    expect(word.length).toBeGreaterThan(30 << 20);
    const heavy = await arrives({ text: '示例：本月活动见附件。', attachments: [{ name: '工作情况.docx', type: wordType, bytes: word }] });
    expect(heavy).toMatchObject({ state: 'waiting', attachments: [{ bytes: word.length, is_document: true }] });
    expect(heavy.understanding.activities).toHaveLength(1);
    const { source, number } = heavy.understanding.activities[0].pictures[11];
    const shown = await station.expects('GET', letterPath(heavy.id, `/pictures/${source}/${number}`), 200);
    expect(Buffer.from(shown.bytes).equals(pictures[11])).toBe(true);
  });
});

describe('the senders that are remembered', () => {
  const forgetting = (address: string, of: string) => `${sendersPath}?address=${encodeURIComponent(address)}&of=${encodeURIComponent(of)}`;
  const senders = async () => (await station.get<Wire<'SenderList'>>(sendersPath)).items;

  it('are those whose letters a person filed, shown to the station', async () => {
    const remembered = await senders();
    expect(remembered.map((one) => one.address)).toEqual(expect.arrayContaining(['village@example.org', 'other@example.org']));
    for (const one of remembered) expect(one.place_name).toBeTruthy();
    await village.expects('GET', sendersPath, 403);
    await station.expects('GET', sendersPath.replace(stationTown, 'nowhere'), 404);
  });

  it('are forgotten one by one, and their letters wait again', async () => {
    const [{ address, place }] = (await senders()).filter((one) => one.address === 'other@example.org');
    expect((await arrives({ from: address, text: '示例' })).understanding.doubts).not.toContain('sender_unconfirmed');
    await village.expects('DELETE', forgetting(address, place), 403);
    await station.expects('DELETE', forgetting(address, place).replace(stationTown, 'nowhere'), 404);
    await station.expects('DELETE', `${sendersPath}?address=${encodeURIComponent(address)}`, 422, { broken: true });
    await station.expects('DELETE', forgetting(address.toUpperCase(), place), 204, { headers: { 'idempotency-key': newId() } });
    expect((await senders()).map((one) => one.address)).not.toContain(address);
    await station.expects('DELETE', forgetting(address, place), 204);
    expect((await arrives({ from: address, text: '示例' })).understanding.doubts).toContain('sender_unconfirmed');
  });
});

describe('what was dragged onto the desk', () => {
  it('waits for a person who says when it came', async () => {
    const place = quietPlace();
    const letter = await importFiles(station, [{ name: '照片.png', bytes: picture() }, { name: '照片二.png', bytes: picture() }]);
    expect(letter).toMatchObject({ channel: 'import', state: 'waiting', has_original: false, loose_pictures: 2, may: ['correct', 'set_aside', 'file'] });
    expect(letter.understanding.doubts).toContain('arrival_unconfirmed');
    await station.expects('GET', letterPath(letter.id, '/original'), 404);
    await station.expects('POST', letterPath(letter.id, '/answer'), 409, { json: { text: '示例' } });
    const whole = await correct(letter, correctionAt(place, { activities: [held({ pictures: [{ source: -1, number: 1, caption: '' }] })], unplaced: [{ source: -1, number: 0, caption: '' }] }));
    await station.expects('POST', letterPath(letter.id, '/filing'), 422, { json: {}, headers: change(whole) });
    const filed = await file(whole, { arrived_on: '2023-10-24T10:00:00+08:00' });
    expect(filed.filed).toMatchObject({ on_time: true, pictures: 1, left_out: 1 });
    expect(filed.replies).toEqual([]);
  });

  it('is taken back when it was filed wrongly, and filed again as it should be', async () => {
    const [wrong, right] = [quietPlace(), town.account('village').place];
    const letter = await importFiles(station, [{ name: '照片.png', bytes: picture() }]);
    await station.expects('POST', letterPath(letter.id, '/taking-back'), 409, { headers: change(letter) });
    const arrived_on = '2023-10-24T10:00:00+08:00';
    const filed = await file(await correct(letter, correctionAt(wrong, { activities: [held({ pictures: [{ source: -1, number: 0, caption: '' }] })] })), { arrived_on });
    expect(filed).toMatchObject({ state: 'filed', may: ['take_back'] });
    await station.expects<Wire<'LetterStale'>>('POST', letterPath(letter.id, '/taking-back'), 412, { headers: { 'if-match': '"0"' } });
    await village.expects('POST', letterPath(letter.id, '/taking-back'), 404, { headers: change(filed) });
    const back = (await station.expects<Wire<'Letter'>>('POST', letterPath(letter.id, '/taking-back'), 200, { headers: change(filed) })).json;
    expect(back).toMatchObject({ state: 'waiting', taken_back: { removed: 1, kept: 0, hand_in_kept: false, was_replaced: false, filed: { place: wrong, period: month, version: 1 } } });
    expect(back.filed).toBeUndefined();
    const left = await station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&place=${wrong}&month=${month}`);
    expect(left.items).toEqual([]);
    const report = await station.get<Wire<'Report'>>(`/api/v1/reports/${campaign}/${wrong}/${month}`);
    expect(report.state).toBe('withdrawn');
    const again = (await station.expects<Wire<'Letter'>>('POST', letterPath(letter.id, '/taking-back'), 200, { headers: change(filed) })).json;
    expect(again.etag).toBe(back.etag);
    const anew = await file(await correct(back, correctionAt(right)), { arrived_on, beside_people: true });
    expect(anew, JSON.stringify(anew.hindered)).toMatchObject({ state: 'filed', filed: { place: right } });
    expect(anew.taken_back).toBeUndefined();
  });

  it('tells what people recorded there, and is filed beside it when they say so', async () => {
    const own = town.account('village').place;
    const letter = await importFiles(station, [{ name: '照片.png', bytes: picture() }]);
    const whole = await correct(letter, correctionAt(own));
    const hindered = await file(whole, { arrived_on: '2023-10-24T10:00:00+08:00' });
    expect(hindered).toMatchObject({ state: 'waiting', hindered: { hindrance: 'recorded_by_people' } });
    const filed = await file(hindered, { arrived_on: '2023-10-24T10:00:00+08:00', beside_people: true });
    expect(filed, JSON.stringify(filed.hindered)).toMatchObject({ state: 'filed' });
  });

  it('is refused where it does not belong', async () => {
    const id = newId();
    const binary = { 'content-type': 'application/octet-stream' };
    await station.expects('PUT', letterPath(id), 409, { json: { place: stationTown } });
    await station.expects('PUT', filePath(id, 1, '照片.png'), 204, { raw: picture(), headers: binary });
    await station.expects('PUT', filePath(id, 200, '照片.png'), 422, { raw: picture(), headers: binary, broken: true });
    await village.expects('PUT', filePath(id, 2, '照片.png'), 403, { raw: picture(), headers: binary });
    await station.expects('PUT', filePath(id, 2, '照片.png', 'nowhere'), 404, { raw: picture(), headers: binary });
    await village.expects('PUT', letterPath(id), 403, { json: { place: stationTown } });
    await station.expects('PUT', letterPath(id), 404, { json: { place: 'nowhere' } });
    await station.expects('PUT', letterPath(id), 422, { json: { place: stationTown, note: '长'.repeat(201) }, broken: true });
    await station.expects('PUT', letterPath(id), 201, { json: { place: stationTown, note: '微信' }, headers: { 'idempotency-key': newId() } });
    await station.expects('PUT', letterPath(id), 200, { json: { place: stationTown, note: '微信' }, headers: { 'idempotency-key': newId() } });
    await station.expects('PUT', filePath(id, 2, '照片.png'), 409, { raw: picture(), headers: binary });
  });
});
