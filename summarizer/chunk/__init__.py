"""Token-bounded chunks cut at the structure of the text."""

from summarizer.chunk.context import lead_in, sent
from summarizer.chunk.model import Chunk, ChunkContext, Cut
from summarizer.chunk.split import split, split_text
from summarizer.chunk.tokens import TokenCounter, counter_for
from summarizer.chunk.windows import default_budget

__all__ = [
    "Chunk",
    "ChunkContext",
    "Cut",
    "TokenCounter",
    "counter_for",
    "default_budget",
    "lead_in",
    "sent",
    "split",
    "split_text",
]
