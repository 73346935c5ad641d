import { describe, expect, it } from 'vitest';
import { briefOf, suggestedLine, titleFrom } from '../src/activities/brief';
import { merged } from '../src/activities/shown';
import { consequenceOf, type Activity, type Change, type PlanRow } from '../src/kept/kept';
import { errand } from '../src/kept/small_pictures';
import { newEntry } from '../src/outbox/entry';
import { groupAlbum, movePictures, withinLimit } from '../src/pictures/album';
import { copyStep, ownLabel } from '../src/plans/plan';
import { changeFrom, chosenOf, emptyEdits, hasEdits, moved } from '../src/reports/edits';
import { safeNext, tokenOf } from '../src/session/tokens';
import { owed } from '../src/today/owed';
import { rowsOfWeek, weekOf } from '../src/today/week';

const at = (text: string): number => Date.parse(`${text}+08:00`);

describe('pictures from the album', () => {
  it.each<[string, (string | undefined)[], number[], number]>([
    ['a quarter of an hour apart are one activity', ['2023-10-07T09:00:00', '2023-10-07T09:15:00'], [2], 0],
    ['just under two hours apart are one', ['2023-10-07T09:00:00', '2023-10-07T10:59:59'], [2], 0],
    ['two hours apart are two', ['2023-10-07T09:00:00', '2023-10-07T11:00:00'], [1, 1], 0],
    ['a chain of short gaps is one', ['2023-10-07T09:00:00', '2023-10-07T10:30:00', '2023-10-07T12:00:00'], [3], 0],
    ['midnight parts them', ['2023-10-07T23:50:00', '2023-10-08T00:10:00'], [1, 1], 0],
    ['in any order of picking', ['2023-10-07T11:30:00', '2023-10-07T09:00:00', '2023-10-07T11:00:00'], [1, 2], 0],
    ['without a time they wait for a person', [undefined, '2023-10-07T09:00:00', undefined], [1], 2],
    ['none at all', [], [], 0],
  ])('%s', (_title, times, sizes, loose) => {
    const { groups, untimed } = groupAlbum(times.map((time, index) => ({ id: String(index), ...(time ? { at: at(time) } : {}) })));
    expect(groups.map((group) => group.pictures.length)).toEqual(sizes);
    expect(untimed).toHaveLength(loose);
  });

  it('moves to a group or a day, and drops an emptied group', () => {
    const groups = [{ date: '2023-10-07', from: 1, pictures: ['a'] }, { date: '2023-10-09', from: 2, pictures: ['b'] }];
    expect(movePictures(groups, ['a'], 1)).toEqual([{ date: '2023-10-09', from: 2, pictures: ['b', 'a'] }]);
    expect(movePictures(groups, ['x'], '2023-10-08').map((group) => group.date)).toEqual(['2023-10-07', '2023-10-08', '2023-10-09']);
  });

  it('never loses what is more than one activity may hold', () => {
    const many = Array.from({ length: 7 }, (_, index) => String(index));
    const parts = withinLimit([{ date: '2023-10-07', from: 1, pictures: many }, { date: '2023-10-08', pictures: ['x'] }], 3);
    expect(parts.map((group) => group.pictures.length)).toEqual([3, 3, 1, 1]);
    expect(parts.flatMap((group) => group.pictures)).toEqual([...many, 'x']);
    expect(parts.slice(0, 3).every((group) => group.date === '2023-10-07')).toBe(true);
  });
});

