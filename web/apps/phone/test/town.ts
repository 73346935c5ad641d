// A small town that answers as the server would: enough of the wire for the phone's own tests and for looking at its screens.
// It can lose its line, lose answers, be busy, end the session and garble bytes.
import { createHash } from 'node:crypto';

type Json = Record<string, unknown>;
export interface Answer { status: number; body?: unknown; headers?: Record<string, string> }
interface Upload { photo: string; length: number; sha256: string; bytes: Buffer }

const moment = '2023-10-26T09:00:00+08:00';
const village = { id: '500118112200', code: '500118112200', name: '示例村', short_name: '示例村', kind: 'village', parent: '500118112000', order: 7 };
const other = { id: '500118112201', code: '500118112201', name: '龙凤桥村', short_name: '龙凤桥', kind: 'village', parent: '500118112000', order: 3 };
const choice = (id: string, name: string): Json => ({ id, name });
const week = (index: number, from: string, to: string): Json => ({ index, label: `${Number(from.slice(5, 7))}月第${'一二三四五'[index - 1]}周`, from, to });
const month = (name: string, ...weeks: [string, string][]): Json => ({ month: name, title: `${Number(name.slice(5))}月`, from: `${name}-01`, to: weeks[weeks.length - 1]![1], weeks: weeks.map(([from, to], index) => week(index + 1, from, to)) });

export const sampleCampaign: Json = {
  id: 'sample-2023', version: 1, etag: '"1"', document_number: '示例〔2023〕1号', title: '示例镇2023年消防宣传“五进”工作', short_title: '消防宣传“五进”', year: 2023,
  town: '500118112000', town_name: '示例镇', station_name: '镇消防工作站', starts_on: '2023-08-07', ends_on: '2023-12-31', sample: true, phases: [],
  entries: [choice('enterprise', '进企业'), choice('countryside', '进农村'), choice('community', '进社区'), choice('school', '进学校'), choice('household', '进家庭')],
  kinds: [choice('outreach', '宣传'), choice('drill', '演练'), choice('training', '培训')],
  forms: [choice('mobile', '流动宣传'), choice('stall', '设点宣传'), choice('door_to_door', '入户宣传'), choice('playing', '播放张贴')],
  audiences: [choice('farmer', '农民'), choice('living_alone', '留守/独居老人'), choice('minor', '未成年人')],
  topics: [choice('ebike', '电动车停放充电'), choice('heater', '电热取暖器'), choice('awning', '可燃雨棚')], settings: [choice('old', '老旧建筑')], sectors: [],
  work_items: [{ id: 'homes', name: '入户宣传', lead: '驻村（社区）领导', responsible: '村（社区）民委员会', applies_to: ['village', 'community'], forms: ['door_to_door'] }],
  quotas: [], return_reasons: [],
  deadlines: [{ id: 'report', deliverable: 'report', name: '月度工作情况', rule: '每月28日前报送。', inclusive: true, grace_days: 0, clause: '四（二）', dues: [] }],
  report_periods: [month('2023-10', ['2023-10-01', '2023-10-08'], ['2023-10-09', '2023-10-15'], ['2023-10-16', '2023-10-22'], ['2023-10-23', '2023-10-31']),
    month('2023-11', ['2023-11-01', '2023-11-05'], ['2023-11-06', '2023-11-12'], ['2023-11-13', '2023-11-19'], ['2023-11-20', '2023-11-26'], ['2023-11-27', '2023-11-30'])],
  options: { print_attachment_label: true, sign_off: false, entry_heading: 'entry', picture_grid: 'two_columns', due_soon_days: 3, return_days: 3, week_label: 'plain', empty_week: '本周未集中开展宣传活动。', keep_originals: false, supplement_rule: 'same_month' },
};

const row = (id: string, from: string, to: string, label: string, focus: string, topic: string): Json => ({
  id, month: from.slice(0, 7), week_label: label, from, to, places: [village.id], focus, topic, in_charge: '陈示例', order: 1, etag: '"1"', done: [], updated_at: moment, updated_by: '陈示例',
});

