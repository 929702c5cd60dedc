"""The Batch API's request file: one line a question that has no recorded answer yet.

Format: https://platform.openai.com/docs/guides/batch: ``custom_id`` (at most 64 characters: a key is just that long),
``method``, ``url``, ``body``; at most 50,000 lines and 200 MB a file, one model a file.

Endpoints of other vendors take less: no ``json_schema``, fewer lines, another ``url``; :class:`BatchForm` says what.

The line alone gives the request back. The number of the attempt is no field of a chat completion, and its ``metadata``
needs ``store: true``, which keeps the question at the endpoint; it is found again because only one attempt has this key. In
the same way it is found out whether a limit of the answer's length belongs to the question or was only sent along.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from summarizer.errors import DataError, UsageError
from summarizer.exchange import ChatRequest, Message, ResponseFormat
from summarizer.llm.output_limit import natural_limit
from summarizer.llm.wire import LIMITS, announced_output, messages_on, request_body, request_without_schema
from summarizer.profiles import Profile, Rung
from summarizer.recordings.key import key_of
from summarizer.recordings.store import Store

__all__ = [
    "ENDPOINT",
    "REQUEST_FILES",
    "BatchForm",
    "BatchWritten",
    "request_line",
    "request_of_line",
    "write_batch",
]

ENDPOINT = "/v1/chat/completions"
REQUEST_FILES = "requests*.jsonl"
"""Names of the files that an export writes."""

_MOST_LINES = 50_000
_MOST_BYTES = 200_000_000
_MOST_ATTEMPTS = 100
_OWN = frozenset({"model", "messages", "response_format"})
"""Fields of a body that a request does not keep among its parameters."""


@dataclass(frozen=True, slots=True)
class BatchForm:
    """What an endpoint takes in a batch: its url for a line, lines a file, the rung of structured output, and the name of the
    limit of an answer's length (None: no limit is sent along)."""

    url: str = ENDPOINT
    lines: int | None = None
    rung: Rung = "json_schema"
    output_field: str | None = None

    @classmethod
    def of(cls, profile: Profile) -> BatchForm:
        """The form of a profile's endpoint. Without a Batch API of its own the lines are OpenAI's, for whoever answers them."""
        url = profile.batch_endpoint or ENDPOINT
        return cls(url, profile.batch_lines, profile.rung or "json_schema", profile.output_field)


@dataclass(frozen=True, slots=True)
class BatchWritten:
    """What an export did: the files in order, requests written, requests that had an answer, equal requests left out."""

    files: tuple[Path, ...]
    written: int
    recorded: int
    repeated: int


def write_batch(
    requests: Iterable[ChatRequest], store: Store, target: Path, form: BatchForm | None = None
) -> BatchWritten:
    """Write each request that has no recorded answer, in files below 50,000 lines (or the form's) and 200 MB.

    A target that ends in ``.jsonl`` is the first file (``ask.jsonl``, ``ask-0002.jsonl`` …); any other is a folder for
    ``requests-0001.jsonl`` and on. Request files of an earlier export to the target are replaced: what is still unanswered in them is asked by this
    export again. Raises UsageError for a request that a body cannot hold, DataError when a file cannot be written.
    """
    form = form or BatchForm()
    seen: set[str] = set()
    recorded = repeated = 0
    try:
        named = target.suffix == ".jsonl"
        folder = target.parent if named else target
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{target.stem}*.jsonl" if named else REQUEST_FILES):
            old.unlink()
        with _Files(folder, target.name if named else None, form.lines) as files:
            for request in requests:
                key = key_of(request)
                if key in seen:
                    repeated += 1
                    continue
                seen.add(key)
                if store.get(key) is not None:
                    recorded += 1
                else:
                    files.add(request.model, request_line(key, request, form))
    except OSError as error:
        raise DataError(str(target), f"the requests cannot be written ({error.strerror})") from error
    return BatchWritten(tuple(files.paths), len(seen) - recorded, recorded, repeated)


