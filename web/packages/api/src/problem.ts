import type { components } from './wire.generated';

export type Problem = components['schemas']['Problem'];
export type Fault = components['schemas']['Fault'];

/** The server answered, and said no. `current` rides along with 412: the record as it is now. */
export class Refusal extends Error {
  constructor(readonly problem: Problem, readonly current?: unknown, readonly retryAfter?: number) {
    super(problem.detail ?? problem.title);
    this.name = 'Refusal';
  }

  get status(): number { return this.problem.status; }
  get code(): string { return this.problem.code; }
  get faults(): Fault[] { return this.problem.faults ?? []; }

  /** What to say about one field, if that field is at fault. */
  faultOf(field: string): string | undefined {
    return this.faults.find((fault) => fault.field === field)?.detail;
  }

  /** Whether the very same request may succeed later without anybody changing anything. */
  get isPassing(): boolean {
    return this.status === 401 || this.status === 408 || this.status === 423 || this.status === 429 || this.status >= 500;
  }
}

/** No answer at all: no network, a cut line, a time-out. Whether the request arrived is not known. */
export class NoAnswer extends Error {
  constructor(cause?: unknown) {
    super('no answer', { cause });
    this.name = 'NoAnswer';
  }
}

/** Reads a refusal even where a proxy answered with something that is no problem document. */
export function refusalFrom(response: Response, body: unknown): Refusal {
  const retryAfter = Number(response.headers.get('Retry-After') ?? '') || undefined;
  if (isProblem(body)) return new Refusal(body, (body as { current?: unknown }).current, retryAfter);
  const problem: Problem = {
    type: 'about:blank',
    title: response.statusText || String(response.status),
    status: response.status,
    code: 'unreadable_answer',
    request_id: response.headers.get('X-Request-Id') ?? '-',
  };
  return new Refusal(problem, undefined, retryAfter);
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body && 'title' in body;
}
