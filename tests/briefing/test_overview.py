"""The overview: composed sentences prove themselves; a model's sentences must."""

from __future__ import annotations

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest
from briefing_samples import NATIONAL, PROVINCE, Figure, briefing_of, doubtful_briefing

from summarizer.briefing.overview import MOST_SENTENCES
from summarizer.briefing.verification import verify
from summarizer.chunk.tokens import SHIPPED, counter_for
from summarizer.exchange import Answer, ChatRequest, Outcome
from summarizer.extract.document import Model
from summarizer.extract.overview import AskedOverview, ask_overview
from summarizer.extract.prompts import load_prompt
from summarizer.pipeline.overview import make_overview
from summarizer.schema import Briefing
from summarizer.source.read import read


@pytest.fixture
def briefing(tmp_path: Path) -> Briefing:
    return briefing_of(tmp_path, {"national.txt": NATIONAL, "anhui.txt": PROVINCE})[0]


def test_the_composed_overview_is_short_and_holds_before_verification(briefing: Briefing) -> None:
    assert 0 < len(briefing.overview) <= MOST_SENTENCES
    result = verify(briefing, lambda path: read(Path(path)))
    assert result.findings == ()


def test_a_single_document_has_an_overview_too(tmp_path: Path) -> None:
    briefing, _ = briefing_of(tmp_path, {"anhui.txt": PROVINCE})
    assert "实施医疗卫生强基工程" in briefing.overview[0].text


def test_what_a_region_leaves_out_is_said_as_not_mentioned(briefing: Briefing) -> None:
    assert any("促进中医药传承创新发展" in one.text and "未提及" in one.text for one in briefing.overview)


class _Script:
    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[ChatRequest] = []

    async def ask(self, request: ChatRequest) -> Answer:
        self.requests.append(request)
        return self.answers.pop(0)


def _said(*sentences: tuple[str, list[str]]) -> Answer:
    listed = [{"text": text, "cites": cites} for text, cites in sentences]
    return Answer(Outcome.ANSWERED, json.dumps({"sentences": listed}, ensure_ascii=False))


def _model(script: _Script) -> Model:
    return Model(script, "m", load_prompt("overview"), counter_for(SHIPPED), 3000)


def _ask(briefing: Briefing, *answers: Answer) -> tuple[AskedOverview, _Script]:
    script = _Script(*answers)
    baseline = briefing.comparison.baseline
    return asyncio.run(ask_overview(briefing.documents, baseline, "zh", _model(script))), script


GOOD = ("安徽省部署“实施医疗卫生强基工程”\uff0c建设中心卫生院120个以上\u3002", ["D2.t1"])


def test_a_proven_sentence_is_kept_with_the_real_ids(briefing: Briefing) -> None:
    asked, script = _ask(briefing, _said(GOOD))
    assert [one.cites for one in asked.statements] == [(briefing.documents[1].tasks[0].id,)]
    assert len(script.requests) == 1


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("安徽省建设中心卫生院130个以上\u3002", ["D2.t1"]),
        ("安徽省建设中心卫生院120万个以上\u3002", ["D2.t1"]),
        ("浙江省建设中心卫生院120个以上\u3002", ["D2.t1"]),
        ("安徽省推行“云端名医”模式\u3002", ["D2.t1"]),
        ("安徽省率先建设中心卫生院120个以上\u3002", ["D2.t1"]),
        ("安徽省建设中心卫生院120个以上\u3002", ["D2.t99"]),
        ("安徽省建设中心卫生院120个以上\u3002", []),
        ("2031年安徽省建设中心卫生院\u3002", ["D2.t1"]),
    ],
    ids=["number", "magnitude", "place", "quotation", "claim", "unknown id", "no id", "year"],
)
def test_what_is_not_proven_is_asked_again_once_and_then_dropped(
    briefing: Briefing, text: str, cites: list[str]
) -> None:
    asked, script = _ask(briefing, _said(GOOD, (text, cites)), _said((text, cites)))
    assert [one.text for one in asked.statements] == [GOOD[0]]
    assert [one.text for one in asked.dropped] == [text]
    assert script.requests[1].attempt == 1
    assert text in script.requests[1].messages[-1].content


def test_a_corrected_sentence_counts_and_leaves_no_problem(briefing: Briefing) -> None:
    asked, _ = _ask(briefing, _said(("安徽省建设中心卫生院130个\u3002", ["D2.t1"])), _said(GOOD))
    assert [one.text for one in asked.statements] == [GOOD[0]]
    assert asked.dropped == ()


def test_more_than_eight_sentences_are_cut(briefing: Briefing) -> None:
    many = [(f"{GOOD[0]}{'甲' * number}", GOOD[1]) for number in range(12)]
    assert len(_ask(briefing, _said(*many))[0].statements) == MOST_SENTENCES


def _made(briefing: Briefing, *answers: Answer) -> tuple[tuple[str, ...], list[str]]:
    made = asyncio.run(make_overview(briefing.documents, briefing.comparison, "zh", _model(_Script(*answers))))
    return tuple(one.text for one in made.statements), [problem.kind for problem in made.problems]


def test_a_missing_recording_gives_the_composed_overview_without_a_word(briefing: Briefing) -> None:
    assert _made(briefing, Answer(Outcome.MISSING)) == (tuple(one.text for one in briefing.overview), [])


def test_a_failure_gives_the_composed_overview_and_a_problem(briefing: Briefing) -> None:
    texts, kinds = _made(briefing, Answer(Outcome.FAILED, error="503"))
    assert texts == tuple(one.text for one in briefing.overview)
    assert kinds == ["overview_failed"]


def test_a_dropped_sentence_is_told(briefing: Briefing) -> None:
    bad = _said(("安徽省领先\u3002", ["D2.t1"]))
    assert _made(briefing, bad, bad) == (tuple(one.text for one in briefing.overview), ["overview_dropped"])


def test_one_indicator_for_two_times_is_told_with_them(tmp_path: Path) -> None:
    text = PROVINCE.replace("新增普惠托位8000个", "到2026年底新增普惠托位8000个\uff0c到2028年底新增普惠托位9000个")
    later = (("8000个", "到2026年底"), ("9000个", "到2028年底"))
    figures = [
        Figure(f"新增普惠托位{raw}", "新增普惠托位", raw, raw[:-1], "个", period=period, days=(None, date(int(period[1:5]) + 1, 1, 1)))
        for raw, period in later
    ]  # fmt: skip
    briefing, _ = briefing_of(tmp_path, {"anhui.txt": text}, figures=figures)
    told = next(one.text for one in briefing.overview if "新增普惠托位" in one.text)
    assert "新增普惠托位 8000个（到2026年底）、新增普惠托位 9000个（到2028年底）" in told
    assert verify(briefing, lambda path: read(Path(path))).findings == ()


def test_the_overview_says_nothing_that_is_to_be_checked(tmp_path: Path) -> None:
    briefing, _ = doubtful_briefing(tmp_path)
    assert [one.text for one in briefing.overview] == ["提出的目标包括：门诊人次 增长5%左右\u3002"]
