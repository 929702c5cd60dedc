"""Grounding: quotes that must be found at their place, and quotes that must be refused, langextract beside.

    .venv/bin/python eval/bench/grounding.py [TEXT_FILE ...]

Cases are made from the fixtures' texts (or from the files given): whole clauses, sentences and stretches inside them,
with punctuation width swapped, line breaks and spaces put in, script changed; and the same with a number, a unit or a
comparison changed, a negation put in, or taken from another text. The peer runs in the benchmark environment when that
is there (eval/bench/README.md); its absence is said.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

BENCH = Path(__file__).resolve().parent
PEER = BENCH / ".venv" / "bin" / "python"

CLAUSE = re.compile(r"[^，。；：、,;:！？!?“”\"（）()\n\s《》…—-]{6,40}")
SENTENCE = re.compile(r"[^。\n]{20,80}。")
FIGURE = re.compile(r"[^，。；、,\n]{4,30}?\d+(?:\.\d+)?[^，。；、,\n]{1,12}")
SWAP = str.maketrans("，。；：（）,;:()", ",.;:()，；：（）")
TURNED = {
    "以上": "以下",
    "以下": "以上",
    "提高": "降低",
    "增长": "下降",
    "下降": "增长",
    "增加": "减少",
    "不低于": "不高于",
}


@dataclass(frozen=True)
class Case:
    """A quote put to a text; ``span`` is where it must be found, ``None`` when it must be refused."""

    text: int
    kind: str
    quote: str
    span: tuple[int, int] | None


def make_cases(texts: list[str], seed: int, each: int) -> Iterator[Case]:
    """Cases of all kinds, some ``each`` of a kind and text."""
    rng = random.Random(seed)
    for number, text in enumerate(texts):
        whole = [m.span() for m in CLAUSE.finditer(text) if text.count(m.group()) == 1]
        for start, end in rng.sample(whole, min(each, len(whole))):
            yield Case(number, "clause", text[start:end], (start, end))
            if end - start > 10:
                a, b = start + rng.randint(1, 3), end - rng.randint(1, 3)
                if text.count(text[a:b]) == 1:
                    yield Case(number, "stretch inside a clause", text[a:b], (a, b))
        sentences = [m.span() for m in SENTENCE.finditer(text) if text.count(m.group()) == 1]
        for start, end in rng.sample(sentences, min(each, len(sentences))):
            yield from _sentence(number, text, start, end, rng)
        figures = list(FIGURE.finditer(text))
        for match in rng.sample(figures, min(each, len(figures))):
            yield from _changed(number, text, match.group())
        for other, theirs in enumerate(texts):
            if other != number:
                foreign = [m.group() for m in SENTENCE.finditer(theirs) if m.group() not in text]
                yield from (
                    Case(number, "of another text", quote, None) for quote in rng.sample(foreign, min(1, len(foreign)))
                )


def _sentence(number: int, text: str, start: int, end: int, rng: random.Random) -> Iterator[Case]:
    quote, middle = text[start:end], (end - start) // 2
    yield Case(number, "sentence", quote, (start, end))
    yield Case(number, "width swapped", quote.translate(SWAP), (start, end))
    yield Case(number, "line break and spaces", quote[:middle] + "\n  " + quote[middle:], (start, end))
    yield Case(number, "negation put in", quote[:middle] + "不得" + quote[middle:], None)
    word = rng.choice(["严禁", "未能", "暂缓"])
    yield Case(number, "negation put in", quote[:middle] + word + quote[middle:], None)
    for printed, turned in TURNED.items():
        if printed in quote and quote.replace(printed, turned, 1) not in text:
            yield Case(number, "comparison turned", quote.replace(printed, turned, 1), None)
            break


def _changed(number: int, text: str, quote: str) -> Iterator[Case]:
    digits = list(re.finditer(r"\d+(?:\.\d+)?", quote))[-1]
    for kind, new in (("number changed", str(int(float(digits[0])) + 7)), ("digit lost", digits[0][:-1])):
        changed = quote[: digits.start()] + new + quote[digits.end() :]
        if new and changed not in text and len(changed) >= 8:
            yield Case(number, kind, changed, None)


def judge(texts: list[str], cases: list[Case]) -> dict[str, object]:
    """This project's results by kind, with the mean time of a question."""
    from summarizer.extract.grounding import Found, GroundedText

    grounded = [GroundedText(text) for text in texts]
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    begun = time.perf_counter()
    for case in cases:
        found = grounded[case.text].find(case.quote, near=case.span[0] if case.span else None)
        place = (found.start, found.end) if isinstance(found, Found) else None
        rows[case.kind][0] += place == case.span
        rows[case.kind][1] += 1
    return {"name": "summarizer", "rows": rows, "ms": (time.perf_counter() - begun) / len(cases) * 1000}


PEER_PROGRAM = r"""
import json, sys, time
from collections import defaultdict
from importlib.metadata import version
from langextract.core import data, tokenizer
from langextract import resolver
job = json.load(sys.stdin)
out = []
kinds = {"default": None, "per character": getattr(tokenizer, "UnicodeTokenizer", None)}
for name, make in kinds.items():
    if name != "default" and make is None:
        continue
    rows = defaultdict(lambda: [0, 0]); begun = time.perf_counter()
    for case in job["cases"]:
        aligner = resolver.WordAligner()
        extraction = data.Extraction(extraction_class="quote", extraction_text=case["quote"])
        options = {} if make is None else {"tokenizer_impl": make()}
        groups = aligner.align_extractions([[extraction]], job["texts"][case["text"]], **options)
        interval = groups[0][0].char_interval
        place = None if interval is None or interval.start_pos is None else [interval.start_pos, interval.end_pos]
        rows[case["kind"]][0] += place == case["span"]
        rows[case["kind"]][1] += 1
    out.append({"name": f"langextract {version('langextract')} ({name})", "rows": rows, "ms": (time.perf_counter() - begun) / len(job["cases"]) * 1000})
json.dump(out, sys.stdout)
"""


def peers(texts: list[str], cases: list[Case]) -> list[dict[str, object]]:
    """The peer's results, by a process of its own; empty with a word on stderr when it is not there."""
    if not PEER.exists():
        print("langextract: no benchmark environment, left out (see eval/bench/README.md)", file=sys.stderr)
        return []
    job = json.dumps({"texts": texts, "cases": [asdict(case) for case in cases]})
    done = subprocess.run([str(PEER), "-c", PEER_PROGRAM], input=job, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"langextract: failed: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        return []
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print a row for each kind and a column for each contender."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--each", type=int, default=6)
    options = parser.parse_args()
    files = options.files or sorted((BENCH.parent / "fixtures" / "dev").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in files]
    cases = list(make_cases(texts, options.seed, options.each))
    results = [judge(texts, cases), *peers(texts, cases)]
    print(f"{len(cases)} quotes on {len(texts)} texts, longest {max(map(len, texts)):,} characters")
    print("| kind | must be | " + " | ".join(str(result["name"]) for result in results) + " |")
    print("| --- | --- |" + " --- |" * len(results))
    for kind in dict.fromkeys(case.kind for case in cases):
        wanted = "found" if next(case for case in cases if case.kind == kind).span else "refused"
        cells = ["{} of {}".format(*result["rows"][kind]) for result in results]  # type: ignore[index]
        print(f"| {kind} | {wanted} | " + " | ".join(cells) + " |")
    print("| ms a quote | | " + " | ".join(f"{result['ms']:.2f}" for result in results) + " |")


if __name__ == "__main__":
    main()
