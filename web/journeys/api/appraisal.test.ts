import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { appraisalPath, newId } from '../kit/records';
import { parts, wordText } from '../kit/word';

const town = new Town();
const own = town.account('village').place;
const evidenceOf = (place: string, query = ''): string => appraisalPath(`/places/${place}${query}`);
const objectionAt = (id: string, rest = '', place = own): string => evidenceOf(place, `/objections/${id}${rest}`);
let village: Caller;
let station: Caller;

beforeAll(async () => {
  [village, station] = [await town.as('village'), await town.as('station')];
});

async function object(text = '示例：9月月报当天已交。'): Promise<Wire<'Objection'>> {
  return (await village.expects<Wire<'Objection'>>('PUT', objectionAt(newId()), 201, { json: { item: 'on_time', text } })).json;
}

describe('an appraisal', () => {
  it('shows every place to the station in the order of the codes, and a village its own line', async () => {
    const whole = await station.get<Wire<'Appraisal'>>(appraisalPath());
    const places = whole.rows.map((row) => row.place);
    expect(places).toEqual([...places].sort());
    expect(whole.items.map((item) => item.id)).toEqual(['handed_in', 'complete', 'on_time']);
    expect(whole.note).toContain('不作为唯一依据');
    expect(whole.rows.every((row) => row.score === undefined)).toBe(true);
    const mine = await village.get<Wire<'Appraisal'>>(appraisalPath());
    expect(mine.rows.map((row) => row.place)).toEqual([own]);
    expect(mine.may).toEqual([]);
    await (await town.as('auditor')).get(appraisalPath(), 404);
    await town.nobody().get(appraisalPath(), 401);
    await station.get(appraisalPath('', 'no-such-campaign'), 404);
    await station.expects('GET', appraisalPath('?version=soon'), 422, { broken: true });
  });

  it('is ordered by a head that is asked for, and gives no rank', async () => {
    const plain = await station.get<Wire<'Appraisal'>>(appraisalPath());
    const few = await station.get<Wire<'Appraisal'>>(appraisalPath('?order=activities'));
    const grounds = few.rows.filter((row) => row.place_kind !== 'town');
    expect(few.rows.map((row) => row.place).sort()).toEqual(plain.rows.map((row) => row.place));
    expect(grounds.map((row) => row.activities)).toEqual(grounds.map((row) => row.activities).sort((a, b) => a - b));
    expect(few.rows.at(-1)?.place_kind).toBe('town');
    const shares = (await station.get<Wire<'Appraisal'>>(appraisalPath('?order=-item.on_time'))).rows
      .map((row) => row.items.find((item) => item.item === 'on_time')).map((item) => (item?.expected ? item.met / item.expected : -1));
    expect(shares).toEqual([...shares].sort((a, b) => b - a));
    await station.expects('GET', appraisalPath('?order=item.nothing'), 422);
    await station.expects('GET', appraisalPath('?order=name'), 422, { broken: true });
  });

  it('opens each figure to what it was drawn from', async () => {
    const { standing, owed, items } = await village.get<Wire<'AppraisalEvidence'>>(evidenceOf(own));
    for (const item of items) {
      const counted = owed.filter((one) => one.counted_for.includes(item.id));
      expect(standing.items.find((one) => one.item === item.id)?.expected).toBe(counted.length);
    }
    expect(owed.some((one) => one.counted_for.length === 0)).toBe(true);
    await (await town.as('village', 1)).get(evidenceOf(own), 404);
    await town.nobody().get(evidenceOf(own), 401);
    await station.expects('GET', evidenceOf(own, '?version=0.5'), 422, { broken: true });
  });

  it('leaves as Excel and by the campaign’s Word form, live and frozen', async () => {
    const sheet = parts((await station.expects('GET', appraisalPath('/table.xlsx'), 200)).bytes);
    expect(sheet.get('xl/worksheets/sheet1.xml')?.toString('utf8')).toContain('不作为唯一依据');
    expect(wordText((await station.expects('GET', appraisalPath('/document.docx'), 200)).bytes)).toContain('考核依据');
    for (const file of ['/table.xlsx', '/document.docx']) {
      await town.nobody().get(appraisalPath(file), 401);
      await station.get(appraisalPath(`${file}?version=1000`), 404);
      await station.expects('GET', appraisalPath(`${file}?version=x`), 422, { broken: true });
    }
  });

  it('is frozen once under one id, and nothing later changes what was frozen', async () => {
    const id = newId();
    const made = (await station.expects<Wire<'AppraisalVersion'>>('PUT', appraisalPath(`/versions/${id}`), 201, { json: { note: '示例：年终' } })).json;
    const again = await station.expects<Wire<'AppraisalVersion'>>('PUT', appraisalPath(`/versions/${id}`), 200, { json: { note: '示例：年终' }, headers: { 'idempotency-key': newId() } });
    expect(again.json).toEqual(made);
    const frozen = appraisalPath(`?version=${made.number}`);
    const before = await station.get<Wire<'Appraisal'>>(frozen);
    const exemption = `/api/v1/deadlines/${before.campaign}/${own}/report/2023-10/exemption`;
    await station.expects('PUT', exemption, 200, { json: { reason: '示例：道路中断' } });
    const live = await station.get<Wire<'AppraisalEvidence'>>(evidenceOf(own));
    expect(live.owed.find((one) => one.period === '2023-10')).toMatchObject({ state: 'exempt', counted_for: [] });
    expect(await station.get<Wire<'Appraisal'>>(frozen)).toEqual(before);
    expect((await station.get<Wire<'AppraisalEvidence'>>(evidenceOf(own, `?version=${made.number}`))).owed.find((one) => one.period === '2023-10')?.state).not.toBe('exempt');
    expect(wordText((await station.expects('GET', appraisalPath(`/document.docx?version=${made.number}`), 200)).bytes)).toContain(`第${made.number}次留存`);
    await station.expects('DELETE', exemption, 200);
    await village.expects('PUT', appraisalPath(`/versions/${newId()}`), 403, { json: { note: '' } });
    await town.nobody().expects('PUT', appraisalPath(`/versions/${newId()}`), 401, { json: { note: '' } });
    await station.expects('PUT', appraisalPath(`/versions/${newId()}`, 'no-such-campaign'), 404, { json: { note: '' } });
    await station.expects('PUT', appraisalPath(`/versions/${newId()}`), 422, { json: { note: '长'.repeat(201) }, broken: true });
  });
});

