"""How long an answer may get: a limit is sent with every question, fitted to it, to the model and to the context.

Without a limit some endpoints stop at 4,096 tokens, and others never: a model that runs in circles is then paid for until
its context is full.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from summarizer.exchange import Answer, Asker, ChatRequest
from summarizer.llm.damage import usual_tokens
from summarizer.llm.tokens import CountTokens, input_tokens
from summarizer.llm.wire import LIMITS
from summarizer.profiles import Profile, facts_of

__all__ = ["Fitted", "bounded", "does_not_fit", "natural_limit"]

_PER_TOKEN = 4.3
_BESIDE = 1_024
"""Tokens of the longest honest answer: 1.5 for each token of the text over thirteen real chunks, 2.7 in the densest one with
figures, half as much again with vocabularies that know little Chinese; an answer beyond this runs in circles."""

_MOST = 16_384
"""What a chunk of the largest size needs, and common models give."""

_LEAST_ANSWER = 128
"""Tokens; less is no answer to any question that is asked here."""

_SPARE = 64
"""Tokens that stay free in a context for what a chat template adds."""


def natural_limit(request: ChatRequest) -> int:
    """The most tokens that an honest answer to this question takes: it follows from the question alone."""
    text = max((message.content for message in request.messages if message.role == "user"), key=len, default="")
    tokens = usual_tokens(text) * _PER_TOKEN + _BESIDE
    return min(math.ceil(tokens / 256) * 256, _MOST)


def bounded(request: ChatRequest, profile: Profile, count: CountTokens) -> ChatRequest:
    """The request with a limit among its parameters where the profile, the model or the context leaves less than natural.

    Such a limit may cut an answer that would be longer elsewhere, so it is a part of the recording's key; the natural limit is
    not, since it follows from the question. ``max_output_tokens`` of the profile is always set as it is said.
    """
    if any(name in request.parameters for name in LIMITS):
        return request
    wanted = profile.max_output_tokens or natural_limit(request)
    facts = facts_of(profile)
    limit = wanted if facts is None or facts.output is None else min(wanted, facts.output)
    characters = sum(len(message.content) for message in request.messages)
    if profile.known_context is not None and 2 * characters + limit > profile.known_context:
        room = profile.known_context - _counted(request, profile, count) - _SPARE
        limit = min(limit, max(room, 1))
    if limit == wanted and profile.max_output_tokens is None:
        return request
    return replace(request, parameters={**request.parameters, profile.output_field: limit})


def does_not_fit(request: ChatRequest, profile: Profile, count: CountTokens) -> str | None:
    """Why a question cannot be answered in the known context, in words; None when it can, or the context is not known."""
    context = profile.known_context
    if context is None or 2 * sum(len(message.content) for message in request.messages) < context:
        return None
    counted = _counted(request, profile, count)
    if counted + _LEAST_ANSWER <= context:
        return None
    return f"the question has {counted:,} tokens and leaves no room for an answer in a context of {context:,}"


def _counted(request: ChatRequest, profile: Profile, count: CountTokens) -> int:
    """Tokens of the question, by a counter that may only bound them: then never more than its characters."""
    rung = profile.rung or "json_schema"
    return min(input_tokens(request, rung, count), input_tokens(request, rung, len))


@dataclass(frozen=True)
class Fitted:
    """An asker whose questions are bounded as the profile's endpoint needs it, before they are looked up or sent."""

    inner: Asker
    profile: Profile
    count: CountTokens

    async def ask(self, request: ChatRequest) -> Answer:
        """Return the answer to the bounded question."""
        return await self.inner.ask(bounded(request, self.profile, self.count))
