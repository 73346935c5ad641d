import { run } from '../kit/process.mjs';
import { round } from '../kit/measure.mjs';

const shown = (nanoseconds) => (nanoseconds < 1000 ? `${Number(nanoseconds.toPrecision(3))} ns` : nanoseconds < 1e6 ? `${Number((nanoseconds / 1000).toPrecision(3))} µs` : `${Number((nanoseconds / 1e6).toPrecision(3))} ms`);

export default {
  name: 'micro',
  title: 'Small parts alone',
  async alone(bench) {
    const printed = await run(bench.program('bench_micro'), ['--benchmark_format=json', `--benchmark_min_time=${bench.short ? 0.05 : 0.3}`], { cwd: bench.root });
    return JSON.parse(printed.slice(printed.indexOf('{'))).benchmarks.map((one) => ({ what: one.name, engine: null, activities: null, nanoseconds: round(one.cpu_time * { ns: 1, us: 1e3, ms: 1e6, s: 1e9 }[one.time_unit]) }));
  },
  section: (found) => ['| part | CPU time |', '|---|---:|', ...found.lines.map((one) => `| ${one.what} | ${shown(one.nanoseconds)} |`)].join('\n'),
};
