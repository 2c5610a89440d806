"""The facts that a row of SIPRI's trade register tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diplograph.importers.knowing import Party
from diplograph.importers.sipri_remarks import Said
from diplograph.importers.sipri_rows import Row
from diplograph.importers.sipri_words import (
    big,
    called,
    canonical,
    counted,
    runs,
    span,
    years_shown,
)
from diplograph.importers.telling import Links, Told

__all__ = ["Deal", "deal_facts", "delivery_facts"]


@dataclass(frozen=True)
class Deal:
    """A deal with what it needs for its sentences: who, what, when, and how it is called."""

    name: str
    """The last part of its IRIs."""
    iri: str
    supplier: Party | None
    recipient: Party | None
    weapon: str
    """The IRI of the weapon."""
    shown: str
    """The weapon with its description in brackets."""
    said: Said

    @property
    def ordering(self) -> str:
        """“India's order of 1996 from Russia for Su-30MK (FGA aircraft)”, but for the year."""
        return f"for {self.shown} by {self.to} from {self.by}"

    @property
    def by(self) -> str:
        """Who supplies, in words."""
        return called(self.supplier.label) if self.supplier else "an unknown supplier"

    @property
    def to(self) -> str:
        """Who receives, in words."""
        return called(self.recipient.label) if self.recipient else "an unknown recipient"


def ordered_when(row: Row) -> str | None:
    """The year of order in EDTF."""
    year = row["ordered"]
    return (f"{year}~" if "ordered" in row.marked else year) if year else None


def deal_facts(deal: Deal, row: Row, told: Told, cells: Links, also: Sequence[int]) -> None:
    """What a row, and those ``also`` that say the same, tell of a deal as a whole.

    ``cells`` are further values of the fact that says who supplies what to whom.
    """
    when = ordered_when(row)
    year = row["ordered"]
    dated = f" in {'an estimated year, ' if 'ordered' in row.marked else ''}{year}" if year else ""
    flags = [
        name
        for name, holds in (
            ("asAid", deal.said.aid),
            ("supplierUnknown", deal.supplier is None),
            ("recipientUnknown", deal.recipient is None),
        )
        if holds
    ]
    links = {"of": deal.iri, "weapon": deal.weapon}
    if deal.supplier:
        links["supplier"] = deal.supplier.iri
    if deal.recipient:
        links["recipient"] = deal.recipient.iri
    if row.condition:
        links["condition"] = told.concept("condition", row.condition)
    told.fact(
        deal.name, "TransferFact",
        f"{big(deal.by)} supplies {deal.shown} to {deal.to}"
        + (f", {'selected' if deal.said.not_ordered else 'ordered'}{dated}." if year else "."),
        row=row.row, also=also, when=when, links=links, values=cells, flags=flags,
    )  # fmt: skip
    if when:
        planned = bool(deal.said.not_ordered)
        told.fact(
            f"{deal.name}-{'selected' if planned else 'ordered'}", "StageFact",
            f"{big(deal.to)} selected {deal.shown} from {deal.by}{dated}, and had not ordered by "
            f"the end of {deal.said.not_ordered}."
            if planned
            else f"{big(deal.to)} ordered {deal.shown} from {deal.by}{dated}.",
            row=row.row, also=also, when=when,
            grade="estimated" if "ordered" in row.marked else "stated",
            links={"of": deal.iri,
                   "stage": told.concept("stage", "planned" if planned else "ordered")},
        )  # fmt: skip
    if deal.said.worth:
        told.fact(
            f"{deal.name}-worth", "Observation",
            f"By a comment of the register the deal {deal.ordering} is worth "
            f"{int(deal.said.worth):,} {_CURRENCIES[deal.said.unit]}.",
            row=row.row, when=when,
            links={"of": deal.iri, "measure": told.concept("measure", "contract-value"),
                   "unit": told.concept("unit", deal.said.unit)},
            numbers={"value": deal.said.worth},
        )  # fmt: skip
    _number_ordered(deal, row, told, when)
    # 0 is never none here: nothing that is ordered is without any volume. What one weapon counts
    # hangs on no date.
    _volume(deal, row, told, "tiv-per-unit", "tiv_unit", "each of the weapons of the order", None)
    _volume(
        deal,
        row,
        told,
        "sipri-estimate",
        "estimate",
        "each, by SIPRI's estimate, of the order",
        None,
    )
    _volume(deal, row, told, "tiv-of-order", "tiv_order", "all of the order", when)


_CURRENCIES = {"us-dollar": "US dollars", "euro": "euros", "pound-sterling": "pounds sterling"}


