"""The grammar of dates in plain English, and what its expressions mean in EDTF.

:func:`search` finds the next expression of a text by its form alone; whether the sentence means a
date by it is for :mod:`diplograph.spoken` to say. :func:`meaning` gives the period.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from diplograph.dates import Period, parse
from diplograph.errors import DateError
from diplograph.numerals import NUMERALS, in_numerals
from diplograph.words import MONTHS

__all__ = ["FLAGS", "HEDGED", "HINT", "MONTH", "TENS", "YEAR", "Phrase", "meaning", "search"]

HINT = "write it as 2000, July 2000, 18 July 2000, mid-1990s, before 2001 or as EDTF (2000-07/..)"

# --- the grammar, as patterns ---------------------------------------------------------------------

YEAR = "[0-9]{4}(?![0-9])"
MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?:the\s+)?[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9])"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_DAY_MONTH = rf"(?:{_DAY}\s+(?:of\s+)?{MONTH}|{MONTH}\s+{_DAY})"
_DATED = rf"{_WEEKDAY}(?:{_DAY_MONTH}|{MONTH})(?:\s+of|\s+in|,)?\s+{YEAR}"
_BARE_YEAR = rf"(?:(?:the\s+)?years?\s+)?{YEAR}"
_EDTF = (
    r"(?:[0-9]{4}-[0-9]{2}-(?:[0-9]{2}|XX)(?![0-9])|[0-9]{4}-(?:[0-3][0-9]|4[01]|XX(?:-XX)?)(?![0-9])"
    r"|[0-9]{2}(?:[0-9]X|XX)\b)~?"
)
_SPAN = rf"(?:{_EDTF}|{YEAR}~?)"
_EDTF_SPAN = rf"(?:{_SPAN}[~?%]?/(?:\.\.|{_SPAN})|\.\./{_SPAN})"
_SEASON = rf"(?:the\s+)?(?:spring|summer|autumn|fall|winter)(?:\s+of|,)?\s+{YEAR}"
TENS = {
    "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
    "nineties": 9,
}  # fmt: skip
_DECADE = rf"(?:the\s+)?[0-9]{{3}}0['’]?s\b|(?:the\s+)?(?:{'|'.join(TENS)})\b"
_CENTURIES = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
]
_CENTURY = rf"(?:the\s+)?(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{'|'.join(_CENTURIES[9:])})[\s-]+century"
_NTH = r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)"
_QUARTER = (
    rf"(?:Q[1-4](?:\s+of|,)?\s+{YEAR}|{YEAR}\s+Q[1-4]\b|H[12](?:\s+of|,)?\s+{YEAR}"
    rf"|(?:the\s+)?{_NTH}\s+quarter\s+(?:of|in)\s+{_BARE_YEAR})"
)
_PART = (
    rf"(?:(?:the\s+)?(?:{_NTH}\s+half\s+of\s+|(?:first|last)\s+week\s+of\s+|(?:very\s+)?(?:beginning|start|middle|end|close)\s+of\s+"
    r"|(?:early|mid|late)(?:\s+in\s+|\s+part\s+of\s+|\s*-\s*|\s+)))"
)
_HEDGE = (
    r"(?:(?:perhaps|possibly|probably)\s+(?:about|around)\s+"
    r"|(?:around|about|circa|approximately|roughly|perhaps|possibly|probably"
    r"|(?:at\s+)?some\s?time\s+(?:around|about|in))\s+|ca?\.\s*|ca\s+)"
)
_COUNT = (
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_YEARS_TO = (
    rf"the\s+(?:[0-9]{{1,2}}|{'|'.join(_COUNT)})\s+years\s+"
    rf"(?:(?:up\s+)?to|until|till|through|ending\s+(?:in|with)|before|after|following)\s+{_BARE_YEAR}"
)
_POINT = (
    rf"{_HEDGE}?(?:{NUMERALS}|{_YEARS_TO}|{_QUARTER}|{_PART}?(?:{_SEASON}|{_DATED}|{_CENTURY}|{_DECADE}|{_EDTF}"
    rf"|{_BARE_YEAR}~?))"
)
_PARTIAL = rf"{_HEDGE}?(?:{_WEEKDAY}{_DAY_MONTH}|{MONTH})"
_DASH = r"[-–—]"
_SHORT = (
    rf"(?:{MONTH}\s+{_DAY}\s*{_DASH}\s*{_DAY},?\s+{YEAR}"
    rf"|{YEAR}(?:[–/]|-(?=4[2-9]|[5-9]))[0-9]{{2}}(?![0-9]))"
)
_RELATIONS = {
    r"as\s+(?:of|at)": "as-of", r"in|on|at|during|throughout|within|over|of|for": "in",
    r"not\s+later\s+than|no\s+later\s+than|by": "by",
    r"before|prior\s+to|earlier\s+than": "before", r"after|later\s+than|following": "after",
    r"since|starting\s+(?:in|on|from)|from": "since", r"until|till|up\s+to|through": "until",
    "between": "between",
}  # fmt: skip
FLAGS = re.IGNORECASE
_FIRST = (
    rf"(?:(?P<lead>{'|'.join(_RELATIONS)})\s+)?"
    rf"(?:(?P<span>{_EDTF_SPAN}|{_HEDGE}?{_SHORT})|(?P<point>{_POINT})|(?P<partial>{_PARTIAL})"
    rf"|(?P<day>{_HEDGE}?{_DAY})(?=\s*{_DASH}\s*[0-9]|\s+(?:to|and|until|till|through)\s))"
)
_SECOND = (
    rf"(?P<joint>\s*{_DASH}\s*|\s+(?:to|until|till|through|and)\s+)(?:{_POINT}|{_PARTIAL})(?![\w])"
    r"(?![.,/–-][0-9])"
)
_ON = re.compile(r"\s+(?:onwards?\b|on(?=\s*(?:[.,;:?!)]|$)))", FLAGS)
_LEADS = tuple((re.compile(words, FLAGS), name) for words, name in _RELATIONS.items())

_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?:(?:the\s+)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{MONTH})"
    rf"(?:(?:\s+of|\s+in|,)?\s+(?P<year>{YEAR}))?", FLAGS,
)  # fmt: skip
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
    rf"(?:,?\s+(?P<year>{YEAR}))?", FLAGS,
)  # fmt: skip
_YEAR_ALONE = re.compile(rf"(?:(?:the\s+)?years?\s+)?(?P<year>{YEAR})(?P<mark>~?)", FLAGS)
_DAY_ALONE = re.compile(r"(?:the\s+)?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", FLAGS)
HEDGED = re.compile(rf"(?P<hedge>{_HEDGE})(?P<rest>.+)", FLAGS | re.DOTALL)
_PARTED = re.compile(
    r"(?:the\s+)?(?:very\s+)?(?P<part>early|mid|late|first\s+week|last\s+week|beginning|start|middle|end|close)"
    r"(?:\s+(?:in|of|part\s+of)\s+|\s*-\s*|\s+)(?P<base>.+)", FLAGS,
)  # fmt: skip
_HALVED = re.compile(
    rf"(?:the\s+)?(?P<nth>{_NTH})\s+half\s+of\s+(?P<base>.+)|H(?P<h>[12])(?:\s+of|,)?\s+(?P<year>{YEAR})",
    FLAGS,
)
_QUARTERED = re.compile(
    rf"Q(?P<q>[1-4])(?:\s+of|,)?\s+(?P<year>{YEAR})|(?P<year2>{YEAR})\s+Q(?P<q2>[1-4])"
    rf"|(?:the\s+)?(?P<nth>{_NTH})\s+quarter\s+(?:of|in)\s+(?:(?:the\s+)?year\s+)?(?P<year3>{YEAR})",
    FLAGS,
)  # fmt: skip
_SEASONAL = re.compile(
    rf"(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)(?:\s+of|,)?\s+(?P<year>{YEAR})",
    FLAGS,
)
_COUNTED_YEARS = re.compile(
    r"the\s+(?P<count>[0-9]{1,2}|[a-z]+)\s+years\s+(?P<side>[a-z ]+?)\s+(?:the\s+year\s+)?"
    rf"(?P<year>{YEAR})", FLAGS,
)  # fmt: skip
_DECADES = re.compile(r"(?:the\s+)?(?:(?P<tens>[0-9]{3})0['’]?s|(?P<word>[a-z]+ties))", FLAGS)
_CENTURIAL = re.compile(
    r"(?:the\s+)?(?:(?P<n>[0-9]{1,2})(?:st|nd|rd|th)|(?P<word>[a-z-]+?))[\s-]+century", FLAGS
)
_SHORT_MONTH = re.compile(
    rf"(?P<month>{MONTH})\s+(?P<a>{_DAY})\s*{_DASH}\s*(?P<b>{_DAY}),?\s+(?P<year>{YEAR})", FLAGS
)
_SHORT_YEARS = re.compile(rf"(?P<a>{YEAR})(?:[–/-])(?P<b>[0-9]{{2}})")
_CARDINAL = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_WEEK = 7
_PARTS = {"start": "beginning", "middle": "mid", "close": "end"}


# --- reading one ----------------------------------------------------------------------------------


class _Plain(NamedTuple):
    """A year, month or day; what is not said is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def edtf(self, said: str) -> str:
        if self.year is None:
            shown = f"{MONTHS[(self.month or 1) - 1]} 2000"
            raise DateError(
                f"“{said}” is not a date: the year is missing; write it as in "
                f"{f'{self.day} ' if self.day else ''}{shown}."
            )
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        last = _month_end(self.year, self.month)
        if not 1 <= self.day <= last:
            raise DateError(
                f"“{said}” is not a date: {MONTHS[self.month - 1]} {self.year} has {last} days."
            )
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


