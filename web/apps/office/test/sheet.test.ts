import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { differing, editedRow, fieldsOf, nextWeek, RowWriter } from '../src/plans/rows';
import { step, type Caret, type Press, type Spot } from '../src/plans/sheet';
import { fakeServer, problem } from './fake_server';
import { sampleCampaign, sampleRow } from './sample';

afterEach(() => vi.unstubAllGlobals());

const whole: Caret = { start: 0, end: 3, length: 3 };
const inside: Caret = { start: 1, end: 1, length: 3 };
const size = { rows: 3, columns: 4 };

describe('walking a sheet', () => {
  it.each<[string, Press, Caret | undefined, Spot | undefined]>([
    ['Enter goes down', { key: 'Enter' }, inside, { row: 2, column: 1 }],
    ['Shift+Enter goes up', { key: 'Enter', shift: true }, inside, { row: 0, column: 1 }],
    ['Enter while an input method composes stays', { key: 'Enter', composing: true }, inside, undefined],
    ['arrows go up and down', { key: 'ArrowUp' }, inside, { row: 0, column: 1 }],
    ['left stays inside a text', { key: 'ArrowLeft' }, inside, undefined],
    ['left leaves a text that is wholly selected', { key: 'ArrowLeft' }, whole, { row: 1, column: 0 }],
    ['right leaves from the end', { key: 'ArrowRight' }, { start: 3, end: 3, length: 3 }, { row: 1, column: 2 }],
    ['left leaves from the beginning', { key: 'ArrowLeft' }, { start: 0, end: 0, length: 3 }, { row: 1, column: 0 }],
    ['an empty cell is left at once', { key: 'ArrowRight' }, { start: 0, end: 0, length: 0 }, { row: 1, column: 2 }],
    ['arrows turn a date', { key: 'ArrowDown' }, undefined, undefined],
    ['with Control they walk', { key: 'ArrowDown', control: true }, undefined, { row: 2, column: 1 }],
    ['Control+End goes to the last cell', { key: 'End', control: true }, inside, { row: 2, column: 3 }],
    ['letters are letters', { key: 'a' }, whole, undefined],
  ])('%s', (_, press, caret, to) => expect(step(press, { row: 1, column: 1 }, size, caret)).toEqual(to));

  it('ends at the edges', () => {
    expect(step({ key: 'ArrowUp' }, { row: 0, column: 0 }, size, inside)).toBeUndefined();
    expect(step({ key: 'Enter' }, { row: 2, column: 0 }, size, inside)).toBeUndefined();
  });
});

describe('rows of a plan', () => {
  const writer = (done = vi.fn()) => new RowWriter('probe', 'a', done);

  it('are written one by one with the etag they were read with', async () => {
    const done = vi.fn();
    const log = fakeServer(({ body }) => ({ body: { ...sampleRow(), ...(body as object), etag: '"2"' } }));
    const row = editedRow(sampleRow());
    row.mine.focus = '五组';
    await writer(done).save(row);
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({ method: 'PUT', path: '/api/v1/plans/probe/a/rows/00000000-0000-4000-8000-000000000001', body: { focus: '五组' } });
    expect(log[0]!.header('If-Match')).toBe('"1"');
    expect([row.state, row.etag, done.mock.calls.length]).toEqual(['saved', '"2"', 1]);
  });

  it('are not written when nothing differs', async () => {
    const log = fakeServer(() => undefined);
    await writer().save(editedRow(sampleRow()));
    expect(log).toHaveLength(0);
  });

  it('are made, never replaced, while they are new', async () => {
    const log = fakeServer(() => ({ status: 201, body: sampleRow() }));
    await writer().save({ id: sampleRow().id, mine: fieldsOf(sampleRow()), state: 'changed', problem: '' });
    expect(log[0]!.header('If-None-Match')).toBe('*');
  });

  it('keep what was typed while the answer was under way, and write it after', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    const log = fakeServer(async ({ body }) => { if (log.length === 1) await held; return { body: { ...sampleRow(), ...(body as object), etag: `"${log.length + 1}"` } }; });
    const row = editedRow(sampleRow());
    const write = writer();
    row.mine.focus = '五组';
    const first = write.save(row);
    await nextTick();
    row.mine.in_charge = '示例乙';
    void write.save(row);
    release();
    await first;
    expect(log.map((asked) => (asked.body as { in_charge: string }).in_charge)).toEqual(['示例甲', '示例乙']);
    expect(log[1]!.header('If-Match')).toBe('"2"');
    expect(row.mine).toMatchObject({ focus: '五组', in_charge: '示例乙' });
    expect(row.state).toBe('saved');
  });

  it('show mine and theirs when both changed one, and let one choose', async () => {
    const theirs = sampleRow({ focus: '晨光家园', etag: '"7"', updated_by: '示例乙' });
    const log = fakeServer(({ header, body }) => (header('If-Match') === '"7"' ? { body: { ...theirs, ...(body as object), etag: '"8"' } } : { status: 412, body: problem(412, 'stale', { current: theirs }) }));
    const row = editedRow(sampleRow());
    const write = writer();
    row.mine.focus = '五组';
    await write.save(row);
    expect([row.state, row.theirs?.focus, row.mine.focus]).toEqual(['conflict', '晨光家园', '五组']);
    expect(differing(row.mine, fieldsOf(row.theirs!))).toEqual(['focus']);
    await write.save(row);
    expect(log).toHaveLength(1);
    await write.keepMine(row);
    expect([row.state, row.mine.focus, row.etag]).toEqual(['saved', '五组', '"8"']);

    const other = editedRow(sampleRow());
    other.mine.focus = '六组';
    await write.save(other);
    write.keepTheirs(other);
    expect([other.state, other.mine.focus, other.etag, log.length]).toEqual(['saved', '晨光家园', '"7"', 3]);
  });

  it.each<[string, 'cut' | { status: number; body: object }, string]>([
    ['a cut line', 'cut', '现在没有网络。'], ['a refusal', { status: 422, body: problem(422, 'too_long') }, '因为too_long'],
  ])('stay as typed after %s and can be tried again', async (_, answer, words) => {
    let works = false;
    fakeServer(({ body }) => (works ? { body: { ...sampleRow(), ...(body as object), etag: '"2"' } } : answer));
    const row = editedRow(sampleRow());
    const write = writer();
    row.mine.focus = '五组';
    await write.save(row);
    expect([row.state, row.problem, row.mine.focus]).toEqual(['refused', words, '五组']);
    works = true;
    await write.save(row);
    expect([row.state, row.problem]).toEqual(['saved', '']);
  });

  it('come back under a new id', () => {
    const row = editedRow(sampleRow());
    expect(writer().revive(row).id).not.toBe(row.id);
  });

  it('begin in the first week of the month that has none', () => {
    const campaign = sampleCampaign();
    expect(nextWeek(campaign, '2023-10', [fieldsOf(sampleRow())])?.index).toBe(2);
    expect(nextWeek(campaign, '2023-10', [])?.index).toBe(1);
    expect(nextWeek(campaign, '2023-11', [])).toBeUndefined();
  });
});
