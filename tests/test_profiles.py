"""Ready profiles, prices by tier and hour, and who may decide where a key goes."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import UsageError
from summarizer.exchange import Usage
from summarizer.llm.prices import cost, price_of
from summarizer.profiles import Price, Profile, facts_of, is_loopback, ready_profiles
from summarizer.settings import FILE_NAME, Settings, load_settings

KEY = "sk-do-not-tell-0123456789"


def _settings(
    folder: Path, toml: str = "", own: str = "", environ: dict[str, str] | None = None, **flags: Any
) -> Settings:
    """Settings of a working folder with this file, and the user's own with that."""
    own_folder = folder / "configuration"
    own_folder.mkdir()
    (folder / FILE_NAME).write_text(toml, encoding="utf-8")
    (own_folder / FILE_NAME).write_text(own, encoding="utf-8")
    return load_settings(flags, environ or {}, folder, own_folder)


@pytest.mark.parametrize("name", ready_profiles())
def test_every_ready_profile_is_a_profile_and_says_where_it_is_from(name: str) -> None:
    ready = ready_profiles()[name]
    for model in [None, *ready.models]:
        Profile.model_validate(ready.values(model))
    for entry in (*ready.models.values(), *ready.facts):
        assert entry.source
        assert entry.as_of.year >= 2024


def test_a_ready_profile_needs_no_file(tmp_path: Path) -> None:
    settings = _settings(tmp_path, environ={"DEEPSEEK_API_KEY": KEY}, profile="deepseek")
    assert settings.endpoint.base_url == "https://api.deepseek.com"
    assert settings.endpoint.parameters == {"temperature": 0, "thinking": {"type": "disabled"}}
    assert settings.api_key is not None
    assert str(settings.source_of("endpoint.base_url")) == "profile deepseek"
    assert settings.endpoint.known_context == 1_000_000


def test_a_ready_profile_whose_address_is_the_users_own_asks_for_it(tmp_path: Path) -> None:
    environ = {"AZURE_OPENAI_API_KEY": KEY}
    with pytest.raises(UsageError, match="your own resource"):
        _settings(tmp_path, environ=environ, profile="azure").check_endpoint()
    given = {"profile": "azure", "base_url": "https://mine.openai.azure.com/openai/v1"}
    settings = load_settings(given, environ, tmp_path)
    settings.check_endpoint()
    assert settings.api_key is not None


def test_any_key_of_a_ready_profile_can_be_set_anew(tmp_path: Path) -> None:
    own = "[profiles.deepseek]\nmodel = 'deepseek-v4-pro'\nextra_body = {}\n[profiles.deepseek.limits]\ntimeout = 9\n"
    endpoint = _settings(tmp_path, own=own, profile="deepseek", temperature="none").endpoint
    assert (endpoint.model, endpoint.limits.timeout, endpoint.limits.concurrency) == ("deepseek-v4-pro", 9, 64)
    assert endpoint.parameters == {}
    assert endpoint.base_url == "https://api.deepseek.com"


def test_settings_follow_the_model_that_is_named(tmp_path: Path) -> None:
    endpoint = _settings(tmp_path, profile="kimi", model="kimi-k2.6").endpoint
    assert endpoint.extra_body == {"thinking": {"type": "disabled"}}
    assert endpoint.known_context == 262_144


def test_a_ready_profile_keeps_its_address_whatever_openai_base_url_says(tmp_path: Path) -> None:
    environ = {"OPENAI_BASE_URL": "https://elsewhere.example/v1", "DEEPSEEK_API_KEY": KEY}
    assert _settings(tmp_path, environ=environ, profile="deepseek").endpoint.base_url == "https://api.deepseek.com"


def test_the_users_own_file_may_name_any_variable(tmp_path: Path) -> None:
    own = "profile = 'mine'\n[profiles.mine]\nbase_url = 'https://model.example/v1'\napi_key_env = 'MINE'\n"
    settings = _settings(tmp_path, own=own, environ={"MINE": KEY})
    assert settings.api_key is not None
    settings.check_endpoint()


@pytest.mark.parametrize(
    "toml",
    [
        "profile = 'x'\n[profiles.x]\nbase_url = 'https://evil.example/v1'\napi_key_env = 'AWS_SECRET'\n",
        "profile = 'x'\n[profiles.x]\nbase_url = 'https://evil.example/v1'\n",
        "profile = 'openai'\n[profiles.openai]\nbase_url = 'https://evil.example/v1'\n",
        "profile = 'openai'\n[profiles.openai]\napi_key_env = 'AWS_SECRET'\n",
        "profile = 'x'\n[profiles.x]\nbase_url = 'http://127.0.0.1:8000/v1'\napi_key_env = 'AWS_SECRET'\n",
        "profile = 'x'\n[profiles.x]\nbase_url = 'http://evil.example/v1'\ninsecure = true\n",
    ],
)
def test_a_file_in_a_working_folder_cannot_send_a_variable_anywhere(tmp_path: Path, toml: str) -> None:
    environ = {"AWS_SECRET": KEY, "OPENAI_API_KEY": KEY}
    settings = _settings(tmp_path, toml, environ=environ)
    assert settings.api_key is None
    assert KEY not in repr(settings)
    assert not settings.endpoint.insecure


