"""Chromium for the tests of the review page. Without it they are skipped, except where TEST_BROWSER_NEEDED says that it must be there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NEEDED = "TEST_BROWSER_NEEDED"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after each module: while playwright runs, its event loop refuses every other one in this thread."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        if os.environ.get(NEEDED):
            pytest.fail(f"{NEEDED} is set and there is no chromium on the path")
        pytest.skip("no chromium on the path: install Debian's package chromium to run the browser tests")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=arguments)
        yield running
        running.close()


class Watched:
    """A page with everything it complained of and asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: self.requests.append(request.url))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Open a file; at the end of the test nothing may have been complained of, and nothing but the file asked for."""
    opened: list[tuple[Watched, Path]] = []

    def open_(path: Path, *, width: int = 1300, height: int = 900, scheme: str = "light") -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True
        )
        watched = Watched(context.new_page())
        watched.page.goto(path.as_uri())
        opened.append((watched, path))
        return watched

    yield open_
    for watched, path in opened:
        watched.page.context.close()
        assert watched.complaints == []
        strangers = [url for url in watched.requests if not url.startswith(("data:", "blob:", path.as_uri()))]
        assert strangers == []
