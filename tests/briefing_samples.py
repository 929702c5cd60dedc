"""Documents for the tests of comparison, overview, verification and rendering, built item by item: no stage before has a part.

A task is a line that begins with 一是, 二是 …; an indicator is a :class:`Figure` whose quote the text holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from summarizer.briefing.comparison import compare
from summarizer.briefing.overview import compose_overview
from summarizer.language.fold import fold
from summarizer.language.themes import load_themes, themes_of
from summarizer.schema import (
    Bound,
    Briefing,
    Change,
    Chars,
    Document,
    Doubt,
    DoubtReason,
    Evidence,
    Heading,
    Horizon,
    Indicator,
    ItemStanding,
    Level,
    MarkerStatus,
    Meeting,
    Origin,
    Part,
    Problem,
    Rejected,
    RejectionReason,
    Run,
    SourceOffset,
    Span,
    Status,
    Step,
    Task,
    TextKind,
    rejected,
)
from summarizer.source.text import CleanText, Dropped

NATIONAL = (
    "全国卫生健康工作会议在京召开\n"
    "1月6日\uff0c全国卫生健康工作会议在北京召开\u30022025年\uff0c全国人均预期寿命达到79.2岁\u3002\n"
    "会议要求\uff0c2026年重点抓好以下三项任务\u3002\n"
    "一是实施医疗卫生强基工程\u3002建强乡镇卫生院\uff0c每千人口托位数达到4.8个\u3002\n"
    "二是完善生育支持政策体系\u3002发展普惠托育服务\u3002\n"
    "三是促进中医药传承创新发展\u3002办好中医馆\u3002\n"
)
PROVINCE = (
    "2026年全省卫生健康工作会议召开\n"
    "发布时间\uff1a2026-01-20 来源\uff1a安徽省卫生健康委员会\n"
    "1月19日\uff0c安徽省卫生健康工作会议在合肥召开\u30022025年\uff0c全省人均期望寿命达到79.1岁\u3002\n"
    "会议要求\uff0c2026年重点抓好以下三项任务\u3002\n"
    "一是实施医疗卫生强基工程\u3002建设中心卫生院120个以上\uff0c推行“云上村医”模式\u3002\n"
    "二是完善生育支持政策体系\u3002新增普惠托位8000个\uff0c每千人口托位数达到5.1个\u3002\n"
    "三是加强心理健康和精神卫生服务\u3002开展心理健康促进行动\u3002\n"
)


@dataclass(frozen=True)
class Figure:
    """An indicator to build wherever a text holds ``quote``; it has the period when the text holds that too."""

    quote: str
    name: str
    raw: str
    value: str
    unit: str
    bound: Bound = Bound.EQ
    change: Change | None = None
    status: Status = Status.TARGET
    period: str | None = None
    days: tuple[date | None, date | None] = (None, None)


FIGURES = (
    Figure("人均预期寿命达到79.2岁", "人均预期寿命", "79.2岁", "79.2", "岁", status=Status.ACHIEVED, period="2025年"),
    Figure("人均期望寿命达到79.1岁", "人均期望寿命", "79.1岁", "79.1", "岁", status=Status.ACHIEVED, period="2025年"),
    Figure("每千人口托位数达到4.8个", "每千人口托位数", "4.8个", "4.8", "个", period="2026年"),
    Figure("每千人口托位数达到5.1个", "每千人口托位数", "5.1个", "5.1", "个", period="2026年"),
    Figure("建设中心卫生院120个以上", "中心卫生院", "120个", "120", "个", Bound.GE, period="2026年"),
    Figure("新增普惠托位8000个", "新增普惠托位", "8000个", "8000", "个", period="2026年"),
)

_TASK = re.compile(r"^(?P<marker>[一二三四五六七]是)(?P<title>[^\u3002\n]+)[^\n]*$", re.MULTILINE)
_REGIONS = {"全国": ("全国", Level.NATIONAL), "安徽": ("安徽省", Level.PROVINCE)}


def place(text: str, words: str, start: int = 0) -> Evidence:
    """The first place of some words in a text; ``ValueError`` where they do not stand."""
    at = text.index(words, start)
    return Evidence(start=SourceOffset(at), end=SourceOffset(at + len(words)), quote=words)


def document_of(path: str, text: str, figures: Sequence[Figure] = FIGURES) -> Document:
    """The document of a text: its tasks by line, the figures it holds, region and level by the first words that tell."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    words = fold(text).text
    region, level = next((known for cue, known in _REGIONS.items() if cue in words[:200]), (None, None))
    tasks = tuple(_task(match, number, sha256[:12], text) for number, match in enumerate(_TASK.finditer(text), 1))
    held = [figure for figure in figures if figure.quote in text]
    year = re.search(r"20\d\d", text)
    published = re.search(r"\d{4}-\d\d-\d\d", text)
    return Document(
        id=sha256[:12],
        path=path,
        sha256=sha256,
        media_type="text/plain",
        encoding="utf-8",
        chars=Chars(source=len(text), clean=len(text)),
        title=text.split("\n", 1)[0],
        region=region,
        level=level,
        genre="会议报道",
        published=published[0] if published else None,
        year=int(year[0]) if year else None,
        year_evidence=place(text, year[0]) if year else None,
        meeting=Meeting(),
        kind=TextKind.SETS_WORK,
        tasks=tasks,
        indicators=tuple(_indicator(one, number, sha256[:12], text, tasks) for number, one in enumerate(held, 1)),
    )


