#!/usr/bin/python3
"""Makes the files of this folder that come from python-docx and from LibreOffice. Usage: make.py   (needs python3-docx, soffice)

Each is kept as the program wrote it, but for what python-docx's own template brings along. Everybody in them is invented.
"""
import io
import pathlib
import shutil
import struct
import subprocess
import tempfile
import zlib

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

folder = pathlib.Path(__file__).parent


def png(red, green, blue):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = (b"\0" + bytes([red, green, blue]) * 12) * 9
    head = struct.pack(">IIBBBBB", 12, 9, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def empty_document():
    document = docx.Document()
    for part in (document.part.package, document.part):
        for key in [key for key, rel in part.rels.items() if rel.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/theme"))]:
            del part.rels[key]
    return document


def report():
    document = empty_document()
    title = document.add_paragraph("宝峰镇示例村2023年10月消防宣传“五进”工作情况")
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading("一、10月第一周（10月1日—8日）", 1)
    document.add_heading("（一）消防宣传进农村", 2)
    document.add_paragraph("10月7日上午，示例村在三组院坝开展消防安全宣传。")
    table = document.add_table(2, 2)
    for column, colour in enumerate([(200, 30, 30), (30, 200, 30)]):
        table.cell(0, column).paragraphs[0].add_run().add_picture(io.BytesIO(png(*colour)), width=Mm(60))
        table.cell(1, column).text = f"图片{column + 1}"
    bold = document.add_paragraph().add_run("二、10月第二周（10月9日—15日）")
    bold.bold = True
    document.add_paragraph("入户宣传", style="List Number")
    document.add_paragraph("发放资料", style="List Number")
    paragraph = document.add_paragraph("联系\t值班室")
    paragraph.add_run().add_break()
    paragraph.add_run("下一行").font.hidden = False
    paragraph.add_run("看不见").font.hidden = True
    document.save(folder / "python-docx-report.docx")


def plan():
    document = empty_document()
    document.add_paragraph("消防宣传“五进”计划表")
    table = document.add_table(4, 4, style="Table Grid")
    for column, words in enumerate(["活动周期", "计划“五进”村社", "宣传重点", "负责人"]):
        table.cell(0, column).text = words
    table.cell(1, 0).merge(table.cell(2, 0)).text = "10月第一周"
    table.cell(1, 1).text = "示例村一组"
    table.cell(2, 1).text = "示例村二组"
    table.cell(1, 2).text = "用火用电"
    table.cell(2, 2).text = "电动车充电"
    table.cell(1, 3).merge(table.cell(2, 3)).text = "沈知禾"
    table.cell(3, 0).merge(table.cell(3, 3)).text = "备注"
    inner = table.cell(3, 0).add_table(1, 2)
    inner.cell(0, 0).text = "内一"
    inner.cell(0, 1).text = "内二"
    document.save(folder / "python-docx-plan.docx")


def convert(source, bytes_, kind, name):
    with tempfile.TemporaryDirectory() as place:
        made = pathlib.Path(place) / source
        made.write_bytes(bytes_)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", kind, "--outdir", f"{place}/out", made],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.copy(next(pathlib.Path(place, "out").iterdir()), folder / name)


def main():
    import base64
    report()
    plan()
    picture = base64.b64encode(png(30, 30, 200)).decode()
    text = (folder / "source" / "report.fodt").read_text().replace("PICTURE", picture).encode()
    convert("report.fodt", text, "docx:MS Word 2007 XML", "libreoffice-report.docx")
    convert("report.fodt", text, "doc:MS Word 97", "libreoffice-report.doc")
    convert("report.fodt", text, "rtf:Rich Text Format", "libreoffice-report.rtf")
    saved_again = (folder / "npm-docx-report.docx").read_bytes()
    convert("report.docx", saved_again, "docx:MS Word 2007 XML", "libreoffice-from-npm-docx.docx")
    convert("page.html", (folder / "source" / "page.html").read_bytes(), "docx:MS Word 2007 XML", "libreoffice-from-html.docx")


main()
