"""``summarizer prompts`` and ``summarizer schema``: what a model is asked, and what the program writes."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from summarizer.cli.options import AsJson

__all__ = ["register"]

prompts = typer.Typer(help="What a model is asked.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="Name of the prompt.")]
Version = Annotated[str | None, typer.Option(help="A version such as v1; the newest by default.")]


class SchemaName(StrEnum):
    """What has a JSON Schema."""

    BRIEFING = "briefing"
    DOCUMENT = "document"
    ANSWER = "answer"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(prompts, name="prompts")
    app.command()(schema)


@prompts.command("list")
def list_(as_json: AsJson = False) -> None:
    """List prompts with their versions and hashes.

    Example: summarizer prompts list
    """
    from summarizer.extract.prompts import list_prompts, load_prompt

    found = [load_prompt(name, version) for name, version in list_prompts()]
    if as_json:
        rows = [{"name": prompt.name, "version": prompt.version, "sha256": prompt.sha256} for prompt in found]
        typer.echo(json.dumps(rows))
        return
    for prompt in found:
        typer.echo(f"{prompt.name}\t{prompt.version}\t{prompt.sha256}")


@prompts.command()
def show(name: Name, version: Version = None) -> None:
    """Print the templates of a prompt.

    Example: summarizer prompts show extract
    """
    from summarizer.extract.prompts import load_prompt

    for part, source in load_prompt(name, version).sources:
        typer.echo(f"# {part}\n{source}")


@prompts.command()
def diff(name: Name, old: str, new: str) -> None:
    """Compare two versions of a prompt line by line.

    Example: summarizer prompts diff extract v1 v2
    """
    from difflib import unified_diff

    from summarizer.extract.prompts import load_prompt

    before, after = dict(load_prompt(name, old).sources), dict(load_prompt(name, new).sources)
    for part in sorted(before | after):
        lines = before.get(part, "").splitlines(), after.get(part, "").splitlines()
        for line in unified_diff(*lines, f"{old}/{part}", f"{new}/{part}", lineterm=""):
            typer.echo(line)


def schema(name: Annotated[SchemaName, typer.Argument(help="What to describe.")] = SchemaName.BRIEFING) -> None:
    """Print a JSON Schema: of the briefing, of one document, or of the answer that a model is asked for.

    Example: summarizer schema answer
    """
    from pydantic import BaseModel

    from summarizer.extract.wire import RESPONSE_FORMAT
    from summarizer.schema import Briefing, Document

    models: dict[SchemaName, type[BaseModel]] = {SchemaName.BRIEFING: Briefing, SchemaName.DOCUMENT: Document}
    found = (
        RESPONSE_FORMAT.schema if name is SchemaName.ANSWER else models[name].model_json_schema(mode="serialization")
    )
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
