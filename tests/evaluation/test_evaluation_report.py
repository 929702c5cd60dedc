"""The report leads with the verdict, shows each item with its text, holds no time, and cannot be broken by a text."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from evaluation_samples import gold, perfect, with_indicators

from summarizer.errors import DataError, SourceError
from summarizer.evaluation.execution import Produced, run_methods
from summarizer.evaluation.gates import Check
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.intervals import Estimate
from summarizer.evaluation.paired import compare_pairs
from summarizer.evaluation.report.content import build_report
from summarizer.evaluation.report.files import load_robustness, save_robustness, write_report
from summarizer.evaluation.report.html import render_html
from summarizer.evaluation.report.junit import render_junit
from summarizer.evaluation.report.markdown import render_markdown
from summarizer.evaluation.report.plots import Mark, forest
from summarizer.evaluation.report.words import figure, percent
from summarizer.evaluation.robustness import Robustness
from summarizer.evaluation.runs import Facts, Run, describe
from summarizer.schema import Document, Statement

NASTY = "<script>alert(1)</script>|`x`\x07"


def golds() -> list[Gold]:
    return [
        replace(gold(document=f"d{k}.txt"), name=f"d{k}.txt", path=Path(f"d{k}.txt"), sha256=f"g{k}") for k in range(8)
    ]


def _worse() -> Document:
    life, *rest = perfect().indicators
    return with_indicators(life.model_copy(update={"value": Decimal(1), "name": NASTY}), *rest)


def _method(path: Path) -> Produced:
    if path.name == "d7.txt":
        raise SourceError("d7.txt", NASTY)
    return Produced(_worse(), Facts(source="replayed", requests=2, input_tokens=1200, reasks=1))


def made(folder: Path) -> Run:
    methods = {"heuristic": lambda _: Produced(perfect(), Facts(source="none")), "replay": _method}
    info = describe(golds(), split="dev", methods=list(methods), seed=0, limit=None, checkout=Path("/"))
    overview = {"replay": lambda documents: [Statement(text="寿命79.2岁", cites=(documents[0].indicators[1].id,))]}
    return run_methods(golds(), methods, info, folder, overviews=overview)


def test_markdown_leads_with_the_verdict_and_names_what_failed(tmp_path: Path) -> None:
    lines = render_markdown(build_report(made(tmp_path), golds())).splitlines()
    assert lines[2] == "replay is worse than heuristic (8 documents, paired)."
    assert "1 failed and count as nothing found" in lines[3]


def test_wrong_values_come_before_missed_items_each_with_its_text(tmp_path: Path) -> None:
    text = render_markdown(build_report(made(tmp_path), golds()))
    lost = text[text.index("## Lost by replay") : text.index("## Won by replay")].splitlines()
    items = [line for line in lost if line.startswith("- ")]
    assert ["wrong" in item for item in items][:8] == [True] * 7 + [False]
    assert items[0].endswith("人均预期寿命达到79.2岁")


def test_the_costs_say_where_answers_came_from_and_null_is_a_dash(tmp_path: Path) -> None:
    text = render_markdown(build_report(made(tmp_path), golds()))
    assert "| replay | replayed | 14 | – | – | 7 | – | 8,400 | – | – | – |" in text
    assert "| heuristic | none | – |" in text


def test_the_overview_is_scored(tmp_path: Path) -> None:
    assert "| replay | 0.0 (0/1) |" in render_markdown(build_report(made(tmp_path), golds()))


def test_reports_are_equal_to_the_byte_and_hold_no_commit(tmp_path: Path) -> None:
    run = made(tmp_path)
    committed = run.model_copy(update={"info": run.info.model_copy(update={"commit": "c0ffee", "dirty": True})})
    for name, other in (("a", run), ("b", committed)):
        write_report(other, golds(), tmp_path / name, second=golds()[:2])
    for name in ("report.md", "report.html", "junit.xml"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_html_fetches_nothing_and_runs_nothing(tmp_path: Path) -> None:
    page = render_html(build_report(made(tmp_path), golds()))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert page.count("<svg") == 4
    assert page.index("replay is worse") < page.index("<svg")


def test_html_is_well_formed_enough_to_keep_every_document(tmp_path: Path) -> None:
    page = render_html(build_report(made(tmp_path), golds()))
    assert page.count("<details>") == page.count("</details>") == 9
    assert all(f"d{k}.txt" in page for k in range(8))


def test_agreement_is_the_ceiling_beside_the_figures(tmp_path: Path) -> None:
    report = write_report(made(tmp_path / "run"), golds(), tmp_path / "out", second=golds()[:3])
    assert {row.metric.key: row.ceiling for row in report.rows}["task_relaxed_f1"] == 1
    for name in ("report.md", "report.html"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert "over 3 of these documents (d0.txt, d1.txt, d2.txt)" in text


def test_one_method_has_no_verdict(tmp_path: Path) -> None:
    run = made(tmp_path)
    alone = Run(info=run.info.model_copy(update={"methods": ("replay",), "overview": {}}), samples=run.of("replay"))
    assert "nothing to compare it with" in render_markdown(build_report(alone, golds()))


def test_junit_says_which_documents_are_wrong_or_failed(tmp_path: Path) -> None:
    checks = [Check(name="dev: replay", passed=False, detail="too low")]
    root = ElementTree.fromstring(render_junit(made(tmp_path), checks))
    suites = {suite.get("name"): suite for suite in root}
    assert (suites["heuristic"].get("failures"), suites["heuristic"].get("errors")) == ("0", "0")
    assert (suites["replay"].get("failures"), suites["replay"].get("errors")) == ("7", "1")
    assert suites["gate"].get("failures") == "1"
    assert suites["replay"].find("testcase/failure") is not None


def test_robustness_is_kept_beside_the_run_and_shown(tmp_path: Path) -> None:
    changes = {
        key: compare_pairs([(9.0, 10.0), (8.0, 10.0)], [(5.0, 10.0), (8.0, 10.0)])
        for key in ("task_relaxed_f1", "indicator_correct_f1")
    }
    found = (
        Robustness(method="heuristic", perturbation="furniture", severity=2, documents=2, failed=0, changes=changes),
    )
    save_robustness(found, tmp_path)
    assert load_robustness(tmp_path) == found
    write_report(made(tmp_path), golds(), tmp_path)
    assert "| heuristic | furniture | 2 | -20.0" in (tmp_path / "report.md").read_text(encoding="utf-8")
    (tmp_path / "robustness.json").write_text("[{}]", encoding="utf-8")
    with pytest.raises(DataError, match=r"robustness\.json"):
        load_robustness(tmp_path)


def test_undefined_is_a_dash_never_a_number() -> None:
    assert percent(None) == figure(Estimate(value=None, n=0)) == "–"
    assert percent(0.0) == "0.0"


def test_plots_escape_labels_and_stay_in_their_frame() -> None:
    plot = forest([Mark(NASTY, 2.0, -1.0, 3.0, 0, "x")], low=0.0, high=1.0, title="t")
    root = ElementTree.fromstring(plot.replace("\x07", ""))
    xs = [float(c.get("cx", "nan")) for c in root.iter("circle")]
    assert xs == [760.0]


def test_texts_in_tables_do_not_break_them(tmp_path: Path) -> None:
    for line in render_markdown(build_report(made(tmp_path), golds())).splitlines():
        if line.startswith("| replay | wrong"):
            assert line.count(" | ") == 5
