import { language } from './translate';

// A town's days are China days wherever the browser thinks it is: all of this reckons in UTC+8, which has no summer time.
const offset = 8 * 3_600_000;
const day = 86_400_000;

export type Instant = number | string | Date;
/** A civil day as on the wire: "2023-10-26". */
export type CivilDate = string;

export interface ChinaTime { year: number; month: number; day: number; hour: number; minute: number; weekday: number }

const milliseconds = (at: Instant): number =>
  typeof at === 'number' ? at : at instanceof Date ? at.getTime() : Date.parse(at);

/** The parts of a moment in China; weekday 0 is Monday. */
export function chinaTime(at: Instant): ChinaTime {
  const shifted = new Date(milliseconds(at) + offset);
  return {
    year: shifted.getUTCFullYear(), month: shifted.getUTCMonth() + 1, day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(), minute: shifted.getUTCMinutes(), weekday: (shifted.getUTCDay() + 6) % 7,
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The China day a moment falls on. */
export function civilDate(at: Instant): CivilDate {
  const t = chinaTime(at);
  return `${t.year}-${two(t.month)}-${two(t.day)}`;
}

/** The moment a China day begins. */
export const startOfDay = (date: CivilDate): number => Date.parse(`${date}T00:00:00+08:00`);

export const addDays = (date: CivilDate, days: number): CivilDate => civilDate(startOfDay(date) + days * day);

/** Whole days from one day to another; negative when the second is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  Math.round((startOfDay(to) - startOfDay(from)) / day);

/** The Monday of a day's week. */
export const monday = (date: CivilDate): CivilDate => addDays(date, -chinaTime(startOfDay(date)).weekday);

/** "2023-10" of a day or moment. */
export const monthOf = (at: Instant): string =>
  (typeof at === 'string' && /^\d{4}-\d{2}(-\d{2})?$/.test(at) ? at : civilDate(at)).slice(0, 7);

export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${Math.floor(index / 12)}-${two((index % 12) + 1)}`;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const english = (): boolean => language.value === 'en';
const parts = (date: CivilDate): [number, number, number] =>
  [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];

/** 10月9日 · 9 Oct */
export function formatDate(date: CivilDate): string {
  const [, m, d] = parts(date);
  return english() ? `${d} ${monthNames[m - 1]}` : `${m}月${d}日`;
}

/** 2023年10月9日 · 9 Oct 2023 */
export function formatLongDate(date: CivilDate): string {
  const [y] = parts(date);
  return english() ? `${formatDate(date)} ${y}` : `${y}年${formatDate(date)}`;
}

/** 10月9日—15日, over a month's end 9月25日—10月1日 · 9–15 Oct */
export function formatDateRange(from: CivilDate, to: CivilDate): string {
  if (from === to) return formatDate(from);
  const [, fm, fd] = parts(from);
  const [, tm, td] = parts(to);
  if (english()) return fm === tm ? `${fd}–${td} ${monthNames[fm - 1]}` : `${formatDate(from)} – ${formatDate(to)}`;
  return fm === tm ? `${fm}月${fd}日—${td}日` : `${formatDate(from)}—${formatDate(to)}`;
}

/** 10月 · October's short name; with the year when asked. */
export function formatMonth(month: string, withYear = false): string {
  const [y, m] = parts(`${month}-01`);
  if (english()) return withYear ? `${monthNames[m - 1]} ${y}` : `${monthNames[m - 1]}`;
  return withYear ? `${y}年${m}月` : `${m}月`;
}

/** 09:12 */
export function formatTime(at: Instant): string {
  const t = chinaTime(at);
  return `${two(t.hour)}:${two(t.minute)}`;
}

/** 10月26日 09:12 */
export const formatMoment = (at: Instant): string => `${formatDate(civilDate(at))} ${formatTime(at)}`;

const weekdaysZh = ['一', '二', '三', '四', '五', '六', '日'];
const weekdaysEn = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** 星期四 · Thu; short: 四 */
export function formatWeekday(date: CivilDate, short = false): string {
  const n = chinaTime(startOfDay(date)).weekday;
  if (english()) return weekdaysEn[n] ?? '';
  return short ? weekdaysZh[n] ?? '' : `星期${weekdaysZh[n]}`;
}

const ordinalsZh = ['一', '二', '三', '四', '五', '六'];

/** 10月第四周（10月23日—31日）: a report week by its number in the month and its days. */
export function formatReportWeek(month: string, number: number, from: CivilDate, to: CivilDate): string {
  if (english()) return `${formatMonth(month)}, week ${number} (${formatDateRange(from, to)})`;
  return `${formatMonth(month)}第${ordinalsZh[number - 1] ?? number}周（${formatDateRange(from, to)}）`;
}

/** 1,246 */
export const formatCount = (n: number): string => String(Math.trunc(n)).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** 1.2 MB */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
