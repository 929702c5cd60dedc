"""Settings: precedence, origins, refusals, and keys that stay unseen."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from summarizer.errors import UsageError
from summarizer.settings import FILE_NAME, Settings, load_settings

KEY = "sk-do-not-tell"

TOML = """
method = "heuristic"
language = "en"
max_file_size = "20 MB"
cache_folder = "answers"

[profiles.local]
base_url = "http://127.0.0.1:8000/v1"
model = "qwen3-32b"
rung = "json_object"
api_key_env = "LOCAL_KEY"

[profiles.local.limits]
concurrency = 16
timeout = 30

[profiles.local.budget]
money = 2.5

[profiles.local.price]
input = 1
output = 4
currency = "CNY"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / FILE_NAME).write_text(TOML, encoding="utf-8")
    return tmp_path


def test_without_anything_the_defaults_hold_and_no_endpoint_is_configured(tmp_path: Path) -> None:
    settings = load_settings({}, {}, tmp_path)
    assert settings.method == "auto"
    assert settings.endpoint.base_url == "https://api.openai.com/v1"
    assert not settings.endpoint_configured
    assert settings.source_of("method").kind == "default"


def test_each_rank_overrides_the_ones_below(folder: Path) -> None:
    from_file = load_settings({}, {}, folder)
    from_environment = load_settings({}, {"SUMMARIZER_METHOD": "replay"}, folder)
    from_flag = load_settings({"method": "model"}, {"SUMMARIZER_METHOD": "replay"}, folder)
    assert [s.method for s in (from_file, from_environment, from_flag)] == ["heuristic", "replay", "model"]
    assert str(from_file.source_of("method")) == f"file {folder / FILE_NAME}"
    assert str(from_environment.source_of("method")) == "environment SUMMARIZER_METHOD"
    assert str(from_flag.source_of("method")) == "flag --method"
    assert from_flag.language == "en"


def test_flags_that_are_none_and_empty_variables_are_not_given(folder: Path) -> None:
    settings = load_settings({"method": None}, {"SUMMARIZER_LANGUAGE": ""}, folder)
    assert (settings.method, settings.language) == ("heuristic", "en")


def test_a_profile_brings_its_endpoint_with_limits_budget_and_price(folder: Path) -> None:
    endpoint = load_settings({"profile": "local"}, {}, folder).endpoint
    assert (endpoint.base_url, endpoint.model, endpoint.rung) == (
        "http://127.0.0.1:8000/v1",
        "qwen3-32b",
        "json_object",
    )
    assert (endpoint.limits.concurrency, endpoint.limits.timeout, endpoint.limits.max_attempts) == (16, 30.0, 6)
    assert endpoint.budget.money == Decimal("2.5")
    assert endpoint.price is not None
    assert (endpoint.price.output, endpoint.price.currency) == (4, "CNY")


def test_single_values_of_a_profile_are_overridden_from_above(folder: Path) -> None:
    environ = {"SUMMARIZER_PROFILE": "local", "SUMMARIZER_TIMEOUT": "5", "SUMMARIZER_CONCURRENCY": "2"}
    settings = load_settings({"concurrency": 64, "budget_requests": 10}, environ, folder)
    assert settings.endpoint.limits.timeout == 5
    assert settings.endpoint.limits.concurrency == 64
    assert settings.endpoint.budget.requests == 10
    assert settings.endpoint.budget.money == Decimal("2.5")
    assert str(settings.source_of("endpoint.limits.timeout")) == "environment SUMMARIZER_TIMEOUT"


