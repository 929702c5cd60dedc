"""Typed settings: flag > environment > ``summarizer.toml`` > ready profile > default, each value with its origin.

Two files are read: the user's own, in the folder for configurations, and the one in the working folder, which goes first.
Keys to endpoints come from an environment variable or a file that only its owner can read, never from a flag or from
``summarizer.toml``; they are held as ``SecretStr`` and no function here prints them. A file in a working folder may have come
with somebody else's documents: it cannot decide which variable or file is sent, nor send one to an address of its own, unless
the user confirms the folder.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ByteSize, ConfigDict, Field, PositiveInt, SecretStr, ValidationError

from summarizer.errors import UsageError
from summarizer.profiles import Budget, Limits, Profile, is_loopback, ready_profiles
from summarizer.settings_file import FILE_NAME, SettingsFile, Source, Values, flattened, read_files, read_key_file

__all__ = ["FILE_NAME", "MAX_FILE_SIZE", "Settings", "Source", "load_settings"]

_log = logging.getLogger(__name__)

MAX_FILE_SIZE = 64 * 1024 * 1024
"""Bytes of a file that is read at most, unless ``max_file_size`` says otherwise."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Settings(_Frozen):
    """Everything that can be set, resolved. ``endpoint`` is the profile in use with all overrides applied.

    ``workers`` processes read documents: 0 only this one, None as many as there are cores and work for them.
    ``recorded_model`` is the model whose recordings are replayed when no endpoint is configured.

    ``trust_folder`` confirms that the working folder's file may name keys and addresses. ``key_problem`` says why there is no
    key although one is wanted: the folder is not confirmed, or the variable is not set.

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
    trust_folder: bool = False
    endpoint: Profile = Profile()
    api_key: SecretStr | None = Field(default=None, exclude=True)
    key_problem: str | None = Field(default=None, exclude=True)
    sources: dict[str, Source] = Field(default={}, exclude=True)

    def source_of(self, name: str) -> Source:
        """Origin of the value with this dotted name."""
        return self.sources.get(name, Source(kind="default"))

    @property
    def endpoint_configured(self) -> bool:
        """Whether there is somebody to ask: a key was found, or an address was given (local servers need no key)."""
        return self.api_key is not None or self.source_of("endpoint.base_url").kind != "default"

    def check_endpoint(self) -> None:
        """Raise UsageError when the endpoint cannot be asked: no address of its own, no key; warn when a key is withheld."""
        if "your-resource" in self.endpoint.host:
            raise UsageError(
                f"{self.endpoint.base_url}: put the address of your own resource into base_url (or --base-url)"
            )
        if self.key_problem is None:
            return
        if self.endpoint.needs_key:
            raise UsageError(self.key_problem)
        _log.warning("%s", self.key_problem)


_TOP = {name: name for name in Settings.model_fields if name not in {"endpoint", "api_key", "key_problem", "sources"}}
_SINGLE = (
    "base_url", "model", "rung", "temperature", "max_output_tokens", "output_field", "context", "stream", "batch_endpoint",
    "batch_lines", "api_key_env", "api_key_file", "insecure",
)  # fmt: skip
_ENDPOINT = (
    {name: f"endpoint.{name}" for name in _SINGLE}
    | {name: f"endpoint.limits.{name}" for name in Limits.model_fields}
    | {f"budget_{name}": f"endpoint.budget.{name}" for name in Budget.model_fields}
)
_NAMES = _TOP | _ENDPOINT
"""Name as a flag, or as a variable after ``SUMMARIZER_`` → dotted name in :class:`Settings`."""

_PATHS = ("themes", "cache_folder", "recordings_folder", "endpoint.api_key_file")


def load_settings(
    flags: Mapping[str, object], environ: Mapping[str, str], folder: Path, own_folder: Path | None = None
) -> Settings:
    """Resolve the settings.

    ``flags`` uses the flat names (``model``, ``timeout``, ``budget_money`` …; None is "not given"); ``folder`` is where
    ``summarizer.toml`` is looked for and what relative paths start from; ``own_folder`` is that of the user's own file. Raises
    UsageError that names the flag, variable or file and the key for anything unknown or malformed, and for a key file that
    others can read.
    """
    own, local = read_files(folder, own_folder, _TOP)
    given = _from_flags(flags)
    environment = _from_environment(environ)
    top = own.top() | local.top()
    name, chosen_by = (top | environment | given).get("profile", (None, Source(kind="default")))
    profile = _profile(name, chosen_by, (own, local), environment | given)
    if chosen_by.kind in {"flag", "environment"} or (name in ready_profiles() and chosen_by.kind == "file"):
        # A profile that was asked for keeps its own address: its key must not travel to OPENAI_BASE_URL.
        environment = {k: v for k, v in environment.items() if k not in profile or v[1].name != "OPENAI_BASE_URL"}
    values = top | profile | environment | given
    return _with_key(_build(values, folder), environ, local.path, own.path)


def _profile(name: object, chosen_by: Source, files: tuple[SettingsFile, SettingsFile], above: Values) -> Values:
    """The values of the profile in use: the ready one of this name, under the user's own, under the folder's."""
    if name is None:
        return {}
    ready = ready_profiles().get(str(name))
    named = [key for file in files for key in file.table.get("profiles", {})]
    if ready is None and name not in named:
        own = ", ".join(dict.fromkeys(named)) or "none"
        raise UsageError(
            f"{chosen_by}: there is no profile {name!r} in {files[1].path}; profiles there: {own}; ready ones: "
            f"{', '.join(ready_profiles())}"
        )
    values: Values = {}
    for file in files:
        values |= file.profile(str(name))
    if ready is None:
        return values
    model = (values | above).get("endpoint.model", (None, chosen_by))[0]
    return (
        flattened(ready.values(None if model is None else str(model)), None, prefix="endpoint.", name=str(name))
        | values
    )


def _from_flags(flags: Mapping[str, object]) -> Values:
    unknown = [name for name in flags if name not in _NAMES]
    if unknown:
        raise UsageError(f"flag {unknown[0]} is not a setting; known are {', '.join(_NAMES)}")
    return {
        _NAMES[name]: (value, Source(kind="flag", name="--" + name.replace("_", "-")))
        for name, value in flags.items()
        if value is not None
    }


def _from_environment(environ: Mapping[str, str]) -> Values:
    variables = {"OPENAI_BASE_URL": "endpoint.base_url"} | {f"SUMMARIZER_{k.upper()}": v for k, v in _NAMES.items()}
    return {
        name: (environ[variable], Source(kind="environment", name=variable))
        for variable, name in variables.items()
        if environ.get(variable)
    }


def _build(values: Values, folder: Path) -> Settings:
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
        raise UsageError(f"{source}: {name}: {first['msg']}{_got(name, first['input'])}") from None


def _got(name: str, value: object) -> str:
    """The value that was refused, unless it may hold a key: an address with a password, a key in a variable's place."""
    secret = any(part in name for part in ("base_url", "api_key", "extra_body"))
    return "" if secret else f" (got {value!r})"


