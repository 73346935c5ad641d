import { describe, expect, it } from 'vitest';
import { draftOf, nameFor, ruleFor, tighteningOf, type Tightness } from './tighten';

const tightness: Tightness = { campaign: 'c', etag: '"1"', model: 'm', model_version: 1, document_number: '', may: ['tighten'],
  deadlines: [
    { id: 'plan', name: '计划表', rule: '8月16日前', model_rule: '8月16日前', on: '2023-08-16', model_on: '2023-08-16', grace_days: 0, model_grace_days: 0 },
    { id: 'report', name: '月报', rule: '每月28日前', model_rule: '每月28日前', day: 28, model_day: 28, grace_days: 2, model_grace_days: 2 }],
  quotas: [{ id: 'weekly', name: '每周不少于2次', model_name: '每周不少于2次', minimum: 2, model_minimum: 2 }] };

describe('tightening', () => {
  it('is nothing while all stands as the model has it', () => {
    expect(tighteningOf(tightness, draftOf(tightness))).toEqual({ deadlines: [], quotas: [] });
  });
  it('names only what was changed, with its words', () => {
    const draft = draftOf(tightness);
    Object.assign(draft.deadlines[0]!, { on: '2023-08-10', rule: '8月10日前' });
    Object.assign(draft.deadlines[1]!, { grace: '0' });
    Object.assign(draft.quotas[0]!, { minimum: '3', name: ' 每周不少于3次 ' });
    expect(tighteningOf(tightness, draft)).toEqual({
      deadlines: [{ id: 'plan', on: '2023-08-10', rule: '8月10日前' }, { id: 'report', grace_days: 0 }],
      quotas: [{ id: 'weekly', minimum: 3, name: '每周不少于3次' }] });
  });
  it('never passes over what is no number', () => {
    const draft = draftOf(tightness);
    Object.assign(draft.deadlines[1]!, { day: '二十五', grace: 'x' });
    Object.assign(draft.quotas[0]!, { minimum: '3次' });
    expect(tighteningOf(tightness, draft)).toMatchObject({ deadlines: [{ day: -1, grace_days: -1 }], quotas: [{ minimum: -1 }] });
  });
  it('proposes the words with the new figure in them', () => {
    expect(ruleFor(tightness.deadlines[0]!, { on: '2023-08-09', day: '' })).toBe('8月9日前');
    expect(ruleFor(tightness.deadlines[1]!, { on: '', day: '25' })).toBe('每月25日前');
    expect(nameFor(tightness.quotas[0]!, '3')).toBe('每周不少于3次');
    expect(nameFor({ ...tightness.quotas[0]!, model_name: '全年12次，每月1次', model_minimum: 1 }, '2')).toBe('全年12次，每月2次');
  });
});