export class Town {
  activities = new Map<string, Json & { photos: Json[]; etag: string }>();
  sites = new Map<string, Json & { photos: Json[]; etag: string }>();
  removed = new Set<string>();
  uploads = new Map<string, Upload>();
  photos = new Map<string, Buffer>();
  rows: Json[] = [row('11111111-1111-4111-8111-111111111111', '2023-10-23', '2023-10-31', '第四周', '三组、四组院坝', '冬季取暖用电'), row('22222222-2222-4222-8222-222222222222', '2023-10-16', '2023-10-22', '第三周', '示例小学', '')];
  reportState = 'due';
  version = 0;
  /** Every request that reached the town. */
  log: string[] = [];
  signedIn = true;
  line: 'up' | 'down' | 'answers lost' = 'up';
  /** Answers these before anything else, one each, for the first request that fits. */
  scripted: { fits: (method: string, path: string) => boolean; answer: Answer }[] = [];
  private outcomes = new Map<string, { body: string; answer: Answer }>();
  private serial = 1;

  next(method: string, path: RegExp, answer: Answer): void {
    this.scripted.push({ fits: (m, p) => m === method && path.test(p), answer });
  }

  problem(status: number, code: string, detail: string, more: Json = {}): Answer {
    return { status, body: { type: 'about:blank', title: detail, status, detail, code, request_id: 'r', ...more }, headers: { 'Content-Type': 'application/problem+json' } };
  }

  get me(): Json {
    return {
      id: '99999999-9999-4999-8999-999999999999', login: 'shili', display_name: '陈示例', language: 'zh-CN', may: ['record', 'hand_in'], town: '500118112000', town_name: '示例镇',
      grants: [{ role: 'village', place: village.id, place_name: village.name, place_kind: 'village' }], server_time: moment, demo: true, secure: false,
    };
  }