def test_a_key_that_the_folder_names_is_refused_in_words_and_a_confirmed_folder_may_name_it(tmp_path: Path) -> None:
    toml = "profile = 'x'\n[profiles.x]\nbase_url = 'https://model.example/v1'\napi_key_env = 'MINE'\n"
    with pytest.raises(UsageError, match=r"summarizer\.toml, a file of the working folder, sets base_url, api_key_env"):
        _settings(tmp_path, toml, environ={"MINE": KEY}).check_endpoint()
    for given in ({"trust_folder": True}, {}):
        environ = {"MINE": KEY} | ({} if given else {"SUMMARIZER_TRUST_FOLDER": "1"})
        assert load_settings(given, environ, tmp_path).api_key is not None


def test_a_folder_cannot_confirm_itself(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot confirm itself"):
        _settings(tmp_path, "trust_folder = true\n")


def test_a_folder_may_pick_a_ready_profile_and_its_model(tmp_path: Path) -> None:
    toml = "profile = 'deepseek'\n[profiles.deepseek]\nmodel = 'deepseek-v4-pro'\n"
    assert _settings(tmp_path, toml, environ={"DEEPSEEK_API_KEY": KEY}).api_key is not None


def test_a_key_file_that_the_folder_names_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "id"
    secret.write_text(KEY, encoding="utf-8")
    secret.chmod(0o600)
    toml = f"profile = 'x'\n[profiles.x]\nbase_url = 'https://model.example/v1'\napi_key_file = '{secret}'\n"
    assert _settings(tmp_path, toml).api_key is None


@pytest.mark.parametrize(
    ("toml", "flags"),
    [
        ("profile = 'x'\n[profiles.x]\nbase_url = 'https://user:password-of-mine@model.example/v1'\n", {}),
        ("profile = 'x'\n[profiles.x]\napi_key_env = 'sk-live-password-of-mine'\n", {}),
        ("profile = 'x'\n[profiles.x]\napi_key_env = 'b1946ac92492d2347c6235b4d2611184passwordofmine'\n", {}),
        ("", {"base_url": "https://user:password-of-mine@model.example"}),
        ("", {"base_url": "model.example/?key=password-of-mine"}),
    ],
)
def test_an_error_of_the_settings_repeats_no_secret(tmp_path: Path, toml: str, flags: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        _settings(tmp_path, toml, **flags)
    assert "password-of-mine" not in str(caught.value)
    assert "passwordofmine" not in str(caught.value)


def test_a_pasted_address_of_the_whole_endpoint_is_cut_to_its_base() -> None:
    assert Profile(base_url="https://model.example/v1/chat/completions").base_url == "https://model.example/v1"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]", "api.localhost", "0.0.0.0"])
def test_this_machine_is_known_by_all_its_names(host: str) -> None:
    assert is_loopback(host)
    assert not is_loopback(f"{host.strip('[]')}.example.com".lstrip(":"))


TIERED = Price.model_validate(
    {
        "input": 1, "output": 10, "currency": "CNY", "tiers": [{"above": 1000, "input": 2, "output": 20}],
        "hours": [{"factor": "0.5", "utc_offset": 8, "days": [1, 2, 3, 4, 5], "spans": ["00:00-09:00", "12:00-14:00", "18:00-24:00"]},
                  {"factor": "0.5", "utc_offset": 8, "days": [6, 7], "spans": ["00:00-24:00"]}],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("when", "factor"),
    [
        (datetime(2026, 11, 27, 2, 0, tzinfo=UTC), 1),  # Friday 10:00 in Beijing
        (datetime(2026, 11, 27, 4, 0, tzinfo=UTC), Decimal("0.5")),  # 12:00
        (datetime(2026, 11, 27, 6, 0, tzinfo=UTC), 1),  # 14:00
        (datetime(2026, 11, 27, 10, 0, tzinfo=UTC), Decimal("0.5")),  # 18:00
        (datetime(2026, 11, 27, 15, 59, tzinfo=UTC), Decimal("0.5")),  # 23:59
        (datetime(2026, 11, 28, 2, 0, tzinfo=UTC), Decimal("0.5")),  # Saturday
        (None, 1),  # not known: the dearest
    ],
)
def test_the_price_follows_the_hour_and_the_tier(when: datetime | None, factor: Decimal) -> None:
    assert cost(Usage(1_000, 100), TIERED, when) == Decimal(2_000) / 1_000_000 * factor
    assert cost(Usage(2_000, 100), TIERED, when) == Decimal(6_000) / 1_000_000 * factor


def test_what_is_not_known_is_none() -> None:
    glm = Profile.model_validate(ready_profiles()["glm"].values())
    assert price_of(glm) is None
    assert facts_of(glm.model_copy(update={"model": "glm-99"})) is None
    assert facts_of(Profile(base_url="https://other.example/v1", model="deepseek-flash")) is None
