"""The overview's numbers, citations, and its likeness to a reference."""

from __future__ import annotations

import pytest
from evaluation_samples import perfect
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.counts import Share
from summarizer.evaluation.overview_scores import rouge_l, score_overview
from summarizer.schema import Statement

DOCUMENT = perfect()
LIFE, HEALTH = DOCUMENT.indicators[0].id, DOCUMENT.tasks[0].id


def _statement(text: str, *cites: str) -> Statement:
    return Statement(text=text, cites=cites or (LIFE,))


def test_a_number_in_the_cited_evidence_is_proven_in_either_width() -> None:
    score = score_overview([_statement("预期寿命７９.２岁。")], [DOCUMENT])
    assert (score.numbers, score.citations, score.unproven) == (Share(right=1, n=1), Share(right=1, n=1), ())


def test_a_number_that_another_item_prints_is_not_proven() -> None:
    score = score_overview([_statement("签约率45%。")], [DOCUMENT])
    assert score.numbers == Share(right=0, n=1)
    assert score.unproven == ("签约率45%。",)
    assert score_overview([_statement("签约率45%。", HEALTH)], [DOCUMENT]).numbers.value == 1


def test_a_citation_that_shares_nothing_carries_nothing() -> None:
    score = score_overview([_statement("各地推进强化基层工作。", HEALTH, LIFE, "none.t1")], [DOCUMENT])
    assert score.citations == Share(right=1, n=3)
    assert score.numbers.value is None


def test_no_overview_is_undefined() -> None:
    score = score_overview([], [DOCUMENT], reference="强化基层")
    assert score.numbers.value is score.citations.value is score.rouge_l is None


def _longest(a: str, b: str) -> int:
    """The recursive definition of the longest common subsequence."""
    if not a or not b:
        return 0
    if a[0] == b[0]:
        return 1 + _longest(a[1:], b[1:])
    return max(_longest(a[1:], b), _longest(a, b[1:]))


@given(st.text("强基层医", min_size=1, max_size=7), st.text("强基层医", min_size=1, max_size=7))
def test_rouge_is_its_definition_over_characters(a: str, b: str) -> None:
    assert rouge_l(a, b) == pytest.approx(2 * _longest(a, b) / (len(a) + len(b)))


def test_chinese_that_agrees_is_not_zero() -> None:
    assert rouge_l("强化基层 能力", "强化基层能力") == 1
    assert rouge_l("", "强化") is None
