"""What a question leaves out: “besides Uzbekistan, which countries are in the SCO?”, “no missiles”.

The question is asked without what is left out, which is then no answer to it. So it is where the
answer is a list; a statement is found by the question as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diplograph.asking.hearing import hear
from diplograph.asking.outcome import Outcome, once
from diplograph.asking.parts import Heard, Mention
from diplograph.namespaces import values_clause
from diplograph.store import Graph

__all__ = ["Apart", "excepted", "leave_out"]

_WORDS = (
    r"besides|beyond|apart from|aside from|except(?:ing)?(?: for)?|other than|excluding|but for|"
    r"not (?:counting|including)|leaving (?:aside|out)|setting aside|(?:leaving|setting)"
)
_APART = re.compile(rf"\b(?:{_WORDS})\b|[(,;]\s*(?:no|without)\b", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:[(,]?\s*\b(?:{_WORDS})\s+|[(,;]\s*(?P<no>no|without)\s+)(?:the\s+|any\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:\s+class)?(?:\s+(?:aside|out))?,?(?:\s+please)?\s*\)?")
_ONES = re.compile(r"(?<=-air) ones\b")
"""“Air-to-air ones” are a kind of missiles, which the question has named before."""
_ENDS = re.compile(r"\s*(?:,?\s*please\b|\)|[.?!]*\s*$)", re.IGNORECASE)
_JOINED = re.compile(r"(?:,| and|, and| or) (?:the )?")
_LEFT_OUT = frozenset({"Country", "Organization", "Person", "Leader", "WeaponSystem"})
_ASKED = re.compile(
    r"\b(?:who|which|what|whom|whose|list|name|give|show|how many)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Apart:
    """What is left out: the IRIs of the things and of the facts of their orders, and the words."""

    ids: frozenset[str]
    names: tuple[str, ...]


def excepted(graph: Graph, question: str) -> tuple[str, Apart | None]:
    """The question without what it leaves out, and that; as it is where it leaves out nothing.

    Only parties, people and weapons are: “apart from the talks” tells what else is asked for.
    """
    if not (_APART.search(question) and _ASKED.search(question)):
        return question, None
    heard = hear(graph, _ONES.sub(" missiles", question))
    text, apart = heard.question, list[Mention]()
    begin = end = 0
    for mention in sorted(heard.of("entity", "concept"), key=lambda m: m.first):
        first, last = _span(heard, mention)
        before = _BEFORE.search(text[:first])
        joined = bool(apart) and _JOINED.fullmatch(text[end:first])
        if not (joined or (before and not apart)):
            continue
        if not _can_be_left_out(mention):
            break
        if before and before["no"] and not _ENDS.match(text[last:]):
            break
        begin = begin if joined or before is None else before.start()
        end = last
        apart.append(mention)
    if not apart:
        return question, None
    after = _AFTER.match(text, end)
    end = after.end() if after else end
    rest = f"{text[:begin].rstrip(' ,')} {text[end:].lstrip(' ,')}".strip()
    return rest, _apart(graph, apart)


def _can_be_left_out(mention: Mention) -> bool:
    if mention.kind == "concept":
        return all(c.scheme == "weapon-kind" for c in mention.concepts)
    return all(e.type in _LEFT_OUT for e in mention.entities)


def _apart(graph: Graph, mentions: Sequence[Mention]) -> Apart:
    """The things mentioned, and the weapons of the kinds mentioned and the variants of weapons."""
    named = {e.id: e for m in mentions for e in m.entities}
    kinds = sorted({c.id for m in mentions for c in m.concepts})
    found = set(named)
    if kinds:
        rows = graph.select(
            f"""SELECT ?w WHERE {{ {values_clause("k", kinds)} ?w dg:kind/skos:broader* ?k }}"""
        )
        found |= {row["w"] for row in rows}
    if any(e.type == "WeaponSystem" for e in named.values()):
        of = values_clause("of", sorted(named))
        found |= {
            row["w"] for row in graph.select(f"SELECT ?w WHERE {{ {of} ?w dg:variantOf ?of }}")
        }
    orders = f"""SELECT ?f WHERE {{ {values_clause("w", sorted(found))}
        ?t dg:weapon ?w . ?f dg:of ?t }}"""
    found |= {row["f"] for row in graph.select(orders)}
    names = [" and ".join(dict.fromkeys(e.label for e in m.entities)) or m.text for m in mentions]
    return Apart(frozenset(found), tuple(names))


def _span(heard: Heard, mention: Mention) -> tuple[int, int]:
    return heard.tokens[mention.first].start, heard.tokens[mention.last - 1].end


def leave_out(outcome: Outcome, apart: Apart) -> Outcome:
    """The outcome of a list without those who are left out, which may be nobody."""
    answers = tuple(a for a in outcome.answers if a.entity.id not in apart.ids)
    note = f"Left out, as the question asks: {' and '.join(apart.names)}."
    facts = once(fact for answered in answers for fact in answered.facts)
    extra = dict(outcome.extra)
    if "total" in extra:
        from diplograph.asking.calls.figures import summed

        figures = tuple(fact for fact in outcome.facts if fact.id not in apart.ids)
        return summed(replace(outcome, facts=figures, extra={}, notes=(*outcome.notes, note)))
    if "orders" in extra:
        kept = tuple(o for o in extra["orders"] if o.weapon.id not in apart.ids)
        extra = {**extra, "orders": kept} if kept else {}
    return replace(outcome, answers=answers, facts=facts, extra=extra, notes=(*outcome.notes, note))
