"""axe finds nothing serious on the page, open and closed, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from briefing_samples import NATIONAL, PROVINCE, briefing_of

from summarizer.briefing.render import render

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_serious_finding(
    scheme: str, width: int, language: str, tmp_path: Path, open_page: Callable[..., Any]
) -> None:
    briefing, texts = briefing_of(tmp_path, {"national.txt": NATIONAL, "anhui.txt": PROVINCE}, language=language)
    target = tmp_path / "briefing.html"
    target.write_bytes(render(briefing, ".html", texts))
    page = open_page(target, width=width, scheme=scheme).page
    assert _serious(page) == []
    page.locator("#task-table tbody button.place").first.click()
    page.locator("#source .verdicts button").last.click()
    assert _serious(page) == []


def _serious(page: Any) -> list[str]:
    # axe is injected as a script, which the page's own policy forbids: the test reaches past it through the debugger.
    source = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)
    found = page.evaluate("axe.run().then((result) => result.violations)")
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_the_check_finds_a_planted_fault(tmp_path: Path, open_page: Callable[..., Any]) -> None:
    briefing, texts = briefing_of(tmp_path, {"anhui.txt": PROVINCE})
    target = tmp_path / "briefing.html"
    target.write_bytes(render(briefing, ".html", texts))
    page = open_page(target).page
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert any(finding.startswith("image-alt") for finding in _serious(page))