describe('the short notice', () => {
  const fire = '{date}，{place}[联合{partners}][在{point}]开展消防宣传“{entry}”活动[，{text}][，参加群众约{people}人][，发放宣传资料{leaflets}份]。';
  const facts = { started_at: '2023-10-07T09:00:00+08:00', place: '示例村', entry: '进农村', text: '讲了冬季用火用电。' };
  it('says everything that was entered', () => {
    expect(briefOf(fire, { ...facts, point: '三组', partners: ['镇派出所', '村小学'], people: 40, leaflets: 60 }))
      .toBe('10月7日，示例村联合镇派出所、村小学在三组开展消防宣传“进农村”活动，讲了冬季用火用电，参加群众约40人，发放宣传资料60份。');
  });
  it.each<[string, Partial<typeof facts> & { people?: number; leaflets?: number; partners?: string[] }, string]>([
    ['no partners, no point, no figures', {}, '10月7日，示例村开展消防宣传“进农村”活动，讲了冬季用火用电。'],
    ['only leaflets', { leaflets: 5 }, '10月7日，示例村开展消防宣传“进农村”活动，讲了冬季用火用电，发放宣传资料5份。'],
    ['a zero is no figure', { people: 0 }, '10月7日，示例村开展消防宣传“进农村”活动，讲了冬季用火用电。'],
    ['no text', { text: '' }, '10月7日，示例村开展消防宣传“进农村”活动。'],
    ['blank partners', { partners: [' '] }, '10月7日，示例村开展消防宣传“进农村”活动，讲了冬季用火用电。'],
  ])('lets a clause without its fact vanish: %s', (_title, change, text) => expect(briefOf(fire, { ...facts, ...change })).toBe(text));

  it('is in the words of whichever campaign it is', () => {
    expect(briefOf('{date}{place}[在{point}]宣讲[，约{people}人参加]。', { ...facts, people: 12 })).toBe('10月7日示例村宣讲，约12人参加。');
    expect(briefOf('{date}[未合上的{place}', facts)).toBe('10月7日[未合上的示例村');
  });

  it.each([['在三组开院坝会，讲用电。', '', '在三组开院坝会'], ['', '三组', '三组 进农村'], ['\n', '', '进农村'], ['一'.repeat(60), '', '一'.repeat(39) + '…']])(
    'takes a title from %j', (text, point, title) => expect(titleFrom(text, point, '进农村')).toBe(title));

  it('suggests the work line that fits entry and form, and none for another kind of place', () => {
    const items = [{ id: 'one', applies_to: ['village'], entries: ['a'] }, { id: 'two', applies_to: ['village'], entries: ['a'], forms: ['f'] }, { id: 'three', applies_to: ['community'], forms: ['f'] }];
    expect(suggestedLine(items, { entry: 'a', placeKind: 'village' })).toBe('one');
    expect(suggestedLine(items, { entry: 'a', form: 'f', placeKind: 'village' })).toBe('two');
    expect(suggestedLine(items, { entry: 'z', placeKind: 'village' })).toBeUndefined();
  });
});

describe('the week strip', () => {
  it('counts by China days, Monday to Sunday', () => {
    const week = weekOf('2023-10-26', [{ started_at: '2023-10-25T16:30:00Z' }, { started_at: '2023-10-26T01:00:00Z' }, { started_at: '2023-10-22T10:00:00+08:00' }]);
    expect(week.map((day) => day.date)).toEqual(['2023-10-23', '2023-10-24', '2023-10-25', '2023-10-26', '2023-10-27', '2023-10-28', '2023-10-29']);
    expect(week.map((day) => day.count)).toEqual([0, 0, 0, 2, 0, 0, 0]);
  });
  it('shows rows that touch the week, those of today first', () => {
    const rows = [{ from: '2023-10-23', to: '2023-10-24' }, { from: '2023-10-23', to: '2023-10-31' }, { from: '2023-10-16', to: '2023-10-22' }, { from: '2023-10-30', to: '2023-11-05' }];
    expect(rowsOfWeek(rows, '2023-10-26')).toEqual([rows[1], rows[0]]);
  });
});

describe('what is owed', () => {
  const cell = (state: string, due_at = '2023-10-29T00:00:00+08:00') => ({ state, due_at }) as never;
  it('names the returned before the overdue before the due, and nothing that is done', () => {
    expect(owed([cell('due'), cell('accepted'), cell('overdue'), cell('na'), cell('returned'), cell('not_due'), cell('exempt')]).map((one) => one.state)).toEqual(['returned', 'overdue', 'due']);
  });
});

