import { language } from './translate';

interface Choice { id: string; picture_hint?: string; picture_hint_en?: string }

/** What the campaign asks of pictures of what was chosen, in the reader's language; the entry and the form may ask the same. */
export function pictureHints(campaign: { entries: readonly Choice[]; forms: readonly Choice[] } | undefined, chosen: { entry: string; form?: string }): string[] {
  const choices = [campaign?.entries.find(({ id }) => id === chosen.entry), campaign?.forms.find(({ id }) => id === chosen.form)];
  const hints = choices.map((choice) => (language.value === 'en' && choice?.picture_hint_en) || choice?.picture_hint);
  return [...new Set(hints)].filter((hint) => hint !== undefined);
}
