"""Dates in plain English: reading one, and finding those of a sentence."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph import dates
from diplograph.errors import DateError
from diplograph.spoken import find, read
from diplograph.words import MONTHS, in_words


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2000", "2000"),
        ("2000-07-18/2000-07-19", "2000-07-18/2000-07-19"),
        ("1998~/..", "1998~/.."),
        ("July 2000", "2000-07"),
        ("july 2000", "2000-07"),
        ("July of 2000", "2000-07"),
        ("Sept 2000", "2000-09"),
        ("Sept. 2000", "2000-09"),
        ("May 1991", "1991-05"),
        ("18 July 2000", "2000-07-18"),
        ("July 18, 2000", "2000-07-18"),
        ("18th of July 2000", "2000-07-18"),
        ("the 1st of May 2000", "2000-05-01"),
        ("September 11, 2001", "2001-09-11"),
        ("Tuesday, September 11, 2001", "2001-09-11"),
        ("17-18 July 2000", "2000-07-17/2000-07-18"),
        ("27/7/2000", "2000-07-27"),
        ("7/27/2000", "2000-07-27"),
        ("07/07/2000", "2000-07-07"),
        ("27.7.2000", "2000-07-27"),
        ("2000/07/05", "2000-07-05"),
        ("before 27/7/2000", "../2000-07-26"),
        ("between 13/7/2000 and 31/8/2000", "2000-07-13/2000-08-31"),
        ("17–18 July 2000", "2000-07-17/2000-07-18"),
        ("July 17-18, 2000", "2000-07-17/2000-07-18"),
        ("1 to 3 July 2000", "2000-07-01/2000-07-03"),
        ("from 17 to 18 July 2000", "2000-07-17/2000-07-18"),
        ("between 17 and 18 July 2000", "2000-07-17/2000-07-18"),
        ("31 July – 1 August 2000", "2000-07-31/2000-08-01"),
        ("from March to May 2000", "2000-03/2000-05"),
        ("mid-1990s", "1994~/1996~"),
        ("the early 1990s", "1990~/1993~"),
        ("the late nineties", "1997~/1999~"),
        ("the 1990s", "199X"),
        ("the 1990’s", "199X"),
        ("the nineties", "199X"),
        ("the 1900s", "190X"),
        ("the 20th century", "19XX"),
        ("the twentieth century", "19XX"),
        ("the early 20th century", "1900~/1933~"),
        ("early 2000", "2000-01~/2000-04~"),
        ("mid-2000", "2000-05~/2000-08~"),
        ("late 1999", "1999-09~/1999-12~"),
        ("late in 1999", "1999-09~/1999-12~"),
        ("the end of 2006", "2006-11~/2006-12~"),
        ("beginning of 2001", "2001-01~/2001-02~"),
        ("the middle of July 2000", "2000-07-11~/2000-07-20~"),
        ("late February 2000", "2000-02-21~/2000-02-29~"),
        ("the end of February 2001", "2001-02-24~/2001-02-28~"),
        ("early winter 2000", "2000-12~"),
        ("late winter 2000", "2001-02~"),
        ("first half of 2000", "2000-01/2000-06"),
        ("H2 2000", "2000-07/2000-12"),
        ("second half of the 1990s", "1995/1999"),
        ("the third quarter of 2000", "2000-07/2000-09"),
        ("last quarter of 1999", "1999-10/1999-12"),
        ("Q3 2000", "2000-07/2000-09"),
        ("2000 Q1", "2000-01/2000-03"),
        ("summer 2000", "2000-22"),
        ("the fall of 1999", "1999-23"),
        ("around 1998", "1998~"),
        ("circa 1998", "1998~"),
        ("c. 1998", "1998~"),
        ("about 1998", "1998~"),
        ("perhaps 2001", "2001?"),
        ("perhaps about 2001", "2001%"),
        ("around 18 July 2000", "2000-07-18~"),
        ("about the 1990s", "199X~"),
        ("about 1998 – perhaps 2001", "1998~/2001?"),
        ("around 1995–2005", "1995~/2005~"),
        ("before 2001", "../2000"),
        ("prior to July 2000", "../2000-06"),
        ("before 1 January 2001", "../2000-12-31"),
        ("before the 1990s", "../1989"),
        ("before the mid-1990s", "../1993~"),
        ("the ten years up to 2005", "1995/2005"),
        ("in the 5 years before 2001", "1996/2000"),
        ("the two years after the year 2001", "2002/2003"),
        ("before the end of 2006", "../2006"),
        ("after 2000", "2001/.."),
        ("after December 1999", "2000-01/.."),
        ("after 18 July 2000", "2000-07-19/.."),
        ("after summer 2000", "2000-09/.."),
        ("after the end of 2006", "2007/.."),
        ("after the beginning of 2006", "2006/.."),
        ("before the beginning of 2006", "../2005"),
        ("by the beginning of 2006", "../2006-02~"),
        ("since the end of 2006", "2006-11~/.."),
        ("since 2001", "2001/.."),
        ("from 2001 onwards", "2001/.."),
        ("since the beginning of 2001", "2001/.."),
        ("until 2004", "../2004"),
        ("up to 2004", "../2004"),
        ("by 2004", "../2004"),
        ("no later than 2004", "../2004"),
        ("by the end of 2006", "../2006"),
        ("by the 1980s", "../198X"),
        ("between 1996 and 1999", "1996/1999"),
        ("from 1995 to 2005", "1995/2005"),
        ("from early 1999 to the end of 2006", "1999-01~/2006"),
        ("1995-2005", "1995/2005"),
        ("1995–2005", "1995/2005"),
        ("1998-99", "1998/1999"),
        ("1998–99", "1998/1999"),
        ("2000–21", "2000/2021"),
        ("2000-21", "2000-21"),
        ("as of September 2000", "2000-09"),
        ("in the year 2000", "2000"),
        ("  18   July\n2000 ", "2000-07-18"),
    ],
)
def test_words_mean(text: str, edtf: str) -> None:
    """Words have the EDTF expression that the module's table and text say."""
    assert read(text) == dates.parse(edtf)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("31 February 2000", "February 2000 has 29 days"),
        ("0 July 2000", "July 2000 has 31 days"),
        ("7/5/2000", "it can be 7 May 2000 or 5 July 2000"),
        ("7/5/00", "write the year with four digits"),
        ("13/13/2000", "there is no month 13"),
        ("31/2/2000", "February 2000 has 29 days"),
        ("July", "the year is missing; write it as in July 2000"),
        ("in July", "the year is missing"),
        ("18 July", "the year is missing; write it as in 18 July 2000"),
        ("between July and September", "the year is missing"),
        ("between 2001 and 1999", "it ends before it begins"),
        ("18–17 July 2000", "it ends before it begins"),
        ("before ../2000", "there is no limit to take"),
        ("before 0001", "there is no time there"),
        ("third half of 2000", "there are but two halves"),
        ("early 18 July 2000", "is not a date that can be read"),
        ("yesterday", "write it as 2000, July 2000"),
        ("May", "the year is missing"),
        ("between 1996", "is not a date that can be read"),
        ("2000-13", "is not a date that can be read"),
        ("July 2000 or so", "is not a date that can be read"),
        ("", "is not a date that can be read"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(text: str, message: str) -> None:
    """An error quotes the text and says what is wrong."""
    with pytest.raises(DateError, match=f"“{text}” is not a (clear )?date.*") as error:
        read(text)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Who met in July 2000?", [("in July 2000", "in", "2000-07")]),
        ("Who led Russia as of September 2000?", [("as of September 2000", "as-of", "2000-09")]),
        ("What was signed before 2001?", [("before 2001", "before", "../2000")]),
        ("trade at the end of 2006", [("at the end of 2006", "in", "2006-11~/2006-12~")]),
        ("What of the time after 18 July 2000?", [("after 18 July 2000", "after", "2000-07-19/..")]),
        ("sold since 2001", [("since 2001", "since", "2001/..")]),
        ("sold until 2004 or by 2006", [("until 2004", "until", "../2004"), ("by 2006", "by", "../2006")]),
        ("between 1996 and 1999 who", [("between 1996 and 1999", "between", "1996/1999")]),
        ("from 1995 to 2005", [("from 1995 to 2005", "between", "1995/2005")]),
        ("between 17 and 18 July 2000?", [("between 17 and 18 July 2000", "between", "2000-07-17/2000-07-18")]),
        ("during the 1990s?", [("during the 1990s", "in", "199X")]),
        ("in the mid-1990s", [("in the mid-1990s", "in", "1994~/1996~")]),
        ("on 18 July 2000", [("on 18 July 2000", "in", "2000-07-18")]),
        ("the 2006 trade figures", [("2006", "", "2006")]),
        ("2006 trade figures", [("2006", "", "2006")]),
        ("the 2006 weapons sales", [("2006", "", "2006")]),
        ("the 1999 fighter contract", [("1999", "", "1999")]),
        ("agreements from 2001 on the border", [("from 2001", "since", "2001/..")]),
        ("agreements from 2001 on, please", [("from 2001 on", "since", "2001/..")]),
        ("the 2006 visit", [("2006", "", "2006")]),
        ("the July 2000 summit", [("July 2000", "", "2000-07")]),
        ("Putin’s 2006 visit", [("2006", "", "2006")]),
        ("China Russia 2000", [("2000", "", "2000")]),
        ("Who visited China (2001)?", [("2001", "", "2001")]),
        ("the treaty of 1950", [("of 1950", "in", "1950")]),
        ("the treaty of 2001 enter into force", [("of 2001", "in", "2001")]),
        ("a fleet of 2001 ships of the line", []),
        ("in 1999 and 2000", [("in 1999", "in", "1999"), ("2000", "", "2000")]),
        ("around 1998 between", [("around 1998", "", "1998~")]),
        ("in 2000 Russia signed", [("in 2000", "in", "2000")]),
        ("as of 2000-09 and 2000-07-18", [("as of 2000-09", "as-of", "2000-09"), ("2000-07-18", "", "2000-07-18")]),
        ("1998~/2001", [("1998~/2001", "", "1998~/2001")]),
        ("S-300 and 1000 missiles in 1996", [("in 1996", "in", "1996")]),
        ("deals worth 2000 dollars in 2000", [("in 2000", "in", "2000")]),
        ("May 1991", [("May 1991", "", "1991-05")]),
        ("in may 1991", [("in may 1991", "in", "1991-05")]),
        ("in the nineties", [("in the nineties", "in", "199X")]),
        ("was it in 2001?", [("in 2001", "in", "2001")]),
        ("met on 27/7/2000?", [("on 27/7/2000", "in", "2000-07-27")]),
        ("met on 7/5/2000?", [("on 7/5/2000", "in", None)]),
        ("1.5 in 1999/2000", [("in 1999/2000", "in", "1999/2000")]),
        ("in July", [("in July", "in", None)]),
        ("in May", [("in May", "in", None)]),
        ("on July 18th", [("on July 18th", "in", None)]),
        ("on 31 February 2000", [("on 31 February 2000", "in", None)]),
    ],
)  # fmt: skip
def test_dates_of_a_sentence(question: str, found: list[tuple[str, str, str | None]]) -> None:
    """Each date is found with its preposition, at its place, with its meaning."""
    mentions = find(question)
    assert [(m.text, m.relation, m.period and m.period.edtf) for m in mentions] == found
    assert [question[m.start : m.end] for m in mentions] == [m.text for m in mentions]


