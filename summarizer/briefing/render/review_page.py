"""One page for review: summary, problems, matrix and tables, each item beside its source. One file that asks no network for anything.

What documents say goes into a block of JSON that no browser executes; the page's script puts it up as text nodes. The
Content-Security-Policy allows this script and this style sheet by their hashes and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

from summarizer.briefing.view import View
from summarizer.briefing.wording import (
    printed_base,
    printed_deadline,
    printed_group,
    printed_period,
    printed_refusal,
    printed_step,
)
from summarizer.schema import Indicator, Rejected, Span, Task
from summarizer.source.text import CleanText

__all__ = ["render_html"]

_SCRIPTS = ("basics.js", "tables.js", "source.js", "corrections.js", "views.js")
_NO_MARKUP = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})
_SPAN_ONLY: Any = {"evidence": {"quote"}, "grounding": True, "reasons": True}
_DUTIES: Any = {"lead_evidence": True, "support_evidence": True, "deadline_evidence": True}
_LEFT_OUT: Any = {
    "run": True,
    "problems": True,
    "documents": {
        "__all__": {
            "rejected": True,
            "coverage": True,
            "kind_evidence": True,
            "year_evidence": True,
            "tasks": {
                "__all__": {
                    **_SPAN_ONLY,
                    **_DUTIES,
                    "group": {"__all__": {"evidence"}},
                    "steps": {"__all__": {"evidence": {"quote"}, **_DUTIES}},
                }
            },
            "indicators": {
                "__all__": {
                    **_SPAN_ONLY,
                    "name_evidence": True,
                    "period_evidence": True,
                    "base_evidence": True,
                    "value_evidence": True,
                }
            },
        }
    },
}
"""What the page does not need, or cuts from the source itself."""


def render_html(view: View, texts: Mapping[str, CleanText]) -> str:
    """Return the page; ``texts`` are the documents' texts by id, of which the source pane is made."""
    style, script = _part("page.css"), "\n".join(_part(name) for name in _SCRIPTS)
    values = {
        "lang": "zh-CN" if view.briefing.language == "zh" else "en",
        "title": html.escape(view.headline),
        "method": html.escape(view.method),
        "sections": html.escape(view.labels["page.sections"]),
        "source": html.escape(view.labels["source"]),
        "noscript": html.escape(view.labels["page.noscript"]),
        "style": style,
        "style_hash": _hash(style),
        "script": script,
        "script_hash": _hash(script),
        "data": _json(_data(view, texts)),
    }
    return Template(_part("page.html")).substitute(values)


@cache
def _part(name: str) -> str:
    path = files("summarizer.briefing.render") / "page" / name
    return path.read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _json(value: Any) -> str:
    """JSON in which no character can end the script block or open a comment in it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_NO_MARKUP)


def _data(view: View, texts: Mapping[str, CleanText]) -> dict[str, Any]:
    return {
        "labels": view.labels,
        "briefing": view.briefing.model_dump(mode="json", exclude=_LEFT_OUT),
        "problems": [
            {"message": view.message(one), "document": one.document, "span": _span(one.span)}
            for one in view.briefing.problems
        ],
        "doubtful": [
            {
                "id": one.id,
                "content": view.content(one),
                "reasons": [{"told": view.doubt(doubt), "span": _span(doubt.evidence)} for doubt in one.reasons],
            }
            for document in view.briefing.documents
            for one in view.to_check(document)
        ],
        "rejected": [
            _rejected(one, document.id, view) for document in view.briefing.documents for one in document.rejected
        ],
        "names": view.names,
        "themes": list(view.themes.items()),
        "rows": [view.row_name(row) for row in view.briefing.comparison.indicators],
        "facts": {id_: _facts(id_, view) for id_ in view.documents},
        "printed": {id_: _printed(item, view) for id_, item in view.items.items()},
        "sources": {id_: _source(texts[id_]) for id_ in view.documents if id_ in texts},
    }


def _facts(document_id: str, view: View) -> list[tuple[str, str]]:
    """Label and value of each fact but the parts, which the page lists with their places."""
    facts = view.facts(view.documents[document_id])
    return [(view.labels[name], value) for name, value in facts.items() if name != "parts"]


def _printed(item: Task | Indicator, view: View) -> dict[str, Any]:
    """What an item's row and the head of its source show, as every rendering prints it."""
    labels = view.labels
    if isinstance(item, Task):
        return {
            "group": printed_group(item.group),
            "steps": [printed_step(step, labels) for step in item.steps],
            "deadline": printed_deadline(item, labels),
            "targets": [view.figure(one) for one in view.targets.get(item.id, ())],
            "origin": view.origin(item),
        }
    return {
        "value": view.values[item.id],
        "base": printed_base(item, labels),
        "period": printed_period(item, labels),
        "origin": view.origin(item),
    }


def _rejected(one: Rejected, document_id: str, view: View) -> dict[str, Any]:
    return {
        "document": document_id,
        "origin": view.labels[f"origin.{one.origin}"],
        "item": view.labels[f"item.{one.item}"],
        "message": view.message(one),
        "words": printed_refusal(one, view.labels),
        "span": _span(one.span),
    }


def _span(span: Span | None) -> dict[str, int] | None:
    return {"start": span.start, "end": span.end} if span else None


def _source(text: CleanText) -> dict[str, Any]:
    return {"text": text.source, "dropped": [(one.start, one.end, one.reason) for one in text.dropped]}
