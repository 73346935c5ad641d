#!/usr/bin/python3
"""Makes the letters of the folder above: make.py [NAME…]

Needs python3-docx, python3-openpyxl, python3-pil, LibreOffice Writer and Calc, node, and
npm install --prefix /tmp/letters-npm docx@9.15.2 exceljs@4.4.0
Python's own writers write the same bytes each time; npm's and LibreOffice's put the moment into what they write.
"""
import pathlib
import sys
import time

time.time = lambda: 1698372000.0  # a file says when it was written

import letters  # noqa: E402

folder = pathlib.Path(__file__).parent.parent


def write(into, name, made):
    if isinstance(made, bytes):
        (into / f"{name}.eml").write_bytes(made)
        return
    for number, (_, coded) in enumerate(made.items(), 1):  # the names themselves stand in NAME.txt
        (into / f"{name}.{number}").write_bytes(coded)


def main():
    for into, made in ((folder, letters.made),):
        for name, make in made.items():
            if not sys.argv[1:] or name in sys.argv[1:]:
                write(into, name, make())


main()
