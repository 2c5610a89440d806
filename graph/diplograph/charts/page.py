"""A picture as a page that works offline: each of its marks tells the facts that it shows.

The page has the picture as SVG, and the panel and the tables of the pages of
:mod:`diplograph.render`, under the same policy. The SVG that matplotlib writes is taken apart and
put together again: what it says in ``style`` becomes attributes, which the policy admits, and only
the elements and attributes of a drawing are kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from diplograph.charts.canvas import saved
from diplograph.errors import OptionError
from diplograph.facts import entities_of, facts_of, told_of, windows_of
from diplograph.model import Fact
from diplograph.render.page import AT_ONCE, as_json, filled, paragraphs
from diplograph.render.picture import Node, Picture
from diplograph.render.record import record
from diplograph.render.tables import tables
from diplograph.render.words import plain

if TYPE_CHECKING:
    from diplograph.charts import Chart

__all__ = ["to_page"]

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset({"svg", "g", "path", "use", "defs", "clipPath", "rect", "pattern", "text"})
_ATTRIBUTES = frozenset({
    "id", "d", "x", "y", "width", "height", "viewBox", "transform", "href", "clip-path",
    "clipPathUnits", "patternUnits", "fill", "stroke", "stroke-width", "stroke-linejoin",
    "stroke-linecap", "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit", "opacity",
    "fill-opacity", "stroke-opacity", "fill-rule",
})  # fmt: skip
_LOCAL = re.compile(r"#[\w.-]+|url\(#[\w.-]+\)")
_NAMED = re.compile(r"(mark-\d+)\.(\d+)")


def to_page(chart: Chart) -> str:
    """The page of a picture. The same picture gives the same bytes.

    Raises :class:`~diplograph.errors.OptionError` where none of its marks shows a fact, and
    :class:`~diplograph.errors.SourceError` where it was made with sources that are not there.
    """
    facts, entities = _told(chart)
    if not facts:
        raise OptionError(
            f"a picture of the kind {chart.kind} tells no facts; write it as SVG, PNG or PDF."
        )
    place = {fact.id: number for number, fact in enumerate(facts)}
    few = len(facts) <= AT_ONCE
    picture = _picture(chart, facts, entities)
    marks = [
        {
            "name": mark.name,
            "label": plain(mark.label),
            "facts": sorted(place[fact] for fact in mark.facts if fact in place),
        }
        for mark in chart.marks
    ]
    data = {**record([picture]), "marks": [mark for mark in marks if mark["facts"]]}
    told = {mark["name"]: mark for mark in data["marks"]}
    heading = escape(plain(chart.title))
    return filled("chart.html", {
        "kind": "chart",
        "title": f"{heading} · diplograph",
        "heading": heading,
        "summary": escape(plain(chart.frame.subtitle)),
        "remarks": paragraphs(plain(note) for note in chart.notes),
        "picture": drawing(saved(chart.figure, "svg", chart.frame), heading, told),
        "columns": str(chart.columns),
        "data": as_json(data),
        "tables": tables(picture) if few else "",
    })  # fmt: skip


def _told(chart: Chart) -> tuple[tuple[Fact, ...], dict[str, list[str]]]:
    """The facts that the marks show, in order of time, and of which entities each tells."""
    assert chart.asked is not None
    graph, wanted = chart.asked.graph, {fact for mark in chart.marks for fact in mark.facts}
    if not wanted:
        return (), {}
    said = told_of(graph, wanted)
    facts = facts_of(graph, wanted, as_of=chart.asked.as_of, copies=chart.asked.copies(), told=said)
    return facts, {
        fact.id: sorted(
            {value for values in said.triples[fact.id].values() for value in values}
            & said.entities
        )
        for fact in facts
    }  # fmt: skip


def _picture(chart: Chart, facts: tuple[Fact, ...], entities: dict[str, list[str]]) -> Picture:
    """What the tables and the data of the page are made from."""
    assert chart.asked is not None
    own: dict[str, list[str]] = {}
    for fact in facts:
        for entity in entities[fact.id]:
            own.setdefault(entity, []).append(fact.id)
    named = entities_of(chart.asked.graph, own)
    windows = windows_of(chart.asked.graph, entities)
    return Picture(
        kind="chart",
        title=chart.title,
        summary=chart.frame.subtitle,
        nodes=tuple(
            Node(named[iri], (0.0, 0.0), facts=tuple(own[iri])) for iri in sorted(own)
        ),
        edges=(),
        facts=facts,
        times=tuple(windows[fact.id] for fact in facts),
        owners=tuple(tuple(entities[fact.id]) for fact in facts),
        dated=chart.asked.as_of is not None,
    )  # fmt: skip


def drawing(svg: bytes, title: str, marks: dict[str, dict[str, object]]) -> str:
    """An SVG file as an element of a page, nothing in it but shapes.

    Of the marks that are told, each shape bears the name (``data-mark``), and the first can be
    reached by keyboard. ``title`` is already escaped.
    """
    root = ElementTree.fromstring(svg)
    met: set[str] = set()
    parts: list[str] = []

    def write(element: ElementTree.Element) -> None:
        name = element.tag.removeprefix(_SVG)
        if name not in _ELEMENTS:
            return
        attributes = dict(_styled(element))
        found = _NAMED.fullmatch(attributes.get("id", ""))
        if found and found[1] in marks:
            attributes["data-mark"] = found[1]
            if found[1] not in met:
                met.add(found[1])
                facts = marks[found[1]]["facts"]
                assert isinstance(facts, Sequence)
                count = f"{len(facts)} fact{'' if len(facts) == 1 else 's'}"
                attributes |= {
                    "role": "button", "tabindex": "0" if len(met) == 1 else "-1",
                    "aria-label": f"{marks[found[1]]['label']}, {count}",
                }  # fmt: skip
        if element is root:
            attributes |= {"role": "group", "stroke-linejoin": "round", "stroke-linecap": "butt"}
            attributes.pop("width", None)
            attributes.pop("height", None)
        told = "".join(f' {key}="{escape(value)}"' for key, value in sorted(attributes.items()))
        label = f' aria-label="{title}"' if element is root else ""
        parts.append(f"<{name}{told}{label}>")
        for child in element:
            write(child)
        parts.append(f"</{name}>")

    write(root)
    return "".join(parts)


def _styled(element: ElementTree.Element) -> list[tuple[str, str]]:
    """The attributes of an element that are of a drawing, with what its style says."""
    told = {("href" if name == _LINK else name): value for name, value in element.attrib.items()}
    for part in told.pop("style", "").split(";"):
        name, colon, value = part.partition(":")
        if colon:
            told[name.strip()] = value.strip()
    return [
        (name, value)
        for name, value in told.items()
        if name in _ATTRIBUTES
        and (not ("url(" in value or name == "href") or _LOCAL.fullmatch(value))
    ]
