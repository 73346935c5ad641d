import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Certificate } from './mail_server';
import { freePort } from './server';

const program = '/usr/sbin/dovecot';

interface Owner { name: string; group: string; uid: number; gid: number }

/** Dovecot gives no mail to root. */
function owner(): Owner {
  const wanted = process.getuid?.() === 0 ? 'nobody' : String(process.getuid?.());
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  const user = users.find(([name, , uid]) => name === wanted || uid === wanted);
  if (!user) throw new Error(`these tests need the user ${wanted} for Dovecot`);
  const [name = '', , uid, gid] = user;
  const group = readFileSync('/etc/group', 'utf8').split('\n').map((line) => line.split(':')).find(([, , id]) => id === gid)?.[0] ?? name;
  return { name, group, uid: Number(uid), gid: Number(gid) };
}

/** A real IMAP server on this machine, with a mailbox for whoever knows the password. */
export class Dovecot {
  static readonly password = '授权码 secret';
  private child: ChildProcess | undefined;
  private delivered = 0;

  private constructor(private readonly folder: string, readonly port: number, private readonly secret: string) {}

  static async start(certificate: Certificate, secret = Dovecot.password): Promise<Dovecot> {
    if (!existsSync(program)) throw new Error('these tests need Dovecot (apt install dovecot-imapd)');
    const folder = mkdtempSync('/tmp/wujin-imap-');
    const runs = owner();
    chownSync(folder, runs.uid, runs.gid);
    const server = new Dovecot(folder, await freePort(), secret);
    writeFileSync(join(folder, 'certificate.pem'), certificate.certificate);
    writeFileSync(join(folder, 'key.pem'), certificate.key);
    for (const file of ['certificate.pem', 'key.pem']) chownSync(join(folder, file), runs.uid, runs.gid);
    writeFileSync(join(folder, 'dovecot.conf'), server.configuration(runs));
    for (const part of ['mail', 'home', 'run']) server.own(part);
    for (const name of ['', '.Done', `.${Dovecot.named}`]) server.makeFolder(name);
    await server.listen();
    return server;
  }

  /** 已处理, as Maildir has it: modified UTF-7. */
  static readonly named = '&XfJZBHQG-';

  /** Starts, or starts again with the mail it had. */
  async listen(): Promise<void> {
    const { uid, gid } = owner();
    this.child = spawn(program, ['-F', '-c', join(this.folder, 'dovecot.conf')], { uid, gid, cwd: this.folder, stdio: 'ignore' });
    for (const limit = Date.now() + 30_000; !await this.isListening(); await pause(50)) {
      if (Date.now() > limit || this.child.exitCode !== null) throw new Error(`Dovecot does not start: ${this.log()}`);
    }
  }

  async hangUp(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  async stop(): Promise<void> {
    await this.hangUp();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A mail arrives at `at`, which is its INTERNALDATE. */
  deliver(mail: string | Uint8Array, at: string): void {
    const { uid, gid } = owner();
    const name = `${Date.now()}.${++this.delivered}.example`;
    const being = join(this.folder, 'mail', 'station', 'tmp', name);
    writeFileSync(being, mail);
    chownSync(being, uid, gid);
    utimesSync(being, new Date(at), new Date(at));
    renameSync(being, join(this.folder, 'mail', 'station', 'new', name));
  }

  /** The mails of a folder, its marks in their names; of the inbox without one. */
  mails(folder = ''): string[] {
    const at = join(this.folder, 'mail', 'station', folder);
    return ['cur', 'new'].flatMap((part) => readdirSync(join(at, part)));
  }

  /** Every number means another mail from now on: UIDVALIDITY changes. */
  async renumber(): Promise<void> {
    await this.hangUp();
    const at = join(this.folder, 'mail', 'station');
    for (const file of readdirSync(at)) if (file.startsWith('dovecot')) rmSync(join(at, file));
    await pause(1100);
    await this.listen();
  }

  private own(part: string): void {
    const { uid, gid } = owner();
    mkdirSync(join(this.folder, part), { recursive: true });
    chownSync(join(this.folder, part), uid, gid);
  }

  private makeFolder(name: string): void {
    for (const part of ['', 'cur', 'new', 'tmp']) this.own(join('mail', 'station', name, part));
  }

  private async isListening(): Promise<boolean> {
    const socket = createConnection(this.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }

  private log(): string {
    const file = join(this.folder, 'log');
    return existsSync(file) ? readFileSync(file, 'utf8').slice(-2000) : '';
  }

  private configuration(runs: Owner): string {
    const secret = Buffer.from(this.secret).toString('base64');
    return `protocols = imap
listen = 127.0.0.1
base_dir = ${this.folder}/run
state_dir = ${this.folder}/run
log_path = ${this.folder}/log
ssl = required
ssl_cert = <${this.folder}/certificate.pem
ssl_key = <${this.folder}/key.pem
default_internal_user = ${runs.name}
default_internal_group = ${runs.group}
default_login_user = ${runs.name}
first_valid_uid = 1
first_valid_gid = 1
auth_failure_delay = 0
mail_location = maildir:${this.folder}/mail/%n
passdb {
  driver = static
  args = password={PLAIN.b64}${secret}
}
userdb {
  driver = static
  args = uid=${runs.uid} gid=${runs.gid} home=${this.folder}/home/%n
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${this.port}
    ssl = yes
  }
}
service anvil {
  chroot =
}
`;
  }
}
