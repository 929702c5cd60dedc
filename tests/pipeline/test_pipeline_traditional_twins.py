"""A text in traditional characters gives what the same text gives in simplified ones: kept text, facts, items, themes and decisions.

The twin is made by OpenCC phrase by phrase, one character for one, so that every span of the one is a span of the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from summarizer.exchange import Answer, Asker, ChatRequest
from summarizer.language.fold import simplified
from summarizer.language.themes import ThemeTable, load_themes
from summarizer.pipeline.analysis import analyse
from summarizer.pipeline.document import by_model, by_rules
from summarizer.pipeline.model import model_with, open_connection
from summarizer.schema import Document, Evidence, Indicator, Span, Task
from summarizer.settings import Settings, load_settings
from summarizer.source.clean import clean
from summarizer.source.read import read
from summarizer.source.text import TextRange

CHECKOUT = Path(__file__).resolve().parents[2]
ONE_CHUNK = tuple(
    CHECKOUT / "eval" / "fixtures" / name
    for name in (
        "documents/anhui_health_2026.txt",
        "documents/guizhou_health_2026.txt",
        "documents/linchuan_childcare_plan.txt",
        "documents/qingyuan_health_speech.txt",
        "documents/yunling_county_work_report.txt",
        "dev/beishan_stat_bulletin.txt",
        "dev/five_year_plan_table.txt",
        "dev/gaps_and_dashes_readout.txt",
        "dev/nomarker_city_readout.txt",
        "dev/opinions_running_numbers.txt",
    )
)
"""Texts that one question holds: where a longer one is cut depends on its tokens, and those depend on the script."""
FIXTURES = (*ONE_CHUNK, CHECKOUT / "eval" / "fixtures" / "dev" / "lanhe_health_action_plan_long.txt")


def _name(fixture: Path) -> str:
    return fixture.stem


@cache
def _converter() -> Callable[[str], str]:
    whole: Callable[[str], str] = OpenCC("s2t").convert
    return whole


def traditional(text: str) -> str:
    """The text in traditional characters, as long as before: where a phrase changes its length, character by character."""
    converted = _converter()(text)
    return converted if len(converted) == len(text) else "".join(_converter()(c)[:1] or c for c in text)


@cache
def _themes() -> ThemeTable:
    return load_themes(None)


def _written(text: str, folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def _text(path: Path) -> str:
    return read(path).text


def _place(span: Span | None) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


def _places(spans: tuple[Evidence, ...] | tuple[Span, ...]) -> list[tuple[int, int] | None]:
    return [_place(span) for span in spans]


def _decided(item: Task | Indicator) -> dict[str, Any]:
    """Where an item comes from and how a difference of model and rules was settled."""
    differences = item.decision.differences if item.decision else ()
    return {
        "origin": item.origin,
        "confirmed_by": item.confirmed_by,
        "by": item.decision and item.decision.by,
        "differences": [(d.field, simplified(d.model or ""), simplified(d.rules or "")) for d in differences],
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "place": _place(task.evidence),
        "kind": task.kind,
        "ordinal": task.ordinal,
        "marker": (simplified(task.marker or ""), task.marker_status),
        "title": simplified(task.title),
        "themes": task.themes,
        "group": [_place(heading.evidence) for heading in task.group],
        "steps": [_place(step.evidence) for step in task.steps],
        "duties": [
            (
                _places(one.lead_evidence),
                _places(one.support_evidence),
                _place(one.deadline_evidence),
                one.deadline_date,
            )
            for one in (task, *task.steps)
        ],
        **_decided(task),
    }


def _indicator(item: Indicator) -> dict[str, Any]:
    words = {
        field: simplified(getattr(item, field) or "") for field in ("name", "raw", "unit", "period", "base_period")
    }
    readings = ("value", "value_high", "bound", "change", "status", "nature", "base", "themes")
    dates = ("period_start", "period_end", "base_period_start", "base_period_end")
    return {
        "place": _place(item.evidence),
        "name_places": _places(item.name_evidence),
        "period_place": _place(item.period_evidence),
        "base_place": _place(item.base_evidence),
        **words,
        **{field: getattr(item, field) for field in (*readings, *dates)},
        **_decided(item),
    }


def _seen(document: Document) -> dict[str, Any]:
    """All that a reader learns from a document, words in simplified characters; ids and scripts are not compared."""
    return {
        "kind": (document.kind, _places(document.kind_evidence)),
        "facts": (
            document.level,
            document.year,
            document.published,
            document.meeting.date,
            document.declared_task_count,
            simplified(document.region or ""),
            simplified(document.issuer or ""),
            simplified(document.title or ""),
        ),
        "parts": [(_place(part), part.horizon) for part in document.parts],
        "tasks": [_task(task) for task in document.tasks],
        "indicators": [_indicator(item) for item in document.indicators],
        "rejected": [(one.item, one.reason, _place(one.span)) for one in document.rejected],
    }


def _kept(path: Path) -> tuple[list[TextRange], list[str]]:
    """What cleaning keeps, and for what reasons it drops the rest."""
    text = clean(read(path))
    return list(text.kept), [drop.reason for drop in text.dropped]


def _by_rules(path: Path) -> Document:
    return by_rules(analyse(path), _themes()).document


@pytest.mark.parametrize("fixture", sorted((CHECKOUT / "eval" / "fixtures").glob("*/*.txt")), ids=_name)
def test_cleaning_keeps_the_same_in_traditional_characters(fixture: Path, tmp_path: Path) -> None:
    twin = _written(traditional(_text(fixture)), tmp_path, fixture.name)
    assert _kept(twin) == _kept(fixture)


@pytest.mark.parametrize("fixture", FIXTURES, ids=_name)
def test_the_rules_see_the_same_in_traditional_characters(fixture: Path, tmp_path: Path) -> None:
    twin = _written(traditional(_text(fixture)), tmp_path, fixture.name)
    assert _seen(_by_rules(twin)) == _seen(_by_rules(fixture))


@given(st.sampled_from(FIXTURES), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_rules_see_the_same_where_some_lines_are_in_traditional_characters(
    tmp_path_factory: pytest.TempPathFactory, fixture: Path, chance: Any
) -> None:
    lines = _text(fixture).splitlines(keepends=True)
    mixed = "".join(traditional(line) if chance.random() < 0.5 else line for line in lines)
    twin = _written(mixed, tmp_path_factory.mktemp("mixed"), fixture.name)
    assert _seen(_by_rules(twin)) == _seen(_by_rules(fixture))


@dataclass
class _Translated(Asker):
    """Passes requests on and keeps the answers; or, given such a keeper, gives its answers in traditional characters."""

    asker: Asker | None = None
    original: _Translated | None = None
    answers: list[Answer] = field(default_factory=list)

    async def ask(self, request: ChatRequest) -> Answer:
        if self.original is not None:
            answer = self.original.answers[len(self.answers)]
            answer = replace(answer, text=traditional(answer.text or ""))
        else:
            assert self.asker is not None
            answer = await self.asker.ask(request)
        self.answers.append(answer)
        return answer


async def _by_model(path: Path, asker: Asker, name: str, how: Settings) -> Document:
    return (await by_model(analyse(path), _themes(), model_with(asker, name, how))).document


@pytest.mark.parametrize("fixture", ONE_CHUNK, ids=_name)
def test_answers_lead_to_the_same_decisions_in_traditional_characters(fixture: Path, tmp_path: Path) -> None:
    how = load_settings({"method": "replay"}, {}, CHECKOUT)
    twin = _written(traditional(_text(fixture)), tmp_path, fixture.name)

    async def both() -> tuple[Document, Document]:
        async with open_connection(how) as connection:
            assert connection is not None
            kept = _Translated(connection.asker)
            plain = await _by_model(fixture, kept, connection.model, how)
            told = _Translated(original=kept)
            translated = await _by_model(twin, told, connection.model, how)
            assert len(told.answers) == len(kept.answers) > 0
            return plain, translated

    plain, translated = asyncio.run(both())
    assert _seen(translated) == _seen(plain)
