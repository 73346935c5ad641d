import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page, type Request } from 'playwright-core';
import { expect } from 'vitest';
import { faultsOfAnswer, faultsOfRequest, operationFor } from './contract';
import { note } from './caller';

/** Debian's Chromium. As root it cannot have its own sandbox. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['WUJIN_CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

const usual: BrowserContextOptions = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true };
export const phoneSized: BrowserContextOptions = { ...usual, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
export const deskSized: BrowserContextOptions = { ...usual, viewport: { width: 1366, height: 860 } };

function jsonOf(text: string | null): unknown {
  try {
    return text ? JSON.parse(text) as unknown : undefined;
  } catch {
    return undefined;
  }
}

/** Whatever the page says to the server and hears from it is held to the contract, and nothing may go wrong unseen. */
export class Watch {
  private readonly faults: string[] = [];
  private readonly pending: Promise<void>[] = [];

  constructor(context: BrowserContext, private readonly origin: string) {
    context.on('requestfinished', (request) => { this.pending.push(this.look(request).catch((error) => this.missed(error))); });
    context.on('weberror', (error) => { this.faults.push(`the page threw: ${error.error().stack ?? error.error().message}`); });
  }

  /** A page that is closed takes with it what is still asked of its requests; anything else is a fault. */
  private missed(error: unknown): void {
    if (!String(error).includes('has been closed')) this.faults.push(String(error));
  }

  private async look(request: Request): Promise<void> {
    const url = new URL(request.url());
    const operation = url.origin === this.origin ? operationFor(request.method(), url.pathname) : undefined;
    const answer = operation && await request.response();
    if (!operation || !answer || answer.fromServiceWorker()) return;
    const headers = await answer.allHeaders();
    const sent = { path: url.pathname, query: url.searchParams, headers: await request.allHeaders(), json: jsonOf(request.postData()) };
    const isBinary = /octet-stream/.test(sent.headers['content-type'] ?? '');
    const isText = /json/.test(headers['content-type'] ?? '');
    const isEmpty = headers['content-length'] === '0' || answer.status() === 204 || answer.status() === 304;
    // The browser forgets the bodies of a page that was left; those are held to the contract by the tests of the wire.
    const text = isEmpty ? '' : isText ? await answer.text().catch(() => undefined) : ' ';
    if (!text && !isEmpty) return note(operation.id, answer.status());
    const got = { status: answer.status(), headers, text: text ?? '', json: jsonOf(text ?? '') };
    note(operation.id, got.status);
    const where = `${request.method()} ${url.pathname}${url.search} ${got.status}`;
    for (const fault of faultsOfRequest(operation, isBinary ? { ...sent, json: undefined } : sent)) this.faults.push(`${where} as sent: ${fault}`);
    if (got.status !== 304 || operation.statuses.includes(304)) {
      for (const fault of faultsOfAnswer(operation, got)) this.faults.push(`${where}: ${fault}`);
    }
  }

  async isClean(): Promise<void> {
    await Promise.allSettled(this.pending);
    expect(this.faults).toEqual([]);
  }
}

/** Opens a link of the sample town and presses its one button. */
export async function enter(page: Page, link: string, face: 'phone' | 'office'): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: face === 'phone' ? '进入' : '进入工作台' }).click();
}

/** Every state a record was seen in, in order: what passes too quickly to be waited for. */
export async function watchStates(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seenStates: seen });
    new MutationObserver(() => {
      for (const mark of document.querySelectorAll('.p-state')) {
        const text = mark.textContent?.trim() ?? '';
        if (text && seen[seen.length - 1] !== text) seen.push(text);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (window as unknown as { seenStates: string[] }).seenStates);
}

export const asFiles = (pictures: Uint8Array[]) =>
  pictures.map((bytes, index) => ({ name: `示例${index + 1}.png`, mimeType: 'image/png', buffer: Buffer.from(bytes) }));
