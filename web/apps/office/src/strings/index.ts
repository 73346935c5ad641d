import { translator } from '@wujin/ui';
import { boxZh, type BoxKey } from '@wujin/ui/strings/box.zh';
import { sharedZh, type SharedKey } from '@wujin/ui/strings/shared.zh';
import { officeZh, type OfficeKey } from '@wujin/ui/strings/office.zh';
import { deskZh, type DeskKey } from './desk.zh';
import { mailZh, type MailKey } from './mail.zh';
import { trailZh, type TrailKey } from './trail.zh';

export type Key = SharedKey | OfficeKey | BoxKey | DeskKey | MailKey | TrailKey;

/** The words of the desk: what both faces share, what strings of the office are settled, and this desk's own. */
export const t = translator<Key>({ ...sharedZh, ...officeZh, ...boxZh, ...deskZh, ...mailZh, ...trailZh }, async () => {
  const [shared, office, box, desk, mail, trail] = await Promise.all([
    import('@wujin/ui/strings/shared.en'), import('@wujin/ui/strings/office.en'), import('@wujin/ui/strings/box.en'), import('./desk.en'), import('./mail.en'), import('./trail.en')]);
  return { ...shared.sharedEn, ...office.officeEn, ...box.boxEn, ...desk.deskEn, ...mail.mailEn, ...trail.trailEn };
});
