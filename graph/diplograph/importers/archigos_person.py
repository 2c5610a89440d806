"""A leader of Archigos, and how the leader and the lifespan are told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from diplograph.importers.telling import Told
from diplograph.namespaces import PREFIXES
from diplograph.words import in_words

__all__ = ["DAY", "Life", "Person"]

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
"""A day in EDTF."""
Life = tuple[str, str]
"""Birth and death in EDTF: empty where unknown, ``..`` where it had not come."""


@dataclass
class Person:
    """A leader: identifier, label, names, links, lifespans with the rows they rest on."""

    iri: str
    label: str
    name: str
    names: list[str]
    links: list[str]
    lives: list[tuple[Life, int]]
    _told: bool = field(default=False, repr=False)

    def tell(self, told: Told) -> None:
        """Tell of the leader and the lifespan, once."""
        if self._told:
            return
        self._told = True
        told.entity(
            self.iri, "Leader", self.label, alt=self.names,
            links={f"{PREFIXES['rdfs']}seeAlso": self.links} if self.links else None,
        )  # fmt: skip
        key = self.iri.rpartition("/")[2].removeprefix(f"{told.identifier}-")
        facts = [
            told.fact(
                f"life-{key}" + (f"-{number}" if len(self.lives) > 1 else ""),
                "Lifespan",
                _told_life(self.name, life),
                row=row,
                when="/".join(life),
                links={"of": self.iri},
            )
            for number, (life, row) in enumerate(self.lives, 1)
        ]
        if len(facts) > 1:
            told.conflict(
                f"life-{key}", "date", facts, f"Birth and death of {self.name}",
                f"Archigos tells {len(facts)} lifespans of {self.name} that cannot all be right.",
            )  # fmt: skip


def _told_life(label: str, life: Life) -> str:
    born, died = life
    parts = [f"was born {_on(born)}"] if born else []
    if died == "..":
        parts.append("was alive when the data were made")
    elif died:
        parts.append(f"died {_on(died)}")
    return f"{label} {' and '.join(parts)}."


def _on(edtf: str) -> str:
    return f"{'on' if DAY.fullmatch(edtf) else 'in'} {in_words(edtf)}"
