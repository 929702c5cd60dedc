"""What a user names becomes a stream of texts; nothing is passed over in silence."""

from __future__ import annotations

import io
import json
import os
import tarfile
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from office_files import make_zip

from summarizer.errors import SourceError, UsageError
from summarizer.source import ocr
from summarizer.source.byte_source import ByteSource, PassedOver
from summarizer.source.inputs import Entry, Expansion, find_named
from summarizer.source.read import read

_TEXT = "一、建设托位900个。\n"


def _expand(*inputs: str | Path, stdin: bytes = b"", max_bytes: int = 1_000_000) -> list[Entry]:
    return list(Expansion(max_bytes, stdin=lambda: io.BytesIO(stdin))([str(one) for one in inputs]))


def _names(entries: list[Entry], folder: Path) -> list[str]:
    return [str(entry).removeprefix(f"{folder}/") for entry in entries if isinstance(entry, ByteSource)]


def _reasons(entries: list[Entry], folder: Path) -> dict[str, str]:
    return {
        entry.path.removeprefix(f"{folder}/"): entry.reason for entry in entries if not isinstance(entry, ByteSource)
    }


def _write(folder: Path, name: str, data: str | bytes = _TEXT) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.fixture(autouse=True)
def _without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


def test_folders_are_searched_through_in_order_and_each_file_is_taken_once(tmp_path: Path) -> None:
    one = _write(tmp_path, "b/one.txt")
    _write(tmp_path, "a/two.HTML", "<html><p>x</p></html>")
    assert _names(_expand(tmp_path, one), tmp_path) == ["a/two.HTML", "b/one.txt"]


def test_a_folder_names_what_it_passes_over(tmp_path: Path) -> None:
    for name in (".git/config", "~$plan.docx", "film.mp4", "README", "scan.png", "page.html", "page_files/x.js"):
        _write(tmp_path, name, "<html><p>x</p></html>")
    (tmp_path / "elsewhere").symlink_to("/")
    os.mkfifo(tmp_path / "pipe.txt")
    entries = _expand(tmp_path)
    assert _names(entries, tmp_path) == ["page.html"]
    reasons = _reasons(entries, tmp_path)
    assert set(reasons) == {
        ".git",
        "~$plan.docx",
        "film.mp4",
        "README",
        "scan.png",
        "page_files",
        "elsewhere",
        "pipe.txt",
    }
    assert "no kind that is read (.mp4)" in reasons["film.mp4"]
    assert ocr.INSTALL in reasons["scan.png"]
    assert "saved page" in reasons["page_files"]
    assert "link" in reasons["elsewhere"]
    assert "pipe" in reasons["pipe.txt"]


def test_a_folder_without_a_text_is_an_error_of_its_own(tmp_path: Path) -> None:
    _write(tmp_path, "empty/film.mp4")
    _write(tmp_path, "full/a.txt")
    entries = _expand(tmp_path / "empty", tmp_path / "full")
    assert _names(entries, tmp_path) == ["full/a.txt"]
    assert "no file to read" in _reasons(entries, tmp_path)["empty"]


@pytest.mark.parametrize("name", ["missing.txt", "missing/*.txt", "@missing.list"])
def test_a_name_without_anything_is_a_usage_error_before_any_file_is_read(tmp_path: Path, name: str) -> None:
    _write(tmp_path, "a.txt")
    with pytest.raises(UsageError, match="missing"):
        Expansion(1000)([str(tmp_path / "a.txt"), name])


def test_globs_and_lists_name_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("in/b.txt", "in/a.txt", "in/deep/c.txt"):
        _write(tmp_path, name)
    _write(tmp_path, "in/files.list", "# the texts\n\na.txt\ndeep/c.txt\n")
    monkeypatch.chdir(tmp_path)
    assert _names(_expand("in/*.txt"), tmp_path) == ["in/a.txt", "in/b.txt"]
    assert _names(_expand("in/**/*.txt"), tmp_path) == ["in/a.txt", "in/b.txt", "in/deep/c.txt"]
    assert _names(_expand("@in/files.list"), tmp_path) == ["in/a.txt", "in/deep/c.txt"]


def test_a_list_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    path = _write(tmp_path, "files.list", "# one\nnowhere.txt\n")
    with pytest.raises(UsageError, match=r"line 2.*nowhere"):
        _expand(f"@{path}")


