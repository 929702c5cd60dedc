"""Several processes and killed processes: the bench scripts, with small numbers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

BENCH = Path(__file__).parents[2] / "eval" / "bench"


def bench(script: str, *given: str) -> Any:
    """Run a bench script and return what it measured; its output is shown when it finds a fault."""
    done = subprocess.run(
        [sys.executable, BENCH / script, *given, "--json"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_run_that_is_killed_again_and_again_repeats_only_what_was_under_way() -> None:
    report = bench("store_kills.py", "--kills", "10", "--requests", "200")
    assert report["faults"] == []
    assert report["kills"] == 10
    assert report["seen"] == 200 + report["in_flight_at_kills"]


def test_four_processes_on_one_store_lose_and_tear_nothing() -> None:
    report = bench("store.py", "--entries", "2000", "--only", "processes")["processes"]
    assert {name: report[name] for name in ("processes_failed", "lost", "torn", "damaged")} == {
        "processes_failed": 0,
        "lost": 0,
        "torn": 0,
        "damaged": 0,
    }
