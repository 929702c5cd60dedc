"""One endpoint with its model, as settings name it, and the ready profiles that need no file.

The ready profiles are data with date and source in ``profiles.toml``; what is not written there is unknown, never guessed.
"""

from __future__ import annotations

import ipaddress
import re
import tomllib
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt, field_validator

__all__ = [
    "OPENAI_URL",
    "Budget",
    "Fact",
    "Hours",
    "Limits",
    "ModelFacts",
    "Price",
    "Profile",
    "Rate",
    "ReadyProfile",
    "Rung",
    "facts_of",
    "is_loopback",
    "ready_profiles",
]

OPENAI_URL = "https://api.openai.com/v1"

Rung = Literal["json_schema", "json_object", "tool", "text"]
"""How structured output is asked for; see ``llm.ladder``."""

Amount = Annotated[Decimal, Field(ge=0)]

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOOKS_LIKE_A_KEY = re.compile(r"(?=.*\d)(?=.*[a-z])\w{20,}")
"""Long, with digits and small letters: no variable is called so, and an error must not show it."""

_ADDRESS = re.compile(r"https?://[^/?#@\s]+(?:[/?#]\S*)?")
_PASTED = re.compile(r"/chat/completions/?$")
_SNAPSHOT = re.compile(r"-\d{4}-\d{2}-\d{2}$")


class _Frozen(BaseModel):
    # Values may hold secrets that were put into the wrong place; no error repeats them.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Limits(_Frozen):
    """What may be done to an endpoint. Seconds for times; None is no limit."""

    concurrency: PositiveInt = 8
    requests_per_minute: PositiveInt | None = None
    tokens_per_minute: PositiveInt | None = None
    timeout: PositiveFloat = 120.0
    max_attempts: PositiveInt = 6
    max_total_seconds: PositiveFloat = 600.0


class Budget(_Frozen):
    """What a run may use up; money in the price's currency, tokens as input plus output."""

    money: Amount | None = None
    tokens: Annotated[int, Field(ge=0)] | None = None
    requests: Annotated[int, Field(ge=0)] | None = None


class Rate(_Frozen):
    """Prices of a million tokens; cached input costs as much as input when it has no price of its own."""

    input: Amount
    output: Amount
    cached_input: Amount | None = None


class Tier(Rate):
    """The prices of requests whose input has more than ``above`` tokens."""

    above: PositiveInt


class Hours(_Frozen):
    """Hours of a week that cost ``factor`` of the list price: ``days`` from 1 (Monday) to 7, ``spans`` as ``HH:MM-HH:MM``
    (24:00 is the day's end), at ``utc_offset`` hours from UTC."""

    factor: Amount
    spans: tuple[str, ...]
    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = (1, 2, 3, 4, 5, 6, 7)
    utc_offset: float = 0.0

    @field_validator("spans")
    @classmethod
    def _are_spans(cls, spans: tuple[str, ...]) -> tuple[str, ...]:
        for span in spans:
            if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)", span):
                raise ValueError(f"hours are written HH:MM-HH:MM, not {span!r}")
        return spans

    def hold(self, when: datetime) -> bool:
        """Whether ``when`` (aware) is one of these hours."""
        local = when.astimezone(timezone(timedelta(hours=self.utc_offset)))
        if local.isoweekday() not in self.days:
            return False
        now = local.time().replace(second=0, microsecond=0)
        return any(_begin(span) <= now and (span.endswith("24:00") or now < _end(span)) for span in self.spans)


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    name = host.lower().strip("[]").rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _begin(span: str) -> time:
    return time.fromisoformat(span[:5])


def _end(span: str) -> time:
    return time.fromisoformat(span[-5:])


class Price(Rate):
    """Prices of a million tokens: the list price, the ``tiers`` of long inputs, the ``hours`` that cost less or more.

    ``batch`` is the share of it that a Batch API takes, None when it is not known.
    """

    currency: str = "USD"
    tiers: tuple[Tier, ...] = ()
    hours: tuple[Hours, ...] = ()
    batch: Amount | None = None

    def rate(self, input_tokens: int, when: datetime | None = None) -> tuple[Rate, Decimal]:
        """The prices of a request with so many input tokens and the factor of the hour (None: the dearest hour)."""
        fitting = [tier for tier in self.tiers if input_tokens > tier.above]
        rate: Rate = max(fitting, key=lambda tier: tier.above) if fitting else self
        if when is None:
            return rate, max([Decimal(1), *(hours.factor for hours in self.hours)])
        return rate, next((hours.factor for hours in self.hours if hours.hold(when)), Decimal(1))


