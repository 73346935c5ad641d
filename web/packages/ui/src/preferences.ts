import { reactive } from 'vue';
import { useLanguage, type Language } from './translate';

export type Theme = 'auto' | 'light' | 'dark';
export interface Preferences { theme: Theme; large: boolean; language: Language }

const key = 'wujin.preferences';
const usual: Preferences = { theme: 'auto', large: false, language: 'zh' };

/** What the reader chose for this browser. A browser without storage keeps it until the page closes. */
export const preferences = reactive<Preferences>({ ...usual });

export function readPreferences(text: string | null): Preferences {
  let found: Partial<Record<keyof Preferences, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    if (parsed && typeof parsed === 'object') found = parsed;
  } catch {
    // A text somebody else wrote there counts as nothing chosen.
  }
  return {
    theme: found.theme === 'light' || found.theme === 'dark' ? found.theme : usual.theme,
    large: found.large === true,
    language: found.language === 'en' ? 'en' : usual.language,
  };
}

function paint(): void {
  const root = document.documentElement;
  const dark = preferences.theme === 'dark'
    || (preferences.theme === 'auto' && window.matchMedia?.('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  root.dataset.size = preferences.large ? 'large' : 'normal';
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', dark ? '#171513' : '#a81d16');
}

export async function choose(change: Partial<Preferences>): Promise<void> {
  if (change.language) await useLanguage(change.language);
  Object.assign(preferences, change);
  paint();
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // Full or forbidden storage: the choice holds for this page.
  }
}

/** Reads the choices and paints them; await it before mounting, so that no wrong language is seen. */
export async function startPreferences(): Promise<void> {
  let text: string | null = null;
  try {
    text = localStorage.getItem(key);
  } catch {
    // See above.
  }
  Object.assign(preferences, readPreferences(text));
  paint();
  // Old WebViews know addListener only.
  const media = window.matchMedia?.('(prefers-color-scheme: dark)');
  if (media?.addEventListener) media.addEventListener('change', paint);
  else media?.addListener?.(paint);
  try {
    await useLanguage(preferences.language);
  } catch {
    // The English words did not arrive: Chinese is always there.
  }
}
