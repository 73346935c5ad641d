import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { Caller, type Answer, type Ask } from '../kit/caller';
import type { RunningServer } from '../kit/server';
import { startTown } from '../kit/town';

const patience = 120_000;

/** A town whose server is killed in the middle and comes back at another address; who talks to it asks again until it answers. */
export class CrashingTown {
  private server: RunningServer | undefined;
  crashes = 0;

  constructor(private readonly data: string, private readonly settings: string[]) {}

  async open(): Promise<void> {
    this.server = await startTown(this.data, this.settings, patience);
  }

  /** Without warning, as when somebody pulls the plug of the process. */
  async crash(): Promise<void> {
    const dying = this.server;
    this.server = undefined;
    await dying?.stop('SIGKILL');
    this.crashes += 1;
    await this.open();
  }

  async close(): Promise<number | null> {
    return await this.server?.stop() ?? null;
  }

  /**
   * Asks as a phone does: no answer, or one that says to come again, is asked again to the letter. Fails on a status that is not
   * among `statuses`, so that a town in trouble never hides one.
   */
  async ask<T>(token: string, method: string, target: string, statuses: number[], ask: Ask = {}): Promise<Answer<T>> {
    for (const limit = Date.now() + patience; ; await pause(50 + Math.random() * 200)) {
      const answer = this.server && await new Caller(this.server.origin, token).ask<T>(method, target, ask).catch(cutOff);
      if (answer && ![429, 503].includes(answer.status)) {
        expect(statuses, `${method} ${target} answered ${answer.status}: ${answer.text.slice(0, 400)}`).toContain(answer.status);
        return answer;
      }
      if (Date.now() > limit) throw new Error(`${method} ${target} was never answered`);
    }
  }

  async get<T>(token: string, target: string): Promise<T> {
    return (await this.ask<T>(token, 'GET', target, [200])).json;
  }

  /** What the server holds now: resident memory in MiB and open files. */
  holds(): { memory: number; files: number } {
    const process = `/proc/${this.server?.pid}`;
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`${process}/status`, 'utf8'));
    return { memory: Number(resident?.[1]) / 1024, files: readdirSync(`${process}/fd`).length };
  }
}

function cutOff(reason: unknown): undefined {
  const code = (reason as { code?: string }).code ?? '';
  if (!['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code)) throw reason;
  return undefined;
}
