"""Who a printed name or code stands for, on the date of its row.

States are found in the crosswalk of states through time (:mod:`diplograph.states`). What cannot be
told for certain is not guessed: the user decides (:mod:`diplograph.reconciling`); until then the
party stays as it is printed, as an entity of the dataset's own, and the ledger has an entry with
who it may be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from diplograph import dates, states
from diplograph.importers.telling import Told, slug

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
        cannot be told who is meant, it is whom the user decided on; else the party is an entity of
        the dataset's own, called ``label`` or as it is printed, and the ledger says so.

        ``others`` are IRIs of states for which the dataset has names of their own: of several that
        can be meant, and of a state that stood in the place of the one named, it is not they.
        ``later`` is another date of the row, at which the one that is named must have been there,
        where the first date does not tell.
        """
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
        decided = self._decisions.get((self._told.identifier, printed))
        if decided is not None:
            self.how["decided"] += 1
            known = states.all_states().get(decided)
            note = f"“{printed}” is read as decided by the user."
            return Party(decided, known.label if known else printed, note, "decided")
        self.how["unresolved"] += 1
        shown = label or (printed if scheme == "name" else f"{scheme} {printed}")
        may = ", ".join(state.label for state in found.candidates)
        self._told.note(
            row, "unresolved-party",
            f"Who is meant by “{printed}”{' on this date' if when else ''} is not certain"
            + (f"; it may be {may}." if may else "; no known state or body is called so."),
            printed,
            candidates=[state.iri for state in found.candidates],
        )  # fmt: skip
        iri = self._told.own("party", slug(shown) or f"row-{row}")
        # Under the bare name, who asks for the state of that name would be asked which he means.
        apart = f"{shown} (as printed in {self._told.identifier})"
        self._told.entity(iri, "UnidentifiedParty", apart)
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

    def bearers(
        self, code: str, when: dates.Period, *, row: int, scheme: states.Scheme, label: str
    ) -> list[tuple[Party, str]]:
        """The states that a code of a row stood for through its time, each with its part of it.

        Other than :meth:`party` it never leads to the state in whose hands the bearer was: a
        government that a dataset lists before its state was independent is not the government of
        the empire. Where the code passed from one state to another within ``when``, an interval
        of days, as 365 passed from the Soviet Union to Russia, each has the days on which the
        code was its own. Where it was nobody's, the bearer that is nearest in time has the whole.
        """
        parts = _in_turn(_coded(scheme, code), dates.days(when))
        if not parts:
            party = self.party(code, scheme=scheme, when=when, row=row, label=label)
            return [(party, when.edtf)]
        self.how["exact" if len(parts) == 1 else "by-date"] += 1
        begin, end = when.edtf.split("/")
        since = [begin, *(date.fromordinal(first).isoformat() for first, _ in parts[1:])]
        until = [*(date.fromordinal(first - 1).isoformat() for first, _ in parts[1:]), end]
        return [
            (Party(state.iri, state.label), f"{one}/{other}")
            for (_, state), one, other in zip(parts, since, until, strict=True)
        ]


_Held = tuple[int, int, states.State]


@cache
def _coded(scheme: str, code: str) -> list[_Held]:
    """The first and the last day on which a code stood for a state, and the state."""
    held = [
        (*dates.days(coded.when), state)
        for state in states.all_states().values()
        for coded in state.codes
        if (coded.scheme, coded.code) == (scheme, code)
    ]
    return sorted(held, key=lambda one: one[:2])


def _in_turn(held: list[_Held], asked: tuple[int, int]) -> list[tuple[int, states.State]]:
    """The states that held a code one after another within some days, and the first day of each.

    Days on which it was nobody's are with the one before them. Where it was nobody's on any of the
    days it is with the one that held it nearest to them; of nobody's code nothing is told.
    """
    first, last = asked
    parts: list[tuple[int, states.State]] = []
    for begin, end, state in held:
        if begin <= last and first <= end and not (parts and parts[-1][1].iri == state.iri):
            parts.append((max(begin, first), state))
    if not parts and held:
        parts = [(first, min(held, key=lambda one: max(one[0] - last, first - one[1]))[2])]
    return parts