def test_stdin_is_a_text_by_its_content() -> None:
    (entry,) = _expand("-", stdin=_TEXT.encode())
    assert isinstance(entry, ByteSource)
    assert read(entry).text == _TEXT
    (entry,) = _expand("-", stdin=b"<html><body><p>" + _TEXT.encode() + b"</p></body></html>")
    assert isinstance(entry, ByteSource)
    assert read(entry).media_type == "text/html"


def test_a_name_that_is_no_text_is_escaped_and_found_again(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xb1\xa8.txt")).write_text(_TEXT, encoding="utf-8")
    (entry,) = _expand(tmp_path)
    assert str(entry) == f"{tmp_path}/\\xb1\\xa8.txt"
    assert read(find_named(str(entry), [Path()], 1000)).text == _TEXT


def test_a_zip_gives_its_entries_under_its_name_and_is_found_again(tmp_path: Path) -> None:
    path = _write(tmp_path, "包.zip", make_zip({"工作/报告.txt": _TEXT, "film.mp4": "x", "__MACOSX/._a.txt": "x"}))
    entries = _expand(path)
    assert _names(entries, tmp_path) == ["包.zip/工作/报告.txt"]
    assert set(_reasons(entries, tmp_path)) == {"包.zip/film.mp4", "包.zip/__MACOSX/._a.txt"}
    assert read(find_named("包.zip/工作/报告.txt", [tmp_path], 1000)).text == _TEXT
    (one,) = _expand(path / "工作" / "报告.txt")
    assert isinstance(one, ByteSource)
    assert one.load(1000).decode() == _TEXT


def test_names_of_a_zip_in_the_chinese_code_page_are_read(tmp_path: Path) -> None:
    data = make_zip({"QQQQ.txt": _TEXT}).replace(b"QQQQ", "报告".encode("gb18030"))
    entries = _expand(_write(tmp_path, "old.zip", data))
    assert _names(entries, tmp_path) == ["old.zip/报告.txt"]
    assert isinstance(entries[0], ByteSource)
    assert entries[0].load(1000).decode() == _TEXT


def test_what_leads_out_of_an_archive_is_passed_over(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("../up.txt", "/abs.txt", "C:\\drive.txt", "a/../../b.txt", "good.txt"):
            archive.writestr(name, _TEXT)
        archive.writestr(link, "/etc/passwd")
    entries = _expand(_write(tmp_path, "a.zip", out.getvalue()))
    assert _names(entries, tmp_path) == ["a.zip/good.txt"]
    assert len(_reasons(entries, tmp_path)) == 5


def test_an_encrypted_entry_costs_itself_only(tmp_path: Path) -> None:
    data = bytearray(make_zip({"locked.txt": _TEXT, "open.txt": _TEXT}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    entries = _expand(_write(tmp_path, "a.zip", bytes(data)))
    assert _names(entries, tmp_path) == ["a.zip/open.txt"]
    assert "password" in _reasons(entries, tmp_path)["a.zip/locked.txt"]


def test_archives_inside_archives_end(tmp_path: Path) -> None:
    data = make_zip({"text.txt": _TEXT})
    for _ in range(5):
        data = make_zip({"inner.zip": data})
    entries = _expand(_write(tmp_path, "a.zip", data))
    assert _names(entries, tmp_path) == []
    assert "an archive inside 3 others" in _reasons(entries, tmp_path)["a.zip" + "/inner.zip" * 3]
    twice = make_zip({"inner.zip": make_zip({"text.txt": _TEXT})})
    assert _names(_expand(_write(tmp_path, "b.zip", twice)), tmp_path) == ["b.zip/inner.zip/text.txt"]


def test_a_bomb_is_stopped_before_it_is_unpacked(tmp_path: Path) -> None:
    data = make_zip({"good.txt": _TEXT, **{f"{number}.txt": b"0" * 900_000 for number in range(20)}})
    entries = _expand(_write(tmp_path, "bomb.zip", data))
    assert "unpacks to more than" in _reasons(entries, tmp_path)["bomb.zip"]
    assert "bomb.zip/good.txt" in _names(entries, tmp_path)


def test_an_entry_over_the_limit_is_that_entrys_error(tmp_path: Path) -> None:
    entries = _expand(_write(tmp_path, "a.zip", make_zip({"big.txt": b"x" * 5000})), max_bytes=1000)
    assert isinstance(entries[0], ByteSource)
    with pytest.raises(SourceError, match=r"a\.zip/big\.txt.*limit"):
        entries[0].load(1000)


def _tar(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "mode"), [("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar", "w"), ("a.tar.xz", "w:xz")]
)
def test_a_tar_gives_its_files_and_names_its_links(tmp_path: Path, name: str, mode: str) -> None:
    entries = _expand(_write(tmp_path, name, _tar({"工作/报告.txt": _TEXT.encode(), "../up.txt": b"x"}, mode)))
    assert _names(entries, tmp_path) == [f"{name}/工作/报告.txt"]
    assert set(_reasons(entries, tmp_path)) == {f"{name}/../up.txt", f"{name}/link.txt"}
    assert read(find_named(f"{name}/工作/报告.txt", [tmp_path], 10_000)).text == _TEXT


def test_a_cut_archive_gives_what_stands_before_the_cut(tmp_path: Path) -> None:
    whole = _tar({"a.txt": _TEXT.encode(), "b.txt": os.urandom(50_000)}, "w")
    entries = _expand(_write(tmp_path, "cut.tar", whole[:20_000]))
    assert _names(entries, tmp_path) == ["cut.tar/a.txt"]
    assert any("damaged" in reason for reason in _reasons(entries, tmp_path).values())


def test_lines_of_json_are_texts_by_their_place(tmp_path: Path) -> None:
    lines = [
        json.dumps({"title": "2033年计划", "text": _TEXT}, ensure_ascii=False),
        "",
        json.dumps({"id": 3}),
        "no json",
        json.dumps({"content": "<div><p>二、改造病房。</p></div>"}, ensure_ascii=False),
    ]
    path = _write(tmp_path, "texts.jsonl", "\n".join(lines))
    entries = _expand(path)
    assert _names(entries, tmp_path) == ["texts.jsonl#1", "texts.jsonl#5"]
    assert set(_reasons(entries, tmp_path)) == {"texts.jsonl#3", "texts.jsonl#4"}
    first, second = (entry for entry in entries if isinstance(entry, ByteSource))
    assert read(first).text == f"2033年计划\n{_TEXT}"
    assert read(second).text.strip() == "二、改造病房。"
    assert read(find_named("texts.jsonl#5", [tmp_path], 1000)).sha256 == read(second).sha256


def test_records_inside_json_are_texts_and_a_briefing_is_none(tmp_path: Path) -> None:
    _write(
        tmp_path, "a.json", json.dumps({"data": [{"name": "方案", "content": _TEXT}, {"content": "二、改造病房。"}]})
    )
    _write(tmp_path, "b.json", json.dumps({"schema_version": "1", "documents": []}))
    _write(tmp_path, "c.json", json.dumps({"width": 3}))
    entries = _expand(tmp_path)
    assert _names(entries, tmp_path) == ["a.json#1", "a.json#2"]
    reasons = _reasons(entries, tmp_path)
    assert "a briefing" in reasons["b.json"]
    assert "without a field of text" in reasons["c.json"]


def test_a_table_with_a_text_in_each_row_is_so_many_texts(tmp_path: Path) -> None:
    long = "一、建设托位。" * 60
    _write(tmp_path, "texts.csv", f"Policy,Text\n计划,{long}\n方案,{long}\n意见,{long}\n")
    _write(tmp_path, "duties.csv", f"序号,重点任务,责任单位\n1,{long},教育局\n2,{long},民政局\n")
    assert _names(_expand(tmp_path), tmp_path) == ["duties.csv", "texts.csv#2", "texts.csv#3", "texts.csv#4"]


def test_a_letter_gives_itself_and_its_attachments(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.cn", "清单"
    message.set_content(_TEXT)
    message.add_attachment(_TEXT.encode(), maintype="text", subtype="plain", filename="附件.txt")
    message.add_attachment(b"x", maintype="video", subtype="mp4", filename="film.mp4")
    entries = _expand(_write(tmp_path, "a.eml", bytes(message)))
    assert _names(entries, tmp_path) == ["a.eml", "a.eml/附件.txt"]
    assert set(_reasons(entries, tmp_path)) == {"a.eml/film.mp4"}


def test_a_file_named_outright_is_read_whatever_its_name(tmp_path: Path) -> None:
    (entry,) = _expand(_write(tmp_path, "report"))
    assert isinstance(entry, ByteSource)
    assert read(entry).text == _TEXT


def test_a_picture_without_the_extra_names_the_command(tmp_path: Path) -> None:
    (entry,) = _expand(_write(tmp_path, "scan.png", b"\x89PNG\r\n\x1a\n"))
    assert isinstance(entry, ByteSource)
    with pytest.raises(SourceError, match=r"pip install 'summarizer\[ocr\]'"):
        read(entry)


def test_passed_over_and_errors_tell_apart() -> None:
    assert PassedOver("a", "b") != SourceError("a", "b")
