"""The figures: boxes and arrows that the vocabulary gives, drawn as SVG at places set here."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby

from diplograph.namespaces import DG, PREFIXES, local_name
from ontology_page.model import Vocabulary

OA_PASSAGE = PREFIXES["oa"] + "SpecificResource"

HEAD = (
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="0" refY="4" markerWidth="8" '
    'markerHeight="8" markerUnits="userSpaceOnUse" orient="auto">'
    '<path class="head" d="M0 0 8 4 0 8z"/></marker></defs>'
)

LINE = 17
"""Height of a line of text."""
PAD = 9
CHARACTER = 6.7
"""Width of a character of the rows, which are set in a typewriter face."""

Link = Callable[[str], str]
"""From an IRI to the anchor of its entry, or to nothing."""

# Where the classes of the first figure stand: left, top, width and least height.
PLACES = {
    "Conflict": (0, 0, 216, 0),
    "SpecificResource": (0, 124, 216, 0),
    "Source": (0, 232, 216, 190),
    "Fact": (306, 0, 216, 306),
    "Section": (306, 322, 216, 0),
    "Coverage": (306, 386, 216, 0),
}
# Entity stands last, with the kinds of it to which facts lead inside.
SHELF = ("Agent", "Place", "Event", "Document")
SHELF_PLACE = (742, 0, 200, 438)


@dataclass(frozen=True)
class Box:
    """A class at its place, with the lines that stand in it."""

    iri: str
    title: str
    rows: tuple[str, ...]
    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends on the right."""
        return self.left + self.width


def central(vocabulary: Vocabulary, link: Link) -> str:
    """A fact, what it is about and what it rests on."""
    boxes = {b.iri: b for b in _placed(vocabulary)}
    arrows = [
        _arrow(boxes[owner], boxes[target], [local_name(name) for name in names])
        for (owner, target), names in _grouped(vocabulary, boxes)
    ]
    width = max(box.right for box in boxes.values())
    height = max(box.top + box.height for box in boxes.values())
    drawn = [_draw(box, link) for box in boxes.values()]
    return _svg(
        width, height, "A fact, what it is about and what it rests on", [HEAD, *drawn, *arrows]
    )


def kinds(vocabulary: Vocabulary, root: str, columns: int, link: Link) -> str:
    """The classes below one class as boxes within its box, in columns."""
    width, gap, title = 276.0, 14.0, _heading(vocabulary, root)
    start = LINE * (1 + len(title)) + 2 * PAD
    below = vocabulary.below(root)
    sizes = {iri: _tree(vocabulary, iri, 0, 0, width)[0].height + gap for iri in below}
    shares: list[list[str]] = [[] for _ in range(columns)]
    for iri in sorted(below, key=lambda iri: (-sizes[iri], below.index(iri))):
        min(shares, key=lambda share: sum(sizes[other] for other in share)).append(iri)
    drawn: list[str] = []
    for column, share in enumerate(sorted(shares, key=lambda s: min(map(below.index, s)))):
        top = start
        for iri in sorted(share, key=below.index):
            boxes = _tree(vocabulary, iri, gap + column * (width + gap), top, width)
            drawn += [_draw(box, link) for box in boxes]
            top += sizes[iri]
    height = start + max(sum(sizes[iri] for iri in share) for share in shares)
    outer = Box(
        root,
        local_name(root),
        tuple(title),
        0,
        0,
        columns * (width + gap) + gap,
        height,
    )
    text = f"The kinds of {local_name(root).lower()} with their properties"
    return _svg(outer.width, outer.height, text, [_draw(outer, link), *drawn])


def _tree(vocabulary: Vocabulary, iri: str, left: float, top: float, width: float) -> list[Box]:
    """A class with its properties, and the classes below it inside it."""
    rows = _rows(vocabulary, iri, int((width - 2 * PAD) / CHARACTER))
    height = LINE * (1 + len(rows)) + 2 * PAD
    inner: list[Box] = []
    for child in vocabulary.below(iri):
        found = _tree(vocabulary, child, left + PAD, top + height, width - 2 * PAD)
        inner += found
        height += found[0].height + PAD
    return [Box(iri, local_name(iri), tuple(rows), left, top, width, height), *inner]


def _heading(vocabulary: Vocabulary, iri: str) -> list[str]:
    """What a class is a kind of outside the vocabulary."""
    outside = [vocabulary.shorten(s) for s in vocabulary.terms[iri].supers if not s.startswith(DG)]
    return ["is a " + ", ".join(outside)] if outside else []


def _rows(vocabulary: Vocabulary, iri: str, width: int) -> list[str]:
    rows = [line for text in _heading(vocabulary, iri) for line in textwrap.wrap(text, width)]
    for name, values in vocabulary.properties(iri).items():
        if name.startswith(DG):
            text = f"{local_name(name)} → {_names(vocabulary, values)}"
            rows += textwrap.wrap(text, width, subsequent_indent="    ", break_on_hyphens=False)
    return rows


def _names(vocabulary: Vocabulary, values: Iterable[str]) -> str:
    """What values are of, in short: a class, a scheme, a kind of literal."""
    found = []
    for value in values:
        scheme = vocabulary.schemes.get(value)
        found.append(scheme.label if scheme else local_name(value))
    return ", ".join(found) or "text"


