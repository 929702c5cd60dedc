"""One contender of the chunking benchmark, run by ``chunking.py`` in a process of its own.

    python eval/bench/chunking_contenders.py NAME TEXTS.json LIMIT JUDGE

Prints one JSON line: the time of splitting the texts once, over that of counting all their tokens plainly (``encode_ordinary``,
one thread) just before. A process sees each text once, so nothing that a splitter remembers from an earlier round helps it.
With JUDGE 1 the cuts are judged too, outside the time.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import tiktoken

os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(Path(__file__).resolve().parents[2] / "cache" / "tiktoken"))
ENCODING = tiktoken.get_encoding("o200k_base")
_CHINESE_SENTENCES = r"[^。！？]+[。！？]*|[。！？]+"
_ENDED = re.compile(r"(?:[。！？…][”’」』）)》】]*\s*|\n\s*)\Z")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]+")
Split = Callable[[str], Sequence[str]]


def count(text: str) -> int:
    return len(ENCODING.encode_ordinary(text))


def summarizer(limit: int) -> tuple[Split, str]:
    from summarizer.chunk import counter_for, split_text

    counter = counter_for("gpt-4o")
    return lambda text: [chunk.text for chunk in split_text(text, None, counter, limit)], version("summarizer")


def summarizer_sent(limit: int) -> tuple[Split, str]:
    from summarizer.chunk import counter_for, sent, split_text

    counter = counter_for("gpt-4o")
    return lambda text: [sent(chunk) for chunk in split_text(text, None, counter, limit)], version("summarizer")


def chonkie_recursive_chinese(limit: int) -> tuple[Split, str]:
    from chonkie import RecursiveChunker, RecursiveLevel, RecursiveRules

    marks = (["\n"], ["。", "！", "？"], ["；", "：", "，", "、"])
    levels = [RecursiveLevel(delimiters=mark) for mark in marks]
    made = RecursiveChunker(
        tokenizer=ENCODING, chunk_size=limit, rules=RecursiveRules(levels=[*levels, RecursiveLevel()])
    )
    return lambda text: [chunk.text for chunk in made.chunk(text)], version("chonkie")


def chonkie_recursive(limit: int) -> tuple[Split, str]:
    from chonkie import RecursiveChunker

    made = RecursiveChunker(tokenizer=ENCODING, chunk_size=limit)
    return lambda text: [chunk.text for chunk in made.chunk(text)], version("chonkie")


def chonkie_sentence_chinese(limit: int) -> tuple[Split, str]:
    from chonkie import SentenceChunker

    made = SentenceChunker(tokenizer=ENCODING, chunk_size=limit, delim=["。", "！", "？", "\n"])
    return lambda text: [chunk.text for chunk in made.chunk(text)], version("chonkie")


def chonkie_sentence(limit: int) -> tuple[Split, str]:
    from chonkie import SentenceChunker

    made = SentenceChunker(tokenizer=ENCODING, chunk_size=limit)
    return lambda text: [chunk.text for chunk in made.chunk(text)], version("chonkie")


def chonkie_token(limit: int) -> tuple[Split, str]:
    from chonkie import TokenChunker

    made = TokenChunker(tokenizer=ENCODING, chunk_size=limit)
    return lambda text: [chunk.text for chunk in made.chunk(text)], version("chonkie")


def llama_index_sentence(limit: int) -> tuple[Split, str]:
    from llama_index.core.node_parser import SentenceSplitter

    made = SentenceSplitter(
        chunk_size=limit,
        chunk_overlap=0,
        tokenizer=ENCODING.encode_ordinary,
        paragraph_separator="\n",
        chunking_tokenizer_fn=lambda text: re.findall(_CHINESE_SENTENCES, text),
        secondary_chunking_regex="[^，；、]+[，；、]?",
    )
    return made.split_text, version("llama-index-core")


def langchain_chinese(limit: int) -> tuple[Split, str]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    made = RecursiveCharacterTextSplitter(
        separators=["\n", r"(?<=[。！？])", r"(?<=[；，、])", ""],
        is_separator_regex=True,
        keep_separator="end",
        strip_whitespace=False,
        chunk_size=limit,
        chunk_overlap=0,
        length_function=count,
    )
    return made.split_text, version("langchain-text-splitters")


def langchain_token(limit: int) -> tuple[Split, str]:
    from langchain_text_splitters import TokenTextSplitter

    made = TokenTextSplitter(encoding_name="o200k_base", chunk_size=limit, chunk_overlap=0, disallowed_special=())
    return made.split_text, version("langchain-text-splitters")


def semchunk(limit: int) -> tuple[Split, str]:
    from semchunk import chunkerify

    made = chunkerify(count, limit)
    return made, version("semchunk")


def semantic_text_splitter(limit: int) -> tuple[Split, str]:
    from semantic_text_splitter import TextSplitter

    made = TextSplitter.from_tiktoken_model("gpt-4o", limit, trim=False)
    return made.chunks, version("semantic-text-splitter")


def langextract(limit: int) -> tuple[Split, str]:
    from langextract.chunking import ChunkIterator
    from langextract.core.tokenizer import UnicodeTokenizer

    def split(text: str) -> list[str]:
        places = [chunk.char_interval for chunk in ChunkIterator(text, limit, UnicodeTokenizer())]
        return [text[place.start_pos : place.end_pos] for place in places]

    return split, version("langextract")


CONTENDERS: dict[str, Callable[[int], tuple[Split, str]]] = {
    "summarizer": summarizer,
    "chonkie RecursiveChunker, Chinese rules": chonkie_recursive_chinese,
    "chonkie RecursiveChunker": chonkie_recursive,
    "chonkie SentenceChunker, Chinese marks": chonkie_sentence_chinese,
    "chonkie SentenceChunker": chonkie_sentence,
    "chonkie TokenChunker": chonkie_token,
    "llama-index SentenceSplitter, tuned": llama_index_sentence,
    "langchain recursive, Chinese regex": langchain_chinese,
    "langchain token windows": langchain_token,
    "semchunk": semchunk,
    "semantic-text-splitter": semantic_text_splitter,
    "langextract (limit in characters)": langextract,
}


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Wall seconds, CPU seconds of all threads, and the result."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - wall, time.process_time() - cpu, result


def located(text: str, chunks: Sequence[str]) -> tuple[list[int], int]:
    """Ends of the chunks in the text, and how many characters of the text are in none. A chunk that is not a stretch of the
    text (a torn character became U+FFFD) has no end and covers nothing."""
    ends, cursor, covered = [], 0, 0
    for chunk in chunks:
        at = text.find(chunk, cursor)
        if at >= 0 and chunk:
            cursor = at + len(chunk)
            covered += len(chunk)
            ends.append(cursor)
    return ends, len(text) - covered


def judged(texts: list[dict[str, Any]], split: list[Sequence[str]], limit: int) -> dict[str, int]:
    """Chunks over the limit, characters lost, and cuts inside a sentence or an item that would have fitted the limit."""
    found = dict.fromkeys(("chunks", "over", "lost", "cuts", "in_sentence", "in_item"), 0)
    for row, chunks in zip(texts, split, strict=True):
        text = row["text"]
        ends, lost = located(text, chunks)
        found["chunks"] += len(chunks)
        found["over"] += sum(count(chunk) > limit for chunk in chunks)
        found["lost"] += lost
        cuts = [end for end in ends if end < len(text)]
        found["cuts"] += len(cuts)
        found["in_sentence"] += sum(torn_sentence(text, cut, limit) for cut in cuts)
        found["in_item"] += torn_items(text, row["items"], cuts, limit)
    return found


def torn_sentence(text: str, cut: int, limit: int) -> bool:
    """Whether the cut stands inside a sentence of at most ``limit`` tokens."""
    if _ENDED.search(text, max(0, cut - 12), cut) or text[cut] == "\n":
        return False
    start = max(text.rfind(mark, 0, cut) for mark in "。！？\n") + 1
    sentence = _SENTENCE.match(text, start)
    return count(sentence[0] if sentence else text[start:]) <= limit


def torn_items(text: str, items: list[list[int]], cuts: list[int], limit: int) -> int:
    """Cuts strictly inside an item of at most ``limit`` tokens; white space at its end is no inside."""
    torn, at = 0, 0
    for start, end in items:
        while at < len(cuts) and cuts[at] <= start:
            at += 1
        inside = [cut for cut in cuts[at : at + 40] if start < cut < end and text[cut:end].strip()]
        torn += len(inside) if inside and count(text[start:end]) <= limit else 0
    return torn


def main(name: str, path: str, limit: int, judge: bool) -> None:
    split, release = CONTENDERS[name](limit)
    split("先走一遍。\n一是载入词表，二是编译规则。")
    texts = json.loads(Path(path).read_text(encoding="utf-8"))
    plain = [row["text"] for row in texts]
    wall_count, cpu_count, _tokens = timed(lambda: [count(text) for text in plain])
    wall, cpu, chunks = timed(lambda: [split(text) for text in plain])
    report: dict[str, Any] = {"version": release, "wall": wall / wall_count, "cpu": cpu / cpu_count}
    if judge:
        report |= judged(texts, chunks, limit)
        if name.startswith("summarizer"):
            whole, _ = summarizer_sent(limit)
            report["over"] += sum(count(piece) > limit for text in plain for piece in whole(text))
    print(json.dumps(report))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "1")
