import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { sha256 } from '../kit/pictures';
import { Postgres } from '../kit/postgres';
import { mergedPath, reportPath } from '../kit/records';
import { accountsOf, type Account } from '../kit/town';
import { Phone } from './phone';
import { CrashingTown } from './town';

declare module 'vitest' {
  export interface ProvidedContext {
    soakSeconds: number;
  }
}

const engines = ['sqlite', 'postgresql'] as const;

// The first half through crashes, the second without, so that what a long life gathers is seen too.
it.each(engines)('a town works for a long while on %s, and nothing acknowledged is lost, doubled or changed', async (engine) => {
  const data = mkdtempSync(join(tmpdir(), 'wujin-soak-'));
  const postgres = engine === 'postgresql' ? await Postgres.start() : undefined;
  const town = new CrashingTown(data, postgres ? ['--database', postgres.url] : []);
  try {
    await town.open();
    const accounts = accountsOf(data);
    const villages = accounts.filter((account) => account.role === 'village');
    const phones = await Promise.all(villages.map((account) => Phone.signIn(town, account)));
    const before = new Map(await Promise.all(phones.map(async (phone) => [phone, await phone.listed()] as const)));
    const station = await signIn(town, accounts, 'station');

    const begin = Date.now();
    const half = begin + inject('soakSeconds') * 500;
    const end = begin + inject('soakSeconds') * 1000;
    const workers = [...phones.map((phone) => phone.work(end)), read(town, station, end)];
    const crashing = (async () => {
      while (Date.now() < half) {
        await pause(3_000 + Math.random() * 12_000);
        await town.crash();
      }
    })();
    const settled = Promise.all([...workers, crashing]);
    await Promise.race([settled, pause(half - Date.now() + 30_000)]);
    const early = town.holds();
    await settled;
    const late = town.holds();
    expect(town.crashes).toBeGreaterThan(1);
    // The town has grown by thousands of records, and the month's file of all places with it.
    expect(late.memory, `resident memory in MiB, after ${early.memory} early on`).toBeLessThan(200);
    expect(late.files, `open files, after ${early.files} early on`).toBeLessThan(early.files + 64);

    for (const phone of phones) {
      await phone.follow();
      const listed = new Map((await phone.listed()).map((activity) => [activity.id, activity]));
      const old = (before.get(phone) ?? []).map((activity) => activity.id);
      expect([...listed.keys()].sort()).toEqual([...old, ...phone.kept.keys()].sort());
      expect(phone.copy).toEqual(new Map([...listed.values()].map((activity) => [activity.id, activity.etag])));
      for (const [id, kept] of phone.kept) {
        expect(listed.get(id)).toMatchObject({ etag: kept.etag, text: kept.text });
        for (const [photo, bytes] of kept.pictures) {
          const original = await town.ask(phone.token, 'GET', `/api/v1/photos/${photo}/original`, [200]);
          expect(sha256(original.bytes)).toBe(sha256(bytes));
        }
      }
      for (const id of phone.removed) await town.ask(phone.token, 'GET', `/api/v1/activities/${id}`, [410]);
    }
    const auditor = await signIn(town, accounts, 'auditor');
    expect(await town.get<Wire<'AuditVerification'>>(auditor, '/api/v1/audit/verification')).toMatchObject({ valid: true });
    expect(await town.close()).toBe(0);
  } finally {
    await town.close();
    await postgres?.stop();
    rmSync(data, { recursive: true, force: true });
  }
});

async function signIn(town: CrashingTown, accounts: Account[], role: Account['role']): Promise<string> {
  const account = accounts.find((one) => one.role === role)!;
  const { login, password } = account;
  return (await town.ask<Wire<'Session'>>('', 'POST', '/api/v1/sessions', [201], { json: { login, password, device: 'desk' } })).json.token;
}

/** The desk meanwhile: boards, tables and Word files of a town that never stands still. */
async function read(town: CrashingTown, token: string, end: number): Promise<void> {
  const { items } = await town.get<Wire<'PlaceList'>>(token, '/api/v1/places');
  const villages = items.filter((place) => place.kind === 'village' || place.kind === 'community');
  for (let turn = 0; Date.now() < end; turn += 1) {
    const place = villages[turn % villages.length]!;
    await town.get(token, '/api/v1/deadlines?campaign=baofeng-2023');
    await town.get(token, '/api/v1/activities?campaign=baofeng-2023&month=2023-10&limit=50');
    await town.ask(token, 'GET', reportPath(place.id, '2023-10', '/document.docx'), [200]);
    if (turn % 5 === 0) await town.ask(token, 'GET', mergedPath('2023-10'), [200]);
    await pause(500);
  }
}