def _task(match: re.Match[str], number: int, document: str, text: str) -> Task:
    return Task(
        id=f"{document}.t{number}",
        ordinal=number,
        marker=match["marker"],
        marker_status=MarkerStatus.INTACT,
        title=match["title"],
        themes=themes_of(fold(match["title"]).text, fold(match[0]).text, load_themes()),
        evidence=place(text, match[0], match.start()),
        origin=Origin.HEURISTIC,
    )


def _indicator(figure: Figure, number: int, document: str, text: str, tasks: Sequence[Task]) -> Indicator:
    evidence = place(text, figure.quote)
    name = place(text, figure.name, evidence.start)
    period = figure.period if figure.period and figure.period in text else None
    inside = (task.id for task in tasks if task.evidence.start <= evidence.start < task.evidence.end)
    return Indicator(
        id=f"{document}.i{number}",
        name=figure.name,
        name_evidence=(Span(start=name.start, end=name.end),),
        value=Decimal(figure.value),
        raw=figure.raw,
        value_evidence=place(text, figure.raw, evidence.start),
        unit=figure.unit,
        bound=figure.bound,
        change=figure.change,
        status=figure.status,
        period=period,
        period_start=figure.days[0],
        period_end=figure.days[1],
        period_evidence=place(text, period) if period else None,
        task_id=next(inside, None),
        evidence=evidence,
        origin=Origin.HEURISTIC,
    )


def briefing_of(
    folder: Path,
    texts: Mapping[str, str],
    *,
    language: str = "zh",
    problems: tuple[Problem, ...] = (),
    figures: Sequence[Figure] = FIGURES,
) -> tuple[Briefing, dict[str, CleanText]]:
    """Write the texts into files and make their briefing, dated so that it is always the same."""
    documents = []
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
        documents.append(document_of(str(folder / name), text, figures))
    clean = {one.id: _clean(text) for one, text in zip(documents, texts.values(), strict=True)}
    return assembled(documents, clean, language=language, problems=problems), clean


def assembled(
    documents: Sequence[Document],
    clean: Mapping[str, CleanText],
    *,
    language: str = "zh",
    problems: tuple[Problem, ...] = (),
) -> Briefing:
    """The briefing of some documents, with its comparison and its composed overview."""
    comparison = compare(documents, clean, load_themes(), language)
    return Briefing.model_validate(
        {
            "tool_version": "0.1.0",
            "created_at": "2026-02-03T04:05:06+00:00",
            "language": language,
            "run": Run(method="heuristic"),
            "documents": tuple(documents),
            "comparison": comparison,
            "overview": compose_overview(documents, comparison, language),
            "problems": problems,
        }
    )


def _clean(text: str) -> CleanText:
    """All of a text but the line of its publication."""
    line = re.search(r"^发布时间[^\n]*\n", text, re.MULTILINE)
    if line is None:
        return CleanText(text, ((0, len(text)),))
    return CleanText(text, ((0, line.start()), (line.end(), len(text))), (Dropped(*line.span(), "dateline"),))


PLAN = (
    "2026年卫生健康工作方案\n"
    "上半年门诊人次增长5%左右\u3002\n"
    "一、夯实基层基础\n"
    "\uff08一\uff09建强乡镇卫生院\u3002\uff081\uff09改造卫生院\uff0c由省卫生健康委牵头\uff0c6月底前完成\u3002\uff082\uff09配备全科医生\u3002"
    "床位从80张增加到120张\u3002\u3014责任单位\uff1a省卫生健康委\uff1b配合单位\uff1a省财政厅\u3015\n"
)
"""A text with a headline above its task, steps with duties of their own, a base, and times that name no year."""


