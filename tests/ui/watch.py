"""Opened pages, which are watched: nothing may run, ask or go where it should not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.evaluation import Report
from qa.evaluation.page import write_page
from tests.ui.steps import Chat

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request


class Watch(ABC):
    """Opens pages, and when it closes sees that nothing went wrong in them."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._pages: list[Page] = []
        self._wrong: list[str] = []

    @abstractmethod
    def allows(self, url: str) -> bool:
        """Whether a page may ask for this address."""

    def listen(self, page: Page) -> None:
        page.on("dialog", lambda dialog: self._wrong.append(f"dialog: {dialog.message}"))
        page.on("pageerror", lambda error: self._wrong.append(f"error: {error}"))
        page.on("request", self._look_at)

    def open(self, url: str, **context: Any) -> Page:
        page = self._browser.new_context(**context).new_page()
        page.set_default_timeout(15_000)
        self.listen(page)
        page.goto(url)
        self._pages.append(page)
        return page

    def forget(self, page: Page) -> None:
        """The test has closed it."""
        self._pages.remove(page)

    def _look_at(self, request: Request) -> None:
        if not self.allows(request.url):
            self._wrong.append(f"request: {request.url}")

    def close(self) -> None:
        ran = [page.evaluate("window.pwned") for page in self._pages]
        for page in self._pages:
            page.context.close()
        assert not self._wrong
        assert set(ran) <= {None}


class Visits(Watch):
    """Visits to a chat, which may ask its own server only."""

    def __call__(self, chat: Chat, **context: Any) -> Page:
        page = self.open(chat.url, **context)
        page.wait_for_selector(".welcome")
        return page

    def allows(self, url: str) -> bool:
        return url.startswith(("http://127.0.0.1:", "data:", "blob:"))


class Desk(Watch):
    """Looks at the pages of evaluations, which may fetch nothing and say nothing to the console."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        super().__init__(browser)
        self._path = folder / "deep" / "report.html"

    def __call__(self, report: Report, baseline: Report | None = None, **context: Any) -> Page:
        write_page(report, self._path, baseline)
        return self.open(self._path.as_uri(), **context)

    def listen(self, page: Page) -> None:
        super().listen(page)
        page.on("console", lambda line: self._wrong.append(f"console: {line.text}"))

    def allows(self, url: str) -> bool:
        return url == self._path.as_uri() or url.startswith("data:")