@cache
def _first() -> re.Pattern[str]:
    """What finds a date or the first of two; made when it is first needed."""
    return re.compile(rf"(?<![\w$€£¥#.,/–-])(?:{_FIRST})(?![\w])(?!(?:[.,]|/(?!\.\.))[0-9])", FLAGS)


@cache
def _second() -> re.Pattern[str]:
    return re.compile(_SECOND, FLAGS)


class Phrase(NamedTuple):
    """A date expression where it stands: the word that leads it, and its one or two parts."""

    start: int
    end: int
    relation: str
    lead: str
    kind: str
    first: str
    joint: str
    second: str
    after_lead: int


def search(text: str, place: int) -> Phrase | None:
    """The first date expression at or after a place."""
    while match := _first().search(text, place):
        lead = " ".join((match["lead"] or "").lower().split())
        relation = next((name for words, name in _LEADS if words.fullmatch(lead)), "")
        kind = match.lastgroup or ""
        first, joint, second, end = match[kind], "", "", match.end()
        further = _second().match(text, end) if kind != "span" else None
        apart = further is not None and further["joint"].strip().lower() == "and"
        if further and (relation == "between" or not apart or _follows(match, further[0])):
            joint, end = further["joint"], further.end()
            second = further[0][len(joint) :]
            relation = "between" if lead == "from" else relation
        elif on := _ON.match(text, end) if relation in ("", "since") else None:
            relation, end = "since", on.end()
        if (kind == "day" or relation == "between") and not second and kind != "span":
            place = match.end("lead") if lead else match.start() + 1
            continue
        after = match.end("lead") if lead else match.start() + 1
        return Phrase(match.start(), end, relation, lead, kind, first, joint, second, after)
    return None


