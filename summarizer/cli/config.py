"""``summarizer config``: each setting with its value and where it came from; the ready profiles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summarizer.cli.options import Base, ModelName, ProfileName, complain, settings_from

if TYPE_CHECKING:
    from summarizer.profiles import Price, ReadyProfile
    from summarizer.settings import Settings

__all__ = ["register"]


_Json = Annotated[bool, typer.Option("--json", help="Report as JSON.")]

_app = typer.Typer(
    invoke_without_command=True,
    help="The settings in force with their origins, and the ready profiles; a key is never shown.\n\n"
    "Example: summarizer config --profile local --json",
)


def register(app: typer.Typer) -> None:
    """Add the group ``config``."""
    app.add_typer(_app, name="config")


@_app.callback()
def config(
    context: typer.Context,
    profile: ProfileName = None,
    model: ModelName = None,
    base_url: Base = None,
    as_json: _Json = False,
) -> None:
    """Show each setting with its value and its origin. Keys are not shown, only whether there is one and from where.

    Example: summarizer config --profile local --json
    """
    if context.invoked_subcommand is not None:
        return
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
    if settings.key_problem is not None:
        complain(settings.key_problem)


@_app.command()
def profiles(
    name: Annotated[
        str | None, typer.Argument(help="One profile with all that is known; all in short without it.")
    ] = None,
    as_json: _Json = False,
) -> None:
    """List the ready profiles: used by name without a file, each figure with its day and source.

    Example: summarizer config profiles deepseek
    """
    from summarizer.errors import UsageError
    from summarizer.profiles import ready_profiles

    known = ready_profiles()
    if name is not None and name not in known:
        raise UsageError(f"there is no ready profile {name!r}; there are {', '.join(known)}")
    shown = known if name is None else {name: known[name]}
    if as_json:
        values = {key: ready.model_dump(mode="json") for key, ready in shown.items()}
        typer.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    for key, ready in shown.items():
        for line in _told(key, ready, whole=name is not None):
            typer.echo(line)


def _told(name: str, ready: ReadyProfile, *, whole: bool) -> Iterator[str]:
    """A profile for people: two lines in the list, everything when it is asked for by name."""
    from summarizer.profiles import Profile

    profile = Profile.model_validate(ready.values())
    key = profile.api_key_env if profile.needs_key else "no key needed"
    facts = ready.models.get(profile.model)
    price = _price(facts.price) if facts is not None and facts.price is not None else "price unknown"
    context = f"{profile.known_context:,} tokens" if profile.known_context else "context unknown"
    yield f"{name:<12}{ready.title} · {profile.base_url} · {key}"
    yield f"{'':<12}{profile.model or 'name the model with --model'} · {context} · {price} · as of {ready.as_of}"
    if not whole:
        return
    for setting, value in ready.settings.items():
        yield f"{'':<12}{setting} = {json.dumps(value, ensure_ascii=False, default=str)}"
    for model, known in ready.models.items():
        window = ", ".join(
            f"{n:,} tokens of {what}" for n, what in ((known.context, "context"), (known.output, "answer")) if n
        )
        cost = _price(known.price) if known.price is not None else "price unknown"
        yield f"{'':<12}model {model}: {window or 'window unknown'}; {cost} ({known.as_of}, {known.source})"
    for fact in ready.facts:
        yield f"{'':<12}- {fact.says} ({fact.as_of}, {fact.source})"


def _price(price: Price) -> str:
    dearest = f"{price.input} in, {price.output} out {price.currency} a million tokens"
    longer = "".join(f", above {tier.above:,} tokens in: {tier.input} and {tier.output}" for tier in price.tiers)
    hours = (
        f", {', '.join(sorted({f'{hours.factor} of it' for hours in price.hours}))} in other hours"
        if price.hours
        else ""
    )
    return dearest + longer + hours


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
        if isinstance(value, dict) and name not in {"price", "extra_body"}:
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value
