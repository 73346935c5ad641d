import { describe, expect, it } from 'vitest';
import { boxEn } from './strings/box.en';
import { boxZh } from './strings/box.zh';
import { officeEn } from './strings/office.en';
import { officeZh } from './strings/office.zh';
import { phoneEn } from './strings/phone.en';
import { phoneZh } from './strings/phone.zh';
import { sharedEn } from './strings/shared.en';
import { sharedZh } from './strings/shared.zh';
import { fill, nameStation, shared, translator, useLanguage } from './translate';
import { readPreferences } from './preferences';

/** Without the station: it is named in Chinese alone, as the campaign calls it. */
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? '').filter((name) => name !== 'station').sort();

describe('words', () => {
  it.each([['shared', sharedZh, sharedEn], ['phone', phoneZh, phoneEn], ['office', officeZh, officeEn], ['box', boxZh, boxEn]])(
    'keep their placeholders in both languages (%s)', (_, zh, en) => {
      for (const key of Object.keys(zh)) {
        const pair = [zh, en].map((words) => placeholders((words as Record<string, string>)[key] ?? ''));
        expect(pair[1], key).toEqual(pair[0]);
      }
    });

  it('fills what it knows and leaves the rest to be seen', () => {
    expect(fill('逾期{n}天报送', { n: 2 })).toBe('逾期2天报送');
    expect(fill('{a}{b}', { a: 1 })).toBe('1{b}');
  });

  it('names the station as its campaign does, and by a word for any while none is known', () => {
    const t = translator({ review: '等{station}审核{n}份' }, async () => ({ review: 'The station reviews {n}' }));
    expect(t('review', { n: 2 })).toBe('等工作站审核2份');
    nameStation('镇平安办');
    expect(t('review', { n: 2 })).toBe('等镇平安办审核2份');
    nameStation(undefined);
    expect(t('review')).toBe('等工作站审核{n}份');
  });

  it('turns to English and back', async () => {
    const t = translator<'a'>({ a: '甲' }, async () => ({ a: 'A' }));
    expect(t('a')).toBe('甲');
    await useLanguage('en');
    expect([t('a'), shared('btn.save'), document.documentElement.lang]).toEqual(['A', 'Save', 'en']);
    await useLanguage('zh');
    expect([t('a'), document.documentElement.lang]).toEqual(['甲', 'zh-CN']);
  });

  it.each([null, '', 'null', '[]', '{"theme":7}', '{', '"x"'])('take stored preferences of any shape (%s)', (text) => {
    expect(readPreferences(text)).toEqual({ theme: 'auto', large: false, language: 'zh' });
  });
});
