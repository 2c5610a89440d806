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
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from diplograph.model import Fact
from diplograph.render.picture import Edge, Node, Picture
from diplograph.render.tables import tables
from diplograph.render.words import class_words, plain

__all__ = ["CLASSES", "to_html"]

_ASSETS = Path(__file__).parent.parent / "assets"

CLASSES: dict[str, tuple[str, str, bool]] = {
    "Country": ("dot", "blue", True),
    "Organization": ("square", "purple", True),
    "Leader": ("triangle", "green", True),
    "Person": ("triangle", "green", False),
    "Post": ("triangleDown", "green", False),
    "Agreement": ("diamond", "orange", True),
    "Event": ("hexagon", "red", True),
    "Project": ("diamond", "red", False),
    "Place": ("dot", "grey", False),
    "Issue": ("square", "grey", False),
    "ArmsTransfer": ("triangleDown", "sky", True),
    "WeaponSystem": ("star", "grey", True),
    "Document": ("square", "sky", False),
}
"""Shape, colour (of Okabe and Ito's palette, see page.css) and whether filled, by class."""

_OPTICAL = {
    "dot": 1.0, "square": 0.9, "diamond": 1.2, "triangle": 1.1, "triangleDown": 1.1, "hexagon": 1.1,
    "star": 1.6,
}  # fmt: skip
"""What makes shapes of one size look equally large."""

_OTHER = ("hexagon", "grey", False)
_SHAPES = {
    "dot": '<circle cx="8" cy="8" r="5.5"/>',
    "square": '<path d="M3 3h10v10H3z"/>',
    "diamond": '<path d="M8 1.5 14.5 8 8 14.5 1.5 8z"/>',
    "triangle": '<path d="M8 2 14.5 13.5h-13z"/>',
    "triangleDown": '<path d="M8 14 1.5 2.5h13z"/>',
    "hexagon": '<path d="M4.7 2.3h6.6L14.6 8l-3.3 5.7H4.7L1.4 8z"/>',
    "star": '<path d="m8 1 1.9 4.7 5 .3-3.9 3.2 1.3 4.9L8 11.4l-4.3 2.7L5 9.2 1.1 6l5-.3z"/>',
}


def to_html(picture: Picture) -> str:
    """The page that shows a picture. The same picture gives the same bytes."""
    style, script, library = _asset("page.css"), _script(), _library()
    policy = (
        f"default-src 'none'; script-src {_hash(script)} {_hash(library)}; "
        f"style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    parts = {
        "policy": policy,
        "title": escape(plain(f"{picture.title} · diplograph")),
        "heading": escape(plain(picture.title)),
        "summary": escape(plain(picture.summary)),
        "remarks": _remarks(picture),
        "legend": _legend(picture),
        "kind": picture.kind,
        "style": style,
        "data": _json(_data(picture)),
        "script": script,
        "library": library,
        "tables": tables(picture),
    }
    template = _asset("page.html")
    return re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m[1]], template)


@cache
def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _script() -> str:
    return _asset("page.js") + _asset("canvas.js")


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


def _data(picture: Picture) -> dict[str, Any]:
    from pyvis.network import Network

    # Directed, because an undirected pyvis network drops parallel edges and takes quadratic time.
    network = Network(directed=True)
    number = {node.entity.id: i for i, node in enumerate(picture.nodes)}
    fact_number = {fact.id: i for i, fact in enumerate(picture.facts)}
    for i, node in enumerate(picture.nodes):
        _add_node(network, i, node, fact_number)
    ties: list[dict[str, Any]] = []
    for edge in picture.edges:
        ends = (number[edge.one], number[edge.two])
        _add_line(network, len(ties), edge, ends)
        facts = [fact_number[f] for f in edge.facts]
        ties.append({"ends": ends, "facts": facts, "dashed": edge.dashed, "faint": edge.faint})
    return {
        "kind": picture.kind,
        "margin": picture.margin,
        "corners": [[round(v, 1) for v in corner] for corner in picture.corners],
        "classes": {name: _look(name) for name in _classes(picture)},
        "nodes": network.nodes,
        "lines": network.edges,
        "ties": ties,
        "years": [_years(fact) for fact in picture.facts],
        "areas": [
            {"points": a.points, "tint": a.tint, "label": plain(a.label), "at": a.at}
            for a in picture.areas
        ],
        "ticks": [
            {
                "text": t.text,
                "y": round(t.y, 1),
                "left": t.left,
                "right": t.right,
                "narrow": round(t.narrow, 1),
            }
            for t in picture.ticks
        ],
    }


