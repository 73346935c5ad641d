import { join } from 'node:path';
import { alternate, drive, driveWrk, reading } from '../kit/measure.mjs';
import { runForJson } from '../kit/process.mjs';
import { untilDrawn } from '../kit/town.mjs';
import { atLeast, atMost, largest, line, ratio } from './kit.mjs';

const what = '4 clients', pictures = 3;

export default {
  name: 'with-pictures',
  title: 'An activity with 3 pictures of 2.5 MB, acknowledged after fsync',
  writes: true,
  async onTown(bench, town) {
    const judged = town.isLargest && !town.postgres;
    const sides = {
      ours: async () => {
        const measured = await drive(bench, town, 'with-pictures', 4);
        // What this leaves to be drawn must not run beside the yardsticks.
        if (judged) await untilDrawn(bench, town);
        return measured;
      },
    };
    if (judged) {
      const tus = await bench.yardstick('tus');
      const picture = join(town.folder, town.facts.pictures[0]);
      sides['@tus/server with fsync'] = async () => {
        const measured = await driveWrk(bench, join(bench.root, 'bench/yardsticks/tus_upload.lua'), tus.url, 4, tus.pid, [picture]);
        tus.clear();
        return measured;
      };
      sides['durable file writes'] = async () => reading(await runForJson(bench.program('bench_raw'),
        ['files', '--folder', bench.scratch, '--threads', '4', '--seconds', String(bench.seconds)]));
    }
    const { ours, ...beside } = await alternate(judged ? bench : { ...bench, turns: 1 }, sides);
    return [line(what, town, ours, beside)];
  },
  judge(lines) {
    const one = largest(lines, what);
    const third = (name) => ratio(one?.rate, (one?.beside[name]?.rate ?? 0) / pictures);
    return [
      atLeast('4 clients', 45, one?.rate, '/s'), atMost('CPU an activity', 25, one?.cpu_ms, 'ms'), atMost('p99', 200, one?.p99_ms, 'ms'),
      atLeast('of what @tus/server with fsync takes in, in threes', 2.2, third('@tus/server with fsync'), '×'),
      atLeast('of raw durable file writes, in threes', 0.65, third('durable file writes'), '×'),
    ];
  },
  note: 'The yardsticks count single pictures; three of them make one activity.',
  growth: { what, value: 'rate', unit: 'activities a second' },
};
