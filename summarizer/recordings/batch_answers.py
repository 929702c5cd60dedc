"""The Batch API's output and error files, and answers written by hand or by another program, into the store.

Two kinds of line are read:

- ``{"custom_id": …, "response": {"status_code": 200, "body": {chat completion}}, "error": null}``, the Batch API's;
- ``{"custom_id": …, "content": "the answer's raw text", "finish_reason": "stop"}`` for who answers offline;
  ``finish_reason`` may be left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from summarizer.errors import DataError
from summarizer.exchange import Answer, ChatRequest
from summarizer.llm.error_bodies import error_in
from summarizer.llm.replies import read_completion
from summarizer.recordings.batch import request_of_line
from summarizer.recordings.private import redacted
from summarizer.recordings.recording import Provenance, Recording, now
from summarizer.recordings.store import Store

__all__ = ["BatchRead", "LineProblem", "read_batch"]


@dataclass(frozen=True, slots=True)
class LineProblem:
    """A line that gave no recording: file, line (from 1), custom_id when it has one, and why."""

    file: str
    line: int
    custom_id: str | None
    reason: str


@dataclass(slots=True)
class BatchRead:
    """What an import did. ``missing`` are the keys of requests that still have no answer."""

    recorded: int = 0
    already: int = 0
    failed: list[LineProblem] = field(default_factory=list)
    """The endpoint's own failures: they are asked by the next export."""
    unreadable: list[LineProblem] = field(default_factory=list)
    """Lines of another format, with an unknown custom_id, or that contradict a line before."""
    missing: list[str] = field(default_factory=list)


def read_batch(
    answers: Iterable[Path],
    requests: Iterable[Path],
    store: Store,
    *,
    how: str = "batch",
    clock: Callable[[], datetime] = now,
) -> BatchRead:
    """Record the answers of these files to the requests of those; memory holds one place in a file a request.

    An answer that the store has already stays as it is. Raises DataError when a file cannot be opened, when a request
    file is damaged (its answers were paid for: nothing of it may be passed over), or when the store cannot be written.
    """
    places = _places(requests)
    report = BatchRead()
    provenance = Provenance(how, clock().isoformat(timespec="seconds"))
    for path in answers:
        for number, _, line in _lines(path):
            _read_line(path, number, line, places, store, provenance, report)
    report.missing = [key for key in places if store.get(key) is None]
    return report


class _Failed(Exception):
    """The endpoint could not answer this request."""


def _read_line(
    path: Path,
    number: int,
    line: bytes,
    places: dict[str, tuple[Path, int]],
    store: Store,
    provenance: Provenance,
    report: BatchRead,
) -> None:
    """Record one line's answer, or put into the report why there is none."""
    custom_id: str | None = None
    try:
        value = json.loads(line)
        custom_id = value["custom_id"]
        if custom_id not in places:
            raise ValueError("its custom_id is in no request file")
        recording = Recording.of(_request_at(*places[custom_id]), _answer(value), provenance)
    except _Failed as failure:
        report.failed.append(LineProblem(path.name, number, custom_id, str(failure)))
        return
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        reason = str(error) if type(error) is ValueError else f"it is not an answer ({type(error).__name__}: {error})"
        report.unreadable.append(LineProblem(path.name, number, custom_id, reason))
        return
    stored = store.load(recording.key)
    if stored is None:
        store.put(recording)
        report.recorded += 1
    elif stored == recording:
        report.already += 1
    else:
        reason = "another answer to this request is recorded already and stays"
        report.unreadable.append(LineProblem(path.name, number, custom_id, reason))


def _answer(value: dict[str, Any]) -> Answer:
    """Return a line's answer. Raises _Failed for the endpoint's failures, ValueError and its kin for another format."""
    if "content" in value:
        if not isinstance(value["content"], str):
            raise ValueError("content is not a string: it holds the raw text of the answer")
        message = {"content": value["content"], "refusal": value.get("refusal")}
        return _read({"choices": [{"message": message, "finish_reason": value.get("finish_reason", "stop")}]})
    response, error = value.get("response") or None, value.get("error") or None
    if response is not None:
        status, body = response.get("status_code", 200), response.get("body")
        body = json.loads(body) if isinstance(body, str) and body.strip() else body  # some write it as a text
        if str(status) == "200" and body:
            return _read(body)
        raise _Failed(f"status {status}: {_words(error, body)}")
    if error is not None:
        raise _Failed(_words(error, None))
    raise ValueError("it has neither content, nor a response, nor an error")


def _read(completion: dict[str, Any]) -> Answer:
    """Judge a chat completion as the live client does."""
    answer = read_completion(completion)
    if isinstance(answer, Answer):
        return answer
    raise _Failed(redacted(str(answer)))


def _words(error: Any, body: Any) -> str:
    """What the endpoint says, in whichever of the two places, without addresses and keys."""
    found = error_in({"error": error}) or error_in(body)
    if found is None:
        return "no reason given"
    return redacted(found.message if found.message != "no message" else found.code or "no reason given")


def _places(requests: Iterable[Path]) -> dict[str, tuple[Path, int]]:
    """Return file and byte offset of each request's line, after checking every line."""
    places: dict[str, tuple[Path, int]] = {}
    for path in requests:
        for number, offset, line in _lines(path):
            try:
                key, _ = request_of_line(line)
            except ValueError as error:
                raise DataError(str(path), f"line {number} is no request: {error}") from error
            places[key] = path, offset
    return places


def _request_at(path: Path, offset: int) -> ChatRequest:
    with path.open("rb") as file:
        file.seek(offset)
        return request_of_line(file.readline())[1]


def _lines(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Give number (from 1), byte offset and bytes of each line that is not blank; a byte order mark is no content."""
    try:
        with path.open("rb") as file:
            offset = 0
            for number, line in enumerate(file, 1):
                content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
                if content.strip():
                    yield number, offset + len(line) - len(content), content
                offset += len(line)
    except OSError as error:
        raise DataError(str(path), f"it cannot be read ({error.strerror})") from error
