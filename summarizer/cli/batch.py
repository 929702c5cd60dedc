"""``summarizer batch``: the Batch API's files; the answers land in the cache."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.exits import Exit
from summarizer.cli.options import RUN, Apart, AsJson, Base, Inputs, ProfileName, complain, settings_from, with_settings

if TYPE_CHECKING:
    from summarizer.llm.batch_api import BatchApi, BatchState
    from summarizer.recordings.batch_answers import BatchRead
    from summarizer.recordings.store import Store
    from summarizer.settings import Settings

__all__ = ["register"]


class Into(StrEnum):
    """Where answers go."""

    LOCAL = "local"
    RECORDINGS = "recordings"


_Into = Annotated[Into, typer.Option("--into", help="The local store, or the folder for git.")]
_Folder = Annotated[Path, typer.Argument(help="The folder of an export.")]

_app = typer.Typer(
    no_args_is_help=True,
    help="Ask by files: export what has no answer yet, import what was answered.\n\nExample: summarizer batch export reports/",
)


def register(app: typer.Typer) -> None:
    """Add the group ``batch``."""
    app.add_typer(_app, name="batch")


@_app.command("export")
@with_settings({name: RUN[name] for name in ("themes", "profile", "model", "base_url", "chunk_tokens", "workers")})
def export_(
    inputs: Inputs,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Folder for requests-0001.jsonl and on, or the first file (.jsonl).")
    ] = Path("batch"),
    *,
    settings: Settings,
    as_json: AsJson = False,
) -> None:
    """Write the requests of these files that have no recorded answer, in the format of the Batch API.

    After an import, export again: second questions to unusable answers come then. Ends with 3 when a file was unreadable.

    Example: summarizer batch export reports/ -o batch/
    """
    from summarizer.errors import SourceError
    from summarizer.pipeline.plan import plan_requests
    from summarizer.pipeline.session import Session
    from summarizer.recordings.batch import BatchForm, write_batch
    from summarizer.recordings.batch_folder import forget_fetched

    unreadable: list[SourceError] = []

    def note(error: SourceError) -> None:
        unreadable.append(error)
        complain(str(error))

    session = Session(settings)
    apart = Apart()
    files = list(session.sources(inputs, apart))
    apart.close()
    forget_fetched(out.parent if out.suffix == ".jsonl" else out)
    report = write_batch(plan_requests(files, session, note), _both(settings), out, BatchForm.of(settings.endpoint))
    if as_json:
        typer.echo(json.dumps({**asdict(report), "files": [str(path) for path in report.files]}, indent=1))
    else:
        for path in report.files:
            typer.echo(str(path))
        complain(f"{report.written} requests written, {report.recorded} answered already, {report.repeated} repeated")
    if unreadable or apart.unreadable:
        raise typer.Exit(Exit.PARTIAL)


@_app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Output and error files, or answers written by hand.")],
    requests: Annotated[
        list[Path] | None,
        typer.Option("--requests", help="The request files; default: requests-*.jsonl beside the answers."),
    ] = None,
    provenance: Annotated[str, typer.Option("--provenance", help="How the answers were obtained.")] = "batch",
    into: _Into = Into.LOCAL,
    as_json: AsJson = False,
) -> None:
    """Record the answers in these files; each must belong to an exported request.

    A line is the Batch API's, or {"custom_id": KEY, "content": "the answer's text", "finish_reason": "stop"}.
    Ends with 3 when a line was unreadable or an answer is missing.

    Example: summarizer batch import batch/output.jsonl --provenance "answered offline"
    """
    from summarizer.errors import UsageError
    from summarizer.recordings.batch import REQUEST_FILES
    from summarizer.recordings.batch_answers import read_batch

    if not requests:
        requests = sorted({path for file in files for path in file.parent.glob(REQUEST_FILES)})
    if not requests:
        raise UsageError(f"there are no {REQUEST_FILES} beside {files[0]}: name the request files with --requests")
    report = read_batch(files, requests, _one(settings_from(), into), how=provenance)
    _print_read(report, as_json)
    if report.unreadable or report.missing:
        raise typer.Exit(Exit.PARTIAL)


@_app.command()
def submit(folder: _Folder, profile: ProfileName = None, base_url: Base = None, as_json: AsJson = False) -> None:
    """Hand the folder's request files to the endpoint, each once.

    Example: summarizer batch submit batch/
    """
    from summarizer.errors import UsageError
    from summarizer.recordings.batch_folder import note_submitted, unsubmitted

    files = unsubmitted(folder)
    if not files:
        raise UsageError(f"{folder} holds no request file that was not submitted")
    api = _api(settings_from(profile=profile, base_url=base_url))
    states = []
    for path in files:
        state = api.submit(path)
        note_submitted(folder, path, state.batch_id)
        states.append(state)
    _print_states(states, as_json)


@_app.command()
def status(folder: _Folder, profile: ProfileName = None, base_url: Base = None, as_json: AsJson = False) -> None:
    """Tell how far the folder's batches are.

    Example: summarizer batch status batch/
    """
    from summarizer.recordings.batch_folder import submitted

    api = _api(settings_from(profile=profile, base_url=base_url))
    _print_states([api.status(note.batch_id) for note in submitted(folder)], as_json)


@_app.command()
def fetch(
    folder: _Folder,
    into: _Into = Into.LOCAL,
    profile: ProfileName = None,
    base_url: Base = None,
    as_json: AsJson = False,
) -> None:
    """Fetch the answers of the folder's batches that have ended, and record them. Ends with 3 while some are missing.

    Example: summarizer batch fetch batch/
    """
    from summarizer.recordings.batch_answers import read_batch
    from summarizer.recordings.batch_folder import mark_fetched, submitted

    settings = settings_from(profile=profile, base_url=base_url)
    api, store = _api(settings), _one(settings, into)
    waiting = []
    incomplete = False
    for note in submitted(folder):
        state = api.status(note.batch_id)
        if not state.ended:
            waiting.append(state)
            continue
        answers = []
        for file_id, name in ((state.output_file, "output"), (state.error_file, "errors")):
            if file_id is not None:
                answers.append(folder / f"{name}-{note.number}.jsonl")
                api.download(file_id, answers[-1])
        report = read_batch(answers, [folder / note.requests], store, how="batch")
        mark_fetched(folder, note)
        incomplete |= bool(report.unreadable or report.missing)
        for problem in state.problems:
            complain(f"{note.requests}: {problem}")
        _print_read(report, as_json)
    _print_states(waiting, as_json)
    if waiting or incomplete:
        raise typer.Exit(Exit.PARTIAL)


def _api(settings: Settings) -> BatchApi:
    from summarizer.errors import UsageError
    from summarizer.llm.batch_api import BatchApi

    if not settings.endpoint_configured:
        raise UsageError("no endpoint is configured: set OPENAI_API_KEY, or a profile in summarizer.toml")
    settings.check_endpoint()
    return BatchApi(settings.endpoint, settings.api_key)


def _one(settings: Settings, into: Into) -> Store:
    from summarizer.recordings.files import FileStore
    from summarizer.recordings.local import LocalStore

    if into is Into.RECORDINGS:
        return FileStore(settings.recordings_folder, complain)
    return LocalStore(settings.cache_folder, complain)


def _both(settings: Settings) -> Store:
    from summarizer.recordings.store import LayeredStore

    return LayeredStore(_one(settings, Into.RECORDINGS), _one(settings, Into.LOCAL))


def _print_read(report: BatchRead, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
        return
    typer.echo(f"recorded {report.recorded}, recorded before {report.already}, missing {len(report.missing)}")
    for title, problems in (("failed", report.failed), ("unreadable", report.unreadable)):
        for problem in problems:
            typer.echo(f"{title}: {problem.file}:{problem.line}: {problem.reason}")


def _print_states(states: list[BatchState], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([asdict(state) for state in states], indent=1))
        return
    for state in states:
        typer.echo(f"{state.batch_id}  {state.status}  {state.completed} of {state.total} done, {state.failed} failed")
        for problem in state.problems:
            complain(f"{state.batch_id}: {problem}")
