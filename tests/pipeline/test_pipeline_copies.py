"""The same text under two names, in two formats or on two sites counts once; a version with other figures stands in full."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import docx
import pytest

from summarizer.briefing.render import render
from summarizer.briefing.verification import verify
from summarizer.pipeline.corpus import extract_corpus
from summarizer.pipeline.run import Finished, make_briefing
from summarizer.pipeline.session import Session
from summarizer.schema import Document, Problem, ProblemKind
from summarizer.settings import Settings, load_settings
from summarizer.source.read import read

PLAN = (
    "松涛县2034年卫生健康工作要点",
    "一、扩大托育服务。新增普惠托位640个\uff0c每千人口托位数达到5.4个。（县卫生健康局负责）",
    "二、健全急救网络。乡镇急救点覆盖率达到93%以上。（县卫生健康局牵头\uff0c县财政局配合）",
    "三、培养乡村医生。年内培训乡村医生210名。（县卫生健康局负责）",
    "四、推进医保支付改革。2034年底前实现县域内定点机构全覆盖。（县医保局牵头）",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _write(tmp_path / "plan.txt", *PLAN)
    return tmp_path


def _write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _saved_again(path: Path) -> Path:
    """The plan as a Word file."""
    document = docx.Document()
    for line in PLAN:
        document.add_paragraph(line)
    document.save(str(path))
    return path


def _settings(folder: Path) -> Settings:
    return load_settings({"method": "heuristic"}, {}, folder)


def _brief(folder: Path, *files: Path) -> Finished:
    async def run() -> Finished:
        async with Session(_settings(folder)) as session:
            return await make_briefing(files, session)

    return asyncio.run(run())


def _read(path: str) -> Any:
    return read(Path(path), max_bytes=10_000_000)


def _duplicates(finished: Finished) -> list[Problem]:
    return [one for one in finished.briefing.problems if one.kind is ProblemKind.DUPLICATE]


def _ids(documents: tuple[Document, ...]) -> list[str]:
    return [item.id for document in documents for item in document.items]


def test_the_same_file_under_two_names_is_one_document_and_the_second_name_is_told(folder: Path) -> None:
    twin = _write(folder / "plan copy.txt", *PLAN)
    finished = _brief(folder, folder / "plan.txt", twin)
    (document,) = finished.briefing.documents
    assert document.path.endswith("plan.txt")
    (told,) = _duplicates(finished)
    assert (told.details["path"], told.details["of"]) == (str(twin), document.path)
    assert verify(finished.briefing, _read).findings == ()


def test_the_same_text_in_another_format_is_listed_without_items_and_names_the_first(folder: Path) -> None:
    finished = _brief(folder, folder / "plan.txt", _saved_again(folder / "plan.docx"))
    first, copy = finished.briefing.documents
    assert copy.duplicate_of == first.id
    assert (first.duplicate_of, copy.items, len(_duplicates(finished))) == (None, (), 1)
    assert len(first.tasks) == 4
    ids = _ids(finished.briefing.documents)
    assert len(ids) == len(set(ids))
    assert verify(finished.briefing, _read).findings == ()


def test_a_copy_takes_no_part_in_comparison_and_overview(folder: Path) -> None:
    alone = _brief(folder, folder / "plan.txt").briefing
    both = _brief(folder, folder / "plan.txt", _saved_again(folder / "plan.docx")).briefing
    assert (both.comparison, both.overview) == (alone.comparison, alone.overview)


def test_a_version_with_another_figure_is_no_copy(folder: Path) -> None:
    later = _write(folder / "later.txt", *(line.replace("93%", "94%") for line in PLAN))
    finished = _brief(folder, folder / "plan.txt", later)
    assert _duplicates(finished) == []
    assert [len(document.tasks) for document in finished.briefing.documents] == [4, 4]


def test_the_same_plan_for_another_year_is_no_copy(folder: Path) -> None:
    other = _write(folder / "other.txt", *(line.replace("2034", "2035") for line in PLAN))
    assert _duplicates(_brief(folder, folder / "plan.txt", other)) == []


def test_a_document_said_to_be_a_copy_of_another_text_does_not_verify(folder: Path) -> None:
    other = _write(
        folder / "other.txt",
        "河源县2034年水利工作要点",
        "一、整治中小河流。治理河道86公里。",
        "二、加固病险水库。加固水库12座。",
    )
    briefing = _brief(folder, folder / "plan.txt", other).briefing
    first, second = briefing.documents
    said = second.model_copy(update={"duplicate_of": first.id, "tasks": (), "indicators": (), "rejected": ()})
    told = briefing.model_copy(update={"documents": (first, said)})
    assert any("is not that of" in one.message for one in verify(told, _read).findings)


@pytest.mark.parametrize("suffix", [".md", ".html", ".docx", ".xlsx"])
def test_every_format_can_show_a_copy(folder: Path, suffix: str) -> None:
    finished = _brief(folder, folder / "plan.txt", _saved_again(folder / "plan.docx"))
    assert render(finished.briefing, suffix, finished.texts)


def test_markdown_says_of_a_copy_whose_it_is_and_no_more(folder: Path) -> None:
    finished = _brief(folder, folder / "plan.txt", _saved_again(folder / "plan.docx"))
    shown = render(finished.briefing, ".md", finished.texts).decode()
    assert shown.count("### 重点任务") == 1
    assert "内容相同" in shown.rpartition("\n## ")[2]


def test_a_corpus_has_one_line_for_files_of_the_same_bytes(folder: Path) -> None:
    twin = _write(folder / "plan copy.txt", *PLAN)
    target = folder / "corpus.jsonl"
    told: list[Problem] = []

    async def run() -> tuple[int, int, int]:
        async with Session(_settings(folder)) as session:
            counts = await extract_corpus([folder / "plan.txt", twin], target, session, on_duplicate=told.append)
            return counts.written, counts.before, counts.duplicates

    assert asyncio.run(run()) == (1, 0, 1)
    assert asyncio.run(run()) == (0, 1, 1)
    assert len(target.read_text(encoding="utf-8").splitlines()) == 1
    assert [one.details["path"] for one in told] == [str(twin)] * 2
