"""Typed settings: flag > environment > ``summarizer.toml`` > default, each value with the place it came from.

Keys to endpoints come from an environment variable or a file that only its owner can read, never from a flag or from
``summarizer.toml``; they are held as ``SecretStr`` and no function here prints them.
"""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ByteSize, ConfigDict, Field, PositiveFloat, PositiveInt, SecretStr, ValidationError

from summarizer.errors import UsageError

__all__ = [
    "FILE_NAME",
    "MAX_FILE_SIZE",
    "Budget",
    "Limits",
    "Price",
    "Profile",
    "Rung",
    "Settings",
    "Source",
    "load_settings",
]

FILE_NAME = "summarizer.toml"
MAX_FILE_SIZE = 64 * 1024 * 1024
"""Bytes of a file that is read at most, unless ``max_file_size`` says otherwise."""
OPENAI_URL = "https://api.openai.com/v1"

Rung = Literal["json_schema", "json_object", "tool", "text"]
"""How structured output is asked for; see ``llm.ladder``."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Frozen):
    """What may be done to an endpoint. Seconds for times; None is no limit."""

    concurrency: PositiveInt = 8
    requests_per_minute: PositiveInt | None = None
    tokens_per_minute: PositiveInt | None = None
    timeout: PositiveFloat = 120.0
    max_attempts: PositiveInt = 6
    max_total_seconds: PositiveFloat = 600.0


class Budget(_Frozen):
    """What a run may use up; money in the price's currency, tokens as input plus output."""

    money: Annotated[Decimal, Field(ge=0)] | None = None
    tokens: Annotated[int, Field(ge=0)] | None = None
    requests: Annotated[int, Field(ge=0)] | None = None


class Price(_Frozen):
    """Price of a million tokens; cached input costs as much as input when it has no price of its own."""

    input: Annotated[Decimal, Field(ge=0)]
    output: Annotated[Decimal, Field(ge=0)]
    cached_input: Annotated[Decimal, Field(ge=0)] | None = None
    currency: str = "USD"


class Profile(_Frozen):
    """One endpoint with its model. ``rung`` None: found out by the endpoint's answers. ``price`` None: the price table's."""

    base_url: str = Field(default=OPENAI_URL, pattern="^https?://[^/?#@]+(?:[/?#]|$)")
    model: str = "gpt-4.1-mini"
    rung: Rung | None = None
    api_key_env: str = "OPENAI_API_KEY"
    api_key_file: Path | None = None
    limits: Limits = Limits()
    budget: Budget = Budget()
    price: Price | None = None


class Source(_Frozen):
    """Where a value came from: ``kind`` is the rank in the precedence, ``name`` the flag, variable or file."""

    kind: Literal["flag", "environment", "file", "default"]
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


class Settings(_Frozen):
    """Everything that can be set, resolved. ``endpoint`` is the profile in use with all overrides applied.

    ``workers`` processes read documents: 0 only this one, None as many as there are cores and work for them.
    ``recorded_model`` is the model whose recordings are replayed when no endpoint is configured.

    ``sources`` maps a dotted name (``method``, ``endpoint.limits.timeout``) to its origin; what is missing is a default.
    """

    method: Literal["auto", "model", "replay", "heuristic"] = "auto"
    language: Literal["zh", "en"] = "zh"
    themes: Path | None = None
    max_file_size: ByteSize = ByteSize(MAX_FILE_SIZE)
    allow_private_addresses: bool = False
    workers: Annotated[int, Field(ge=0)] | None = None
    chunk_tokens: PositiveInt | None = None
    cache_mode: Literal["off", "auto", "replay", "record", "refresh"] = "auto"
    cache_folder: Path = Path("cache/local")
    recordings_folder: Path = Path("cache/recordings")
    recorded_model: str = "offline-llm-2026-11"
    profile: str | None = None
    endpoint: Profile = Profile()
    api_key: SecretStr | None = Field(default=None, exclude=True)
    sources: dict[str, Source] = Field(default={}, exclude=True)

    def source_of(self, name: str) -> Source:
        """Origin of the value with this dotted name."""
        return self.sources.get(name, Source(kind="default"))

    @property
    def endpoint_configured(self) -> bool:
        """Whether there is somebody to ask: a key was found, or an address was given (local servers need no key)."""
        return self.api_key is not None or self.source_of("endpoint.base_url").kind != "default"


_TOP = {name: name for name in Settings.model_fields if name not in {"endpoint", "api_key", "sources"}}
_ENDPOINT = (
    {name: f"endpoint.{name}" for name in ("base_url", "model", "rung", "api_key_env", "api_key_file")}
    | {name: f"endpoint.limits.{name}" for name in Limits.model_fields}
    | {f"budget_{name}": f"endpoint.budget.{name}" for name in Budget.model_fields}
)
_NAMES = _TOP | _ENDPOINT
"""Name as a flag, or as a variable after ``SUMMARIZER_`` → dotted name in :class:`Settings`."""

_SECTIONS: dict[str, type[BaseModel]] = {"limits": Limits, "budget": Budget, "price": Price}

_PATHS = ("themes", "cache_folder", "recordings_folder", "endpoint.api_key_file")

_Values = dict[str, tuple[Any, Source]]


