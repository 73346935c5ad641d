import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { changeOf, editOf } from '../src/outbox/change';
import { newEntry, stamped, type Activity, type Fields, type OutboxEntry } from '../src/outbox/entry';
import { isDue, next, pauseAfter, progressOf, type Event } from '../src/outbox/transitions';
import { grant, leaseTime } from '../src/outbox/lease';

const fields: Fields = { campaign: 'sample', place: '1', entry: 'a', started_at: '2023-10-07T09:00:00+08:00', title: '院坝会', text: '讲了用火用电。' };
const entry = (change: Partial<OutboxEntry> = {}): OutboxEntry => ({ ...newEntry('me', fields, 1000), ...change });
const after = (start: OutboxEntry, ...events: Event[]): OutboxEntry => events.reduce((now, event) => next(now, event, 2000), start);

describe('a record on the phone', () => {
  it.each<[string, Event[], OutboxEntry['state']]>([
    ['is a draft until it is saved', [], 'draft'],
    ['waits once saved', [{ kind: 'saved' }], 'waiting'],
    ['is on its way when the sender took it up', [{ kind: 'saved' }, { kind: 'started', clockOffset: 0 }], 'sending'],
    ['waits again when the line is dead', [{ kind: 'saved' }, { kind: 'started', clockOffset: 0 }, { kind: 'unreachable' }], 'waiting'],
    ['fails for a while when the server is busy', [{ kind: 'saved' }, { kind: 'started', clockOffset: 0 }, { kind: 'refused', detail: 'busy', passing: true }], 'failed'],
    ['stands aside when something must be changed', [{ kind: 'saved' }, { kind: 'started', clockOffset: 0 }, { kind: 'refused', detail: 'bad', passing: false }], 'rejected'],
    ['waits again when tapped after a refusal', [{ kind: 'saved' }, { kind: 'refused', detail: 'bad', passing: false }, { kind: 'retried' }], 'waiting'],
    ['asks which side to keep', [{ kind: 'saved' }, { kind: 'overtaken' }], 'conflict'],
    ['goes again when mine is kept', [{ kind: 'saved' }, { kind: 'overtaken' }, { kind: 'keptMine' }], 'waiting'],
    ['is done when theirs is taken', [{ kind: 'saved' }, { kind: 'overtaken' }, { kind: 'tookTheirs' }], 'sent'],
    ['is done when everything is there', [{ kind: 'saved' }, { kind: 'started', clockOffset: 0 }, { kind: 'recorded', etag: '"1"' }, { kind: 'finished' }], 'sent'],
    ['is a draft again when opened and changed', [{ kind: 'saved' }, { kind: 'edited' }], 'draft'],
  ])('%s', (_title, events, state) => {
    expect(after(entry(), ...events).state).toBe(state);
  });

  it('gets another idempotency key with every change, and keeps it through failures', () => {
    const saved = after(entry(), { kind: 'saved' });
    expect(after(saved, { kind: 'started', clockOffset: 0 }, { kind: 'refused', detail: '', passing: true }, { kind: 'retried' }).idempotency).toBe(saved.idempotency);
    expect(after(saved, { kind: 'edited' }, { kind: 'saved' }).idempotency).not.toBe(saved.idempotency);
  });

  it('keeps mine against the newest of theirs', () => {
    const theirs = { etag: '"9"' } as Activity;
    const kept = after(entry({ base: '"3"' }), { kind: 'saved' }, { kind: 'overtaken', theirs }, { kind: 'keptMine' });
    expect(kept.base).toBe('"9"');
    expect(kept.theirs).toBeUndefined();
  });

  it('does not forget that the server has it when a picture fails', () => {
    const failed = after(entry(), { kind: 'saved' }, { kind: 'started', clockOffset: 0 }, { kind: 'recorded', etag: '"1"' }, { kind: 'refused', detail: '', passing: true });
    expect(failed.recorded).toBe(true);
    expect(failed.base).toBe('"1"');
  });

  it('waits as long as the server said', () => {
    expect(after(entry(), { kind: 'saved' }, { kind: 'refused', detail: '', passing: true, retryAfter: 42 }).notBefore).toBe(2000 + 42_000);
  });

  it.each([[1, 5_000], [2, 10_000], [5, 80_000], [50, 600_000]])('after %i failures pauses %i ms', (attempts, pause) => {
    expect(pauseAfter(attempts)).toBe(pause);
  });

  it.each<[string, Partial<OutboxEntry>, string | undefined, boolean]>([
    ['waiting', { state: 'waiting' }, 'me', true],
    ['left on its way by a page that died', { state: 'sending' }, 'me', true],
    ['failed and its pause is over', { state: 'failed', notBefore: 10 }, 'me', true],
    ['failed and its pause runs', { state: 'failed', notBefore: 9000 }, 'me', false],
    ['a draft', { state: 'draft' }, 'me', false],
    ['rejected', { state: 'rejected' }, 'me', false],
    ['somebody else’s', { state: 'waiting' }, 'you', false],
    ['mine, but nobody is signed in', { state: 'waiting' }, undefined, false],
  ])('is sent when due: %s', (_title, change, account, due) => {
    expect(isDue(entry(change), account, 2000)).toBe(due);
  });

  it('counts its own pictures only', () => {
    const photos: OutboxEntry['photos'] = [
      { id: 'a', state: 'sent', name: '', bytes: 100 }, { id: 'b', state: 'ready', name: '', bytes: 100, sentBytes: 50 }, { id: 'c', state: 'there', name: '', bytes: 999 },
    ];
    expect(progressOf(entry({ photos }))).toEqual({ done: 1, total: 2, share: 0.75 });
  });
});

