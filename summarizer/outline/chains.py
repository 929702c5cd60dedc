"""Lists: which enumerators belong together, resolved over all enumerators of a text and not one by one.

Every enumerator may continue one of the open lists or begin one. Continuing costs: numbers that are skipped, another style
of the same family, a change between line start and running text, a boundary between parts that lies in between. The
cheapest wins, the inner list on a tie. A list of the same style that begins at 1 suspends the one before: if that one goes
on later (七是, 一要 … 七要, 九是), the new one was nested in it; if it never does, the two are neighbours.
The number of open lists is bounded by the inventory, so the cost is linear in the number of enumerators.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.language.markers import DAMAGED, Marker

__all__ = ["Chain", "chain_markers", "with_damaged"]

_LONGEST_GAP = 3
_GAP = 1.0
_OTHER_STYLE = 0.8
_OTHER_PLACE = 0.8
_OTHER_PART = 2.5
_SAME_HORIZON = 0.6
_DEAREST = 3.4
_ORPHAN_START = 3


@dataclass(slots=True)
class Chain:
    """One list: its enumerators in order with their logical numbers, and the item (chain, index) that holds it."""

    markers: list[Marker]
    values: list[int]
    parent: tuple[Chain, int] | None
    suspends: Chain | None = None
    suspended_at: int = 0
    continues: Chain | None = None
    children: list[list[Chain]] = field(default_factory=list)

    @property
    def last(self) -> Marker:
        """The enumerator that was read last."""
        return self.markers[-1]

    @property
    def reach(self) -> int:
        """Where the last enumerator of the list's last item begins, inner lists included."""
        inner = self.children[-1] if self.children else []
        return max([self.last.start, *(chain.reach for chain in inner)])


@dataclass(frozen=True, slots=True)
class _Boundaries:
    starts: Sequence[int]
    horizons: Sequence[str]

    def closes(self, before: int, after: int) -> bool:
        """Whether the text closes between two offsets, so that what begins then belongs to nothing before."""
        left, right = bisect_right(self.starts, before) - 1, bisect_right(self.starts, after) - 1
        return left != right and self.horizons[right] == "closing"

    def cost(self, before: int, after: int) -> float:
        """What lies between two offsets: nothing, parts of one horizon, or a change of horizon."""
        left, right = bisect_right(self.starts, before) - 1, bisect_right(self.starts, after) - 1
        if left == right:
            return 0.0
        return _SAME_HORIZON if self.horizons[left] == self.horizons[right] else _OTHER_PART


def chain_markers(markers: Sequence[Marker], starts: Sequence[int], horizons: Sequence[str]) -> list[Chain]:
    """The lists among ``markers`` (in order, damaged ones among them). ``starts`` and ``horizons`` are the text's parts.

    Lists of one enumerator that does not begin at 1 are dropped.
    """
    boundaries = _Boundaries(starts, horizons)
    stack: list[Chain] = []
    chains: list[Chain] = []
    closed: dict[tuple[str, bool], Chain] = {}
    for marker in markers:
        index = _cheapest(stack, marker, boundaries)
        if index is None and marker.style is DAMAGED:
            continue
        if index is not None:
            _close(stack, index + 1, closed)
            chain = stack[index]
            chain.values.append(marker.value or chain.values[-1] + 1)
            chain.markers.append(marker)
            continue
        before = closed.get((marker.style.family, marker.at_line))
        runs_on = before is not None and marker.value > 1 and _cost(before, marker) <= _GAP
        if stack and boundaries.closes(stack[-1].last.start, marker.start):
            _close(stack, 0, closed)
        if runs_on or _may_begin(stack, marker):
            chains.append(_begin(stack, marker, closed))
            chains[-1].continues = before if runs_on else None
    kept = [chain for chain in chains if len(chain.markers) > 1 or chain.values[0] == 1 or chain.continues]
    _settle(kept)
    return kept


def _may_begin(stack: Sequence[Chain], marker: Marker) -> bool:
    """Whether a list can begin here: at 1, or a little later inside another list (its first enumerator is lost)."""
    lost = marker.value > 1 and bool(stack) and marker.style.rank < stack[-1].last.style.rank
    return marker.value <= _ORPHAN_START and not lost


