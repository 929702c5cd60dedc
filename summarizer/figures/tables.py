"""Tables of indicators (主要指标表) as they survive in plain text: rows with | or tabs, or one cell a line.

A table is known by its header, a row of labels with one for the names (指标, 指标名称) and at least one for values (a year,
基期, 目标). The last value column is the indicator's, the first its base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from summarizer.language.dates import find_times
from summarizer.language.figure_cues import figure_cues
from summarizer.language.lexicon import lexicon
from summarizer.language.numerals import parse_number, read_numeral
from summarizer.language.units import match_unit
from summarizer.schema import Bound, CleanOffset, Nature
from summarizer.source.text import CleanRange, clean_range

__all__ = ["Row", "Table", "find_tables"]


class _Role(StrEnum):
    NAME = "name"
    UNIT = "unit"
    VALUE = "value"
    NATURE = "nature"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of a table. ``[start, end)`` runs from its name to its value; ``raw`` is the value's own print."""

    name: str
    value: Decimal
    value_high: Decimal | None
    raw: str
    unit: str
    bound: Bound
    nature: Nature | None
    period: str | None
    base: Decimal | None
    base_period: str | None
    start: CleanOffset
    end: CleanOffset
    value_at: CleanRange


@dataclass(frozen=True, slots=True)
class Table:
    """The range of a table and its rows; ``planned`` when its header or a row speaks of targets."""

    start: CleanOffset
    end: CleanOffset
    rows: tuple[Row, ...]
    planned: bool


_SEPARATOR = re.compile(r"[ ]*[|｜\t][ |｜\t]*|\u3000+| {2,}")
_CUES = figure_cues().tables
_VALUE = _CUES.value.pattern
_RANGE = _CUES.range.pattern
_UNIT_IN_NAME = _CUES.unit_in_name.pattern
_GOAL = _CUES.goal.pattern
_MAX_CELL = 40
_HINT = _CUES.hint.pattern
_LABELS = {
    _Role.NAME: _CUES.name_label.pattern,
    _Role.UNIT: _CUES.unit_label.pattern,
    _Role.NATURE: _CUES.nature_label.pattern,
    _Role.VALUE: _CUES.value_label.pattern,
}
_MARKS = {
    "<": Bound.LT,
    "＜": Bound.LT,
    "〈": Bound.LT,
    "≤": Bound.LE,
    ">": Bound.GT,
    "＞": Bound.GT,
    "〉": Bound.GT,
    "≥": Bound.GE,
    **dict.fromkeys(_CUES.about.words, Bound.APPROX),
}


def find_tables(text: str) -> Iterator[Table]:
    """Tables of indicators in order of the text, disjoint. Linear: each line is looked at once as a header."""
    if not _HINT.search(text):
        return
    lines = _lines(text)
    at = 0
    while at < len(lines):
        found = _by_rows(lines, at) or _by_cells(lines, at)
        if found is not None and found[0].rows:
            yield found[0]
        at += found[1] if found else 1


def _lines(text: str) -> list[list[_Cell]]:
    """The cells of each non-empty line; a long line is one cell."""
    lines = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(_cells(line, start))
        start += len(line) + 1
    return lines


def _cells(line: str, start: int) -> list[_Cell]:
    if len(line) > 12 * _MAX_CELL:
        return [_Cell(line, start)]
    cells, at = [], 0
    for match in [*_SEPARATOR.finditer(line), None]:
        piece = line[at : match.start() if match else len(line)]
        stripped = piece.strip()
        if stripped:
            cells.append(_Cell(stripped, start + at + len(piece) - len(piece.lstrip())))
        at = match.end() if match else at
    return cells


def _role(label: str) -> _Role:
    """The role of a header's label; the first that fits in the order of the table above."""
    plain = label.replace(" ", "")
    if len(plain) > 16:
        return _Role.OTHER
    return next((role for role, pattern in _LABELS.items() if pattern.search(plain)), _Role.OTHER)


def _is_header(roles: Sequence[_Role]) -> bool:
    return _Role.NAME in roles and _Role.VALUE in roles


def _by_rows(lines: list[list[_Cell]], at: int) -> tuple[Table, int] | None:
    """A header line with several cells, then lines with as many or fewer (a merged first column leaves cells out)."""
    header = lines[at]
    roles = [_role(cell.text) for cell in header]
    if len(header) < 2 or not _is_header(roles):
        return None
    rows, used = [], 1
    for cells in lines[at + 1 :]:
        if len(cells) < 2 or len(cells) > len(header):
            break
        row = _row(header, roles, cells)
        if row is not None:
            rows.append(row)
        used += 1
    last = lines[at + used - 1][-1].end
    return Table(*clean_range(header[0].start, last), tuple(rows), _planned(header, rows)), used


def _by_cells(lines: list[list[_Cell]], at: int) -> tuple[Table, int] | None:
    """One cell a line: the labels one below the other, then the cells of row after row."""
    header: list[_Cell] = []
    for cells in lines[at : at + 9]:
        if len(cells) != 1 or (_role(cells[0].text) is _Role.OTHER and header and not _is_label(cells[0].text)):
            break
        header.append(cells[0])
    roles = [_role(cell.text) for cell in header]
    if len(header) < 3 or not _is_header(roles) or (_Role.UNIT not in roles and _Role.NATURE not in roles):
        return None
    values = roles.count(_Role.VALUE)
    rows: list[Row] = []
    used, pending = len(header), list[_Cell]()
    for cells in lines[at + len(header) :]:
        if len(cells) != 1 or len(cells[0].text) > _MAX_CELL or cells[0].text.endswith(_CUES.prose.words):
            break
        pending.append(cells[0])
        used += 1
        if _complete(pending, values, _Role.NATURE in roles):
            row = _row(header, roles, pending)
            rows.extend([row] if row else [])
            pending = []
    if not rows:
        return None
    last = lines[at + used - 1][-1].end
    return Table(*clean_range(header[0].start, last), tuple(rows), _planned(header, rows)), used


