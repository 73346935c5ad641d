import { civilDate, formatDate } from '@wujin/ui';

export interface BriefFacts {
  started_at: string;
  place: string;
  entry: string;
  text: string;
  point?: string;
  partners?: readonly string[];
  people?: number;
  leaflets?: number;
}

/** Fills a campaign's pattern: {name} by its value; what stands in [brackets] goes when one within has none. Brackets do not nest. */
export function fillPattern(pattern: string, values: Readonly<Record<string, string>>): string {
  const plain = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  const isWhole = (text: string): boolean => [...text.matchAll(/\{(\w+)\}/g)].every(([, name]) => !!values[name ?? '']);
  return pattern.split(/(\[[^\]]*\])/).map((part) => {
    if (!part.startsWith('[') || !part.endsWith(']')) return plain(part);
    const inner = part.slice(1, -1);
    return isWhole(inner) ? plain(inner) : '';
  }).join('');
}

/** A short notice for the chat group in the campaign's own words, from entered facts only. */
export function briefOf(pattern: string, facts: BriefFacts): string {
  return fillPattern(pattern, {
    date: formatDate(civilDate(facts.started_at)), place: facts.place, entry: facts.entry, point: facts.point?.trim() ?? '',
    partners: (facts.partners ?? []).filter((partner) => partner.trim() !== '').join('、'),
    // The pattern goes on after the text with a stop of its own.
    text: facts.text.trim().replace(/[。.；;，,]+$/, ''),
    people: facts.people ? String(facts.people) : '', leaflets: facts.leaflets ? String(facts.leaflets) : '',
  });
}

const longestTitle = 40;

/** Nobody is asked for a title: the first clause of what was done is one, else where it was. */
export function titleFrom(text: string, point: string, entry: string): string {
  const clause = text.trim().split(/[，。；,.;!?！？\n\r]/)[0]?.trim() ?? '';
  const title = clause !== '' ? clause : [point.trim(), entry].filter((part) => part !== '').join(' ');
  const letters = Array.from(title);
  return letters.length > longestTitle ? letters.slice(0, longestTitle - 1).join('') + '…' : title;
}

/** Which work line an activity serves: the one whose entry and form fit best; a person may choose another. */
export function suggestedLine(
  items: readonly { id: string; applies_to: readonly string[]; entries?: readonly string[]; forms?: readonly string[]; kinds?: readonly string[] }[],
  chosen: { entry?: string; form?: string; kind?: string; placeKind?: string },
): string | undefined {
  let best: { id: string; score: number } | undefined;
  for (const item of items) {
    if (chosen.placeKind && !item.applies_to.includes(chosen.placeKind)) continue;
    const fits = (wanted: readonly string[] | undefined, value: string | undefined, weight: number): number => {
      if (!wanted || wanted.length === 0) return 0;
      return value === undefined ? 0 : wanted.includes(value) ? weight : -weight;
    };
    const score = fits(item.entries, chosen.entry, 1) + fits(item.forms, chosen.form, 2) + fits(item.kinds, chosen.kind, 2);
    if (score > 0 && (!best || score > best.score)) best = { id: item.id, score };
  }
  return best?.id;
}