def with_damaged(intact: Sequence[Marker], damaged: Sequence[Marker]) -> list[Marker]:
    """Both kinds in order, without damaged ones whose number comes later intact."""
    taken = {marker.start for marker in intact}
    merged = sorted([*intact, *(marker for marker in damaged if marker.start not in taken)], key=lambda m: m.start)
    kept: list[Marker] = []
    coming = 0
    for marker in reversed(merged):
        if marker.style is not DAMAGED:
            kept.append(marker)
            if marker.style.family == DAMAGED.family and marker.at_line:
                coming = marker.value
        elif coming <= 1 or coming > max(marker.value, 2):
            kept.append(marker)
    kept.reverse()
    return kept


def _cheapest(stack: Sequence[Chain], marker: Marker, boundaries: _Boundaries) -> int | None:
    """The open list that ``marker`` continues at least cost, ``None`` when it continues none."""
    best, best_cost = None, _DEAREST
    for index in range(len(stack) - 1, -1, -1):
        cost = _cost(stack[index], marker)
        if cost < best_cost:
            cost += boundaries.cost(stack[index].last.start, marker.start)
        if cost < best_cost:
            best, best_cost = index, cost
    return best


def _cost(chain: Chain, marker: Marker) -> float:
    last = chain.last
    if marker.style is DAMAGED:
        step = marker.value - chain.values[-1] if marker.value else 1
        fits = last.at_line and last.style.family == marker.style.family and 1 <= step <= _LONGEST_GAP
        return _OTHER_STYLE + (step - 1) * _GAP if fits else _DEAREST
    if last.style is DAMAGED:
        last = next((seen for seen in reversed(chain.markers) if seen.style is not DAMAGED), last)
    if marker.style.family != last.style.family:
        return _DEAREST
    cost = 0.0 if marker.at_line == last.at_line else _OTHER_PLACE
    if marker.style is not last.style:
        cost += _OTHER_STYLE
    if marker.value == 0:
        return cost
    step = marker.value - chain.values[-1]
    if not 1 <= step <= _LONGEST_GAP + 1:
        return _DEAREST
    return cost + (step - 1) * _GAP


def _close(stack: list[Chain], index: int, closed: dict[tuple[str, bool], Chain]) -> None:
    """Close the lists from ``index`` up; their numbering may still run on in the next chapter."""
    for chain in stack[index:]:
        closed[chain.last.style.family, chain.last.at_line] = chain
    del stack[index:]


def _begin(stack: list[Chain], marker: Marker, closed: dict[tuple[str, bool], Chain]) -> Chain:
    """Open a list: beside an open one of the same family and place, else inside what is of a lower rank."""
    alike = [
        index
        for index, chain in enumerate(stack)
        if chain.last.style.family == marker.style.family and chain.last.at_line == marker.at_line
    ]
    suspends = None
    if alike:
        suspends = stack[alike[0]]
        _close(stack, alike[0] + 1, closed)
    else:
        outer = len(stack)
        while outer and stack[outer - 1].last.style.rank > marker.style.rank:
            outer -= 1
        _close(stack, outer, closed)
    parent = (stack[-1], len(stack[-1].markers) - 1) if stack else None
    chain = Chain([marker], [max(marker.value, 1)], parent, suspends, len(suspends.markers) if suspends else 0)
    stack.append(chain)
    return chain


def _settle(chains: Sequence[Chain]) -> None:
    """Place the lists that suspended one which never went on beside it, and note every list with the item that holds it."""
    for chain in chains:
        while chain.suspends is not None and len(chain.suspends.markers) == chain.suspended_at:
            chain.parent = chain.suspends.parent
            chain.suspended_at = chain.suspends.suspended_at
            chain.suspends = chain.suspends.suspends
    known = {id(chain) for chain in chains}
    for chain in chains:
        while chain.parent is not None and id(chain.parent[0]) not in known:
            chain.parent = chain.parent[0].parent
        chain.children = [[] for _ in chain.markers]
    for chain in chains:
        if chain.parent is not None:
            holder, index = chain.parent
            if index < len(holder.children):
                holder.children[index].append(chain)
