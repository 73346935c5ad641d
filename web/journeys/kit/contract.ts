import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { load } from 'js-yaml';

interface Schema { type?: string; [keyword: string]: unknown }
interface Reference { $ref?: string }
interface Parameter extends Reference { name: string; in: string; required?: boolean; schema: Schema }
interface Header extends Reference { schema: Schema }
interface Media { schema: Schema }
interface AnswerShape extends Reference { headers?: Record<string, Header>; content?: Record<string, Media> }
interface OperationShape {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, Media> };
  responses: Record<string, AnswerShape>;
  security?: unknown[];
}
interface Contract {
  paths: Record<string, Record<string, OperationShape>>;
  components: Record<string, Record<string, unknown>>;
}

const text = readFileSync(new URL('../../../contract/openapi.yaml', import.meta.url), 'utf8');
const contract = load(text) as Contract;

const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
ajv.addSchema(contract as unknown as Schema, 'contract');

function follow<T extends object>(node: T & Reference): T {
  if (!node.$ref) return node;
  const found = node.$ref.slice(2).split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], contract);
  return follow(found as T & Reference);
}

const compiled = new Map<Schema, ValidateFunction>();
function validatorOf(schema: Schema): ValidateFunction {
  let found = compiled.get(schema);
  if (!found) {
    // References inside the document are to its root.
    found = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract#/')) as Schema);
    compiled.set(schema, found);
  }
  return found;
}

function faultsOf(schema: Schema, value: unknown, where: string): string[] {
  const validate = validatorOf(schema);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${where}${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}

/** Text of a header or a query as the type its schema asks for. */
function typed(schema: Schema, value: string): unknown {
  const target = follow(schema as Schema & Reference);
  return target.type === 'integer' || target.type === 'number' ? Number(value) : value;
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  segments: string[];
  /** Needs somebody signed in. */
  signedIn: boolean;
  /** The statuses it declares of its own. */
  statuses: number[];
  shape: OperationShape;
}

export const operations: Operation[] = Object.entries(contract.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, shape]) => shape.operationId)
    .map(([method, shape]) => ({
      id: shape.operationId,
      method: method.toUpperCase(),
      path,
      segments: path.split('/'),
      signedIn: !(shape.security && shape.security.length === 0),
      statuses: Object.keys(shape.responses).filter((status) => status !== 'default').map(Number),
      shape,
    })),
);

/** What may stand behind the ? of an operation's path. */
export const queriesOf = (operation: Operation): Parameter[] =>
  (operation.shape.parameters ?? []).map((parameter) => follow(parameter)).filter((parameter) => parameter.in === 'query');

/** The operation a request goes to; a literal segment is a closer match than a parameter. */
export function operationFor(method: string, path: string): Operation | undefined {
  const segments = path.split('/');
  const literals = (operation: Operation) => operation.segments.filter((segment) => !segment.startsWith('{')).length;
  return operations
    .filter((operation) => operation.method === method && operation.segments.length === segments.length
      && operation.segments.every((segment, index) => segment.startsWith('{') || segment === segments[index]))
    .sort((a, b) => literals(b) - literals(a))[0];
}

export interface Sent {
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  json?: unknown;
}

/** What of a request the contract does not allow. */
export function faultsOfRequest(operation: Operation, sent: Sent): string[] {
  const faults: string[] = [];
  const segments = sent.path.split('/');
  const declared = (operation.shape.parameters ?? []).map((parameter) => follow(parameter));
  for (const parameter of declared) {
    const index = operation.segments.indexOf(`{${parameter.name}}`);
    const value = parameter.in === 'path' ? decodeURIComponent(segments[index] ?? '')
      : parameter.in === 'query' ? sent.query.get(parameter.name)
      : sent.headers[parameter.name.toLowerCase()] ?? null;
    const where = `${parameter.in} ${parameter.name}`;
    if (value === null) {
      if (parameter.required) faults.push(`${where} is missing`);
    } else {
      faults.push(...faultsOf(parameter.schema, typed(parameter.schema, value), where));
    }
  }
  for (const name of sent.query.keys()) {
    if (!declared.some((parameter) => parameter.in === 'query' && parameter.name === name)) faults.push(`query ${name} is not declared`);
  }
  const body = operation.shape.requestBody;
  const schema = body?.content['application/json']?.schema;
  if (sent.json === undefined) {
    if (body?.required && schema) faults.push('the body is missing');
  } else if (schema) {
    faults.push(...faultsOf(schema, sent.json, 'body'));
  } else {
    faults.push('no JSON body is declared');
  }
  return faults;
}

export interface Got {
  status: number;
  headers: Record<string, string>;
  text: string;
  json?: unknown;
}

// Headers that an answer has to carry when it declares them; the others depend on the case.
const alwaysSent = new Set(['ETag', 'Location', 'Set-Cookie', 'Content-Disposition', 'Tus-Resumable', 'Tus-Version', 'Tus-Extension',
  'Tus-Max-Size', 'Upload-Offset', 'Upload-Length']);

/** What of an answer the contract does not allow. */
export function faultsOfAnswer(operation: Operation, got: Got): string[] {
  const own = operation.shape.responses[String(got.status)];
  if (!own && got.status < 400) return [`status ${got.status} is not declared`];
  const shape = follow(own ?? operation.shape.responses['default'] ?? {});
  const faults: string[] = [];
  for (const [name, reference] of Object.entries(shape.headers ?? {})) {
    const header = follow(reference);
    const value = got.headers[name.toLowerCase()];
    if (value !== undefined) faults.push(...faultsOf(header.schema, typed(header.schema, value), `header ${name}`));
    else if (alwaysSent.has(name)) faults.push(`header ${name} is missing`);
  }
  if (!got.headers['x-request-id']) faults.push('header X-Request-Id is missing');
  if (operation.method === 'HEAD') return faults;
  const type = (got.headers['content-type'] ?? '').split(';')[0].trim();
  if (!shape.content) {
    if (got.text !== '') faults.push('a body that is not declared');
    return faults;
  }
  const media = shape.content[type];
  if (!media) return [...faults, `content type ${type || '(none)'} is not declared`];
  if (type.endsWith('json')) {
    faults.push(...faultsOf(media.schema, got.json, 'body'));
    const status = (got.json as { status?: number } | undefined)?.status;
    if (type === 'application/problem+json' && status !== got.status) faults.push(`the problem says status ${status}`);
  }
  return faults;
}
