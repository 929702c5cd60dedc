"""Formulas on one line: fractions by a stroke, powers as superscripts (ECMA-376 part 1, 22.1)."""

from __future__ import annotations

from lxml import etree

from summarizer.source.word.package import attribute, children, find, name_of

__all__ = ["formula"]

_SUPERSCRIPTS = str.maketrans("0123456789+-\u2212()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_SKIPPED = frozenset("w:del w:moveFrom w:rPr m:rPr m:ctrlPr m:fPr m:sSupPr m:sSubPr m:dPr m:naryPr m:radPr".split())


def formula(element: etree._Element) -> str:
    """The formula's characters in reading order."""
    return "".join(_part(child) for child in element)


def _part(element: etree._Element) -> str:
    name = name_of(element)
    if name in _SKIPPED:
        return ""
    if name in ("m:t", "w:t"):
        return element.text or ""
    if name == "m:f":
        above, below = _inside(element, "m:num"), _inside(element, "m:den")
        return f"{_grouped(above)}/{_grouped(below)}"
    if name in ("m:sSup", "m:sSubSup"):
        raised = _inside(element, "m:sup")
        small = raised.translate(_SUPERSCRIPTS)
        power = small if not set(small) & set(raised) else f"^{_grouped(raised)}"
        return _inside(element, "m:e") + _inside(element, "m:sub") + power
    if name == "m:rad":
        return f"√{_grouped(_inside(element, 'm:e'))}"
    if name == "m:d":
        marks = [_mark(element, "m:begChr", "("), _mark(element, "m:endChr", ")")]
        return marks[0] + ",".join(formula(one) for one in children(element, "m:e")) + marks[1]
    if name == "m:nary":
        sign = _mark(element, "m:chr", "∫", "m:naryPr")
        return sign + _inside(element, "m:sub") + _inside(element, "m:sup") + _inside(element, "m:e")
    return formula(element)


def _inside(element: etree._Element, name: str) -> str:
    found = find(element, name)
    return "" if found is None else formula(found)


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() or text.replace(".", "").isalnum() else f"({text})"


def _mark(element: etree._Element, name: str, default: str, properties: str = "m:dPr") -> str:
    found = find(element, properties, name)
    value = None if found is None else attribute(found, "m:val")
    return default if value is None else value
