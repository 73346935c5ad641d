// Programs the bench starts: each is known by its id, ended by it, and looked at through /proc.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const running = new Set();

/**
 * Starts a program that stays until `stop`. What it says is kept, its last lines for the moment it fails; a program that says much
 * while it is measured is given a file as its `log`, for reading along would take of its cores.
 */
export function start(program, words, { log, ...options } = {}) {
  const out = log ? openSync(log, 'a') : 'pipe';
  const child = spawn(program, words, { stdio: ['ignore', out, out], ...options });
  if (log) closeSync(out);
  const daemon = { child, pid: child.pid, heard: '', get said() { return log ? readFileSync(log, 'utf8').slice(-4000) : this.heard; } };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece) => { daemon.heard = (daemon.heard + piece).slice(-4000); });
  }
  child.on('error', (error) => { daemon.heard += error.message; });
  daemon.hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  running.add(daemon);
  return daemon;
}

export async function stop(daemon, signal = 'SIGTERM') {
  running.delete(daemon);
  if (daemon.hasEnded()) return;
  const ended = once(daemon.child, 'exit');
  daemon.child.kill(signal);
  const late = setTimeout(() => daemon.child.kill('SIGKILL'), 30_000);
  await ended;
  clearTimeout(late);
}

export async function stopAll() {
  for (const daemon of [...running]) await stop(daemon, 'SIGINT');
}

/** Runs a program to its end and answers what it printed; throws with its last words when it fails. */
export async function run(program, words, options = {}) {
  const daemon = start(program, words, options);
  let printed = '';
  daemon.child.stdout.on('data', (piece) => { printed += piece; });
  const [code, signal] = await Promise.race([once(daemon.child, 'close'), once(daemon.child, 'error').then(() => [127, null])]);
  running.delete(daemon);
  if (code !== 0) throw new Error(`${program.split('/').at(-1)} ${words.slice(0, 3).join(' ')} ended with ${code ?? signal}: ${daemon.said.trim().slice(-600)}`);
  return printed;
}

/** The last line as JSON: how every program of the bench answers. */
export async function runForJson(program, words, options) {
  return JSON.parse((await run(program, words, options)).trim().split('\n').at(-1));
}

/** Who a daemon runs as that refuses to run as root. */
export function servant() {
  const wanted = process.getuid() === 0 ? 'nobody' : String(process.getuid());
  const [name, , uid, gid] = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':')).find(([user, , id]) => user === wanted || id === wanted);
  const group = readFileSync('/etc/group', 'utf8').split('\n').map((line) => line.split(':')).find(([, , id]) => id === gid)[0];
  return { name, group, uid: Number(uid), gid: Number(gid) };
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Asks until the address answers, and says after how many milliseconds it did. */
export async function untilAnswers(url, daemon, { every = 50, within = 120_000 } = {}) {
  const began = performance.now();
  for (;;) {
    try {
      const answer = await fetch(url);
      await answer.arrayBuffer();
      if (answer.ok) return performance.now() - began;
    } catch { /* not yet */ }
    if (daemon.hasEnded()) throw new Error(`it ended at once: ${daemon.said.trim().slice(-600)}`);
    if (performance.now() - began > within) throw new Error(`it does not answer: ${daemon.said.trim().slice(-600)}`);
    await pause(every);
  }
}

const ticks = 100;

function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [user, system, childUser, childSystem] = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), own: (user + system) * 1000 / ticks, ended: (childUser + childSystem) * 1000 / ticks };
  } catch {
    return undefined;
  }
}

function family(root) {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => [Number(pid), stat(pid)]).filter(([, found]) => found);
  const members = new Map(all.filter(([pid]) => pid === root));
  for (let grew = true; grew;) {
    grew = false;
    for (const [pid, found] of all) {
      if (!members.has(pid) && members.has(found.parent)) { members.set(pid, found); grew = true; }
    }
  }
  return members;
}

/** CPU in milliseconds of a process and its children, those that ended included. */
export function cpuOf(root) {
  let sum = 0;
  for (const found of family(root).values()) sum += found.own + found.ended;
  return sum;
}

function kibOf(pid, file, name) {
  try {
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

export const residentMib = (pid) => kibOf(pid, 'status', 'VmRSS') / 1024;
export const peakMib = (pid) => kibOf(pid, 'status', 'VmHWM') / 1024;
/** A family's memory, what its members share counted once. */
export const familyMib = (root) => [...family(root).keys()].reduce((sum, pid) => sum + kibOf(pid, 'smaps_rollup', 'Pss') / 1024, 0);
/** Forgets the highest memory so far, so that the next reading is of what comes now. */
export const forgetPeak = (pid) => { writeFileSync(`/proc/${pid}/clear_refs`, '5'); };
