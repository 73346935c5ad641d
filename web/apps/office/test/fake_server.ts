import { vi } from 'vitest';

export interface Asked { method: string; path: string; body: unknown; header: (name: string) => string | null }
type Answer = { status?: number; body?: unknown } | 'cut';

/** Answers the desk's requests in the order of a table, and keeps what was asked. Only for tests. */
export function fakeServer(answer: (asked: Asked) => Answer | undefined | Promise<Answer | undefined>): Asked[] {
  const log: Asked[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const isJson = /json/.test(request.headers.get('content-type') ?? '');
    const text = isJson ? await request.clone().text() : '';
    const asked: Asked = { method: request.method, path: new URL(request.url).pathname + new URL(request.url).search, body: text ? JSON.parse(text) : undefined, header: (name) => request.headers.get(name) };
    log.push(asked);
    const given = (await answer(asked)) ?? { status: 404, body: problem(404, 'missing') };
    if (given === 'cut') throw new TypeError('Failed to fetch');
    const status = given.status ?? 200;
    return new Response(given.body === undefined ? null : JSON.stringify(given.body), {
      status, headers: { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json' } });
  });
  return log;
}

export const problem = (status: number, code: string, more: object = {}) =>
  ({ type: 'about:blank', title: '不行', detail: `因为${code}`, status, code, request_id: 'r', ...more });
