"""Who leads a task, who supports it, and until when, as printed: labels, brackets, and the columns of tables.

The forms are ``language/data/duties.toml``. Offsets are half open, of the text that is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer.heuristic.titles import bare
from summarizer.language.characters import (
    BLANKS,
    CLAUSE_ENDS,
    CLOSING_BRACKETS,
    COLONS,
    COMMAS,
    ENUMERATION_COMMA,
    FULL_STOP,
    OPENING_BRACKETS,
    SEMICOLONS,
)
from summarizer.language.duty_cues import duty_cues
from summarizer.source.text import CleanRange, clean_range

__all__ = ["Columns", "Duties", "duties_of", "row_cells", "table_columns"]

_CUES = duty_cues()
_BRACKET = re.compile(r"[（(〔]((?:[^（）()〔〕\n]|[（(〔][^（）()〔〕\n]{1,12}[）)〕]){2,160})[）)〕]")
"""With what it holds; within it the short brackets of a unit's name: 各县（市、区）人民政府."""
_CELL = re.compile(r"[|｜\t\n]")
_ROLE_PART = re.compile(f"[{COMMAS}{SEMICOLONS}{FULL_STOP}]")
_VALUE_MARK = re.compile(f"[\\n{FULL_STOP}{re.escape(OPENING_BRACKETS + CLOSING_BRACKETS)}]")
_VALUE_EDGES = BLANKS + SEMICOLONS + COMMAS + ENUMERATION_COMMA + "（(〔"
_UNIT_EDGES = BLANKS + FULL_STOP + "．." + CLAUSE_ENDS + ENUMERATION_COMMA + "（）()"
_FINISHED = _CUES.finished.words[0]
_LONGEST_PLURAL = 3
_LONGEST_VALUE = 120
_HEAD_LIMIT = 200
_LAST_CLAUSE = 30


@dataclass(frozen=True, slots=True)
class Duties:
    """Where units and deadline stand; ``spans`` are the ranges that print them, which hold no steps."""

    lead: tuple[CleanRange, ...] = ()
    support: tuple[CleanRange, ...] = ()
    deadline: CleanRange | None = None
    spans: tuple[CleanRange, ...] = ()

    @property
    def printed(self) -> bool:
        """Whether anything is printed at all."""
        return bool(self.lead or self.support or self.deadline)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table hold, the numbering column left out: title, measures, lead, support, deadline, other."""

    kinds: tuple[str, ...]


@cache
def _label_pattern() -> re.Pattern[str]:
    labels = {"lead": _CUES.labels.lead, "support": _CUES.labels.support, "deadline": _CUES.labels.deadline}
    groups = "|".join(f"(?P<{kind}>{'|'.join(cues.any)})" for kind, cues in labels.items())
    return re.compile(rf"[（(【\[〔]?(?:{groups})[）)】\]〕]?[ \t]*[{COLONS}][{BLANKS}]*")


def _kind_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    labels = _CUES.labels
    return (
        ("lead", labels.lead.pattern),
        ("support", labels.support.pattern),
        ("deadline", labels.deadline.pattern),
        ("measures", labels.measures.pattern),
        ("title", labels.title.pattern),
    )


@cache
def _deadline_pattern() -> re.Pattern[str]:
    times = _CUES.deadline
    forms = "|".join([times.before.form, times.whole_year.form, *times.bare.any])
    return re.compile(f"(?:{forms})(?:{times.done.form})?$")


@cache
def _first_words() -> re.Pattern[str]:
    return re.compile(rf"\s*({_CUES.deadline.before.form})[{COMMAS}]?")


@cache
def _last_clause() -> re.Pattern[str]:
    times = _CUES.deadline
    clause = f"[{COMMAS}{FULL_STOP}{SEMICOLONS}]"
    return re.compile(
        rf"{clause}({times.before.form}|{times.whole_year.form}){times.final.form}[{FULL_STOP}{SEMICOLONS}\s]*$"
    )


def unit_ranges(text: str, start: int, end: int) -> tuple[CleanRange, ...]:
    """Where the single units of a printed list stand; 各市、县人民政府 stays whole."""
    units: list[CleanRange] = []
    begin = start
    for separator in [*_separators(text, start, end), None]:
        stop = separator.start() if separator else end
        first, last = _bare_unit(text, begin, stop)
        begin = separator.end() if separator else end
        if first >= last:
            continue
        if units and text.startswith(_CUES.plural.words, *units[-1]) and units[-1][1] - units[-1][0] <= _LONGEST_PLURAL:
            units[-1] = (units[-1][0], last)
        else:
            units.append((first, last))
    return tuple(units)


def _separators(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What parts units, but not within the brackets of a name: 各县（市、区）人民政府."""
    depth, at = 0, start
    for separator in _CUES.separator.pattern.finditer(text, start, end):
        depth += sum((mark in OPENING_BRACKETS) - (mark in CLOSING_BRACKETS) for mark in text[at : separator.start()])
        at = separator.start()
        if depth <= 0:
            yield separator