describe('what goes over the wire', () => {
  it('leaves out what is empty, keeps an empty text, and tells the phone’s clock', () => {
    const change = changeOf(stamped(entry({ fields: { ...fields, text: '', point: '', audiences: [], form: undefined } }), 60_000));
    expect(change).not.toHaveProperty('point');
    expect(change).not.toHaveProperty('audiences');
    expect(change).not.toHaveProperty('form');
    expect(change.text).toBe('');
    expect(change.recorded_at).toBe(new Date(1000 - 60_000).toISOString());
    expect(change.clock_offset_ms).toBe(60_000);
  });

  it('says the same of the clock in every repeat, and anew after a change', () => {
    const first = after(entry(), { kind: 'saved' }, { kind: 'started', clockOffset: 60_000 });
    const again = after(first, { kind: 'unreachable' }, { kind: 'started', clockOffset: 0 });
    expect(changeOf(again)).toEqual(changeOf(first));
    expect(changeOf(after(again, { kind: 'saved' }, { kind: 'started', clockOffset: 0 })).clock_offset_ms).toBe(0);
  });

  it('edits only what may be changed and begins from the server’s etag', () => {
    const activity = { ...fields, id: 'x', etag: '"4"', place_name: '示例村', photos: [{ id: 'p', bytes: 3, sha256: 'f', received: true, near_duplicates: [] }], organizer: 'village', received_at: '', updated_at: '', recorded_by: '', month: '2023-10', supplement: false, may: [] } as unknown as Activity;
    const edit = editOf(activity, 'me', 5);
    expect(edit.base).toBe('"4"');
    expect(edit.key).toBe('x');
    expect(Object.keys(changeOf(edit))).not.toContain('place_name');
    expect(edit.photos[0]!.state).toBe('there');
  });
});

describe('the lease of the sending tab', () => {
  const held = { key: 'lease.sender', holder: 'a', until: 1000 + leaseTime };
  it.each<[string, Parameters<typeof grant>, boolean]>([
    ['nobody holds it', [undefined, 'b', 1000], true],
    ['I hold it and renew', [held, 'a', 1000], true],
    ['another holds it', [held, 'b', 1000], false],
    ['another held it and died', [held, 'b', 1001 + leaseTime], true],
    ['it was written by a clock that then jumped back', [{ ...held, until: 9e12 }, 'b', 1000], true],
  ])('%s', (_title, args, granted) => {
    expect(grant(...args) !== undefined).toBe(granted);
  });
});
