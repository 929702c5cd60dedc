"""The words that the renderers put around the data, in Chinese and English. Nothing here comes from a document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from summarizer.schema import Document, Indicator, Op

__all__ = ["Labels", "document_names", "labels_for", "name_of", "printed_value"]

Labels = dict[str, str]

_ZH: Labels = {
    "briefing": "简报",
    "headline": "重点任务和主要指标",
    "documents": "份材料",
    "method": "方法",
    "method.heuristic": "规则（未使用模型）",
    "method.model": "模型",
    "method.replay": "模型（回放已录答案）",
    "method.mixed": "模型，部分片段由规则代替",
    "made": "生成",
    "verify": "核对：每条均可用 `summarizer verify` 对照原文",
    "overview": "要情",
    "problems": "需要注意",
    "problem": "问题",
    "file": "文件",
    "comparison": "对照",
    "theme": "主题",
    "baseline": "（基准）",
    "not_mentioned": "未提及",
    "tasks": "重点任务",
    "near_term": "近期要求",
    "safeguards": "保障措施",
    "indicators": "主要指标",
    "no_tasks": "未部署任务。",
    "no_indicators": "无指标。",
    "declared": "文中自称{count}项",
    "title": "标题",
    "issuer": "主体",
    "publisher": "发布者",
    "region": "地区",
    "level": "层级",
    "level.national": "国家",
    "level.province": "省级",
    "level.city": "市级",
    "level.county": "县级",
    "genre": "文种",
    "published": "发布",
    "meeting": "会议",
    "quality": "文本状况",
    "source": "原文",
    "ordinal": "序号",
    "task": "重点任务",
    "measures": "具体举措",
    "lead": "牵头单位",
    "support": "配合单位",
    "deadline": "完成时限",
    "target": "目标值",
    "place": "出处",
    "name": "指标名称",
    "unit": "单位",
    "base": "基期值",
    "value": "目标值或完成值",
    "status": "状态",
    "status.achieved": "完成",
    "status.target": "目标",
    "nature": "属性",
    "nature.binding": "约束性",
    "nature.expected": "预期性",
    "period": "时期",
    "untitled": "（无标题）",
    "op.ge": "以上",
    "op.le": "以内",
    "op.approx": "左右",
    "op.delta_up": "增",
    "op.delta_down": "减",
    "rejected": "未采信",
    "reason": "理由",
    "this_text": "本材料",
    "and": "、",
    "quote": "“{text}”",
    "say.tasks": "{name}部署的重点任务包括{titles}。",
    "say.target": "提出的目标包括：{figures}。",
    "say.achieved": "已完成情况包括：{figures}。",
    "say.near_term": "近期要求：{titles}。",
    "say.safeguard": "保障措施：{titles}。",
    "say.common": "多份材料都部署了{theme}方面的任务：{parts}。",
    "say.quantified": "相对国家文本以数字细化的有：{parts}。",
    "say.added": "相对国家文本另有部署的有：{parts}。",
    "say.missing": "国家部署的{title}（{theme}），在{names}的任务中未提及。",
    "say.aligned": "{name}的目标值：{parts}。",
    "standing.taken_up": "承接",
    "standing.quantified": "细化（有数字）",
    "standing.mentioned": "提及",
    "standing.added": "新增",
    "standing.missing": "未提及",
    "standing.baseline": "基准",
    "aligned": "指标对照",
    "change": "增减幅度",
    "new_phrases": "新提法",
    "phrase": "提法",
    "against": "比照",
    "context": "原文语句",
    "documents_table": "材料清单",
    "document": "材料",
    "more": "另有{count}项，见所附表格或 JSON。",
    "indicator_reach": "见于材料",
}

_EN: Labels = {
    "briefing": "Briefing",
    "headline": "tasks and indicators",
    "documents": " documents",
    "method": "Method",
    "method.heuristic": "rules (no model)",
    "method.model": "model",
    "method.replay": "model (recorded answers)",
    "method.mixed": "model, rules for some chunks",
    "made": "made",
    "verify": "check: `summarizer verify` compares each line with the source",
    "overview": "Overview",
    "problems": "Problems",
    "problem": "Problem",
    "file": "File",
    "comparison": "Comparison",
    "theme": "Theme",
    "baseline": " (baseline)",
    "not_mentioned": "not mentioned",
    "tasks": "Tasks",
    "near_term": "Near-term requirements",
    "safeguards": "Safeguards",
    "indicators": "Indicators",
    "no_tasks": "Sets no tasks.",
    "no_indicators": "No indicators.",
    "declared": "the text announces {count}",
    "title": "Title",
    "issuer": "Issuer",
    "publisher": "Publisher",
    "region": "Region",
    "level": "Level",
    "level.national": "national",
    "level.province": "province",
    "level.city": "city",
    "level.county": "county",
    "genre": "Genre",
    "published": "Published",
    "meeting": "Meeting",
    "quality": "State of the text",
    "source": "Source",
    "ordinal": "No.",
    "task": "Task",
    "measures": "Measures",
    "lead": "Lead",
    "support": "Support",
    "deadline": "Deadline",
    "target": "Target",
    "place": "Place",
    "name": "Indicator",
    "unit": "Unit",
    "base": "Base",
    "value": "Target or result",
    "status": "Status",
    "status.achieved": "achieved",
    "status.target": "target",
    "nature": "Nature",
    "nature.binding": "binding",
    "nature.expected": "expected",
    "period": "Period",
    "untitled": "(no title)",
    "op.ge": " or more",
    "op.le": " or less",
    "op.approx": " or so",
    "op.delta_up": "up by ",
    "op.delta_down": "down by ",
    "rejected": "Not accepted",
    "reason": "Reason",
    "this_text": "The text",
    "and": ", ",
    "quote": "“{text}”",
    "say.tasks": "Tasks set by {name} include {titles}.",
    "say.target": "Targets include {figures}.",
    "say.achieved": "Results include {figures}.",
    "say.near_term": "Near-term requirements: {titles}.",
    "say.safeguard": "Safeguards: {titles}.",
    "say.common": "Several texts set tasks on {theme}: {parts}.",
    "say.quantified": "Made concrete with figures against the national text: {parts}.",
    "say.added": "Set in addition to the national text: {parts}.",
    "say.missing": "The national task {title} ({theme}) is not mentioned in the tasks of {names}.",
    "say.aligned": "Targets for {name}: {parts}.",
    "standing.taken_up": "taken up",
    "standing.quantified": "with figures",
    "standing.mentioned": "mentioned",
    "standing.added": "added",
    "standing.missing": "not mentioned",
    "standing.baseline": "baseline",
    "aligned": "Indicators side by side",
    "change": "change",
    "new_phrases": "New phrases",
    "phrase": "Phrase",
    "against": "Compared with",
    "context": "Sentence",
    "documents_table": "Documents",
    "document": "Document",
    "more": "{count} more in the tables or the JSON.",
    "indicator_reach": "Documents",
}


def labels_for(language: str) -> Labels:
    """The labels of a language, ``zh`` or ``en``."""
    return _ZH if language == "zh" else _EN


def name_of(document: Document, labels: Labels) -> str:
    """What tables call a document: its region, else its issuer, else its title."""
    return document.region or document.issuer or document.title or labels["untitled"]


def document_names(documents: Sequence[Document], labels: Labels) -> dict[str, str]:
    """Names by id that tell the documents apart: a name that stands twice gets its file's name behind it."""
    names = {document.id: name_of(document, labels) for document in documents}
    often = Counter(names.values())
    return {
        document.id: names[document.id]
        if often[names[document.id]] == 1
        else f"{names[document.id]}（{PurePath(document.path).stem}）"
        for document in documents
    }


def printed_value(indicator: Indicator, labels: Labels) -> str:
    """The value as printed, with the operator in words where the printed value does not hold it."""
    if indicator.op in (Op.EQ, Op.RANGE):
        return indicator.raw
    word = labels[f"op.{indicator.op}"]
    if indicator.op in (Op.DELTA_UP, Op.DELTA_DOWN):
        return f"{word}{indicator.raw}"
    return indicator.raw if word in indicator.raw else f"{indicator.raw}{word}"
