"""Make the PDF and DOCX fixtures from their sources in ``eval/fixtures/sources``.

    python eval/make_format_fixtures.py pdf eval/fixtures/sources/NAME.html OUT.pdf
    python eval/make_format_fixtures.py docx eval/fixtures/sources/NAME.json OUT.docx

A PDF is printed by Chromium, as an office prints: fonts embedded, lines justified, page numbers in the margin. Its bytes
hold the time of printing, so gold has to be compiled anew for a new print. A DOCX is built by python-docx; its automatic
numbers are real Word numbering, not text, and the same source makes the same bytes.
"""

import argparse
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import _Element

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NUMBERING = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."))
"""The format and the text of the three levels: 一、（一）1."""
NUMBERING_ID = "90"
"""An id that python-docx's own template does not use."""


def print_pdf(page: Path, output: Path) -> None:
    """Print an HTML page to PDF. Raises FileNotFoundError where no browser is installed, CalledProcessError where it fails."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise FileNotFoundError(f"none of {', '.join(BROWSERS)} is installed")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer"]
    subprocess.run(
        [browser, *flags, f"--print-to-pdf={output.resolve()}", page.resolve().as_uri()],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def build_docx(blocks: Sequence[dict[str, Any]]) -> bytes:
    """Return a DOCX of ``blocks``.

    A block is a paragraph, ``{"text": …, "level": 0 | 1 | 2, "style": …}``, of which the last two are optional and a level
    asks for an automatic number, or a table, ``{"rows": [[…]], "merge": [[row, column, row, column], …]}``, whose merged
    cells take the text of the first.
    """
    document = Document()
    _define_numbering(document)
    for block in blocks:
        if "rows" in block:
            _add_table(document, block["rows"], block.get("merge", []))
            continue
        paragraph = document.add_paragraph(block["text"], style=block.get("style"))
        if "level" in block:
            numbers = _element("w:numPr")
            numbers.append(_element("w:ilvl", str(block["level"])))
            numbers.append(_element("w:numId", NUMBERING_ID))
            paragraph._p.get_or_add_pPr().append(numbers)
    buffer = io.BytesIO()
    document.save(buffer)
    return _undated(buffer.getvalue())


def _add_table(document: DocxDocument, rows: Sequence[Sequence[str]], merges: Sequence[Sequence[int]]) -> None:
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
    for top, left, bottom, right in merges:
        text = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = text


def _define_numbering(document: DocxDocument) -> None:
    numbering = document.part.numbering_part.element
    definition = _element("w:abstractNum", w_abstractNumId=NUMBERING_ID)
    definition.append(_element("w:multiLevelType", "multilevel"))
    for depth, (style, text) in enumerate(NUMBERING):
        level = _element("w:lvl", w_ilvl=str(depth))
        for tag, value in (("w:start", "1"), ("w:numFmt", style), ("w:suff", "nothing"), ("w:lvlText", text)):
            level.append(_element(tag, value))
        definition.append(level)
    # The schema wants every definition before the first number that uses one.
    numbering.insert(0, definition)
    number = _element("w:num", w_numId=NUMBERING_ID)
    number.append(_element("w:abstractNumId", NUMBERING_ID))
    numbering.append(number)


def _element(tag: str, value: str | None = None, **attributes: str) -> _Element:
    element = OxmlElement(tag)
    if value is not None:
        element.set(qn("w:val"), value)
    for name, content in attributes.items():
        element.set(qn(name.replace("_", ":", 1)), content)
    return element


def _undated(data: bytes) -> bytes:
    """Return the archive with the earliest date of the format on every entry, so that one source makes one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 when the file was written, 2 when the source cannot be read or no browser is there."""
    parser = argparse.ArgumentParser(description="Make a PDF or DOCX fixture from its source.")
    parser.add_argument("format", choices=("pdf", "docx"))
    parser.add_argument("source", type=Path, help="an HTML page for a PDF, a list of blocks in JSON for a DOCX")
    parser.add_argument("output", type=Path)
    options = parser.parse_args(arguments)
    try:
        if options.format == "pdf":
            print_pdf(options.source, options.output)
        else:
            options.output.write_bytes(build_docx(json.loads(options.source.read_text(encoding="utf-8"))))
    except (OSError, json.JSONDecodeError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
