"""``summarizer eval``: run methods against gold, compare runs, write reports, hold floors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.evaluation_output import comparison_lines, print_checks, print_reports, progress
from summarizer.cli.exits import Exit
from summarizer.cli.options import AsJson, Base, Cache, ModelName, ProfileName, complain, settings_from
from summarizer.errors import UsageError

if TYPE_CHECKING:
    from summarizer.evaluation.execution import Method
    from summarizer.evaluation.gold import Gold
    from summarizer.evaluation.robustness import Robustness
    from summarizer.evaluation.runs import Run, Sample
    from summarizer.settings import Settings

__all__ = ["register"]

_app = typer.Typer(
    no_args_is_help=True,
    help="Measure methods against gold, offline, with numbers that hold.\n\nExample: summarizer eval run --split dev",
)

_Folder = Annotated[Path, typer.Option("--folder", help="Where fixtures/ and gold/ are.")]
_Seed = Annotated[int, typer.Option("--seed", help="Decides draws of the bootstrap, of swaps and of damage.")]


def register(app: typer.Typer) -> None:
    """Add the group ``eval``."""
    app.add_typer(_app, name="eval")


@_app.command()
def run(
    split: Annotated[
        list[str] | None,
        typer.Option("--split", help="documents, dev, test or stress; repeatable. All that are there by default."),
    ] = None,
    method: Annotated[
        list[str] | None, typer.Option("--method", help="heuristic, replay, model or model:PROFILE; repeatable.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the runs, one below it for each split.")] = Path(
        "out/eval"
    ),
    resume: Annotated[bool, typer.Option("--resume", help="Keep what an interrupted run has done.")] = False,
    only_failed: Annotated[bool, typer.Option("--only-failed", help="Do only the failed documents again.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Only the first N documents.")] = None,
    robustness: Annotated[bool, typer.Option("--robustness", help="Also run the rules on damaged texts.")] = False,
    seed: _Seed = 0,
    folder: _Folder = Path("eval"),
    profile: ProfileName = None,
    model: ModelName = None,
    base_url: Base = None,
    cache: Cache = None,
    as_json: AsJson = False,
) -> None:
    """Run methods side by side over splits; the rules, and recorded answers where there are any, by default.

    Example: summarizer eval run --split dev -o out/eval
    """
    from summarizer.evaluation.execution import run_methods
    from summarizer.evaluation.report.files import (
        reference_overview,
        save_robustness,
        second_annotation,
        write_report,
    )
    from summarizer.evaluation.runs import describe
    from summarizer.pipeline.methods import opened_methods, overview_by_rules
    from summarizer.pipeline.session import Session

    def settings_for(name: str) -> Settings:
        kind, _, named = name.partition(":")
        live = {"profile": named or profile, "base_url": base_url, "cache_mode": cache} if kind == "model" else {}
        return settings_from(method=kind, model=None if kind == "heuristic" else model, **live)

    names = method or _default_methods(settings_for("replay"))
    reports, failed = {}, 0
    with opened_methods(list(dict.fromkeys(names)), settings_for) as methods:
        for name in dict.fromkeys(split or _splits(folder)):
            golds = _golds(folder, name)[:limit]
            info = describe(golds, split=name, methods=list(methods), seed=seed, limit=limit, checkout=folder.resolve())
            done = run_methods(
                golds,
                methods,
                info,
                out / name,
                resume=resume,
                only_failed=only_failed,
                overviews={one: overview_by_rules(Session(settings_for(one))) for one in methods},
                reference=reference_overview(folder, name),
                progress=progress,
            )
            if robustness or not (resume or only_failed):
                save_robustness(_damaged(golds, methods, seed) if robustness else (), out / name)
            reports[name] = write_report(done, golds, out / name, second=second_annotation(folder, name))
            failed += len(reports[name].failed)
    print_reports(reports, as_json=as_json)
    complain(f"reports are in {out}/<split>/report.html")
    raise typer.Exit(Exit.PARTIAL if failed else Exit.DONE)


@_app.command()
def compare(
    before: Annotated[str, typer.Argument(metavar="A", help="A run's folder, or FOLDER:METHOD.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The other one.")],
    seed: _Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Compare two runs of the same documents: is B better than A, or is it chance?

    Example: summarizer eval compare out/before/dev:heuristic out/after/dev:heuristic
    """
    from summarizer.evaluation.comparison import compare_samples

    found = compare_samples(_samples(before), _samples(after), names=(before, after), seed=seed)
    if as_json:
        print(found.model_dump_json(indent=1))
    else:
        print("\n".join(comparison_lines(found)))


