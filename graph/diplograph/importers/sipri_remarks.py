"""What the register's comments surely say.

A comment is kept whole as it is printed. Facts are told only of parts between semicolons that say
one thing without reserve, such as “aid” or “$79 m deal”; “probably aid” and “part of $79 m deal”
stay what they are, words of the comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Said", "said"]

_MONEY = re.compile(r"(?:deal worth )?(\$|USD|EUR|GBP) ?(\d+(?:\.\d+)?) ?(m|b)(?: deal)?", re.I)
_UNITS = {"$": "us-dollar", "usd": "us-dollar", "eur": "euro", "gbp": "pound-sterling"}
_TIMES = {"m": 6, "b": 9}
_LICENCE = re.compile(r"produced under licence in ([\w' .-]+)", re.I)
_NOT_ORDERED = re.compile(
    r"(?:possibly )?selected(?: \d{4})? but (?:not(?: yet)? ordered|contract not yet signed)"
    r" by end[- ](\d{4})",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a comment surely says; what it does not say is empty."""

    aid: bool = False
    licence: str = ""
    """Where the weapons are produced under licence."""
    worth: str = ""
    """What the deal is worth, in full."""
    unit: str = ""
    not_ordered: str = ""
    """The year at the end of which the weapons were selected and not yet ordered."""


def said(comment: str) -> Said:
    """What a comment surely says.

    >>> said("Second-hand; aid; $79 m deal")
    Said(aid=True, licence='', worth='79000000', unit='us-dollar', not_ordered='')
    >>> said("Probably aid; part of $79 m deal") == Said()
    True
    """
    parts = [part.strip() for part in comment.split(";")]
    aid = any(part.lower() == "aid" for part in parts)
    licences = dict.fromkeys(m[1].strip() for p in parts if (m := _LICENCE.fullmatch(p)))
    worths = dict.fromkeys(_worths(parts))
    pending = [m[1] for p in parts if (m := _NOT_ORDERED.fullmatch(p))]
    # Two different prices or places leave open which is meant.
    worth, unit = next(iter(worths)) if len(worths) == 1 else ("", "")
    return Said(
        aid=aid,
        licence=next(iter(licences)) if len(licences) == 1 else "",
        worth=worth,
        unit=unit,
        not_ordered=pending[0] if pending else "",
    )


def _worths(parts: list[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        match = _MONEY.fullmatch(part)
        if match and "deal" in part.lower():
            worth = Decimal(match[2]).scaleb(_TIMES[match[3].lower()])
            yield f"{worth:f}".removesuffix(".0"), _UNITS[match[1].lower()]
