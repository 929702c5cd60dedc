"""What is learned of one endpoint and model from answer to answer: its rung, its parameters, how much it reads."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace

from summarizer.exchange import Answer, ChatRequest, Outcome
from summarizer.llm.answer_json import read_json
from summarizer.llm.damage import Reading
from summarizer.llm.ladder import Ladder
from summarizer.llm.parameters import Parameters
from summarizer.llm.wire import messages_on
from summarizer.profiles import Profile, Rung

__all__ = ["Endpoint"]

_log = logging.getLogger(__name__)


@dataclass
class Endpoint:
    """One model at one endpoint, as far as it is known."""

    ladder: Ladder
    parameters: Parameters = field(default_factory=Parameters)
    reading: Reading = field(default_factory=Reading)
    _told: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, profile: Profile) -> Endpoint:
        """What a profile says before anything was asked."""
        return cls(Ladder() if profile.rung is None else Ladder(profile.rung, settled=True))

    def judged(self, request: ChatRequest, rung: Rung, answer: Answer) -> Answer:
        """The answer with what is wrong with it beside; the ladder learns whether the form was held."""
        if request.response_format is not None and answer.outcome in {Outcome.ANSWERED, Outcome.CUT}:
            known = self.ladder.settled or answer.outcome is Outcome.CUT  # then nothing is learned of the form
            self.ladder.accepted(rung, as_asked=known or _as_asked(request, answer.text))
        elif request.response_format is not None:
            self.ladder.failed()
        if answer.outcome is not Outcome.ANSWERED or not answer.usage.input_tokens:
            return answer
        texts = [message.content for message in messages_on(request, rung)]
        partly = self.reading.judge(texts, answer.usage.input_tokens)
        if partly is None:
            return answer
        if request.model not in self._told:
            self._told.add(request.model)
            _log.warning("%s: %s", request.model, partly)
        return replace(answer, error=str(partly) if answer.error is None else f"{answer.error}; {partly}")


def _as_asked(request: ChatRequest, text: str) -> bool:
    """Whether the answer is an object with one of the schema's own fields: the least that any endpoint that read it gives."""
    assert request.response_format is not None
    schema = request.response_format.schema
    fields = schema.get("required") or list(schema.get("properties", ()))
    value = read_json(text).value
    if not fields:
        return isinstance(value, dict | list)
    return isinstance(value, dict) and any(name in value for name in fields)
