import { median } from '../kit/measure.mjs';
import { atMost, largest, line } from './kit.mjs';

const what = 'start, rest and peak';

export default {
  name: 'process',
  title: 'The process: start, rest, and peak through all rows above',
  last: true,
  async onTown(_bench, town) {
    const start = median(town.starts.map((milliseconds) => ({ p50_ms: Number(milliseconds.toPrecision(3)) })), 'p50_ms');
    return [{ ...line(what, town, { rate: null, p50_ms: null, p99_ms: null, cpu_ms: null, peak_mib: town.peakMib ?? null }),
      start_ms: start.p50_ms, starts: start.runs, idle_mib: Number(town.idleMib.toPrecision(3)) }];
  },
  judge(lines) {
    const one = largest(lines, what);
    return [atMost('start until /healthz answers', 300, one?.start_ms, 'ms'), atMost('idle', 30, one?.idle_mib, 'MiB'),
      atMost('peak', 200, one?.peak_mib, 'MiB')];
  },
  note: 'ODK Central took 500 + 235 MB and Directus 557 MB when they were measured on this machine.',
  growth: { what, value: 'start_ms', unit: 'ms to start' },
};
