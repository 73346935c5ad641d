// Mails as villages send them: a Word report of a month with 24 pictures, every picture another file in every mail.
import { Document, ImageRun, Packer, Paragraph } from 'docx';

/** The same picture in another file: a comment behind its first marker. */
function remarked(jpeg, remark) {
  const words = Buffer.from(remark), head = Buffer.from([0xff, 0xfe, 0, words.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, words, jpeg.subarray(2)]);
}

const size = { width: 252, height: 189 };
const paragraphOf = (block) => (typeof block === 'string' ? new Paragraph(block) : new Paragraph({ children: [new ImageRun({ type: 'jpg', data: block, transformation: size })] }));
const wordOf = (blocks) => Packer.toBuffer(new Document({ sections: [{ children: blocks.map(paragraphOf) }] }));

const encoded = (text) => `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
const lines = (bytes) => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');

/** `report` as the server tells of it; its first four weeks hold two activities each, of three pictures. */
export async function mailOf({ from, id, report, entries, pictures }) {
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
    'Content-Transfer-Encoding: base64', '', lines(await wordOf(blocks)), '--b--', '',
  ].join('\r\n');
}