def _add_node(network: Any, i: int, node: Node, fact_number: dict[str, int]) -> None:
    shape, _, _ = CLASSES.get(node.entity.type, _OTHER)
    network.add_node(
        i,
        label=plain(node.entity.label) or "(no name)",
        shape=shape,
        group=plain(node.entity.type),
        x=round(node.at[0], 1),
        y=round(node.at[1], 1),
        size=round(node.size * _OPTICAL[shape], 1),
        weight=round(node.weight, 3),
        tier=node.tier,
        side=node.side,
        room=node.room,
        date=plain(node.date),
        dated=plain(node.dated),
        note=plain(node.note),
        muted=node.muted,
        facts=[fact_number[f] for f in node.facts],
        narrow=None if node.narrow is None else [round(v, 1) for v in node.narrow],
    )


def _add_line(network: Any, tie: int, edge: Edge, ends: tuple[int, int]) -> None:
    """One pyvis edge for a tie, or several over unseen nodes where it passes through points."""
    stops: list[int | str] = [ends[0]]
    for n, (x, y) in enumerate(edge.through):
        stops.append(f"{tie}-{n}")
        network.add_node(
            stops[-1], label=" ", shape="dot", group="", size=0, x=round(x, 1), y=round(y, 1),
            narrow=[round(v, 1) for v in edge.narrow[n]] if edge.narrow else None,
        )  # fmt: skip
    stops.append(ends[1])
    for one, two in pairwise(stops):
        network.add_edge(one, two, tie=tie, bend=edge.bend, arrows="", width=_width(edge))


def _width(edge: Edge) -> float:
    return round(min(3.0, 0.75 + 0.25 * len(edge.facts)), 2)


def _years(fact: Fact) -> list[int | None] | None:
    """The first and last year that a fact can mean, None where it is open; None for no date."""
    if fact.when is None:
        return None
    first, last = fact.when.earliest, fact.when.latest
    return [int(first[:4]) if first else None, int(last[:4]) if last else None]


def _classes(picture: Picture) -> list[str]:
    present = {plain(node.entity.type) for node in picture.nodes}
    return [c for c in CLASSES if c in present] + sorted(present - set(CLASSES))


def _look(name: str) -> dict[str, Any]:
    _, colour, filled = CLASSES.get(name, _OTHER)
    return {"colour": colour, "filled": filled, "name": class_words(name)}


def _legend(picture: Picture) -> str:
    """A button a class, which shows and hides it."""
    buttons = []
    for name in _classes(picture):
        shape, colour, filled = CLASSES.get(name, _OTHER)
        count = sum(plain(node.entity.type) == name for node in picture.nodes)
        buttons.append(
            f'<button type="button" aria-pressed="true" data-class="{escape(name)}">'
            f'<svg class="{colour}{"" if filled else " hollow"}" viewBox="0 0 16 16" '
            f'aria-hidden="true">{_SHAPES[shape]}</svg>'
            f"{escape(class_words(name))} <span>{count}</span></button>"
        )
    return "\n".join(buttons)


def _remarks(picture: Picture) -> str:
    told = [*picture.notes]
    if picture.absence:
        told.insert(0, f"Nothing was concluded: {picture.absence.detail}")
    if picture.pending:
        told.append("Solid lines lead to what was concluded, dashed ones to what is pending.")
    return "".join(f"<p>{escape(plain(text))}</p>" for text in told)
