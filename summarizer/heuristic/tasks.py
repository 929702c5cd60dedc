"""Tasks by rule: which items of the outline set work, at which level, with title, steps, units and deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

from summarizer.figures.resolution import deadline_day
from summarizer.heuristic.duties import Columns, Duties, duties_of, row_cells, table_columns
from summarizer.heuristic.groups import groups_above
from summarizer.heuristic.titles import Headline, bare, headline_of, headlines_are_sentences
from summarizer.heuristic.unnumbered_tasks import UnnumberedTask, unnumbered_tasks
from summarizer.language.characters import (
    BLANKS,
    COLONS,
    COMMAS,
    FULL_STOP,
    SEMICOLONS,
    SENTENCE_ENDS,
)
from summarizer.language.cues import classify_heading, opener_in, outline_cues, speaker_at
from summarizer.outline.model import Item, Outline, Section
from summarizer.reading.reading import Reading
from summarizer.schema import (
    CleanOffset,
    Horizon,
    MarkerStatus,
    Origin,
    Problem,
    ProblemKind,
    Step,
    Task,
    TaskKind,
    problem,
)
from summarizer.source.text import clean_range

__all__ = ["TaskFindings", "find_tasks"]

_KINDS = {
    Horizon.WORK: TaskKind.TASK,
    Horizon.SAFEGUARD: TaskKind.SAFEGUARD,
    Horizon.NEAR_TERM: TaskKind.NEAR_TERM,
}
_CHAPTERS = frozenset(["part", "section", "dun", "dun_bare"])
_BLOCKS = frozenset(
    "section dun dun_bare paren arabic arabic_bare task_no padded paren_arabic row cell part_no boxed keycap financial enclosed".split()
)
_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}\n{SEMICOLONS}]+[{SENTENCE_ENDS}{SEMICOLONS}]*")
_CLAUSE = re.compile(rf"[^{COMMAS}{SENTENCE_ENDS}\n{SEMICOLONS}]+[{COMMAS}{SENTENCE_ENDS}{SEMICOLONS}]*")
_LEAST_STEP = 2
_APART = 2
"""When so many steps print duties of their own, each keeps its own and the task none of them."""
_GAPS = re.compile(r"\s+")
_WORD = re.compile(r"\w")
_SAME = 60
_LEAST_SAME = 12


@dataclass(frozen=True, slots=True)
class TaskFindings:
    """The tasks in logical order, and what a reader must know about them."""

    tasks: tuple[Task, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A task before its words are read: range, first character behind the enumerator, and the habit of its list."""

    start: CleanOffset
    body: CleanOffset
    end: CleanOffset
    kind: TaskKind
    marker: str | None
    status: MarkerStatus
    sentences: bool
    children: tuple[Item, ...] = ()
    columns: Columns | None = None


def find_tasks(reading: Reading, year: int | None, doc_id: str) -> TaskFindings:
    """The tasks that a text sets, ids ``<doc_id>.t<n>``; ``year`` is the year it speaks from, for its deadlines.

    Nothing is taken from parts that look back, orient, set goals or close. A declared number of tasks that is not the
    number found becomes a problem.
    """
    drafts = sorted(_drafts(reading.text, reading.outline), key=lambda draft: draft.start)
    tasks = tuple(_task(reading, draft, number, doc_id, year) for number, draft in enumerate(drafts, 1))
    return TaskFindings(tasks, _problems(reading, tasks, doc_id))


def _drafts(text: str, outline: Outline) -> list[_Draft]:
    found = [draft for group in _groups(text, outline, outline.items) for draft in group]
    covered = sorted((draft.start, draft.end) for draft in found)
    listed = any(draft.kind is TaskKind.TASK for draft in found)
    for section in outline.sections:
        if section.horizon in _KINDS and not (listed and section.horizon is Horizon.WORK):
            found.extend(_unnumbered_drafts(text, section, covered))
    return _once(text, found)


def _once(text: str, drafts: Sequence[_Draft]) -> list[_Draft]:
    """In order and disjoint, none without words, and without the second printing of a task in a page that prints its body twice."""
    seen: set[str] = set()
    kept: list[_Draft] = []
    for draft in sorted(drafts, key=lambda draft: (draft.start, -draft.end)):
        words = _GAPS.sub("", text[draft.start : draft.end])[:_SAME]
        inside = bool(kept) and draft.start < kept[-1].end
        if inside or not _WORD.search(text, draft.body, draft.end):
            continue
        if words not in seen or len(words) < _LEAST_SAME:
            kept.append(draft)
        seen.add(words)
    return kept


def _groups(text: str, outline: Outline, items: Sequence[Item]) -> Iterator[list[_Draft]]:
    """The drafts of one list and, where an item only names a part, those of the lists below it."""
    leaves: list[Item] = []
    deeper = _numbers_run_on(items)
    for item in items:
        if (deeper and item.children) or _holds_tasks(text, outline, item):
            yield from _groups(text, outline, item.children)
        elif outline.section_at(item.start).horizon in _KINDS:
            leaves.append(item)
    if leaves:
        yield _list_drafts(text, outline, leaves)


