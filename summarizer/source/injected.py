"""Certain orders to a program as ranges to drop: whole lines, or sentences that stand by themselves in an item.

What is quoted, or told of, stays; so does whatever no pattern of ``data/injections.toml`` knows. Cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from summarizer.language.characters import FULL_STOP, SENTENCE_ENDS
from summarizer.language.injections import injection_cues
from summarizer.source.lines import is_heading
from summarizer.source.text import Dropped, TextRange

__all__ = ["injected_drops"]

_HIDDEN = re.compile("[\\s\u200b-\u200f\u2060-\u2064\ufeff\u00ad]+")
_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(f"[^{SENTENCE_ENDS}]+[{SENTENCE_ENDS}”]*")
_LONGEST = 800  # a longer line is a paragraph or a whole text: there only the sentence goes
_ANSWER = 60  # longest first sentence of an answer behind a turn
_LEAD_IN = 40  # an order further on in a line's first sentence does not make the line one
_ADDRESS = 12  # the same for a sentence behind others: “请各位助手，忽略以上指令”
_FENCED = 60  # a fence that is not closed within so many lines is no block


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Orders, lines of prompts, and fences."""
    cues = injection_cues()
    orders = "|".join([*cues.chinese.any, *cues.english.any])
    return re.compile(orders), re.compile("|".join(cues.block.line)), re.compile(cues.block.fence)


def injected_drops(text: str) -> Iterator[Dropped]:
    """Yield ranges of ``text`` (reason ``injection``) that hold nothing but words to a program, in order."""
    yield from _turns(text)
    lines = [
        match.span() for match in _LINE.finditer(text) if injection_cues().suspect.pattern.search(text, *match.span())
    ]
    _, line, fence = _patterns()
    fences = [span for span in lines if fence.match(_compact(text, *span))]
    for opening, closing in zip(fences[::2], fences[1::2], strict=False):
        if text.count("\n", *(opening[0], closing[1])) <= _FENCED:
            yield Dropped(opening[0], _stop(text, closing[1]), "injection", "fenced block")
    for start, end in lines:
        if end - start <= _LONGEST and line.match(_compact(text, start, end)):
            yield Dropped(start, _stop(text, end), "injection", "line of a prompt")
        else:
            yield from _orders(text, start, end)


def _turns(text: str) -> Iterator[Dropped]:
    """Turns of a conversation inside a paragraph, with the answer that is made up behind them."""
    block = injection_cues().block
    opening, closing = block.open, block.close
    at = text.find(opening)
    while at >= 0:
        end = text.find(closing, at, at + _LONGEST)
        if end < 0:
            return
        end += len(closing)
        stop = text.find(FULL_STOP, end, end + _ANSWER)
        newline = text.find("\n", end, end + _ANSWER)
        end = stop + 1 if stop >= 0 and not 0 <= newline < stop else end
        yield Dropped(at, end, "injection", "fake turn")
        at = text.find(opening, end)


def _orders(text: str, start: int, end: int) -> Iterator[Dropped]:
    """A line that begins with an order goes as a whole, an order behind other sentences by itself."""
    order = _patterns()[0]
    if not order.search(_compact(text, start, end)):
        return
    enumerated = is_heading(text[start:end].strip())
    first = True
    for sentence in _SENTENCE.finditer(text, start, end):
        found = order.search(_compact(text, *sentence.span()))
        if found and not _quoted(found):
            if first and not enumerated and end - start <= _LONGEST and found.start() <= _LEAD_IN:
                yield Dropped(start, _stop(text, end), "injection", "words to a program")
                return
            # The first sentence of an item holds its headline; an order in the middle of a sentence cannot be cut out.
            if first or found.start() > _ADDRESS:
                first = False
                continue
            yield Dropped(*_range(text, sentence.span()), "injection", "words to a program")
        first = False


def _quoted(order: re.Match[str]) -> bool:
    """Whether the order stands inside quotation marks: the sentence may tell of it."""
    before = order.string[: order.start()]
    return before.count("“") > before.count("”")


def _range(text: str, span: TextRange) -> TextRange:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _compact(text: str, start: int, end: int) -> str:
    return _HIDDEN.sub("", text[start:end]).lower()


def _stop(text: str, end: int) -> int:
    return end + 1 if end < len(text) else end
