import { setTimeout as pause } from 'node:timers/promises';
import type { Wire } from '@wujin/api';
import type { Caller } from './caller';
import { campaign, newId } from './records';

export const townId = '500118112000';
export const settingsPath = `/api/v1/reminder-settings/${townId}`;
export const reportDue = '2023-10-28';

export const quietSchedule: Wire<'ReminderSchedule'> = {
  on: false, days_before: [1], days_after: [1], at: '09:00', quiet_from: '20:00', quiet_until: '08:00', mail_before: false,
};

export async function setSettings(caller: Caller, change: Partial<Wire<'ReminderSettingsChange'>>): Promise<Wire<'ReminderSettings'>> {
  const { etag } = await caller.get<Wire<'ReminderSettings'>>(settingsPath);
  const json = { robots: [], addresses: [], schedule: quietSchedule, ...change };
  return (await caller.expects<Wire<'ReminderSettings'>>('PUT', settingsPath, 200, { json, headers: { 'if-match': etag, 'idempotency-key': newId() } })).json;
}

export const mailboxAt = (port: number, security: 'tls' | 'starttls'): Wire<'ReminderMailboxChange'> => ({
  host: 'localhost', port, security, login: 'station', password: '口令 secret', from_address: 'station@example.org', from_name: '示例镇消防工作站',
});

export async function remind(caller: Caller, more: Partial<Wire<'ReminderRequest'>> = {}): Promise<Wire<'Reminder'>[]> {
  const json = { campaign, due_on: reportDue, robots: [], mail: false, ...more };
  return (await caller.expects<Wire<'ReminderList'>>('POST', '/api/v1/reminders', 201, { json, headers: { 'idempotency-key': newId() } })).json.items;
}

export const reminders = async (caller: Caller): Promise<Wire<'Reminder'>[]> =>
  (await caller.get<Wire<'ReminderList'>>(`/api/v1/reminders?campaign=${campaign}&limit=200`)).items;

/** Asks until the reminder stands as wanted. */
export async function until(caller: Caller, id: string, wanted: (reminder: Wire<'Reminder'>) => boolean, patience = 40_000): Promise<Wire<'Reminder'>> {
  let last: Wire<'Reminder'> | undefined;
  for (const limit = Date.now() + patience; Date.now() < limit; await pause(50)) {
    last = (await reminders(caller)).find((one) => one.id === id);
    if (last && wanted(last)) return last;
  }
  throw new Error(`the reminder never came so far: ${JSON.stringify(last)}`);
}

export const settled = (reminder: Wire<'Reminder'>): boolean => reminder.settled_at !== undefined;
