import { addMonths, daysBetween, formatMonth, monthOf, type CivilDate } from '@wujin/ui';
import type { Campaign } from '../desk/api';

/** Where phases and months lie between the first and the last day of a campaign, in percent. */
export function timeline(campaign: Pick<Campaign, 'starts_on' | 'ends_on' | 'phases'>, today: CivilDate) {
  const whole = Math.max(1, daysBetween(campaign.starts_on, campaign.ends_on) + 1);
  const at = (date: CivilDate): number => Math.min(100, Math.max(0, (100 * daysBetween(campaign.starts_on, date)) / whole));
  const months: { label: string; left: number }[] = [];
  for (let month = monthOf(campaign.starts_on); month <= monthOf(campaign.ends_on); month = addMonths(month, 1)) {
    months.push({ label: formatMonth(month), left: at(`${month}-01`) });
  }
  return {
    months,
    phases: campaign.phases.map((phase) => ({
      id: phase.id, left: at(phase.starts_on), width: Math.max(1, at(phase.ends_on) + 100 / whole - at(phase.starts_on)) })),
    now: campaign.starts_on <= today && today <= campaign.ends_on ? at(today) : undefined,
  };
}
