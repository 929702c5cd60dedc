"""Checking a briefing against its source files, with no model: hashes, spans, wording, values, dates and citations.

Everything that a briefing states as printed is looked up again in the source as it is read today, and what follows from it by
a fixed rule (a value, a resolved time) is worked out again. What the briefing judges (an issuer's full name, a level, a theme,
reached or to be reached) is no quotation and is not checked here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from summarizer.briefing.verification.checks import Check, quoted
from summarizer.briefing.verification.citations import copies, identities, overview
from summarizer.briefing.verification.document_checks import document_checks
from summarizer.errors import SourceError
from summarizer.schema import Briefing
from summarizer.source.clean import clean
from summarizer.source.duplicates import Sketch, sketch
from summarizer.source.text import SourceText

__all__ = ["Finding", "Verification", "verify"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One claim that the source does not bear out: ``where`` is the item's id or the document's path."""

    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """``checked`` counts the claims looked up; the briefing holds when there is no finding and no unreadable source."""

    checked: int
    findings: tuple[Finding, ...]
    unreadable: tuple[Finding, ...]


def verify(briefing: Briefing, read: Callable[[str], SourceText]) -> Verification:
    """Check every document, item and citation. ``read`` gets a document's path; its ``SourceError`` is reported."""
    checks: list[Check] = []
    unreadable: list[Finding] = []
    originals = {document.duplicate_of for document in briefing.documents}
    sketches: dict[str, Sketch] = {}
    for document in briefing.documents:
        try:
            source = read(document.path)
        except SourceError as error:
            unreadable.append(Finding(document.path, error.reason))
            continue
        checks.extend(document_checks(document, source))
        if document.id in originals or document.duplicate_of is not None:
            sketches[document.id] = sketch(clean(source).text)
        for phrase in briefing.comparison.new_phrases:
            if phrase.document == document.id:
                checks.extend(quoted(phrase.evidence, source.text, document.path, f"new phrase {phrase.phrase}"))
    checks.extend(copies(briefing, sketches))
    checks.extend(identities(briefing))
    checks.extend(overview(briefing))
    failed = tuple(Finding(check.where, check.message) for check in checks if not check.holds)
    return Verification(len(checks), failed, tuple(unreadable))
