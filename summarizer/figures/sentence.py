"""Reading the figures of one sentence: which name belongs to which figure, and in what relation.

Five constructions are told apart, each a method of :class:`_Reader`: name before figure (收入达9000亿元), figure before noun
(39个中心), list of figures (甲、乙分别增长5%、6%), start of a change (从75岁 …), and a figure whose name stands in an earlier
clause (…，增长5%).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from summarizer.figures.counted import counted_noun, noun_follows, only_qualifies, predicate_end
from summarizer.figures.decoys import is_decoy
from summarizer.figures.measured import Base, Measured, Putaside
from summarizer.figures.names import (
    SEPARATORS,
    clause_start,
    drop_done_verb,
    join_generic,
    leans_on_subject,
    noun_after,
    split_parts,
    stock_name,
    trim_name,
)
from summarizer.figures.relation import OPEN_BOUNDS, Relation
from summarizer.figures.verb_phrase import Move, VerbPhrase, change_of, named_change, read_after, read_verb_phrase
from summarizer.language.characters import COMMAS, ENUMERATION_COMMA
from summarizer.language.figure_cues import figure_cues
from summarizer.language.lexicon import lexicon
from summarizer.language.quantities import Quantity
from summarizer.language.units import UnitKind
from summarizer.schema import Bound, Change, CleanOffset, RejectionReason
from summarizer.source.text import CleanRange, clean_range

__all__ = ["read_sentence"]

_CUES = figure_cues().sentences
_LEAST = _CUES.least.words
_LOOK_BACK = 8
_LONGEST_RUN = 16
"""Figures of one list; no list of names is longer, and every figure looks so far ahead."""
_CARRIED_ON = 8
"""Figures that one name holds for (总额36亿元，增加2亿元，增长5.9%); behind more of them the text is no prose."""
_JOINTS = _CUES.joints.words
_FIGURE = re.compile(r"\d")
_BRACKETS = ("(", "\uff08")
_COMMAS = tuple(COMMAS)
_CHANGES = (Move.UP, Move.DOWN)


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands before a figure: the words that lead to it, the range of the name (empty if none), the clause's start."""

    verb_phrase: VerbPhrase
    name: tuple[int, int]
    clause: int

    @property
    def named(self) -> bool:
        return self.name[0] < self.name[1]


def read_sentence(
    text: str, start: int, end: int, quantities: Sequence[Quantity]
) -> tuple[list[Measured], list[Putaside]]:
    """What the figures of ``text[start:end]`` measure, in order, and the figures that measure nothing."""
    return _Reader(text, start, end, quantities).read()


