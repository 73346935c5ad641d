import { settle } from '@wujin/api';
import { type CivilDate } from '@wujin/ui';
import { api, type Place, type Wire } from '../desk/api';
import { everyItem } from '../desk/pages';

export type Site = Wire<'Site'>;
export type SiteKind = Wire<'SiteKind'>;
export const siteKinds: readonly SiteKind[] = ['education_site', 'experience_hall'];

/** What the form holds: text of fields, not yet what the wire wants. */
export interface SiteDraft { place: string; kind: SiteKind; name: string; address: string; confirmed_on: CivilDate | '' }

export const siteDraftOf = (site: Site | undefined, place: string): SiteDraft => ({
  place: site?.place ?? place, kind: site?.kind ?? 'education_site', name: site?.name ?? '', address: site?.address ?? '',
  confirmed_on: site?.confirmed_on ?? '',
});

type Kept = Pick<Site['photos'][number], 'id' | 'bytes' | 'sha256'>;
type Picked = { id: string; file: { size: number }; sha256: string };

export const siteChangeOf = (draft: SiteDraft, kept: readonly Kept[], picked: readonly Picked[]): Wire<'SiteChange'> => ({
  place: draft.place, kind: draft.kind, name: draft.name.trim(), address: draft.address.trim() || undefined, confirmed_on: draft.confirmed_on || undefined,
  photos: [...kept.map(({ id, bytes, sha256 }) => ({ id, bytes, sha256 })), ...picked.map(({ id, file, sha256 }) => ({ id, bytes: file.size, sha256 }))],
});

/** All of a town: the page shows what is missing, and only the whole list tells. */
export const sitesOf = (place: string): Promise<Site[]> =>
  everyItem((cursor) => settle(api.GET('/api/v1/sites', { params: { query: { place, limit: 200, cursor } } })));

/** Every place with its sites, those without any too: a gap is what the page is for. */
export const byPlace = (places: readonly Place[], sites: readonly Site[]): { place: Place; sites: Site[] }[] =>
  places.map((place) => ({ place, sites: sites.filter((site) => site.place === place.id) }));
