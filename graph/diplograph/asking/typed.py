"""Whether a fact can be the answer to what a question asks for: a person, a day, a number."""

from __future__ import annotations

import re
from itertools import pairwise

from diplograph.asking.affirming import affirms
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context
from diplograph.asking.wording import grammar
from diplograph.dates import Period
from diplograph.model import Fact
from diplograph.words import MONTHS

__all__ = ["AGENTS", "asks_for_money", "is_expected", "tells", "tells_money", "tells_number"]

AGENTS = frozenset({"Country", "Person", "Leader", "Organization"})
_PLACES = frozenset({"Country", "Place"})
_CLASSES = {
    "Country": frozenset({"Country"}),
    "Person": frozenset({"Person", "Leader"}),
    "Organization": frozenset({"Organization"}),
    "Place": _PLACES,
}
"""What a fact has to name, by the class of things that the question asks for."""


def tells(context: Context, reading: Reading, fact: Fact) -> bool:
    """Whether a fact names, dates, counts or decides what the question asks for.

    What the question itself names is no answer to it.
    """
    focus = reading.focus
    if focus == "yes-no":
        return affirms(fact) is not None
    if focus == "when":
        return _dated(fact) and (fact.stage not in _OPEN or is_expected(context))
    if focus == "why":
        return fact.kind not in _STRUCTURE
    if focus == "how-many":
        if _asks_how_long(context):
            return bool(_SPAN.search(fact.statement))
        if asks_for_money(context) and not tells_money(fact):
            return False
        if _only_ends_then(context, fact):
            return False
        return tells_number(context, fact)
    if focus == "where":
        return _names(context, fact, _PLACES)
    if focus == "who":
        return _names(context, fact, AGENTS)
    wanted = _CLASSES.get(reading.answer_class) if focus == "which" else None
    return wanted is None or _names(context, fact, wanted)


def tells_number(context: Context, fact: Fact) -> bool:
    """Whether a statement has a number that the question does not have."""
    return bool(_numbers(fact.statement) - _numbers(context.heard.question))


def _dated(fact: Fact) -> bool:
    """Whether a fact tells something of a time of a few years at most.

    What is claimed or held has the time of its telling, that of the source, unless it is known to
    the month; what lasts has that of the source.
    """
    first = fact.when.earliest if fact.when else None
    last = fact.when.latest if fact.when else None
    if fact.kind in _SAID and first and last and first[:7] == last[:7]:
        return True
    if fact.kind not in _TIMED:
        return False
    return bool(first and last) and int(last[:4]) - int(first[:4]) <= _YEARS  # type: ignore[index]


def is_expected(context: Context) -> bool:
    """Whether the question asks about what was still to come, which facts tell as planned."""
    return any(token.key in grammar("expected") for token in context.heard.tokens)


def _names(context: Context, fact: Fact, types: frozenset[str]) -> bool:
    asked = {e.id for m in context.heard.of("entity") for e in m.entities}
    return any(e.type in types and e.id not in asked for e in fact.others)


_SPAN = re.compile(r"\b(?:hour|day|week|month|year|decade|centur|mile|kilomet)", re.IGNORECASE)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")


_DAY = re.compile(
    rf"\b\d{{1,2}}(?:(?: to | and |[-–/])\d{{1,2}})?\s+(?:{'|'.join(MONTHS)})\b", re.IGNORECASE
)
"""A day of a month, which is no number of things."""
_ENUMERATING = re.compile(
    r"\b(?:two|three|four|five) (?:things|kinds|ways|ends|reasons|aims|advantages|points)\b",
    re.IGNORECASE,
)
"""How many things of a sort a statement goes on to tell, which is no number of what is counted."""

_STRUCTURE = frozenset(
    {"TransferFact", "Participation", "Containment", "Membership", "Tenure", "Affiliation",
     "Observation"}
)  # fmt: skip
"""Kinds of facts that say what belongs to what or how much it is, and never why."""
_OPEN = ("planned", "considered")
_TIMED = frozenset({"Occurrence", "StageFact", "Succession", "Naming", "Observation"})
_SAID = frozenset({"Claim", "Stance"})
_YEARS = 3
"""So many years a time may have that answers when something was."""


def _asks_how_long(context: Context) -> bool:
    keys = [token.key for token in context.heard.tokens]
    return any(pair == ("how", "long") for pair in pairwise(keys))


def _only_ends_then(context: Context, fact: Fact) -> bool:
    """Whether a statement has the one year asked for only as the end of several: “1989 to 2005”.

    A question for several years (“up to 2005”) is met by what tells of several.
    """
    years = set(_YEAR.findall(context.heard.question))
    spans = (m.period for m in context.heard.of("date") if isinstance(m.period, Period))
    several = any(not s.earliest or not s.latest or s.earliest.year < s.latest.year for s in spans)
    if len(years) != 1 or several:
        return False
    (year,) = years
    ending = re.compile(rf"(?:1[5-9]|20)\d\d (?:to|and|through) {year}")
    return year in fact.statement and year not in ending.sub("", fact.statement)


_MONEY = re.compile(r"dollar|rouble|ruble|yuan|euro\b|price|cost", re.IGNORECASE)


def tells_money(fact: Fact) -> bool:
    """Whether a statement has a sum of money or a price."""
    return _MONEY.search(fact.statement) is not None


def asks_for_money(context: Context) -> bool:
    """Whether a question asks what something is worth."""
    keys = {token.key for token in context.heard.tokens}
    return not keys.isdisjoint(grammar("money"))


def _numbers(text: str) -> set[str]:
    """The numbers of a text, those in words as well, without the years."""
    text = _ENUMERATING.sub(" ", _DAY.sub(" ", text.replace("9/11", " ")))
    words = set(re.findall(r"[a-z]+", text.lower())) & grammar("numbers")
    digits = {n.strip(".,") for n in re.findall(r"(?<![\w-])\d[\d.,]*", text)}
    return words | {n for n in digits if not _YEAR.fullmatch(n)}
