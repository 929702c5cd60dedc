"""How much of the article and of the furniture readers of pages keep, on pages built around the fixtures' texts.

    python eval/bench/html_extraction.py [--articles N] [--by-template]

Every template of ``page_templates.py`` holds each plain-text fixture of the dev split. By lines, white space apart: recall is
the share of the article's characters that stand in what a reader returns, noise the share of the page's furniture that does,
worst the recall on the worst page. Peers that are not installed are said and left out; for all of them, in an environment of
its own: pip install -e . trafilatura readability-lxml gne markitdown resiliparse newspaper4k justext
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import io
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

from page_templates import TEMPLATES

from summarizer.source.clean import clean
from summarizer.source.html import read_html
from summarizer.source.text import SourceText

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
Extract = Callable[[str], str]


class Row(NamedTuple):
    """One page: shares of characters, and seconds."""

    recall: float
    noise: float
    seconds: float


def reader(page: str) -> str:
    """This project's reader, furniture left out."""
    found = read_html(page)
    kept, at = [], 0
    for one in found.furniture:
        kept.append(found.text[at : one.start])
        at = one.end
    return "".join([*kept, found.text[at:]])


def cleaned(page: str) -> str:
    """The same with the cleaning behind it, which is what a chunk is cut from."""
    found = read_html(page)
    return clean(SourceText("page.html", "0", "text/html", "utf-8", found.text, found.furniture)).text


def _readability(module: Any) -> Extract:
    from lxml import html

    return lambda page: str(html.fromstring(module.Document(page).summary()).text_content())


def _markitdown(module: Any) -> Extract:
    converter = module.MarkItDown(enable_plugins=False)
    return lambda page: str(converter.convert_stream(io.BytesIO(page.encode()), file_extension=".html").text_content)


def _newspaper(module: Any) -> Extract:
    def extract(page: str) -> str:
        article = module.Article("https://example.org/a.html", language="zh")
        article.download(input_html=page)
        article.parse()
        return str(article.text)

    return extract


PEERS: dict[str, tuple[str, Callable[[Any], Extract]]] = {
    "trafilatura": ("trafilatura", lambda module: lambda page: module.extract(page, include_tables=True) or ""),
    "trafilatura, for recall": (
        "trafilatura",
        lambda module: lambda page: module.extract(page, include_tables=True, favor_recall=True) or "",
    ),
    "readability-lxml": ("readability", _readability),
    "gne": ("gne", lambda module: lambda page: module.GeneralNewsExtractor().extract(page)["content"]),
    "resiliparse": (
        "resiliparse.extract.html2text",
        lambda module: lambda page: module.extract_plain_text(page, main_content=True),
    ),
    "newspaper4k": ("newspaper", _newspaper),
    "markitdown": ("markitdown", _markitdown),
}


def contenders() -> dict[str, Extract]:
    """Name with version → extractor, for whatever is installed."""
    found: dict[str, Extract] = {"summarizer, reader": reader, "summarizer, reader and cleaning": cleaned}
    for name, (module, make) in PEERS.items():
        package, _, variant = name.partition(",")
        try:
            version = importlib.metadata.version(package)
            found[f"{package} {version}{',' + variant if variant else ''}"] = make(importlib.import_module(module))
        except (ImportError, importlib.metadata.PackageNotFoundError) as error:
            print(f"{name}: left out ({error})", file=sys.stderr)
    return found


def kept_share(lines: list[str], text: str) -> float:
    """Share of the lines' characters that stand in the text, white space apart."""
    flat = "".join(text.split())
    sizes = [(len("".join(line.split())), "".join(line.split()) in flat) for line in lines]
    return sum(size for size, there in sizes if there) / max(1, sum(size for size, _ in sizes))


def articles() -> list[tuple[str, list[str]]]:
    """Headline and paragraphs of the fixtures, as far as cleaning alone calls them the article."""
    found = []
    for path in sorted((FIXTURES / "dev").glob("*.txt")):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # the fixtures in other encodings say nothing of pages
        kept = clean(SourceText(path.name, "0", "text/plain", "utf-8", text)).text
        lines = [line.strip() for line in kept.splitlines() if line.strip()]
        if len(lines) >= 6:
            found.append((lines[0][:60], lines[1:]))
    return found


def measure(extract: Extract, texts: list[tuple[str, list[str]]]) -> dict[str, list[Row]]:
    """Rows of each template. A reader that fails on a page returned nothing of it."""
    rows: dict[str, list[Row]] = {}
    for template in TEMPLATES:
        for title, lines in texts:
            page, furniture = template(title, lines)
            begun = time.perf_counter()
            try:
                text = extract(page)
            except Exception as error:  # noqa: BLE001  # a peer may raise anything
                print(f"{template.__name__}: {type(error).__name__}: {error}"[:200], file=sys.stderr)
                text = ""
            seconds = time.perf_counter() - begun
            rows.setdefault(template.__name__, []).append(
                Row(kept_share(lines, text), kept_share(furniture, text), seconds)
            )
    return rows


def main() -> None:
    """Print a row for each reader, and with ``--by-template`` one for each form of page."""
    parser = argparse.ArgumentParser(description="Recall and noise of readers of pages.")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--by-template", action="store_true")
    options = parser.parse_args()
    texts = articles()[: options.articles]
    print(f"{len(texts)} articles in {len(TEMPLATES)} forms of page")
    print("| reader | recall | noise | worst | pages with all | ms a page |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, extract in contenders().items():
        by_template = measure(extract, texts)
        rows = [row for found in by_template.values() for row in found]
        whole = sum(row.recall > 0.999 for row in rows) / len(rows)
        figures = [
            mean(row.recall for row in rows),
            mean(row.noise for row in rows),
            min(row.recall for row in rows),
            whole,
        ]
        print(
            f"| {name} | {' | '.join(f'{figure:.3f}' for figure in figures)} | {mean(row.seconds for row in rows) * 1000:.1f} |"
        )
        if options.by_template:
            for template, found in by_template.items():
                print(
                    f"|   {template} | {mean(r.recall for r in found):.3f} | {mean(r.noise for r in found):.3f} | | | |"
                )


if __name__ == "__main__":
    main()