def request_line(key: str, request: ChatRequest, form: BatchForm | None = None) -> bytes:
    """Return the line of a request file, with its line break. Fields keep their order: a schema's order guides the model.

    Raises UsageError when a parameter has the name of another field.
    """
    form = form or BatchForm()
    if clash := _OWN & request.parameters.keys():
        raise UsageError(f"a request's parameters cannot hold {', '.join(sorted(clash))}")
    # The live client sends U+FFFD for what UTF-8 cannot hold; here the line must give the very request back.
    messages = [{"role": message.role, "content": message.content} for message in messages_on(request, form.rung)]
    body = {**request_body(request, form.rung), "messages": messages}
    if form.output_field is not None and announced_output(request) is None and not any(name in body for name in LIMITS):
        body[form.output_field] = natural_limit(request)
    line = {"custom_id": key, "method": "POST", "url": form.url, "body": body}
    return json.dumps(line, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"


def request_of_line(line: bytes) -> tuple[str, ChatRequest]:
    """Return key and request of a line. Raises ValueError when it is none, or when its custom_id is not its key."""
    try:
        value = json.loads(line)
        key, body = value["custom_id"], value["body"]
        candidates = list(_requests_of(body))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"it is not a line of the request format ({type(error).__name__}: {error})") from error
    for attempt in range(_MOST_ATTEMPTS):
        for request in candidates:
            candidate = replace(request, attempt=attempt)
            if key_of(candidate) == key:
                return key, candidate
    raise ValueError("its custom_id is not the key of its body: one of them was changed")


def _requests_of(body: dict[str, Any]) -> Iterator[ChatRequest]:
    """The requests that a body may have been made of, the likeliest first."""
    messages = tuple(Message(**message) for message in body["messages"])
    parameters = {name: inner for name, inner in body.items() if name not in _OWN}
    wanted = body.get("response_format")
    forms: list[tuple[tuple[Message, ...], dict[str, Any], ResponseFormat | None]] = []
    if wanted is not None and wanted.get("type") == "json_schema":
        schema = wanted["json_schema"]
        forms.append((messages, parameters, ResponseFormat(schema["name"], schema["schema"])))
    else:
        if wanted is None:
            forms.append((messages, parameters, None))
        said = request_without_schema(messages)
        if said is not None:
            without_tools = {name: inner for name, inner in parameters.items() if name not in {"tools", "tool_choice"}}
            forms.append((said[0], without_tools, said[1]))
    for texts, given, schema_wanted in forms:
        yield ChatRequest(body["model"], texts, given, schema_wanted)
        if any(name in given for name in LIMITS):
            bare = {name: inner for name, inner in given.items() if name not in LIMITS}
            yield ChatRequest(body["model"], texts, bare, schema_wanted)


class _Files:
    """The files of an export, one open a model. They get their names when all is written, so that a kill leaves none."""

    def __init__(self, folder: Path, first: str | None = None, lines: int | None = None) -> None:
        self._folder = folder
        self._most_lines = min(lines or _MOST_LINES, _MOST_LINES)
        self._first = first
        self._open: dict[str, tuple[IO[bytes], int, int]] = {}
        self.paths: list[Path] = []

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        for file, _, _ in self._open.values():
            file.close()
        for path in self.paths:
            if error is None:
                _temporary(path).replace(path)
            else:
                _temporary(path).unlink()

    def add(self, model: str, line: bytes) -> None:
        """Append the line to the model's file, to a new one when it would grow over a limit."""
        file, lines, size = self._open.get(model) or self._next()
        if lines == self._most_lines or size + len(line) > _MOST_BYTES:
            file.close()
            file, lines, size = self._next()
        file.write(line)
        self._open[model] = file, lines + 1, size + len(line)

    def _next(self) -> tuple[IO[bytes], int, int]:
        stem = Path(self._first).stem if self._first else "requests"
        path = self._folder / f"{stem}-{len(self.paths) + 1:04d}.jsonl"
        if self._first and not self.paths:
            path = self._folder / self._first
        file = _temporary(path).open("wb")
        self.paths.append(path)
        return file, 0, 0


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.tmp")
