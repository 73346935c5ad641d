import type { Wire } from '../desk/api';

type Settings = Wire<'ReminderSettings'>;
type Change = Wire<'ReminderSettingsChange'>;
type Robot = Wire<'ReminderRobotChange'> & { url_end: string; has_secret: boolean; is_new: boolean };

/** The settings as the form holds them: an empty secret means that the one that is kept stays. */
export interface Draft {
  address: string;
  mails: boolean;
  mailbox: Required<Wire<'ReminderMailboxChange'>> & { has_password: boolean };
  robots: Robot[];
  addresses: Record<string, string>;
  schedule: Omit<Wire<'ReminderSchedule'>, 'days_before' | 'days_after'> & { days_before: string; days_after: string };
}

export function draftOf(settings: Settings, origin: string): Draft {
  const empty = { host: '', port: 465, security: 'tls' as const, login: '', from_address: '', from_name: '', has_password: false };
  const { days_before, days_after, ...schedule } = settings.schedule;
  return {
    address: settings.address ?? origin,
    mails: settings.mailbox !== undefined,
    mailbox: { ...empty, ...settings.mailbox, password: '' },
    robots: settings.robots.map((robot) => ({ ...robot, url: '', secret: '', is_new: false })),
    addresses: Object.fromEntries(settings.addresses.map(({ place, address }) => [place, address])),
    schedule: { ...schedule, days_before: days_before.join('、'), days_after: days_after.join('、') },
  };
}

/** “3、1、0” however it is punctuated. */
export const daysOf = (text: string): number[] => [...new Set((text.match(/\d+/g) ?? []).map(Number))];

export function changeOf(draft: Draft): Change {
  const { has_password: _, password, ...mailbox } = draft.mailbox;
  return {
    ...(draft.address.trim() && { address: draft.address.trim() }),
    ...(draft.mails && { mailbox: { ...mailbox, ...(password && { password }) } }),
    robots: draft.robots.map(({ id, name, kind, scheduled, url, secret }) => ({ id, name: name.trim(), kind, scheduled, ...(url && { url: url.trim() }), ...(secret && { secret }) })),
    addresses: Object.entries(draft.addresses).filter(([, address]) => address.trim()).map(([place, address]) => ({ place, address: address.trim() })),
    schedule: { ...draft.schedule, days_before: daysOf(draft.schedule.days_before), days_after: daysOf(draft.schedule.days_after) },
  };
}

/** The bytes of a file a station saved: as UTF-8, else as the GB18030 that spreadsheets write. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
