"""``summarizer verify``: a briefing against its source files, with no model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.exits import Exit
from summarizer.cli.options import AsJson, complain
from summarizer.cli.saved import find_saved

if TYPE_CHECKING:
    from summarizer.source.text import SourceText

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(verify)


def verify(
    briefing: Annotated[Path, typer.Argument(help="A briefing written by -o briefing.json.")],
    root: Annotated[Path | None, typer.Option(help="Folder that the paths in the briefing start from.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check hashes, spans, wording, values, dates and citations against the source files.

    Exit code 0: everything holds; 4: something does not; 3: a source file cannot be read.

    Example: summarizer verify out/briefing.json
    """
    from pydantic import ValidationError

    from summarizer.briefing.verification import verify as check
    from summarizer.errors import DataError
    from summarizer.schema import Briefing
    from summarizer.settings import MAX_FILE_SIZE
    from summarizer.source.inputs import find_named
    from summarizer.source.read import read

    try:
        loaded = Briefing.model_validate_json(briefing.read_bytes())
    except OSError as error:
        raise DataError(str(briefing), error.strerror or str(error)) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DataError(str(briefing), f"{place or 'file'}: {first['msg']}") from error
    ids = {document.path: document.id for document in loaded.documents}
    # From the given root, the working folder, or the briefing's own folder, whichever has it.
    folders = [root] if root else [Path(), briefing.parent]

    def source(path: str) -> SourceText:
        return read(find_saved(briefing, ids[path]) or find_named(path, folders, MAX_FILE_SIZE))

    result = check(loaded, source)
    if as_json:
        findings = [{"where": one.where, "message": one.message} for one in result.findings]
        unreadable = [{"where": one.where, "message": one.message} for one in result.unreadable]
        typer.echo(
            json.dumps({"checked": result.checked, "findings": findings, "unreadable": unreadable}, ensure_ascii=False)
        )
    else:
        for one in (*result.findings, *result.unreadable):
            typer.echo(f"{one.where}: {one.message}")
    good = not result.findings and not result.unreadable
    complain(
        f"{result.checked} claims checked in {len(loaded.documents)} documents: {'all hold' if good else 'see above'}"
    )
    raise typer.Exit(Exit.DONE if good else Exit.GATE if result.findings else Exit.PARTIAL)
