"""Seeded registers of any size, in the layouts of the public datasets, to see how cost grows.

    python bench/registers.py FOLDER [TIMES]

Writes a trade register of arms, environmental treaties and their members, TIMES as many rows as the
public files have, shaped like them: hub suppliers, weapons that are ordered again and again,
agreements with two to two hundred parties, gaps and marks of estimates.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from diplograph import states

ROWS, TREATIES, MEMBERS = 29_507, 5_728, 27_002
"""How many rows the public files have."""

_REGISTER = (
    "Recipient", "Supplier", "Year of order", " ", "Number ordered", " ", "Weapon designation",
    "Weapon description", "Number delivered", " ", "Year(s) of delivery", "status", "Comments",
    "SIPRI TIV per unit", "SIPRI TIV for total order", "SIPRI TIV of delivered weapons",
)  # fmt: skip
_TREATIES = (
    "IEA# (click for add'l info)", "Inclusion", "Signature Year", "Signature Date",
    "Date IEA entered into force", "Treaty Name", "Treaty Text", "Members",
    "Agreement Type (level 2)", "Lineage", "Sequence in lineage", "Data", "Articles, etc.",
    "Secretariat", "UNEP Info",
)  # fmt: skip
_MEMBERS = (
    "country", "mitch_id", "tsig", "inclusion", "treatyname", "tterm", "csig", "crat",
    "ceif3", "ceif4", "ceif5", "ceif6", "ceif7", "ceif8", "ceif9",
)  # fmt: skip
_KINDS = ("tank", "fighter aircraft", "frigate", "anti-ship missile", "transport helicopter")


def present() -> list[str]:
    """The names of the states that exist today."""
    return sorted(s.label for s in states.all_states().values() if s.begin and not s.end)


def register(times: float, seed: int = 0) -> Iterator[tuple[str, ...]]:
    """The rows of a trade register."""
    chance = np.random.default_rng(seed)
    names = present()
    weight = 1 / np.arange(1, len(names) + 1)
    hub = weight / weight.sum()
    rows = int(ROWS * times)
    supplier = chance.choice(len(names), rows, p=hub)
    recipient = chance.integers(0, len(names), rows)
    weapon = chance.zipf(1.4, rows) % 6_000
    for row in range(rows):
        ordered = int(chance.integers(1950, 2020))
        delivered = [str(ordered + 1 + n) for n in range(int(chance.geometric(0.6)))]
        number, value = int(chance.geometric(0.05)), round(float(chance.exponential(3)), 2)
        marks = ["?" if sure else "" for sure in chance.random(3) < 0.5]
        other = recipient[row] if recipient[row] != supplier[row] else recipient[row] - 1
        yield (
            names[other], names[supplier[row]], str(ordered), marks[0], str(number), marks[1],
            f"W-{weapon[row]}", _KINDS[weapon[row] % len(_KINDS)], str(number), marks[2],
            "; ".join(delivered), "New", "", str(value), f"{value * number:.2f}",
            f"{value * number:.2f}",
        )  # fmt: skip


def treaties(
    times: float, seed: int = 0
) -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Treaties, each with its members."""
    chance = np.random.default_rng(seed)
    names = present()
    count = int(TREATIES * times)
    mean = MEMBERS / TREATIES
    for number in range(1, count + 1):
        many = min(2 + int(chance.pareto(1.5) * (mean - 2) * 0.66), len(names))
        year, day = int(chance.integers(1900, 2010)), int(chance.integers(1, 28))
        signed, force = f"{year}-06-{day:02d}", f"{year + 2}-01-{day:02d}"
        title = f"Convention {number} Concerning The Protection Of Rivers"
        yield (
            (str(number), "MEA" if many > 2 else "BEA", str(year), signed, force, title, "",
             "Members", "Agreement", "Not Yet Assigned", "100.000", "", "", "", ""),
            [
                (names[party], str(number), signed, "MEA", title, "", signed, "", force,
                 "", "", "", "", "", "")
                for party in chance.choice(len(names), many, replace=False)
            ],
        )  # fmt: skip


def write(folder: Path, times: float) -> tuple[Path, Path, Path]:
    """Write the three files; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = folder / "register.csv", folder / "treaties.csv", folder / "members.csv"
    with paths[0].open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_REGISTER)
        writer.writerows(register(times))
    with (
        paths[1].open("w", encoding="utf-8", newline="") as first,
        paths[2].open("w", encoding="utf-8", newline="") as second,
    ):
        one, two = csv.writer(first), csv.writer(second)
        one.writerow(_TREATIES)
        two.writerow(_MEMBERS)
        for treaty, members in treaties(times):
            one.writerow(treaty)
            two.writerows(members)
    return paths


if __name__ == "__main__":
    for path in write(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1):
        print(path)
