"""Who a printed name or code stands for, on the date of its row.

States are found in the crosswalk of states through time (:mod:`diplograph.states`), unless the
user has decided otherwise. What cannot be told for certain is not guessed: the party stays as it is
printed, as an entity of the dataset's own, and the ledger has an entry with who it may be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from diplograph import states
from diplograph.importers.telling import Told, slug

if TYPE_CHECKING:
    from diplograph import dates

__all__ = ["Decisions", "Known", "Party"]

Decisions = Mapping[tuple[str, str], str]
"""By the dataset and the printed name, the IRI of the entity that the user says is meant."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party as it was found: its IRI and name, and in words what was done to find it, if any."""

    iri: str
    label: str
    note: str = ""


class Known:
    """Finds parties for one import and keeps count of how they were found.

    ``how`` counts, by ``exact``, ``by-date``, ``predecessor``, ``successor``, ``decided`` and
    ``unresolved``, the rows in which a party was found so.
    """

    def __init__(self, told: Told, decisions: Decisions) -> None:
        self._told, self._decisions = told, decisions
        self.how: Counter[str] = Counter()
        self._resolve = lru_cache(maxsize=65_536)(states.resolve)

    def party(
        self,
        printed: str,
        *,
        row: int,
        when: dates.Period | None = None,
        scheme: str = "name",
        label: str | None = None,
    ) -> Party:
        """The state, or another party, that a row names.

        ``scheme`` says what is printed: a ``name``, or a code of ``iso2``, ``iso3``,
        ``iso-numeric``, ``cow``, ``cow-abb`` or ``gw``. ``when`` is the date of the row. Where it
        cannot be told who is meant, the party is an entity of the dataset's own, called ``label``
        or as it is printed, and the ledger says so.
        """
        decided = self._decisions.get((self._told.identifier, printed))
        if decided is not None:
            self.how["decided"] += 1
            return Party(decided, printed, f"“{printed}” is read as decided by the user.")
        found = self._resolve(printed, scheme=scheme, when=when)
        if found.state is not None:
            self.how[found.how] += 1
            return Party(found.state.iri, found.state.label, found.note)
        self.how["unresolved"] += 1
        shown = label or (printed if scheme == "name" else f"{scheme} {printed}")
        may = ", ".join(state.label for state in found.candidates)
        self._told.note(
            row, "unresolved-party",
            f"Who is meant by “{printed}”{' on this date' if when else ''} is not certain"
            + (f"; it may be {may}." if may else "; no known state or body is called so."),
            printed,
        )  # fmt: skip
        iri = self._told.own("party", slug(shown) or f"row-{row}")
        # Under the bare name, who asks for the state of that name would be asked which he means.
        apart = f"{shown} (as printed in {self._told.identifier})"
        self._told.entity(iri, "Agent", apart)
        return Party(iri, apart)
