"""A small invented readout with its gold, and ways to make predictions of it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from summarizer.evaluation.agreement import as_document
from summarizer.evaluation.annotation import Annotation
from summarizer.evaluation.gold import Gold
from summarizer.schema import Document, Evidence, Indicator, Task

TEXT = (
    "东岭市召开2026年卫生健康工作会议\n"
    "过去一年，全市人均预期寿命达到79.2岁，每千人口床位数、护士数分别达6.8张、3.9人。\n"
    "会议要求抓好以下三项任务。一是强化基层。新建社区卫生服务站12个，家庭医生签约率提高到45%以上。"
    "二是深化医改。推进医共体建设，由市卫生健康委牵头，6月底前完成。"
    "三是发展托育。千人口托位数达到4.5个。\n"
    "会议还要求，做好春节期间值守。\n"
    "拨打12345热线，新闻热度9588万。\n"
)


def span_of(part: str, text: str = TEXT) -> tuple[int, int]:
    """Where a part stands."""
    start = text.index(part)
    return start, start + len(part)


def task(ordinal: int, part: str, title: str, **more: Any) -> dict[str, Any]:
    start, end = span_of(part)
    entry = {"ordinal": ordinal, "start": start, "end": end, "title": title, "marker": part[:2], "kind": "task"}
    return {**entry, "optional": False, "group": [], "lead": [], "deadline": None, "themes": [], "steps": [], **more}


def step(part: str, **more: Any) -> dict[str, Any]:
    start, end = span_of(part)
    return {"marker": None, "text": part.rstrip("。，"), "start": start, "end": end, **more}


def indicator(name: str, value: Any, raw: str, unit: str, quote: str, **more: Any) -> dict[str, Any]:
    start, end = span_of(quote)
    entry = {"name": name, "name_full": name, "value": value, "raw": raw, "unit": unit, "status": "achieved"}
    reading = {"bound": "eq", "change": None, "period": None, "period_start": None, "period_end": None, "base": None}
    place = {"start": start, "end": end, "quote": quote}
    return {**entry, **reading, **place, "optional": False, **more}


FIRST = "一是强化基层。新建社区卫生服务站12个，家庭医生签约率提高到45%以上。"
SECOND = "二是深化医改。推进医共体建设，由市卫生健康委牵头，6月底前完成。"
THIRD = "三是发展托育。千人口托位数达到4.5个。"
REMINDER = "会议还要求，做好春节期间值守。"


LAST_YEAR = {"period": "过去一年", "period_start": "2025-01-01", "period_end": "2026-01-01"}


def annotation(**changes: Any) -> dict[str, Any]:
    """The gold file's content."""
    entry: dict[str, Any] = {
        "document": "dongling.txt",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "kind": "sets_work",
        "title": "东岭市召开2026年卫生健康工作会议",
        "issuer": "东岭市",
        "region": "东岭市",
        "level": "city",
        "meeting_date": None,
        "place": None,
        "published": None,
        "document_year": 2026,
        "genre": "会议通稿",
        "declared_task_count": 3,
        "quality": [],
        "annotated_ranges": None,
        "tasks": [
            task(1, FIRST, "强化基层", themes=["primary"]),
            task(
                2,
                SECOND,
                "深化医改",
                lead=["市卫生健康委"],
                deadline="6月底前",
                deadline_date="2026-06-30",
                themes=["reform"],
            ),
            task(3, THIRD, "发展托育", themes=["fertility"]),
            task(4, REMINDER, "做好春节期间值守", kind="near_term", optional=True, marker=None),
        ],
        "alternative_level": None,
        "indicators": [
            indicator("人均预期寿命", 79.2, "79.2岁", "岁", "人均预期寿命达到79.2岁", **LAST_YEAR),
            indicator("每千人口床位数", 6.8, "6.8张", "张", "每千人口床位数、护士数分别达6.8张"),
            indicator("每千人口护士数", 3.9, "3.9人", "人", "护士数分别达6.8张、3.9人"),
            indicator("家庭医生签约率", 45, "45%", "%", "家庭医生签约率提高到45%以上", bound="ge", status="target"),
            indicator("千人口托位数", 4.5, "4.5个", "个", "千人口托位数达到4.5个", status="target"),
            indicator("社区卫生服务站", 12, "12个", "个", "新建社区卫生服务站12个", status="target", optional=True),
        ],
        "decoys": ["12345", "9588万"],
    }
    return {**entry, **changes}


def gold(**changes: Any) -> Gold:
    """The gold in memory."""
    return Gold("dongling.txt", Path("dongling.txt"), TEXT, Annotation.model_validate(annotation(**changes)), "g")


def perfect() -> Document:
    """A prediction that has everything right."""
    return as_document(gold())


def with_tasks(*tasks: Task) -> Document:
    return perfect().model_copy(update={"tasks": tasks})


def with_indicators(*indicators: Indicator) -> Document:
    return perfect().model_copy(update={"indicators": indicators})


def moved(item: Task, part: str) -> Task:
    """The task with another span."""
    start, end = span_of(part)
    return item.model_copy(update={"evidence": Evidence(start=start, end=end, quote=part)})


def quoting(item: Indicator, quote: str, **changes: Any) -> Indicator:
    """The indicator with another quote, its value where the quote prints it first."""
    start, end = span_of(quote)
    place = {"evidence": Evidence(start=start, end=end, quote=quote)}
    return valued(item.model_copy(update={**place, **changes}))


def valued(item: Indicator, **changes: Any) -> Indicator:
    """The indicator with another value, which stands where its quote prints it first."""
    changed = item.model_copy(update=changes)
    start = changed.evidence.start + changed.evidence.quote.index(changed.raw)
    value = Evidence(start=start, end=start + len(changed.raw), quote=changed.raw)
    return changed.model_copy(update={"value_evidence": value})


def written(folder: Path, split: str = "dev", name: str = "dongling", **changes: Any) -> tuple[Path, Path]:
    """Fixture and gold as files below ``folder``; returns gold path and fixture."""
    fixture = folder / "fixtures" / split / f"{name}.txt"
    path = folder / "gold" / split / f"{name}.json"
    for file in (fixture, path):
        file.parent.mkdir(parents=True, exist_ok=True)
    fixture.write_bytes(TEXT.encode())
    path.write_text(json.dumps(annotation(document=f"{name}.txt", **changes), ensure_ascii=False), encoding="utf-8")
    return path, fixture
