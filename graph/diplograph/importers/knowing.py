"""Who a printed name or code stands for, on the date of its row.

States are found in the crosswalk of states through time (:mod:`diplograph.states`), unless the
user has decided otherwise. What cannot be told for certain is not guessed: the party stays as it is
printed, as an entity of the dataset's own, and the ledger has an entry with who it may be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
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
    """A party as it was found: its IRI and name, and in words what was done to find it, if any.

    ``how`` it was found is one of the words by which :class:`Known` counts.
    """

    iri: str
    label: str
    note: str = ""
    how: str = "exact"


class Known:
    """Finds parties for one import and keeps count of how they were found.

    ``how`` counts, by ``exact``, ``by-date``, ``predecessor``, ``successor``, ``outside``,
    ``left``, ``later-date``, ``decided`` and ``unresolved``, the rows in which a party was found
    so.
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
        later: dates.Period | None = None,
        others: Collection[str] = (),
    ) -> Party:
        """The state, or another party, that a row names.

        ``scheme`` says what is printed: a ``name``, or a code of ``iso2``, ``iso3``,
        ``iso-numeric``, ``cow``, ``cow-abb`` or ``gw``. ``when`` is the date of the row. Where it
        cannot be told who is meant, the party is an entity of the dataset's own, called ``label``
        or as it is printed, and the ledger says so.

        ``others`` are IRIs of states for which the dataset has names of their own: of several that
        can be meant, and of a state that stood in the place of the one named, it is not they.
        ``later`` is another date of the row, at which the one that is named must have been there,
        where the first date does not tell.
        """
        decided = self._decisions.get((self._told.identifier, printed))
        if decided is not None:
            self.how["decided"] += 1
            return Party(
                decided, printed, f"“{printed}” is read as decided by the user.", "decided"
            )
        found = self._resolve(printed, scheme=scheme, when=when)
        party = self._certain(found, others)
        if party is None and later is not None:
            then = self._resolve(printed, scheme=scheme, when=later)
            if then.how in ("exact", "by-date") and then.state is not None:
                note = f"“{printed}”, for {then.state.label}, by the date {later.edtf} of the row."
                party = Party(then.state.iri, then.state.label, note, "later-date")
        if party is None and found.state is not None:
            party = Party(found.state.iri, found.state.label, found.note, found.how)
        if party is not None:
            self.how[party.how] += 1
            return party
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
        return Party(iri, apart, how="unresolved")

    @staticmethod
    def _certain(found: states.Resolution, others: Collection[str]) -> Party | None:
        """The party where nothing but the date of the row, and the dataset's names, is needed."""
        if found.how == "ambiguous":
            left = [state for state in found.candidates if state.iri not in others]
            if len(left) != 1:
                return None
            apart = ", ".join(s.label for s in found.candidates if s is not left[0])
            note = f"{found.note.rstrip('.')}; for {apart} the dataset has other names."
            return Party(left[0].iri, left[0].label, note, "left")
        if found.state is None:
            return None
        replaced = found.how in ("predecessor", "successor")
        if found.how == "outside" or (replaced and found.state.iri in others):
            return None
        return Party(found.state.iri, found.state.label, found.note, found.how)
