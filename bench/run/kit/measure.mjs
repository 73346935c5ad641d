// One measurement: three turns of ours and of the yardstick, one after the other, the median of each.
import { run, runForJson, cpuOf, familyMib, forgetPeak, peakMib } from './process.mjs';

const round = (number, digits = 3) => (Number.isFinite(number) ? Number(number.toPrecision(digits + 1)) : null);

/** What bench_load and the yardsticks' programs print, in the words of results.json. Drawing renditions is not the request's CPU. */
export function reading(line) {
  const cpu = line.server_cpu_ms_per_operation ?? line.cpu_ms_per_operation;
  return {
    rate: round(line.rate), p50_ms: round(line.p50_ms), p99_ms: round(line.p99_ms),
    cpu_ms: round(cpu - (line.background_cpu_ms_per_operation ?? 0)),
    peak_mib: round((line.server_peak_kib ?? line.peak_kib) / 1024),
  };
}

export function median(readings, by = 'rate') {
  const sorted = [...readings].sort((one, other) => one[by] - other[by]);
  return { ...sorted[sorted.length >> 1], runs: readings.map((one) => one[by]) };
}

/** Ours, theirs, ours, theirs …: each of `sides` (name to a function that measures once) in turn, then the median of each. */
export async function alternate(bench, sides, by = 'rate') {
  const read = Object.fromEntries(Object.keys(sides).map((name) => [name, []]));
  for (let turn = 0; turn < bench.turns; ++turn) {
    for (const [name, measure] of Object.entries(sides)) read[name].push(await measure(turn));
  }
  return Object.fromEntries(Object.entries(read).map(([name, all]) => [name, median(all, by)]));
}

/** Drives the town's server with one kind of work, for so many seconds or so many operations. */
export async function drive(bench, town, work, clients, { count, warmUp = bench.warmUp, words = [] } = {}) {
  forgetPeak(town.server.pid);
  const databaseBefore = town.postgres ? cpuOf(town.postgres.pid) : 0;
  const until = count ? ['--count', String(count)] : ['--seconds', String(bench.seconds)];
  const line = await runForJson(bench.program('bench_load'), [work, ...words, '--data', town.folder, '--port', String(town.port), '--clients', String(clients),
    ...until, '--warm-up', String(warmUp), '--pid', String(town.server.pid)]);
  if (line.operations === 0 || line.errors > line.operations / 1000) throw new Error(`${work}: ${line.errors} errors of ${line.operations}: ${line.first_error ?? ''}`);
  const measured = reading(line);
  town.peakMib = Math.max(town.peakMib ?? 0, measured.peak_mib);
  if (town.postgres) {
    // The database's share is read around the whole run, warming up included, so it is taken down to the counted part.
    const share = line.seconds / (line.seconds + warmUp);
    measured.database_cpu_ms = round((cpuOf(town.postgres.pid) - databaseBefore) * share / line.operations);
  }
  return measured;
}

/** Drives any other server with plain GETs; `root` is the process whose family serves them. */
export async function driveUrl(bench, url, clients, root) {
  const before = cpuOf(root);
  const line = await runForJson(bench.program('bench_load'),
    ['get', '--url', url, '--clients', String(clients), '--seconds', String(bench.seconds), '--warm-up', String(bench.warmUp)]);
  const share = line.seconds / (line.seconds + bench.warmUp);
  return { ...reading(line), cpu_ms: round((cpuOf(root) - before) * share / line.operations), peak_mib: round(familyMib(root)) };
}

/** CPU in milliseconds that a process's family uses while something is done. */
export async function cpuAround(root, act) {
  const before = cpuOf(root);
  await act();
  return cpuOf(root) - before;
}

/** What one act answers, with the CPU of a process's family meanwhile and the most memory the process had. */
export async function usedBy(root, act) {
  forgetPeak(root);
  const before = cpuOf(root), answered = await act();
  return { ...answered, cpu_ms: cpuOf(root) - before, peak_mib: peakMib(root) };
}

/** wrk with a script, for requests that carry a body. */
export async function driveWrk(bench, script, url, clients, root, words = []) {
  const before = cpuOf(root);
  const printed = await run('wrk', ['-t1', `-c${clients}`, `-d${Math.max(1, Math.round(bench.seconds))}s`, '--timeout', '30s', '--latency', '-s', script, url, '--', ...words]);
  if (/Non-2xx or 3xx responses: (\d+)/.test(printed)) throw new Error(`wrk: ${printed.trim().split('\n').slice(-4).join(' ')}`);
  const operations = Number(/(\d+) requests in/.exec(printed)[1]);
  const latency = (share) => {
    const [, number, unit] = new RegExp(`^\\s+${share}%\\s+([\\d.]+)(us|ms|s)`, 'm').exec(printed);
    return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit];
  };
  return {
    rate: round(Number(/Requests\/sec:\s+([\d.]+)/.exec(printed)[1])), p50_ms: round(latency(50)), p99_ms: round(latency(99)),
    cpu_ms: round((cpuOf(root) - before) / operations), peak_mib: round(familyMib(root)),
  };
}

export { round };
