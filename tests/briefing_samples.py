"""Documents for the tests of comparison and rendering: small texts through the real stages that need no model."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from summarizer.briefing.comparison import compare
from summarizer.briefing.overview import compose_overview
from summarizer.language.themes import load_themes
from summarizer.pipeline.analysis import analyse
from summarizer.pipeline.document import by_rules
from summarizer.schema import Briefing, Problem, Run
from summarizer.source.text import CleanText

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


def briefing_of(
    folder: Path, texts: Mapping[str, str], *, language: str = "zh", problems: tuple[Problem, ...] = ()
) -> tuple[Briefing, dict[str, CleanText]]:
    """Write the texts into files and make the briefing that the rules make of them, dated so that it is always the same."""
    results = []
    for name, text in texts.items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="")
        results.append(by_rules(analyse(path), load_themes()))
    documents = tuple(result.document for result in results)
    clean = {result.document.id: result.clean for result in results}
    comparison = compare(documents, clean, load_themes(), language)
    briefing = Briefing.model_validate(
        {
            "tool_version": "0.1.0",
            "created_at": "2026-02-03T04:05:06+00:00",
            "language": language,
            "run": Run(method="heuristic"),
            "documents": documents,
            "comparison": comparison,
            "overview": compose_overview(documents, comparison, language),
            "problems": (*(problem for result in results for problem in result.problems), *problems),
        }
    )
    return briefing, clean