def _bare_unit(text: str, start: int, end: int) -> CleanRange:
    """Without marks and brackets at the edges, and without 等 behind."""
    while start < end and text[start] in _UNIT_EDGES:
        start += 1
    while end > start and text[end - 1] in _UNIT_EDGES and not _closes_own(text, start, end):
        end -= 1
    end -= text.endswith(_CUES.rest.words, start, end)
    return clean_range(start, end)


def _closes_own(text: str, start: int, end: int) -> bool:
    """Whether the last character closes a bracket that the name itself opens: 各县（区）."""
    return text[end - 1] in CLOSING_BRACKETS and any(mark in OPENING_BRACKETS for mark in text[start : end - 1])


def table_columns(text: str, end: int) -> Columns | None:
    """The columns of the table whose first row begins at ``end``: the cells of the head row before it."""
    head = text.rfind(_CUES.numbering.words[0], 0, end)
    if head < 0 or end - head > _HEAD_LIMIT:
        return None
    cells = [cell.strip() for cell in _CELL.split(text[head:end])]
    kinds = tuple(_kind_of(cell) for cell in cells[1:] if cell)
    return Columns(kinds) if "title" in kinds else None


def _kind_of(cell: str) -> str:
    for kind, pattern in _kind_patterns():
        if pattern.fullmatch(cell):
            return kind
    return "other"


def duties_of(text: str, start: int, end: int, columns: Columns | None = None) -> Duties:
    """What ``[start, end)``, one task or step without its enumerator, prints about its units and its deadline."""
    if columns is not None and (row := _from_row(text, start, end, columns)) is not None:
        return row
    labelled = _from_labels(text, start, end)
    bracketed = _from_brackets(text, start, end)
    deadline = labelled.deadline or bracketed.deadline
    if deadline is None and (first := _first_words().match(text, start, end)) and first[1]:
        deadline = clean_range(*first.span(1))
    words_end = min((span[0] for span in (*labelled.spans, *bracketed.spans)), default=end)
    if deadline is None and (last := _last_clause().search(text, max(start, words_end - _LAST_CLAUSE), words_end)):
        deadline = clean_range(*last.span(1))
    return Duties(
        labelled.lead or bracketed.lead,
        labelled.support or bracketed.support,
        deadline,
        tuple(sorted({*labelled.spans, *bracketed.spans})),
    )


def row_cells(text: str, start: int, end: int) -> list[CleanRange]:
    """The ranges of the cells of one row, whether bars, tabs or line ends part them."""
    cells: list[CleanRange] = []
    begin = start
    for match in [*_CELL.finditer(text, start, end), None]:
        stop = match.start() if match else end
        stripped = text[begin:stop].strip(" \r\u3000")
        if stripped:
            first = text.index(stripped, begin)
            cells.append(clean_range(first, first + len(stripped)))
        begin = match.end() if match else end
    return cells


def _barred_cells(text: str, start: int, end: int) -> list[CleanRange]:
    """The ranges of all cells of a row that bars or tabs part, empty ones too, without a bar's nothing at its edges."""
    line = text.find("\n", start, end)
    stops = [match.start() for match in _CELL.finditer(text, start, line if line >= 0 else end)]
    edges = zip([start, *(stop + 1 for stop in stops)], [*stops, line if line >= 0 else end], strict=True)
    return [bare(text, first, last) for first, last in edges]


