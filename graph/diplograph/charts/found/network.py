"""What is tied to one entity, and how firmly: its ego network."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from diplograph.charts.asked import Asked, Told
from diplograph.charts.words import clean, counted
from diplograph.errors import OptionError
from diplograph.facts import entities_of
from diplograph.model import Include
from diplograph.names import resolve
from diplograph.networks import network, simple

__all__ = ["Near", "Network", "find_network"]

ORDER = (
    "Country", "Organization", "Leader", "Person", "Post", "Agreement", "Event", "Project", "Place",
    "Issue", "ArmsTransfer", "WeaponSystem", "Document",
)  # fmt: skip


@dataclass(frozen=True)
class Near:
    """An entity that facts tie to the one in the middle.

    ``facts`` are how many do, ``told`` which (IRIs); ``pending`` says that they count only because
    the pending, the reported or the rumoured does.
    """

    id: str
    label: str
    type: str
    facts: int
    pending: bool = False
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Network:
    """One entity, what is tied to it by class, and what of that is tied to one another.

    ``beyond`` says of each class how many more are tied to it, for whom there is no room.
    """

    title: str
    middle: str
    near: tuple[Near, ...]
    ties: tuple[tuple[int, int], ...]
    beyond: dict[str, int]
    told: Told
    notes: tuple[str, ...] = ()


def find_network(asked: Asked, name: str, most: int = 44) -> Network:
    """The entities that one fact ties to the one called ``name``, at most ``most`` of them.

    Those that the most facts tie to it are taken; the others are counted in ``beyond``. Raises
    :class:`~diplograph.errors.OptionError` where nothing that counts is tied to it.
    """
    middle = resolve(asked.graph, name)
    net = network(asked.graph, as_of=asked.as_of, include=asked.include)
    flat = simple(net)
    around = sorted(flat[middle.id]) if middle.id in flat else []
    if not around:
        raise OptionError(
            f"no fact that counts here ties {middle.label} to anything else; there is nothing to "
            "draw."
        )
    firm = flat
    if asked.include is not Include.CONCLUDED:
        firm = simple(network(asked.graph, as_of=asked.as_of))
    entities = entities_of(asked.graph, around)
    facts = {iri: int(flat[middle.id][iri]["facts"]) for iri in around}
    ordered = sorted(around, key=lambda i: (-facts[i], entities[i].label, i))
    chosen = sorted(
        ordered[:most], key=lambda i: (_place(entities[i].type), -facts[i], entities[i].label, i)
    )
    near = tuple(
        Near(
            iri,
            clean(entities[iri].label),
            entities[iri].type,
            facts[iri],
            not firm.has_edge(middle.id, iri),
            tuple(sorted(net[middle.id][iri])),
        )
        for iri in chosen
    )
    number = {iri: n for n, iri in enumerate(chosen)}
    ties = sorted(
        (min(number[a], number[b]), max(number[a], number[b]))
        for a, b in flat.subgraph(chosen).edges()
    )
    beyond: dict[str, int] = defaultdict(int)
    for iri in ordered[most:]:
        beyond[entities[iri].type] += 1
    sources = {
        source for _, _, told in net.edges(middle.id, data="sources") for source in told.split("; ")
    }
    return Network(
        clean(f"Around {middle.label}"),
        clean(middle.label),
        near,
        tuple(ties),
        dict(sorted(beyond.items(), key=lambda item: (_place(item[0]), item[0]))),
        asked.told(sources),
        (*((middle.note,) if middle.note else ()), *_notes(asked, near, len(around) - len(near))),
    )


def _place(kind: str) -> int:
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def _notes(asked: Asked, near: tuple[Near, ...], beyond: int) -> tuple[str, ...]:
    told = {
        "concluded": "What was not concluded is left out.",
        "pending": "Dashed: what was not concluded.",
        "any": "Dashed: what was not concluded, is only rumoured, or is denied.",
    }[asked.include.value]
    least = min(one.facts for one in near)
    more = f" No room for {counted(beyond, 'more entity', 'more entities')}, tied by at most "
    return (told + (f"{more}{counted(least, 'fact')} each." if beyond else ""),)
