"""Agreements that a question tells by their kind and date: “the 2001 treaty”, “the accord of 1997”.

Such words name one agreement where the graph has just one of that kind, concluded in that time. The
time is then part of the name, and narrows nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from diplograph import dates
from diplograph.asking.parts import Heard, Mention, in_order
from diplograph.asking.wording import wording
from diplograph.model import Entity
from diplograph.stems import stem
from diplograph.store import Graph

__all__ = ["described"]

_MOST_BETWEEN = 2
"""How many words may stand between the date and the noun: “the 2004 eastern border agreement”."""
_ANY_KIND = frozenset({"agreement", "contract", "arrangement", "understanding"})
"""Kinds whose words people use of agreements of every kind."""
_DEFINITE = frozenset({"the", "this", "that", "their", "its", "his"})
_MOST = 4


def described(graph: Graph, heard: Heard) -> Heard:
    """The question with agreements told by kind and date as mentions of them."""
    mentions = list(heard.mentions)
    for noun in heard.of("concept"):
        if not any(c.scheme == "agreement-kind" for c in noun.concepts):
            continue
        stretch = _stretch(heard, noun)
        if stretch is None:
            continue
        first, last, date = stretch
        own = set(range(noun.first, noun.last))
        inside = [m for m in mentions if m.first < last and first < m.last]
        if any(m.kind == "entity" and set(range(m.first, m.last)) & own for m in inside):
            continue
        between = [
            heard.tokens[i].stem for i in range(first, last)
            if i not in own and not date.first <= i < date.last
        ]  # fmt: skip
        found = _of_kind_then(graph, noun, date, [s for s in between if s not in _no_words()])
        if len(found) != 1:
            continue
        text = heard.question[heard.tokens[first].start : heard.tokens[last - 1].end]
        mentions = [m for m in mentions if m not in inside]
        mentions.append(Mention(first, last, "entity", text, entities=(found[0],)))
    return replace(heard, mentions=tuple(in_order(mentions)))


def _no_words() -> frozenset[str]:
    return wording().fillers


def _stretch(heard: Heard, noun: Mention) -> tuple[int, int, Mention] | None:
    """From where to where an agreement is told by its date: before the noun, or after it."""
    tokens = heard.tokens
    if tokens[noun.last - 1].key.endswith("s"):
        return None  # of several
    for date in heard.of("date"):
        if not isinstance(date.period, dates.Period) or date.relation not in ("", "in"):
            continue
        if date.last <= noun.first <= date.last + _MOST_BETWEEN and not date.relation:
            before = tokens[date.first - 1] if date.first else None
            if before is not None and (before.key in _DEFINITE or before.possessive):
                return date.first, noun.last, date
        led = re.match(r"(?:of|from)\b", date.text)
        if date.first == noun.last and (led or tokens[date.first].key in ("of", "from")):
            start = noun.first
            while start and noun.first - start < _MOST_BETWEEN and _qualifies(heard, start - 1):
                start -= 1
            if start and (tokens[start - 1].key in _DEFINITE or tokens[start - 1].possessive):
                return start, date.last, date
    return None


def _qualifies(heard: Heard, place: int) -> bool:
    token = heard.tokens[place]
    return token.key not in _DEFINITE and token.stem not in wording().fillers


def _of_kind_then(graph: Graph, noun: Mention, date: Mention, words: Sequence[str]) -> list[Entity]:
    period = date.period
    assert isinstance(period, dates.Period)
    if period.earliest is None or period.latest is None:
        return []
    kinds = [c for c in noun.concepts if c.scheme == "agreement-kind"]
    kind = ""
    if not any(c.label in _ANY_KIND for c in kinds):
        values = " ".join(f"<{c.id}>" for c in kinds)
        kind = f"VALUES ?kind {{ {values} }} ?a dg:kind/skos:broader* ?kind ."
    rows = graph.select(
        f"""SELECT DISTINCT ?a ?label WHERE {{
            ?fact dg:stage/skos:broader stage:concluded ; dg:stage ?stage ; dg:of ?a ;
                  dg:earliest ?first ; dg:latest ?last .
            FILTER(?stage != stage:in-force && STR(?first) >= "{period.earliest}"
                   && STR(?last) <= "{period.latest}")
            ?a a dg:Agreement ; skos:prefLabel ?label . {kind} }} ORDER BY ?label LIMIT 40"""
    )
    found = [Entity(row["a"], row["label"], "Agreement") for row in rows]
    if words:
        wanted = {other for word in words for other in wording().like(word)}
        found = [
            e for e in found if wanted & {stem(w) for w in re.findall(r"\w+", e.label.lower())}
        ]
    return found if len(found) <= _MOST else []
