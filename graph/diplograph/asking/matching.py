"""Which templates a question can be meant as, and what each makes of its parts.

A template matches where its focus is the question's, each of its cues stands in the question, and
each of its slots finds a name, kind or class of its type. What a template does not take up itself
(names, kinds, plain words that are no fillers) must be met by the facts of the answer; a template
that takes no topic and leaves something over does not match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, product

from diplograph.asking.focus import focus_of, head_of
from diplograph.asking.parts import Concept, Heard, Mention
from diplograph.asking.templates import OF_ONE_TIME, Slot, Template
from diplograph.asking.units import Unit
from diplograph.asking.wording import Phrase, grammar, wording
from diplograph.model import Entity

__all__ = ["Filled", "Reading", "readings", "shown_slots"]

_SUBCLASSES = {
    "Agent": ("Country", "Organization", "Person", "Leader"),
    "Person": ("Leader",),
    "Party": ("Country", "Organization"),
}


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

    @property
    def what(self) -> str:
        """What is asked for, in words: “date of the stage “signed” of the Beijing Declaration”."""
        what = self.template.what
        for f in self.slots:
            what = what.replace("{" + f.slot.name + "}", f.shown)
        return re.sub(r"\s*\[[^\]]*\{\w+\}[^\]]*\]", "", what).replace("[", "").replace("]", "")


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
        if noun is not None and _answers_with(template, noun.name):
            used |= set(range(noun.first, noun.last))
        if template.broad and focus == "which":
            of_class = noun is not None and noun.name in _ANSWERABLE
            if of_class != bool(template.options.get("of-class")):
                continue
        head = head_of(heard, focus) if template.call in ("", "links") else None
        exact = template.asks_for_entities and not template.broad
        if exact and focus == "how-many" and not template.call and _asks_how_much(heard):
            continue
        if exact and head is not None and head not in used:
            continue
        if exact and _denies(heard, used):
            continue
        if focus == "yes-no" and not (template.broad or template.call) and _overstates(heard, used):
            continue
        rest = tuple(u for u in units if not any(i in used for i in range(u.first, u.last)))
        if rest and "topic" not in template.takes:
            continue
        if template.takes & {"period", "as-of"} and any(u.period for u in rest):
            continue  # it would tell but half: of one of the times
        if template.broad and any(_superlative(heard, u) for u in rest):
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


_ANSWERABLE = frozenset({"Country", "Person", "Organization", "Event", "Project"})
"""Classes of things that a question for one of them is answered by."""
_TWO_SOURCES = 3.0
"""What it adds to the fit of a comparison of sources that the question names two."""


def _denies(heard: Heard, used: AbstractSet[int]) -> bool:
    """Whether the question asks for what is *not* so, and a template that lists what is does not.

    One that begins a clause of its own only sets something apart: “the observers, not members”.
    """
    return any(
        token.key in ("not", "never")
        and i not in used
        and not heard.question[: token.start].rstrip().endswith(",")
        for i, token in enumerate(heard.tokens)
    )


def _overstates(heard: Heard, used: AbstractSet[int]) -> bool:
    """Whether the question makes more of something than a pattern has: “everything”, “always”."""
    over = grammar("overstating")
    return any(token.key in over and i not in used for i, token in enumerate(heard.tokens))


def _superlative(heard: Heard, unit: Unit) -> bool:
    """Whether a unit asks for the most or least of something, which no single fact tells."""
    keys = {heard.tokens[i].key for i in range(unit.first, unit.last)}
    return unit.part == 1.0 and bool(keys & grammar("superlative"))


def _allowed(
    heard: Heard, template: Template, filled: Sequence[Filled], slotted: Iterable[int]
) -> bool:
    """Whether the question is of the form that the options of the template ask for."""
    options = template.options
    if options.get("by") == "sources" and len(_sources_named(heard)) < 2:
        return False
    if options.get("once") and _repeated(heard, filled):
        return False
    if options.get("single") and any(_one_of_several(heard, f) for f in filled):
        return False
    return not options.get("alone") or _alone(heard, slotted)


def _taken_along(heard: Heard, template: Template, taken: set[int]) -> set[int]:
    """The tokens that a template takes up without their being asked for."""
    used = {i for places in _find(heard, template.also, frozenset(taken)) for i in places}
    if template.takes & {"period", "as-of", "any-time"}:
        used |= {i for m in _dates_met(heard, template) for i in range(m.first, m.last)}
    if template.options.get("numbers"):
        dated = {i for m in heard.of("date") for i in range(m.first, m.last)}
        used |= {i for i, t in enumerate(heard.tokens) if t.key.isdecimal() and i not in dated}
    for mention in heard.of("source"):
        if not mention.name or "source" in template.takes:
            used |= set(range(mention.first, mention.last))
    return used


def _dates_met(heard: Heard, template: Template) -> list[Mention]:
    """The dates that a template takes up: of several that are asked about not more than one, unless
    it is made for several or passes them over.
    """
    dates = list(heard.of("date"))
    if template.call not in OF_ONE_TIME or "any-time" in template.takes:
        return dates
    asked = [m for m in dates if m.first >= heard.begins] or dates
    return [m for m in dates if m not in asked[1:]]


def _answers_with(template: Template, class_name: str) -> bool:
    """Whether a template can answer with things of a class."""
    if template.asks_for_entities:
        return not template.broad or bool(template.options.get("of-class"))
    return class_name in template.options.get("nouns", ())


def _asks_how_much(heard: Heard) -> bool:
    keys = [token.key for token in heard.tokens]
    return any(one == "how" and two in _NO_COUNT for one, two in pairwise(keys))


_NO_COUNT = frozenset({"much", "long", "far", "big", "large", "high", "old"})
"""Words after “how” that ask for no number of things."""


def _noun(heard: Heard, template: Template, focus: str) -> Mention | None:
    """The class of things that the question asks for, where its noun names one."""
    if template.call not in ("", "links"):
        return None
    if focus == "list":
        return next(iter(heard.of("class")), None)
    head = head_of(heard, focus)
    if head is None:
        return None
    return next((m for m in heard.of("class") if m.first <= head < m.last), None)


def _sources_named(heard: Heard) -> set[str]:
    """The sources that the question names, or their authors."""
    names = {m.name for m in heard.of("source") if m.name}
    return names | {e.id for m in heard.of("entity") for e in m.entities if e.id in heard.authors}


def _one_of_several(heard: Heard, filled: Filled) -> bool:
    """Whether what fills a slot is one of several that the question lists: “China and Russia”."""
    alike = [m for m in heard.mentions if _fits(m, filled.slot)]
    pairs = [(a, b) for a, b in pairwise(alike) if a in filled.mentions or b in filled.mentions]
    return any(_listed(heard, pair) for pair in pairs)


def _repeated(heard: Heard, filled: Sequence[Filled]) -> bool:
    """Whether the question names what is in a slot more than once."""
    named = [e.id for m in heard.of("entity") for e in m.entities]
    return any(named.count(e.id) > 1 for f in filled for e in f.entities)


def _bounded(heard: Heard, template: Template) -> bool:
    """Whether a template without slots may take a question that narrows it by nothing else."""
    if template.options.get("whole") or "topic" not in template.takes:
        return True
    return "period" in template.takes and bool(heard.of("date"))


def _alone(heard: Heard, slotted: Iterable[int]) -> bool:
    """Whether the question is nothing but the names in its slots."""
    places = set(slotted)
    return all(i in places or t.key in grammar("joins") for i, t in enumerate(heard.tokens))


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
    present = heard.stems
    likely = [phrase for phrase in phrases if present.issuperset(phrase)]
    if not likely:
        return []
    stems, named = [token.stem for token in heard.tokens], heard.named
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
            if slot.first and not _qualifies_a_name(heard, mention):
                break
    if slot.many:
        several = [f for m in heard.mentions if (f := _fits(m, slot))]
        if len(several) > 1 and _listed(heard, [f.mentions[0] for f in several]):
            yield Filled(
                slot,
                tuple(m for f in several for m in f.mentions),
                tuple(e for f in several for e in f.entities),
                tuple(c for f in several for c in f.concepts),
            )


def _qualifies_a_name(heard: Heard, mention: Mention) -> bool:
    """Whether an adjective belongs to a name that follows: the Russian minister Sergei Ivanov."""
    if not mention.adjective:
        return False
    later = [m.first for m in heard.of("entity") if m.first >= mention.last and not m.soft]
    between = heard.tokens[mention.last : min(later)] if later else ()
    return bool(later) and not any(t.key in grammar("after-noun") for t in between)


def _listed(heard: Heard, mentions: Sequence[Mention]) -> bool:
    """Whether mentions stand in a list: “aircraft and ships”, “tanks, ships or missiles”."""
    for one, two in pairwise(mentions):
        between = heard.question[heard.tokens[one.last - 1].end : heard.tokens[two.first].start]
        if not re.fullmatch(r"\s*(?:,|,?\s*(?:and|or))\s*(?:the\s+)?", between):
            return False
    return True


@cache
def _classes(types: tuple[str, ...]) -> frozenset[str]:
    """The classes of entities that a slot of these types takes."""
    classes = {c for t in types for c in (t, *_SUBCLASSES.get(t, ()))}
    return frozenset(classes | {"Leader"} if "Agent" in classes else classes)


def _fits(mention: Mention, slot: Slot) -> Filled | None:
    if mention.kind == "concept" and mention.stems in slot.never:
        return None
    if mention.kind == "entity":
        classes = _classes(slot.types)
        entities = tuple(e for e in mention.entities if e.type in classes or "Entity" in classes)
        if slot.types[:1] == ("Place",):  # where one went is the city, and not what it stands for
            entities = tuple(e for e in entities if e.type == "Place") or entities
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


def shown_slots(slots: Sequence[Filled]) -> dict[str, str]:
    """The slots of a reading with the labels of what fills them."""
    return {f.slot.name: f.shown for f in slots}
