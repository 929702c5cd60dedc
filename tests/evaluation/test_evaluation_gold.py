"""The loader takes a sound gold file and refuses every other, naming file and item."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from evaluation_samples import FIRST, SECOND, TEXT, THIRD, annotation, indicator, span_of, step, task, written

from summarizer.errors import DataError
from summarizer.evaluation.gold import load_folder, load_gold, load_split


def test_a_sound_file_is_loaded_with_its_text(tmp_path: Path) -> None:
    loaded = load_gold(*written(tmp_path))
    assert loaded.text == TEXT
    assert [t.ordinal for t in loaded.tasks if t.required] == [1, 2, 3]


def test_a_range_of_values_is_a_pair(tmp_path: Path) -> None:
    pair = indicator("千人口托位数", [4, 4.5], "4.5个", "个", "千人口托位数达到4.5个")
    loaded = load_gold(*written(tmp_path, indicators=[pair]))
    assert [float(v) for v in loaded.indicators[0].value] == [4, 4.5]  # type: ignore[union-attr]


def test_a_fixture_in_gb18030_is_read_by_the_reader(tmp_path: Path) -> None:
    path, fixture = written(tmp_path)
    raw = TEXT.encode("gb18030")
    fixture.write_bytes(raw)
    path.write_text(json.dumps(annotation(sha256=hashlib.sha256(raw).hexdigest())), encoding="utf-8")
    assert load_gold(path, fixture).text == TEXT


def _shifted(part: str, **more: Any) -> list[dict[str, Any]]:
    entry = indicator("人均预期寿命", 79.2, "79.2岁", "岁", part)
    return [{**entry, **more}]


def _chapter(**more: Any) -> dict[str, Any]:
    """The three tasks read as one, under the sentence that announces them."""
    start, end = span_of("会议要求抓好以下三项任务。" + FIRST + SECOND + THIRD)
    heading = {"marker": None, "title": "会议要求抓好以下三项任务", "start": start, "end": end, **more}
    return {"level": "upper", "strength": "strong", "tasks": [heading]}


def test_headlines_steps_and_the_other_level_are_loaded(tmp_path: Path) -> None:
    marked = task(1, FIRST, "强化基层", group=["会议要求抓好以下三项任务"], steps=[step("新建社区卫生服务站12个")])
    loaded = load_gold(*written(tmp_path, tasks=[marked], alternative_level=_chapter()))
    assert [s.text for s in loaded.tasks[0].steps or ()] == ["新建社区卫生服务站12个"]
    assert loaded.annotation.alternative_level is not None


def test_remarks_and_the_field_names_of_other_collections_are_understood(tmp_path: Path) -> None:
    entry = annotation()
    entry["ranges"] = entry.pop("annotated_ranges")
    marked = step("新建社区卫生服务站12个")
    marked["title_or_text"] = marked.pop("text")
    entry["tasks"] = [{**task(1, FIRST, "强化基层", steps=[marked]), "lead_inherited": []}]
    entry |= {"corrections": [], "year_evidence": None, "alternative_level": {**_chapter(), "why": "a chapter"}}
    path, fixture = written(tmp_path)
    path.write_text(json.dumps(entry), encoding="utf-8")
    loaded = load_gold(path, fixture)
    assert (loaded.tasks[0].steps or ())[0].text == "新建社区卫生服务站12个"


def test_a_folder_is_loaded_by_the_document_that_each_file_names(tmp_path: Path) -> None:
    path, fixture = written(tmp_path)
    path.rename(path.with_name("001.json"))
    (fixture.parent / "not_annotated.txt").write_text("一", encoding="utf-8")
    assert [gold.name for gold in load_folder(path.parent, fixture.parent)] == ["dongling.txt"]


@pytest.mark.parametrize(("document", "named"), [("gone.txt", r"001\.json: there is no gone\.txt"), (None, "document")])
def test_a_folder_with_a_file_that_names_no_document_is_refused(
    tmp_path: Path, document: str | None, named: str
) -> None:
    path, fixture = written(tmp_path)
    path.with_name("001.json").write_text(json.dumps(annotation(document=document)), encoding="utf-8")
    with pytest.raises(DataError, match=named):
        load_folder(path.parent, fixture.parent)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"sha256": "0" * 64}, "sha256"),
        ({"document": "other.txt"}, "other.txt"),
        ({"confidence": 1}, "confidence"),
        ({"indicators": _shifted("人均预期寿命达到79.2岁", start=30)}, "人均预期寿命"),
        ({"indicators": _shifted("人均预期寿命达到")}, "does not hold the value"),
        ({"indicators": [*_shifted("人均预期寿命达到79.2岁"), *_shifted("人均预期寿命达到79.2岁")]}, "twice"),
        (
            {"indicators": [{**_shifted("人均预期寿命达到79.2岁")[0], "confidence": 1}]},
            "indicators.0.confidence (人均预期寿命)",
        ),
        (
            {"tasks": [task(1, "一是强化基层。", "强化基层"), task(1, "二是深化医改。", "深化医改")]},
            "task 1 is given twice",
        ),
        ({"tasks": [task(1, "一是强化基层。", "深化医改")]}, "the title '深化医改'"),
        ({"tasks": [task(1, "一是强化基层。", "强化基层", end=10_000)]}, "leaves the text"),
        ({"tasks": [task(1, FIRST, "强化基层", group=["重点任务"])]}, "the headline '重点任务'"),
        ({"tasks": [task(1, FIRST, "强化基层", steps=[step("推进医共体建设")])]}, "leaves the task's span"),
        ({"tasks": [task(1, FIRST, "强化基层", steps=[step(FIRST, text="推进医共体")])]}, "the title '推进医共体'"),
        ({"tasks": [task(1, FIRST, "强化基层", deadline_date="2026-13-01")]}, "tasks.0.deadline_date (强化基层)"),
        ({"alternative_level": _chapter(end=10_000)}, "the other level's 会议要求抓好以下三项任务"),
        ({"alternative_level": {**_chapter(), "level": "middle"}}, "alternative_level.level"),
        ({"indicators": _shifted("人均预期寿命达到79.2岁", bound="delta_up")}, "indicators.0.bound (人均预期寿命)"),
        (
            {"indicators": _shifted("人均预期寿命达到79.2岁", period_start="2026-01-01", period_end="2026-01-01")},
            "a period ends (2026-01-01)",
        ),
        ({"title_or_text": "x", "text": "y"}, "are the same field"),
        ({"decoys": ["五洲四海"]}, "五洲四海"),
        ({"annotated_ranges": [[5, 5]], "indicators": []}, "annotated range"),
        ({"annotated_ranges": [[0, 20]]}, "outside the annotated ranges"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(tmp_path: Path, changes: dict[str, Any], named: str) -> None:
    path, fixture = written(tmp_path)
    path.write_text(json.dumps(annotation(**changes), ensure_ascii=False), encoding="utf-8")
    with pytest.raises(DataError, match=path.name) as refused:
        load_gold(path, fixture)
    assert named in str(refused.value)


def test_no_json_is_refused(tmp_path: Path) -> None:
    path, fixture = written(tmp_path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(DataError, match="no JSON"):
        load_gold(path, fixture)


def test_a_fixture_without_gold_and_gold_without_fixture_are_refused(tmp_path: Path) -> None:
    path, fixture = written(tmp_path)
    (fixture.parent / "lonely.txt").write_text("一", encoding="utf-8")
    with pytest.raises(DataError, match=r"lonely\.txt: has no gold"):
        load_split(tmp_path, "dev")
    (fixture.parent / "lonely.txt").unlink()
    fixture.rename(fixture.with_name("renamed.txt"))
    with pytest.raises(DataError, match=path.name):
        load_split(tmp_path, "dev")


def test_the_same_bytes_twice_in_a_split_are_refused(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, name="again")
    with pytest.raises(DataError, match="twice"):
        load_split(tmp_path, "dev")


def test_a_second_annotation_may_cover_a_part(tmp_path: Path) -> None:
    path, fixture = written(tmp_path)
    (fixture.parent / "other.txt").write_text("一", encoding="utf-8")
    second = tmp_path / "gold" / "second" / "dev"
    second.mkdir(parents=True)
    (second / path.name).write_bytes(path.read_bytes())
    assert [gold.name for gold in load_split(tmp_path, "dev", gold_folder=second)] == ["dongling.txt"]
