import type { Wire } from '@wujin/api';
import { nameStation } from '@wujin/ui';
import { computed, reactive, watch } from 'vue';
import { today } from '../clock';
import { session } from '../session/session';
import { keepSetting, setting } from '../store';

export type Campaign = Wire<'Campaign'>;
export type Place = Wire<'Place'>;

/** What this page is about: one campaign at one place. One person may serve two villages and switches between them here. */
export const here = reactive<{ campaigns: Campaign[]; places: Place[]; campaignId?: string; placeId?: string }>({ campaigns: [], places: [] });

export const campaign = computed(() => here.campaigns.find((entry) => entry.id === here.campaignId));
watch(campaign, (one) => nameStation(one?.station_name));
export const place = computed(() => here.places.find((entry) => entry.id === here.placeId));

/** Where to go on when this place was merged into another. */
export const heir = computed(() => here.places.find((entry) => entry.id === place.value?.ending?.into));

const levelOfVillage = (kind: Place['kind']): boolean => kind === 'village' || kind === 'community';
const holds = (role: string, at?: string): boolean =>
  session.me?.grants.some((grant) => grant.role === role && (at === undefined || grant.place === at)) ?? false;

/** Places this account may open on the phone: its own, those it answers for, or, for the station, every village and the town itself. */
export const openPlaces = computed<Place[]>(() => {
  const granted = new Set((session.me?.grants ?? []).filter((grant) => grant.role === 'village' || grant.role === 'resident_leader').map((grant) => grant.place));
  const towns = new Set((session.me?.grants ?? []).filter((grant) => grant.role === 'station').map((grant) => grant.place));
  return here.places
    .filter((entry) => granted.has(entry.id) || towns.has(entry.id) || (entry.parent !== undefined && towns.has(entry.parent) && levelOfVillage(entry.kind)))
    .sort((a, b) => a.order - b.order);
});

/** The station writes for a village: it says why, and the record says that it did. */
export const onBehalf = computed(() => {
  const at = place.value;
  return at !== undefined && levelOfVillage(at.kind) && !holds('village', at.id) && holds('station');
});
/** May this account record at this place at all? A leader or the district only reads. */
export const mayRecord = computed(() => place.value !== undefined && (holds('village', place.value.id) || holds('station')));

export function nameOf(choices: readonly { id: string; name: string; name_en?: string }[] | undefined, id: string | undefined, english: boolean): string {
  const found = choices?.find((entry) => entry.id === id);
  return (english && found?.name_en) || found?.name || id || '';
}

/** The running campaign, else the one that begins next, else the last. */
export function currentCampaign(campaigns: readonly Campaign[], day: string): Campaign | undefined {
  const sorted = campaigns.slice().sort((a, b) => a.starts_on.localeCompare(b.starts_on));
  const running = sorted.filter((entry) => entry.starts_on <= day && day <= entry.ends_on);
  // Of two that run, the longer one is the year's work and the other its guest.
  running.sort((a, b) => (b.ends_on > a.ends_on ? 1 : b.ends_on < a.ends_on ? -1 : 0));
  return running[0] ?? sorted.find((entry) => entry.starts_on > day) ?? sorted[sorted.length - 1];
}

/** Settles on a campaign and a place after what may be opened has changed. */
export async function settleHere(): Promise<void> {
  const wantedPlace = here.placeId ?? (await setting<string>('here.place'));
  const wantedCampaign = here.campaignId ?? (await setting<string>('here.campaign'));
  const own = session.me?.grants.find((grant) => grant.role === 'village')?.place;
  here.placeId = (openPlaces.value.find((entry) => entry.id === wantedPlace) ?? openPlaces.value.find((entry) => entry.id === own) ?? openPlaces.value[0])?.id;
  here.campaignId = (here.campaigns.find((entry) => entry.id === wantedCampaign) ?? currentCampaign(here.campaigns, today.value))?.id;
}

export async function goTo(change: { place?: string; campaign?: string }): Promise<void> {
  if (change.place) {
    here.placeId = change.place;
    await keepSetting('here.place', change.place);
  }
  if (change.campaign) {
    here.campaignId = change.campaign;
    await keepSetting('here.campaign', change.campaign);
  }
}
