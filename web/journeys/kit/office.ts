import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands in for LibreOffice, which takes seconds a document: the "PDF" is the Word file behind the mark of a PDF. */
export function officeStandIn(): string {
  const program = join(mkdtempSync(join(tmpdir(), 'wujin-office-')), 'soffice');
  writeFileSync(program, `#!/bin/sh
while [ $# -gt 0 ]; do [ "$1" = --outdir ] && out=$2; word=$1; shift; done
{ printf '%%PDF-'; cat "$word"; } > "$out/document.pdf"
`, { mode: 0o700 });
  return program;
}

/** The Word file that the stand-in was given. */
export function wordWithin(pdf: Uint8Array): Uint8Array {
  const mark = '%PDF-';
  if (Buffer.from(pdf.subarray(0, mark.length)).toString('latin1') !== mark) throw new Error('no PDF');
  return pdf.subarray(mark.length);
}
