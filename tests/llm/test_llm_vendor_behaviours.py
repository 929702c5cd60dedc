"""What the vendors' endpoints do, one row each, on the scripted server: every row has the one right end.

The rows are taken from the vendors' documentation and from reports of their users; a row names who does it, the program reads
what is said and not who says it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from llm_helpers import client, profile, question
from server import ModelServer, Reply, completion, echo, error
from server.model_server import Script

from summarizer.exchange import Answer, Outcome
from summarizer.llm.answer_json import read_json

GOOD = '{"echo": "任务"}'
PARAMETERS = {"temperature": 0}


@dataclass(frozen=True)
class Row:
    """A behaviour and its end: the ``outcome``, what the error ``says``, the ``rung`` after it, what the last body ``sends``
    (None: the field is not sent), how many ``requests`` it took, and whether the run ``stops``."""

    name: str
    script: Script
    outcome: Outcome = Outcome.ANSWERED
    says: str | None = None
    rung: str = "json_schema"
    sends: dict[str, Any] = field(default_factory=dict)
    requests: int | None = None
    stops: bool = False
    parameters: dict[str, Any] = field(default_factory=lambda: dict(PARAMETERS))
    profile: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name


def raw(body: Any, status: int = 200, content_type: str = "application/json") -> Reply:
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    return Reply(content, status=status, content_type=content_type)


def always(reply: Reply) -> Script:
    return lambda _number, _body: reply


def refusing(
    refused: Callable[[dict[str, Any]], bool], reply: Reply, good: Callable[[dict[str, Any]], Reply] = echo
) -> Script:
    """The reply as long as the body is one that is refused."""
    return lambda _number, body: reply if refused(body) else good(body)


def once(reply: Reply) -> Script:
    return lambda number, body: reply if number == 0 else echo(body)


def form(body: dict[str, Any]) -> str:
    kind = body.get("response_format", {}).get("type")
    return str(kind or ("tool" if "tools" in body else "text"))


def message(**fields: Any) -> Reply:
    body = json.loads(completion(None).body)
    body["choices"][0]["message"] = {"role": "assistant", "content": None, **fields}
    return raw(body)


def events(*pieces: Any, done: bool = True) -> Reply:
    lines = [f"data: {json.dumps(piece, ensure_ascii=False)}\n\n" for piece in pieces] + (
        ["data: [DONE]\n\n"] if done else []
    )
    return Reply("".join(lines).encode(), content_type="text/event-stream")


def piece(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    return {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


STREAM = events(
    piece(role="assistant", reasoning_content="想"), piece(content='{"echo": "任'), piece(content='务"}'), piece("stop"),
    {"choices": [], "usage": {"prompt_tokens": 20, "completion_tokens": 5}},
)  # fmt: skip

PARAMETERS_REFUSED = [
    Row(
        "Kimi: temperature is fixed at 1",
        refusing(
            lambda b: b.get("temperature", 1) != 1, error(400, "invalid temperature: only 1 is allowed for this model")
        ),
        sends={"temperature": 1},
        requests=2,
    ),
    Row(
        "GLM: temperature must be positive",
        refusing(
            lambda b: b.get("temperature") == 0,
            raw({"error": {"code": "1214", "message": "temperature 参数非法，必须大于 0"}}, 400),
        ),
        sends={"temperature": 0.01},
    ),
    Row(
        "temperature must be strictly positive (text-generation-inference)",
        refusing(
            lambda b: b.get("temperature") == 0,
            raw(
                {
                    "error": "Input validation error: `temperature` must be strictly positive",
                    "error_type": "validation",
                },
                422,
            ),
        ),
        sends={"temperature": 0.01},
    ),
    Row(
        "OpenAI's reasoning models: only the default temperature",
        refusing(
            lambda b: "temperature" in b and b["temperature"] != 1,
            error(
                400,
                "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
                param="temperature",
                code="unsupported_value",
            ),
        ),
        sends={"temperature": 1},
    ),
    Row(
        "temperature is not supported at all",
        refusing(
            lambda b: "temperature" in b,
            error(400, "Unsupported parameter: 'temperature' is not supported with this model.", param="temperature"),
        ),
        sends={"temperature": None},
    ),
    Row(
        "不支持参数 temperature",
        refusing(lambda b: "temperature" in b, error(400, "不支持参数temperature")),
        sends={"temperature": None},
    ),
    Row(
        "a value that was changed once and is refused again is left out",
        refusing(lambda b: "temperature" in b, error(400, "temperature must be positive")),
        sends={"temperature": None},
        requests=3,
    ),
    Row(
        "max_completion_tokens is unknown",
        refusing(
            lambda b: "max_completion_tokens" in b,
            error(400, "Unrecognized request argument supplied: max_completion_tokens"),
        ),
        sends={"max_completion_tokens": None, "max_tokens": 1280},
    ),
    Row(
        "max_completion_tokens is an extra input (vLLM, 422)",
        refusing(
            lambda b: "max_completion_tokens" in b,
            raw(
                {
                    "detail": [
                        {
                            "loc": ["body", "max_completion_tokens"],
                            "msg": "Extra inputs are not permitted",
                            "type": "extra_forbidden",
                        }
                    ]
                },
                422,
            ),
        ),
        sends={"max_completion_tokens": None, "max_tokens": 1280},
    ),
    Row(
        "use max_completion_tokens instead (OpenAI)",
        refusing(
            lambda b: "max_tokens" in b,
            error(
                400,
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                param="max_tokens",
            ),
        ),
        sends={"max_tokens": None, "max_completion_tokens": 1280},
        profile={"output_field": "max_tokens"},
    ),
    Row(
        "the limit is above the model's (OpenAI)",
        refusing(
            lambda b: b.get("max_completion_tokens", 0) > 512,
            error(
                400,
                "max_tokens is too large: 1280. This model supports at most 512 completion tokens, whereas you provided 1280.",
                param="max_tokens",
            ),
        ),
        sends={"max_completion_tokens": 512},
    ),
    Row(
        "the limit is out of range (DashScope)",
        refusing(
            lambda b: b.get("max_completion_tokens", 0) > 1024,
            error(
                400,
                "<400> InternalError.Algo.InvalidParameter: Range of max_completion_tokens should be [1, 1024]",
                code="invalid_parameter_error",
            ),
        ),
        sends={"max_completion_tokens": 1024},
    ),
    Row(
        "the limit does not fit into the context beside the question (vLLM)",
        refusing(
            lambda b: b.get("max_completion_tokens", 0) > 900,
            error(
                400,
                "'max_completion_tokens' is too large: 1280. This model's maximum context length is 1000 tokens and your request has 100 input tokens (1280 > 1000 - 100).",
            ),
        ),
        requests=2,
    ),
    Row(
        "Qwen's open models: thinking must be switched off without streaming",
        refusing(
            lambda b: b.get("enable_thinking") is not False,
            error(
                400,
                "parameter.enable_thinking must be set to false for non-streaming calls",
                code="invalid_parameter_error",
            ),
        ),
        sends={"enable_thinking": False, "stream": None},
    ),
    Row(
        "the same in Chinese",
        refusing(
            lambda b: b.get("enable_thinking") is not False,
            error(400, "parameter.enable_thinking必须设置为false才能进行非流式调用"),
        ),
        sends={"enable_thinking": False},
    ),
    Row(
        "a switch of thinking that nobody knows is left out",
        refusing(
            lambda b: "thinking" in b,
            error(400, "Unknown parameter: 'thinking'.", param="thinking", code="unknown_parameter"),
        ),
        sends={"thinking": None, "temperature": 0},
        parameters=PARAMETERS | {"thinking": {"type": "disabled"}},
    ),
    Row(
        "an inner field of extra_body that is refused takes the outer one along",
        refusing(lambda b: "chat_template_kwargs" in b, error(400, "chat template does not accept enable_thinking")),
        sends={"chat_template_kwargs": None},
        parameters=PARAMETERS | {"chat_template_kwargs": {"enable_thinking": False}},
    ),
    Row(
        "of the values that are listed the one that thinks least is taken",
        refusing(
            lambda b: b.get("reasoning_effort") == "none",
            error(
                400, "Invalid value: 'none'. Supported values are: 'high', 'low', and 'max'.", param="reasoning_effort"
            ),
        ),
        sends={"reasoning_effort": "low"},
        parameters=PARAMETERS | {"reasoning_effort": "none"},
    ),
    Row(
        "two refused parameters, one after the other",
        lambda _n, b: (
            error(400, "Unknown parameter: 'seed'.", param="seed")
            if "seed" in b
            else error(400, "Unsupported parameter: 'temperature'", param="temperature")
            if "temperature" in b
            else echo(b)
        ),
        sends={"seed": None, "temperature": None},
        parameters=PARAMETERS | {"seed": 7},
    ),
]

STREAMS = [
    Row("a stream though none was asked for", always(STREAM), sends={"stream": None}),
    Row(
        "a stream with comments that keep it alive",
        always(Reply(b": keep-alive\n\n" + STREAM.body, content_type="text/event-stream")),
    ),
    Row(
        "a model that knows only streams (DashScope)",
        refusing(
            lambda b: not b.get("stream"),
            error(400, "This model only support stream mode, please enable the stream parameter to access the model."),
            lambda _b: STREAM,
        ),
        sends={"stream": True},
    ),
    Row(
        "a model that knows only streams, in Chinese",
        refusing(lambda b: not b.get("stream"), error(400, "该模型仅支持流式调用"), lambda _b: STREAM),
        sends={"stream": True},
    ),
    Row(
        "stream=False is not supported (ModelScope)",
        refusing(
            lambda b: not b.get("stream"),
            error(400, "enable thinking can not be support when `stream=False`."),
            lambda _b: STREAM,
        ),
        sends={"stream": True},
    ),
    Row(
        "a stream without stream_options",
        lambda _n, b: (
            error(400, "Unknown parameter: 'stream_options'", param="stream_options")
            if "stream_options" in b
            else STREAM
        ),
        sends={"stream": True, "stream_options": None},
        profile={"stream": True},
    ),
    Row(
        "a stream of tool calls",
        always(
            events(
                piece(tool_calls=[{"index": 0, "function": {"name": "echo", "arguments": '{"echo": '}}]),
                piece("tool_calls", tool_calls=[{"index": 0, "function": {"arguments": '"任务"}'}}]),
            )
        ),
    ),
    Row(
        "a stream that breaks off",
        always(events(piece(content='{"echo"'), done=False)),
        Outcome.FAILED,
        "damaged reply: the stream ended",
    ),
    Row(
        "an error inside a stream",
        always(events({"error": {"message": "The server is overloaded", "code": 503}}, done=False)),
        Outcome.FAILED,
        "server error 503",
    ),
]

LOWERED = [
    Row(
        "DeepSeek: response_format of this type is unavailable",
        refusing(lambda b: form(b) == "json_schema", error(400, "This response_format type is unavailable now")),
        rung="json_object",
    ),
    Row(
        "a 400 that names nothing is tried once on the rung below",
        refusing(
            lambda b: form(b) == "json_schema",
            raw({"error": {"code": "1210", "message": "API 调用参数有误，请检查文档"}}, 400),
        ),
        rung="json_object",
        requests=2,
    ),
    Row(
        "a 400 that names nothing and stays is told as it came",
        always(error(400, "Bad Request")),
        Outcome.FAILED,
        "request rejected 400: Bad Request",
        requests=2,
    ),
    Row(
        "不支持结构化输出",
        refusing(
            lambda b: form(b) in {"json_schema", "json_object"}, error(400, "当前模型不支持 response_format 参数")
        ),
        rung="tool",
    ),
    Row(
        "GLM: tool_choice is auto only",
        lambda _n, b: (
            error(400, "response_format is not supported", param="response_format")
            if "response_format" in b
            else error(400, "tool_choice 仅支持 auto")
            if b.get("tool_choice") != "auto"
            else completion(GOOD, tool="echo", finish_reason="tool_calls")
        ),
        rung="tool",
        sends={"tool_choice": "auto"},
    ),
    Row(
        "no tools either",
        refusing(lambda b: form(b) != "text", error(400, "response_format and tools are not supported by this model")),
        rung="text",
    ),
    Row(
        "a schema that the grammar does not take is a 500 (llama.cpp)",
        refusing(lambda b: form(b) == "json_schema", error(500, "failed to parse grammar", kind="server_error")),
        rung="json_object",
    ),
    Row(
        "a 501 says that it will never work",
        refusing(lambda b: form(b) == "json_schema", error(501, "Not implemented")),
        rung="json_object",
        requests=2,
    ),
    Row("a schema that is passed over", always(completion("好的，请提供文本。")), rung="json_object", requests=1),
    Row(
        "a schema that is passed over with other JSON",
        always(completion('{"result": "ok"}')),
        rung="json_object",
        requests=1,
    ),
]

STOPPED = [
    Row("OpenAI: wrong key", always(error(401, "Incorrect API key provided: sk-****", code="invalid_api_key")), Outcome.FAILED, "key refused 401", stops=True),
    Row("GLM: wrong key", always(raw({"error": {"code": "1002", "message": "Authorization Token非法，请确认Authorization Token正确传递。"}}, 401)), Outcome.FAILED, "key refused 401", stops=True),
    Row("a gateway's wrong token in Chinese", always(error(403, "无效的令牌")), Outcome.FAILED, "key refused 403", stops=True),
    Row("a wrong key as a bare text", always(raw(b"Unauthorized", 401, "text/plain")), Outcome.FAILED, "key refused 401", stops=True),
    Row("a wrong key with status 200", always(raw({"error": {"message": "Invalid API key", "code": 401}})), Outcome.FAILED, "key refused 401", stops=True),
    Row("DeepSeek: model not exist", always(error(400, "Model Not Exist")), Outcome.FAILED, "no such model 400", stops=True),
    Row("SiliconFlow: model not exist", always(raw({"code": 20012, "message": "Model does not exist. Please check it carefully.", "data": None}, 400)), Outcome.FAILED, "no such model", stops=True),
    Row("GLM: model not exist", always(raw({"error": {"code": "1211", "message": "模型不存在，请检查模型代码。"}}, 400)), Outcome.FAILED, "no such model", stops=True),
    Row("Ollama: model not pulled", always(raw({"error": "model 'qwen3:8b' not found, try pulling it first"}, 404)), Outcome.FAILED, "no such model 404", stops=True),
    Row("Doubao: model not open", always(raw({"error": {"code": "ModelNotOpen", "message": "Your account 21 has not activated the model doubao. Please activate the model service.", "type": "NotFound"}}, 404)), Outcome.FAILED, "no such model 404", stops=True),
    Row("Azure: no such deployment", always(error(404, "The API deployment for this resource does not exist.", code="DeploymentNotFound")), Outcome.FAILED, "no such model", stops=True),
    Row("new-api: no channel for the model", always(error(503, "当前分组 default 下对于模型 qwen3 无可用渠道")), Outcome.FAILED, "no such model 503", stops=True),
    Row("a 404 page for a wrong path", always(raw(b"<html><h1>404 Not Found</h1></html>", 404, "text/html")), Outcome.FAILED, "/v1", stops=True),
    Row("FastAPI: not found", always(raw({"detail": "Not Found"}, 404)), Outcome.FAILED, "wrong address 404: Not Found; the address should be the one that ends in /v1", stops=True),
    Row("Qwen: arrears", always(error(400, "Access denied, please make sure your account is in good standing.", kind="Arrearage", code="Arrearage")), Outcome.FAILED, "quota used up", stops=True),
    Row("GLM: arrears as a 429", always(raw({"error": {"code": "1113", "message": "您的账户已欠费，请充值后重试"}}, 429)), Outcome.FAILED, "quota used up", stops=True),
    Row("Doubao: arrears as a 403", always(raw({"error": {"code": "AccountOverdueError", "message": "The request failed because your account has an overdue balance.", "type": "Forbidden"}}, 403)), Outcome.FAILED, "quota used up", stops=True),
    Row("SiliconFlow: no balance", always(raw({"code": 30001, "message": "Sorry, your account balance is insufficient", "data": None}, 403)), Outcome.FAILED, "quota used up", stops=True),
    Row("Kimi: quota as a 429", always(error(429, "Your account is suspended, please check your plan and billing details", kind="exceeded_current_quota_error")), Outcome.FAILED, "quota used up", stops=True),
    Row("DeepSeek: 402", always(error(402, "Insufficient Balance")), Outcome.FAILED, "quota used up 402", stops=True),
    Row("MiniMax: no balance with status 200", always(raw({"base_resp": {"status_code": 1008, "status_msg": "insufficient balance"}})), Outcome.FAILED, "quota used up", stops=True),
]  # fmt: skip

TOLD = [
    Row("GLM: too many requests", always(raw({"error": {"code": "1302", "message": "您当前使用该 API 的并发数过高，请降低并发"}}, 429)), Outcome.FAILED, "rate limit 429", requests=3),
    Row("OpenAI's rate limit that mentions billing", once(error(429, "Rate limit reached for requests per min. Visit your billing page to increase it.", code="rate_limit_exceeded")), requests=2),
    Row("Qwen: throttled", once(error(429, "Requests rate limit exceeded, please try again later.", code="Throttling.RateQuota")), requests=2),
    Row("Kimi: overloaded", once(error(429, "The engine is currently overloaded, please try again later", kind="engine_overloaded_error")), requests=2),
    Row("服务繁忙", once(error(503, "服务繁忙，请稍后再试")), requests=2),
    Row("SiliconFlow: busy, without an error object", once(raw({"code": 50505, "message": "Model service overloaded. Please try again later.", "data": None}, 503)), requests=2),
    Row("Kimi: too long", always(error(400, "Invalid request: Your request exceeded model token limit: 200")), Outcome.FAILED, "context too long"),
    Row("GLM: too long", always(raw({"error": {"code": "1261", "message": "Prompt 超长"}}, 400)), Outcome.FAILED, "context too long"),
    Row("Qwen: too long", always(error(400, "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]", code="invalid_parameter_error")), Outcome.FAILED, "context too long"),
    Row("SiliconFlow: too long", always(raw({"code": 20015, "message": "length of prompt_tokens (32961) must be less than max_seq_len (200).", "data": None}, 400)), Outcome.FAILED, "context too long"),
    Row("输入内容超过模型最大长度", always(error(400, "输入内容超过模型最大上下文长度限制")), Outcome.FAILED, "context too long"),
    Row("a body that is too large", always(raw(b"", 413)), Outcome.FAILED, "context too long 413"),
    Row("Qwen: filter", always(error(400, "Input data may contain inappropriate content.", code="data_inspection_failed")), Outcome.FILTERED, "content filter"),
    Row("GLM: filter", always(raw({"error": {"code": "1301", "message": "系统检测到输入或生成内容可能包含不安全或敏感内容"}}, 400)), Outcome.FILTERED, "content filter"),
    Row("Doubao: filter", always(raw({"error": {"code": "InputTextRiskDetection", "message": "the input text includes sensitive content", "type": "BadRequest"}}, 400)), Outcome.FILTERED, "content filter"),
    Row("Kimi: filter", always(error(400, "The request was rejected because it was considered high risk", kind="content_filter")), Outcome.FILTERED, "content filter"),
    Row("Azure: filter", always(raw({"error": {"message": "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.", "code": "content_filter", "param": "prompt", "innererror": {"code": "ResponsibleAIPolicyViolation"}}}, 400)), Outcome.FILTERED, "content filter"),
    Row("an error inside a 200", once(raw({"error": {"message": "Provider returned error", "code": 502}})), requests=2),
    Row("an error inside a choice", once(raw({"choices": [{"error": {"code": 502, "message": "upstream failed"}, "message": {"content": ""}, "finish_reason": "error"}]})), requests=2),
    Row("an error that is a string", always(raw({"error": "something odd happened"}, 400)), Outcome.FAILED, "something odd happened"),
    Row("an error in a list", always(raw([{"error": {"code": 400, "message": "Invalid JSON payload received.", "status": "INVALID_ARGUMENT"}}], 400)), Outcome.FAILED, "Invalid JSON payload"),
    Row("Qianfan's fields", always(raw({"error_code": 336003, "error_msg": "the length of messages must be an odd number"}, 200)), Outcome.FAILED, "odd number"),
]  # fmt: skip

ANSWERS = [
    Row("JSON in reasoning_content", always(message(content="", reasoning_content=GOOD)), requests=1),
    Row("JSON in reasoning (vLLM)", always(message(content=None, reasoning=GOOD)), requests=1),
    Row("arguments as an object", always(message(tool_calls=[{"function": {"name": "echo", "arguments": {"echo": "任务"}}}])), profile={"rung": "tool"}, rung="tool"),
    Row("two tool calls", always(message(tool_calls=[{"function": {"name": "echo", "arguments": '{"echo": "任务"}'}}, {"function": {"name": "echo", "arguments": '{"more": [1]}'}}])), profile={"rung": "tool"}, rung="tool"),
    Row("the old function_call", always(message(function_call={"name": "echo", "arguments": GOOD})), profile={"rung": "tool"}, rung="tool"),
    Row("a tool call in the text (Hermes)", always(completion(f'<tool_call>\n{{"name": "echo", "arguments": {GOOD}}}\n</tool_call>')), profile={"rung": "tool"}, rung="tool"),
    Row("content in parts", always(message(content=[{"type": "thinking", "thinking": "想"}, {"type": "text", "text": GOOD}]))),
    Row("content as an object", always(message(content={"echo": "任务"}))),
    Row("Ollama's own form", always(raw({"model": "m", "message": {"role": "assistant", "content": GOOD}, "done_reason": "stop", "done": True}))),
    Row("DashScope's own form", always(raw({"output": {"choices": [{"message": {"content": GOOD}, "finish_reason": "stop"}]}, "usage": {"input_tokens": 9, "output_tokens": 3}}))),
    Row("DeepSeek: an empty answer is asked again once", once(completion("")), requests=2),
    Row("an answer that stays empty", always(completion("")), Outcome.EMPTY, "the answer is empty", requests=2),
    Row("nothing but white space up to the limit", always(completion("\n" * 900, finish_reason="length")), Outcome.EMPTY, "white space up to the token limit"),
    Row("a whole answer and white space up to the limit", always(completion(GOOD + " " * 900, finish_reason="length")), says="white space up to the token limit"),
    Row("an answer that repeats itself up to the limit", always(completion('{"echo": "' + "推进改革、" * 200, finish_reason="length")), Outcome.CUT, "repeats itself"),
    Row("DeepSeek: out of machines", lambda n, b: completion("半", finish_reason="insufficient_system_resource") if n == 0 else echo(b), requests=2),
    Row("GLM: stopped by the filter", always(completion("半", finish_reason="sensitive")), Outcome.FILTERED, "content filter"),
]  # fmt: skip

ROWS = [*PARAMETERS_REFUSED, *STREAMS, *LOWERED, *STOPPED, *TOLD, *ANSWERS]


def test_the_table_is_of_some_size_and_names_each_behaviour_once() -> None:
    assert len(ROWS) >= 60
    assert len({row.name for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_behaviour_comes_to_its_right_end(row: Row) -> None:
    async def run() -> tuple[Answer, ModelServer, str, str | None]:
        async with ModelServer(row.script) as server, client(profile(server, **row.profile)) as asker:
            answer = await asker.ask(question("问", **row.parameters))
            return answer, server, asker.rung("test-model"), asker.stopped

    answer, server, rung, stopped = asyncio.run(run())
    assert answer.outcome is row.outcome, answer.error
    if row.says is not None:
        assert row.says in (answer.error or "")
    elif answer.outcome is Outcome.ANSWERED:
        assert answer.error is None
    assert rung == row.rung
    assert (stopped is not None) == row.stops
    sent = server.seen[-1].body
    assert {name: sent.get(name) for name in row.sends} == row.sends
    if row.requests is not None:
        assert server.count == row.requests
    if answer.outcome is Outcome.ANSWERED and rung == row.profile.get("rung", rung) and row not in LOWERED:
        value = read_json(answer.text).value
        assert isinstance(value, dict)
        assert "echo" in value or "echo" in value.get("arguments", {})
