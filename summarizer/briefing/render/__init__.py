"""One module a format; each a function from the view of a briefing to text or bytes. The suffix of a file name chooses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from summarizer.briefing.view import view_of
from summarizer.errors import UsageError
from summarizer.schema import Briefing
from summarizer.source.text import CleanText

__all__ = ["SUFFIXES", "check_suffix", "render"]

SUFFIXES = (".md", ".html", ".docx", ".xlsx", ".json")


def check_suffix(path: Path) -> None:
    """Raise ``UsageError`` for a file name whose format is not known, before any work is done."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: cannot write this format; formats are {' '.join(SUFFIXES)}")


def render(briefing: Briefing, suffix: str, texts: Mapping[str, CleanText]) -> bytes:
    """Render in the format of a suffix; ``texts`` are the documents' texts by id, for formats that show the source."""
    if suffix == ".json":
        return (briefing.model_dump_json(indent=1) + "\n").encode()
    view = view_of(briefing)
    if suffix == ".html":
        from summarizer.briefing.render.review_page import render_html

        return render_html(view, texts).encode()
    if suffix == ".docx":
        from summarizer.briefing.render.official_paper import render_docx

        return render_docx(view)
    if suffix == ".xlsx":
        from summarizer.briefing.render.workbook import render_xlsx

        return render_xlsx(view)
    from summarizer.briefing.render.markdown import render_markdown

    return render_markdown(view).encode()
