import { describe, expect, it, vi } from 'vitest';
import { byPlace, siteChangeOf, siteDraftOf, sitesOf, type Site } from './sites';
import { api, type Place } from '../desk/api';

const site = (place: string, more: Partial<Site> = {}): Site => ({
  id: '00000000-0000-4000-8000-000000000001', etag: '"v1"', place, place_name: '泸永桥村', kind: 'education_site', name: '示例宣传角',
  recorded_at: '2023-10-01T09:00:00+08:00', updated_at: '2023-10-01T09:00:00+08:00', photos: [], may: [], ...more,
});
const place = (id: string): Place => ({ id, code: id, name: id, short_name: id, kind: 'village', order: 1 });

describe('a site', () => {
  it('goes out as it came in, without what is empty', () => {
    const kept = { id: 'p', bytes: 3, sha256: 'a', received: true, renditions_ready: true, unreadable: false };
    expect(siteChangeOf(siteDraftOf(site('a', { address: '一组', confirmed_on: '2023-10-20' }), ''), [kept], []))
      .toEqual({ place: 'a', kind: 'education_site', name: '示例宣传角', address: '一组', confirmed_on: '2023-10-20', photos: [{ id: 'p', bytes: 3, sha256: 'a' }] });
    const fresh = siteChangeOf({ ...siteDraftOf(undefined, 'b'), name: ' 新 ', address: '  ' }, [], [{ id: 'q', file: { size: 9 }, sha256: 'c' }]);
    expect(fresh).toEqual({ place: 'b', kind: 'education_site', name: '新', photos: [{ id: 'q', bytes: 9, sha256: 'c' }] });
  });

  it('is missed where there is none', () => {
    expect(byPlace([place('a'), place('b')], [site('b')]).map((row) => row.sites.length)).toEqual([0, 1]);
  });

  it('is read from every page of the list', async () => {
    const response = new Response(null, { status: 200 });
    const get = vi.spyOn(api, 'GET')
      .mockResolvedValueOnce({ data: { items: [site('a')], next_cursor: 'n' }, response } as never)
      .mockResolvedValueOnce({ data: { items: [site('b')] }, response } as never);
    expect((await sitesOf('town')).map((one) => one.place)).toEqual(['a', 'b']);
    expect(get).toHaveBeenLastCalledWith('/api/v1/sites', { params: { query: { place: 'town', limit: 200, cursor: 'n' } } });
  });
});
