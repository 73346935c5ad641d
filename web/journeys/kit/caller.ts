import { appendFileSync } from 'node:fs';
import { request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as sendSecurely } from 'node:https';
import { expect, inject } from 'vitest';
import { faultsOfAnswer, faultsOfRequest, operationFor } from './contract';

export interface Ask {
  json?: unknown;
  /** Sent as it is, in place of `json`. */
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
  /** Breaks the contract on purpose, so only the answer is held to it. */
  broken?: boolean;
}

export interface Answer<T> {
  status: number;
  headers: Record<string, string>;
  bytes: Uint8Array;
  text: string;
  json: T;
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value ?? '']));
}

/** What was asked and answered, for the closing check that every operation and status was. */
export function note(operation: string, status: number): void {
  appendFileSync(inject('exercised'), `${operation} ${status}\n`);
}

interface Plain { status: number; headers: Record<string, string>; bytes: Uint8Array }

interface Sent { method: string; headers: Record<string, string>; body?: string | Uint8Array; trusted?: string }

function exchange(origin: string, target: string, { method, headers, body, trusted }: Sent): Promise<Plain> {
  return new Promise((resolve, reject) => {
    const hear = (answer: IncomingMessage) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: flat(answer.headers), bytes: Buffer.concat(pieces) }));
      answer.on('error', reject);
    };
    const options = { method, headers, agent: false };
    const request = trusted ? sendSecurely(origin + target, { ...options, ca: trusted }, hear) : send(origin + target, options, hear);
    request.on('error', reject);
    request.end(body);
  });
}

/** Somebody who talks to the server; every request and answer is held to the contract. */
export class Caller {
  /** `trusted`: the certificate a server at an https origin shows, PEM. */
  constructor(readonly origin: string, readonly token = '', private readonly trusted?: string) {}

  async ask<T = unknown>(method: string, target: string, ask: Ask = {}): Promise<Answer<T>> {
    const [path, query] = target.split('?') as [string, string | undefined];
    const operation = operationFor(method, path);
    const body = ask.raw ?? (ask.json === undefined ? undefined : JSON.stringify(ask.json));
    const headers: Record<string, string> = { 'accept-language': 'zh-CN' };
    if (this.token) headers['authorization'] = `Bearer ${this.token}`;
    if (ask.json !== undefined) headers['content-type'] = 'application/json';
    if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
    else if (method !== 'GET' && method !== 'HEAD') headers['content-length'] = '0';
    Object.assign(headers, ask.headers);
    if (operation && !ask.broken) {
      expect(faultsOfRequest(operation, { path, query: new URLSearchParams(query), headers, json: ask.json }), `${method} ${target} as sent`).toEqual([]);
    }
    const plain = await exchange(this.origin, target, { method, headers, body, trusted: this.trusted });
    const text = Buffer.from(plain.bytes).toString('utf8');
    const isJson = /json/.test(plain.headers['content-type'] ?? '');
    const json = (isJson && text !== '' ? JSON.parse(text) : undefined) as T;
    if (operation) {
      note(operation.id, plain.status);
      expect(faultsOfAnswer(operation, { ...plain, text, json }), `${method} ${target} answered ${plain.status} ${text.slice(0, 400)}`).toEqual([]);
    }
    return { ...plain, text, json };
  }

  /** Asks and expects this very status. */
  async get<T>(target: string, status = 200): Promise<T> {
    return (await this.expects<T>('GET', target, status)).json;
  }

  async expects<T>(method: string, target: string, status: number, ask: Ask = {}): Promise<Answer<T>> {
    const answer = await this.ask<T>(method, target, ask);
    expect(answer.status, `${method} ${target}: ${answer.text.slice(0, 600)}`).toBe(status);
    return answer;
  }
}
