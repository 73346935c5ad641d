#!/usr/bin/python3
"""Makes the letters of the folder above, and of apart in it: make.py [NAME…]

Needs python3-docx, python3-openpyxl, python3-pil, LibreOffice Writer, node, and
npm install --prefix build/letters-npm docx@9.15.2 exceljs@4.4.0
Python's email package and python-docx write the same bytes each time; the others put the moment into what they write.
"""
import pathlib
import sys
import time

time.time = lambda: 1698372000.0  # a file says when it was written

import apart  # noqa: E402
import letters  # noqa: E402

letters_folder = pathlib.Path(__file__).parent.parent


def write(folder, name, made):
    if isinstance(made, bytes):
        (folder / f"{name}.eml").write_bytes(made)
        return
    for number, (_, coded) in enumerate(made.items(), 1):  # the names themselves stand in NAME.txt
        (folder / f"{name}.{number}").write_bytes(coded)


def main():
    for folder, made in ((letters_folder, letters.made), (letters_folder / "apart", apart.made)):
        for name, make in made.items():
            if not sys.argv[1:] or name in sys.argv[1:]:
                write(folder, name, make())


main()
