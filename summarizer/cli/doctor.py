"""``summarizer doctor``: what works on this machine, and what the endpoint supports."""

from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli.exits import Exit
from summarizer.cli.options import Base, ModelName, ProfileName, settings_from

if TYPE_CHECKING:
    from summarizer.llm.probe import Probed
    from summarizer.settings import Settings

__all__ = ["register"]

_OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    status: Literal["ok", "warning", "failed"]
    detail: str


def register(app: typer.Typer) -> None:
    """Add the command ``doctor``."""
    app.command()(doctor)


def doctor(
    profile: ProfileName = None,
    model: ModelName = None,
    base_url: Base = None,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> None:
    """Check Python, packages, the token vocabulary and, with two small calls, the endpoint when one is configured.

    Ends with 3 when a check failed. Example: summarizer doctor --profile local
    """
    settings = settings_from(profile=profile, model=model, base_url=base_url)
    checks = [_python(), _packages(), _vocabulary(), *_endpoint(settings)]
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
    else:
        for check in checks:
            typer.echo(f"{check.status:<8} {check.name}: {check.detail}")
    if any(check.status == "failed" for check in checks):
        raise typer.Exit(Exit.PARTIAL)


def _python() -> Check:
    status: Literal["ok", "failed"] = "ok" if sys.version_info >= _OLDEST_PYTHON else "failed"
    return Check("python", status, f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def _packages() -> Check:
    """Whether every package that is required at run time is installed."""
    from importlib import metadata

    lines = [line for line in metadata.requires("summarizer") or [] if "extra ==" not in line]
    names = [match.group() for line in lines if (match := re.match(r"[\w.-]+", line))]
    missing: list[str] = []
    for name in names:
        try:
            metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return Check("packages", "failed", f"not installed: {', '.join(missing)}")
    openai = metadata.version("openai")
    return Check("packages", "ok", f"all {len(names)} that are required, openai {openai}")


def _vocabulary() -> Check:
    from summarizer.chunk.tokens import SHIPPED, counter_for

    counter = counter_for(SHIPPED)
    return Check("vocabulary", "ok" if counter.exact else "failed", counter.note)


def _endpoint(settings: Settings) -> Iterator[Check]:
    from summarizer.llm.transport import is_insecure

    endpoint = settings.endpoint
    if not settings.endpoint_configured:
        yield Check("endpoint", "ok", "none is configured: recordings and rules are used")
        return
    key = f"from {settings.source_of('endpoint.api_key')}" if settings.api_key is not None else "none"
    if is_insecure(endpoint.base_url):
        detail = f"{endpoint.base_url} is not encrypted: the key and the texts can be read on the way"
        yield Check("encryption", "warning", detail)
    import asyncio

    found, counted = asyncio.run(_probe(settings))
    status: Literal["ok", "failed"] = "ok" if found.answers else "failed"
    yield Check("endpoint", status, f"{endpoint.base_url}, model {endpoint.model}, key {key}{_because(found)}")
    if not found.answers:
        return
    if found.rung is None:
        yield Check("structured output", "failed", f"on no rung{_because(found)}")
    else:
        yield Check("structured output", "ok", f"{found.rung}; to save the finding out: rung = {found.rung!r}")
    yield _usage(found.counts, counted)
    yield _price(settings)


def _because(found: Probed) -> str:
    return f": {found.error}" if found.error else ""


async def _probe(settings: Settings) -> tuple[Probed, int]:
    """What the endpoint supports, and the input tokens of the plain call as counted here."""
    from summarizer.chunk.tokens import counter_for
    from summarizer.exchange import ChatRequest
    from summarizer.llm.client import Client
    from summarizer.llm.probe import PLAIN, probe
    from summarizer.llm.tokens import input_tokens

    endpoint = settings.endpoint
    count = counter_for(endpoint.model).count
    limits = endpoint.limits.model_copy(update={"max_attempts": 2})
    profile = endpoint.model_copy(update={"limits": limits})
    async with Client(profile, key=settings.api_key, count_tokens=count) as client:
        found = await probe(client.ask, endpoint.model, lambda: client.rung(endpoint.model))
    return found, input_tokens(ChatRequest(endpoint.model, PLAIN), "json_schema", count)


def _usage(reported: int, counted: int) -> Check:
    if not reported:
        return Check("usage", "warning", "the endpoint reports none: budgets count what was announced")
    return Check("usage", "ok", f"reported; the small call took {reported} input tokens, counted here {counted}")


def _price(settings: Settings) -> Check:
    from summarizer.llm.prices import price_of

    price = price_of(settings.endpoint)
    if price is None:
        return Check("price", "warning", "unknown: set [profiles.<name>.price] to have costs told and bounded")
    return Check("price", "ok", f"{price.input} in, {price.output} out, {price.currency} for a million tokens")
