"""Problems and rejections: what a reader must know before relying on a briefing, from closed lists with a sentence each.

A stage names the kind and the details; the sentences are written here, once, in Chinese and in English.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, NamedTuple

from pydantic import Field

from summarizer.schema.base import Model, Span
from summarizer.schema.items import Origin

__all__ = ["Problem", "ProblemKind", "Rejected", "RejectionReason", "Sentence", "problem", "rejected", "sentences_of"]


class Sentence(NamedTuple):
    """One sentence in both languages; ``{name}`` stands for a detail."""

    zh: str
    en: str


class ProblemKind(StrEnum):
    """Every kind of problem."""

    UNREADABLE = "unreadable"
    PASSED_OVER = "passed_over"
    DUPLICATE = "duplicate"
    TRUNCATED = "truncated"
    PAYWALLED = "paywalled"
    MOJIBAKE = "mojibake"
    UNREAD = "unread"
    UNCERTAIN_TEXT = "uncertain_text"
    INJECTION_ATTEMPT = "injection_attempt"
    DECLARED_TASK_COUNT = "declared_task_count"
    RULES_ONLY = "rules_only"
    RULES_ONLY_KEPT = "rules_only_kept"
    MODEL_ONLY = "model_only"
    READING_DIFFERS = "reading_differs"
    STATUS_DIFFERS = "status_differs"
    STATUSES_TURNED = "statuses_turned"
    SPLIT_TASK = "split_task"
    OTHER_LEVEL = "other_level"
    MODEL_FAILED = "model_failed"
    INCOMPLETE_ANSWERS = "incomplete_answers"
    CHUNK_REFUSED = "refused"
    CHUNK_FILTERED = "filtered"
    CHUNK_EMPTY = "empty"
    CHUNK_FAILED = "failed"
    CHUNK_MISSING = "missing"
    CHUNK_UNPAID = "unpaid"
    CHUNK_CUT = "cut"
    ANSWER_IN_DOUBT = "answer_in_doubt"
    OVERVIEW_FAILED = "overview_failed"
    OVERVIEW_DROPPED = "overview_dropped"


def _chunk(outcome_zh: str, outcome_en: str) -> Sentence:
    return Sentence(
        f"第{{chunk}}段模型未作答（{outcome_zh}），由规则代替：{{reason}}",
        f"chunk {{chunk}}: {outcome_en}; the rules stand in: {{reason}}",
    )


_PROBLEMS: dict[ProblemKind, Sentence] = {
    ProblemKind.UNREADABLE: Sentence("文件无法读取：{path}（{reason}）", "{path}: {reason}"),
    ProblemKind.PASSED_OVER: Sentence("未读取的文件：{path}（{reason}）", "{path} was passed over: {reason}"),
    ProblemKind.DUPLICATE: Sentence(
        "{path}与{of}内容相同，只计一次", "{path} is the same text as {of} and counts once"
    ),
    ProblemKind.TRUNCATED: Sentence(
        "原文不完整，任务和指标可能有缺（{detail}）",
        "the text is not whole, tasks and indicators may be missing: {detail}",
    ),
    ProblemKind.PAYWALLED: Sentence(
        "原文有付费或会员限制的缺文，任务和指标可能有缺（{detail}）",
        "the text is cut by a paywall, tasks and indicators may be missing: {detail}",
    ),
    ProblemKind.MOJIBAKE: Sentence(
        "原文有乱码，个别内容可能缺失（{detail}）", "the text has damaged characters: {detail}"
    ),
    ProblemKind.UNREAD: Sentence(
        "文件有内容未读取，任务和指标可能有缺（{detail}）",
        "part of the file was not read, tasks and indicators may be missing: {detail}",
    ),
    ProblemKind.UNCERTAIN_TEXT: Sentence(
        "文件的文字层可能有误，数字须对照原件（{detail}）",
        "the characters of the file may be wrong, check numbers against the original: {detail}",
    ),
    ProblemKind.INJECTION_ATTEMPT: Sentence(
        "原文含有对读取程序的指令，未予执行",
        "the text gives orders to whoever reads it; they were not followed",
    ),
    ProblemKind.DECLARED_TASK_COUNT: Sentence(
        "文中称有{declared}项任务（“{quote}”），实际找到{found}项",
        "the text announces {declared} tasks (“{quote}”), {found} were found",
    ),
    ProblemKind.RULES_ONLY: Sentence(
        "仅规则识别出，模型未给出：{name}", "only the rules read this, the model did not give it: {name}"
    ),
    ProblemKind.RULES_ONLY_KEPT: Sentence(
        "仅规则识别出此任务（前后相邻各项模型均有），已列入：{name}",
        "only the rules found this task, between tasks that the model has too; it is listed: {name}",
    ),
    ProblemKind.MODEL_ONLY: Sentence("仅模型识别出，规则未识别：{name}", "only the model found this: {name}"),
    ProblemKind.READING_DIFFERS: Sentence(
        "规则读作{name}，模型读作{other}", "the rules read {name}, the model {other}"
    ),
    ProblemKind.STATUS_DIFFERS: Sentence(
        "{name}：模型作{model}，规则读作{text}，从模型",
        "{name}: the model says {model}, the rules read {text}; the model stands",
    ),
    ProblemKind.SPLIT_TASK: Sentence(
        "模型把此任务（{title}）分成了{count}项，按文中自称的项数合为一项：{titles}",
        "the model made {count} tasks of the one that the text's own number counts here ({title}): {titles}",
    ),
    ProblemKind.STATUSES_TURNED: Sentence(
        "模型给出的状态与原文所在部分多数相反（{total}项中{differing}项），按原文所在部分标注",
        "the model turns {differing} of {total} statuses round; those of the text's parts are shown",
    ),
    ProblemKind.OTHER_LEVEL: Sentence(
        "规则在此看作一项任务（{title}），模型分为{count}项：{titles}",
        "the rules see one task here ({title}), the model {count}: {titles}",
    ),
    ProblemKind.MODEL_FAILED: Sentence(
        "模型的答案不可靠：规则确认无疑的{total}项中只给出{confirmed}项；已将规则识别的各项一并列出",
        "the model's answers can't be relied on: they hold {confirmed} of {total} items that are beyond doubt; what the rules found is shown beside them",
    ),
    ProblemKind.INCOMPLETE_ANSWERS: Sentence(
        "模型的答案不完整：规则确认无疑的{total}项指标中有{missed}项未给出",
        "the model's answers leave out {missed} of {total} indicators that are beyond doubt: its list is not complete",
    ),
    ProblemKind.CHUNK_REFUSED: _chunk("拒答", "refused"),
    ProblemKind.CHUNK_FILTERED: _chunk("被过滤", "filtered"),
    ProblemKind.CHUNK_EMPTY: _chunk("空白答案", "empty"),
    ProblemKind.CHUNK_FAILED: _chunk("失败", "failed"),
    ProblemKind.CHUNK_MISSING: _chunk("无已录答案", "missing"),
    ProblemKind.CHUNK_UNPAID: _chunk("预算用尽", "unpaid"),
    ProblemKind.CHUNK_CUT: _chunk("答案一再截断", "cut again and again"),
    ProblemKind.ANSWER_IN_DOUBT: Sentence(
        "第{chunk}段的答案可能不全：{reason}", "the answer to chunk {chunk} may not be whole: {reason}"
    ),
    ProblemKind.OVERVIEW_FAILED: Sentence(
        "模型未能给出要情，改由程序按条目汇编（{reason}）",
        "no overview from the model, it is composed from the items: {reason}",
    ),
    ProblemKind.OVERVIEW_DROPPED: Sentence(
        "要情中删去一句未获证实的话：{sentence}（{reason_zh}）",
        "a sentence of the overview was dropped, it {reason_en}: {sentence}",
    ),
}


class RejectionReason(StrEnum):
    """Every reason for which a proposal of the model is refused, or what the rules see is put aside."""

    # What the model proposed
    EMPTY = "empty"
    NOT_IN_SOURCE = "not_in_source"
    OTHER_MEANING = "other_meaning"
    OTHER_WORDS = "other_words"
    QUOTE_TOO_LONG = "quote_too_long"
    VALUE_NOT_IN_QUOTE = "value_not_in_quote"
    PART_OF_NUMBER = "part_of_number"
    NO_FIGURE = "no_figure"
    NAME_APART = "name_apart"
    LOOKS_BACK = "looks_back"
    TITLE_APART = "title_apart"
    NO_TITLE = "no_title"
    GIVEN_TWICE = "given_twice"
    NO_BEGINNING = "no_beginning"
    HOLDS_TASKS = "holds_tasks"
    PART_OF_TASK = "part_of_task"
    NOT_BOUND = "not_bound"
    UNREADABLE = "unreadable"
    MALFORMED = "malformed"
    TOO_MANY = "too_many"
    # What the rules saw and put aside
    DECOY = "decoy"
    OTHER_MATTER = "other_matter"
    CUT_FIGURE = "cut_figure"
    NO_NAME = "no_name"


_REJECTIONS: dict[RejectionReason, Sentence] = {
    RejectionReason.EMPTY: Sentence("{part}为空", "its {part}: the quote is empty"),
    RejectionReason.NOT_IN_SOURCE: Sentence("{part}不见于原文", "its {part}: not in the text"),
    RejectionReason.OTHER_MEANING: Sentence(
        "{part}与原文意思不同：{difference}", "its {part}: differs from the text in what it says: {difference}"
    ),
    RejectionReason.OTHER_WORDS: Sentence(
        "{part}与原文字句不同：{difference}", "its {part}: differs from the text: {difference}"
    ),
    RejectionReason.QUOTE_TOO_LONG: Sentence(
        "引文长达{length}字，不是最短的一段", "its quote of {length} characters is no shortest stretch"
    ),
    RejectionReason.VALUE_NOT_IN_QUOTE: Sentence("数值不在引文中", "its value does not stand in its quote"),
    RejectionReason.PART_OF_NUMBER: Sentence(
        "{value}只是原文中另一个数的一部分", "{value} is only a piece of the number that stands there"
    ),
    RejectionReason.NO_FIGURE: Sentence(
        "此处读不出{value}，或所印的数更长", "the program reads no figure at {value}, or a longer one"
    ),
    RejectionReason.NAME_APART: Sentence("名称不在数值附近", "its name does not stand near its value"),
    RejectionReason.LOOKS_BACK: Sentence("所在部分是回顾", "it stands in a part that looks back"),
    RejectionReason.TITLE_APART: Sentence("标题远离任务开头", "its title stands far from its first words"),
    RejectionReason.NO_TITLE: Sentence("没有标题", "it has no title"),
    RejectionReason.GIVEN_TWICE: Sentence("与前一项重复", "its quote: the same item was given before"),
    RejectionReason.NO_BEGINNING: Sentence(
        "是某项任务的后半，其开头未给出", "the rest of a task whose beginning no answer gave"
    ),
    RejectionReason.HOLDS_TASKS: Sentence("是含有其他任务的一章", "it is a chapter that holds other tasks"),
    RejectionReason.PART_OF_TASK: Sentence("是另一项任务的一部分", "it is part of another task"),
    RejectionReason.NOT_BOUND: Sentence(
        "原文中此{part}不属于这一数值或任务", "its {part} does not belong to this value or task where it stands"
    ),
    RejectionReason.UNREADABLE: Sentence(
        "答案中没有含任务和指标的JSON对象", "no JSON object with tasks and indicators in it"
    ),
    RejectionReason.MALFORMED: Sentence("格式有误：{complaint}", "{complaint}"),
    RejectionReason.TOO_MANY: Sentence(
        "另有{count}项超出一次答案所读的{limit}项", "{count} more items than the {limit} that are read of one answer"
    ),
    RejectionReason.DECOY: Sentence(
        "此数只是命名、排序、计时或限定，不是计量",
        "the figure names, orders, dates or qualifies something and measures nothing",
    ),
    RejectionReason.OTHER_MATTER: Sentence(
        "所在段落与政府工作无关", "the passage speaks of other things than government work"
    ),
    RejectionReason.CUT_FIGURE: Sentence("此数被页面杂项切断", "page matter cuts the figure in two"),
    RejectionReason.NO_NAME: Sentence("看不出所计量的是什么", "nothing near the figure says what it measures"),
}

_PARTS: dict[str, Sentence] = {
    "quote": Sentence("引文", "quote"),
    "first": Sentence("开头", "first words"),
    "last": Sentence("结尾", "last words"),
    "title": Sentence("标题", "title"),
    "step": Sentence("举措", "step"),
    "lead": Sentence("牵头单位", "lead"),
    "support": Sentence("配合单位", "support"),
    "deadline": Sentence("完成时限", "deadline"),
    "period": Sentence("时期", "period"),
    "base": Sentence("基期值", "base"),
}
"""The parts of an item that a rejection may speak of, in both languages."""


class Problem(Model):
    """Something the reader of the briefing must know before relying on it; made by :func:`problem`."""

    kind: ProblemKind
    message: str
    message_zh: str
    details: dict[str, str | int] = Field(default_factory=dict)
    document: str | None = None
    chunk: int | None = None
    items: tuple[str, ...] = ()
    span: Span | None = None


class Rejected(Model):
    """What a model proposed and the source does not bear out, or what the rules saw and put aside; made by :func:`rejected`.

    ``raw`` is the answer's own text, or the words that stand at ``span``. ``span`` is null for what stands nowhere.
    """

    item: Literal["task", "indicator", "step", "field", "answer"]
    origin: Origin
    reason: RejectionReason
    message: str
    message_zh: str
    raw: str
    span: Span | None = None


def sentences_of(kind: ProblemKind | RejectionReason) -> Sentence:
    """The sentences of a kind, details still to be filled in. Raises ``KeyError`` when a kind lacks them."""
    return _PROBLEMS[kind] if isinstance(kind, ProblemKind) else _REJECTIONS[kind]


def problem(
    kind: ProblemKind,
    details: dict[str, str | int] | None = None,
    *,
    document: str | None = None,
    chunk: int | None = None,
    items: tuple[str, ...] = (),
    span: Span | None = None,
) -> Problem:
    """A problem with its sentences. Raises ``KeyError`` for a detail that the kind's sentences need and do not get."""
    told = {**(details or {}), **({"chunk": chunk} if chunk is not None else {})}
    zh, en = (sentence.format_map(told) for sentence in sentences_of(kind))
    return Problem(
        kind=kind,
        message=en,
        message_zh=zh,
        details=details or {},
        document=document,
        chunk=chunk,
        items=items,
        span=Span(start=span.start, end=span.end) if span else None,
    )


def rejected(
    item: Literal["task", "indicator", "step", "field", "answer"],
    origin: Origin,
    reason: RejectionReason,
    raw: str,
    details: dict[str, str | int] | None = None,
    *,
    span: Span | None = None,
) -> Rejected:
    """A rejection with its sentences; the detail ``part`` names one of an item's parts and is said in either language.

    Raises ``KeyError`` for a detail that the reason's sentences need and do not get.
    """
    told = details or {}
    part = _PARTS.get(str(told.get("part")))
    zh, en = (
        sentence.format_map({**told, "part": part[place] if part else ""})
        for place, sentence in enumerate(sentences_of(reason))
    )
    place = Span(start=span.start, end=span.end) if span else None
    return Rejected(item=item, origin=origin, reason=reason, message=en, message_zh=zh, raw=raw, span=place)
