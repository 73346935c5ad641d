import { describe, expect, it } from 'vitest';
import { addressOf, match, queryOf } from '../src/paths/match';
import { pages } from '../src/router';

describe('addresses', () => {
  it.each([
    ['/', 'today', {}], ['/record', 'record', {}], ['/record/abc', 'record', { key: 'abc' }], ['/reports', 'reports', {}], ['/reports/2023-10', 'report', { month: '2023-10' }],
    ['/reports/2023-10/receipt', 'receipt', { month: '2023-10' }], ['/plan/rows/', 'row', {}], ['/activities/%E4%B8%80', 'activity', { key: '一' }], ['/activities/%', 'activity', { key: '%' }],
  ])('%s is %s', (path, name, params) => expect(match(pages, path)).toEqual({ name, params }));

  it.each(['/nowhere', '/reports/october', '/reports/2023-10/receipt/more', '/record/a/b'])('%s is no page', (path) => expect(match(pages, path)).toBeUndefined());

  it.each([
    [{ name: 'today' }, '/'], [{ name: 'record' }, '/record'], [{ name: 'record', params: { key: 'a/b' } }, '/record/a%2Fb'],
    [{ name: 'activity', params: { key: 'x' }, query: { saved: '1' } }, '/activities/x?saved=1'],
  ])('%j stands at %s', (target, address) => expect(addressOf(pages, target)).toBe(address));

  it('reads a query', () => expect(queryOf('?next=%2Freports&x=1')).toEqual({ next: '/reports', x: '1' }));
});
