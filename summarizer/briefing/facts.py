"""The lines that every rendering shows about a briefing and its documents, in the words of a language."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.briefing.labels import Labels
from summarizer.schema import Briefing, Document

__all__ = ["document_facts", "headline", "method_line"]

_FLAG_JOIN = "、"


def headline(briefing: Briefing, labels: Labels) -> str:
    """The briefing's title: that of the document when there is one, else how many there are."""
    if len(briefing.documents) == 1 and briefing.documents[0].title:
        return f"{labels['briefing']}{labels['colon']}{' '.join(briefing.documents[0].title.split())}"
    return f"{labels['briefing']}{labels['colon']}{len(briefing.documents)}{labels['documents']}{labels['headline']}"


def method_line(briefing: Briefing, labels: Labels) -> str:
    """How the briefing was made, by what, and when."""
    model = f" {briefing.run.model}" if briefing.run.model else ""
    made = f"{labels['made']} {briefing.created_at[:10]} · summarizer {briefing.tool_version}"
    return f"{labels['method']}{labels['colon']}{labels[f'method.{briefing.run.method}']}{model} · {made}"


def document_facts(document: Document, labels: Labels) -> Iterator[tuple[str, str]]:
    """Label and value of every fact that is known of a document, its file last."""
    meeting = " ".join(filter(None, (document.meeting.name, document.meeting.date, document.meeting.place)))
    flags = dict.fromkeys(labels[f"flag.{quality.flag}"] for quality in document.quality)
    declared = document.declared_task_count
    facts = {
        "issuer": document.issuer,
        "region": document.region,
        "level": labels[f"level.{document.level}"] if document.level else None,
        "genre": document.genre,
        "meeting": meeting,
        "published": " ".join(filter(None, (document.published, document.publisher))),
        "announced": labels["declared"].format(count=declared) if declared else None,
        "quality": _FLAG_JOIN.join(flags),
        "source": f"{document.path} · sha256 {document.id}…",
    }
    for name, value in facts.items():
        if value:
            yield labels[name], value
