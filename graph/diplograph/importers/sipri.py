"""SIPRI's register of transfers of major conventional weapons.

SIPRI Arms Transfers Database, “Trade registers”: who ordered which weapons from whom, how many, and
when they were delivered. The register has been published in three layouts, told apart by their
headers (:mod:`diplograph.importers.sipri_rows`); where rows are deliveries, those of one deal
belong to one transfer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from diplograph import dates, states
from diplograph.importers.knowing import Known, Party
from diplograph.importers.layouts import Line
from diplograph.importers.running import Dataset, Part
from diplograph.importers.sipri_facts import Deal, deal_facts, delivery_facts
from diplograph.importers.sipri_flows import Flows
from diplograph.importers.sipri_remarks import said
from diplograph.importers.sipri_rows import BY_DEAL, LAYOUTS, Row, rows
from diplograph.importers.sipri_weapons import UNSPECIFIED, kind_of
from diplograph.importers.telling import Links, Told, slug
from diplograph.keys import name_key
from diplograph.namespaces import SKOS

__all__ = ["DATASET"]

_UNKNOWN = "unknown "
"""How the register begins the name of a party that is not known."""


def _tell(parts: Mapping[str, Part], told: Told, known: Known) -> Iterator[int]:
    part = parts["sipri"]
    register = _Register(part, told, known)
    for row, count in rows(part, told):
        if row is not None:
            register.tell(row)
        yield count
    register.end()
    told.covers = register.covers


class _Register:
    """Tells rows one after the other, and knows what was told before."""

    def __init__(self, part: Part, told: Told, known: Known) -> None:
        self._told, self._known = told, known
        self._by_deal = part.layout in BY_DEAL
        self._described: dict[str, set[str]] = defaultdict(set)
        self._others: set[str] = set()
        self._flows = Flows(told)
        self._weapons: dict[tuple[str, str], tuple[str, str, str]] = {}
        self._told_deals: set[tuple[str, ...]] = set()
        self._names: set[str] = set()
        self._rows_of: dict[int, list[int]] = defaultdict(list)
        self._here = ""
        self._seen: dict[tuple[str, ...], int] = {}
        self._first, self._last = 9999, 0
        self._look(part)

    @property
    def covers(self) -> str | None:
        """From the first year of delivery to the last year of order or delivery."""
        return f"{self._first}/{self._last}" if self._first <= self._last else None

    def _look(self, part: Part) -> None:
        """Find which states and weapons have several names, and which rows tell of one deal."""
        named: set[tuple[str, str]] = set()
        for line in part.lines():
            if isinstance(line, Line):
                self._described[slug(line["weapon"])].add(line["description"])
                if self._by_deal:
                    told = (line["deal"], *(line[column] for column in _OF_DEAL))
                    self._rows_of[hash(told)].append(line.row)
                named |= {(line["supplier"], line["ordered"]), (line["recipient"], line["ordered"])}
        for name, year in sorted(named):
            if year.isdecimal() and len(year) == 4:
                found = states.resolve(name, when=dates.parse(year))
                if found.state is not None and found.how in ("exact", "by-date"):
                    self._others.add(found.state.iri)

    def tell(self, row: Row) -> None:
        """Tell all that a row says."""
        self._last = max([self._last, *row.years, int(row["ordered"] or 0)])
        self._first = min([self._first, *row.years])
        self._repeated(row)
        name = f"deal-{row['deal']}" if self._by_deal else f"row-{row.row}"
        deal = Deal(
            name=name,
            iri=self._told.own("transfer", name),
            supplier=(supplier := self._party(row["supplier"], row)),
            recipient=(recipient := self._party(row["recipient"], row)),
            weapon=(weapon := self._weapon(row))[0],
            shown=_shown(weapon[1], row["description"]),
            said=said(row["remark"]),
        )
        to = recipient.label if recipient else "an unknown recipient"
        year = f", order of {row['ordered']}" if row["ordered"] else ""
        which = f"deal {row['deal']}" if self._by_deal else f"row {row.row}"
        self._told.entity(deal.iri, "ArmsTransfer", f"{row['weapon']} to {to}{year} ({which})")
        told = (row["deal"], *(row[column] for column in _OF_DEAL))
        if told not in self._told_deals:
            if self._by_deal and not self._is_first(deal.name, row, told):
                deal = replace(deal, name=f"{name}-row-{row.row}")
            also = [one for one in self._rows_of.get(hash(told), ()) if one != row.row]
            deal_facts(deal, row, self._told, self._cells(row, supplier, recipient), also)
            if self._by_deal:
                self._told_deals.add(told)
        delivery_facts(deal, row, self._told, f"{name}-row-{row.row}" if self._by_deal else name)
        self._flows.add(deal, row, weapon[2])

    def end(self) -> None:
        """Tell what was held back to the end."""
        self._flows.write()

    def _is_first(self, name: str, row: Row, told: tuple[str, ...]) -> bool:
        """Whether a row is the first to tell of a deal; noted where it tells it otherwise."""
        if name not in self._names:
            self._names.add(name)
            return True
        self._told.note(
            row.row, "damaged-value",
            f"The row tells deal {row['deal']} otherwise than its first row does; both stand.",
            "; ".join(told[1:]),
        )  # fmt: skip
        return False

    def _cells(self, row: Row, supplier: Party | None, recipient: Party | None) -> Links:
        """What of a row stands with the fact that says who supplies what, as it is printed."""
        told = {
            "describedAs": row["description"],
            "remark": row["remark"],
            "filedUnder": row["category"],
        }
        read = [
            party.note or f"“{printed}” is {party.label}."
            for party, printed in ((supplier, row["supplier"]), (recipient, row["recipient"]))
            if party is not None and name_key(party.label) != name_key(printed)
            and party.how not in ("exact", "unresolved")
        ]  # fmt: skip
        read += [
            f"“{printed}” stands for a party that is not known."
            for party, printed in ((supplier, row["supplier"]), (recipient, row["recipient"]))
            if party is None
        ]
        return {k: v for k, v in told.items() if v} | ({SKOS + "note": tuple(read)} if read else {})

    def _party(self, printed: str, row: Row) -> Party | None:
        """Who is meant by a name; None for one that the register says it does not know."""
        if printed.casefold().startswith(_UNKNOWN):
            return None
        years = [row["ordered"]] * bool(row["ordered"]) + [str(y) for y in row.years[:1]]
        periods = [dates.parse(year) for year in years]
        return self._known.party(
            printed,
            row=row.row,
            when=periods[0] if periods else None,
            later=periods[-1] if len(periods) > 1 else None,
            others=self._others,
        )

    def _weapon(self, row: Row) -> tuple[str, str, str]:
        """The weapon of a row, its name and its kind, told of once for each description."""
        key = (row["weapon"], row["description"])
        found = self._weapons.get(key)
        if found is not None:
            return found
        kind = kind_of(row["description"], row["category"])
        if kind is None or (row["description"] and kind_of(row["description"]) is None):
            self._told.note(
                row.row, "unknown-kind",
                "The vocabulary has no kind of weapon of this description.", row["description"],
            )  # fmt: skip
        name = slug(row["weapon"]) or slug(row["description"]) or f"row-{row.row}"
        label = row["weapon"]
        if len(self._described[slug(row["weapon"])]) > 1:
            name = f"{name}-as-{slug(row['description'])}"
            label = f"{row['weapon']} ({row['description']})"
        elif name_key(label) == name_key(row["description"]):
            label = f"{label}, type not given"
        iri = self._told.own("weapon", name)
        self._told.entity(
            iri, "WeaponSystem", label, alt=[row["weapon"]] if "(" in label else [],
            links={"kind": kind or UNSPECIFIED},
        )  # fmt: skip
        self._weapons[key] = (iri, row["weapon"], kind or UNSPECIFIED)
        return self._weapons[key]

    def _repeated(self, row: Row) -> None:
        """Note a row that says the same as one before it of the same recipient."""
        if row["recipient"] != self._here:
            self._here, self._seen = row["recipient"], {}
        told = tuple(row.cells.values())
        before = self._seen.setdefault(told, row.row)
        if before != row.row:
            self._told.note(
                row.row, "repeated-row",
                f"The row says the same as row {before}. The register does not tell whether it is "
                "another deal; it was told as one.",
                row["weapon"],
            )  # fmt: skip


_OF_DEAL = (
    "supplier", "recipient", "weapon", "description", "category", "ordered",
    "ordered_mark", "status", "tiv_unit", "estimate",
)  # fmt: skip
"""What all rows of a deal tell of it alike."""


def _shown(weapon: str, description: str) -> str:
    if not description or name_key(weapon) == name_key(description):
        return weapon
    return f"{weapon} ({description})"


DATASET = Dataset(
    name="sipri",
    title="SIPRI Arms Transfers Database: trade register",
    publisher="Stockholm International Peace Research Institute",
    home="https://www.sipri.org/databases/armstransfers",
    terms="Free for use with citation under SIPRI's terms; not to be redistributed here.",
    covers="1950/..",
    what="transfers of major conventional weapons, by the years in which they were delivered",
    layouts={"sipri": LAYOUTS},
    tell=_tell,
    covers_all=("ArmsTransfer",),
)
