"""What a problem says to the reader, in the briefing's language: built from its kind and details, never translated."""

from __future__ import annotations

from summarizer.schema import Problem

__all__ = ["problem_message"]

_ZH = {
    "unreadable": "文件无法读取：{path}（{reason}）",
    "declared_task_count": "文中称有{declared}项任务（“{quote}”），实际找到{found}项",
    "rules_only": "仅规则识别出此{what}，模型未给出：{name}",
    "rules_only_kept": "仅规则识别出此任务（前后相邻各项模型均有），已列入：{name}",
    "split_task": "模型把此任务（{title}）分成了{count}项，按全文层次合为一项：{titles}",
    "model_only": "仅模型识别出此{what}，规则未识别：{name}",
    "reading_differs": "规则读作{name}，模型读作{other}",
    "incomplete_answers": "模型的答案不完整：规则识别的{total}项指标中有{missed}项未给出",
    "truncated": "原文不完整，任务和指标可能有缺",
    "paywalled": "原文有付费或会员限制的缺文，任务和指标可能有缺",
    "mojibake": "原文有乱码，个别内容可能缺失",
    "injection_attempt": "原文含有对读取程序的指令，未予执行",
    "overview_dropped": "要情中删去一句未获证实的话：{sentence}（{reason}）",
    "overview_failed": "模型未能给出要情，改由程序按条目汇编（{reason}）",
    "answer_in_doubt": "第{chunk}段的答案可能不全：{reason}",
    "chunk": "第{chunk}段模型未作答（{outcome}），由规则代替：{reason}",
}

_OUTCOMES = {
    "refused": "拒答",
    "filtered": "被过滤",
    "empty": "空白答案",
    "failed": "失败",
    "missing": "无已录答案",
    "unpaid": "预算用尽",
    "cut": "答案截断",
}

_WHAT = {"task": "任务", "indicator": "指标"}


def problem_message(problem: Problem, language: str) -> str:
    """The sentence to show. English, and kinds whose details are not known, fall back on the problem's own message."""
    if language != "zh":
        return problem.message
    template = _ZH.get("chunk" if problem.kind in _OUTCOMES else str(problem.details.get("form", problem.kind)))
    if template is None:
        return problem.message
    values = {key: str(value) for key, value in problem.details.items()}
    values["chunk"] = str(problem.chunk or "")
    values["outcome"] = _OUTCOMES.get(problem.kind, "")
    values["what"] = _WHAT.get(values.get("what", ""), "")
    try:
        return template.format_map(values)
    except KeyError:
        return problem.message
