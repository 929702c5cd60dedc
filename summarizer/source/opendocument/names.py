"""Names of elements and attributes in OpenDocument with their short prefixes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

__all__ = ["MOST_REPEATED", "attribute", "name_of", "table_rows"]

MOST_REPEATED = 2000
"""An empty row or cell may be repeated a million times to the sheet's edge."""

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SHORT = {
    _OASIS + "text:1.0": "text",
    _OASIS + "table:1.0": "table",
    _OASIS + "office:1.0": "office",
    _OASIS + "style:1.0": "style",
    _OASIS + "drawing:1.0": "draw",
    _OASIS + "xsl-fo-compatible:1.0": "fo",
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
}
_FULL = {short: full for full, short in _SHORT.items()}


def name_of(element: _Element) -> str:
    space, _, local = str(element.tag)[1:].partition("}")  # a comment's tag is a function, of no known name
    return f"{_SHORT.get(space, '')}:{local}"


def attribute(element: _Element, name: str) -> str | None:
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_FULL[prefix]}}}{local}")


def table_rows(table: _Element) -> Iterator[_Element]:
    for one in table:
        if name_of(one) == "table:table-row":
            yield one
        elif name_of(one) in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from table_rows(one)
