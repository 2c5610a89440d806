"""Which of two figures a comparison puts first: “did *China sell* more to Russia than it bought”.

Two figures are of two areas (whose is it?) or of two directions of one trade (who sells, who
buys?). Where the words do not tell which comes first, a comparison is not answered by yes or no.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from diplograph.asking.calls.measured import Measured
from diplograph.asking.parts import Heard, Mention
from diplograph.asking.wording import grammar, wording

__all__ = ["asked_of_two", "in_the_order_of", "ways_told"]

_TOWARDS = frozenset({"in", "into", "to", "from", "with", "for", "among"})
_OF_A_WHOLE = frozenset({"of", "in", "for", "to", "from", "by"})
_OUT, _IN = "export", "import"


def asked_of_two(heard: Heard) -> dict[str, object]:
    """What a question asks of two figures: whether the first is more, less or as much, or whether
    the two are the same or differ; and whether
    yes or no is asked, be it beside by how much: “was A bigger than B, and by how much?”."""
    keys = [token.key for token in heard.tokens]
    asks = "as" if keys.count("as") > 1 else "more"
    if not grammar("smaller").isdisjoint(keys):
        asks = "less"
    elif not grammar("differing").isdisjoint(keys):
        asks = "differ"
    elif not grammar("agreeing").isdisjoint(keys):
        asks = "same"
    begins = [heard.tokens[0].key] if heard.tokens else []
    begins += [
        t.key for one, t in pairwise(heard.tokens) if "," in heard.question[one.end : t.start]
    ]
    return {
        "asks": asks,
        "yes-no": any(key in grammar("auxiliary") for key in begins),
    }


def ways_told(heard: Heard) -> int:
    """Of how many directions of trade a question speaks."""
    return len({way for token in heard.tokens if (way := _way(token.stem))})


def in_the_order_of(
    heard: Heard, one: Measured, two: Measured, aside: Sequence[Mention] = ()
) -> tuple[Measured, Measured] | None:
    """Two figures in the order of the question; None where it does not tell which comes first.

    ``aside`` are names that tell whose figures they are.
    """
    names = [
        m for m in heard.of("entity")
        if m not in aside and any(e.id in (one.area, two.area, one.counterpart) for e in m.entities)
    ]  # fmt: skip
    if one.area == two.area:
        return _by_direction(heard, one, two, names)
    turn = _turn(heard)
    before = _whose(heard, [m for m in names if m.first < turn], one)
    after = _whose(heard, [m for m in names if m.first >= turn], one)
    if before == after:
        return None
    if before == one.area or after == two.area:
        return one, two
    if before == two.area or after == one.area:
        return two, one
    return None


def _turn(heard: Heard) -> int:
    """The place of the word at which a comparison turns to its second side."""
    keys = [token.key for token in heard.tokens]
    for word in ("than", "versus", "vs", "compared", "against", "or"):
        if word in keys[1:]:
            return keys.index(word, 1)
    as_well = [i for i, key in enumerate(keys) if key == "as"]
    return as_well[-1] if len(as_well) > 1 else len(keys)


def _whose(heard: Heard, names: Sequence[Mention], figure: Measured) -> str:
    """The area that one side of a comparison speaks of; empty where it names none or several."""
    share = figure.measure.startswith("share")
    owners: list[str] = []
    others: list[str] = []
    for mention in names:
        (owners if _owns(heard, mention, share) else others).append(mention.entities[0].id)
    if share and not owners:
        owners, others = others, []
    if len(set(owners)) == 1:
        return owners[0]
    if not owners and len(set(others)) == 1:
        pair = {figure.area, figure.counterpart} - set(others)
        return next(iter(pair)) if len(pair) == 1 else ""
    return ""


def _owns(heard: Heard, mention: Mention, share: bool) -> bool:
    """Whether a figure is that of the one named, and not of what it has to do with.

    A share is that of the whole: “China's part in *Russia's* trade”.
    """
    owner = heard.tokens[mention.last - 1].possessive or mention.adjective
    if share:
        return owner and mention.before in _OF_A_WHOLE
    return mention.before not in _TOWARDS


def _by_direction(
    heard: Heard, one: Measured, two: Measured, names: Sequence[Mention]
) -> tuple[Measured, Measured] | None:
    """Two figures of one trade by what the question first speaks of: selling or buying."""
    actor, first = "", ""
    for i, token in enumerate(heard.tokens):
        way = _way(token.stem)
        if not way or any(m.first <= i < m.last for m in names):
            continue
        acting = _actor(heard, names, i)
        actor = acting or actor
        if not actor:
            other = next((m for m in names if m.first > i and m.before in _TOWARDS), None)
            told = other.entities[0].id if other else ""
            ends = {one.area, one.counterpart}
            actor = next(iter(ends - {told})) if told in ends else ""
        if not actor:
            return None
        turned = way if actor == one.area else _IN if way == _OUT else _OUT
        if not first:
            first = turned
        elif turned != first:
            return (one, two) if first in one.measure else (two, one)
    return None


def _way(stem: str) -> str:
    """Whether a word is of selling or of buying."""
    return next((way for way in (_OUT, _IN) if stem in wording().like(way, near=False)), "")


def _actor(heard: Heard, names: Sequence[Mention], place: int) -> str:
    """Who sells or buys: the last one named before the word who is not at the other end."""
    acting = [
        m for m in names if m.last <= place
        and (m.adjective or heard.tokens[m.last - 1].possessive or m.before not in _TOWARDS)
    ]  # fmt: skip
    return acting[-1].entities[0].id if acting else ""
