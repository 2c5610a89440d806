"""Chromium for the tests of the page: found, started once a session, and cut off from every network."""

from __future__ import annotations

import re
import shutil
import time
from collections import defaultdict
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SIZES = {
    "desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844),
    "laptop": (1280, 800), "wide": (1920, 1080),
}  # fmt: skip


def found() -> str | None:
    """Chromium on the path, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def missing() -> str | None:
    """Why the page cannot be tested here, or None where it can."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return (
            "the page is not tested in a browser: there is no playwright (pip install playwright)"
        )
    return None if found() else "the page is not tested in a browser: there is no Chromium"


def skip_without_browser() -> None:
    """Skip a module whose tests all need a browser where there is none."""
    if reason := missing():
        pytest.skip(reason, allow_module_level=True)


THOROUGH = pytest.mark.thorough
KINDS = {
    "links": {"between": ("China", "Russia")},
    "around": {"around": "Shanghai Five"},
    "whole": {},
    "path": {"connecting": ("Gazprom", "Jiang Zemin"), "weak": True},
}
DRAWN = {**KINDS, "hub": {"around": "Russia"}}


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=list(ARGUMENTS))
        yield browser
        browser.close()


class Shown:
    """A page that is open in a browser, with what it asked for and what its console said."""

    def __init__(self, page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.told: list[str] = []
        self.heard = {
            "request": lambda request: self.requests.append(request.url),
            "console": lambda message: self.told.append(message.text),
            "pageerror": lambda error: self.told.append(str(error)),
            "dialog": lambda dialog: self.told.append(f"dialog {dialog.message}"),
        }
        for event, hear in self.heard.items():
            page.on(event, hear)

    def leave(self) -> None:
        """Leave the tab as it was before the page: empty, on the screen, and heard by nobody."""
        for event, hear in self.heard.items():
            self.page.remove_listener(event, hear)
        self.page.emulate_media(media="null")
        self.page.mouse.move(0, 0)
        self.page.goto("about:blank")

    def root(self, name: str) -> str | None:
        return self.page.evaluate("name => document.documentElement.dataset[name] ?? null", name)

    def labels(self) -> int:
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return int(self.root("labels") or 0)

    def quiet(self) -> None:
        """Nothing was asked for but the page itself, and nothing went wrong."""
        asked = [url for url in self.requests if not url.startswith("blob:")]
        assert len(asked) == 1, asked
        assert asked[0].startswith("file:")
        assert self.told == []
        assert self.root("error") is None

    def until(self, expression: str) -> None:
        """Waits until something holds; Playwright's own way evaluates text, which the policy forbids."""
        deadline = time.monotonic() + 30
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, expression
            self.page.wait_for_timeout(40)

    def on(self) -> set[str]:
        return set(self.page.evaluate("data.nodes.filter(node => node.on).map(node => node.label)"))

    def as_of(self, day: str) -> None:
        self.page.select_option("#mode", "day")
        self.page.fill("#date", day)
        self.page.dispatch_event("#date", "change")

    def saved(self, kind: str) -> bytes:
        if not self.page.is_visible(f"#{kind}"):
            self.page.click("button:has-text('Save')")
        with self.page.expect_download() as download:
            self.page.click(f"#{kind}")
        assert re.fullmatch(rf"[a-z0-9-]+\.{kind}", download.value.suggested_filename)
        return Path(download.value.path()).read_bytes()


@pytest.fixture(scope="session")
def tabs():
    """Empty tabs by the options of their windows: a new window takes longer than a page in it."""
    return defaultdict(list)


@pytest.fixture
def show(chromium, tabs, tmp_path, request):
    """Open the text of a page from a file, at a size, in light or dark."""
    taken = []

    def run(
        html: str, size: str = "desktop", scheme: str = "light", fragment: str = "", **more
    ) -> Shown:
        options = {"color_scheme": scheme, "offline": True, "accept_downloads": True, **more}
        free = tabs[repr(sorted(options.items()))]
        width, height = SIZES[size]
        page = free.pop() if free else chromium.new_context(**options).new_page()
        page.set_viewport_size({"width": width, "height": height})
        shown = Shown(page)
        taken.append((free, shown))
        path = tmp_path / f"page-{len(taken)}.html"
        path.write_text(html, encoding="utf-8")
        shown.page.goto(path.as_uri() + fragment)
        shown.page.wait_for_selector("html[data-ready]")
        return shown

    failed = request.session.testsfailed
    yield run
    for free, shown in taken:
        if request.session.testsfailed > failed:  # whatever state it is in
            shown.page.context.close()
        else:
            shown.leave()
            free.append(shown.page)


@pytest.fixture(scope="session")
def pages(shipped):
    """Pictures of the shipped graph, drawn once each."""
    from diplograph import render

    drawn: dict[str, str] = {}

    def page(kind: str) -> str:
        if kind not in drawn:
            drawn[kind] = render.draw(shipped, **DRAWN[kind])
        return drawn[kind]

    return page


@pytest.fixture
def alba(made_up):
    """The made-up links between Alba and Borea."""
    from diplograph import render
    from diplograph.store import open_graph

    return render.draw(open_graph(made_up), between=("Alba", "Borea"))


def opened(shown: Shown, act: str) -> None:
    """Does what opens another part, which loads the page again."""
    with shown.page.expect_navigation():
        shown.page.evaluate(act)
    shown.page.wait_for_selector("html[data-ready]")
