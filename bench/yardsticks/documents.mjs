// A month's report with docx or docxtemplater: node documents.mjs docx|docxtemplater PICTURES TIMES. Eight activities of fifteen
// fields and three pictures at 1280 px each. Prints one line of JSON.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Document, HeadingLevel, ImageRun, Packer, Paragraph, Table, TableCell, TableRow, WidthType } from 'docx';
import Docxtemplater from 'docxtemplater';
import ImageModule from 'docxtemplater-image-module-free';
import PizZip from 'pizzip';

const [library, folder, times] = process.argv.slice(2);
const pictures = readdirSync(folder).filter((name) => name.endsWith('.jpg')).sort().slice(0, 24).map((name) => join(folder, name));
const size = { width: 480, height: 360 };

const activities = Array.from({ length: 8 }, (_, index) => ({
  place: '示例村', number: `${index + 1}`, kind: '入户宣传', title: `第${index + 1}次活动`, date: `2023-10-${10 + index}`, start: '09:00', end: '11:00',
  venue: '示例村文化广场', people: '12', leader: '示例甲', audience: '80', materials: '宣传单、灭火器、水带', note: '检查消火栓与灶台，讲解疏散路线，发放宣传单。'.repeat(4),
  state: '已提交', weather: '晴', pictures: pictures.slice(index * 3, index * 3 + 3),
}));
const fields = Object.keys(activities[0]).filter((name) => name !== 'pictures');

function build() {
  const cell = (text) => new TableCell({ children: [new Paragraph(text)] });
  const children = activities.flatMap((activity) => [
    new Paragraph({ text: activity.title, heading: HeadingLevel.HEADING_2 }),
    new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows: fields.map((name) => new TableRow({ children: [cell(name), cell(activity[name])] })) }),
    ...activity.pictures.map((file) => new Paragraph({ children: [new ImageRun({ type: 'jpg', data: readFileSync(file), transformation: size })] })),
  ]);
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

const makeTemplate = () => Packer.toBuffer(new Document({ sections: [{ children:
  ['{#activities}', '{title}', ...fields.map((name) => `${name}: {${name}}`), '{#pictures}', '{%file}', '{/pictures}', '{/activities}'].map((text) => new Paragraph(text)) }] }));
const template = library === 'docxtemplater' ? await makeTemplate() : undefined;

function fill() {
  const images = new ImageModule({ centered: false, getImage: (file) => readFileSync(file), getSize: () => [size.width, size.height] });
  return new Docxtemplater(new PizZip(template), { paragraphLoop: true, modules: [images] })
    .render({ activities: activities.map((activity) => ({ ...activity, pictures: activity.pictures.map((file) => ({ file })) })) })
    .getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}

const make = library === 'docx' ? build : fill, took = [];
await make();
const cpuBefore = process.cpuUsage();
for (let turn = 0; turn < Number(times); ++turn) {
  const began = performance.now();
  await make();
  took.push(performance.now() - began);
}
const cpu = process.cpuUsage(cpuBefore), sum = took.reduce((one, other) => one + other, 0);
took.sort((one, other) => one - other);
console.log(JSON.stringify({ rate: took.length * 1000 / sum, p50_ms: took[took.length >> 1], p99_ms: took.at(-1),
  cpu_ms_per_operation: (cpu.user + cpu.system) / 1000 / took.length, peak_kib: process.resourceUsage().maxRSS }));
