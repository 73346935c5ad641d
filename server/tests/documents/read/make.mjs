// Makes the files of this folder that come from npm packages. Usage, in a folder of its own: npm install docx@9.15.2
// exceljs@4.4.0 xlsx@0.18.5, then node make.mjs FOLDER. Everybody in them is invented.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(`${process.cwd()}/`)
const docx = require('docx')
const Excel = require('exceljs')
const Sheets = require('xlsx')
const folder = process.argv[2]

const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const image = (name) =>
  new docx.ImageRun({
    type: 'png',
    data: picture,
    transformation: { width: 40, height: 30 },
    altText: { title: name, description: name, name },
  })
const text = (words, more = {}) => new docx.Paragraph({ children: [new docx.TextRun(words)], ...more })
const revision = { id: 1, author: '甲', date: '2023-10-08T09:00:00Z' }
const level = (number, format, printed) => ({ level: number, format, text: printed, alignment: docx.AlignmentType.START })

async function report() {
  const numbering = {
    config: [{ reference: 'weeks', levels: [level(0, 'chineseCounting', '%1、'), level(1, 'decimal', '（%2）')] }],
  }
  const children = [
    text('示例村10月工作情况', { heading: docx.HeadingLevel.TITLE, alignment: docx.AlignmentType.CENTER }),
    text('10月第一周', { heading: docx.HeadingLevel.HEADING_1 }),
    text('进农村', { numbering: { reference: 'weeks', level: 0 } }),
    text('院坝会', { numbering: { reference: 'weeks', level: 1 } }),
    text('进学校', { numbering: { reference: 'weeks', level: 0 } }),
    new docx.Paragraph({
      children: [
        new docx.CommentRangeStart(0),
        new docx.TextRun('参加'),
        new docx.InsertedTextRun({ text: '46', ...revision }),
        new docx.DeletedTextRun({ text: '30', ...revision, id: 2 }),
        new docx.TextRun({ text: '人', bold: true }),
        new docx.CommentRangeEnd(0),
        new docx.TextRun({ children: [new docx.CommentReference(0)] }),
        new docx.FootnoteReferenceRun(1),
      ],
    }),
    new docx.Paragraph({ children: [image('院坝会'), image('入户')] }),
    new docx.Paragraph({ children: [new docx.ExternalHyperlink({ link: 'https://example.org', children: [new docx.TextRun('链接')] })] }),
    new docx.Textbox({ alignment: 'center', children: [text('框里的字')], style: { width: '200pt', height: '40pt' } }),
    new docx.Paragraph({ children: [new docx.TextRun({ children: ['第', docx.PageNumber.CURRENT, '页', new docx.Tab(), '完'] })] }),
  ]
  const document = new docx.Document({
    numbering,
    comments: { children: [{ id: 0, author: '乙', date: new Date('2023-10-09'), children: [text('请补照片')] }] },
    footnotes: { 1: { children: [text('脚注')] } },
    sections: [{ headers: { default: new docx.Header({ children: [text('页眉')] }) }, children }],
  })
  writeFileSync(`${folder}/npm-docx-report.docx`, await docx.Packer.toBuffer(document))
}

async function plan() {
  const cell = (words, more = {}) => new docx.TableCell({ children: [text(words)], ...more })
  const row = (...children) => new docx.TableRow({ children })
  const table = new docx.Table({
    rows: [
      row(cell('活动周期', { columnSpan: 2 }), cell('负责人')),
      row(cell('10月', { rowSpan: 2 }), cell('第一周'), cell('沈知禾')),
      row(cell('第二周'), new docx.TableCell({ children: [new docx.Paragraph({ children: [image('现场')] })] })),
    ],
  })
  writeFileSync(`${folder}/npm-docx-plan.docx`, await docx.Packer.toBuffer(new docx.Document({ sections: [{ children: [table] }] })))
}

async function workbook() {
  const book = new Excel.Workbook()
  const sheet = book.addWorksheet('计划')
  sheet.mergeCells('A1:C1')
  sheet.getCell('A1').value = { richText: [{ text: '消防宣传' }, { font: { bold: true }, text: '计划表' }] }
  sheet.addRow(['第一周', new Date(Date.UTC(2023, 9, 7)), 46])
  sheet.addRow(['第二周', new Date(Date.UTC(2023, 9, 14, 14, 30)), { formula: 'C2*2', result: 92 }])
  sheet.addRow(['藏起的行']).hidden = true
  sheet.addRow(['比例', 0.25, true])
  sheet.getCell('B2').numFmt = 'm"月"d"日"'
  sheet.getCell('B3').numFmt = 'yyyy/m/d h:mm'
  sheet.getCell('B5').numFmt = '0%'
  book.addWorksheet('藏', { state: 'hidden' }).addRow(['看不见'])
  writeFileSync(`${folder}/npm-exceljs-plan.xlsx`, Buffer.from(await book.xlsx.writeBuffer()))
}

function sheets() {
  const sheet = Sheets.utils.aoa_to_sheet([
    ['活动周期', '计划“五进”村社', '负责人'],
    ['第一周', '示例村一组', '沈知禾'],
    ['第二周', '示例村二组'],
    [new Date(Date.UTC(2023, 9, 7, 4)), 46, true],
  ])
  sheet['!merges'] = [{ s: { r: 1, c: 2 }, e: { r: 2, c: 2 } }]
  const book = Sheets.utils.book_new()
  Sheets.utils.book_append_sheet(book, sheet, '计划')
  Sheets.writeFile(book, `${folder}/npm-xlsx-plan.xlsx`, { compression: true })
  Sheets.writeFile(book, `${folder}/npm-xlsx-plan.xls`, { bookType: 'biff8' })
}

sheets()
await report()
await plan()
await workbook()
