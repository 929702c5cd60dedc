"""The endpoint's part of ``doctor``: what a run would send is sent, and what came back is said in words."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from summarizer.chunk.split import split_text
from summarizer.chunk.tokens import counter_for
from summarizer.cli.checks import Check
from summarizer.cli.doctor_sample import PAGE, sample
from summarizer.errors import SummarizerError, UsageError
from summarizer.exchange import Answer, Outcome, Usage
from summarizer.extract.answers import read_answer
from summarizer.extract.requests import first_request
from summarizer.llm.client import Client
from summarizer.llm.damage import usual_tokens
from summarizer.llm.faults import FaultKind
from summarizer.llm.ladder import RUNGS
from summarizer.llm.prices import cost, price_of
from summarizer.llm.proxies import proxy_for
from summarizer.llm.survey import Surveyed, survey
from summarizer.llm.transport import Transport, may_send
from summarizer.pipeline.model import model_with
from summarizer.profiles import Profile, Rung, facts_of

if TYPE_CHECKING:
    from summarizer.settings import Settings

__all__ = ["endpoint_checks"]

_PAGES = 20
_SHORT = 300
"""Characters of the text that is put on each rung; the long question is asked once, on the rung of a run."""

_LISTED = 8

_NOT_REACHED = tuple(
    kind.value
    for kind in (
        FaultKind.UNREACHABLE,
        FaultKind.CONNECTION,
        FaultKind.TIMEOUT,
        FaultKind.SERVER,
        FaultKind.RATE_LIMITED,
    )
)
"""Faults that say nothing of the question."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with its answer: how long it took, and how many tasks its text has."""

    answer: Answer
    seconds: float
    tasks: int
    counted: int
    budget: int
    rung: Rung
    stopped: str | None
    changed: tuple[str, ...]


async def endpoint_checks(settings: Settings) -> AsyncIterator[Check]:
    """Look at the endpoint of these settings, in the order in which a run would fail."""
    endpoint = settings.endpoint
    try:
        settings.check_endpoint()
        may_send(endpoint.base_url, settings.api_key, insecure=endpoint.insecure)
        proxy = proxy_for(endpoint.base_url)
    except UsageError as error:
        yield Check("endpoint", "failed", str(error))
        return
    if proxy is not None:
        yield Check("proxy", "ok", f"requests go through {proxy}")
    found = await _survey(settings)
    model = endpoint.model or (found.models[0] if len(found.models) == 1 else "")
    yield _models(found, model)
    if not model:
        return
    endpoint = endpoint.model_copy(update={"model": model})
    settings = settings.model_copy(update={"endpoint": endpoint})
    yield _context(found, endpoint)
    try:
        asked = await _ask(settings, endpoint, None)
    except SummarizerError as error:
        yield Check("question", "failed", str(error))
        return
    reached = _endpoint(settings, asked)
    yield reached
    if reached.status == "failed":
        return
    yield _question(asked)
    if asked.answer.outcome is Outcome.FAILED:
        return
    if asked.changed:
        detail = f"the endpoint does not take all of them as they are; a run goes on with {', '.join(asked.changed)}"
        yield Check("parameters", "warning", detail)
    yield await _rungs(settings, endpoint, asked)
    yield _usage(asked)
    yield _price(endpoint)
    yield _run(endpoint, asked)


async def _survey(settings: Settings) -> Surveyed:
    endpoint = settings.endpoint
    transport = Transport(
        endpoint.base_url, settings.api_key, 1, min(endpoint.limits.timeout, 30), proxy_for(endpoint.base_url)
    )
    try:
        return await survey(transport, endpoint.base_url, endpoint.model)
    finally:
        await transport.close()


def _models(found: Surveyed, model: str) -> Check:
    listed = ", ".join(found.models[:_LISTED]) + (
        f" and {len(found.models) - _LISTED} more" if len(found.models) > _LISTED else ""
    )
    if not model:
        return Check(
            "models", "failed", f"name one with --model: {listed or found.no_list or 'the endpoint lists none'}"
        )
    if not found.models:
        return Check("models", "warning", f"no list to look {model} up in ({found.no_list or 'it is empty'})")
    if model in found.models:
        return Check("models", "ok", f"{model} is one of {len(found.models)}")
    return Check("models", "warning", f"{model} is not in the endpoint's list: {listed}")


def _context(found: Surveyed, endpoint: Profile) -> Check:
    known = endpoint.known_context
    if found.context is None:
        if known is None:
            return Check("context", "warning", "not told by the endpoint and not known: set context in the profile")
        return Check("context", "ok", f"{known:,} tokens by the profile; the endpoint does not tell its own")
    if known is not None and known > found.context:
        detail = (
            f"{found.context:,} tokens ({found.told_by}), the profile says {known:,}: set context = {found.context}"
        )
        return Check("context", "failed", detail)
    if endpoint.context is None and known is None:
        return Check(
            "context", "ok", f"{found.context:,} tokens ({found.told_by}); to have it kept: context = {found.context}"
        )
    return Check("context", "ok", f"{found.context:,} tokens ({found.told_by})")


