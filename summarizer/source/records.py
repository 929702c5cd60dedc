"""Files that hold many texts: JSON lines, JSON, and tables with a text in each row. One record is one source of bytes.

A record's bytes are its text in UTF-8, its headline before it where the text does not begin with it; offsets count in that.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from summarizer.errors import SourceError
from summarizer.language.damage import damage
from summarizer.source.byte_source import ByteSource, PassedOver
from summarizer.source.encoding import decode

__all__ = ["from_json", "from_lines", "from_rows", "read_lines"]

_TEXT_FIELDS = ("text", "content", "body", "article", "fulltext", "full_text", "html", "正文", "内容", "全文")
_TITLE_FIELDS = ("title", "headline", "name", "标题", "题名", "名称")
_LEAST_TEXT = 20  # a shorter field of another name is a label, not a text
_LONG_CELL = 300  # a table whose column holds texts of this length (the median) has a text in each row
_LEAST_ROWS = 2
_HEAD_ROWS = 5
_HEAD_CHARACTERS = 200

Entry = ByteSource | PassedOver | SourceError


def from_lines(source: ByteSource, lines: Iterable[bytes], max_bytes: int) -> Iterator[Entry]:
    """One record a line. A line that is no JSON, or holds no text, is said and the rest goes on."""
    for number, line in enumerate(lines, 1):
        name = f"{source.name}#{number}"
        if not line.strip():
            continue
        if len(line) > max_bytes:
            yield SourceError(name, f"a line of more than {max_bytes:,} bytes; raise max_file_size")
            continue
        try:
            record = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            yield SourceError(name, f"no JSON ({error})")
            continue
        yield _entry(name, record)


def read_lines(path: Path, max_bytes: int) -> Iterator[bytes]:
    """The lines of a file one by one, none longer than a byte over ``max_bytes``; the rest of a longer one is skipped."""
    with path.open("rb") as file:
        while line := file.readline(max_bytes + 1):
            yield line
            while len(line) > max_bytes and not line.endswith(b"\n"):
                line = file.readline(max_bytes + 1)
                if not line:
                    return


def from_json(source: ByteSource, data: bytes) -> Iterator[Entry]:
    """The texts of a JSON file: of a list of records, of a record, or of the lists inside one."""
    try:
        value = json.loads(decode(data).text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        yield SourceError(source.name, f"no JSON ({error})")
        return
    if isinstance(value, dict) and {"schema_version", "documents"} <= value.keys():
        yield PassedOver(source.name, "a briefing, not a text: verify checks it")
        return
    records = list(_records(value))
    if not records:
        yield PassedOver(source.name, "JSON without a field of text")
    for number, record in enumerate(records, 1):
        yield _entry(f"{source.name}#{number}", record)


def _records(value: Any, depth: int = 0) -> Iterator[Any]:
    if isinstance(value, str) and depth == 0:
        yield value
    if isinstance(value, list):
        yield from (item for item in value if isinstance(item, dict | str))
    elif isinstance(value, dict):
        if _text_of(value) is not None:
            yield value
        elif depth < 3:
            for inner in value.values():
                if isinstance(inner, dict | list):
                    yield from _records(inner, depth + 1)


def _entry(name: str, record: Any) -> Entry:
    if isinstance(record, str):
        return _source(name, record)
    if not isinstance(record, dict):
        return PassedOver(name, "a record without a field of text")
    if {"sha256", "path", "tasks", "indicators"} <= record.keys():
        return ByteSource(name, "document.json", extracted=json.dumps(record, ensure_ascii=False))
    text = _text_of(record)
    if text is None:
        return PassedOver(name, "a record without a field of text")
    title = next((record[key] for key in _TITLE_FIELDS if isinstance(record.get(key), str)), "").strip()
    return _source(name, text if not title or title in text[:_HEAD_CHARACTERS] else f"{title}\n{text}")


def _text_of(record: Mapping[str, Any]) -> str | None:
    for key in _TEXT_FIELDS:
        if isinstance(record.get(key), str) and record[key].strip():
            return str(record[key])
    others = [value for value in record.values() if isinstance(value, str) and len(value) >= _LEAST_TEXT]
    longest = max(others, key=len, default="")
    return longest if any("\u4e00" <= character <= "\u9fff" for character in longest) else None


def _source(name: str, text: str) -> Entry:
    if not text.strip():
        return PassedOver(name, "an empty record")
    markup = text.count("</") >= 2
    return ByteSource(name, "record.html" if markup else "record.txt", data=text.encode("utf-8", "replace"))


def from_rows(source: ByteSource, rows: Sequence[Sequence[str]]) -> list[Entry] | None:
    """A record for each row of a table that holds texts, its cells a line each; None for a table of values."""
    if (
        len(rows) < _LEAST_ROWS
        or _is_form(rows)
        or not any(_holds_texts(column) for column in zip(*_squared(rows), strict=True))
    ):
        return None
    return [
        _source(f"{source.name}#{number}", "\n".join(cell.strip() for cell in row if cell.strip()))
        for number, row in enumerate(rows, 1)
        if max(map(len, row), default=0) >= _LONG_CELL
    ]


def _is_form(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table's head is one of duties or figures, however long its cells are."""
    heads = damage().table.words
    return any(sum(cell.strip() in heads for cell in row) >= 2 for row in rows[:_HEAD_ROWS])


def _squared(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _holds_texts(column: Sequence[str]) -> bool:
    sizes = sorted(len(cell) for cell in column if cell.strip())
    return len(sizes) >= _LEAST_ROWS and sizes[len(sizes) // 2] >= _LONG_CELL
