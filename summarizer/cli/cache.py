"""``summarizer cache``: look at recorded answers, check them, and move them between the local store and git."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.exits import Exit
from summarizer.cli.options import AsJson, complain, settings_from
from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.recordings.store import Entry, Store
    from summarizer.recordings.transfer import Moved

__all__ = ["register"]


class Which(StrEnum):
    """The stores a command is about."""

    ALL = "all"
    LOCAL = "local"
    RECORDINGS = "recordings"


_Which = Annotated[Which, typer.Option("--store", help="The store that is meant.")]
_Model = Annotated[str | None, typer.Option("--model", help="Only answers of this model.")]

_app = typer.Typer(no_args_is_help=True, help="Recorded answers: what is there, is it sound, where does it go.")


def register(app: typer.Typer) -> None:
    """Add the group ``cache``."""
    app.add_typer(_app, name="cache")


@_app.command()
def stats(
    which: _Which = Which.ALL,
    as_json: AsJson = False,
) -> None:
    """Count the answers of each store: number, bytes, age, models, outcomes.

    Example: summarizer cache stats
    """
    rows = [_counted(store.name, list(store.entries())) for store in open_stores(which)]
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        age = f", {_age(row['oldest'])} to {_age(row['newest'])} old" if row["entries"] else ""
        typer.echo(f"{row['store']}: {row['entries']} answers, {_size(row['bytes'])}{age}")
        for title in ("models", "outcomes"):
            if row[title]:
                typer.echo(f"  {title}: " + ", ".join(f"{name} {count}" for name, count in row[title].items()))


@_app.command("list")
def list_(
    which: _Which = Which.ALL,
    model: _Model = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Rows to show, newest first.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List answers, newest first: key, age, size, outcome, model, store, how it was obtained.

    Example: summarizer cache list --model gpt-4.1-mini --limit 10
    """
    rows = [
        {"store": store.name, **asdict(entry)}
        for store in open_stores(which)
        for entry in store.entries()
        if model in (None, entry.model)
    ]
    rows.sort(key=lambda row: (row["when"], row["key"]), reverse=True)
    if as_json:
        _print_json(rows[:limit])
        return
    for row in rows[:limit]:
        size, age = _size(row["size"]), _age(row["when"])
        shown = (
            row["key"][:12],
            f"{age:>8}",
            f"{size:>8}",
            f"{row['outcome']:9}",
            row["model"],
            row["store"],
            row["how"],
        )
        typer.echo("  ".join(shown))
    if len(rows) > limit:
        complain(f"{len(rows) - limit} more: --limit {len(rows)} shows all")


@_app.command()
def show(
    key: Annotated[str, typer.Argument(help="The key, or enough of its beginning.")],
    which: _Which = Which.ALL,
    as_json: AsJson = False,
) -> None:
    """Show one recording: the question, the answer as it came, tokens, origin.

    Example: summarizer cache show 46e146ed0a92
    """
    from summarizer.recordings.recording import recording_to_json
    from summarizer.recordings.store import LayeredStore

    store = LayeredStore(*open_stores(which))
    found = [one for one in store.keys() if one.startswith(key)]  # noqa: SIM118 - a store is no dict
    if len(found) != 1:
        raise UsageError(f"{len(found) or 'no'} recordings have a key that begins with {key}")
    recording = store.load(found[0])
    if recording is None:
        raise UsageError(f"the recording {found[0]} is damaged and was set aside")
    if as_json:
        _print_json(recording_to_json(recording))
        return
    request, answer = recording.request, recording.answer
    typer.echo(f"key         {recording.key}")
    typer.echo(f"model       {request.model}, attempt {request.attempt}, {json.dumps(request.parameters)}")
    typer.echo(f"format      {request.response_format.name if request.response_format else 'none'}")
    typer.echo(f"obtained    {recording.provenance.how}, {recording.provenance.when}")
    typer.echo(
        f"outcome     {answer.outcome.value} ({answer.finish_reason})" + (f": {answer.error}" if answer.error else "")
    )
    typer.echo(f"tokens      {answer.usage.input_tokens} in, {answer.usage.output_tokens} out")
    for message in request.messages:
        typer.echo(f"\n--- {message.role}\n{message.content}")
    typer.echo(f"\n--- answer\n{answer.text}")


@_app.command()
def verify(
    which: _Which = Which.ALL,
    as_json: AsJson = False,
) -> None:
    """Check every answer against its hash and its key, and committed ones for keys, hosts and paths; change nothing.

    Ends with 3 when something is wrong. Example: summarizer cache verify --store recordings
    """
    from summarizer.recordings.files import FileStore
    from summarizer.recordings.leaks import leaks

    findings: list[dict[str, str]] = []
    for store in open_stores(which):
        findings += [{"store": store.name, **asdict(damage)} for damage in store.verify()]
        if isinstance(store, FileStore):
            damaged = {Path(finding["place"]).stem for finding in findings}
            sound = (recording for key in store.keys() if key not in damaged and (recording := store.load(key)))  # noqa: SIM118
            findings += [
                {"store": store.name, "place": recording.key, "reason": reason}
                for recording in sound
                for reason in leaks(recording)
            ]
    if as_json:
        _print_json(findings)
    for finding in [] if as_json else findings:
        typer.echo(f"{finding['store']}: {finding['place']}: {finding['reason']}")
    complain(f"{len(findings) or 'nothing'} wrong")
    if findings:
        raise typer.Exit(Exit.PARTIAL)


