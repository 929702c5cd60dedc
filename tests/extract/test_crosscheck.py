"""The model's items beside the rules': confirmed, told, filled in."""

from __future__ import annotations

from decimal import Decimal

from summarizer.extract.crosscheck import cross_check
from summarizer.schema import Bound, DecisionBy, Evidence, Indicator, MarkerStatus, Origin, Span, Status, Task, TaskKind


def _task(start: int, end: int, origin: Origin, *, marker: str | None = "一是", title: str = "工作") -> Task:
    return Task(
        id=f"d.{origin}{start}",
        ordinal=1,
        marker=marker,
        marker_status=MarkerStatus.INTACT if marker else MarkerStatus.MISSING,
        title=title,
        evidence=Evidence(start=start, end=end, quote="字" * (end - start)),
        origin=origin,
    )


def _indicator(start: int, value: int, origin: Origin) -> Indicator:
    return Indicator(
        id=f"d.{origin}{start}",
        name=f"量{start}",
        name_evidence=(Span(start=start, end=start + 2),),
        value=Decimal(value),
        raw=f"{value}个",
        unit="个",
        bound=Bound.EQ,
        status=Status.TARGET,
        evidence=Evidence(start=start, end=start + 2 + len(f"{value}个"), quote=f"名称{value}个"),
        origin=origin,
    )


M, R = Origin.MODEL, Origin.HEURISTIC


def test_agreement_is_noted_on_the_item() -> None:
    checked = cross_check(
        ([_task(0, 100, M)], [_indicator(10, 7, M)]), ([_task(2, 100, R)], [_indicator(11, 7, R)]), [], "d"
    )
    assert [task.confirmed_by for task in checked.tasks] == [R]
    assert [one.confirmed_by for one in checked.indicators] == [R]
    assert checked.problems == ()


def test_a_lost_member_of_a_list_is_filled_in_and_told() -> None:
    rules = [_task(0, 100, R), _task(100, 200, R, title="丢失的一项"), _task(200, 300, R)]
    checked = cross_check(([_task(0, 100, M), _task(200, 300, M)], []), (rules, []), [], "d")
    assert [(task.evidence.start, task.origin, task.ordinal) for task in checked.tasks] == [
        (0, M, 1),
        (100, R, 2),
        (200, M, 3),
    ]
    assert [problem.kind for problem in checked.problems] == ["rules_only_kept"]
    assert "丢失的一项" in checked.problems[0].message


def test_a_task_that_only_the_rules_see_elsewhere_is_told_and_not_shown() -> None:
    checked = cross_check(([_task(0, 100, M)], []), ([_task(0, 100, R), _task(500, 600, R, marker=None)], []), [], "d")
    assert len(checked.tasks) == 1
    assert [problem.kind for problem in checked.problems] == ["rules_only"]


def test_a_task_that_only_the_model_sees_is_shown_and_told() -> None:
    checked = cross_check(([_task(0, 100, M), _task(500, 600, M)], []), ([_task(0, 100, R)], []), [], "d")
    assert [task.confirmed_by for task in checked.tasks] == [R, None]
    assert [problem.kind for problem in checked.problems] == ["model_only"]


def test_the_rules_stand_in_for_a_chunk_without_an_answer() -> None:
    rules = ([_task(0, 100, R), _task(500, 600, R)], [_indicator(510, 7, R)])
    checked = cross_check(([_task(0, 100, M)], []), rules, [(400, 700)], "d")
    assert [task.origin for task in checked.tasks] == [M, R]
    assert [one.origin for one in checked.indicators] == [R]


def test_answers_that_leave_much_out_are_completed_from_the_rules_and_said_so() -> None:
    rules = [_indicator(at, at, R) for at in range(10, 210, 10)]
    model = [_indicator(at, at, M) for at in range(10, 190, 10)]
    checked = cross_check(([], model), ([], rules), [], "d")
    assert len(checked.indicators) == 20
    assert checked.problems[0].kind == "incomplete_answers"


def test_single_extras_of_the_rules_are_told_and_not_shown() -> None:
    rules = [_indicator(at, at, R) for at in range(10, 410, 10)]
    model = [_indicator(at, at, M) for at in range(10, 400, 10)]
    checked = cross_check(([], model), ([], rules), [], "d")
    assert len(checked.indicators) == 39
    assert [problem.kind for problem in checked.problems] == ["rules_only"]