def _from_row(text: str, start: int, end: int, columns: Columns) -> Duties | None:
    cells = row_cells(text, start, end)
    if len(cells) != len(columns.kinds):
        cells = _barred_cells(text, start, end)
    if len(cells) != len(columns.kinds):
        return None
    by_kind = dict(zip(reversed(columns.kinds), reversed(cells), strict=True))
    lead = unit_ranges(text, *by_kind["lead"]) if "lead" in by_kind else ()
    support = unit_ranges(text, *by_kind["support"]) if "support" in by_kind else ()
    spans = [by_kind[kind] for kind in ("lead", "support", "deadline") if kind in by_kind]
    return Duties(lead, support, by_kind.get("deadline"), tuple(sorted(spans)))


def _from_labels(text: str, start: int, end: int) -> Duties:
    """牵头单位：…；配合单位：… — a value goes to the next label, the end of the line or a full stop."""
    matches = list(_label_pattern().finditer(text, start, end))
    found: dict[str, CleanRange] = {}
    spans: list[CleanRange] = []
    for index, match in enumerate(matches):
        limit = matches[index + 1].start() if index + 1 < len(matches) else end
        limit = min(limit, match.end() + _LONGEST_VALUE)
        value = (match.end(), _value_end(text, match.end(), limit))
        found.setdefault(match.lastgroup or "", _bare_value(text, *value))
        spans.append(clean_range(match.start(), value[1]))
    deadline = found.get("deadline")
    return Duties(
        unit_ranges(text, *found.get("lead", (0, 0))),
        unit_ranges(text, *found.get("support", (0, 0))),
        deadline if deadline and deadline[0] < deadline[1] else None,
        tuple(spans),
    )


def _value_end(text: str, start: int, limit: int) -> int:
    """Where a label's value ends: at the line's or sentence's end, or at the bracket that closes around it."""
    depth = 0
    for mark in _VALUE_MARK.finditer(text, start, limit):
        if mark[0] in OPENING_BRACKETS:
            depth += 1
        elif mark[0] in CLOSING_BRACKETS and depth:
            depth -= 1
        else:
            return mark.start()
    return limit


def _bare_value(text: str, start: int, end: int) -> CleanRange:
    """A label's value without marks at its edges, and without 按职责分工负责 behind the last unit."""
    shared = _CUES.shared.pattern.search(text[:end], start)
    end = shared.start() if shared else end
    while start < end and text[start] in _VALUE_EDGES:
        start += 1
    while end > start and text[end - 1] in _VALUE_EDGES:
        end -= 1
    return clean_range(start, end)


def _from_brackets(text: str, start: int, end: int) -> Duties:
    """（A牵头，B、C配合） or （A、B负责）; all brackets that print units count together, none of them holds a step."""
    lead: dict[str, CleanRange] = {}
    support: dict[str, CleanRange] = {}
    deadline: CleanRange | None = None
    spans: list[CleanRange] = []
    for match in _BRACKET.finditer(text, start, end):
        parts = _roles_in(text, *match.span(1))
        if parts is not None:
            for units, known in zip(parts, (lead, support), strict=True):
                for unit in units:
                    known.setdefault(text[slice(*unit)], unit)
            spans.append(clean_range(*match.span()))
        elif _deadline_pattern().fullmatch(match[1].strip()):
            first, last = _bare_value(text, *match.span(1))
            deadline = clean_range(first, last - len(_FINISHED) * text.endswith(_FINISHED, first, last))
    return Duties(tuple(lead.values()), tuple(support.values()), deadline, tuple(spans))


def _roles_in(text: str, start: int, end: int) -> tuple[Sequence[CleanRange], Sequence[CleanRange]] | None:
    """Lead and support units of a bracket's words, ``None`` when it prints no duty."""
    supports, leads = _CUES.roles.support.pattern, _CUES.roles.lead.pattern
    lead: list[CleanRange] = []
    support: list[CleanRange] = []
    found = False
    begin = start
    for separator in [*_ROLE_PART.finditer(text, start, end), None]:
        stop = separator.start() if separator else end
        part = text[begin:stop]
        as_support, as_lead = supports.search(part), leads.search(part)
        if as_support:
            (support if lead else lead).extend(unit_ranges(text, begin, begin + as_support.start()))
        elif as_lead:
            lead.extend(unit_ranges(text, begin, begin + as_lead.start()))
        found = found or bool(as_support or as_lead)
        begin = separator.end() if separator else end
    return (lead, support) if found and (lead or support) else None
