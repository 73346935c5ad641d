import { beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import type { Caller } from '../kit/caller';
import { Town } from '../kit/people';
import { claimOf, picture } from '../kit/pictures';
import { activityAt, activityPath, campaign, campaignOf, newId, record } from '../kit/records';

const town = new Town();
let village: Caller;
let station: Caller;
let entry: string;
const own = town.account('village').place;

beforeAll(async () => {
  village = await town.as('village');
  station = await town.as('station');
  entry = (await campaignOf(village)).entries[0].id;
});

const list = (caller: Caller, query: string) => caller.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&${query}`);

describe('recording', () => {
  it('needs only seven fields and gives the rest a sense', async () => {
    const made = await record(village, activityAt(own, entry));
    expect(made).toMatchObject({ place: own, organizer: 'village', month: '2023-10', supplement: false, photos: [] });
    expect(made.may).toContain('edit');
    const read = await village.expects<Wire<'Activity'>>('GET', activityPath(made.id), 200);
    expect(read.json).toEqual(made);
    expect(read.headers['etag']).toBe(made.etag);
  });

  it('gives back every word, of all a campaign lets one choose', async () => {
    const choices = await campaignOf(village);
    const change = activityAt(own, entry, {
      title: '示例：“引号”、<标签>与 emoji 🧯', text: '第一段\n第二段\t㎡ 𠮷',
      kind: choices.kinds[0]?.id, form: choices.forms[0]?.id, audiences: choices.audiences.slice(0, 2).map((choice) => choice.id),
      topics: choices.topics.slice(0, 1).map((choice) => choice.id), settings: choices.settings.slice(0, 1).map((choice) => choice.id),
      sector: choices.sectors[0]?.id, work_item: choices.work_items[0]?.id, organizer: 'both', point: '示例三组',
      ended_at: '2023-10-25T11:00:00+08:00', people_about: 60, leaflets: 120, partners: ['示例志愿队'],
      recorded_at: '2023-10-25T12:00:00+08:00', clock_offset_ms: -420_000, photos: [{ ...claimOf(newId(), picture()), caption: '示例图' }],
    });
    const made = await record(village, JSON.parse(JSON.stringify(change)) as Wire<'ActivityChange'>);
    for (const [key, value] of Object.entries(change)) {
      if (key === 'photos' || value === undefined || key.endsWith('_at')) continue;
      expect(made[key as keyof Wire<'Activity'>], key).toEqual(value);
    }
    expect(Date.parse(made.ended_at ?? '')).toBe(Date.parse(change.ended_at ?? ''));
    expect(made.photos[0]).toMatchObject({ ...change.photos[0], received: false });
    const points = await village.get<Wire<'PointList'>>(`/api/v1/places/${own}/points?q=${encodeURIComponent('示例三')}`);
    expect(points.items.map((point) => point.name)).toContain('示例三组');
  });

  it('is the same outcome when the answer was lost and the phone asks again', async () => {
    const id = newId();
    const change = activityAt(own, entry);
    const first = await village.expects<Wire<'Activity'>>('PUT', activityPath(id), 201, { json: change, headers: { 'idempotency-key': newId() } });
    const key = { 'idempotency-key': newId() };
    const second = await village.ask<Wire<'Activity'>>('PUT', activityPath(id), { json: change, headers: key });
    expect([200, 201]).toContain(second.status);
    expect(second.json.etag).toBe(first.json.etag);
    const edited = await village.expects<Wire<'Activity'>>('PUT', activityPath(id), 200, { json: { ...change, title: '示例：后来改过' }, headers: { 'if-match': first.json.etag } });
    const third = await village.ask<Wire<'Activity'>>('PUT', activityPath(id), { json: change, headers: key });
    expect(third.json).toEqual(second.json);
    expect((await village.get<Wire<'Activity'>>(activityPath(id))).title).toBe(edited.json.title);
  });

  it('refuses a key that was used for something else', async () => {
    const key = { 'idempotency-key': newId() };
    await village.expects('PUT', activityPath(newId()), 201, { json: activityAt(own, entry), headers: key });
    const answer = await village.expects<Wire<'Problem'>>('PUT', activityPath(newId()), 409, { json: activityAt(own, entry), headers: key });
    expect(answer.json.code).toBe('key_reused');
  });

  it('by the station for a village says who recorded it and why', async () => {
    const made = await record(station, activityAt(own, entry, { on_behalf_reason: '村里手机坏了（示例）' }));
    expect(made.on_behalf_reason).toBe('村里手机坏了（示例）');
    expect((await village.get<Wire<'Activity'>>(activityPath(made.id))).recorded_by).toBe(made.recorded_by);
  });
});

describe('editing', () => {
  it('keeps mine and theirs apart when two people edit one record', async () => {
    const made = await record(village, activityAt(own, entry));
    const mine = { json: activityAt(own, entry, { title: '示例：我的' }), headers: { 'if-match': made.etag } };
    const theirs = { json: activityAt(own, entry, { title: '示例：他们的', reason: '更正（示例）' }), headers: { 'if-match': made.etag } };
    const edited = await station.expects<Wire<'Activity'>>('PUT', activityPath(made.id), 200, theirs);
    const stale = await village.expects<Wire<'ActivityStale'>>('PUT', activityPath(made.id), 412, mine);
    expect(stale.json.current.title).toBe('示例：他们的');
    await village.expects('PUT', activityPath(made.id), 200, { ...mine, headers: { 'if-match': edited.json.etag } });
    const third = activityAt(own, entry, { title: '示例：第三份' });
    await village.expects('PUT', activityPath(made.id), 412, { json: third, headers: { 'if-none-match': '*', 'idempotency-key': newId() } });
    const history = await village.get<Wire<'HistoryList'>>(`${activityPath(made.id)}/history`);
    expect(history.items.map((item) => item.action)).toEqual(['edited', 'edited', 'created']);
    expect(history.items[1].reason).toBe('更正（示例）');
  });

  it('by the station needs a reason', async () => {
    const made = await record(village, activityAt(own, entry));
    await station.expects('PUT', activityPath(made.id), 422, { json: activityAt(own, entry, { title: '示例：改' }), headers: { 'if-match': made.etag } });
  });

  it('answers 410 once it was removed, and keeps the history', async () => {
    const made = await record(village, activityAt(own, entry));
    await village.expects('DELETE', activityPath(made.id), 412, { headers: { 'if-match': '"never"' } });
    await village.expects('DELETE', activityPath(made.id), 204, { headers: { 'if-match': made.etag } });
    await village.get(activityPath(made.id), 410);
    await village.expects('PUT', activityPath(made.id), 410, { json: activityAt(own, entry), headers: { 'idempotency-key': newId() } });
    await village.expects('DELETE', activityPath(made.id), 410, { headers: { 'if-match': made.etag, 'idempotency-key': newId() } });
    const history = await village.get<Wire<'HistoryList'>>(`${activityPath(made.id)}/history`);
    expect(history.items[0].action).toBe('deleted');
  });

  it('of what nobody recorded answers 404', async () => {
    await village.get(activityPath(newId()), 404);
    await village.get(`${activityPath(newId())}/history`, 404);
    await village.expects('DELETE', activityPath(newId()), 404, { headers: { 'if-match': '"1"' } });
  });
});

describe('lists', () => {
  it('go page by page, the latest first, without a gap or a repeat', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page: Wire<'ActivityList'> = await list(station, `month=2023-09&limit=7${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...page.items.map((item) => `${item.started_at} ${item.id}`));
      cursor = page.next_cursor ?? '';
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    expect([...seen].sort((a, b) => Date.parse(b.slice(0, 29)) - Date.parse(a.slice(0, 29)))).toEqual(seen);
    expect(seen.length).toBeGreaterThan(20);
  });

  it('find one character of a title', async () => {
    const title = `示例：${String.fromCodePoint(0x9f00 + Math.floor(Math.random() * 90))}字`;
    const made = await record(village, activityAt(own, entry, { title }));
    const found = await list(village, `q=${encodeURIComponent(title[3])}`);
    expect(found.items.map((item) => item.id)).toEqual([made.id]);
  });

  it('are narrowed to a place, a month and an entry', async () => {
    for (const item of (await list(station, `place=${own}&month=2023-08&entry=${entry}&limit=200`)).items) {
      expect(item).toMatchObject({ place: own, month: '2023-08', entry });
    }
  });

  it('of a campaign or place that is not there answer 404', async () => {
    await village.get('/api/v1/activities?campaign=no-such-campaign', 404);
    await village.get(`/api/v1/activities?campaign=${campaign}&place=no-such-place`, 404);
  });
});

