"""``summarizer doctor``: what works on this machine, and what the endpoint supports."""

from __future__ import annotations

import json
import logging
import platform
import re
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summarizer.cli.checks import Check
from summarizer.cli.exits import Exit
from summarizer.cli.options import Base, ModelName, ProfileName, settings_from

if TYPE_CHECKING:
    from summarizer.settings import Settings

__all__ = ["register"]

_OLDEST_PYTHON = (3, 11)


def register(app: typer.Typer) -> None:
    """Add the command ``doctor``."""
    app.command()(doctor)


def doctor(
    profile: ProfileName = None,
    model: ModelName = None,
    base_url: Base = None,
    as_json: Annotated[bool, typer.Option("--json", help="Report as JSON.")] = False,
) -> None:
    """Check Python, packages and the token vocabulary, and ask the endpoint what a run would ask when one is configured.

    That is one question about a chunk of a run's size and four short ones, one for each way to ask for structured output: with
    the instructions, schema, parameters and limit of a run. It says what the endpoint holds, and what twenty pages would cost and take.

    Ends with 3 when a check failed. Example: summarizer doctor --profile deepseek
    """
    import asyncio

    settings = settings_from(profile=profile, model=model, base_url=base_url)
    checks: list[Check] = []

    def tell(check: Check) -> None:
        checks.append(check)
        if not as_json:
            typer.echo(f"{check.status:<8} {check.name}: {check.detail}")

    for check in (_python(), _packages(), _vocabulary()):
        tell(check)
    warnings = logging.getLogger("summarizer.llm")
    before = warnings.level
    warnings.setLevel(logging.ERROR)  # what a run warns of is said in the checks
    try:
        asyncio.run(_endpoint(settings, tell))
    finally:
        warnings.setLevel(before)
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2))
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


async def _endpoint(settings: Settings, tell: Callable[[Check], None]) -> None:
    """Tell of the endpoint, one thing after the other as it is found out."""
    if not settings.endpoint_configured:
        tell(Check("endpoint", "ok", "none is configured: recordings and rules are used"))
        return
    from summarizer.cli.doctor_endpoint import endpoint_checks

    async for check in endpoint_checks(settings):
        tell(check)
