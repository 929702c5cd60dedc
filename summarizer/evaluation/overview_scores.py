"""The overview: is every number proven, does every citation carry its sentence, and how near is it to a reference."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from summarizer.evaluation.counts import Share
from summarizer.language.fold import fold
from summarizer.language.numerals import read_numeral
from summarizer.schema import Document, Model, Statement

__all__ = ["OverviewScore", "rouge_l", "score_overview"]

_DIGIT = re.compile("[0-9]")
_COMMON = 4
"""Characters in a row that a sentence and its evidence must share when they share no number."""


class OverviewScore(Model):
    """``numbers``: numbers of the sentences that a cited item's evidence holds. ``citations``: citations that carry theirs.

    ``unproven`` are the sentences with a number that is not proven. ``rouge_l`` is a side figure, null without a reference.
    """

    numbers: Share = Share()
    citations: Share = Share()
    unproven: tuple[str, ...] = ()
    rouge_l: float | None = None


def score_overview(
    statements: Sequence[Statement], documents: Iterable[Document], reference: str | None = None
) -> OverviewScore:
    """Score an overview against the items it cites.

    A number counts as proven when a cited item's evidence prints the same value, in whatever digits. A citation carries its
    sentence when the id exists and the evidence shares a number or four characters in a row with it.
    """
    evidence = {item.id: fold(item.evidence.quote).text for document in documents for item in document.items}
    proven, carried, unproven = [], [], []
    for statement in statements:
        text = fold(statement.text).text
        cited = [evidence.get(id_, "") for id_ in statement.cites]
        printed = {value for quote in cited for value in _numbers(quote)}
        judged = [value in printed for value in _numbers(text)]
        proven += judged
        carried += [_carries(quote, text) for quote in cited]
        if not all(judged):
            unproven.append(statement.text)
    whole = "".join(statement.text for statement in statements)
    return OverviewScore(
        numbers=Share.of(proven),
        citations=Share.of(carried),
        unproven=tuple(unproven),
        rouge_l=None if reference is None else rouge_l(whole, reference),
    )


def _numbers(folded: str) -> list[Decimal]:
    """Values of the numbers in digits, in order, 万 and 亿 expanded."""
    found, at = [], 0
    while match := _DIGIT.search(folded, at):
        numeral = read_numeral(folded, match.start())
        if numeral is None:
            at = match.end()
            continue
        found.append(numeral.value)
        at = max(numeral.end, match.end())
    return found


def _carries(quote: str, sentence: str) -> bool:
    if set(_numbers(quote)) & set(_numbers(sentence)):
        return True
    return any(sentence[at : at + _COMMON] in quote for at in range(len(sentence) - _COMMON + 1))


def rouge_l(candidate: str, reference: str) -> float | None:
    """ROUGE-L F1 over characters without white space (Lin 2004): Chinese has no words to split at.

    In [0, 1]; None when either is empty.
    """
    a, b = "".join(candidate.split()), "".join(reference.split())
    if not a or not b:
        return None
    row = [0] * (len(b) + 1)
    for left in a:
        diagonal = 0
        for at, right in enumerate(b, 1):
            diagonal, row[at] = row[at], diagonal + 1 if left == right else max(row[at], row[at - 1])
    return 2 * row[-1] / (len(a) + len(b))
