import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { claimOf, picture, upload } from '../kit/pictures';
import { activityAt, activityPath, campaign, campaignOf, mergedPath, newId, record, reportPath } from '../kit/records';
import { parts, wordText } from '../kit/word';

const town = new Town();
let village: Caller;
let station: Caller;
let district: Caller;
let entry: string;
const own = town.account('village').place;
const month = '2023-10';
const path = (rest = '') => reportPath(own, month, rest);
const missing = reportPath('no-such-place', month);

beforeAll(async () => {
  [village, station, district] = [await town.as('village'), await town.as('station'), await town.as('district')];
  entry = (await campaignOf(village)).entries[0].id;
});

describe('the month’s report', () => {
  it('is listed for every place', async () => {
    const list = await station.get<Wire<'ReportList'>>(`/api/v1/reports?campaign=${campaign}&month=2023-09&limit=200`);
    expect(list.items.length).toBeGreaterThan(6);
    await station.get(`/api/v1/reports?campaign=no-such-campaign&month=${month}`, 404);
    await station.expects('GET', `/api/v1/reports?campaign=${campaign}&month=2023-13`, 422, { broken: true });
  });

  it('is listed by what stands under a head, page after page', async () => {
    const list = async (order: string, limit: number): Promise<Wire<'ReportEntry'>[]> => {
      const items: Wire<'ReportEntry'>[] = [];
      for (let cursor: string | undefined, page = 0; page === 0 || cursor; page++) {
        const more: Wire<'ReportList'> = await station.get(
          `/api/v1/reports?campaign=${campaign}&month=2023-09&limit=${limit}${order && `&order=${order}`}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
        items.push(...more.items);
        cursor = more.next_cursor;
      }
      return items;
    };
    const byPlace = (await list('', 200)).map((item) => item.place);
    for (const limit of [2, 200]) {
      const fewestFirst = await list('activities', limit), mostFirst = await list('-activities', limit);
      expect(fewestFirst.map((item) => item.activities)).toEqual(mostFirst.map((item) => item.activities).reverse());
      expect(mostFirst.map((item) => item.activities)).toEqual(mostFirst.map((item) => item.activities).sort((a, b) => b - a));
      expect(mostFirst.map((item) => item.place).sort()).toEqual([...byPlace].sort());
      const latest = (await list('-submitted_at', limit)).map((item) => item.submitted_at ?? '');
      expect(latest).toEqual([...latest].sort().reverse());
    }
    await station.expects('GET', `/api/v1/reports?campaign=${campaign}&month=2023-09&order=name`, 422, { broken: true });
    await station.expects('GET', `/api/v1/reports?campaign=${campaign}&month=2023-09&order=state&cursor=${own}`, 422);
  });

  it('is laid out by report weeks and numbered on through the month', async () => {
    const report = await village.get<Wire<'Report'>>(path());
    const numbers = report.weeks.flatMap((week) => week.sections.map((section) => section.number));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    for (const week of report.weeks) {
      for (const section of week.sections) {
        const day = section.started_at.slice(0, 10);
        expect(day >= week.from && day <= week.to, `${day} in ${week.from}–${week.to}`).toBe(true);
      }
    }
    await station.get(missing, 404);
  });

  it('has its title broken as the campaign’s form has it', async () => {
    const { title, title_lines, place_name } = await village.get<Wire<'Report'>>(path());
    expect(title_lines).toHaveLength(2);
    expect(title_lines.join('')).toBe(title);
    expect(title_lines[0]).toContain(`${place_name}2023年10月`);
  });

  it('has a text that is edited without touching the activity, and pictures chosen, ordered and captioned', async () => {
    const bytes = [picture(), picture(104)];
    const ids = [newId(), newId()];
    const made = await record(village, activityAt(own, entry, { photos: ids.map((id, index) => claimOf(id, bytes[index])) }));
    for (const [index, id] of ids.entries()) await upload(village, id, bytes[index]);
    const draft = await village.get<Wire<'Report'>>(path());
    const change = {
      sections: [{ activity: made.id, text: '示例：报告里的说法', photos: [{ id: ids[1], caption: '示例图注' }] }],
    };
    const changed = await village.expects<Wire<'Report'>>('PATCH', path(), 200, { json: change, headers: { 'if-match': draft.etag } });
    const section = changed.json.weeks.flatMap((week) => week.sections).find((item) => item.activity === made.id);
    expect(section).toMatchObject({ text: '示例：报告里的说法', text_edited: true });
    expect(section?.photos.filter((photo) => photo.chosen)).toMatchObject([{ id: ids[1], caption: '示例图注', order: 1 }]);
    expect((await village.get<Wire<'Activity'>>(activityPath(made.id))).text).toBe(made.text);
    const stale = await village.expects<Wire<'ReportStale'>>('PATCH', path(), 412, { json: change, headers: { 'if-match': draft.etag, 'idempotency-key': newId() } });
    expect(stale.json.current.etag).toBe(changed.json.etag);
    await village.expects('PATCH', path(), 422, {
      json: { sections: [{ activity: newId(), text: '示例' }] }, headers: { 'if-match': changed.json.etag },
    });
    await district.expects('PATCH', path(), 403, { json: {}, headers: { 'if-match': changed.json.etag } });
    await village.expects('PATCH', missing, 404, { json: {}, headers: { 'if-match': changed.json.etag } });
  });

  it('is downloaded as Annex 2 with the pictures stored in place', async () => {
    const document = await station.expects('GET', path('/document.docx'), 200);
    expect(document.headers['content-disposition']).toContain(encodeURIComponent('示例'));
    const text = wordText(document.bytes);
    expect(text).toContain('示例：报告里的说法');
    expect(text).not.toMatch(/\{[#/^%]?\w+\}/);
    expect([...parts(document.bytes).keys()].filter((name) => name.startsWith('word/media/')).length).toBeGreaterThan(0);
    await station.get(`${missing}/document.docx`, 404);
  });
});

describe('a comment on a report', () => {
  it('is pinned to a paragraph or a picture by the station and settled by the place', async () => {
    const report = await station.get<Wire<'Report'>>(path());
    const section = report.weeks.flatMap((week) => week.sections).find((one) => one.photos.length > 0);
    if (!section) throw new Error('no section with a picture');
    const id = newId();
    const at = path(`/comments/${id}`);
    const content = { activity: section.activity, photo: section.photos[0].id, text: '示例：这张换一张远景' };
    for (const caller of [village, district]) await caller.expects('PUT', at, 403, { json: content });
    await station.expects('PUT', at, 422, { json: { ...content, activity: newId() } });
    await station.expects('PUT', at, 422, { json: { ...content, photo: newId() } });
    await station.expects('PUT', at, 422, { json: { ...content, text: ' ' } });
    for (let time = 1; time <= 2; time += 1) {
      const put = await station.expects<Wire<'Report'>>('PUT', at, 200, { json: content, headers: { 'idempotency-key': newId() } });
      expect(put.json.comments).toMatchObject([{ ...content, id }]);
    }
    const september = await station.get<Wire<'Report'>>(reportPath(own, '2023-09'));
    const other = september.weeks.flatMap((week) => week.sections)[0].activity;
    await station.expects('PUT', reportPath(own, '2023-09', `/comments/${id}`), 409, { json: { activity: other, text: '示例' } });
    await station.expects('POST', `${at}/settlement`, 403);
    const settled = await village.expects<Wire<'Report'>>('POST', `${at}/settlement`, 200);
    expect(settled.json.comments?.[0].settled_at).toBeDefined();
    await village.expects('POST', path(`/comments/${newId()}/settlement`), 404);
    await village.expects('DELETE', at, 403);
    for (let time = 1; time <= 2; time += 1) {
      const removed = await station.expects<Wire<'Report'>>('DELETE', at, 200, { headers: { 'idempotency-key': newId() } });
      expect(removed.json.comments).toEqual([]);
    }
  });

  it('needs a session and a report', async () => {
    const content = { activity: newId(), text: '示例' };
    const rest = `/comments/${newId()}`;
    await town.nobody().expects('PUT', path(rest), 401, { json: content });
    await town.nobody().expects('DELETE', path(rest), 401);
    await town.nobody().expects('POST', path(`${rest}/settlement`), 401);
    await station.expects('PUT', missing + rest, 404, { json: content });
    await station.expects('DELETE', missing + rest, 404);
  });
});

describe('handing a report in', () => {
  it('goes through withdrawal, return and acceptance, and each step says who may not', async () => {
    await village.get(path('/receipt'), 404);
    await village.expects('POST', path('/withdrawal'), 409);
    await station.expects('POST', path('/acceptance'), 409);
    await station.expects('POST', path('/return'), 409, { json: { reason: '示例' } });
    await district.expects('POST', path('/submission'), 403);
    await village.expects('POST', path('/submission'), 412, { headers: { 'if-match': '"never"' } });
    const draft = await village.get<Wire<'Report'>>(path());
    const handed = await village.expects<Wire<'Report'>>('POST', path('/submission'), 200, { headers: { 'if-match': draft.etag } });
    expect(handed.json.versions[0]).toMatchObject({ number: 1, on_time: true, late_days: 0, state: 'submitted' });
    const receipt = await village.get<Wire<'Receipt'>>(path('/receipt'));
    expect(receipt.sha256).toBe(handed.json.versions[0].sha256);
    await village.expects('POST', path('/submission'), 409, { headers: { 'idempotency-key': newId() } });
    await village.expects('PATCH', path(), 409, { json: { weeks: [] }, headers: { 'if-match': handed.json.etag } });

    await station.expects('POST', path('/withdrawal'), 403);
    await village.expects('POST', path('/withdrawal'), 200);
    await village.expects('POST', path('/submission'), 200, { headers: { 'idempotency-key': newId() } });
    await village.expects('POST', path('/return'), 403, { json: { reason: '示例' } });
    await station.expects('POST', path('/return'), 422, { json: { reason: '' }, broken: true });
    const returned = await station.expects<Wire<'Report'>>('POST', path('/return'), 200, { json: { reason: '照片不清楚（示例）' } });
    expect(returned.json.returned).toMatchObject({ reason: '照片不清楚（示例）' });
    const again = await village.expects<Wire<'Report'>>('POST', path('/submission'), 200, { headers: { 'idempotency-key': newId() } });
    expect(again.json.deadline?.on_time).toBe(true);
    await village.expects('POST', path('/acceptance'), 403);
    // Two officers: what one has open is no longer what stands.
    const seen = { version: 1, state: 'submitted' };
    const stale = await station.expects<Wire<'ReportStale'>>('POST', path('/acceptance'), 412, { json: { seen } });
    expect(stale.json).toMatchObject({ code: 'not_the_newest', current: { state: 'resubmitted' } });
    await station.expects('POST', path('/return'), 412, { json: { reason: '示例', seen } });
    await station.expects('POST', path('/acceptance'), 422, { json: { seen: { version: 1, state: 'lost' } }, broken: true });
    const newest = { version: stale.json.current.versions[0].number, state: stale.json.current.versions[0].state };
    const accepted = await station.expects<Wire<'Report'>>('POST', path('/acceptance'), 200, { json: { seen: newest } });
    await station.expects('POST', path('/return'), 412, { json: { reason: '示例', seen: newest } });
    expect(accepted.json.state).toBe('accepted');
    for (const verb of ['submission', 'withdrawal', 'acceptance']) await station.expects('POST', `${missing}/${verb}`, 404);
    await station.expects('POST', `${missing}/return`, 404, { json: { reason: '示例' } });
    await station.get(`${missing}/receipt`, 404);
  });

  it('takes the same request without a key as a new act once something else happened', async () => {
    const other = town.accounts.filter((account) => account.role === 'village')[1]?.place;
    const caller = other ? await town.as('village', 1) : undefined;
    if (!caller || !other) throw new Error('the sample town has one village account only');
    const report = (rest: string) => reportPath(other, month, rest);
    const draft = await caller.get<Wire<'Report'>>(report(''));
    if (!draft.may.includes('submit')) throw new Error(`the sample's report of ${other} cannot be handed in`);
    await caller.expects('POST', report('/submission'), 200);
    await caller.expects('POST', report('/withdrawal'), 200);
    const second = await caller.expects<Wire<'Report'>>('POST', report('/submission'), 200);
    expect(second.json.versions[0].number).toBe(2);
  });

  it('keeps every version, and says when the month changed since', async () => {
    const versions = (await village.get<Wire<'VersionList'>>(path('/versions'))).items;
    expect(versions.map((version) => version.number)).toEqual([3, 2, 1]);
    const frozen = await village.expects('GET', path('/versions/3/document.docx'), 200);
    await record(village, activityAt(own, entry, { title: '示例：交了以后又做的' }));
    expect((await village.get<Wire<'Report'>>(path())).changed_since_hand_in).toBe(true);
    const later = await village.expects('GET', path('/versions/3/document.docx'), 200);
    expect(Buffer.from(later.bytes).equals(Buffer.from(frozen.bytes))).toBe(true);
    await village.get(path('/versions/9999/document.docx'), 404);
    await station.get(`${missing}/versions`, 404);
  });

  it('of an empty month needs its reason', async () => {
    const empty = (await station.get<Wire<'ReportList'>>(`/api/v1/reports?campaign=${campaign}&month=2023-11&limit=200`)).items.find((item) => item.place === own);
    expect(empty?.activities).toBe(0);
    const future = reportPath(own, '2023-11');
    await village.expects('POST', `${future}/submission`, 422);
  });
});

describe('the month of all places', () => {
  it('is one document of what was handed in, in the order of the places, and names who has not', async () => {
    const places = (await station.get<Wire<'ReportList'>>(`/api/v1/reports?campaign=${campaign}&month=${month}&limit=200`)).items;
    const document = await station.expects('GET', mergedPath(month), 200);
    expect(document.headers['content-disposition']).toContain(encodeURIComponent('2023年10月'));
    const text = wordText(document.bytes);
    expect(text).not.toMatch(/\{[#/^%]?\w+\}/);
    const standing = places.filter((one) => ['submitted', 'resubmitted', 'accepted'].includes(one.state));
    expect(standing.length).toBeGreaterThan(0);
    const headings = standing.map((one, index) => text.indexOf(`${'一二三四五六七八九'[index]}、${one.place_name}`));
    expect(headings).toEqual([...headings].sort((a, b) => a - b));
    expect(headings).not.toContain(-1);
    for (const one of places.filter((each) => !standing.includes(each))) expect(text).toContain(one.place_name);
    expect(text).toContain('未报送');
    // What was recorded after the hand-in waits for the next one.
    expect(text).toContain('示例：报告里的说法');
    await record(village, activityAt(own, entry, { text: '示例：汇总之前才记的' }));
    expect(wordText((await station.expects('GET', mergedPath(month), 200)).bytes)).not.toContain('示例：汇总之前才记的');
  });

  it('is for who may read the whole town, of a month and a campaign that has the form', async () => {
    await village.get(mergedPath(month), 403);
    await town.nobody().get(mergedPath(month), 401);
    await station.get(mergedPath('2023-01'), 404);
    await station.get(mergedPath(month, 'no-such-campaign'), 404);
  });
});
