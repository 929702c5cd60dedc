"""A clock that only sleeping moves, and short ways to a request and a client."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from answer_gathering import gather_answers
from pydantic import SecretStr
from server import ModelServer

from summarizer.exchange import Answer, ChatRequest, Message, ResponseFormat
from summarizer.llm.client import Client
from summarizer.profiles import Limits, Profile

SCHEMA = {"type": "object", "properties": {"echo": {"type": "string"}}, "required": ["echo"]}


class FakeTime:
    """``clock`` and ``sleep`` for a client; ``slept`` lists the sleeps in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def question(text: str, structured: bool = True, **parameters: Any) -> ChatRequest:
    """A request whose last message is ``text``."""
    wanted = ResponseFormat("echo", SCHEMA) if structured else None
    return ChatRequest("test-model", (Message("system", "你是助手。"), Message("user", text)), parameters, wanted)


def profile(server: ModelServer, **changes: Any) -> Profile:
    """A profile for the server with three attempts; keywords of Limits and Profile."""
    limits = {"timeout": 10, "max_attempts": 3, "concurrency": 4}
    limits |= {name: changes.pop(name) for name in list(changes) if name in Limits.model_fields}
    return Profile.model_validate({"base_url": server.base_url, "model": "test-model", "limits": limits, **changes})


def client(used: Profile, time: FakeTime | None = None, key: str | None = None) -> Client:
    """A client on fake time that counts a character as a token."""
    time = time or FakeTime()
    secret = SecretStr(key) if key else None
    return Client(used, key=secret, count_tokens=len, clock=time.clock, sleep=time.sleep)


async def ask_all(asker: Client, requests: Sequence[ChatRequest], concurrency: int) -> list[Answer]:
    """All answers in the order of the requests."""
    answers = dict([item async for item in gather_answers(asker, requests, concurrency)])
    return [answers[index] for index in range(len(requests))]
