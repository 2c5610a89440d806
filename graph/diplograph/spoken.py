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
limit the end of a year is its last day: “by the end of 2006” is ``../2006``. “The ten years (up) to
2005” are ``1995/2005``, “the ten years before 2005” ``1995/2004``. Decades are counted
from 0 (“the 1900s” is 1900 to 1909, “the nineties” 1990 to 1999), centuries as EDTF counts them
(“the 20th century” is ``19XX``). With a hyphen, four and two digits are EDTF, month or season
(``2000-07``), and a span of years only where they cannot be that (“1998-99”); with a dash they are
a span. In numerals the day or the month may be first: what can be two days is refused
(:mod:`diplograph.numerals`).

>>> read("18th of July 2000").edtf, read("the mid-1990s").edtf, read("after 2000").edtf
('2000-07-18', '1994~/1996~', '2001/..')
>>> [(m.text, m.relation) for m in find("Who met in July 2000, and who before 2001?")]
[('in July 2000', 'in'), ('before 2001', 'before')]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from diplograph.dates import Period, parse
from diplograph.errors import DateError
from diplograph.numerals import NUMERALS
from diplograph.phrases import FLAGS, HEDGED, HINT, MONTH, TENS, YEAR, Phrase, meaning, search

__all__ = ["Mention", "find", "read"]

_AS_EDTF = re.compile(r"(?:[0-9X]|\.\.|/|\[|\{)[0-9XTZS:.~?%/,\[\]{}+-]*")
_SHORT_YEARS_ONLY = re.compile(rf"{YEAR}-(?:[0-9]{{4}}|4[2-9]|[5-9][0-9])")
_MAY_HOLD = re.compile(
    "[0-9]|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|ties|century", FLAGS
)


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
    numerals = re.fullmatch(NUMERALS, said)
    if _AS_EDTF.fullmatch(said) and not _SHORT_YEARS_ONLY.fullmatch(said) and not numerals:
        return parse(said)
    hit = search(said, 0)
    if hit is None or (hit.start, hit.end) != (0, len(said)):
        raise DateError(f"“{said}” is not a date that can be read; {HINT}.")
    return meaning(hit, said)


_COUNTED = re.compile(
    r"\s*(?:%|°)|\s+(?:[a-z]+ly\s+|more\s+|new\s+|nuclear\s+|military\s+|square\s+|cubic\s+|metric\s+"
    r"|billion\s+|million\s+)*(?:per\s?cent|percent(?:age)?|thousand|million|billion|trillion|tons"
    r"|tonnes|kilo\w*|km|m|metres|meters|miles|hectares|acres|barrels|litres|tanks|planes|aircraft"
    r"|fighters|jets|helicopters|missiles|warheads|rockets|ships|vessels|submarines|weapons|guns"
    r"|bombs|islands|islets|people|persons|men|women|soldiers|troops|officers|students|workers"
    r"|migrants|immigrants|refugees|delegates|businessmen|traders|companies|firms|projects|dollars"
    r"|rubles|roubles|yuan|renminbi|euros|pounds|yen|rupees|megawatts|kilowatts|MW|GW|kW|hours"
    r"|minutes|days|weeks|months|years|times|units|copies|items|cases|places|cities|villages|horses"
    r"|horsepower|[a-z]+-[0-9]+\w*)\b"
    r"(?!\s+(?:sales|deliver|deals?\b|transfers?|exports?|imports?|contracts?|purchases?|orders?|trade))",
    re.IGNORECASE,
)
"""What is counted by the number before it, so that it is no year; not “the 2006 weapons sales”."""
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
_DATED_THING = re.compile(
    r"\b(?:treaty|agreement|accord|pact|deal|contract|declaration|protocol|statement|memorandum"
    r"|communiqu[eé]|visit|summit|meeting|talks|crisis|crackdown|survey|poll|war|clash(?:es)?)\s+$",
    re.IGNORECASE,
)
"""What people tell by its year, so that the number after “of” is one: the treaty of 2001."""
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
    while hit := search(text, place):
        if not _stands(hit, text):
            place = hit.after_lead
            continue
        said = text[hit.start : hit.end]
        try:
            period: Period | None = meaning(hit, said)
        except DateError:
            period = None
        found.append(Mention(hit.start, hit.end, said, period, hit.relation))
        place = hit.end
    return tuple(found)


def _stands(hit: Phrase, text: str) -> bool:
    """Whether what looks like a date is one in this sentence."""
    body = f"{hit.first} {hit.second}".strip()
    years = [int(y) for y in re.findall(r"(?<![0-9])[0-9]{4}(?![0-9])", body)]
    if any(not 1000 <= year <= 2100 for year in years):
        return False
    if _named_month(hit, body) is False:
        return False
    if hit.kind == "partial" or (hit.kind == "day" and not years):
        return _named_month(hit, body) is True
    plain = HEDGED.fullmatch(body)
    bare = plain["rest"] if plain else body
    if bare.lower() in TENS:
        return False  # in his thirties
    if re.search(r"[a-z]{3}|[0-9][-.][0-9]|[/~X]|Q|s$", bare, FLAGS):
        return True  # a month, a season, “early”, “the year”, a decade, EDTF
    rest = text[hit.end : hit.end + _NEAR]
    before = text[max(hit.start - _NEAR, 0) : hit.start]
    if _COUNTED.match(rest):
        return False
    if plain or hit.lead in _DOUBTFUL_LEADS:
        named = hit.lead in ("of", "for", "by") and rest[1:2].isupper()
        named = named or (hit.lead == "of" and bool(_DATED_THING.search(before)))
        return bool(_FUNCTION.match(rest)) or named
    if hit.lead:
        return True
    if _NUMBERED.search(before):
        return False
    return bool(_BEFORE_DATE.search(before)) or not re.search(r"\w", rest)


def _named_month(hit: Phrase, body: str) -> bool | None:
    """False where a word that can be a month is none; None where there is no such word."""
    lead = hit.lead
    month = re.search(rf"\b{MONTH}", body, FLAGS)
    if month is None:
        return None
    word = month[0].rstrip(".")
    with_year = re.search(
        rf"{re.escape(word)}\.?(?:\s+of|\s+in|,)?(?:\s+[0-9]{{1,2}}\w*,?)?\s+{YEAR}", body
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
