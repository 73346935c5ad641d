import { language, translator, useLanguage, type Values } from '@wujin/ui';
import { t as first, type Word } from '.';
import { pagesZh, type PageWord } from './pages.zh';

const pages = translator<PageWord>(pagesZh, async () => (await import('./pages.en')).pagesEn);
// This chunk may come after the language was chosen.
if (language.value === 'en') void useLanguage('en').catch(() => undefined);

/** Every word of the phone, for the pages behind the first screen. */
export function t(key: Word | PageWord, values?: Values): string {
  return key in pagesZh ? pages(key as PageWord, values) : first(key as Word, values);
}
