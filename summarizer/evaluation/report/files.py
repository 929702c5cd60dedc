"""The files of a report, written into the run's folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from summarizer.errors import DataError
from summarizer.evaluation.agreement import agreement
from summarizer.evaluation.gates import Check
from summarizer.evaluation.gold import Gold, load_split
from summarizer.evaluation.report.content import Report, build_report
from summarizer.evaluation.report.html import render_html
from summarizer.evaluation.report.junit import render_junit
from summarizer.evaluation.report.markdown import render_markdown
from summarizer.evaluation.robustness import Robustness
from summarizer.evaluation.runs import Run

__all__ = ["load_robustness", "reference_overview", "save_robustness", "second_annotation", "write_report"]

_ROBUSTNESS = TypeAdapter(tuple[Robustness, ...])


def write_report(
    run: Run,
    golds: Sequence[Gold],
    folder: Path,
    *,
    second: Sequence[Gold] = (),
    checks: Sequence[Check] = (),
    into: Path | None = None,
) -> Report:
    """Write ``report.md``, ``report.html`` and ``junit.xml`` for the run in ``folder``, whose robustness is taken along.

    ``into`` takes the first two as well: they depend on predictions and gold alone, and can be committed.
    """
    agreed = agreement(golds, second, seed=run.info.seed)
    report = build_report(run, golds, agreed=agreed, robustness=load_robustness(folder))
    for place in (folder, into):
        if place is not None:
            place.mkdir(parents=True, exist_ok=True)
            (place / "report.md").write_text(render_markdown(report), encoding="utf-8")
            (place / "report.html").write_text(render_html(report), encoding="utf-8")
    (folder / "junit.xml").write_text(render_junit(run, checks), encoding="utf-8")
    return report


def second_annotation(folder: Path, split: str) -> tuple[Gold, ...]:
    """The second annotator's gold of a split, from ``folder/gold/second/<split>``; nothing where there is none."""
    second = folder / "gold" / "second" / split
    return load_split(folder, split, gold_folder=second) if second.is_dir() else ()


def reference_overview(folder: Path, split: str) -> str | None:
    """The overview of a split that was written by hand, ``folder/gold/overview/<split>.txt``; None where there is none."""
    path = folder / "gold" / "overview" / f"{split}.txt"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def save_robustness(found: tuple[Robustness, ...], folder: Path) -> None:
    """Write ``robustness.json``; nothing found takes away what an earlier run of the folder has measured."""
    path = folder / "robustness.json"
    if found:
        path.write_bytes(_ROBUSTNESS.dump_json(found, indent=1) + b"\n")
    else:
        path.unlink(missing_ok=True)


def load_robustness(folder: Path) -> tuple[Robustness, ...]:
    """Read ``robustness.json``; nothing where it was not measured. Raises ``DataError`` for a damaged file."""
    path = folder / "robustness.json"
    if not path.exists():
        return ()
    try:
        return _ROBUSTNESS.validate_json(path.read_bytes())
    except ValidationError as error:
        raise DataError(str(path), str(error.errors()[0]["msg"])) from error
