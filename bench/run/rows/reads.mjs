// The rows that only ask: a list, a picture, what is new, what looks alike.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, drive, driveUrl, reading } from '../kit/measure.mjs';
import { runForJson } from '../kit/process.mjs';
import { at, atLeast, atMost, largest, line, ratio } from './kit.mjs';

export const list = {
  name: 'list',
  title: 'A list of 50 activities of a town, rights applied',
  async onTown(bench, town) {
    const sides = { ours: () => drive(bench, town, 'list', 4) };
    if (town.activities >= 100_000 && !town.postgres) {
      const nginx = await bench.yardstick('nginx');
      sides['nginx, 10 KB'] = () => driveUrl(bench, `${nginx.origin}/10k`, 4, nginx.pid);
    }
    const { ours, ...beside } = await alternate(bench, sides);
    return [line('4 clients', town, ours, beside)];
  },
  judge(lines) {
    return [100_000, 1_000_000].flatMap((activities) => {
      const one = at(lines, '4 clients', activities);
      const where = `at ${activities.toLocaleString('en')}`;
      return [atMost(`p99 ${where}`, 5, one?.p99_ms, 'ms'), atMost(`CPU ${where}`, 0.12, one?.cpu_ms, 'ms'),
        atLeast(`of nginx serving 10 KB ${where}`, 0.25, ratio(one?.rate, one?.beside['nginx, 10 KB']?.rate), '×')];
    });
  },
  growth: { what: '4 clients', value: 'rate', unit: 'lists a second' },
};

export const picture = {
  name: 'picture',
  title: 'A picture of 2.5 MB served, rights applied',
  async onTown(bench, town) {
    const sides = { ours: () => drive(bench, town, 'picture', 4) };
    if (town.isLargest && !town.postgres) {
      const nginx = await bench.yardstick('nginx', { '2500k': readFileSync(join(town.folder, town.facts.pictures[0])) });
      sides['nginx, 2.5 MB'] = () => driveUrl(bench, `${nginx.origin}/2500k`, 4, nginx.pid);
    }
    const { ours, ...beside } = await alternate(bench, sides);
    return [line('4 clients', town, ours, beside)];
  },
  judge(lines) {
    const one = largest(lines, '4 clients');
    return [atLeast('of nginx', 0.65, ratio(one?.rate, one?.beside['nginx, 2.5 MB']?.rate), '×')];
  },
  growth: { what: '4 clients', value: 'rate', unit: 'pictures a second' },
};

export const likeness = {
  name: 'likeness',
  title: 'Near-duplicates of a picture among as many pictures, rights applied',
  async onTown(bench, town) {
    const sides = { ours: () => drive(bench, town, 'likeness', 1) };
    const { ours } = await alternate(bench, sides, 'p50_ms');
    return [line('over HTTP', town, ours)];
  },
  async alone(bench) {
    const count = bench.quick ? 100_000 : 1_000_000;
    const found = await runForJson(bench.program('bench_likeness'), ['--pictures', String(count)]);
    const index = { ...reading({ rate: 1000 / found.look_up_ms, p50_ms: found.look_up_ms, p99_ms: found.look_up_p99_ms, peak_kib: found.index_kib }), cpu_ms: null };
    const scan = reading({ rate: 1000 / found.scan_ms, p50_ms: found.scan_ms, p99_ms: found.scan_p99_ms, peak_kib: found.scan_kib });
    return [{ ...line('the index in memory', undefined, index, { 'linear scan': scan }), pictures: count, recall: found.recall, build_ms: found.build_ms }];
  },
  judge(lines) {
    const http = largest(lines, 'over HTTP'), index = lines.find((one) => one.what === 'the index in memory');
    return [atMost('look-up in the index', 0.3, index?.p50_ms, 'ms'), atMost('the same asked over HTTP, p50', 0.3, http?.p50_ms, 'ms'),
      atLeast('recall at the threshold', 100, index?.recall === undefined ? undefined : index.recall * 100, '%'),
      atMost('of the time of a linear scan', 1, ratio(index?.p50_ms, index?.beside['linear scan']?.p50_ms), '×')];
  },
  note: 'The memory of the index and of the bare words is theirs alone, not the process\'s.',
  growth: { what: 'over HTTP', value: 'p50_ms', unit: 'ms, p50' },
};

export const changes = {
  name: 'changes',
  title: '50,000 rows changed elsewhere while a phone was away, and it syncs its village',
  async onTown(bench, town) {
    const { ours } = await alternate(bench, { ours: () => drive(bench, town, 'changes', 1) }, 'p50_ms');
    return [{ ...line('1 client', town, ours), changed: town.facts.changed_elsewhere, own: town.facts.changed_here }];
  },
  judge: (lines) => [atMost('p50', 5, largest(lines, '1 client')?.p50_ms, 'ms'), atMost('p99', 5, largest(lines, '1 client')?.p99_ms, 'ms')],
  growth: { what: '1 client', value: 'p50_ms', unit: 'ms, p50' },
};
