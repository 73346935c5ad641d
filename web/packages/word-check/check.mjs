// node check.mjs FOLDER: opens every .docx in the folder with docx-preview and mammoth. Any warning, error or missing text fails.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { JSDOM } from 'jsdom';
import mammoth from 'mammoth';

const folder = process.argv[2];
const files = (await readdir(folder)).filter((name) => name.endsWith('.docx'));
if (files.length === 0) throw new Error(`no .docx in ${folder}`);

const page = new JSDOM('<!doctype html><body></body>', { url: 'http://localhost/' });
for (const name of ['window', 'document', 'DOMParser', 'Node', 'XMLSerializer', 'HTMLElement', 'MutationObserver']) globalThis[name] = page.window[name];
page.window.URL.createObjectURL = () => 'blob:x';
page.window.CSS ??= { supports: () => false };
globalThis.CSS ??= page.window.CSS;
const { renderAsync } = await import('docx-preview');

const complaints = [];
for (const level of ['warn', 'error']) {
  const plain = console[level];
  console[level] = (...words) => {
    complaints.push(words.join(' '));
    plain(...words);
  };
}

const withoutSpace = (text) => text.replace(/\s/g, '');

async function openWithMammoth(bytes) {
  const told = await mammoth.convertToHtml({ buffer: bytes });
  // A style it has no HTML for is no fault of the file.
  const faults = told.messages.filter((message) => !message.message.startsWith('Unrecognised paragraph style'));
  for (const fault of faults) complaints.push(`mammoth: ${fault.message}`);
  return { text: (await mammoth.extractRawText({ buffer: bytes })).value, pictures: told.value.split('<img').length - 1 };
}

async function openWithPreview(bytes) {
  const container = page.window.document.createElement('div');
  await renderAsync(bytes, container, container, { useBase64URL: true, experimental: false });
  return { text: container.textContent, pictures: container.querySelectorAll('img').length };
}

let failed = false;
for (const name of files) {
  complaints.length = 0;
  const bytes = await readFile(path.join(folder, name));
  const first = await openWithMammoth(bytes);
  const second = await openWithPreview(bytes);
  const opening = withoutSpace(first.text).slice(0, 20);
  if (opening.length < 10) complaints.push('mammoth found no text');
  if (!withoutSpace(second.text).includes(opening)) complaints.push(`docx-preview does not show “${opening}”`);
  if (first.pictures !== second.pictures) complaints.push(`mammoth shows ${first.pictures} pictures, docx-preview ${second.pictures}`);
  console.log(`${complaints.length === 0 ? 'ok    ' : 'failed'} ${name}: ${first.pictures} pictures`);
  for (const complaint of complaints) console.log(`       ${complaint}`);
  failed ||= complaints.length > 0;
}
process.exit(failed ? 1 : 0);
