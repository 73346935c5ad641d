import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

interface Owner { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root. */
function owner(): Owner {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('nobody:'));
  if (!line) throw new Error('run as root, these tests need the user nobody for PostgreSQL');
  const [, , uid, gid] = line.split(':');
  return { uid: Number(uid), gid: Number(gid) };
}

function programs(): string {
  const places = ['/usr/lib/postgresql/15/bin', ...(process.env['PATH'] ?? '').split(delimiter)];
  const found = places.find((place) => existsSync(join(place, 'initdb')) && existsSync(join(place, 'postgres')));
  if (!found) throw new Error('these tests need PostgreSQL 15: no initdb found (apt install postgresql-15)');
  return found;
}

/** A PostgreSQL of one's own on a Unix socket under /tmp. */
export class Postgres {
  private constructor(private readonly directory: string, private readonly child: ChildProcess) {}

  static async start(): Promise<Postgres> {
    const directory = mkdtempSync('/tmp/wujin-pg-');
    const { uid, gid } = owner();
    if (uid !== undefined && gid !== undefined) chownSync(directory, uid, gid);
    const cluster = join(directory, 'cluster');
    execFileSync(join(programs(), 'initdb'), ['-D', cluster, '-U', 'wujin', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
      { uid, gid, cwd: directory, stdio: 'ignore' });
    const child = spawn(join(programs(), 'postgres'), ['-D', cluster, '-k', directory, '-c', 'listen_addresses=', '-c', 'fsync=off'],
      { uid, gid, cwd: directory, stdio: 'ignore' });
    const socket = join(directory, '.s.PGSQL.5432');
    for (const limit = Date.now() + 60_000; !existsSync(socket);) {
      if (Date.now() > limit || child.exitCode !== null) throw new Error('PostgreSQL does not start');
      await pause(50);
    }
    return new Postgres(directory, child);
  }

  get url(): string {
    return `postgresql://wujin@/postgres?host=${this.directory}`;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGQUIT');
      await ended;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }
}