describe('the change feed', () => {
  const here = { campaign: 'c', place: 'p' };
  const activity = (id: string): Activity => ({ id, started_at: '2023-10-07T09:00:00+08:00' }) as Activity;
  const change = (part: Partial<Change>): Change => ({ kind: 'activity', id: 'x', operation: 'put', ...part }) as Change;
  it.each<[string, Partial<Change>, string[], string[]]>([
    ['puts a new one', { id: 'n', place: 'p', activity: activity('n') }, ['a', 'n'], []],
    ['replaces a known one', { id: 'a', place: 'p', activity: activity('a') }, ['a'], []],
    ['drops a removed one', { id: 'a', operation: 'delete', place: 'p' }, [], []],
    ['drops one that moved to another place', { id: 'a', place: 'q', activity: activity('a') }, [], []],
    ['never keeps another place’s', { id: 'z', place: 'q', activity: activity('z') }, ['a'], []],
    ['fetches deadlines after a report', { kind: 'report', place: 'p' }, ['a'], ['cells']],
    ['fetches the plan after its head', { kind: 'plan', place: 'p' }, ['a'], ['cells', 'plan']],
    ['fetches the plan when a row is only named', { kind: 'plan_row', place: 'p' }, ['a'], ['plan']],
    ['fetches choices after a new version', { kind: 'campaign' }, ['a'], ['choices']],
    ['minds no other place’s report', { kind: 'report', place: 'q' }, ['a'], []],
  ])('%s', (_title, part, ids, stale) => {
    const got = consequenceOf([change(part)], [activity('a')], [], here);
    expect(got.activities.map((one) => one.id)).toEqual(ids);
    expect(Array.from(got.stale).sort()).toEqual(stale);
  });
  it('takes rows one by one', () => {
    const row = (id: string, focus: string): PlanRow => ({ id, focus }) as PlanRow;
    const got = consequenceOf([change({ kind: 'plan_row', id: 'r', place: 'p', plan_row: row('r', 'new') }), change({ kind: 'plan_row', id: 's', place: 'p', operation: 'delete' })], [], [row('r', 'old'), row('s', ''), row('t', '')], here);
    expect(got.rows?.map((one) => [one.id, one.focus])).toEqual([['t', ''], ['r', 'new']]);
  });
});

describe('small pictures for a place without signal', () => {
  const of = (...photos: [string, boolean][]): Activity => ({ photos: photos.map(([id, received]) => ({ id, received })) }) as unknown as Activity;
  it('fetches what is missing and received, and forgets what is gone', () => {
    expect(errand([of(['a', true], ['b', true], ['c', false])], ['/api/v1/photos/a/320', '/api/v1/photos/z/320']))
      .toEqual({ fetch: ['/api/v1/photos/b/320'], drop: ['/api/v1/photos/z/320'] });
  });
  it('fetches not more than forty at a time', () => {
    expect(errand([of(...Array.from({ length: 60 }, (_, index): [string, boolean] => [String(index), true]))], []).fetch).toHaveLength(40);
  });
});

describe('the list of records', () => {
  const activity = { id: 'a', title: '旧', started_at: '2023-10-07T09:00:00+08:00', entry: 'e', photos: [] } as unknown as Activity;
  const entry = (change: object) => ({ ...newEntry('me', { campaign: 'c', place: 'p', entry: 'e', started_at: '2023-10-08T09:00:00+08:00', title: '新', text: '' }, 0), ...change }) as never;
  it.each<[string, object, string[]]>([
    ['an unsent edit covers what the server has', { key: 'a', state: 'waiting' }, ['新']],
    ['a sent edit does not', { key: 'a', state: 'sent' }, ['旧']],
    ['a removal hides it', { key: 'a', state: 'waiting', operation: 'delete' }, []],
    ['a new one stands beside it, the latest first', { key: 'n', state: 'failed' }, ['新', '旧']],
    ['a draft stands elsewhere', { key: 'n', state: 'draft' }, ['旧']],
  ])('%s', (_title, change, titles) => expect(merged([activity], [entry(change)]).map((line) => line.title)).toEqual(titles));
});