def _with_key(settings: Settings, environ: Mapping[str, str], local: Path, own: Path) -> Settings:
    """Add the key of the profile in use, from its file or its variable, or why there is none."""
    endpoint = settings.endpoint
    names = ("base_url", "api_key_env", "api_key_file", "insecure")
    by_folder = [name for name in names if settings.source_of(f"endpoint.{name}").name == str(local)]
    if endpoint.api_key_file is None:
        by_folder = [name for name in by_folder if name != "api_key_file"]
    if by_folder and not settings.trust_folder:
        return _withheld(settings, environ, by_folder, local, own)
    if endpoint.api_key_file is not None:
        key, source = read_key_file(endpoint.api_key_file), Source(kind="file", name=str(endpoint.api_key_file))
    else:
        key, source = environ.get(endpoint.api_key_env, ""), Source(kind="environment", name=endpoint.api_key_env)
    if not key:
        problem = f"there is no key: set {endpoint.api_key_env}, or api_key_file in the profile"
        return settings.model_copy(update={"key_problem": problem if endpoint.needs_key else None})
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise UsageError(f"{source}: this is no key: it holds spaces, control or non-ASCII characters")
    return settings.model_copy(
        update={"api_key": SecretStr(key), "sources": settings.sources | {"endpoint.api_key": source}}
    )


def _withheld(settings: Settings, environ: Mapping[str, str], named: list[str], local: Path, own: Path) -> Settings:
    """The settings without a key, because the file of a working folder would decide what is sent where."""
    endpoint = settings.endpoint
    wanted = endpoint.needs_key or any(name.startswith("api_key") for name in named)
    missed = wanted or (bool(environ.get(endpoint.api_key_env)) and not is_loopback(endpoint.host))
    place = own if own.name else "your own configuration"
    problem = (
        f"no key is sent: {local}, a file of the working folder, sets {', '.join(named)}. Put the profile into {place}, "
        "or confirm the folder: summarizer --trust-folder …, or SUMMARIZER_TRUST_FOLDER=1"
    )
    unconfirmed = endpoint.model_copy(update={"insecure": False, "needs_key": wanted})
    return settings.model_copy(update={"endpoint": unconfirmed, "key_problem": problem if missed else None})
