"""One document, described once, as different programs write it.

A document is a list of blocks: ("title", text), ("h1", text), ("h2", text), ("p", text), ("bold", text), ("caption", text),
("pics", [whose, …]), ("break",) and ("table", rows), whose cells are a text, a list of blocks, or "<" and "^" for what is joined to
the left or above.
"""
import base64
import io
import json
import pathlib
import subprocess
import tempfile
from datetime import datetime
from xml.sax.saxutils import escape

import docx
import openpyxl
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Mm

import pictures

moment = datetime(2023, 10, 27, 9, 0)


# ── python-docx ──

def python_docx(blocks):
    document = docx.Document()
    for package_part in (document.part.package, document.part):
        for key in [key for key, rel in package_part.rels.items() if rel.reltype.endswith(("/thumbnail", "/stylesWithEffects", "/theme"))]:
            del package_part.rels[key]
    document.core_properties.created = document.core_properties.modified = moment
    for block in blocks:
        add_block(document, block)
    into = io.BytesIO()
    document.save(into)
    return into.getvalue()


def add_block(place, block):
    kind = block[0]
    if kind == "table":
        add_table(place, block[1])
    elif kind == "pics":
        run = place.add_paragraph().add_run()
        for of in block[1]:
            run.add_picture(io.BytesIO(pictures.jpeg(of)), width=Mm(50))
    elif kind == "break":
        place.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    elif kind in ("h1", "h2") and hasattr(place, "add_heading"):
        place.add_heading(block[1], int(kind[1]))
    else:
        paragraph = place.add_paragraph()
        paragraph.add_run(block[1]).bold = True if kind == "bold" else None
        if kind in ("title", "caption"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_table(place, rows):
    width = max(len(row) for row in rows)
    table = place.add_table(len(rows), width)
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("<", "^"):
                continue
            right, below = c, r
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            while below + 1 < len(rows) and rows[below + 1][c] == "^":
                below += 1
            made = table.cell(r, c)
            if (right, below) != (c, r):
                made = made.merge(table.cell(below, right))
            fill(made, cell)


def fill(cell, content):
    if isinstance(content, str):
        cell.text = content
        return
    for block in content:
        add_block(cell, block)
    first = cell.paragraphs[0]._p
    if len(content) > 0 and content[0][0] != "table":
        first.getparent().remove(first)


# ── docx and exceljs of npm ──

modules = pathlib.Path(__file__).resolve().parents[5] / "build/letters-npm"  # where they were installed; make.py says how


def npm(program, described):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as order:
        json.dump({"program": program, "described": described}, order)
        order.flush()
        script = pathlib.Path(__file__).parent / "programs.mjs"
        return subprocess.run(["node", script, order.name], cwd=modules, check=True, stdout=subprocess.PIPE).stdout


def npm_docx(blocks):
    return npm("docx", with_pictures(blocks))


def npm_exceljs(rows, merged=()):
    return npm("exceljs", {"sheet": "Sheet1", "rows": rows, "merged": list(merged)})


def with_pictures(blocks):
    """The same, every picture as base64."""
    def turned(block):
        if block[0] == "pics":
            return ["pics", [base64.b64encode(pictures.jpeg(of)).decode() for of in block[1]]]
        if block[0] == "table":
            return ["table", [[cell if isinstance(cell, str) else [turned(inner) for inner in cell] for cell in row] for row in block[1]]]
        return list(block)
    return [turned(block) for block in blocks]


# ── LibreOffice ──

def libreoffice(coded, suffix, kind):
    """Turns a file into another by LibreOffice: `kind` as --convert-to takes it."""
    with tempfile.TemporaryDirectory() as place:
        made = pathlib.Path(place, "file" + suffix)
        made.write_bytes(coded)
        subprocess.run(["soffice", f"-env:UserInstallation=file://{place}/profile", "--headless", "--convert-to", kind, "--outdir",
                        f"{place}/out", made], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return next(pathlib.Path(place, "out").iterdir()).read_bytes()


flat_head = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="F" style:family="graphic"><style:graphic-properties style:wrap="parallel" style:horizontal-pos="right" style:horizontal-rel="paragraph"/></style:style>
</office:automatic-styles><office:body><office:text>"""


def flat_text(blocks, anchor="as-char"):
    return (flat_head + "".join(flat_block(block, anchor) for block in blocks) + "</office:text></office:body></office:document>").encode()


def flat_block(block, anchor):
    kind = block[0]
    if kind == "pics":
        return "<text:p>" + "".join(flat_picture(of, anchor) for of in block[1]) + "</text:p>"
    if kind == "table":
        width = max(len(row) for row in block[1])
        rows = "".join("<table:table-row>" + "".join(flat_cell(cell, anchor) for cell in row) + "</table:table-row>" for row in block[1])
        return f'<table:table><table:table-column table:number-columns-repeated="{width}"/>{rows}</table:table>'
    if kind in ("h1", "h2"):
        return f'<text:h text:outline-level="{kind[1]}">{escape(block[1])}</text:h>'
    style = ' text:style-name="C"' if kind in ("title", "caption") else ""
    text = escape(block[1])
    if kind == "bold":
        text = f'<text:span text:style-name="B">{text}</text:span>'
    return f"<text:p{style}>{text}</text:p>"


def flat_cell(cell, anchor):
    inside = flat_block(("p", cell), anchor) if isinstance(cell, str) else "".join(flat_block(block, anchor) for block in cell)
    return f"<table:table-cell>{inside}</table:table-cell>"


def flat_picture(of, anchor):
    coded = base64.b64encode(pictures.jpeg(of)).decode()
    return (f'<draw:frame draw:style-name="F" text:anchor-type="{anchor}" svg:width="5cm" svg:height="3.7cm"><draw:image><office:binary-data>{coded}'
            "</office:binary-data></draw:image></draw:frame>")


def libreoffice_docx(blocks, anchor="as-char"):
    return libreoffice(flat_text(blocks, anchor), ".fodt", "docx:MS Word 2007 XML")


def libreoffice_doc(blocks):
    return libreoffice(flat_text(blocks), ".fodt", "doc:MS Word 97")


# ── openpyxl ──

def openpyxl_book(rows, merged=()):
    book = openpyxl.Workbook()
    book.properties.creator = ""
    book.active.title = "Sheet1"
    for row in rows:
        book.active.append(row)
    for one in merged:
        book.active.merge_cells(one)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()
