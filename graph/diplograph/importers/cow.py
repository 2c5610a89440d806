"""The Correlates of War project's list of states: which were members of the state system, and when.

Correlates of War Project, “State System Membership List, v2016” (2017): a row for each stretch of
membership, by a number and an abbreviation of the state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diplograph import dates
from diplograph.errors import DateError
from diplograph.importers.knowing import Known
from diplograph.importers.layouts import Layout, Line
from diplograph.importers.running import Dataset, Part
from diplograph.importers.telling import Told
from diplograph.words import in_words

__all__ = ["DATASET"]

_LAYOUT = Layout(
    "states",
    {
        "abbreviation": "stateabb", "code": "ccode", "name": "statenme",
        "year": "styear", "month": "stmonth", "day": "stday",
        "end_year": "endyear", "end_month": "endmonth", "end_day": "endday",
        "version": "version",
    },
)  # fmt: skip


def _tell(parts: Mapping[str, Part], told: Told, known: Known) -> Iterator[int]:
    lines = list(parts["cow"].lines())
    last = max((_end(line) for line in lines if isinstance(line, Line)), default="")
    for line in lines:
        if isinstance(line, Line):
            _row(line, last, told, known)
        else:
            row, cells = line
            told.refuse(
                row, "damaged-row", "The row has not as many cells as the header.", ", ".join(cells)
            )
        yield 1


def _row(line: Line, last: str, told: Told, known: Known) -> None:
    begin, end = _date(line, "year", "month", "day"), _end(line)
    # The last day of the list is the day to which it was kept, not the end of the states.
    when = f"{begin}/.." if end == last else f"{begin}/{end}"
    try:
        period = dates.parse(when)
    except DateError as error:
        told.refuse(line.row, "damaged-row", str(error), when)
        return
    state = known.party(
        line["code"], scheme="cow", when=dates.parse(begin), row=line.row, label=line["name"]
    )
    until = "" if end == last else f" until {in_words(end)}"
    told.fact(
        f"{line['code']}-{line['year']}",
        "Statehood",
        f"{state.label} was a member of the state system from {in_words(begin)}{until}.",
        row=line.row,
        when=period.edtf,
        links={"of": state.iri},
        values={"printed": line["name"]},
    )


def _end(line: Line) -> str:
    return _date(line, "end_year", "end_month", "end_day")


def _date(line: Line, year: str, month: str, day: str) -> str:
    return f"{line[year]:0>4}-{line[month]:0>2}-{line[day]:0>2}"


DATASET = Dataset(
    name="cow",
    title="State System Membership List",
    publisher="Correlates of War Project",
    home="https://correlatesofwar.org/data-sets/state-system-membership/",
    terms="Free for use with citation; not to be redistributed here.",
    covers="1816/2016",
    covers_all=("Country",),
    what="which states were members of the state system, from 1816 to 2016",
    layouts={"cow": (_LAYOUT,)},
    tell=_tell,
    edition="2016",
    issued="2017",
)