describe('an objection', () => {
  it('is made by the place, reworded until it is answered, and answered by the station', async () => {
    const made = await object();
    const reworded = await village.expects<Wire<'Objection'>>('PUT', objectionAt(made.id), 200, { json: { item: 'on_time', text: '示例：9月月报28日已交。' } });
    expect(reworded.json.text).toBe('示例：9月月报28日已交。');
    const row = async () => (await station.get<Wire<'Appraisal'>>(appraisalPath())).rows.find((one) => one.place === own);
    const waiting = (await row())?.objections ?? 0;
    expect(waiting).toBeGreaterThan(0);
    const answer = { text: '示例：查实，予以采纳。', upheld: true };
    const answered = (await station.expects<Wire<'Objection'>>('PUT', objectionAt(made.id, '/answer'), 200, { json: answer })).json;
    expect(answered.answer).toMatchObject(answer);
    expect((await row())?.objections).toBe(waiting - 1);
    await village.expects('PUT', objectionAt(made.id), 409, { json: { item: 'on_time', text: '示例：又改' } });
    await station.expects('PUT', objectionAt(made.id, '/answer'), 412, { json: { ...answer, upheld: false } });
    await station.expects('PUT', objectionAt(made.id, '/answer'), 200, { json: { ...answer, upheld: false }, headers: { 'if-match': answered.etag } });
    const seen = await village.get<Wire<'AppraisalEvidence'>>(evidenceOf(own));
    expect(seen.objections.find((one) => one.id === made.id)?.answer?.upheld).toBe(false);
  });

  it('wants an item, words and somebody of the place', async () => {
    const good = { item: 'on_time', text: '示例' };
    await village.expects('PUT', objectionAt(newId()), 422, { json: { item: 'persons', text: '示例' } });
    await village.expects('PUT', objectionAt(newId()), 422, { json: { item: 'on_time', text: ' ' } });
    await station.expects('PUT', objectionAt(newId()), 403, { json: good });
    await village.expects('PUT', objectionAt(newId(), '', '500118112201'), 404, { json: good });
    await town.nobody().expects('PUT', objectionAt(newId()), 401, { json: good });
    const made = await object();
    await village.expects('PUT', objectionAt(made.id, '/answer'), 403, { json: { text: '示例', upheld: true } });
    await town.nobody().expects('PUT', objectionAt(made.id, '/answer'), 401, { json: { text: '示例', upheld: true } });
    await station.expects('PUT', objectionAt(newId(), '/answer'), 404, { json: { text: '示例', upheld: true } });
    await station.expects('PUT', objectionAt(made.id, '/answer'), 422, { json: { text: ' ', upheld: true } });
  });
});
