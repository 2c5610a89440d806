"""How dates, classes, passages and stages are put into words on a page."""

from __future__ import annotations

import re

from diplograph.model import Evidence, When
from diplograph.words import MONTHS, in_words

__all__ = ["class_words", "date_words", "locator", "plain", "short_date"]

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(text: str) -> str:
    """The text without control characters and without marks that reverse its direction.

    >>> plain("a\\x00b\\u202ec")
    'abc'
    """
    return _CONTROL.sub("", text)


def date_words(when: When | None, happened: bool = False) -> str:
    """A date as people write it; empty for none. What ``happened`` did so *by* an open beginning.

    >>> date_words(When("2000-07-17/2000-07-18", None, None))
    '17–18 July 2000'
    >>> date_words(When("2001-06/..", None, None)), date_words(When("2003~", None, None))
    ('since June 2001', 'about 2003')
    >>> date_words(When("../2007", None, None), happened=True)
    'by 2007'
    """
    return "" if when is None else in_words(when.edtf, happened)


def short_date(when: When | None, year: int | None) -> str:
    """A date with short months, without the year where that is ``year``.

    >>> short_date(When("2000-07-17/2000-07-18", None, None), 2000)
    '17–18 Jul'
    """
    words = date_words(when, happened=True)
    for month in MONTHS:
        words = words.replace(month, month[:3])
    if year is not None and re.findall(r"\d{4}", words) == [str(year)]:
        shorter = re.sub(r"\s*\b\d{4}\b", "", words)
        return words if shorter in ("about", "perhaps", "perhaps about", "by", "since") else shorter
    return words


def class_words(name: str) -> str:
    """The words of a class name.

    >>> class_words("ArmsTransfer")
    'Arms transfer'
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", plain(name)).split()
    return " ".join([words[0], *(w.lower() for w in words[1:])]) if words else "Thing"


def locator(evidence: Evidence) -> str:
    """The locator of a passage, fit for a page.

    >>> locator(Evidence("mine\\u202e", 5, 9, "page 2"))
    'mine, page 2 [5–9]'
    """
    return plain(evidence.locator)
