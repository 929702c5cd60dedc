"""Files that commands write: looked at before any work, whole or not there, never over an input."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from summarizer.cli.outputs import check_targets, write_whole
from summarizer.errors import UsageError


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.md"
    path.write_text("一是强化基层\u3002", encoding="utf-8")
    return path


def test_a_target_in_a_new_folder_is_fine_and_makes_nothing_yet(tmp_path: Path, source: Path) -> None:
    check_targets([tmp_path / "new/deep/b.md"], [source])
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("by", ["name", "other way", "symbolic link", "hard link"])
def test_an_input_is_never_written_over(tmp_path: Path, source: Path, by: str) -> None:
    target = {"name": source, "other way": tmp_path / "x" / ".." / "report.md"}.get(by, tmp_path / "alias.md")
    (tmp_path / "x").mkdir()
    if by == "symbolic link":
        target.symlink_to(source)
    elif by == "hard link":
        target.hardlink_to(source)
    with pytest.raises(UsageError, match="is one of the files to read"):
        check_targets([target], [source])


def test_two_names_of_one_target_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="named twice"):
        check_targets([tmp_path / "b.md", tmp_path / "x" / ".." / "b.md"], [])


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        check_targets([tmp_path], [])


def test_a_place_under_a_file_is_refused(source: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written in"):
        check_targets([source / "b.md"], [])


def test_files_are_written_all_or_none(tmp_path: Path, source: Path) -> None:
    first = tmp_path / "first.md"
    first.write_bytes(b"before")
    with pytest.raises(UsageError, match=r"second\.md: cannot be written"):
        write_whole({first: b"after", source / "second.md": b"after"})
    assert first.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.md", "report.md"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_replaced_file_keeps_its_permissions_and_a_link_its_place(tmp_path: Path) -> None:
    real, link = tmp_path / "real.md", tmp_path / "link.md"
    real.write_bytes(b"before")
    real.chmod(0o640)
    link.symlink_to(real)
    write_whole({link: b"after"})
    assert link.is_symlink()
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"after", 0o640)
