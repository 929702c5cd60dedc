"""The prompts: versioned templates in ``prompts/<name>/<version>/``, rendered strictly, known by their hash."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from summarizer.errors import UsageError
from summarizer.resources import prompts_folder

__all__ = ["Prompt", "list_prompts", "load_prompt", "marks"]

_VERSION = re.compile(r"v(\d+)")
_SUFFIX = ".md.j2"


@dataclass(frozen=True)
class Prompt:
    """One version of one prompt: template sources by part, and the sha256 over all of them."""

    name: str
    version: str
    sources: tuple[tuple[str, str], ...]

    @property
    def sha256(self) -> str:
        """Hash over the parts in order, each with its name and length, so that no two splits are equal."""
        digest = hashlib.sha256()
        for part, source in self.sources:
            digest.update(f"{part}:{len(source.encode())}:".encode() + source.encode())
        return digest.hexdigest()

    def render(self, template: str, /, **values: Any) -> str:
        """Fill in one template. Raises ``jinja2.UndefinedError`` for a value that the template wants and does not get."""
        return _compiled(dict(self.sources)[template]).render(**values).strip()


@cache
def _compiled(source: str) -> Template:
    environment = Environment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701 - not HTML
    return environment.from_string(source)


def list_prompts(folder: Path | None = None) -> list[tuple[str, str]]:
    """All ``(name, version)``, oldest version first."""
    root = folder or prompts_folder()
    found = [
        (path.parent.name, path.name) for path in root.glob("*/v*") if path.is_dir() and _VERSION.fullmatch(path.name)
    ]
    return sorted(found, key=lambda pair: (pair[0], int(pair[1][1:])))


@cache
def load_prompt(name: str, version: str | None = None, folder: Path | None = None) -> Prompt:
    """Load a prompt, the newest version by default. Raises ``UsageError`` naming what there is."""
    root = folder or prompts_folder()
    versions = [found for prompt, found in list_prompts(root) if prompt == name]
    chosen = version or (versions[-1] if versions else "")
    if chosen not in versions:
        known = ", ".join(f"{prompt}/{found}" for prompt, found in list_prompts(root)) or "none"
        raise UsageError(f"no prompt {name}/{version or 'newest'}; there is: {known}")
    files = sorted((root / name / chosen).glob(f"*{_SUFFIX}"))
    sources = tuple((file.name.removesuffix(_SUFFIX), file.read_text(encoding="utf-8")) for file in files)
    return Prompt(name, chosen, sources)


def marks(text: str) -> tuple[str, str]:
    """Opening and closing marks that the text cannot forge: they carry a piece of the hash of the text itself.

    A text that holds its own mark by accident or design gets the next piece; the same text always gets the same marks.
    """
    salt = 0
    while True:
        seal = hashlib.sha256(f"{salt}:{text}".encode("utf-8", "surrogatepass")).hexdigest()[:10]
        if seal not in text:
            return f"<<<原文 {seal}>>>", f"<<<原文止 {seal}>>>"
        salt += 1
