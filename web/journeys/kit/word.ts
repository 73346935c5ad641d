import { crc32, inflateRawSync } from 'node:zlib';

/** The text of word/document.xml of a .docx, by the ZIP's central directory; every entry must be whole. */
export function wordText(bytes: Uint8Array): string {
  return parts(bytes).get('word/document.xml')?.toString('utf8').replace(/<[^>]+>/g, '') ?? '';
}

export function parts(bytes: Uint8Array): Map<string, Buffer> {
  const file = Buffer.from(bytes);
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('no Word file');
  const found = new Map<string, Buffer>();
  let at = file.readUInt32LE(end + 16);
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const method = file.readUInt16LE(at + 10);
    const packed = file.readUInt32LE(at + 20);
    const [nameLength, extraLength, commentLength] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)];
    const local = file.readUInt32LE(at + 42);
    const name = file.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const content = file.subarray(begin, begin + packed);
    found.set(name, method === 0 ? content : inflateRawSync(content));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return found;
}

/** A ZIP of files that are stored as they are. */
function zipOf(files: ReadonlyMap<string, Uint8Array>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const label = Buffer.from(name, 'utf8');
    // What both heads share: version, UTF-8 names, stored, no time, checksum, twice the size, length of the name.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(content.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(label.length, 22);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), shared, label, Buffer.from(content));
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, rest, label);
    at += 30 + label.length + content.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.size, 4);
  end.writeUInt16LE(files.size, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, list, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign]!);
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

type Block = string | Uint8Array | readonly (readonly string[])[];
const isTable = (block: Block): block is readonly (readonly string[])[] => Array.isArray(block);

/** A Word file as a village writes one: paragraphs, PNG pictures where they stand, and tables by their rows. */
export function wordOf(blocks: readonly Block[]): Buffer {
  const said = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r></w:p>`;
  const table = (rows: readonly (readonly string[])[]): string =>
    `<w:tbl>${rows.map((row) => `<w:tr>${row.map((cell) => `<w:tc>${said(cell)}</w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;
  const pictures = blocks.filter((block): block is Uint8Array => typeof block !== 'string' && !isTable(block));
  const drawn = (index: number): string => '<w:r><w:drawing><wp:inline><wp:extent cx="2400000" cy="1800000"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    + `<pic:pic><pic:blipFill><a:blip r:embed="rId${index + 1}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  const body = blocks.map((block) => (typeof block === 'string' ? said(block) : isTable(block) ? table(block) : `<w:p>${drawn(pictures.indexOf(block))}</w:p>`)).join('');
  const xml = (text: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`);
  return zipOf(new Map<string, Uint8Array>([
    ['[Content_Types].xml', xml('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
      + '<Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')],
    ['_rels/.rels', xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="word/document.xml"/></Relationships>`)],
    ['word/_rels/document.xml.rels', xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${pictures.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${relations}/image" Target="media/image${index + 1}.png"/>`).join('')}</Relationships>`)],
    ['word/document.xml', xml(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${relations}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" `
      + `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}</w:body></w:document>`)],
    ...pictures.map((picture, index): [string, Uint8Array] => [`word/media/image${index + 1}.png`, picture]),
  ]));
}
