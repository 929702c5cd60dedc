"""What stands of a model's items: proven, to be checked with the place, or a part dropped. Answers are synthetic."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarizer.chunk.tokens import counter_for
from summarizer.exchange import Answer, ChatRequest, Outcome, Usage
from summarizer.extract.document import Model
from summarizer.extract.prompts import load_prompt
from summarizer.language.themes import load_themes
from summarizer.pipeline.analysis import analyse
from summarizer.pipeline.document import by_model
from summarizer.schema import Document, DoubtReason, ItemStanding, RejectionReason

_TEXT = (
    "2031年全市养老服务工作会议召开\n"
    "2月3日，全市养老服务工作会议在云溪召开。\n"
    "会议指出，2030年全市养老机构床位达到3.6万张，社区助餐点增至820个。\n"
    "会议要求，2031年重点抓好以下三项工作。\n"
    "一是扩大普惠养老供给。新增护理型床位1200张以上。（市民政局牵头，市财政局配合，2031年底前完成）\n"
    "二是健全居家服务网络。推进家庭养老床位建设，不得降低服务标准。\n"
    "三是壮大护理人才队伍。培训护理员5000人次，持证率从72%提高到80%左右。\n"
)


def _task(ordinal: int, marker: str, title: str, last: str, **more: Any) -> dict[str, Any]:
    base = {"measures": [], "lead": [], "support": [], "deadline": None, "kind": "task"}
    return base | {"ordinal": ordinal, "marker": marker, "title": title, "first": marker + title, "last": last} | more


def _figure(name: str, quote: str, raw: str, status: str, **more: Any) -> dict[str, Any]:
    base = {"op": "eq", "period": None, "base": None, "nature": None}
    return base | {"name": name, "quote": quote, "raw": raw, "status": status} | more


def _truth() -> dict[str, Any]:
    duties = {"lead": ["市民政局"], "support": ["市财政局"], "deadline": "2031年底前"}
    return {
        "tasks": [
            _task(1, "一是", "扩大普惠养老供给", "2031年底前完成）", **duties),
            _task(2, "二是", "健全居家服务网络", "不得降低服务标准。", measures=["不得降低服务标准"]),
            _task(3, "三是", "壮大护理人才队伍", "提高到80%左右。"),
        ],
        "indicators": [
            _figure("全市养老机构床位", "全市养老机构床位达到3.6万张", "3.6万张", "achieved", period="2030年"),
            _figure("社区助餐点", "社区助餐点增至820个", "820个", "achieved", period="2030年"),
            _figure("新增护理型床位", "新增护理型床位1200张以上", "1200张", "target", op="ge"),
            _figure("培训护理员", "培训护理员5000人次", "5000人次", "target"),
            _figure("持证率", "持证率从72%提高到80%左右", "80%", "target", op="approx", base="72%"),
        ],
        "instructions_in_text": [],
    }


class _Asker:
    def __init__(self, answer: dict[str, Any]) -> None:
        self._answer = answer

    async def ask(self, request: ChatRequest) -> Answer:
        empty = {"tasks": [], "indicators": [], "instructions_in_text": []}
        text = json.dumps(empty if request.attempt else self._answer, ensure_ascii=False)
        return Answer(Outcome.ANSWERED, text, "stop", Usage(1, 1))


def _read(tmp_path: Path, answer: dict[str, Any]) -> Document:
    path = tmp_path / "readout.txt"
    path.write_text(_TEXT, encoding="utf-8")
    model = Model(_Asker(answer), "scripted", load_prompt("extract"), counter_for("gpt-4.1"), 3000)
    return asyncio.run(by_model(analyse(path), load_themes(None), model)).document


def test_true_items_are_proven(tmp_path: Path) -> None:
    document = _read(tmp_path, _truth())
    assert len(document.tasks) == 3
    assert len(document.indicators) == 5
    assert {item.standing for item in document.items} == {ItemStanding.PROVEN}
    assert (document.tasks[0].lead, document.tasks[0].support) == (("市民政局",), ("市财政局",))
    assert str(document.tasks[0].deadline_date) == "2031-12-31"


def _set(items: str, index: int, /, **values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda answer: answer[items][index].update(values)


_DROPPED: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "lead and support swapped": (_set("tasks", 0, lead=["市财政局"], support=["市民政局"]), "市财政局"),
    "any words as lead": (_set("tasks", 1, lead=["家庭养老床位"]), "家庭养老床位"),
    "any words as support": (_set("tasks", 2, support=["护理员"]), "护理员"),
    "any words as deadline": (_set("tasks", 1, deadline="家庭养老床位建设"), "家庭养老床位建设"),
    "another figure as base": (_set("indicators", 3, base="80%"), "80%"),
    "another year as period": (_set("indicators", 0, period="2031年"), "2031年"),
}


@pytest.mark.parametrize("lie", _DROPPED, ids=_DROPPED)
def test_a_part_that_the_source_does_not_bind_is_dropped_and_its_item_lives(tmp_path: Path, lie: str) -> None:
    spoil, words = _DROPPED[lie]
    answer = _truth()
    spoil(answer)
    document = _read(tmp_path, answer)
    refused = [one for one in document.rejected if one.reason is RejectionReason.NOT_BOUND]
    assert words in [one.raw for one in refused]
    assert (len(document.tasks), len(document.indicators)) == (3, 5)


def test_in_the_place_of_another_values_time_stands_the_one_that_governs_this(tmp_path: Path) -> None:
    answer = _truth()
    _set("indicators", 0, period="2031年")(answer)
    figure = _read(tmp_path, answer).indicators[0]
    assert (figure.period, str(figure.period_start), str(figure.period_end)) == ("2030年", "2030-01-01", "2031-01-01")
    assert figure.period_evidence is not None
    assert _TEXT[figure.period_evidence.start : figure.period_evidence.end] == "2030年"


_CHECKED: dict[str, tuple[Callable[[dict[str, Any]], None], DoubtReason]] = {
    "another indicator's name": (
        _set("indicators", 1, name="全市养老机构床位", quote="全市养老机构床位达到3.6万张，社区助餐点增至820个"),
        DoubtReason.NAME_APART,
    ),
    "reached for to be reached": (_set("indicators", 2, status="achieved"), DoubtReason.OTHER_STATUS),
    "a task as a safeguard": (_set("tasks", 1, kind="safeguard"), DoubtReason.OTHER_KIND),
}


@pytest.mark.parametrize("lie", _CHECKED, ids=_CHECKED)
def test_what_the_source_reads_otherwise_is_to_be_checked_with_its_place(tmp_path: Path, lie: str) -> None:
    spoil, reason = _CHECKED[lie]
    answer = _truth()
    spoil(answer)
    document = _read(tmp_path, answer)
    doubted = [item for item in document.items if item.standing is ItemStanding.CHECK]
    assert [one.reason for item in doubted for one in item.reasons] == [reason]
    place = doubted[0].reasons[0].evidence
    assert _TEXT[place.start : place.end] == place.quote


def test_a_step_that_is_cut_out_of_its_negation_gets_the_whole_clause(tmp_path: Path) -> None:
    answer = _truth()
    answer["tasks"][1]["measures"] = ["降低服务标准"]
    document = _read(tmp_path, answer)
    assert [step.text for step in document.tasks[1].steps] == ["不得降低服务标准"]


def test_the_headlines_above_a_models_task_are_the_texts_own(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(
        "云溪市2031年养老服务工作要点\n一、总体要求\n坚持以人民为中心。\n二、重点任务\n"
        "（一）扩大普惠养老供给。新增护理型床位1200张以上。\n（二）健全居家服务网络。推进家庭养老床位建设。\n",
        encoding="utf-8",
    )
    tasks = [
        _task(1, "（一）", "扩大普惠养老供给", "1200张以上。"),
        _task(2, "（二）", "健全居家服务网络", "床位建设。"),
    ]
    answer = {"tasks": tasks, "indicators": [], "instructions_in_text": []}
    model = Model(_Asker(answer), "scripted", load_prompt("extract"), counter_for("gpt-4.1"), 3000)
    document = asyncio.run(by_model(analyse(path), load_themes(None), model)).document
    assert [[above.title for above in task.group] for task in document.tasks] == [["重点任务"], ["重点任务"]]
