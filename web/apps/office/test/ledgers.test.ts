import { describe, expect, it } from 'vitest';
import { among, moved } from '../src/ledgers/columns';
import { figuresAsColumns } from '../src/ledgers/figures';

describe('the columns of an exported list', () => {
  const column = (id: string) => ({ id, name: id, name_en: id });
  it('stand in the order chosen, then come those that could be', () => {
    expect(among(['a', 'b', 'c'].map(column), ['c', 'a', 'gone']).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
  it.each<[string, 1 | -1, string]>([['b', -1, 'bac'], ['b', 1, 'acb'], ['a', -1, 'abc'], ['c', 1, 'abc'], ['x', 1, 'abc']])('move %s by %s', (id, by, order) => {
    expect(moved(['a', 'b', 'c'], id, by).join('')).toBe(order);
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
