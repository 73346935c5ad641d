import type { Wire } from '../desk/api';

export type Tightness = Wire<'Tightness'>;
export type Tightening = Wire<'Tightening'>;

/** One line of the dialog: a deadline or a quota as the town has it, beside the model's. */
export interface DeadlineDraft { id: string; on: string; day: string; grace: string; rule: string }
export interface QuotaDraft { id: string; minimum: string; name: string }
export interface TighteningDraft { deadlines: DeadlineDraft[]; quotas: QuotaDraft[] }

export const draftOf = (of: Tightness): TighteningDraft => ({
  deadlines: of.deadlines.map((one) => ({
    id: one.id, on: one.on ?? '', day: one.day === undefined ? '' : String(one.day), grace: String(one.grace_days), rule: one.rule })),
  quotas: of.quotas.map((one) => ({ id: one.id, minimum: String(one.minimum), name: one.name })),
});

const monthAndDay = (date: string): string => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日`;

/** The rule in words with its day replaced: “每月28日前” becomes “每月25日前”. As it was when it names no day. */
export function ruleFor(model: Tightness['deadlines'][number], draft: Pick<DeadlineDraft, 'on' | 'day'>): string {
  if (model.model_on && draft.on) return model.model_rule.replace(monthAndDay(model.model_on), monthAndDay(draft.on));
  if (model.model_day !== undefined && draft.day) return model.model_rule.replace(`${model.model_day}日`, `${draft.day}日`);
  return model.model_rule;
}

/** Likewise a quota's name with its figure. */
export const nameFor = (model: Tightness['quotas'][number], minimum: string): string =>
  model.model_name.replace(new RegExp(`(^|\\D)${model.model_minimum}(?!\\d)`), `$1${minimum}`);

/** What is no number is sent as one the server refuses at its field. */
const figure = (text: string): number => (/^\d+$/.test(text.trim()) ? Number(text) : -1);

/** What the town asks beyond the model. What stands as the model has it is left out. */
export function tighteningOf(of: Tightness, draft: TighteningDraft): Tightening {
  const deadlines = draft.deadlines.flatMap((one, index) => {
    const model = of.deadlines[index]!;
    const moved = { ...(one.on && one.on !== model.model_on ? { on: one.on } : {}),
      ...(one.day && figure(one.day) !== model.model_day ? { day: figure(one.day) } : {}) };
    const rule = Object.keys(moved).length ? { rule: one.rule.trim() } : {};
    const grace = one.grace !== '' && figure(one.grace) !== model.model_grace_days ? { grace_days: figure(one.grace) } : {};
    const change = { ...moved, ...rule, ...grace };
    return Object.keys(change).length ? [{ id: one.id, ...change }] : [];
  });
  const quotas = draft.quotas.flatMap((one, index) => {
    const model = of.quotas[index]!;
    return one.minimum === '' || figure(one.minimum) === model.model_minimum ? [] : [{ id: one.id, minimum: figure(one.minimum), name: one.name.trim() }];
  });
  return { deadlines, quotas };
}
