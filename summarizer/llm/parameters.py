"""Parameters that an endpoint does not take: found out by its answers, left out or renamed from then on.

Reasoning models refuse ``temperature``, older servers do not know ``max_completion_tokens``; neither is a reason to lose a
run. A limit on the answer's length is renamed, never left out: without it a request could cost more than announced.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import Any

from summarizer.llm.faults import Fault, FaultKind

__all__ = ["Parameters"]

_log = logging.getLogger(__name__)

_OTHER_NAME = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}

_NOT_TAKEN = ("unsupported", "not support", "unknown", "unrecognized", "extra inputs", "not permitted", "not allowed")
"""How endpoints say it: OpenAI ("Unsupported parameter", "Unsupported value"), vLLM ("Extra inputs are not permitted")."""


@dataclass
class Parameters:
    """What one endpoint and model takes: ``changes`` maps a name to the name it is sent under, None is left out."""

    changes: dict[str, str | None] = field(default_factory=dict)

    def accepted(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """The parameters as this endpoint takes them."""
        if not self.changes:
            return parameters
        renamed = ((self.changes.get(name, name), value) for name, value in parameters.items())
        return {name: value for name, value in renamed if name is not None}

    def rejected(self, wanted: dict[str, Any], sent: dict[str, Any], fault: Fault) -> bool:
        """Learn from a rejection that names a parameter that was sent; True when the request is worth sending again.

        ``wanted`` are the request's own, ``sent`` what :meth:`accepted` made of them before.
        """
        words = f"{fault.param or ''} {fault.message}"
        if fault.kind is not FaultKind.REJECTED or not any(said in words.lower() for said in _NOT_TAKEN):
            return False
        named = [name for name in sent if re.search(rf"\b{re.escape(name)}\b", words)]
        if not named:
            return False
        if self.accepted(wanted) != sent:
            return True  # another request has learned it meanwhile
        for name in wanted:
            if self.changes.get(name, name) != named[0]:
                continue
            other = _OTHER_NAME.get(name)
            if other is not None and name in self.changes:
                return False  # neither name is taken
            self.changes[name] = other
            _log.warning(
                "the endpoint does not take %s (%s); going on with %s", name, fault.message, other or "nothing"
            )
            return True
        return False
