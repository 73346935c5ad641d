import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { get as getSecurely } from 'node:https';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export function binary(): string {
  const path = process.env['WUJIN_BINARY'];
  if (!path) throw new Error('WUJIN_BINARY must name the server to drive, as script/test does');
  return path;
}

/** A port nobody listens on, chosen by the kernel. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface ServerOptions {
  verb?: 'serve' | 'demo';
  data: string;
  host?: string;
  settings?: string[];
  environment?: Record<string, string>;
  /** The words that start it, e.g. in a namespace of its own. The last of them must become the server. */
  inside?: string[];
  /** It speaks TLS, and whoever asks it trusts this certificate, PEM. */
  trusted?: string;
  /** How long to wait until it is well. */
  patience?: number;
}

/** The real binary, on a port of its own. */
export class RunningServer {
  readonly origin: string;
  readonly port: number;
  private said = '';

  private constructor(private readonly child: ChildProcess, host: string, port: number, private readonly trusted?: string) {
    this.port = port;
    this.origin = `${trusted ? 'https' : 'http'}://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
    const hear = (piece: Buffer) => { this.said += piece.toString(); };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
  }

  static async start(options: ServerOptions): Promise<RunningServer> {
    const host = options.host ?? '127.0.0.1';
    const port = await freePort();
    const words = [options.verb ?? 'demo', '--data', options.data, '--listen', `${host}:${port}`, ...(options.settings ?? [])];
    const [program = '', ...rest] = [...(options.inside ?? []), binary(), ...words];
    const child = spawn(program, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...options.environment },
    });
    const server = new RunningServer(child, host, port, options.trusted);
    await server.untilWell(options.patience ?? 120_000);
    return server;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Waits until it printed this; answers the first group. */
  async says(pattern: RegExp): Promise<string> {
    for (const limit = Date.now() + 10_000; Date.now() < limit; await pause(20)) {
      const found = this.said.match(pattern);
      if (found) return found[1] ?? found[0];
    }
    throw new Error(`the server never said ${pattern}:\n${this.said}`);
  }

  private async untilWell(patience: number): Promise<void> {
    const limit = Date.now() + patience;
    while (Date.now() < limit) {
      if (this.child.exitCode !== null) throw new Error(`the server ended with ${this.child.exitCode}:\n${this.said}`);
      if (await this.isWell()) return;
      await pause(50);
    }
    await this.stop();
    throw new Error(`the server is not well after ${patience} ms:\n${this.said}`);
  }

  private isWell(): Promise<boolean> {
    const at = `${this.origin}/healthz`;
    return new Promise((resolve) => {
      const hear = (answer: IncomingMessage) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      };
      const request = this.trusted ? getSecurely(at, { ca: this.trusted, agent: false }, hear) : get(at, { agent: false }, hear);
      request.on('error', () => resolve(false));
    });
  }

  /** Ends it in good order; answers how it ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
    return this.child.exitCode;
  }
}
