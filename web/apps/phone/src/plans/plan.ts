import { chinaTime, monthOf, startOfDay, type CivilDate } from '@wujin/ui';
import type { Campaign } from '../kept/here';
import type { PlanRow } from '../kept/kept';

export interface WeekChoice { key: string; month: string; label: string; from: CivilDate; to: CivilDate }

/** Every report week of the campaign that may still be planned: the form's weeks, by the campaign's own rule. */
export function weekChoices(campaign: Campaign | undefined, today: CivilDate): WeekChoice[] {
  return (campaign?.report_periods ?? []).flatMap((period) => period.weeks
    .filter((week) => week.to >= today)
    .map((week) => ({ key: `${week.from} ${week.to}`, month: period.month, label: week.label, from: week.from, to: week.to })));
}

export function rowsByMonth(rows: readonly PlanRow[]): { month: string; rows: PlanRow[] }[] {
  const months = new Map<string, PlanRow[]>();
  for (const row of rows) months.set(row.month, [...(months.get(row.month) ?? []), row]);
  return Array.from(months.entries()).sort(([a], [b]) => a.localeCompare(b))
    .map(([month, of]) => ({ month, rows: of.slice().sort((a, b) => a.from.localeCompare(b.from) || a.order - b.order) }));
}

/** The month to copy from and to: the last planned one to the next within the campaign, or this month when it is still empty. */
export function copyStep(rows: readonly PlanRow[], months: readonly string[], today: CivilDate): { from: string; to: string } | undefined {
  const planned = new Set(rows.map((row) => row.month));
  const to = months.find((month) => month >= monthOf(today) && !planned.has(month));
  if (!to) return undefined;
  const from = months.filter((month) => month < to && planned.has(month)).slice(-1)[0];
  return from ? { from, to } : undefined;
}

/** The label a person gave a row: nothing while it is the campaign's own for that week, which the form then words by its rule. */
export function ownLabel(label: string, from: CivilDate, to: CivilDate, campaign: Campaign | undefined): string | undefined {
  const typed = label.trim();
  const week = (campaign?.report_periods ?? []).flatMap((period) => period.weeks).find((one) => one.from === from && one.to === to);
  const usual = week ? [week.label, week.label.replace(/^\d+月/, '')] : [];
  return typed === '' || usual.includes(typed) ? undefined : typed;
}

export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(chinaTime(startOfDay(text)).year);
