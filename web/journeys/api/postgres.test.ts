import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Wire } from '@wujin/api';
import { Caller } from '../kit/caller';
import { Postgres } from '../kit/postgres';
import { RunningServer } from '../kit/server';

describe('a server on PostgreSQL', () => {
  let data: string;
  let postgres: Postgres;
  let server: RunningServer;

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'wujin-on-postgres-'));
    postgres = await Postgres.start();
    server = await RunningServer.start({ verb: 'serve', data, settings: ['--database', postgres.url] });
  });
  afterAll(async () => {
    await server.stop();
    await postgres.stop();
    rmSync(data, { recursive: true, force: true });
  });

  it('serves from it, and keeps accounts there over a restart', async () => {
    const stranger = new Caller(server.origin);
    expect((await stranger.get<Wire<'Health'>>('/healthz')).database).toBe('postgresql');
    const token = await server.says(/https?:\/\/\S+\/setup#(\S+)/);
    const session = (await stranger.expects<Wire<'Session'>>('POST', '/api/v1/setup', 201, {
      json: { token, login: 'shili-diyi', password: 'Shili-8-mima', display_name: '示例管理员', town: { id: 'shili-town', name: '示例镇' } },
    })).json;
    await server.stop();
    server = await RunningServer.start({ verb: 'serve', data, settings: ['--database', postgres.url] });
    const me = await new Caller(server.origin, session.token).get<Wire<'Me'>>('/api/v1/me');
    expect(me.login).toBe('shili-diyi');
  });

  it('says that it is not well while the database is away', async () => {
    await postgres.stop();
    const answer = await new Caller(server.origin).expects<Wire<'Health'>>('GET', '/healthz', 503);
    expect(answer.json.status).toBe('failing');
  });
});
