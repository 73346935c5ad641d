import type { Wire } from '../desk/api';

export type LedgerColumns = Wire<'LedgerColumns'>;
export type Ledger = Wire<'Ledger'>;
type Column = LedgerColumns['available'][number];

/** What is chosen in its own order, then what could be. */
export function among(available: readonly Column[], chosen: readonly string[]): Column[] {
  const taken = chosen.map((id) => available.find((column) => column.id === id)).filter((column) => column !== undefined);
  return [...taken, ...available.filter((column) => !chosen.includes(column.id))];
}

/** The same choice with one moved a place up or down, as far as there is room. */
export function moved(chosen: readonly string[], id: string, by: 1 | -1): string[] {
  const from = chosen.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= chosen.length) return [...chosen];
  const next = chosen.filter((one) => one !== id);
  next.splice(to, 0, id);
  return next;
}
