"""Texts of pictures: cleaned, measured, wrapped, and put into words.

Everything that comes from a graph is shown as text: no mark in it is read as mathematics, and what
the bundled font has no letter for is shown as U+FFFD.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

__all__ = ["amount", "clean", "counted", "fitted", "plural", "scale_of", "width_of", "wrapped"]

_POINT = 25.4 / 72
"""Millimetres a point."""
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def clean(text: str) -> str:
    """A text on one line, without control characters and letters that the font lacks.

    >>> clean("a\\x00b\\n c"), clean("price: $\\\\frac{1}{2}$ <b>")
    ('ab c', 'price: $\\\\frac{1}{2}$ <b>')
    """
    one_line = " ".join(text.split())
    kept = (c for c in one_line if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    known = _letters()
    return "".join(c if ord(c) in known or c == " " else "\ufffd" for c in kept)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "fact"), counted(1200, "fact"), counted(2, "entity", "entities")
    ('1 fact', '1,200 facts', '2 entities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def plural(noun: str) -> str:
    """The plural of a noun of the vocabulary.

    >>> plural("arms transfer"), plural("ledger entry"), plural("stance"), plural("aircraft")
    ('arms transfers', 'ledger entries', 'stances', 'aircraft')
    """
    if noun.endswith(("craft", "s", "fish")) or "," in noun or noun.startswith("of "):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("x", "ch", "sh")) else "s")


def amount(number: float) -> str:
    """A number as it is printed in a picture.

    >>> amount(15.8), amount(1200.0), amount(0.25), amount(37)
    ('15.8', '1,200', '0.25', '37')
    """
    text = f"{number:,.10g}" if abs(number) < 1e6 else f"{number:,.0f}"
    return text.replace("-", "−")


def scale_of(numbers: list[float]) -> tuple[float, str]:
    """By what to divide large numbers, and the word for it.

    >>> scale_of([1.4e9, 3.3e10]), scale_of([15.8])
    ((1000000000.0, 'billion'), (1.0, ''))
    """
    most = max((abs(n) for n in numbers), default=0.0)
    return next(((scale, word) for scale, word in _SCALES if most >= scale), (1.0, ""))


@lru_cache(maxsize=20_000)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is in millimetres, in points of the bundled font."""
    from matplotlib.textpath import TextToPath

    width, _, _ = TextToPath().get_text_width_height_descent(text, _font(size, bold), False)
    return float(width) * _POINT


def wrapped(text: str, room: float, size: float, most: int = 99, bold: bool = False) -> list[str]:
    """A text in lines of at most ``room`` millimetres; beyond ``most`` lines it ends in “…”."""
    lines, line = [], ""
    words = [piece for word in text.split(" ") for piece in _pieces(word, room, size, bold)]
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size, bold) > room:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], fitted(" ".join(lines[most - 1 :]), room, size, bold)]
    return lines


def fitted(text: str, room: float, size: float, bold: bool = False) -> str:
    """A text cut to at most ``room`` millimetres, “…” at its end where it was cut."""
    if width_of(text, size, bold) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle].rstrip() + "…", size, bold) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word that is wider than the room in parts, any other as it is."""
    parts = []
    while width_of(word, size, bold) > room and len(word) > 1:
        cut = max(1, int(len(word) * room / width_of(word, size, bold)) - 1)
        parts.append(word[:cut])
        word = word[cut:]
    return [*parts, word]


@lru_cache(maxsize=64)
def _font(size: float, bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family="DejaVu Sans", size=size, weight="bold" if bold else "normal"
    )  # fmt: skip


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """The characters that the bundled font has, in its plain and in its bold face."""
    from matplotlib.font_manager import findfont, get_font

    faces = [set(get_font(findfont(_font(8.0, bold))).get_charmap()) for bold in (False, True)]
    return frozenset(faces[0] & faces[1])
