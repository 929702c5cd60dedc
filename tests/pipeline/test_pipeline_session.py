"""The session: what chunk shows is what is asked, documents in the order of their files, everything by one set of limits."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from extract_samples import READOUT, Sorted, answered, truth

from summarizer.errors import SourceError, UsageError
from summarizer.exchange import Answer, Outcome
from summarizer.pipeline.corpus import extract_corpus
from summarizer.pipeline.plan import plan_requests
from summarizer.pipeline.session import Session
from summarizer.settings import Settings, load_settings

LONG = READOUT + "".join(
    f"{marker}是推进第{marker}项工作\uff0c新增床位{number}00张\uff0c健全工作机制\uff0c压实各方责任\u3002\n"
    for number, marker in enumerate("四五六七八九", 4)
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    found = []
    for name, place in (("a", "云溪"), ("b", "临川"), ("c", "定河")):
        path = tmp_path / f"{name}.txt"
        path.write_text(LONG.replace("云溪", place), encoding="utf-8", newline="")
        found.append(path)
    return found


def _settings(folder: Path, **flags: Any) -> Settings:
    return load_settings(flags, {}, folder)


def _documents(session: Session, files: list[Path]) -> list[Any]:
    async def run() -> list[Any]:
        async with session:
            return [result async for _, result in session.documents(files)]

    return asyncio.run(run())


@pytest.mark.parametrize("tokens", [150, 300, 5000])
def test_the_cut_that_is_shown_is_the_cut_that_is_asked(files: list[Path], tmp_path: Path, tokens: int) -> None:
    asker = Sorted(lambda request: Answer(Outcome.EMPTY))
    session = Session(_settings(tmp_path, chunk_tokens=tokens), asker=asker)
    shown = session.cut(session.analyse(files[0])).chunks
    _documents(session, files[:1])
    assert len(asker.requests) == len(shown)
    assert all(chunk.text in request.messages[-1].content for chunk, request in zip(shown, asker.requests, strict=True))


@pytest.mark.parametrize("workers", [0, 2])
def test_documents_come_in_the_order_of_their_files_and_do_not_mix(
    files: list[Path], tmp_path: Path, workers: int
) -> None:
    session = Session(_settings(tmp_path, workers=workers), asker=Sorted(lambda request: answered(truth())))
    results = _documents(session, files)
    assert [result.document.path for result in results] == [str(path) for path in files]
    for path, result in zip(files, results, strict=True):
        text = path.read_text(encoding="utf-8")
        assert result.by_model
        assert all(item.id.startswith(result.document.id) for item in result.document.items)
        assert all(text[i.evidence.start : i.evidence.end] == i.evidence.quote for i in result.document.items)


def test_processes_and_threads_make_the_same_documents(files: list[Path], tmp_path: Path) -> None:
    made = [_documents(Session(_settings(tmp_path, method="heuristic", workers=n)), files) for n in (0, 2)]
    assert [one.document for one in made[0]] == [one.document for one in made[1]]


def test_the_size_limit_is_the_settings_own(files: list[Path], tmp_path: Path) -> None:
    session = Session(_settings(tmp_path, method="heuristic", max_file_size=100))
    (error, *_) = _documents(session, files)
    assert isinstance(error, SourceError)
    assert "raise max_file_size" in error.reason
    with pytest.raises(SourceError, match="the limit of 100"):
        session.analyse(files[0])


def test_a_name_without_a_file_is_refused_before_any_file_is_read(files: list[Path], tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere\.txt: no such file"):
        Session(_settings(tmp_path)).sources([*files, tmp_path / "nowhere.txt"], lambda one: None)


def test_a_plan_names_the_questions_in_the_order_of_the_files(files: list[Path], tmp_path: Path) -> None:
    settings = _settings(tmp_path, chunk_tokens=300)
    session = Session(settings)
    shown = [chunk.text for path in files for chunk in session.cut(session.analyse(path)).chunks]
    planned = list(plan_requests(files, session, lambda error: None))
    assert len(planned) == len(shown)
    assert all(text in request.messages[-1].content for text, request in zip(shown, planned, strict=True))


def test_by_the_rules_nothing_is_planned(files: list[Path], tmp_path: Path) -> None:
    assert list(plan_requests(files, Session(_settings(tmp_path, method="heuristic")), lambda error: None)) == []


def test_a_corpus_is_told_of_every_file_as_it_comes(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    told = []
    session = Session(_settings(tmp_path, method="heuristic"))

    async def run() -> Any:
        async with session:
            return await extract_corpus(
                [files[0], tmp_path / "empty.txt", files[1]],
                tmp_path / "out.jsonl",
                session,
                progress=lambda path, result, spent: told.append((path.name, isinstance(result, SourceError))),
            )

    counts = asyncio.run(run())
    assert told == [("a.txt", False), ("empty.txt", True), ("b.txt", False)]
    assert (counts.written, counts.unreadable) == (2, 1)
