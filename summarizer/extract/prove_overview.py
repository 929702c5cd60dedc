"""Whether a sentence of the overview is proven by the items it cites: numbers, names, quotations, claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.language.claims import claims_in
from summarizer.language.fold import fold
from summarizer.language.numerals import parse_number
from summarizer.language.regions import county_names, find_regions
from summarizer.language.values import PRINTED_NUMBER, printed_values, quantity_values
from summarizer.schema import Document, Indicator, Task

__all__ = ["Fault", "faults_of_statement"]

_QUOTED = re.compile("[\u201c\u300c\u300a]([^\u201c\u201d\u300c\u300d\u300a\u300b]+)[\u201d\u300d\u300b]")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence is not proven, for the model (Chinese) and for problem messages (English)."""

    chinese: str
    english: str


def faults_of_statement(
    text: str, cites: Sequence[str], items: Mapping[str, Task | Indicator], documents: Mapping[str, Document]
) -> Iterator[Fault]:
    """Yield what is wrong with a sentence. ``items`` are all items by id, ``documents`` the documents by id."""
    unknown = [id_ for id_ in cites if id_ not in items]
    if unknown or not cites:
        named = "、".join(unknown) or "（空）"
        yield Fault(f"引用的编号不存在：{named}", f"cites what there is not: {named}")
        return
    if not text.strip() or len(text) > _LONGEST or "\n" in text.strip():
        yield Fault("不是一句话", "is not one sentence")
        return
    evidence = [items[id_].evidence.quote for id_ in cites]
    yield from _numbers(text, evidence)
    cited = {id_: documents[id_.partition(".")[0]] for id_ in cites}
    yield from _names(text, evidence, list(cited.values()))
    folded = "".join(fold(quote).text.lower() for quote in evidence)
    for word in claims_in(fold(text).text):
        if word not in folded:
            yield Fault(f"断语“{word}”不见于所引条目", f"the claim {word} stands in no cited item")


def _numbers(text: str, evidence: Sequence[str]) -> Iterator[Fault]:
    """Each quantity must be a quantity of the evidence (万 and 亿 expanded), each other number in digits must be printed."""
    quantities = {value for quote in evidence for value in quantity_values(quote)}
    printed = {value for quote in evidence for value in printed_values(quote)}
    for value in sorted(quantity_values(text) - quantities):
        if value not in printed or value >= 10_000:
            yield Fault(f"数字{value:f}不见于所引条目", f"the number {value:f} stands in no cited item")
    for match in PRINTED_NUMBER.finditer(text):
        if parse_number(match[0]) not in printed:
            yield Fault(f"数字{match[0]}不见于所引条目", f"the number {match[0]} stands in no cited item")


def _names(text: str, evidence: Sequence[str], cited: Sequence[Document]) -> Iterator[Fault]:
    """Regions and quotations must come from the cited items or be what their documents are called."""
    folded = "".join(fold(quote).text for quote in evidence)
    own = " ".join(
        fold(name).text
        for document in cited
        for name in (document.region, document.issuer, document.title, document.meeting.name)
        if name
    )
    regions = {document.region for document in cited}
    for mention in find_regions(text):
        name = text[mention.start : mention.end]
        if mention.region.name not in regions and name not in folded and name not in own:
            yield Fault(f"地名“{name}”与所引条目无关", f"the place {name} belongs to no cited item")
    for name in county_names(text):
        if name not in folded and name not in own:
            yield Fault(f"地名“{name}”与所引条目无关", f"the place {name} belongs to no cited item")
    for match in _QUOTED.finditer(text):
        words = fold(match[1]).text
        if words not in folded and words not in own:
            yield Fault(f"引语“{match[1]}”不见于所引条目", f"the quotation {match[1]} stands in no cited item")
