from __future__ import annotations

import pytest

from summarizer.chunk.windows import UNKNOWN, Window, default_budget, window_for


def test_the_longest_fitting_name_decides() -> None:
    assert window_for("gpt-4o-mini-2024-07-18") == Window(128_000, 16_384)
    assert window_for("gpt-4") == Window(8_192, 8_192)
    assert window_for("openai/gpt-4.1-mini") == window_for("gpt-4.1")


def test_an_unknown_model_gets_the_conservative_window() -> None:
    assert window_for("本地模型") == UNKNOWN


@pytest.mark.parametrize("model", ["gpt-5", "gpt-4", "gpt-4-turbo", "deepseek-chat", "unheard-of"])
def test_a_chunk_and_an_answer_as_long_as_two_chunks_fit_the_window(model: str) -> None:
    window, budget = window_for(model), default_budget(model)
    assert budget * 2 <= window.output
    assert budget * 4 <= window.context
    assert 1_000 <= budget <= 3_000
