// What a phone has to fetch is held to a number at every build: it is easier to keep than to win back.
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const budgets = { script: 55, style: 8, chunk: 20 };
const kilobytes = (text: string | Uint8Array): number => gzipSync(text, { level: 9 }).length / 1024;

export function budget(): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const first = new Set<string>();
      const follow = (name: string): void => {
        const chunk = bundle[name];
        if (first.has(name) || chunk?.type !== 'chunk') return;
        first.add(name);
        chunk.imports.forEach(follow);
      };
      for (const item of Object.values(bundle)) if (item.type === 'chunk' && item.isEntry) follow(item.fileName);
      let script = 0;
      let style = 0;
      for (const item of Object.values(bundle)) {
        if (item.type === 'asset') style += item.fileName.endsWith('.css') ? kilobytes(item.source) : 0;
        else if (first.has(item.fileName)) script += kilobytes(item.code);
        else if (kilobytes(item.code) > budgets.chunk) this.error(`${item.fileName} is ${kilobytes(item.code).toFixed(1)} KB gzipped, more than ${budgets.chunk}`);
      }
      if (script > budgets.script) this.error(`the first screen needs ${script.toFixed(1)} KB of script gzipped, more than ${budgets.script}`);
      if (style > budgets.style) this.error(`the styles are ${style.toFixed(1)} KB gzipped, more than ${budgets.style}`);
    },
  };
}
