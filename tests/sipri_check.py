"""The register read anew with nothing but ``csv``, for tests of what the store answers."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Deal:
    row: int
    recipient: str
    supplier: str
    ordered: str
    number: str
    weapon: str
    description: str
    delivered: str
    years: tuple[int, ...]
    status: str
    comment: str
    tiv_unit: str
    tiv_order: str
    tiv_delivered: str
    marks: tuple[bool, bool, bool]
    """Whether the year of order, the number ordered and the number delivered are estimates."""


def deals(path: Path) -> list[Deal]:
    """All deals, those whose volumes stand on a line of their own put together."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    found = []
    for number, cells in enumerate(rows, start=2):
        if not cells[0]:
            continue
        after = rows[number - 1] if number - 1 < len(rows) else [""]
        volumes = cells[13:16] if cells[13] or after[0] else after[1:4]
        years = tuple(int(year) for year in cells[10].split("; ") if year)
        found.append(
            Deal(
                number, cells[0], cells[1], cells[2], cells[4], cells[6].strip(), cells[7],
                cells[8], years, cells[11], cells[12].strip(), *volumes,
                tuple(cells[at] == "?" for at in (3, 5, 9)),
            )
        )  # fmt: skip
    return found


def within(deal: Deal, first: int, last: int) -> bool:
    """Whether all of it was delivered within the years."""
    return bool(deal.years) and first <= min(deal.years) and max(deal.years) <= last


def volume(deals: Iterator[Deal] | list[Deal]) -> float:
    return round(sum(float(deal.tiv_delivered) for deal in deals), 2)


def by_side(deals: list[Deal], side: str) -> Counter[str]:
    """The volume delivered, by supplier or recipient."""
    sums: dict[str, float] = defaultdict(float)
    for deal in deals:
        sums[getattr(deal, side)] += float(deal.tiv_delivered)
    return Counter(sums)
