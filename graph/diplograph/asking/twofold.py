"""Two questions in one, where the passage that answers the first answers the second too.

Who asks “how many were ordered in 2001, and when were they delivered?” points back to what the
first part is about, and mostly to the sentence or the row of a table that tells of it. So the first
part is asked by itself, and the second one is put only to what the passages of its answer say: what
a “they” in it means need not be guessed. Where these have no answer, the whole is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from diplograph.asking.affirming import negative
from diplograph.asking.focus import focus_of
from diplograph.asking.hearing import hear
from diplograph.asking.matching import Reading, readings
from diplograph.asking.outcome import Context, Outcome, once
from diplograph.asking.postings import postings
from diplograph.asking.ranking import ranked
from diplograph.asking.retrieval import weigh
from diplograph.asking.templates import Template
from diplograph.asking.typed import tells
from diplograph.asking.units import units_of
from diplograph.facts import facts_of
from diplograph.model import PEOPLE, Fact

__all__ = [
    "SAYING",
    "Twofold",
    "asks_for_a_name",
    "of_that_year",
    "resolved",
    "says",
    "second_answer",
    "twofold",
    "with_that_year",
]

_VERBS = "is|are|was|were|did|does|do|has|have|had|will|would|can"
_JOINED = re.compile(
    r"\b(?P<one>where|when|who|what|how) and (?P<other>when|where|who|how)\b", re.IGNORECASE
)
_PLACED = r"(?:(?:on|in|at|by|under|for|from|to|with|of|through|against|over) )?"
_SECOND = re.compile(
    rf"(?:[,;]\s*|\s)(?:and|but|or)\s+(?:also\s+)?(?P<second>(?P<placed>{_PLACED})"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b(?!\s+else\b)[^?]*"
    rf"\b(?P<verb>{_VERBS})\b.*)",
    re.IGNORECASE,
)
_ELLIPTIC = re.compile(
    rf",?\s+and\s+(?P<second>{_PLACED}(?:which|what|whom|whose|how (?:many|much))\b(?! else)"
    r"(?: [\w'’-]+){1,9})\s*\?*$", re.IGNORECASE,
)  # fmt: skip
"""A second part that shares the verb of the first: “…, and on which networks?”."""
_OBJECT = re.compile(r"\w+ed (?:it|them|him|her)\b|\b(?:led|made|had|gave|ran) (?:it|them|him)\b")
_WHETHER = re.compile(
    r",\s*(?:and|but)\s+(?P<second>(?:is|are|was|were|did|does|do|has|have|had)\s+.{8,})$",
    re.IGNORECASE,
)
"""A second part that asks for a yes or no: “…, and were they ever delivered?”."""
_QUESTION = re.compile(
    r"^(?!.*\bbetween\b).*\b(?:who|whom|whose|what|which|when|where|why|how|did|does|do|was|were)\b",
    re.IGNORECASE,
)
"""What a first part has that is a question by itself, and no half of “between what and what”."""
_BARE = re.compile(r",?\s+and\s+(?P<second>why|how|when|where)\s*\??$", re.IGNORECASE)
_AFTER_A_STOP = re.compile(r"\.\s+(?:who|what|which|when|where|why|how)\b", re.IGNORECASE)
_AFTER_COMMA = re.compile(
    r"\b(?:who|what|which|when|where|why|how)\b.+(?P<comma>,\s*and\s+)"
    r"(?P<second>(?:who|what|which|when|where|why|how)\b(?!\s+else\b).{12,})",
    re.IGNORECASE,
)
_IF_SO = re.compile(
    r"[?.;,]\s*(?:and |but )?if (?:so|yes|they did|it did|it was|they were),?\s+(?P<second>"
    rf"{_PLACED}(?:who|whom|what|which|when|where|why|how)\b[^?]*?)\W*$",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(rf"how (?:much|many) according to (?!.*\b(?:{_VERBS})\b)", re.IGNORECASE)
"""The same asked of another source is no other question."""
_SENTENCES = re.compile(r"\?\s+(?=\S)")
_ASKING = re.compile(
    r"(?:and\s+)?(?:who|what|which|when|where|why|how|is|are|did|does|was|were)\b", re.IGNORECASE
)
_WITHOUT_VERB = re.compile(
    rf"(?!.*\b(?:{_VERBS})\b)(?:how (?:many|much)|which|what)(?: [\w-]+){{1,3}}", re.IGNORECASE
)
_MET, _MET_ITSELF = 0.65, 0.75
"""The share of the second part that a fact of the same passage has to meet; and one that has
answered the first part already, unless it is one that tells a matter whole."""
_FIRST = 3
"""So many facts of the answer to the first part are looked at."""
_AROUND = 1
"""How many characters may lie between two passages that are one."""
_ROW, _ROW_LONG = re.compile(r"\brow\b"), 200
"""A table's cells stand closely together, and only those of one row, which has so many characters
at most, tell of the same."""
_TOLD_IN_WORDS = frozenset({"why", "how"})
"""What cannot be told by a fact without any word of the question."""
_SAID_OF = re.compile(
    r"what (?:did|does|has|had) s?he (?:(?:him|her)self )?(?:say|said) (?:himself |herself )?"
    r"(?:of|about|on) (?:it|that|this)\W*$",
    re.IGNORECASE,
)
SAYING = frozenset({"say", "said", "tell", "told"})
_CAME_OF = re.compile(
    r"what (?:\w+ )?(?:came|come|became|become|happened) (?:of|to|with) "
    r"(?:it|that|this|(?:the|that|this) (?:plan|proposal|deal|talks?|idea|project|suggestion))\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"(?:(?:on|in|at|by|from|to|with|of) )?(?:which|what) (?:[a-z-]+ )?(?!(?:was|is|does|has)\b)"
    r"[a-z-]+[^su\W]s\b(?! (?:was|is|does|has)\b)",
    re.IGNORECASE,
)
"""A second part that asks for several, which a fact that tells a matter whole names together:
“which cities did he see?”."""
_OF_WORDS = 2
"""So many statements tell it: a reason is mostly not the first that meets the question."""


@dataclass(frozen=True)
class Twofold:
    """The two parts of a question, each a question by itself.

    ``loose``: the second only asks for one thing more of the same (“where and when”), so that the
    first is answered also where the second is not. ``told_whole``: the second goes on with
    the verb or the matter of the first, so that the whole may be asked as one. ``whether``: it asks
    for a yes or no.
    """

    first: str
    second: str
    loose: bool = False
    told_whole: bool = False
    whether: bool = False


def twofold(question: str) -> Twofold | None:
    """The parts of a question that is two in one; None for any other.

    >>> parts = twofold("How many were ordered, and when were they delivered?")
    >>> parts.first, parts.second
    ('How many were ordered?', 'when were they delivered?')
    """
    if_so = _IF_SO.search(question)
    if if_so:
        first = f"{question[: if_so.start()].rstrip(' ,;')}?"
        part = if_so["second"].strip()
        if len(part.split()) == 1:
            return Twofold(first, f"{part}: {first}", loose=True)
        return Twofold(first, f"{part}?")
    joined = _JOINED.search(question)
    once = _JOINED.sub(lambda m: m["one"], question)
    sentences = [s.strip() for s in _SENTENCES.split(once) if s.strip()]
    if len(sentences) > 1 and _ASKING.match(sentences[1]):
        return Twofold(f"{sentences[0].rstrip('?')}?", sentences[1])
    second = _SECOND.search(once)
    if second and not _AFTER_A_STOP.search(second["second"]):
        first = once[: second.start()].rstrip(" ,;")
        placed = bool(second["placed"])
        if not placed or _QUESTION.search(first):
            part = second["second"].strip()
            return Twofold(f"{_whole(first, second)}?", part, told_whole=placed)
    after = _AFTER_COMMA.search(once)
    if after and _OF_ANOTHER.match(after["second"]):
        return None
    if after:
        return Twofold(f"{once[: after.start('comma')]}?", after["second"].strip())
    elliptic = _ELLIPTIC.search(once)
    if elliptic and _QUESTION.search(once[: elliptic.start()]):
        part = elliptic["second"].strip()
        own = _OBJECT.search(part) is not None  # “which general led them” has a verb of its own
        return Twofold(f"{once[: elliptic.start()]}?", part, told_whole=not own)
    whether = _WHETHER.search(once)
    if whether and _QUESTION.search(once[: whether.start()]):
        return Twofold(f"{once[: whether.start()]}?", whether["second"].strip(), whether=True)
    bare = _BARE.search(once)
    if bare:
        first = f"{once[: bare.start()]}?"
        return Twofold(first, f"{bare['second']}: {first}", loose=True)
    if joined:
        return Twofold(once, _JOINED.sub(lambda m: m["other"], question), loose=True)
    return None


def _whole(first: str, second: re.Match[str]) -> str:
    """The first part, with the verb that it shares with the second where it has none of its own.

    So it is in “how many A and how many B were sold”.
    """
    if not _WITHOUT_VERB.fullmatch(first):
        return first
    return f"{first} {second.string[second.start('verb') :].rstrip(' ?')}"


_TOLD_BEFORE = re.compile(
    r"^(?P<told>[^?]*\b(?:19|20)\d\d\b[^?]*)[.;!]\s+(?P<asked>[^.?]*\bthat (?:same )?year\b.*)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def of_that_year(question: str) -> str | None:
    """The question by itself that follows a sentence with a year and points to it; None for none,
    and where it points to things that the sentence names besides.

    >>> of_that_year("In 1996 they got a licence. How many jets were ordered that year?")
    'How many jets were ordered in 1996?'
    """
    asked = with_that_year(question)
    return None if asked and _OF_THEM.search(asked) else asked


_OF_THEM = re.compile(
    r"\b(?:both|each|either|all|any|one) of (?:them|these|those)\b", re.IGNORECASE
)


def with_that_year(question: str) -> str | None:
    """The question that follows a sentence with a year and points to it, the year put in."""
    match = _TOLD_BEFORE.match(question)
    years = set(_YEAR.findall(match["told"])) if match else set()
    if match is None or len(years) != 1:
        return None
    (year,) = years
    asked = re.sub(
        r"\b(after|before|since|until|by|from) that (?:same )?year\b", rf"\1 {year}",
        match["asked"], flags=re.IGNORECASE,
    )  # fmt: skip
    return re.sub(
        r"\b(?:(?:in|for|against) )?that (?:same )?year\b", f"in {year}", asked,
        flags=re.IGNORECASE,
    )  # fmt: skip


def resolved(first: Context, outcome: Outcome, part: str) -> str | None:
    """A second part with the names that it points to, where there is but one of each; else None.

    What came of “it” is asked of the one agreement, project or weapon that the first part names, or
    else its first fact; what “he” said of “it”, of the one person and the one thing beside.
    """
    named = [e for m in first.heard.of("entity") if not m.soft for e in m.entities]
    if _SAID_OF.match(part):
        people = {e.label for e in named if e.type in PEOPLE}
        things = {e.label for e in named if e.type not in PEOPLE}
        if len(people) == len(things) == 1:
            return f"What did {people.pop()} say about {things.pop()}?"
    if not _CAME_OF.match(part) or not outcome.facts:
        return None
    named = [e for m in first.heard.of("entity") for e in m.entities]
    for told, types in ((named, _COMES_OF), (outcome.facts[0].others, _COMES_OF[:2])):
        found = {e.label: e.type for e in told if e.type in types}
        if len(found) == 1:
            ((label, kind),) = found.items()
            return f"What became of the {'talk of ' * (kind == _COMES_OF[2])}{label}?"
    return None


_COMES_OF = ("Agreement", "Project", "WeaponSystem")


def second_answer(
    first: Context,
    outcome: Outcome,
    part: str,
    templates: Sequence[Template],
    turned: bool = False,
) -> Outcome | None:
    """What the passages of an answer say to the second part of its question; None for nothing.

    Of rows of a table each has an answer of its own; of passages the first that has one is enough.
    Where the second was asked first (``turned``), a yes or no is left to the reader.
    """
    if asks_for_a_name(part):
        return _by_its_name(first, outcome)
    heard = hear(first.graph, part)
    units = tuple(units_of(heard))
    weigh(first.graph, units)
    named = (*heard.mentions, *first.heard.mentions)  # what either names is no answer
    context = replace(first, heard=replace(heard, mentions=named), units=units)
    broad = (r for r in readings(heard, templates, units) if r.template.broad)
    bare = Reading(outcome.reading.template, focus_of(heard), (), frozenset(), ())
    reading = next(broad, bare)
    if turned and reading.focus == "yes-no":
        reading = replace(reading, focus="what")
    if not units and reading.focus in _TOLD_IN_WORDS:
        return None
    sure = [fact for fact in outcome.facts if fact.holds != "possibly"]
    found: list[Fact] = []
    for fact in once((*sure, *outcome.facts))[:_FIRST]:
        row = {e.where for e in fact.evidence if _ROW.search(e.where)}
        if found and not row:
            break
        found += _of_passage(context, reading, outcome, fact, row)
    if not found:
        return None
    return Outcome(reading, "", outcome.confidence, once(found), notes=heard.notes)


def _by_its_name(first: Context, outcome: Outcome) -> Outcome | None:
    """The fact that answers the first part, where it has a name that this part does not have."""
    if not outcome.facts:
        return None
    fact = outcome.facts[0]
    if len(outcome.answers) == 1 and outcome.answers[0].entity.label in fact.statement:
        return replace(outcome, facts=(fact,), answers=())
    rows = first.graph.select(
        f"SELECT ?of ?name {{ <{fact.id}> dg:of ?of . ?of skos:prefLabel ?name }}"
    )
    asked = {e.id for m in first.heard.of("entity") for e in m.entities}
    named = all(row["name"] in fact.statement and row["of"] not in asked for row in rows)
    return replace(outcome, facts=(fact,), answers=()) if rows and named else None


def asks_for_a_name(part: str) -> bool:
    """Whether a part asks for nothing but the name of what the part before it tells of."""
    return _CALLED.match(part) is not None


_CALLED = re.compile(
    r"(?:and )?(?:what|how) (?:was|is|were|are|did|do) (?:it|they|that|this|he|she|people) "
    r"(?:called|named|call (?:it|them))\W*$|(?:and )?(?:under|by) (?:what|which) name\b",
    re.IGNORECASE,
)


def _of_passage(
    context: Context, reading: Reading, first: Outcome, fact: Fact, row: AbstractSet[str]
) -> list[Fact]:
    """What of the passage of another fact answers the reading, or of its row of a table."""
    kept = postings(context.graph)
    around = kept.around(kept.places([fact.id])[fact.id], _ROW_LONG if row else _AROUND)
    near = [fact.id, *sorted(around.keys() - {fact.id}, key=lambda f: (around[f], f))]
    told = {f.id for f in first.facts}
    if context.units:
        hits = ranked(context, context.units, context.scored(context.units).hits(near, len(near)))
        joining = kept.joining(near)
        near = [
            h.fact for h in hits
            if h.named and (h.itself or (h.fact in joining and not h.missing))
            and h.score >= (_MET_ITSELF if h.fact in told - joining else _MET)
        ]  # fmt: skip
    by_id = {f.id: f for f in facts_of(context.graph, near, copies=context.copies)}
    most = _OF_WORDS if reading.focus in _TOLD_IN_WORDS else 1
    if reading.focus == "which" and not row and _SEVERAL.match(context.heard.question):
        whole = kept.joining(near)
        near = [*(iri for iri in near if iri in whole), *(iri for iri in near if iri not in whole)]
    found: list[Fact] = []
    for own in (by_id[iri] for iri in near if iri in by_id):
        if own.id in told and _is_used_up(context, own, reading.focus, first.reading.focus):
            continue
        if row and row.isdisjoint(e.where for e in own.evidence):
            continue
        if _tells(context, reading, own):
            found.append(own)
        if len(found) == most:
            break
    return found


def _is_used_up(context: Context, fact: Fact, focus: str, asked: str) -> bool:
    """Whether a fact has told with the first answer all that it has: its figure, or its day."""
    if "measure" in fact.values and context.units:
        return True
    return focus == asked and focus in ("when", "where", "how-many")


def _tells(context: Context, reading: Reading, fact: Fact) -> bool:
    """Whether a fact tells what the second part asks for; when something was not is no answer.

    Nor is what was done an answer to what somebody said of it.
    """
    keys = [token.key for token in context.heard.tokens]
    said = next((i for i, key in enumerate(keys) if key in SAYING), None)
    bare = said is not None and all(unit.first < said for unit in context.units)
    if bare and reading.focus in ("what", "which", "how") and not says(context, fact):
        return False
    return tells(context, reading, fact) and not (reading.focus == "when" and negative(fact))


def says(context: Context, fact: Fact) -> bool:
    """Whether a fact is what somebody said whom the question names, of all else that it names."""
    rows = context.graph.select(f"SELECT ?agent {{ <{fact.id}> dg:agent ?agent ; dg:mode ?mode }}")
    mentions = [m for m in context.heard.of("entity") if not m.soft]
    told = {e.id for e in fact.others}
    speaks = any(e.id == row["agent"] for row in rows for m in mentions for e in m.entities)
    return speaks and all(any(e.id in told for e in m.entities) for m in mentions)
