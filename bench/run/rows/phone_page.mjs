// The phone app as a village meets it on a poor line: a release build, its sample town, Debian's Chromium slowed down.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort, start, stop, untilAnswers } from '../kit/process.mjs';
import { median, round } from '../kit/measure.mjs';
import { atMost, line } from './kit.mjs';

const what = 'first load, signed in as a village', settled = 12_000;
const slow = { offline: false, latency: 400, downloadThroughput: 400_000 / 8, uploadThroughput: 400_000 / 8 };

async function openSampleTown(bench) {
  const folder = join(bench.scratch, 'sample-town'), port = await freePort();
  const server = start(bench.program('wujin'), ['demo', '--data', folder, '--listen', `127.0.0.1:${port}`, '--clock', '2023-10-26T09:00:00+08:00'], { cwd: bench.root });
  await untilAnswers(`http://127.0.0.1:${port}/healthz`, server);
  for (let turn = 0; turn < 200 && !/\/phone\/\S+/.test(server.said); ++turn) await pause(50);
  return { server, origin: `http://127.0.0.1:${port}`, link: /^\s+village\s+(http\S+)/m.exec(server.said)?.[1] };
}

/** One cold load of the first page: nothing kept but who is signed in. */
async function loadOnce(browser, town) {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.goto(town.link);
  await page.getByRole('button', { name: '进入' }).click();
  await page.waitForLoadState('networkidle');
  const cdp = await context.newCDPSession(page);
  await page.goto('about:blank');
  await cdp.send('Network.enable');
  await cdp.send('Network.clearBrowserCache');
  await cdp.send('Network.emulateNetworkConditions', slow);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const types = new Map(), bytes = { Script: 0, Stylesheet: 0, all: 0 };
  let paintedAt = 0, requests = [];
  cdp.on('Network.requestWillBeSent', (event) => types.set(event.requestId, [event.type, new URL(event.request.url).pathname, performance.now() - began]));
  cdp.on('Network.loadingFinished', (event) => {
    const [type, path, asked] = types.get(event.requestId) ?? [];
    requests.push({ path, type, asked_ms: Math.round(asked), done_ms: Math.round(performance.now() - began), bytes: event.encodedDataLength });
  });
  await page.addInitScript(() => {
    window.paints = [];
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.paints.push([entry.startTime, entry.element?.tagName ?? '', entry.size]); })
      .observe({ type: 'largest-contentful-paint', buffered: true });
  });
  const began = performance.now();
  await page.goto(`${town.origin}/phone/`, { waitUntil: 'load', timeout: 60_000 });
  await pause(settled - Math.min(settled, performance.now() - began));
  const paints = await page.evaluate(() => window.paints);
  paintedAt = paints.at(-1)?.[0];
  // What came before the largest paint is the initial load; what the app fetches ahead afterwards is not.
  requests = requests.filter((one) => one.path);
  for (const one of requests) {
    bytes.all += one.bytes;
    if (one.type in bytes && one.asked_ms <= paintedAt) bytes[one.type] += one.bytes;
  }
  await context.close();
  return { p50_ms: round(paintedAt), js_kb: round(bytes.Script / 1024), css_kb: round(bytes.Stylesheet / 1024), all_kb: round(bytes.all / 1024), paints, requests };
}

export default {
  name: 'phone-page',
  title: 'The phone page at 400 kbit/s, 400 ms, a CPU four times slower',
  async alone(bench) {
    const { chromium } = createRequire(join(bench.root, 'web/package.json'))('playwright-core');
    const town = await openSampleTown(bench);
    const browser = await chromium.launch({ executablePath: process.env.WUJIN_CHROMIUM ?? '/usr/bin/chromium',
      args: [...(process.getuid() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
    try {
      const loads = [];
      for (let turn = 0; turn < bench.turns; ++turn) loads.push(await loadOnce(browser, town));
      const { paints, requests, ...found } = median(loads, 'p50_ms');
      if (bench.verbose) console.log(JSON.stringify({ paints, requests }, null, 1));
      return [{ ...line(what, undefined, { rate: null, p99_ms: null, cpu_ms: null, peak_mib: null }), ...found, page: true }];
    } finally {
      await browser.close();
      await stop(town.server);
    }
  },
  judge([one]) {
    return [atMost('JavaScript, compressed', 55, one?.js_kb, 'KB'), atMost('largest contentful paint', 4000, one?.p50_ms, 'ms')];
  },
  note: 'React with antd-mobile alone is 139 KB.',
};