class Profile(_Frozen):
    """One endpoint with its model.

    ``rung`` None: found out by the endpoint's answers. ``price`` and ``context`` None: the ready profiles', by address and
    model. ``temperature`` "none" sends none. ``max_output_tokens`` None: fitted to each question. ``extra_body`` is sent as
    it is. ``batch_endpoint`` "" says that there is no Batch API for files of requests.
    """

    base_url: str = OPENAI_URL
    model: str = "gpt-4.1-mini"
    rung: Rung | None = None
    temperature: Annotated[float, Field(ge=0)] | Literal["none"] = 0.0
    max_output_tokens: PositiveInt | None = None
    output_field: Literal["max_tokens", "max_completion_tokens"] = "max_completion_tokens"
    extra_body: dict[str, Any] = {}
    context: PositiveInt | None = None
    stream: bool = False
    batch_endpoint: str = "/v1/chat/completions"
    batch_lines: PositiveInt = 50_000
    api_key_env: str = "OPENAI_API_KEY"
    api_key_file: Path | None = None
    needs_key: bool = False
    insecure: bool = False
    limits: Limits = Limits()
    budget: Budget = Budget()
    price: Price | None = None

    @field_validator("base_url")
    @classmethod
    def _is_address(cls, address: str) -> str:
        if not _ADDRESS.fullmatch(address):
            raise ValueError(
                "an address is http:// or https:// with a host, without user and password (keys: api_key_env or api_key_file)"
            )
        return _PASTED.sub("", address)

    @field_validator("api_key_env")
    @classmethod
    def _is_variable(cls, name: str) -> str:
        if not _VARIABLE.fullmatch(name) or _LOOKS_LIKE_A_KEY.fullmatch(name):
            raise ValueError("this names the variable that holds the key; what stands here is no name of a variable")
        return name

    @property
    def host(self) -> str:
        """The host of the address."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def parameters(self) -> dict[str, Any]:
        """What every question asks of the endpoint besides the model: a part of the recordings' keys."""
        wanted: dict[str, Any] = {} if self.temperature == "none" else {"temperature": self.temperature}
        return wanted | self.extra_body

    @property
    def known_context(self) -> int | None:
        """Tokens that question and answer may have together, None when it is not known."""
        facts = facts_of(self)
        return self.context if self.context is not None or facts is None else facts.context


class Fact(_Frozen):
    """Something about a vendor that the settings follow from, with the day of the source."""

    says: str
    as_of: date
    source: str


class ModelFacts(_Frozen):
    """What is known of a model at its vendor's address: tokens of context and of the longest answer, prices, and the
    ``settings`` in which it differs from its vendor's other models. None is unknown."""

    as_of: date
    source: str
    context: PositiveInt | None = None
    output: PositiveInt | None = None
    price: Price | None = None
    settings: dict[str, Any] = {}


class ReadyProfile(_Frozen):
    """A vendor's or a server's profile: what is set, what is known of its models, and the facts behind it."""

    title: str
    as_of: date
    settings: dict[str, Any]
    models: dict[str, ModelFacts] = {}
    facts: tuple[Fact, ...] = ()

    def values(self, model: str | None = None) -> dict[str, Any]:
        """The profile's keys for ``model`` (None: its usual one)."""
        wanted = model or self.settings.get("model", "")
        facts = self.models.get(wanted)
        return self.settings | (facts.settings if facts else {}) | {"model": wanted}

    @property
    def host(self) -> str:
        """The host of its address."""
        return urlsplit(str(self.settings.get("base_url", ""))).hostname or ""


@cache
def ready_profiles() -> dict[str, ReadyProfile]:
    """The ready profiles by name."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"), parse_float=Decimal)
    return {name: ReadyProfile.model_validate(entry) for name, entry in data.items()}


def facts_of(profile: Profile) -> ModelFacts | None:
    """What is known of the profile's model at its address; a dated snapshot counts as its model."""
    return _facts(profile.host, _SNAPSHOT.sub("", profile.model))


@cache
def _facts(host: str, model: str) -> ModelFacts | None:
    found = (ready.models.get(model) for ready in ready_profiles().values() if ready.host == host)
    return next((facts for facts in found if facts is not None), None)