class _Reader:
    """Left to right through one sentence; what later figures need of earlier ones is kept here."""

    def __init__(self, text: str, start: int, end: int, quantities: Sequence[Quantity]) -> None:
        self._text, self._start, self._end = text, start, end
        self._quantities = quantities
        self._gap = start
        self._done: list[Measured] = []
        self._aside: list[Putaside] = []
        self._bases: list[Base] = []
        self._dropped = False
        self._elisions = 0

    def read(self) -> tuple[list[Measured], list[Putaside]]:
        at = 0
        while at < len(self._quantities):
            at += self._step(at)
        return self._done, self._aside

    def _step(self, at: int) -> int:
        """Read the figure at this place, or the list of figures that begins with it; return how many were used."""
        left = self._left(self._quantities[at])
        verb_phrase = left.verb_phrase
        listed = (
            left.named
            or verb_phrase.respectively
            or verb_phrase.base
            or verb_phrase.move in _CHANGES
            or bool(self._bases)
        )
        run = self._run(at) if listed else [self._quantities[at]]
        if left.verb_phrase.base:
            period = left.verb_phrase.comparison
            self._bases = [
                Base(base.value, base.unit, period, left.name, clean_range(base.start, base.end)) for base in run
            ]
            self._gap = run[-1].end
            return len(run)
        if self._bases and not left.named:
            left = replace(left, name=self._bases[0].name)
        if len(run) > 1 and (left.named or left.verb_phrase.respectively or self._matched(run, left)):
            self._list(run, left)
        else:
            run = run[:1]
            self._single(run[0], left)
        self._bases = []
        return len(run)

    def _left(self, quantity: Quantity) -> _Left:
        text = self._text
        verb_phrase = read_verb_phrase(text[self._gap : quantity.start])
        rest = self._gap + verb_phrase.rest
        clause = clause_start(text, self._gap, rest)
        name = trim_name(text, clause, rest, goes_on=clause == self._gap > self._start)
        if name[0] >= name[1] and self._gap < clause - 1 and text[clause - 1] in _BRACKETS:
            # 次均药费（118.2元）: the name stands before the bracket
            before = clause_start(text, self._gap, clause - 1)
            named = trim_name(text, before, clause - 1, goes_on=before == self._gap > self._start)
            name = (
                name if _FIGURE.search(text, *named) else named
            )  # 2025年工作总结（12元）: the title of a thing for sale
        return _Left(verb_phrase, drop_done_verb(text, *name), clause)

    def _run(self, at: int) -> list[Quantity]:
        """The figures from here on that nothing but list marks and comparators stand between: 4.7个、27.3张."""
        run = [self._quantities[at]]
        for place in range(at + 1, min(at + _LONGEST_RUN, len(self._quantities))):
            following = self._quantities[place]
            gap, _ = read_after(self._text, run[-1].end)
            between = self._text[gap : following.start].strip()
            apart = following.unit != run[0].unit and (following.kind is not run[0].kind or between in _COMMAS)
            apart = apart or (between in _COMMAS and counted_noun(self._text, following.end, self._end) is not None)
            if apart or not between or between.strip(SEPARATORS + "".join(_CUES.nearly.words)):
                break
            run.append(following)
        return run

    def _matched(self, run: Sequence[Quantity], left: _Left) -> bool:
        """Whether changes without names (甲4.2万元、乙2.1万元，增长5%和6.5%) belong to as many levels just before."""
        before = self._done[-len(run) :]
        levels = len(before) == len(run) and all(item.relation.change is None for item in before)
        return levels and left.verb_phrase.move in _CHANGES and len({item.quantity.unit for item in before}) == 1

    # Constructions

    def _single(self, quantity: Quantity, left: _Left) -> None:
        """One figure: the noun stands behind it, before it, or in an earlier clause."""
        text = self._text
        after, _ = read_after(text, quantity.end)
        bounded = left.named and left.verb_phrase.bound is not None
        if only_qualifies(text, quantity, after, self._end, bounded=bounded):
            self._put_aside(quantity, quantity.start, RejectionReason.DECOY)
            return
        if not self._bases and noun_follows(quantity, left.verb_phrase, text[slice(*left.name)]):
            relative = left.named and left.verb_phrase.move is Move.NONE
            noun = counted_noun(text, after, self._end, relative=relative)
            if noun is not None:
                self._count(quantity, left, noun)
                return
        if left.named:
            self._elisions = 0
            self._before(quantity, left)
        else:
            self._elided(quantity, left)

    def _count(self, quantity: Quantity, left: _Left, noun: tuple[int, int]) -> None:
        """39个中心, 新增39个中心: the verb of adding belongs to the name, since a flow is no stock."""
        text = self._text
        what = text[slice(*noun)]
        verb = lexicon().carried.at_end(text[slice(*left.name)])
        lead = (verb, left.name[1] - len(verb)) if verb else self._carried(left)
        name, start = (f"{lead[0]} {what}", lead[1]) if lead else (what, quantity.start)
        relation = self._relation(quantity, left.verb_phrase)
        self._add(
            Measured(quantity, name, CleanOffset(start), CleanOffset(noun[1]), relation, left.clause, lead=lead), left
        )

    def _before(self, quantity: Quantity, left: _Left) -> None:
        """Name, then figure; a generic name (总量, 增速) takes the subject of the clause before in front."""
        words, verb_phrase = lexicon(), left.verb_phrase
        name, start = self._text[slice(*left.name)], left.name[0]
        lead: tuple[str, int] | None = None
        verb = words.carried.at_start(name)
        if verb and verb != name:
            lead = (verb, start)
        elif self._done and (name in words.generic or name in words.count_verbs or leans_on_subject(name)):
            subject = self._topic()
            name, start = join_generic(stock_name(subject.name, subject.lead), name), subject.start
        elif verb_phrase.bound is None and (carried := self._carried(left)):
            name, start, lead = f"{carried[0]} {name}", carried[1], carried
        relation = self._named(name, quantity, self._relation(quantity, verb_phrase))
        start_of_change = self._base_of(quantity, 0)
        name += self._yearly(quantity, left)
        item = Measured(
            quantity, name, CleanOffset(start), CleanOffset(quantity.end), relation, left.clause, *start_of_change, lead
        )
        if verb_phrase.all_alike and ENUMERATION_COMMA in name:
            for part in split_parts(name, name.count(ENUMERATION_COMMA) + 1):
                self._add(replace(item, name=part), left)
        else:
            self._add(item, left)

    def _elided(self, quantity: Quantity, left: _Left) -> None:
        """No name in the clause: that of the figure before goes on, else the clause before names it."""
        text, verb_phrase = self._text, left.verb_phrase
        opens = verb_phrase.move is Move.NONE and not text[left.clause : quantity.start].strip(SEPARATORS)
        stop = quantity.end
        if opens and (end := predicate_end(text, quantity, self._end)):
            name, start, stop = text[quantity.end : end], quantity.start, end
        elif self._done and not self._dropped:
            self._elisions += 1
            if self._elisions > _CARRIED_ON:
                self._put_aside(quantity, quantity.start, RejectionReason.NO_NAME)
                return
            subject = self._done[-1]
            level = verb_phrase.move is Move.LEVEL
            name, start = stock_name(subject.name, subject.lead) if level else subject.name, subject.start
            name += self._yearly(quantity, left)
        elif verb_phrase.move is Move.NONE and (end := predicate_end(text, quantity, self._end)):
            name, start, stop = text[quantity.end : end], quantity.start, end
        elif span := self._clause_before(left.clause):
            name, start = text[slice(*span)], span[0]
        else:
            self._put_aside(quantity, quantity.start, RejectionReason.NO_NAME)
            return
        relation = self._relation(quantity, verb_phrase)
        relation = replace(relation, change=self._goes_on(quantity, left) or relation.change)
        base = self._base_of(quantity, 0)
        self._add(Measured(quantity, name, CleanOffset(start), CleanOffset(stop), relation, left.clause, *base), left)

    def _list(self, run: Sequence[Quantity], left: _Left) -> None:
        """甲、乙分别达4.7个、27.3张; without names in the clause the figures are those of the last items (…，分别增长5%、6%)."""
        relations = [self._relation(quantity, left.verb_phrase) for quantity in run]
        last = relations[-1].bound
        if last in OPEN_BOUNDS and all(relation.bound is Bound.EQ for relation in relations[:-1]):
            # A comparator behind the last figure holds for the list.
            relations = [replace(relation, bound=last) for relation in relations]
        names = self._list_names(len(run), left)
        for quantity in run[len(names) :]:
            self._put_aside(quantity, quantity.start, RejectionReason.NO_NAME)
        for place, (name, start) in enumerate(names):
            quantity = run[place]
            base = self._base_of(quantity, place)
            relation = self._named(name, quantity, relations[place])
            self._add(
                Measured(quantity, name, CleanOffset(start), CleanOffset(quantity.end), relation, left.clause, *base),
                left,
            )

    def _list_names(self, count: int, left: _Left) -> list[tuple[str, int]]:
        """A name and its offset for each of ``count`` figures; none when the sentence does not give so many."""
        before = self._done[-count:]
        if left.named:
            whole, flow = self._text[slice(*left.name)], left.verb_phrase.flow
            if whole in lexicon().generic and len(before) == count:
                return [(join_generic(stock_name(item.name, item.lead), whole), item.start) for item in before]
            parts = split_parts(whole, count)
            parts = parts if len(parts) == count else [whole] * count
            return [(f"{part} {flow}" if flow else part, left.name[0]) for part in parts]
        if len(before) < count:
            return []
        if left.verb_phrase.move is Move.LEVEL:
            return [(stock_name(item.name, item.lead), item.start) for item in before]
        return [(item.name, item.start) for item in before]

    # Parts

    def _topic(self) -> Measured:
        """The last item that names a thing and not only what was done with it (其中新开工20个、续建28个)."""
        verbs = lexicon().count_verbs
        return next((item for item in reversed(self._done) if not verbs.at_end(item.name)), self._done[-1])

    def _carried(self, left: _Left) -> tuple[str, int] | None:
        """The verb of the list that this figure goes on with, if it is the next part of one."""
        if not self._done or self._done[-1].lead is None:
            return None
        before = self._text[self._done[-1].end : left.name[0]].strip()
        return self._done[-1].lead if before in _JOINTS else None

    def _goes_on(self, quantity: Quantity, left: _Left) -> Change | None:
        """The change that a figure behind 、 or 和 shares with the one before: 增长5%和6.5%."""
        if not self._done or left.verb_phrase.move is not Move.NONE or self._done[-1].quantity.unit != quantity.unit:
            return None
        before, between = self._done[-1], self._text[self._done[-1].quantity.end : quantity.start].strip()
        return before.relation.change if between in _JOINTS else None

    def _base_of(self, quantity: Quantity, place: int) -> tuple[Decimal | None, str | None, CleanRange | None]:
        """Where the change to this figure starts; another unit (收入从30亿元增加5%) is no start of it."""
        base = self._bases[place] if place < len(self._bases) else None
        if base is None or base.unit != quantity.unit:
            return None, None, None
        return base.value, base.period, base.at

    def _yearly(self, quantity: Quantity, left: _Left) -> str:
        """年均增长 as the last part of a name: a yearly rate over several years is another quantity than a yearly change."""
        verb_phrase = left.verb_phrase
        if not verb_phrase.yearly or verb_phrase.move not in _CHANGES or quantity.kind is not UnitKind.RATIO:
            return ""
        yearly = _CUES.yearly.words[0]
        phrase = yearly + verb_phrase.verb
        return " " + (phrase if phrase in self._text[left.clause : quantity.start] else yearly)

    def _clause_before(self, clause: int) -> tuple[int, int] | None:
        """The noun phrase that opens the clause before ``clause``, in the same sentence."""
        text, stop = self._text, clause
        while stop > self._start and text[stop - 1] in SEPARATORS:
            stop -= 1
        start, end = drop_done_verb(text, *trim_name(text, clause_start(text, self._start, stop), stop))
        end = noun_after(text, start, end)
        return (start, end) if 2 <= end - start <= 25 else None

    def _relation(self, quantity: Quantity, verb_phrase: VerbPhrase) -> Relation:
        """What the verb before the figure and the comparators on both its sides say; a range when two ends are printed."""
        change = change_of(verb_phrase.move)
        if quantity.value_high is not None:
            return Relation(Bound.RANGE, change)
        _, after = read_after(self._text, quantity.end)
        before = self._text[max(self._gap, quantity.start - _LOOK_BACK) : quantity.start]
        least = Bound.GE if any(word in before for word in _LEAST) else None
        loose = Bound.GT if quantity.loose else None
        return Relation(after or verb_phrase.bound or least or loose or Bound.EQ, change)

    def _named(self, name: str, quantity: Quantity, relation: Relation) -> Relation:
        """The relation with the change that the name says, where the verb says none."""
        return relation if relation.change else replace(relation, change=named_change(name, quantity))

    def _add(self, item: Measured, left: _Left) -> None:
        """Keep the item unless its figure measures nothing; a duration or an age leaves the subject as it is."""
        clause = self._text[left.clause : item.quantity.start]
        decoy = not item.name or is_decoy(self._text, item.quantity, left.verb_phrase, item.name, clause, item.base)
        if item.quantity.kind not in (UnitKind.TIME, UnitKind.AGE):
            self._dropped = decoy
        if decoy:
            reason = RejectionReason.DECOY if item.name else RejectionReason.NO_NAME
            self._put_aside(item.quantity, min(item.start, item.quantity.start), reason)
        else:
            self._done.append(item)
            self._gap = max(item.end, read_after(self._text, item.quantity.end)[0])

    def _put_aside(self, quantity: Quantity, start: int, reason: RejectionReason) -> None:
        self._aside.append(Putaside(quantity, *clean_range(start, quantity.end), reason))
