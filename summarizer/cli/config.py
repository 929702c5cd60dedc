"""``summarizer config``: each setting with its value and where it came from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import Base, ModelName, ProfileName, settings_from

if TYPE_CHECKING:
    from summarizer.settings import Settings

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command ``config``."""
    app.command()(config)


def config(
    profile: ProfileName = None,
    model: ModelName = None,
    base_url: Base = None,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> None:
    """Show each setting with its value and its origin. Keys are not shown, only whether there is one and from where.

    Example: summarizer config --profile local --json
    """
    settings = settings_from(profile=profile, model=model, base_url=base_url)
    rows = dict(_rows(settings))
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(map(len, rows))
    for name, row in rows.items():
        value = "(set)" if row["value"] is True and name.endswith("api_key") else row["value"]
        shown = "-" if value is None else value
        typer.echo(f"{name:<{width}}  {shown}  ({row['source']} {row['from']})".replace(" )", ")"))


def _rows(settings: Settings) -> Iterator[tuple[str, dict[str, Any]]]:
    """Dotted name → value, kind of source, its name; of a key only whether it is set."""
    for name, value in _flat(settings.model_dump(mode="json"), ""):
        source = settings.source_of(name)
        yield name, {"value": value, "source": source.kind, "from": source.name}
    source = settings.source_of("endpoint.api_key")
    is_set = True if settings.api_key is not None else None
    yield "endpoint.api_key", {"value": is_set, "source": source.kind, "from": source.name}


def _flat(tree: dict[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, value in tree.items():
        if isinstance(value, dict) and name != "price":
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value
