"""A printed list of contents: the lines that only say where something stands, not the thing itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from summarizer.source.blocks import Block

__all__ = ["CONTENTS", "is_entry", "mark_contents"]

CONTENTS = "contents"
_DETAIL = "list of contents"
_HEAD = re.compile(r"(?:目[\s\u3000]*[录錄次]|CONTENTS|Contents)")
_PAGE = r"[(（\[—–\- ]*(?:\d{1,4}|[ivxIVX]{1,6}|[０-９]{1,4})[)）\]—–\- ]*"
# 一、工作目标……3: dots lead nowhere else, wide blanks and tabs also stand in typed tables and count only below a head.
_DOTTED = re.compile(rf"(?P<title>.*?)\s*(?:[.．·・‥⋯]{{3,}}|…+|\.(?:\s+\.){{2,}})[\s.…]*{_PAGE}")
_BLANK = re.compile(rf"(?P<title>.*?\S)(?:\t+|[ \u3000]{{2,}}){_PAGE}")
_NUMBERED = re.compile(rf"(?P<title>.*?[^\d\s.,，、%％])\s*{_PAGE}")
_LEAST_ENTRIES = 3
_LONGEST_TITLE = 80
_LONGEST_LINE = 300
_PAGE_END = re.compile(r"[\divxIVX０-９]\W*$")


def is_entry(text: str, *, headed: bool = False) -> bool:
    """Whether a line ends in a leader and a page number; below a head wide blanks and tabs are leaders too."""
    text = text.strip()
    if len(text) > _LONGEST_LINE or not _PAGE_END.search(text[-3:]):
        return False
    return any(
        match is not None and len(match.group("title")) <= _LONGEST_TITLE
        for match in (pattern.fullmatch(text) for pattern in (_DOTTED, _BLANK)[: 1 + headed])
    )


def mark_contents(blocks: Sequence[Block]) -> list[Block]:
    """Mark lists of contents: runs of at least three entries, and what follows a head 目录 and is printed again later."""
    out = list(blocks)
    last_of = {_title(block.text): at for at, block in enumerate(blocks) if not block.reason}
    at = 0
    while at < len(out):
        end = _run(out, at, last_of)
        if end > at:
            for index in range(at, end):
                if out[index].reason is None:
                    out[index] = replace(out[index], reason=CONTENTS, detail=_DETAIL)
        at = max(end, at + 1)
    return out


def _run(blocks: Sequence[Block], start: int, last_of: dict[str, int]) -> int:
    """Where the list of contents that begins at ``start`` ends; ``start`` when none does."""
    headed = blocks[start].reason is None and _HEAD.fullmatch(blocks[start].text.strip()) is not None
    at = start + headed
    entries, end = 0, at
    first_body = len(blocks)
    while at < len(blocks):
        block = blocks[at]
        text = block.text.strip()
        if block.reason == CONTENTS or (text and is_entry(text, headed=headed)):
            entries, end = entries + 1, at + 1
        elif headed and text and block.reason is None:
            again = last_of.get(_title(text), at)
            # A list without page numbers: its lines come again as the heads of the body, and the first of them ends it.
            if at >= first_body or again <= at or len(text) > _LONGEST_TITLE:
                break
            first_body = min(first_body, again)
            entries, end = entries + 1, at + 1
        elif text and block.reason is None:
            break
        at += 1
    marked = any(block.reason == CONTENTS for block in blocks[start:end])
    if entries >= _LEAST_ENTRIES or (marked and headed) or (headed and entries):
        return end
    return start


def _title(text: str) -> str:
    text = text.strip()
    for pattern in (_DOTTED, _BLANK, _NUMBERED) if len(text) <= _LONGEST_LINE and _PAGE_END.search(text[-3:]) else ():
        match = pattern.fullmatch(text)
        if match is not None and match.group("title"):
            text = match.group("title")
            break
    return re.sub(r"\s+", "", text)
