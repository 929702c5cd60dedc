"""``summarizer batch``: from requests to files, and from answers to the stores."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from summarizer.cli.batch import register
from summarizer.errors import SummarizerError, UsageError
from summarizer.exchange import ChatRequest, Message
from summarizer.recordings.batch import write_batch
from summarizer.recordings.files import FileStore
from summarizer.recordings.key import key_of
from summarizer.recordings.local import LocalStore

app = typer.Typer()
register(app)

REQUESTS = [
    ChatRequest("model-a", (Message("user", f"第{n}段:完善分级诊疗。"),), {"temperature": 0.0}) for n in (1, 2, 3)
]
KEYS = [key_of(request) for request in REQUESTS]
SECRET = "sk-" + "never-to-be-shown-1234"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An export of three requests; the stores lie beside it."""
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    write_batch(REQUESTS, LocalStore(tmp_path / "cache" / "local"), tmp_path / "batch")
    return tmp_path / "batch"


def run(*given: object) -> Result:
    return CliRunner().invoke(app, ["batch", *map(str, given)])


def answers(path: Path, *keys: str) -> Path:
    path.write_text("".join(json.dumps({"custom_id": key, "content": "[]"}) + "\n" for key in keys))
    return path


def test_export_writes_what_has_no_answer_and_the_answers_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "2026年工作安排\n一、推进分级诊疗。力争到2027年县域内就诊率达到90%。\n二、加强基层能力建设。\n" * 3
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    result = run("export", "a.txt", "-o", "batch", "--json")
    assert result.exit_code == 0, result.output
    written = json.loads(result.stdout)["written"]
    assert written > 0
    lines = [json.loads(line) for line in (tmp_path / "batch" / "requests-0001.jsonl").read_text().splitlines()]
    assert len(lines) == written
    done = answers(tmp_path / "batch" / "answers.jsonl", *(line["custom_id"] for line in lines))
    assert run("import", done).exit_code == 0
    first = {line["custom_id"] for line in lines}
    assert run("export", "a.txt", "-o", "batch").exit_code == 0
    files = (tmp_path / "batch").glob("requests-*")
    again = {json.loads(line)["custom_id"] for path in files for line in path.read_text().splitlines()}
    assert again.isdisjoint(first)


def test_import_finds_the_requests_beside_the_answers(folder: Path, tmp_path: Path) -> None:
    result = run("import", answers(folder / "mine.jsonl", *KEYS), "--provenance", "answered offline")
    assert result.exit_code == 0
    assert "recorded 3" in result.stdout
    kept = LocalStore(tmp_path / "cache" / "local").load(KEYS[0])
    assert kept is not None
    assert (kept.request, kept.provenance.how) == (REQUESTS[0], "answered offline")


def test_import_into_recordings_writes_files(folder: Path, tmp_path: Path) -> None:
    elsewhere = answers(tmp_path / "mine.jsonl", *KEYS)
    assert isinstance(run("import", elsewhere).exception, UsageError)
    given = ("import", elsewhere, "--requests", folder / "requests-0001.jsonl", "--into", "recordings")
    assert run(*given).exit_code == 0
    assert {one.key for one in FileStore(tmp_path / "cache" / "recordings").recordings()} == set(KEYS)


def test_import_ends_with_3_and_tells_what_is_missing_and_unreadable(folder: Path) -> None:
    path = answers(folder / "mine.jsonl", KEYS[0], "0" * 64)
    result = run("import", path, "--json")
    assert result.exit_code == 3
    report = json.loads(result.stdout)
    assert report["missing"] == KEYS[1:]
    assert (report["unreadable"][0]["file"], report["unreadable"][0]["line"]) == ("mine.jsonl", 2)
    assert "mine.jsonl:2: its custom_id is in no request file" in run("import", path).stdout


@pytest.mark.parametrize("command", ["export", "import", "submit", "status", "fetch"])
def test_every_command_has_an_example(command: str) -> None:
    assert f"Example: summarizer batch {command}" in " ".join(run(command, "--help").stdout.split())


@pytest.mark.parametrize("command", ["submit", "status", "fetch"])
def test_live_commands_need_an_endpoint(folder: Path, command: str) -> None:
    error = run(command, folder).exception
    assert isinstance(error, UsageError)
    assert "OPENAI_API_KEY" in str(error)


