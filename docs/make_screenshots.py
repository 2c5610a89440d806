"""Take the pictures of the page for the README and the docs: python docs/make_screenshots.py.

Each is the page as Chromium draws it, from a file and without a network. Needs the packages of the
``dev`` extra and Chromium on the path.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from diplograph import charts, render

IMAGES = Path(__file__).parent / "images"
DESKTOP, PHONE = (1440, 900), (390, 844)
TREATY = "https://w3id.org/diplograph/id/agreement/friendship-treaty-2001"


@dataclass(frozen=True)
class Shot:
    """A picture: what is drawn, in which window, and the view of it as a link has it."""

    name: str
    options: dict[str, Any] = field(default_factory=dict)
    size: tuple[int, int] = DESKTOP
    scheme: str = "light"
    view: str = ""


SHOTS = (
    Shot("links-china-russia", {"between": ("China", "Russia")}),
    Shot(
        "links-as-of-2000", {"between": ("China", "Russia")}, view=f"#?on=2000-09-01&node={TREATY}"
    ),
    Shot("links-phone", {"between": ("China", "Russia")}, PHONE),
    Shot("around-shanghai-five", {"around": "Shanghai Five"}, scheme="dark"),
    Shot("around-two-facts", {"around": "Shanghai Five", "depth": 2}),
    Shot("around-phone", {"around": "Russia"}, PHONE),
    Shot("whole-graph", view="#?on=2000-12-31"),
    Shot("path-gazprom-putin", {"connecting": ("Gazprom", "Vladimir Putin")}),
)


def main() -> None:
    """Take all pictures."""
    from playwright.sync_api import sync_playwright

    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        sys.exit("there is no Chromium on the path")
    arguments = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=browser_path, args=arguments)
        for shot in SHOTS:
            width, height = shot.size
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme=shot.scheme,
                offline=True,
            )
            page = context.new_page()
            path = Path(folder) / f"{shot.name}.html"
            render.write(path, **shot.options)
            page.goto(path.as_uri() + shot.view)
            page.wait_for_selector("html[data-ready]")
            page.wait_for_timeout(300)
            page.screenshot(path=IMAGES / f"{shot.name}.png")
            context.close()
            print(f"docs/images/{shot.name}.png")
        chart_page(browser)
        browser.close()


def chart_page(browser: Any) -> None:
    """A chart as a page, with one of its marks chosen."""
    made = charts.chart("transfers", "China", "Russia")
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "arms.html"
        path.write_bytes(made.to_bytes("html"))
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
    page.locator('[role=button][aria-label^="All classes, 2001"]').dispatch_event("click")
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / "chart-page.png")
    context.close()
    print("docs/images/chart-page.png")


if __name__ == "__main__":
    main()
