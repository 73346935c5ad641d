import { join } from 'node:path';
import { alternate, drive, median, reading, round } from '../kit/measure.mjs';
import { runForJson } from '../kit/process.mjs';
import { seededFolder, untilDrawn } from '../kit/town.mjs';
import { atLeast, atMost, largest, line, ratio } from './kit.mjs';

const alone = '2 at a time, in a process of its own', sustained = 'activities with 3 pictures, renditions keeping up', beside = 'lists while pictures are drawn';

export default {
  name: 'rendering',
  title: '12 megapixels drawn at 320 and 1280 pixels, in the background',
  writes: true,
  async alone(bench) {
    const folder = join(await seededFolder(bench, bench.sizes[0]), 'bench-pictures'), count = bench.short ? 12 : 48;
    const { ours, sharp } = await alternate(bench, {
      ours: async () => reading(await runForJson(bench.program('bench_draw'), ['--folder', folder, '--threads', '2', '--count', String(count)])),
      sharp: async () => reading(await runForJson(process.execPath, [join(bench.root, 'bench/yardsticks/renditions.mjs'), folder, '2', String(count)])),
    });
    return [line(alone, undefined, ours, { sharp })];
  },
  /** After all other rows of the largest town: how long a burst takes until it is drawn, and whether anybody notices. */
  async onTown(bench, town) {
    if (!town.isLargest || town.postgres) return [];
    await untilDrawn(bench, town);
    const burst = bench.short ? 15 : 45;
    const began = performance.now();
    const taken = await drive(bench, town, 'with-pictures', 4, { warmUp: 0, count: burst });
    const drawnAt = await untilDrawn(bench, town);
    const seconds = (drawnAt - began) / 1000;
    // A burst leaves records that bear pictures on the pages that are listed next, so the quiet server is asked before and after.
    const quiet = [await drive(bench, town, 'list', 4)], busy = [];
    for (let turn = 0; turn < bench.turns; ++turn) {
      await drive(bench, town, 'with-pictures', 4, { warmUp: 0, count: burst });
      busy.push(await drive(bench, town, 'list', 4));
      await untilDrawn(bench, town);
      quiet.push(await drive(bench, town, 'list', 4));
    }
    return [line(sustained, town, { ...taken, rate: round(burst / seconds), burst_rate: taken.rate }),
      line(beside, town, median(busy), { 'lists on a quiet server': median(quiet) })];
  },
  judge(lines) {
    const own = lines.find((one) => one.what === alone), lasting = largest(lines, sustained), lists = largest(lines, beside);
    return [atMost('CPU a picture', 80, own?.cpu_ms, 'ms'), atMost('memory', 100, own?.peak_mib, 'MiB'),
      atLeast('of sharp', 1.3, ratio(own?.rate, own?.beside.sharp?.rate), '×'),
      atLeast('activities with 3 pictures, sustained', 5, lasting?.rate, '/s'),
      atLeast('rate of lists meanwhile', 0.9, ratio(lists?.rate, lists?.beside['lists on a quiet server']?.rate), '×')];
  },
};
