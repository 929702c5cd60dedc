"""The review page in a real browser: the right words are marked, tables answer, corrections come out as gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from briefing_samples import NATIONAL, PROVINCE, Figure, briefing_of, document_of, doubtful_briefing, plan_briefing

from summarizer.briefing.render import render
from summarizer.evaluation.gold import load_gold
from summarizer.schema import Bound, Briefing, Change, ProblemKind, Span, problem

EMOJI_FIRST = "\U0001f3e5健康快讯\n" + PROVINCE
"""A character beyond U+FFFF before everything: offsets in code points and in UTF-16 units part here."""


@pytest.fixture
def made(tmp_path: Path) -> tuple[Briefing, Path]:
    briefing, texts = briefing_of(tmp_path, {"national.txt": NATIONAL, "anhui.txt": EMOJI_FIRST})
    target = tmp_path / "briefing.html"
    target.write_bytes(render(briefing, ".html", texts))
    return briefing, target


def _rows(page: Any, table: str) -> list[str]:
    return page.locator(f"#{table} tbody tr").evaluate_all("rows => rows.map((row) => row.textContent)")


def test_every_item_marks_exactly_its_evidence(made: tuple[Briefing, Path], open_page: Callable[..., Any]) -> None:
    briefing, path = made
    page = open_page(path).page
    items = [item for document in briefing.documents for item in document.items]
    assert len(items) >= 10
    for item in items:
        page.locator(f"tr[data-id='{item.id}'] button.place").first.click()
        assert "".join(page.locator("#text mark").all_text_contents()) == item.evidence.quote
        assert page.locator("#text mark").first.is_visible()


def test_the_source_pane_holds_the_whole_text_with_dropped_lines_greyed(
    made: tuple[Briefing, Path], open_page: Callable[..., Any]
) -> None:
    _, path = made
    page = open_page(path).page
    page.locator("#documents button.place").nth(1).click()
    assert page.locator("#text").text_content() == EMOJI_FIRST


def test_the_first_parts_are_overview_and_problems(made: tuple[Briefing, Path], open_page: Callable[..., Any]) -> None:
    page = open_page(made[1]).page
    ids = page.locator("main > section").evaluate_all("parts => parts.map((part) => part.id)")
    assert ids[:3] == ["overview", "problems", "comparison"]


def test_a_problem_is_told_in_words_and_shows_its_place(open_page: Callable[..., Any], tmp_path: Path) -> None:
    text = PROVINCE.replace("以下三项任务", "以下五项任务")
    place = document_of("anhui.txt", text), text.index("五项")
    details: dict[str, str | int] = {"declared": 5, "found": 3, "quote": "以下五项任务"}
    told = problem(
        ProblemKind.DECLARED_TASK_COUNT,
        details,
        document=place[0].id,
        span=Span.model_validate({"start": place[1], "end": place[1] + 2}),
    )
    briefing, texts = briefing_of(tmp_path, {"anhui.txt": text}, problems=(told,))
    target = tmp_path / "briefing.html"
    target.write_bytes(render(briefing, ".html", texts))
    page = open_page(target).page
    assert "文中称有5项任务" in page.locator("#problems li").first.text_content()
    page.locator("#problems button").click()
    assert "五项" in page.locator("#text mark").first.text_content()


def test_nothing_on_the_page_is_an_object_s_name(made: tuple[Briefing, Path], open_page: Callable[..., Any]) -> None:
    page = open_page(made[1]).page
    words = page.locator("body").inner_text()
    assert not any(slip in words for slip in ("[object", "undefined", "NaN", "null"))


def test_filtering_by_text_leaves_the_rows_that_hold_it(
    made: tuple[Briefing, Path], open_page: Callable[..., Any]
) -> None:
    page = open_page(made[1]).page
    page.locator("#task-table input[type=search]").fill("心理健康")
    assert len(_rows(page, "task-table")) == 1
    assert "1 / 6" in page.locator("#task-table .status").text_content()


def test_filtering_by_document_leaves_its_rows(made: tuple[Briefing, Path], open_page: Callable[..., Any]) -> None:
    briefing, path = made
    page = open_page(path).page
    page.locator("#task-table select").first.select_option(briefing.documents[0].id)
    rows = _rows(page, "task-table")
    assert len(rows) == 3
    assert all("全国" in row for row in rows)


def test_sorting_by_value_orders_numbers_as_numbers(made: tuple[Briefing, Path], open_page: Callable[..., Any]) -> None:
    page = open_page(made[1]).page
    head = page.locator("#indicator-table th", has_text="目标值或完成值")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    first = _rows(page, "indicator-table")
    assert "4.8个" in first[0]
    assert "8000个" in first[-1]
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    assert _rows(page, "indicator-table")[0] == first[-1]


def test_a_cell_of_the_matrix_lists_its_tasks(made: tuple[Briefing, Path], open_page: Callable[..., Any]) -> None:
    page = open_page(made[1]).page
    page.locator(".matrix tbody tr", has_text="心理").locator("button").click()
    rows = _rows(page, "task-table")
    assert len(rows) == 1
    assert "心理健康" in rows[0]


def test_what_a_region_passes_over_is_said_as_not_mentioned(
    made: tuple[Briefing, Path], open_page: Callable[..., Any]
) -> None:
    page = open_page(made[1]).page
    assert "未提及" in page.locator(".matrix tbody tr", has_text="中医药").text_content()


def test_the_keyboard_opens_steps_and_closes(made: tuple[Briefing, Path], open_page: Callable[..., Any]) -> None:
    page = open_page(made[1]).page
    first = page.locator("#task-table tbody button.place").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "完善生育支持" in page.locator("#source-title").text_content()
    page.keyboard.press("Escape")
    assert page.locator("#source").is_hidden()
    assert page.evaluate("document.activeElement.textContent").startswith("完善生育支持")


def test_the_next_button_goes_through_the_filtered_rows(
    made: tuple[Briefing, Path], open_page: Callable[..., Any]
) -> None:
    briefing, path = made
    page = open_page(path).page
    page.locator("#task-table select").first.select_option(briefing.documents[1].id)
    page.locator("#task-table tbody button.place").first.click()
    page.get_by_role("button", name="下一条").click()
    assert page.locator("#text mark").first.text_content() == briefing.documents[1].tasks[1].evidence.quote


def _download(page: Any, document: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator(f"button[data-document='{document}']").click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def test_corrections_come_out_as_gold_that_the_harness_loads(
    made: tuple[Briefing, Path], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    briefing, path = made
    page = open_page(path).page
    document = briefing.documents[1]
    accepted, rejected = document.tasks[0], document.tasks[1]
    for item, verdict in ((accepted, "accepted"), (rejected, "rejected")):
        page.locator(f"tr[data-id='{item.id}'] button.place").first.click()
        page.locator(f"#source button.verdict.{verdict}").click()
    gold_folder = tmp_path / "gold"
    gold_folder.mkdir()
    target = _download(page, document.id, gold_folder)
    gold = load_gold(target, tmp_path / "anhui.txt")
    assert [(task.start, task.optional) for task in gold.tasks] == [
        (accepted.evidence.start, False),
        (document.tasks[2].evidence.start, True),
    ]
    assert len(gold.indicators) == len(document.indicators)


def test_an_edit_must_stand_in_its_evidence_and_then_enters_the_gold(
    made: tuple[Briefing, Path], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    briefing, path = made
    page = open_page(path).page
    document = briefing.documents[1]
    item = document.tasks[0]
    page.locator(f"tr[data-id='{item.id}'] button.place").first.click()
    page.get_by_role("button", name="修改").click()
    page.locator("#source input[name=title]").fill("没有这句话")
    page.get_by_role("button", name="保存修改").click()
    assert "逐字" in page.locator("#source .error").text_content()
    page.locator("#source input[name=title]").fill("推行“云上村医”模式")
    page.get_by_role("button", name="保存修改").click()
    written = json.loads(_download(page, document.id, tmp_path).read_text(encoding="utf-8"))
    assert written["tasks"][0]["title"] == "推行“云上村医”模式"
    assert written["tasks"][0]["optional"] is False


def test_the_phone_sees_no_horizontal_scrolling_of_the_page(
    made: tuple[Briefing, Path], open_page: Callable[..., Any]
) -> None:
    page = open_page(made[1], width=390, height=844).page
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator("#task-table tbody button.place").first.click()
    assert page.locator("#text mark").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_printing_lays_out_every_row(open_page: Callable[..., Any], tmp_path: Path) -> None:
    figures = [Figure(f"农田{number}万亩", "农田", f"{number}万亩", f"{number}0000", "亩") for number in range(10, 200)]
    text = "政府工作报告\n" + "".join(f"改造{figure.quote}\u3002" for figure in figures) + "\n"
    briefing, texts = briefing_of(tmp_path, {"long.txt": text}, figures=figures)
    found = len(briefing.documents[0].indicators)
    assert found == 190
    target = tmp_path / "long.html"
    target.write_bytes(render(briefing, ".html", texts))
    page = open_page(target).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(_rows(page, "indicator-table")) == found


@pytest.fixture
def plan(tmp_path: Path) -> tuple[Briefing, Path]:
    briefing, texts = plan_briefing(tmp_path)
    target = tmp_path / "plan.html"
    target.write_bytes(render(briefing, ".html", texts))
    return briefing, target


def test_a_task_shows_the_headline_above_its_steps_and_its_due_day(
    plan: tuple[Briefing, Path], open_page: Callable[..., Any]
) -> None:
    page = open_page(plan[1]).page
    (row,) = _rows(page, "task-table")
    for words in (
        "一、夯实基层基础",
        "\uff081\uff09改造卫生院",
        "省财政厅",
        "6月底前\uff082026年6月30日\uff09",
        "床位 120张",
    ):
        assert words in row


def test_the_source_says_who_found_an_item(plan: tuple[Briefing, Path], open_page: Callable[..., Any]) -> None:
    page = open_page(plan[1]).page
    page.locator("#task-table tbody button.place").click()
    assert "模型\uff0c规则相符" in page.locator("#source .origin").text_content()


def test_what_was_not_accepted_shows_its_reason_and_its_place(
    plan: tuple[Briefing, Path], open_page: Callable[..., Any]
) -> None:
    page = open_page(plan[1]).page
    rows = _rows(page, "rejected-table")
    assert len(rows) == 2
    assert "所在部分是回顾" in rows[0]
    page.locator("#rejected-table tbody button.place").click()
    assert page.locator("#text mark").text_content() == "2026年"


def test_a_part_of_the_text_opens_at_its_place(plan: tuple[Briefing, Path], open_page: Callable[..., Any]) -> None:
    page = open_page(plan[1]).page
    page.locator("#documents details summary").click()
    page.locator("#documents details button.place").click()
    assert page.locator("#text mark").first.text_content().startswith("一、夯实基层基础")


def _value_of(page: Any, name: str) -> str:
    return str(page.locator(f"#source [name={name}]").input_value())


def test_bound_and_change_are_edited_apart_and_enter_the_gold(
    plan: tuple[Briefing, Path], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    briefing, path = plan
    page = open_page(path).page
    page.locator("#indicator-table tbody button.place").first.click()
    page.get_by_role("button", name="修改").click()
    assert (_value_of(page, "bound"), _value_of(page, "change")) == ("approx", "up")
    page.locator("#source [name=bound]").select_option("ge")
    page.locator("#source [name=change]").select_option("")
    page.get_by_role("button", name="保存修改").click()
    target = _download(page, briefing.documents[0].id, _folder(tmp_path))
    edited = load_gold(target, tmp_path / "plan.txt").indicators[0]
    assert (edited.bound, edited.change, edited.optional) == (Bound.GE, None, False)
    assert edited.period_end is not None


def test_untouched_items_enter_the_gold_with_their_headlines_steps_and_days(
    plan: tuple[Briefing, Path], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    briefing, path = plan
    gold = load_gold(
        _download(open_page(path).page, briefing.documents[0].id, _folder(tmp_path)), tmp_path / "plan.txt"
    )
    task, made = gold.tasks[0], briefing.documents[0].tasks[0]
    assert task.group == ("夯实基层基础",)
    assert task.steps is not None
    assert [step.text for step in task.steps] == [step.text for step in made.steps]
    assert (task.support, task.deadline_date) == (made.support, made.deadline_date)
    assert gold.indicators[0].change is Change.UP
    assert gold.annotation.kind is briefing.documents[0].kind


def test_days_of_a_changed_time_are_left_open(
    plan: tuple[Briefing, Path], open_page: Callable[..., Any], tmp_path: Path
) -> None:
    briefing, path = plan
    page = open_page(path).page
    page.locator("#indicator-table tbody button.place").first.click()
    page.get_by_role("button", name="修改").click()
    page.locator("#source [name=period]").fill("2026年")
    page.get_by_role("button", name="保存修改").click()
    target = _download(page, briefing.documents[0].id, _folder(tmp_path))
    edited = load_gold(target, tmp_path / "plan.txt").indicators[0]
    assert (edited.period, edited.period_start) == ("2026年", None)
    assert not edited.asks("period_start")


def _folder(folder: Path) -> Path:
    gold = folder / "gold"
    gold.mkdir()
    return gold


def test_what_is_to_be_checked_stands_apart_and_its_reasons_open_their_places(
    open_page: Callable[..., Any], tmp_path: Path
) -> None:
    briefing, texts = doubtful_briefing(tmp_path)
    target = tmp_path / "plan.html"
    target.write_bytes(render(briefing, ".html", texts))
    page = open_page(target).page
    assert page.locator("#task-table").count() == 0
    assert len(_rows(page, "indicator-table")) == 1
    assert len(_rows(page, "check-table")) == 2
    page.locator("#check-table tbody li button.place").first.click()
    assert page.locator("#text mark").first.text_content() == "一、夯实基层基础"
    page.locator("#check-table tbody tr td > button.place").nth(1).click()
    assert page.locator("#text mark").first.text_content() == briefing.documents[0].indicators[1].evidence.quote
    page.locator("#source button.verdict.accepted").click()
    assert "accepted" in str(page.locator("#check-table tbody tr").nth(1).get_attribute("class"))
