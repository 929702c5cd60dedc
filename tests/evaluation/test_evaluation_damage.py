"""Damage keeps the gold exact; robustness is the change against the undamaged text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from evaluation_samples import TEXT, gold, span_of, written
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.agreement import as_document
from summarizer.evaluation.edits import Edit, EditedText, edit_gold
from summarizer.evaluation.execution import Produced
from summarizer.evaluation.gold import faults_of, load_split
from summarizer.evaluation.perturbations import PERTURBATIONS, SEVERITIES, perturb, spell
from summarizer.evaluation.robustness import measure_robustness
from summarizer.language.numerals import parse_number

_EDITS = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, 6), st.text("乱 *\n", max_size=3)).map(
        lambda e: Edit(e[0], min(e[0] + e[1], len(TEXT)), e[2])
    ),
    max_size=12,
)


@given(_EDITS)
def test_any_edits_leave_every_span_exact(edits: list[Edit]) -> None:
    found = [fault for fault in faults_of(edit_gold(gold(), edits)) if "hold the value" not in fault]
    assert found == []


@given(_EDITS, st.integers(0, len(TEXT)), st.integers(0, 40))
def test_a_span_that_no_edit_touches_keeps_its_text(edits: list[Edit], start: int, length: int) -> None:
    edited = EditedText.of(TEXT, edits)
    end = min(start + length, len(TEXT))
    if start < end and all(edit.end <= start or edit.start >= end for edit in edited.edits):
        assert edited.text[slice(*edited.span(start, end))] == TEXT[start:end]


def test_insertions_at_the_edges_stay_outside_and_inside_ones_stay_in() -> None:
    edited = EditedText.of("甲乙丙丁", [Edit(1, 1, "左"), Edit(2, 2, "中"), Edit(3, 3, "右")])
    assert edited.text == "甲左乙中丙右丁"
    assert edited.text[slice(*edited.span(1, 3))] == "乙中丙"


@pytest.mark.parametrize("name", PERTURBATIONS)
@pytest.mark.parametrize("severity", SEVERITIES)
def test_each_damage_changes_the_text_and_keeps_the_gold_sound(name: str, severity: int) -> None:
    damaged = perturb(gold(), name, severity, seed=1)
    assert list(faults_of(damaged)) == []
    assert damaged == perturb(gold(), name, severity, seed=1)
    assert severity < 3 or damaged.text != TEXT


def test_truncation_asks_only_for_what_is_left() -> None:
    damaged = perturb(gold(), "truncation", 3)
    assert len(damaged.tasks) < 4
    assert damaged.tasks[-1].optional
    assert all(i.end <= len(TEXT) for i in damaged.indicators)


def test_script_carries_the_headlines_along() -> None:
    damaged = perturb(gold(), "script", 3)
    assert [task.title for task in damaged.tasks][:3] == ["強化基層", "深化醫改", "發展托育"]
    assert len(damaged.text) == len(TEXT)


def test_width_and_spelling_change_the_printing_and_not_the_value() -> None:
    for name, printed in (("width", "７９．２岁"), ("number_spelling", "七十九点二岁")):
        damaged = perturb(gold(), name, 3)
        assert damaged.indicators[0].raw == printed
        assert damaged.indicators[0].value == gold().indicators[0].value


def test_a_body_printed_twice_asks_for_the_first() -> None:
    damaged = perturb(gold(), "duplicated_body", 3)
    assert damaged.text == f"{TEXT}\n{TEXT}"
    assert damaged.tasks == gold().tasks


def test_removed_paragraphs_never_join_two_numbers() -> None:
    source = gold()
    start, _ = span_of("拨打12345")
    joined = edit_gold(source, [Edit(start, start, "共2\n0项\n")])
    assert "2 0项" in perturb(joined, "paragraphs_removed", 3).text


@given(st.integers(0, 9999), st.integers(0, 99))
def test_spelled_values_read_back(whole: int, part: int) -> None:
    assert parse_number(spell(f"{whole}.{part:02}") or "") == parse_number(f"{whole}.{part:02}")
    assert parse_number(spell(str(whole)) or "") == whole


@pytest.mark.parametrize(
    ("raw", "spelled"),
    [
        ("95%", "百分之九十五"),
        ("10个", "十个"),
        ("1005人", "一千零五人"),
        ("0.5‰", "千分之零点五"),
        ("1.6万户", "一点六万户"),
    ],
)
def test_values_are_spelled_as_they_are_printed(raw: str, spelled: str) -> None:
    assert spell(raw) == spelled


@pytest.mark.parametrize("raw", ["12345个", "5%—6%", "三分之二"])
def test_other_values_are_not_spelled(raw: str) -> None:
    assert spell(raw) is None


def test_robustness_is_the_change_against_the_undamaged_text(tmp_path: Path) -> None:
    """A method that knows the undamaged gold by heart loses everything once a damage moves it."""
    written(tmp_path)
    golds = load_split(tmp_path, "dev")

    def by_heart(path: Path) -> Produced:
        known = as_document(golds[0])
        if path.read_bytes() == TEXT.encode():
            return Produced(known)
        nothing = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "tasks": (), "indicators": ()}
        return Produced(known.model_copy(update=nothing))

    (found,) = measure_robustness(golds, "heart", by_heart, perturbations=["teasers"], severities=[1])
    change = found.changes["task_relaxed_f1"]
    assert (found.documents, found.failed, change.a, change.b, change.difference) == (1, 0, 1.0, 0.0, -1.0)