def _follows(first: re.Match[str], second: str) -> bool:
    """Whether two dates follow on each other, so that they are a span.

    So do “27 and 28 July”, and “August and September 2000”.
    """
    days = [re.search("[0-9]{1,2}", part) for part in (first["day"] or "", second)]
    one, two = (int(day[0]) if day else 0 for day in days)
    if one:
        return two == one + 1
    months = [
        re.fullmatch(rf"(?:.*\s)?(?P<name>{MONTH})(?:\s+(?:of\s+|in\s+)?{YEAR})?", part, FLAGS)
        for part in (first["partial"] or "", second)
    ]
    if None in months or re.search(r"\b[0-9]{1,2}(?:st|nd|rd|th)?\b", first["partial"] or ""):
        return False
    begin, end = (_month(found["name"]) for found in months if found)
    return end == begin + 1 and re.search(r"\b[0-9]{1,2}\b", second) is None


_LIMITS = (
    ("before", "beginning"), ("since", "beginning"), ("after", "end"), ("until", "end"),
    ("by", "end"),
)  # fmt: skip
"""Where the beginning or the end of something is its first or last day, and nothing vague."""


def meaning(hit: Phrase, said: str) -> Period:
    """The period that an expression means, its relation included.

    Raises :class:`~diplograph.errors.DateError`, which quotes what was ``said``.
    """
    relation, body = hit.relation, hit.first
    limit = None if hit.second else _limit(body)
    if limit is not None:
        edge, inner = limit
        if (relation, edge) == ("before", "end"):  # before the end of 2006 is within 2006
            relation, body = "until", inner
        elif (relation, edge) == ("after", "beginning"):
            relation, body = "since", inner
        elif (relation, edge) in _LIMITS:
            body = inner
    if hit.second:
        hedged = HEDGED.fullmatch(body)
        tight = hedged and re.fullmatch(_DASH, hit.joint)
        mark = _mark(hedged["hedge"]) if hedged and tight else ""
        period = parse(_joined(body, hit.second, said, mark))
    else:
        period = parse(_span(body, said) if hit.kind == "span" else _point(body, said))
    start, slash, end = period.edtf.partition("/")
    last = end if slash else start
    if relation in ("", "in", "as-of", "between"):
        return period
    open_there = period.earliest if relation in ("before", "since") else period.latest
    if open_there is None:
        raise DateError(f"“{said}” is not a date: there is no limit to take; {HINT}.")
    if relation == "since":
        return parse(f"{start}/..")
    if relation in ("until", "by"):
        return parse(f"../{last}")
    if relation == "before":
        return parse(f"../{_next(period.earliest, -1, start, said)}")
    return parse(f"{_next(period.latest, 1, last, said)}/..")


