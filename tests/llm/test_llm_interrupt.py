"""Ctrl-C during 64 open calls."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).with_name("interrupted_program.py")


def test_an_interrupt_ends_64_open_calls_and_keeps_the_answers() -> None:
    environ = {**os.environ, "PYTHONPATH": str(PROGRAM.parents[1])}
    command = [sys.executable, str(PROGRAM)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().strip() == "open"
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=10)
        assert code == 130, process.stderr.read()
        assert process.stdout.read().strip() == "10"
        assert process.stderr.read() == ""
