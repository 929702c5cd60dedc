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

from summarizer.heuristic.approach import Approach, Move, read_after, read_approach
from summarizer.heuristic.decoys import is_decoy
from summarizer.heuristic.lexicon import lexicon
from summarizer.heuristic.names import SEPARATORS, clause_start, noun_after, split_parts, trim_name
from summarizer.language.quantities import Quantity
from summarizer.language.units import UnitKind
from summarizer.schema import Op

__all__ = ["Measured", "read_sentence"]

_LEANS = re.compile(r"占(?!地)|高于|低于|快于|在[^，]{1,8}占比")
"""A name that begins so compares the subject of the clause before: 、占全国比重7%."""
_REPLACING = frozenset({"产量", "总产量", "单产", "总面积", "面积"})
_RELATIVE = re.compile(r"[达符能具通取获][^，,。；;、：\n\d]{1,20}的[\u4e00-\u9fff]{2,12}")
"""A noun that a clause stands before: 新增8家达到标准的卫生院."""
_FLOWS = ("新增", "净增", "新建")
_LEAST = ("至少", "不少于", "不低于")
"""Bounds that may stand before the verb: 至少设置1所."""
_LOOK_BACK = 8
_PREDICATE = re.compile(r"[\u4e00-\u9fff“][^，,。；;、：:！？\n\d]{1,24}")


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with what it measures. ``text[start:end]`` is the shortest stretch that holds both.

    ``lead`` is the verb of counting that opens the name (新增床位) with its offset, for the parts of a list behind it.
    """

    quantity: Quantity
    name: str
    start: int
    end: int
    op: Op
    clause: int
    base: Decimal | None = None
    base_period: str | None = None
    lead: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class _Base:
    """Where a change starts from (从75.2岁), kept for the figure where it ends."""

    value: Decimal
    unit: str
    period: str | None
    name: tuple[int, int]


def read_sentence(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Measured]:
    """The indicators among the figures of ``text[start:end]``, in order; figures that measure nothing are left out."""
    return _Reader(text, start, end, quantities).read()


class _Reader:
    """Left to right through one sentence; what later figures need of earlier ones is kept here."""

    def __init__(self, text: str, start: int, end: int, quantities: Sequence[Quantity]) -> None:
        self._text, self._start, self._end = text, start, end
        self._quantities = quantities
        self._gap = start
        self._done: list[Measured] = []
        self._bases: list[_Base] = []
        self._dropped = False

    def read(self) -> list[Measured]:
        at = 0
        while at < len(self._quantities):
            at += self._step(at)
        return self._done

    def _step(self, at: int) -> int:
        """Read the figure at this place, or the list of figures that begins with it; return how many were used."""
        text, quantity = self._text, self._quantities[at]
        approach = read_approach(text[self._gap : quantity.start])
        rest = self._gap + approach.rest
        clause = clause_start(text, self._gap, rest)
        name = self._done_verb(trim_name(text, clause, rest, goes_on=clause == self._gap > self._start))
        run = self._run(at)
        if approach.base:
            self._bases = [_Base(base.value, base.unit, approach.comparison, name) for base in run]
            self._gap = run[-1].end
            return len(run)
        if self._bases and self._named(self._bases[0].name) and not self._named(name):
            name = self._bases[0].name
        if len(run) > 1 and (self._named(name) or approach.respectively):
            self._list(run, approach, name, clause)
        else:
            run = run[:1]
            self._single(quantity, approach, name, clause)
        self._bases = []
        return len(run)

    def _done_verb(self, name: tuple[int, int]) -> tuple[int, int]:
        """Without the verb that says the counted thing was made (建成, 实施), unless nothing else is there."""
        verb = lexicon().done_verbs.at_start(self._text[name[0] : name[1]])
        return (name[0] + len(verb), name[1]) if verb and name[0] + len(verb) + 1 < name[1] else name

    def _named(self, name: tuple[int, int]) -> bool:
        return name[0] < name[1]

    def _run(self, at: int) -> list[Quantity]:
        """The figures from here on that nothing but list marks and comparators stand between: 4.7个、27.3张."""
        run = [self._quantities[at]]
        for following in self._quantities[at + 1 :]:
            gap, _ = read_after(self._text, run[-1].end)
            between = self._text[gap : following.start].strip()
            if (
                not between
                or between.strip(SEPARATORS + "约近超")
                or (following.unit != run[0].unit and following.kind is not run[0].kind)
            ):
                break
            run.append(following)
        return run

    # Constructions

    def _single(self, quantity: Quantity, approach: Approach, name: tuple[int, int], clause: int) -> None:
        """One figure: the noun stands behind it, before it, or in an earlier clause."""
        text = self._text
        after, _ = read_after(text, quantity.end)
        if self._qualifies(quantity, after):
            return
        if self._noun_follows(quantity, approach, name):
            end = self._noun_end(after)
            if end == after and approach.move is Move.NONE and self._named(name):
                match = _RELATIVE.match(text, after, self._end)
                end = match.end() if match else after
            if end > after:
                self._count(quantity, approach, name, clause, (after, end))
                return
        op = self._op(quantity, approach)
        if self._named(name):
            self._before(quantity, approach, name, clause, op)
        else:
            self._elided(quantity, approach, clause, op)

    def _qualifies(self, quantity: Quantity, after: int) -> bool:
        """投资2000万元以上的项目, 220千伏输电线路: the amount says which things are meant, and is part of their name."""
        if quantity.kind is not UnitKind.AMOUNT or (after == quantity.end and not quantity.unit.startswith("千伏")):
            return False
        return self._noun_end(after) > after

    def _noun_follows(self, quantity: Quantity, approach: Approach, name: tuple[int, int]) -> bool:
        """Behind a measure word a noun is what is counted; behind money or a length only when no name stands before."""
        words = lexicon()
        left = self._text[name[0] : name[1]]
        bare = not left or left in words.count_verbs or left in words.done_verbs
        if self._bases or (approach.move in (Move.UP, Move.DOWN) and not bare):
            return False
        if quantity.kind in (UnitKind.COUNT, UnitKind.PERSON):
            return bare or approach.move is Move.NONE or approach.verb == "为"  # 为6000名学生发放补贴
        if quantity.kind in (UnitKind.TIME, UnitKind.AGE):
            return False
        return bare and (approach.move is Move.NONE or (not left and approach.verb in ("完成", "实现")))

    def _noun_end(self, start: int) -> int:
        """Where the noun behind a figure ends, before the next figure and without 近 or 约 that belong to that one."""
        begin = start + 1 if self._text[start : start + 1] == "的" else start
        end = noun_after(self._text, begin, self._end)
        while end > begin and self._text[end - 1] in "近约超达和与及的至":
            end -= 1
        return end if end > begin else start

    def _count(
        self, quantity: Quantity, approach: Approach, name: tuple[int, int], clause: int, noun: tuple[int, int]
    ) -> None:
        """39个中心, 新增39个中心: the verb of adding belongs to the name, since a flow is no stock."""
        text, words = self._text, lexicon()
        begin = noun[0] + (text[noun[0]] == "的")
        what = text[begin : noun[1]]
        left = text[name[0] : name[1]]
        verb = words.carried.at_end(left)
        lead = (verb, name[1] - len(verb)) if verb else self._carried(name)
        start = lead[1] if lead else quantity.start
        op = self._op(quantity, approach)
        self._add(
            Measured(quantity, f"{lead[0]} {what}" if lead else what, start, noun[1], op, clause, lead=lead),
            approach,
            text[clause : quantity.start],
        )

    def _carried(self, name: tuple[int, int]) -> tuple[str, int] | None:
        """The verb of the list that this figure goes on with, if it is the next part of one."""
        if not self._done or self._done[-1].lead is None:
            return None
        before = self._text[self._done[-1].end : name[0]].strip()
        return self._done[-1].lead if before in ("、", "和", "与", "及", "以及") else None

    def _before(self, quantity: Quantity, approach: Approach, name: tuple[int, int], clause: int, op: Op) -> None:
        """Name, then figure; a generic name (总量, 增速) takes the subject of the clause before in front."""
        text, words = self._text, lexicon()
        printed, start, subject = text[name[0] : name[1]], name[0], self._subject()
        lead: tuple[str, int] | None = None
        if verb := words.carried.at_start(printed):
            lead = (verb, start)
        elif subject is not None and (printed in words.generic or _LEANS.match(printed)):
            printed, start = _joined(_stock(subject), printed), subject.start
        elif approach.bound is None and (carried := self._carried(name)):
            printed, start, lead = f"{carried[0]} {printed}", carried[1], carried
        if approach.yearly and approach.move in (Move.UP, Move.DOWN) and quantity.kind is UnitKind.RATIO:
            printed += " 年均" + approach.verb
        base = self._base_of(quantity, 0)
        if op is Op.EQ and quantity.kind is UnitKind.RATIO and lexicon().down.at_start(printed):
            op = Op.DELTA_DOWN  # 压减审批时间58%
        item = Measured(
            quantity,
            printed,
            start,
            quantity.end,
            op,
            clause,
            *_start_of(base),
            lead=lead,
        )
        if approach.all_alike and "、" in printed:
            for part in split_parts(printed, printed.count("、") + 1):
                self._add(replace(item, name=part), approach, text[clause : quantity.start])
        else:
            self._add(item, approach, text[clause : quantity.start])

    def _elided(self, quantity: Quantity, approach: Approach, clause: int, op: Op) -> None:
        """No name in the clause: that of the figure before goes on, else the clause before names it."""
        text = self._text
        subject = self._subject()
        base = self._base_of(quantity, 0)
        if subject is not None and not self._dropped:
            name = _stock(subject) if approach.move is Move.LEVEL else subject.name
            start = subject.start
            if approach.yearly and approach.move in (Move.UP, Move.DOWN):
                name += " 年均" + approach.verb
        elif approach.move is Move.NONE and (end := self._predicate(quantity, clause)):
            name, start = text[quantity.end : end], quantity.start
        elif span := self._clause_before(clause):
            name, start = text[span[0] : span[1]], span[0]
        else:
            return
        item = Measured(quantity, name, start, quantity.end, op, clause, *_start_of(base))
        self._add(item, approach, text[clause : quantity.start])

    def _list(self, run: Sequence[Quantity], approach: Approach, name: tuple[int, int], clause: int) -> None:
        """甲、乙分别达4.7个、27.3张; without names in the clause the figures are those of the last items (…，分别增长5%、6%)."""
        text = self._text
        before = self._done[-len(run) :]
        ops = [self._op(quantity, approach) for quantity in run]
        if ops[-1] in (Op.GE, Op.LE, Op.APPROX) and all(op is Op.EQ for op in ops[:-1]):
            ops = [ops[-1]] * len(run)  # a comparator behind the last figure holds for the list
        if self._named(name):
            parts = split_parts(text[name[0] : name[1]], len(run))
            parts = parts if len(parts) == len(run) else [text[name[0] : name[1]]] * len(run)
            named = [(f"{part} {approach.flow}" if approach.flow else part, name[0]) for part in parts]
        elif len(before) == len(run):
            level = approach.move is Move.LEVEL
            named = [(_stock(item) if level else item.name, item.start) for item in before]
        else:
            named = []
        for place, (quantity, op, (part, start)) in enumerate(zip(run, ops, named, strict=False)):
            base = self._base_of(quantity, place)
            item = Measured(quantity, part, start, quantity.end, op, clause, *_start_of(base))
            self._add(item, approach, text[clause : quantity.start])

    def _predicate(self, quantity: Quantity, clause: int) -> int | None:
        """47人入选人才计划: people or things that open a clause are named by what they did; its end, or ``None``."""
        if quantity.kind not in (UnitKind.COUNT, UnitKind.PERSON) or self._text[clause : quantity.start].strip(
            SEPARATORS
        ):
            return None
        match = _PREDICATE.match(self._text, quantity.end, self._end)
        return match.end() if match else None

    # Parts

    def _base_of(self, quantity: Quantity, place: int) -> _Base | None:
        """Where the change to this figure starts; another unit (收入从30亿元增加5%) is no start of it."""
        base = self._bases[place] if place < len(self._bases) else None
        return base if base is not None and base.unit == quantity.unit else None

    def _subject(self) -> Measured | None:
        return self._done[-1] if self._done else None

    def _clause_before(self, clause: int) -> tuple[int, int] | None:
        """The noun phrase that opens the clause before ``clause``, in the same sentence."""
        text = self._text
        stop = clause
        while stop > self._start and text[stop - 1] in SEPARATORS:
            stop -= 1
        start, end = self._done_verb(trim_name(text, clause_start(text, self._start, stop), stop))
        end = noun_after(text, start, end)
        return (start, end) if 2 <= end - start <= 25 else None

    def _op(self, quantity: Quantity, approach: Approach) -> Op:
        """A change by the figure before all; then what the comparators say; a range when two ends are printed."""
        if approach.move is Move.UP:
            return Op.DELTA_UP
        if approach.move is Move.DOWN:
            return Op.DELTA_DOWN
        if quantity.value_high is not None:
            return Op.RANGE
        _, after = read_after(self._text, quantity.end)
        before = self._text[max(self._gap, quantity.start - _LOOK_BACK) : quantity.start]
        loose = Op.GE if quantity.loose or any(word in before for word in _LEAST) else None
        return after or approach.bound or loose or Op.EQ

    def _add(self, item: Measured, approach: Approach, clause: str) -> None:
        decoy = not item.name or is_decoy(self._text, item.quantity, approach, item.name, clause, item.base)
        if item.quantity.kind not in (UnitKind.TIME, UnitKind.AGE):
            self._dropped = decoy
        if not decoy:
            self._done.append(item)
            self._gap = max(item.end, read_after(self._text, item.quantity.end)[0])


def _start_of(base: _Base | None) -> tuple[Decimal | None, str | None]:
    return (base.value, base.period) if base else (None, None)


def _stock(item: Measured) -> str:
    """What is there, after what was added to it: 新增上市公司45家、总量达1224家 measures 上市公司."""
    name = item.name.removeprefix(item.lead[0]).lstrip() if item.lead else item.name
    return next((name.removesuffix(flow).rstrip() for flow in _FLOWS if name.endswith(flow) and name != flow), name)


def _joined(subject: str, generic: str) -> str:
    """粮食播种面积 and 产量 give "粮食 产量"; 上市公司 and 总量 give "上市公司 总量"."""
    head = lexicon().heads.at_end(subject)
    core = subject.removesuffix(head) if head and head != subject and generic in _REPLACING else subject
    return f"{core} {generic}"