async def _ask(settings: Settings, endpoint: Profile, rung: Rung | None) -> _Asked:
    """Ask what a run asks: its instructions, schema, parameters, limit; about a chunk of its size, or a short one on a rung."""
    limits = endpoint.limits.model_copy(update={"max_attempts": 2})
    changed: dict[str, object] = {"limits": limits} | ({} if rung is None else {"rung": rung})
    profile = endpoint.model_copy(update=changed)
    settings = settings.model_copy(update={"endpoint": profile})
    async with Client(profile, key=settings.api_key, count_tokens=counter_for(profile.model).count) as client:
        model = model_with(client, profile.model, settings)
        text, tasks = sample(_SHORT if rung is not None else 2 * model.budget)
        chunk = split_text(text, None, model.counter, model.budget)[0]
        if chunk.end < len(text):
            tasks = chunk.text.count("\n（")
        request = first_request(chunk, 1, model.prompt, model.name, model.parameters)
        before = client.rung(profile.model)
        begun = time.monotonic()
        answer = await model.asker.ask(request)
        seconds = time.monotonic() - begun
        if (
            rung is None
            and answer.outcome is Outcome.ANSWERED
            and client.rung(profile.model) != before
            and not _readable(answer)
        ):
            # The endpoint passed the schema over: a run asks for the second time on the rung below.
            begun = time.monotonic()
            answer = await model.asker.ask(request)
            seconds = time.monotonic() - begun
        counted = sum(usual_tokens(message.content) for message in request.messages)
        return _Asked(
            answer,
            seconds,
            tasks,
            counted,
            model.budget,
            client.rung(profile.model),
            client.stopped,
            client.changed(profile.model),
        )


def _readable(answer: Answer) -> bool:
    return read_answer(answer).readable


def _endpoint(settings: Settings, asked: _Asked) -> Check:
    endpoint = settings.endpoint
    key = f"key from {settings.source_of('endpoint.api_key')}" if settings.api_key is not None else "no key"
    detail = f"{endpoint.base_url}, model {endpoint.model}, {key}"
    error = asked.answer.error or ""
    if asked.stopped is not None or (asked.answer.outcome is Outcome.FAILED and error.startswith(_NOT_REACHED)):
        return Check("endpoint", "failed", f"{detail}: {error}")
    return Check("endpoint", "ok", detail)


def _question(asked: _Asked) -> Check:
    """The answer to the question of real length."""
    answer = asked.answer
    took = f"{asked.seconds:.1f} s for {answer.usage.output_tokens or '?'} tokens of answer"
    if answer.outcome not in {Outcome.ANSWERED, Outcome.CUT}:
        return Check("question", "failed", f"{answer.outcome.value}: {answer.error} ({took})")
    read = read_answer(answer)
    found = f"{len(read.tasks)} of {asked.tasks} tasks of a chunk of {asked.budget:,} tokens; {took}"
    if answer.error:
        return Check("question", "failed" if answer.outcome is Outcome.CUT else "warning", f"{answer.error}; {found}")
    if not read.readable:
        return Check("question", "failed", f"the answer is no JSON as asked: {answer.text[:80]!r} ({took})")
    return Check("question", "ok" if len(read.tasks) == asked.tasks else "warning", found)


async def _rungs(settings: Settings, endpoint: Profile, asked: _Asked) -> Check:
    """Each rung with a short text: held, passed over, refused."""
    told: dict[Rung, str] = {}
    for rung in RUNGS:
        tried = await _ask(settings, endpoint, rung)
        told[rung] = _held(tried, rung)
    held = [rung for rung, words in told.items() if words == "held"]
    line = ", ".join(f"{rung} {words}" for rung, words in told.items())
    if not held:
        return Check("structured output", "failed", line)
    hint = "" if endpoint.rung == asked.rung else f"; to save the finding out: rung = {asked.rung!r}"
    return Check("structured output", "ok", f"a run uses {asked.rung} ({line}){hint}")


def _held(tried: _Asked, rung: Rung) -> str:
    answer = tried.answer
    if tried.rung != rung:
        return "refused"
    if answer.outcome not in {Outcome.ANSWERED, Outcome.CUT}:
        return f"{answer.outcome.value} ({(answer.error or '')[:80]})"
    read = read_answer(answer)
    return "held" if read.readable else "cut" if read.cut else "passed over"


def _usage(asked: _Asked) -> Check:
    usage = asked.answer.usage
    if not usage.input_tokens:
        return Check("usage", "warning", "the endpoint reports none: budgets count what was announced")
    detail = f"reported; the question took {usage.input_tokens:,} input tokens, about {asked.counted:,} by the text"
    return Check("usage", "ok", detail)


def _price(endpoint: Profile) -> Check:
    price = price_of(endpoint)
    if price is None:
        return Check("price", "warning", "unknown: set [profiles.<name>.price] to have costs told and bounded")
    facts = facts_of(endpoint)
    dated = "" if facts is None or endpoint.price is not None else f", as of {facts.as_of}"
    hours = f"; now at {price.rate(0, datetime.now(UTC))[1]} of it" if price.hours else ""
    return Check(
        "price", "ok", f"{price.input} in, {price.output} out, {price.currency} for a million tokens{dated}{hours}"
    )


def _run(endpoint: Profile, asked: _Asked) -> Check:
    """What twenty pages would cost and take, by the question that was just answered."""
    usage = asked.answer.usage
    text, _ = sample(PAGE)
    requests = max(1, math.ceil(usual_tokens(text) * _PAGES / asked.budget))
    read = usage.input_tokens if 2 * usage.input_tokens > asked.counted else asked.counted  # else it was not read whole
    used = Usage(read, usage.output_tokens or usual_tokens(asked.answer.text))
    waves = math.ceil(requests / endpoint.limits.concurrency)
    seconds = waves * asked.seconds
    if endpoint.limits.requests_per_minute:
        seconds = max(seconds, 60 * requests / endpoint.limits.requests_per_minute)
    price = price_of(endpoint)
    if price is None:
        money = "cost unknown"
    else:
        money = f"about {requests * cost(used, price, datetime.now(UTC)):.3f} {price.currency}"
    detail = f"{requests} requests, {requests * used.input_tokens:,} tokens in and {requests * used.output_tokens:,} out, {money}, {seconds:.0f} s"
    return Check(f"a run of {_PAGES} pages", "ok", detail)