def _limit(body: str) -> tuple[str, str] | None:
    """Which end of what, where the words name the beginning or the end of something."""
    parted = _PARTED.fullmatch(body)
    part = parted and _PARTS.get(parted["part"].lower(), parted["part"].lower())
    return (part, parted["base"]) if parted and part in ("beginning", "end") else None


def _next(day: date | None, step: int, edge: str, said: str) -> str:
    """The day, month or year next to an end of a period, as precise as that end."""
    assert day is not None
    mark = edge[-1] if edge[-1] in "~?%" else ""
    plain = edge.rstrip("~?%")
    try:
        near = day + timedelta(step)
    except OverflowError:
        raise DateError(f"“{said}” is not a date: there is no time there.") from None
    length = 4 if len(plain) == 4 or "-XX" in plain[4:7] else 7 if len(plain) == 7 else 10
    return near.isoformat()[: 7 if plain.endswith("-XX") and length == 10 else length] + mark


def _span(text: str, said: str) -> str:
    """The EDTF expression of an interval that is one without a joining word."""
    hedged = HEDGED.fullmatch(text)
    rest = hedged["rest"] if hedged else text
    mark = _mark(hedged["hedge"]) if hedged else ""
    if short := _SHORT_MONTH.fullmatch(rest):
        tail = f"{short['month']} {short['year']}"
        return _joined(f"{short['a']} {tail}", f"{short['b']} {tail}", said, mark)
    if short := _SHORT_YEARS.fullmatch(rest):
        return _joined(short["a"], short["a"][:2] + short["b"], said, mark)
    return text


