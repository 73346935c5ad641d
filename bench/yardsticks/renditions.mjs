// 12 megapixels to 1280 and 320 pixels with sharp, from one decode: node renditions.mjs PICTURES PARALLEL COUNT. Prints one line of JSON.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const [folder, parallel, count] = process.argv.slice(2);
sharp.concurrency(1);
sharp.cache(false);
const pictures = readdirSync(folder).filter((name) => name.endsWith('.jpg')).sort().map((name) => join(folder, name));

async function draw(number) {
  const { data, info } = await sharp(readFileSync(pictures[number % pictures.length])).rotate().resize(1280, 1280, { fit: 'inside' }).raw().toBuffer({ resolveWithObject: true });
  const large = sharp(data, { raw: info });
  await Promise.all([large.clone().jpeg({ quality: 80 }).toBuffer(), large.clone().resize(320, 320, { fit: 'inside' }).jpeg({ quality: 80 }).toBuffer()]);
}

await draw(0);
let next = 0;
const took = [], cpuBefore = process.cpuUsage(), began = performance.now();
await Promise.all(Array.from({ length: Number(parallel) }, async () => {
  while (next < Number(count)) {
    const one = performance.now();
    await draw(next++);
    took.push(performance.now() - one);
  }
}));
const seconds = (performance.now() - began) / 1000, cpu = process.cpuUsage(cpuBefore);
took.sort((one, other) => one - other);
console.log(JSON.stringify({ rate: took.length / seconds, p50_ms: took[took.length >> 1], p99_ms: took.at(-1),
  cpu_ms_per_operation: (cpu.user + cpu.system) / 1000 / took.length, peak_kib: process.resourceUsage().maxRSS }));
