"""Terms of office: how long they lasted, who had most, who came before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from diplograph import dates
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Answered, Context, Outcome
from diplograph.asking.patterns import query_of
from diplograph.facts import entities_of, facts_of
from diplograph.namespaces import values_clause

__all__ = [
    "after", "before", "in_years", "lasting", "longest", "most_often", "say_lasting", "say_longest",
]  # fmt: skip

_BEST = 3
"""How many of the first places are told."""


class _Term(NamedTuple):
    """The days of a fact as numbers, whether its end is open, and the passage it rests on."""

    fact: str
    first: int
    last: int
    open: bool
    passage: str


def lasting(context: Context, reading: Reading) -> Outcome:
    """How long the facts of the pattern lasted, each day counted once."""
    query = query_of(reading)
    terms = _terms(context, query).get("", [])
    facts = facts_of(context.graph, (t.fact for t in terms), copies=context.copies)
    told = {"days": _days(terms), "open": any(t.open for t in terms), "terms": _count(terms)}
    return Outcome(
        reading, query, context.share(reading, 0.0), facts=facts,
        extra={"lasting": told} if facts else {},
    )  # fmt: skip


def longest(context: Context, reading: Reading) -> Outcome:
    """The answers of the pattern by the days through which they were it, the longest first."""
    return _ranked(context, reading, _days, "days")


def most_often(context: Context, reading: Reading) -> Outcome:
    """The answers of the pattern by how many rows or passages tell of them, the most first."""
    return _ranked(context, reading, _count, "terms")


def after(context: Context, reading: Reading) -> Outcome:
    """Who held the posts of the pattern's facts next, by the dates of the terms."""
    return _beside(context, reading, later=True)


def before(context: Context, reading: Reading) -> Outcome:
    """Who held the posts of the pattern's facts before, by the dates of the terms."""
    return _beside(context, reading, later=False)


def _beside(context: Context, reading: Reading, later: bool) -> Outcome:
    query = query_of(reading)
    # In one query the engine would go through all terms of all posts.
    asked = values_clause("mine", (row["fact"] for row in context.graph.select(query)))
    posts = context.graph.pairs(f"SELECT DISTINCT ?post ?mine {{ {asked} ?mine dg:post ?post }}")
    terms = context.graph.select(
        f"""SELECT DISTINCT ?post ?fact ?agent ?first ?last WHERE {{
            {values_clause("post", {post for post, _ in posts})}
            ?fact dg:post ?post ; dg:agent ?agent ; dg:earliest ?first
            OPTIONAL {{ ?fact dg:latest ?last }}
        }}"""
    )
    rows = [
        {**term, "mine": mine} for post, mine in posts for term in terms if term["post"] == post
    ]
    people = {row["agent"] for row in rows if row["fact"] == row["mine"]}
    answered: dict[str, str] = {}
    for own in (row for row in rows if row["fact"] == row["mine"]):
        others = [
            row for row in rows
            if (row["mine"], row["post"]) == (own["mine"], own["post"])
            and row["agent"] not in people
        ]  # fmt: skip
        if later and "last" in own:
            next_ = [row for row in others if row["first"] >= own["last"]]
            least = min((row["first"] for row in next_), default="")
            answered.update((r["fact"], r["agent"]) for r in next_ if r["first"] == least)
        elif not later:
            earlier = [row for row in others if row.get("last", _NEVER) <= own["first"]]
            most = max((row["last"] for row in earlier), default="")
            answered.update((r["fact"], r["agent"]) for r in earlier if r["last"] == most)
    facts = facts_of(context.graph, answered, copies=context.copies)
    labels = entities_of(context.graph, answered.values())
    answers = tuple(Answered(labels[answered[fact.id]], (fact,)) for fact in facts)
    return Outcome(reading, query, context.share(reading, 0.0), facts=facts, answers=answers)


_NEVER = "9999-12-31"


