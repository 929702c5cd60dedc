"""Options that several commands share, and the way from them to settings."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from summarizer.settings import Settings

__all__ = [
    "Base",
    "BudgetMoney",
    "BudgetRequests",
    "BudgetTokens",
    "Cache",
    "Language",
    "MaxTokens",
    "Method",
    "ModelName",
    "Paths",
    "ProfileName",
    "Themes",
    "complain",
    "settings_from",
]

Paths = Annotated[list[Path], typer.Argument(help="Files or folders: .txt .md .html .pdf .docx.", show_default=False)]
Method = Annotated[str | None, typer.Option(help="auto, model, replay or heuristic.")]
Language = Annotated[str | None, typer.Option(help="Labels in zh or en.")]
Themes = Annotated[Path | None, typer.Option(help="A theme table (TOML) instead of the built-in one.")]
ProfileName = Annotated[
    str | None,
    typer.Option("--profile", help="A ready endpoint (summarizer config profiles) or one of summarizer.toml."),
]
ModelName = Annotated[str | None, typer.Option("--model", help="The model to ask, or whose recordings to replay.")]
Base = Annotated[str | None, typer.Option("--base-url", help="Address of an OpenAI-compatible endpoint.")]
Cache = Annotated[str | None, typer.Option("--cache", help="off, auto, replay, record or refresh.")]
BudgetMoney = Annotated[float | None, typer.Option("--budget", help="Most money to spend, in the price's currency.")]
BudgetTokens = Annotated[int | None, typer.Option("--budget-tokens", help="Most tokens to use, input and output.")]
BudgetRequests = Annotated[int | None, typer.Option("--budget-requests", help="Most requests to send.")]
MaxTokens = Annotated[int | None, typer.Option("--max-tokens", help="Budget of a chunk in tokens.")]


def settings_from(**flags: Any) -> Settings:
    """Settings for this process: the given flags over environment, the two files and defaults. None is "not given".

    The program's own flags (``summarizer --trust-folder …``) count for every command.
    """
    import click
    from platformdirs import user_config_path

    from summarizer.settings import load_settings

    context = click.get_current_context(silent=True)
    given = context.find_root().params if context is not None else {}
    flags |= {name: True for name in ("trust_folder", "insecure") if given.get(name)}
    return load_settings(flags, os.environ, Path.cwd(), user_config_path("summarizer"))


def complain(message: str) -> None:
    """One line on stderr."""
    print(f"summarizer: {message}", file=sys.stderr)
