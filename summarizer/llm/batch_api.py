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

from summarizer.errors import SummarizerError, UsageError
from summarizer.llm.error_bodies import error_in, error_of_page
from summarizer.llm.proxies import proxy_for
from summarizer.llm.secrets import Redactor
from summarizer.llm.transport import NO_KEY, may_send
from summarizer.profiles import Profile

if TYPE_CHECKING:
    import httpx2
    from openai import OpenAI
    from openai.types import Batch

__all__ = ["BatchApi", "BatchState"]

_ENDED = {"completed", "failed", "expired", "cancelled", "canceled", "finished", "succeeded", "error"}
"""OpenAI's words, and those of endpoints that follow it loosely."""


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
        return self.status.lower() in _ENDED


class BatchApi:
    """One profile's endpoint; every fault is a SummarizerError without the key.

    Raises UsageError when the endpoint has no Batch API, and for a key that would travel unencrypted.
    """

    def __init__(self, profile: Profile, key: SecretStr | None) -> None:
        if not profile.batch_endpoint:
            raise UsageError(f"no Batch API is known for {profile.host}: run the requests live (brief, extract)")
        may_send(profile.base_url, key, insecure=profile.insecure)
        self._profile = profile
        self._key = key
        self._redactor = Redactor(key)
        self._proxy = proxy_for(profile.base_url)

    def submit(self, path: Path) -> BatchState:
        """Upload the file and create its batch."""
        with self._talking() as client:
            uploaded = client.files.create(file=path, purpose="batch")
            created = client.with_options(max_retries=0).batches.create(
                input_file_id=uploaded.id,
                endpoint=self._profile.batch_endpoint,  # type: ignore[arg-type]  # vendors have addresses of their own
                completion_window="24h",
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

        secret = NO_KEY if self._key is None else self._key.get_secret_value()
        try:
            with OpenAI(
                base_url=self._profile.base_url,
                api_key=secret,
                timeout=self._profile.limits.timeout,
                http_client=self._connections(),
            ) as client:
                yield client
        except APIStatusError as error:
            words = error_of_page(self._redactor.content(error.response.content), str(error.message))
            message = self._redactor.text(words.message)
            raise SummarizerError(f"the endpoint's Batch API refused (status {error.status_code}): {message}") from None
        except OpenAIError as error:
            cause = self._redactor.text(str(error.__cause__ or "")) or type(error).__name__
            raise SummarizerError(f"the endpoint's Batch API did not answer: {cause}") from None
        except OSError as error:
            raise SummarizerError(f"{error.filename}: {error.strerror}") from error

    def _connections(self) -> httpx2.Client:
        """Straight to this machine, else through the environment's proxy."""
        from openai import DefaultHttpxClient

        try:
            return DefaultHttpxClient(proxy=None if self._proxy is None else self._proxy.address, trust_env=False)
        except ImportError:
            raise UsageError(
                f"the environment names the SOCKS proxy {self._proxy}: install summarizer[socks], or name the host in NO_PROXY"
            ) from None


def _state(batch: Batch) -> BatchState:
    """Read the state as it came: some endpoints leave fields out, and give an empty text for a file that is not there."""
    fields = batch.to_dict(warnings=False)
    counts = fields.get("request_counts")
    counts = counts if isinstance(counts, dict) else {}
    total, completed, failed = (n if isinstance(n := counts.get(name), int) else 0 for name in _COUNTS)
    return BatchState(
        batch_id=batch.id,
        status=str(fields.get("status") or "unknown"),
        total=total,
        completed=completed,
        failed=failed,
        output_file=_id(fields.get("output_file_id")),
        error_file=_id(fields.get("error_file_id")),
        problems=tuple(_problems(fields.get("errors"))),
    )


_COUNTS = ("total", "completed", "failed")


def _id(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _problems(errors: object) -> Iterator[str]:
    """What is wrong with the file, line by line."""
    listed = errors.get("data") if isinstance(errors, dict) and "data" in errors else errors
    for fault in listed if isinstance(listed, list) else [listed] if listed else []:
        found = error_in({"error": fault})
        words = found.message if found else str(fault)
        line = fault.get("line") if isinstance(fault, dict) else None
        yield f"line {line}: {words}" if line else words