  /** As `fetch`: throws when the line is down, and when an answer is lost on the way back. */
  fetch = async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? input : undefined;
    const url = new URL(request ? request.url : String(input));
    const method = request?.method ?? init?.method ?? 'GET';
    const headers = new Headers(request?.headers ?? init?.headers);
    if (this.line === 'down') throw new TypeError('Failed to fetch');
    const body = request ? Buffer.from(await request.arrayBuffer()) : init?.body ? Buffer.from(await (init.body as Blob).arrayBuffer()) : Buffer.alloc(0);
    const answer = this.answer(method, url.pathname + url.search, headers, body);
    if (this.line === 'answers lost' && method !== 'GET') throw new TypeError('Failed to fetch');
    const isEmpty = answer.status === 204 || method === 'HEAD';
    return new Response(isEmpty ? null : answer.body instanceof Buffer ? new Uint8Array(answer.body) : JSON.stringify(answer.body ?? {}), { status: answer.status, headers: { 'Content-Type': 'application/json', ...answer.headers } });
  };

  answer(method: string, address: string, headers: Headers, body: Buffer): Answer {
    const [path = '', search = ''] = address.split('?');
    this.log.push(`${method} ${path}`);
    const scripted = this.scripted.findIndex((one) => one.fits(method, path));
    if (scripted >= 0) return this.scripted.splice(scripted, 1)[0]!.answer;
    if (!this.signedIn && !path.endsWith('/sessions')) return this.problem(401, 'signed_out', '请重新登录');
    const key = headers.get('Idempotency-Key');
    const known = key ? this.outcomes.get(key) : undefined;
    if (known) return known.body === body.toString('base64') ? known.answer : this.problem(409, 'key_reused', '同一个键，不同的请求');
    const answer = this.act(method, path, new URLSearchParams(search), headers, body);
    if (key && method !== 'GET') this.outcomes.set(key, { body: body.toString('base64'), answer });
    return answer;
  }

  private act(method: string, path: string, query: URLSearchParams, headers: Headers, body: Buffer): Answer {
    const ok = (value: unknown, status = 200): Answer => ({ status, body: value });
    const json = (): Json => JSON.parse(body.toString() || '{}') as Json;
    if (path.startsWith('/api/v1/uploads')) return this.tus(method, path, headers, body);
    if (path === '/healthz') return ok({ status: 'ok', version: '0', demo: this.me.demo });
    const part = path.replace('/api/v1/', '').split('/');
    switch (part[0]) {
      case 'sessions':
      case 'demo-sessions':
        this.signedIn = method === 'POST';
        return method === 'POST' ? ok({ token: 'x'.repeat(32), id: this.me.id, expires_at: moment, device: 'phone', account: this.me }, 201) : { status: 204 };
      case 'me': return ok(this.me);
      case 'campaigns': return ok({ items: [sampleCampaign] });
      case 'places': return part[2] === 'points' ? ok({ items: [{ name: '三组', kind: 'group', uses: 4, last_used: '2023-10-12' }, { name: '示例小学', kind: 'school', uses: 2, last_used: '2023-10-18' }] }) : ok({ items: [village, other] });
      case 'changes': return ok({ cursor: `c${this.serial}`, reset: !query.get('since'), more: false, server_time: moment, items: [] });
      case 'deadlines': return ok(this.board());
      case 'plans': return this.plan(method, part, headers, json);
      case 'activities': return this.activity(method, part, headers, query, json);
      case 'sites': return this.site(method, part[1], headers, json);
      case 'photos': return this.photo(part);
      case 'reports': return this.report(method, part, json);
      default: return this.problem(404, 'no_such_route', '没有这个地址');
    }
  }

  private board(): Json {
    const cell = (deliverable: string, period: string, name: string, state: string, due_at: string, days_left: number, more: Json = {}): Json => ({ deadline: deliverable, deliverable, period, name, state, due_at, days_left, ...more });
    const cells = [
      cell('plan', '2023', '计划表', 'on_time', '2023-08-17T00:00:00+08:00', -70, { on_time: true, late_days: 0 }), cell('report', '2023-09', '9月工作情况', 'late', '2023-09-29T00:00:00+08:00', -27, { late_days: 2 }),
      cell('report', '2023-10', '10月工作情况', this.reportState, '2023-10-29T00:00:00+08:00', 3, this.reportState === 'returned' ? { returned: { reason: '第三周缺活动文字，请补两三句。', correct_by: '2023-10-30', at: moment } } : {}),
      cell('report', '2023-11', '11月工作情况', 'not_due', '2023-11-29T00:00:00+08:00', 33),
    ];
    return { campaign: 'sample-2023', now: moment, columns: [], rows: [{ place: village.id, place_name: village.name, place_kind: 'village', cells }] };
  }

  private plan(method: string, part: string[], headers: Headers, json: () => Json): Answer {
    const whole = (): Json => ({
      campaign: 'sample-2023', place: village.id, place_name: village.name, title: '示例镇示例村2023年消防宣传“五进”计划表', state: 'on_time', etag: '"1"', week_label: 'plain', rows: this.rows,
      versions: [], changed_since_hand_in: false, sign_off: { wanted: false }, may: ['edit', 'submit'], deadline: { deadline: 'plan', due_at: moment, days_left: 0, late_days: 0 },
    });
    if (part[3] !== 'rows') return { status: 200, body: whole() };
    const id = part[4] ?? '';
    const known = this.rows.find((one) => one.id === id);
    if (known && headers.get('If-Match') !== known.etag) return this.problem(412, 'stale', '别人也改过', { current: known });
    this.rows = this.rows.filter((one) => one.id !== id);
    if (method === 'DELETE') return { status: 204 };
    const next = { ...row(id, '', '', '', '', ''), ...json(), id, etag: `"${(this.serial += 1)}"` };
    this.rows.push(next);
    return { status: known ? 200 : 201, body: next };
  }

  private activity(method: string, part: string[], headers: Headers, query: URLSearchParams, json: () => Json): Answer {
    const id = part[1];
    if (!id) return { status: 200, body: { items: Array.from(this.activities.values()).filter((one) => String(one.started_at).startsWith(query.get('month') ?? '')) } };
    if (this.removed.has(id)) return this.problem(410, 'gone', '这一场已被删除');
    const known = this.activities.get(id);
    if (part[2] === 'history') return { status: 200, body: { items: [{ at: moment, by: '陈示例', action: 'created', changes: [] }] } };
    if (method === 'GET') return known ? { status: 200, body: known } : this.problem(404, 'missing', '没有这一场');
    const base = headers.get('If-Match');
    if (known && base !== known.etag) return this.problem(412, 'stale', '别人也改过', { current: known });
    if (method === 'DELETE') {
      this.activities.delete(id);
      this.removed.add(id);
      return { status: 204 };
    }
    const given = json();
    const now = `2023-10-26T09:00:${String(this.serial % 60).padStart(2, '0')}+08:00`;
    const next = {
      organizer: 'village', ...given, id, etag: `"${(this.serial += 1)}"`, place_name: village.name, received_at: known?.received_at ?? now, updated_at: now, recorded_by: '陈示例',
      month: String(given.started_at).slice(0, 7), supplement: false, may: ['edit', 'delete'],
      photos: (given.photos as Json[]).map((photo) => ({ ...photo, received: this.photos.has(String(photo.id)), near_duplicates: [] })),
    };
    this.activities.set(id, next as never);
    return { status: known ? 200 : 201, body: next, headers: { ETag: next.etag } };
  }

  private site(method: string, id: string | undefined, headers: Headers, json: () => Json): Answer {
    if (!id) return { status: 200, body: { items: Array.from(this.sites.values()) } };
    const known = this.sites.get(id);
    if (method === 'GET') return known ? { status: 200, body: known } : this.problem(404, 'missing', '没有这一处');
    if (known && headers.get('If-Match') !== known.etag) return this.problem(412, 'stale', '别人也改过', { current: known });
    const given = json();
    const now = `2023-10-26T09:00:${String(this.serial % 60).padStart(2, '0')}+08:00`;
    const next = {
      ...given, id, etag: `"${(this.serial += 1)}"`, place_name: village.name, recorded_at: known?.recorded_at ?? now, updated_at: now, may: ['edit', 'delete'],
      photos: (given.photos as Json[]).map((photo) => ({ ...photo, received: this.photos.has(String(photo.id)), renditions_ready: true, unreadable: false })),
    };
    this.sites.set(id, next as never);
    return { status: known ? 200 : 201, body: next, headers: { ETag: next.etag } };
  }

  private photo(part: string[]): Answer {
    const bytes = this.photos.get(part[1] ?? '');
    if (!bytes) return this.problem(404, 'missing', '没有这张照片');
    return part[2] ? { status: 200, body: bytes, headers: { 'Content-Type': 'image/jpeg' } } : { status: 200, body: { id: part[1], received: true, bytes: bytes.length, sha256: '', received_bytes: bytes.length, renditions_ready: true, near_duplicates: [] } };
  }

  private tus(method: string, path: string, headers: Headers, body: Buffer): Answer {
    const at = path.split('/')[4];
    if (method === 'POST') {
      const told = Object.fromEntries((headers.get('Upload-Metadata') ?? '').split(',').map((pair) => { const [name = '', value = ''] = pair.split(' '); return [name, Buffer.from(value, 'base64').toString()]; }));
      if (this.photos.has(told.photo ?? '')) return this.problem(409, 'already_received', '已经收到');
      const id = `u${(this.serial += 1)}`;
      this.uploads.set(id, { photo: told.photo ?? '', length: Number(headers.get('Upload-Length')), sha256: told.sha256 ?? '', bytes: Buffer.alloc(0) });
      return { status: 201, headers: { Location: `/api/v1/uploads/${id}`, 'Upload-Offset': '0' } };
    }
    const upload = this.uploads.get(at ?? '');
    if (!upload) return this.problem(404, 'missing', '没有这个上传');
    if (method === 'HEAD') return { status: 200, headers: { 'Upload-Offset': String(upload.bytes.length), 'Upload-Length': String(upload.length) } };
    if (Number(headers.get('Upload-Offset')) !== upload.bytes.length) return this.problem(409, 'wrong_offset', '位置不对');
    const sum = (headers.get('Upload-Checksum') ?? '').split(' ')[1];
    if (sum !== createHash('sha256').update(body).digest('base64')) return this.problem(460, 'wrong_checksum', '校验不对');
    upload.bytes = Buffer.concat([upload.bytes, body]);
    if (upload.bytes.length === upload.length) {
      this.uploads.delete(at ?? '');
      if (createHash('sha256').update(upload.bytes).digest('hex') !== upload.sha256) return this.problem(422, 'hash_differs', '照片内容与登记的不同');
      this.photos.set(upload.photo, upload.bytes);
      for (const held of [this.activities, this.sites]) held.forEach((one) => one.photos.forEach((photo) => { if (photo.id === upload.photo) photo.received = true; }));
    }
    return { status: 204, headers: { 'Upload-Offset': String(upload.bytes.length) } };
  }

  private report(method: string, part: string[], json: () => Json): Answer {
    const name = part[3] ?? '2023-10';
    const act = part[4];
    if (act === 'submission') { this.reportState = 'submitted'; this.version += 1; }
    if (act === 'withdrawal') this.reportState = 'withdrawn';
    if (act === 'receipt') return { status: 200, body: { campaign: 'sample-2023', place: village.id, place_name: village.name, month: name, title: '示例镇示例村2023年10月消防宣传“五进”工作情况', station_name: '镇消防工作站', number: 1, submitted_at: moment, by: '陈示例', on_time: true, late_days: 0, due_at: '2023-10-29T00:00:00+08:00', sha256: 'ab'.repeat(32), activities: this.activities.size, photos: this.photos.size, no_activity: false } };
    const edits = method === 'PATCH' ? (json().sections as Json[] | undefined) ?? [] : [];
    for (const edit of edits) if (edit.text) this.activities.get(String(edit.activity))!.report_text = edit.text;
    const inWeek = (from: string, to: string): unknown[] => Array.from(this.activities.values()).filter((one) => String(one.started_at).slice(0, 10) >= from && String(one.started_at).slice(0, 10) <= to)
      .map((one, index) => ({
        activity: one.id, started_at: one.started_at, number: index + 1, number_cn: `（${'一二三四五六七八'[index]}）`, heading: '消防宣传进农村', text: one.report_text ?? one.text, text_edited: one.report_text !== undefined, text_drafted: false,
        photos: one.photos.map((photo, order) => ({ id: photo.id, chosen: true, received: this.photos.has(String(photo.id)), order: order + 1, near_duplicates: [], ...(photo.caption ? { caption: photo.caption } : {}) })),
      }));
    const weeks = [['2023-10-01', '2023-10-08'], ['2023-10-09', '2023-10-15'], ['2023-10-16', '2023-10-22'], ['2023-10-23', '2023-10-31']].map(([from = '', to = ''], index) => ({
      index: index + 1, label: `10月第${'一二三四'[index]}周`, heading: `${'一二三四'[index]}、10月第${'一二三四'[index]}周（10月${Number(from.slice(8))}日—${Number(to.slice(8))}日）`, from, to, empty_text: '本周未集中开展宣传活动。', sections: inWeek(from, to),
    }));
    const isIn = this.reportState === 'submitted';
    return { status: 200, body: {
      campaign: 'sample-2023', place: village.id, place_name: village.name, month: name, title: '示例镇示例村2023年10月消防宣传“五进”工作情况', title_lines: ['示例镇示例村', '2023年10月消防宣传“五进”工作情况'], state: this.reportState, etag: `"${this.serial}"`, weeks,
      versions: this.version > 0 ? [{ number: 1, submitted_at: moment, by: '陈示例', on_time: true, late_days: 0, sha256: 'ab'.repeat(32), state: isIn ? 'submitted' : 'withdrawn' }] : [], changed_since_hand_in: false,
      deadline: { deadline: 'report', due_at: '2023-10-29T00:00:00+08:00', days_left: 3 }, activities: this.activities.size, photos: this.photos.size, photos_missing: 0, may: isIn ? ['withdraw'] : ['edit', 'submit'],
      ...(this.reportState === 'returned' ? { returned: { reason: '第三周缺活动文字，请补两三句。', correct_by: '2023-10-30', at: moment } } : {}),
    } };
  }
}
