"""The rows of SIPRI's trade register: what each column may hold, in each of its layouts.

A cell that holds what its column cannot hold is never taken for something else: it is left out and
entered into the ledger, and where it says who supplies what to whom the row is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from diplograph.importers.layouts import Layout, Line
from diplograph.importers.running import Part
from diplograph.importers.telling import Told

__all__ = ["BY_DEAL", "LAYOUTS", "Row", "rows"]

_DEAL = {
    "weapon": "Designation", "description": "Description", "category": "Armament category",
    "ordered": "Order date", "ordered_mark": "Order date is estimate",
    "delivered": "Numbers delivered", "delivered_mark": "Numbers delivered is estimate",
    "years": "Delivery year", "years_mark": "Delivery year is estimate",
    "status": "Status", "estimate": "SIPRI estimate", "tiv_unit": "TIV deal unit",
    "tiv_delivered": "TIV delivery values", "local": "Local production",
}  # fmt: skip
LAYOUTS = (
    Layout(
        "A, a row for each deal and year of delivery",
        {"deal": "SIPRI AT Database ID", "supplier": "Supplier", "recipient": "Recipient"} | _DEAL,
    ),
    Layout(
        "B, a row for each deal",
        {
            "recipient": "Recipient", "supplier": "Supplier",
            "ordered": "Year of order", "ordered_mark": "Year of order ?",
            "number": "Number ordered", "number_mark": "Number ordered ?",
            "weapon": "Weapon designation", "description": "Weapon description",
            "delivered": "Number delivered", "delivered_mark": "Number delivered ?",
            "years": "Year(s) of delivery", "status": "status", "remark": "Comments",
            "tiv_unit": "SIPRI TIV per unit", "tiv_order": "SIPRI TIV for total order",
            "tiv_delivered": "SIPRI TIV of delivered weapons",
        },
    ),
    Layout(
        "C, a row for each deal and year of delivery, with sellers and buyers",
        {"deal": "Deal ID", "supplier": "Seller", "recipient": "Buyer"} | _DEAL,
    ),
)  # fmt: skip
BY_DEAL = frozenset({LAYOUTS[0].name, LAYOUTS[2].name})
"""The layouts in which rows of one deal belong together, by its number."""

_NAME = re.compile(r".*[^\W\d_].*")
_YEAR = re.compile(r"[12]\d{3}")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_ESTIMATES = {"?": True, "yes": True, "": False, "no": False}
_CONDITIONS = {
    "new": "new", "second hand": "second-hand", "second-hand": "second-hand",
    "second hand but modernized": "second-hand-modernized",
}  # fmt: skip


def _years(cell: str) -> list[str]:
    return [year.strip() for year in cell.split(";")]


_Holds = tuple[Callable[[str], object], str]
_A_FIGURE: _Holds = (lambda cell: not cell or _FIGURE.fullmatch(cell), "a figure, or nothing")
_A_MARK: _Holds = (lambda cell: cell.lower() in _ESTIMATES, "the mark of an estimate, or nothing")
_HOLDS: Mapping[str, _Holds] = {
    "deal": (re.compile(r"\d+").fullmatch, "the number of a deal"),
    "ordered": (_YEAR.fullmatch, "a year"),
    "number": (re.compile(r"\d*").fullmatch, "a whole number, or nothing"),
    "delivered": (re.compile(r"\d*").fullmatch, "a whole number, or nothing"),
    "years": (
        lambda cell: not cell or all(map(_YEAR.fullmatch, _years(cell))),
        "years joined by semicolons, or nothing",
    ),
    "status": (lambda cell: cell.lower() in _CONDITIONS, "whether the weapons are new"),
    "local": (lambda cell: cell.lower() in ("", "yes", "no"), "Yes or No"),
    **dict.fromkeys(("tiv_unit", "tiv_order", "tiv_delivered", "estimate"), _A_FIGURE),
    **dict.fromkeys(("ordered_mark", "number_mark", "delivered_mark", "years_mark"), _A_MARK),
}  # fmt: skip
_MUST = {"recipient": _NAME, "supplier": _NAME, "weapon": re.compile(r".+")}
"""A weapon can be called by numbers alone."""
_TIV = ("tiv_unit", "tiv_order", "tiv_delivered")


@dataclass(slots=True)
class Row:
    """A row whose cells all hold what their columns may; what they do not hold is empty.

    ``marked`` are the columns that are estimates. ``tail`` is the row in which the volumes stand,
    where that is another one.
    """

    row: int
    cells: Mapping[str, str]
    marked: frozenset[str]
    damaged: frozenset[str] = frozenset()
    tail: int = 0

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    @property
    def condition(self) -> str:
        """The concept of its status, or nothing."""
        return _CONDITIONS.get(self["status"].lower(), "")

    @property
    def years(self) -> list[int]:
        """The years of delivery, in order, each once."""
        return sorted({int(year) for year in _years(self["years"]) if year})


def rows(part: Part, told: Told) -> Iterator[tuple[Row | None, int]]:
    """The rows of a file, None for those refused, each with how many rows of the file it is."""
    held: Line | None = None
    for line in part.lines():
        if not isinstance(line, Line):
            if held:
                yield _read(held, told), 1
                held = None
            yield _pieced(line, part, told), 1
            continue
        if held is not None and _is_tail(line):
            yield _with_tail(held, line, told), 2
            held = None
            continue
        if held:
            yield _read(held, told), 1
        held = line
    if held:
        yield _read(held, told), 1


def _read(line: Line, told: Told, tail: int = 0) -> Row | None:
    """A row with its cells held to their columns; None, and refused, where too little is left."""
    lacking = [name for name, form in _MUST.items() if not form.fullmatch(line[name])]
    if "deal" in line.cells and not _HOLDS["deal"][0](line["deal"]):
        lacking.append("deal")
    if lacking:
        told.refuse(
            line.row, "damaged-row",
            f"What stands for the {' and the '.join(lacking)} cannot be it, so that the row does "
            "not say who supplies what to whom.",
            "; ".join(line.raw).strip("; "),
        )  # fmt: skip
        return None
    cells, marked, damaged = dict(line.cells), set(), set()
    for name, (holds, what) in _HOLDS.items():
        cell = cells.get(name)
        if cell is None:
            continue
        if not holds(cell):
            told.note(
                line.row, "damaged-value",
                f"The column of {_COLUMNS[name]} is to hold {what}; it was left out.", cell,
            )  # fmt: skip
            cells[name] = ""
            damaged.add(name)
        elif name.endswith("_mark") and _ESTIMATES[cell.lower()]:
            marked.add(name.removesuffix("_mark"))
    return Row(line.row, cells, frozenset(marked), frozenset(damaged), tail)


_COLUMNS = {
    "deal": "the deal's number", "ordered": "the year of order", "number": "the number ordered",
    "delivered": "the number delivered", "years": "the years of delivery",
    "status": "the status", "local": "local production",
    "tiv_unit": "the TIV per unit", "tiv_order": "the TIV of the order",
    "tiv_delivered": "the TIV of the deliveries", "estimate": "SIPRI's estimate",
    "ordered_mark": "the mark on the year of order",
    "number_mark": "the mark on the number ordered",
    "delivered_mark": "the mark on the number delivered",
    "years_mark": "the mark on the year of delivery",
}  # fmt: skip


# --- rows that are torn apart --------------------------------------------------------------------


def _is_tail(line: Line) -> bool:
    """Whether a row is nothing but the volumes that the row before lacks."""
    told = [cell.strip() for cell in line.raw]
    return (
        not told[0]
        and all(_FIGURE.fullmatch(cell) for cell in told[1 : 1 + len(_TIV)])
        and not any(told[1 + len(_TIV) :])
    )


def _with_tail(line: Line, tail: Line, told: Told) -> Row | None:
    """A row put together with the row after it, where the figures of both fit each other."""
    figures = [cell.strip() for cell in tail.raw[1 : 1 + len(_TIV)]]
    if all(name in line.cells for name in _TIV) and not any(line[name] for name in _TIV):
        unit, order, delivered = map(Decimal, figures)
        fits = all(
            _product(number, unit, volume)
            for number, volume in ((line["number"], order), (line["delivered"], delivered))
        )
        if fits:
            whole = Line(
                line.row, {**line.cells, **dict(zip(_TIV, figures, strict=True))}, line.raw
            )
            row = _read(whole, told, tail.row)
            if row is not None:
                told.note(
                    tail.row, "torn-row",
                    f"The row is the end of row {line.row}, which lacks its three volumes; they "
                    "fit the numbers there.",
                    "; ".join(figures),
                )  # fmt: skip
                return row
    told.refuse(
        tail.row, "damaged-row",
        "The row has three figures and no more, and they are not those that the row before lacks.",
        "; ".join(figures),
    )  # fmt: skip
    return _read(line, told)


def _product(number: str, unit: Decimal, volume: Decimal) -> bool:
    """Whether a volume is the product of a number and the volume per unit, as they are rounded."""
    if not number.isdecimal():
        return False
    count = int(number)
    return abs(count * unit - volume) <= count * Decimal("0.005") + Decimal("0.005")


def _pieced(line: tuple[int, list[str]], part: Part, told: Told) -> Row | None:
    """A row with a cell too many, put together where only one way makes sense; else refused."""
    from diplograph.importers.sipri_weapons import kind_of

    row, cells = line
    names = next(header for number, header in part.table.rows() if number == part.header)
    layout = next(one for one in LAYOUTS if one.name == part.layout)
    found: list[Line] = []
    if len(cells) == len(names) + 1:
        for at in range(len(names)):
            whole = [*cells[:at], f"{cells[at]};{cells[at + 1]}", *cells[at + 2 :]]
            named = dict(zip((name.strip() for name in names), whole, strict=True))
            ours = {k: named.get(theirs, "").strip() for k, theirs in layout.columns.items()}
            held = all(_HOLDS[name][0](cell) for name, cell in ours.items() if name in _HOLDS)
            known = kind_of(ours["description"]) and kind_of("", ours.get("category", ""))
            if held and known and all(ours[name] for name in _MUST):
                found.append(Line(row, ours, cells))
    if len(found) != 1:
        told.refuse(
            row, "damaged-row",
            f"The row has {len(cells)} cells and the header {len(names)}.", "; ".join(cells),
        )  # fmt: skip
        return None
    told.note(
        row, "torn-row",
        "The row has a cell too many: a semicolon or comma stands within a name. It was put "
        "together in the one way in which all its cells hold what their columns may.",
        "; ".join(cells),
    )  # fmt: skip
    return _read(found[0], told)
