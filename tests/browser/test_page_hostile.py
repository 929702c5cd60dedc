"""Text that wants to be more than text stays text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from briefing_samples import Figure, briefing_of

from summarizer.briefing.render import render
from summarizer.schema import ProblemKind, problem

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    "javascript:alert(4)",
    "]]><svg/onload=alert(5)>",
    "<!--<script>",
    "${alert(6)}{{7*7}}$data",
    "\u202e倒置\u202c\u2067\u200f",
)


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_does_nothing(payload: str, tmp_path: Path, open_page: Callable[..., Any]) -> None:
    text = (
        f"关于食堂建设的通知{payload}\n会议要求\uff0c抓好以下两项工作\u3002\n"
        f"一是建设社区食堂{payload}\u3002新增助餐点{payload}30个以上\u3002\n二是规范{payload}食品安全\u3002新增检测站12个\u3002\n"
    )
    details: dict[str, str | int] = {"path": payload, "reason": payload}
    told = problem(ProblemKind.UNREADABLE, details)
    figures = [
        Figure(f"新增助餐点{payload}30个", f"助餐点{payload}", "30个", "30", "个"),
        Figure("新增检测站12个", "检测站", "12个", "12", "个"),
    ]
    briefing, texts = briefing_of(tmp_path, {"hostile.txt": text}, problems=(told,), figures=figures)
    assert len(briefing.documents[0].items) == 4
    target = tmp_path / "hostile.html"
    target.write_bytes(render(briefing, ".html", texts))
    watched = open_page(target)
    page = watched.page
    assert page.locator("main section").count() >= 4
    for button in page.locator("#task-table tbody button.place").all():
        button.click()
        assert page.locator("#text mark").first.is_visible()
    assert page.locator("main script, main img, main svg, aside script, aside img, aside svg").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    shown = page.locator("#text").text_content()
    turned = "\u202e\u202c\u2067\u200f"
    assert shown == text.translate({ord(mark): "\ufffd" for mark in turned})


def test_the_policy_allows_no_other_script(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    briefing, texts = briefing_of(tmp_path, {"a.txt": "会议要求\uff0c抓好一项工作\u3002\n一是建设食堂\u3002\n"})
    target = tmp_path / "a.html"
    injected = render(briefing, ".html", texts).replace(b"</body>", b"<script>document.title='taken'</script></body>")
    target.write_bytes(injected)
    watched = open_page(target)
    assert watched.page.title() != "taken"
    assert any("Content Security Policy" in complaint for complaint in watched.complaints)
    watched.complaints.clear()
