import createFetchClient, { type Client, type Middleware } from 'openapi-fetch';
import { newId } from './identity';
import { NoAnswer, refusalFrom } from './problem';
import type { paths } from './wire.generated';

export interface ApiOptions {
  /** Where the server is; the page's own origin when absent. */
  origin?: string;
  /** The language problems are told in while nobody is signed in. */
  language?: () => 'zh-CN' | 'en';
  /** Called when an answer says that the session has ended. Nothing that is kept may be dropped then. */
  onSignedOut?: () => void;
  /** How long to wait for an answer to begin. */
  timeout?: number;
  fetch?: typeof fetch;
}

export type Api = Client<paths>;

const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * The one way to the network. The session travels in the HttpOnly cookie, so no script holds a token;
 * every write carries an Idempotency-Key, made here unless the caller kept one from the tap.
 */
export function createApi(options: ApiOptions = {}): Api {
  const origin = options.origin ?? globalThis.location?.origin ?? '';
  const client = createFetchClient<paths>({
    baseUrl: origin,
    credentials: 'same-origin',
    fetch: (request) => answered(request, options),
  });
  client.use(headers(options));
  return client;
}

function headers(options: ApiOptions): Middleware {
  return {
    onRequest({ request }) {
      if (options.language) request.headers.set('Accept-Language', options.language());
      if (writes.has(request.method) && !request.headers.has('Idempotency-Key')) {
        request.headers.set('Idempotency-Key', newId());
      }
      return request;
    },
    onResponse({ response, schemaPath }) {
      // A refused sign-in is no ended session.
      if (response.status === 401 && schemaPath !== '/api/v1/sessions') options.onSignedOut?.();
    },
  };
}

async function answered(request: Request, options: ApiOptions): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), options.timeout ?? 30_000);
  try {
    return await (options.fetch ?? fetch)(request, { signal: stop.signal });
  } catch (cause) {
    throw new NoAnswer(cause);
  } finally {
    clearTimeout(timer);
  }
}

interface Answer<T> { data?: T; error?: unknown; response: Response }

/** The data of an answer; a `Refusal` or `NoAnswer` is thrown. */
export async function settle<T>(answer: Promise<Answer<T>>): Promise<T> {
  return (await settleWhole(answer)).data;
}

/** As `settle`, with the answer's headers (ETag, status) at hand. */
export async function settleWhole<T>(answer: Promise<Answer<T>>): Promise<{ data: T; response: Response }> {
  let got: Answer<T>;
  try {
    got = await answer;
  } catch (cause) {
    // A body cut off in the middle surfaces here as a parse error: it is no answer either.
    throw cause instanceof NoAnswer ? cause : new NoAnswer(cause);
  }
  if (!got.response.ok) throw refusalFrom(got.response, got.error);
  return { data: got.data as T, response: got.response };
}