_TWO = [_task(0, 300, R, marker=None, title="扩大内需"), _task(300, 600, R, marker=None, title="深化改革")]
_THREE = [
    _task(5, 155, M, title="提振消费"),
    _task(155, 300, M, title="扩大投资"),
    _task(300, 600, M, title="深化改革"),
]


def test_the_models_level_stands_and_the_other_is_told() -> None:
    checked = cross_check((_THREE, []), (_TWO, []), [], "d", in_pieces=True)
    assert [task.title for task in checked.tasks] == ["提振消费", "扩大投资", "深化改革"]
    assert "other_level" in [problem.kind for problem in checked.problems]


def test_where_the_text_announces_the_rules_number_the_source_decides_the_level() -> None:
    checked = cross_check((_THREE, []), (_TWO, []), [], "d", in_pieces=True, declared=2)
    assert [(task.title, task.origin) for task in checked.tasks] == [("扩大内需", R), ("深化改革", M)]
    assert checked.tasks[0].decision is not None
    assert checked.tasks[0].decision.by is DecisionBy.SOURCE
    assert [problem.kind for problem in checked.problems] == ["split_task"]


def test_a_model_that_gives_nothing_has_failed_and_the_rules_items_are_shown() -> None:
    rules = [_task(start, start + 100, R) for start in (0, 100, 200, 300)]
    checked = cross_check(([], []), (rules, [_indicator(10, 7, R)]), [], "d")
    assert checked.failed
    assert [task.evidence.start for task in checked.tasks] == [0, 100, 200, 300]
    assert len(checked.indicators) == 1
    assert checked.problems[0].kind == "model_failed"


def test_statuses_that_are_turned_round_are_read_from_the_text() -> None:
    rules = [_indicator(at, at, R) for at in range(10, 60, 10)]
    model = [one.model_copy(update={"status": Status.ACHIEVED, "origin": M}) for one in rules]
    checked = cross_check(([], model), ([], rules), [], "d")
    assert {one.status for one in checked.indicators} == {Status.TARGET}
    assert [problem.kind for problem in checked.problems] == ["statuses_turned"]


def test_one_status_that_differs_is_the_models() -> None:
    rules = [_indicator(at, at, R) for at in range(10, 60, 10)]
    model = [one.model_copy(update={"origin": M}) for one in rules]
    model[0] = model[0].model_copy(update={"status": Status.ACHIEVED})
    checked = cross_check(([], model), ([], rules), [], "d")
    assert checked.indicators[0].status is Status.ACHIEVED


def test_a_model_that_saw_the_whole_text_chooses_the_level_itself() -> None:
    rules = [_task(0, 300, R, marker=None)]
    model = [_task(5, 100, M), _task(100, 300, M)]
    checked = cross_check((model, []), (rules, []), [], "d")
    assert [task.origin for task in checked.tasks] == [M, M]


def test_an_unmarked_task_is_filled_in_between_two_that_the_model_has() -> None:
    rules = [_task(start, start + 100, R, marker=None) for start in (0, 100, 200, 300)]
    model = [_task(start, start + 100, M, marker=None) for start in (0, 200)]
    checked = cross_check((model, []), (rules, []), [], "d")
    assert [task.evidence.start for task in checked.tasks] == [0, 100, 200]


def test_a_task_that_swallowed_the_safeguards_behind_it_is_taken_apart() -> None:
    safeguard = _task(200, 300, R).model_copy(update={"kind": TaskKind.SAFEGUARD})
    rules = [_task(0, 100, R), _task(100, 200, R), safeguard]
    checked = cross_check(([_task(0, 100, M), _task(100, 300, M)], []), (rules, []), [], "d")
    assert [(task.evidence.start, task.evidence.end) for task in checked.tasks] == [(0, 100), (100, 200), (200, 300)]


def test_a_piece_that_runs_out_of_its_task_goes_with_the_other_pieces() -> None:
    rules = [_task(0, 300, R), _task(300, 600, R)]
    model = [_task(0, 100, M), _task(100, 200, M), _task(200, 350, M), _task(300, 600, M)]
    checked = cross_check((model, []), (rules, []), [], "d", in_pieces=True, declared=2)
    assert [(task.evidence.start, task.evidence.end) for task in checked.tasks] == [(0, 300), (300, 600)]
    assert checked.problems[0].details["count"] == 3