def _ranked(
    context: Context, reading: Reading, size: Callable[[list[_Term]], int], unit: str
) -> Outcome:
    query = query_of(reading)
    by_answer = _terms(context, query)
    sizes = {iri: size(terms) for iri, terms in by_answer.items()}
    least = sorted(set(sizes.values()), reverse=True)[:_BEST]
    best = sorted((iri for iri in sizes if sizes[iri] in least), key=lambda i: (-sizes[i], i))
    labels = entities_of(context.graph, best)
    found = {
        fact.id: fact
        for fact in facts_of(
            context.graph, (t.fact for iri in best for t in by_answer[iri]), copies=context.copies
        )
    }
    answers = tuple(
        Answered(labels[iri], tuple(found[t.fact] for t in by_answer[iri] if t.fact in found))
        for iri in best
    )
    ranked = [(labels[iri].label, sizes[iri], any(t.open for t in by_answer[iri])) for iri in best]
    return Outcome(
        reading, query, context.share(reading, 0.0), answers=answers,
        facts=tuple(fact for answered in answers for fact in answered.facts),
        extra={"longest": {"ranked": ranked, "unit": unit}} if answers else {},
    )  # fmt: skip


def _terms(context: Context, query: str) -> Mapping[str, list[_Term]]:
    """The dated facts that a query finds, by their answers."""
    answers = {row["fact"]: row.get("answer", "") for row in context.graph.select(query)}
    rows = context.graph.select(
        f"""SELECT ?fact ?when ?passage WHERE {{
            {values_clause("fact", answers)} ?fact dg:when ?when ; dg:evidence ?passage }}"""
    )
    found: dict[str, list[_Term]] = defaultdict(list)
    for row in rows:
        period = dates.parse(row["when"])
        if period.earliest is None:
            continue
        last = period.latest or _latest(context, row["fact"]) or period.earliest
        found[answers[row["fact"]]].append(
            _Term(
                row["fact"], period.earliest.toordinal(), last.toordinal(), period.latest is None,
                row["passage"],
            )
        )  # fmt: skip
    return {
        iri: sorted(terms, key=lambda t: (t.first, t.last, t.fact)) for iri, terms in found.items()
    }


def _latest(context: Context, fact: str) -> date | None:
    """The last day that the source of a fact covers."""
    rows = context.graph.select(
        f"""SELECT ?until WHERE {{
            <{fact}> dg:evidence/oa:hasSource/dg:coverage/dg:when ?until }}"""
    )
    days = [dates.parse(row["until"]).latest for row in rows]
    return max((day for day in days if day), default=None)


def _days(terms: list[_Term]) -> int:
    """The days of all, the first and the last of each among them, and each once."""
    total, until = 0, 0
    for term in terms:
        total += max(0, term.last - max(term.first - 1, until))
        until = max(until, term.last)
    return total


def _count(terms: list[_Term]) -> int:
    return len({term.passage for term in terms})


# --- in words -------------------------------------------------------------------------------------


def in_years(days: int) -> str:
    """A number of days as people say it, with the days themselves where they are many.

    >>> in_years(1), in_years(45), in_years(8_766)
    ('1 day', '45 days', '24 years (8,766 days)')
    """
    shown = f"{days:,} day{'s' if days != 1 else ''}"
    if days < _MONTHS_FROM:
        return shown
    months = round(days / _MONTH)
    years, rest = divmod(months, 12)
    parts = [
        f"{n} {unit}{'s' if n != 1 else ''}" for n, unit in ((years, "year"), (rest, "month")) if n
    ]
    return f"{' and '.join(parts)} ({shown})"


_MONTH = 365.2425 / 12
_MONTHS_FROM = 60


def say_lasting(outcome: Outcome) -> str:
    """How long it lasted, and in how many terms."""
    told = outcome.extra["lasting"]
    terms = f" in {told['terms']} terms" if told["terms"] > 1 else ""
    still = "; the last of them had not ended when the source was made" if told["open"] else ""
    return f"{in_years(told['days'])}{terms}{still}."


def say_longest(outcome: Outcome) -> str:
    """The first places with their sizes."""
    told = outcome.extra["longest"]
    parts = []
    for label, size, is_open in told["ranked"]:
        amount = (
            in_years(size) if told["unit"] == "days" else f"{size} term{'s' if size != 1 else ''}"
        )
        parts.append(
            f"{label}, {amount}{', not ended when the source was made' if is_open else ''}"
        )
    return f"{'; then '.join(parts)}."