def _is_label(text: str) -> bool:
    return text in _CUES.labels.words


def _complete(cells: Sequence[_Cell], values: int, nature: bool) -> bool:
    """Whether the cells collected so far are a whole row: closed by 约束性 or 预期性, or by the last value."""
    if nature:
        return _nature(cells[-1].text) is not None
    numbers = sum(_VALUE.fullmatch(cell.text) is not None for cell in cells[1:])
    return numbers >= values


def _planned(header: Sequence[_Cell], rows: Sequence[Row]) -> bool:
    return any(_GOAL.search(cell.text) for cell in header) or any(row.nature for row in rows)


def _nature(text: str) -> Nature | None:
    words = lexicon()
    if words.binding.at_start(text):
        return Nature.BINDING
    return Nature.EXPECTED if words.expected.at_start(text) else None


def _row(header: Sequence[_Cell], roles: Sequence[_Role], cells: Sequence[_Cell]) -> Row | None:
    """A row's indicator; columns are counted from the right, where no merged cell is missing."""
    pairs = list(zip(reversed(header), reversed(roles), reversed(cells), strict=False))[::-1]
    columns = [(label, cell) for label, role, cell in pairs if role is _Role.VALUE and _parsed(cell.text)]
    unit_cell = next((cell for _, role, cell in pairs if role is _Role.UNIT), None)
    nature = next((_nature(cell.text) for _, role, cell in pairs if role is _Role.NATURE), None)
    if not columns:
        return None
    name = _name_cell(pairs, [cell for cell in cells if cell.start < columns[0][1].start])
    if name is None:
        return None
    label, cell = columns[-1]
    parsed = _parsed(cell.text)
    assert parsed is not None
    value, high, bound, raw, printed = parsed
    in_name = _UNIT_IN_NAME.search(name.text)
    unit = _unit(unit_cell.text if unit_cell else "") or printed or _unit(in_name["unit"] if in_name else "")
    first = _parsed(columns[0][1].text) if len(columns) > 1 else None
    at = cell.start + cell.text.index(raw)
    value_at = clean_range(at, at + len(raw))
    return Row(
        name=name.text[: in_name.start()] if in_name and _unit(in_name["unit"]) else name.text,
        value=value,
        value_high=high,
        raw=raw,
        unit=unit,
        bound=bound,
        nature=nature,
        period=_period(label.text),
        base=first[0] if first else None,
        base_period=_period(columns[0][0].text) if first else None,
        # The column of names may stand behind that of values.
        start=CleanOffset(min(name.start, value_at[0])),
        end=CleanOffset(max(name.end, value_at[1])),
        value_at=value_at,
    )


def _name_cell(pairs: Sequence[tuple[_Cell, _Role, _Cell]], cells: Sequence[_Cell]) -> _Cell | None:
    """The cell under 指标; where a merged column shifted it, the last with words of ``cells``, which stand before the values."""
    named = next((cell for _, role, cell in pairs if role is _Role.NAME), None)
    if named is not None and not _parsed(named.text) and not _unit(named.text):
        return named
    words = [cell for cell in cells if not _parsed(cell.text) and not _unit(cell.text) and _nature(cell.text) is None]
    return words[-1] if words else None


def _parsed(text: str) -> tuple[Decimal, Decimal | None, Bound, str, str] | None:
    """Value, upper value, relation, the number's own print and the unit printed with it; ``None`` if no number."""
    if match := _RANGE.fullmatch(text):
        low, high = parse_number(match["low"]), parse_number(match["high"])
        if low is not None and high is not None and low < high:
            return low, high, Bound.RANGE, text[: match.end("high")], _unit(match["rest"])
    match = _VALUE.fullmatch(text)
    if match is None:
        return None
    numeral = read_numeral(text, match.start("number") + (match["number"][0] in "-－"))
    if numeral is None:
        return None
    value = -numeral.value if match["number"][0] in "-－" else numeral.value
    rest = match["rest"].lstrip("]］〕")
    unit = match_unit(rest, 0)
    tail = rest[unit.end :] if unit else rest
    bound = _MARKS.get(match["mark"][:1], Bound.EQ)
    bound = next((behind for behind, words in lexicon().after.items() if words.at_start(tail)), bound)
    raw = text[match.start("number") : match.end("rest") - len(tail)] if unit else match["number"]
    return value, None, bound, raw, unit.name if unit else ""


def _unit(text: str) -> str:
    """The unit that a cell is, or nothing. Heads write a rate as a fraction of one: 1/10万 is /10万, as behind a number."""
    text = text.removeprefix("1") if text.startswith("1/") else text
    unit = match_unit(text, 0) if text else None
    return unit.name if unit and unit.end == len(text) else text if _CUES.bare_unit.pattern.fullmatch(text) else ""


def _period(label: str) -> str | None:
    return next((label[time.start : time.end] for time in find_times(label)), None)
