import { formatMoment } from '@wujin/ui';
import type { Activity, Campaign } from '../desk/api';
import { t } from '../strings';
import { choiceName } from '../town/town';

export interface Fact { label: string; value: string }

/** What is known of an activity beside its text: only what somebody entered. */
export function factsOf(one: Activity, campaign?: Campaign): Fact[] {
  const names = (choices: Campaign['audiences'] | undefined, ids: readonly string[] | undefined) => (ids ?? []).map((id) => choiceName(choices, id)).join('、');
  const facts: [string, string | undefined][] = [
    [t('f.entry'), choiceName(campaign?.entries, one.entry)],
    [t('f.point'), one.point],
    [t('f.kind'), one.kind && choiceName(campaign?.kinds, one.kind)],
    [t('f.form'), one.form && choiceName(campaign?.forms, one.form)],
    [t('f.audience'), names(campaign?.audiences, one.audiences)],
    [t('f.topic'), names(campaign?.topics, one.topics)],
    [t('f.settings'), names(campaign?.settings, one.settings)],
    [t('f.sector'), one.sector && choiceName(campaign?.sectors, one.sector)],
    [t('f.people'), one.people_about === undefined ? undefined : t('activity.people', { n: one.people_about })],
    [t('f.leaflets'), one.leaflets === undefined ? undefined : t('activity.leaflets', { n: one.leaflets })],
    [t('f.partners'), one.partners?.join('、')],
    [t('f.organizer'), t(`organizer.${one.organizer}`)],
    [t('f.line'), one.work_item && choiceName(campaign?.work_items, one.work_item)],
    [t('activity.recorded_by'), `${one.recorded_by} ${formatMoment(one.received_at)}`],
    [t('activity.recorded_at'), one.recorded_at && formatMoment(one.recorded_at)],
    [t('activity.on_behalf'), one.on_behalf_reason],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
