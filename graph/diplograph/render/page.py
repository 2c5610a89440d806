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
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from diplograph.render.looks import choices, legend
from diplograph.render.payload import names_of, payload
from diplograph.render.picture import Picture
from diplograph.render.tables import tables
from diplograph.render.words import plain

__all__ = ["to_html"]

_ASSETS = Path(__file__).parent.parent / "assets"

_SCRIPTS = (
    "page.js", "parts.js", "time.js", "filters.js", "ways.js", "search.js", "panel.js",
    "tables.js", "svg.js", "exports.js", "fragment.js", "keys.js", "labels.js", "canvas.js",
)  # fmt: skip
"""The scripts of a page, which share one scope; each has one job, said at its head."""


def to_html(picture: Picture, *others: Picture) -> str:
    """The page that shows a picture, and others that open from it. The same give the same bytes."""
    style, script, library = _asset("page.css"), _script(), _library()
    policy = (
        f"default-src 'none'; script-src {_hash(script)} {_hash(library)}; "
        f"style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    parts = {
        "policy": policy,
        "title": escape(plain(f"{picture.title} · diplograph")),
        "heading": escape(plain(picture.title)),
        "summary": _summary(picture, (picture, *others)),
        "remarks": _remarks(picture),
        "legend": legend(picture),
        "choices": choices(picture, names_of(picture)),
        "kind": picture.kind,
        "style": style,
        "data": _json(payload(picture)),
        "script": script,
        "library": library,
        "tables": tables(picture),
        "others": _others(picture, others),
    }
    template = _asset("page.html")
    return re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m[1]], template)


def _others(first: Picture, others: Sequence[Picture]) -> str:
    """The other pictures, inert until they are put in the place of the first, and all names."""
    if not others:
        return ""
    every = (first, *others)
    names = [
        [plain(node.entity.label), plain(node.entity.id), picture.part]
        for picture in every for node in picture.nodes if node.opens is None
    ]  # fmt: skip
    parts = [
        f'<template id="part-{picture.part}" data-kind="{picture.kind}">'
        f'<p data-part="heading">{escape(plain(picture.title))}</p>'
        f'<p data-part="summary">{_summary(picture, every)}</p>'
        f'<div data-part="legend">{legend(picture)}</div>'
        f'<div data-part="choices">{choices(picture, names_of(picture))}</div>'
        f'<div data-part="remarks">{_remarks(picture)}</div>'
        f'<div data-part="rows">{tables(picture)}</div>'
        f'<script type="application/json">{_json(payload(picture))}</script></template>'
        for picture in others
    ]
    return "\n".join((
        f'<script type="application/json" id="everywhere">{_json(names)}</script>', *parts
    ))  # fmt: skip


def _summary(picture: Picture, every: Sequence[Picture]) -> str:
    told = escape(plain(picture.summary))
    if picture.around < 0:
        return told
    up = escape(plain(every[picture.around].title))
    return f'{told} <a href="#?part={picture.around}">Back to {up}</a>'


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    return "".join(_asset(name) for name in _SCRIPTS)


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


def _json(value: Any) -> str:
    """JSON that can stand inside a script element: nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _remarks(picture: Picture) -> str:
    told = [*picture.told, *picture.notes]
    if picture.absence:
        links = picture.kind == "links"
        told.insert(0, f"{'Nothing was concluded: ' if links else ''}{picture.absence.detail}")
    if picture.pending:
        told.append("Solid lines lead to what was concluded, dashed ones to what is pending.")
    return "".join(f"<p>{escape(plain(text))}</p>" for text in told)
