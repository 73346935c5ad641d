import { describe, expect, it } from 'vitest';
import { canBeFiled, maySettle, missing, needsSaying, openDoubts } from './doubts';
import { above, addActivity, editActivity, joinWithAbove, movePicture, newActivity, removeActivity, sectionsOf, setDay, setMonth, setWeek, splitActivity, type Week } from './tray';
import type { Doubt, Found, TrayActivity, TrayDraft } from './understanding';

const weeks: Week[] = [{ index: 1, from: '2023-10-01', to: '2023-10-08' }, { index: 2, from: '2023-10-09', to: '2023-10-15' }];
const sure = <T>(value: T): Found<T> => ({ value, percent: 95, why: 'heading' });
const unsure = <T>(value?: T): Found<T> => ({ value, percent: 40, why: 'neighbour' });

const activity = (key: string, week: number, more: Partial<TrayActivity> = {}): TrayActivity =>
  ({ key, week: sure(week), heldOn: unsure(), entry: sure('rural'), heading: '', text: `${key}的文字`, pictures: [], ...more });
const draft = (more: Partial<TrayDraft> = {}): TrayDraft => ({
  place: sure('a'), form: sure('report'), month: sure('2023-10'), rows: [], noActivityReason: '', unplaced: ['p9'], captions: {}, doubts: [], settled: [],
  activities: [activity('x', 1, { pictures: ['p1', 'p2'] }), activity('y', 1, { pictures: ['p3'] }), activity('z', 2)], ...more });
const pictures = (of: TrayDraft): Record<string, string[]> => ({ ...Object.fromEntries(of.activities.map((one) => [one.key, one.pictures])), unplaced: of.unplaced });
const keys = (of: TrayDraft): string[] => of.activities.map((one) => one.key);

describe('a picture', () => {
  it('goes to the end of another activity, or before one of its pictures', () => {
    expect(pictures(movePicture(draft(), 'p1', { activity: 'y' }, 'n'))).toEqual({ x: ['p2'], y: ['p3', 'p1'], z: [], unplaced: ['p9'] });
    expect(pictures(movePicture(draft(), 'p1', { activity: 'y' }, 'n', 'p3'))).toEqual({ x: ['p2'], y: ['p1', 'p3'], z: [], unplaced: ['p9'] });
  });

  it('changes its place among those it stands with', () => {
    expect(pictures(movePicture(draft(), 'p2', { activity: 'x' }, 'n', 'p1')).x).toEqual(['p2', 'p1']);
    expect(pictures(movePicture(draft(), 'p1', { activity: 'x' }, 'n')).x).toEqual(['p2', 'p1']);
    expect(movePicture(draft(), 'p1', { activity: 'x' }, 'n', 'p1')).toEqual(draft());
  });

  it('is left out and taken back', () => {
    const out = movePicture(draft(), 'p3', 'unplaced', 'n');
    expect(pictures(out)).toEqual({ x: ['p1', 'p2'], y: [], z: [], unplaced: ['p9', 'p3'] });
    expect(pictures(movePicture(out, 'p9', { activity: 'z' }, 'n'))).toEqual({ x: ['p1', 'p2'], y: [], z: ['p9'], unplaced: ['p3'] });
  });

  it('begins an activity of a week that has none for it', () => {
    const after = movePicture(draft(), 'p9', { newIn: 2 }, 'n');
    expect(keys(after)).toEqual(['x', 'y', 'z', 'n']);
    expect(after.activities[3]).toMatchObject({ week: { value: 2, why: 'person' }, pictures: ['p9'] });
  });

  it('stays where it is when its goal is gone meanwhile', () => {
    expect(movePicture(draft(), 'p1', { activity: 'gone' }, 'n')).toEqual(draft());
  });

  it('is never lost and never doubled, wherever it goes', () => {
    const all = (of: TrayDraft): string[] => Object.values(pictures(of)).flat().sort();
    let now = draft();
    for (const [picture, to] of [['p1', { activity: 'z' }], ['p9', { newIn: 1 }], ['p1', 'unplaced'], ['p3', { activity: 'x' }]] as const) {
      now = movePicture(now, picture, to, 'n');
      expect(all(now)).toEqual(['p1', 'p2', 'p3', 'p9']);
    }
    expect(all(removeActivity(joinWithAbove(now, 'y'), 'x'))).toEqual(['p1', 'p2', 'p3', 'p9']);
  });
});