def _number_ordered(deal: Deal, row: Row, told: Told, when: str | None) -> None:
    number, estimated = row["number"], "number" in row.marked
    if not number and not estimated:
        return  # not given, and nothing is said of it
    planned = bool(deal.said.not_ordered)
    verb = "selected" if planned else "ordered"
    statement = (
        f"{big(deal.to)} {verb} {counted(number, estimated)} {deal.shown} from {deal.by}."
        if number
        else f"How many {deal.shown} {deal.to} {verb} from {deal.by} is not given, and marked as "
        "an estimate."
    )
    told.fact(
        f"{deal.name}-number-{verb}", "Observation", statement,
        row=row.row, when=when, grade="estimated" if estimated else "stated",
        links={"of": deal.iri, "unit": told.concept("unit", "item"),
               "measure": told.concept("measure",
                                       "number-sought" if planned else "number-ordered")},
        values={} if number else {"printed": "?"},
        numbers={"value": number} if number else {},
        flags=() if number else ("unknown",),
    )  # fmt: skip


def delivery_facts(deal: Deal, row: Row, told: Told, name: str) -> None:
    """What a row tells of deliveries; ``name`` is the last part of the facts' IRIs."""
    years = row.years
    estimated = "years" in row.marked
    mark = "~" if estimated else ""
    rebuilt = "; ".join(str(year) for year in years)
    for first, last in runs(years):
        told.fact(
            f"{name}-delivered-{first}", "StageFact",
            f"{big(deal.shown)} ordered by {deal.to} from {deal.by} were "
            f"{'produced under licence or ' if deal.said.licence else ''}delivered in "
            f"{'an estimated year, ' if estimated else ''}{years_shown(first, last)}.",
            row=row.row, when=span(first, last) + mark,
            grade="estimated" if estimated else "stated",
            links={"of": deal.iri, "stage": told.concept("stage", "delivered")},
            values={"printed": row["years"]} if rebuilt != row["years"] else {},
        )  # fmt: skip
    when = span(years[0], years[-1]) + mark if years else None
    _number_delivered(deal, row, told, name, when)
    none = row["delivered"] == "0"
    _volume(
        deal, row, told, "tiv-of-deliveries", "tiv_delivered", "the deliveries of the order", when,
        nominal=not none, name_=name,
    )  # fmt: skip
    place = deal.said.licence or (deal.to if row["local"].lower() == "yes" else "")
    if place and not none:
        told.fact(
            f"{name}-produced", "StageFact",
            f"{big(deal.shown)} ordered by {deal.to} from {deal.by} were produced under licence "
            f"in {place}.",
            row=row.row, when=when,
            links={"of": deal.iri, "stage": told.concept("stage", "produced")},
        )  # fmt: skip


def _number_delivered(deal: Deal, row: Row, told: Told, name: str, when: str | None) -> None:
    number, estimated = row["delivered"], "delivered" in row.marked
    if not number and not estimated:
        return
    if number == "0":
        statement = (
            f"None of the {deal.shown} ordered by {deal.to} from {deal.by} was delivered yet."
        )
    elif number:
        statement = (
            f"{big(counted(number, estimated))} {deal.shown} ordered by {deal.to} from {deal.by} "
            "were delivered."
        )
    else:
        statement = (
            f"How many {deal.shown} ordered by {deal.to} from {deal.by} were delivered is not "
            "given, and marked as an estimate."
        )
    told.fact(
        f"{name}-number-delivered", "Observation", statement,
        row=row.row, when=when, grade="estimated" if estimated else "stated",
        links={"of": deal.iri, "measure": told.concept("measure", "number-delivered"),
               "unit": told.concept("unit", "item")},
        values={} if number else {"printed": "?"},
        numbers={"value": number} if number else {},
        flags=() if number else ("unknown",),
    )  # fmt: skip


def _volume(
    deal: Deal,
    row: Row,
    told: Told,
    measure: str,
    column: str,
    what: str,
    when: str | None,
    *,
    nominal: bool = True,
    name_: str = "",
) -> None:
    """A trend-indicator value. ``nominal``: 0 is no zero, but too little to print, or not set."""
    printed = row[column]
    if not printed:
        return
    zero = not float(printed)
    if zero and nominal:
        said_ = "printed as 0, which stands for less than half a million or for none set"
    else:
        said_ = f"put at {printed} million TIV"
    told.fact(
        f"{name_ or deal.name}-{measure}", "Observation",
        f"{big(what)} {deal.ordering} {'are' if 'deliver' in what else 'is'} {said_}.",
        row=row.tail or row.row, when=when,
        links={"of": deal.iri, "measure": told.concept("measure", measure),
               "unit": told.concept("unit", "million-tiv")},
        values={"printed": printed} if printed != canonical(printed) else {},
        numbers={"value": printed},
        flags=("nominalZero",) if zero and nominal else (),
    )  # fmt: skip
