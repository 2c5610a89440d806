"""Seeded registers of any size, in the layouts of the public datasets, to see how cost grows.

    python bench/registers.py FOLDER [TIMES]

Writes a trade register of arms, environmental treaties and their members, and a list of
trade agreements, TIMES as many rows as the public files have, shaped like them: hub suppliers,
weapons that are ordered again and again, agreements with two to two hundred parties, accessions and
withdrawals, gaps and marks of estimates.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from diplograph import states

ROWS, TREATIES, MEMBERS, TRADE = 29_507, 5_728, 27_002, 1_217
"""How many rows the public files have."""

Row = tuple[str, ...]
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
_TRADE = (
    "number", "base_treaty", "name", "entry_type", "consolidated", "year", "entryforceyear",
    "language", "typememb", "regioncon", "wto_listed", "wto_name",
    *(f"c{n}" for n in range(1, 92)), *(f"mc{n}" for n in range(1, 92)),
)  # fmt: skip
_KINDS = ("tank", "fighter aircraft", "frigate", "anti-ship missile", "transport helicopter")


def present() -> list[str]:
    """The names of the states that exist today."""
    return sorted(s.label for s in states.all_states().values() if s.begin and not s.end)


def register(times: float, seed: int = 0) -> Iterator[Row]:
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


def treaties(times: float, seed: int = 0) -> Iterator[tuple[Row, list[Row]]]:
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


def trade(times: float, seed: int = 0) -> Iterator[Row]:
    """The rows of a list of trade agreements, with what changes their texts and their members."""
    chance = np.random.default_rng(seed)
    present = [s for s in states.all_states().values() if s.begin and not s.end]
    codes = [c.code for s in present for c in s.codes if c.scheme == "iso-numeric"]

    def row(number: str, base: int, entry: str, year: int, members: list[tuple[str, str]]) -> Row:
        cells = [*members, *[("NA", "NA")] * (91 - len(members))]
        name = f"Free trade agreement {base}" + (
            "" if number == str(base) else f" {entry} {number}"
        )
        return (
            number, str(base), name, entry, "0", str(year), str(year + 1), "English",
            "1" if len(members) == 2 else "2", "Intercontinental", "1", name,
            *(code for code, _ in cells), *(mark for _, mark in cells),
        )  # fmt: skip

    number, left = 0, int(TRADE * times)
    while left > 0:
        number, base = number + 1, number + 1
        year, many = int(chance.integers(1948, 2019)), min(2 + int(chance.pareto(0.8)), 60)
        members = [codes[n] for n in chance.choice(len(codes), many + 1, replace=False)]
        newcomer, marked = members.pop(), [(code, "0") for code in members]
        old = [(code, "2") for code in members]
        found = [row(str(number), base, "base_treaty", year, marked)]
        if chance.random() < 0.24:
            steps = [*old, (newcomer, "1")]
            found.append(row(f"{base}+1", base, "accession", year + 2, steps))
        if chance.random() < 0.08:
            number += 2
            found.append(row(str(number - 1), base, "protocol or amendment", year + 3, marked))
            found.append(row(f"{number}a", base, "consolidated", year + 3, marked))
        if chance.random() < 0.04:
            steps = [*old[1:], (members[0], "1")]
            found.append(row(f"{base}_1", base, "withdrawal", year + 5, steps))
        yield from found[:left]
        left -= len(found)


def write_trade(path: Path, times: float) -> Path:
    """Write the list of trade agreements; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(_TRADE)
        writer.writerows(trade(times))
    return path


def write(folder: Path, times: float) -> tuple[Path, Path, Path]:
    """Write the register, the treaties and their members; the three paths."""
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
    folder, times = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1
    for path in (*write(folder, times), write_trade(folder / "trade.csv", times)):
        print(path)
