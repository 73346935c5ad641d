import { describe, expect, it } from 'vitest';
import { ref } from 'vue';
import { useOrder } from '../src/desk/order';

describe('the order of a table', () => {
  const rows = ref([{ name: '第10村', days: 3 }, { name: '第2村', days: undefined }, { name: '第1村', days: 20 }]);
  const order = () => useOrder(() => rows.value, { name: (row) => row.name, days: (row) => row.days });
  const names = (of: ReturnType<typeof order>) => of.rows.value.map((row) => row.name);

  it('is as the rows came until a head is picked, and again after the third pick', () => {
    const of = order();
    const came = names(of);
    for (const [direction, expected] of [
      ['ascending', ['第1村', '第2村', '第10村']], ['descending', ['第10村', '第2村', '第1村']], [undefined, came],
    ] as const) {
      of.turn('name');
      expect(of.direction('name')).toBe(direction);
      expect(names(of)).toEqual(expected);
    }
  });

  it('keeps rows without a value last either way', () => {
    const of = order();
    of.turn('days');
    expect(names(of)).toEqual(['第10村', '第1村', '第2村']);
    of.turn('days');
    expect(names(of)).toEqual(['第1村', '第10村', '第2村']);
  });

  it('starts anew with another head and leaves the rows themselves alone', () => {
    const of = order();
    of.turn('days');
    of.turn('days');
    of.turn('name');
    expect(of.direction('days')).toBeUndefined();
    expect(of.direction('name')).toBe('ascending');
    expect(rows.value.map((row) => row.name)).toEqual(['第10村', '第2村', '第1村']);
  });
});
