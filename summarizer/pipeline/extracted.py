"""Documents that were extracted before, taken up again from their lines: nothing is asked or found anew."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from summarizer.errors import SourceError
from summarizer.pipeline.document import Result
from summarizer.schema import Document, Origin
from summarizer.source.byte_source import ByteSource
from summarizer.source.clean import clean
from summarizer.source.duplicates import sketch
from summarizer.source.inputs import find_named
from summarizer.source.read import read

__all__ = ["restored"]


def restored(source: ByteSource, max_bytes: int) -> Result:
    """The document of a line, beside its text, which is read again from where it was.

    Raises ``SourceError`` for a line of another version, and for a text that is gone or was changed since.
    """
    try:
        document = Document.model_validate_json(source.extracted or "")
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SourceError(source.name, f"no document of this version ({place or 'line'}: {first['msg']})") from error
    beside = Path(source.name.rpartition("#")[0]).parent
    text = read(find_named(document.path, (Path(), beside), max_bytes), max_bytes=max_bytes)
    if text.sha256 != document.sha256:
        raise SourceError(source.name, f"{document.path} was changed since it was extracted")
    origins = {item.origin for item in document.items}
    by_model = Origin.MODEL in origins or document.coverage.answered > 0
    cleaned = clean(text)
    by_rules = not by_model or document.coverage.by_heuristic > 0
    return Result(document, cleaned, sketch(cleaned.text), by_model=by_model, by_rules=by_rules)
