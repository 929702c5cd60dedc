"""Compile an annotation written by hand into a gold file with exact spans.

    python eval/compile_gold.py ANNOTATION.json TEXT -o gold.json

An annotator cannot count code points, so an annotation names each task by the first and the last characters of its span,
and each indicator by its quote. This tool finds them in the text, in order, and writes the gold format: half-open
offsets in Unicode code points of the text as the reader gives it, from a file whose bytes are pinned by their sha256.
Whatever is not found exactly where it must be is an error that names the file and the item; nothing is guessed.

The annotation is a JSON object with the facts of the document (``kind``, ``title``, ``issuer``, ``region``, ``level``,
``meeting_date``, ``place``, ``published``, ``document_year``, ``genre``, ``declared_task_count``, ``quality``,
``annotated_ranges``, ``decoys``, and optionally ``kind_also`` and ``unsure``), and

- ``tasks``: ``ordinal, first, last, title`` and optionally ``marker, kind, optional, group, lead, support, deadline,
  deadline_date, themes, steps, unsure``; ``first`` is searched from one character after the start of the task before,
  ``last`` from the start of ``first``; ``steps`` have ``first, last, text`` and optionally what a task has, and are searched
  inside their task;
- ``alternative_level`` (optional): ``level, strength`` and ``tasks`` with ``first, last, title`` and optionally ``marker``;
- ``indicators``: ``name, name_full, value, raw, unit, bound, change, status, period, period_start, period_end, base, quote``
  and optionally ``base_period, base_period_start, base_period_end, bound_also, change_also, optional, unsure`` and
  ``occurrence`` (1 for the first place where the quote stands).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summarizer.errors import SourceError
from summarizer.source.read import read

DOCUMENT_KEYS = (
    "kind",
    "title",
    "issuer",
    "region",
    "level",
    "meeting_date",
    "place",
    "published",
    "document_year",
    "genre",
    "declared_task_count",
    "quality",
    "annotated_ranges",
)
INDICATOR_KEYS = (
    "name",
    "name_full",
    "value",
    "raw",
    "unit",
    "bound",
    "change",
    "status",
    "period",
    "period_start",
    "period_end",
    "base",
)
FURTHER_INDICATOR_KEYS = (
    "base_period",
    "base_period_start",
    "base_period_end",
    "bound_also",
    "change_also",
    "unsure",
)
NO_DUTIES: dict[str, Any] = {"lead": [], "support": [], "deadline": None, "deadline_date": None}
"""Who does a task or a step and by when, where the annotation says nothing of it."""
AFTER_MARKER = " \t\r\n\u3000|、.\uff0e,\uff0c:\uff1a"
"""What parts a marker from its headline, in both widths, table cells included; it belongs to neither."""


class AnnotationError(ValueError):
    """The annotation does not fit the text."""


@dataclass(frozen=True)
class Source:
    """The text of a fixture as the reader gives it, and the sha256 of its bytes."""

    name: str
    sha256: str
    text: str

    def find(self, needle: str, start: int, item: str) -> int:
        """Return the first offset of ``needle`` at or after ``start``.

        Raises AnnotationError, naming the file and ``item``, when it does not stand there.
        """
        at = self.text.find(needle, start) if needle else -1
        if at < 0:
            raise AnnotationError(f"{self.name}: {item}: {needle!r} does not stand in the text after offset {start}")
        return at

    def span(self, first: str, last: str, start: int, item: str) -> tuple[int, int]:
        """Return the range from ``first``, at or after ``start``, to the end of the next ``last``."""
        begin = self.find(first, start, f"{item}, first")
        return begin, self.find(last, begin, f"{item}, last") + len(last)


def read_source(path: Path) -> Source:
    """Read a fixture of any format as the summarizer reads it: gold points into the reader's text.

    Raises SourceError for a file that cannot be read. The text of a PDF, DOCX or HTML file is the reader's work: when the
    reader changes, compile its gold anew.
    """
    source = read(path)
    return Source(path.name, source.sha256, source.text)


def compile_tasks(tasks: Sequence[dict[str, Any]], source: Source) -> list[dict[str, Any]]:
    """Give each task its span. A headline must stand inside its span; what precedes it is the marker."""
    compiled = []
    after = 0
    for position, task in enumerate(tasks, 1):
        item = f"task {task['ordinal']}"
        if task["ordinal"] != position:
            raise AnnotationError(f"{source.name}: {item}: stands at position {position} of the list")
        start, end = source.span(task["first"], task["last"], after, item)
        after = start + 1
        compiled.append(
            {
                "ordinal": position,
                "start": start,
                "end": end,
                "title": task["title"],
                "marker": task.get("marker") or _marker(task["title"], source, start, end, item),
                "kind": task.get("kind", "task"),
                "optional": task.get("optional", False),
                "group": task.get("group"),
                **NO_DUTIES,
                **_given(task, (*NO_DUTIES, "unsure")),
                "themes": task.get("themes", []),
                "steps": _steps(task, source, start, end, item),
            }
        )
    return compiled


def _given(entry: dict[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    """What an annotation gives of optional fields; a missing one stays away, for the format has its own default."""
    return {key: entry[key] for key in keys if key in entry}


def _steps(task: dict[str, Any], source: Source, start: int, end: int, item: str) -> list[dict[str, Any]] | None:
    """Give each marked step its span inside the task; None where the annotation says nothing of steps."""
    if task.get("steps") is None:
        return None
    compiled = []
    for step in task["steps"]:
        begin, close = source.span(step["first"], step["last"], start, f"{item}, step {step['text']}")
        if close > end:
            raise AnnotationError(f"{source.name}: {item}: the step {step['text']!r} stands outside the span")
        duties = NO_DUTIES | _given(step, (*NO_DUTIES, "unsure"))
        compiled.append({"marker": step.get("marker"), "text": step["text"], **duties, "start": begin, "end": close})
        start = begin + 1
    return compiled


def compile_alternative(given: dict[str, Any] | None, source: Source) -> dict[str, Any] | None:
    """Give each headline of the other level the span of all that stands below it."""
    if given is None:
        return None
    compiled = []
    after = 0
    for heading in given["tasks"]:
        item = f"{given['level']} level, {heading['title']}"
        start, end = source.span(heading["first"], heading["last"], after, item)
        compiled.append({"marker": heading.get("marker"), "title": heading["title"], "start": start, "end": end})
        after = start + 1
    return {"level": given["level"], "strength": given["strength"], "tasks": compiled}


def _marker(title: str | None, source: Source, start: int, end: int, item: str) -> str | None:
    """Return what is printed between the start of the span and the headline, or None."""
    if title is None:
        return None
    at = source.find(title, start, f"{item}, title")
    if at + len(title) > end:
        raise AnnotationError(f"{source.name}: {item}: the title {title!r} stands outside the span")
    return source.text[start:at].strip(AFTER_MARKER) or None


def compile_indicators(indicators: Sequence[dict[str, Any]], source: Source) -> list[dict[str, Any]]:
    """Give each indicator the span of its quote, which must hold the raw value; the result is in text order."""
    compiled = []
    for indicator in indicators:
        item = f"indicator {indicator['name']} {indicator['raw']}"
        quote = indicator["quote"]
        if indicator["raw"] not in quote:
            raise AnnotationError(f"{source.name}: {item}: the quote {quote!r} does not hold the value")
        start = -1
        for _ in range(indicator.get("occurrence", 1)):
            start = source.find(quote, start + 1, item)
        facts = {key: indicator[key] for key in INDICATOR_KEYS} | _given(indicator, FURTHER_INDICATOR_KEYS)
        place = {"start": start, "end": start + len(quote), "quote": quote}
        compiled.append({**facts, **place, "optional": indicator.get("optional", False)})
    return sorted(compiled, key=lambda entry: (entry["start"], entry["end"]))


def compile_gold(annotation: dict[str, Any], source: Source) -> dict[str, Any]:
    """Return the gold document for an annotation of ``source``. Raises AnnotationError where the two do not fit."""
    for decoy in annotation["decoys"]:
        source.find(decoy, 0, "decoy")
    return {
        "document": source.name,
        "sha256": source.sha256,
        **{key: annotation[key] for key in DOCUMENT_KEYS},
        **_given(annotation, ("kind_also", "unsure")),
        "tasks": compile_tasks(annotation["tasks"], source),
        "alternative_level": compile_alternative(annotation.get("alternative_level"), source),
        "indicators": compile_indicators(annotation["indicators"], source),
        "decoys": annotation["decoys"],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 when the gold file was written, 2 when the two do not fit or cannot be read."""
    parser = argparse.ArgumentParser(description="Compile an annotation into a gold file with exact spans.")
    parser.add_argument("annotation", type=Path, help="the annotation (JSON, tasks by first and last characters)")
    parser.add_argument("text", type=Path, help="the fixture it annotates, in any format that the summarizer reads")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the gold file to write")
    options = parser.parse_args(arguments)
    try:
        annotation = json.loads(options.annotation.read_text(encoding="utf-8"))
        gold = compile_gold(annotation, read_source(options.text))
    except (AnnotationError, SourceError, OSError, json.JSONDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    except KeyError as error:
        print(f"{options.annotation}: the field {error} is missing", file=sys.stderr)
        return 2
    options.output.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
