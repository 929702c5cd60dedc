"""Markdown: its marks are ranges of the source that print nothing, so that every offset is the file's own.

The file's text is the source text; marks of headings, emphasis, lists, quotes, links and tables, comments, tags and front
matter are dropped from it. A table of HTML inside, which converters write in one piece, is the only thing written out anew.
Headings of one document hold no surprises for a full parser, but a parser gives no offsets inside a line; the rules here
follow the CommonMark spec 0.31 and the GFM tables and strikethrough, line by line, at linear cost.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from itertools import pairwise

from lxml import etree
from lxml import html as lxml_html

from summarizer.source.lining import page_lines
from summarizer.source.raised import raised
from summarizer.source.text import Dropped

__all__ = ["read_markdown"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})[^`\n]*$")
_FRONT_MATTER = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_TITLE = re.compile(
    r"^(title|标题)[ \t]*[:=：][ \t]*([\"'“]?)(?P<title>[^\n]{0,300}?)[\"'”]?[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_COMMENT = "<!--", "-->"
_HTML_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_HTML_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)

# Marks at the beginning of a line, in the order in which they may stand: quotes, list bullets with a box, headings.
_OPENING = re.compile(
    r"[ \t]{0,12}(?:>[ \t]{0,3}){0,9}(?:[ \t]{0,12}[-*+][ \t]{1,4}(?:\[[ xX]\][ \t])?){0,4}(?:#{1,6}[ \t]+|#{2,6}(?=[\u4e00-\u9fff\uff08(\d])|#(?=[一二三四五六七八九十第\uff08(]))?"
)
_RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}[ \t]*)$")
_TABLE_RULE = re.compile(r"\|?:?-{1,200}:?(?:\|:?-{1,200}:?){0,200}\|?")  # without its blanks
_DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]\n^]{1,200}\]:[ \t]*\S+.*$")
_NOTE_TEXT = re.compile(r"[ \t]{0,3}\[\^[^\]\n]{1,80}\]:[ \t]*")

_STRONG = re.compile(r"\*{2,3}|_{2,3}")
_EMPHASIS = re.compile(
    r"(?<![*A-Za-z0-9\\])\*(?=[^\s*])([^*\n]{2,400}?)(?<=[^\s\\])\*(?![*A-Za-z0-9])"
    r"|(?<![_\w\\])_(?=[^\s_])([^_\n]{1,400}?)(?<=[^\s\\])_(?![_\w])"
)
_STRUCK = re.compile(r"~~(?=\S)[^~\n]{1,1000}~~")
_CODE = re.compile(r"(`{1,3})(?=[^`])([^`\n]{1,1000})(?<=[^`])\1(?!`)")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,1000}\](?:\([^()\n]{0,4000}\)|\[[^\]\n]{0,200}\])")
_LINK = re.compile(
    r"\[(?P<words>[^\[\]\n]{0,1000})\](?P<target>\([^()\n]{0,2000}(?:\([^()\n]{0,400}\)[^()\n]{0,2000})?\)|\[[^\]\n]{0,200}\])"
)
_NOTE = re.compile(r"\[\^[^\]\n]{1,80}\](?!:)")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_RAISED = re.compile(r"<sup>([^<>\n]{0,80})</sup>", re.IGNORECASE)
_STRUCK_TAG = re.compile(r"<(del|s|strike)>[^<>\n]{0,1000}</\1>", re.IGNORECASE)
_TAG = re.compile(r"</?(?!sup\b)[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>\n]{0,1000})?/?>")


def read_markdown(text: str) -> tuple[str, tuple[Dropped, ...]]:
    """The source text (the file's, but for tables in HTML) and its marks, sorted; a range may lie inside another."""
    text = _with_tables(text)
    return text, tuple(sorted(_marks(text), key=lambda drop: (drop.start, -drop.end)))


def _with_tables(text: str) -> str:
    """Tables in HTML as rows, one a line."""
    out: list[str] = []
    at = 0
    while (opening := _HTML_TABLE.search(text, at)) is not None:
        closing = _HTML_TABLE_END.search(text, opening.end())
        if closing is None:
            break
        rows = _rows(text[opening.start() : closing.end()])
        out.append(text[at : opening.start()] + "\n" + rows + "\n" if rows else text[at : closing.end()])
        at = closing.end()
    return "".join([*out, text[at:]])


def _rows(markup: str) -> str:
    try:
        root = lxml_html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    return "\n".join(line.text for line in page_lines(root, frozenset()) if not line.aside)


def _marks(text: str) -> Iterator[Dropped]:
    body = yield from _front_matter(text)
    yield from _comments(text, body)
    fenced = False
    after_text = False
    lines = [match.span() for match in _LINE.finditer(text, body)]
    tabled = _table_lines(text, lines)
    for number, (start, stop) in enumerate(lines):
        end = start + len(text[start:stop].rstrip("\r\n"))
        if _FENCE.match(text, start, end):
            fenced = not fenced
            yield Dropped(start, stop, "markup", "fence of code")
        elif not fenced:
            yield from _line(text, start, end, stop, number in tabled, after_text)
        after_text = bool(text[start:end].strip())


def _front_matter(text: str) -> Generator[Dropped, None, int]:
    """The fields before the text. The title's own words stay when the text does not begin with a heading."""
    opening = _FRONT_MATTER.match(text)
    if opening is None:
        return 0
    closing = re.compile(rf"^{re.escape(opening.group(1))}[ \t]*$\n?", re.MULTILINE).search(text, opening.end())
    if closing is None or ":" not in text[opening.end() : closing.start()] + "=":
        return 0
    title = _TITLE.search(text, opening.end(), closing.start())
    following = text[closing.end() :].lstrip()[:400]
    printed = title is not None and title.group("title").strip() and title.group("title").strip() not in following
    if title is not None and printed and not following.startswith("# "):
        yield Dropped(0, title.start("title"), "metadata", "front matter")
        yield Dropped(title.end("title"), text.find("\n", title.end("title")), "metadata", "front matter")
        yield Dropped(text.find("\n", title.end("title")) + 1, closing.end(), "metadata", "front matter")
    else:
        yield Dropped(0, closing.end(), "metadata", "front matter")
    return closing.end()


def _comments(text: str, at: int) -> Iterator[Dropped]:
    opening, closing = _COMMENT
    while (start := text.find(opening, at)) >= 0 and (end := text.find(closing, start)) >= 0:
        at = end + len(closing)
        yield Dropped(start, at, "markup", "comment")


def _table_lines(text: str, lines: list[tuple[int, int]]) -> frozenset[int]:
    """Numbers of the lines of pipe tables: the head above a delimiter row, the row itself and what follows with pipes."""
    found: set[int] = set()
    for above, row in pairwise(range(len(lines))):
        if above in found and row not in found and "|" in text[slice(*lines[row])] and above + 1 == row:
            found.add(row)
            continue
        if "|" in text[slice(*lines[above])] and _is_table_rule(text[slice(*lines[row])]):
            found.update((above, row))
    return frozenset(found)


def _line(text: str, start: int, end: int, stop: int, tabled: bool, after_text: bool) -> Iterator[Dropped]:
    if tabled and _is_table_rule(text[start:end]):
        yield Dropped(start, stop, "markup", "rule of a table")
        return
    rule = _RULE.fullmatch(text, start, end)
    if (rule and (after_text or text[start] != "=")) or _DEFINITION.fullmatch(text, start, end):
        yield Dropped(start, stop, "markup", "rule or definition")
        return
    at = start
    opening = _OPENING.match(text, start, end)
    if opening is not None and opening.end() > start and opening.group().strip():
        at = opening.end()
        yield Dropped(start, at, "markup", "beginning of a block")
    if (note := _NOTE_TEXT.match(text, at, end)) is not None:
        yield Dropped(at, note.end(), "note_mark", "mark of a note")
    line = text[at:end].rstrip()
    if text[start:at].rstrip().endswith("#") and line.endswith("#") and line.rstrip("#").endswith((" ", "\t")):
        yield Dropped(at + len(line.rstrip("#").rstrip()), end, "markup", "end of a heading")
    if tabled:
        yield from _edges(text, at, at + len(line))
    yield from _inline(text, at, end)


def _edges(text: str, start: int, end: int) -> Iterator[Dropped]:
    """The pipes around a row; those between its cells stay."""
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    if text.startswith("|", first):
        inner = text[first + 1 : end]
        yield Dropped(start, first + 1 + len(inner) - len(inner.lstrip(" \t")), "markup", "edge of a table")
    if end - first > 1 and text.endswith("|", first + 1, end) and text[end - 2] != "\\":
        yield Dropped(start + len(text[start : end - 1].rstrip()), end, "markup", "edge of a table")


def _is_table_rule(line: str) -> bool:
    compact = line.replace(" ", "").replace("\t", "").strip("\r\n")
    return "-" in compact and "|" in compact and _TABLE_RULE.fullmatch(compact) is not None


def _inline(text: str, start: int, end: int) -> Iterator[Dropped]:
    for code in _CODE.finditer(text, start, end):
        yield Dropped(code.start(), code.start(2), "markup", "code")
        yield Dropped(code.end(2), code.end(), "markup", "code")
    for pattern, reason, detail in (
        (_IMAGE, "markup", "picture"),
        (_STRUCK, "struck", "words that are struck out"),
        (_STRUCK_TAG, "struck", "words that are struck out"),
        (_NOTE, "note_mark", "mark of a note"),
        (_ESCAPE, "markup", "escape"),
        (_TAG, "markup", "tag"),
    ):
        for found in pattern.finditer(text, start, end):
            yield Dropped(found.start(), found.end(), reason, detail)
    for link in _LINK.finditer(text, start, end):
        yield Dropped(link.start(), link.start("words"), "markup", "link")
        yield Dropped(link.end("words"), link.end(), "markup", "link")
    for found in _RAISED.finditer(text, start, end):
        # A power keeps its tags: without them 10<sup>3</sup> would read 103.
        if raised(text[max(start, found.start() - 16) : found.start()], found.group(1), linked=False)[1]:
            yield Dropped(found.start(), found.end(), "note_mark", "mark of a note, set apart from the value before it")
    # Bold marks go in pairs; one that is left over may stand for a word that was blanked out.
    strong = list(_STRONG.finditer(text, start, end))
    for kind in "*_":
        marks = [
            mark for mark in strong if mark.group()[0] == kind and (not mark.start() or text[mark.start() - 1] != "\\")
        ]
        for one, other in zip(marks[::2], marks[1::2], strict=False):
            if other.start() > one.end():
                yield Dropped(one.start(), one.end(), "markup", "emphasis")
                yield Dropped(other.start(), other.end(), "markup", "emphasis")
    for found in _EMPHASIS.finditer(text, start, end):
        yield Dropped(found.start(), found.start() + 1, "markup", "emphasis")
        yield Dropped(found.end() - 1, found.end(), "markup", "emphasis")
