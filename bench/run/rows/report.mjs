import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternate, drive, reading, round } from '../kit/measure.mjs';
import { residentMib, runForJson } from '../kit/process.mjs';
import { signIn } from '../kit/town.mjs';
import { atLeast, atMost, largest, line, ratio } from './kit.mjs';

const what = '1 client, 24 pictures';

/** The same 24 pictures at 1280 px for the two libraries. */
async function fetchPictures(bench, town) {
  const folder = join(bench.scratch, 'pictures-1280');
  mkdirSync(folder, { recursive: true });
  const token = await signIn(town, town.facts.station, 'desk');
  for (const [number, photo] of town.facts.drawn.entries()) {
    const answer = await fetch(`${town.origin}/api/v1/photos/${photo}/1280`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`picture ${number}: ${answer.status}`);
    writeFileSync(join(folder, `${String(number).padStart(2, '0')}.jpg`), Buffer.from(await answer.arrayBuffer()));
  }
  return folder;
}

export default {
  name: 'report',
  title: 'Annex 2 of a month with 24 pictures as a Word file',
  async onTown(bench, town) {
    const sides = {
      ours: async () => {
        const before = residentMib(town.server.pid);
        const measured = await drive(bench, town, 'report', 1);
        return { ...measured, extra_mib: round(Math.max(0, measured.peak_mib - before)) };
      },
    };
    if (town.isLargest && !town.postgres) {
      const folder = await fetchPictures(bench, town);
      for (const library of ['docx', 'docxtemplater']) {
        sides[library] = async () => reading(await runForJson(process.execPath,
          [join(bench.root, 'bench/yardsticks/documents.mjs'), library, folder, String(bench.short ? 3 : 7)]));
      }
    }
    const { ours, ...beside } = await alternate(bench, sides, 'p50_ms');
    return [line(what, town, ours, beside)];
  },
  judge(lines) {
    const one = largest(lines, what);
    return [atMost('p50', 40, one?.p50_ms, 'ms'), atMost('memory beyond what the server holds', 30, one?.extra_mib, 'MiB'),
      ...['docx', 'docxtemplater'].map((library) => atLeast(`times as fast as ${library}`, 15, ratio(one?.beside[library]?.p50_ms, one?.p50_ms), '×'))];
  },
  growth: { what, value: 'p50_ms', unit: 'ms, p50' },
};