def _joined(begin: str, end: str, said: str, mark: str = "") -> str:
    """The interval from one point to another; what the first leaves out is as in the second."""
    hedged = HEDGED.fullmatch(begin)
    if hedged:
        begin, mark_begin = hedged["rest"], _mark(hedged["hedge"])
    else:
        mark_begin = mark
    first, last = _plain(begin), _plain(end)
    begin_edge, end_edge = _limit(begin), _limit(end)
    dated = last or _plain(end_edge[1] if end_edge else "")
    if first and dated and first.year is None:
        first = _Plain(dated.year, first.month or dated.month, first.day)
    if first:
        one = first.edtf(said)
    else:
        inner = begin_edge[1] if begin_edge and begin_edge[0] == "beginning" else begin
        one = _point(inner, said).partition("/")[0]
    if last:
        other = last.edtf(said)
    else:
        inner = end_edge[1] if end_edge and end_edge[0] == "end" else end
        other = _point(inner, said).rpartition("/")[2]
    made = f"{_marked(one, mark_begin)}/{_marked(other, mark)}"
    try:
        parse(made)
    except DateError:
        raise DateError(f"“{said}” is not a date: it ends before it begins.") from None
    return made


def _marked(edtf: str, mark: str) -> str:
    return edtf if not mark or edtf[-1] in "~?%" else edtf + mark


def _mark(hedge: str) -> str:
    words = hedge.lower()
    perhaps = words.startswith(("perhaps", "possibly", "probably"))
    return "%" if perhaps and "ou" in words else "?" if perhaps else "~"


def _plain(text: str) -> _Plain | None:
    if numerals := in_numerals(text, text):
        return _Plain(*numerals)
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _YEAR_ALONE, _DAY_ALONE):
        match = pattern.fullmatch(text)
        if match and not match.groupdict().get("mark"):
            found = match.groupdict()
            month = found.get("month")
            year, day = found.get("year"), found.get("day")
            return _Plain(
                int(year) if year else None,
                _month(month) if month else None,
                int(day) if day else None,
            )
    return None


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name[:3].lower() == word[:3].lower())


def _point(text: str, said: str) -> str:
    """The EDTF expression of what is no interval in words (though it may be one in EDTF)."""
    hedged = HEDGED.fullmatch(text)
    if hedged:
        mark = _mark(hedged["hedge"])
        start, slash, end = _point(hedged["rest"], said).partition("/")
        return f"{_marked(start, mark)}{slash}{_marked(end, mark) if end else ''}"
    plain = _plain(text)
    if plain:
        return plain.edtf(said)
    if parted := _PARTED.fullmatch(text):
        part = _PARTS.get(parted["part"].lower(), parted["part"].lower())
        return _part(part, _point(parted["base"], said), said)
    if halved := _HALVED.fullmatch(text):
        number = int(halved["h"]) if halved["h"] else _CARDINAL.get(halved["nth"].lower(), 2)
        if number > 2:
            raise DateError(f"“{said}” is not a date: there are but two halves.")
        return _part(f"half {number}", _point(halved["base"] or halved["year"], said), said)
    if quarter := _QUARTERED.fullmatch(text):
        year = quarter["year"] or quarter["year2"] or quarter["year3"]
        nth = quarter["q"] or quarter["q2"] or _CARDINAL.get((quarter["nth"] or "").lower(), 4)
        return f"{year}-{int(nth) * 3 - 2:02}/{year}-{int(nth) * 3:02}"
    if years := _COUNTED_YEARS.fullmatch(text):
        return _years(years["count"].lower(), years["side"].lower(), int(years["year"]))
    if season := _SEASONAL.fullmatch(text):
        names = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
        return f"{season['year']}-{names[season['season'].lower()]}"
    if decade := _DECADES.fullmatch(text):
        return (decade["tens"] or f"19{TENS[decade['word'].lower()]}") + "X"
    if century := _CENTURIAL.fullmatch(text):
        word = century["word"]
        number = int(century["n"]) if century["n"] else _CENTURIES.index(word.lower()) + 1
        return f"{number - 1:02}XX"
    return text  # EDTF as it stands


