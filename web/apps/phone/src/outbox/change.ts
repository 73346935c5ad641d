// What an entry of the outbox is made from and what it becomes on the wire. Not needed before somebody records: it comes with that page.
import { newEntry, type Activity, type ActivityChange, type Fields, type OutboxEntry, type OutboxPhoto, type Site, type SiteChange, type SiteFields } from './entry';

const changeable = ['campaign', 'place', 'entry', 'started_at', 'title', 'text', 'date_only', 'kind', 'form', 'audiences', 'topics', 'settings', 'sector',
  'work_item', 'organizer', 'point', 'ended_at', 'people_about', 'leaflets', 'partners', 'plan_row', 'on_behalf_reason'] as const;

/** An edit of a record the server has. */
export function editOf(activity: Activity, account: string, at: number): OutboxEntry {
  const fields: Record<string, unknown> = {};
  for (const name of changeable) if (activity[name] !== undefined) fields[name] = activity[name];
  return {
    ...newEntry(account, fields as unknown as Fields, at),
    key: activity.id, base: activity.etag, photos: activity.photos.map(photoThere),
  };
}

/** What the lists of the outbox show of a site. */
const listed = (site: SiteFields, at: number): Fields =>
  ({ campaign: '', place: site.place, entry: '', started_at: new Date(at).toISOString(), title: site.name, text: '' });

export const newSiteEntry = (account: string, site: SiteFields, at: number): OutboxEntry => ({ ...newEntry(account, listed(site, at), at), site });

/** An edit of a site the server has. */
export function editOfSite(site: Site, account: string, at: number): OutboxEntry {
  const { place, kind, name, address, confirmed_on } = site;
  const fields = JSON.parse(JSON.stringify({ place, kind, name, address, confirmed_on })) as SiteFields;
  return { ...newSiteEntry(account, fields, at), key: site.id, base: site.etag, photos: site.photos.map(photoThere) };
}

/** The entry with other things entered of its site. */
export const withSite = (entry: OutboxEntry, site: SiteFields): OutboxEntry => ({ ...entry, site: { ...site }, fields: listed(site, entry.createdAt) });

function photoThere(photo: Activity['photos'][number] | Site['photos'][number]): OutboxPhoto {
  const { id, bytes, sha256, caption, taken_at, latitude, longitude } = photo as Activity['photos'][number];
  return JSON.parse(JSON.stringify({ id, state: 'there', name: '', bytes, sha256, caption, taken_at, latitude, longitude })) as OutboxPhoto;
}

const sound = (entry: OutboxEntry): OutboxPhoto[] => entry.photos.filter((photo) => photo.state !== 'broken');
const claimOf = (photo: OutboxPhoto): SiteChange['photos'][number] => ({
  id: photo.id, bytes: photo.bytes, sha256: photo.sha256 ?? '',
  ...(photo.taken_at ? { taken_at: photo.taken_at } : {}),
  ...(photo.latitude !== undefined && photo.longitude !== undefined ? { latitude: photo.latitude, longitude: photo.longitude } : {}),
});

/** What goes over the wire of a site; only when every picture is ready. */
export function siteChangeOf(entry: OutboxEntry): SiteChange {
  const { place, kind, name, address, confirmed_on } = entry.site!;
  return {
    place, kind, name: name.trim(), photos: sound(entry).map(claimOf), ...(address?.trim() ? { address: address.trim() } : {}), ...(confirmed_on ? { confirmed_on } : {}),
  };
}

/** What goes over the wire; only when it is stamped and every picture is ready. */
export function changeOf(entry: OutboxEntry): ActivityChange {
  const photos = sound(entry).map((photo) => ({ ...claimOf(photo), ...(photo.caption ? { caption: photo.caption } : {}) }));
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(entry.fields)) {
    const isEmpty = value === undefined || value === null || (value === '' && name !== 'text') || (Array.isArray(value) && value.length === 0);
    if (!isEmpty) fields[name] = value;
  }
  return { ...(fields as unknown as Fields), photos, ...entry.stamp };
}
