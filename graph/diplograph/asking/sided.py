"""One question put to two sides: to both sources, or for two times.

“By what means did the oil go, according to Yu Bin and to Mitchell?” asks one thing twice, and
“contrast Russia's line in 2000 with that of 2002” too. So it is put to each side by itself, to the
facts of that source alone or with that time, and is answered only where both sides tell it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from diplograph import spoken
from diplograph.resources import asking_words
from diplograph.store import Graph

__all__ = ["Side", "at_two_times", "of_both_texts", "sides", "told_by"]

_LEADS = r"according to|in|by|per|for|from|with|as told (?:in|by)|going by"
_FORMS = (
    "text|texts|essay|article|chapter|paper|table|document|account|chronology|figures?|numbers?"
)
_VIEWS = rf"{_FORMS}|judge?ment|view|views|opinion|verdict|assessment|version|answer|data|take"
_COMPARE = r"(?:please )?(?:compare|contrast|set against each other|set side by side|juxtapose)"
_BOTH = (
    r"(?:(?:the two|both|either of the two|both of the|each of the two) "
    r"(?:texts|papers|documents|sources|authors|writers|articles|analysts)"
    r"|(?:each|either) (?:text|paper|document|source|author|writer|article|analyst))"
)
_GIVE = r"say|give|tell|report|write|state|have|put|name|record|mention|offer"
_NUMBER = r"(?:\w+ )?(?:figures?|numbers?|dates?|shares?|values?|names?)"
_AGREE = (
    r"agree|concur|at one|at odds|of one mind|of the same mind|say the same|tell the same|differ"
)
_ASKS = re.compile(r"(?:\w+ )?(?:who|whom|what|which|when|where|why|how)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Side:
    """The question as it is put to one side: to a source, where it is one, and how it is shown."""

    question: str
    shown: str
    source: str = ""


def sides(graph: Graph, question: str) -> tuple[Side, Side] | None:
    """The two sides to which a question is put; None for any other."""
    text = question.strip()
    return _of_sources(graph, text) or _of_times(text)


def told_by(graph: Graph, part: str) -> Side | None:
    """A part that asks what one source says, as it is put to that source; None for any other.

    Who tells it stands at an end: “…, according to Yu Bin?”, “In Mitchell's view, …?”.
    """
    known = _names(graph)
    if not _names_one(known, part):
        return None
    called = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    name = rf"(?P<name>(?:the )?(?:{called}))"
    of_his = rf"(?:['’]s? (?:own )?(?:{_VIEWS}))?"
    named = rf"(?:(?:according to|as told by|in the words of|says|writes) {name}{of_his}"
    named += rf"|(?:in|by|going by) {name.replace('name', 'whose')}['’]s? (?:own )?(?:{_VIEWS}))"
    plain = part.rstrip(" ?.!")
    match = re.fullmatch(rf"(?P<core>.+?),? {named}", plain, re.I)
    match = match or re.fullmatch(rf"{named},? (?P<core>.+)", plain, re.I)
    if match is None:
        return None
    source, shown = _source(known, match["name"] or match["whose"])
    core = match["core"]
    return Side(f"{core[0].upper()}{core[1:]}?", shown, source)


def _names_one(known: dict[str, tuple[str, str]], text: str) -> bool:
    """Whether a source or its author is named at all, before it is looked at how."""
    plain = text.lower()
    return any(name.lower() in plain for name in known)


def of_both_texts(question: str) -> bool:
    """Whether a question is about what both texts say, to which no fact of one says yes or no.

    >>> of_both_texts("Do both sources give the same figure for 1999?")
    True
    """
    return re.search(_BOTH, question, re.IGNORECASE) is not None


# --- two sources ---------------------------------------------------------------------------------


def _of_sources(graph: Graph, text: str) -> tuple[Side, Side] | None:
    known = _names(graph)
    if len({source for source, _ in known.values()}) != _PAIR:
        return None
    years = {source.rpartition("-")[2] for source, _ in known.values()}
    by_year = all(year in text for year in years)
    if not (_names_one(known, text) or of_both_texts(text) or by_year):
        return None
    called = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    name = rf"(?:the )?(?:{called})(?:['’]s?(?: (?:own )?(?:{_VIEWS}))?)?"
    pair = rf"(?P<one>{name}) and (?:(?:{_LEADS}|to|in) )?(?P<two>{name})|{_BOTH}"
    forms = (
        rf"(?:do|does|are|is) (?:{pair}) (?:{_AGREE}) "
        r"(?:on|about|over|as to|regarding) (?P<core>.+)",
        rf"(?P<core>.+?),? (?:{_LEADS}) (?:{pair})",
        rf"(?P<core>.+?)[,:] what (?:do|does) (?:{pair}) (?:{_GIVE})(?: for it)?",
        rf"(?P<core>(?:when|where|how (?:much|many)|which|who|what \w+)\b.+?),? "
        rf"(?:do|does) (?:{pair}) (?:{_GIVE})",
        rf"what (?:{_NUMBER}) (?:do|does) (?:{pair}) (?:{_GIVE}) (?:for|of) (?P<core>.+)",
        rf"what (?:do|does) (?:{pair}) (?:{_GIVE}) (?:about|on|of|as|for) (?P<core>.+)",
        rf"(?P<core>.+?),? (?:{_LEADS}) (?P<one>{name})(?P<then>[^,?]*),? (?:and|with|to) "
        r"(?:(?:how (?:much|many)|who|what|which|when|where|why|how)\b ?)?"
        rf"(?:(?:{_LEADS}|that of|those of) )?"
        rf"(?P<two>{name})(?: (?:has|says|gives|writes|does))?(?P<later>[^,?]*)",
    )  # fmt: skip
    plain = text.rstrip(" ?.!")
    for form in forms:
        match = re.fullmatch(form, plain, re.IGNORECASE)
        if match:
            return _two(known, match)
    return _asked_apart(known, name, text)


def _two(known: dict[str, tuple[str, str]], match: re.Match[str]) -> tuple[Side, Side] | None:
    found = match.groupdict()
    both = list(dict.fromkeys(known.values()))
    if found.get("one"):
        both = [_source(known, found["one"]), _source(known, found["two"])]
    if both[0] == both[1]:
        return None
    core = _as_question(found["core"])
    times = (found.get("then") or "", found.get("later") or "")
    one, two = (
        Side(f"{core}{time.rstrip()}?", shown, source)
        for (source, shown), time in zip(both, times, strict=True)
    )
    return one, two


def _asked_apart(
    known: dict[str, tuple[str, str]], name: str, text: str
) -> tuple[Side, Side] | None:
    """The sides that a second sentence names: “… ? Check whether Yu Bin and Mitchell agree”, or “I
    think that the two authors do not say the same”."""
    apart = re.fullmatch(
        rf"(?P<core>.+?\?) (?:{_COMPARE}|check|say|tell)\b(?P<sides>[^?.]+)[.?]*", text,
        re.IGNORECASE,
    )  # fmt: skip
    apart = apart or re.fullmatch(
        rf"(?P<core>.+?\?) (?P<sides>[^?]*\b(?:{_AGREE}|disagree|contradict|the same)\b[^?]*)",
        text, re.IGNORECASE,
    )  # fmt: skip
    if not apart:
        return None
    said = apart["sides"]
    named = [_source(known, match) for match in re.findall(name, said, re.IGNORECASE)]
    if re.search(_BOTH, said, re.IGNORECASE):
        named = list(dict.fromkeys(known.values()))
    for source, shown in list(dict.fromkeys(known.values())):
        year = source.rpartition("-")[2]
        if (source, shown) not in named and re.search(rf"\b{year}\b", said):
            named.append((source, shown))
    both = [side for side in dict.fromkeys(known.values()) if side in named]
    if len(both) != _PAIR:
        return None
    one, two = (Side(apart["core"], shown, source) for source, shown in both)
    return one, two


_PAIR = 2


def _source(known: dict[str, tuple[str, str]], said: str) -> tuple[str, str]:
    bare = said.lower().removeprefix("the ")
    return next(known[n] for n in sorted(known, key=len, reverse=True) if bare.startswith(n))


@lru_cache(maxsize=4)
def _names(graph: Graph) -> dict[str, tuple[str, str]]:
    """By what a source is called, in small letters: its identifier, and its author's name."""
    rows = graph.select(
        """SELECT ?id ?label WHERE { ?s a dg:Source ; dct:identifier ?id ; dct:issued ?issued ;
           schema:author/skos:prefLabel ?label } ORDER BY ?issued"""
    )
    shown = {row["id"]: row["label"] for row in rows}
    found: dict[str, tuple[str, str]] = {}
    for source, label in shown.items():
        last = label.rpartition(" ")[2]
        for name in (label, *([last] if len(last) > _LONG_ENOUGH else [])):
            found[name.lower()] = (source, label)
    forms: dict[str, str] = asking_words()["sources"]
    for form, source in forms.items():
        if source in shown:
            found[form] = (source, shown[source])
    return found


