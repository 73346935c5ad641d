// What a station's and a district's desk ask for with a year behind them: pages under 32 clients, with a tenth of the records and
// with all; and whole files.
import { get } from 'node:http';
import { drive, median, round, usedBy } from '../kit/measure.mjs';
import { signIn } from '../kit/town.mjs';
import { at, atLeast, atMost, line, ratio } from './kit.mjs';

const clients = 32;
const searched = ['用电', '院坝', '喇叭', '冰川'];  // often, now and then, seldom, never

const shown = [
  { what: 'the board of a town', paths: ({ campaign }) => [`/api/v1/deadlines?campaign=${campaign}`] },
  { what: 'the coverage of a town', paths: ({ campaign }) => [`/api/v1/coverage?campaign=${campaign}`] },
  { what: 'the quotas of a town', paths: ({ campaign }) => [`/api/v1/coverage/quotas?campaign=${campaign}`] },
  { what: 'the board of a district', who: 'district', paths: () => ['/api/v1/deadlines/towns?year=2023'] },
  { what: 'the coverage of a district', who: 'district', paths: () => ['/api/v1/coverage/towns?year=2023'] },
  { what: 'the appraisal of a town', paths: ({ campaign }) => [`/api/v1/appraisals/${campaign}`] },
  { what: 'the reports of a month', paths: ({ campaign, months }) => [`/api/v1/reports?campaign=${campaign}&month=${months.at(-2)}&limit=50`] },
  {
    what: 'a ledger searched for two characters',
    paths: ({ campaign }) => searched.map((words) => `/api/v1/activities?campaign=${campaign}&limit=50&q=${encodeURIComponent(words)}`),
  },
];

const ask = (bench, town, { paths, who = 'station' }, clients, options) =>
  drive(bench, town, 'ask', clients, { ...options, words: ['--as', who, ...paths(town.facts).flatMap((path) => ['--path', path])] });

export const pages = {
  name: 'desk-pages',
  title: 'Pages of a district of 25 towns and 375 places, a year, 32 clients',
  async onDistrict(bench, town) {
    const lines = [];
    for (const page of shown) {
      await ask(bench, town, page, 1, { count: 1, warmUp: 0 });  // reads the campaigns of its towns, once a start
      const turns = [];
      for (let turn = 0; turn < bench.turns; ++turn) turns.push(await ask(bench, town, page, clients));
      lines.push(line(page.what, town, median(turns, 'cpu_ms')));
    }
    return lines;
  },
  judge(lines) {
    const [few, many] = [...new Set(lines.map((one) => one.activities))].sort((one, other) => one - other);
    return shown.flatMap(({ what }) => {
      const whole = at(lines, what, many), tenth = at(lines, what, few);
      return [atMost(`${what}, CPU`, 2, whole?.cpu_ms, 'ms'), atMost(`${what}, p99`, 50, whole?.p99_ms, 'ms'),
        atMost(`${what}, CPU of ten times the records`, 1.5, ratio(whole?.cpu_ms, tenth?.cpu_ms), '×')];
    });
  },
  note: 'Three pictures an activity, as rows. With a tenth of the records the same towns and places have had them.',
};

/** One file read to its end: when its first byte came, when its last, how many there were. */
async function download(town, token, path) {
  const began = performance.now();
  return await new Promise((resolve, reject) => {
    get(`${town.origin}${path}`, { headers: { authorization: `Bearer ${token}` } }, (answer) => {
      let first, bytes = 0;
      answer.on('data', (piece) => { first ??= performance.now() - began; bytes += piece.length; });
      answer.on('end', () => {
        if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode}`));
        else resolve({ first_ms: first, took_ms: performance.now() - began, bytes });
      });
      answer.on('error', reject);
    }).on('error', reject);
  });
}

const table = 'Excel of the whole ledger', archive = 'ZIP of 200 pictures', merged = 'merged report of 200 pictures, 24 different';
const downloads = [
  { what: table, path: ({ campaign }) => `/api/v1/ledgers/activities/table.xlsx?campaign=${campaign}` },
  { what: archive, path: ({ campaign, report_month: month }) => `/api/v1/ledgers/photos.zip?campaign=${campaign}&month=${month}` },
  { what: merged, path: ({ campaign, report_month: month }) => `/api/v1/merged-reports/${campaign}/${month}/document.docx` },
];

export const files = {
  name: 'desk-files',
  title: 'Whole files of a station: a ledger, the pictures of a month, the month of all places',
  async onMonth(bench, town) {
    const token = await signIn(town, town.facts.station, 'desk');
    const lines = [];
    for (const { what, path } of downloads) {
      const turns = [];
      for (let turn = 0; turn < bench.turns; ++turn) {
        const used = await usedBy(town.server.pid, () => download(town, token, path(town.facts)));
        turns.push({
          rate: round(1000 / used.took_ms), p50_ms: round(used.took_ms), p99_ms: null, cpu_ms: round(used.cpu_ms), peak_mib: round(used.peak_mib),
          extra_mib: round(Math.max(0, used.peak_mib - town.idleMib)), first_ms: round(used.first_ms), mb_per_second: round(used.bytes / 1000 / used.took_ms),
        });
      }
      lines.push(line(what, town, median(turns, 'p50_ms')));
    }
    return lines;
  },
  judge(lines) {
    const [excel, zip, report] = [table, archive, merged].map((what) => lines.find((one) => one.what === what));
    return [atMost(table, 4000, excel?.p50_ms, 'ms'), atMost(`${table}, above idle`, 64, excel?.extra_mib, 'MiB'),
      atLeast(archive, 400, zip?.mb_per_second, 'MB/s'), atMost(`${archive}, first byte`, 200, zip?.first_ms, 'ms'),
      atMost(`${archive}, above idle`, 64, zip?.extra_mib, 'MiB'),
      atMost(merged, 1000, report?.p50_ms, 'ms'), atMost(`${merged}, above idle`, 64, report?.extra_mib, 'MiB')];
  },
  note: 'The 200 pictures are 24 different ones over and over: the archive holds each every time, the document once. The month they are of has '
    + '52,000 records besides.',
};
