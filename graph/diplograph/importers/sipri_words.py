"""Words for what the register prints: names in sentences, years, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

__all__ = ["big", "called", "canonical", "counted", "runs", "span", "years_shown"]

_ARTICLE = (
    "United", "Soviet", "Netherlands", "Philippines", "Bahamas", "Maldives", "Gambia", "Comoros",
    "Seychelles", "Solomon", "Central African", "Democratic Republic", "Dominican", "Socialist",
    "Federal", "Republic", "North Atlantic", "African Union", "European Union", "Ukrainian",
    "Organization", "Regional", "Provisional",
)  # fmt: skip


def called(label: str) -> str:
    """A party's name as it stands in a sentence.

    >>> called("Soviet Union"), called("India")
    ('the Soviet Union', 'India')
    """
    return f"the {label}" if label.startswith(_ARTICLE) else label


def runs(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Years that follow each other as first and last.

    >>> list(runs([1975, 1976, 1979]))
    [(1975, 1976), (1979, 1979)]
    """
    first = last = None
    for year in years:
        if last is not None and year == last + 1:
            last = year
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = year
    if first is not None and last is not None:
        yield first, last


def span(first: int, last: int) -> str:
    """A stretch of years in EDTF."""
    return f"{first}/{last}" if last > first else str(first)


def years_shown(first: int, last: int) -> str:
    """A stretch of years in words."""
    return f"{first}–{last}" if last > first else str(first)


def counted(number: str, estimated: bool) -> str:
    """A number in words, said to be an estimate where it is one."""
    return f"an estimated {int(number):,}" if estimated else f"{int(number):,}"


def big(text: str) -> str:
    """A text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def canonical(number: str) -> str:
    """A number as the engine keeps it: without zeros that say nothing."""
    whole, _, part = number.partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))
