"""Markup before it is parsed: what a server or an editor left in it, and whether a text is markup at all."""

from __future__ import annotations

import re

__all__ = ["holds_markup", "is_markup", "without", "without_directives"]

# <%@ page … %> and <% … %> of JSP and ASP, <?xml … ?> and <?php … ?>; a directive that is never closed is text.
_DIRECTIVES = (("<%", "%>"), ("<?", "?>"))
_TAG_LIBRARY = re.compile(r"</?(?:jsp|c|fmt|s|asp|t):[a-zA-Z]{1,30}(?:\s[^<>]{0,400})?/?>")
_TAG = re.compile(
    r"</?(?:p|div|span|br|td|tr|th|table|tbody|ul|ol|li|strong|b|font|section|h[1-6]|html|body|head|o:p)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(r"<(?:p|div|br|td|table|section|li|h[1-6])(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_SAMPLE = 40_000
_LEAST_TAGS = 6  # fewer in a text file may be quoted
_TAGS_PER_LINE = 0.3


def without_directives(markup: str) -> str:
    """The markup without marks of byte order, zero characters and directives to a server, which print nothing."""
    markup = markup.lstrip("\ufeff").replace("\0", "")
    for opening, closing in _DIRECTIVES:
        markup = without(markup, opening, closing)
    return _TAG_LIBRARY.sub("", markup)


def without(markup: str, opening: str, closing: str) -> str:
    """The text less what stands between two marks, and less the marks; one that is never closed stays. Linear."""
    kept: list[str] = []
    at = 0
    while (start := markup.find(opening, at)) >= 0 and (end := markup.find(closing, start)) >= 0:
        kept.append(markup[at:start])
        at = end + len(closing)
    return "".join([*kept, markup[at:]])


def is_markup(text: str) -> bool:
    """Whether a file that is named as plain text is a page or a piece of one: tags stand all through it."""
    sample = text[:_SAMPLE]
    if "<" not in sample or "</" not in sample:
        return False
    tags = sum(1 for _ in _TAG.finditer(sample))
    lines = sum(1 for line in sample.splitlines() if line.strip())
    return tags >= _LEAST_TAGS and tags >= _TAGS_PER_LINE * lines and _BLOCK_TAG.search(sample) is not None


def holds_markup(text: str) -> bool:
    """Whether a piece of text holds markup that was to be shown as such: two block tags at least."""
    if "<" not in text or ">" not in text:
        return False
    found = _BLOCK_TAG.finditer(text)
    return next(found, None) is not None and next(found, None) is not None
