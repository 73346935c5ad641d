import { describe, expect, it } from 'vitest';
import { mailPage } from './mail_html';

const parsed = (html: string): Document => new DOMParser().parseFromString(mailPage(html), 'text/html');

describe('a mail as it is shown', () => {
  it('keeps words and tables, and the shape of merged cells', () => {
    const page = parsed('<p>第一周</p><table><tr><td colspan="2">进农村</td></tr></table>');
    expect(page.body.textContent).toBe('第一周进农村');
    expect(page.querySelector('td')?.getAttribute('colspan')).toBe('2');
  });

  it.each([
    ['a script', '<script>alert(1)</script>好'],
    ['a handler', '<p onclick="alert(1)" onmouseover=alert(1)>好</p>'],
    ['a remote picture', '<img src="http://192.0.2.1/seen.gif" onerror=alert(1)>好'],
    ['a picture in a style', '<p style="background:url(http://192.0.2.1/seen.gif)">好</p>'],
    ['a sheet of styles', '<style>@import "http://192.0.2.1/a.css"; p { background: url(//192.0.2.1) }</style><link rel="stylesheet" href="http://192.0.2.1/a.css">好'],
    ['a frame', '<iframe src="http://192.0.2.1"></iframe><object data="http://192.0.2.1"></object><embed src="http://192.0.2.1">好'],
    ['a form', '<form action="http://192.0.2.1"><input name="a" autofocus><button>送</button></form>好'],
    ['a link', '<a href="http://192.0.2.1" ping="http://192.0.2.1">好</a>'],
    ['a script in a link', '<a href="javascript:alert(1)">好</a>'],
    ['a page that moves on', '<meta http-equiv="refresh" content="0;url=http://192.0.2.1"><base href="http://192.0.2.1/">好'],
    ['a drawing', '<svg onload=alert(1)><use href="http://192.0.2.1/#a"/><style><img src=x onerror=alert(1)></style></svg>好'],
    ['formulas that change how it is read', '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">好'],
    ['a table’s own background', '<table background="http://192.0.2.1/seen.gif"><tr><td background="http://192.0.2.1/seen.gif">好</td></tr></table>'],
    ['a video', '<video src="http://192.0.2.1" poster="http://192.0.2.1"></video><audio src="http://192.0.2.1"></audio>好'],
  ])('shows nothing of %s that runs, is fetched or is followed', (_, html) => {
    const page = parsed(html);
    expect(page.body.querySelector('script, style, link, img, iframe, object, embed, form, input, button, svg, math, video, audio, meta, base, a[href]')).toBeNull();
    for (const element of page.body.querySelectorAll('font *')) {
      expect(element.getAttributeNames().filter((name) => !['border', 'cellspacing', 'cellpadding'].includes(name))).toEqual([]);
    }
    expect(page.documentElement.innerHTML).not.toContain('192.0.2.1');
  });

  it('forbids its frame to fetch, before anything of the mail', () => {
    const page = parsed('<p>好</p>');
    const policy = page.head.querySelector('meta[http-equiv="Content-Security-Policy"]');
    expect(policy?.getAttribute('content')).toBe("default-src 'none'");
  });
});
