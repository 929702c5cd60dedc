"""Which way a run goes: the model, recorded answers, or the rules; and what is an error instead."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from summarizer.errors import UsageError
from summarizer.pipeline.model import Connection, open_connection
from summarizer.settings import load_settings

PROFILES = """
[profiles.far]
base_url = "https://models.example.org/v1"
model = "far-model"
api_key_env = "FAR_KEY"

[profiles.near]
base_url = "http://127.0.0.1:8000/v1"
model = "near-model"
"""
KEY = {"OPENAI_API_KEY": "k"}


def _way(folder: Path, flags: dict[str, object], environ: dict[str, str]) -> Connection | None:
    (folder / "summarizer.toml").write_text(PROFILES, encoding="utf-8")

    async def run() -> Connection | None:
        async with open_connection(load_settings(flags, environ, folder)) as connection:
            return connection

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("flags", "environ", "model", "host"),
    [
        ({}, {}, "offline-llm-2026-11", None),
        ({}, KEY, "gpt-4.1-mini", "api.openai.com"),
        ({"method": "replay"}, KEY, "gpt-4.1-mini", None),
        ({"method": "replay", "model": "recorded"}, {}, "recorded", None),
        ({"cache_mode": "replay", "model": "recorded"}, {}, "recorded", None),
        ({"model": "m"}, KEY, "m", "api.openai.com"),
        ({"profile": "near"}, {}, "near-model", "127.0.0.1"),
        ({"profile": "far", "trust_folder": True}, {"FAR_KEY": "k"}, "far-model", "models.example.org"),
        ({"base_url": "http://gpu-server:8000/v1", "model": "m"}, {}, "m", "gpu-server"),
        ({"method": "model", "concurrency": 33}, KEY, "gpt-4.1-mini", "api.openai.com"),
    ],
)
def test_the_way_follows_from_what_is_configured(
    tmp_path: Path, flags: dict[str, object], environ: dict[str, str], model: str, host: str | None
) -> None:
    connection = _way(tmp_path, flags, environ)
    assert connection is not None
    assert (connection.model, connection.host) == (model, host)
    if "concurrency" in flags:
        assert connection.at_once == 33


def test_by_the_rules_nobody_is_asked(tmp_path: Path) -> None:
    assert _way(tmp_path, {"method": "heuristic"}, KEY) is None


@pytest.mark.parametrize(
    ("flags", "environ", "says"),
    [
        ({"method": "model"}, {}, "--method model needs an endpoint"),
        ({"model": "m"}, {}, "--model needs an endpoint"),
        ({}, {"SUMMARIZER_MODEL": "m"}, "SUMMARIZER_MODEL needs an endpoint"),
        ({"profile": "far"}, {"FAR_KEY": "k"}, "no key is sent: .* sets base_url, api_key_env"),
        ({"profile": "far", "trust_folder": True}, {}, "no key for https://models.example.org/v1: set FAR_KEY"),
        ({"base_url": "https://models.example.org/v1"}, {}, "no key for https://models.example.org/v1"),
    ],
)
def test_a_model_that_is_asked_for_and_cannot_be_is_an_error(
    tmp_path: Path, flags: dict[str, object], environ: dict[str, str], says: str
) -> None:
    with pytest.raises(UsageError, match=says):
        _way(tmp_path, flags, environ)
