"""Options that several commands share, written once, and the way from them to settings."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_type_hints

import typer

if TYPE_CHECKING:
    from summarizer.errors import SourceError
    from summarizer.settings import Settings
    from summarizer.source.byte_source import PassedOver

__all__ = [
    "ENDPOINT",
    "RUN",
    "Apart",
    "AsJson",
    "Base",
    "Cache",
    "Inputs",
    "Language",
    "ModelName",
    "ProfileName",
    "Verbose",
    "complain",
    "counted",
    "settings_from",
    "with_settings",
]

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files, folders, globs, archives, http(s) addresses, .jsonl, @list of such, or - for stdin.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Report as JSON on stdout.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say on stderr why each item was taken or left.")]

Method = Annotated[
    Literal["auto", "model", "replay", "heuristic"] | None,
    typer.Option(help="auto: the model when an endpoint is configured, else recorded answers, else the rules."),
]
Language = Annotated[Literal["zh", "en"] | None, typer.Option(help="Language of labels; the source stays Chinese.")]
Themes = Annotated[Path | None, typer.Option(help="A theme table (TOML) instead of the built-in one.")]
ProfileName = Annotated[
    str | None,
    typer.Option("--profile", help="A ready endpoint (summarizer config profiles) or one of summarizer.toml."),
]
ModelName = Annotated[str | None, typer.Option("--model", help="The model to ask, or whose recordings to replay.")]
Base = Annotated[str | None, typer.Option("--base-url", help="Address of an OpenAI-compatible endpoint.")]
Cache = Annotated[
    Literal["off", "auto", "replay", "record", "refresh"] | None,
    typer.Option("--cache", help="What is done with recorded answers."),
]
ChunkTokens = Annotated[int | None, typer.Option("--max-tokens", min=1, help="Budget of a chunk in tokens.")]
Concurrency = Annotated[int | None, typer.Option("--concurrency", min=1, help="Most requests in flight at a time.")]
Private = Annotated[
    bool | None,
    typer.Option("--allow-private-addresses", help="Fetch from private and local addresses too.", show_default=False),
]
Workers = Annotated[
    int | None, typer.Option("--workers", min=0, help="Processes that read documents; as many as cores by default.")
]
Money = Annotated[float | None, typer.Option("--budget", min=0, help="Most money to spend, in the price's currency.")]
Tokens = Annotated[int | None, typer.Option("--budget-tokens", min=0, help="Most tokens to use, input and output.")]
Requests = Annotated[int | None, typer.Option("--budget-requests", min=0, help="Most requests to send.")]

ENDPOINT: dict[str, Any] = {"profile": ProfileName, "model": ModelName, "base_url": Base}
"""Setting → option: which endpoint is meant."""

RUN: dict[str, Any] = {
    "method": Method,
    "themes": Themes,
    **ENDPOINT,
    "cache_mode": Cache,
    "chunk_tokens": ChunkTokens,
    "allow_private_addresses": Private,
    "concurrency": Concurrency,
    "workers": Workers,
    "budget_money": Money,
    "budget_tokens": Tokens,
    "budget_requests": Requests,
}
"""Setting → option: what decides how documents are made."""


def with_settings(options: dict[str, Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command these options; it gets what they come to as its argument ``settings``.

    The options stand where ``settings`` stands among the parameters.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        # Settings are imported for the type checker only: reading them takes longer than a help page should.
        hints = get_type_hints(command, localns={"Settings": object}, include_extras=True)
        own = inspect.signature(command).parameters.values()
        shared = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
            for name, annotation in options.items()
        ]
        place = next(number for number, parameter in enumerate(own) if parameter.name == "settings")
        rest = [
            parameter.replace(annotation=hints[parameter.name], kind=inspect.Parameter.KEYWORD_ONLY)
            for parameter in own
            if parameter.name != "settings"
        ]
        parameters = [*rest[:place], *shared, *rest[place:]]

        @wraps(command)
        def run(**given: Any) -> None:
            flags = {name: given.pop(name) for name in options}
            command(settings=settings_from(**flags), **given)

        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return run

    return decorate


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


class Apart:
    """Collects what the inputs held and was not read, and names it on stderr: all that failed, of the rest the first."""

    _SHOWN = 20

    def __init__(self) -> None:
        self.met: list[PassedOver | SourceError] = []
        self.passed_over = 0

    def __call__(self, one: PassedOver | SourceError) -> None:
        from summarizer.source.byte_source import PassedOver

        self.met.append(one)
        if not isinstance(one, PassedOver):
            complain(f"{one.path}: {one.reason}")
            return
        self.passed_over += 1
        if self.passed_over <= self._SHOWN:
            complain(f"{one.path}: passed over, {one.reason}")

    def close(self) -> None:
        """Say how many were not named."""
        if self.passed_over > self._SHOWN:
            complain(f"… and {self.passed_over - self._SHOWN} more passed over")

    @property
    def unreadable(self) -> int:
        """How many could not be read."""
        return len(self.met) - self.passed_over


def counted(number: int, noun: str) -> str:
    """``1 document``, ``2 documents``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def complain(message: str) -> None:
    """One line on stderr."""
    print(f"summarizer: {message}", file=sys.stderr)
