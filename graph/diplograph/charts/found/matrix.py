"""Who agreed with whom, by the number of agreements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations

from diplograph.charts.asked import Asked, Told
from diplograph.charts.words import clean, counted
from diplograph.edges import open_edges
from diplograph.errors import OptionError
from diplograph.facts import entities_of
from diplograph.names import resolve

__all__ = ["Matrix", "Party", "find_matrix"]

OTHERS = ""
"""The IRI of the row in which those stand together for whom there is no row of their own."""


@dataclass(frozen=True)
class Party:
    """A row and column: who, and how many agreements with anybody they have."""

    id: str
    label: str
    type: str
    total: int


@dataclass(frozen=True)
class Matrix:
    """The parties in their order, and the number of agreements of each pair that has any.

    ``pairs`` is keyed by two IRIs, the lesser first; ``together`` are those who stand in one row.
    ``facts`` are those that say of each pair that it has agreements (IRIs).
    """

    title: str
    parties: tuple[Party, ...]
    pairs: dict[tuple[str, str], int]
    agreements: int
    together: tuple[str, ...]
    told: Told
    notes: tuple[str, ...] = ()
    facts: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def of(self, one: str, two: str) -> int:
        """How many agreements the two have with one another."""
        return self.pairs.get((one, two) if one < two else (two, one), 0)


def find_matrix(asked: Asked, around: str | None = None, most: int = 30) -> Matrix:
    """How many agreements each two parties share, at most ``most`` parties in rows of their own.

    Those with the most agreements come first, countries before others; the rest stand together in a
    last row, in which an agreement with several of them counts once. With ``around`` only the
    agreements of that party are counted. Raises :class:`~diplograph.errors.OptionError` where no
    two parties share an agreement.
    """
    edges = open_edges(asked.graph, "parties")
    counted_rows = edges.counted(asked.as_of, asked.include)
    own = None if around is None else resolve(asked.graph, around, ("Agent",))
    parties: dict[str, set[str]] = defaultdict(set)
    sources: dict[str, set[str]] = defaultdict(set)
    telling: dict[tuple[str, str], set[str]] = defaultdict(set)
    columns = (edges.one, edges.two, edges.source, edges.fact)
    for one, two, source, fact in zip(*(c[counted_rows].tolist() for c in columns), strict=True):
        parties[edges.nodes[two]].add(edges.nodes[one])
        sources[edges.nodes[two]].add(edges.sources[source])
        telling[edges.nodes[two], edges.nodes[one]].add(edges.facts[fact])
    shared = {
        thing: who
        for thing, who in parties.items()
        if len(who) > 1 and (own is None or own.id in who)
    }
    if not shared:
        whom = f" with {own.label}" if own else ""
        raise OptionError(f"no agreement of two parties{whom} counts here; try --include any.")
    of: dict[str, set[str]] = defaultdict(set)
    for thing, who in shared.items():
        for party in who:
            of[party].add(thing)
    entities = entities_of(asked.graph, of)
    rank = {"Country": 0, "Organization": 1}
    ordered = sorted(
        of,
        key=lambda p: (
            own is not None and p != own.id,
            rank.get(entities[p].type, 2) if own is None else 0,
            -len(of[p]),
            entities[p].label,
            p,
        ),
    )
    chosen = ordered
    if len(ordered) > most:
        busiest = sorted(ordered, key=lambda p: (-len(of[p]), ordered.index(p)))[: most - 1]
        chosen = [p for p in ordered if p in set(busiest)]
    together = tuple(p for p in ordered if p not in set(chosen))
    rows = [Party(p, clean(entities[p].label), entities[p].type, len(of[p])) for p in chosen]
    if together:
        of[OTHERS] = set().union(*(of[p] for p in together))
        rows.append(Party(OTHERS, f"{len(together)} others", "", len(of[OTHERS])))
    pairs, facts = {}, {}
    for one, two in combinations(sorted(row.id for row in rows), 2):
        number = len(of[one] & of[two]) if one else _with_others(of[two], two, shared, together)
        if number:
            pairs[one, two] = number
            others = together if one == OTHERS else (one,)
            facts[one, two] = tuple(
                sorted({
                    fact
                    for thing in of[one] & of[two]
                    for party in (*others, two)
                    for fact in telling.get((thing, party), ())
                })
            )  # fmt: skip
    title = f"Agreements of {own.label} by party" if own else "Who has agreements with whom"
    told = asked.told(s for thing in shared for s in sources[thing])
    return Matrix(
        clean(title), tuple(rows), pairs, len(shared), tuple(entities[p].label for p in together),
        told, _notes(asked, len(shared), own.note if own else None), facts,
    )  # fmt: skip


def _with_others(
    own: set[str], party: str, shared: dict[str, set[str]], together: tuple[str, ...]
) -> int:
    """How many of the party's agreements have one of those who stand together as a party too."""
    return sum(1 for thing in own if shared[thing] & set(together) - {party})


def _notes(asked: Asked, number: int, note: str | None) -> tuple[str, ...]:
    told = {
        "concluded": "Counted is what was concluded; what is pending, reported or rumoured is not.",
        "pending": "Counted is what was concluded and what is pending or reported.",
        "any": "Counted is what was concluded, pending, reported, rumoured or denied.",
    }[asked.include.value]
    several = (
        f"An agreement of several parties counts for each pair of them; there are "
        f"{counted(number, 'agreement')}."
    )
    return (*((note,) if note else ()), told + " " + several)
