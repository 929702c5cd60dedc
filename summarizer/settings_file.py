"""The two files that settings come from, and where a value came from."""

from __future__ import annotations

import stat
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from summarizer.errors import UsageError
from summarizer.profiles import Budget, Limits, Price, Profile

__all__ = ["FILE_NAME", "SettingsFile", "Source", "Values", "flattened", "read_files", "read_key_file"]

FILE_NAME = "summarizer.toml"

_SECTIONS: dict[str, type[BaseModel]] = {"limits": Limits, "budget": Budget, "price": Price}


class Source(BaseModel):
    """Where a value came from: ``kind`` is the rank in the precedence, ``name`` the flag, variable or file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["flag", "environment", "file", "profile", "default"]
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


Values = dict[str, tuple[Any, Source]]
"""Dotted name → value with its origin."""


@dataclass(frozen=True)
class SettingsFile:
    """One ``summarizer.toml``: the user's own, or that of the working folder."""

    path: Path
    table: dict[str, Any]
    own: bool

    @classmethod
    def read(cls, path: Path, known: Collection[str], *, own: bool = True) -> SettingsFile:
        """Read the file; one that is not there is empty. Raises UsageError for what is no setting (``known`` at the top)."""
        table = _read_file(path, known)
        if not own and "trust_folder" in table:
            raise UsageError(f"{path}: trust_folder: a folder cannot confirm itself; see docs/endpoints.md")
        return cls(path, table, own)

    def top(self) -> Values:
        """The settings outside the profiles."""
        return flattened({k: v for k, v in self.table.items() if k != "profiles"}, self.path, prefix="")

    def profile(self, name: str) -> Values:
        """The settings of a profile; none when it is not there."""
        return flattened(self.table.get("profiles", {}).get(name, {}), self.path, prefix="endpoint.")


def read_files(folder: Path, own_folder: Path | None, known: Collection[str]) -> tuple[SettingsFile, SettingsFile]:
    """The user's own file and the folder's; who works in the folder of the own file has no other."""
    path = folder / FILE_NAME
    if own_folder is None:
        return SettingsFile(Path(), {}, own=True), SettingsFile.read(path, known, own=False)
    if own_folder.resolve() == folder.resolve():
        return SettingsFile.read(path, known), SettingsFile(Path(), {}, own=False)
    return SettingsFile.read(own_folder / FILE_NAME, known), SettingsFile.read(path, known, own=False)


def flattened(table: Mapping[str, Any], path: Path | None, prefix: str, name: str = "") -> Values:
    """Flatten a table to dotted names; ``price`` and ``extra_body`` stay whole, each replaces the one below it as one."""
    source = Source(kind="profile", name=name) if path is None else Source(kind="file", name=str(path))
    values: Values = {}
    for key, value in table.items():
        if isinstance(value, dict) and key in {"limits", "budget"}:
            values |= flattened(value, path, f"{prefix}{key}.", name)
        else:
            values[prefix + key] = (value, source)
    return values


def _read_file(path: Path, known: Collection[str]) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))  # Windows editors begin it with a mark
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(f"{path}: cannot be read as TOML: {error}") from None
    profiles = table.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(entry, dict) for entry in profiles.values()):
        raise UsageError(f"{path}: profiles: each profile is a table, as in [profiles.local]")
    for name, entry in profiles.items():
        _refuse_unknown(entry, list(Profile.model_fields), path, f"profiles.{name}.")
    _refuse_unknown({k: v for k, v in table.items() if k != "profiles"}, known, path, "")
    return table


def _refuse_unknown(table: Mapping[str, Any], known: Collection[str], path: Path, where: str) -> None:
    """Raise UsageError for a key that is not known, in tables within tables too."""
    for key, value in table.items():
        if key not in known:
            if key == "api_key":
                raise UsageError(f"{path}: {where}api_key: keys are not kept here; use api_key_env or api_key_file")
            near = get_close_matches(key, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(known)}"
            raise UsageError(f"{path}: unknown key {where}{key}{hint}")
        section = _SECTIONS.get(key) if where else None
        if section is not None and isinstance(value, dict):
            _refuse_unknown(value, list(section.model_fields), path, f"{where}{key}.")


def read_key_file(path: Path) -> str:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise UsageError(f"{path}: others can read this key file (mode {mode:o}); run: chmod 600 {path}")
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the key file cannot be read: {error}") from None
