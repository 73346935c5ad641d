import { newId, NoAnswer, Refusal, settle } from '@wujin/api';
import { reactive } from 'vue';
import { api, tell, type Campaign, type PlanRow, type Wire } from '../desk/api';

export type RowFields = Pick<PlanRow, 'month' | 'week_label' | 'from' | 'to' | 'places' | 'focus' | 'topic' | 'in_charge' | 'order'>;

/** A row as it stands on this desk beside what the server last said of it. */
export interface EditedRow {
  id: string;
  etag?: string;
  mine: RowFields;
  saved?: PlanRow;
  state: 'saved' | 'saving' | 'changed' | 'refused' | 'conflict';
  problem: string;
  /** The row as somebody else left it, when both changed it. */
  theirs?: PlanRow;
}

export const fields: readonly (keyof RowFields)[] = ['month', 'week_label', 'from', 'to', 'places', 'focus', 'topic', 'in_charge', 'order'];

export const fieldsOf = (row: PlanRow): RowFields => ({
  month: row.month, week_label: row.week_label, from: row.from, to: row.to, places: [...row.places],
  focus: row.focus, topic: row.topic ?? '', in_charge: row.in_charge, order: row.order,
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? '') === JSON.stringify(b ?? '');

/** The fields in which two states of a row differ. */
export const differing = (a: RowFields, b: RowFields): (keyof RowFields)[] => fields.filter((field) => !same(a[field], b[field]));

export const editedRow = (row: PlanRow): EditedRow =>
  reactive({ id: row.id, etag: row.etag, mine: fieldsOf(row), saved: row, state: 'saved', problem: '' });

function body(mine: RowFields): Wire<'PlanRowChange'> {
  return { month: mine.month, week_label: mine.week_label, from: mine.from, to: mine.to, places: mine.places, focus: mine.focus.trim(),
    topic: mine.topic?.trim(), in_charge: mine.in_charge.trim(), order: mine.order };
}

/** The next report week of a month that no row has yet; its last week when all are taken. */
export function nextWeek(campaign: Campaign, month: string, taken: readonly RowFields[]) {
  const weeks = campaign.report_periods.find((period) => period.month === month)?.weeks ?? [];
  return weeks.find((week) => !taken.some((row) => row.from <= week.to && week.from <= row.to)) ?? weeks.at(-1);
}

const at = '/api/v1/plans/{campaign}/{place}/rows/{row}' as const;

/** Writes rows one by one, so that two people at two rows never meet; a row is never sent twice at a time. */
export class RowWriter {
  readonly #again = new Set<string>();

  constructor(private readonly campaign: string, private readonly place: string, private readonly afterwards: () => void) {}

  async save(row: EditedRow): Promise<void> {
    if (row.state === 'conflict') return;
    if (row.saved && !differing(row.mine, fieldsOf(row.saved)).length) {
      row.state = 'saved';
      row.problem = '';
      return;
    }
    if (row.state === 'saving') {
      this.#again.add(row.id);
      return;
    }
    row.state = 'saving';
    row.problem = '';
    const sent: RowFields = { ...row.mine, places: [...row.mine.places] };
    try {
      const answer = await settle(api.PUT(at, {
        params: { path: { campaign: this.campaign, place: this.place, row: row.id }, header: row.etag ? { 'If-Match': row.etag } : { 'If-None-Match': '*' } },
        body: body(sent),
      }));
      this.#take(row, answer, sent);
      this.afterwards();
    } catch (failure) {
      this.#refused(row, failure);
    }
    if (this.#again.delete(row.id)) await this.save(row);
  }

  /** Both changed it: mine goes over theirs, knowingly. */
  async keepMine(row: EditedRow): Promise<void> {
    if (!row.theirs) return;
    row.etag = row.theirs.etag;
    row.saved = row.theirs;
    row.theirs = undefined;
    row.state = 'changed';
    await this.save(row);
  }

  keepTheirs(row: EditedRow): void {
    if (!row.theirs) return;
    Object.assign(row, { etag: row.theirs.etag, saved: row.theirs, mine: fieldsOf(row.theirs), theirs: undefined, state: 'saved', problem: '' });
  }

  async remove(row: EditedRow): Promise<void> {
    await settle(api.DELETE(at, { params: { path: { campaign: this.campaign, place: this.place, row: row.id }, header: { 'If-Match': row.etag } } }));
    this.afterwards();
  }

  /** A removed row comes back under a new id: the old one is gone for good. */
  revive(row: EditedRow): EditedRow {
    return reactive({ id: newId(), mine: row.mine, state: 'changed', problem: '' });
  }

  #take(row: EditedRow, answer: PlanRow, sent: RowFields): void {
    row.etag = answer.etag;
    row.saved = answer;
    row.state = 'saved';
    // What was typed while the answer was under way is newer than the answer.
    for (const field of fields) {
      if (same(row.mine[field], sent[field])) Object.assign(row.mine, { [field]: fieldsOf(answer)[field] });
      else this.#again.add(row.id);
    }
  }

  #refused(row: EditedRow, failure: unknown): void {
    if (failure instanceof Refusal && failure.status === 412 && failure.current) {
      row.theirs = failure.current as PlanRow;
      row.state = 'conflict';
      return;
    }
    row.state = 'refused';
    row.problem = tell(failure);
    if (failure instanceof NoAnswer) this.#again.delete(row.id);
  }
}
