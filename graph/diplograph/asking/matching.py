"""Which templates a question can be meant as, and what each makes of its parts.

A template matches where its focus is the question's, each of its cues stands in the question, and
each of its slots finds a name, kind or class of its type. What a template does not take up itself
(names, kinds, plain words that are no fillers) must be met by the facts of the answer; a template
that takes no topic and leaves something over does not match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from diplograph.asking.hearing import Concept, Heard, Mention
from diplograph.asking.retrieval import Unit
from diplograph.asking.templates import Slot, Template
from diplograph.asking.wording import Phrase, wording
from diplograph.errors import NotUnderstood
from diplograph.model import Entity
from diplograph.stems import stem

__all__ = ["Filled", "Reading", "focus_of", "readings", "refuse_what_cannot_be_one_question"]

_SUBCLASSES = {
    "Agent": ("Country", "Organization", "Person", "Leader"),
    "Person": ("Leader",),
    "Thing": ("Agreement", "Project", "Event", "ArmsTransfer"),
    "Party": ("Country", "Organization"),
}
_AUXILIARY = frozenset(
    "is are was were be did does do has have had can could will would should might must may".split()
)
_QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
_VERBS = frozenset(
    "became happened came ties tied links linked connects connected made caused led drove kept"
    .split()
)
_NUMBER = frozenset("many much large big high far long old often".split())


@dataclass(frozen=True)
class Filled:
    """What fills a slot."""

    slot: Slot
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...] = ()
    concepts: tuple[Concept, ...] = ()
    class_name: str = ""
    year: str = ""

    @property
    def shown(self) -> str:
        """The labels of what fills it."""
        labels = [e.label for e in self.entities] or [c.label for c in self.concepts]
        return ", ".join(dict.fromkeys(labels)) or self.class_name or self.year


@dataclass(frozen=True)
class Reading:
    """A question read as a template: its slots, the tokens it takes up, the units left over."""

    template: Template
    focus: str
    slots: tuple[Filled, ...]
    used: frozenset[int]
    rest: tuple[Unit, ...] = field(compare=False)
    fit: float = 0.0
    words: frozenset[str] = frozenset()
    """The keys of the words that it takes up."""
    answer_class: str = ""
    """The class that the noun asked for names, which the answers must be of."""

    def filled(self, name: str) -> Filled | None:
        """What fills the slot of that name."""
        return next((f for f in self.slots if f.slot.name == name), None)


# --- focus ---------------------------------------------------------------------------------------


def focus_of(heard: Heard) -> str:
    """What the question wants to know; see :data:`~diplograph.asking.templates.FOCUSES`."""
    keys = [token.key for token in heard.tokens]
    for i, key in enumerate(keys):
        following = keys[i + 1] if i + 1 < len(keys) else ""
        if key in ("who", "whom", "whose"):
            return "who"
        if key == "when":
            if i == 0 or following in _AUXILIARY and keys[0] not in _QUESTION_WORDS | _AUXILIARY:
                return "when"
            continue
        if key == "where":
            return "where"
        if key == "why":
            return "why"
        if key == "how":
            return "how-many" if following in _NUMBER else "how"
        if key in ("which", "what"):
            if following in ("year", "month", "date", "day", "years", "days", "dates", "months", "time"):
                return "when"
            if following in ("city", "cities", "country", "place", "town") and i > 0:
                before = keys[i - 1]
                return "where" if before in ("in", "at") else "which"
            if following in ("percentage", "share", "proportion", "number", "volume", "amount"):
                return "how-many"
            if not following or following in _AUXILIARY or following in _VERBS:
                return "what"
            after = [m for m in heard.mentions if i < m.first <= i + 3]
            return "who" if any(m.name == "Person" for m in after) else "which"
        if i == 0 and key in ("name", "list", "show", "give", "compare", "describe"):
            people = [m for m in heard.of("class") if m.name == "Person" and m.first <= 4]
            return "who" if people else "list"
        if i == 0 and key in _AUXILIARY:
            return "which" if "or" in keys[2:] else "yes-no"
    if keys and keys[0] in ("number", "count"):
        return "how-many"
    clause = re.search(r"[,;:]\s+(\w+)", heard.question)
    return "yes-no" if clause and clause[1].lower() in _AUXILIARY else "list"


def head_of(heard: Heard, focus: str) -> int | None:
    """The place of the noun that the question word asks for: “which SCO *summit* did …”.

    None where it asks for none, or where the noun is as general as the question word.
    """
    if focus not in ("which", "how-many", "who"):
        return None
    keys = [token.key for token in heard.tokens]
    first = next((i + 1 for i, k in enumerate(keys) if k in ("which", "what")), None)
    if focus == "how-many":
        first = next((i + 1 for i, k in enumerate(keys) if k in ("many", "much")), None)
    if first is None:
        return None
    last = first
    while last < len(keys) and keys[last] not in _AUXILIARY and keys[last] not in _STOPS:
        last += 1
    fillers = wording().fillers
    nouns = [
        m for m in heard.mentions
        if m.kind in ("concept", "class") and first <= m.first and m.last <= last
    ]  # fmt: skip
    named = {i for m in heard.of("entity") if not m.soft for i in range(m.first, m.last)}
    content = [
        i for i in range(first, last) if heard.tokens[i].stem not in fillers and i not in named
    ]  # fmt: skip
    if last < len(keys) and keys[last] in _AUXILIARY and last - first <= _LONGEST_PHRASE:
        return content[-1] if content else None
    if nouns and (not content or nouns[0].first - content[0] <= 2):
        return nouns[0].last - 1
    return content[0] if content else None


_LONGEST_PHRASE = 5
_STOPS = frozenset("of in on at to for from by with under about between was were".split())

# --- what cannot be one question -----------------------------------------------------------------

_JOINED = re.compile(r"\b(where|when|who|what) and (when|where|who|how)\b", re.IGNORECASE)
_SECOND = re.compile(
    r"(?:[,;]\s*|\s)(?:and|but|or)\s+(?:also\s+)?(?P<second>(?:who|whom|whose|what|which|when|where|"
    r"why|how)\b(?!\s+else\b)[^?]*\b(?:is|are|was|were|did|does|do|has|have|had|will|would|can)\b.*)",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"\?\s+(?=\S)")
_FOLLOWS = re.compile(
    r"^(?:and|but|so|also|what about|how about|and what about|and how about|or)\b", re.IGNORECASE
)
_PRONOUNS = frozenset(
    "they them their theirs he him his she her hers it its there these those".split()
)
_BACKWARD = re.compile(
    r"\b(?:that|this|those|these)\s+(?:one|ones|summit|meeting|treaty|agreement|deal|accord|visit|"
    r"year|month|country|countries|contract|time|event|case|same)\b|\bthe (?:latter|former)\b|"
    r"\b(?:year|month|day|week) (?:after|before)(?: that)?\s*\??$|\bafter that\b|\bafterwards\b",
    re.IGNORECASE,
)


def refuse_what_cannot_be_one_question(heard: Heard) -> None:
    """Raise :class:`~diplograph.errors.NotUnderstood` for two questions and for follow-up words.

    A follow-up word may point to something named before it in the same question.
    """
    text = heard.question
    second = _SECOND.search(_JOINED.sub(r"\1", text))
    if second:
        part = second["second"].strip()
        raise NotUnderstood(f"these are two questions; “{part}” has to be asked by itself.", part)
    sentences = [s for s in _SENTENCES.split(text) if s.strip()]
    if len(sentences) > 1 and any(
        re.match(
            r"(?:and\s+)?(?:who|what|which|when|where|why|how|is|are|did|does|was|were)\b", s, re.I
        )
        for s in sentences[1:]
    ):
        part = sentences[1].strip()
        raise NotUnderstood(f"these are two questions; “{part}” has to be asked by itself.", part)
    if not heard.tokens:
        raise NotUnderstood("the question has no words.", text)
    strong = [m for m in heard.mentions if m.kind == "entity"]
    for i, token in enumerate(heard.tokens):
        if token.key not in _PRONOUNS:
            continue
        following = heard.tokens[i + 1].key if i + 1 < len(heard.tokens) else ""
        if token.key == "there" and (following in _AUXILIARY or _after_auxiliary(heard, i)):
            continue
        if token.key == "it" and (following in ("that", "is", "was") or _after_auxiliary(heard, i)):
            if any(t.key == "that" for t in heard.tokens[i:]) or following == "true":
                continue
        if token.key in ("these", "those") and following not in ("", *_AUXILIARY):
            if any(m.first <= i + 1 < m.last for m in heard.mentions):
                continue
        owned = token.key in ("its", "their") and bool(strong)
        if not owned and not any(m.first < i for m in strong):
            raise NotUnderstood(
                f"“{token.text}” points to something that the question does not name; "
                "write what is meant.",
                token.text,
            )
    back = _BACKWARD.search(text)
    if back and not strong:
        raise NotUnderstood(
            f"“{back[0].strip()}” points to an earlier question; write what is meant.", back[0]
        )
    if _FOLLOWS.match(text) and not strong:
        word = text.split()[0]
        raise NotUnderstood(
            f"“{word} …” follows up on an earlier question; write the whole of it.", word
        )


def _after_auxiliary(heard: Heard, place: int) -> bool:
    return place > 0 and heard.tokens[place - 1].key in _AUXILIARY


# --- readings ------------------------------------------------------------------------------------


def readings(heard: Heard, templates: Sequence[Template], units: Sequence[Unit]) -> list[Reading]:
    """The ways in which the question can be read, those that take up most of it first."""
    focus = focus_of(heard)
    found = [r for t in templates for r in _read(heard, t, focus, units)]
    return sorted(found, key=lambda r: (r.template.broad, -r.fit, r.template.place))


def _read(heard: Heard, template: Template, focus: str, units: Sequence[Unit]) -> Iterator[Reading]:
    if focus not in template.focus:
        return
    if any(_find(heard, template.never, frozenset())):
        return
    best: list[Reading] = []
    for filled in _fill(heard, template):
        slotted = {i for f in filled for m in f.mentions for i in range(m.first, m.last)}
        cued = _cues(heard, template, frozenset(slotted))
        if cued is None or not _allowed(heard, template, filled, slotted):
            continue
        used = slotted | cued | _taken_along(heard, template, slotted | cued)
        noun = _noun(heard, template, focus)
        if noun is not None and not template.broad:
            used |= set(range(noun.first, noun.last))
        head = head_of(heard, focus) if template.call in ("", "links") else None
        if head is not None and template.asks_for_entities and not template.broad:
            if head not in used:
                continue
        rest = tuple(u for u in units if not any(i in used for i in range(u.first, u.last)))
        if rest and "topic" not in template.takes:
            continue
        if not rest and not filled and not _bounded(heard, template):
            continue
        words = frozenset(heard.tokens[i].key for i in used)
        answers = noun.name if noun else ""
        fit = _fit(heard, filled, cued)
        if template.options.get("by") == "sources":
            fit += _TWO_SOURCES
        found = Reading(template, focus, filled, frozenset(used), rest, fit, words, answers)
        best.append(found)
    top = max((r.fit for r in best), default=0.0)
    yield from [r for r in best if r.fit >= top][:2]


_TWO_SOURCES = 3.0
"""What it adds to the fit of a comparison of sources that the question names two."""


def _allowed(
    heard: Heard, template: Template, filled: Sequence[Filled], slotted: Iterable[int]
) -> bool:
    """Whether the question is of the form that the options of the template ask for."""
    options = template.options
    if options.get("by") == "sources" and len(_sources_named(heard)) < 2:
        return False
    if options.get("once") and _repeated(heard, filled):
        return False
    return not options.get("alone") or _alone(heard, slotted)


def _taken_along(heard: Heard, template: Template, taken: set[int]) -> set[int]:
    """The tokens that a template takes up without their being asked for."""
    used = {i for places in _find(heard, template.also, frozenset(taken)) for i in places}
    if template.takes & {"period", "as-of", "any-time"}:
        used |= {i for m in heard.of("date") for i in range(m.first, m.last)}
    for mention in heard.of("source"):
        if not mention.name or "source" in template.takes:
            used |= set(range(mention.first, mention.last))
    return used


def _noun(heard: Heard, template: Template, focus: str) -> Mention | None:
    """The class of things that the question asks for, where its noun names one."""
    head = head_of(heard, focus) if template.call in ("", "links") else None
    if head is None:
        return None
    return next((m for m in heard.of("class") if m.first <= head < m.last), None)


def _sources_named(heard: Heard) -> set[str]:
    """The sources that the question names, or their authors."""
    names = {m.name for m in heard.of("source") if m.name}
    return names | {e.id for m in heard.of("entity") for e in m.entities if e.id in heard.authors}


def _repeated(heard: Heard, filled: Sequence[Filled]) -> bool:
    """Whether the question names what is in a slot more than once."""
    named = [e.id for m in heard.of("entity") for e in m.entities]
    return any(named.count(e.id) > 1 for f in filled for e in f.entities)


def _bounded(heard: Heard, template: Template) -> bool:
    """Whether a template without slots may take a question that narrows it by nothing else."""
    if template.options.get("whole") or "topic" not in template.takes:
        return True
    return "period" in template.takes and bool(heard.of("date"))


_JOINS = frozenset("the a an and of with".split())


def _alone(heard: Heard, slotted: Iterable[int]) -> bool:
    """Whether the question is nothing but the names in its slots."""
    places = set(slotted)
    return all(i in places or t.key in _JOINS for i, t in enumerate(heard.tokens))


def _fit(heard: Heard, filled: Sequence[Filled], cued: Iterable[int]) -> float:
    fillers = wording().fillers
    content = sum(heard.tokens[i].stem not in fillers for i in cued)
    fit = 1.5 * content + 0.75 * (len(set(cued)) - content)
    for f in filled:
        for mention in f.mentions:
            fit += 2.0 * (mention.last - mention.first)
            if f.slot.after:
                fit += 1.0 if mention.before in f.slot.after else 0.0
            if f.slot.first:
                names = [m for m in heard.mentions if _fits(m, f.slot)]
                fit += 1.0 if mention is names[0] else 0.0
            if "adjective" in f.slot.after and mention.adjective:
                fit += 1.0
    return fit


def _cues(heard: Heard, template: Template, taken: frozenset[int]) -> set[int] | None:
    used: set[int] = set()
    for cue in template.says:
        places = next(iter(_find(heard, cue, taken | used)), None)
        if places is None:
            return None
        used |= places
    return used


def _find(
    heard: Heard, phrases: frozenset[Phrase], taken: frozenset[int] | set[int]
) -> list[set[int]]:
    """The places of the phrases in the question, the longest first."""
    stems = [token.stem for token in heard.tokens]
    present = set(stems)
    likely = [phrase for phrase in phrases if present.issuperset(phrase)]
    if not likely:
        return []
    named = {
        i for m in heard.mentions for i in range(m.first, m.last)
        if m.kind == "date" or (m.kind == "entity" and not m.soft)
    }  # fmt: skip
    found = []
    for phrase in sorted(likely, key=lambda p: (-len(p), p)):
        for first in range(len(stems) - len(phrase) + 1):
            places = set(range(first, first + len(phrase)))
            if tuple(stems[first : first + len(phrase)]) != phrase:
                continue
            if not places & set(taken) and not places & named:
                found.append(places)
    return found


def _fill(heard: Heard, template: Template) -> Iterator[tuple[Filled, ...]]:
    """The ways to fill a template's slots, no mention twice."""
    choices: list[list[Filled | None]] = []
    for slot in template.slots:
        options: list[Filled | None] = list(_options(heard, slot))
        if slot.optional:
            options.append(None)
        if not options:
            return
        choices.append(options)
    for number, combination in enumerate(product(*choices)):
        if number > 400:
            return
        filled = [f for f in combination if f is not None]
        taken: set[int] = set()
        clash = False
        same: set[tuple[str, ...]] = set()
        for f in filled:
            places = {i for m in f.mentions for i in range(m.first, m.last)}
            ids = tuple(e.id for e in f.entities)
            clash = clash or bool(places & taken) or (bool(ids) and ids in same)
            taken |= places
            same.add(ids)
        if not clash:
            yield tuple(filled)


