"""Tables as plain text (.csv, .tsv): the delimiter is found out, a row is a line with ``" | "`` between its cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from summarizer.source.encoding import decode
from summarizer.source.reader import Limits, ReadText, table_line
from summarizer.source.sheets import CELLS

__all__ = ["read_delimited", "rows_of"]

_DELIMITERS = ",\t;|"
_SAMPLE = 64 * 1024
_CELL = 2**31 - 1  # a whole document may stand in one cell; the file's size is the bound


def read_delimited(data: bytes, limits: Limits) -> ReadText:
    """The rows of a table. Raises ``ValueError`` when the quotes do not close or there are more cells than people write."""
    decoded = decode(data)
    lines = (table_line(row) for row in _rows(decoded.text))
    return ReadText("".join(line + "\n" for line in lines if line), (), decoded.encoding, decoded.note)


def rows_of(data: bytes) -> list[list[str]]:
    """The rows as lists of cells."""
    return list(_rows(decode(data).text))


def _rows(text: str) -> Iterator[list[str]]:
    text = text.removeprefix("\ufeff").replace("\x00", "")
    csv.field_size_limit(_CELL)
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            cells += len(row)
            if cells > CELLS:
                raise ValueError(f"more than {CELLS:,} cells")
            yield row
    except csv.Error as error:
        raise ValueError(f"a damaged table ({error})") from error


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first rows into the same number of cells, more than one; the comma when none does."""
    sample = text[:_SAMPLE]
    best, score = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if row][:20]
        except csv.Error:
            continue
        widths = [len(row) for row in rows]
        usual = max(set(widths), key=widths.count, default=1)
        agreement = widths.count(usual) / max(1, len(widths)) if usual > 1 else 0.0
        if agreement > score:
            best, score = delimiter, agreement
    return best
