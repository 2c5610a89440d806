"""What came of something, of which the sources tell only that it was to be.

The sources foresee talks, exercises and volumes of trade; how these went they cannot know where
they lie after all of them, and often do not tell where they lie within their time. A question for
what was planned is answered by such facts, one for what came about is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from diplograph.asking.focus import focus_of
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Lacking, Outcome
from diplograph.asking.parts import Mention
from diplograph.asking.postings import postings
from diplograph.asking.wording import grammar, wording
from diplograph.dates import Period, parse
from diplograph.model import Entity, Fact
from diplograph.stems import stems

__all__ = ["after_all_sources", "asks_ahead", "no_such_event", "only_foreseen"]

_SHOWN, _TOLD = 4, 3
"""So many facts of an answer are looked at, and shown beside what is not on record."""


def only_foreseen(context: Context, outcome: Outcome) -> Outcome | None:
    """Nothing, where the question is for what came about and the facts only tell what was to be."""
    facts = outcome.facts[:_SHOWN]
    if not facts or outcome.links or outcome.pending or outcome.second or outcome.answers:
        return None
    keys = {token.key for token in context.heard.tokens[context.heard.begins :]}
    came_of_it = _CAME_OF.search(context.heard.question) is not None
    if outcome.extra.keys() - {"level"} or (keys & grammar("foretelling") and not came_of_it):
        return None
    later = _later(context)
    if later is not None and _tell_of_before(context, facts):
        if keys.isdisjoint(grammar("past")):
            return None
        return _nothing(context, outcome, later.period)
    if all(_is_foreseen(fact) for fact in facts) and _asks_what_came_of_it(context, facts[0]):
        return _nothing(context, outcome, None)
    return None


def asks_ahead(context: Context) -> bool:
    """Whether the question is for what was to be at a time after all sources."""
    keys = {token.key for token in context.heard.tokens}
    return _later(context) is not None and not keys.isdisjoint(grammar("ahead"))


def _nothing(context: Context, outcome: Outcome, period: Period | None) -> Outcome:
    lacking = Lacking("account of what came of it", _asked(context))
    also = tuple(outcome.facts[:_TOLD])
    return Outcome(outcome.reading, "", 0.0, period=period, lacking=lacking, also=also)


def _asked(context: Context) -> tuple[Entity, ...]:
    named = {e.id: e for m in context.heard.of("entity") for e in m.entities}
    return tuple(named.values())


def _later(context: Context) -> Mention | None:
    """The time in the question that lies after all sources, and is no term set to something."""
    issued = postings(context.graph).issued()
    for mention in context.heard.of("date"):
        first = getattr(mention.period, "earliest", None)
        if first is not None and str(first) > issued and mention.before != "by":
            return mention
    return None


def _tell_of_before(context: Context, facts: tuple[Fact, ...]) -> bool:
    """Whether all facts were so, or were said, before the last of the sources was issued."""
    issued = postings(context.graph).issued()
    return all(f.when is None or str(f.when.earliest or "") <= issued for f in facts)


def _is_foreseen(fact: Fact) -> bool:
    """Whether a fact tells what was to be: by its stage, or by its words."""
    if fact.stage is not None:
        return fact.stage in ("planned", "considered", "proposed", "initialled")
    return _TO_BE.search(fact.statement) is not None


_TO_BE = re.compile(
    r"\b(?:(?:is|are|was|were) to (?!be found)|intends?\b|intention\b|means? to\b|will be\b|"
    r"planned\b|[A-Z]\w+ plans?\b|would\b|expected\b|foreseen\b)"
)


def _asks_what_came_of_it(context: Context, fact: Fact) -> bool:
    """Whether the question is for how something went, or whether it came about.

    Not so where the fact has the very word: “What was *decided* …?”.
    """
    focus = focus_of(context.heard)
    asked = _OUTCOME[focus].search(context.heard.question) if focus in _OUTCOME else None
    if asked is None:
        return False
    return focus == "yes-no" or not set(stems(asked[0])) & (set(stems(fact.statement)) - _SMALL)


_CAME_OF = re.compile(r"\b(?:be)?c[ao]mes? of\b", re.IGNORECASE)
_WENT = rf"{_CAME_OF.pattern}|\b(?:turn|end)(?:ed|s)? (?:out|up)\b"
_BROUGHT = (
    r"\b(?:results?|outcomes?|success|achieved?|accomplish(?:ed)?|yield(?:ed)?|bring|brought|"
    r"settled?|resolved?|decided?|produced?)\b"
)
_ABOUT = (
    r"\b(?:opened|built|finished|completed|held|succeed(?:ed)?|success(?:ful)?|failure|happen(?:ed)?|"
    r"come about|materiali[sz]ed?|reali[sz]ed|implemented|carried out|take place|taken place|"
    r"come true|really|actually|in fact|in reality|in the end|since)\b"
)
_THINGS = re.compile(f"{_WENT}|{_BROUGHT}", re.IGNORECASE)
_OUTCOME = {
    "what": _THINGS,
    "which": _THINGS,
    "list": _THINGS,
    "how": re.compile(rf"{_WENT}|\bhow (?:did|was|were) .*\b(?:go|end|received)\b", re.IGNORECASE),
    "yes-no": re.compile(_ABOUT, re.IGNORECASE),
}
"""What asks for it, by the question word."""
_SMALL = frozenset({"of", "out", "up"})


def after_all_sources(
    context: Context, readings: Sequence[Reading], missing: Sequence[str]
) -> Outcome | None:
    """Nothing, of a time that lies after all sources, where the question names such a time.

    Also of one up to a time after them that no fact meets (``missing``): “than before 2022”.
    """
    issued = postings(context.graph).issued()
    for mention in context.heard.of("date"):
        period = mention.period
        if not isinstance(period, Period) or not readings:
            continue
        if period.earliest is not None and str(period.earliest) > issued:
            return Outcome(readings[0], "", 0.0, period=period)
        last = period.latest if mention.text in missing else None
        if period.earliest is None and last is not None and str(last) > issued:
            return Outcome(readings[0], "", 0.0, period=parse(str(last.year + 1)))
    return None


def no_such_event(context: Context, readings: Sequence[Reading]) -> Outcome | None:
    """Nothing, of an event that the question speaks of by a word that no statement has."""
    kept = postings(context.graph)
    for unit in context.units:
        if unit.named or len(unit.words) != 1 or unit.text.lower() not in grammar("upheavals"):
            continue
        same = [w for w, how in wording().like(unit.words[0]).items() if how >= _SAME]
        known = kept.of_words(set(same))
        if not any(known[word].get(1.0) for word in same):
            lacking = Lacking(unit.text, _asked(context))
            return Outcome(readings[0], "", 0.0, lacking=lacking) if readings else None
    return None


_SAME = 0.75
"""How surely a word has to mean the same for a statement that has it to tell of such an event."""
