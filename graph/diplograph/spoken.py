"""Dates in plain English: one that is given, and those that a sentence holds.

:func:`read` takes an EDTF expression or words (“July 2000”, “the mid-1990s”, “before 2001”) and
gives the period meant; :func:`find` gives every date expression of a question with its place.
Nothing is guessed from today's date: “last year” and “recently” are no dates here.

What is vague becomes an interval whose ends are marked approximate (``~``), so that comparisons
allow each end one unit of its precision; halves and quarters have exact ends.

================== =================== ====================== ==================== ===============
words              year 2000           1990s                  July 2000            20th century
================== =================== ====================== ==================== ===============
beginning, start   Jan – Feb           1990 – 1991            1 – 5                1900 – 1909
early              Jan – Apr           1990 – 1993            1 – 10               1900 – 1933
mid, middle        May – Aug           1994 – 1996            11 – 20              1934 – 1966
late               Sep – Dec           1997 – 1999            21 – 31              1967 – 1999
end, close         Nov – Dec           1998 – 1999            27 – 31              1990 – 1999
first half (exact) Jan – Jun           1990 – 1994            1 – 15               1900 – 1949
================== =================== ====================== ==================== ===============

So “early 2000” is ``2000-01~/2000-04~``. “About”, “around”, “circa” mark a date approximate,
“perhaps” uncertain. “Before 2001” is ``../2000`` and “after 18 July 2000” ``2000-07-19/..``;
“since” and “from” include what follows, as do “until”, “by”, “between … and” and “from … to”. As a
limit the end of a year is its last day: “by the end of 2006” is ``../2006``. Decades are counted
from 0 (“the 1900s” is 1900 to 1909, “the nineties” 1990 to 1999), centuries as EDTF counts them
(“the 20th century” is ``19XX``). With a hyphen, four and two digits are EDTF, month or season
(``2000-07``), and a span of years only where they cannot be that (“1998-99”); with a dash they are
a span.

>>> read("18th of July 2000").edtf, read("the mid-1990s").edtf, read("after 2000").edtf
('2000-07-18', '1994~/1996~', '2001/..')
>>> [(m.text, m.relation) for m in find("Who met in July 2000, and who before 2001?")]
[('in July 2000', 'in'), ('before 2001', 'before')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from diplograph.dates import Period, parse
from diplograph.errors import DateError
from diplograph.words import MONTHS

__all__ = ["Mention", "find", "read"]

_HINT = "write it as 2000, July 2000, 18 July 2000, mid-1990s, before 2001 or as EDTF (2000-07/..)"


@dataclass(frozen=True)
class Mention:
    """A date expression in a text: from where to where (the end not included), and what it means.

    ``text`` is the stretch itself, with the preposition that belongs to it. ``relation`` is one of
    ``in``, ``as-of``, ``before``, ``after``, ``since``, ``until``, ``by``, ``between``, or nothing
    where the date stands bare. ``period`` is that of :func:`read` for the text, the relation
    included (``../2000`` for “before 2001”), and None where it names no time that there is: where
    the year is missing, or the day is none of its month; ``read(text)`` then says why.
    """

    start: int
    end: int
    text: str
    period: Period | None
    relation: str


# --- the grammar, as patterns ---------------------------------------------------------------------

_YEAR = "[0-9]{4}(?![0-9])"
_MONTH = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?:the\s+)?[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9])"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_DAY_MONTH = rf"(?:{_DAY}\s+(?:of\s+)?{_MONTH}|{_MONTH}\s+{_DAY})"
_DATED = rf"{_WEEKDAY}(?:{_DAY_MONTH}|{_MONTH})(?:\s+of|\s+in|,)?\s+{_YEAR}"
_BARE_YEAR = rf"(?:(?:the\s+)?years?\s+)?{_YEAR}"
_EDTF = (
    r"(?:[0-9]{4}-[0-9]{2}-(?:[0-9]{2}|XX)(?![0-9])|[0-9]{4}-(?:[0-3][0-9]|4[01]|XX(?:-XX)?)(?![0-9])"
    r"|[0-9]{2}(?:[0-9]X|XX)\b)~?"
)
_SPAN = rf"(?:{_EDTF}|{_YEAR}~?)"
_EDTF_SPAN = rf"(?:{_SPAN}[~?%]?/(?:\.\.|{_SPAN})|\.\./{_SPAN})"
_SEASON = rf"(?:the\s+)?(?:spring|summer|autumn|fall|winter)(?:\s+of|,)?\s+{_YEAR}"
_TENS = {
    "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
    "nineties": 9,
}  # fmt: skip
_DECADE = rf"(?:the\s+)?[0-9]{{3}}0['’]?s\b|(?:the\s+)?(?:{'|'.join(_TENS)})\b"
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
    rf"(?:Q[1-4](?:\s+of|,)?\s+{_YEAR}|{_YEAR}\s+Q[1-4]\b|H[12](?:\s+of|,)?\s+{_YEAR}"
    rf"|(?:the\s+)?{_NTH}\s+quarter\s+(?:of|in)\s+{_BARE_YEAR})"
)
_PART = (
    rf"(?:(?:the\s+)?(?:{_NTH}\s+half\s+of\s+|(?:very\s+)?(?:beginning|start|middle|end|close)\s+of\s+"
    r"|(?:early|mid|late)(?:\s+in\s+|\s+part\s+of\s+|\s*-\s*|\s+)))"
)
_HEDGE = (
    r"(?:(?:perhaps|possibly|probably)\s+(?:about|around)\s+"
    r"|(?:around|about|circa|approximately|roughly|perhaps|possibly|probably"
    r"|(?:at\s+)?some\s?time\s+(?:around|about|in))\s+|ca?\.\s*|ca\s+)"
)
_POINT = (
    rf"{_HEDGE}?(?:{_QUARTER}|{_PART}?(?:{_SEASON}|{_DATED}|{_CENTURY}|{_DECADE}|{_EDTF}"
    rf"|{_BARE_YEAR}~?))"
)
_PARTIAL = rf"{_HEDGE}?(?:{_WEEKDAY}{_DAY_MONTH}|{_MONTH})"
_DASH = r"[-–—]"
_SHORT = (
    rf"(?:{_MONTH}\s+{_DAY}\s*{_DASH}\s*{_DAY},?\s+{_YEAR}"
    rf"|{_YEAR}(?:[–/]|-(?=4[2-9]|[5-9]))[0-9]{{2}}(?![0-9]))"
)
_RELATIONS = {
    r"as\s+(?:of|at)": "as-of", r"in|on|at|during|throughout|within|over|of|for": "in",
    r"not\s+later\s+than|no\s+later\s+than|by": "by",
    r"before|prior\s+to|earlier\s+than": "before", r"after|later\s+than|following": "after",
    r"since|starting\s+(?:in|on|from)|from": "since", r"until|till|up\s+to|through": "until",
    "between": "between",
}  # fmt: skip
_FLAGS = re.IGNORECASE
_FIRST = (
    rf"(?:(?P<lead>{'|'.join(_RELATIONS)})\s+)?"
    rf"(?:(?P<span>{_EDTF_SPAN}|{_HEDGE}?{_SHORT})|(?P<point>{_POINT})|(?P<partial>{_PARTIAL})"
    rf"|(?P<day>{_HEDGE}?{_DAY})(?=\s*{_DASH}\s*[0-9]|\s+(?:to|and|until|till|through)\s))"
)
_SECOND = (
    rf"(?P<joint>\s*{_DASH}\s*|\s+(?:to|until|till|through|and)\s+)(?:{_POINT}|{_PARTIAL})(?![\w])"
    r"(?![.,/–-][0-9])"
)
_MAY_HOLD = re.compile(
    "[0-9]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|ties|century", _FLAGS
)
_ON = re.compile(r"\s+on(?:wards?)?\b", _FLAGS)
_LEADS = tuple((re.compile(words, _FLAGS), name) for words, name in _RELATIONS.items())
_AS_EDTF = re.compile(r"(?:[0-9X]|\.\.|/|\[|\{)[0-9XTZS:.~?%/,\[\]{}+-]*")

_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?:(?:the\s+)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})"
    rf"(?:(?:\s+of|\s+in|,)?\s+(?P<year>{_YEAR}))?", _FLAGS,
)  # fmt: skip
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9])"
    rf"(?:,?\s+(?P<year>{_YEAR}))?", _FLAGS,
)  # fmt: skip
_YEAR_ALONE = re.compile(rf"(?:(?:the\s+)?years?\s+)?(?P<year>{_YEAR})(?P<mark>~?)", _FLAGS)
_DAY_ALONE = re.compile(r"(?:the\s+)?(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?", _FLAGS)
_HEDGED = re.compile(rf"(?P<hedge>{_HEDGE})(?P<rest>.+)", _FLAGS | re.DOTALL)
_PARTED = re.compile(
    r"(?:the\s+)?(?:very\s+)?(?P<part>early|mid|late|beginning|start|middle|end|close)"
    r"(?:\s+(?:in|of|part\s+of)\s+|\s*-\s*|\s+)(?P<base>.+)", _FLAGS,
)  # fmt: skip
_HALVED = re.compile(
    rf"(?:the\s+)?(?P<nth>{_NTH})\s+half\s+of\s+(?P<base>.+)|H(?P<h>[12])(?:\s+of|,)?\s+(?P<year>{_YEAR})",
    _FLAGS,
)
_QUARTERED = re.compile(
    rf"Q(?P<q>[1-4])(?:\s+of|,)?\s+(?P<year>{_YEAR})|(?P<year2>{_YEAR})\s+Q(?P<q2>[1-4])"
    rf"|(?:the\s+)?(?P<nth>{_NTH})\s+quarter\s+(?:of|in)\s+(?:(?:the\s+)?year\s+)?(?P<year3>{_YEAR})",
    _FLAGS,
)  # fmt: skip
_SEASONAL = re.compile(
    rf"(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)(?:\s+of|,)?\s+(?P<year>{_YEAR})",
    _FLAGS,
)
_DECADES = re.compile(r"(?:the\s+)?(?:(?P<tens>[0-9]{3})0['’]?s|(?P<word>[a-z]+ties))", _FLAGS)
_CENTURIAL = re.compile(
    r"(?:the\s+)?(?:(?P<n>[0-9]{1,2})(?:st|nd|rd|th)|(?P<word>[a-z-]+?))[\s-]+century", _FLAGS
)
_SHORT_MONTH = re.compile(
    rf"(?P<month>{_MONTH})\s+(?P<a>{_DAY})\s*{_DASH}\s*(?P<b>{_DAY}),?\s+(?P<year>{_YEAR})", _FLAGS
)
_SHORT_YEARS = re.compile(rf"(?P<a>{_YEAR})(?:[–/-])(?P<b>[0-9]{{2}})")
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


def read(text: str) -> Period:
    """The period that an EDTF expression or plain words mean.

    Raises :class:`~diplograph.errors.DateError` with one line that says what is wrong: that it is
    no date, that the year is missing, that there is no such day, that it ends before it begins.

    >>> read("2000-07/2000-08").edtf, read("17-18 July 2000").edtf, read("Q3 2000").edtf
    ('2000-07/2000-08', '2000-07-17/2000-07-18', '2000-07/2000-09')
    >>> read("by the end of 2006").edtf, read("circa 1998").edtf, read("summer 2000").edtf
    ('../2006', '1998~', '2000-22')
    >>> read("31 February 2000")
    Traceback (most recent call last):
    diplograph.errors.DateError: “31 February 2000” is not a date: February 2000 has 29 days.
    """
    said = " ".join(text.split())
    if _AS_EDTF.fullmatch(said) and not _SHORT_YEARS_ONLY.fullmatch(said):
        return parse(said)
    hit = _search(said, 0)
    if hit is None or (hit.start, hit.end) != (0, len(said)):
        raise DateError(f"“{said}” is not a date that can be read; {_HINT}.")
    return _period(hit, said)


_SHORT_YEARS_ONLY = re.compile(rf"{_YEAR}-(?:[0-9]{{4}}|4[2-9]|[5-9][0-9])")


@cache
def _first() -> re.Pattern[str]:
    """What finds a date or the first of two; made when it is first needed."""
    return re.compile(
        rf"(?<![\w$€£¥#.,/–-])(?:{_FIRST})(?![\w])(?!(?:[.,]|/(?!\.\.))[0-9])", _FLAGS
    )


@cache
def _second() -> re.Pattern[str]:
    return re.compile(_SECOND, _FLAGS)


class _Hit(NamedTuple):
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


def _search(text: str, place: int) -> _Hit | None:
    """The first date expression at or after a place."""
    while match := _first().search(text, place):
        lead = " ".join((match["lead"] or "").lower().split())
        relation = next((name for words, name in _LEADS if words.fullmatch(lead)), "")
        kind = match.lastgroup or ""
        first, joint, second, end = match[kind], "", "", match.end()
        further = _second().match(text, end) if kind != "span" else None
        if further and (further["joint"].strip() == "and") <= (relation == "between"):
            joint, end = further["joint"], further.end()
            second = further[0][len(joint) :]
            relation = "between" if lead == "from" else relation
        elif on := _ON.match(text, end) if relation in ("", "since") else None:
            relation, end = ("since", on.end()) if lead or on[0].strip() != "on" else ("", end)
        if (kind == "day" or relation == "between") and not second and kind != "span":
            place = match.end("lead") if lead else match.start() + 1
            continue
        after = match.end("lead") if lead else match.start() + 1
        return _Hit(match.start(), end, relation, lead, kind, first, joint, second, after)
    return None


def _period(hit: _Hit, said: str) -> Period:
    relation, body = hit.relation, hit.first
    limit = None
    if relation in ("before", "after", "since", "until", "by") and not hit.second:
        limit = _limit(body)
    if limit is not None:
        edge, inner = limit
        inward = {"before": "end", "after": "beginning"}.get(relation)
        outward = {"after": "end", "before": "beginning"}.get(relation)
        if edge == inward:  # before the end of 2006 is within 2006
            relation, body = ("until" if relation == "before" else "since"), inner
        elif edge == (outward or {"since": "beginning"}.get(relation, "end")):
            body = inner
    if hit.second:
        hedged = _HEDGED.fullmatch(body)
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
        raise DateError(f"“{said}” is not a date: there is no limit to take; {_HINT}.")
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
    hedged = _HEDGED.fullmatch(text)
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
    hedged = _HEDGED.fullmatch(begin)
    if hedged:
        begin, mark_begin = hedged["rest"], _mark(hedged["hedge"])
    else:
        mark_begin = mark
    first, last = _plain(begin), _plain(end)
    if first and last and first.year is None:
        month = first.month or last.month
        first = _Plain(last.year, month, first.day)
    begin_edge, end_edge = _limit(begin), _limit(end)
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
    hedged = _HEDGED.fullmatch(text)
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
    if season := _SEASONAL.fullmatch(text):
        names = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
        return f"{season['year']}-{names[season['season'].lower()]}"
    if decade := _DECADES.fullmatch(text):
        return (decade["tens"] or f"19{_TENS[decade['word'].lower()]}") + "X"
    if century := _CENTURIAL.fullmatch(text):
        word = century["word"]
        number = int(century["n"]) if century["n"] else _CENTURIES.index(word.lower()) + 1
        return f"{number - 1:02}XX"
    return text  # EDTF as it stands


def _part(part: str, edtf: str, said: str) -> str:
    """A part of a year, a decade, a century or a month, by the table above."""
    season = re.fullmatch("([0-9]{4})-2([1-4])", edtf)
    if season and not part.startswith("half"):
        place = {"beginning": 0, "early": 0, "mid": 1, "late": 2, "end": 2}[part]
        month = int(season[1]) * 12 + int(season[2]) * 3 - 1 + place
        first = last = f"{month // 12:04}-{month % 12 + 1:02}"
        return f"{first}~"
    if not re.fullmatch("[0-9]{2}XX|[0-9]{3}[0-9X]|[0-9]{4}-(?:0[1-9]|1[0-2])", edtf):
        raise DateError(f"“{said}” is not a date that can be read; {_HINT}.")
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


# --- finding them in a sentence -------------------------------------------------------------------

_COUNTED = re.compile(
    r"\s*(?:%|°)|\s+(?:[a-z]+ly\s+|more\s+|new\s+|nuclear\s+|military\s+|square\s+|cubic\s+|metric\s+"
    r"|billion\s+|million\s+)*(?:per\s?cent|percent(?:age)?|thousand|million|billion|trillion|tons?"
    r"|tonnes?|kilo\w*|km|m|metres?|meters?|miles?|hectares?|acres?|barrels?|litres?|tanks?"
    r"|planes?|aircraft|fighters?|jets?|helicopters?|missiles?|warheads?|rockets?|ships?|vessels?"
    r"|submarines?|weapons?|arms|guns?|bombs?|islands?|islets?|people|persons?|men|women|soldiers?"
    r"|troops?|officers?|forces|students?|workers?|migrants?|immigrants?|refugees?|delegates?"
    r"|businessm[ae]n|traders?|companies|firms|projects?|dollars?|rubles?|roubles?|yuan|renminbi"
    r"|euros?|pounds?|yen|rupees?|megawatts?|kilowatts?|MW|GW|kW|hours?|minutes?|days?|weeks?"
    r"|[a-z]+-[0-9]+\w*|months?|years?|times|units?|copies|items?|cases?|places?|cities|villages?|horse\w*)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\b(?:resolutions?|no|nos|nr|numbers?|articles?|sections?|pages?|pp|p|chapters?|types?"
    r"|models?|projects?|flights?|decrees?|orders?|directives?|laws?|rooms?|boeing|airbus|mark|mk"
    r"|class|series|version|paragraphs?|footnotes?|notes?|figures?|tables?|items?|lots?|form)\.?"
    r"|[-+*=<>&])\s*$",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"\s*$|\s*[?!.,;:)\]”\"’'–—]|\s+(?:what|which|who|whom|whose|when|where|why|how|did|do|does|was"
    r"|were|is|are|has|have|had|and|or|but|the|a|an|between|with|by|in|on|at|of|to|from|for|under"
    r"|about|against|as|that|than|until|before|after)\b",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(
    r"(?:^|[(\[“‘\"'—–;:,?!.]|\b(?:the|a|an|this|that|its|their|his|her|and|or|than|versus|vs|to"
    r"|dated|date|signed|concluded|agreed|year)|['’]s?)\s*$",
    re.IGNORECASE,
)
_NEAR = 100
"""How many characters before and after a number tell whether it is a year."""
_DOUBTFUL_LEADS = ("up to", "over", "at", "for", "by", "through", "of", "within")


def find(text: str) -> tuple[Mention, ...]:
    """Every date expression of a text, in order, each with its preposition.

    A four-digit number is a year from 1000 to 2100 after a preposition, an article or a stop, or
    at either edge of the text, unless something is counted or numbered by it (“2000 tons”,
    “Resolution 1441”). A month without a year is found after a preposition or with a day; its
    ``period`` is None. “May” and “March” are months only with a day or a year, or capitalized after
    a preposition.

    >>> [(m.start, m.end, m.period and m.period.edtf) for m in find("the 2006 trade figures")]
    [(4, 8, '2006')]
    >>> find("2000 tons, up to 40 Su-30 and Resolution 1441")
    ()
    >>> [m.period for m in find("Who met in July?")]
    [None]
    """
    if not _MAY_HOLD.search(text):
        return ()
    found = []
    place = 0
    while hit := _search(text, place):
        if not _stands(hit, text):
            place = hit.after_lead
            continue
        said = text[hit.start : hit.end]
        try:
            period: Period | None = _period(hit, said)
        except DateError:
            period = None
        found.append(Mention(hit.start, hit.end, said, period, hit.relation))
        place = hit.end
    return tuple(found)


def _stands(hit: _Hit, text: str) -> bool:
    """Whether what looks like a date is one in this sentence."""
    body = f"{hit.first} {hit.second}".strip()
    years = [int(y) for y in re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", body)]
    if any(not 1000 <= year <= 2100 for year in years):
        return False
    if _named_month(hit, body) is False:
        return False
    if hit.kind == "partial" or (hit.kind == "day" and not years):
        return _named_month(hit, body) is True
    plain = _HEDGED.fullmatch(body)
    bare = plain["rest"] if plain else body
    if bare.lower() in _TENS:
        return False  # in his thirties
    if re.search(r"[a-z]{3}|[0-9]-[0-9]|[/~X]|Q|s$", bare, _FLAGS):
        return True  # a month, a season, “early”, “the year”, a decade, EDTF
    rest = text[hit.end : hit.end + _NEAR]
    before = text[max(hit.start - _NEAR, 0) : hit.start]
    if _COUNTED.match(rest):
        return False
    if plain or hit.lead in _DOUBTFUL_LEADS:
        named = hit.lead in ("of", "for", "by") and rest[1:2].isupper()
        return bool(_FUNCTION.match(rest)) or named
    if hit.lead:
        return True
    if _NUMBERED.search(before):
        return False
    return bool(_BEFORE_DATE.search(before)) or not re.search(r"\w", rest)


def _named_month(hit: _Hit, body: str) -> bool | None:
    """False where a word that can be a month is none; None where there is no such word."""
    lead = hit.lead
    month = re.search(rf"\b{_MONTH}", body, _FLAGS)
    if month is None:
        return None
    word = month[0].rstrip(".")
    with_year = re.search(
        rf"{re.escape(word)}\.?(?:\s+of|\s+in|,)?(?:\s+[0-9]{{1,2}}\w*,?)?\s+{_YEAR}", body
    )
    if word.lower() in ("may", "march", "mar", "dec", "sep", "jan"):
        if with_year:
            return word[0].isupper() or bool(lead) or bool(re.search(r"[0-9]\s+\w+\s+[0-9]", body))
        if word.lower() not in ("may", "march"):
            return word[0].isupper() and bool(re.search("[0-9]", body))
        return word[0].isupper() and (bool(lead) or bool(re.search("[0-9]", body)))
    if with_year or hit.second:
        return True
    return bool(re.search("[0-9]", body)) or (bool(lead) and word[0].isupper())