@_app.command()
def prune(
    older_than: Annotated[int | None, typer.Option("--older-than", min=0, help="Days since the answer came.")] = None,
    model: _Model = None,
    outcome: Annotated[str | None, typer.Option("--outcome", help="Only answers with this outcome.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every answer of the store.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    which: _Which = Which.LOCAL,
    as_json: AsJson = False,
) -> None:
    """Remove answers that meet every condition given, and what was set aside; by default from the local store only.

    Example: summarizer cache prune --older-than 90 --dry-run
    """
    if everything == any(condition is not None for condition in (older_than, model, outcome)):
        raise UsageError("say what to remove: --older-than, --model, --outcome, or --all alone")
    before = None if older_than is None else datetime.now(UTC) - timedelta(days=older_than)
    removed = size = 0
    for store in open_stores(which):
        gone = [entry for entry in store.entries() if _meets(entry, before, model, outcome)]
        removed, size = removed + len(gone), size + sum(entry.size for entry in gone)
        if not dry_run:
            for entry in gone:
                store.remove(entry.key)
            store.compact()
    if as_json:
        _print_json({"removed": removed, "bytes": size, "dry_run": dry_run})
    else:
        typer.echo(f"{'would remove' if dry_run else 'removed'} {removed} answers, {_size(size)}")


@_app.command("export")
def export_(
    keys: Annotated[list[str] | None, typer.Argument(help="Beginnings of keys; none: every answer.")] = None,
    model: _Model = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace recorded answers that differ.")] = False,
    as_json: AsJson = False,
) -> None:
    """Copy answers of the local store into the folder for git, one readable file each.

    An answer that holds a key, a host or a path of this machine is refused (ends with 3).
    Example: summarizer cache export --model gpt-4.1-mini
    """
    from summarizer.recordings.transfer import transfer

    target, source = open_stores(Which.ALL)
    wanted = (
        recording
        for recording in source.recordings()
        if model in (None, recording.request.model) and (not keys or recording.key.startswith(tuple(keys)))
    )
    _report_moved(transfer(wanted, target, overwrite=overwrite), as_json)


@_app.command("import")
def import_(
    folders: Annotated[list[Path], typer.Argument(help="Folders with recordings.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace local answers that differ.")] = False,
    as_json: AsJson = False,
) -> None:
    """Copy recordings from folders into the local store.

    Example: summarizer cache import ../colleague/cache/recordings
    """
    from summarizer.recordings.files import FileStore
    from summarizer.recordings.transfer import transfer

    if missing := [folder for folder in folders if not folder.is_dir()]:
        raise UsageError(f"{missing[0]} is no folder")
    (target,) = open_stores(Which.LOCAL)
    found = (recording for folder in folders for recording in FileStore(folder, complain).recordings())
    _report_moved(transfer(found, target, overwrite=overwrite), as_json)


def open_stores(which: Which) -> list[Store]:
    """Open the settings' stores that are meant, recordings first."""
    from summarizer.recordings.files import FileStore
    from summarizer.recordings.local import LocalStore

    settings = settings_from()
    stores: list[Store] = [FileStore(settings.recordings_folder, complain), LocalStore(settings.cache_folder, complain)]
    return [store for store in stores if which in (Which.ALL, store.name)]


def _meets(entry: Entry, before: datetime | None, model: str | None, outcome: str | None) -> bool:
    if before is not None:
        when = _moment(entry.when)
        if when is None or when > before:
            return False
    return model in (None, entry.model) and outcome in (None, entry.outcome)


def _counted(name: str, entries: list[Entry]) -> dict[str, Any]:
    times = sorted(entry.when for entry in entries)
    return {
        "store": name,
        "entries": len(entries),
        "bytes": sum(entry.size for entry in entries),
        "oldest": times[0] if times else None,
        "newest": times[-1] if times else None,
        "models": dict(Counter(entry.model for entry in entries).most_common()),
        "outcomes": dict(Counter(entry.outcome for entry in entries).most_common()),
    }


def _report_moved(moved: Moved, as_json: bool) -> None:
    if as_json:
        _print_json(asdict(moved))
    else:
        typer.echo(f"copied {moved.copied}, there already {moved.same}")
        for title, rows in (("another answer is there, kept", moved.different), ("refused", moved.refused)):
            for row in rows:
                typer.echo(f"{title}: {row}")
    if moved.refused:
        raise typer.Exit(Exit.PARTIAL)


def _moment(when: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _age(when: str) -> str:
    """Return the time since ``when`` in the largest unit that fills one."""
    moment = _moment(when)
    if moment is None:
        return "unknown"
    seconds = max(0.0, (datetime.now(UTC) - moment).total_seconds())
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // length:.0f} {unit}"
    return f"{seconds:.0f} s"


def _size(count: int) -> str:
    return next(
        (f"{count / size:.1f} {unit}" for unit, size in (("MB", 1e6), ("kB", 1e3)) if count >= size), f"{count} B"
    )


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True))
