// A row's growth as a small SVG: one value at 1 thousand, 100 thousand and 1 million activities, SQLite beside PostgreSQL.
import { of } from '../rows/kit.mjs';

const width = 360, height = 190, left = 52, right = 14, top = 34, bottom = 30;
const engines = [['sqlite', 'SQLite', '#b4432f', ''], ['postgres', 'PostgreSQL', '#2f6fb4', '5 4']];
const marks = ['circle', 'square'];

const short = (number) => (number >= 1_000_000 ? `${number / 1_000_000}M` : number >= 1000 ? `${Number((number / 1000).toPrecision(3))}k` : `${Number(number.toPrecision(3))}`);

/** A round number not below `highest`. */
function ceiling(highest) {
  const power = 10 ** Math.floor(Math.log10(highest));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= highest);
}

function seriesOf(growth, lines) {
  const kinds = [growth.what, growth.also].filter(Boolean);
  return kinds.flatMap((what, kind) => engines.map(([engine, name, colour, dash]) => ({
    name: kinds.length > 1 ? `${name}, ${what}` : name, colour, dash, mark: marks[kind],
    points: of(lines, what, engine).filter((one) => typeof one[growth.value] === 'number').map((one) => [one.activities, one[growth.value]]),
  }))).filter((series) => series.points.length > 0);
}

/** The chart, or nothing when fewer than two sizes were measured. */
export function chartOf(row, lines) {
  if (!row.growth) return undefined;
  const all = seriesOf(row.growth, lines);
  if (!all.some((series) => series.points.length > 1)) return undefined;
  const highest = ceiling(Math.max(...all.flatMap((series) => series.points.map(([, value]) => value))));
  const x = (activities) => left + (Math.log10(activities) - 3) / 3 * (width - left - right);
  const y = (value) => height - bottom - value / highest * (height - top - bottom);
  const parts = [];
  for (const share of [0, 0.5, 1]) {
    const at = y(highest * share).toFixed(1);
    parts.push(`<line x1="${left}" y1="${at}" x2="${width - right}" y2="${at}" stroke="#dcd8d0"/>`,
      `<text x="${left - 6}" y="${Number(at) + 4}" text-anchor="end">${short(highest * share)}</text>`);
  }
  for (const activities of [1000, 100_000, 1_000_000]) {
    parts.push(`<text x="${x(activities).toFixed(1)}" y="${height - 10}" text-anchor="${activities === 1_000_000 ? 'end' : 'middle'}">${short(activities)}</text>`);
  }
  for (const { colour, dash, mark, points } of all) {
    const path = points.map(([activities, value]) => `${x(activities).toFixed(1)},${y(value).toFixed(1)}`);
    parts.push(`<polyline points="${path.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"${dash && ` stroke-dasharray="${dash}"`}/>`);
    for (const point of path) {
      const [cx, cy] = point.split(',').map(Number);
      parts.push(mark === 'circle' ? `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colour}"/>` : `<rect x="${cx - 3.2}" y="${cy - 3.2}" width="6.4" height="6.4" fill="${colour}"/>`);
    }
  }
  let legend = left;
  for (const { name, colour, mark } of all) {
    parts.push(mark === 'circle' ? `<circle cx="${legend + 4}" cy="24" r="3.5" fill="${colour}"/>` : `<rect x="${legend + 1}" y="20.8" width="6.4" height="6.4" fill="${colour}"/>`,
      `<text x="${legend + 12}" y="28">${name}</text>`);
    legend += 22 + name.length * 5.2;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="10" fill="#4a4640">
<rect width="${width}" height="${height}" rx="6" fill="#fffdf8"/>
<text x="10" y="15" font-size="11" font-weight="600" fill="#2b2824">${row.growth.unit}</text>
${parts.join('\n')}
</svg>
`;
}
