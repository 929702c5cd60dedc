"""One invented readout, the true answer to it, and a scripted asker. Synthetic: no quality figure comes from here."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from typing import Any

from summarizer.chunk.tokens import counter_for
from summarizer.exchange import Answer, ChatRequest, Outcome, Usage
from summarizer.extract.document import AskedDocument, Model, ask_document
from summarizer.extract.prompts import load_prompt
from summarizer.figures.figures import Figures
from summarizer.reading.reading import read_clean
from summarizer.source.text import CleanText

READOUT = (
    "2026年全市养老服务工作会议召开\n"
    "2月3日\uff0c全市养老服务工作会议在云溪召开\u3002\n"
    "会议指出\uff0c2025年全市养老机构床位达到3.6万张\uff0c较上年增长8.2%\uff0c社区助餐点覆盖率提高到85%\u3002"
    "一是助餐服务全面铺开\u3002二是护理队伍不断壮大\u3002\n"
    "会议要求\uff0c2026年重点抓好以下三项工作\u3002\n"
    "一是扩大普惠养老供给\u3002新增护理型床位1200张以上\uff0c失能老年人集中照护补贴覆盖率不低于60%\u3002"
    "(市民政局牵头\uff0c市财政局配合\uff0c2026年底前完成)\n"
    "二是健全居家服务网络\u3002推进家庭养老床位建设\uff0c不得降低服务标准\u3002\n"
    "三是壮大护理人才队伍\u3002培训护理员5000人次\uff0c持证率从72%提高到80%左右\u3002\n"
    "市民政局领导班子成员出席会议\u3002\n"
)
CLEAN = CleanText(READOUT, ((0, len(READOUT)),))
FIGURES = Figures(read_clean(CLEAN))

TRUE: dict[str, Any] = {
    "tasks": [
        {
            "ordinal": 1,
            "marker": "一是",
            "kind": "task",
            "title": "扩大普惠养老供给",
            "first": "一是扩大普惠养老供给\u3002新增",
            "last": "2026年底前完成)",
            "measures": ["新增护理型床位1200张以上", "失能老年人集中照护补贴覆盖率不低于60%"],
            "lead": ["市民政局"],
            "support": ["市财政局"],
            "deadline": "2026年底前",
        },
        {
            "ordinal": 2,
            "marker": "二是",
            "kind": "task",
            "title": "健全居家服务网络",
            "first": "二是健全居家服务网络\u3002推进",
            "last": "不得降低服务标准\u3002",
            "measures": ["推进家庭养老床位建设", "不得降低服务标准"],
            "lead": [],
            "support": [],
            "deadline": None,
        },
        {
            "ordinal": 3,
            "marker": "三是",
            "kind": "task",
            "title": "壮大护理人才队伍",
            "first": "三是壮大护理人才队伍\u3002培训",
            "last": "持证率从72%提高到80%左右\u3002",
            "measures": ["培训护理员5000人次", "持证率从72%提高到80%左右"],
            "lead": [],
            "support": [],
            "deadline": None,
        },
    ],
    "indicators": [
        {
            "name": "全市养老机构床位",
            "quote": "全市养老机构床位达到3.6万张",
            "raw": "3.6万张",
            "op": "eq",
            "status": "achieved",
            "period": "2025年",
            "base": None,
            "nature": None,
        },
        {
            "name": "新增护理型床位",
            "quote": "新增护理型床位1200张以上",
            "raw": "1200张",
            "op": "ge",
            "status": "target",
            "period": "2026年",
            "base": None,
            "nature": None,
        },
        {
            "name": "持证率",
            "quote": "持证率从72%提高到80%左右",
            "raw": "80%",
            "op": "approx",
            "status": "target",
            "period": "2026年",
            "base": "72%",
            "nature": None,
        },
    ],
    "instructions_in_text": [],
}


def truth() -> dict[str, Any]:
    """A fresh copy of the true answer, to be spoilt."""
    return copy.deepcopy(TRUE)


class Scripted:
    """Answers requests in order with the given texts or answers; the last one is repeated. Keeps what it was asked."""

    def __init__(self, *script: str | Answer) -> None:
        self._script = list(script)
        self.requests: list[ChatRequest] = []

    async def ask(self, request: ChatRequest) -> Answer:
        self.requests.append(request)
        answer = self._script[min(len(self.requests), len(self._script)) - 1]
        return answer if isinstance(answer, Answer) else answered(answer)


class Sorted:
    """Answers each request by a function of it, whatever the order of the questions."""

    def __init__(self, reply: Callable[[ChatRequest], Answer]) -> None:
        self._reply = reply
        self.requests: list[ChatRequest] = []

    async def ask(self, request: ChatRequest) -> Answer:
        self.requests.append(request)
        return self._reply(request)


def answered(value: str | dict[str, Any]) -> Answer:
    """A whole answer with this text."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Answer(Outcome.ANSWERED, text, "stop", Usage(100, 50))


async def asked(
    asker: Any, clean: CleanText = CLEAN, *, budget: int = 3000, expected: Sequence[tuple[int, int]] = ()
) -> AskedDocument:
    """Put a document to an asker under the newest prompt."""
    model = Model(asker, "scripted", load_prompt("extract"), counter_for("gpt-4.1"), budget)
    return await ask_document(Figures(read_clean(clean)), None, model, expected)
