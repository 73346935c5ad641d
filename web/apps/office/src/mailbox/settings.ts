import type { Wire } from '../desk/api';

type Mailbox = Wire<'Mailbox'>;

/** Where providers of mail are read; the account's ending tells which. */
export const providers = [
  { id: 'qq', host: 'imap.qq.com', endings: ['qq.com', 'foxmail.com'] },
  { id: '163', host: 'imap.163.com', endings: ['163.com'] },
  { id: '126', host: 'imap.126.com', endings: ['126.com'] },
  { id: 'exmail', host: 'imap.exmail.qq.com', endings: [] },
  { id: 'aliyun', host: 'imap.qiye.aliyun.com', endings: [] },
] as const;
export type Provider = (typeof providers)[number]['id'];

export const providerOf = (host: string): Provider | '' => providers.find((one) => one.host === host.trim().toLowerCase())?.id ?? '';

/** The provider an address belongs to by its ending, when that is a known one. */
export function providerOfAddress(address: string): Provider | '' {
  const ending = address.trim().toLowerCase().split('@')[1] ?? '';
  return providers.find((one) => (one.endings as readonly string[]).includes(ending))?.id ?? '';
}

export interface MailboxDraft {
  host: string;
  port: number;
  security: 'tls' | 'starttls';
  login: string;
  /** Empty: the one that is kept stays. */
  password: string;
  folder: string;
  done: Wire<'MailboxDone'>;
  doneFolder: string;
  receipts: boolean;
  enabled: boolean;
}

export const mailboxDraftOf = (mailbox: Mailbox): MailboxDraft => ({
  host: mailbox.server?.host ?? '', port: mailbox.server?.port ?? 993, security: mailbox.server?.security ?? 'tls', login: mailbox.server?.login ?? '', password: '',
  folder: mailbox.folder, done: mailbox.done, doneFolder: mailbox.done_folder ?? '', receipts: mailbox.receipts,
  // Who fills this in for the first time wants it read.
  enabled: mailbox.server ? mailbox.enabled : true,
});

export const choosePreset = (draft: MailboxDraft, id: Provider): MailboxDraft =>
  ({ ...draft, host: providers.find((one) => one.id === id)!.host, port: 993, security: 'tls' });

/** An app password is shown in groups, and copied with its blanks. */
const bare = (password: string): string => password.replace(/\s/g, '');

export function testOf(draft: MailboxDraft): Wire<'MailboxTestRequest'> {
  const password = bare(draft.password);
  return {
    server: { host: draft.host.trim(), port: draft.port, security: draft.security, login: draft.login.trim(), ...(password && { password }) },
    folder: draft.folder.trim() || 'INBOX',
    done: draft.done,
    ...(draft.done === 'move' && { done_folder: draft.doneFolder.trim() }),
  };
}

export const changeOf = (draft: MailboxDraft): Wire<'MailboxChange'> => ({ ...testOf(draft), receipts: draft.receipts, enabled: draft.enabled });
