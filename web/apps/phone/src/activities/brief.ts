import { civilDate, formatDate } from '@wujin/ui';
import { t } from '../words/pages';

export interface BriefFacts {
  started_at: string;
  place: string;
  theme: string;
  entry: string;
  text: string;
  point?: string;
  partners?: readonly string[];
  people?: number;
  leaflets?: number;
}

/** A short notice for the chat group, from entered facts only: a clause without its fact vanishes. */
export function briefOf(facts: BriefFacts): string {
  const partners = (facts.partners ?? []).filter((partner) => partner.trim() !== '');
  const clauses = [
    facts.people ? t('brief.people', { n: facts.people }) : '',
    facts.leaflets ? t('brief.leaflets', { k: facts.leaflets }) : '',
  ].filter((clause) => clause !== '');
  const figures = clauses.length > 0 ? clauses.join(t('brief.comma')) + t('brief.stop') : '';
  const text = facts.text.trim();
  const told = text === '' ? '' : /[。！？.!?；;]$/.test(text) ? text : text + t('brief.stop');
  const head = t('brief.head', {
    date: formatDate(civilDate(facts.started_at)), place: facts.place,
    partners: partners.length > 0 ? t('brief.partners', { partners: partners.join(t('brief.list')) }) : '',
    point: facts.point ? t('brief.point', { point: facts.point }) : '',
    held: t('brief.held', { theme: facts.theme, entry: facts.entry }),
  });
  return told + figures === '' ? head + t('brief.stop') : head + t('brief.comma') + told + figures;
}

/** 消防宣传 out of 消防宣传“五进”: what this campaign calls its work. */
export function themeOf(campaign: { title: string; short_title?: string } | undefined): string {
  return (campaign?.short_title ?? '').replace(/[“"].*$/, '').trim();
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
