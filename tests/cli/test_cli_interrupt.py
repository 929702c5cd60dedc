"""Ctrl-C in a run with worker processes: it ends with 130, what is written stays, no process is left, the next run goes on."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from server import Reply, completion
from server.running import serving

ANSWER = json.dumps({"tasks": [], "indicators": [], "instructions_in_text": []})
PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from summarizer.cli import main; main()"
)
"""A test run in the background is started with Ctrl-C ignored, and passes that on."""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the processes in /proc")
def test_an_interrupted_extract_keeps_its_lines_and_the_next_run_goes_on(tmp_path: Path) -> None:
    for number in range(12):
        text = f"云溪市第{number}次会议召开\u3002会议要求做好工作\u3002\n"
        (tmp_path / f"{number:02}.txt").write_text(text, encoding="utf-8")
    stuck = threading.Event()
    healthy = threading.Event()

    def script(number: int, body: dict[str, Any]) -> Reply:
        if healthy.is_set() or "第0次" in body["messages"][-1]["content"]:
            return completion(ANSWER)
        stuck.set()
        return Reply(hang=True)

    with serving(script) as server:
        command = ["extract", str(tmp_path), "-o", "out.jsonl", "--base-url", server.base_url, "--model", "m"]
        command += ["--workers", "2"]
        out = tmp_path / "out.jsonl"
        begun = [sys.executable, "-c", PROGRAM, *command]
        with subprocess.Popen(begun, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            stuck.wait()
            while not out.exists() or not out.read_text(encoding="utf-8"):
                assert process.poll() is None
            workers = _children(process.pid)
            process.send_signal(signal.SIGINT)
            said = process.stderr.read()
            assert process.wait() == 130, said
        assert "interrupted; the same command goes on after the documents in out.jsonl" in said
        assert "Traceback" not in said
        assert len(workers) == 2
        assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]
        assert len(out.read_text(encoding="utf-8").splitlines()) == 1
        healthy.set()
        done = subprocess.run(begun, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "11 written, 1 before" in done.stderr


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