def load_settings(flags: Mapping[str, object], environ: Mapping[str, str], folder: Path) -> Settings:
    """Resolve the settings.

    ``flags`` uses the flat names (``model``, ``timeout``, ``budget_money`` …; None is "not given"); ``folder`` is where
    ``summarizer.toml`` is looked for and what relative paths start from. Raises UsageError that names the flag, variable
    or file and the key for anything unknown or malformed, and for a key file that others can read.
    """
    path = folder / FILE_NAME
    table = _read_file(path)
    given = _from_flags(flags)
    environment = _from_environment(environ)
    top = _from_table({k: v for k, v in table.items() if k != "profiles"}, path, prefix="")
    name, chosen_by = (top | environment | given).get("profile", (None, Source(kind="default")))
    profile = _from_table(_named_profile(table, name, path, chosen_by), path, prefix="endpoint.")
    if chosen_by.kind in {"flag", "environment"}:
        # A profile that was asked for keeps its own address: its key must not travel to OPENAI_BASE_URL.
        environment = {k: v for k, v in environment.items() if k not in profile or v[1].name != "OPENAI_BASE_URL"}
    values = top | profile | environment | given
    return _with_key(_build(values, folder), environ)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{path}: cannot be read as TOML: {error}") from None
    profiles = table.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(entry, dict) for entry in profiles.values()):
        raise UsageError(f"{path}: profiles: each profile is a table, as in [profiles.local]")
    for name, entry in profiles.items():
        _refuse_unknown(entry, Profile, path, f"profiles.{name}.")
    _refuse_unknown({k: v for k, v in table.items() if k != "profiles"}, Settings, path, "")
    return table


def _refuse_unknown(table: Mapping[str, Any], model: type[BaseModel], path: Path, where: str) -> None:
    """Raise UsageError for a key that the model does not have, in tables within tables too."""
    known = [name for name in model.model_fields if model is not Settings or name in _TOP]
    for key, value in table.items():
        if key not in known:
            if key == "api_key":
                raise UsageError(f"{path}: {where}api_key: keys are not kept here; use api_key_env or api_key_file")
            near = get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
            raise UsageError(f"{path}: unknown key {where}{key}{hint}")
        section = _SECTIONS.get(key) if model is Profile else None
        if section is not None and isinstance(value, dict):
            _refuse_unknown(value, section, path, f"{where}{key}.")


def _named_profile(table: Mapping[str, Any], name: object, path: Path, chosen_by: Source) -> dict[str, Any]:
    profiles: dict[str, Any] = table.get("profiles", {})
    if name is None:
        return {}
    if name not in profiles:
        known = ", ".join(profiles) or "none"
        raise UsageError(f"{chosen_by}: there is no profile {name!r} in {path}; profiles there: {known}")
    found: dict[str, Any] = profiles[name]
    return found


def _from_flags(flags: Mapping[str, object]) -> _Values:
    unknown = [name for name in flags if name not in _NAMES]
    if unknown:
        raise UsageError(f"flag {unknown[0]} is not a setting; known are {', '.join(_NAMES)}")
    return {
        _NAMES[name]: (value, Source(kind="flag", name="--" + name.replace("_", "-")))
        for name, value in flags.items()
        if value is not None
    }


def _from_environment(environ: Mapping[str, str]) -> _Values:
    variables = {"OPENAI_BASE_URL": "endpoint.base_url"} | {f"SUMMARIZER_{k.upper()}": v for k, v in _NAMES.items()}
    return {
        name: (environ[variable], Source(kind="environment", name=variable))
        for variable, name in variables.items()
        if environ.get(variable)
    }


def _from_table(table: Mapping[str, Any], path: Path, prefix: str) -> _Values:
    """Flatten a table to dotted names; ``price`` stays whole, it replaces the price table's entry as one."""
    source = Source(kind="file", name=str(path))
    values: _Values = {}
    for key, value in table.items():
        if isinstance(value, dict) and key in {"limits", "budget"}:
            values |= _from_table(value, path, f"{prefix}{key}.")
        else:
            values[prefix + key] = (value, source)
    return values


def _build(values: _Values, folder: Path) -> Settings:
    tree: dict[str, Any] = {}
    for name, (value, _) in values.items():
        *parents, last = name.split(".")
        node = tree
        for parent in parents:
            node = node.setdefault(parent, {})
        node[last] = folder / Path(str(value)).expanduser() if name in _PATHS else value
    tree.setdefault("cache_folder", folder / "cache" / "local")
    tree.setdefault("recordings_folder", folder / "cache" / "recordings")
    try:
        return Settings(**tree, sources={name: source for name, (_, source) in values.items()})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        source = next((values[key][1] for key in values if name == key or name.startswith(f"{key}.")), "default")
        raise UsageError(f"{source}: {name}: {first['msg']} (got {first['input']!r})") from None


def _with_key(settings: Settings, environ: Mapping[str, str]) -> Settings:
    """Add the key of the profile in use, from its file or its variable, when there is one."""
    endpoint = settings.endpoint
    if endpoint.api_key_file is not None:
        key, source = _read_key_file(endpoint.api_key_file), Source(kind="file", name=str(endpoint.api_key_file))
    else:
        key, source = environ.get(endpoint.api_key_env, ""), Source(kind="environment", name=endpoint.api_key_env)
    if not key:
        return settings
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise UsageError(f"{source}: this is no key: it holds spaces, control or non-ASCII characters")
    return settings.model_copy(
        update={"api_key": SecretStr(key), "sources": settings.sources | {"endpoint.api_key": source}}
    )


def _read_key_file(path: Path) -> str:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise UsageError(f"{path}: others can read this key file (mode {mode:o}); run: chmod 600 {path}")
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the key file cannot be read: {error}") from None