def _numbers_run_on(items: Sequence[Item]) -> bool:
    """Whether the numbers of the lists below ``items`` run on from one to the next: then the inner level is the tasks."""
    inner = [item.children for item in items if item.children]
    return any(
        after[0].ordinal == before[-1].ordinal + 1 and after[0].style == before[-1].style and after[0].style in _BLOCKS
        for before, after in pairwise(inner)
    )


def _holds_tasks(text: str, outline: Outline, item: Item) -> bool:
    """Whether the list below ``item`` holds the tasks: it is a chapter, or it looks at another time than its list does."""
    if not item.children:
        return False
    horizon = outline.section_at(item.start).horizon
    first = item.children[0]
    if horizon not in _KINDS:
        return True
    head = text[item.body : min(first.start, item.body + 60)].split("\n")[0]
    generic = classify_heading(head) in ("work", "safeguard")
    if item.style in _CHAPTERS:
        generic = generic or _announced(text, item.body, first.start)
        own_line = "\n" in text[item.body : first.start] or len(head) <= 20
        return (first.style in _BLOCKS or first.style == "ordinal" or generic) and own_line
    label_line = "\n" in text[item.body : first.start]
    # What is announced below the headline (办好十件实事：①…) is a list within one of the tasks.
    generic = generic or _announced(text, item.body, item.body + len(head))
    return generic and len(head) <= 12 and (first.style in _BLOCKS or label_line)


def _announced(text: str, start: int, end: int) -> bool:
    found = opener_in(text, max(start, end - 60), end)
    return found is not None and found[0] == Horizon.WORK


def _list_drafts(text: str, outline: Outline, items: Sequence[Item]) -> list[_Draft]:
    sentences = headlines_are_sentences(text, [(item.body, _words_end(text, item.body, item.end)) for item in items])
    columns = (
        table_columns(text, items[0].start) if items[0].style in ("cell", "row", "arabic", "arabic_bare") else None
    )
    drafts = []
    for item in items:
        section = outline.section_at(item.start)
        if _is_generic_leaf(text, item):
            drafts.extend(_in_chapter(text, item, _KINDS[section.horizon]))
            continue
        end = _row_end(text, item, columns) if item is items[-1] and columns else item.end
        drafts.append(
            _Draft(
                item.start,
                item.body,
                end,
                _KINDS[section.horizon],
                item.marker,
                item.status,
                sentences,
                item.children,
                columns,
            )
        )
    return drafts


def _words_end(text: str, start: int, end: int) -> int:
    """Where the words of a task end that are not its units and deadline."""
    for first, last in reversed(duties_of(text, start, end).spans):
        if text[last:end].strip(BLANKS + "\r\n)）" + FULL_STOP + SEMICOLONS + COMMAS) or first <= start:
            return end
        end = first
    return end


def _row_end(text: str, item: Item, columns: Columns) -> CleanOffset:
    cells = row_cells(text, item.body, item.end)
    return cells[len(columns.kinds) - 1][1] if len(cells) > len(columns.kinds) else item.end


def _is_generic_leaf(text: str, item: Item) -> bool:
    """A chapter whose heading names a part and below which no list stands: its paragraphs are the tasks."""
    if item.style not in _CHAPTERS or any(child.style in _BLOCKS for child in item.children):
        return False
    head, newline, _ = text[item.body : item.end].partition("\n")
    return bool(newline) and classify_heading(head[:48]) in ("work", "safeguard", "mixed_outlook_work")


def _in_chapter(text: str, item: Item, kind: TaskKind) -> list[_Draft]:
    start = CleanOffset(text.index("\n", item.body))
    return [_unnumbered_draft(task, kind) for task in unnumbered_tasks(text, start, item.end, chapter=True)]


def _unnumbered_drafts(text: str, section: Section, covered: Sequence[tuple[int, int]]) -> list[_Draft]:
    """Tasks without enumerators in a part that no list covers."""
    if any(start < section.end and end > section.start for start, end in covered):
        return []
    kind = _KINDS[section.horizon]
    if section.horizon is Horizon.NEAR_TERM:
        draft = _reminder(text, section)
        return [draft] if draft else []
    start = section.heading[1] if section.heading else section.start
    return [
        _unnumbered_draft(task, kind)
        for task in unnumbered_tasks(text, start, section.end, chapter=section.heading is not None)
    ]


def _unnumbered_draft(task: UnnumberedTask, kind: TaskKind) -> _Draft:
    return _Draft(task.start, task.body, task.end, kind, None, MarkerStatus.MISSING, sentences=True)


def _reminder(text: str, section: Section) -> _Draft | None:
    """A part behind the list that asks for something near: one task as a whole."""
    start, end = section.start, section.end
    while end > start and text[end - 1] in " \t\r\n\u3000…":
        end = CleanOffset(end - 1)
    if not outline_cues().asking.pattern.search(text, start, end):
        return None
    speaker = speaker_at(text, start, end)
    return _Draft(
        start,
        CleanOffset(speaker.end) if speaker else start,
        end,
        TaskKind.NEAR_TERM,
        None,
        MarkerStatus.MISSING,
        sentences=False,
    )


