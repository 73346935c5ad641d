import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Posted { path: string; query: URLSearchParams; json: Record<string, unknown> }
export type RobotMood = 'takes' | 'fails' | 'silent' | 'redirects' | 'says_no';

/** Stands in the place of WeCom, DingTalk and Feishu: checks signatures as their makers describe, and has moods. */
export class RobotServer {
  readonly posted: Posted[] = [];
  readonly faults: string[] = [];
  moods: RobotMood[] = ['takes'];
  secret = '';
  private readonly server = createServer((request, response) => { void this.answer(request, response); });

  async listen(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void { this.server.closeAllConnections(); this.server.close(); }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const piece of request) body += String(piece);
    const url = new URL(request.url ?? '/', 'http://robot');
    const posted = { path: url.pathname, query: url.searchParams, json: JSON.parse(body) as Record<string, unknown> };
    this.posted.push(posted);
    this.check(posted, String(request.headers['content-type']));
    const mood = this.moods.length > 1 ? this.moods.shift() : this.moods[0];
    if (mood === 'silent') return;
    if (mood === 'redirects') { response.writeHead(302, { location: '/elsewhere' }).end(); return; }
    const answers = { takes: [200, '{"errcode":0,"code":0}'], fails: [500, 'broken'], says_no: [200, '{"errcode":310000,"errmsg":"sign not match"}'] } as const;
    const [status, text] = answers[mood ?? 'takes'];
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  }

  private check({ path, query, json }: Posted, type: string): void {
    if (!type.startsWith('application/json')) this.faults.push(`${path}: ${type}`);
    if (path === '/dingtalk' && this.secret) {
      const stamp = query.get('timestamp') ?? '';
      const sign = createHmac('sha256', this.secret).update(`${stamp}\n${this.secret}`).digest('base64');
      if (!/^\d{13}$/.test(stamp) || query.get('sign') !== sign) this.faults.push(`dingtalk: ${query.toString()}`);
    }
    if (path === '/feishu' && this.secret) {
      const stamp = String(json['timestamp']);
      const sign = createHmac('sha256', `${stamp}\n${this.secret}`).update('').digest('base64');
      if (!/^\d{10}$/.test(stamp) || json['sign'] !== sign) this.faults.push(`feishu: ${JSON.stringify(json)}`);
    }
  }
}
