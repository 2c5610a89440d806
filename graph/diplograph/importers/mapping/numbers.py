"""Numbers as tables print them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from diplograph.importers.mapping.records import Figure

__all__ = ["Number", "read_number"]


@dataclass(frozen=True)
class Number:
    """A number as facts have it: its properties with their values, and those that are true."""

    values: Mapping[str, str]
    flags: tuple[str, ...] = ()


_PARTS = re.compile(
    r"(?P<mark>[~≈<>≤≥])?\s*(?P<one>[^–—~≈<>≤≥]*?)(?:\s*[-–—]\s*(?P<other>[^-–—\s].*))?"
)


def read_number(printed: str, figure: Figure) -> Number:
    """A printed number: one, or a range, or with a mark before it.

    ``<`` and ``≤`` give a maximum, ``>`` and ``≥`` a minimum, ``~`` and ``≈`` an approximate
    number. Raises :class:`ValueError`, with a reason, for what is no number.

    >>> from diplograph.importers.mapping.records import Concept, Template
    >>> figure = Figure(Template(()), Concept("measure"), Concept("unit"), group=",")
    >>> read_number("1,250.50", figure).values, read_number("3-6", figure).values
    ({'value': '1250.50'}, {'minimum': '3', 'maximum': '6'})
    """
    if printed in figure.unknown:
        return Number({}, ("unknown",))
    minus = printed[:1] in "-−" and printed[1:2].isdigit()
    match = _PARTS.fullmatch(printed[1:] if minus else printed)
    if not match:
        raise ValueError(f"“{printed}” is no number")
    one = _plain(match["one"], figure, printed)
    if minus:
        one = f"-{one}"
    flags = ("approximate",) if match["mark"] and match["mark"] in "~≈" else ()
    if match["other"]:
        other = _plain(match["other"], figure, printed)
        if Decimal(one) > Decimal(other):
            raise ValueError(f"“{printed}” ends below its beginning")
        return Number({"minimum": one, "maximum": other}, flags)
    if match["mark"] and match["mark"] in "<≤":
        return Number({"maximum": one})
    if match["mark"] and match["mark"] in ">≥":
        return Number({"minimum": one})
    return Number({"value": one}, flags)


def _plain(text: str, figure: Figure, printed: str) -> str:
    """Digits with a point, multiplied by the scale, without exponent."""
    digits = text.strip()
    if figure.group and figure.group in digits:
        group = re.escape(figure.group)
        if not re.fullmatch(
            rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+(?:{re.escape(figure.decimal)}[0-9]+)?", digits
        ):
            raise ValueError(f"“{printed}” is no number with “{figure.group}” between thousands")
        digits = digits.replace(figure.group, "")
    digits = digits.replace(figure.decimal, ".") if figure.decimal != "." else digits
    allowed = r"[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?"
    if not re.fullmatch(allowed, digits) or (figure.decimal != "." and "." in text):
        raise ValueError(f"“{printed}” is no number")
    if figure.scale == "1" and "e" not in digits.casefold():
        return digits
    scaled = Decimal(digits) * Decimal(figure.scale)
    whole = scaled == scaled.to_integral_value()
    return f"{scaled.quantize(Decimal(1)) if whole else scaled.normalize():f}"
