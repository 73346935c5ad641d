import { setTimeout as pause } from 'node:timers/promises';
import type { Wire } from '@wujin/api';
import type { Caller } from './caller';
import { picture } from './pictures';
import { campaignOf, newId, reportPath } from './records';
import { wordOf } from './word';

export const stationTown = '500118112000';
export const mailboxPath = `/api/v1/mailboxes/${stationTown}`;
export const sendersPath = `${mailboxPath}/senders`;
export const letterPath = (letter: string, more = ''): string => `/api/v1/letters/${letter}${more}`;
export const filePath = (letter: string, number: number, name: string, place = stationTown): string =>
  letterPath(letter, `/files/${number}?place=${place}&name=${encodeURIComponent(name)}`);

const base64Lines = (bytes: Uint8Array): string => (Buffer.from(bytes).toString('base64').match(/.{1,76}/g) ?? []).join('\r\n');
const word = (text: string): string => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;

export interface Mail {
  from?: string;
  name?: string;
  subject?: string;
  id?: string;
  text?: string;
  more?: string[];
  attachments?: { name: string; type?: string; bytes: Uint8Array }[];
}

/** A mail as a village's program would write it. */
export function mailOf(mail: Mail): string {
  const lines = [
    `Message-ID: <${mail.id ?? newId()}@village.example>`, `From: ${word(mail.name ?? '示例村')} <${mail.from ?? 'village@example.org'}>`, 'To: station@example.org',
    `Subject: ${word(mail.subject ?? '示例')}`, 'Date: Mon, 02 Jan 2012 08:00:00 +0800', 'MIME-Version: 1.0', ...mail.more ?? [],
    'Content-Type: multipart/mixed; boundary="b0"', '', '--b0', 'Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: base64', '',
    base64Lines(Buffer.from(mail.text ?? '')),
  ];
  for (const one of mail.attachments ?? []) {
    lines.push('--b0', `Content-Type: ${one.type ?? 'application/octet-stream'}; name="${word(one.name)}"`,
      `Content-Disposition: attachment; filename="${word(one.name)}"`, 'Content-Transfer-Encoding: base64', '', base64Lines(one.bytes));
  }
  return [...lines, '--b0--', ''].join('\r\n');
}

export const letters = async (caller: Caller, more = ''): Promise<Wire<'LetterEntry'>[]> =>
  (await caller.get<Wire<'LetterList'>>(`/api/v1/letters?place=${stationTown}&limit=200${more}`)).items;

/** Asks until the letter stands as wanted. */
export async function untilLetter(caller: Caller, id: string, wanted: (letter: Wire<'Letter'>) => boolean): Promise<Wire<'Letter'>> {
  let last: Wire<'Letter'> | undefined;
  for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(100)) {
    last = await caller.get<Wire<'Letter'>>(letterPath(id));
    if (wanted(last)) return last;
  }
  throw new Error(`the letter never came so far: ${JSON.stringify(last).slice(0, 1500)}`);
}

/** Asks until a letter of this subject is there and was read. */
export async function untilArrived(caller: Caller, subject: string): Promise<Wire<'Letter'>> {
  for (const limit = Date.now() + 60_000; Date.now() < limit; await pause(100)) {
    const found = (await letters(caller)).find((one) => one.subject === subject && one.state !== 'reading');
    if (found) return caller.get<Wire<'Letter'>>(letterPath(found.id));
  }
  throw new Error(`no letter “${subject}”`);
}

/** What was dragged onto the desk becomes a letter. */
export async function importFiles(caller: Caller, files: { name: string; bytes: Uint8Array }[]): Promise<Wire<'Letter'>> {
  const id = newId();
  for (const [index, file] of files.entries()) {
    await caller.expects('PUT', filePath(id, index + 1, file.name), 204, { raw: file.bytes, headers: { 'content-type': 'application/octet-stream' } });
  }
  await caller.expects('PUT', letterPath(id), 201, { json: { place: stationTown }, headers: { 'idempotency-key': newId() } });
  return untilLetter(caller, id, (letter) => letter.state !== 'reading');
}

export const change = (letter: { etag: string }): Record<string, string> => ({ 'if-match': letter.etag, 'idempotency-key': newId() });

/** A Word file from a chat, dragged onto the desk: October of a place, with a picture and a few things that are not clear. */
export async function dropMonth(station: Caller, place: string): Promise<string> {
  const [report, entry] = [await station.get<Wire<'Report'>>(reportPath(place, '2023-10')), (await campaignOf(station)).entries[0]!];
  const blocks = [report.title, report.weeks[1]!.heading, `（一）消防宣传${entry.name}`, '10月11日，示例：在院坝里讲电动车不进楼入户。', picture(480)];
  const id = newId();
  await station.expects('PUT', filePath(id, 1, '10月工作情况.docx'), 204, { raw: wordOf(blocks), headers: { 'content-type': 'application/octet-stream' } });
  await station.expects('PUT', letterPath(id), 201, { json: { place: stationTown } });
  await untilLetter(station, id, (one) => one.state !== 'reading');
  return id;
}
