"""Pages in a real browser, cut off from every network: they draw, ask for nothing, and run nothing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from html import unescape

import pytest

from diplograph import render
from diplograph.store import open_graph

from .test_render import HOSTILE_GRAPH, many_agreements

BROWSER = next(
    (
        path
        for name in (
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chrome",
        )
        if (path := shutil.which(name))
    ),
    None,
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium on the path")


@pytest.fixture
def opened(tmp_path):
    """Open a page and return the document after its scripts ran, and what the console said."""

    def run(html: str, size: str = "1440,900") -> tuple[str, str]:
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        result = subprocess.run(
            [
                BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={size}",
                "--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND",
                "--enable-logging=stderr", "--virtual-time-budget=4000", "--dump-dom", path.as_uri(),
            ],
            capture_output=True, text=True, timeout=120, encoding="utf-8",
            env={**os.environ, "HOME": str(tmp_path)},
        )  # fmt: skip
        return result.stdout, "\n".join(re.findall(r".*CONSOLE.*", result.stderr))

    return run


def root_of(document: str) -> dict[str, str]:
    opening = re.search(r"<html[^>]*>", document)
    assert opening, "the browser gave no document"
    return {k: unescape(v) for k, v in re.findall(r'data-(\w+)="([^"]*)"', opening[0])}


@pytest.mark.parametrize("kind", ["links", "around", "whole"])
@pytest.mark.parametrize("size", ["1440,900", "390,844"])
def test_page_is_drawn_without_an_error(shipped, opened, kind, size):
    """Each picture of the shipped graph is drawn with labels; no error, refusal or console line."""
    options = {
        "links": {"between": ("China", "Russia")},
        "around": {"around": "Shanghai Five"},
        "whole": {},
    }
    document, console = opened(render.draw(shipped, **options[kind]), size)
    root = root_of(document)
    assert root["ready"] == "true"
    assert int(root["labels"]) > 5
    assert "error" not in root
    assert console == ""
    assert document.count("<canvas") == 1


def test_hostile_labels_do_nothing(write_graph, opened):
    """Markup in labels and IRIs runs nothing and makes no element, in the picture or the tables."""
    document, console = opened(
        render.draw(open_graph(write_graph(HOSTILE_GRAPH)), between=("Alba", "Borea"))
    )
    root = root_of(document)
    assert root["ready"] == "true"
    assert "error" not in root
    assert console == ""
    assert "<img" not in document
    assert "&lt;img src=x onerror=alert(1)&gt;" in document


def test_policy_refuses_what_was_put_into_the_page(made_up, opened):
    """A script, a style or an image added to a finished page is refused, and the page says so."""
    html = render.draw(open_graph(made_up))
    attack = '<img src="https://example.org/x.png"><script>document.title = "taken"</script>'
    # At the end, where the page already listens for what its policy refuses.
    document, console = opened(html.replace("</body>", attack + "</body>"))
    root = root_of(document)
    assert "img-src https://example.org" in root["error"]
    assert "script-src" in root["error"]
    assert "<title>taken" not in document
    assert "Content Security Policy" in console


def test_all_labels_of_a_hundred_agreements_are_drawn(write_graph, opened):
    """A hundred agreements between two parties all have their label on a common screen."""
    page = render.draw(open_graph(write_graph(many_agreements(100))), between=("Alba", "Borea"))
    document, _ = opened(page)
    assert int(root_of(document)["labels"]) == 102


def test_choosing_shows_the_facts_as_text(made_up, opened):
    """Searching and choosing an agreement fills the panel with its facts, their dates and passages."""
    page = render.draw(open_graph(made_up), between=("Alba", "Borea"))
    steps = """addEventListener("load", () => setTimeout(() => {
        const box = document.getElementById("find");
        box.value = "pact"; box.dispatchEvent(new Event("input")); box.form.requestSubmit();
    }, 200));"""
    document, console = opened(with_script(page, steps))
    panel = re.search(r'<div id="chosen">.*?</aside>', document, re.DOTALL)
    assert panel, "nothing was chosen"
    for text in ("Pact", "The Pact was signed.", "May 2001", "made-up [21–30]", "Contradicted:"):
        assert text in panel[0]
    assert console == ""


def test_years_hide_what_lies_outside(made_up, opened):
    """With the last year moved before a deal, its label is gone; what has no date stays."""
    page = render.draw(open_graph(made_up), between=("Alba", "Borea"))
    move = """addEventListener("load", () => setTimeout(() => {
        const to = document.getElementById("to");
        to.value = 2001; to.dispatchEvent(new Event("input"));
    }, 200));"""
    before = int(root_of(opened(page)[0])["labels"])
    after, console = opened(with_script(page, move))
    assert 2 < int(root_of(after)["labels"]) < before
    assert console == ""


def with_script(html: str, script: str) -> str:
    """The page with one more script, which its policy is made to admit."""
    import base64
    import hashlib

    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    html = html.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    return html.replace("</body>", f"<script>{script}</script></body>")