def test_openai_variables_configure_an_endpoint(tmp_path: Path) -> None:
    settings = load_settings({}, {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": "https://model.example/v1"}, tmp_path)
    assert settings.endpoint_configured
    assert settings.endpoint.base_url == "https://model.example/v1"
    assert str(settings.source_of("endpoint.api_key")) == "environment OPENAI_API_KEY"


def test_an_address_without_a_key_configures_an_endpoint(tmp_path: Path) -> None:
    assert load_settings({"base_url": "http://127.0.0.1:11434/v1"}, {}, tmp_path).endpoint_configured


def test_the_key_of_a_profile_that_was_asked_for_does_not_travel_to_openai_base_url(folder: Path) -> None:
    environ = {"OPENAI_BASE_URL": "https://elsewhere.example/v1", "LOCAL_KEY": KEY}
    assert load_settings({"profile": "local"}, environ, folder).endpoint.base_url == "http://127.0.0.1:8000/v1"


def test_relative_paths_start_from_the_folder(folder: Path) -> None:
    assert load_settings({}, {}, folder).cache_folder == folder / "answers"
    assert load_settings({"themes": "education.toml"}, {}, folder).themes == folder / "education.toml"


def test_sizes_have_units(folder: Path) -> None:
    assert load_settings({}, {}, folder).max_file_size == 20_000_000


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("metod = 'auto'", "unknown key metod; did you mean method"),
        ("[profiles.a]\nmodle = 'x'", "unknown key profiles.a.modle; did you mean model"),
        ("[profiles.a.limits]\ntimout = 3", "unknown key profiles.a.limits.timout; did you mean timeout"),
        ("[profiles.a]\napi_key = 'sk-1'", "profiles.a.api_key: keys are not kept here"),
        ("api_key = 'sk-1'", "api_key: keys are not kept here"),
        ("sources = 1", "unknown key sources"),
        ("method = ", "cannot be read as TOML"),
        ("profiles = 3", "profiles: each profile is a table"),
        ("method = 'guess'", "method: Input should be"),
        ("profile = 'gone'", "there is no profile 'gone'"),
    ],
)
def test_a_fault_in_the_file_names_file_and_key(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / FILE_NAME).write_text(toml, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_settings({}, {}, tmp_path)
    assert says in str(caught.value)
    assert str(tmp_path / FILE_NAME) in str(caught.value)
    assert "sk-1" not in str(caught.value)


@pytest.mark.parametrize(
    ("flags", "environ", "says"),
    [
        ({"timeout": -1}, {}, "flag --timeout: endpoint.limits.timeout"),
        ({}, {"SUMMARIZER_CONCURRENCY": "many"}, "environment SUMMARIZER_CONCURRENCY: endpoint.limits.concurrency"),
        ({"base_url": "localhost:8000"}, {}, "flag --base-url: endpoint.base_url"),
        ({"base_url": "https://user:word@model.example/v1"}, {}, "flag --base-url"),
        ({"api_key": KEY}, {}, "flag api_key is not a setting"),
        ({"profile": "gone"}, {}, "flag --profile: there is no profile 'gone'"),
    ],
)
def test_a_fault_elsewhere_names_its_origin(
    tmp_path: Path, flags: dict[str, object], environ: dict[str, str], says: str
) -> None:
    with pytest.raises(UsageError) as caught:
        load_settings(flags, environ, tmp_path)
    assert says in str(caught.value)
    assert KEY not in str(caught.value)


def _with_key_file(folder: Path, mode: int) -> Settings:
    path = folder / "key"
    path.write_text(f"{KEY}\n", encoding="utf-8")
    path.chmod(mode)
    return load_settings({"api_key_file": str(path)}, {}, folder)


def test_a_key_file_of_the_owner_is_read(tmp_path: Path) -> None:
    settings = _with_key_file(tmp_path, 0o600)
    assert settings.api_key is not None
    assert settings.api_key.get_secret_value() == KEY
    assert str(settings.source_of("endpoint.api_key")) == f"file {tmp_path / 'key'}"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(UsageError, match="chmod 600"):
        _with_key_file(tmp_path, mode)


def test_a_key_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        load_settings({"api_key_file": "gone"}, {}, tmp_path)


@pytest.mark.parametrize("key", ["sk-一二三", "sk-1 2", "sk-1\r\nX-Other: 1"])
def test_what_cannot_be_a_key_is_refused_without_being_told(tmp_path: Path, key: str) -> None:
    with pytest.raises(UsageError, match="environment OPENAI_API_KEY: this is no key") as caught:
        load_settings({}, {"OPENAI_API_KEY": key}, tmp_path)
    assert "sk-" not in str(caught.value)


def test_keys_are_in_no_repr_and_no_dump(tmp_path: Path) -> None:
    settings = load_settings({}, {"OPENAI_API_KEY": KEY}, tmp_path)
    assert KEY not in repr(settings) + str(settings) + settings.model_dump_json() + repr(settings.model_dump())


def test_importing_settings_loads_nothing_heavy() -> None:
    code = "import sys, summarizer.settings; print(*sys.modules)"
    environ = {"PATH": os.environ["PATH"]}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environ)
    loaded = set(done.stdout.split())
    assert "summarizer.settings" in loaded
    assert not loaded & {"openai", "httpx2", "aiohttp", "tiktoken", "numpy", "asyncio", "tenacity"}


def test_a_file_that_begins_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('language = "en"\n', encoding="utf-8-sig")
    assert load_settings({}, {}, tmp_path).language == "en"
