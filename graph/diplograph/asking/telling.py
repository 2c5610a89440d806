"""How an answer reads: one or a few plain sentences, made from the statements of the facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from diplograph.asking.affirming import affirms, negative
from diplograph.asking.calls.batches import say_batches, say_by_source
from diplograph.asking.calls.measured import sized
from diplograph.asking.calls.ordering import say_fate, say_only_sought, say_orders, say_sought
from diplograph.asking.calls.terms import say_lasting, say_longest
from diplograph.asking.calls.weighing import say_sides
from diplograph.asking.denying import denies
from diplograph.asking.outcome import Answered, Outcome, amount, once
from diplograph.asking.stages import reached
from diplograph.model import STATES, Fact, When
from diplograph.words import in_words

__all__ = ["is_told", "tell", "tell_besides"]

_FEW = 4
_MOST_GATHERED = 12
"""So many statements of each source are told where all are asked for."""
_PAIR = 2
"""Of so many that are listed it is told for each why it is one."""
_AHEAD = ("planned", "considered")
"""Stages whose date is that of the plan, not of what is planned."""
_TOLD_LATER = ("Claim", "Stance")
"""What has the time of its telling, and not of what it tells."""


def tell(outcome: Outcome) -> str:
    """The answer of an outcome that is not empty."""
    for name, how in _EXTRAS.items():
        if name in outcome.extra:
            return how(outcome)
    if outcome.extra.get("otherwise"):
        what = outcome.reading.what
        if outcome.reading.template.asks_for_entities and _asks_for_things(outcome):
            return f"No {what} on record fits. What comes nearest: {_statements(outcome.facts)}"
        lead = "No." if outcome.reading.focus == "yes-no" else f"No source gives the {what}."
        return f"{lead} {_statements(outcome.facts)}"
    if outcome.links or outcome.pending:
        return _links(outcome)
    focus = outcome.reading.focus
    if outcome.reading.template.call == "status":
        return _status(outcome)
    if focus == "yes-no":
        return _yes_no(outcome)
    if focus == "how-many" and outcome.answers:
        return _count(outcome)
    if outcome.answers and focus in ("who", "which", "what", "where", "list"):
        return _listed(outcome)
    return _facts(outcome)


def tell_besides(outcome: Outcome, text: str) -> str:
    """What an outcome adds to a text: its day alone where its statements are told there already."""
    fresh = tuple(fact for fact in outcome.facts if not is_told(fact, text))
    if fresh:
        return tell(replace(outcome, facts=fresh))
    days = _dates_told(outcome) if outcome.reading.focus == "when" else ""
    return f"{days[:1].upper()}{days[1:]}." if days and days not in text else ""


def is_told(fact: Fact, text: str) -> bool:
    """Whether a text has the statement of a fact, with its day or without."""
    return fact.statement.removesuffix(".") in text


def _asks_for_things(outcome: Outcome) -> bool:
    """Whether the question asks for things, so that others than it asks for are only near."""
    return outcome.reading.focus in ("who", "which", "what", "list", "how-many")


def _filled(outcome: Outcome, text: str) -> str:
    """The words of a template with its slots, its time and its answers put in."""
    period = outcome.period
    when = ""
    if period is not None:
        words = in_words(period.edtf)
        when = (
            f", {words}" if words[:1].isalpha() and not words.startswith("the ") else f" ({words})"
        )
    values = {f.slot.name: f.shown for f in outcome.reading.slots}
    values |= {
        "when": when,
        "answers": _enumerated(outcome),
    }
    values["count"] = str(len(outcome.answers))
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text[:1].upper() + text[1:]


def _enumerated(outcome: Outcome) -> str:
    """The answers: the certain ones, then the possible ones."""
    sure: list[str] = []
    unsure: list[str] = []
    first = min((_begins(a.facts) for a in outcome.answers), default="")
    for answered in outcome.answers:
        possibly = all(fact.holds == "possibly" for fact in answered.facts)
        told = _graded(answered, since=_begins(answered.facts) > first)
        (unsure if possibly else sure).append(told)
    parts = [_joined(sure)] if sure else []
    parts += [f"possibly {_joined(unsure)}"] if unsure else []
    return "; ".join(parts)


def _begins(facts: Sequence[Fact]) -> str:
    """The first day of a membership; empty where that is open or the facts tell something else."""
    if any(fact.kind != "Membership" for fact in facts):
        return ""
    return min((fact.when.earliest or "" if fact.when else "" for fact in facts), default="")


def _graded(answered: Answered, since: bool) -> str:
    """The name of an answer, with its grade where that is low, or the time since when it is one."""
    label, facts = answered.entity.label, answered.facts
    grades = {fact.grade for fact in facts}
    if grades == {"rumoured"} and all(fact.kind == "Claim" for fact in facts):
        grades = set()  # what it told is the rumour, and not that it did
    if grades and grades <= {"reported", "rumoured", "denied"}:
        return f"{label} (only {' or '.join(sorted(grades))})"
    if since and facts[0].when:
        return f"{label} ({in_words(facts[0].when.edtf)})"
    return label


def _joined(labels: Sequence[str]) -> str:
    labels = list(dict.fromkeys(labels))
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} and {labels[-1]}"


def _listed(outcome: Outcome) -> str:
    reads = outcome.reading.template.reads
    told = _filled(outcome, reads or "{answers}.")
    if len(outcome.answers) > _PAIR:
        return told
    return f"{told} {_statements(once(a.facts[0] for a in outcome.answers))}"


def _count(outcome: Outcome) -> str:
    number = len(outcome.answers)
    certain = [a for a in outcome.answers if any(f.holds != "possibly" for f in a.facts)]
    if len(certain) < number:
        lead = f"{len(certain)} for certain, {number} possibly"
    else:
        lead = str(number)
    return f"{lead}: {_joined([a.entity.label for a in outcome.answers])}."


def _statements(facts: Sequence[Fact], most: int = _FEW, dated: bool = False) -> str:
    """The statements of facts; ``dated``: the day of the first is told before them."""
    told: list[str] = []
    for fact in facts:
        told.append(_statement(fact, dated and not told))
        if len(told) == most:
            break
    return " ".join(dict.fromkeys(told))


def _statement(fact: Fact, dated: bool = False) -> str:
    text = fact.statement if dated else _with_its_day(fact)
    marks = []
    if fact.holds == "possibly":
        marks.append("possibly at the time asked for")
    if fact.grade in ("reported", "rumoured", "denied"):
        marks.append(fact.grade)
    return f"{text} [{', '.join(marks)}]" if marks else text


def _with_its_day(fact: Fact) -> str:
    """The statement of what happened or was said on some days, with these where it lacks a time."""
    text, when = fact.statement, fact.when
    said = fact.kind in _TOLD_LATER
    if when is None or not (said or fact.kind in _HAPPENED) or fact.stage in _AHEAD:
        return text
    days = _days(when)
    if days is None or days > (_A_MONTH if said else 2 * _A_YEAR) or _DATED.search(text):
        return text  # what is said has the year of its source, unless it is known to the day
    return f"{text.removesuffix('.')} ({'said ' if said else ''}{in_words(when.edtf, True)})."


def _days(when: When) -> int | None:
    """How many days a time has at most; None where it is open at an end."""
    if not (when.earliest and when.latest):
        return None
    return (date.fromisoformat(when.latest) - date.fromisoformat(when.earliest)).days


_A_MONTH, _A_YEAR = 31, 366
_HAPPENED = ("Occurrence", "StageFact", "Succession", "Participation")
_DATED = re.compile(r"\b(?:1[89]|20)\d\d\b")


def _facts(outcome: Outcome) -> str:
    facts = outcome.facts
    nearest = outcome.reading.template.options.get("nearest")
    if nearest and facts and facts[0].kind == "StageFact":
        return _statements(facts)  # its date is that of the agreement, not of what was agreed
    dated = facts and facts[0].when and facts[0].stage not in _AHEAD
    told = _statements(facts)
    if (
        outcome.reading.focus == "when" and dated and not _has_another_time(facts[0])
        and not denies(facts[0])
    ):  # fmt: skip
        when = _dates_told(outcome)
        told = f"{when[:1].upper()}{when[1:]}. {_statements(facts, dated=True)}"
    more = len(facts) - _FEW
    return told + (f" (and {more} more)" if more > 0 else "")


def _has_another_time(fact: Fact) -> bool:
    """Whether the time that a statement tells is another than that of the fact."""
    if fact.kind in _TOLD_LATER:
        return True
    years, when = _DATED.findall(fact.statement), fact.when
    ends = [end[:4] for end in (when.earliest, when.latest) if end] if when else []
    return bool(years and ends) and not any(min(ends) <= year <= max(ends) for year in years)


def _dates_told(outcome: Outcome) -> str:
    """The date of the first fact; of all, where all were asked for and each has one of its own."""
    facts = outcome.facts
    dated = [f for f in facts if f.when]
    if outcome.reading.rest or outcome.reading.template.broad or len(dated) > _FEW:
        dated = dated[:1]
    told = [in_words(f.when.edtf, f.kind not in STATES) for f in dated if f.when]
    return _joined(told)


def _yes_no(outcome: Outcome) -> str:
    facts = outcome.facts
    if not outcome.reading.template.broad:
        doubtful = facts[0].kind == "Claim" or negative(facts[0])
        undecided = outcome.decision is None and outcome.itself
        if outcome.reading.rest and ((doubtful and affirms(facts[0]) is None) or undecided):
            return _left_open(facts)
        sure = any(f.holds != "possibly" for f in facts)
        denied = facts and affirms(facts[0]) is False
        lead = "No." if denied else "Yes." if sure else "Possibly."
        return f"{lead} {_statements(facts)}"
    if outcome.decision is None:
        return _left_open(facts)
    return f"{'Yes' if outcome.decision else 'No'}. {_statements(facts, 2)}"


def _left_open(facts: Sequence[Fact]) -> str:
    """What there is, where it is neither a yes nor a no."""
    return f"According to the sources: {_statements(facts, 2)}"


def _links(outcome: Outcome) -> str:
    found, pending = outcome.links, outcome.pending
    x, y = outcome.reading.filled("x"), outcome.reading.filled("y")
    who = f"{x.shown} and {y.shown}" if x and y else "them"
    focus = outcome.reading.focus
    labels = _joined([link.label for link in found]) if found else ""
    counted = f"{len(found)} concluded agreement{'s' if len(found) != 1 else ''}"
    parts = []
    if found:
        lead = "Yes. " if focus == "yes-no" else ""
        verb = "links" if len(found) == 1 else "link"
        parts.append(f"{lead}{counted} {verb} {who}: {labels}.")
    elif pending:
        lead = "No concluded one on record. " if focus == "yes-no" else ""
        parts.append(f"{lead}No concluded agreement of this kind links {who}.")
    if pending:
        shown = _joined([f"{link.label} ({link.stage}, {link.grade})" for link in pending[:6]])
        parts.append(f"Not concluded, or not stated to be: {shown}.")
    return " ".join(parts)


def _status(outcome: Outcome) -> str:
    told = []
    for source in dict.fromkeys(f.source for f in outcome.facts):
        own = [f for f in outcome.facts if f.source == source]
        fact = own[0]
        possibly = "possibly " if fact.holds == "possibly" else ""
        grade = f", {fact.grade}" if fact.grade != "stated" else ""
        when = f", {in_words(fact.when.edtf, True)}" if fact.when else ""
        told.append(f"By {source}: {possibly}{fact.stage}{grade}{when}. {fact.statement}")
    as_of = f"As of {in_words(outcome.period.edtf)}: " if outcome.period else ""
    return _reached(outcome) + as_of + " ".join(told)


def _reached(outcome: Outcome) -> str:
    """“Yes.” or “No.” to whether a stage was reached; nothing where that was not asked."""
    if outcome.reading.focus != "yes-no" or outcome.reading.filled("stage") is None:
        return ""
    return _REACHED[reached(outcome)]


_REACHED = {
    "definitely": "Yes. ", "possibly": "Possibly. ", "no": "No, not by what the sources tell. ",
    None: "",
}  # fmt: skip


def _total(outcome: Outcome) -> str:
    total = outcome.extra["total"]
    parts = []
    if total["exact"]:
        parts.append(f"{total['exact']:,g} by figures given as exact")
    if total["estimated"]:
        joined = "and " if parts else ""
        parts.append(f"{joined}about {total['estimated']:,g} by estimates")
    if total["exact"] and total["estimated"]:
        parts.append(f"{total['exact'] + total['estimated']:,g} together")
    if total["unknown"] and not parts:
        return f"No one number is known. {_statements(outcome.facts, 8)}"
    if total["unknown"]:
        parts.append(f"{total['unknown']} with no one number known")
    if total["possibly"]:
        parts[-1] += f"; possibly {total['possibly']:,g} more at the time asked for"
    return (
        f"{', '.join(parts)}. {_statements(outcome.facts, 8)}".capitalize()[:1]
        + (f"{', '.join(parts)}. {_statements(outcome.facts, 8)}"[1:])
    )


def _conflicts(outcome: Outcome) -> str:
    found = outcome.extra["conflicts"]
    number = len(found)
    agreed = not outcome.reading.words.isdisjoint(_AGREEING)
    agree = agreed and outcome.reading.focus == "yes-no"
    lead = ("No. " if agree else "") + f"{number} disagreement{'s' if number != 1 else ''}"
    told = " ".join(f"{c.label}: {c.detail}" for c in found[:4])
    sides = " ".join(f"“{side.statement}”" for c in found[:2] for side in c.sides)
    return f"{lead}. {told} {sides}"


_AGREEING = ("agree", "agreed", "consistent", "add", "bear", "bears", "borne", "square", "squares")


def _paths(outcome: Outcome) -> str:
    found = outcome.extra["paths"]
    best = found[0]
    return " ".join(dict.fromkeys(step.statement for step in best.steps))


def _ranked(outcome: Outcome) -> str:
    return _statements(outcome.facts, 3)


def _series(outcome: Outcome) -> str:
    facts = outcome.facts
    first, last = amount(facts[0]) or 0.0, amount(facts[-1]) or 0.0
    unit = facts[0].values.get("unit", "")
    years = [in_words(f.when.edtf) if f.when else "" for f in (facts[0], facts[-1])]
    answer = ""
    if outcome.reading.focus == "yes-no":
        answer = _LEADS[outcome.decision]
    lead = f"{answer}From {sized(first)} ({years[0]}) to {sized(last)} {unit} ({years[1]}), "
    lead += f"a change of {sized(last - first)}. "
    if outcome.extra.get("steps"):
        lead += f"{outcome.extra['steps']} "
    return lead + _statements(facts, 10)


_LEADS = {True: "Yes. ", False: "No. ", None: "According to the sources: "}


def _level(outcome: Outcome) -> str:
    """Figures of one time, which by themselves are no change."""
    facts = outcome.facts
    return _left_open(facts) if outcome.reading.focus == "yes-no" else _statements(facts)


def _limit(outcome: Outcome) -> str:
    if outcome.reading.focus == "yes-no":
        if outcome.decision is None:
            return _left_open(outcome.facts)
        return f"{_LEADS[outcome.decision]}{_statements(outcome.facts, 10)}"
    years = [in_words(f.when.edtf) for f in outcome.facts if f.when]
    return f"{_joined(years)}. {_statements(outcome.facts, 10)}"


def _worked(outcome: Outcome) -> str:
    """What was worked out, with the figures that it was worked out from."""
    decision = outcome.decision if outcome.reading.focus == "yes-no" else None
    lead = "" if decision is None else _LEADS[decision]
    lead += f"{outcome.extra['worked']} " if outcome.extra["worked"] else ""
    return f"{lead}{_statements(outcome.facts, 6)}"


def _apart(outcome: Outcome) -> str:
    if outcome.extra["same"]:
        return f"Yes. {_statements(outcome.facts)}"
    one, two = outcome.extra["apart"]
    return f"No: {one} and {two} are two. {_statements(outcome.facts, 2)}"


def _volumes(outcome: Outcome) -> str:
    """Sums of volumes: one in a sentence, several in a list."""
    by = outcome.extra["volumes"]
    if by in ("suppliers", "recipients"):
        listed = [
            f"{a.entity.label}: {a.facts[0].statement.partition(': ')[2]}" for a in outcome.answers
        ]
        return " ".join(listed)
    return " ".join(fact.statement for fact in outcome.facts)


def _gathered(outcome: Outcome) -> str:
    """All that is told, source by source."""
    facts = outcome.facts
    told, more, most = [], 0, _MOST_GATHERED
    several = len({fact.source for fact in facts}) > 1
    for source in dict.fromkeys(fact.source for fact in facts):
        own = [fact for fact in facts if fact.source == source]
        lead = f"{source}: " if several else ""
        told.append(lead + _statements(own, most))
        more += max(0, len(own) - most)
    return " ".join(told) + (f" (and {more} more)" if more else "")


_EXTRAS: dict[str, Callable[[Outcome], str]] = {
    "gathered": _gathered,
    "volumes": _volumes,
    "total": _total,
    "conflicts": _conflicts,
    "paths": _paths,
    "sides": say_sides,
    "ranked": _ranked,
    "series": _series,
    "level": _level,
    "limit": _limit,
    "worked": _worked,
    "apart": _apart,
    "lasting": lambda outcome: f"{say_lasting(outcome)} {_statements(outcome.facts)}",
    "longest": say_longest,
    "orders": say_orders,
    "only-sought": say_only_sought,
    "fate": say_fate,
    "sought": say_sought,
    "batches": say_batches,
    "by-source": say_by_source,
}
