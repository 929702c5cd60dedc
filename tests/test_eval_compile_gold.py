"""The tool that turns an annotation by quotes into gold with spans."""

import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from summarizer.evaluation.gold import load_gold

TEXT = "市民政局召开工作会议。会议要求：\r\n一是办好老年食堂，新增老年食堂20家。\r\n二是办好老年食堂之外的助浴点，新增助浴点20家。\r\n"


@pytest.fixture(scope="module")
def tool() -> Iterator[ModuleType]:
    path = Path(__file__).parents[1] / "eval" / "compile_gold.py"
    spec = importlib.util.spec_from_file_location("compile_gold", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by name while they are built.
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "compile_gold", module)
        spec.loader.exec_module(module)
        yield module


def annotation(**changes: Any) -> dict[str, Any]:
    facts: dict[str, Any] = dict.fromkeys(("title", "region", "meeting_date", "place", "published", "annotated_ranges"))
    nothing = dict.fromkeys(("name_full", "change", "period", "period_start", "period_end", "base"))
    indicator = {**nothing, "value": 20, "raw": "20家", "unit": "家", "bound": "eq", "status": "target"}
    return {
        **facts,
        "kind": "sets_work",
        "document_year": None,
        "issuer": "市民政局",
        "level": "city",
        "genre": "会议通稿",
        "declared_task_count": None,
        "quality": [],
        "decoys": [],
        "tasks": [
            {"ordinal": 1, "first": "一是办好", "last": "食堂20家。", "title": "办好老年食堂"},
            {
                "ordinal": 2,
                "first": "二是办好",
                "last": "20家。",
                "title": "办好老年食堂之外的助浴点",
                "themes": ["ageing"],
            },
        ],
        "indicators": [
            {**indicator, "name": "助浴点 新增", "quote": "新增助浴点20家"},
            {**indicator, "name": "老年食堂 新增", "quote": "新增老年食堂20家"},
        ],
        **changes,
    }


def compiled(tool: ModuleType, folder: Path, given: dict[str, Any], encoding: str = "utf-8") -> tuple[int, Path, Path]:
    fixture, source, gold = folder / "text.txt", folder / "annotation.json", folder / "gold.json"
    fixture.write_bytes(TEXT.encode(encoding))
    source.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return tool.main([str(source), str(fixture), "-o", str(gold)]), gold, fixture


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_what_it_writes_is_gold_that_the_evaluation_loads(tool: ModuleType, tmp_path: Path, encoding: str) -> None:
    code, path, fixture = compiled(tool, tmp_path, annotation(), encoding)
    gold = load_gold(path, fixture)
    assert code == 0
    assert gold.annotation.sha256 == hashlib.sha256(fixture.read_bytes()).hexdigest()
    assert [TEXT[task.start : task.end] for task in gold.tasks] == TEXT.splitlines()[1:]
    assert [task.marker for task in gold.tasks] == ["一是", "二是"]


def test_steps_headlines_and_the_other_level_get_their_spans(tool: ModuleType, tmp_path: Path) -> None:
    first, second = annotation()["tasks"]
    step = {"text": "新增老年食堂20家", "first": "新增老年", "last": "20家", "lead": ["市民政局"], "unsure": ["lead"]}
    above = {"title": "会议要求", "first": "会议要求", "last": "助浴点20家。"}
    given = annotation(
        tasks=[{**first, "group": ["会议要求"], "steps": [step], "support": ["市财政局"]}, second],
        alternative_level={"level": "upper", "strength": "weak", "tasks": [above]},
    )
    _, path, fixture = compiled(tool, tmp_path, given)
    gold = load_gold(path, fixture)
    (compiled_step,) = gold.tasks[0].steps or ()
    assert TEXT[compiled_step.start : compiled_step.end] == compiled_step.text
    assert (compiled_step.lead, compiled_step.unsure) == (("市民政局",), ("lead",))
    assert (gold.tasks[0].group, gold.tasks[0].support, gold.tasks[1].steps) == (("会议要求",), ("市财政局",), None)
    assert gold.annotation.alternative_level is not None
    (other,) = gold.annotation.alternative_level.tasks
    assert (other.start, other.end) == (TEXT.index("会议要求"), TEXT.rindex("。") + 1)


def test_indicators_come_in_the_order_of_the_text(tool: ModuleType, tmp_path: Path) -> None:
    _, path, _ = compiled(tool, tmp_path, annotation())
    assert [entry["name"] for entry in json.loads(path.read_text("utf-8"))["indicators"]] == [
        "老年食堂 新增",
        "助浴点 新增",
    ]


def test_occurrence_picks_the_later_place_of_a_repeated_quote(tool: ModuleType, tmp_path: Path) -> None:
    repeated = {**annotation()["indicators"][0], "quote": "20家", "occurrence": 2}
    _, path, _ = compiled(tool, tmp_path, annotation(indicators=[repeated]))
    assert json.loads(path.read_text("utf-8"))["indicators"][0]["start"] == TEXT.rindex("20家")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"tasks": [{"ordinal": 1, "first": "三是", "last": "。", "title": None}]}, "task 1, first"),
        ({"tasks": [{"ordinal": 1, "first": "一是", "last": "20家。", "title": "助浴点"}]}, "outside the span"),
        ({"tasks": [{"ordinal": 2, "first": "一是", "last": "20家。", "title": None}]}, "position 1"),
        ({"indicators": [{**annotation()["indicators"][0], "quote": "新增助浴点30家"}]}, "does not hold the value"),
        ({"indicators": [{**annotation()["indicators"][0], "quote": "助浴20家"}]}, "indicator 助浴点 新增"),
        ({"decoys": ["1571"]}, "decoy"),
        (
            {"tasks": [{**annotation()["tasks"][0], "steps": [{"text": "助浴点", "first": "助浴点", "last": "20家"}]}]},
            "the step '助浴点' stands outside",
        ),
    ],
)
def test_what_does_not_stand_in_the_text_is_an_error_that_names_file_and_item(
    tool: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], named: str
) -> None:
    code, path, _ = compiled(tool, tmp_path, annotation(**changes))
    message = capsys.readouterr().err
    assert code == 2
    assert "text.txt" in message
    assert named in message
    assert not path.exists()
