"""Write the figures of docs/states.md: python docs/make_states.py DIR.

DIR holds the public datasets. Every name or code of a party in them is put to the crosswalk of
states with the time that its row tells of, and how it was read is counted. Needs python-calamine
and pandas.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from diplograph import dates
from diplograph.errors import DateError
from diplograph.states import Resolution, Scheme, resolve

PAGE = Path(__file__).with_name("states.md")
HOW = (
    "exact", "by-date", "predecessor", "successor", "apart", "outside", "ambiguous", "unknown",
)  # fmt: skip
FAR = 2100
"""A year from which on a date of the environmental agreements stands for “none”."""
SIPRI_APART = frozenset({"east-germany", "south-vietnam", "south-yemen", "north-yemen"})
"""States that the arms transfers register always names apart from Germany, Viet Nam and Yemen."""


class Cell(NamedTuple):
    """A party as a row prints it, and the time that the row tells of, if it is a date."""

    printed: str
    when: str | None


class File(NamedTuple):
    """A dataset: what the page calls it, its file, how its parties are read."""

    title: str
    name: str
    scheme: Scheme
    cells: Callable[[Path], Iterator[Cell]]
    apart: frozenset[str] = frozenset()


def sipri(path: Path) -> Iterator[Cell]:
    """Recipient and supplier of each transfer, with the year of the order."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            year = row["Year of order"]
            when = year if re.fullmatch(r"\d{4}", year) else None
            yield from (Cell(row[role], when) for role in ("Recipient", "Supplier"))


def members(path: Path) -> Iterator[Cell]:
    """The member of each row, with its first date that is one."""
    from python_calamine import CalamineWorkbook

    header, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    columns = [i for i, name in enumerate(header) if re.fullmatch(r"csig|crat|ceif\d", str(name))]
    country = header.index("country")
    for row in rows:
        days = [day for i in columns if (day := str(row[i])[:10])[:4].isdigit() and "-" in day]
        real = [day for day in days if int(day[:4]) < FAR]
        yield Cell(str(row[country]), min(real, default=None))


def desta(path: Path) -> Iterator[Cell]:
    """The members of each agreement, with its year."""
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            when = row["year"] if row["year"].isdigit() else None
            codes = (value for name, value in row.items() if re.fullmatch(r"c\d+", name))
            yield from (Cell(code, when) for code in codes if code not in ("NA", "0", ""))


def archigos(path: Path) -> Iterator[Cell]:
    """The state of each leader, with the whole term."""
    import warnings

    import pandas as pd

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # some letters of the file are not UTF-8
        table = pd.read_stata(path, columns=["ccode", "startdate", "enddate"])
    for number, start, end in table.itertuples(index=False):
        yield Cell(str(int(number)), f"{start}/{end}")


def memberships(path: Path) -> Iterator[Cell]:
    """The number of each member of the state system, with its first day and with its last."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            for end in ("st", "end"):
                year, month, day = (int(row[end + part]) for part in ("year", "month", "day"))
                yield Cell(row["ccode"], f"{year:04}-{month:02}-{day:02}")


FILES = (
    File("SIPRI, recipients and suppliers", "sipri-trade-register.csv", "name", sipri, SIPRI_APART),
    File("IEADB, members", "ieadb-members.xlsx", "name", members),
    File("DESTA, members", "desta-treaties.csv", "iso-numeric", desta),
    File("Archigos, terms", "archigos-4.1.dta", "gw", archigos),
    File("Correlates of War, ends of memberships", "cow-states2016.csv", "cow", memberships),
)


def readings(file: File, folder: Path) -> Iterator[Resolution]:
    """How each party of the file is read."""
    for cell in file.cells(folder / file.name):
        period = _period(cell.when) if cell.when else None
        yield resolve(cell.printed, scheme=file.scheme, when=period, apart=file.apart)


@cache
def _period(when: str) -> dates.Period | None:
    try:
        return dates.parse(when)
    except DateError:
        return None


def figures(folder: Path) -> str:
    """The table of the page: a line a file, a column a way of reading."""
    lines = [f"| dataset | {' | '.join(HOW)} |", f"| --- |{' ---: |' * len(HOW)}"]
    for file in FILES:
        counts = Counter(reading.how for reading in readings(file, folder))
        lines.append(f"| {file.title} | {' | '.join(f'{counts[how]:,}' for how in HOW)} |")
    return "\n".join(lines)


def kept() -> str:
    """The table as the page has it."""
    found = re.search(r"^\| dataset \|.*?(?=\n\n)", PAGE.read_text("utf-8"), re.M | re.S)
    return found[0] if found else ""


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    PAGE.write_text(text.replace(kept(), figures(Path(sys.argv[1]))), encoding="utf-8")
