import { sharedEn } from '@wujin/ui/strings/shared.en';
import { sharedZh } from '@wujin/ui/strings/shared.zh';
import { officeEn } from '@wujin/ui/strings/office.en';
import { officeZh } from '@wujin/ui/strings/office.zh';
import { phoneEn } from '@wujin/ui/strings/phone.en';
import { phoneZh } from '@wujin/ui/strings/phone.zh';
import { deskEn } from '../../apps/office/src/strings/desk.en';
import { deskZh } from '../../apps/office/src/strings/desk.zh';
import { mailEn } from '../../apps/office/src/strings/mail.en';
import { mailZh } from '../../apps/office/src/strings/mail.zh';
import { firstEn } from '../../apps/phone/src/words/first.en';
import { firstZh } from '../../apps/phone/src/words/first.zh';
import { pagesEn } from '../../apps/phone/src/words/pages.en';
import { pagesZh } from '../../apps/phone/src/words/pages.zh';

const chinese: Record<string, string> = { ...sharedZh, ...officeZh, ...phoneZh, ...deskZh, ...mailZh, ...firstZh, ...pagesZh };
const english: Record<string, string> = { ...sharedEn, ...officeEn, ...phoneEn, ...deskEn, ...mailEn, ...firstEn, ...pagesEn };
const literal = (text: string): string => text.split('{')[0]!.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** How a text of the faces begins, in either language: a screen is walked alike whatever it speaks. */
export function wording(key: string): RegExp {
  const [zh, en] = [chinese[key], english[key]];
  if (!zh || !en) throw new Error(`no such words: ${key}`);
  return new RegExp(`^(${literal(zh)}|${literal(en)})`);
}