describe('the change feed', () => {
  interface Followed { cursor: string; items: Wire<'Change'>[]; resets: number }
  async function follow(caller: Caller, cursor: string): Promise<Followed> {
    const followed: Followed = { cursor, items: [], resets: 0 };
    for (let more = true; more;) {
      const page: Wire<'Changes'> = await caller.get<Wire<'Changes'>>(`/api/v1/changes?campaign=${campaign}&since=${encodeURIComponent(followed.cursor)}`);
      followed.items.push(...page.items);
      followed.resets += page.reset ? 1 : 0;
      followed.cursor = page.cursor;
      more = page.more;
    }
    return followed;
  }
  const beginning = async (caller: Caller) => {
    const page = await caller.get<Wire<'Changes'>>(`/api/v1/changes?campaign=${campaign}`);
    expect(page.reset).toBe(true);
    return page.cursor;
  };

  it('tells what was recorded, edited and removed since, with the records', async () => {
    const cursor = await beginning(village);
    const kept = await record(village, activityAt(own, entry, { title: '示例：留下' }));
    const gone = await record(village, activityAt(own, entry));
    await village.expects('DELETE', activityPath(gone.id), 204, { headers: { 'if-match': gone.etag } });
    const news = await follow(village, cursor);
    expect(news.items.find((item) => item.id === kept.id)).toMatchObject({ operation: 'put', etag: kept.etag, activity: { title: '示例：留下' } });
    expect(news.items.find((item) => item.id === gone.id)).toMatchObject({ operation: 'delete' });
    expect((await follow(village, news.cursor)).items).toEqual([]);
  });

  it('tells nobody what they may not see', async () => {
    const places = (await station.get<Wire<'PlaceList'>>('/api/v1/places')).items;
    const other = places.find((place) => place.kind === 'village' && place.id !== own)?.id ?? '';
    const cursors = { village: await beginning(village), auditor: await beginning(await town.as('auditor')), station: await beginning(station) };
    const elsewhere = await record(station, activityAt(other, entry, { on_behalf_reason: '代录（示例）' }));
    expect((await follow(village, cursors.village)).items.map((item) => item.id)).not.toContain(elsewhere.id);
    expect((await follow(await town.as('auditor'), cursors.auditor)).items.map((item) => item.id)).not.toContain(elsewhere.id);
    expect((await follow(station, cursors.station)).items.map((item) => item.id)).toContain(elsewhere.id);
    await village.get(`/api/v1/changes?place=${other}`, 404);
  });

  it('answers a reset to a cursor of another folder, of somebody else, or of nobody', async () => {
    const theirs = await beginning(station);
    for (const cursor of ['invented', '0000000000000000.0000000000000000.0.1', theirs]) {
      expect((await follow(village, cursor)).resets).toBe(1);
    }
  });
});

