import { describe, expect, it } from 'vitest';
import { changeOf, draftOf, instant, names, newDraft, usualTitle } from '../src/activities/draft';
import { factsOf } from '../src/activities/facts';
import { sha256 } from '../src/activities/sha256';
import { sampleActivity, sampleCampaign } from './sample';

describe('a draft', () => {
  it('comes back from the wire and goes there unchanged', () => {
    const one = sampleActivity({ point: '三组', audiences: ['a'], people_about: 40, partners: ['派出所', '学校'], plan_row: '00000000-0000-4000-8000-000000000009' });
    expect(changeOf(draftOf(one), 'probe', [], one)).toMatchObject({
      place: 'a', entry: 'school', started_at: '2023-10-09T09:30:00+08:00', title: '讲防火', text: '讲了。', point: '三组', audiences: ['a'],
      people_about: 40, partners: ['派出所', '学校'], plan_row: one.plan_row });
  });

  it('leaves out what nobody entered', () => {
    const draft = { ...newDraft(sampleCampaign(), 'a', Date.parse('2023-10-25T17:00:00Z'), 'village'), entry: 'school', title: 'x' };
    const change = JSON.parse(JSON.stringify(changeOf(draft, 'probe', []))) as object;
    expect(change).toEqual({ campaign: 'probe', place: 'a', entry: 'school', started_at: '2023-10-26T00:00:00+08:00', date_only: true, title: 'x', text: '', photos: [], organizer: 'village' });
  });

  it.each([['2023-10-26', '09:05', '2023-10-26T09:05:00+08:00'], ['2023-12-31', '23:59', '2023-12-31T23:59:00+08:00'], ['2023-10-26', '', '2023-10-26T00:00:00+08:00']])(
    'means China time by %s %s', (day, time, at) => expect(instant(day, time)).toBe(at));

  it('answers the plan’s row it was chosen for, and none when that is taken back', () => {
    const row = '00000000-0000-4000-8000-000000000009';
    const before = sampleActivity({ plan_row: row });
    expect(draftOf(before).plan_row).toBe(row);
    expect(changeOf({ ...draftOf(before), plan_row: '' }, 'probe', [], before).plan_row).toBeUndefined();
    expect(changeOf({ ...newDraft(sampleCampaign(), 'a', 0, 'village'), plan_row: row }, 'probe', []).plan_row).toBe(row);
  });
  it('splits names at any comma', () => expect(names('派出所、 学校，学校,物业；')).toEqual(['派出所', '学校', '物业']));
  it('makes a title of what was chosen', () => expect([usualTitle('进学校', '中心小学 '), usualTitle('进学校', '')]).toEqual(['进学校：中心小学', '进学校']));
  it('takes no number from words', () => expect(changeOf({ ...draftOf(sampleActivity()), people: '约40' }, 'probe', []).people_about).toBeUndefined());
});

describe('facts of an activity', () => {
  it('are only those entered', () => {
    const values = factsOf(sampleActivity({ people_about: 0 }), sampleCampaign()).map((fact) => fact.value);
    expect(values).toEqual(['进学校', '约0人', '本村（社区）', '示例甲 10月9日 12:00']);
  });
});

describe('SHA-256 without a secure context', () => {
  const native = async (text: Uint8Array<ArrayBuffer>) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', text))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  it.each([0, 1, 1 << 20, (1 << 20) + 3])('agrees with the browser’s on %i bytes', async (length) => {
    const bytes = Uint8Array.from({ length }, (_, n) => (n * 31 + 7) & 255);
    const file = { size: length, slice: (a: number, b: number) => ({ arrayBuffer: async () => bytes.slice(a, b).buffer }) } as unknown as Blob;
    expect(await sha256(file, true)).toBe(await native(bytes));
  });
});
