// Which page an address means, and the address of a page. Pure.
export type Params = Record<string, string>;
export type Query = Record<string, string>;

export interface Page {
  name: string;
  /** Parts between slashes; `:name` takes one part, `:name?` may be missing. */
  path: string;
  /** A parameter must look so, else the page is another. */
  shape?: Record<string, RegExp>;
}

export interface Target { name: string; params?: Params; query?: Query }
export interface Found { name: string; params: Params }

export function match(pages: readonly Page[], path: string): Found | undefined {
  const parts = path.split('/').filter((part) => part !== '');
  for (const page of pages) {
    const wanted = page.path.split('/').filter((part) => part !== '');
    const least = wanted.filter((part) => !part.endsWith('?')).length;
    if (parts.length > wanted.length || parts.length < least) continue;
    const params: Params = {};
    const fits = wanted.every((part, index) => {
      const given = parts[index];
      if (!part.startsWith(':')) return part === given;
      if (given === undefined) return true;
      const name = part.slice(1).replace('?', '');
      params[name] = decoded(given);
      return page.shape?.[name]?.test(params[name]) ?? true;
    });
    if (fits) return { name: page.name, params };
  }
  return undefined;
}

export function addressOf(pages: readonly Page[], target: Target): string {
  const page = pages.find((one) => one.name === target.name);
  const path = (page?.path ?? '/').split('/').map((part) => (part.startsWith(':') ? encodeURIComponent(target.params?.[part.slice(1).replace('?', '')] ?? '') : part)).join('/');
  const query = new URLSearchParams(target.query ?? {}).toString();
  return (path.replace(/\/+$/, '') || '/') + (query ? `?${query}` : '');
}

export function queryOf(search: string): Query {
  const query: Query = {};
  new URLSearchParams(search).forEach((value, name) => { query[name] = value; });
  return query;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