describe('the order of a list', () => {
  const listed = async (order: string, cursor = '') =>
    station.get<Wire<'ActivityList'>>(`/api/v1/activities?campaign=${campaign}&limit=20&order=${order}${cursor && `&cursor=${cursor}`}`);

  it('is the latest first, the oldest first or by place', async () => {
    const times = async (order: string) => (await listed(order)).items.map((item) => item.started_at);
    expect(await times('newest')).toEqual([...await times('newest')].sort().reverse());
    expect(await times('oldest')).toEqual([...await times('oldest')].sort());
    const first = await listed('place');
    const places = [...first.items, ...(await listed('place', first.next_cursor)).items].map((item) => item.place);
    expect(places).toHaveLength(40);
    expect(places).toEqual([...places].sort());
  });

  it('refuses an order there is none of', async () => {
    await station.expects('GET', `/api/v1/activities?campaign=${campaign}&order=people`, 422, { broken: true });
  });
});

describe('what a campaign is', () => {
  it('is told whole, and only anew when it changed', async () => {
    const campaigns = (await village.get<Wire<'CampaignList'>>('/api/v1/campaigns')).items;
    expect(campaigns.map((item) => item.id)).toContain(campaign);
    const read = await village.expects<Wire<'Campaign'>>('GET', `/api/v1/campaigns/${campaign}`, 200);
    await village.expects('GET', `/api/v1/campaigns/${campaign}`, 304, { headers: { 'if-none-match': read.headers['etag'] } });
    await village.get('/api/v1/campaigns/no-such-campaign', 404);
    expect(read.json.has_map).toBe(false);
    await village.get(`/api/v1/campaigns/${campaign}/map`, 404);
  });

  it('has a board of what every place owes, of which a village sees its own row', async () => {
    const whole = await station.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    const mine = await village.get<Wire<'DeadlineBoard'>>(`/api/v1/deadlines?campaign=${campaign}`);
    expect(whole.rows.length).toBeGreaterThan(6);
    expect(mine.rows.map((row) => row.place)).toEqual([own]);
    await village.get('/api/v1/deadlines?campaign=no-such-campaign', 404);
  });

  it('knows the places and their points', async () => {
    const places = (await station.get<Wire<'PlaceList'>>('/api/v1/places')).items;
    expect(places.map((place) => place.id)).toContain(own);
    expect((await station.get<Wire<'PointList'>>(`/api/v1/places/${own}/points`)).items.length).toBeGreaterThan(0);
    await station.get('/api/v1/places/no-such-place/points', 404);
  });
});
