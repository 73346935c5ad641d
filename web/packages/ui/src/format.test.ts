import { afterEach, describe, expect, it } from 'vitest';
import { addDays, addMonths, chinaTime, civilDate, daysBetween, formatBytes, formatCount, formatDate, formatDateRange,
  formatMoment, formatReportWeek, formatWeekday, monday, monthOf } from './format';
import { language } from './translate';

afterEach(() => { language.value = 'zh'; });

describe('dates', () => {
  it('reckons in China wherever the browser is', () => {
    expect(civilDate('2023-10-25T16:00:00Z')).toBe('2023-10-26');
    expect(civilDate('2023-10-25T15:59:59Z')).toBe('2023-10-25');
    expect(chinaTime(Date.parse('2023-10-26T09:12:00+08:00'))).toMatchObject({ hour: 9, minute: 12, weekday: 3 });
  });

  it.each([
    ['2023-10-26', '2023-10-23'], ['2023-10-29', '2023-10-23'], ['2023-10-23', '2023-10-23'], ['2024-01-01', '2024-01-01'],
    ['2023-01-01', '2022-12-26'],
  ])('finds the Monday of %s', (date, expected) => expect(monday(date)).toBe(expected));

  it('steps over the ends of months and years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
    expect(daysBetween('2023-10-28', '2023-11-02')).toBe(5);
    expect(addMonths('2023-12', 1)).toBe('2024-01');
    expect(addMonths('2024-01', -1)).toBe('2023-12');
    expect(monthOf('2023-10-31T17:00:00Z')).toBe('2023-11');
    expect(monthOf('2023-10-31')).toBe('2023-10');
  });
});

describe('wording of dates', () => {
  it('names a week as offices do', () => {
    expect(formatReportWeek('2023-10', 4, '2023-10-23', '2023-10-31')).toBe('10月第四周（10月23日—31日）');
    expect(formatDateRange('2023-09-25', '2023-10-01')).toBe('9月25日—10月1日');
    expect(formatDateRange('2023-10-01', '2023-10-01')).toBe('10月1日');
    expect(formatMoment('2023-10-26T01:12:00Z')).toBe('10月26日 09:12');
    expect(formatWeekday('2023-10-26')).toBe('星期四');
  });

  it('says the same in English', () => {
    language.value = 'en';
    expect(formatDate('2023-10-09')).toBe('9 Oct');
    expect(formatDateRange('2023-10-09', '2023-10-15')).toBe('9–15 Oct');
    expect(formatReportWeek('2023-10', 1, '2023-10-01', '2023-10-08')).toBe('Oct, week 1 (1–8 Oct)');
  });

  it('groups long numbers', () => {
    expect(formatCount(1246)).toBe('1,246');
    expect(formatCount(620573)).toBe('620,573');
    expect(formatCount(38)).toBe('38');
    expect(formatBytes(900)).toBe('900 B');
    expect(formatBytes(2_621_440)).toBe('2.5 MB');
  });
});
