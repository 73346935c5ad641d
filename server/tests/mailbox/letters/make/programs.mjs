// Writes what is ordered (order.json, made by programs.py) by docx or exceljs of npm, onto the standard output. It runs in the folder
// where they were installed: npm install docx@9.15.2 exceljs@4.4.0
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(`${process.cwd()}/`)
const { program, described } = JSON.parse(readFileSync(process.argv[2], 'utf8'))

const docxOf = async (blocks) => {
  const docx = require('docx')
  const image = (data) =>
    new docx.ImageRun({ type: 'jpg', data: Buffer.from(data, 'base64'), transformation: { width: 160, height: 120 } })
  const paragraph = (text, more = {}, run = {}) => new docx.Paragraph({ children: [new docx.TextRun({ text, ...run })], ...more })
  const centred = { alignment: docx.AlignmentType.CENTER }
  const numbered = (level) => ({ numbering: { reference: 'weeks', level } })

  const cellOf = (rows, r, c) => {
    const content = rows[r][c]
    let columnSpan = 1
    while (rows[r][c + columnSpan] === '<') ++columnSpan
    let rowSpan = 1
    while (rows[r + rowSpan]?.[c] === '^') ++rowSpan
    const children = typeof content === 'string' ? [paragraph(content)] : content.map(write)
    return new docx.TableCell({ children, columnSpan, rowSpan })
  }
  const tableOf = (rows) =>
    new docx.Table({
      rows: rows.map(
        (row, r) =>
          new docx.TableRow({ children: row.flatMap((cell, c) => (cell === '<' || cell === '^' ? [] : [cellOf(rows, r, c)])) }),
      ),
    })
  const writers = {
    title: (text) => paragraph(text, { heading: docx.HeadingLevel.TITLE, ...centred }),
    h1: (text) => paragraph(text, { heading: docx.HeadingLevel.HEADING_1 }),
    h2: (text) => paragraph(text, { heading: docx.HeadingLevel.HEADING_2 }),
    number1: (text) => paragraph(text, numbered(0)),
    number2: (text) => paragraph(text, numbered(1)),
    p: (text) => paragraph(text),
    bold: (text) => paragraph(text, {}, { bold: true }),
    caption: (text) => paragraph(text, centred),
    pics: (data) => new docx.Paragraph({ children: data.map(image) }),
    table: tableOf,
    break: () => new docx.Paragraph({ children: [new docx.PageBreak()] }),
  }
  const write = ([kind, content]) => writers[kind](content)
  const level = (number, format, text) => ({ level: number, format, text, alignment: docx.AlignmentType.START })
  const numbering = {
    config: [{ reference: 'weeks', levels: [level(0, 'chineseCounting', '%1、'), level(1, 'chineseCounting', '（%2）')] }],
  }
  const document = new docx.Document({ numbering, sections: [{ children: blocks.map(write) }] })
  return docx.Packer.toBuffer(document)
}

const exceljsOf = async ({ sheet, rows, merged = [] }) => {
  const Excel = require('exceljs')
  const book = new Excel.Workbook()
  const page = book.addWorksheet(sheet)
  for (const row of rows) page.addRow(row)
  for (const range of merged) page.mergeCells(range)
  return Buffer.from(await book.xlsx.writeBuffer())
}

process.stdout.write(await (program === 'docx' ? docxOf(described) : exceljsOf(described)))
