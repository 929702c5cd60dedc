"""新提法: phrases in the tasks of a document that the text it is measured against does not have.

A phrase is what stands in quotation marks, or ends with a head such as 工程 or 行动 and begins behind a verb or a mark
(``phrases.toml``). It is new when its folded form stands nowhere in the other text, not only not in its tasks. Heads and verbs
are looked up in the folded text too, so that 行動 is a head as 行动 is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from summarizer.language.characters import HAN
from summarizer.language.fold import fold
from summarizer.language.phrases import phrase_cues
from summarizer.schema import Document, Evidence, NewPhrase, Task
from summarizer.source.text import CleanText

__all__ = ["find_phrases", "new_phrases"]

_SHORTEST = 4
_LONGEST = 16
_QUOTED = re.compile("[\u201c\u300c]([^\u201c\u201d\u300c\u300d\\s]{2,12})[\u201d\u300d]")


def find_phrases(text: str) -> Iterator[tuple[int, int]]:
    """Yield the half-open ranges of the phrases of a text, in order of their ends; none overlaps the one before."""
    last = 0
    for start, end in sorted({*_quoted(text), *_headed(text)}, key=lambda span: (span[1], span[0])):
        if start >= last:
            yield start, end
            last = end


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks and is not a number or code (“1571”)."""
    for match in _QUOTED.finditer(text):
        if re.search(f"[{HAN}]{{2}}", match[1]):
            yield match.start(), match.end()


def _headed(text: str) -> Iterator[tuple[int, int]]:
    """What ends with a head. A space or line break bounds it as a verb does, though folding takes it away."""
    cues, folded = phrase_cues(), fold(text)
    words = folded.text
    for match in cues.heads.pattern.finditer(words):
        begin = max(0, match.end() - _LONGEST)
        run = re.search(f"[{HAN}]+$", words[begin : match.end()])
        if run is None:
            continue
        first, end = folded.original(begin + run.start(), match.end())
        verbs = [verb.end() for verb in cues.verbs.pattern.finditer(run[0], 0, len(run[0]) - len(match[0]))]
        behind_verb = folded.original(begin + run.start() + verbs[-1], match.end())[0] if verbs else first
        behind_space = first + max((gap.end() for gap in re.finditer(r"\s+", text[first:end])), default=0)
        start = max(behind_verb, behind_space)
        unbounded = start == first and run.start() == 0 and begin > 0 and re.match(f"[{HAN}]", words[begin - 1])
        phrase = words[folded.folded_offset(start) : match.end()]
        if len(phrase) >= _SHORTEST and not unbounded and not phrase.endswith(cues.everyday.words):
            yield start, end


def new_phrases(
    documents: Sequence[Document], texts: Mapping[str, CleanText], baseline: Document | None
) -> tuple[NewPhrase, ...]:
    """Each document's new phrases, once each at their first place, in order of documents and text.

    A document is measured against the same region's document of the year before when it is there, else against the
    baseline; without either it has no new phrases.
    """
    folded = {id_: fold(text.text).text for id_, text in texts.items()}
    found: list[NewPhrase] = []
    for document in documents:
        other = _earlier(document, documents) or baseline
        if other is None or other is document or other.id not in folded:
            continue
        seen: set[str] = set()
        for task in document.tasks:
            for phrase, evidence in _phrases_of(task):
                key = fold(phrase).text.strip('"')
                if key not in seen and key not in folded[other.id]:
                    seen.add(key)
                    found.append(NewPhrase(phrase=phrase, document=document.id, against=other.id, evidence=evidence))
    return tuple(found)


def _phrases_of(task: Task) -> Iterator[tuple[str, Evidence]]:
    quote, offset = task.evidence.quote, task.evidence.start
    for start, end in find_phrases(quote):
        phrase = quote[start:end]
        yield phrase, Evidence(start=offset + start, end=offset + end, quote=phrase)


def _earlier(document: Document, documents: Sequence[Document]) -> Document | None:
    """The newest document of the same region and genre that is of an earlier year; dates that are not known decide nothing."""
    year = _year(document)
    if year is None or document.region is None:
        return None
    earlier = [
        (other_year, other)
        for other in documents
        if _kin(other) == _kin(document) and (other_year := _year(other)) is not None and other_year < year
    ]
    return max(earlier, key=lambda pair: pair[0])[1] if earlier else None


def _kin(document: Document) -> tuple[str, str]:
    """Region and genre in one script, so that the text of a year in traditional characters is of the same row."""
    return fold(document.region or "").text, fold(document.genre or "").text


def _year(document: Document) -> str | None:
    date = document.meeting.date or document.published
    return date[:4] if date else None
