"""Why there is no answer: denied, no record although covered, or outside what the sources cover.

A source's coverage names the parties whose relations with one another it sets out to tell, and the
period. A denial is a fact in which a source says that no such agreement exists. One that is about
something denies an agreement on that only, and is no reason why there is none at all. That one does
not belong to the other is a denial between the two as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplograph.facts import evidence_of
from diplograph.model import Absence, AbsenceReason, Entity
from diplograph.store import Graph

if TYPE_CHECKING:
    from diplograph import dates
    from diplograph.copies import Copies

__all__ = ["absence_between", "denials_between"]


def denials_between(
    graph: Graph, x: Entity, y: Entity, as_of: dates.Period | None, copies: Copies | None = None
) -> list[Absence]:
    """Every denial of agreement between ``x`` and ``y``, or of membership, at the date."""
    return [absence for absence, _ in _denials(graph, x, y, as_of, copies)]


def _denials(
    graph: Graph, x: Entity, y: Entity, as_of: dates.Period | None, copies: Copies | None
) -> list[tuple[Absence, bool]]:
    """The denials, each with whether it is of an agreement on one thing only."""
    rows = graph.select(
        f"""SELECT DISTINCT ?fact ?statement ?when ?narrow WHERE {{
            {{ ?fact dg:agent <{x.id}> , <{y.id}> ; dg:deniedKind/skos:inScheme kind:scheme }}
            UNION {{ ?fact dg:agent <{x.id}> ; dg:within <{y.id}> }}
            UNION {{ ?fact dg:agent <{y.id}> ; dg:within <{x.id}> }}
            ?fact a dg:Denial ; dg:statement ?statement .
            OPTIONAL {{ ?fact dg:when ?when }}
            BIND(EXISTS {{ ?fact dg:about ?thing }} AS ?narrow)
        }} ORDER BY ?fact"""
    )
    from diplograph import dates

    valid = [
        row
        for row in rows
        if as_of is None
        or "when" not in row
        or dates.holds(dates.parse(row["when"]), as_of) != "no"
    ]
    passages = evidence_of(graph, (row["fact"] for row in valid), copies)
    return [
        (
            Absence(AbsenceReason.DENIED, row["statement"], evidence=passages.get(row["fact"], ())),
            row["narrow"] == "true",
        )
        for row in valid
    ]


def absence_between(
    graph: Graph, x: Entity, y: Entity, as_of: dates.Period | None, copies: Copies | None = None
) -> Absence:
    """Why nothing links ``x`` and ``y`` at the date."""
    for denial, narrow in _denials(graph, x, y, as_of, copies):
        if not narrow:
            return denial
    rows = graph.select(
        """SELECT ?id ?what ?when ?party WHERE {
            ?source dct:identifier ?id ; dg:coverage ?coverage .
            ?coverage rdfs:label ?what ; dg:when ?when ; dg:covers ?party .
        } ORDER BY ?id ?party"""
    )
    from diplograph import dates

    covering = {
        row["id"]
        for row in rows
        if {x.id, y.id} <= {r["party"] for r in rows if r["id"] == row["id"]}
        and (as_of is None or dates.holds(dates.parse(row["when"]), as_of) != "no")
    }
    date = f" as of {as_of.edtf}" if as_of else ""
    if covering:
        return Absence(
            AbsenceReason.NO_RECORD,
            f"No agreement between {x.label} and {y.label} is on record{date}, although "
            f"{' and '.join(sorted(covering))} would tell of it.",
        )
    covered = "; ".join(dict.fromkeys(f"{row['id']} covers {row['what']}" for row in rows))
    return Absence(
        AbsenceReason.OUTSIDE_COVERAGE,
        f"The sources do not set out to cover relations between {x.label} and {y.label}{date}"
        + (f": {covered}." if covered else "."),
    )


def absence_of(graph, entities, what, period=None, copies=None, facts=()):  # type: ignore
    return Absence(AbsenceReason.NO_RECORD, f"{what} is not on record.")
