"""What a figure measures: the noun phrase before it, behind its measure word, or in the clause before.

Names are stretches of the source; where one is put together from two (水果 产量 of 水果、蔬菜产量) a space stands between.
"""

from __future__ import annotations

import re

from summarizer.language.characters import BLANKS, CLAUSE_ENDS, ENUMERATION_COMMA, SENTENCE_ENDS
from summarizer.language.dates import time_at
from summarizer.language.figure_cues import figure_cues
from summarizer.language.lexicon import lexicon

__all__ = [
    "SEPARATORS",
    "clause_start",
    "drop_done_verb",
    "join_generic",
    "leans_on_subject",
    "noun_after",
    "split_parts",
    "stock_name",
    "trim_name",
]

_CUES = figure_cues().names
SEPARATORS = BLANKS + ENUMERATION_COMMA + CLAUSE_ENDS + "".join(_CUES.goes_on.words)
"""What stands between the parts of a listed name."""
MAX_NAME = 40
_MAX_CLAUSE = 160

_TAIL = BLANKS + ENUMERATION_COMMA + CLAUSE_ENDS + "（(“" + "".join(_CUES.particles.words)
_ENUMERATOR = _CUES.enumerator.pattern
_AGE_GROUP = _CUES.age_group.pattern
_LISTED = _CUES.listed.pattern
_BREAKS = frozenset(CLAUSE_ENDS + SENTENCE_ENDS + "\n—")
_NOUN_STOP = _CUES.noun_stop.pattern
_CLOSERS = {"（": "）", "(": ")", "“": "”", "《": "》", "「": "」", '"': '"'}
_QUOTED_START = '“「《"‘'
_LIST = _CUES.joint.pattern
_CJK = re.compile(r"[\u4e00-\u9fff]")


def clause_start(text: str, start: int, end: int) -> int:
    """Where the clause that ends at ``end`` begins, not before ``start`` nor far back; an open bracket begins one too."""
    start = max(start, end - _MAX_CLAUSE)
    at, depth = end, 0
    while at > start:
        char = text[at - 1]
        if char in "）)":
            depth += 1
        elif char in "（(":
            if depth == 0:
                return at
            depth -= 1
        elif char in _BREAKS and depth == 0:
            return at
        at -= 1
    return start


def trim_name(text: str, start: int, end: int, *, goes_on: bool = False) -> tuple[int, int]:
    """Take from ``[start, end)`` what names nothing: times, light verbs, region words in front, particles behind.

    ``goes_on`` tells that a figure stands directly before: then 和 and 与 in front only join the list.
    """
    words = lexicon()
    joints = SEPARATORS if goes_on else BLANKS + ENUMERATION_COMMA + CLAUSE_ENDS
    while start < end:
        if text[start] in joints or text[start] in "”）)】·.-—":
            start += 1
        elif number := _ENUMERATOR.match(text, start, end):
            start = number.end()
        elif time := time_at(text, start, end):
            start = time.end
        elif (word := words.light.at_start(text[start:end])) and _whole(text, start, word, end):
            start += len(word)
        else:
            break
    while end > start and text[end - 1] in _TAIL:
        end -= 1
    if end - start > MAX_NAME:
        start = end - MAX_NAME
        while start < end and text[start] in _TAIL:
            start += 1
    return (start, end)


_KEEP_WHOLE = _CUES.whole.pattern


def _whole(text: str, start: int, word: str, end: int) -> bool:
    """Whether a light word at ``start`` is a word of its own and not the head of another (和 of 和美乡村)."""
    return not (match := _KEEP_WHOLE.match(text, start, end)) or match.end() <= start + len(word) - 1


