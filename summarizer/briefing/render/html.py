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

from summarizer.briefing.facts import document_facts, headline, method_line
from summarizer.briefing.labels import Labels, document_names, labels_for, printed_value
from summarizer.briefing.messages import problem_message
from summarizer.briefing.page_labels import page_labels_for
from summarizer.schema import Briefing
from summarizer.source.text import CleanText

__all__ = ["render_html"]

_SCRIPTS = ("basics.js", "tables.js", "source.js", "corrections.js", "views.js")
_NO_MARKUP = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})
_QUOTELESS: Any = {"evidence": {"quote"}, "grounding": True}
_LEFT_OUT: Any = {
    "run": True,
    "problems": True,
    "documents": {
        "__all__": {
            "rejected": True,
            "coverage": True,
            "tasks": {"__all__": {**_QUOTELESS, "measures": {"__all__": {"evidence"}}}},
            "indicators": {"__all__": _QUOTELESS},
        }
    },
}
"""What the page does not need, or cuts from the source itself."""


def render_html(briefing: Briefing, texts: Mapping[str, CleanText]) -> str:
    """Return the page; ``texts`` are the documents' texts by id, of which the source pane is made."""
    labels = labels_for(briefing.language) | page_labels_for(briefing.language)
    style, script = _part("page.css"), "\n".join(_part(name) for name in _SCRIPTS)
    values = {
        "lang": "zh-CN" if briefing.language == "zh" else "en",
        "title": html.escape(headline(briefing, labels)),
        "method": html.escape(method_line(briefing, labels)),
        "sections": html.escape(labels["page.sections"]),
        "source": html.escape(labels["source"]),
        "noscript": html.escape(labels["page.noscript"]),
        "style": style,
        "style_hash": _hash(style),
        "script": script,
        "script_hash": _hash(script),
        "data": _json(_data(briefing, texts, labels)),
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


def _data(briefing: Briefing, texts: Mapping[str, CleanText], labels: Labels) -> dict[str, Any]:
    themes = {row.theme: row.label for row in briefing.comparison.themes}
    return {
        "labels": labels,
        "briefing": briefing.model_dump(mode="json", exclude=_LEFT_OUT),
        "problems": [
            {
                "message": problem_message(problem, briefing.language),
                "document": problem.document,
                "span": problem.span.model_dump() if problem.span else None,
            }
            for problem in briefing.problems
        ],
        "names": document_names(briefing.documents, labels),
        "themes": list(themes.items()),
        "facts": {document.id: list(document_facts(document, labels)) for document in briefing.documents},
        "printed": {
            one.id: printed_value(one, labels) for document in briefing.documents for one in document.indicators
        },
        "sources": {
            document.id: _source(texts[document.id]) for document in briefing.documents if document.id in texts
        },
    }


def _source(text: CleanText) -> dict[str, Any]:
    return {"text": text.source, "dropped": [(one.start, one.end, one.reason) for one in text.dropped]}