describe('edits of a report', () => {
  const section = { activity: 'a', text: '原文', photos: [{ id: '2', chosen: true, order: 2, received: true }, { id: '1', chosen: true, order: 1, received: true, caption: '现场' }, { id: '3', chosen: false, received: true }] } as never;
  it('begin from the server’s choice and order', () => expect(chosenOf(section, emptyEdits())).toEqual([{ id: '1', caption: '现场' }, { id: '2' }]));
  it('send only what was changed', () => {
    const edits = { ...emptyEdits(), texts: { a: '改' }, photos: { b: [{ id: '9' }] }, empty: { 2: '无' } };
    expect(changeFrom(edits)).toEqual({ sections: [{ activity: 'a', text: '改' }, { activity: 'b', photos: [{ id: '9' }] }], weeks: [{ index: 2, empty_text: '无' }] });
    expect(hasEdits(emptyEdits())).toBe(false);
    expect(hasEdits({ ...emptyEdits(), reason: '' })).toBe(true);
  });
  it.each([[0, 1, 'bac'], [2, -1, 'acb'], [0, -1, 'abc'], [2, 1, 'abc']])('move picture %i by %i', (from, by, result) => expect(moved(['a', 'b', 'c'], from, by).join('')).toBe(result));
});

describe('the label of a row', () => {
  const campaign = { report_periods: [{ month: '2023-10', weeks: [{ index: 3, label: '10月第三周', from: '2023-10-16', to: '2023-10-22' }] }] } as unknown as Parameters<typeof ownLabel>[3];
  it.each<[string, string, string, string | undefined]>([
    ['is left to the form when it is the week’s own', '10月第三周', '2023-10-16', undefined],
    ['is left to the form when it is the week’s own without its month', '第三周', '2023-10-16', undefined],
    ['is left to the form when it is empty', ' ', '2023-10-16', undefined],
    ['is kept when somebody worded it', '开学周', '2023-10-16', '开学周'],
    ['is kept where the dates are no week of the form', '第三周', '2023-10-17', '第三周'],
  ])('%s', (_title, label, from, kept) => expect(ownLabel(label, from, '2023-10-22', campaign)).toBe(kept));
});

describe('copying a month of the plan', () => {
  const months = ['2023-08', '2023-09', '2023-10', '2023-11', '2023-12'];
  const rows = (...of: string[]) => of.map((month) => ({ month }) as PlanRow);
  it.each<[string, PlanRow[], string, object | undefined]>([
    ['the last planned month to the next empty one', rows('2023-08', '2023-10'), '2023-10-26', { from: '2023-10', to: '2023-11' }],
    ['into this month when it is empty', rows('2023-09'), '2023-10-26', { from: '2023-09', to: '2023-10' }],
    ['nothing when nothing is planned', [], '2023-10-26', undefined],
    ['nothing when all is planned', rows(...months), '2023-10-26', undefined],
  ])('%s', (_title, planned, day, step) => expect(copyStep(planned, months, day)).toEqual(step));
});

describe('links', () => {
  it.each([['#abc', 'abc'], ['#token=abc', 'abc'], ['', ''], ['#a%2Bb', 'a+b']])('token of %j', (hash, token) => expect(tokenOf(hash)).toBe(token));
  it.each([['/reports', '/reports'], ['//evil.test', '/'], ['https://evil.test', '/'], ['/\\evil.test', '/'], [undefined, '/']])('goes on to %j safely', (next, path) => expect(safeNext(next)).toBe(path));
});
