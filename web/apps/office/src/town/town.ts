import { settle } from '@wujin/api';
import { civilDate, formatDate, formatDateRange, formatMonth, formatReportWeek, language, nameStation, type CivilDate } from '@wujin/ui';
import { computed, ref, shallowRef, watch } from 'vue';
import { api, type Campaign, type DeadlineBoard, type Place } from '../desk/api';
import { serverNow } from '../session/session';
import { t } from '../strings';

/** What every room of the desk reads: the places, the campaigns, and who owes what. */
export const places = shallowRef<Place[]>([]);
export const campaigns = shallowRef<Campaign[]>([]);
export const chosenCampaign = ref('');
export const board = shallowRef<DeadlineBoard>();

export const campaign = computed(() => campaigns.value.find((one) => one.id === chosenCampaign.value));
watch(campaign, (one) => nameStation(one?.station_name));
export const today = (): CivilDate => civilDate(serverNow());

/** The villages and communities of a town, in the order of the division codes. A district sees those of several towns. */
export function groundsOf(all: readonly Place[], town: string | undefined): Place[] {
  const byId = new Map(all.map((place) => [place.id, place]));
  const townOf = (place: Place): string | undefined => {
    for (let at: Place | undefined = place; at; at = at.parent ? byId.get(at.parent) : undefined) if (at.kind === 'town') return at.id;
    return undefined;
  };
  return all.filter((place) => place.kind === 'village' || place.kind === 'community')
    // Who sees a village alone does not see its town: then there is no other to mistake it for.
    .filter((place) => !town || (townOf(place) ?? town) === town)
    .sort((a, b) => a.order - b.order);
}

/** The places that hold records in the chosen campaign. */
export const grounds = computed(() => groundsOf(places.value, campaign.value?.town));

/** Whether a place stands on a day; its last day counts. */
export const stands = (place: Pick<Place, 'ending'>, day: CivilDate): boolean => !place.ending || day <= place.ending.on;

/** Those that are still asked for something: what a list offers for new work, beside what was chosen before. */
export const standing = (all: readonly Place[], day: CivilDate, chosen?: string | readonly string[]): Place[] =>
  all.filter((place) => stands(place, day) || chosen?.includes(place.id));

export const endedOn = (id: string): CivilDate | undefined => places.value.find((place) => place.id === id)?.ending?.on;

/** “10月20日后并入斑竹村”, of a place that ended or will. */
export function endingOf(place: Pick<Place, 'ending'> | undefined): string {
  const ending = place?.ending;
  if (!ending) return '';
  return ending.into ? t('ending.merged', { date: formatDate(ending.on), into: placeName(ending.into) }) : t('ending.dissolved', { date: formatDate(ending.on) });
}

export const placeName = (id: string): string => places.value.find((place) => place.id === id)?.name ?? id;

/** The campaign a newcomer means: the one that runs today, else the one that began last. */
export function usualCampaign(all: readonly Campaign[], on: CivilDate): Campaign | undefined {
  const latestFirst = [...all].sort((a, b) => b.starts_on.localeCompare(a.starts_on));
  const running = latestFirst.filter((one) => one.starts_on <= on && on <= one.ends_on);
  // Of several, the longest is the town's main work.
  running.sort((a, b) => b.report_periods.length - a.report_periods.length);
  return running[0] ?? latestFirst.find((one) => one.starts_on <= on) ?? latestFirst[0];
}

export async function loadTown(): Promise<void> {
  const [tree, all] = await Promise.all([settle(api.GET('/api/v1/places')), settle(api.GET('/api/v1/campaigns'))]);
  places.value = tree.items;
  campaigns.value = all.items;
  if (!campaign.value) chosenCampaign.value = usualCampaign(all.items, today())?.id ?? '';
}

export async function loadBoard(order?: string): Promise<DeadlineBoard | undefined> {
  if (!chosenCampaign.value) return undefined;
  const got = await settle(api.GET('/api/v1/deadlines', { params: { query: { campaign: chosenCampaign.value, order } } }));
  if (got.campaign === chosenCampaign.value) board.value = got;
  return got;
}

/** “10月工作情况”, without the campaign's name that stands above anyway; in English by its English name and the month. */
export function deliverableName(of: { deadline: string; period: string; name: string }): string {
  const english = language.value === 'en' && campaign.value?.deadlines.find((one) => one.id === of.deadline)?.name_en;
  return english ? [english, of.period.length === 7 && formatMonth(of.period)].filter(Boolean).join(', ')
    : of.name.replace(campaign.value?.short_title ?? '', '') || of.name;
}

/** A choice's name in the reader's language. */
export function nameOf(choice: { name: string; name_en?: string } | undefined): string {
  return (language.value === 'en' && choice?.name_en) || choice?.name || '';
}

export function choiceName(choices: readonly { id: string; name: string; name_en?: string }[] | undefined, id: string | undefined): string {
  const found = choices?.find((choice) => choice.id === id);
  return found ? nameOf(found) : id ?? '';
}

/** The months a campaign reports on, in order. */
export const monthsOf = (of: Campaign): string[] => of.report_periods.map((period) => period.month);

/** The report week a day lies in, as the campaign cuts its months. */
export function reportWeekOf(of: Campaign, date: CivilDate) {
  for (const period of of.report_periods) {
    const week = period.weeks.find((one) => one.from <= date && date <= one.to);
    if (week) return { month: period.month, ...week };
  }
  return undefined;
}

/** 10月第四周（10月23日—31日）, by the campaign's own label. */
export const weekTitle = (week: { month: string; label: string; index: number; from: CivilDate; to: CivilDate }): string =>
  language.value === 'en' ? formatReportWeek(week.month, week.index, week.from, week.to) : `${week.label}（${formatDateRange(week.from, week.to)}）`;
