// What rows are made of. A row measures on a town (`onTown`, once a size and engine), alone (`alone`), or both, and judges what
// came of it against the targets.

/** One line of a row: what was done, where, and what came of it; `beside` holds the yardsticks of the same run. */
export const line = (what, town, measured, beside = {}) => ({ what, engine: town?.engine ?? null, activities: town?.activities ?? null, ...measured, beside });

export const atLeast = (what, wanted, measured, unit = '') => ({ what, is: 'at least', wanted, measured, unit, reached: judged(measured) && measured >= wanted });
export const atMost = (what, wanted, measured, unit = '') => ({ what, is: 'at most', wanted, measured, unit, reached: judged(measured) && measured <= wanted });
const judged = (number) => typeof number === 'number' && Number.isFinite(number);

export const ratio = (one, other) => (one && other ? Number((one / other).toPrecision(3)) : null);

/** The lines of one engine, of one kind, the largest town last. */
export const of = (lines, what, engine = 'sqlite') =>
  lines.filter((one) => one.what === what && one.engine === engine).sort((one, other) => one.activities - other.activities);
export const largest = (lines, what, engine = 'sqlite') => of(lines, what, engine).at(-1);
export const at = (lines, what, activities, engine = 'sqlite') => of(lines, what, engine).find((one) => one.activities === activities);

/** The rate on the largest town as a share of that on the smallest. */
export function flatness(lines, what) {
  const all = of(lines, what);
  return all.length > 1 ? ratio(all.at(-1).rate, all[0].rate) : null;
}
