"""What a briefing states is looked up again: a sound one holds, and one wrong field of any kind is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from briefing_samples import NATIONAL, PLAN, PROVINCE, Figure, briefing_of, doubtful_briefing, place, plan_briefing
from opencc import OpenCC

from summarizer.briefing.verification import verify
from summarizer.errors import SourceError
from summarizer.schema import (
    Bound,
    Briefing,
    Change,
    Comparison,
    Evidence,
    Horizon,
    ItemStanding,
    Nature,
    NewPhrase,
    Part,
    Span,
    Statement,
    ThemeRow,
)
from summarizer.source.read import read


def _findings(briefing: Briefing) -> list[str]:
    result = verify(briefing, lambda path: read(Path(path)))
    assert result.unreadable == ()
    return [one.message for one in result.findings]


@pytest.fixture
def plan(tmp_path: Path) -> Briefing:
    return plan_briefing(tmp_path)[0]


def test_a_sound_briefing_holds(plan: Briefing, tmp_path: Path) -> None:
    assert _findings(plan) == []
    assert _findings(briefing_of(tmp_path, {"a.txt": NATIONAL, "b.txt": PROVINCE})[0]) == []


def test_a_text_in_traditional_characters_holds(tmp_path: Path) -> None:
    traditional = OpenCC("s2t").convert
    text = traditional(PROVINCE.replace("8000个", "20万个"))
    figures = [
        Figure("新增普惠托位20萬個", "新增普惠托位", "20萬個", "200000", "個", period="2026年"),
        Figure("建設中心衛生院120個以上", "中心衛生院", "120個", "120", "個", Bound.GE),
    ]
    briefing = briefing_of(tmp_path, {"a.txt": text}, figures=figures)[0]
    assert len(briefing.documents[0].indicators) == 2
    assert _findings(briefing) == []


def test_a_file_that_is_gone_is_told_and_nothing_else_is_lost(plan: Briefing) -> None:
    def gone(path: str) -> Any:
        raise SourceError(path, "gone")

    result = verify(plan, gone)
    assert [one.message for one in result.unreadable] == ["gone"]
    assert result.findings == ()


def _with(plan: Briefing, **update: Any) -> Briefing:
    document = plan.documents[0].model_copy(update=update)
    return plan.model_copy(update={"documents": (document,)})


def _shifted(evidence: Evidence) -> Evidence:
    return evidence.model_copy(update={"start": evidence.start + 1, "end": evidence.end + 1})


SOMEWHERE = place(PLAN, "门诊人次")

WRONG_DOCUMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "hash": ({"sha256": "0" * 64}, "sha256"),
    "title": ({"title": "另一个标题"}, "title"),
    "published": ({"published": "2026-12-24"}, "published"),
    "announced count": ({"declared_task_count": 17}, "17"),
    "kind's words": ({"kind_evidence": (_shifted(SOMEWHERE),)}, "kind of text"),
    "part past the end": ({"parts": (Part(start=SOMEWHERE.start, end=SOMEWHERE.start + 10_000, horizon=Horizon.WORK),)}, "part"),
    "part's headline": ({"parts": (Part(start=SOMEWHERE.start, end=SOMEWHERE.end, heading="二、别处", horizon=Horizon.WORK),)}, "headline"),
    "year": ({"year": 2024}, "year 2024"),
    "year without a place": ({"year": 2024, "year_evidence": None}, "year 2024"),
    "year's place": ({"year_evidence": _shifted(SOMEWHERE)}, "year"),
    "duplicate": ({"duplicate_of": "0" * 12}, "documents that are not"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG_DOCUMENTS)
def test_a_wrong_fact_of_a_document_is_found(wrong: str, plan: Briefing) -> None:
    update, named = WRONG_DOCUMENTS[wrong]
    assert any(named in message for message in _findings(_with(plan, **update)))


def test_a_wrong_place_of_a_rejection_is_found(plan: Briefing) -> None:
    aside = plan.documents[0].rejected[1]
    moved = aside.model_copy(update={"span": Span(start=SOMEWHERE.start, end=SOMEWHERE.end)})
    assert any("decoy" in message for message in _findings(_with(plan, rejected=(moved,))))


def _task(plan: Briefing, **update: Any) -> Briefing:
    task = plan.documents[0].tasks[0]
    return _with(plan, tasks=(task.model_copy(update=update),))


WRONG_TASKS: dict[str, tuple[Callable[[Any], dict[str, Any]], str]] = {
    "evidence": (lambda task: {"evidence": _shifted(task.evidence)}, "task: the source"),
    "title": (lambda task: {"title": "建强村卫生室"}, "title"),
    "standing without a reason": (lambda task: {"standing": ItemStanding.CHECK}, "0 reasons"),
    "marker": (lambda task: {"marker": "（二）"}, "does not begin with"),
    "lead": (lambda task: {"lead": ("省教育厅",)}, "lead"),
    "lead without a place": (lambda task: {"lead_evidence": ()}, "1 bodies with 0 places"),
    "lead's place": (lambda task: {"lead_evidence": (_shifted(task.lead_evidence[0]),)}, "lead"),
    "support": (lambda task: {"support_evidence": (SOMEWHERE,)}, "support"),
    "deadline": (lambda task: {"deadline": "8月底前"}, "deadline"),
    "deadline without a place": (lambda task: {"deadline_evidence": None}, "deadline has no place"),
    "deadline's day": (lambda task: {"deadline_date": date(2026, 7, 31)}, "deadline_date"),
    "headline": (lambda task: {"group": (task.group[0].model_copy(update={"title": "别的"}),)}, "headline's title"),
    "headline's marker": (lambda task: {"group": (task.group[0].model_copy(update={"marker": "九、"}),)}, "headline's marker"),
    "headline behind": (lambda task: {"group": (task.group[0].model_copy(update={"title": "床位", "marker": None, "evidence": place(PLAN, "床位")}),)}, "stands behind"),
    "step's words": (lambda task: {"steps": (task.steps[1].model_copy(update={"text": "配备护士"}),)}, "step's text"),
    "step's marker": (lambda task: {"steps": (task.steps[1].model_copy(update={"marker": "（9）"}),)}, "marker （9）"),
    "step outside": (lambda task: {"steps": (task.steps[1].model_copy(update={"text": "门诊人次", "marker": None, "evidence": SOMEWHERE}),)}, "outside"),
    "step's deadline": (lambda task: {"steps": (task.steps[0].model_copy(update={"deadline_date": date(2027, 1, 1)}),)}, "deadline_date"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG_TASKS)
def test_a_wrong_field_of_a_task_is_found(wrong: str, plan: Briefing) -> None:
    change, named = WRONG_TASKS[wrong]
    assert any(named in message for message in _findings(_task(plan, **change(plan.documents[0].tasks[0]))))


GROWTH, BEDS = 0, 1
WRONG_INDICATORS: dict[str, tuple[int, dict[str, Any], str]] = {
    "evidence": (GROWTH, {"evidence": _shifted(place(PLAN, "门诊人次增长5%左右"))}, "indicator: the source"),
    "raw": (GROWTH, {"raw": "6%"}, "value 6%"),
    "value's place": (GROWTH, {"value_evidence": SOMEWHERE}, "value"),
    "value": (GROWTH, {"value": Decimal(6)}, "does not read as"),
    "unit": (BEDS, {"unit": "人"}, "does not read as"),
    "upper value": (GROWTH, {"value_high": Decimal(7)}, "upper value"),
    "range without an upper value": (GROWTH, {"bound": Bound.RANGE}, "upper value"),
    "bound": (GROWTH, {"bound": Bound.LE}, "bound le"),
    "bound left out": (GROWTH, {"bound": Bound.EQ}, "bound eq"),
    "change": (GROWTH, {"change": Change.DOWN}, "change down"),
    "name": (GROWTH, {"name": "住院人次"}, "name"),
    "name without a place": (GROWTH, {"name_evidence": ()}, "name has no place"),
    "period": (GROWTH, {"period": "下半年"}, "period"),
    "period's place": (GROWTH, {"period_evidence": SOMEWHERE}, "period"),
    "first day": (GROWTH, {"period_start": date(2025, 1, 1)}, "does not mean"),
    "last day": (GROWTH, {"period_end": date(2027, 1, 1)}, "does not mean"),
    "days without a time": (BEDS, {"period_end": date(2027, 1, 1)}, "does not mean"),
    "base": (BEDS, {"base": Decimal(90)}, "base 90"),
    "base's place": (BEDS, {"base_evidence": SOMEWHERE}, "base 80"),
    "base period": (BEDS, {"base_period": "2019年"}, "base period"),
    "nature": (BEDS, {"nature": Nature.BINDING}, "nature"),
    "task": (BEDS, {"task_id": "000000000000.t9"}, "items that are not"),
}


@pytest.mark.parametrize("wrong", WRONG_INDICATORS)
def test_a_wrong_field_of_an_indicator_is_found(wrong: str, plan: Briefing) -> None:
    at, update, named = WRONG_INDICATORS[wrong]
    indicators = list(plan.documents[0].indicators)
    indicators[at] = indicators[at].model_copy(update=update)
    assert any(named in message for message in _findings(_with(plan, indicators=tuple(indicators))))


def test_a_reason_to_check_that_points_elsewhere_is_found(tmp_path: Path) -> None:
    briefing = doubtful_briefing(tmp_path)[0]
    assert _findings(briefing) == []
    task = briefing.documents[0].tasks[0]
    moved = task.reasons[0].model_copy(update={"evidence": _shifted(task.reasons[0].evidence)})
    assert any("reason other_level" in one for one in _findings(_task(briefing, reasons=(moved,))))


def test_an_id_that_stands_twice_is_found(plan: Briefing) -> None:
    document = plan.documents[0]
    assert any("more than once" in one for one in _findings(_with(plan, tasks=(document.tasks[0], document.tasks[0]))))


@pytest.mark.parametrize(
    "statement",
    [
        Statement(text="床位达到130张\u3002", cites=("{i}",)),
        Statement(text="床位达到120张\u3002", cites=("000000000000.i1",)),
    ],
    ids=["number", "citation"],
)
def test_an_overview_that_its_items_do_not_prove_is_found(statement: Statement, plan: Briefing) -> None:
    cites = tuple(one.format(i=plan.documents[0].indicators[BEDS].id) for one in statement.cites)
    told = statement.model_copy(update={"cites": cites})
    assert any("cite" in one for one in _findings(plan.model_copy(update={"overview": (told,)})))


def test_a_comparison_of_documents_that_are_not_there_is_found(plan: Briefing) -> None:
    stranger = "0" * 12
    row = ThemeRow(theme="primary", label="基层", tasks={stranger: (f"{stranger}.t1",)})
    findings = _findings(plan.model_copy(update={"comparison": Comparison(baseline=stranger, themes=(row,))}))
    assert sum("documents that are not" in one for one in findings) == 2
    assert any("items that are not" in one for one in findings)


def test_a_phrase_that_does_not_stand_at_its_place_is_found(plan: Briefing) -> None:
    phrase = NewPhrase(phrase="门诊人次", document=plan.documents[0].id, evidence=_shifted(SOMEWHERE))
    findings = _findings(plan.model_copy(update={"comparison": Comparison(new_phrases=(phrase,))}))
    assert any("new phrase" in one for one in findings)


def test_a_bound_that_a_list_shares_holds_and_one_inside_another_word_does_not(tmp_path: Path) -> None:
    text = "2026年工作会议\n医保支付比例分别稳定在80%和70%左右\uff0c签约率不低于60%\u3002\n"
    figures = [
        Figure("支付比例分别稳定在80%", "支付比例", "80%", "80", "%", Bound.APPROX),
        Figure("签约率不低于60%", "签约率", "60%", "60", "%", Bound.GE),
    ]
    briefing = briefing_of(tmp_path, {"a.txt": text}, figures=figures)[0]
    assert _findings(briefing) == []
    shared, own = briefing.documents[0].indicators
    (finding,) = _findings(_with(briefing, indicators=(shared, own.model_copy(update={"bound": Bound.LT}))))
    assert "bound lt" in finding
