import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campaign } from './records';

export const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
export const formPath = (form: string, of = campaign): string => `/api/v1/campaigns/${of}/forms/${form}`;

/** The Word file with other words in its text, packed anew as an editor would. */
export function reworded(word: Uint8Array, from: string, to: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'wujin-form-'));
  const file = join(folder, 'form.docx');
  const script = `
import sys, zipfile
path, old, new = sys.argv[1:]
with zipfile.ZipFile(path) as form: parts = [(one, form.read(one)) for one in form.namelist()]
with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as form:
    for name, content in parts:
        form.writestr(name, content.replace(old.encode(), new.encode()) if name == 'word/document.xml' else content)
`;
  try {
    writeFileSync(file, word);
    execFileSync('python3', ['-c', script, file, from, to]);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
