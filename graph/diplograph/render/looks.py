"""How the classes of entities look, and the controls of a page that show and hide things."""

from __future__ import annotations

from collections import Counter
from html import escape

from diplograph.render.picture import Picture
from diplograph.render.words import class_words, plain

__all__ = ["CLASSES", "OTHER", "choices", "classes_of", "legend"]

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
    "Group": ("dot", "blue", False),
}
"""Shape, colour (of Okabe and Ito's palette, see page.css) and whether filled, by class."""

OTHER = ("hexagon", "grey", False)
"""The look of any other class."""

_SHAPES = {
    "dot": '<circle cx="8" cy="8" r="5.5"/>',
    "square": '<path d="M3 3h10v10H3z"/>',
    "diamond": '<path d="M8 1.5 14.5 8 8 14.5 1.5 8z"/>',
    "triangle": '<path d="M8 2 14.5 13.5h-13z"/>',
    "triangleDown": '<path d="M8 14 1.5 2.5h13z"/>',
    "hexagon": '<path d="M4.7 2.3h6.6L14.6 8l-3.3 5.7H4.7L1.4 8z"/>',
    "star": '<path d="m8 1 1.9 4.7 5 .3-3.9 3.2 1.3 4.9L8 11.4l-4.3 2.7L5 9.2 1.1 6l5-.3z"/>',
}


def classes_of(picture: Picture) -> list[str]:
    """The classes of the entities of a picture, in the order of the legend."""
    present = {plain(node.entity.type) for node in picture.nodes}
    return [c for c in CLASSES if c in present] + sorted(present - set(CLASSES))


def legend(picture: Picture) -> str:
    """A button a class, which shows and hides it."""
    buttons = []
    for name in classes_of(picture):
        shape, colour, filled = CLASSES.get(name, OTHER)
        count = sum(plain(node.entity.type) == name for node in picture.nodes)
        buttons.append(
            f'<button type="button" aria-pressed="true" data-class="{escape(name)}">'
            f'<svg class="{colour}{"" if filled else " hollow"}" viewBox="0 0 16 16" '
            f'aria-hidden="true">{_SHAPES[shape]}</svg>'
            f"{escape(class_words(name))} <span>{count}</span></button>"
        )
    return "\n".join(buttons)


def choices(picture: Picture, names: dict[str, list[str]]) -> str:
    """A list of boxes to tick for each of stages, grades and sources, with the number of facts."""
    facts = picture.facts
    counts = {
        "stages": Counter(plain(fact.stage or "") for fact in facts),
        "grades": Counter(plain(fact.grade) for fact in facts),
        "sources": Counter(plain(fact.source) for fact in facts),
    }
    groups = []
    for kind, heading in (("stages", "Stage"), ("grades", "Grade"), ("sources", "Source")):
        boxes = "".join(
            f'<label><input type="checkbox" checked data-{kind}="{number}"> '
            f"{escape(name) or '(none)'} <span>{counts[kind][name]}</span></label>"
            for number, name in enumerate(names[kind])
        )
        if boxes:
            groups.append(f"<fieldset><legend>{heading}</legend>{boxes}</fieldset>")
    return "\n".join(groups)
