"""Why an item was taken or left, a line each on the logger ``summarizer.trace`` at level DEBUG; for ``--verbose``."""

from __future__ import annotations

import logging

from summarizer.pipeline.analysis import Analysis
from summarizer.schema import Document

__all__ = ["trace_analysis", "trace_document"]

_LOG = logging.getLogger("summarizer.trace")
_EXCERPT = 40


def trace_analysis(analysis: Analysis) -> None:
    """The kind of the text and its parts, each with what decided it."""
    if not _LOG.isEnabledFor(logging.DEBUG):
        return
    path, reading = analysis.source.path, analysis.reading
    cues = "; ".join(repr(reading.printed(start, end)) for start, end in reading.kind.evidence)
    _LOG.debug("%s: kind %s (%s)", path, reading.kind.kind, cues or "no cue")
    for section in reading.outline.sections:
        words = _short(reading.printed(section.start, section.end))
        _LOG.debug(
            "%s: %d-%d part %s, %s: %s", path, section.start, section.end, section.horizon, section.reason, words
        )


def trace_document(document: Document) -> None:
    """Each item with its origin and how a difference was settled, then what was refused or put aside, and why."""
    if not _LOG.isEnabledFor(logging.DEBUG):
        return
    for item in document.items:
        place = f"{item.evidence.start}-{item.evidence.end}"
        agreed = f", confirmed by {item.confirmed_by}" if item.confirmed_by else ""
        settled = (
            f", settled by {item.decision.by}: "
            + "; ".join(f"{one.field} model {one.model!r} rules {one.rules!r}" for one in item.decision.differences)
            if item.decision
            else ""
        )
        _LOG.debug(
            "%s: taken %s from %s%s%s: %s", item.id, place, item.origin, agreed, settled, _short(item.evidence.quote)
        )
    for one in document.rejected:
        place = f"{one.span.start}-{one.span.end}" if one.span else "nowhere"
        _LOG.debug(
            "%s: left %s of %s at %s, %s: %s", document.id, one.item, one.origin, place, one.message, _short(one.raw)
        )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"
