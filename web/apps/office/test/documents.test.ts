import { flushPromises, mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { problem } from './fake_server';
import DocumentLinks from '../src/desk/DocumentLinks.vue';
import { fileNameOf } from '../src/desk/documents';

describe('the name of a file', () => {
  it.each([
    ["attachment; filename=\"____.pdf\"; filename*=UTF-8''%E7%94%B2%E6%9D%91.pdf", '甲村.pdf'],
    ["attachment; filename*=UTF-8''a.pdf; size=3", 'a.pdf'],
    ["attachment; filename*=UTF-8''%E7%9", ''],
    ['attachment', ''],
    [null, ''],
  ])('of %s is %s', (header, name) => expect(fileNameOf(header)).toBe(name));
});

describe('a document', () => {
  const links = () => mount(DocumentLinks, { props: { at: '/api/v1/plans/probe/a/document', word: '下载Word', of: '甲村', look: 'link' } });
  const answer = (response: () => Response) => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (request: Request) => {
      asked.push(new URL(request.url).pathname);
      return Promise.resolve(response());
    });
    return asked;
  };
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });

  it('is had as Word and, under the name the server gives it, as PDF', async () => {
    const saved: string[] = [];
    URL.createObjectURL = () => 'blob:pdf';
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) { saved.push(`${this.href} ${this.download}`); });
    const asked = answer(() => new Response('%PDF-', { headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': "attachment; filename*=UTF-8''%E7%94%B2.pdf" } }));
    const page = links();
    expect(page.get('a').attributes('href')).toBe('/api/v1/plans/probe/a/document.docx');
    await page.get('button').trigger('click');
    await flushPromises();
    expect(asked).toEqual(['/api/v1/plans/probe/a/document.pdf']);
    expect(saved).toEqual(['blob:pdf 甲.pdf']);
    expect(page.find('[role=alert]').exists()).toBe(false);
  });

  it('says why there is no PDF', async () => {
    answer(() => new Response(JSON.stringify({ ...problem(501, 'converter_missing'), detail: '服务器没有安装LibreOffice' }),
      { status: 501, headers: { 'Content-Type': 'application/problem+json' } }));
    const page = links();
    await page.get('button').trigger('click');
    await flushPromises();
    expect(page.get('[role=alert]').text()).toContain('没有安装LibreOffice');
    expect(page.get('button').attributes('disabled')).toBeUndefined();
  });
});
