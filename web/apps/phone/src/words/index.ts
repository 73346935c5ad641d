import { translator } from '@wujin/ui';
import { phoneZh } from '@wujin/ui/strings/phone.zh';
import { sharedZh } from '@wujin/ui/strings/shared.zh';
import { firstZh } from './first.zh';

const zh = { ...sharedZh, ...phoneZh, ...firstZh };
export type Word = keyof typeof zh;

/** The words of the first screen and those both faces share. */
export const t = translator<Word>(zh, async () => {
  const [shared, phone, first] = await Promise.all([import('@wujin/ui/strings/shared.en'), import('@wujin/ui/strings/phone.en'), import('./first.en')]);
  return { ...shared.sharedEn, ...phone.phoneEn, ...first.firstEn };
});
