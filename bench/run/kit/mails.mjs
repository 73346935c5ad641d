// Mails as villages send them: a Word report of a month with 24 pictures, every picture another file in every mail.
import { crc32 } from 'node:zlib';

/** A ZIP of files that are stored as they are: pictures do not get smaller. */
function zipOf(files) {
  const bodies = [], directory = [];
  let at = 0;
  for (const [name, content] of files) {
    const label = Buffer.from(name), shared = Buffer.alloc(26), rest = Buffer.alloc(14);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(content.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(label.length, 22);
    rest.writeUInt32LE(at, 10);
    bodies.push(Buffer.from('PK\x03\x04', 'latin1'), shared, label, content);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, rest, label);
    at += 30 + label.length + content.length;
  }
  const list = Buffer.concat(directory), end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, list, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** The same picture in another file: a comment behind its first marker. */
function remarked(jpeg, remark) {
  const words = Buffer.from(remark), head = Buffer.from([0xff, 0xfe, 0, words.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, words, jpeg.subarray(2)]);
}

const package_ = 'http://schemas.openxmlformats.org/package/2006', office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const xml = (text) => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`);

function wordOf(blocks) {
  const pictures = blocks.filter((block) => typeof block !== 'string');
  const drawing = (index) => '<w:r><w:drawing><wp:inline><wp:extent cx="2400000" cy="1800000"/><wp:docPr id="1" name="1"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    + `<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="1"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId${index + 1}"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`;
  const body = blocks.map((block) => `<w:p>${typeof block === 'string' ? `<w:r><w:t>${block}</w:t></w:r>` : drawing(pictures.indexOf(block))}</w:p>`).join('');
  return zipOf([
    ['[Content_Types].xml', xml(`<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="jpg" ContentType="image/jpeg"/>`
      + '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')],
    ['_rels/.rels', xml(`<Relationships xmlns="${package_}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`)],
    ['word/_rels/document.xml.rels', xml(`<Relationships xmlns="${package_}/relationships">${pictures.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/image" Target="media/image${index + 1}.jpg"/>`).join('')}</Relationships>`)],
    ['word/document.xml', xml(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${office}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" `
      + `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}</w:body></w:document>`)],
    ...pictures.map((picture, index) => [`word/media/image${index + 1}.jpg`, picture]),
  ]);
}

const encoded = (text) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const lines = (bytes) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');

/** `report` as the server tells of it; its first four weeks hold two activities each, of three pictures. */
export function mailOf({ from, id, report, entries, pictures }) {
  const blocks = [report.title];
  let number = 0;
  for (const week of report.weeks.slice(0, 4)) {
    blocks.push(week.heading);
    for (const offset of [0, 1]) {
      const day = new Date(Date.parse(week.from) + offset * 86_400_000);
      blocks.push(`消防宣传${entries[number % entries.length].name}`, `${day.getUTCMonth() + 1}月${day.getUTCDate()}日，在示例${number + 1}组讲解用火用电安全，检查线路，约${20 + number}人参加，发放宣传资料${30 + number}份。`);
      for (let one = 0; one < 3; ++one) blocks.push(remarked(pictures[number * 3 + one], `${id} ${number} ${one}`));
      ++number;
    }
  }
  const name = encoded(`${report.place_name}工作情况.docx`);
  return [
    `Message-ID: <${id}@village.example>`, `From: <${from}>`, 'To: <station@example.org>', `Subject: ${encoded(report.title)}`,
    'Date: Fri, 20 Oct 2023 09:00:00 +0800', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"', '',
    '--b', 'Content-Type: text/plain; charset=UTF-8', 'Content-Transfer-Encoding: base64', '', lines(Buffer.from('请查收。')),
    '--b', `Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64', '', lines(wordOf(blocks)), '--b--', '',
  ].join('\r\n');
}
