"""A live endpoint's Batch API: hand in a file of requests, look how far it is, fetch the files of answers and errors.

Documented at https://platform.openai.com/docs/api-reference/batch. Creating a batch is never retried: a reply that got
lost may have created it, and a second one would be paid for again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from summarizer.errors import SummarizerError

if TYPE_CHECKING:
    from openai import OpenAI
    from openai.types import Batch

__all__ = ["BatchApi", "BatchState"]

_NO_KEY = "none"
"""Sent to servers that ask for no key; the library insists on one."""


@dataclass(frozen=True, slots=True)
class BatchState:
    """A batch at the endpoint. ``ended``: its status will not change any more. Files are the endpoint's ids."""

    batch_id: str
    status: str
    total: int
    completed: int
    failed: int
    output_file: str | None
    error_file: str | None
    problems: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.status in {"completed", "failed", "expired", "cancelled"}


class BatchApi:
    """One endpoint. ``timeout`` is seconds for one call; every fault is a SummarizerError without the key."""

    def __init__(self, base_url: str, key: SecretStr | None, timeout: float) -> None:
        self._base_url = base_url
        self._key = key
        self._timeout = timeout

    def submit(self, path: Path) -> BatchState:
        """Upload the file and create its batch."""
        with self._talking() as client:
            uploaded = client.files.create(file=path, purpose="batch")
            created = client.with_options(max_retries=0).batches.create(
                input_file_id=uploaded.id, endpoint="/v1/chat/completions", completion_window="24h"
            )
            return _state(created)

    def status(self, batch_id: str) -> BatchState:
        """Ask for the batch's state."""
        with self._talking() as client:
            return _state(client.batches.retrieve(batch_id))

    def download(self, file_id: str, path: Path) -> None:
        """Write a file of the endpoint to ``path``, in one step when it is complete."""
        temporary = path.with_name(f".{path.name}.tmp")
        with self._talking() as client:
            with client.files.with_streaming_response.content(file_id) as response:
                response.stream_to_file(temporary)
            temporary.replace(path)

    @contextmanager
    def _talking(self) -> Iterator[OpenAI]:
        """Open a client, and turn its faults into words for the user."""
        from openai import APIStatusError, OpenAI, OpenAIError

        secret = _NO_KEY if self._key is None else self._key.get_secret_value()
        try:
            with OpenAI(base_url=self._base_url, api_key=secret, timeout=self._timeout) as client:
                yield client
        except APIStatusError as error:
            message = str(error.message).replace(secret, "[key]")
            raise SummarizerError(f"the endpoint's Batch API refused (status {error.status_code}): {message}") from None
        except OpenAIError as error:
            raise SummarizerError(f"the endpoint's Batch API did not answer: {type(error).__name__}") from None
        except OSError as error:
            raise SummarizerError(f"{error.filename}: {error.strerror}") from error


def _state(batch: Batch) -> BatchState:
    counts = batch.request_counts
    faults = (batch.errors.data if batch.errors else None) or []
    return BatchState(
        batch_id=batch.id,
        status=batch.status,
        total=counts.total if counts else 0,
        completed=counts.completed if counts else 0,
        failed=counts.failed if counts else 0,
        output_file=batch.output_file_id,
        error_file=batch.error_file_id,
        problems=tuple(f"line {fault.line}: {fault.message}" if fault.line else str(fault.message) for fault in faults),
    )