@pytest.mark.parametrize(
    "question",
    [
        "2000 tons of oil",
        "up to 40 Su-30",
        "up to 2000 troops",
        "about 2000 soldiers",
        "over 2000 people",
        "1500 Su-27",
        "Su-27 and Type-877",
        "$1500 million",
        "1,610 islands",
        "signed in 1,500 copies",
        "Resolution 1441",
        "Which states backed Resolution 1441?",
        "Boeing 2000",
        "5 percent",
        "between 1500 and 2000 tanks",
        "3000 years",
        "in 3000",
        "Uzbekistan may have joined",
        "May I ask who joined?",
        "they march on",
        "who led the march",
        "in august company",
        "in his thirties",
        "the Second Committee",
        "",
    ],
)
def test_numbers_that_are_no_dates(question: str) -> None:
    """Quantities, numbers of things and words that can be months are no dates."""
    assert find(question) == ()


_DAY = st.dates(date(1000, 1, 1), date(2100, 12, 31))


@st.composite
def _spoken_dates(draw: st.DrawFn) -> str:
    day = draw(_DAY)
    month = MONTHS[day.month - 1]
    point = draw(
        st.sampled_from(
            [
                f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}",
                f"{month} {day.year}", f"{month[:3]}. {day.year}", f"summer {day.year}",
                f"the {day.year // 10}0s", f"early {day.year}", f"the end of {month} {day.year}",
                f"Q{draw(st.integers(1, 4))} {day.year}", f"the mid-{day.year // 10}0s",
                day.isoformat(), f"the first half of {day.year}",
            ]
        )
    )  # fmt: skip
    lead = draw(st.sampled_from(["in", "as of", "before", "after", "since", "until", "by", "on"]))
    return f"{lead} {point}"


