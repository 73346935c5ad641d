// What the server is held against: nginx, @tus/server, PostgreSQL, each of our own on a free port.
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, run, servant, start, stop, untilAnswers } from './process.mjs';

/** nginx with two workers and no log, serving `files` (name to bytes). */
export async function startNginx(bench, files) {
  const folder = join(bench.scratch, 'nginx'), port = await freePort();
  mkdirSync(join(folder, 'www'), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'www', name), bytes);
  const template = readFileSync(join(bench.root, 'bench/yardsticks/nginx.conf'), 'utf8');
  writeFileSync(join(folder, 'nginx.conf'), template.replaceAll('PORT', String(port)).replaceAll('USER', process.getuid() === 0 ? 'user root;' : ''));
  const nginx = existsSync('/usr/sbin/nginx') ? '/usr/sbin/nginx' : 'nginx';
  const daemon = start(nginx, ['-p', folder, '-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')]);
  await untilAnswers(`http://127.0.0.1:${port}/${Object.keys(files)[0]}`, daemon);
  return { ...daemon, daemon, origin: `http://127.0.0.1:${port}` };
}

export async function startTus(bench) {
  const folder = join(bench.scratch, 'tus'), port = await freePort();
  mkdirSync(folder, { recursive: true });
  const daemon = start(process.execPath, [join(bench.root, 'bench/yardsticks/tus_server.mjs'), folder, String(port)]);
  await untilAnswers(`http://127.0.0.1:${port}/`, daemon);
  const clear = () => { for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true }); };
  return { ...daemon, daemon, url: `http://127.0.0.1:${port}/files`, clear };
}

function postgresPrograms() {
  const places = [...(existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort().reverse().map((version) => `/usr/lib/postgresql/${version}/bin`) : []),
    ...(process.env.PATH ?? '').split(':')];
  const found = places.find((place) => existsSync(join(place, 'initdb')));
  if (!found) throw new Error('PostgreSQL is missing: script/bootstrap bench');
  return found;
}

/** PostgreSQL as its package sets it, durable, on a socket under /tmp. It refuses to run as root. */
export async function startPostgres() {
  const programs = postgresPrograms(), folder = mkdtempSync('/tmp/wujin-bench-');
  const { uid, gid } = servant(), as = { uid, gid };
  chownSync(folder, uid, gid);
  const cluster = join(folder, 'cluster');
  execFileSync(join(programs, 'initdb'), ['-D', cluster, '-U', 'wujin', '--auth=trust', '--encoding=UTF8', '--locale=C'], { ...as, cwd: folder, stdio: 'ignore' });
  const daemon = start(join(programs, 'postgres'), ['-D', cluster, '-k', folder, '-c', 'listen_addresses='], { ...as, cwd: folder });
  const psql = (database, command) => run(join(programs, 'psql'), ['-q', '-h', folder, '-U', 'wujin', '-c', command, database]);
  for (const limit = Date.now() + 60_000; ;) {
    try { await psql('postgres', 'select 1'); break; } catch (error) {
      if (daemon.hasEnded() || Date.now() > limit) throw error;
      await pause(100);
    }
  }
  return {
    ...daemon, daemon, folder, psql,
    script: async (database, file) => psql(database, readFileSync(file, 'utf8')),
    pgbench: (words) => run(existsSync(join(programs, 'pgbench')) ? join(programs, 'pgbench') : 'pgbench', ['-h', folder, '-U', 'wujin', ...words], { cwd: '/tmp' }),
    async makeDatabase(name) {
      await psql('postgres', `create database ${name}`);
      return `postgresql://wujin@/${name}?host=${folder}`;
    },
    async stop() {
      await stop(daemon, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