def _years(count: str, side: str, year: int) -> str:
    """So many years that end with one, or that come before or after it."""
    number = int(count) if count.isdigit() else _COUNT.index(count) + 2
    if side in ("after", "following"):
        return f"{year + 1:04}/{year + number:04}"
    return f"{year - number:04}/{year - (side == 'before'):04}"


def _part(part: str, edtf: str, said: str) -> str:
    """A part of a year, a decade, a century or a month, by the table above."""
    week = " ".join(part.split()).partition(" week")
    if week[1]:
        if not re.fullmatch("[0-9]{4}-(?:0[1-9]|1[0-2])", edtf):
            raise DateError(f"“{said}” is not a date that can be read; {HINT}.")
        days = _month_end(int(edtf[:4]), int(edtf[5:7]))
        begin = 1 if week[0] == "first" else days - _WEEK + 1
        return f"{edtf}-{begin:02}/{edtf}-{begin + _WEEK - 1:02}"
    season = re.fullmatch("([0-9]{4})-2([1-4])", edtf)
    if season and not part.startswith("half"):
        place = {"beginning": 0, "early": 0, "mid": 1, "late": 2, "end": 2}[part]
        month = int(season[1]) * 12 + int(season[2]) * 3 - 1 + place
        first = last = f"{month // 12:04}-{month % 12 + 1:02}"
        return f"{first}~"
    if not re.fullmatch("[0-9]{2}XX|[0-9]{3}[0-9X]|[0-9]{4}-(?:0[1-9]|1[0-2])", edtf):
        raise DateError(f"“{said}” is not a date that can be read; {HINT}.")
    if edtf.endswith("XX"):
        bounds = {
            "beginning": (0, 9), "early": (0, 33), "mid": (34, 66), "late": (67, 99),
            "end": (90, 99), "half 1": (0, 49), "half 2": (50, 99),
        }[part]  # fmt: skip
        first, last = (f"{edtf[:2]}{n:02}" for n in bounds)
    elif edtf.endswith("X"):
        bounds = {
            "beginning": (0, 1), "early": (0, 3), "mid": (4, 6), "late": (7, 9), "end": (8, 9),
            "half 1": (0, 4), "half 2": (5, 9),
        }[part]  # fmt: skip
        first, last = (f"{edtf[:3]}{n}" for n in bounds)
    elif len(edtf) == 4:
        bounds = {
            "beginning": (1, 2), "early": (1, 4), "mid": (5, 8), "late": (9, 12), "end": (11, 12),
            "half 1": (1, 6), "half 2": (7, 12),
        }[part]  # fmt: skip
        first, last = (f"{edtf}-{n:02}" for n in bounds)
    else:
        days = _month_end(int(edtf[:4]), int(edtf[5:7]))
        bounds = {
            "beginning": (1, 5), "early": (1, 10), "mid": (11, 20), "late": (21, days),
            "end": (days - 4, days), "half 1": (1, 15), "half 2": (16, days),
        }[part]  # fmt: skip
        first, last = (f"{edtf}-{n:02}" for n in bounds)
    mark = "" if part.startswith("half") else "~"
    return f"{first}{mark}/{last}{mark}"


def _month_end(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else None
    return 31 if following is None else (following - timedelta(1)).day
