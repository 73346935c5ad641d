import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request as speakPlainly } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { Caller } from '../kit/caller';
import { deskSized, openBrowser, phoneSized, Watch } from '../kit/browser';
import { Town } from '../kit/people';
import { RunningServer } from '../kit/server';
import { clock, copyTown } from '../kit/town';

let folder: string;
let data: string;
let certificate: string;
let server: RunningServer;
let town: Town;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wujin-tls-'));
  const [file, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', key, '-out', file,
    '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'], { stdio: 'ignore' });
  certificate = readFileSync(file, 'utf8');
  data = copyTown(inject('sample'));
  server = await RunningServer.start({ data, trusted: certificate, settings: ['--clock', clock, '--certificate', file, '--key', key] });
  town = new Town(server.origin, data);
}, 180_000);

afterAll(async () => {
  await server.stop();
  for (const made of [folder, data]) rmSync(made, { recursive: true, force: true });
});

/** What a client that speaks no newer TLS than this is told. */
const greeted = (maxVersion: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') => new Promise<string | null>((resolve, reject) => {
  const socket = connect({ host: '127.0.0.1', port: server.port, ca: certificate, minVersion: 'TLSv1', maxVersion, ciphers: 'DEFAULT@SECLEVEL=0' }, () => {
    resolve(socket.getProtocol());
    socket.destroy();
  });
  socket.on('error', reject);
});

describe('a server with a certificate', () => {
  it('signs in over HTTPS and keeps the session in a cookie that never travels in the open', async () => {
    const { login, password } = town.account('village');
    const opened = await new Caller(server.origin, '', certificate).expects<Wire<'Session'>>('POST', '/api/v1/sessions', 201, {
      json: { login, password, device: 'phone' }, headers: { origin: server.origin } });
    const cookie = opened.headers['set-cookie'] ?? '';
    for (const mark of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie.split('; ')).toContain(mark);
    expect(opened.json.account.secure).toBe(true);
    const me = await new Caller(server.origin, opened.json.token, certificate).get<Wire<'Me'>>('/api/v1/me');
    expect(me).toMatchObject({ login, secure: true });
  });

  it('takes a write of its own pages only, by scheme too', async () => {
    const { login, password } = town.account('village');
    await new Caller(server.origin, '', certificate).expects('POST', '/api/v1/sessions', 421, {
      json: { login, password, device: 'phone' }, headers: { origin: server.origin.replace('https', 'http') } });
  });

  it('says nothing to who speaks plainly', async () => {
    const answered = new Promise((resolve, reject) => {
      speakPlainly(`http://127.0.0.1:${server.port}/healthz`, { agent: false }, resolve).on('error', reject).end();
    });
    await expect(answered).rejects.toThrow();
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('speaks %s', async (version) => { expect(await greeted(version)).toBe(version); });
  it('does not speak TLS 1.1', async () => { await expect(greeted('TLSv1.1')).rejects.toThrow(); });

  it('is entered from both faces, and neither warns of a plain connection', async () => {
    const browser = await openBrowser();
    for (const [face, role, sized] of [['phone', 'village', phoneSized], ['office', 'station', deskSized]] as const) {
      const context = await browser.newContext({ ...sized, ignoreHTTPSErrors: true });
      const watch = new Watch(context, server.origin);
      const page = await context.newPage();
      const { login, password, link } = town.account(role);
      expect(link).toContain(server.origin);
      await page.goto(`${server.origin}/${face}/`);
      await page.getByLabel('账号').fill(login);
      await page.getByLabel('密码').fill(password);
      expect(await page.getByText(/普通连接（HTTP）/).count()).toBe(0);
      await page.getByRole('button', { name: '登录' }).click();
      await page.getByRole('heading', { name: face === 'phone' ? '要办的事' : '各村（社区）活动记录' }).waitFor();
      expect((await context.cookies()).map((cookie) => [cookie.secure, cookie.httpOnly, cookie.sameSite])).toEqual([[true, true, 'Lax']]);
      await watch.isClean();
      await context.close();
    }
    await browser.close();
  }, 60_000);
});
