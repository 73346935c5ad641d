import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const screens = join(process.env['WUJIN_TEST_RESULTS'] ?? tmpdir(), 'screens');
mkdirSync(screens, { recursive: true });

interface Violation { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }

/** How a face is opened, and the colours it is then seen in, one after another: what is fetched once is judged in each. */
export interface Look { name: string; preferences: { large: boolean; language: 'zh' | 'en' }; colours: readonly Colours[] }
type Colours = 'light' | 'dark';
export const looks: Look[] = [
  { name: 'normal', preferences: { large: false, language: 'zh' }, colours: ['light', 'dark'] },
  { name: 'large', preferences: { large: true, language: 'zh' }, colours: ['light', 'dark'] },
  { name: 'english', preferences: { large: false, language: 'en' }, colours: ['light'] },
];

/** A page in a look; its colours follow what the browser says the reader prefers. */
export async function pageOf(context: BrowserContext, look: Look): Promise<Page> {
  const page = await context.newPage();
  await page.addInitScript((preferences) => {
    // The blank page between two screens has no storage.
    if (location.protocol !== 'about:') localStorage.setItem('wujin.preferences', JSON.stringify({ theme: 'auto', ...preferences }));
  }, look.preferences);
  return page;
}

/** Opens an address as if nothing had been open before. */
export async function openAt(page: Page, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(address);
  await page.locator('h1, h2').first().waitFor();
}

/** What axe objects to on the screen as it stands, in each of a look's colours, and by how much it is too wide. */
export async function judge(page: Page, look: Look, name: string, part = 'html'): Promise<string[]> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(axe);
  const found: string[] = [];
  for (const colours of look.colours) {
    await page.emulateMedia({ colorScheme: colours });
    await page.waitForFunction((wanted) => document.documentElement.dataset['theme'] === wanted, colours);
    const screen = `${name}-${look.name}-${colours}`;
    await page.screenshot({ path: join(screens, `${screen}.png`), fullPage: part === 'html' });
    found.push(...await objections(page, screen, part));
  }
  return found;
}

async function objections(page: Page, screen: string, part: string): Promise<string[]> {
  const violations = await page.evaluate(async (within) => {
    const run = (window as unknown as { axe: { run: (within: string, options: unknown) => Promise<{ violations: Violation[] }> } }).axe.run;
    return (await run(within, { resultTypes: ['violations'] })).violations;
  }, part);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return [
    ...violations.map((violation) => `${screen}: ${violation.id} ${violation.help}: ${violation.nodes.map((node) => node.html).slice(0, 3).join(' ')}`),
    ...(wide > 1 ? [`${screen}: wider than the screen by ${wide} px`] : []),
  ];
}
