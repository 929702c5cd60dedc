"""Inputs of every kind through the commands: what was passed over is said, what is nowhere else is kept for verify."""

from __future__ import annotations

import functools
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from summarizer.cli.app import app
from summarizer.cli.exits import Exit

_TEXT = (
    "云州市2033年卫生健康工作要点\n重点抓好以下工作：\n一、建设托位。新增普惠托位900个。\n"
    "二、完善急救。急救点覆盖率达到95%以上。\n三、改造病房。改造病房120间。\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "plan.txt").write_text(_TEXT, encoding="utf-8")
    (tmp_path / "in" / "film.mp4").write_bytes(b"x")
    with zipfile.ZipFile(tmp_path / "in" / "more.zip", "w") as archive:
        archive.writestr("report.txt", _TEXT.replace("900", "800"))
        archive.writestr("film.avi", b"x")
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder / "in")))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/plan.txt"
    server.shutdown()
    server.server_close()
    thread.join()


def _run(*words: str, given: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words), input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stderr


def test_a_folder_names_what_it_passed_over_on_stderr_and_in_the_briefing(folder: Path) -> None:
    code, said = _run("brief", "in", "--method", "heuristic", "-o", "out/b.json", "-o", "out/b.md")
    assert code == Exit.DONE
    assert "in/film.mp4: passed over, no kind that is read (.mp4)" in said
    assert "in/more.zip/film.avi: passed over" in said
    briefing = json.loads((folder / "out/b.json").read_text(encoding="utf-8"))
    assert [document["path"] for document in briefing["documents"]] == ["in/more.zip/report.txt", "in/plan.txt"]
    passed = [one["details"] for one in briefing["problems"] if one["kind"] == "passed_over"]
    assert [one["path"] for one in passed] == ["in/film.mp4", "in/more.zip/film.avi"]
    assert all(one["reason"] for one in passed)
    assert "未读取的文件：in/film.mp4" in (folder / "out/b.md").read_text(encoding="utf-8")
    assert _run("verify", "out/b.json")[0] == Exit.DONE


def test_what_was_fetched_and_read_from_stdin_is_kept_for_verify(folder: Path, address: str) -> None:
    words = ["brief", address, "-", "--allow-private-addresses", "--method", "heuristic", "-o", "out/b.json"]
    code, _ = _run(*words, given=_TEXT.replace("900", "700"))
    assert code == Exit.DONE
    briefing = json.loads((folder / "out/b.json").read_text(encoding="utf-8"))
    assert [document["path"] for document in briefing["documents"]] == [address, "stdin"]
    assert len(list((folder / "out/b.sources").iterdir())) == 2
    assert _run("verify", "out/b.json")[0] == Exit.DONE
    kept = folder / "out/b.sources" / f"{briefing['documents'][0]['id']}.txt"
    kept.write_text("x", encoding="utf-8")
    assert _run("verify", "out/b.json")[0] == Exit.GATE


def test_a_private_address_is_an_unreadable_input_without_the_flag(folder: Path, address: str) -> None:
    code, said = _run("brief", address, "in/plan.txt", "--method", "heuristic", "-o", "b.json")
    assert code == Exit.PARTIAL
    assert "--allow-private-addresses" in said


def test_nothing_to_read_is_a_usage_error(folder: Path) -> None:
    (folder / "only").mkdir()
    (folder / "only" / "film.mp4").write_bytes(b"x")
    assert _run("brief", "only", "--method", "heuristic")[0] == Exit.USAGE


def test_extracted_lines_make_the_briefing_of_their_documents(folder: Path) -> None:
    code, said = _run("extract", "in", "--method", "heuristic", "-o", "corpus.jsonl")
    assert code == Exit.DONE
    assert "2 passed_over" in said
    assert _run("brief", "in", "--method", "heuristic", "-o", "direct.json")[0] == Exit.DONE
    assert _run("brief", "corpus.jsonl", "--method", "heuristic", "-o", "taken.json")[0] == Exit.DONE
    direct, taken = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("direct.json", "taken.json"))
    assert taken["documents"] == direct["documents"]
    assert taken["comparison"] == direct["comparison"]


def test_an_extracted_line_whose_text_changed_is_an_error_of_its_own(folder: Path) -> None:
    _run("extract", "in/plan.txt", "in/more.zip", "--method", "heuristic", "-o", "corpus.jsonl")
    (folder / "in" / "plan.txt").write_text(_TEXT + "四、增补。\n", encoding="utf-8")
    code, said = _run("brief", "corpus.jsonl", "--method", "heuristic", "-o", "b.json")
    assert code == Exit.PARTIAL
    assert "was changed since it was extracted" in said


def test_clean_takes_one_text_of_an_archive_and_asks_which_of_several(folder: Path) -> None:
    with zipfile.ZipFile(folder / "in" / "more.zip", "a") as archive:
        archive.writestr("second.txt", _TEXT)
    result = CliRunner().invoke(app, ["clean", "in/more.zip/report.txt", "--text"])
    assert result.exit_code == 0
    assert "普惠托位800个" in result.stdout
    result = CliRunner().invoke(app, ["clean", "in/more.zip", "--text"])
    assert "holds several texts" in str(result.exception)


def test_the_first_of_many_passed_over_are_named_and_the_rest_counted(folder: Path) -> None:
    for number in range(30):
        (folder / "in" / f"{number}.dat").write_bytes(b"x")
    _, said = _run("brief", "in", "--method", "heuristic", "-o", "b.json")
    assert said.count(": passed over") == 20
    assert "12 more passed over" in said
    assert len(json.loads((folder / "b.json").read_text(encoding="utf-8"))["problems"]) == 32


def test_items_of_a_scan_carry_the_engines_confidence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    from summarizer.source import ocr

    def line(number: int, text: str) -> dict[str, object]:
        sure = [
            (character, 0.5 if character == "9" else 0.98, 100 + 20 * place) for place, character in enumerate(text)
        ]
        return {
            "box": [100, 100 + 40 * number, 100 + 20 * len(text), 120 + 40 * number],
            "slope": 0.0,
            "characters": sure,
        }

    class Told:
        def ask(self, picture: bytes) -> list[dict[str, object]]:
            return [line(number, text) for number, text in enumerate(_TEXT.splitlines())]

    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "_WORKER", Told())
    out = io.BytesIO()
    Image.new("L", (200, 200), 255).save(out, "PNG")
    (folder / "scan.png").write_bytes(out.getvalue())
    code, _ = _run("brief", "scan.png", "--method", "heuristic", "-o", "b.json", "--workers", "0")
    assert code == Exit.DONE
    (document,) = json.loads((folder / "b.json").read_text(encoding="utf-8"))["documents"]
    assert {"scanned", "uncertain_text"} <= {flag["flag"] for flag in document["quality"]}
    by_name = {item["raw"]: item["confidence"] for item in document["indicators"]}
    assert by_name["900个"] == 0.5
    assert by_name["120间"] == 0.98
    assert all(task["confidence"] is not None for task in document["tasks"])


def test_what_the_engine_read_from_a_picture_verifies(folder: Path) -> None:
    picture = Path(__file__).parents[1] / "source" / "files" / "printed.png"
    (folder / "scan.png").write_bytes(picture.read_bytes())
    assert _run("brief", "scan.png", "--method", "heuristic", "-o", "b.json", "--workers", "0")[0] == Exit.DONE
    (document,) = json.loads((folder / "b.json").read_text(encoding="utf-8"))["documents"]
    assert "scanned" in {flag["flag"] for flag in document["quality"]}
    assert _run("verify", "b.json")[0] == Exit.DONE