def _placed(vocabulary: Vocabulary) -> list[Box]:
    """The boxes of the first figure."""
    left, top, width, height = SHELF_PLACE
    more = len(vocabulary.below(DG + "Entity")) - len(SHELF)
    step = 3 * LINE + 2 * PAD + 8
    last = int(height / LINE) - 3
    boxes = [
        Box(
            DG + "Entity",
            "Entity",
            (*[""] * last, f"and {more} more kinds"),
            left,
            top,
            width,
            height,
        )
    ]
    for number, name in enumerate(SHELF):
        y = top + LINE + 2 * PAD + number * step
        own = ", ".join(map(local_name, vocabulary.below(DG + name)))
        rows = textwrap.wrap(own, int((width - 4 * PAD) / CHARACTER)) or [
            row
            for row in _rows(vocabulary, DG + name, int((width - 4 * PAD) / CHARACTER))
            if "→" in row
        ]
        boxes.append(Box(DG + name, name, tuple(rows), left + PAD, y, width - 2 * PAD, step - 8))
    known = {box.iri for box in boxes} | {_iri(name) for name in PLACES}
    for name, (x, y, w, least) in PLACES.items():
        iri = _iri(name)
        own = tuple(_own_rows(vocabulary, iri, known))
        title = "passage" if iri == OA_PASSAGE else name
        boxes.append(Box(iri, title, own, x, y, w, max(LINE * (1 + len(own)) + 2 * PAD, least)))
    return boxes


def _own_rows(vocabulary: Vocabulary, iri: str, known: set[str]) -> list[str]:
    """The properties of a class in the first figure that no arrow shows."""
    if iri == OA_PASSAGE:
        return [vocabulary.shorten(iri)]
    return [
        f"{local_name(name)} → {_names(vocabulary, values)}"
        for name, values in vocabulary.properties(iri).items()
        if name.startswith(DG) and not set(_targets(vocabulary, iri, values, known))
    ]


def _targets(
    vocabulary: Vocabulary, owner: str, values: tuple[str, ...], known: set[str]
) -> list[str]:
    """To which boxes the values of a property lead: one for all of them where there is one."""
    chains = [
        [value, *(vocabulary.above(value) if value in vocabulary.terms else [])]
        for value in values
        if value != owner
    ]
    for box in chains[0] if chains else []:
        if box in known and all(box in chain for chain in chains):
            return [box]
    found = [next((box for box in chain if box in known), "") for chain in chains]
    return list(dict.fromkeys(filter(None, found)))


def _grouped(
    vocabulary: Vocabulary, boxes: dict[str, Box]
) -> list[tuple[tuple[str, str], list[str]]]:
    """The properties between the boxes, those with the same ends together."""
    found = [
        (owner, target, name)
        for owner in map(_iri, PLACES)
        for name, values in vocabulary.properties(owner).items()
        for target in _targets(vocabulary, owner, values, set(boxes))
    ]
    order = list(boxes)
    found.sort(key=lambda edge: (order.index(edge[0]), order.index(edge[1])))
    return [
        (ends, [name for *_, name in edges])
        for ends, edges in groupby(found, key=lambda edge: (edge[0], edge[1]))
    ]


def _iri(name: str) -> str:
    return OA_PASSAGE if name == "SpecificResource" else DG + name


def _arrow(start: Box, end: Box, names: list[str]) -> str:
    """An arrow between two boxes, one below or beside the other, its names with it."""
    if start.left == end.left:
        x = start.left + start.width / 2
        path = f"M{x:g} {start.top + start.height:g}V{end.top - 7:g}"
        label = (x + 8, (start.top + start.height + end.top) / 2 + 3, "start")
    else:
        x1, x2 = (start.right, end.left - 7)
        if end.left < start.left:
            x1, x2 = (start.left, end.right + 7)
        lowest = min(start.top + start.height, end.top + end.height) - 12
        y = min(max(end.top + LINE / 2 + PAD, start.top + LINE / 2 + PAD), lowest)
        path = f"M{x1:g} {y:g}H{x2:g}"
        label = ((x1 + x2) / 2, y - 6, "middle")
    text = escape(" · ".join(names))
    return (
        f'<path class="arrow" d="{path}" marker-end="url(#arrow)"/>'
        f'<text class="on-arrow" x="{label[0]:g}" y="{label[1]:g}" text-anchor="{label[2]}">'
        f"{text}</text>"
    )


def _draw(box: Box, link: Link) -> str:
    """A box with its title, which leads to its entry, and its rows."""
    title = f'<text class="box-title" x="{box.left + PAD:g}" y="{box.top + PAD + 12:g}">'
    title += f"{escape(box.title)}</text>"
    address = link(box.iri)
    if address:
        title = f'<a href="{address}">{title}</a>'
    first = box.top + PAD + 12 + LINE
    rows = "".join(
        f'<text class="row" x="{box.left + PAD:g}" y="{first + i * LINE:g}" xml:space="preserve">'
        f"{escape(row)}</text>"
        for i, row in enumerate(box.rows)
        if row
    )
    return (
        f'<rect class="box" x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" '
        f'height="{box.height:g}" rx="4"/>{title}{rows}'
    )


def _svg(width: float, height: float, text: str, parts: list[str]) -> str:
    return (
        f'<svg viewBox="-1 -1 {width + 2:g} {height + 2:g}" width="{width + 2:g}" '
        f'height="{height + 2:g}" role="group" aria-label="{escape(text)}">\n'
        + "\n".join(parts)
        + "\n</svg>"
    )
