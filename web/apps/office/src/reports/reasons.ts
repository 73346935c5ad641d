import { addDays, fill, formatDate, language, type CivilDate, type Values } from '@wujin/ui';
import type { Campaign, Report } from '../desk/api';

export interface Reason { id: string; text: string; free: boolean }

/**
 * The campaign's return reasons with what the report already says put into their blanks; other blanks stay to be
 * filled in. A plan has none of what they speak of: only a reason in one's own words fits it.
 */
export function reasonsFor(campaign: Campaign, report?: Report): Reason[] {
  if (!report) return asReasons(campaign, {}).filter((reason) => reason.free);
  const sections = report.weeks.flatMap((week) => week.sections.map((section) => ({ week, section })));
  const wordless = sections.find(({ section }) => !section.text.trim() || section.text_drafted);
  const twins = sections.flatMap(({ section }) => section.photos).filter((photo) => photo.chosen && photo.near_duplicates?.length);
  const first = twins[0]?.near_duplicates?.[0];
  const values: Values = { month: Number(report.month.slice(5)) };
  if (wordless) values.week = wordless.week.label;
  if (first) Object.assign(values, { n: twins.length, date: formatDate(first.date) });
  return asReasons(campaign, values);
}

const asReasons = (campaign: Campaign, values: Values): Reason[] => campaign.return_reasons.map((reason) => ({
  id: reason.id, free: reason.free ?? false,
  text: fill((language.value === 'en' && reason.text_en) || reason.text, values).replace(/\{\w+\}/g, '____'),
}));

export const correctBy = (campaign: Campaign, today: CivilDate): CivilDate => addDays(today, campaign.options.return_days);

/** Blanks nobody has filled yet: “____缺活动文字” must not be sent like that. */
export const hasBlank = (text: string): boolean => text.includes('____');
