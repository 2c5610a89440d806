"""What a question asks for and nobody tells, although the sources treat the matter.

A fact that speaks of all that a question names need not have what it asks for: a number of the
things counted, the day of what was only planned, a name. Then nothing is on record; what the
sources do say of the matter is shown beside that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from diplograph.asking.denying import denies_words, says_no_such
from diplograph.asking.details import DETAILS, asks_for_words, not_said
from diplograph.asking.focus import focus_of, head_of
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Lacking, Outcome
from diplograph.asking.postings import postings
from diplograph.asking.ranking import ranked
from diplograph.asking.retrieval import Hit, retrieve
from diplograph.asking.twofold import twofold
from diplograph.asking.typed import asks_for_money, tells_money, tells_number
from diplograph.asking.units import Unit
from diplograph.asking.wording import grammar, wording
from diplograph.errors import AmbiguousName, UnknownName
from diplograph.facts import facts_of
from diplograph.model import Entity, Fact
from diplograph.names import resolve
from diplograph.namespaces import values_clause
from diplograph.stems import stem

__all__ = [
    "denied_instead",
    "nobody_known",
    "untold",
    "without_a_price",
    "without_the_detail",
]

_SHOWN = 4
"""So many facts of an answer are told."""
_HAS_IT = 0.6
"""How well a fact has to meet the noun that is counted or asked for, to be able to tell it."""


def without_the_detail(context: Context, outcome: Outcome) -> Outcome:
    """The outcome; or nothing, where its facts lack what is asked for of what they tell."""
    if outcome.empty or outcome.links or outcome.pending or outcome.second:
        return outcome
    if outcome.extra.keys() - {"level"}:
        return outcome
    outcome = _denial_first(context, outcome)
    facts = outcome.facts[:_SHOWN]
    if not facts or says_no_such(context, outcome.reading.focus, facts[0]):
        return outcome
    for lacks in (*_OF_WHAT_IS_TOLD, *DETAILS):
        what = lacks(context, outcome.reading, outcome, facts)
        if what:
            denial = _denial_of_it(context, outcome.reading) if lacks is not_said else None
            return denial or _nothing(context, outcome.reading, what, facts)
    return outcome


def _denial_first(context: Context, outcome: Outcome) -> Outcome:
    """The outcome of a question for words, led by a fact that says that nothing was said and meets
    all that the first does."""
    broad = outcome.reading.template.broad
    if outcome.answers or not broad or not outcome.facts or not asks_for_words(context):
        return outcome
    first, *others = outcome.facts
    focus = outcome.reading.focus
    if says_no_such(context, focus, first):
        return outcome
    met = [u for u in context.units if u.met.get(first.id, 0.0) >= _MET]
    for fact in others[: _SHOWN - 1]:
        fits = all(u.met.get(fact.id, 0.0) >= _MET for u in met)
        if fits and denies_words(fact) and says_no_such(context, focus, fact):
            left = tuple(f for f in others if f is not fact)
            return replace(outcome, facts=(fact, first, *left))
    return outcome


def _denial_of_it(context: Context, reading: Reading) -> Outcome | None:
    """A fact that names all that the question does, and says that nothing was said."""
    near = [h for h in _near(context, context.units) if h.named and h.itself]
    told = {f.id: f for f in facts_of(context.graph, [h.fact for h in near], copies=context.copies)}
    for hit in near:
        fact = told.get(hit.fact)
        if fact is not None and denies_words(fact) and says_no_such(context, reading.focus, fact):
            return Outcome(reading, "", hit.score, facts=(fact,), missing=hit.missing, itself=True)
    return None


_MET = 0.42
"""How well a fact has to meet a part of the question to count as having it."""


def _nothing(context: Context, reading: Reading, what: str, facts: Sequence[Fact]) -> Outcome:
    met = [u.entities for u in context.units if u.met.get(facts[0].id, 0.0) >= _HAS_IT]
    ids = {iri for entities in met for iri in entities}
    lacking = Lacking(what, tuple(e for e in _asked(context) if e.id in ids))
    return Outcome(reading, "", 0.0, lacking=lacking, also=tuple(facts[:_TOLD]))


_TOLD = 3
"""So many facts of the matter are shown beside what is not on record."""


def _asked(context: Context) -> tuple[Entity, ...]:
    named = {e.id: e for m in context.heard.of("entity") for e in m.entities}
    return tuple(named.values())


# --- what an answer lacks ------------------------------------------------------------------------


def _nobody_else(
    context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]
) -> str:
    """Who held what the one named held: “Who took over from Putin?”."""
    template = reading.template
    if reading.focus != "who" or template.broad or not template.asks_for_entities:
        return ""
    keys = {token.key for token in context.heard.tokens}
    if outcome.answers or template.call or keys.isdisjoint(grammar("succeeding")):
        return ""
    people = [e for e in _asked(context) if e.type in ("Person", "Leader")]
    if not people or _held_later(context, people[0], facts):
        return ""
    return f"one other than {people[0].label}"


def _held_later(context: Context, person: Entity, facts: Sequence[Fact]) -> bool:
    """Whether somebody else held a post of these facts after the person did."""
    rows = context.graph.select(
        f"""SELECT ?who ?first WHERE {{ {values_clause("fact", [f.id for f in facts])}
            ?fact dg:post ?post . ?held dg:post ?post ; dg:agent ?who ; dg:earliest ?first }}"""
    )
    last = max((row["first"] for row in rows if row["who"] == person.id), default="")
    return any(row["who"] != person.id and row["first"] > last for row in rows)


def _no_name(context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]) -> str:
    """The name of somebody who is known by an office or a deed only."""
    tokens = context.heard.tokens
    naming = next((i for i, t in enumerate(tokens) if t.key in grammar("naming")), None)
    if naming is None or outcome.answers or reading.focus not in ("what", "list", "which", "who"):
        return ""
    following = tokens[naming + 1].key if naming + 1 < len(tokens) else ""
    places = range(naming + 2, naming + 5) if following == "of" else (naming - 1,)
    if not any(_is_somebody(context, place) for place in places):
        return ""
    asked = {e.id for e in _asked(context)}
    told = (
        e for fact in facts for e in fact.others
        if e.type in ("Person", "Leader") and e.id not in asked
    )  # fmt: skip
    return "" if any(_is_a_proper_name(e.label) for e in told) else "name of the one asked for"


def _is_somebody(context: Context, place: int) -> bool:
    """Whether a word of the question stands for a person, by an office or a people."""
    for mention in context.heard.mentions:
        if not mention.first <= place < mention.last:
            continue
        if mention.kind == "class" and mention.name == "Person":
            return True
        if mention.kind == "entity" and mention.adjective:
            return place + 1 == mention.last and not _goes_on(context, mention.last)
        if any(e.type in ("Person", "Leader", "Post") for e in mention.entities):
            return True
    tokens = context.heard.tokens
    return 0 <= place < len(tokens) and tokens[place].key in grammar("offices")


def _goes_on(context: Context, place: int) -> bool:
    tokens = context.heard.tokens
    return place < len(tokens) and tokens[place].key not in grammar("naming")


def _is_a_proper_name(label: str) -> bool:
    return all(word[0].isupper() for word in label.split())


def _not_counted(
    context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]
) -> str:
    """A number of the things that are counted: “how many islands”."""
    if reading.focus != "how-many" or outcome.answers:
        return ""
    if reading.template.call and "level" not in outcome.extra:
        return ""
    counted = _counted(context, ("many",))
    if counted is None or counted.named:
        return ""
    if any(counted.met.get(fact.id, 0.0) >= _HAS_IT for fact in facts):
        return ""
    return f"number of {counted.text}"


def _counted(context: Context, after: tuple[str, ...]) -> Unit | None:
    """The noun that is counted after such a word, with a people or one word before it at most."""
    tokens, head = context.heard.tokens, head_of(context.heard, "how-many")
    keys = {token.key for token in tokens}
    if head is None or tokens[head].key in grammar("pieces") or keys & grammar("comparing"):
        return None
    first = next((i + 1 for i, token in enumerate(tokens) if token.key in after), None)
    between = range(first, head) if first is not None else range(head + 1)
    people = {i for m in context.heard.of("entity") for i in range(m.first, m.last)}
    loose = [i for i in between if i not in people]
    if first is None or len(loose) > 1 or twofold(context.heard.question):
        return None
    return next((u for u in context.units if u.first <= head < u.last), None)


def _only_planned(
    context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]
) -> str:
    """When or how much something was, of which it is only told that it was to be."""
    if reading.focus not in ("when", "how-many") or outcome.answers or reading.template.call:
        return ""
    keys = {token.key for token in context.heard.tokens}
    if not keys.isdisjoint(grammar("planning") | grammar("expected")):
        return ""
    if not all(_is_a_plan(fact) for fact in facts[:2]):
        return ""
    return _DATE if reading.focus == "when" else "figure of what is asked about"


def _is_a_plan(fact: Fact) -> bool:
    """Whether a fact tells what was to be, and not what was."""
    if fact.stage in _NOT_YET:
        return True
    return fact.kind in ("Claim", "Stance") and _TO_BE.search(fact.statement) is not None


_DATE = "date of what is asked about"
_NOT_YET = ("planned", "considered", "proposed", "initialled")
_TO_BE = re.compile(
    r"\b(?:is|are|was|were) to (?!be found)|\b(?:intends?|means? to|vow(?:s|ed)|pledged|promised|"
    r"would|gave its word)\b"
)


def _no_result(context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]) -> str:
    """What came of something: results, agreements, decisions."""
    if not reading.template.broad or outcome.answers or reading.focus not in ("which", "what"):
        return ""
    head = head_of(context.heard, "which")
    if head is None or context.heard.tokens[head].key not in grammar("yields"):
        return ""
    unit = next((u for u in context.units if u.first <= head < u.last), None)
    if unit is None or any(unit.met.get(fact.id, 0.0) >= _HAS_IT for fact in facts):
        return ""
    return f"word of {unit.text}"


def _no_place(context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]) -> str:
    """Which town it was, where no place is told that the question does not name."""
    if not reading.template.broad or reading.focus != "which" or outcome.answers:
        return ""
    head = head_of(context.heard, "which")
    if head is None or context.heard.tokens[head].key not in grammar("towns"):
        return ""
    asked = {e.id for e in _asked(context)}
    if any(e.type in ("Place", "Country") and e.id not in asked for f in facts for e in f.others):
        return ""
    return context.heard.tokens[head].text


_OF_WHAT_IS_TOLD = (_nobody_else, _no_name, _not_counted, _only_planned, _no_result, _no_place)


# --- instead of a refusal ------------------------------------------------------------------------


def denied_instead(context: Context, readings: Sequence[Reading]) -> Outcome | None:
    """A fact that says that there was no such thing, and speaks of all that the question does."""
    focus = focus_of(context.heard)
    hits = _near(context, context.units)
    if not readings or not hits:
        return None
    among = [h for h in hits if h.worth >= _AS_NEAR * hits[0].worth]
    told = {
        f.id: f for f in facts_of(context.graph, [h.fact for h in among], copies=context.copies)
    }
    for hit in among:
        met, unmet = hit.plain
        fits = hit.named and hit.itself and met >= _WORDS and unmet <= 1 and hit.score >= _OF_IT
        if fits and hit.fact in told and says_no_such(context, focus, told[hit.fact]):
            return Outcome(
                readings[-1], "", hit.score, facts=(told[hit.fact],), missing=hit.missing,
                plain=hit.plain, alike=hit.alike, itself=True,
            )  # fmt: skip
    return None


_AS_NEAR, _WORDS, _OF_IT = 0.8, 2, 0.68
"""How near to the best a denial has to come, how many plain words it has to have, and how much of
the question it has to account for, to be the answer to what is not answered otherwise."""


def untold(context: Context, readings: Sequence[Reading]) -> Outcome | None:
    """Nothing, of a number, a day or words asked for, where all else is told without them."""
    focus = focus_of(context.heard)
    if readings and asks_for_words(context):
        return _unsaid(context, readings[-1])
    if not readings or focus not in ("how-many", "when"):
        return None
    return (_uncounted if focus == "how-many" else _undated)(context, readings[-1])


def _unsaid(context: Context, reading: Reading) -> Outcome | None:
    """Nothing, of what one is to have said to another or somewhere, if they are told of together
    and no such fact has words of that one, on whatever theme."""
    keys = [token.key for token in context.heard.tokens]
    names = [
        u for u in context.units
        if u.named and not (u.first and keys[u.first - 1] in grammar("about"))
    ]  # fmt: skip
    near = [h.fact for h in _near(context, names) if h.named and h.itself]
    facts = facts_of(context.graph, near, copies=context.copies)
    if len(names) < _TOGETHER or not facts:
        return None
    within = replace(context, units=tuple(names))
    what = not_said(within, reading, Outcome(reading, "", 0.0, facts=tuple(facts)), facts)
    shown = {f.id: f for f in facts}
    return _nothing(context, reading, what, [shown[iri] for iri in near]) if what else None


_TOGETHER = 2
"""So many names a question has to have for what they have together to be told."""


def _uncounted(context: Context, reading: Reading) -> Outcome | None:
    counted = _counted(context, ("many", "much"))
    if counted is None or counted.named:
        return None
    rest = [u for u in context.units if u is not counted]
    hits = [h for h in _near(context, rest) if h.named and h.itself]
    if not hits:  # of the matter at any time
        rest = [u for u in rest if u.period is None]
        hits = [h for h in _near(context, rest) if h.named and h.itself and not h.missing]
    if not hits or hits[0].score < _TREATED or hits[0].plain[1] > hits[0].plain[0] + 1:
        return None
    if not any(u.named or _is_a_name(u) for u in rest) and hits[0].plain[0] < _TELLING:
        return None
    near = [h.fact for h in hits if h.score >= _AS_NEAR * hits[0].score]
    facts = facts_of(context.graph, near, copies=context.copies)
    if any(tells_number(context, f) and _has_a_number_of(counted, f) for f in facts):
        return None
    shown = {f.id: f for f in facts}
    told = [shown[iri] for iri in near if iri in shown]
    return _nothing(context, reading, f"number of {counted.text}", told)


def _is_a_name(unit: Unit) -> bool:
    """Whether a word within the question is written as a name: “the Kursk”."""
    return unit.first > 0 and unit.text[0].isupper()


def _has_a_number_of(unit: Unit, fact: Fact) -> bool:
    """Whether a statement has a number beside what is counted, or is a figure of it."""
    if fact.kind == "Observation":
        return unit.met.get(fact.id, 0.0) >= _ROUGHLY
    same = {other for word in unit.words for other in wording().like(word)}
    words = re.findall(r"[^\W\d]+|\d[\d.,]*", fact.statement)
    own = [stem(word.lower()) for word in words]
    return any(
        (word[0].isdigit() and not _YEAR.fullmatch(word.strip(".,")))
        or word.lower() in grammar("numbers")
        for i, word in enumerate(words)
        if not same.isdisjoint(own[max(0, i - _BESIDE) : i + _BESIDE + 1])
    )


_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_BESIDE = 4
"""How many words may stand between a number and what it is of."""
_ROUGHLY, _TELLING = 0.42, 3
"""How well a figure has to meet what is counted, and how many plain words tell a matter by which
nothing is named."""
_TREATED = 0.6
"""How much of the rest of a question a fact has to account for, for its matter to be treated."""


def _undated(context: Context, reading: Reading) -> Outcome | None:
    hits = _near(context, context.units)
    best = next(iter(hits), None)
    if best is None or not (best.named and best.itself) or best.missing or best.score < _ALL_OF_IT:
        return None
    facts = facts_of(context.graph, [h.fact for h in hits[:_TOLD]], copies=context.copies)
    told = {f.id: f for f in facts}
    return _nothing(context, reading, _DATE, [told[h.fact] for h in hits[:_TOLD] if h.fact in told])


_ALL_OF_IT = 0.9
"""How much of a question for a day a fact has to account for that has none."""


def without_a_price(context: Context, readings: Sequence[Reading]) -> Outcome | None:
    """Nothing, of what something cost, where all else of the question is met and no price is told.

    Not so where a passage that has all else tells a sum of money: that may be the one.
    """
    if not readings or not asks_for_money(context):
        return None
    keys = [token.key for token in context.heard.tokens]
    rest = [u for u in context.units if grammar("money").isdisjoint(keys[u.first : u.last])]
    hits = [h for h in retrieve(rest, most=_PRICED) if h.named and h.itself and not h.missing]
    if not hits or len(rest) == len(context.units) or hits[0].plain[0] + len(rest) < _TOLD_OF:
        return None
    kept = postings(context.graph)
    own = [hit.fact for hit in hits if hit.score >= _OF_THE_MATTER * hits[0].score]
    known = kept.places(own)
    near = kept.around({place for iri in own for place in known[iri]}, 1)
    if any(tells_money(fact) for fact in facts_of(context.graph, {*own, *near})):
        return None
    about = tuple(e for m in context.heard.of("entity") for e in m.entities)
    also = facts_of(context.graph, own[:_TOLD], copies=context.copies)
    lacking = Lacking("price of what the question names", about)
    return Outcome(readings[0], "", 0.0, lacking=lacking, also=also)


_PRICED, _TOLD_OF, _OF_THE_MATTER = 20, 3, 0.9
"""So many facts are looked at for a price; so many parts beside it a question has to have; and the
share of what the best one meets that another has to meet to be of the same matter."""


def _near(context: Context, units: Sequence[Unit]) -> list[Hit]:
    return ranked(context, units, retrieve(units, most=_LOOKED_AT))


_LOOKED_AT = 40


# --- names ---------------------------------------------------------------------------------------


def nobody_known(context: Context, missing: Sequence[str]) -> UnknownName | None:
    """What to say of a first name and a surname that nothing in the answer has."""
    text = context.heard.question
    lost = [
        u for u in context.units
        if u.text in missing and not u.named and u.text[0].isupper() and not u.text.isupper()
    ]  # fmt: skip
    for one, other in pairwise(lost):
        if one.last != other.first or not (one.first and _strange(one, other)):
            continue
        start, end = context.heard.tokens[one.first].start, context.heard.tokens[other.last - 1].end
        try:
            resolve(context.graph, text[start:end])
        except UnknownName as error:
            return error
        except AmbiguousName:
            pass
    return None


def _strange(*units: Unit) -> bool:
    """Whether some of the words is none of English."""
    return any(not wording().is_english(word) for unit in units for word in unit.words)