@_app.command()
def report(
    runs: Annotated[list[Path], typer.Argument(help="Folders of runs.")],
    into: Annotated[
        Path | None,
        typer.Option("--into", help="Also write report.md and report.html to DIR/<split>, to be committed."),
    ] = None,
    folder: _Folder = Path("eval"),
    as_json: AsJson = False,
) -> None:
    """Score runs again with the gold as it is now and write their reports; no model is asked.

    Example: summarizer eval report out/eval/dev --into eval/reports
    """
    from summarizer.evaluation.report.files import second_annotation, write_report
    from summarizer.evaluation.runs import save_run

    reports = {}
    for path in runs:
        scored, golds = _rescored(path, folder)
        save_run(scored, path)
        split = scored.info.split
        reports[str(path)] = write_report(
            scored,
            golds,
            path,
            second=second_annotation(folder, split),
            into=into / split if into is not None else None,
        )
    print_reports(reports, as_json=as_json)


@_app.command()
def gate(
    runs: Annotated[list[Path], typer.Argument(help="Folders of runs.")],
    floors: Annotated[Path, typer.Option("--floors", help="The committed floors.")] = Path("eval/floors.json"),
    base: Annotated[str, typer.Option("--base", help="Revision against which lowered floors are looked for.")] = "HEAD",
    folder: _Folder = Path("eval"),
    tighten: Annotated[
        bool, typer.Option("--tighten", help="First raise the floors to what these runs reach, never lower one.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hold runs against the committed floors; exit code 4 when one is not held or was lowered in silence.

    Example: summarizer eval gate out/eval/dev --base origin/main
    """
    from summarizer.evaluation.gates import (
        Floors,
        check_floors,
        check_lowering,
        committed_floors,
        dump_floors,
        load_floors,
        raised_floors,
    )
    from summarizer.evaluation.report.files import second_annotation, write_report

    rescored = [(path, *_rescored(path, folder)) for path in runs]
    if tighten:
        tightened = load_floors(floors) if floors.exists() else Floors(corpus={}, floors=())
        for _, scored, _ in rescored:
            tightened = raised_floors(tightened, scored)
        floors.write_text(dump_floors(tightened), encoding="utf-8")
    now = load_floors(floors)
    checks = check_lowering(committed_floors(floors, base), now)
    for path, scored, golds in rescored:
        held = check_floors(now, scored)
        write_report(scored, golds, path, second=second_annotation(folder, scored.info.split), checks=held)
        checks += held
    print_checks(checks, as_json=as_json)
    raise typer.Exit(Exit.DONE if all(check.passed for check in checks) else Exit.GATE)


def _default_methods(settings: Settings) -> list[str]:
    recorded = settings.recordings_folder.is_dir() and any(settings.recordings_folder.rglob("*.json"))
    return ["heuristic", "replay"] if recorded else ["heuristic"]


def _splits(folder: Path) -> list[str]:
    from summarizer.evaluation.gold import SPLITS

    found = [name for name in SPLITS if any((folder / "gold" / name).glob("*.json"))]
    if not found:
        raise UsageError(f"{folder}/gold has no split with gold; --folder says where fixtures/ and gold/ are")
    return found


def _golds(folder: Path, split: str) -> tuple[Gold, ...]:
    from summarizer.evaluation.gold import SPLITS, load_split

    if split not in SPLITS:
        raise UsageError(f"there is no split {split!r}; splits are {', '.join(SPLITS)}")
    return load_split(folder, split)


def _rescored(path: Path, folder: Path) -> tuple[Run, tuple[Gold, ...]]:
    """A run scored with the gold of now; what the run's limit left out is left out again."""
    from summarizer.evaluation.execution import rescore
    from summarizer.evaluation.runs import corpus_hash, load_run

    loaded = load_run(path)
    golds = _golds(folder, loaded.info.split)[: loaded.info.limit]
    scored = rescore(loaded, golds)
    info = scored.info.model_copy(
        update={"corpus": corpus_hash(golds), "gold": {gold.name: gold.sha256 for gold in golds}}
    )
    return scored.model_copy(update={"info": info}), golds


def _samples(place: str) -> tuple[Sample, ...]:
    """The samples of ``FOLDER`` or ``FOLDER:METHOD``. Raises ``UsageError`` when the method must be named."""
    from summarizer.evaluation.runs import load_run

    path, _, name = place.partition(":") if not Path(place).is_dir() else (place, "", "")
    loaded = load_run(Path(path))
    if not name and len(loaded.info.methods) > 1:
        raise UsageError(f"{place} has several methods: name one, {place}:{loaded.info.methods[0]}")
    chosen = name or loaded.info.methods[0]
    if chosen not in loaded.info.methods:
        raise UsageError(f"{path} has no method {chosen!r}; it has {', '.join(loaded.info.methods)}")
    return loaded.of(chosen)


def _damaged(golds: tuple[Gold, ...], methods: Mapping[str, Method], seed: int) -> tuple[Robustness, ...]:
    """The rules on damaged texts; recorded answers are for the undamaged ones."""
    from summarizer.evaluation.robustness import measure_robustness

    method = methods.get("heuristic")
    if method is None:
        raise UsageError("--robustness needs --method heuristic: damaged texts have no recorded answers")
    return measure_robustness(
        golds, "heuristic", method, seed=seed, progress=lambda name, severity: progress(name, str(severity))
    )
