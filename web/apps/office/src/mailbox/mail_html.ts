import DOMPurify from 'dompurify';

// What carries words and tables. Everything else goes: pictures and links fetch, forms send, styles may do both.
const tags = ['p', 'br', 'hr', 'div', 'span', 'b', 'strong', 'i', 'em', 'u', 's', 'sub', 'sup', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'blockquote',
  'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'];
const attributes = ['colspan', 'rowspan', 'start'];

/**
 * A page for a sandboxed frame: the mail's words and tables, nothing that runs, is fetched or can be followed. The policy inside it
 * says so once more, should the cleaning ever miss something. Its looks come from old attributes, for that policy bars styles too.
 */
export function mailPage(html: string, large = false): string {
  const body = DOMPurify.sanitize(html, { ALLOWED_TAGS: tags, ALLOWED_ATTR: attributes, ALLOW_DATA_ATTR: false, ALLOW_ARIA_ATTR: false, RETURN_DOM_FRAGMENT: true });
  for (const table of body.querySelectorAll('table')) {
    for (const [name, value] of [['border', '1'], ['cellspacing', '0'], ['cellpadding', '4']] as const) table.setAttribute(name, value);
  }
  const page = document.createElement('div');
  page.append(body);
  return '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    + '<title></title></head><body bgcolor="#ffffff" text="#1d1b19">'
    + `<font face="PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif" size="${large ? 4 : 3}">${page.innerHTML}</font></body></html>`;
}
