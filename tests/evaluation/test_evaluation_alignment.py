"""Pairs are the best as a whole, whatever the order; overlaps ignore white space."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.alignment import assign
from summarizer.evaluation.overlap import SolidText
from summarizer.schema import Span

Matrix = list[list[float]]
_SIZES = st.integers(1, 4)


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    rows, columns = draw(_SIZES), draw(_SIZES)
    weights = st.integers(0, 8).map(lambda n: n / 8)
    return [[draw(weights) for _ in range(columns)] for _ in range(rows)]


def _best(matrix: Matrix) -> float:
    """Every assignment tried."""
    wide = matrix if len(matrix) <= len(matrix[0]) else [list(column) for column in zip(*matrix, strict=True)]
    return max(
        sum(wide[row][column] for row, column in enumerate(chosen))
        for chosen in permutations(range(len(wide[0])), len(wide))
    )


@given(matrices())
def test_the_sum_is_that_of_the_best_of_all_assignments(matrix: Matrix) -> None:
    assert abs(sum(matrix[r][c] for r, c in assign(matrix)) - _best(matrix)) < 1e-9


@given(matrices())
def test_nothing_is_paired_twice_and_never_for_nothing(matrix: Matrix) -> None:
    pairs = assign(matrix)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    assert all(matrix[r][c] > 0 for r, c in pairs)


def test_no_items_give_no_pairs() -> None:
    assert assign([]) == assign([[], []]) == ()


_SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda p: Span(start=min(p), end=max(p)))


@given(st.text("一 \n\u3000二", min_size=12, max_size=12), _SPANS, _SPANS)
def test_iou_is_that_of_the_sets_of_solid_characters(text: str, a: Span, b: Span) -> None:
    left, right = ({i for i in range(s.start, s.end) if not text[i].isspace()} for s in (a, b))
    expected = len(left & right) / len(left | right) if left | right else 0.0
    assert SolidText.of(text).iou(a, b) == expected


def test_a_span_that_leaves_the_text_counts_what_is_inside() -> None:
    assert SolidText.of("一二").length(1, 9) == 1