@given(_spoken_dates())
@settings(deadline=None)
def test_what_is_found_is_what_is_read(text: str) -> None:
    """A date within a sentence is found whole, and means what it means alone."""
    (mention,) = find(f"What did China and Russia sign {text}, and who was there?")
    assert (mention.text, mention.period) == (text, read(text))


@st.composite
def _points(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(1000, 1, 1), date(9000, 1, 1)))
    forms = ["%Y", "%Y-%m", "%Y-%m-%d"]
    text = draw(st.sampled_from([f"{day:{form}}" for form in forms] + [
        f"{day.year // 10}X", f"{day.year // 100}XX", f"{day.year}-2{day.month % 4 + 1}",
    ]))  # fmt: skip
    return text + draw(st.sampled_from(["", "", "~", "?", "%"]))


@given(
    _points(), _points(), st.sampled_from(["point", "interval", "until", "since"]), st.booleans()
)
@settings(deadline=None, max_examples=500)
def test_what_is_shown_can_be_read_again(one: str, two: str, form: str, happened: bool) -> None:
    """Dates in the words in which they are shown have the bounds and the slack of the dates."""
    edtf = {"point": one, "interval": f"{one}/{two}", "until": f"../{one}", "since": f"{one}/.."}[
        form
    ]
    try:
        period = dates.parse(edtf)
    except DateError:
        period = dates.parse(edtf := f"{two}/{one}")  # the earlier first
    found = read(in_words(edtf, happened))
    assert (found.earliest, found.latest) == (period.earliest, period.latest)
    assert (found.slack, found.slack_end) == (period.slack, period.slack_end)


