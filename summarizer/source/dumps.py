"""What programs leave in texts that they dump: character codes, leftover tags, keys before the fields, glyph numbers.

None of it is printed on paper. What stands behind a key (``title: …``) is kept, the key goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.source.text import Dropped

__all__ = ["dump_drops"]

_RESIDUE = re.compile(
    r"<U\+[0-9A-Fa-f]{4,5}>"  # a character that an encoder could not write
    r"|&(?:nbsp|emsp|ensp|thinsp|zwnj|zwj|#160|#12288|#8195|#8203|#x(?:a0|A0|3000));?"
    r"|\(cid:\d{1,5}\)"  # a glyph without a character, by a reader of PDFs
    r"|/?enpproperty-->|<!--/?enpproperty"  # marks of a press's content system
    r"|<!--[^<>]{0,200}-->"
    r"|</?(?:p|br|span|div|font|strong|b|td|tr|th|table|tbody|o:p|em|i|u|a|img|center|h[1-6]|section)(?:\s[^<>\n]{0,300})?/?>"
)
_COMMENT_MARK = re.compile(r"^[ \t]*(?:<!--|-->)[ \t]*$", re.MULTILINE)
_WRITTEN_BREAK = re.compile(r"(?:\\r)?\\n|\\u3000|\\t(?![a-z])")
_WRITTEN_BREAKS = 3  # so many \n written out are a dump, fewer may be meant
_KEY = re.compile(
    r"(title|content|text|body|url|link|href|author|source|date|time|pub_?date|publish_?time|keywords?|id|category|标题|正文|链接)"
    r"[ \t]{0,4}[:：][ \t]{0,4}",
    re.IGNORECASE,
)
_KEPT_KEYS = frozenset(["title", "content", "text", "body", "标题", "正文"])
_LATIN_KEYS = re.compile(r"[A-Za-z_]+")
_HEAD_LINES = 12
_LEAST_KEYS = 2
_LINE = re.compile(r"[^\n]*\n?")


def dump_drops(text: str) -> Iterator[Dropped]:
    """Yield ranges to drop, in order of their kind: ``dump`` for residue, ``metadata`` for fields at the head. Linear."""
    for found in _RESIDUE.finditer(text):
        yield Dropped(found.start(), found.end(), "dump", "left by a program: " + found.group()[:20])
    for found in _COMMENT_MARK.finditer(text):
        yield Dropped(found.start(), found.end(), "dump", "left by a program: mark of a comment")
    breaks = list(_WRITTEN_BREAK.finditer(text))
    if len(breaks) >= _WRITTEN_BREAKS:
        yield from (Dropped(found.start(), found.end(), "dump", "break written out") for found in breaks)
    yield from _fields(text)


def _fields(text: str) -> Iterator[Dropped]:
    """The head of a scraped file: at least two keys at the beginnings of its first lines, one of them Latin."""
    found: list[tuple[re.Match[str], int]] = []
    at = 0
    for _ in range(_HEAD_LINES):
        line = _LINE.match(text, at)
        if line is None or line.end() == at:
            break
        if key := _KEY.match(text, at):
            found.append((key, line.end()))
        at = line.end()
    latin = [key for key, _ in found if _LATIN_KEYS.fullmatch(key.group(1))]
    if len(found) < _LEAST_KEYS or not latin:
        return
    for key, end in found:
        kept = key.group(1).lower() in _KEPT_KEYS
        yield Dropped(key.start(), key.end() if kept else end, "metadata", f"field of a dump: {key.group(1)}")
