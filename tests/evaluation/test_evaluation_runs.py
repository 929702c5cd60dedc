"""Runs: failures are scored, interruptions cost nothing, scoring again calls no method; comparisons, agreement, gates."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from evaluation_samples import (
    FIRST,
    LAST_YEAR,
    annotation,
    gold,
    indicator,
    perfect,
    step,
    task,
    with_indicators,
    with_tasks,
)

from summarizer.errors import BudgetReached, DataError, SourceError, UsageError
from summarizer.evaluation.agreement import agreement, as_document
from summarizer.evaluation.comparison import compare_samples
from summarizer.evaluation.counts import Counts
from summarizer.evaluation.execution import Method, Produced, rescore, run_methods
from summarizer.evaluation.findings import Outcome
from summarizer.evaluation.gates import (
    Floor,
    Floors,
    Lowered,
    check_floors,
    check_lowering,
    committed_floors,
    dump_floors,
    load_floors,
    raised_floors,
)
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.intervals import wilson
from summarizer.evaluation.metrics import METRICS, measure
from summarizer.evaluation.paired import Verdict
from summarizer.evaluation.runs import Run, RunInfo, describe, load_run, save_run
from summarizer.evaluation.scoring import score_documents
from summarizer.schema import Document


def golds(n: int = 3) -> list[Gold]:
    """The same text under several names."""
    return [
        replace(gold(document=f"d{k}.txt"), name=f"d{k}.txt", path=Path(f"d{k}.txt"), sha256=f"g{k}") for k in range(n)
    ]


def info(methods: list[str], n: int = 3) -> RunInfo:
    return describe(golds(n), split="dev", methods=methods, seed=0, limit=None, checkout=Path("/"))


class Counting:
    """A method that counts its calls and fails where it is told to."""

    def __init__(self, answer: Callable[[Path], Document], failing: dict[str, Exception] | None = None) -> None:
        self.answer, self.failing, self.calls = answer, failing or {}, 0

    def __call__(self, path: Path) -> Produced:
        self.calls += 1
        if path.name in self.failing:
            raise self.failing[path.name]
        return Produced(self.answer(path))


def _perfect(_: Path) -> Document:
    return perfect()


def _without_tasks(_: Path) -> Document:
    return with_tasks()


def _run(folder: Path, n: int = 3, **methods: Method) -> Run:
    return run_methods(golds(n), methods, info(list(methods), n), folder)


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    run = _run(tmp_path, rules=Counting(_perfect))
    assert load_run(tmp_path) == run
    assert len((tmp_path / "samples.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_a_failed_document_counts_as_nothing_found(tmp_path: Path) -> None:
    run = _run(tmp_path, rules=Counting(_perfect, {"d1.txt": SourceError("d1.txt", "no text")}))
    failed = run.samples[1]
    assert failed.error == "d1.txt: no text"
    assert failed.score.tasks.relaxed == Counts(fn=3)


def test_a_defect_of_a_method_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        _run(tmp_path, rules=Counting(_perfect, {"d1.txt": ZeroDivisionError()}))


def test_a_reached_budget_ends_the_run_and_resume_goes_on(tmp_path: Path) -> None:
    with pytest.raises(BudgetReached):
        _run(tmp_path, model=Counting(_perfect, {"d2.txt": BudgetReached("spent")}))
    again = Counting(_perfect)
    run = run_methods(golds(), {"model": again}, info(["model"]), tmp_path, resume=True)
    assert again.calls == 1
    assert len(run.samples) == 3


def test_a_line_cut_by_an_interruption_is_done_again(tmp_path: Path) -> None:
    _run(tmp_path, rules=Counting(_perfect))
    samples = tmp_path / "samples.jsonl"
    samples.write_bytes(samples.read_bytes()[:-200])
    again = Counting(_perfect)
    run_methods(golds(), {"rules": again}, info(["rules"]), tmp_path, resume=True)
    assert again.calls == 1


def test_only_failed_does_the_failed_ones_again(tmp_path: Path) -> None:
    _run(tmp_path, rules=Counting(_perfect, {"d0.txt": SourceError("d0.txt", "no text")}))
    again = Counting(_perfect)
    run = run_methods(golds(), {"rules": again}, info(["rules"]), tmp_path, only_failed=True)
    assert again.calls == 1
    assert all(sample.error is None for sample in run.samples)


def test_resuming_another_split_is_refused(tmp_path: Path) -> None:
    _run(tmp_path, rules=Counting(_perfect))
    other = info(["rules"]).model_copy(update={"split": "test"})
    with pytest.raises(DataError, match="another"):
        run_methods(golds(), {"rules": Counting(_perfect)}, other, tmp_path, resume=True)


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    _run(tmp_path, rules=Counting(_perfect))
    samples = tmp_path / "samples.jsonl"
    first, *rest = samples.read_text(encoding="utf-8").splitlines(keepends=True)
    samples.write_text(first + "{\n" + "".join(rest), encoding="utf-8")
    with pytest.raises(DataError, match="line 2"):
        load_run(tmp_path)
    samples.write_text(first + first, encoding="utf-8")
    with pytest.raises(DataError, match="twice"):
        load_run(tmp_path)


def test_scoring_again_takes_the_new_gold_and_calls_nothing(tmp_path: Path) -> None:
    method = Counting(_perfect)
    run = _run(tmp_path, rules=method)
    changed = indicator("人均预期寿命", 80, "79.2岁", "岁", "人均预期寿命达到79.2岁")
    new = [replace(g, annotation=gold(document=g.name, indicators=[changed]).annotation) for g in golds()]
    again = rescore(run, new)
    assert method.calls == 3
    assert again.samples[0].score.indicators.wrong_value.right == 1
    with pytest.raises(DataError, match=r"d0\.txt"):
        rescore(run, new[1:])


def test_what_decides_a_run_is_in_its_description() -> None:
    found = info(["rules"])
    assert found.commit is None
    assert set(found.gold) == {"d0.txt", "d1.txt", "d2.txt"}
    assert found.prompts
    assert found.prices
    assert "numpy" in found.packages


def test_comparison_lists_lost_items_with_the_worst_first(tmp_path: Path) -> None:
    def worse(_: Path) -> Document:
        life, _, *rest = perfect().indicators
        return with_indicators(life.model_copy(update={"value": Decimal(1)}), *rest)

    run = _run(tmp_path, 8, a=Counting(_perfect), b=Counting(worse))
    found = compare_samples(run.of("a"), run.of("b"), names=("a", "b"))
    assert found.verdict is Verdict.WORSE
    assert [change.after.outcome for change in found.lost if change.after][:8] == [Outcome.WRONG] * 8
    assert len(found.lost) == 16
    assert not found.won
    back = compare_samples(run.of("b"), run.of("a"), names=("b", "a"))
    assert back.verdict is Verdict.BETTER
    assert len(back.won) == 16


def test_a_false_alarm_that_goes_away_is_won(tmp_path: Path) -> None:
    def twice(_: Path) -> Document:
        return with_tasks(*perfect().tasks, perfect().tasks[0])

    run = _run(tmp_path, 2, a=Counting(twice), b=Counting(_perfect))
    found = compare_samples(run.of("a"), run.of("b"), names=("a", "b"))
    assert [(c.before.outcome if c.before else None, c.after) for c in found.won] == [(Outcome.EXTRA, None)] * 2
    assert found.lost == ()


def test_equal_runs_are_inconclusive_and_lose_nothing(tmp_path: Path) -> None:
    run = _run(tmp_path, a=Counting(_perfect), b=Counting(_perfect))
    found = compare_samples(run.of("a"), run.of("b"), names=("a", "b"))
    assert (found.verdict, found.lost, found.won) == (Verdict.INCONCLUSIVE, (), ())


def test_other_documents_or_other_gold_are_not_compared(tmp_path: Path) -> None:
    run = _run(tmp_path, a=Counting(_perfect), b=Counting(_perfect))
    with pytest.raises(UsageError, match=r"d2\.txt"):
        compare_samples(run.of("a")[:2], run.of("b"), names=("a", "b"))
    other = tuple(sample.model_copy(update={"gold_sha256": "x"}) for sample in run.of("b"))
    with pytest.raises(UsageError, match="different gold"):
        compare_samples(run.of("a"), other, names=("a", "b"))


def test_an_annotator_agrees_with_herself_and_less_with_another() -> None:
    first = golds(2)
    dropped = [replace(first[0], annotation=gold(document="d0.txt", tasks=annotation()["tasks"][:2]).annotation)]
    same, other = agreement(first, first), agreement(first, dropped)
    assert same is not None
    assert other is not None
    assert same.forward["task_relaxed_f1"].value == same.backward["indicator_full_f1"].value == 1
    assert other.documents == ("d0.txt",)
    assert other.forward["task_relaxed_f1"].value == other.backward["task_relaxed_f1"].value == 0.8
    assert agreement(first, []) is None


def test_the_optional_items_of_an_annotator_are_no_error() -> None:
    tasks = annotation()["tasks"]
    second = gold(tasks=[*tasks[:2], {**tasks[2], "optional": True}, tasks[3]])
    found = agreement([gold()], [second])
    assert found is not None
    assert found.forward["task_relaxed_f1"].value == 0.8
    assert found.backward["task_relaxed_f1"].value == 1


def _floors(run: Run, *floors: Floor, lowered: tuple[Lowered, ...] = ()) -> Floors:
    return Floors(corpus={"dev": run.info.corpus}, floors=floors, lowered=lowered)


def _floor(metric: str, bound: float) -> Floor:
    return Floor(split="dev", method="rules", metric=metric, bound=bound)


def test_floors_are_held_or_not(tmp_path: Path) -> None:
    run = _run(tmp_path, rules=Counting(_without_tasks))
    floors = _floors(
        run,
        _floor("indicator_full_f1", 1.0),
        _floor("task_relaxed_f1", 0.1),
        _floor("indicator_wrong_value", 0.0),
        _floor("task_title", 0.0),
    )
    passed = {check.name.split()[-1]: check.passed for check in check_floors(floors, run)}
    assert passed == {
        "corpus": True,
        "indicator_full_f1": True,
        "task_relaxed_f1": False,
        "indicator_wrong_value": True,
        "task_title": False,
    }


def test_another_corpus_a_missing_method_and_no_floors_do_not_pass(tmp_path: Path) -> None:
    run = _run(tmp_path, other=Counting(_perfect))
    assert [c.passed for c in check_floors(Floors(corpus={"dev": "x"}, floors=()), run)] == [False, False]
    assert [c.passed for c in check_floors(_floors(run, _floor("task_relaxed_f1", 0.0)), run)] == [True, False]


def test_a_floor_goes_down_only_with_a_reason(tmp_path: Path) -> None:
    run = _run(tmp_path, rules=Counting(_perfect))
    before = _floors(run, _floor("task_relaxed_f1", 0.9), _floor("indicator_wrong_value", 0.02))
    raised = _floors(run, _floor("task_relaxed_f1", 0.95), _floor("indicator_wrong_value", 0.01))
    weaker = (_floor("task_relaxed_f1", 0.8), _floor("indicator_wrong_value", 0.03))
    reason = Lowered(
        split="dev",
        method="rules",
        metric="task_relaxed_f1",
        was=0.9,
        to=0.8,
        reason="the corpus has harder documents now",
    )
    assert check_lowering(before, raised) == check_lowering(None, raised) == []
    assert [c.passed for c in check_lowering(before, _floors(run, *weaker))] == [False, False]
    assert [c.passed for c in check_lowering(before, _floors(run, *weaker, lowered=(reason,)))] == [True, False]
    assert [c.passed for c in check_lowering(before, _floors(run))] == [False, False]


def test_the_floors_of_a_revision_are_read_from_its_history(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    path = tmp_path / "floors.json"
    assert committed_floors(path, "HEAD") is None
    git("init")
    path.write_text(json.dumps({"corpus": {}, "floors": [_floor("task_relaxed_f1", 0.9).model_dump()]}), "utf-8")
    git("add", "floors.json")
    git("commit", "-m", "floors")
    path.write_text(json.dumps({"corpus": {}, "floors": []}), "utf-8")
    before = committed_floors(path, "HEAD")
    assert before is not None
    assert [c.passed for c in check_lowering(before, load_floors(path))] == [False]


def test_tightened_floors_rise_to_the_run_and_never_fall(tmp_path: Path) -> None:
    run = _run(tmp_path, rules=Counting(_without_tasks))
    strict = _floors(run, _floor("task_relaxed_f1", 0.5), _floor("indicator_full_f1", 0.5))
    bounds = {floor.metric: floor.bound for floor in raised_floors(strict, run).floors}
    assert bounds["task_relaxed_f1"] == 0.5
    assert bounds["indicator_full_f1"] == 1.0
    assert bounds["decoys_hit"] == 0.0
    assert check_lowering(strict, raised_floors(strict, run)) == []


def test_floors_are_written_one_a_line_and_read_back(tmp_path: Path) -> None:
    run = _run(tmp_path, rules=Counting(_perfect))
    step = Lowered(split="dev", method="rules", metric="grounded", was=1.0, to=None, reason="no longer measured here")
    for floors in (_floors(run), _floors(run, _floor("task_strict_f1", 0.9), _floor("grounded", 1.0), lowered=(step,))):
        path = tmp_path / "floors.json"
        path.write_text(dump_floors(floors), encoding="utf-8")
        assert load_floors(path) == floors
        assert dump_floors(floors).count('"bound"') == sum(
            '"bound"' in line for line in dump_floors(floors).splitlines()
        )


@pytest.mark.parametrize(
    ("floors", "named"),
    [
        ([_floor("no_such", 1.0).model_dump()], "no_such"),
        ([_floor("task_relaxed_f1", 1.0).model_dump()] * 2, "two floors"),
        ([{"split": "dev"}], "validation error"),
    ],
)
def test_damaged_floors_are_named(tmp_path: Path, floors: list[dict[str, object]], named: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"corpus": {}, "floors": floors}), encoding="utf-8")
    with pytest.raises(DataError, match=named):
        load_floors(path)


def test_every_figure_of_a_perfect_prediction_is_at_its_best() -> None:
    unit = {"lead": ["市卫生健康委"], "support": ["市财政局"], "deadline": "年底前", "deadline_date": "2026-12-31"}
    steps = [step("新建社区卫生服务站12个", marker="1", **unit)]
    first = task(1, FIRST, "强化基层", group=["会议要求抓好以下三项任务"], steps=steps, themes=["primary"])
    base = {"base": 78, "base_period": "2020年", "base_period_start": "2020-01-01", "base_period_end": "2021-01-01"}
    living = indicator("人均预期寿命", 79.2, "79.2岁", "岁", "人均预期寿命达到79.2岁", **LAST_YEAR, **base)
    rich = gold(tasks=[first], indicators=[living])
    score = score_documents(rich, as_document(rich))
    for metric in METRICS:
        found = measure(metric, [score])
        best = {0.0, None} if metric.lower_is_better else {1.0}
        assert found.value in best, metric.key


def test_saved_runs_are_equal_to_the_byte(tmp_path: Path) -> None:
    run = _run(tmp_path / "a", rules=Counting(_perfect))
    save_run(run, tmp_path / "b")
    for name in ("run.json", "samples.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_rates_count_items_and_f1_counts_documents(tmp_path: Path) -> None:
    scores = [sample.score for sample in _run(tmp_path, rules=Counting(_perfect)).samples]
    quoted = {metric.key: measure(metric, scores).interval for metric in METRICS}
    assert quoted["grounded"] == wilson(39, 39)
    assert quoted["task_relaxed_f1"] == wilson(3, 3)
