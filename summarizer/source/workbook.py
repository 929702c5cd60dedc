"""Workbooks of Office Open XML (.xlsx): the cells as a person sees them, streamed from the sheets' XML (ECMA-376, 18.3).

Read part by part instead of through a workbook model, which would need fifty times the file's size in memory, knows
either hidden rows and merged cells or streaming, and refuses files whose styles are damaged.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.etree import _Element

from summarizer.source.number_format import BUILT_IN, shown
from summarizer.source.reader import Limits, Package, ReadText
from summarizer.source.sheets import CELLS, Merge, Sheet, write_sheets

__all__ = ["first_sheet", "read_workbook"]

_RELATION = re.compile(r"\{http://[^}]*/(?:officeDocument/)?relationships\}id$")
_SAMPLE_ROWS = 60
_LONG_CELL = 200  # a shorter one is no whole text
_COLUMNS = 16_384
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_BOOLEANS = {"1": "TRUE", "0": "FALSE"}


def read_workbook(data: bytes, limits: Limits) -> ReadText:
    """All sheets. Raises ``ValueError`` for a damaged or encrypted file, a bomb, and a binary workbook (.xlsb)."""
    book = _Workbook(data, limits)
    return write_sheets([book.sheet(name, part, hidden) for name, part, hidden in book.sheets])


def first_sheet(data: bytes) -> list[list[str]] | None:
    """The rows of the first sheet, to see whether each holds a text; None when its first rows do not look like it."""
    book = _Workbook(data, Limits())
    if not book.sheets:
        return None
    part = book.sheets[0][1]
    sample = list(islice(book.rows(part), _SAMPLE_ROWS))
    if max((len(text) for row in sample for text in row), default=0) < _LONG_CELL:
        return None
    return list(book.rows(part))


class _Workbook:
    """The parts of a workbook that its sheets refer to."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._package = Package(data, limits)
        main = self._main()
        root = self._package.xml(main)
        self.since_1904 = any(
            _local(one) == "workbookPr" and one.get("date1904") in ("1", "true") for one in root.iter(etree.Element)
        )
        targets = self._targets(main)
        self.sheets: list[tuple[str, str, bool]] = []
        for one in root.iter(etree.Element):
            if _local(one) == "sheet":
                relation = next((value for key, value in one.attrib.items() if _RELATION.search(str(key))), "")
                part = targets.get(str(relation))
                if part in self._package.names:
                    self.sheets.append((one.get("name") or "", str(part), one.get("state") in ("hidden", "veryHidden")))
        folder = posixpath.dirname(main)
        self._strings = list(self._shared(f"{folder}/sharedStrings.xml"))
        self._formats = self._styles(f"{folder}/styles.xml")

    def _main(self) -> str:
        for name in ("xl/workbook.xml", "xl/worksheets/workbook.xml"):
            if name in self._package.names:
                return name
        if any(name.endswith("workbook.bin") for name in self._package.names):
            raise ValueError("a binary workbook (.xlsb): save it as .xlsx")
        found = next((name for name in sorted(self._package.names) if name.lower().endswith("workbook.xml")), None)
        if found is None:
            raise ValueError("a damaged workbook (no list of sheets)")
        return found

    def _targets(self, main: str) -> dict[str, str]:
        folder, name = posixpath.split(main)
        relations = f"{folder}/_rels/{name}.rels"
        if relations not in self._package.names:
            return {}
        found: dict[str, str] = {}
        for one in self._package.xml(relations).iter(etree.Element):
            target = one.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[one.get("Id") or ""] = path
        return found

    def _shared(self, part: str) -> Iterator[str]:
        if part in self._package.names:
            for element in _each(self._package.read(part), "si"):
                yield _text(element)

    def _styles(self, part: str) -> list[str]:
        """The format code of each cell style."""
        if part not in self._package.names:
            return []
        root = self._package.xml(part)
        codes = dict(BUILT_IN)
        styles: list[str] = []
        for one in root.iter(etree.Element):
            if _local(one) == "numFmt" and (number := one.get("numFmtId") or "").isdigit():
                codes[int(number)] = one.get("formatCode") or "General"
        for one in root.iter(etree.Element):
            if _local(one) == "cellXfs":
                numbers = [xf.get("numFmtId") or "0" for xf in one]
                styles = [codes.get(int(number) if number.isdigit() else 0, "General") for number in numbers]
        return styles

    def sheet(self, name: str, part: str, hidden: bool) -> Sheet:
        """One sheet with its merged ranges and hidden rows and columns."""
        cells: dict[tuple[int, int], str] = {}
        hidden_rows: set[int] = set()
        columns: set[int] = set()
        merges: list[Merge] = []
        number = -1
        for one in _each(self._package.read(part), "row", "mergeCell", "col"):
            match _local(one):
                case "row":
                    number = _whole(one.get("r"), number + 2) - 1
                    cells.update({(number, column): text for column, text in self._cells(one).items()})
                    if _is_on(one.get("hidden")):
                        hidden_rows.add(number)
                    if len(cells) > CELLS:
                        raise ValueError(f"more than {CELLS:,} cells in sheet {name}")
                case "mergeCell":
                    merge = _range(one.get("ref") or "")
                    merges += [merge] if merge is not None else []
                case "col" if _is_on(one.get("hidden")):
                    columns.update(range(_whole(one.get("min"), 1) - 1, min(_whole(one.get("max"), 1), _COLUMNS)))
        return Sheet(name, cells, merges, hidden, frozenset(hidden_rows), frozenset(columns))

    def rows(self, part: str) -> Iterator[list[str]]:
        """The shown values of each row that the sheet holds."""
        for row in _each(self._package.read(part), "row"):
            cells = self._cells(row)
            yield [cells.get(column, "") for column in range(max(cells, default=-1) + 1)]

    def _cells(self, row: _Element) -> dict[int, str]:
        """The shown values of a row by column, those that are not empty."""
        cells: dict[int, str] = {}
        column = -1
        for cell in row:
            place = _REFERENCE.match(cell.get("r") or "")
            column = _column(place[1]) if place else column + 1
            if text := self._shown(cell):
                cells[column] = text
        return cells

    def _shown(self, cell: _Element) -> str:
        kind = cell.get("t") or "n"
        value = ""
        for child in cell:
            name = _local(child)
            if name == "v":
                value = child.text or ""
            elif name == "is":
                return _text(child).strip()
        if kind == "s":
            return self._strings[int(value)].strip() if value.isdigit() and int(value) < len(self._strings) else ""
        if kind == "b":
            return _BOOLEANS.get(value, value)
        if kind != "n" or not value:
            return value.strip()
        style = cell.get("s") or "0"
        code = self._formats[int(style)] if style.isdigit() and int(style) < len(self._formats) else "General"
        try:
            return shown(float(value), code, since_1904=self.since_1904)
        except ValueError:
            return value


def _each(data: bytes, *names: str) -> Iterator[_Element]:
    """Each element of these local names, in order, freed after use. Raises ``ValueError`` for XML that is damaged."""
    try:
        for _, element in etree.iterparse(
            io.BytesIO(data),
            tag=[f"{{*}}{name}" for name in names],
            resolve_entities=False,
            no_network=True,
            huge_tree=True,
        ):
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ValueError(f"a damaged workbook ({error})") from error


def _text(element: _Element) -> str:
    """The text of a string item: its runs, without the readings above them."""
    parts = []
    for child in element.iter(etree.Element):
        if _local(child) == "t" and (parent := child.getparent()) is not None and _local(parent) != "rPh":
            parts.append(child.text or "")
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), "".join(parts))


def _local(element: _Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else default


def _is_on(text: str | None) -> bool:
    return text in ("1", "true")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _range(reference: str) -> tuple[int, int, int, int] | None:
    first, _, last = reference.partition(":")
    start, end = _REFERENCE.match(first), _REFERENCE.match(last or first)
    if start is None or end is None:
        return None
    return int(start[2]) - 1, _column(start[1]), int(end[2]) - 1, _column(end[1])