def _task(reading: Reading, draft: _Draft, number: int, doc_id: str, year: int | None) -> Task:
    text = reading.text
    words_end = _words_end(text, draft.body, draft.end)
    headline = headline_of(text, draft.body, words_end, sentences=draft.sentences)
    if headline.start >= headline.end:
        headline = Headline(draft.body, draft.end, draft.end)
    duties = duties_of(text, draft.body, draft.end, draft.columns)
    ranges = _step_ranges(text, draft, headline, duties)
    own = [duties_of(text, start, until) for start, _, until in _reaches(ranges, draft.end)]
    apart = sum(one.printed for one in own) >= _APART
    if apart:
        duties = duties_of(text, draft.body, ranges[0].start)
    # A headline that a page break cuts is shown as far as it stands in one piece: it must be the source's own.
    title = reading.printed(headline.start, reading.clean.unbroken(headline.start, headline.end))
    return Task(
        id=f"{doc_id}.t{number}",
        ordinal=number,
        marker=_printed(reading, draft),
        marker_status=draft.status,
        title=title,
        kind=draft.kind,
        group=groups_above(reading, draft.start),
        steps=tuple(
            _step(reading, place, printed if apart else Duties(), year)
            for place, printed in zip(ranges, own, strict=True)
        ),
        evidence=reading.evidence(draft.start, draft.end),
        origin=Origin.HEURISTIC,
        **duty_fields(reading, duties, year),
    )


def duty_fields(reading: Reading, duties: Duties, year: int | None) -> dict[str, Any]:
    """The fields of :class:`~summarizer.schema.items.Duties` for what is printed at these places."""
    lead = tuple(reading.evidence(*unit) for unit in duties.lead)
    support = tuple(reading.evidence(*unit) for unit in duties.support)
    deadline = reading.evidence(*duties.deadline) if duties.deadline else None
    return {
        "lead": tuple(map(reading.words, lead)),
        "lead_evidence": lead,
        "support": tuple(map(reading.words, support)),
        "support_evidence": support,
        "deadline": reading.words(deadline) if deadline else None,
        "deadline_evidence": deadline,
        "deadline_date": deadline_day(reading.words(deadline), year) if deadline else None,
    }


def _printed(reading: Reading, draft: _Draft) -> str | None:
    """The enumerator as printed, without the comma that some texts put behind it."""
    if draft.marker is None:
        return None
    end = CleanOffset(draft.start + len(draft.marker))
    return reading.printed(draft.start, end).strip().rstrip(COMMAS + COLONS) or None


class _Place(NamedTuple):
    """Where a step stands: its enumerator's start, and the words behind it."""

    at: CleanOffset
    start: CleanOffset
    end: CleanOffset


def _step_ranges(text: str, draft: _Draft, headline: Headline, duties: Duties) -> list[_Place]:
    """The steps of a task: the items below it, else its sentences, else the clauses behind its headline."""
    ranges = [(child.start, child.body, child.end) for child in draft.children if child.end <= draft.end]
    if not ranges:
        pieces = [clean_range(*match.span()) for match in _SENTENCE.finditer(text, headline.after, draft.end)]
        if len(pieces) < 2:
            pieces = [clean_range(*match.span()) for match in _CLAUSE.finditer(text, headline.after, draft.end)]
        ranges = [(start, start, end) for start, end in pieces]
    places = []
    for at, start, end in ranges:
        first, last = bare(text, start, end)
        if last - first < _LEAST_STEP or any(
            low < last and first < high and high - low >= last - first - 2 for low, high in duties.spans
        ):
            continue
        places.append(_Place(at if at < start else first, first, last))
    return places


def _reaches(places: Sequence[_Place], end: int) -> Iterator[tuple[int, int, int]]:
    """Each step with the place up to which what is printed belongs to it: where the next one begins."""
    for place, following in zip_longest(places, places[1:]):
        yield place.start, place.end, following.at if following else end


def _step(reading: Reading, place: _Place, duties: Duties, year: int | None) -> Step:
    evidence = reading.evidence(place.start, place.end)
    marker = reading.printed(place.at, place.start).strip() or None
    return Step(marker=marker, text=reading.words(evidence), evidence=evidence, **duty_fields(reading, duties, year))


def _problems(reading: Reading, tasks: Sequence[Task], doc_id: str) -> tuple[Problem, ...]:
    outline = reading.outline
    found = [task.id for task in tasks if task.kind is TaskKind.TASK]
    if outline.declared is None or outline.declared == len(found) or outline.declared_at is None:
        return ()
    place = reading.evidence(*outline.declared_at)
    details: dict[str, str | int] = {"declared": outline.declared, "found": len(found), "quote": place.quote}
    return (problem(ProblemKind.DECLARED_TASK_COUNT, details, document=doc_id or None, items=tuple(found), span=place),)
