"""What the second of two questions points back to, put into it by name.

“How long was Li Peng in Russia, and which cities did his delegation see?” leaves no doubt about
the “his”: the first part names one person. So it is with “it”, where the first part names one
agreement or one thing of a kind; with “just then”, where it is answered by a year; and with “and
what was it in 2001?”, which asks the first part again of another time. Where a word could point to
several things, or to none, the part stays as it is, and is not asked by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from diplograph import spoken
from diplograph.asking.outcome import Outcome
from diplograph.asking.parts import Heard, Mention
from diplograph.asking.wording import grammar
from diplograph.model import PEOPLE

__all__ = [
    "after_its_scene",
    "asked_again",
    "is_whole",
    "named_in",
    "of_each",
    "things_in",
    "without_its_clause",
]

_THINGS = frozenset(
    {"Agreement", "Project", "WeaponSystem", "Event", "Organization", "Company", "Document"}
)
_HE = re.compile(r"\b(?P<of>his|her(?= \w))\b|\b(?:he|him|she|her)\b", re.IGNORECASE)
_IT = re.compile(
    r"\b(?P<of>its)\b|\b(?:it|(?:that|this|the) (?:one|treaty|plan|deal|accord))\b", re.I
)
_THEY = re.compile(r"\b(?P<of>their)\b|\b(?:they|them|these|those)\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:just |right )?(?:then|at (?:that|the same) (?:time|moment|point)"
    r"|(?:in )?(?:that|the same) year)\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"\b(?:afterwards?|after (?:that|this)|thereafter)\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:two|three|four|\d+) (?:more|others)\b(?! [\w-]+s\b)", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:the|their|its) (?P<which>(?:very )?(?:first|second|last|next|latest)) one\b",
    re.IGNORECASE,
)
_THE_KIND_OF = re.compile(r"\bthe (?P<which>[\w-]+) one\b", re.IGNORECASE)
_THE_TWO = re.compile(
    r"\b(?:the|both) two [\w-]+|\bboth (?:sides|countries|states)\b", re.IGNORECASE
)
_POINTING = re.compile(
    r"\b(?:it|its|they|them|their|theirs|he|him|his|she|her|hers|this|these|those|one|ones|each"
    r"|both|either|neither|other|others|latter|former|else|then|there|here|too|also|same|such|so"
    r"|that (?:year|time|day|month|date|point|moment|number|figure|sum|amount|question|matter))\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"^that\b|\b(?:that|this|do so|did so|instead)\W*$", re.IGNORECASE)


def is_whole(part: str) -> bool:
    """Whether a part has no word that points elsewhere.

    >>> is_whole("when did the treaty come?"), is_whole("when did it come?")
    (True, False)
    """
    return not (_POINTING.search(part) or _ENDS.search(part.strip(" ?.!")))


def named_in(first: Heard, outcome: Outcome | None, part: str) -> str | None:
    """The second part with the names of what it points to; None where that is not one thing."""
    text = _THEN.sub(lambda m: _year_of(outcome) or m[0], part)
    strong = [m for m in first.of("entity") if not m.soft]
    if _HE.search(text):
        person = _only(m for m in strong if _all_of(m, PEOPLE)) or _who_answers(outcome)
        text = _put(_HE, text, person)
    if _IT.search(text):
        text = _put(_IT, text, _thing(first, strong))
    more = _MORE.search(text)
    if more:
        text = _MORE.sub(f"{more[0]} {_arms(strong)}".rstrip(), text, count=1)
    if _THEY.search(text):
        two = _THE_TWO.search(first.question)
        text = _put(_THEY, text, two[0] if two else _arms(strong))
    dates = [m.text for m in first.of("date")]
    if len(dates) == 1 and _AFTERWARDS.search(text):
        text = _AFTERWARDS.sub(f"after {dates[0].removeprefix('in ')}", text)
    return text if text != part and is_whole(text) else None


def asked_again(first: Heard, question: str, part: str) -> str | None:
    """The first part asked again, of the time or of the other of its kind that the second names.

    So in “what share was it in 2005, and what was it in 2001?” and “when was the constructive
    partnership declared, and when the strategic one?”.
    """
    plain = re.sub(r"^and\s+", "", part.strip(" ?.!"), flags=re.IGNORECASE)
    new, old = spoken.find(plain), spoken.find(question)
    if len(new) == len(old) == 1 and new[0].period is not None:
        rest = f"{plain[: new[0].start]} {plain[new[0].end :]}"
        if grammar("again").issuperset(re.findall(r"\w+", rest.lower())):
            return f"{question[: old[0].start]}{new[0].text}{question[old[0].end :]}"
    other = _THE_KIND_OF.search(plain)
    if other is None or other["which"].lower() in grammar("ordinals"):
        return None
    kept = [
        m for m in first.of("entity", "concept")
        if len(m.text.split()) > 1 and m.kind == "entity" and not _all_of(m, PEOPLE)
    ]  # fmt: skip
    thing = _only(kept)
    if not thing or len(first.of("date")):
        return None
    noun = thing.split()[-1]
    whole = f"the {other['which']} {noun}"
    if (grammar("again") | {"when", "where", "who"}).issuperset(
        re.findall(r"\w+", _THE_KIND_OF.sub(" ", plain).lower())
    ):
        article = "the " if thing.lower().startswith("the ") else ""
        return question.replace(thing, whole if article else whole.removeprefix("the "), 1)
    return _THE_KIND_OF.sub(whole, plain)


def after_its_scene(scene: Heard, question: str) -> str | None:
    """A question by itself, with the names of what it points to in the sentence before it.

    “More joint exercises were planned. When was the first one held?” asks for the first joint
    exercise. None where it points to nothing, or to something that the sentence does not name.
    """
    kind = _only(m for m in scene.of("concept") if _is_kind(m))
    text = _ONE.sub(lambda m: f"the {m['which']} {_singular(kind)}" if kind else m[0], question)
    if text == question:
        return named_in(scene, None, text)
    two = _THE_TWO.search(scene.question)  # an “it” after that is the one that is told of
    return _put(_THEY, text, two[0] if two else "")


def of_each(scene: Heard, question: str) -> list[tuple[str, str]]:
    """The two things that a sentence names, each with the question that asks for both, put to it.

    “They wanted A and B. Were both of them ordered?” asks of A, and of B. Nothing for any other.
    """
    things = [m for m in scene.of("entity") if not m.soft and _all_of(m, _THINGS)]
    kinds = {e.type for m in things for e in m.entities}
    pairs = [kind for kind in kinds if sum(m.entities[0].type == kind for m in things) == _PAIR]
    asked = _BOTH_OF.search(question)
    if asked is None or len(pairs) != 1:
        return []
    names = [m.text for m in things if m.entities[0].type == pairs[0]]
    told = [(name, _BOTH_OF.sub(name, question, count=1)) for name in names]
    return told if all(is_whole(text) for _, text in told) else []


_PAIR = 2
_BOTH_OF = re.compile(
    r"\b(?:both|either|each) (?:of (?:them|these|those|the two)|(?:systems|types|weapons|deals))\b"
    r"|(?<=for )both\b|(?<=of )both\b",
    re.IGNORECASE,
)


def without_its_clause(question: str) -> str:
    """A question of what came of something, without the clause that says of what; else nothing.

    >>> without_its_clause("Did the treaty that Jiang suggested in 2000 actually get signed?")
    'Did the treaty actually get signed?'
    """
    clause = _CLAUSE.search(question)
    if clause is None:
        return ""
    text = _CLAUSE.sub(" ", question)
    dates = spoken.find(clause[0])
    later = f"after {dates[0].text.removeprefix('in ')}" if len(dates) == 1 else ""
    if _AFTER_IT.search(text):
        return _AFTER_IT.sub(f" {later}", text) if later else ""
    if later and _BUYING.search(text):  # what was bought before the wish is no answer to it
        return _BUYING.sub(lambda m: f"{m[0]} {later}", text, count=1)
    return text


_AFTER_IT = re.compile(
    r" (?:after (?:that|it|this)|afterwards|thereafter|since(?: then)?)\b", re.IGNORECASE
)
_BUYING = re.compile(r"\b(?:ordered|bought|delivered|purchased|acquired)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r" (?:that|which) [^,?.]{3,60}?\b(?:suggested|proposed|planned|discussed|drafted|wanted|sought"
    r"|talked (?:of|about)|agreed (?:on|to)|announced|foreseen|put forward)\b[^,?.]{0,40}? "
    r"(?=(?:actually|ever|finally|eventually|really|in the end|at last|later) )",
    re.IGNORECASE,
)


def things_in(heard: Heard) -> set[str]:
    """The agreements, weapons, bodies and the like that a part names, by their IRIs."""
    return {
        e.id for m in heard.of("entity") if not m.soft and _all_of(m, _THINGS) for e in m.entities
    }


# --- what is pointed to --------------------------------------------------------------------------


def _thing(first: Heard, strong: Iterable[Mention]) -> str:
    """The one thing that a part names; or the one kind or measure, with its time."""
    things = [m for m in strong if _all_of(m, _THINGS)]
    if things:
        return _only(things)
    kind = _only(m for m in first.of("concept") if _is_kind(m) or _is_measure(m))
    dates = [m.text for m in first.of("date")]
    if not kind or len(dates) > 1:
        return ""
    return " ".join([f"the {kind.removeprefix('the ')}", *dates])


def _arms(strong: Iterable[Mention]) -> str:
    """The one kind of weapon that a part names, of which there are mostly several."""
    return _only(m for m in strong if _all_of(m, frozenset({"WeaponSystem"})))


def _is_kind(mention: Mention) -> bool:
    return any(
        c.scheme in ("event-kind", "agreement-kind", "weapon-kind") for c in mention.concepts
    )


def _is_measure(mention: Mention) -> bool:
    return any(c.scheme == "measure" for c in mention.concepts)


def _all_of(mention: Mention, types: frozenset[str]) -> bool:
    return bool(mention.entities) and all(e.type in types for e in mention.entities)


def _only(mentions: Iterable[Mention]) -> str:
    """The text of the one mention; empty where there are none or several."""
    texts = list(dict.fromkeys(m.text for m in mentions))
    return texts[0] if len(texts) == 1 else ""


def _who_answers(outcome: Outcome | None) -> str:
    found = outcome.answers if outcome else ()
    one = len(found) == 1 and found[0].entity.type in PEOPLE
    return found[0].entity.label if one else ""


def _year_of(outcome: Outcome | None) -> str:
    """The year by which the first part is answered; empty where it asks for none."""
    if outcome is None or outcome.reading.focus != "when" or not outcome.facts:
        return ""
    when = outcome.facts[0].when
    year = when.edtf[:4] if when else ""
    return (
        f"in {year}"
        if year.isdecimal() and (when and when.edtf[:4] == (when.latest or "")[:4])
        else ""
    )


def _put(pattern: re.Pattern[str], text: str, name: str) -> str:
    if not name:
        return text
    return pattern.sub(lambda m: f"{name}'s" if m["of"] else name, text)


def _singular(noun: str) -> str:
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
