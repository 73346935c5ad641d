import { t, type Key } from '../strings';

export type ColumnField = 'week_label' | 'from' | 'to' | 'places' | 'focus' | 'topic' | 'in_charge';
export type ColumnKind = 'text' | 'long' | 'date' | 'places';

export interface Column { field: ColumnField; kind: ColumnKind; most: number; label: string }

const all: { field: ColumnField; kind: ColumnKind; most: number; key: Key }[] = [
  { field: 'week_label', kind: 'text', most: 64, key: 'plans.week_label' },
  { field: 'from', kind: 'date', most: 10, key: 'plans.from' },
  { field: 'to', kind: 'date', most: 10, key: 'plans.to' },
  { field: 'places', kind: 'places', most: 0, key: 'plans.places' },
  { field: 'focus', kind: 'long', most: 500, key: 'plans.focus' },
  { field: 'topic', kind: 'long', most: 200, key: 'plans.topic' },
  { field: 'in_charge', kind: 'long', most: 64, key: 'plans.in_charge' },
];

/** The columns of a plan's sheet; a village plans for itself and is not asked where. */
export const columnsOf = (ownPlace: boolean): Column[] =>
  all.filter((column) => !(ownPlace && column.kind === 'places'))
    .map(({ field, kind, most, key }) => ({ field, kind, most, label: t(key) }));
