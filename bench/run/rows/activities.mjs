import { join } from 'node:path';
import { alternate, cpuAround, drive, reading, round } from '../kit/measure.mjs';
import { runForJson } from '../kit/process.mjs';
import { atLeast, flatness, largest, line, ratio } from './kit.mjs';

const onSqlite = [8, 64], onPostgres = [8, 32];

const single = (bench, threads) => async () => reading(await runForJson(bench.program('bench_raw'),
  ['commits', '--folder', bench.scratch, '--threads', String(threads), '--seconds', String(bench.seconds)]));

/** pgbench inserting a like row, one to a transaction, in a database of its own. */
async function preparePgbench(bench, postgres) {
  if (!postgres.hasYardstick) {
    await postgres.makeDatabase('yardstick');
    await postgres.script('yardstick', join(bench.root, 'bench/yardsticks/table.sql'));
    postgres.hasYardstick = true;
  }
  return (clients) => async () => {
    const printed = { text: '' };
    const cpu = await cpuAround(postgres.pid, async () => {
      printed.text = await postgres.pgbench(['-n', '-M', 'prepared', '-f', bench.readable('bench/yardsticks/insert.sql'), '-c', String(clients), '-j', '1',
        '-T', String(Math.max(1, Math.round(bench.seconds))), 'yardstick']);
    });
    const transactions = Number(/actually processed: (\d+)/.exec(printed.text)[1]);
    return { rate: round(Number(/tps = ([\d.]+)/.exec(printed.text)[1])), p50_ms: null, mean_ms: round(Number(/latency average = ([\d.]+)/.exec(printed.text)[1])),
      p99_ms: null, cpu_ms: round(cpu / transactions), peak_mib: null };
  };
}

export default {
  name: 'activities',
  title: 'An activity without pictures, durable, with its audit row',
  writes: true,
  async onTown(bench, town) {
    const lines = [];
    const pgbench = town.postgres && town.isLargest ? await preparePgbench(bench, town.postgres) : undefined;
    for (const clients of town.postgres ? onPostgres : onSqlite) {
      const sides = { ours: () => drive(bench, town, 'activities', clients) };
      if (pgbench) sides.pgbench = pgbench(clients);
      else if (town.isLargest && !town.postgres) sides['single-commit SQLite'] = single(bench, clients);
      const { ours, ...beside } = await alternate(bench, sides);
      lines.push(line(`${clients} clients`, town, ours, beside));
    }
    return lines;
  },
  judge(lines) {
    const few = largest(lines, '8 clients'), many = largest(lines, '64 clients');
    const checks = [
      atLeast('8 clients', 3000, few?.rate, '/s'), atLeast('64 clients', 6000, many?.rate, '/s'),
      atLeast('8 clients, of single-commit SQLite', 1.5, ratio(few?.rate, few?.beside['single-commit SQLite']?.rate), '×'),
      atLeast('64 clients, of single-commit SQLite', 3, ratio(many?.rate, many?.beside['single-commit SQLite']?.rate), '×'),
      atLeast('8 clients, largest town against smallest', 0.9, flatness(lines, '8 clients'), '×'),
      atLeast('64 clients, largest town against smallest', 0.9, flatness(lines, '64 clients'), '×'),
    ];
    for (const clients of onPostgres) {
      const one = largest(lines, `${clients} clients`, 'postgres');
      checks.push(atLeast(`PostgreSQL, ${clients} clients, of pgbench`, 0.35, ratio(one?.rate, one?.beside.pgbench?.rate), '×'));
    }
    return checks;
  },
  growth: { what: '8 clients', also: '64 clients', value: 'rate', unit: 'activities a second' },
};