_LONG_ENOUGH = 4
"""A surname of so many letters by itself may be another word."""


# --- two times -----------------------------------------------------------------------------------


def _of_times(text: str) -> tuple[Side, Side] | None:
    match = re.fullmatch(
        rf"{_COMPARE} (?P<core>.+?) (?:with|to|and) "
        r"(?:(?:that|those|what it was|the one|it) )?(?P<later>(?:of|in|at|by|from|for) [^,?]+)",
        text.rstrip(" ?.!"),
        re.IGNORECASE,
    )
    if not match:
        return None
    then, later = spoken.find(match["core"]), spoken.find(match["later"])
    if len(then) != 1 or len(later) != 1 or later[0].end < len(match["later"]):
        return None
    date = then[0]
    if date.end < len(match["core"]) or None in (date.period, later[0].period):
        return None
    core = _as_question(match["core"][: date.start].rstrip())
    second = re.sub(r"^of\b", "in", later[0].text)
    first = re.sub(r"^of\b", "in", date.text)
    return Side(f"{core} {first}?", first), Side(f"{core} {second}?", second)


def at_two_times(question: str) -> tuple[Side, Side] | None:
    """The question for each of two times that it joins by “and”; None for any other.

    >>> [side.question for side in at_two_times("What did they sign in 1994 and in 1996?")]
    ['What did they sign in 1994?', 'What did they sign in 1996?']
    """
    text = question.strip()
    found = spoken.find(text) if " and " in text else ()
    if len(found) != _PAIR or not _ASKS.match(text) or _RECKONED.search(text):
        return None
    one, two = found
    if None in (one.period, two.period) or one.relation not in ("in", ""):
        return None
    if not re.fullmatch(
        r",?\s+and\s+(?:again\s+|then\s+|how (?:much|many)\s+)?",
        text[one.end : two.start],
        re.IGNORECASE,
    ):
        return None
    lead = re.match(r"(?:in|on|at|during|for|of)\s+", one.text, re.IGNORECASE)
    second = two.text if two.relation else f"{lead[0] if lead else ''}{two.text}"
    start, rest = text[: one.start], text[two.end :]
    return Side(f"{start}{one.text}{rest}", one.text), Side(f"{start}{second}{rest}", second)


_RECKONED = re.compile(
    r"\b(?:compar\w*|contrast|differ\w*|more|less|fewer|than|between|total|together|altogether|"
    r"combined|sum|change[ds]?|gr[eo]w\w*|rise|rose|f[ae]ll|both|times|average|apart|how long|"
    r"most|largest)\b",
    re.IGNORECASE,
)
"""What sets two times against each other or adds them up, so that it is no question for each."""


def _as_question(core: str) -> str:
    """What is asked of each side, as a question: “what is X” where only X is named."""
    core = re.sub(rf"^{_COMPARE} ", "", core.strip(), flags=re.IGNORECASE).rstrip(" ,?.")
    verbs = ("did", "do", "does", "was", "were", "is", "are", "has", "have", "had", "would", "will")
    if _ASKS.match(core) or core.split()[0].lower() in verbs:
        return core
    return f"What is {core}"
