import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { operations } from '../kit/contract';
import { pathOf } from '../kit/paths';
import { Town } from '../kit/people';
import { octets } from '../kit/pictures';
import { binary, freePort, RunningServer, type ServerOptions } from '../kit/server';
import { accountsOf } from '../kit/town';

const town = new Town();
const nobody = town.nobody();

describe('a running server', () => {
  it('says that it is well, and from which database it serves', async () => {
    const health = await nobody.get<Wire<'Health'>>('/healthz');
    expect(health.status).toBe('ok');
    expect(health.database).toBe('sqlite');
    expect(health.demo).toBe(true);
  });

  it('gives figures to Prometheus that name no record and no person', async () => {
    const answer = await nobody.expects('GET', '/metrics', 200);
    expect(answer.text).toMatch(/^# TYPE \w+ (counter|gauge|histogram)$/m);
    for (const line of answer.text.trim().split('\n')) {
      expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-zA-Z_:][\w:]*(\{.*\})? -?[\d.eE+-]+(Inf|NaN)?)$/);
    }
    expect(answer.text).not.toContain(town.account('village').login);
  });

  it('answers with the very contract these tests hold it to', async () => {
    const answer = await nobody.expects('GET', '/api/v1/openapi.yaml', 200);
    const own = readFileSync(new URL('../../../contract/openapi.yaml', import.meta.url), 'utf8');
    expect(load(answer.text)).toEqual(load(own));
  });

  it('answers a path nobody knows with a problem', async () => {
    const answer = await nobody.expects<Wire<'Problem'>>('GET', '/api/v1/nothing', 404);
    expect(answer.json.code).toBe('not_found');
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('answers a method that a path does not have with a problem and says which it has', async () => {
    const answer = await nobody.expects<Wire<'Problem'>>('DELETE', '/api/v1/places', 405);
    expect(answer.json.code).toBe('method_not_allowed');
    expect(answer.headers['allow']).toContain('GET');
  });

  it('speaks the language of the caller', async () => {
    const chinese = await nobody.ask<Wire<'Problem'>>('GET', '/api/v1/me', { headers: { 'accept-language': 'zh-CN' } });
    const english = await nobody.ask<Wire<'Problem'>>('GET', '/api/v1/me', { headers: { 'accept-language': 'en' } });
    expect(chinese.json.title).toMatch(/[一-鿿]/);
    expect(english.json.title).not.toMatch(/[一-鿿]/);
  });
});

describe('without signing in', () => {
  const guarded = operations.filter((operation) => operation.signedIn && operation.statuses.includes(401));

  it.each(guarded.map((operation) => [operation.id, operation] as const))('%s answers 401 and nothing else', async (_, operation) => {
    const headers = { ...octets };
    const answer = await nobody.ask<Wire<'Problem'>>(operation.method, pathOf(operation), { broken: true, headers });
    expect(answer.status).toBe(401);
    expect(answer.json.code).toBe('not_signed_in');
  });

  it.each(guarded.map((operation) => [operation.id, operation] as const))('%s refuses an invented token', async (_, operation) => {
    const headers = { authorization: 'Bearer not-a-token', cookie: 'wujin_session=not-a-token', ...octets };
    expect((await nobody.ask(operation.method, pathOf(operation), { broken: true, headers })).status).toBe(401);
  });
});

describe('a first start of the sample town', () => {
  it('ends at once when told to, and is begun anew by the next', async () => {
    const data = mkdtempSync(join(tmpdir(), 'wujin-first-start-'));
    const soon = '2023-08-20T09:00:00+08:00';  // little has been recorded by then, so it is quickly made
    try {
      const start: ServerOptions = { verb: 'demo', data, settings: ['--clock', soon] };
      const words = ['demo', '--data', data, '--listen', `127.0.0.1:${await freePort()}`, '--clock', soon];
      const cutOff = spawn(binary(), words, { stdio: ['ignore', 'pipe', 'ignore'] });
      const ended = once(cutOff, 'exit');
      let said = '';
      for await (const piece of cutOff.stdout) {
        said += String(piece);
        if (said.includes('drawing the pictures')) break;
      }
      cutOff.kill('SIGTERM');
      expect(await ended).toEqual([null, 'SIGTERM']);

      const next = await RunningServer.start(start);
      expect(accountsOf(data).map((account) => account.role)).toEqual(town.accounts.map((account) => account.role));
      expect(await next.stop()).toBe(0);
    } finally {
      rmSync(data, { recursive: true });
    }
  }, 180_000);
});
