"""From the body of a chat completion, as the Batch API's output holds it, to an answer."""

from __future__ import annotations

from typing import Any

from summarizer.exchange import Answer, Outcome, Usage

__all__ = ["answer_of", "judge"]


def answer_of(completion: dict[str, Any]) -> Answer:
    """Return the first choice as an answer. Raises ValueError, KeyError, TypeError or IndexError for another shape."""
    choice = completion["choices"][0]
    message = choice["message"]
    usage = completion.get("usage") or {}
    details = usage.get("prompt_tokens_details") or {}
    return judge(
        content=message.get("content"),
        refusal=message.get("refusal"),
        finish_reason=choice.get("finish_reason"),
        usage=Usage(
            input_tokens=usage.get("prompt_tokens", 0),
            output_tokens=usage.get("completion_tokens", 0),
            cached_input_tokens=details.get("cached_tokens") or 0,
        ),
    )


def judge(content: str | None, refusal: str | None, finish_reason: str | None, usage: Usage) -> Answer:
    """Return the answer with the outcome that follows from the endpoint's words.

    A filter outweighs a refusal, a refusal a cut, a cut emptiness: a model that thought until the limit and wrote nothing
    was cut. The text is never changed.
    """
    if not isinstance(content, str | None) or not isinstance(refusal, str | None):
        raise TypeError("the content of an answer is a string")
    if finish_reason == "content_filter":
        outcome = Outcome.FILTERED
    elif refusal:
        outcome = Outcome.REFUSED
    elif finish_reason == "length":
        outcome = Outcome.CUT
    elif not (content or "").strip():
        outcome = Outcome.EMPTY
    else:
        outcome = Outcome.ANSWERED
    return Answer(outcome, text=content or "", finish_reason=finish_reason, usage=usage, error=refusal or None)
