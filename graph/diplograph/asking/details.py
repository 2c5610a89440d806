"""Whether facts have the detail that a question asks for of what they tell.

The matter of a question may be told without the detail: that two met, and not what one said to the
other; that a delegation came, and not who led it; how many took part, and not how many of them were
Chinese. Each check looks for one kind of detail and says in words which one the facts lack; an
empty text says that they may have it. What is not sure to be lacking is taken to be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from diplograph.asking.focus import head_of
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome, once
from diplograph.asking.parts import Mention
from diplograph.asking.typed import AGENTS, tells_number
from diplograph.asking.wording import grammar, wording
from diplograph.model import Fact
from diplograph.namespaces import values_clause
from diplograph.stems import stem, stems
from diplograph.store import Graph

__all__ = ["DETAILS", "asks_for_a_reaction", "asks_for_words", "not_said"]

# --- what somebody said, answered or felt --------------------------------------------------------


def not_said(context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]) -> str:
    """The words or the reaction of the one named: “What did Tang tell Ivanov?”."""
    if reading.focus not in ("what", "which", "how", "list"):
        return ""
    asked = _said_by(context)
    if asked is None:
        return ""
    speakers, what = asked
    people = [e for m in speakers for e in m.entities]
    office = _office(context, speakers)
    if not any(e.type in AGENTS for e in people) or office is None:
        return ""
    every = once((*facts, *outcome.facts))
    telling = [fact for fact in every if _is_of_it(context, fact)] or every
    own = {e.id for e in people}
    roles = _roles(context.graph, {f.id for f in telling}) - context.heard.authors
    if roles & own or (office and roles):
        return ""
    if what == _WORDS and any(_has_the_very_verb(context, fact) for fact in telling):
        return ""
    if any(not _stems("silent").isdisjoint(stems(fact.statement)) for fact in telling):
        return ""
    names = _names_of(context.graph, tuple(sorted(own))) | ({office} if office else set())
    if any(_speaks(fact.statement, names, what == _REACTION) for fact in telling):
        return ""
    return f"{what} of {' and '.join(dict.fromkeys(e.label for e in people))}"


def _has_the_very_verb(context: Context, fact: Fact) -> bool:
    """Whether a statement has the verb that the question asks by, or one of the same meaning, where
    that is more than to say or to tell: “promise”, “vow”; what would be is a promise as well."""
    keys = {t.key for t in context.heard.tokens}
    if keys & grammar("promising") and _WOULD.search(fact.statement):
        return True
    asked = {t.stem for t in context.heard.tokens if t.key in grammar("saying") - grammar("say")}
    same = {p[0] for word in asked for p in wording().same((word,)) if len(p) == 1}
    return not same.isdisjoint(stems(fact.statement))


_WOULD = re.compile(r"\b(?:would|will|is to|are to)\b")


def _is_of_it(context: Context, fact: Fact) -> bool:
    """Whether a fact meets each name and date of the question."""
    return all(fact.id in u.met for u in context.units if u.named)


_WORDS, _REACTION = "statement", "reaction"


def asks_for_words(context: Context) -> bool:
    """Whether a question asks what somebody said or how such a one reacted."""
    return _said_by(context) is not None


def asks_for_a_reaction(context: Context) -> bool:
    """Whether a question asks how somebody reacted to something."""
    asked = _said_by(context)
    return asked is not None and asked[1] == _REACTION


def _said_by(context: Context) -> tuple[list[Mention], str] | None:
    """Who is to have said something, by the question, and whether it was an answer to something."""
    tokens = context.heard.tokens
    keys = [token.key for token in tokens]
    first = next((i for i, k in enumerate(keys) if k in ("what", "which", "how")), None)
    if first is None:
        return None
    aux = next((i for i in range(first + 1, len(keys)) if keys[i] in grammar("auxiliary")), None)
    if aux is None or aux > first + 3:
        return None
    nouns = set(keys[first + 1 : aux])
    if keys[aux] in ("is", "was", "were", "are"):  # “what was Tokyo's answer”
        last = next((i for i in range(aux + 1, len(keys)) if keys[i] in grammar("answering")), None)
        if last is None or nouns or keys[first] == "how":
            return None
        led = keys[last + 1] if last + 1 < len(keys) else ""
        before = _named_in(context, aux + 1, last)
        if led == "of" and not before:
            before = _named_in(context, last + 2, last + 5)
        return (before, _REACTION) if before else None
    verb = next((i for i in range(aux + 1, min(len(keys), aux + _SUBJECT)) if _asks(keys[i])), None)
    if verb is None or not (speakers := _named_in(context, aux + 1, verb)):
        return None
    if keys[verb + 1 : verb + 2] in (["us"], ["me"]):
        return None
    if keys[verb] in _UTTERING and not nouns & grammar("utterances"):
        return None
    answers = keys[verb] in grammar("answers")
    if keys[first] == "how":
        return (speakers, _REACTION) if answers else None
    if nouns and not nouns & grammar("utterances"):
        return None
    answers = answers or bool(nouns & grammar("answering"))
    return speakers, _REACTION if answers else _WORDS


_SUBJECT = 8
"""So many words after the auxiliary a subject and its verb have at most."""


def _asks(key: str) -> bool:
    return key in grammar("saying") | grammar("answers") or key in _UTTERING


_UTTERING = ("give", "make", "put", "raise")
"""What one does with a promise or a question."""


def _named_in(context: Context, first: int, last: int) -> list[Mention]:
    """The names in a stretch of the question, none of which stands for a thing."""
    named = [m for m in context.heard.of("entity") if first <= m.first and m.last <= last]
    return named if all(not m.soft for m in named) else []


def _office(context: Context, speakers: Sequence[Mention]) -> str | None:
    """The office by which the one meant is told, an empty text where there is a name; None where
    it is not sure who is meant."""
    if any(e.type in ("Person", "Leader") for m in speakers for e in m.entities):
        return ""
    first, last = speakers[0].first, speakers[-1].last
    inside = {i for m in speakers for i in range(m.first, m.last)}
    tokens = context.heard.tokens
    end = next((i for i in range(last, len(tokens)) if _ends_the_subject(tokens[i].key)), last)
    around = [
        tokens[i].key for i in range(first, end) if i not in inside and tokens[i].key not in _SMALL
    ]  # fmt: skip
    if not around:
        return ""
    return around[-1] if around[-1] in grammar("offices") | {"president", "leader"} else None


def _ends_the_subject(key: str) -> bool:
    return _asks(key) or key in grammar("auxiliary") or key in _SMALL


_SMALL = ("the", "a", "of", "and", "official", "officially", "public", "publicly")


@lru_cache(maxsize=64)
def _names_of(graph: Graph, entities: tuple[str, ...]) -> frozenset[str]:
    """What entities are called in statements, surnames and peoples among it."""
    query = f"""SELECT ?e ?name WHERE {{ {values_clause("e", entities)}
        ?e skos:prefLabel|skos:altLabel|skos:notation ?name }}"""
    names = {name for _, name in graph.pairs(query) if name}
    names |= {name.split()[-1] for name in names if name[-1].islower() and len(name.split()) == 2}
    for phrase, country in wording().demonyms.items():
        if len(phrase) == 1 and country in {name.lower() for name in names}:
            names.add(phrase[0].capitalize())
    return frozenset(names)


def _speaks(statement: str, names: Iterable[str], reacts: bool) -> bool:
    """Whether a statement tells what one of these names said, or how such a one felt about it."""
    called = "|".join(re.escape(name) for name in sorted(names, key=lambda n: -len(n)))
    name = re.compile(rf"\b(?:{called})\b")
    for clause in _CLAUSE.split(statement):
        for found in name.finditer(clause):
            before = re.findall(r"[\w’']+", clause[: found.start()])
            before = [word for word in before if word.lower() not in _TITLES]
            after = _after_the_name(clause[found.end() :])
            shares = before[-1:] == ["of"] and before[-2:-1] in _SHARES
            if before and before[-1].lower() in _TO and not shares:
                after = "" if before[-1].lower() != "by" else " ".join(before[-4:])
            said = {stem(word) for word in re.findall(r"[a-z]+", after)}
            if said & _stems("speaking"):
                return True
        if reacts and name.search(clause):
            felt = {stem(word.lower()) for word in re.findall(r"[A-Za-z]+", clause)}
            if felt & _stems("reacting"):
                return True
    return False


def _after_the_name(text: str) -> str:
    """What follows a name, up to the next one, without what is put in and what was done to it."""
    text = re.sub(r"^,(?: [^\s,]+){1,6},", "", text)
    text = _DONE_TO.sub("", text)
    text = re.sub(r"\b[A-Z]\w*['’]s\b", "", text)
    return re.split(r"\b(?=[A-Z])", text, maxsplit=1)[0]


@lru_cache(maxsize=4)
def _stems(part: str) -> frozenset[str]:
    return frozenset(map(stem, grammar(part)))


_SHARES = (["percent"], ["half"], ["most"], ["many"], ["some"])
_CLAUSE = re.compile(r"[.;:]\s")
_DONE_TO = re.compile(r"\b(?:was|were|been|be|is|are) (?:\w+ly )?(?!quoted)\w+ by\b")
_TITLES = ("the", "president", "minister", "foreign", "defence", "defense", "prime", "deputy")
_TO = frozenset(
    {"with", "to", "of", "under", "towards", "in", "at", "from", "against", "telephoned", "called",
     "told", "informed", "met", "rang", "for", "about", "on", "by", "press", "pressed", "between"}
)  # fmt: skip
"""Words after which a name is not that of the one who speaks, unless a “by” follows the verb."""


def _roles(graph: Graph, facts: set[str]) -> set[str]:
    """Those who say or hold what facts tell, or did it alone."""
    pairs = graph.pairs(
        f"""SELECT ?fact ?who WHERE {{ {values_clause("fact", sorted(facts))}
            {{ ?fact a ?class ; dg:agent ?who FILTER(?class IN (dg:Claim, dg:Stance, dg:Denial)) }}
            UNION {{ ?fact dg:attributedTo ?who }}
            UNION {{ ?fact a dg:StageFact ; dg:by ?who
                FILTER NOT EXISTS {{ ?fact dg:by ?other FILTER(?other != ?who) }} }}
            UNION {{ ?fact dg:agent/dg:bodyOf ?who ; a ?class
                FILTER(?class IN (dg:Claim, dg:Stance)) }} }}"""
    )
    return {who for _, who in pairs if who}


# --- persons -------------------------------------------------------------------------------------


def _no_person(context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]) -> str:
    """Who did something in the name of a state, or led a part of it: “Who signed for Moscow?”."""
    if reading.focus != "who":
        return ""
    keys = [token.key for token in context.heard.tokens]
    who = next((i for i, k in enumerate(keys) if k in ("who", "whom")), None)
    if who is None or who + 1 >= len(keys):
        return ""
    verb = keys[who + 1]
    leads = verb in grammar("leading") and bool(set(keys[who + 2 :]) & grammar("led"))
    acts = verb in grammar("representing") and _for_a_side(context, who + 2)
    if not (leads or acts):
        return ""
    asked = {e.id for m in context.heard.of("entity") for e in m.entities}
    told = [a.entity for a in outcome.answers]
    told += [
        e for f in once((*facts, *outcome.facts)) for e in f.others
        if not leads or _LEADS.search(f.statement)
    ]  # fmt: skip
    named = (e for e in told if e.type in ("Person", "Leader") and e.id not in asked)
    if any(e.id not in context.heard.authors for e in named):
        return ""
    return "name of the one asked for"


_LEADS = re.compile(
    r"\b(?:led|leads?|leading|headed|heads|heading|commanded|chaired|chairs|under)\b"
)


def _for_a_side(context: Context, start: int) -> bool:
    """Whether it was done for one side: “for the Soviets”, “on the Russian side”, “for Moscow”."""
    tokens = context.heard.tokens
    for mention in context.heard.of("entity"):
        if mention.first < start or not any(e.type == "Country" for e in mention.entities):
            continue
        before = [t.key for t in tokens[max(0, mention.first - 3) : mention.first]]
        before = [key for key in before if key != "the"]
        after = tokens[mention.last].key if mention.last < len(tokens) else ""
        if (
            before[-1:] == ["for"]
            or before[-2:] == ["behalf", "of"]
            or before[-2:] == ["part", "of"]
        ):
            return True
        if before[-1:] in (["on"], ["from"]) and after in ("side", "part", "end"):
            return True
    return False


# --- things asked for by a noun ------------------------------------------------------------------


def _no_answering_noun(
    context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]
) -> str:
    """What is asked for by a noun that no fact has: “Which factory made it?”."""
    if not reading.template.broad or reading.focus not in ("which", "what") or outcome.answers:
        return ""
    head = head_of(context.heard, "which")
    if head is None:
        return ""
    token = context.heard.tokens[head]
    after = context.heard.tokens[head + 1].key if head + 1 < len(context.heard.tokens) else ""
    if token.key in grammar("ranks"):
        if after in grammar("auxiliary"):
            return ""
        ranked = re.compile(rf"\b{re.escape(token.key.rstrip('s'))} [A-Z]", re.IGNORECASE)
        if not any(ranked.search(f.statement) for f in (*facts, *outcome.facts)):
            return f"name of {token.text}"
        return ""
    unit = next((u for u in context.units if u.first <= head < u.last), None)
    if unit is None or unit.named or token.key not in grammar("makers"):
        return ""
    asked = {e.id for m in context.heard.of("entity") for e in m.entities}
    for fact in (*facts, *outcome.facts):
        if any(e.type == "Organization" and e.id not in asked for e in fact.others):
            return ""
        if token.stem in stems(fact.statement):
            return ""
    return f"{token.text} asked for"


# --- numbers, days, places -----------------------------------------------------------------------


def _no_number(context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]) -> str:
    """A number at all, where nothing but a number can be the answer."""
    keys = [token.key for token in context.heard.tokens]
    listed = outcome.answers and grammar("perishing").isdisjoint(keys)
    if reading.focus != "how-many" or listed or "level" in outcome.extra:
        return ""
    if not any(pair in (("how", "many"), ("how", "much")) for pair in pairwise(keys)):
        return ""
    for fact in (*facts, *outcome.facts):
        words = set(re.findall(r"[a-z]+", fact.statement.lower()))
        if tells_number(context, fact) or words & grammar("how-much") or fact.values.get("value"):
            return ""
    return "number of what is asked about"


def _no_counted_part(
    context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]
) -> str:
    """How many of some were of one people or kind: “How many of the soldiers were Chinese?”."""
    if reading.focus != "how-many":
        return ""
    tokens = context.heard.tokens
    keys = [token.key for token in tokens]
    start = next(
        (i for i in range(len(keys) - 2) if keys[i : i + 3] == ["how", "many", "of"]), None
    )
    if start is None:
        return ""
    named = context.heard.of("entity")
    last = max(named, key=lambda m: m.last, default=None)
    if last is None or last.last != len(tokens) or not last.adjective:
        return ""
    if keys[last.first - 1] not in grammar("auxiliary"):
        return ""
    names = _names_of(context.graph, tuple(sorted(e.id for e in last.entities)))
    if any(_numbered(fact.statement, names) for fact in (*facts, *outcome.facts)):
        return ""
    return f"number of {last.text} among them"


def _numbered(statement: str, names: Iterable[str]) -> bool:
    """Whether a number stands beside one of the names."""
    called = "|".join(re.escape(name) for name in names)
    near = r"(?:\W+\w+){0,3}\W+"
    number = r"(?:\d{1,3}(?:,\d{3})+|(?!(?:19|20)\d\d\b)\d+(?:\.\d+)?|half|third|most)"
    return bool(
        re.search(rf"\b{number}{near}(?:{called})|\b(?:{called})\w*{near}{number}\b", statement)
    )


def _no_finer_day(
    context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]
) -> str:
    """The day of what is told only with the time that the question has itself."""
    if reading.focus != "when" or outcome.answers or reading.template.call:
        return ""
    keys = [token.key for token in context.heard.tokens]
    if not any(
        one in ("what", "which") and other in ("day", "date", "month")
        for one, other in pairwise(keys)
    ):
        return ""
    spans = [
        (str(m.period.earliest), str(m.period.latest))
        for m in context.heard.of("date") if m.period and m.period.earliest and m.period.latest
    ]  # fmt: skip
    if not spans:
        return ""
    for fact in (*facts, *outcome.facts):
        when = fact.when
        if when is None or not (when.earliest and when.latest):
            continue
        if not any(first >= when.earliest and last <= when.latest for first, last in spans):
            return ""
    return "day of what is asked about"


def _no_other_place(
    context: Context, reading: Reading, outcome: Outcome, facts: Sequence[Fact]
) -> str:
    """Where something was, where only the places that the question has itself are told."""
    if reading.focus != "where" or not outcome.answers:
        return ""
    asked = {e.id for m in context.heard.of("entity") for e in m.entities}
    if any(a.entity.id not in asked for a in outcome.answers):
        return ""
    return "place of what is asked about"


DETAILS = (
    not_said, _no_person, _no_answering_noun, _no_number, _no_counted_part, _no_finer_day,
    _no_other_place,
)  # fmt: skip
"""The checks, in the order in which they are made."""
