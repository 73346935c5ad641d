// A real IMAP server of our own, with TLS: whoever knows the password has a mailbox.
import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, servant, start, stop } from './process.mjs';

export const password = 'bench secret';

function makeCertificate(folder) {
  const key = join(folder, 'key.pem'), certificate = join(folder, 'certificate.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return { key, certificate };
}

const configuration = (folder, port, runs) => `protocols = imap
listen = 127.0.0.1
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log
ssl = required
ssl_cert = <${folder}/certificate.pem
ssl_key = <${folder}/key.pem
default_internal_user = ${runs.name}
default_internal_group = ${runs.group}
default_login_user = ${runs.name}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${folder}/mail/%n
passdb {
  driver = static
  args = password={PLAIN.b64}${Buffer.from(password).toString('base64')}
}
userdb {
  driver = static
  args = uid=${runs.uid} gid=${runs.gid} home=${folder}/home/%n
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
    ssl = yes
  }
}
service anvil {
  chroot =
}
`;

async function isListening(port) {
  const socket = createConnection(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Dovecot gives no mail to root. */
export async function startDovecot() {
  const folder = mkdtempSync('/tmp/wujin-bench-imap-'), runs = servant(), port = await freePort();
  const { certificate } = makeCertificate(folder);
  const own = (path) => { chownSync(path, runs.uid, runs.gid); return path; };
  const make = (...parts) => { mkdirSync(join(folder, ...parts), { recursive: true }); return own(join(folder, ...parts)); };
  for (const path of [folder, certificate, join(folder, 'key.pem')]) own(path);
  for (const part of ['mail', 'home', 'run']) make(part);
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port, runs));
  const daemon = start('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { uid: runs.uid, gid: runs.gid, cwd: folder });
  for (const limit = Date.now() + 30_000; !await isListening(port); await pause(50)) {
    if (daemon.hasEnded() || Date.now() > limit) throw new Error(`Dovecot does not start: ${daemon.said}`);
  }
  return {
    daemon, port, certificate,
    /** A mail arrives in a login's inbox at `at`, which is its INTERNALDATE. */
    deliver(login, name, mail, at) {
      for (const part of ['', 'cur', 'new', 'tmp']) make('mail', login, part);
      const being = join(folder, 'mail', login, 'tmp', name);
      writeFileSync(being, mail);
      own(being);
      utimesSync(being, at, at);
      renameSync(being, join(folder, 'mail', login, 'new', name));
    },
    clear(login) { rmSync(join(folder, 'mail', login), { recursive: true, force: true }); },
    async stop() {
      await stop(daemon);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
