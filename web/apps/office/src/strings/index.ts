import { translator } from '@wujin/ui';
import { boxZh, type BoxKey } from '@wujin/ui/strings/box.zh';
import { sharedZh, type SharedKey } from '@wujin/ui/strings/shared.zh';
import { officeZh, type OfficeKey } from '@wujin/ui/strings/office.zh';
import { deskZh, type DeskKey } from './desk.zh';
import { mailZh, type MailKey } from './mail.zh';

export type Key = SharedKey | OfficeKey | BoxKey | DeskKey | MailKey;

/** The words of the desk: what both faces share, what strings of the office are settled, and this desk's own. */
export const t = translator<Key>({ ...sharedZh, ...officeZh, ...boxZh, ...deskZh, ...mailZh }, async () => {
  const [shared, office, box, desk, mail] = await Promise.all([
    import('@wujin/ui/strings/shared.en'), import('@wujin/ui/strings/office.en'), import('@wujin/ui/strings/box.en'), import('./desk.en'), import('./mail.en')]);
  return { ...shared.sharedEn, ...office.officeEn, ...box.boxEn, ...desk.deskEn, ...mail.mailEn };
});