describe('a paragraph', () => {
  it('becomes two activities of the same week, day and entry; its pictures stay with the first', () => {
    const before = draft({ activities: [activity('x', 1, { heading: '进农村', text: '第一场。\n第二场。', pictures: ['p1'], people: 30, heldOn: sure('2023-10-03') })] });
    const after = splitActivity(before, 'x', 4, 'n');
    expect(after.activities).toMatchObject([
      { key: 'x', heading: '进农村', text: '第一场。', pictures: ['p1'], people: 30 },
      { key: 'n', heading: '', text: '第二场。', pictures: [], week: { value: 1 }, entry: { value: 'rural' }, heldOn: { value: '2023-10-03' } }]);
    expect(after.activities[1]).not.toHaveProperty('people');
  });

  it.each([[0], [5], [99]])('is not split at %i, where one of the two would be empty', (at) => {
    expect(keys(splitActivity(draft(), 'x', at, 'n'))).toEqual(['x', 'y', 'z']);
  });

  it('is joined with the one above it in its week, and keeps what both say', () => {
    const before = draft({ activities: [activity('x', 1, { heading: '上', pictures: ['p1'] }), activity('z', 2), activity('y', 1, { heading: '下', people: 5, pictures: ['p3'], heldOn: sure('2023-10-02') })] });
    const after = joinWithAbove(before, 'y');
    expect(keys(after)).toEqual(['x', 'z']);
    expect(after.activities[0]).toMatchObject({ heading: '上', text: 'x的文字\n下\ny的文字', people: 5, pictures: ['p1', 'p3'], heldOn: { value: '2023-10-02' } });
  });

  it('at the head of a week has nothing above it', () => {
    expect(above(draft(), 'z')).toBeUndefined();
    expect(joinWithAbove(draft(), 'z')).toEqual(draft());
  });

  it('split and joined again is what it was', () => {
    const before = draft({ activities: [activity('x', 1, { text: '甲。\n乙。' })] });
    expect(joinWithAbove(splitActivity(before, 'x', 2, 'n'), 'n')).toEqual(before);
  });
});

describe('weeks and days', () => {
  it('lists every week of the month, and what belongs to none at the end', () => {
    const before = editActivity(draft(), 'y', { week: unsure(7) });
    expect(sectionsOf(before, weeks).map((section) => [section.week?.index, section.activities.map((one) => one.key)])).toEqual([[1, ['x']], [2, ['z']], [undefined, ['y']]]);
  });

  it('drops a day that another week does not have, and follows a day into its week', () => {
    const dated = setDay(draft(), 'x', '2023-10-10', weeks);
    expect(dated.activities[0]).toMatchObject({ week: { value: 2, why: 'person' }, heldOn: { value: '2023-10-10' } });
    expect(setWeek(dated, 'x', 1, weeks).activities[0]).toMatchObject({ week: { value: 1 }, heldOn: { value: undefined } });
    expect(setWeek(dated, 'x', 2, weeks).activities[0]?.heldOn.value).toBe('2023-10-10');
  });

  it('leaves the week to a day outside the month, which is then in doubt', () => {
    const odd = setDay(draft({ doubts: ['date_outside_week'] }), 'x', '2023-12-01', weeks);
    expect(odd.activities[0]?.week.value).toBe(1);
    expect(openDoubts(odd, weeks)).toEqual(['date_outside_week']);
  });

  it('keeps the number of a week in another month as far as that has it', () => {
    const short: Week[] = [{ index: 1, from: '2023-11-01', to: '2023-11-05' }];
    const after = setMonth(setDay(draft(), 'x', '2023-10-03', weeks), '2023-11', short);
    expect(after.activities.map((one) => [one.week.value, one.heldOn.value])).toEqual([[1, undefined], [1, undefined], [undefined, undefined]]);
  });
});

