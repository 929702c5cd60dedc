"""How much of the article and of the furniture HTML extractors keep, on pages built around the fixtures' texts.

    .venv/bin/python eval/bench/html_extraction.py

Three page templates (a portal with a hot list and teasers, a government site laid out in tables, a message page with
share bars) hold each plain-text fixture. Counted are characters of the article and of the furniture, by lines: a line
of either is kept when it is a part of what the extractor returns. Peers that are not installed are said and left out;
install them beside with: .venv/bin/pip install trafilatura gne
"""

from __future__ import annotations

import importlib
import importlib.metadata
import time
from collections.abc import Callable
from pathlib import Path

from summarizer.source.html import read_html

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
Extract = Callable[[str], str]

HOT = [
    "城际列车加开三十对",
    "今夜到明天有小雨 8℃到15℃",
    "市民广场音乐喷泉恢复开放",
    "本地樱桃上市 每斤28元",
    "马拉松报名人数破两万",
]
NAV = ["首页", "要闻", "政务公开", "办事服务", "互动交流", "数据开放"]
FOOT = ["版权所有\uff1a云溪市人民政府办公室", "网站标识码\uff1a3300000000", "联系我们 网站地图 隐私声明"]


def portal(title: str, lines: list[str]) -> tuple[str, list[str]]:
    """A news portal: navigation, hot list beside, teasers below."""
    teasers = [f"{head}\uff0c记者从有关部门了解到\uff0c这一消息引发关注\u3002" for head in HOT]
    body = "".join(f"<p>{line}</p>" for line in lines)
    nav = "".join(f'<a href="/{n}">{name}</a> ' for n, name in enumerate(NAV))
    hot = "".join(f'<li><a href="/h{n}">{head}</a></li>' for n, head in enumerate(HOT))
    below = "".join(f'<div class="item"><a href="/t{n}">{text}</a></div>' for n, text in enumerate(teasers))
    page = (
        f'<html><head><title>{title}_云溪网</title></head><body><div class="nav">{nav}</div><div class="wrap">'
        f'<div class="left"><h1>{title}</h1><div class="article">{body}</div><div class="related"><h3>相关阅读</h3>{below}</div></div>'
        f'<div class="right"><h3>热点推荐</h3><ul>{hot}</ul></div></div><div class="footer"><p>{"</p><p>".join(FOOT)}</p></div></body></html>'
    )
    return page, [*NAV, *HOT, *teasers, *FOOT]


def office(title: str, lines: list[str]) -> tuple[str, list[str]]:
    """A government site of the old kind: everything in layout tables, paragraphs by br."""
    body = "<br/>\u3000\u3000".join(lines)
    nav = "".join(f'<td><a href="/{n}">{name}</a></td>' for n, name in enumerate(NAV))
    page = (
        f"<html><head><title>{title}</title></head><body><table><tr>{nav}</tr></table><table><tr><td><h2>{title}</h2></td></tr>"
        f'<tr><td>打印 关闭 字号\uff1a大 中 小</td></tr><tr><td class="content">{body}</td></tr></table>'
        f"<table><tr><td>{'</td></tr><tr><td>'.join(FOOT)}</td></tr></table></body></html>"
    )
    return page, [*NAV, "打印 关闭 字号\uff1a大 中 小", *FOOT]


def message(title: str, lines: list[str]) -> tuple[str, list[str]]:
    """A message page: sections in spans, share bar and reading list below."""
    body = "".join(f"<section><span>{line}</span></section>" for line in lines)
    share = ["点赞", "在看", "分享给好友", "微信扫一扫关注该公众号"]
    page = (
        f'<html><head><title>{title}</title></head><body><div id="page"><h1 class="title">{title}</h1><div id="js_content">{body}</div>'
        f'<div class="tool">{"".join(f"<span>{word}</span>" for word in share)}</div></div></body></html>'
    )
    return page, share


def ours(page: str) -> str:
    """This project's reader, furniture left out."""
    found = read_html(page)
    kept, at = [], 0
    for one in found.furniture:
        kept.append(found.text[at : one.start])
        at = one.end
    return "".join([*kept, found.text[at:]])


def contenders() -> dict[str, Extract]:
    """Name with version → extractor, for whatever is installed."""
    found: dict[str, Extract] = {"summarizer (readability-lxml by identity)": ours}
    peers: dict[str, Callable[[object], Extract]] = {
        "trafilatura": lambda module: lambda page: module.extract(page, include_tables=True) or "",  # type: ignore[attr-defined]
        "gne": lambda module: lambda page: module.GeneralNewsExtractor().extract(page)["content"],  # type: ignore[attr-defined]
    }
    for name, make in peers.items():
        try:
            found[f"{name} {importlib.metadata.version(name)}"] = make(importlib.import_module(name))
        except (ImportError, importlib.metadata.PackageNotFoundError):
            print(f"{name}: not installed, left out")
    return found


def kept_share(lines: list[str], text: str) -> float:
    """Share of the lines' characters that stand in the text, white space apart."""
    flat = "".join(text.split())
    sizes = [(len("".join(line.split())), "".join(line.split()) in flat) for line in lines]
    return sum(size for size, there in sizes if there) / sum(size for size, _ in sizes)


def main() -> None:
    """Print a row for each extractor and template."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((FIXTURES / "dev").glob("*.txt"))]
    articles = [
        lines for text in texts if len(lines := [line.strip() for line in text.splitlines() if line.strip()]) >= 6
    ]
    print(f"{len(articles)} articles, three templates each")
    print("| extractor | template | article kept | furniture kept | worst article | ms a page |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, extract in contenders().items():
        for template in (portal, office, message):
            rows, begun = [], time.perf_counter()
            for lines in articles:
                page, furniture = template(lines[0][:40], lines[1:])
                text = extract(page)
                rows.append((kept_share(lines[1:], text), kept_share(furniture, text)))
            each = (time.perf_counter() - begun) / len(rows) * 1000
            article, furniture_kept = (sum(row[at] for row in rows) / len(rows) for at in (0, 1))
            worst = min(row[0] for row in rows)
            print(f"| {name} | {template.__name__} | {article:.3f} | {furniture_kept:.3f} | {worst:.3f} | {each:.1f} |")


if __name__ == "__main__":
    main()
