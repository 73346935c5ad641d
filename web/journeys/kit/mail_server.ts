import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A key and a certificate of this machine that nobody but these tests trusts. */
export interface Certificate { key: Buffer; certificate: Buffer; file: string }

export function makeCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'wujin-certificate-'));
  const key = join(folder, 'key.pem');
  const file = join(folder, 'certificate.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', key, '-out', file], { stdio: 'ignore' });
  return { key: readFileSync(key), certificate: readFileSync(file), file };
}

export interface Taken { from: string; to: string[]; encrypted: boolean; login: string | undefined; mail: ParsedMail }

/** What the server does with the next messages, one after another; the last one stays. */
export type Mood = 'takes' | 'silent' | 'refuses' | 'comes_later' | 'drops_before_data' | 'drops_within_data' | 'drops_after_data' | 'waits';

const refusal = (code: number) => Object.assign(new Error(code === 550 ? 'no such mailbox' : 'come again later'), { responseCode: code });

/** A real SMTP server on this machine, with moods. */
export class MailServer {
  readonly taken: Taken[] = [];
  moods: Mood[] = ['takes'];
  /** Calls that let a message go on which the server sits on. */
  readonly held: (() => void)[] = [];
  attempts = 0;
  /** Connections it never said a word to. */
  unanswered = 0;
  private readonly server: SMTPServer;

  constructor(certificate: Certificate, private readonly port: number, secure: boolean) {
    const options: SMTPServerOptions = {
      secure, key: certificate.key, cert: certificate.certificate, authOptional: false, disableReverseLookup: true, logger: false,
      onConnect: (_session, done) => {
        if (this.moods[0] === 'silent') { this.next(); this.unanswered += 1; return; }
        done();
      },
      onAuth: (auth, _session, done) => {
        if (auth.username === 'station' && auth.password === '口令 secret') done(null, { user: auth.username });
        else done(new Error('wrong'));
      },
      onMailFrom: (_address, _session, done) => { this.attempts += 1; done(); },
      onRcptTo: (_address, _session, done) => {
        const mood = this.moods[0];
        if (mood === 'refuses' || mood === 'comes_later') { this.next(); done(refusal(mood === 'refuses' ? 550 : 451)); return; }
        if (mood === 'drops_before_data') { this.next(); this.hangUp(); return; }
        done();
      },
      onData: (stream, session, done) => {
        const pieces: Buffer[] = [];
        stream.on('data', (piece: Buffer) => {
          if (this.moods[0] === 'drops_within_data') { this.next(); this.hangUp(); return; }
          pieces.push(piece);
        });
        stream.on('end', () => {
          const mood = this.moods[0];
          this.next();
          if (mood === 'drops_after_data') { this.hangUp(); return; }
          const take = async () => {
            this.taken.push({ from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '', to: session.envelope.rcptTo.map((one) => one.address),
              encrypted: session.secure, login: session.user, mail: await simpleParser(Buffer.concat(pieces)) });
            done();
          };
          if (mood === 'waits') this.held.push(() => void take());
          else void take();
        });
      },
    };
    this.server = new SMTPServer(options);
    // A connection that was cut is what these tests are about.
    this.server.on('error', () => undefined);
  }

  private next(): void { if (this.moods.length > 1) this.moods.shift(); }

  /** Cuts every connection without a word. */
  private hangUp(): void {
    const connections = (this.server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections;
    for (const connection of connections) connection._socket.destroy();
  }

  listen(): Promise<void> { return new Promise((resolve) => { this.server.listen(this.port, '127.0.0.1', () => resolve()); }); }
  close(): Promise<void> { return new Promise((resolve) => { this.hangUp(); this.server.close(() => resolve()); }); }
}