def _options(heard: Heard, slot: Slot) -> Iterator[Filled]:
    for mention in heard.mentions:
        one = _fits(mention, slot)
        if one is not None:
            yield one
    if slot.many:
        several = [f for m in heard.mentions if (f := _fits(m, slot))]
        if len(several) > 1 and _listed(heard, [f.mentions[0] for f in several]):
            yield Filled(
                slot,
                tuple(m for f in several for m in f.mentions),
                tuple(e for f in several for e in f.entities),
                tuple(c for f in several for c in f.concepts),
            )


def _listed(heard: Heard, mentions: Sequence[Mention]) -> bool:
    """Whether mentions stand in a list: “aircraft and ships”, “tanks, ships or missiles”."""
    for one, two in pairwise(mentions):
        between = heard.question[heard.tokens[one.last - 1].end : heard.tokens[two.first].start]
        if not re.fullmatch(r"\s*(?:,|,?\s*(?:and|or))\s*(?:the\s+)?", between):
            return False
    return True


def _fits(mention: Mention, slot: Slot) -> Filled | None:
    classes = {c for t in slot.types for c in (t, *_SUBCLASSES.get(t, ()))}
    if "Agent" in classes:
        classes |= {"Leader"}
    if mention.kind == "concept" and cue_stems(mention.text) in slot.never:
        return None
    if mention.kind == "entity":
        entities = tuple(e for e in mention.entities if e.type in classes or "Entity" in classes)
        return Filled(slot, (mention,), entities) if entities else None
    if mention.kind == "concept":
        schemes = {t.removeprefix("concept:") for t in slot.types if t.startswith("concept:")}
        concepts = tuple(c for c in mention.concepts if c.scheme in schemes)
        return Filled(slot, (mention,), concepts=concepts) if concepts else None
    if mention.kind == "date" and "year" in slot.types:
        first = getattr(mention.period, "earliest", None)
        return Filled(slot, (mention,), year=str(first.year)) if first else None
    if mention.kind == "class" and "class" in slot.types:
        return Filled(slot, (mention,), class_name=mention.name)
    if mention.kind == "class" and f"class:{mention.name}" in slot.types:
        return Filled(slot, (mention,), class_name=mention.name)
    return None


def cue_stems(words: str) -> Phrase:
    """The stems of a few words."""
    return tuple(stem(word) for word in words.lower().split())
