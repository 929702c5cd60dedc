"""One contender of the client benchmark, run by ``client.py`` in a process of its own.

    python eval/bench/client_contenders.py NAME BASE_URL REQUESTS

Prints one JSON line: wall and CPU seconds of the requests (imports, set-up and one warm-up request are outside), versions,
peak memory in KiB. Each contender gets the same messages and schema, keeps 64 requests in the air and hands back validated
answers, unless its name says otherwise.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from pydantic import BaseModel, ConfigDict

CONCURRENCY = 64
PROMPT = "从下面的文字中找出各项任务。\n" + "各地要健全分级诊疗体系，推动优质资源下沉，提升县域服务能力。" * 30

Ask = Callable[[], Awaitable[object]]


class Task(BaseModel):
    """One item of the answer."""

    model_config = ConfigDict(extra="forbid")
    title: str
    quote: str
    ordinal: int


class Tasks(BaseModel):
    """What is asked for."""

    model_config = ConfigDict(extra="forbid")
    tasks: list[Task]


MESSAGES = [{"role": "system", "content": "你是公文分析助手。"}, {"role": "user", "content": PROMPT}]


@asynccontextmanager
async def openai_parse(url: str) -> AsyncIterator[Ask]:
    from openai import AsyncOpenAI

    async with AsyncOpenAI(api_key="k", base_url=url, max_retries=0) as client:
        yield lambda: client.chat.completions.parse(model="m", messages=MESSAGES, response_format=Tasks)


@asynccontextmanager
async def openai_parse_aiohttp(url: str) -> AsyncIterator[Ask]:
    from openai import AsyncOpenAI, DefaultAioHttpClient

    async with AsyncOpenAI(api_key="k", base_url=url, max_retries=0, http_client=DefaultAioHttpClient()) as client:
        yield lambda: client.chat.completions.parse(model="m", messages=MESSAGES, response_format=Tasks)


@asynccontextmanager
async def openai_raw_aiohttp(url: str) -> AsyncIterator[Ask]:
    """The library at its fastest: aiohttp below, no response model, the schema built once; validated by hand."""
    from openai import AsyncOpenAI, DefaultAioHttpClient

    schema = {"name": "Tasks", "schema": Tasks.model_json_schema(), "strict": True}
    wanted = {"type": "json_schema", "json_schema": schema}
    async with AsyncOpenAI(api_key="k", base_url=url, max_retries=0, http_client=DefaultAioHttpClient()) as client:

        async def ask() -> Tasks:
            reply = await client.chat.completions.with_raw_response.create(
                model="m", messages=MESSAGES, response_format=wanted
            )
            return Tasks.model_validate_json(json.loads(reply.content)["choices"][0]["message"]["content"])

        yield ask


@asynccontextmanager
async def instructor_schema(url: str) -> AsyncIterator[Ask]:
    import instructor
    from openai import AsyncOpenAI

    client = instructor.from_openai(
        AsyncOpenAI(api_key="k", base_url=url, max_retries=0), mode=instructor.Mode.JSON_SCHEMA
    )
    yield lambda: client.chat.completions.create(model="m", messages=MESSAGES, response_model=Tasks, max_retries=0)


@asynccontextmanager
async def pydantic_ai_native(url: str) -> AsyncIterator[Ask]:
    from pydantic_ai import Agent, NativeOutput
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    model = OpenAIChatModel("m", provider=OpenAIProvider(base_url=url, api_key="k"))
    agent = Agent(model, output_type=NativeOutput(Tasks), system_prompt=MESSAGES[0]["content"])
    yield lambda: agent.run(PROMPT)


@asynccontextmanager
async def litellm_schema(url: str) -> AsyncIterator[Ask]:
    import litellm

    async def ask() -> Tasks:
        reply = await litellm.acompletion(
            model="openai/m", api_base=url, api_key="k", messages=MESSAGES, response_format=Tasks, num_retries=0
        )
        return Tasks.model_validate_json(reply.choices[0].message.content)

    yield ask


@asynccontextmanager
async def summarizer(url: str) -> AsyncIterator[Ask]:
    from summarizer.exchange import ChatRequest, Message, ResponseFormat
    from summarizer.llm.answer_json import read_json
    from summarizer.llm.client import Client
    from summarizer.profiles import Limits, Profile

    wanted = ResponseFormat("tasks", Tasks.model_json_schema())
    request = ChatRequest("m", tuple(Message(m["role"], m["content"]) for m in MESSAGES), {}, wanted)
    profile = Profile(base_url=url, model="m", limits=Limits(concurrency=CONCURRENCY))
    async with Client(profile, key=None, count_tokens=len) as client:

        async def ask() -> Tasks:
            return Tasks.model_validate(read_json((await client.ask(request)).text).value)

        yield ask


@asynccontextmanager
async def aiohttp_alone(url: str) -> AsyncIterator[Ask]:
    """No client at all: what the machine allows at this moment."""
    import aiohttp

    async with aiohttp.ClientSession() as session:

        async def ask() -> Tasks:
            async with session.post(f"{url}/chat/completions", json={"model": "m", "messages": MESSAGES}) as reply:
                body = json.loads(await reply.read())
            return Tasks.model_validate_json(body["choices"][0]["message"]["content"])

        yield ask


CONTENDERS: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "aiohttp alone (the floor)": (aiohttp_alone, ("aiohttp",)),
    "summarizer": (summarizer, ("openai",)),
    "openai raw response, schema prebuilt (aiohttp transport)": (openai_raw_aiohttp, ("openai",)),
    "openai parse": (openai_parse, ("openai",)),
    "openai parse (aiohttp transport)": (openai_parse_aiohttp, ("openai",)),
    "instructor": (instructor_schema, ("instructor", "openai")),
    "pydantic-ai": (pydantic_ai_native, ("pydantic-ai-slim", "openai")),
    "litellm": (litellm_schema, ("litellm", "openai")),
}


async def _measure(name: str, url: str, requests: int) -> tuple[float, float]:
    async with CONTENDERS[name][0](url) as ask:  # type: ignore[attr-defined]
        await ask()
        numbers = iter(range(requests))

        async def work() -> None:
            for _ in numbers:
                await ask()

        wall, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*(work() for _ in range(CONCURRENCY)))
        return time.perf_counter() - wall, time.process_time() - cpu


def _measure_langextract(url: str, requests: int) -> tuple[float, float]:
    """Threads of its own; it validates nothing."""
    from langextract.providers.openai import OpenAILanguageModel

    model = OpenAILanguageModel(model_id="m", api_key="k", base_url=url, max_workers=CONCURRENCY)
    list(model.infer([PROMPT]))
    wall, cpu = time.perf_counter(), time.process_time()
    list(model.infer([PROMPT] * requests))
    return time.perf_counter() - wall, time.process_time() - cpu


def main() -> None:
    name, url, requests = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if name == "langextract (validates nothing)":
        packages: tuple[str, ...] = ("langextract", "openai")
        wall, cpu = _measure_langextract(url, requests)
    else:
        packages = CONTENDERS[name][1]
        wall, cpu = asyncio.run(_measure(name, url, requests))
    versions = {package: version(package) for package in packages}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"name": name, "wall": wall, "cpu": cpu, "versions": versions, "peak_kib": peak}))


if __name__ == "__main__":
    main()
