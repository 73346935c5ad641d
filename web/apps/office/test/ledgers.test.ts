import { describe, expect, it } from 'vitest';
import { sampleActivity } from './sample';
import { among, moved } from '../src/ledgers/columns';
import { figuresAsColumns } from '../src/ledgers/figures';
import { hasOriginals, originalsAt } from '../src/ledgers/originals';

describe('the columns of an exported list', () => {
  const column = (id: string) => ({ id, name: id, name_en: id });
  it('stand in the order chosen, then come those that could be', () => {
    expect(among(['a', 'b', 'c'].map(column), ['c', 'a', 'gone']).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
  it.each<[string, 1 | -1, string]>([['b', -1, 'bac'], ['b', 1, 'acb'], ['a', -1, 'abc'], ['c', 1, 'abc'], ['x', 1, 'abc']])('move %s by %s', (id, by, order) => {
    expect(moved(['a', 'b', 'c'], id, by).join('')).toBe(order);
  });
});

describe('original pictures', () => {
  it('are had of one place or of all', () => {
    expect(originalsAt('probe', '2023-10', 'a')).toBe('/api/v1/ledgers/photos.zip?campaign=probe&month=2023-10&place=a');
    expect(originalsAt('probe', '2023-10')).toBe('/api/v1/ledgers/photos.zip?campaign=probe&month=2023-10');
  });
  it('are offered where one has come in the month', () => {
    const photo = { id: 'p', bytes: 1, sha256: '', received: true, renditions_ready: true, unreadable: false, near_duplicates: [] };
    const held = (received: boolean) => [sampleActivity({ photos: [{ ...photo, received }] })];
    expect(hasOriginals(held(true), '2023-10')).toBe(true);
    expect(hasOriginals(held(true), '2023-09')).toBe(false);
    expect(hasOriginals(held(false), '2023-10')).toBe(false);
  });
});

describe('figures as columns', () => {
  it('are two lines of as many fields, which a spreadsheet takes apart', () => {
    const lines = figuresAsColumns({
      from: '2023-09-01', to: '2023-09-30', scope: '某镇', activities: 3, entries: [{ id: 'a', name: '进农村', activities: 2 }, { id: 'b', name: '进学校', activities: 1 }],
      people: 120, leaflets: 0, places: 2, points: 3, sentence: '',
    }).split('\n').map((line) => line.split('\t'));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toHaveLength(lines[1]!.length);
    expect(lines[1]!.slice(3, 6)).toEqual(['3', '2', '1']);
  });
});
