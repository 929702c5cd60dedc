"""Tasks by rule: which items of the outline set work, at which level, with title, measures, units, deadline and themes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.heuristic.duties import Columns, Duties, duties_of, row_cells, table_columns
from summarizer.heuristic.loose import Loose, loose_tasks
from summarizer.heuristic.titles import Headline, headline_of, headlines_are_sentences
from summarizer.language.cues import classify_heading, opener_in, simplified, speaker_at
from summarizer.language.themes import ThemeTable, load_themes, themes_of
from summarizer.outline.model import Horizon, Item, Outline, Section
from summarizer.schema import MarkerStatus, Measure, Origin, Problem, Span, Task, TaskKind
from summarizer.source.text import CleanText

__all__ = ["TaskFindings", "extract_tasks"]

_KINDS = {
    Horizon.WORK: TaskKind.TASK,
    Horizon.SAFEGUARD: TaskKind.SAFEGUARD,
    Horizon.NEAR_TERM: TaskKind.NEAR_TERM,
}
_CHAPTERS = frozenset(["part", "section", "dun", "dun_bare"])
_BLOCKS = frozenset(
    "section dun dun_bare paren arabic arabic_bare task_no padded paren_arabic row cell part_no boxed keycap financial enclosed".split()
)
_SENTENCE = re.compile(r"[^。！？!?\n；;]+[。！？!?；;]*")
_CLAUSE = re.compile(r"[^，,。！？!?\n；;]+[，,。！？!?；;]*")
_REQUEST = re.compile(r"要|做好|抓好|确保|加强|严格|必须")
_LEAST_MEASURE = 2
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

    start: int
    body: int
    end: int
    kind: TaskKind
    marker: str | None
    status: MarkerStatus
    sentences: bool
    children: tuple[Item, ...] = ()
    columns: Columns | None = None


def extract_tasks(
    clean: CleanText, outline: Outline, document: str = "", themes: ThemeTable | None = None
) -> TaskFindings:
    """The tasks that ``clean`` sets. ``outline`` is its outline, ``document`` the id that task ids begin with.

    Nothing is taken from parts that look back, orient, set goals or close. A declared number of tasks that is not the
    number found becomes a problem.
    """
    text = clean.text
    folded = simplified(text)
    drafts = sorted(_drafts(folded, outline), key=lambda draft: draft.start)
    table = themes if themes is not None else load_themes()
    tasks = tuple(_task(clean, folded, draft, number, document, table) for number, draft in enumerate(drafts, 1))
    return TaskFindings(tasks, _problems(clean, outline, tasks, document))


def _drafts(text: str, outline: Outline) -> list[_Draft]:
    found = [draft for group in _groups(text, outline, outline.items) for draft in group]
    covered = sorted((draft.start, draft.end) for draft in found)
    listed = any(draft.kind is TaskKind.TASK for draft in found)
    for section in outline.sections:
        if section.horizon in _KINDS and not (listed and section.horizon is Horizon.WORK):
            found.extend(_loose_drafts(text, section, covered))
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
    generic = classify_heading(head) in ("work", "safeguard") or _announced(text, item.body, first.start)
    if item.style in _CHAPTERS:
        own_line = "\n" in text[item.body : first.start] or len(head) <= 20
        return (first.style in _BLOCKS or first.style == "ordinal" or generic) and own_line
    label_line = "\n" in text[item.body : first.start]
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
            drafts.extend(_in_chapter(text, item, section))
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
        if text[last:end].strip(" \t\r\n\u3000。；;，,)）") or first <= start:
            return end
        end = first
    return end


def _row_end(text: str, item: Item, columns: Columns) -> int:
    cells = row_cells(text, item.body, item.end)
    return cells[len(columns.kinds) - 1][1] if len(cells) > len(columns.kinds) else item.end


def _is_generic_leaf(text: str, item: Item) -> bool:
    """A chapter whose heading names a part and below which no list stands: its paragraphs are the tasks."""
    if item.style not in _CHAPTERS or any(child.style in _BLOCKS for child in item.children):
        return False
    head, newline, _ = text[item.body : item.end].partition("\n")
    return bool(newline) and classify_heading(head[:48]) in ("work", "safeguard", "mixed_outlook_work")


def _in_chapter(text: str, item: Item, section: Section) -> list[_Draft]:
    start = text.index("\n", item.body)
    return [_loose_draft(loose, _KINDS[section.horizon]) for loose in loose_tasks(text, start, item.end, chapter=True)]


def _loose_drafts(text: str, section: Section, covered: Sequence[tuple[int, int]]) -> list[_Draft]:
    """Tasks without enumerators in a part that no list covers."""
    if any(start < section.end and end > section.start for start, end in covered):
        return []
    kind = _KINDS[section.horizon]
    if section.horizon is Horizon.NEAR_TERM:
        draft = _reminder(text, section)
        return [draft] if draft else []
    start = section.heading[1] if section.heading else section.start
    return [
        _loose_draft(loose, kind)
        for loose in loose_tasks(text, start, section.end, chapter=section.heading is not None)
    ]


def _loose_draft(loose: Loose, kind: TaskKind) -> _Draft:
    return _Draft(loose.start, loose.body, loose.end, kind, None, MarkerStatus.MISSING, sentences=True)


def _reminder(text: str, section: Section) -> _Draft | None:
    """A part behind the list that asks for something near: one task as a whole."""
    start, end = section.start, section.end
    while end > start and text[end - 1] in " \t\r\n\u3000…":
        end -= 1
    if not _REQUEST.search(text, start, end):
        return None
    speaker = speaker_at(text, start, end)
    return _Draft(
        start, speaker.end if speaker else start, end, TaskKind.NEAR_TERM, None, MarkerStatus.MISSING, sentences=False
    )


def _task(clean: CleanText, folded: str, draft: _Draft, number: int, document: str, table: ThemeTable) -> Task:
    words_end = _words_end(folded, draft.body, draft.end)
    headline = headline_of(folded, draft.body, words_end, sentences=draft.sentences)
    if headline.start >= headline.end:
        headline = Headline(draft.body, draft.end, draft.end)
    duties = duties_of(folded, draft.body, draft.end, draft.columns)
    # A headline that a page break cuts is shown as far as it stands in one piece: it must be the source's own.
    title = clean.text[headline.start : clean.unbroken(headline.start, headline.end)]
    return Task(
        id=f"{document}.t{number}",
        ordinal=number,
        marker=_printed(clean, draft),
        marker_status=draft.status,
        title=title,
        kind=draft.kind,
        themes=themes_of(simplified(title), folded[headline.end : draft.end], table),
        measures=_measures(clean, folded, draft, headline, duties),
        lead=duties.lead,
        support=duties.support,
        deadline=duties.deadline,
        evidence=clean.evidence(draft.start, draft.end),
        origin=Origin.HEURISTIC,
    )


def _printed(clean: CleanText, draft: _Draft) -> str | None:
    """The enumerator as printed, without the comma that some texts put behind it."""
    if draft.marker is None:
        return None
    return clean.text[draft.start : draft.start + len(draft.marker)].strip().rstrip("，,：:") or None


def _measures(clean: CleanText, text: str, draft: _Draft, headline: Headline, duties: Duties) -> tuple[Measure, ...]:
    """The steps of a task: the items below it, else its sentences, else the clauses behind its headline."""
    ranges = [(child.body, child.end) for child in draft.children if child.end <= draft.end]
    if not ranges:
        pieces = [match.span() for match in _SENTENCE.finditer(text, headline.after, draft.end)]
        if len(pieces) < 2:
            pieces = [match.span() for match in _CLAUSE.finditer(text, headline.after, draft.end)]
        ranges = pieces
    measures = []
    for start, end in ranges:
        start, end = _bare(text, start, end)
        if end - start < _LEAST_MEASURE or any(
            a < end and start < b and b - a >= end - start - 2 for a, b in duties.spans
        ):
            continue
        measures.append(Measure(text=clean.text[start:end], evidence=clean.evidence(start, end)))
    return tuple(measures)


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Without white space and punctuation at the edges."""
    while start < end and text[start] in " \t\r\n\u3000，,；;。：:、|":
        start += 1
    while end > start and text[end - 1] in " \t\r\n\u3000，,；;。：:、|":
        end -= 1
    return start, end


def _problems(clean: CleanText, outline: Outline, tasks: Sequence[Task], document: str) -> tuple[Problem, ...]:
    found = sum(1 for task in tasks if task.kind is TaskKind.TASK)
    if outline.declared is None or outline.declared == found or outline.declared_at is None:
        return ()
    place = clean.evidence(*outline.declared_at)
    message = f"the text announces {outline.declared} tasks ({place.quote}), found are {found}"
    return (
        Problem(
            kind="declared_task_count",
            message=message,
            details={"declared": outline.declared, "found": found, "quote": place.quote},
            document=document or None,
            items=tuple(task.id for task in tasks if task.kind is TaskKind.TASK),
            span=Span(start=place.start, end=place.end),
        ),
    )
