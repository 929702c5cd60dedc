"""A run: a folder with what was predicted, how it scored, and everything that decided the result.

``run.json`` says what was run on what; ``samples.jsonl`` holds one document of one method a line, the prediction and its
scores. Reports are made from the folder alone, and scoring again reads the predictions: no method is called twice.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from summarizer.errors import DataError
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.overview_scores import OverviewScore
from summarizer.evaluation.scoring import DocumentScore
from summarizer.schema import Document, Model, Number

__all__ = ["Facts", "Run", "RunInfo", "Sample", "corpus_hash", "describe", "git_state", "load_run", "save_run"]

_PACKAGES = ("numpy", "scipy", "pydantic", "opencc", "tiktoken", "openai", "jinja2")


class Facts(Model):
    """What a prediction cost. Null is what nobody measured; ``source`` says whether the answers were live or replayed."""

    source: Literal["live", "replayed", "mixed", "none"] | None = None
    """``none``: no model was asked."""
    requests: int | None = None
    valid_at_first: int | None = None
    """Requests whose first answer fitted the schema."""
    valid_in_the_end: int | None = None
    reasks: int | None = None
    cut: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost: Number | None = None
    currency: str | None = None
    latency_s: float | None = None
    """Seconds from the call to the document; null unless the answers were live."""


class Sample(Model):
    """One document of one method. A document that failed has ``error``, no prediction, and scores as nothing found."""

    method: str
    document: str
    gold_sha256: str
    facts: Facts = Facts()
    error: str | None = None
    prediction: Document | None = None
    score: DocumentScore


class RunInfo(Model):
    """``run.json``. Hashes are sha256 of bytes; ``commit`` is null outside a checkout."""

    schema_version: Literal["1"] = "1"
    tool_version: str
    split: str
    methods: tuple[str, ...]
    seed: int
    limit: int | None
    commit: str | None
    dirty: bool | None
    corpus: str
    gold: dict[str, str]
    prompts: dict[str, str]
    prices: str | None
    packages: dict[str, str]
    overview: dict[str, OverviewScore] = Field(default_factory=dict)


class Run(Model):
    """A run in memory, samples in the order of methods, then documents."""

    info: RunInfo
    samples: tuple[Sample, ...]

    def of(self, method: str) -> tuple[Sample, ...]:
        """The samples of one method."""
        return tuple(sample for sample in self.samples if sample.method == method)


def corpus_hash(golds: Iterable[Gold]) -> str:
    """One hash for fixtures and gold: what floors are pinned to."""
    digest = hashlib.sha256()
    for gold in sorted(golds, key=lambda gold: gold.name):
        digest.update(f"{gold.name} {gold.annotation.sha256} {gold.sha256}\n".encode())
    return digest.hexdigest()


def describe(
    golds: Sequence[Gold], *, split: str, methods: Sequence[str], seed: int, limit: int | None, checkout: Path
) -> RunInfo:
    """Everything that decides the result of a run. ``checkout`` is where prompts and history are looked for."""
    from summarizer import __version__
    from summarizer.resources import prompts_folder

    commit, dirty = git_state(checkout)
    prompts = prompts_folder()
    prices = Path(__file__).parent.parent / "profiles.toml"
    return RunInfo(
        tool_version=__version__,
        split=split,
        methods=tuple(methods),
        seed=seed,
        limit=limit,
        commit=commit,
        dirty=dirty,
        corpus=corpus_hash(golds),
        gold={gold.name: gold.sha256 for gold in golds},
        prompts={
            path.relative_to(prompts).as_posix(): _file_hash(path)
            for path in sorted(prompts.rglob("*"))
            if path.is_file()
        },
        prices=_file_hash(prices) if prices.is_file() else None,
        packages={name: importlib.metadata.version(name) for name in _PACKAGES},
    )


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def git_state(checkout: Path) -> tuple[str | None, bool | None]:
    """``(commit, dirty)`` of a checkout; both None where there is none."""
    commit = _git(checkout, "rev-parse", "HEAD")
    status = _git(checkout, "status", "--porcelain")
    return (commit, None if status is None else bool(status)) if commit else (None, None)


def _git(checkout: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed program, arguments of this module
            ["git", "-C", str(checkout), *arguments],  # noqa: S607 - whichever git the user has
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def save_run(run: Run, folder: Path) -> None:
    """Write ``run.json`` and ``samples.jsonl``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").write_text(run.info.model_dump_json(indent=1) + "\n", encoding="utf-8")
    lines = "".join(sample.model_dump_json() + "\n" for sample in run.samples)
    (folder / "samples.jsonl").write_text(lines, encoding="utf-8")


def load_run(folder: Path) -> Run:
    """Read a run folder. Raises ``DataError`` for a missing or damaged file, naming the line, and for a sample given twice."""
    info_path, samples_path = folder / "run.json", folder / "samples.jsonl"
    try:
        info = RunInfo.model_validate_json(info_path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(str(info_path), f"{error.strerror or error}; is {folder} a run?") from error
    except ValidationError as error:
        raise DataError(str(info_path), str(error.errors()[0]["msg"])) from error
    return Run(info=info, samples=tuple(_load_samples(samples_path)))


def _load_samples(path: Path) -> list[Sample]:
    """Read samples; a last line that was cut off by an interruption is left out."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise DataError(str(path), error.strerror or str(error)) from error
    samples: dict[tuple[str, str], Sample] = {}
    for number, line in enumerate(lines, 1):
        if not line:
            continue
        try:
            sample = Sample.model_validate(json.loads(line))
        except json.JSONDecodeError as error:
            if number == len(lines):
                break
            raise DataError(str(path), f"line {number}: {error}") from error
        except ValidationError as error:
            raise DataError(str(path), f"line {number}: {error.errors()[0]['msg']}") from error
        if (sample.method, sample.document) in samples:
            raise DataError(str(path), f"line {number}: {sample.method} has {sample.document} twice")
        samples[sample.method, sample.document] = sample
    return list(samples.values())
