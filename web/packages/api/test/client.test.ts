import { describe, expect, it, vi } from 'vitest';
import { createApi, NoAnswer, Refusal, newId, settle } from '../src';

function answering(status: number, body: unknown, type = 'application/json') {
  return vi.fn(async (_request: Request) => new Response(body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body), {
    status, headers: { 'Content-Type': type },
  }));
}
const origin = 'http://office.test';
const problem = { type: 'about:blank', title: '不对', status: 422, code: 'invalid', request_id: 'r1', faults: [{ field: 'title', code: 'too_long', detail: '太长' }] };

describe('the client', () => {
  it('gives every write an idempotency key and a read none', async () => {
    const fetch = answering(200, { items: [] });
    const api = createApi({ origin, fetch: fetch as never });
    await settle(api.GET('/api/v1/places'));
    await settle(api.PATCH('/api/v1/me', { body: { language: 'en' } }));
    expect(fetch.mock.calls[0]![0].headers.get('Idempotency-Key')).toBeNull();
    expect(fetch.mock.calls[1]![0].headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps the key that was made at the tap', async () => {
    const fetch = answering(200, {});
    const api = createApi({ origin, fetch: fetch as never });
    await settle(api.PATCH('/api/v1/me', { body: {}, params: { header: { 'Idempotency-Key': 'tapped-once' } } }));
    expect(fetch.mock.calls[0]![0].headers.get('Idempotency-Key')).toBe('tapped-once');
  });

  it('throws the problem with its faults by field', async () => {
    const api = createApi({ origin, fetch: answering(422, problem, 'application/problem+json') as never });
    const refusal = await settle(api.PATCH('/api/v1/me', { body: {} })).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Refusal);
    expect((refusal as Refusal).faultOf('title')).toBe('太长');
    expect((refusal as Refusal).isPassing).toBe(false);
  });

  it.each([[502, '<html>bad gateway</html>'], [500, ''], [413, 'too much']])('makes a refusal of an answer %i that is no problem', async (status, body) => {
    const api = createApi({ origin, fetch: answering(status, body, 'text/html') as never });
    const refusal = await settle(api.GET('/api/v1/me')).catch((error: unknown) => error);
    expect((refusal as Refusal).status).toBe(status);
  });

  it('tells a cut line from a refusal', async () => {
    const api = createApi({ origin, fetch: (async () => { throw new TypeError('Failed to fetch'); }) as never });
    await expect(settle(api.GET('/api/v1/me'))).rejects.toBeInstanceOf(NoAnswer);
  });

  it('takes half a body for no answer', async () => {
    const api = createApi({ origin, fetch: answering(200, '{"id": "1', 'application/json') as never });
    await expect(settle(api.GET('/api/v1/me'))).rejects.toBeInstanceOf(NoAnswer);
  });

  it('says that the session ended, but not for a wrong password', async () => {
    const ended = vi.fn();
    const api = createApi({ origin, fetch: answering(401, { ...problem, status: 401, code: 'signed_out' }, 'application/problem+json') as never, onSignedOut: ended });
    await settle(api.POST('/api/v1/sessions', { body: { login: 'a', password: 'b' } })).catch(() => undefined);
    expect(ended).not.toHaveBeenCalled();
    await settle(api.GET('/api/v1/me')).catch(() => undefined);
    expect(ended).toHaveBeenCalledOnce();
  });
});

describe('an id', () => {
  it('is a version 7 UUID without randomUUID', () => {
    const kept = crypto.randomUUID;
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true });
    try {
      expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(newId()).not.toBe(newId());
    } finally {
      Object.defineProperty(crypto, 'randomUUID', { value: kept, configurable: true });
    }
  });

  it('begins with the moment it is made at, so that later ones sort later', () => {
    vi.useFakeTimers();
    try {
      vi.setSystemTime(0x0188_e2f0_4a5b);
      const earlier = newId();
      expect(earlier).toMatch(/^0188e2f0-4a5b-7/);
      vi.setSystemTime(0x0189_0000_0000);
      expect(newId() > earlier).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