def _refusal(text: str) -> str | None:
    try:
        read(text)
    except DateError as error:
        return str(error)
    return None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
@settings(deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes reading or finding fail in another way than by a DateError."""
    for mention in find(text):
        assert text[mention.start : mention.end] == mention.text
    assert "is not a date" in (_refusal(text) or "is not a date")


_WORDS = """
    the in of by from to until between and before after since on early mid- late end beginning half
    first quarter Q3 July May 18 17–18 2000 1998-99 1990s nineties 20th century summer about perhaps
    ../2000 199X 2000-07 , – - / ? .
"""


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=9).map(" ".join))
@settings(deadline=None, max_examples=600)
def test_any_pieces_of_dates_are_read_or_refused(text: str) -> None:
    """Neither do pieces of dates in any order, and what is found is in order and apart."""
    end = 0
    for mention in find(text):
        assert end <= mention.start < mention.end
        end = mention.end
    assert "is not a date" in (_refusal(text) or "is not a date")


def test_finding_is_fast_and_loads_nothing_heavy() -> None:
    """The dates of a question are found in well under a millisecond."""
    question = (
        "What did China and Russia agree between 17 and 18 July 2000 on the sale of up to 40 "
        "Su-30 fighters, and what had become of it by the end of 2006?"
    )
    find(question)
    best = min(_seconds(question) for _ in range(20))
    assert best < 1e-3
    code = (
        "import sys; from diplograph.spoken import find; find('in July 2000'); "
        "heavy = {'edtf', 'rdflib', 'networkx', 'pyoxigraph', 'click', 'dateutil'}; "
        "assert not heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def _seconds(question: str) -> float:
    begin = time.perf_counter()
    find(question)
    return time.perf_counter() - begin


def test_a_long_text_takes_time_in_proportion() -> None:
    """No text makes finding slow out of proportion."""
    for piece in (
        "the end of the ",
        "between 17 ",
        "1998 – ",
        "early mid- ",
        "perhaps about ",
        "  ",
    ):
        begin = time.perf_counter()
        find(piece * 2000 + "2")
        assert time.perf_counter() - begin < 5, piece
