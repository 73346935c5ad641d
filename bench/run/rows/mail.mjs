import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { password, startDovecot } from '../kit/dovecot.mjs';
import { alternate, cpuAround, reading, round } from '../kit/measure.mjs';
import { forgetPeak, peakMib, runForJson } from '../kit/process.mjs';
import { closeTown, openTown, signIn, untilDrawn } from '../kit/town.mjs';
import { atLeast, atMost, line, ratio } from './kit.mjs';

const takenIn = 'taken in and read, waiting for a person', filed = 'of known senders, filed as reports', mailbox = 200e6;
const reader = 'imapflow, mailparser and mammoth, nothing durable';

/** The station at its desk. */
async function deskOf(town) {
  const token = await signIn(town, town.facts.station, 'desk');
  const ask = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${town.origin}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${token}`, ...body && { 'content-type': 'application/json' }, ...headers }, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
    return answer;
  };
  const get = async (path) => (await ask('GET', path)).json();
  const bytes = async (path) => Buffer.from(await (await ask('GET', path)).arrayBuffer());
  const letters = async (state) => (await get(`/letters?place=${town.facts.town}&state=${state}&limit=200`)).items;
  return { ask, get, bytes, letters };
}

/** What every mail is made of: the report of each village and month, the campaign's entries, 24 pictures at 1280 pixels. */
async function materialOf(town, desk) {
  const { campaign, villages, months, drawn } = town.facts;
  const places = villages.map((one) => one.place), reports = [], pictures = [];
  for (const photo of drawn) pictures.push(await desk.bytes(`/photos/${photo}/1280`));
  for (const place of places) {
    const { items } = await desk.get(`/activities?campaign=${campaign}&place=${place}&limit=200`);
    // What a letter says stands alone, or a person would be asked.
    for (const one of items) await desk.ask('DELETE', `/activities/${one.id}?reason=bench`, undefined, { 'if-match': one.etag });
  }
  for (const month of months.toReversed()) {
    for (const place of places) reports.push(await desk.get(`/reports/${campaign}/${place}/${month}`));
  }
  return { reports, pictures, villages: places.length, entries: (await desk.get(`/campaigns/${campaign}`)).entries };
}

class Mailbox {
  constructor(parts) { Object.assign(this, { ...parts, turn: 0, at: new Date(Date.parse(parts.town.facts.clock) - 86_400_000) }); }

  mail(id, number) {
    const report = this.material.reports[number % this.material.reports.length];
    return this.mailOf({ ...this.material, report, id, from: `village${number % this.material.villages}@village.example` });
  }

  /** So many mails in a mailbox of their own, from the report of that number on; answers its login. */
  async fill(count, first = 0) {
    const login = `turn${++this.turn}`;
    for (let number = 0; number < count; ++number) this.imap.deliver(login, `${number}.bench`, await this.mail(`${login}-${number}`, first + number), this.at);
    return login;
  }

  async set(login, enabled) {
    const path = `/mailboxes/${this.town.facts.town}`;
    const server = { host: 'localhost', port: this.imap.port, security: 'tls', login, password };
    await this.desk.ask('PUT', path, { server, folder: 'INBOX', done: 'leave', receipts: false, enabled }, { 'if-match': (await this.desk.get(path)).etag });
  }

  /** From the moment the mailbox is switched on until so many letters more stand as wanted. */
  async take(login, count, state) {
    const { pid } = this.town.server, before = (await this.desk.letters(state)).length;
    forgetPeak(pid);
    let seconds = 0;
    const cpu = await cpuAround(pid, async () => {
      const began = performance.now();
      await this.set(login, true);
      for (const limit = began + 300_000; (await this.desk.letters(state)).length < before + count; await pause(50)) {
        if (performance.now() > limit) throw new Error(`only ${(await this.desk.letters(state)).length - before} of ${count} letters are ${state}`);
      }
      seconds = (performance.now() - began) / 1000;
    });
    const peak = peakMib(pid);
    await this.set(login, false);
    return { rate: round(count / seconds), p50_ms: null, p99_ms: null, cpu_ms: round(cpu / count), peak_mib: round(peak), extra_mib: round(peak - this.town.idleMib) };
  }
}

/** One letter of every village filed by a person: what they send from then on needs none. */
async function confirmSenders(box, desk) {
  const senders = new Set(), asked = [];
  for (const letter of await desk.letters('waiting')) {
    if (senders.has(letter.from_address)) continue;
    senders.add(letter.from_address);
    asked.push(letter.id);
    await desk.ask('POST', `/letters/${letter.id}/filing`, {}, { 'if-match': letter.etag });
  }
  for (let waits = 0; (await desk.letters('filed')).length < senders.size; ++waits) {
    if (waits > 3000) {
      const all = await Promise.all(asked.map((id) => desk.get(`/letters/${id}`))), left = all.find((one) => one.state !== 'filed');
      throw new Error(`a first letter was not filed: ${JSON.stringify({ state: left?.state, doubts: left?.understanding.doubts, hindered: left?.hindered })}`);
    }
    await pause(100);
  }
}

export default {
  name: 'mail',
  title: 'Mails with a Word report of 24 pictures, out of a mailbox of 200 MB',
  async alone(bench) {
    const imap = await startDovecot();
    let town;
    try {
      town = await openTown(bench, 40, { kind: 'mail', words: ['--trusted-certificates', imap.certificate] });
      const { mailOf } = await import('../../yardsticks/mails.mjs'); // with a library of the yardsticks, which --readme does without
      const desk = await deskOf(town), box = new Mailbox({ town, desk, imap, mailOf, material: await materialOf(town, desk) });
      const count = Math.ceil(mailbox / (await box.mail('size', 0)).length);
      await untilDrawn(bench, town);
      let login;
      const { ours, ...beside } = await alternate(bench, {
        ours: async () => box.take(login = await box.fill(count), count, 'waiting'),
        [reader]: async () => {
          const measured = reading(await runForJson(process.execPath, [join(bench.root, 'bench/yardsticks/mailbox.mjs'), String(imap.port), login, password, bench.scratch]));
          imap.clear(login);
          return measured;
        },
      });
      await confirmSenders(box, desk);
      await untilDrawn(bench, town);
      // The months before the one that was just filed.
      const { villages, reports } = box.material, more = reports.length - villages;
      const known = await box.take(await box.fill(more, villages), more, 'filed');
      const { idleMib } = town;
      return [{ ...line(takenIn, town, ours, beside), idle_mib: round(idleMib), mails: count }, { ...line(filed, town, known), mails: more }];
    } finally {
      if (town) await closeTown(town);
      await imap.stop();
    }
  },
  judge(lines) {
    const taken = lines.find((one) => one.what === takenIn);
    return [atLeast('taken in and read, pictures durable', 4, taken?.rate, '/s'),
      atMost('memory above rest while the mailbox is read', 64, taken?.extra_mib, 'MiB'),
      atLeast(`of ${reader}`, 1, ratio(taken?.rate, taken?.beside[reader]?.rate), '×')];
  },
  note: 'A real Dovecot with TLS on the same cores; every picture is another file in every mail. Ours ends when each mail and its Word file are in the vault, fsynced, and understood; a report is filed once its pictures are drawn for its form, which takes the processor most of that time. The libraries fetch, parse and unpack the same mails and write the pictures as files, without fsync and without understanding anything.',
};
