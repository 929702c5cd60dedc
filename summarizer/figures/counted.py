"""The noun behind a figure: 39个区域医疗中心, 新增8家达到标准的卫生院, 47人入选人才计划.

Behind a measure word the noun is what is counted; behind money, lengths and rates it is only when no name stands before.
"""

from __future__ import annotations

from summarizer.figures.names import noun_after
from summarizer.figures.verb_phrase import Move, VerbPhrase
from summarizer.language.figure_cues import figure_cues
from summarizer.language.lexicon import lexicon
from summarizer.language.quantities import Quantity
from summarizer.language.units import UnitKind

__all__ = ["counted_noun", "noun_follows", "only_qualifies", "predicate_end"]

_CUES = figure_cues().counted
_RELATIVE = _CUES.relative.pattern
_PREDICATE = _CUES.predicate.pattern
_NEXT_FIGURE = "".join(_CUES.next_figure.words)
_COUNTED = (UnitKind.COUNT, UnitKind.PERSON)


def noun_follows(quantity: Quantity, verb_phrase: VerbPhrase, left: str) -> bool:
    """Whether the words behind the figure may name it; ``left`` is the name that stands before it, perhaps none."""
    words = lexicon()
    bare = not left or left in words.count_verbs or left in words.done_verbs
    if verb_phrase.move in (Move.UP, Move.DOWN) and not bare:
        return False
    if quantity.kind in _COUNTED:
        return bare or verb_phrase.move is Move.NONE or verb_phrase.verb in _CUES.for_whom.words  # 为6000名学生发放补贴
    if quantity.kind in (UnitKind.TIME, UnitKind.AGE):
        return False
    return bare and (verb_phrase.move is Move.NONE or (not left and verb_phrase.verb in _CUES.reached.words))


def counted_noun(text: str, start: int, end: int, *, relative: bool = False) -> tuple[int, int] | None:
    """The noun in ``text[start:end]`` that begins at ``start`` or behind a 的; 近 and 约 before a next figure are not in it.

    ``relative`` allows a noun that a clause stands before. ``None`` when no noun begins there.
    """
    begin = start + 1 if text[start : start + 1] in _CUES.of.words else start
    stop = noun_after(text, begin, end)
    while stop > begin and text[stop - 1] in _NEXT_FIGURE:
        stop -= 1
    if stop == begin and relative and (match := _RELATIVE.match(text, start, end)):
        begin, stop = match.span()
    return (begin, stop) if stop > begin else None


def only_qualifies(text: str, quantity: Quantity, after: int, end: int, *, bounded: bool) -> bool:
    """投资2000万元以上的项目, 220千伏输电线路: the amount says which things are meant, and is part of their name.

    ``bounded`` tells that a comparator stands before the figure (人口超过1万人的村), ``after`` is the offset behind one that
    follows it.
    """
    if bounded and quantity.kind in _COUNTED and text[after : after + 1] in _CUES.of.words:
        return counted_noun(text, after, end) is not None
    if quantity.kind is not UnitKind.AMOUNT or (
        after == quantity.end and not quantity.unit.startswith(_CUES.voltage.words)
    ):
        return False
    return counted_noun(text, after, end) is not None


def predicate_end(text: str, quantity: Quantity, end: int) -> int | None:
    """47人入选人才计划: people or things that no name stands before are named by what they did; its end, or ``None``."""
    if quantity.kind not in _COUNTED:
        return None
    match = _PREDICATE.match(text, quantity.end, end)
    return match.end() if match else None
