"""The words between a name and its figure: 较上年末**提高到**, **分别增长**, **不低于**; read from the figure leftwards.

What they say becomes the indicator's relation (to, by, at least); what is left in front of them holds the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from summarizer.language.figure_cues import figure_cues
from summarizer.language.lexicon import lexicon
from summarizer.language.quantities import Quantity
from summarizer.language.units import UnitKind
from summarizer.schema import Bound, Change

__all__ = ["Move", "VerbPhrase", "change_of", "named_change", "read_after", "read_verb_phrase"]


class Move(StrEnum):
    """Whether the figure is a level that is held or reached, or a change by which something moved."""

    NONE = "none"
    LEVEL = "level"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class VerbPhrase:
    """What stands before a figure.

    ``rest`` is how many characters of the left text remain in front of the words that were read. ``each`` is set by 分别
    or 均: one figure per part of the name, or one for all. ``base`` is set when the figure is where a change starts from
    (从75.2岁, 较上年末的9300亿元); ``comparison`` is the text of 较上年末 and the like.
    """

    rest: int
    move: Move
    bound: Bound | None
    respectively: bool
    all_alike: bool
    yearly: bool
    verb: str
    flow: str
    base: bool
    comparison: str | None


_CUES = figure_cues().verb_phrase
_FROM = _CUES.start.pattern
_AGAINST = _CUES.against.pattern
_MORE = _CUES.more.pattern
_APART = _CUES.apart.pattern
_TIME_BEFORE = _CUES.inner_time.pattern
_STREAK = _CUES.streak.pattern
_YEARS = _CUES.years.pattern
_FLOW_APART = _CUES.flow_apart.pattern
_MAX_READ = 40
"""Characters before the figure that can hold its verbs; the name may reach further back."""


def read_verb_phrase(left: str) -> VerbPhrase:
    """Read ``left`` (the text before a figure, up to the figure before it) from its end.

    Comparators, verbs and adverbs are taken off one after the other until something else stands at the end.
    """
    words = lexicon()
    end = len(left.rstrip())
    move, bound, verb, flow = Move.NONE, None, "", ""
    respectively = all_alike = yearly = False
    comparison: str | None = None
    while end > max(0, len(left) - _MAX_READ):
        text = left[max(0, end - 12) : end]
        against = _AGAINST.search(left, max(0, end - 26), end) if comparison is None else None
        if against and against["of"] and move is Move.NONE:
            return VerbPhrase(against.start(), Move.LEVEL, None, False, False, False, "", "", True, against["what"])
        if move is Move.NONE and (begin := _FROM.search(left, max(0, end - 16), end)):
            rest, apart = begin.start(), _APART.search(left, max(0, begin.start() - 4), begin.start())
            rest = apart.start() if apart else rest
            return VerbPhrase(
                rest, Move.LEVEL, bound, apart is not None, False, False, "", "", True, begin["time"] or None
            )
        found = _bound(text)
        if found and move is Move.NONE and bound is None:
            word, bound = found
        elif move is Move.NONE and (action := _verb(text)):
            word, move = action
            verb = word
        elif move is Move.NONE and _MORE.search(left, max(0, end - 26), end):
            word = verb = left[end - 1 : end]
            move = Move.UP if word in _CUES.upward.words else Move.DOWN
        elif move is Move.NONE and (time := _TIME_BEFORE.search(left, max(0, end - 14), end)):
            word = time[0]
        elif adverb := words.adverbs.at_end(text):
            word = adverb
            yearly = yearly or word in _CUES.yearly.words
            respectively = respectively or word.startswith(_CUES.respectively.words)
            all_alike = all_alike or word in _CUES.alike.words
        elif against:
            word, comparison = against[0], against["what"]
        elif streak := _STREAK.search(left, max(0, end - 10), end):
            word = streak[0]
        elif move in (Move.UP, Move.DOWN) and (years := _YEARS.search(left, max(0, end - 6), end)):
            word = years[0]
        elif not flow and move is Move.NONE and (listed := _FLOW_APART.search(left, max(0, end - 8), end)):
            word = flow = listed["flow"]
        else:
            break
        end -= len(word)
        end = len(left[:end].rstrip())
    return VerbPhrase(end, move, bound, respectively, all_alike, yearly, verb, flow, False, comparison)


_NET = _CUES.net.words
_NOT_ABOUT = _CUES.not_about.words


def _bound(text: str) -> tuple[str, Bound] | None:
    """A comparator at the end of ``text`` with what it says; 签约 and 节约 are verbs and not 约."""
    words = lexicon()
    if words.heads.at_end(text) or text.endswith(_NOT_ABOUT):
        return None
    found = [(word, bound) for bound, group in words.before.items() if (word := group.at_end(text))]
    return max(found, key=lambda pair: len(pair[0]), default=None)


def _verb(text: str) -> tuple[str, Move] | None:
    """The verb at the end of ``text``; 提高到 is a level although 提高 is a change."""
    words = lexicon()
    bare = text[:-1] if text.endswith(_CUES.done.words) else text
    options = ((words.level, Move.LEVEL), (words.up, Move.UP), (words.down, Move.DOWN))
    found = [(word, move) for group, move in options if (word := group.at_end(bare))]
    if not found:
        return None
    word, move = max(found, key=lambda pair: len(pair[0]))
    others = (words.carried.at_end(bare), words.count_verbs.at_end(bare), words.heads.at_end(bare))
    if any(other is not None and len(other) > len(word) for other in others):
        return None  # 新增 is a verb of counting and not 增, 下达 is not 达; 人均可支配收入 ends in no verb at all
    return text[len(bare) - len(word) :], move


def read_after(text: str, end: int) -> tuple[int, Bound | None]:
    """The comparator behind a figure that ends at ``end`` (以上, 左右, 以内) and the offset behind it."""
    for bound, group in lexicon().after.items():
        if word := group.at_start(text, end):
            return end + len(word), bound
    return end, None


def change_of(move: Move) -> Change | None:
    """The direction of a move; None for a level."""
    return {Move.UP: Change.UP, Move.DOWN: Change.DOWN}.get(move)


def named_change(name: str, quantity: Quantity) -> Change | None:
    """The change that the name itself says where no verb does: 价格涨幅2%左右, 压减审批时间58%, 企业净增17家."""
    words = lexicon()
    if quantity.kind is not UnitKind.RATIO:
        return Change.UP if name.endswith(_NET) else None
    if words.falls.at_end(name) or words.down.at_start(name):
        return Change.DOWN
    rate = quantity.unit == "%" and quantity.value > 0 and words.rates.at_end(name)
    return Change.UP if words.rises.at_end(name) or rate else None
