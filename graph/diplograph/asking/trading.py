"""Who sells and who buys: “what does China sell to Russia” is not met by what Russia sells there.

The words of such a question and of a statement that turns it round are the same, so their order has
to be read. A verb or noun of selling has the seller before it and the buyer after it; one of buying
has the buyer before it and the seller after a “from”.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from diplograph.asking.outcome import Context
from diplograph.asking.retrieval import Hit
from diplograph.asking.wording import wording
from diplograph.keys import name_key
from diplograph.namespaces import values_clause
from diplograph.stems import stem, stems, words_of

__all__ = ["dealt", "dealt_that_way"]

_SELLING = frozenset(
    stems("sell sale export supply deliver delivery ship shipment provide transfer license")
)
_BUYING = frozenset(stems("buy buyer import purchase acquire procure obtain get order"))
_GET = stem("get")
_BEFORE, _AFTER = 14, 12
"""How many words before and after its verb a party may stand."""
_OTHER_WAY = 0.7
"""What a fact is worth that tells only of the other way than the question."""


def dealt(text: str) -> set[tuple[str, str]]:
    """Who sells to whom by a text, as keys of the names of countries: the seller and the buyer.

    >>> dealt("China's exports to Russia")
    {('china', 'russia')}
    >>> dealt("What did the Chinese import from Russia?")
    {('russia', 'china')}
    """
    return {way for way in _ways(text) if all(way)}


def _ways(text: str) -> set[tuple[str, str]]:
    """The same; the seller or the buyer is empty where a text names only the other."""
    words = words_of(text)
    parties = _parties(words)
    found: set[tuple[str, str]] = set()
    for place, word in enumerate(map(stem, words)):
        if word not in _SELLING and word not in _BUYING:
            continue
        doer = _doer(words, parties, place)
        leads = ("to",) if word in _SELLING else ("from", "in")
        other = parties.get(place + 1) or _after(words, parties, place, leads)
        if word == _GET and not other:
            continue  # “has a hard time getting beyond”: nothing is bought
        if doer and doer != other:
            found.add((doer, other or "") if word in _SELLING else (other or "", doer))
    return found


def _parties(words: Sequence[str]) -> dict[int, str]:
    """The countries of a text by the place of their name or of what belongs to it."""
    names, belonging = _countries()
    found = {}
    for place, word in enumerate(words):
        key = belonging.get(stem(word)) or (word if word in names else "")
        if key:
            found[place] = key
    return found


@cache
def _countries() -> tuple[frozenset[str], dict[str, str]]:
    """The keys of countries' names, and those of the words for what belongs to them, by stem."""
    demonyms = wording().demonyms
    belonging = {stems[0]: name_key(name) for stems, name in demonyms.items() if len(stems) == 1}
    return frozenset(belonging.values()), belonging


def _doer(words: Sequence[str], parties: dict[int, str], place: int) -> str | None:
    """Who sells or buys: after the “by” of a passive, or the party before the verb."""
    passive = _after(words, parties, place, ("by",))
    if passive:
        return passive
    before = [i for i in parties if place - _BEFORE <= i < place]
    return parties[max(before)] if before else None


def _after(
    words: Sequence[str], parties: dict[int, str], place: int, leads: Sequence[str]
) -> str | None:
    """The party that stands after such a word, with nothing but an article between."""
    for i in range(place + 1, min(place + _AFTER, len(words))):
        if words[i] in leads:
            for near in (i + 1, i + 2)[: 2 if words[i + 1 : i + 2] == ["the"] else 1]:
                if near in parties:
                    return parties[near]
    return None


def dealt_that_way(context: Context, hits: list[Hit]) -> list[Hit]:
    """The hits; those whose statements tell only of the other way than the question come later."""
    asked = dealt(context.heard.question)
    if len(asked) != 1 or not hits:
        return hits
    ((seller, buyer),) = asked
    rows = context.graph.pairs(
        f"""SELECT ?fact ?told WHERE {{ {values_clause("fact", [h.fact for h in hits])}
            ?fact dg:statement ?told }}"""
    )
    told = {fact: _ways(text) for fact, text in rows}
    that_way = {(seller, buyer), (seller, ""), ("", buyer)}
    other_way = {(buyer, seller), (buyer, ""), ("", seller)}
    turned = {f for f, ways in told.items() if ways & other_way and not ways & that_way}
    hits = [
        replace(h, score=h.score * _OTHER_WAY, extra=h.extra * _OTHER_WAY)
        if h.fact in turned
        else h
        for h in hits
    ]
    return sorted(hits, key=lambda h: (-h.worth, h.fact))
