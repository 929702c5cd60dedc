"""One tolerant reader of JSON for every rung: what models wrap around it, break in it, and leave off at its end.

The parsing is done by pydantic-core, the standard library and json-repair; this module decides where the JSON stands and
what a cut left whole. An item that the cut went through is dropped, never completed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import json_repair
from pydantic_core import from_json

__all__ = ["ReadResult", "read_json"]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """``value`` is what was read, None when there is no JSON. ``cut``: the end is missing, and with it whatever was not
    complete. ``repaired``: the JSON itself was damaged. ``notes`` say what was done, for people."""

    value: Any
    cut: bool = False
    repaired: bool = False
    notes: tuple[str, ...] = ()


_THOUGHT_ENDS = ("</think>", "</thinking>", "</reasoning>", "◁/think▷")
_THOUGHT_STARTS = ("<think>", "<thinking>", "<reasoning>", "◁think▷")
"""Tags of reasoning models (DeepSeek-R1, Qwen3, QwQ; others; Kimi). The opening tag is often part of the prompt's
template, and then missing in the answer."""

_FENCE = re.compile(r"```[A-Za-z0-9]*")

_START = re.compile(r"""\{\s*(?:["'“”}]|\w{1,40}\s*[:：])|\[\s*[\[\]{"'“0-9-]""")
"""Where a JSON value may begin; 【】 and brackets around prose are none."""

_INSIDE = re.compile(r"""(?:[\[{]|["'”]\s*:|["'”}\]A-Za-z0-9]\s*,)\s*$""")
_INSIDE_REACH = 40
"""A value after one of these is part of a larger one; ``结果:`` before it is not."""

_MOST_STARTS = 64
_MOST_FOLDS = 200
_MOST_REPAIRED = 400_000
"""Characters; an answer beyond this is not one that a model was asked for."""

_WIDE_RUN = re.compile(
    "[.]?[\uff0d\uff0b\uff0e\uff10-\uff19][\uff0d\uff0b\uff0e\uff10-\uff19.0-9]*|[\uff0c\uff1a\uff3b\uff3d\uff5b\uff5d]"
)
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width forms stand 0xFEE0 above their ASCII characters (Unicode block Halfwidth and Fullwidth Forms)."""

_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda _name: None)
"""Takes line breaks inside strings; NaN and Infinity become null."""


def read_json(text: str) -> ReadResult:
    """Read the JSON in an answer; never raises."""
    try:
        value = from_json(text, allow_inf_nan=False)
    except ValueError:
        return _read_tolerantly(text)
    if isinstance(value, str):  # JSON inside a JSON string
        return replace(_read_tolerantly(value), repaired=True)
    return ReadResult(value)


def _read_tolerantly(text: str) -> ReadResult:
    body, notes = _without_thoughts(text)
    if body is None:
        return ReadResult(None, cut=True, notes=tuple(notes))
    found = _find(body)
    if found is None:
        return ReadResult(None, notes=(*notes, "there is no JSON in the answer"))
    if isinstance(found, _Whole):
        return ReadResult(_clean(found.value), notes=(*notes, *found.notes))
    rescued = _rescue(_to_fence(body[found.start :]))
    return ReadResult(_clean(rescued.value), rescued.cut, rescued.repaired, (*notes, *rescued.notes))


@dataclass(frozen=True, slots=True)
class _Whole:
    value: Any
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Broken:
    start: int


def _without_thoughts(text: str) -> tuple[str | None, list[str]]:
    """The text after the model's thinking; None when it never ended."""
    ends = [text.rfind(tag) + len(tag) for tag in _THOUGHT_ENDS if tag in text]
    if ends:
        return text[max(ends) :], ["the model's thinking was left out"]
    if text.lstrip().startswith(_THOUGHT_STARTS):
        return None, ["the answer was cut while the model was thinking"]
    return text, []


def _find(text: str) -> _Whole | _Broken | None:
    """The longest complete value at top level (of two equal ones the last), or the place where a damaged one begins."""
    values: list[tuple[int, int, Any]] = []
    broken: int | None = None
    at, tried = 0, 0
    while tried < _MOST_STARTS and (match := _START.search(text, at)):
        start = match.start()
        at, tried = start + 1, tried + 1
        if broken is not None and _INSIDE.search(text[max(broken, start - _INSIDE_REACH) : start]):
            continue
        try:
            value, at = _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            broken = start if broken is None else broken
        else:
            values.append((start, at, value))
    if len(values) > 1 and broken is None and _are_lines(text, values):
        return _Whole([value for _, _, value in values], ("several objects were read as a list",))
    best = max(values, key=lambda found: (found[1] - found[0], found[0]), default=None)
    if best is not None and (broken is None or best[0] > broken or best[1] - best[0] >= len(text) - broken):
        around = "" if best[1] - best[0] == len(text) else "the text around the JSON was left out"
        return _Whole(best[2], (around,) if around else ())
    return None if broken is None else _Broken(broken)


def _are_lines(text: str, values: list[tuple[int, int, Any]]) -> bool:
    """Whether the values are objects with nothing but white space and commas between them (JSON Lines)."""
    between = (text[left[1] : right[0]] for left, right in pairwise(values))
    return all(isinstance(value, dict) for _, _, value in values) and not any(gap.strip(" \t\r\n,") for gap in between)


def _to_fence(text: str) -> str:
    """The text up to the closing fence, if there is one."""
    fence = _FENCE.search(text)
    return text[: fence.start()] if fence else text


def _rescue(text: str) -> ReadResult:
    """Read a damaged value from its first character on."""
    if len(text) > _MOST_REPAIRED:
        return ReadResult(None, cut=True, notes=("the answer is too long to be repaired",))
    folded = _folded(text)
    wide = ("full-width digits or punctuation were read as ASCII",) if folded != text else ()
    try:
        return ReadResult(_DECODER.raw_decode(folded)[0], repaired=bool(wide), notes=wide)
    except (ValueError, RecursionError):
        pass
    try:
        from_json(folded, allow_inf_nan=False)
    except ValueError as error:
        if str(error).startswith("EOF"):
            note = "the answer is cut; what was not complete is left out"
            return ReadResult(_complete_part(folded), cut=True, repaired=bool(wide), notes=(*wide, note))
    return _repaired(folded, wide)


def _folded(text: str) -> str:
    """Fold full-width characters to ASCII where the parser stops at them, so never inside a string."""
    for _ in range(_MOST_FOLDS):
        try:
            _DECODER.raw_decode(text)
        except json.JSONDecodeError as error:
            run = _WIDE_RUN.match(text, error.pos)
            if run is None:
                return text
            text = text[: run.start()] + run.group().translate(_NARROW) + text[run.end() :]
        except RecursionError:
            return text
        else:
            return text
    return text


def _complete_part(text: str) -> Any:
    """The value of a JSON text without its end, less the item that the end would have completed.

    pydantic-core closes what is open and drops an unfinished string, but keeps half an object. Items are the elements of
    the outermost list that is still open; the last one stays only if the text parses when just that list is closed.
    """
    value = from_json(text, allow_partial=True)
    with_strings = from_json(text, allow_partial="trailing-strings")
    holder, depth = _spine(value)
    body = text.rstrip().removesuffix(",").rstrip()
    if isinstance(holder, list):
        closing = "]" + "}" * depth
        dropped = len(_last_list(with_strings)) > len(holder)
        ended = body[-1:] in {"}", "]", '"'} or body != text.rstrip()
        whole = ended and _parse(body + closing) is not None
        closed = _parse(text[: text.rfind("]") + 1] + "}" * depth) == value
        if holder and not (dropped or whole or closed):
            holder.pop()
    elif isinstance(holder, dict) and holder and body[-1:].isdigit():
        holder.popitem()  # more digits may have followed
    return value


def _spine(value: Any) -> tuple[Any, int]:
    """Follow the last values down: the first list, or the innermost object, and how many objects stand around it."""
    depth = 0
    while isinstance(value, dict) and value:
        last = next(reversed(value.values()))
        if not isinstance(last, dict | list):
            return value, depth + 1
        value, depth = last, depth + 1
    return value, depth


def _last_list(value: Any) -> list[Any]:
    holder, _ = _spine(value)
    return holder if isinstance(holder, list) else []


def _parse(text: str) -> Any:
    """The value of a complete JSON text, else None."""
    try:
        return from_json(text)
    except ValueError:
        return None


def _repaired(text: str, notes: tuple[str, ...]) -> ReadResult:
    """Damaged otherwise: json-repair. What follows the last closing bracket is prose or half an item, and left out."""
    end = max(text.rfind("}"), text.rfind("]")) + 1
    rest = text[end:].strip()
    cut = not end or rest.startswith(",")
    try:
        value, log = _with_log(json_repair.loads(text[:end] or text, skip_json_loads=True, logging=True))
    except (ValueError, RecursionError):
        return ReadResult(None, repaired=True, notes=(*notes, "the JSON could not be repaired"))
    if not isinstance(value, dict | list):
        return ReadResult(None, cut, repaired=True, notes=(*notes, "the JSON could not be repaired"))
    list_open = any("missed the closing ]" in entry["text"] for entry in log)
    if list_open or not end:
        _drop_last(value)
    return ReadResult(value, cut or list_open, repaired=True, notes=(*notes, "damaged JSON was repaired"))


def _with_log(result: Any) -> tuple[Any, list[dict[str, str]]]:
    """json-repair's value and log; when nothing had to be logged some versions give the value alone."""
    return result if isinstance(result, tuple) else (result, [])


def _drop_last(value: Any) -> None:
    holder, _ = _spine(value)
    if isinstance(holder, list) and holder:
        holder.pop()
    elif isinstance(holder, dict) and holder:
        holder.popitem()


def _clean(value: Any) -> Any:
    """Replace lone surrogates, which the lenient parsers let through and no file can hold."""
    try:
        return from_json(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), allow_inf_nan=True)
    except (ValueError, RecursionError):
        return None
