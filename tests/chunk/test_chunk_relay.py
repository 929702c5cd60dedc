from __future__ import annotations

import numpy as np
import pytest

from summarizer.chunk.relay import Relay, Tokens


def _letters(block: str) -> Tokens:
    return np.frombuffer(block.encode(), dtype=np.uint8)


@pytest.mark.parametrize("order", [range(40), reversed(range(40)), [17, 3, 39, 0]])
def test_every_block_gets_its_own_tokens_in_whatever_order_they_are_asked_for(order: list[int]) -> None:
    blocks = [f"block {number}" for number in range(40)]
    relay = Relay(_letters, blocks)
    for number in order:
        assert relay.take(number).tobytes().decode() == blocks[number]


def test_a_block_that_cannot_be_encoded_fails_for_whoever_asks_for_it() -> None:
    def encode(block: str) -> Tokens:
        if block == "bad":
            raise ValueError(block)
        return _letters(block)

    relay = Relay(encode, ["good", "bad"])
    assert relay.take(0).size == 4
    with pytest.raises(ValueError, match="bad"):
        relay.take(1)


def test_an_error_of_one_text_leaves_the_helpers_to_the_next() -> None:
    def fail_later(block: str) -> Tokens:
        if block:
            raise ValueError(block)
        return _letters(block)

    for _ in range(20):
        broken = Relay(fail_later, ["", "x", "y"])
        with pytest.raises(ValueError, match=r"[xy]"):
            broken.take(1)
    assert Relay(_letters, ["a", "b", "c"]).take(2).tobytes() == b"c"
