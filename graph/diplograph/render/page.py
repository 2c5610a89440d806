"""A picture as one HTML file: data, style and scripts inside, under a policy that lets nothing out.

The network is built as pyvis nodes and edges; the page around them is our own, since the one that
pyvis writes loads parts from the network and runs scripts that stand in titles. Whatever comes from
the graph is written as text: escaped in the tables, and as JSON that cannot close its element.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from diplograph.render.payload import remarks
from diplograph.render.picture import Picture
from diplograph.render.record import record
from diplograph.render.tables import tables
from diplograph.render.words import plain

__all__ = ["AT_ONCE", "as_json", "filled", "paragraphs", "to_html"]

_ASSETS = Path(__file__).parent.parent / "assets"

_SCRIPTS = {
    "page.html": (
        "page.js", "record.js", "parts.js", "bunches.js", "legend.js", "time.js", "filters.js",
        "ways.js", "search.js", "panel.js", "told.js", "tables.js", "svg.js", "exports.js",
        "fragment.js", "keys.js", "names.js", "labels.js", "ground.js", "physics.js", "pointing.js",
        "canvas.js", "print.js", "arrange.js", "start.js",
    ),
    "chart.html": ("page.js", "record.js", "told.js", "tables.js", "chart.js"),
}  # fmt: skip
"""The scripts of each page, which share one scope; each has one job, said at its head."""

_OPTION = re.compile(r"--[a-z][a-z-]*( (pending|any))?")

AT_ONCE = 1000
"""Up to how many facts the tables are written into a page, so that they can be read as it is."""


def to_html(picture: Picture, *others: Picture) -> str:
    """The page that shows a picture, and others that open from it. The same give the same bytes.

    With few facts their tables stand in the page; with more its scripts make them from the data.
    """
    few = not others and (picture.kind == "links" or len(picture.facts) <= AT_ONCE)
    return filled("page.html", {
        "title": escape(plain(f"{picture.title} · diplograph")),
        "heading": escape(plain(picture.title)),
        "summary": escape(plain(picture.summary)),
        "remarks": paragraphs(remarks(picture)),
        "kind": picture.kind,
        "data": as_json(record((picture, *others))),
        "tables": tables(picture) if few else "",
    })  # fmt: skip


def filled(template: str, parts: dict[str, str]) -> str:
    """A page with its head, style, scripts and policy, and what is given in the places named.

    ``template`` is one of the assets that :data:`_SCRIPTS` has the scripts of.
    """
    style, script = _asset("page.css"), _script(template)
    text = _asset(template).replace("{{head}}", _asset("head.html"), 1)
    scripts = [script, _library()] if "{{library}}" in text else [script]
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; "
        f"style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    every = {"policy": policy, "style": style, "script": script, "library": _library(), **parts}
    return re.sub(r"\{\{(\w+)\}\}", lambda m: every[m[1]], text)


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _script(template: str) -> str:
    return "".join(_asset(name) for name in _SCRIPTS[template])


@cache
def _library() -> str:
    """vis-network without the reference to its source map, which a debugger would ask for."""
    text = re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", _asset("vis-network.min.js"))
    assert "</script" not in text.lower()
    return text


@cache
def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def paragraphs(texts: Iterable[str]) -> str:
    """Remarks as HTML; an option of the command line in them stands on one line.

    >>> paragraphs(["a & b; ask with --include any"])
    '<p>a &amp; b; ask with <span class="option">--include any</span></p>'
    """
    whole = r'<span class="option">\g<0></span>'
    return "".join(f"<p>{_OPTION.sub(whole, escape(text))}</p>" for text in texts)


def as_json(value: Any) -> str:
    """JSON that can stand inside a script element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
