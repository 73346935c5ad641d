import type { Wire } from '../desk/api';
import { t } from '../strings';

export type Figures = Wire<'Figures'>;

/** Two lines, heads and figures, parted by tabs: what a spreadsheet takes as columns. */
export function figuresAsColumns(figures: Figures): string {
  const columns: [string, string | number][] = [
    [t('figures.from'), figures.from], [t('figures.to'), figures.to], [t('figures.scope'), figures.scope], [t('figures.activities'), figures.activities],
    ...figures.entries.map((entry): [string, number] => [entry.name, entry.activities]),
    [t('figures.people'), figures.people], [t('figures.leaflets'), figures.leaflets], [t('figures.places'), figures.places], [t('figures.points'), figures.points],
  ];
  return [columns.map(([head]) => head), columns.map(([, value]) => value)].map((line) => line.join('\t')).join('\n');
}
