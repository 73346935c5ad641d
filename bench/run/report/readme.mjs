// bench/README.md out of bench/results.json and the hand-kept bench/limits.json.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartOf } from './chart.mjs';

const grouped = (number) => Number(number).toLocaleString('en', { maximumSignificantDigits: 3 });
const shown = (number, unit = '') => (typeof number === 'number' ? `${grouped(number)}${unit && (unit === '×' || unit === '%' || unit.startsWith('/') ? unit : ` ${unit}`)}` : '–');
const formName = { quick: 'a quick run: short, once each, small towns', short: 'a short run: towns of full size, each figure taken once' };
const engineName = { sqlite: 'SQLite', postgres: 'PostgreSQL' };

function reach(check) {
  if (typeof check.measured !== 'number') return 'not measured';
  return check.reached ? 'yes' : '**not yet**';
}

const table = (head, lines) => [`| ${head.join(' | ')} |`, `|${head.map((_, column) => (column === 0 ? '---' : '---:')).join('|')}|`, ...lines.map((line) => `| ${line.join(' | ')} |`)].join('\n');

function glance(rows, results) {
  const lines = rows.filter((row) => row.judge && results.rows[row.name]).flatMap((row) => results.rows[row.name].checks.map((check, index) => [
    index === 0 ? `[${row.title}](#${row.name})` : '', check.what, `${check.is === 'at least' ? '≥' : '≤'} ${shown(check.wanted, check.unit)}`,
    shown(check.measured, check.unit), reach(check)]));
  return table(['work', 'of which', 'target', 'measured', 'reached'], lines);
}

function measuredOf(one) {
  const where = [one.what, engineName[one.engine], one.activities && `${grouped(one.activities)} activities`].filter(Boolean).join(', ');
  const cpu = shown(one.cpu_ms, 'ms') + (one.database_cpu_ms ? ` + ${shown(one.database_cpu_ms, 'ms')}` : '');
  const lines = [[where, shown(one.rate, '/s'), cpu, `${shown(one.p50_ms)} / ${shown(one.p99_ms)}`, shown(one.peak_mib), '']];
  for (const [name, other] of Object.entries(one.beside ?? {})) {
    const ratio = one.rate && other.rate ? shown(one.rate / other.rate, '×') : '–';
    lines.push([`– ${name}`, shown(other.rate, '/s'), shown(other.cpu_ms, 'ms'), `${shown(other.p50_ms ?? other.mean_ms)} / ${shown(other.p99_ms)}`, shown(other.peak_mib), ratio]);
  }
  return lines;
}

function extrasOf(one) {
  const facts = {
    start_ms: (value) => `starts in ${shown(value, 'ms')}`, idle_mib: (value) => `rests at ${shown(value, 'MiB')}`, extra_mib: (value) => `${shown(value, 'MiB')} beyond rest`,
    burst_rate: (value) => `acknowledged at ${shown(value, '/s')}`, js_kb: (value) => `${shown(value, 'KB')} of JavaScript`, css_kb: (value) => `${shown(value, 'KB')} of CSS`,
    all_kb: (value) => `${shown(value, 'KB')} in all`, recall: (value) => `recall ${shown(value * 100, '%')}`, build_ms: (value) => `built in ${shown(value, 'ms')}`,
    first_ms: (value) => `first byte after ${shown(value, 'ms')}`, mb_per_second: (value) => shown(value, 'MB/s'),
    own: (value) => `${value} rows of its own village`,
  };
  const told = Object.entries(facts).filter(([name]) => typeof one[name] === 'number').map(([name, tell]) => tell(one[name]));
  return told.length > 0 ? `${[one.what, engineName[one.engine], one.activities && grouped(one.activities)].filter(Boolean).join(', ')}: ${told.join(', ')}.` : undefined;
}

function section(root, row, found, limits) {
  const parts = [`<a id="${row.name}"></a>\n\n### ${row.title}`];
  if (row.section) parts.push(row.section(found));
  else if (found.lines.length > 0) {
    const page = found.lines.every((one) => one.page);
    if (!page) parts.push(table(['', 'rate', 'CPU each', 'p50 / p99, ms', 'peak MiB', 'ours : theirs'], found.lines.flatMap(measuredOf)));
    else parts.push(found.lines.map((one) => `Largest contentful paint after ${shown(one.p50_ms, 'ms')} (runs: ${one.runs.map((run) => shown(run)).join(', ')}).`).join('\n'));
    const extras = found.lines.map(extrasOf).filter(Boolean);
    if (extras.length > 0) parts.push(extras.map((text) => `- ${text}`).join('\n'));
  }
  const chart = chartOf(row, found.lines), file = join(root, 'bench', `${row.name}.svg`);
  if (chart) {
    writeFileSync(file, chart);
    parts.push(`![${row.title}: ${row.growth.unit} at 1 thousand, 100 thousand and 1 million activities](${row.name}.svg)`);
  } else if (existsSync(file)) rmSync(file);
  if (limits[row.name]) parts.push(`**What limits it:** ${limits[row.name]}`);
  if (row.note) parts.push(row.note);
  for (const failure of found.failed ?? []) parts.push(`Failed this time: ${failure}`);
  parts.push(`<sub>${found.date}, \`${found.commit}\`; again: \`script/bench ${formName[found.form] ? `--${found.form} ` : ''}${row.name}\`</sub>`);
  return parts.join('\n\n');
}

export function writeReadme(root, rows, results) {
  const limits = JSON.parse(readFileSync(join(root, 'bench/limits.json'), 'utf8'));
  const { machine, notes = {} } = results;
  const seeding = Object.entries(notes.seeding ?? {}).map(([activities, seconds]) => `${grouped(activities)} in ${seconds} s`).join(', ');
  const parts = [
    '# How fast it is',
    'What the server does beside the best there is for each kind of work: same machine, same run, by turns (ours, theirs, ours, theirs …), the median of three. '
      + 'Clients run on the same cores. Durability (synchronous FULL, fsync of pictures and their folder), rights, validation, audit and limits are on in every figure.',
    machine && `Measured ${results.date} at \`${machine.commit}\` on ${machine.cores} cores of ${machine.cpu}, ${machine.memory_gib} GiB, Linux ${machine.kernel}, ${machine.filesystem}`
      + `${machine.load >= 1 ? `, **with a load of ${machine.load} from other work as it began**` : ''}`
      + `${formName[results.form] ? ` — **${formName[results.form]}**` : ''}. `
      + `${seeding ? `Towns were built through the server's own actions: ${seeding}.` : ''}`,
    '```\nscript/bench               # everything; seeding 1,000,000 activities takes most of it\nscript/bench list report   # some rows\nscript/bench --short       # towns of full size, each figure taken once\nscript/bench --quick       # short runs, small towns\n```',
    'CPU is the server\'s for each operation, drawing of pictures left out; on PostgreSQL the database\'s follows it. Absolute figures move with the neighbours of a virtual machine: compare within a row.',
    '## At a glance', glance(rows, results), '## Row by row',
    ...rows.filter((row) => results.rows[row.name]).map((row) => section(root, row, results.rows[row.name], limits)),
  ];
  writeFileSync(join(root, 'bench/README.md'), `${parts.filter(Boolean).join('\n\n')}\n`);
}