def plan_document(path: str) -> Document:
    """The document of :data:`PLAN` with every field of the contract that states something printed."""
    bare = document_of(path, PLAN, ())
    task = PLAN[PLAN.index("\uff08一\uff09") : -1]
    title = place(PLAN, "一、夯实基层基础")
    first = place(PLAN, "\uff081\uff09改造卫生院\uff0c由省卫生健康委牵头\uff0c6月底前完成")
    second = place(PLAN, "\uff082\uff09配备全科医生")
    lead, support = place(PLAN, "省卫生健康委", PLAN.index("责任单位")), place(PLAN, "省财政厅")
    deadline = place(PLAN, "6月底前")
    steps = (
        Step(
            marker="\uff081\uff09", text="改造卫生院\uff0c由省卫生健康委牵头\uff0c6月底前完成", evidence=first,
            lead=("省卫生健康委",), lead_evidence=(place(PLAN, "省卫生健康委"),),
            deadline="6月底前", deadline_evidence=deadline, deadline_date=date(2026, 6, 30),
        ),
        Step(marker="\uff082\uff09", text="配备全科医生", evidence=second),
    )  # fmt: skip
    made = Task(
        id=f"{bare.id}.t1", ordinal=1, marker="\uff08一\uff09", marker_status=MarkerStatus.INTACT, title="建强乡镇卫生院",
        group=(Heading(marker="一、", title="夯实基层基础", evidence=title),), steps=steps,
        lead=("省卫生健康委",), lead_evidence=(lead,), support=("省财政厅",), support_evidence=(support,),
        deadline="6月底前", deadline_evidence=deadline, deadline_date=date(2026, 6, 30),
        evidence=place(PLAN, task), origin=Origin.MODEL, confirmed_by=Origin.HEURISTIC,
    )  # fmt: skip
    growth = Figure("门诊人次增长5%左右", "门诊人次", "5%", "5", "%", Bound.APPROX, Change.UP, period="上半年", days=(date(2026, 1, 1), date(2026, 7, 1)))  # fmt: skip
    beds = Figure("床位从80张增加到120张", "床位", "120张", "120", "张")
    indicators = [_indicator(one, number, bare.id, PLAN, (made,)) for number, one in enumerate((growth, beds), 1)]
    indicators[1] = indicators[1].model_copy(update={"base": Decimal(80), "base_evidence": place(PLAN, "80张")})
    return bare.model_copy(
        update={
            "kind_evidence": (place(PLAN, "工作方案"),),
            "parts": (Part(start=title.start, end=SourceOffset(len(PLAN)), heading="一、夯实基层基础", horizon=Horizon.WORK),),
            "tasks": (made,),
            "indicators": tuple(indicators),
            "rejected": _rejected(),
        }
    )  # fmt: skip


def _rejected() -> tuple[Rejected, ...]:
    """One proposal of a model, and a figure that the rules put aside."""
    year = place(PLAN, "2026年")
    return (
        rejected("task", Origin.MODEL, RejectionReason.LOOKS_BACK, "建设云医院"),
        rejected("indicator", Origin.HEURISTIC, RejectionReason.DECOY, "2026年", span=year),
    )


def plan_briefing(folder: Path, *, language: str = "zh") -> tuple[Briefing, dict[str, CleanText]]:
    """The briefing of :data:`PLAN` alone."""
    path = folder / "plan.txt"
    path.write_text(PLAN, encoding="utf-8", newline="")
    document = plan_document(str(path))
    clean = {document.id: CleanText(PLAN, ((0, len(PLAN)),))}
    return assembled([document], clean, language=language), clean


def doubted(document: Document) -> Document:
    """The document of :data:`PLAN` with its task and its beds to be checked."""
    level = Doubt(reason=DoubtReason.OTHER_LEVEL, evidence=place(PLAN, "一、夯实基层基础"))
    twice = Doubt(reason=DoubtReason.AMBIGUOUS, evidence=place(PLAN, "80张"))
    task = document.tasks[0].model_copy(update={"standing": ItemStanding.CHECK, "reasons": (level,)})
    beds = document.indicators[1].model_copy(update={"standing": ItemStanding.CHECK, "reasons": (twice, twice)})
    return document.model_copy(update={"tasks": (task,), "indicators": (document.indicators[0], beds)})


def doubtful_briefing(folder: Path, *, language: str = "zh") -> tuple[Briefing, dict[str, CleanText]]:
    """The briefing of :data:`PLAN` with two of its three items to be checked."""
    briefing, clean = plan_briefing(folder)
    return assembled([doubted(briefing.documents[0])], clean, language=language), clean