def drop_done_verb(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without the verb that says a counted thing was made (建成, 实施), unless nothing else is there."""
    verb = lexicon().done_verbs.at_start(text[start:end])
    return (start + len(verb), end) if verb and start + len(verb) + 1 < end else (start, end)


_LEANS = _CUES.leans.pattern


def leans_on_subject(name: str) -> bool:
    """Whether the name only compares the subject of the clause before: 、占全国比重7%."""
    return _LEANS.match(name) is not None


_FLOWS = _CUES.flows.words


def stock_name(name: str, lead: tuple[str, int] | None) -> str:
    """What is there, of a name that says what was added to it: 新增上市公司45家、总量达1224家 measures 上市公司."""
    stock = name.removeprefix(lead[0]).lstrip() if lead else name
    return next((stock.removesuffix(flow).rstrip() for flow in _FLOWS if stock.endswith(flow) and stock != flow), stock)


_LEVELLED = _CUES.levelled.pattern
_REPLACING = _CUES.replacing.words


def join_generic(subject: str, generic: str) -> str:
    """粮食播种面积 and 产量 give "粮食 产量"; 上市公司 and 总量 give "上市公司 总量"."""
    subject = _LEVELLED.sub("", subject)
    if generic.endswith(subject):
        return generic
    head = lexicon().heads.at_end(subject)
    core = subject.removesuffix(head) if head and head != subject and generic in _REPLACING else subject
    return f"{core} {generic}"


def noun_after(text: str, start: int, end: int) -> int:
    """End of the noun phrase that begins at ``start``; ``start`` itself when no noun begins there.

    It ends at punctuation, a figure or a word that opens the predicate (获批, 建成, 全面); quoted names and brackets inside
    are passed over whole.
    """
    words = lexicon()
    if start >= end or not (_CJK.match(text[start]) or text[start] in _QUOTED_START or text[start].isalnum()):
        return start
    if words.not_noun.at_start(text, start) and not words.noun_anyway.at_start(text, start):
        return start
    limit = min(end, start + MAX_NAME)
    at = group.end() if (group := _AGE_GROUP.match(text, start, end)) else start
    anyway = words.noun_anyway.at_start(text, start)
    at += len(anyway) if anyway else 0
    while at < limit:
        closer = _CLOSERS.get(text[at])
        if closer and (close := text.find(closer, at + 1, limit)) > 0:
            at = close + 1
        elif listed := _LISTED.match(text, at, end):
            at = listed.end()
        elif (at > start and words.noun_ends.match(text, at, limit)) or _NOUN_STOP.match(text, at, end):
            break
        else:
            at += 1
    return at


def split_parts(name: str, count: int) -> list[str]:
    """The ``count`` things that a listed name holds, heads shared; a shorter list when it cannot be cut so.

    城镇、农村居民收入 gives "城镇 居民收入" and "农村居民收入", 城乡居民收入 gives "城 居民收入" and "乡 居民收入": a space marks
    where characters of the source were left out, and every part between spaces stands in it.
    """
    both = next((word for word in _CUES.town_and_country.words if name.startswith(word)), "")
    if count == 2 and both and ENUMERATION_COMMA not in name:
        return [f"{group} {name[len(both) :]}" for group in both]
    parts = [part for part in _split_list(name, count) if part]
    if len(parts) > count:
        parts = parts[-count:]
    return _share_head(parts)


def _split_list(name: str, count: int) -> list[str]:
    parts = name.split(ENUMERATION_COMMA)
    while len(parts) < count:
        cuts = [(index, match) for index, part in enumerate(parts) for match in _LIST.finditer(part) if match.start()]
        if not cuts:
            break
        index, match = cuts[-1]
        parts[index : index + 1] = [parts[index][: match.start()], parts[index][match.end() :]]
    return parts


def _share_head(parts: list[str]) -> list[str]:
    """Append the last part's head to parts that have none of their own."""
    words = lexicon()
    if len(parts) < 2:
        return parts
    head = words.heads.at_end(parts[-1])
    first = parts[0]
    if head is None or words.heads.at_end(first):
        return parts
    longer = parts[-1][len(first) :]
    if len(parts) > 2 and len(longer) > len(head) + 1 and len({*map(len, parts[:-1])}) == 1:
        # 有色、石化、装备产业增加值: parallel parts are equally long; one character more (天然|气产量) is the rest of a word
        head = longer
    return [part if words.heads.at_end(part) else _with_head(part, head) for part in parts]


def _with_head(part: str, head: str) -> str:
    """Part and head; characters that both have at the seam (城镇居民, 居民收入) stand once."""
    overlap = next((n for n in range(min(len(part), len(head)), 0, -1) if part.endswith(head[:n])), 0)
    return f"{part} {head[overlap:]}"
