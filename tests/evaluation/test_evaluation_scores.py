"""What counts as found, right, wrong and ignored."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from evaluation_samples import (
    FIRST,
    LAST_YEAR,
    REMINDER,
    SECOND,
    THIRD,
    gold,
    indicator,
    moved,
    perfect,
    quoting,
    span_of,
    valued,
    with_indicators,
    with_tasks,
)
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evaluation.agreement import as_document
from summarizer.evaluation.counts import Counts, Mean, Share
from summarizer.evaluation.findings import Outcome
from summarizer.evaluation.overlap import SolidText
from summarizer.evaluation.scoring import DocumentScore, score_documents
from summarizer.evaluation.task_scores import match_spans
from summarizer.schema import Bound, Change, Document, ItemStanding, SourceOffset, Span, Status, TaskKind, TextKind


def span(start: int, end: int) -> Span:
    return Span(start=SourceOffset(start), end=SourceOffset(end))


def _score(prediction: Document) -> DocumentScore:
    return score_documents(gold(), prediction)


def _outcomes(score: DocumentScore, kind: str) -> list[str]:
    return sorted(finding.outcome.value for finding in score.findings if finding.kind == kind)


def test_the_gold_against_itself_is_all_right() -> None:
    score = _score(perfect())
    assert score.tasks.relaxed == score.tasks.strict == Counts(tp=3)
    assert score.indicators.full == Counts(tp=5)
    assert score.tasks.theme.f1 == score.tasks.duties.lead.f1 == score.tasks.duties.deadline.f1 == 1
    assert score.tasks.count == score.tasks.declared == Share(right=1, n=1)
    assert score.tasks.duties.date == Share(right=1, n=1)
    assert score.indicators.dates == Share(right=1, n=1)
    assert score.indicators.full_name == Mean(total=5, n=5)
    assert score.kind == Share(right=1, n=1)
    assert score.grounded == Share(right=13, n=13)
    assert set(_outcomes(score, "task")) == {"right"}


def test_undefined_figures_are_none() -> None:
    assert Counts().f1 is Counts().precision is Counts().recall is Share().value is None
    assert Counts(fn=2).f1 == 0


def test_nothing_predicted_misses_the_required_ones_only() -> None:
    score = _score(with_tasks().model_copy(update={"indicators": ()}))
    assert score.tasks.relaxed == Counts(fn=3)
    assert score.indicators.located == Counts(fn=5)
    assert score.grounded.value is None


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match=r"dongling\.txt"):
        _score(perfect().model_copy(update={"sha256": "0" * 64}))


@given(st.integers(0, 1000))
def test_the_order_of_items_changes_nothing(seed: int) -> None:
    chance, document = random.Random(seed), perfect()
    tasks, indicators = list(document.tasks), list(document.indicators)
    chance.shuffle(tasks)
    chance.shuffle(indicators)
    shuffled = document.model_copy(update={"tasks": tuple(tasks), "indicators": tuple(indicators)})
    assert _score(shuffled) == _score(document)


def test_half_a_task_is_found_relaxed_not_strictly() -> None:
    first, *rest = perfect().tasks
    score = _score(with_tasks(moved(first, FIRST[: len(FIRST) * 2 // 3]), *rest))
    assert (score.tasks.relaxed, score.tasks.strict) == (Counts(tp=3), Counts(tp=2, fp=1, fn=1))


def test_three_loose_pairs_count_more_than_two_exact_ones() -> None:
    golds, predicted = ([span(at, at + 30) for at in places] for places in ((0, 10, 20), (10, 20, 30)))
    assert match_spans(golds, predicted, SolidText.of("一" * 60), 0.5) == ((0, 0), (1, 1), (2, 2))


def test_one_span_over_two_tasks_finds_at_most_one() -> None:
    first, _, third = perfect().tasks
    score = _score(with_tasks(moved(first, FIRST + SECOND), third))
    assert score.tasks.relaxed == Counts(tp=2, fn=1)


def test_a_task_twice_is_one_found_and_one_false_alarm() -> None:
    document = perfect()
    score = _score(with_tasks(*document.tasks, document.tasks[0]))
    assert score.tasks.relaxed == Counts(tp=3, fp=1)
    assert score.tasks.count == Share(right=0, n=1)


def test_a_reminder_counts_neither_way() -> None:
    document = perfect()
    reminder = moved(document.tasks[0], REMINDER)
    assert _score(with_tasks(*document.tasks, reminder)).tasks.relaxed == Counts(tp=3)


def test_a_prediction_of_another_kind_is_not_asked_for_and_finds_nothing() -> None:
    first, *rest = perfect().tasks
    score = _score(with_tasks(first.model_copy(update={"kind": TaskKind.SAFEGUARD}), *rest))
    assert score.tasks.relaxed == Counts(tp=2, fn=1)


def test_side_fields_are_counted_over_found_tasks() -> None:
    first, second, third = perfect().tasks
    changed = second.model_copy(
        update={"title": "改革", "ordinal": 7, "lead": ("市医保局",), "deadline": None, "themes": ("party",)}
    )
    score = _score(with_tasks(first, changed, third)).tasks
    assert (score.title, score.ordinal) == (Share(right=2, n=3), Share(right=2, n=3))
    assert score.theme == Counts(tp=2, fp=1, fn=1)
    assert score.duties.lead == Counts(fp=1, fn=1)
    assert score.duties.deadline == Counts(fn=1)


def test_titles_are_compared_without_regard_to_width_and_final_stop() -> None:
    first, *rest = perfect().tasks
    score = _score(with_tasks(first.model_copy(update={"title": "强化基层。"}), *rest))
    assert score.tasks.title == Share(right=3, n=3)


def test_themes_are_not_asked_where_the_gold_has_none() -> None:
    tasks = [{**t.model_dump(), "themes": ()} for t in gold().tasks]
    assert score_documents(gold(tasks=tasks), perfect()).tasks.theme.f1 is None


def test_a_wrong_value_is_located_and_counted_apart() -> None:
    life, *rest = perfect().indicators
    score = _score(with_indicators(life.model_copy(update={"value": 79}), *rest))
    assert score.indicators.located == Counts(tp=5)
    assert score.indicators.correct == Counts(tp=4, fp=1, fn=1)
    assert score.indicators.wrong_value == Share(right=1, n=5)
    assert [f.outcome for f in score.findings if f.notes] == [Outcome.WRONG]


def test_a_wrong_unit_is_not_correct_but_no_wrong_value() -> None:
    life, *rest = perfect().indicators
    score = _score(with_indicators(life.model_copy(update={"unit": "%"}), *rest)).indicators
    assert (score.correct.tp, score.wrong_value.right, score.unit.right) == (4, 0, 4)


@pytest.mark.parametrize(
    "changes",
    [
        {"bound": Bound.GE},
        {"change": Change.UP},
        {"status": Status.TARGET},
        {"period": "2030年", "period_start": date(2030, 1, 1), "period_end": date(2031, 1, 1)},
        {"period": None, "period_start": None, "period_end": None},
    ],
)
def test_bound_change_status_and_period_make_it_full(changes: dict[str, object]) -> None:
    life, *rest = perfect().indicators
    score = _score(with_indicators(life.model_copy(update=changes), *rest)).indicators
    assert (score.correct.tp, score.full.tp) == (5, 4)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"bound": "gt", "bound_also": ["ge"]}, {"bound": Bound.GE}),
        ({"change": "up", "change_also": [None]}, {"change": None}),
        ({"change": "up", "unsure": ["change"]}, {"change": Change.DOWN}),
        ({"unsure": ["status"]}, {"status": Status.TARGET}),
        ({"unsure": ["period"]}, {"period": "2024年"}),
        ({"unsure": ["value"]}, {"value": Decimal(79)}),
    ],
)
def test_another_right_reading_and_what_the_annotator_is_unsure_of_count_as_right(
    more: dict[str, object], said: dict[str, object]
) -> None:
    life = indicator("人均预期寿命", 79.2, "79.2岁", "岁", "人均预期寿命达到79.2岁", **{**LAST_YEAR, **more})
    predicted = perfect().indicators[0].model_copy(update=said)
    assert score_documents(gold(indicators=[life]), with_indicators(predicted)).indicators.full.tp == 1


@pytest.mark.parametrize("changes", [{"period_start": None}, {"period_end": date(2027, 1, 1)}])
def test_a_period_resolved_to_other_days_is_told_apart_from_the_printed_one(changes: dict[str, object]) -> None:
    life, *rest = perfect().indicators
    score = _score(with_indicators(life.model_copy(update=changes), *rest)).indicators
    assert (score.full.tp, score.period.right, score.dates) == (5, 5, Share(right=0, n=1))


def test_two_wordings_that_resolve_to_the_same_days_are_the_same_period() -> None:
    life = perfect().indicators[0].model_copy(update={"period": "刚刚过去的十二个月"})
    assert _score(with_indicators(life)).indicators.period == Share(right=1, n=1)
    open_ended = life.model_copy(update={"period_start": None})
    assert _score(with_indicators(open_ended)).indicators.period == Share(right=0, n=1)


def test_resolved_periods_are_asked_where_either_side_has_one() -> None:
    beds = perfect().indicators[1].model_copy(update={"period_end": date(2026, 1, 1)})
    assert _score(with_indicators(beds)).indicators.dates == Share(right=0, n=1)
    assert _score(with_indicators(perfect().indicators[1])).indicators.dates == Share()


def test_a_start_value_and_its_period_are_judged_where_either_side_has_them() -> None:
    since = {"base_period": "2020年", "base_period_start": "2020-01-01", "base_period_end": "2021-01-01"}
    life = indicator("人均预期寿命", 79.2, "79.2岁", "岁", "人均预期寿命达到79.2岁", base=77.8, **since)
    without = score_documents(gold(indicators=[life]), with_indicators(perfect().indicators[0])).indicators
    right = as_document(gold(indicators=[life]))
    assert (without.base, without.base_dates) == (Share(right=0, n=1), Share(right=0, n=1))
    assert score_documents(gold(indicators=[life]), right).indicators.base == Share(right=1, n=1)
    assert _score(perfect()).indicators.base == Share()


def test_a_name_is_graded_by_its_likeness_to_the_one_that_stands_alone() -> None:
    life = indicator("寿命", 79.2, "79.2岁", "岁", "人均预期寿命达到79.2岁", name_full="全市人均预期寿命")
    graded = score_documents(gold(indicators=[life]), with_indicators(perfect().indicators[0])).indicators
    assert graded.full_name.value == pytest.approx(2 * 6 / (8 + 6))
    plain = indicator("寿命", 79.2, "79.2岁", "岁", "人均预期寿命达到79.2岁", name_full=None)
    assert score_documents(gold(indicators=[plain]), perfect()).indicators.full_name == Mean()


@pytest.mark.parametrize(
    ("more", "share"),
    [
        ({"kind": "news"}, Share(right=0, n=1)),
        ({"kind": "news", "kind_also": ["sets_work"]}, Share(right=1, n=1)),
        ({"kind": None}, Share()),
        ({"kind": "news", "unsure": ["kind"]}, Share()),
    ],
)
def test_the_kind_of_text_is_judged_where_it_was_annotated(more: dict[str, object], share: Share) -> None:
    assert perfect().kind is TextKind.SETS_WORK
    assert score_documents(gold(**more), perfect()).kind == share


@pytest.mark.parametrize(
    ("printed", "said"), [("到2030年", "2030年底"), ("“十五五”时期", "十五五"), ("五年来", "“十四五”时期")]
)
def test_words_around_a_time_do_not_change_it(printed: str, said: str) -> None:
    life = indicator("人均预期寿命", 79.2, "79.2岁", "岁", "人均预期寿命达到79.2岁", period=printed)
    predicted = perfect().indicators[0].model_copy(update={"period": said})
    assert score_documents(gold(indicators=[life]), with_indicators(predicted)).indicators.full.tp == 1


def test_values_swapped_between_distributed_names_are_told_by_the_name() -> None:
    _, beds, nurses, *_ = perfect().indicators
    swapped = nurses.model_copy(update={"name": "每万老年人口康复师"})
    score = _score(with_indicators(beds, swapped)).indicators
    assert (score.correct.tp, score.name) == (2, Share(right=1, n=2))


def test_a_much_longer_quote_around_the_value_is_the_same_place() -> None:
    score = _score(with_indicators(quoting(perfect().indicators[4], SECOND + THIRD))).indicators
    assert (score.full.tp, score.located.fp) == (1, 0)


def test_another_figure_of_the_same_quote_is_a_wrong_value() -> None:
    nurses = indicator("每千人口护士数", 3.9, "3.9人", "人", "护士数分别达6.8张、3.9人")
    other = valued(perfect().indicators[2], value=Decimal("6.8"), raw="6.8张")
    score = score_documents(gold(indicators=[nurses]), with_indicators(other)).indicators
    assert (score.located.tp, score.wrong_value.right) == (1, 1)


def test_the_place_of_the_value_tells_which_indicator_is_meant() -> None:
    """6.8 misread as the 3.9 beside it is a wrong number of beds, no right number of nurses."""
    misread = valued(perfect().indicators[2], raw="6.8张")
    score = _score(with_indicators(misread)).indicators
    assert (score.located.tp, score.wrong_value.right) == (1, 1)


def test_a_range_needs_both_ends() -> None:
    pair = indicator("千人口托位数", [4, 4.5], "4.5个", "个", "千人口托位数达到4.5个", status="target", bound="range")
    both = perfect().indicators[4].model_copy(update={"value": 4, "value_high": 4.5, "bound": Bound.RANGE})
    one = perfect().indicators[4]
    assert score_documents(gold(indicators=[pair]), with_indicators(both)).indicators.full.tp == 1
    assert score_documents(gold(indicators=[pair]), with_indicators(one)).indicators.wrong_value.right == 1


def test_an_optional_indicator_counts_neither_way() -> None:
    document = perfect()
    stations = quoting(document.indicators[0], "新建社区卫生服务站12个", name="社区卫生服务站", value=12, raw="12个")
    score = _score(with_indicators(*document.indicators, stations))
    assert score.indicators.located == Counts(tp=5)
    assert _outcomes(score, "indicator").count("ignored") == 1


def test_outside_the_annotated_ranges_nothing_is_a_false_alarm() -> None:
    document = perfect()
    ranges = [list(span_of(SECOND))]
    ranged = gold(annotated_ranges=ranges, indicators=[], decoys=[])
    assert score_documents(ranged, document).indicators.located == Counts()
    inside = quoting(document.indicators[0], "6月底前完成", raw="6月", value=6)
    assert score_documents(ranged, with_indicators(inside)).indicators.located == Counts(fp=1)


def test_a_decoy_that_comes_out_is_named_and_is_a_false_alarm() -> None:
    document = perfect()
    hotline = quoting(document.indicators[0], "拨打12345热线", raw="12345", value=12345, name="热线")
    score = _score(with_indicators(*document.indicators, hotline))
    assert score.indicators.decoys == Share(right=1, n=2)
    assert score.indicators.located == Counts(tp=5, fp=1)
    assert Outcome.DECOY in {f.outcome for f in score.findings}


def test_a_decoy_is_one_wherever_it_is_printed() -> None:
    third = quoting(perfect().indicators[0], "三是发展托育", raw="三", value=Decimal(3), name="托育")
    assert score_documents(gold(decoys=["三"]), with_indicators(third)).indicators.decoys.right == 1


def test_plans_that_are_not_the_same_differ() -> None:
    life = indicator("人均预期寿命", 79.2, "79.2岁", "岁", "人均预期寿命达到79.2岁", period="“十四五”时期")
    predicted = perfect().indicators[0].model_copy(update={"period": "“十五五”时期"})
    assert score_documents(gold(indicators=[life]), with_indicators(predicted)).indicators.full.tp == 0


def test_the_proof_is_judged_by_the_true_and_the_false_items_that_it_keeps() -> None:
    document = perfect()
    doubted = document.tasks[0].model_copy(update={"standing": ItemStanding.CHECK})
    extra = moved(document.tasks[1], REMINDER + "\n拨打12345")
    wrong = document.indicators[0].model_copy(update={"value": Decimal(79)})
    doubted_wrong = document.indicators[1].model_copy(update={"value": Decimal(7), "standing": ItemStanding.CHECK})
    prediction = document.model_copy(
        update={
            "tasks": (doubted, *document.tasks[1:], extra),
            "indicators": (wrong, doubted_wrong, *document.indicators[2:]),
        }
    )
    proof = score_documents(gold(tasks=[t.model_dump() for t in gold().tasks[:3]]), prediction).proof
    assert (proof.true, proof.false) == (Share(right=5, n=6), Share(right=2, n=3))
    assert proof.checked == Share(right=2, n=9)


def test_evidence_that_does_not_stand_there_is_not_grounded() -> None:
    first, *rest = perfect().tasks
    false = first.model_copy(update={"evidence": first.evidence.model_copy(update={"quote": "另一段文字"})})
    assert _score(with_tasks(false, *rest)).grounded == Share(right=12, n=13)


def test_exact_boundaries_give_what_nervaluate_gives() -> None:
    """nervaluate 1.2.1 on the same 300 documents, schema "exact": 869 correct of 1486 predicted and 1461 gold spans."""
    chance, solid, total = random.Random(1), SolidText.of("一" * 400), Counts()
    for _ in range(300):
        golds, predicted, at = [], [], 0
        for _ in range(chance.randint(0, 12)):
            at += chance.randint(1, 9)
            length, kind = chance.randint(3, 19), chance.choice("hhhmsx")
            if kind in "hmx":
                golds.append(span(at, at + length))
            if kind in "hsx":
                predicted.append(span(at + (kind == "x"), at + length))
            at += length
        chance.shuffle(predicted)
        pairs = match_spans(golds, predicted, solid, 1.0)
        total += Counts(tp=len(pairs), fp=len(predicted) - len(pairs), fn=len(golds) - len(pairs))
    assert total == Counts(tp=869, fp=1486 - 869, fn=1461 - 869)
    assert total.f1 == pytest.approx(0.5897522904648795)
