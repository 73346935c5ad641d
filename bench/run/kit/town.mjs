// The server on a folder of so many activities. Folders are built once and kept; every run works on a copy.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, residentMib, run, start, stop, untilAnswers } from './process.mjs';

function filesUnder(folder, wanted) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((file) => wanted(file) && statSync(file).isFile()).sort();
}

/** What bench_seed makes of so many activities, by the name of the kept folder. */
const kinds = {
  town: (activities) => ['--photos', String(activities)],
  district: (activities) => ['--photos', String(3 * activities), '--towns', '25', '--villages', '15', '--ends', '2023-12-27T09:00:00+08:00'],
  month: () => ['--month-pictures', '200'],
  mail: () => [],
};

/** Changes with whatever a seeded folder depends on: every room's tables, the seeder, the campaign. */
function keyOf(bench, kind, activities) {
  const hash = createHash('sha256').update(`${activities} ${kinds[kind](activities).join(' ')}`);
  const files = [
    ...filesUnder(join(bench.root, 'server'), (file) => file.includes('/migrations/') && file.endsWith('.sql')),
    ...filesUnder(join(bench.root, 'bench/seed'), (file) => /\.(h|cpp)$/.test(file)), join(bench.root, 'bench/town.h'),
    ...filesUnder(join(bench.root, 'campaigns/baofeng-2023'), () => true),
  ];
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}

const seedWords = (bench, folder, kind, activities) =>
  ['--data', folder, '--activities', String(activities), '--pictures', join(bench.data, 'pictures'), ...kinds[kind](activities)];

/** The kept folder of so many activities on SQLite, built when it is missing or of another version. */
export async function seededFolder(bench, activities, kind = 'town') {
  const folder = join(bench.data, `${kind}-${activities}`), mark = `${folder}.key`, key = keyOf(bench, kind, activities);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === key && existsSync(join(folder, 'bench.json'))) return folder;
  rmSync(folder, { recursive: true, force: true });
  rmSync(mark, { force: true });
  mkdirSync(bench.data, { recursive: true });
  bench.tell(`building a ${kind} of ${activities.toLocaleString('en')} activities`);
  const began = performance.now();
  await run(bench.program('bench_seed'), seedWords(bench, folder, kind, activities), { cwd: bench.root });
  if (kind === 'town') bench.note('seeding', { [activities]: Math.round((performance.now() - began) / 1000) });
  writeFileSync(mark, key);
  return folder;
}

/** A server of its own on a copy of the kept folder, or on PostgreSQL with a town seeded there. */
export async function openTown(bench, activities, { postgres, kind = 'town', words: more = [] } = {}) {
  const folder = join(bench.data, `run-${kind}-${postgres ? 'postgres' : 'sqlite'}-${activities}`);
  rmSync(folder, { recursive: true, force: true });
  const words = [];
  if (postgres) {
    const url = await postgres.makeDatabase(`town_${activities}`);
    bench.tell(`building a town of ${activities.toLocaleString('en')} activities on PostgreSQL`);
    const began = performance.now();
    await run(bench.program('bench_seed'), [...seedWords(bench, folder, kind, activities), '--database', url], { cwd: bench.root });
    bench.note('seedingPostgres', { [activities]: Math.round((performance.now() - began) / 1000) });
    words.push('--database', url);
  } else {
    await run('cp', ['-r', '--reflink=auto', await seededFolder(bench, activities, kind), folder]);
    await run('sync', ['-f', folder]);
  }
  const facts = JSON.parse(readFileSync(join(folder, 'bench.json'), 'utf8'));
  const town = { folder, activities, postgres, engine: postgres ? 'postgres' : 'sqlite', facts, starts: [] };
  words.unshift('serve', '--data', folder, '--clock', facts.clock, ...more);
  // Started several times, for the time that takes; the last one stays.
  for (let turn = 0; turn < bench.turns; ++turn) {
    if (town.server) await stop(town.server);
    town.port = await freePort();
    town.origin = `http://127.0.0.1:${town.port}`;
    town.server = start(bench.program('wujin'), [...words, '--listen', `127.0.0.1:${town.port}`], { cwd: bench.root, log: join(folder, 'server.log') });
    town.starts.push(await untilAnswers(`${town.origin}/healthz`, town.server, { every: 3 }));
  }
  town.idleMib = residentMib(town.server.pid);
  return town;
}

export async function closeTown(town) {
  await stop(town.server);
  rmSync(town.folder, { recursive: true, force: true });
}

/** A session's token, as the page at `device` would get it. */
export async function signIn(town, account, device) {
  const answer = await fetch(`${town.origin}/api/v1/sessions`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: account.login, password: account.password, device }),
  });
  if (!answer.ok) throw new Error(`signing in: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).token;
}

function backgroundTicks(pid) {
  let sum = 0;
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    try {
      const text = readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      if (fields[16] === '19') sum += Number(fields[11]) + Number(fields[12]);
    } catch { /* it ended */ }
  }
  return sum;
}

/** Waits until the threads that draw renditions rest, and answers when they began to. */
export async function untilDrawn(bench, town, quietFor = 800) {
  let last = backgroundTicks(town.server.pid), since = performance.now();
  for (const limit = since + 240_000; performance.now() - since < quietFor;) {
    await pause(50);
    const now = backgroundTicks(town.server.pid);
    if (now !== last) { last = now; since = performance.now(); }
    if (performance.now() > limit) throw new Error('renditions are not drawn within four minutes');
  }
  return since;
}
