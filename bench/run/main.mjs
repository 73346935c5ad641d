// script/bench comes here once everything is built: measures the rows asked for, ours beside the yardsticks, and writes
// bench/results.json, bench/README.md and its charts. A row that fails says why, and the others go on.
import { execFileSync } from 'node:child_process';
import { copyFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { stop, stopAll } from './kit/process.mjs';
import { closeTown, openTown } from './kit/town.mjs';
import { startNginx, startPostgres, startTus } from './kit/yardsticks.mjs';
import { writeReadme } from './report/readme.mjs';
import { rows } from './rows/rows.mjs';

const root = resolve(import.meta.dirname, '../..');
const words = process.argv.slice(2), flags = new Set(words.filter((word) => word.startsWith('--'))), names = words.filter((word) => !word.startsWith('--'));
const known = new Set(['--quick', '--short', '--verbose', '--no-postgres', '--postgres-million', '--readme', '--keep']);
const unknown = [...[...flags].filter((flag) => !known.has(flag)), ...names.filter((name) => !rows.some((row) => row.name === name))];
if (unknown.length > 0) {
  console.error(`script/bench: ${unknown.join(', ')}?\nusage: script/bench [--quick | --short] [--no-postgres | --postgres-million] [--verbose] [--keep] [--readme] [ROW…]\nrows: ${rows.map((row) => row.name).join(', ')}`);
  process.exit(2);
}
const wanted = rows.filter((row) => names.length === 0 || names.includes(row.name));
// --short: the same towns as in full, but each figure taken once, for half as long; --quick: small towns besides.
const quick = flags.has('--quick'), short = quick || flags.has('--short');
const form = quick ? 'quick' : short ? 'short' : 'full';
const began = performance.now();

const bench = {
  root, quick, short, verbose: flags.has('--verbose'), keep: flags.has('--keep'),
  data: join(root, 'build/bench/data'),
  turns: short ? 1 : 3, seconds: short ? 1.5 : 3, warmUp: short ? 0.3 : 1,
  sizes: quick ? [1000] : [1000, 100_000, 1_000_000],
  districtSizes: quick ? [150, 1500] : [15_000, 150_000],
  postgresSizes: flags.has('--no-postgres') ? [] : quick ? [1000] : flags.has('--postgres-million') ? [1000, 100_000, 1_000_000] : [1000, 100_000],
  notes: {},
  tell: (what) => console.log(`[${new Date().toTimeString().slice(0, 8)}] ${what}`),
  note(name, facts) { this.notes[name] = { ...this.notes[name], ...facts }; },
  program(name) {
    const places = ['build/bench', 'build/bench/bench', 'build/bench/server'].map((folder) => join(root, folder, name));
    const found = places.find((file) => existsSync(file));
    if (!found) throw new Error(`${name} is not built`);
    return found;
  },
  /** A copy of a file where PostgreSQL's user may read it. */
  readable(file) {
    const copy = join(this.open, basename(file));
    copyFileSync(join(root, file), copy);
    chmodSync(copy, 0o644);
    return copy;
  },
};

const up = {};
/** Brought up when first asked for; stays until the end. */
bench.yardstick = async (name, files = {}) => {
  if (name === 'nginx') {
    up.nginxFiles = { '10k': up.nginxFiles?.['10k'] ?? randomBytes(10_240), ...up.nginxFiles, ...files };
    if (up.nginx && Object.keys(files).length > 0) { await stop(up.nginx.daemon); delete up.nginx; }
    return up.nginx ??= await startNginx(bench, up.nginxFiles);
  }
  return up[name] ??= await startTus(bench);
};

const results = new Map();
function keep(row, lines) { results.set(row.name, { ...results.get(row.name), lines: [...results.get(row.name)?.lines ?? [], ...lines] }); }
function fail(row, where, error) {
  console.error(`  ${row.name}${where}: ${bench.verbose ? error.stack : error.message}`);
  results.set(row.name, { lines: [], ...results.get(row.name), failed: [...results.get(row.name)?.failed ?? [], `${where.trim()} ${error.message}`.trim().slice(0, 400)] });
}
function show(lines) {
  for (const { what, engine, activities, rate, p50_ms, p99_ms, cpu_ms, beside, nanoseconds, instructions } of lines) {
    if (nanoseconds || instructions) continue;
    const others = Object.entries(beside ?? {}).map(([name, one]) => `${name} ${one.rate}/s`).join(', ');
    console.log(`  ${[what, engine, activities].filter(Boolean).join(', ')}: ${rate ?? '–'}/s, p50 ${p50_ms ?? '–'} ms, p99 ${p99_ms ?? '–'} ms, CPU ${cpu_ms ?? '–'} ms${others ? `; ${others}` : ''}`);
  }
}

/** After every row, so that a run that is cut short has its figures. */
function save() {
  const date = `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const after = { ...before, date, machine, form, minutes: Math.round((performance.now() - began) / 6000) / 10, notes: { ...before.notes, ...bench.notes }, rows: { ...before.rows } };
  for (const [name, found] of results) after.rows[name] = { date, commit: machine.commit, form, checks: rows.find((row) => row.name === name).judge?.(found.lines) ?? [], ...found };
  writeFileSync(file, `${JSON.stringify(after, null, 1)}\n`);
  writeReadme(root, rows, after);
  return after;
}

async function attempt(row, where, measure) {
  bench.tell(`${row.name}${where}`);
  try {
    const lines = await measure();
    keep(row, lines);
    show(lines);
  } catch (error) {
    fail(row, where, error);
  }
  save();
}

/** All rows of one folder: those that only ask first, then those that write, last what the process came to. */
async function measureFolder(method, activities, isLargest, { postgres, kind } = {}) {
  const inOrder = wanted.filter((row) => row[method]);
  const rank = (row) => (row.last ? 2 : row.writes ? 1 : 0);
  inOrder.sort((one, other) => rank(one) - rank(other));
  if (inOrder.length === 0) return;
  const where = ` on ${activities.toLocaleString('en')} activities${postgres ? ', PostgreSQL' : ''}`;
  let town;
  try {
    town = await openTown(bench, activities, { postgres, kind });
  } catch (error) {
    for (const row of inOrder) fail(row, where, error);
    return;
  }
  town.isLargest = isLargest;
  for (const row of inOrder) await attempt(row, where, () => row[method](bench, town));
  await closeTown(town);
}
const measureTown = (activities, isLargest, postgres) => measureFolder('onTown', activities, isLargest, { postgres });

async function measure() {
  for (const row of wanted.filter((one) => one.alone)) await attempt(row, '', () => row.alone(bench));
  for (const activities of bench.sizes) await measureTown(activities, activities === bench.sizes.at(-1));
  for (const activities of bench.districtSizes) {
    await measureFolder('onDistrict', activities, activities === bench.districtSizes.at(-1), { kind: 'district' });
  }
  await measureFolder('onMonth', bench.districtSizes.at(-1), true, { kind: 'month' });
  for (const name of ['nginx', 'tus']) if (up[name]) await stop(up[name].daemon);
  if (bench.postgresSizes.length > 0 && wanted.some((row) => row.onTown)) {
    const postgres = await startPostgres();
    try {
      for (const activities of bench.postgresSizes) await measureTown(activities, activities === bench.postgresSizes.at(-1), postgres);
    } finally {
      await postgres.stop();
    }
  }
}

function describeMachine() {
  const git = (...more) => execFileSync('git', ['-C', root, ...more], { encoding: 'utf8' }).trim();
  const filesystem = execFileSync('stat', ['-f', '-c', '%T', bench.data], { encoding: 'utf8' }).trim();
  const cores = cpus();
  return { cpu: cores[0].model.trim(), cores: cores.length, memory_gib: Math.round(totalmem() / 2 ** 30), kernel: release(), filesystem, load: Math.round(loadavg()[0] * 10) / 10, commit: git('rev-parse', '--short', 'HEAD') };
}

const file = join(root, 'bench/results.json');
const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { rows: {} };
if (flags.has('--readme')) {
  writeReadme(root, rows, before);
  process.exit(0);
}
mkdirSync(bench.data, { recursive: true });
bench.scratch = mkdtempSync(join(bench.data, 'scratch-'));
bench.open = mkdtempSync('/tmp/wujin-bench-sql-');
chmodSync(bench.open, 0o755);
const machine = describeMachine();
const tidy = () => { for (const folder of [bench.scratch, bench.open]) rmSync(folder, { recursive: true, force: true }); };
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => { await stopAll(); tidy(); process.exit(130); });
}

try {
  await measure();
} catch (error) {
  console.error(bench.verbose ? error.stack : error.message);
  process.exitCode = 1;
} finally {
  await stopAll();
  tidy();
}

bench.tell(`bench/README.md is written (${save().minutes} minutes)`);
