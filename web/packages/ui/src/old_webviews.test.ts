// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// Chrome 80 is still what opens a link on an old village phone. What it does not know is not written here.
const here = import.meta.dirname;
const styles = (readdirSync(here, { recursive: true }) as string[]).filter((name) => /\.(css|vue)$/.test(name));

function unknownToChrome80(css: string): string[] {
  const found = [/\binset(-\w+)*\s*:/, /\baspect-ratio\s*:/, /:has\(/, /\d[dsl]v[hw]\b/, /:is\(|:where\(/, /@layer|@container/, /color-mix\(/]
    .filter((pattern) => pattern.test(css)).map(String);
  for (const block of css.match(/\{[^{}]*\}/g) ?? []) {
    if (/display:\s*(inline-)?flex/.test(block) && /\bgap\s*:/.test(block)) found.push('flex gap');
  }
  return found;
}

describe('styles for old WebViews', () => {
  it('finds what it looks for', () => {
    expect(unknownToChrome80('a { display: flex; gap: 1px } b { inset: 0; height: 100dvh }')).toHaveLength(3);
  });

  it.each(styles)('%s uses nothing newer than Chrome 80', (name) => {
    const text = readFileSync(join(here, name), 'utf8');
    const css = name.endsWith('.css') ? text : (text.match(/<style[^>]*>[\s\S]*?<\/style>/g) ?? []).join('\n');
    expect(unknownToChrome80(css)).toEqual([]);
  });
});
