"""What an endpoint tells of itself besides answers: the models that it has, and how much it reads at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic_core import from_json

from summarizer.llm.faults import Fault
from summarizer.llm.transport import Transport
from summarizer.profiles import is_loopback

__all__ = ["Surveyed", "survey"]

_CONTEXT_FIELDS = (
    "max_model_len",
    "context_length",
    "context_window",
    "max_context_length",
    "max_input_tokens",
    "n_ctx",
)
"""Of an entry in the list of models: vLLM and SGLang; OpenRouter, Moonshot; Groq; LM Studio; gateways; llama-cpp-python."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """``models`` is empty when there is no list (``no_list`` says why). ``context`` is that of the model, with the page that
    told it; None when nobody told."""

    models: tuple[str, ...] = ()
    no_list: str | None = None
    context: int | None = None
    told_by: str = ""


async def survey(transport: Transport, base_url: str, model: str) -> Surveyed:
    """Read the list of models and, on servers of this machine, the pages that tell the context. Asks no model anything."""
    reply = await transport.get("/models")
    listed, no_list = _listed(reply)
    names = tuple(str(entry["id"]) for entry in listed)
    wanted = model or (names[0] if len(names) == 1 else "")
    entry = next((entry for entry in listed if entry["id"] == wanted), {})
    context = _context(entry)
    if context is not None:
        return Surveyed(names, no_list, context, "GET /models")
    if is_loopback(urlsplit(base_url).hostname or ""):
        for page in ("/props", "/api/ps"):
            content = await transport.get(_beside(base_url, page))
            context = _of_page(_parsed(content), wanted)
            if context is not None:
                return Surveyed(names, no_list, context, f"GET {page}")
    return Surveyed(names, no_list)


def _beside(base_url: str, page: str) -> str:
    """The address of a page of the same server outside ``/v1``."""
    parts = urlsplit(base_url)
    return urlunsplit((parts.scheme, parts.netloc, page, "", ""))


def _parsed(content: bytes | Fault) -> Any:
    if isinstance(content, Fault):
        return None
    try:
        return from_json(content)
    except ValueError:
        return None


def _listed(reply: bytes | Fault) -> tuple[list[dict[str, Any]], str | None]:
    if isinstance(reply, Fault):
        return [], str(reply)
    value = _parsed(reply)
    data = value.get("data", value.get("models")) if isinstance(value, dict) else value
    if not isinstance(data, list):
        return [], "the page /models is no list"
    entries = [entry for entry in data if isinstance(entry, dict)]
    return [entry | {"id": entry.get("id") or entry.get("name")} for entry in entries], None


def _context(entry: dict[str, Any]) -> int | None:
    meta = entry.get("meta")
    for fields in (entry, meta if isinstance(meta, dict) else {}):
        for name in _CONTEXT_FIELDS:
            if isinstance(fields.get(name), int) and fields[name] > 0:
                return int(fields[name])
    return None


def _of_page(page: Any, model: str) -> int | None:
    """llama.cpp's ``/props``, or Ollama's list of loaded models."""
    if not isinstance(page, dict):
        return None
    settings = page.get("default_generation_settings")
    if isinstance(settings, dict) and isinstance(settings.get("n_ctx"), int):
        return int(settings["n_ctx"])
    for entry in page.get("models") or ():
        if isinstance(entry, dict) and model in {entry.get("name"), entry.get("model")}:
            length = entry.get("context_length")
            return length if isinstance(length, int) and length > 0 else None
    return None
