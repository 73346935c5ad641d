import { reactive, ref } from 'vue';
import { sharedZh, type SharedKey } from './strings/shared.zh';

export type Language = 'zh' | 'en';
export type Values = Record<string, string | number>;

/** The language on screen. Changed through `useLanguage`, which first fetches the words. */
export const language = ref<Language>('zh');

export function fill(text: string, values?: Values): string {
  return values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text;
}

const anyStation = '工作站';

/** What every text may name: the town's office, as its campaign calls it. */
const named = reactive<Values>({ station: anyStation });

/** A face says whose station its texts speak of, as soon as it knows the campaign. */
export function nameStation(name: string | undefined): void {
  named['station'] = name ?? anyStation;
}

const loaders: (() => Promise<void>)[] = [];

/**
 * Makes the `t()` of a face: its keys are those of its Chinese words, so a missing key is a type error.
 * English comes in a chunk of its own, since most phones never ask for it.
 */
export function translator<K extends string>(zh: Record<K, string>, english: () => Promise<Record<K, string>>) {
  const en = ref<Record<K, string>>();
  loaders.push(async () => { en.value ??= await english(); });
  return (key: K, values?: Values): string => fill((language.value === 'en' && en.value?.[key]) || zh[key], { ...named, ...values });
}

export async function useLanguage(next: Language): Promise<void> {
  if (next === 'en') await Promise.all(loaders.map((load) => load()));
  language.value = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
}

/** The words of this package's own components. */
export const shared = translator<SharedKey>(sharedZh, async () => (await import('./strings/shared.en')).sharedEn);
