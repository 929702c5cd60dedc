"""The overview by a model: asked once over the proven items, judged sentence by sentence, asked again once, the rest dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from summarizer.exchange import Answer, ChatRequest, Message, Outcome, ResponseFormat
from summarizer.extract.document import Model
from summarizer.extract.prompts import marks
from summarizer.extract.prove_overview import Fault, faults_of_statement
from summarizer.extract.wire import strict_schema
from summarizer.llm.answer_json import read_json
from summarizer.schema import Document, Indicator, Statement, Status, Task

__all__ = ["MOST_SENTENCES", "AskedOverview", "Dropped", "ask_overview"]

MOST_SENTENCES = 8
_MOST_TASKS = 15
_MOST_INDICATORS = 12
_LONGEST_ITEM = 160
"""Of one document's items, and of one item's text in characters, so that thirty documents fit into one question."""

_USABLE = frozenset({Outcome.ANSWERED, Outcome.CUT})
_LANGUAGES = {"zh": "中文", "en": "英文"}


class _WireSentence(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", str_strip_whitespace=True)

    text: str
    cites: list[str]


class _WireOverview(BaseModel):
    sentences: list[_WireSentence]


_FORMAT = ResponseFormat("overview", strict_schema(_WireOverview))


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence that was not proven, and why."""

    text: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class AskedOverview:
    """The proven sentences, those that were dropped, the answers; ``failure`` when no answer could be read."""

    statements: tuple[Statement, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    answers: tuple[Answer, ...] = ()
    failure: tuple[Outcome, str] | None = None


async def ask_overview(
    documents: Sequence[Document], baseline: str | None, language: str, model: Model
) -> AskedOverview:
    """Ask for the overview of some documents with items. ``model`` carries the prompt ``overview``.

    Raises nothing but cancellation: a used-up budget and a missing recording are failures with their outcome.
    """
    keys = {document.id: f"D{number}" for number, document in enumerate(documents, 1)}
    request = _request(documents, keys, baseline, language, model)
    first = await model.ask(request)
    if first.outcome not in _USABLE:
        return AskedOverview(answers=(first,), failure=(first.outcome, first.error or ""))
    judge = _Judge(documents, {key: id_ for id_, key in keys.items()})
    sentences = _read(first)
    if sentences is None:
        return AskedOverview(answers=(first,), failure=(Outcome.FAILED, "the answer is not readable as JSON"))
    proven, dropped = judge.all(sentences)
    answers = [first]
    if dropped:
        problems = [f"“{one.text}”：{one.fault.chinese}" for one in dropped]
        reminder = Message("user", model.prompt.render("reask", problems=problems))
        again = await model.ask(replace(request, messages=(*request.messages, reminder), attempt=1))
        answers.append(again)
        if again.outcome in _USABLE:
            mended, still = judge.all(_read(again) or ())
            proven = [*proven, *mended]
            # The second answer's sentences correct the faulty ones in their order; what it passes over is given up.
            dropped = [*dropped[len(mended) + len(still) :], *still]
    kept = tuple(dict.fromkeys(proven))[:MOST_SENTENCES]
    return AskedOverview(kept, tuple(dropped), tuple(answers))


def _request(
    documents: Sequence[Document], keys: Mapping[str, str], baseline: str | None, language: str, model: Model
) -> ChatRequest:
    material = [_material(document, keys[document.id], document.id == baseline) for document in documents]
    mark_open, mark_close = marks("".join(str(one) for one in material))
    user = model.prompt.render("user", documents=material, mark_open=mark_open, mark_close=mark_close)
    system = model.prompt.render("system", most=MOST_SENTENCES, language=_LANGUAGES[language])
    messages = (Message("system", system), Message("user", user))
    return ChatRequest(model.name, messages, dict(model.parameters), _FORMAT)


def _material(document: Document, key: str, is_baseline: bool) -> dict[str, Any]:
    """A document as the prompt shows it: its name, its tasks, and its indicators with the targets first."""
    indicators = sorted(document.indicators, key=lambda one: one.status is not Status.TARGET)
    return {
        "key": key,
        "name": " ".join((document.region or document.issuer or document.title or "").split()),
        "baseline": is_baseline,
        "tasks": [_line(task, key) for task in document.tasks[:_MOST_TASKS]],
        "indicators": [_line(one, key) for one in indicators[:_MOST_INDICATORS]],
    }


def _line(item: Task | Indicator, key: str) -> dict[str, str]:
    if isinstance(item, Task):
        text = item.evidence.quote
    else:
        text = f"{item.name}（{item.status}，{item.period or ''}）：{item.evidence.quote}"
    return {"id": f"{key}.{item.id.partition('.')[2]}", "text": " ".join(text.split())[:_LONGEST_ITEM]}


def _read(answer: Answer) -> list[_WireSentence] | None:
    """The sentences of an answer, None when there is no object with sentences in it; a damaged sentence is left out."""
    value = read_json(answer.text).value
    listed = value.get("sentences") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        return None
    sentences = []
    for one in listed[: 2 * MOST_SENTENCES]:
        try:
            sentences.append(_WireSentence.model_validate(one))
        except ValidationError:
            sentences.append(_WireSentence(text=str(one)[:_LONGEST_ITEM], cites=[]))
    return sentences


class _Judge:
    """Gives each sentence its real ids and its faults."""

    def __init__(self, documents: Sequence[Document], ids: Mapping[str, str]) -> None:
        self._items = {item.id: item for document in documents for item in document.items}
        self._documents = {document.id: document for document in documents}
        self._ids = ids

    def all(self, sentences: Sequence[_WireSentence]) -> tuple[list[Statement], list[Dropped]]:
        proven: list[Statement] = []
        dropped: list[Dropped] = []
        for sentence in sentences:
            cites = tuple(dict.fromkeys(self._real(cite) for cite in sentence.cites))
            fault = next(faults_of_statement(sentence.text, cites, self._items, self._documents), None)
            if fault is None:
                proven.append(Statement(text=sentence.text, cites=cites))
            else:
                dropped.append(Dropped(sentence.text, fault))
        return proven, dropped

    def _real(self, cite: str) -> str:
        key, dot, local = cite.strip().partition(".")
        return f"{self._ids.get(key, key)}{dot}{local}"
