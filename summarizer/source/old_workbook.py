"""Workbooks of old Excel and of WPS (.xls, .et: BIFF in an OLE container), by xlrd."""

from __future__ import annotations

import io

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book

from summarizer.source.number_format import BUILT_IN, shown
from summarizer.source.reader import Limits, ReadText
from summarizer.source.sheets import CELLS, Sheet, write_sheets

__all__ = ["read_old_workbook"]

_BOOLEANS = {0: "FALSE", 1: "TRUE"}


def read_old_workbook(data: bytes, limits: Limits) -> ReadText:
    """All sheets, numbers as shown. Raises ``ValueError`` for an encrypted or damaged file."""
    try:
        book = _open(data)
        return write_sheets([_sheet(book, number) for number in range(book.nsheets)])
    except Exception as error:  # damage ends in xlrd in whatever error its bytes lead to
        if isinstance(error, ValueError) and not isinstance(error, UnicodeError):
            raise
        if "encrypted" in str(error):
            raise ValueError("encrypted: a password is needed; save it without one") from error
        raise ValueError(f"a damaged workbook ({error})") from error


def _open(data: bytes) -> Book:
    try:
        return xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO())
    except XLRDError:
        raise
    except Exception:  # noqa: BLE001 - as above
        # Damaged formatting costs the formats, not the cells.
        return xlrd.open_workbook(file_contents=data, on_demand=True, logfile=io.StringIO())


def _sheet(book: Book, number: int) -> Sheet:
    sheet = book.sheet_by_index(number)
    if sheet.nrows * max(1, sheet.ncols) > CELLS * 10:
        raise ValueError(f"more than {CELLS:,} cells in sheet {sheet.name}")
    cells: dict[tuple[int, int], str] = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            if text := _shown(book, sheet.cell(row, column)):
                cells[row, column] = text
    merges = [(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells]
    rows = frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden)
    columns = frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden)
    hidden = sheet.visibility != 0
    name = sheet.name
    book.unload_sheet(number)
    return Sheet(name, cells, merges, hidden, rows, columns)


def _shown(book: Book, cell: xlrd.sheet.Cell) -> str:
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value).strip()
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return _BOOLEANS.get(int(cell.value), "")
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(cell.value), "#ERR"))
    if cell.ctype not in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        return ""
    return shown(float(cell.value), _code(book, cell), since_1904=book.datemode == 1)


def _code(book: Book, cell: xlrd.sheet.Cell) -> str:
    if cell.xf_index is None or cell.xf_index >= len(book.xf_list):
        return "yyyy/m/d" if cell.ctype == xlrd.XL_CELL_DATE else "General"
    key = book.xf_list[cell.xf_index].format_key
    found = book.format_map.get(key)
    return BUILT_IN.get(key) or (found.format_str if found else "General")