describe('what is in doubt', () => {
  const person = <T>(value: T): Found<T> => ({ value, percent: 100, why: 'person' });
  const row = { key: 'r', from: sure('2023-10-01'), to: sure('2023-10-08'), places: sure(['a']), weekLabel: '', focus: '', inCharge: '' };

  it.each<[Doubt, Partial<TrayDraft>, Partial<TrayDraft>]>([
    ['place_unknown', { place: unsure() }, { place: person('a') }],
    ['places_disagree', { place: unsure('a') }, { place: person('a') }],
    ['sender_of_other_place', { place: sure('a') }, { place: person('a') }],
    ['form_unknown', { form: unsure() }, { form: person('report') }],
    ['month_unknown', { month: unsure() }, { month: person('2023-10') }],
    ['months_disagree', { month: unsure('2023-09') }, { month: person('2023-10') }],
    ['month_outside', { month: unsure('2022-10') }, { form: person('plan') }],
    ['week_unknown', { activities: [activity('x', 1, { week: unsure(1) })] }, { activities: [activity('x', 1, { week: person(1) })] }],
    ['entry_unknown', { activities: [activity('x', 1, { entry: unsure() })] }, { activities: [activity('x', 1, { entry: person('rural') })] }],
    ['date_outside_week', { activities: [activity('x', 1, { heldOn: sure('2023-10-20') })] }, { activities: [activity('x', 1, { heldOn: person(undefined as never) })] }],
    ['pictures_unplaced', { unplaced: ['p9'] }, { unplaced: [] }],
    ['nothing_in_it', { activities: [] }, { activities: [], noActivityReason: '本月确未开展。' }],
    ['row_unclear', { rows: [{ ...row, to: unsure() }] }, { rows: [row] }],
    ['several_forms', {}, { settled: ['several_forms'] }],
    ['unreadable', {}, { settled: ['unreadable'] }],
    ['cloud_file', {}, { settled: ['cloud_file'] }],
  ])('%s stands until it is answered', (doubt, before, after) => {
    expect(openDoubts(draft({ doubts: [doubt], ...before }), weeks)).toEqual([doubt]);
    expect(openDoubts(draft({ doubts: [doubt], ...before, ...after }), weeks)).toEqual([]);
  });

  it('may stand where nothing else can answer it, or where the guess is right', () => {
    const all: Doubt[] = ['cloud_file', 'place_unknown', 'week_unknown', 'date_outside_week', 'month_outside', 'nothing_in_it', 'no_campaign'];
    expect(all.filter((doubt) => maySettle(doubt, draft()))).toEqual(['cloud_file', 'place_unknown', 'week_unknown']);
    expect(all.filter((doubt) => maySettle(doubt, draft({ place: unsure(), activities: [newActivity('n', undefined)] })))).toEqual(['cloud_file']);
  });

  it('of sender and arrival is settled by filing itself', () => {
    const clear = draft({ doubts: ['sender_unconfirmed', 'arrival_unconfirmed'] });
    expect(openDoubts(clear, weeks)).toEqual([]);
    expect([needsSaying(clear, false), needsSaying(clear, true), needsSaying(draft({ doubts: ['cloud_file'], settled: ['cloud_file'] }), false)]).toEqual([false, true, true]);
  });

  it('keeps a letter from being filed, and so does what is missing', () => {
    expect(canBeFiled(draft(), weeks)).toBe(true);
    expect(canBeFiled(draft({ doubts: ['cloud_file'] }), weeks)).toBe(false);
    expect(missing(draft({ place: unsure(), form: unsure() }))).toEqual(['place', 'form']);
    expect(missing(draft({ month: unsure(), activities: [newActivity('n', undefined)] }))).toEqual(['month', 'week', 'entry']);
    expect(missing(draft({ activities: [] }))).toEqual(['content']);
    expect(missing(draft({ form: sure('plan'), rows: [{ ...row, from: sure('2023-10-09') }] }))).toEqual(['dates']);
    expect(missing(addActivity(draft(), 'n', 1))).toEqual(['entry']);
  });
});