class _Endpoint(BaseHTTPRequestHandler):
    """Files and batches, as far as the commands need them. The server object carries the state."""

    server: Any

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append(self.path)
        if self.headers["Authorization"] != f"Bearer {SECRET}":
            self._send({"error": {"message": f"wrong key {self.headers['Authorization']}"}}, 401)
        elif self.path.endswith("/files"):
            self.server.uploaded = body
            self._send(
                {"id": "file-in", "object": "file", "filename": "r", "bytes": 1, "created_at": 1, "purpose": "batch"}
            )
        else:
            self._send(self._batch())

    def do_GET(self) -> None:
        self.server.calls.append(self.path)
        if self.path.endswith("/content"):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.server.contents[self.path.split("/")[-2]])
        else:
            self._send(self._batch())

    def _batch(self) -> dict[str, Any]:
        ended = self.server.status == "completed"
        return {
            "id": "batch_1",
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "created_at": 1,
            "input_file_id": "file-in",
            "status": self.server.status,
            "output_file_id": "file-out" if ended else None,
            "error_file_id": "file-err" if ended else None,
            "request_counts": {"total": 3, "completed": 2 if ended else 0, "failed": 1 if ended else 0},
        }

    def _send(self, value: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint)
    server.calls, server.status, server.contents = [], "in_progress", {}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.server_port}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def completed(server: Any) -> None:
    """Let the batch end: two answers and a failure."""
    body = {"choices": [{"finish_reason": "stop", "message": {"content": "[]"}}], "usage": {"prompt_tokens": 7}}
    done = [{"custom_id": key, "response": {"status_code": 200, "body": body}, "error": None} for key in KEYS[:2]]
    failed = {"custom_id": KEYS[2], "response": None, "error": {"code": "batch_expired", "message": "not in time"}}
    server.contents = {
        "file-out": "".join(json.dumps(line) + "\n" for line in done).encode(),
        "file-err": json.dumps(failed).encode(),
    }
    server.status = "completed"


def test_a_batch_is_submitted_once_watched_and_fetched_into_the_store(
    endpoint: Any, folder: Path, tmp_path: Path
) -> None:
    assert run("submit", folder).exit_code == 0
    assert (folder / "requests-0001.jsonl").read_bytes() in endpoint.uploaded
    assert isinstance(run("submit", folder).exception, UsageError), "a second submission would be paid for again"
    assert "batch_1  in_progress  0 of 3" in run("status", folder).stdout
    early = run("fetch", folder)
    assert (early.exit_code, "in_progress" in early.stdout) == (3, True)
    completed(endpoint)
    fetched = run("fetch", folder)
    assert fetched.exit_code == 3, "one answer is missing"
    assert "recorded 2" in fetched.stdout
    assert "not in time" in fetched.stdout
    store = LocalStore(tmp_path / "cache" / "local")
    assert [store.get(key) is not None for key in KEYS] == [True, True, False]
    assert [path for path in endpoint.calls if path.endswith("/batches")] == ["/v1/batches"]


def test_a_folder_whose_batch_is_under_way_takes_no_export(endpoint: Any, folder: Path, tmp_path: Path) -> None:
    run("submit", folder)
    (tmp_path / "a.txt").write_text("一、推进分级诊疗。", encoding="utf-8")
    assert isinstance(run("export", "a.txt", "-o", folder).exception, UsageError)
    assert (folder / "requests-0001.jsonl").exists()
    completed(endpoint)
    run("fetch", folder)
    assert run("export", "a.txt", "-o", folder).exit_code == 0


def test_the_key_is_in_no_error_and_in_no_file(
    endpoint: Any, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = SECRET + "-wrong"
    monkeypatch.setenv("OPENAI_API_KEY", wrong)
    refused = run("submit", folder)
    assert isinstance(refused.exception, SummarizerError)
    assert "401" in str(refused.exception)
    assert wrong not in str(refused.exception)
    monkeypatch.setenv("OPENAI_API_KEY", SECRET)
    run("submit", folder)
    completed(endpoint)
    run("fetch", folder)
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_export_to_a_file_name_writes_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "readout.txt").write_text(
        "会议要求\uff0c抓好以下工作\u3002一是强基层\u3002二是建高地\u3002", encoding="utf-8"
    )
    result = CliRunner().invoke(app, ["batch", "export", "readout.txt", "-o", "ask.jsonl"])
    assert result.exit_code == 0
    assert [path.name for path in tmp_path.glob("*.jsonl")] == ["ask.jsonl"]
