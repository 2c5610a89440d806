"""How the classes of entities look, and the lines between them."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

__all__ = ["CLASSES", "LINES", "OTHER", "Line", "line_of", "looks"]

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
    "UnidentifiedParty": ("dot", "purple", False),
    "Group": ("dot", "blue", False),
}
"""Shape, colour (of Okabe and Ito's palette, see page.css) and whether filled, by class."""

OTHER = ("hexagon", "grey", False)
"""The look of any other class."""


class Line(NamedTuple):
    """A kind of line: what it is called, its sign, and of which classes its facts are.

    Its colour stands in page.css, as ``--t-`` and the kind.
    """

    name: str
    sign: str
    facts: tuple[str, ...]


LINES: dict[str, Line] = {
    "agreement": Line("Agreements", "diamond", ()),
    "event": Line("Meetings and events", "hexagon", ("Occurrence",)),
    "transfer": Line("Transfers", "triangleDown", ("TransferFact",)),
    "membership": Line("Memberships", "square", ("Membership", "Affiliation", "Succession")),
    "office": Line("Offices", "triangle", ("Tenure",)),
    "stance": Line("Stances and claims", "dot", ("Stance", "Claim", "Denial")),
    "other": Line("Other facts", "cross", ()),
}
"""The kinds of lines; what tells of an agreement, event or transfer makes a line of its kind."""

_ABOUT = {"Agreement": "agreement", "Event": "event", "ArmsTransfer": "transfer"}
_BY_CLASS = {name: kind for kind, line in LINES.items() for name in line.facts}


def line_of(fact: str, of: Collection[str]) -> str:
    """The kind of line that a fact makes, by its class and the classes of what it is of.

    >>> line_of("Tenure", []), line_of("StageFact", ["ArmsTransfer"]), line_of("Naming", ["Place"])
    ('office', 'transfer', 'other')
    """
    if fact in _BY_CLASS:
        return _BY_CLASS[fact]
    return next((kind for name, kind in _ABOUT.items() if name in of), "other")


def looks() -> dict[str, object]:
    """The looks of classes and lines as a page has them."""
    from diplograph.render.words import class_words

    known = {
        name: {"shape": shape, "colour": colour, "filled": filled, "name": class_words(name)}
        for name, (shape, colour, filled) in CLASSES.items()
    }
    shape, colour, filled = OTHER
    return {
        "classes": known,
        "other": {"shape": shape, "colour": colour, "filled": filled},
        "lines": [{"name": line.name, "sign": line.sign, "key": kind}
                  for kind, line in LINES.items()],
    }  # fmt: skip
