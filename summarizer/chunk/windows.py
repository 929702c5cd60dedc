"""Context and output windows of common models, and the chunk budget that follows from them."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.errors import UsageError

__all__ = ["AS_OF", "UNKNOWN", "Window", "default_budget", "fitted_budget", "window_for"]

AS_OF = "2026-11"
"""When the table was last looked over. The figures are from pages that cite the makers; some resellers allow less."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens that a model takes in all, and at most gives back in one answer."""

    context: int
    output: int


UNKNOWN = Window(8_192, 4_096)
"""For a model that is not in the table: what even small local servers offer."""

_WINDOWS: tuple[tuple[str, Window], ...] = (
    ("gpt-5", Window(400_000, 128_000)),
    ("gpt-4.1", Window(1_047_576, 32_768)),
    ("gpt-4o", Window(128_000, 16_384)),
    ("chatgpt-4o", Window(128_000, 16_384)),
    ("gpt-4-turbo", Window(128_000, 4_096)),
    ("gpt-4", Window(8_192, 8_192)),
    ("gpt-3.5-turbo", Window(16_385, 4_096)),
    ("gpt-oss", Window(131_072, 131_072)),
    ("o1", Window(200_000, 100_000)),
    ("o3", Window(200_000, 100_000)),
    ("o4-mini", Window(200_000, 100_000)),
    ("deepseek-chat", Window(128_000, 8_192)),
    ("deepseek-reasoner", Window(128_000, 65_536)),
    ("qwen-max", Window(32_768, 8_192)),
)
"""By the beginning of the name; of several that fit, the longest. A model whose figures could not be found is not guessed."""

_MOST = 3_000
"""Beyond about two printed pages a model begins to leave items out; no window is a reason for larger chunks."""


def window_for(model: str) -> Window:
    """The window of ``model`` (a maker's prefix such as ``openai/`` is passed over), or the conservative ``UNKNOWN``."""
    name = model.rsplit("/", 1)[-1].lower()
    fitting = [(prefix, window) for prefix, window in _WINDOWS if name.startswith(prefix)]
    return max(fitting, key=lambda row: len(row[0]))[1] if fitting else UNKNOWN


def default_budget(model: str) -> int:
    """Tokens a chunk for ``model``: a quarter of its context, half of its output, at most ``3000``.

    The quarter leaves room for the instructions and the answer. The half is there because an answer quotes the chunk:
    a list that is all tasks comes back whole, with the field names around it.
    """
    window = window_for(model)
    return min(window.context // 4, window.output // 2, _MOST)


_LEAST = 200
"""Below so many tokens a chunk holds no task of the usual length with its steps."""


def fitted_budget(context: int, around: int) -> int:
    """Tokens a chunk for an endpoint whose context is known: question and answer share it, and the answer is the longer one.

    ``around`` are the tokens of the question besides the chunk. Raises UsageError when the context holds no question.
    """
    budget = min((context - around) // 3, _MOST)
    if budget < _LEAST:
        raise UsageError(
            f"a context of {context:,} tokens is too small: the instructions alone take {around:,}, and the answer needs room "
            f"too; give the server at least {around + 3 * _LEAST:,} (better {around + 3 * _MOST:,}) and say it in the profile "
            "(context = …)"
        )
    return budget
