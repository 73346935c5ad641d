import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { RunningServer } from './server';

export const clock = '2023-10-26T09:00:00+08:00';

declare module 'vitest' {
  export interface ProvidedContext {
    sample: string;
    origin: string;
    exercised: string;
  }
}

export interface Account {
  role: string;
  place: string;
  login: string;
  password: string;
  link: string;
}

export function accountsOf(data: string): Account[] {
  return JSON.parse(readFileSync(join(data, 'demo-accounts.json'), 'utf8')) as Account[];
}

/** A copy that may be written to. Pictures never change once stored, so where the disk can it shares them. */
export function copyTown(sample: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'wujin-town-'));
  execFileSync('cp', ['-a', '--reflink=auto', `${sample}/.`, copy]);
  return copy;
}

export function startTown(data: string, settings: string[] = [], patience?: number): Promise<RunningServer> {
  return RunningServer.start({ verb: 'demo', data, settings: ['--clock', clock, ...settings], patience });
}

/** Makes the sample town once a run, and starts one server that the tests of the wire share. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = mkdtempSync(join(tmpdir(), 'wujin-journeys-'));
  const results = process.env['WUJIN_TEST_RESULTS'] ?? own;
  const exercised = join(results, 'exercised.txt');
  mkdirSync(results, { recursive: true });
  writeFileSync(exercised, '');
  let sample = process.env['WUJIN_SAMPLE'] ?? '';
  if (!existsSync(join(sample, 'demo-accounts.json'))) {
    sample = join(own, 'sample');
    mkdirSync(sample);
    await (await startTown(sample, [], 600_000)).stop();
  }
  const town = copyTown(sample);
  const server = await startTown(town);
  project.provide('sample', sample);
  project.provide('origin', server.origin);
  project.provide('exercised', exercised);
  return async () => {
    await server.stop();
    for (const folder of [own, town]) rmSync(folder, { recursive: true, force: true });
  };
}
