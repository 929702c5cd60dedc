"""Asking a document: halving, asking again, failing, and what a chunk's end does to its items."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from extract_samples import FIGURES, READOUT, Scripted, Sorted, answered, asked, truth

from summarizer.errors import BudgetReached
from summarizer.exchange import Answer, ChatRequest, Outcome
from summarizer.extract.merge import to_tasks
from summarizer.extract.requests import MAX_REASKS
from summarizer.figures.figures import Figures
from summarizer.reading.reading import read_clean
from summarizer.schema import ProblemKind
from summarizer.source.text import CleanText

NOTHING = {"tasks": [], "indicators": [], "instructions_in_text": []}


def test_a_good_answer_is_asked_for_once() -> None:
    asker = Scripted(answered(truth()))
    result = asyncio.run(asked(asker))
    assert len(asker.requests) == 1
    assert asker.requests[0].attempt == 0
    assert [part.failure for part in result.results] == [None]


def test_a_rejected_item_is_asked_for_again_and_won_back() -> None:
    bad = truth()
    bad["tasks"][1]["title"] = "完善居家服务网络体系"
    again = dict(NOTHING, tasks=[truth()["tasks"][1]])
    asker = Scripted(answered(bad), answered(again))
    result = asyncio.run(asked(asker))
    assert [request.attempt for request in asker.requests] == [0, 1]
    assert "完善居家服务网络体系" in asker.requests[1].messages[-1].content
    assert [task.title for task in to_tasks(result.merged.tasks, FIGURES, "d")] == [
        "扩大普惠养老供给",
        "健全居家服务网络",
        "壮大护理人才队伍",
    ]


def test_asking_again_ends_and_the_conversation_does_not_grow() -> None:
    asker = Scripted("不是JSON")
    result = asyncio.run(asked(asker))
    assert len(asker.requests) <= 1 + MAX_REASKS
    assert {len(request.messages) for request in asker.requests[1:]} == {3}
    assert result.results[0].failure == (Outcome.FAILED, "no answer could be read as JSON")


def test_a_marker_that_the_rules_see_and_the_answer_leaves_out_is_asked_for() -> None:
    short = truth()
    del short["tasks"][2]
    start = READOUT.index("三是壮大")
    asker = Scripted(answered(short), answered(dict(NOTHING, tasks=[truth()["tasks"][2]])))
    result = asyncio.run(asked(asker, expected=[(start, len(READOUT))]))
    assert "三是壮大护理人才队伍" in asker.requests[1].messages[-1].content
    assert len(result.merged.tasks) == 3


def test_fewer_tasks_than_the_text_announces_is_asked_for() -> None:
    short = truth()
    del short["tasks"][2]
    asker = Scripted(answered(short), answered(NOTHING))
    asyncio.run(asked(asker))
    assert "3项" in asker.requests[1].messages[-1].content


def _by_content(answer_whole: Answer) -> Sorted:
    """Answers the whole text with ``answer_whole`` and any part of it with the true items that stand in the part."""

    def reply(request: ChatRequest) -> Answer:
        content = request.messages[1].content
        if READOUT.strip() in content:
            return answer_whole
        known = truth()
        known["tasks"] = [task for task in known["tasks"] if task["first"] in content and task["last"] in content]
        known["indicators"] = [one for one in known["indicators"] if one["quote"] in content]
        return answered(known)

    return Sorted(reply)


def test_a_cut_answer_splits_the_chunk_and_asks_for_both_halves() -> None:
    cut = Answer(Outcome.CUT, json.dumps(truth(), ensure_ascii=False)[:400], "length")
    asker = _by_content(cut)
    result = asyncio.run(asked(asker))
    assert len(asker.requests) >= 3
    assert len(result.merged.tasks) == 3
    assert [one.quantity.raw for one in result.merged.indicators] == ["3.6万张", "1200张", "80%"]


def test_answers_that_are_cut_again_and_again_end_after_a_few_questions_and_the_rules_stand_in() -> None:
    cut = Answer(Outcome.CUT, json.dumps(truth(), ensure_ascii=False)[:40], "length", error="the answer was cut")
    asker = Sorted(lambda _request: cut)
    result = asyncio.run(asked(asker))
    assert len(asker.requests) <= 8
    assert all(part.failure for part in result.results)


def test_an_answer_that_repeats_itself_up_to_the_limit_is_not_asked_again_and_keeps_its_whole_items() -> None:
    tasks = json.dumps(truth()["tasks"], ensure_ascii=False)
    text = f'{{"tasks": {tasks}, "indicators": [' + '{"name": "床位", "quote": "床位12张"}, ' * 60
    asker = Sorted(lambda _request: Answer(Outcome.CUT, text, "length", error="the answer repeats itself"))
    result = asyncio.run(asked(asker))
    assert len(asker.requests) == 1
    assert len(result.merged.tasks) == 3
    assert "repeats itself" in (result.results[0].failure or (None, ""))[1]


def test_what_is_wrong_with_an_answer_is_told_beside_its_items() -> None:
    doubtful = replace(answered(truth()), error="the endpoint read 128 of about 3,000 tokens")
    result = asyncio.run(asked(Scripted(doubtful)))
    told = [note for note in result.results[0].proposals[0].notes if note.kind is ProblemKind.ANSWER_IN_DOUBT]
    assert [doubtful.error in note.message for note in told] == [True]
    assert len(result.merged.tasks) == 3


def test_an_answer_whose_end_is_missing_counts_as_cut_whatever_the_endpoint_says() -> None:
    cut = Answer(Outcome.ANSWERED, json.dumps(truth(), ensure_ascii=False)[:400], "stop")
    asker = _by_content(cut)
    assert len(asyncio.run(asked(asker)).merged.tasks) == 3


def test_a_failed_chunk_fails_alone() -> None:
    text = READOUT + "\n".join(f"第{n}段背景材料\u3002" * 12 for n in range(40))
    clean = CleanText(text, ((0, len(text)),))

    def reply(request: ChatRequest) -> Answer:
        content = request.messages[1].content
        if "第1段\uff0c" in content or "第 1 段" in content:
            return answered(truth())
        return Answer(Outcome.FAILED, error="HTTP 500 after 6 attempts")

    result = asyncio.run(asked(Sorted(reply), clean, budget=600))
    failures = [part.failure for part in result.results]
    assert failures[0] is None
    assert set(failures[1:]) == {(Outcome.FAILED, "HTTP 500 after 6 attempts")}
    assert len(result.merged.tasks) == 3


def test_a_used_up_budget_is_an_outcome_and_no_exception() -> None:
    def reply(request: ChatRequest) -> Answer:
        raise BudgetReached("0.50 USD are spent")

    result = asyncio.run(asked(Sorted(reply)))
    assert result.results[0].failure == (Outcome.UNPAID, "0.50 USD are spent")


def test_a_task_that_goes_on_in_the_next_chunk_is_one_task() -> None:
    filler = "加强部门协同\uff0c压实属地责任\u3002" * 60
    text = f"会议要求\uff0c抓好以下工作\u3002\n一是扩大普惠养老供给\u3002{filler}建立月报制度\u3002\n二是健全居家服务网络\u3002\n"
    clean = CleanText(text, ((0, len(text)),))

    def reply(request: ChatRequest) -> Answer:
        content = request.messages[1].content
        text_part = content.split("【正文】\n")[-1] if "【正文】" in content else content
        tasks = []
        base = {"kind": "task", "measures": [], "lead": [], "support": [], "deadline": None}
        if "一是扩大普惠养老供给\u3002" in text_part:
            tasks.append(
                base
                | {
                    "ordinal": 1,
                    "marker": "一是",
                    "title": "扩大普惠养老供给",
                    "first": "一是扩大普惠养老供给\u3002",
                    "last": None,
                }
            )
        elif "压实属地责任" in text_part:
            last = "建立月报制度\u3002" if "建立月报制度" in text_part else None
            first = text_part.lstrip("\n")[:12]
            tasks.append(base | {"ordinal": 1, "marker": None, "title": "", "first": first, "last": last})
        if "二是健全居家服务网络\u3002" in text_part:
            tasks.append(
                base
                | {
                    "ordinal": 2,
                    "marker": "二是",
                    "title": "健全居家服务网络",
                    "first": "二是健全居家服务网络\u3002",
                    "last": "二是健全居家服务网络\u3002",
                }
            )
        return answered({"tasks": tasks, "indicators": [], "instructions_in_text": []})

    asker = Sorted(reply)
    result = asyncio.run(asked(asker, clean, budget=400))
    assert len({request.messages[1].content for request in asker.requests}) > 1
    tasks = to_tasks(result.merged.tasks, Figures(read_clean(clean)), "d")
    assert [(task.title, task.evidence.quote[-7:]) for task in tasks] == [
        ("扩大普惠养老供给", "建立月报制度\u3002"),
        ("健全居家服务网络", "健全居家服务网络\u3002"[-7:]),
    ]
