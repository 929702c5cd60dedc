"""What an endpoint does not take of a request's body: found out by its answers, changed or left out from then on.

Reasoning models refuse ``temperature``, older servers do not know ``max_completion_tokens``, some models answer only as a
stream; none is a reason to lose a run. What the rejection says is followed: a value that it names, a range, another name;
otherwise the parameter is left out. A limit of the answer's length is renamed or lowered, never left out: without it a request
could cost more than announced, and run on for ever.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from summarizer.llm.fault_words import wants_stream
from summarizer.llm.faults import Fault, FaultKind
from summarizer.llm.wire import LIMITS

__all__ = ["Parameters"]

_log = logging.getLogger(__name__)

_FIXED = {"model", "messages", "response_format", "tools"}
"""Fields that are the question itself; the ladder moves the last two."""

_OTHER_NAME = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}

_ALSO_CALLED = {
    "温度": "temperature",
    "最大输出": "max_tokens",
    "最大生成": "max_tokens",
    "max_new_tokens": "max_tokens",
}

_UNKNOWN_NAME = re.compile(
    r"unsupported|not support|unknown|unrecogni[sz]ed|extra inputs|not permitted|not allowed|unexpected|not a valid param"
    r"|instead|deprecated|不支持|未知|无效的?参数|非法的?参数|不允许|请使用|改用"
)
_NUMBER = r"(-?\d+(?:\.\d+)?)"
_LITERAL = re.compile(
    r"[`'\"]?(?:parameters?\.)?([a-z_][\w.]*)[`'\"]?[ ]?(?:parameter )?(?:must|should|has to|必须|需要?|只能)(?: be)?(?: set)?(?: to)?[ ]?(?:设置)?[为成]?[ ]?[`'\"]?(true|false)"
)
_ONLY = re.compile(
    rf"only (?:the default )?\(?{_NUMBER}\)?(?: value)? is (?:allowed|supported|permitted)|only supports? (?:a value of |\w+ ?= ?){_NUMBER}"
    rf"|must (?:be|equal)(?: set to| exactly)? {_NUMBER}(?![\d.]*\s*(?:or|and|to)\b)|(?:只能|必须|仅支持)[为是等于]*\s*{_NUMBER}|default \({_NUMBER}\)"
)
_RANGE = re.compile(
    rf"[\[(（【]\s*{_NUMBER}\s*[,，~]\s*{_NUMBER}\s*[\])）】]|between {_NUMBER} and {_NUMBER}|{_NUMBER}\s*(?:<=?|≤)\s*\w+\s*(?:<=?|≤)\s*{_NUMBER}"
    rf"|from {_NUMBER} to {_NUMBER}|在\s*{_NUMBER}\s*(?:到|至|和|与|~|-)\s*{_NUMBER}"
)
_MOST = re.compile(
    rf"(?:less than or equal to|at most|no (?:more|greater|larger) than|not (?:exceed|greater than|be greater than|be larger than)|<=|≤|maximum(?: \w+){{0,3}} (?:is|of|value)|max(?:imum)? allowed|up to|不(?:能|得|可)?(?:超过|大于)|最大(?:值|不超过)?[为是]?|上限[为是]?|小于等于)\s*:?\s*{_NUMBER}"
)
_POSITIVE = re.compile(r"positive|greater than 0|> ?0|larger than (?:0|zero)|大于 ?0|大于零|正数|strictly")

_CHOICES = re.compile(
    r"(?:(?:supported|allowed|valid|permitted|available) values|(?:must|should) be one of|one of|可选值|支持的值|取值)(?P<listed>.+)"
)
_LOWEST = ("none", "off", "disabled", "minimal", "low")
"""Of several words for how much a model thinks, the one that is meant here: as little as it can."""

_SMALLEST = 0.01
"""Stands in for 0 where a value must be positive."""

_CONTEXT = re.compile(
    rf"(?:context[ _-]?(?:length|size|window|limit)|max_seq_len|max_model_len|n_ctx|token limit|上下文\w*?|maximum)\D{{0,40}}?{_NUMBER}"
    rf"|{_NUMBER}[ -]?tokens? context"
)


@dataclass
class Parameters:
    """What one endpoint and model takes: ``changes`` maps a field's name to what becomes of it.

    A change is ``("name", other)``, ``("value", value)`` or ``("drop", None)``. ``context`` is the context that it named.
    """

    changes: dict[str, tuple[str, Any]] = field(default_factory=dict)
    context: int | None = None
    streams: bool = False

    def accepted(self, body: dict[str, Any]) -> dict[str, Any]:
        """The body as this endpoint takes it."""
        if not self.changes and not self.streams:
            return body
        taken = {}
        for name, value in body.items():
            kind, change = self.changes.get(name, ("", None))
            if kind == "drop":
                continue
            if kind == "value":
                smaller = name in LIMITS and isinstance(value, int) and value < change
                taken[name] = value if smaller else change
            else:
                taken[change if kind == "name" else name] = value
        for name, (kind, change) in self.changes.items():
            if kind == "value" and name not in body and isinstance(change, bool):
                taken[name] = change  # a switch that must be set
            if kind == "value" and name in taken and name not in body and name in LIMITS:
                taken[name] = min(taken[name], change)
        if self.streams and "stream" not in self.changes:
            taken["stream"] = True
        return taken

    def rejected(self, sent: dict[str, Any], fault: Fault) -> bool:
        """Learn from a rejection of this body; True when the request is worth sending again.

        Each field is changed once in a way; a second rejection of the same change leaves it out, a third is final.
        """
        if fault.kind is FaultKind.TOO_LONG:
            return self._shorter(sent, fault)
        if not fault.rejected:
            return False
        words = f"{fault.param or ''} {fault.message}"
        if wants_stream(words) and not sent.get("stream") and not self._literal(words, sent):
            self.streams = True
            _log.warning("the endpoint answers only as a stream (%s); going on with streaming", fault.message[:160])
            return True
        if (literal := self._literal(words, sent)) is not None:
            return self._change(literal[0], ("value", literal[1]), fault)
        for name in _named(words, fault.param, sent):
            change = self._wanted(name, sent[name], words)
            if change is not None and self._change(name, change, fault):
                return True
        return False

    def told(self) -> tuple[str, ...]:
        """What became of fields that are not taken as they were sent, for people."""
        forms = {"drop": "{name} left out", "name": "{name} sent as {change}", "value": "{name} = {change}"}
        lines = [
            forms[kind].format(name=name, change=json.dumps(change) if kind == "value" else change)
            for name, (kind, change) in self.changes.items()
        ]
        lines += ["stream = true"] if self.streams else []
        return (*lines, *([f"context = {self.context}"] if self.context is not None else []))

    def named(self, sent: dict[str, Any], fault: Fault) -> bool:
        """Whether the rejection names a field of the body."""
        return next(_named(f"{fault.param or ''} {fault.message}", fault.param, sent), None) is not None

    def _literal(self, words: str, sent: dict[str, Any]) -> tuple[str, bool] | None:
        """A switch that the endpoint wants set: "enable_thinking must be set to false"."""
        for match in _LITERAL.finditer(words.lower()):
            name, value = match[1].rsplit(".", 1)[-1], match[2] == "true"
            if name not in _FIXED and sent.get(name) is not value and "_" in name:
                return name, value
        return None

    def _wanted(self, name: str, value: Any, words: str) -> tuple[str, Any] | None:
        lowered = words.lower()
        if name in LIMITS:
            lower = _bound(lowered, value)
            if lower is not None:
                return ("value", lower)
            return ("name", _OTHER_NAME[name]) if _UNKNOWN_NAME.search(lowered) else None
        if name == "tool_choice":
            return ("value", "auto") if value != "auto" else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            number = _number_for(value, lowered)
            if number is not None:
                return ("value", number)
        if isinstance(value, str) and (choices := _CHOICES.search(lowered)):
            listed = re.findall(r"[`'\"“‘](\w+)[`'\"”’]", choices["listed"])
            chosen = next((word for word in (*_LOWEST, *listed) if word in listed), None)
            if chosen is not None and chosen != value:
                return ("value", chosen)
        return ("drop", None)

    def _change(self, name: str, change: tuple[str, Any], fault: Fault) -> bool:
        """Note the change; False when the same one was tried and did not help."""
        origin = next((old for old, (kind, new) in self.changes.items() if kind == "name" and new == name), name)
        before = self.changes.get(origin)
        if before == change or (before is not None and before[0] == "drop"):
            return False
        if name in LIMITS:
            if origin != name and change[0] == "name":
                return False  # neither name is taken
            if before is not None and change[0] == "value" and before[0] == "value" and change[1] >= before[1]:
                return False
            self.changes[name if change[0] == "value" else origin] = change
        else:
            self.changes[origin] = ("drop", None) if before is not None and before[0] == "value" else change
        told = {"name": f"{change[1]}", "value": f"{name} = {change[1]!r}", "drop": "nothing"}[
            self.changes.get(origin, change)[0]
        ]
        _log.warning("the endpoint does not take %s (%s); going on with %s", name, fault.message[:160], told)
        return True

    def _shorter(self, sent: dict[str, Any], fault: Fault) -> bool:
        """Note the context that the endpoint names; True when there is room for an answer beside this question."""
        found = [int(float(next(filter(None, match.groups())))) for match in _CONTEXT.finditer(fault.message.lower())]
        contexts = [number for number in found if 256 <= number <= 10_000_000]
        if not contexts or (self.context is not None and contexts[0] >= self.context):
            return False
        self.context = contexts[0]
        return any(name in sent for name in LIMITS)


def _named(words: str, param: str | None, sent: dict[str, Any]) -> Iterator[str]:
    """The fields of the body that the words name, the one of ``param`` first; an inner field counts for the outer one."""
    seen = set()
    for text in (param or "", words):
        for name, value in sent.items():
            inner = [str(key) for key in value] if isinstance(value, dict) and name != "tool_choice" else []
            also = [
                word for word, known in _ALSO_CALLED.items() if known == name or (known in LIMITS and name in LIMITS)
            ]
            if name in seen or name in _FIXED:
                continue
            also += [one for one in LIMITS if name in LIMITS]  # either name is meant for the other
            if any(_stands(one, text) for one in (name, *inner)) or any(word in text for word in also):
                seen.add(name)
                yield name


def _stands(name: str, text: str) -> bool:
    return len(name) > 3 and re.search(rf"(?<![A-Za-z0-9_]){re.escape(name)}(?![A-Za-z0-9_])", text) is not None


def _numbers(match: re.Match[str]) -> list[float]:
    return [float(group) for group in match.groups() if group is not None]


def _bound(words: str, value: Any) -> int | None:
    """The largest limit of an answer's length that the words allow, when it is smaller than the one that was sent."""
    if not isinstance(value, int):
        return None
    found = [_numbers(match)[-1] for pattern in (_RANGE, _MOST) for match in pattern.finditer(words)]
    fitting = [int(number) for number in found if 1 < number < value]
    if fitting:
        return max(fitting)
    named = [int(number) for number in re.findall(r"\d{3,7}", words) if 128 <= int(number) < value]
    return max(named) if named else None


def _number_for(value: float, words: str) -> float | None:
    """The value that the words ask for: the only one, the nearest in a range, a small one where 0 is not positive."""
    if (only := _ONLY.search(words)) and _numbers(only)[0] != value:
        return _plain(_numbers(only)[0])
    if found := _RANGE.search(words):
        low, high = _numbers(found)[:2]
        if value < low or value > high:
            return _plain(low if value < low else high) or _SMALLEST
        if value == low:
            return _SMALLEST
    if value <= 0 and _POSITIVE.search(words):
        return _SMALLEST
    if (most := _MOST.search(words)) and _numbers(most)[0] < value:
        return _plain(_numbers(most)[0])
    return None


def _plain(number: float) -> float:
    return int(number) if number.is_integer() else number
