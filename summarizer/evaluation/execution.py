"""Run methods over fixtures: each document of each method becomes a sample, kept as soon as it is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from summarizer.errors import BudgetReached, DataError, SummarizerError
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.overview_scores import OverviewScore, score_overview
from summarizer.evaluation.runs import Facts, Run, RunInfo, Sample, load_run, save_run
from summarizer.evaluation.scoring import score_documents
from summarizer.schema import Chars, Document, Statement, TextKind

__all__ = ["Method", "Overview", "Produced", "rescore", "run_methods"]


@dataclass(frozen=True)
class Produced:
    """What a method makes of one file: the document, and what it cost as far as somebody measured it."""

    document: Document
    facts: Facts = field(default_factory=Facts)


Method = Callable[[Path], Produced]
"""A way from a file to its document. It raises ``SummarizerError`` when it cannot."""

Overview = Callable[[Sequence[Document]], Sequence[Statement]]
"""The overview that a method writes over all its documents."""


def run_methods(
    golds: Sequence[Gold],
    methods: Mapping[str, Method],
    info: RunInfo,
    folder: Path,
    *,
    resume: bool = False,
    only_failed: bool = False,
    overviews: Mapping[str, Overview] | None = None,
    reference: str | None = None,
    progress: Callable[[str, str], None] = lambda method, document: None,
) -> Run:
    """Run each method over each fixture and write the run's folder.

    A document that a method cannot do is a failed sample, scored as nothing found; ``BudgetReached`` ends the run. Every
    sample is on disk before the next is begun. ``resume`` keeps what an earlier run of the same gold did, failed samples
    too; ``only_failed`` does those again and the missing ones. Overviews are
    scored beside ``reference``, an overview written by hand. Raises ``DataError`` when the earlier run is another's.
    """
    kept = _earlier(golds, info, folder) if resume or only_failed else {}
    if only_failed:
        kept = {key: sample for key, sample in kept.items() if sample.error is None}
    samples: list[Sample] = []
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").write_text(info.model_dump_json(indent=1) + "\n", encoding="utf-8")
    with (folder / "samples.jsonl").open("w", encoding="utf-8") as out:
        for name in methods:
            for gold in golds:
                earlier = kept.pop((name, gold.name), None)
                if earlier is None:
                    continue
                samples.append(earlier)
                out.write(earlier.model_dump_json() + "\n")
        done = {(sample.method, sample.document): sample for sample in samples}
        for name, method in methods.items():
            for gold in golds:
                if (name, gold.name) in done:
                    continue
                progress(name, gold.name)
                sample = run_one(name, method, gold)
                done[name, gold.name] = sample
                out.write(sample.model_dump_json() + "\n")
                out.flush()
    ordered = tuple(done[name, gold.name] for name in methods for gold in golds)
    run = Run(
        info=info.model_copy(update={"overview": _overviews(ordered, overviews or {}, reference)}), samples=ordered
    )
    save_run(run, folder)
    return run


def run_one(name: str, method: Method, gold: Gold) -> Sample:
    """One sample; the user's mistakes and the method's failures both end in ``error``."""
    try:
        produced = method(gold.path)
    except BudgetReached:
        raise
    except SummarizerError as error:
        return Sample(
            method=name,
            document=gold.name,
            gold_sha256=gold.sha256,
            error=str(error),
            score=score_documents(gold, _nothing(gold)),
        )
    return Sample(
        method=name,
        document=gold.name,
        gold_sha256=gold.sha256,
        facts=produced.facts,
        prediction=produced.document,
        score=score_documents(gold, produced.document),
    )


def rescore(run: Run, golds: Sequence[Gold]) -> Run:
    """Score a run's predictions again with the gold as it is now; no method is called.

    Raises ``DataError`` when the run has a document that the gold has not.
    """
    by_name = {gold.name: gold for gold in golds}
    samples = []
    for sample in run.samples:
        gold = by_name.get(sample.document)
        if gold is None:
            raise DataError(sample.document, f"is in the run but not in the gold of {run.info.split}")
        score = score_documents(gold, sample.prediction or _nothing(gold))
        samples.append(sample.model_copy(update={"score": score, "gold_sha256": gold.sha256}))
    return run.model_copy(update={"samples": tuple(samples)})


def _earlier(golds: Sequence[Gold], info: RunInfo, folder: Path) -> dict[tuple[str, str], Sample]:
    """Samples of an interrupted run, refused when they were made from other texts or another split."""
    if not (folder / "run.json").exists():
        return {}
    earlier = load_run(folder)
    before = earlier.info
    if _made_by(before) != _made_by(info):
        reason = "was made of another split, or by other code, prompts or prices; choose another folder"
        raise DataError(str(folder / "run.json"), reason)
    by_name = {gold.name: gold for gold in golds}
    kept = {}
    for sample in earlier.samples:
        gold = by_name.get(sample.document)
        if gold is None:
            continue
        if sample.prediction is not None and sample.prediction.sha256 != gold.annotation.sha256:
            raise DataError(str(folder / "samples.jsonl"), f"{sample.document} was another file; choose another folder")
        score = score_documents(gold, sample.prediction or _nothing(gold))
        kept[sample.method, sample.document] = sample.model_copy(update={"score": score, "gold_sha256": gold.sha256})
    return kept


def _made_by(info: RunInfo) -> tuple[object, ...]:
    return info.split, info.tool_version, info.commit, info.prompts, info.prices


def _overviews(
    samples: Sequence[Sample], overviews: Mapping[str, Overview], reference: str | None
) -> dict[str, OverviewScore]:
    scored = {}
    for name, overview in overviews.items():
        documents = [s.prediction for s in samples if s.method == name and s.prediction is not None]
        scored[name] = score_overview(overview(documents), documents, reference)
    return scored


def _nothing(gold: Gold) -> Document:
    """The prediction of a method that failed: the file, and nothing in it."""
    return Document(
        id=gold.annotation.sha256[:12],
        path=str(gold.path),
        sha256=gold.annotation.sha256,
        media_type="",
        encoding=None,
        chars=Chars(source=len(gold.text), clean=0),
        kind=_other_kind(gold),
    )


def _other_kind(gold: Gold) -> TextKind:
    """A kind that the text is not: a failed prediction is no right one by chance."""
    right = (gold.annotation.kind, *gold.annotation.kind_also)
    return next(kind for kind in reversed(TextKind) if kind not in right)
