"""How far an item is proven: each part bound in the source, or to be checked with the reasons and places.

Parts that the source does not bind to the value are dropped by themselves; the item lives. In the place of a time that
governs another value stands the one that governs this, where the text gives one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from summarizer.figures.binding import Claim, Misgiving, bind, claim_of
from summarizer.figures.figures import Figures
from summarizer.language.fold import fold
from summarizer.schema import (
    Doubt,
    DoubtReason,
    Evidence,
    Indicator,
    ItemStanding,
    Rejected,
    RejectionReason,
    rejected,
)

__all__ = ["stand_indicators"]

_BASE = {
    "base": None,
    "base_evidence": None,
    "base_period": None,
    "base_period_start": None,
    "base_period_end": None,
}


def stand_indicators(
    figures: Figures, indicators: Sequence[Indicator]
) -> tuple[tuple[Indicator, ...], tuple[Rejected, ...]]:
    """Each indicator with its standing, less the parts that the source does not bind, and those parts as rejections."""
    refused: list[Rejected] = []
    stood = [_stand(figures, one, refused) for one in indicators]
    for group in _conflicts(stood):
        for index in group:
            other = next(stood[at] for at in group if stood[at].value != stood[index].value)
            stood[index] = _doubted(stood[index], (Doubt(reason=DoubtReason.AMBIGUOUS, evidence=other.evidence),))
    return tuple(stood), tuple(refused)


def _stand(figures: Figures, indicator: Indicator, refused: list[Rejected]) -> Indicator:
    claim = claim_of(figures, indicator)
    doubts: list[Doubt] = []
    if claim is not None:
        binding = bind(figures, claim)
        doubts = [_doubt(figures, one) for one in binding.misgivings]
        if "period" in binding.dropped and indicator.period_evidence is not None:
            refused.append(_part(indicator, "period", indicator.period_evidence))
            indicator = indicator.model_copy(update=_governing(figures, claim))
        if "base" in binding.dropped and indicator.base_evidence is not None:
            refused.append(_part(indicator, "base", indicator.base_evidence))
            indicator = indicator.model_copy(update=_BASE)
    if indicator.decision and any(one.field == "status" for one in indicator.decision.differences):
        doubts.append(Doubt(reason=DoubtReason.OTHER_STATUS, evidence=indicator.evidence))
    return _doubted(indicator, tuple(doubts))


def _governing(figures: Figures, claim: Claim) -> dict[str, object]:
    """The fields of the time that the text itself gives the figure, empty where it gives none."""
    start = claim.quantity.start
    period = figures.period(start, figures.reading.sentence(start)[0])
    if period is None:
        return {"period": None, "period_start": None, "period_end": None, "period_evidence": None}
    first, behind = figures.days(period.printed)
    evidence = figures.reading.evidence(period.start, period.end)
    printed = figures.reading.words(evidence)
    return {"period": printed, "period_start": first, "period_end": behind, "period_evidence": evidence}


def _doubt(figures: Figures, misgiving: Misgiving) -> Doubt:
    return Doubt(reason=misgiving.reason, evidence=figures.reading.evidence(*misgiving.at))


def _doubted(indicator: Indicator, doubts: tuple[Doubt, ...]) -> Indicator:
    if not doubts:
        return indicator
    return indicator.model_copy(update={"standing": ItemStanding.CHECK, "reasons": (*indicator.reasons, *doubts)})


def _part(indicator: Indicator, part: str, evidence: Evidence) -> Rejected:
    return rejected("field", indicator.origin, RejectionReason.NOT_BOUND, evidence.quote, {"part": part}, span=evidence)


def _conflicts(indicators: Sequence[Indicator]) -> list[list[int]]:
    """Indices of indicators that give one name, period and kind of value different values."""
    groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, one in enumerate(indicators):
        if one.period is not None and one.name:
            key = (fold(one.name).text, one.unit, one.change, one.status, one.period_start, one.period_end, one.task_id)
            groups[key].append(index)
    return [group for group in groups.values() if len({indicators[index].value for index in group}) > 1]
