// Instructions of one request of each hot kind, counted by callgrind: the same on every machine of a kind, however busy. Prints
// the drift against bench/instructions.json, which is committed; --keep writes it anew.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, run, start, stop, untilAnswers } from '../kit/process.mjs';
import { seededFolder, signIn } from '../kit/town.mjs';

const each = 20;

/** Each kind of request, sent once. */
async function kindsOf(town) {
  const { facts, origin } = town;
  const desk = await signIn(town, facts.station, 'desk');
  const body = facts.bodies[0], village = facts.villages.find((account) => account.place === body.place);
  const phone = await signIn(town, village, 'phone');
  const ask = (token, path, options = {}) => async () => {
    const answer = await fetch(origin + (typeof path === 'function' ? path() : path), { ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  };
  return {
    'record an activity': ask(phone, () => `/api/v1/activities/${randomUUID()}`, { method: 'PUT', body: body.text, headers: { 'content-type': 'application/json' } }),
    'list 50 activities': ask(desk, `/api/v1/activities?campaign=${facts.campaign}&limit=50`),
    'head of a picture': ask(desk, `/api/v1/photos/${facts.drawn[0]}/original`, { method: 'HEAD' }),
    'who is signed in': ask(desk, '/api/v1/me'),
    'a month\'s report as Word': ask(desk, `/api/v1/reports/${facts.campaign}/${facts.report_place}/${facts.report_month}/document.docx`),
  };
}

/** The sum over all dumps of one command, callgrind writing a file each thread or one in all. */
function dumped(folder, prefix) {
  let sum = 0;
  for (const name of readdirSync(folder).filter((one) => one.startsWith(prefix))) {
    const text = readFileSync(join(folder, name), 'utf8');
    sum += Number(/^(?:summary|totals):\s+(\d+)/m.exec(text)?.[1] ?? 0);
    rmSync(join(folder, name));
  }
  return sum;
}

async function countWith(bench, town, folder) {
  const control = (...words) => run('callgrind_control', [...words, String(town.server.pid)]);
  const file = join(bench.root, 'bench/instructions.json'), kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const lines = [];
  for (const [what, send] of Object.entries(await kindsOf(town))) {
    for (let turn = 0; turn < 3; ++turn) await send();
    await pause(200);
    await control('-z');
    for (let turn = 0; turn < each; ++turn) await send();
    await control('-d');
    await pause(200);
    const instructions = Math.round(dumped(folder, 'callgrind.out') / each);
    lines.push({ what, engine: null, activities: null, instructions, kept: kept[what] ?? null });
    const drift = kept[what] ? `${((instructions / kept[what] - 1) * 100).toFixed(1)} %` : 'nothing kept to compare';
    console.log(`  ${what}: ${instructions.toLocaleString('en')} instructions (${drift})`);
  }
  if (bench.keep || !existsSync(file)) writeFileSync(file, `${JSON.stringify(Object.fromEntries(lines.map((one) => [one.what, one.instructions])), null, 1)}\n`);
  return lines;
}

export default {
  name: 'instructions',
  title: 'Instructions of one request',
  async alone(bench) {
    const folder = join(bench.scratch, 'instructions'), copy = join(folder, 'town');
    mkdirSync(folder, { recursive: true });
    await run('cp', ['-r', await seededFolder(bench, bench.sizes[0]), copy]);
    const facts = JSON.parse(readFileSync(join(copy, 'bench.json'), 'utf8')), port = await freePort();
    const server = start('valgrind', ['--tool=callgrind', `--callgrind-out-file=${folder}/callgrind.out`, bench.program('wujin'), 'serve', '--data', copy,
      '--clock', facts.clock, '--listen', `127.0.0.1:${port}`], { cwd: folder });
    const town = { server, port, origin: `http://127.0.0.1:${port}`, facts };
    try {
      await untilAnswers(`${town.origin}/healthz`, server);
      return await countWith(bench, town, folder);
    } finally {
      await stop(server);
    }
  },
  section: (found) => ['| request | instructions | kept | drift |', '|---|---:|---:|---:|',
    ...found.lines.map((one) => `| ${one.what} | ${one.instructions.toLocaleString('en')} | ${one.kept?.toLocaleString('en') ?? '–'} | ${one.kept ? `${((one.instructions / one.kept - 1) * 100).toFixed(1)} %` : '–'} |`)].join('\n'),
};
