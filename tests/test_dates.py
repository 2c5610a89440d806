"""EDTF expressions: bounds, comparison with three outcomes, and their form in words."""

from __future__ import annotations

import calendar
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from diplograph import dates
from diplograph.errors import DateError
from diplograph.words import in_words


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2000", "2000-01-01", "2000-12-31"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2000-12", "2000-12-01", "2000-12-31"),
        ("2000-07-18", "2000-07-18", "2000-07-18"),
        ("2000-07-18/2000-07-19", "2000-07-18", "2000-07-19"),
        ("1689", "1689-01-01", "1689-12-31"),
        ("1998~", "1998-01-01", "1998-12-31"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("../2004", None, "2004-12-31"),
        ("2001-06/..", "2001-06-01", None),
        ("2001-06/", "2001-06-01", None),
        ("/2004", None, "2004-12-31"),
        ("2004/..", "2004-01-01", None),
        ("2001?", "2001-01-01", "2001-12-31"),
        ("2001%", "2001-01-01", "2001-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2000-XX", "2000-01-01", "2000-12-31"),
        ("2000-XX-XX", "2000-01-01", "2000-12-31"),
        ("2001-02-XX", "2001-02-01", "2001-02-28"),
        ("2000-21", "2000-03-01", "2000-05-31"),
        ("2000-22", "2000-06-01", "2000-08-31"),
        ("2000-23", "2000-09-01", "2000-11-30"),
        ("1998~/2001?", "1998-01-01", "2001-12-31"),
        ("199X/2000-22", "1990-01-01", "2000-08-31"),
        ("2000-07-18T10:30:00Z", "2000-07-18", "2000-07-18"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("9XXX", "9000-01-01", "9999-12-31"),
    ],
)
def test_bounds(text: str, earliest: str | None, latest: str | None) -> None:
    """The bounds are the first and last day that an expression can mean."""
    period = dates.parse(text)
    assert (str(period.earliest or "") or None, str(period.latest or "") or None) == (
        earliest,
        latest,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foo",
        "2000-13",
        "2000-02-30",
        "2001/1999",
        "/",
        "../..",
        "July 2000",
        "２０００",
        "２０００-07",
        "2000-00",
        "2000-07-00",
        "2000-25-01",
        "2000-1X",
        "XXXX",
        "000X",
        "1998?~",
        "199X~~",
        "9999-24",
        "2000-07-18T25:00:00",
        "-0044",
        "Y20000",
        "0000",
        "1950S2",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """A date that cannot be read is one clear error that quotes it."""
    with pytest.raises(DateError, match="is not a date"):
        dates.parse(text)


def test_marks_make_a_date_uncertain() -> None:
    """Approximate and uncertain dates are marked; plain ones are not."""
    assert dates.parse("2003~").uncertain
    assert dates.parse("2000-07?").uncertain
    assert not dates.parse("2003").uncertain


# --- what the library edtf gets wrong, or does not read ------------------------------------------


def test_winter_lasts_until_the_end_of_february() -> None:
    """Winter does not end with December, as in edtf 5.0.2."""
    winter = dates.parse("1999-24")
    assert (str(winter.earliest), str(winter.latest)) == ("1999-12-01", "2000-02-29")


@pytest.mark.parametrize("mark", "~?%")
def test_a_season_can_be_marked(mark: str) -> None:
    """Marked seasons, which edtf 5.0.2 refuses, are read and may be off by a season."""
    summer = dates.parse(f"2000-22{mark}")
    assert (str(summer.earliest), summer.slack.days) == ("2000-06-01", 92)


@pytest.mark.parametrize("text", ["2000~-07", "?2000-07", "2004-06-~11"])
def test_a_mark_on_a_part_counts(text: str) -> None:
    """A mark before or within a level-2 date makes it uncertain."""
    assert dates.parse(text).uncertain


def test_what_cannot_be_read_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """The library prints what it fails on; that must not stand in the output of a command."""
    with pytest.raises(DateError):
        dates.parse("2000-1X")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("text", ["[2000,2002]", "{2000,2002}", "1XX5", "2000-XX-01"])
def test_level_2_is_left_to_the_library(text: str) -> None:
    """Sets and digits unspecified elsewhere have the bounds that the library finds."""
    from edtf import parse_edtf

    parsed, found = parse_edtf(text), dates.parse(text)
    assert found.earliest == date(*parsed.lower_strict()[:3])
    assert found.latest == date(*parsed.upper_strict()[:3])


def test_the_library_is_loaded_for_level_2_only() -> None:
    """Reading levels 0 and 1, or plain words, does not pay for loading edtf."""
    code = (
        "import sys; from diplograph import dates, spoken; "
        "[dates.parse(t) for t in '2000 199X~ 2000-22? 2000-XX-XX /2004 1998~/..'.split()]; "
        "spoken.find('in the 1990s'); assert 'edtf' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- against brute force: all that an expression can mean ----------------------------------------
#
# An expression is made together with the days it can mean, without the reader under test. A state
# begins and ends on any of its days; of an interval, on any day of its two ends. Comparisons are
# enumerated over the order of these days: every bound of either side, its neighbours and more.

_FAR = 10**7
Days = tuple[int, int]


@dataclass(frozen=True)
class _Meant:
    """An expression, the days on which what lasts begins and ends, and those of the whole period."""

    text: str
    begins: Days
    ends: Days
    first: Days
    last: Days


def _calendar(year: int, month: int, months: int) -> Days:
    following = year * 12 + month - 1 + months
    return (
        date(year, month, 1).toordinal(),
        date(following // 12, following % 12 + 1, 1).toordinal() - 1,
    )


@st.composite
def _points(draw: st.DrawFn) -> tuple[str, Days, int]:
    """A point of level 0 or 1: its text, the days it covers and its slack in days."""
    year, month = draw(st.integers(1999, 2001)), draw(st.sampled_from([2, 7, 8, 12]))
    last = calendar.monthrange(year, month)[1]
    day = draw(st.integers(1, last))
    one = date(year, month, day).toordinal()
    season = draw(st.integers(1, 4))
    text, days, unit = draw(
        st.sampled_from(
            [
                (f"{year}", _calendar(year, 1, 12), 366),
                (f"{year}-{month:02}", _calendar(year, month, 1), 31),
                (f"{year}-{month:02}-{day:02}", (one, one), 1),
                (f"{year}-{month:02}-{day:02}", (one, one), 1),
                (f"{year}-XX", _calendar(year, 1, 12), 366),
                (f"{year}-XX-XX", _calendar(year, 1, 12), 366),
                (f"{year}-{month:02}-XX", _calendar(year, month, 1), 31),
                (f"{year}-2{season}", _calendar(year, season * 3, 3), 92),
                (f"{year // 10}X", _calendar(year // 10 * 10, 1, 120), 3653),
                (f"{year // 100}XX", _calendar(year // 100 * 100, 1, 1200), 36525),
            ]
        )
    )
    mark = draw(st.sampled_from(["", "", "~", "?", "%"]))
    return text + mark, days, unit if mark else 0


@st.composite
def _expressions(draw: st.DrawFn) -> _Meant:
    text, (low, high), slack = draw(_points())
    form = draw(st.sampled_from(["point", "interval", "open start", "open end", "unknown"]))
    wide = (low - slack, high + slack)
    if form == "point":
        return _Meant(text, wide, wide, (low - slack, low + slack), (high - slack, high + slack))
    if form == "interval":
        other, (low_2, high_2), slack_2 = draw(_points())
        assume(low <= high_2)
        return _Meant(
            f"{text}/{other}", wide, (low_2 - slack_2, high_2 + slack_2),
            (low - slack, low + slack), (high_2 - slack_2, high_2 + slack_2),
        )  # fmt: skip
    if form == "open start":
        return _Meant(
            f"../{text}", (-_FAR, -_FAR), wide, (-_FAR, -_FAR), (high - slack, high + slack)
        )
    if form == "open end":
        return _Meant(f"{text}/..", wide, (_FAR, _FAR), (low - slack, low + slack), (_FAR, _FAR))
    if draw(st.booleans()):
        return _Meant(
            f"/{text}", (-_FAR, wide[1]), wide, (-_FAR, -_FAR), (high - slack, high + slack)
        )
    return _Meant(f"{text}/", wide, (wide[0], _FAR), (low - slack, low + slack), (_FAR, _FAR))


def _telling(*meant: _Meant) -> set[int]:
    """Days that tell every order of begins and ends apart: all bounds and their neighbours."""
    bounds = {day for m in meant for days in (m.begins, m.ends, m.first, m.last) for day in days}
    return {day + near for day in bounds for near in (-1, 0, 1)}


def _days(days: Days, among: set[int]) -> list[int]:
    return [day for day in among if days[0] <= day <= days[1]]


def _pairs(begins: Days, ends: Days, among: set[int]) -> list[Days]:
    return [(b, e) for b in _days(begins, among) for e in _days(ends, among) if b <= e]


def _outcome(outcomes: Iterable[bool]) -> str:
    seen = set(outcomes)
    assert seen
    return "possibly" if len(seen) == 2 else "definitely" if True in seen else "no"


_BY = settings(max_examples=400, deadline=None)


@_BY
@given(_expressions(), _expressions())
def test_reached_agrees_with_all_days_it_can_mean(stage: _Meant, as_of: _Meant) -> None:
    """Reached for certain if every day of both allows it, not if none does."""
    among = _telling(stage, as_of)
    event, asked = ((m.begins[0], m.ends[1]) for m in (stage, as_of))
    expected = _outcome(s <= a for s in _days(event, among) for a in _days(asked, among))
    assert dates.reached(dates.parse(stage.text), dates.parse(as_of.text)) == expected


@_BY
@given(_expressions(), _expressions())
def test_holds_agrees_with_all_states_it_can_mean(state: _Meant, as_of: _Meant) -> None:
    """A state holds for certain if, whenever it began and ended, it held at every day asked."""
    among = _telling(state, as_of)
    asked = _days((as_of.begins[0], as_of.ends[1]), among)
    spans = _pairs(state.begins, state.ends, among)
    expected = _outcome(begin <= a <= end for begin, end in spans for a in asked)
    assert dates.holds(dates.parse(state.text), dates.parse(as_of.text)) == expected


@_BY
@given(_expressions(), _expressions())
def test_within_agrees_with_all_days_and_periods(event: _Meant, asked: _Meant) -> None:
    """An event is within a period for certain if each of its days is in each form of the period."""
    among = _telling(event, asked)
    days = _days((event.begins[0], event.ends[1]), among)
    periods = _pairs(asked.first, asked.last, among)
    expected = _outcome(first <= day <= last for first, last in periods for day in days)
    assert dates.within(dates.parse(event.text), dates.parse(asked.text)) == expected


@_BY
@given(_expressions(), _expressions())
def test_overlaps_agrees_with_all_states_and_periods(state: _Meant, asked: _Meant) -> None:
    """A state overlaps a period if they share a day."""
    among = _telling(state, asked)
    spans = _pairs(state.begins, state.ends, among)
    periods = _pairs(asked.first, asked.last, among)
    expected = _outcome(b <= last and first <= e for b, e in spans for first, last in periods)
    assert dates.overlaps(dates.parse(state.text), dates.parse(asked.text)) == expected


@_BY
@given(_expressions(), _expressions())
def test_covers_agrees_with_all_states_and_periods(state: _Meant, asked: _Meant) -> None:
    """A state covers a period if it had begun by its first day and not ended before its last."""
    among = _telling(state, asked)
    spans = _pairs(state.begins, state.ends, among)
    periods = _pairs(asked.first, asked.last, among)
    expected = _outcome(b <= first and last <= e for b, e in spans for first, last in periods)
    assert dates.covers(dates.parse(state.text), dates.parse(asked.text)) == expected


@given(st.dates(date(1999, 12, 1), date(2001, 2, 28)), st.integers(0, 60), st.integers(-5, 65))
def test_every_single_day_of_a_state(start: date, length: int, offset: int) -> None:
    """An interval to the day holds for certain on each of its days and on no other."""
    end, day = start + timedelta(length), start + timedelta(offset)
    found = dates.holds(dates.parse(f"{start}/{end}"), dates.parse(str(day)))
    assert found == ("definitely" if start <= day <= end else "no")


@given(_points())
def test_bounds_agree_with_the_calendar(point: tuple[str, Days, int]) -> None:
    """First and last day and slack of every form of level 0 and 1, by the calendar."""
    text, (low, high), slack = point
    found = dates.parse(text)
    assert found.earliest is not None
    assert found.latest is not None
    assert (found.earliest.toordinal(), found.latest.toordinal()) == (low, high)
    assert (found.slack.days, found.slack_end.days) == (slack, slack)


def test_each_end_of_an_interval_has_its_own_slack() -> None:
    """A state from about 1998 to 2001 is over in 2002, and had perhaps begun in 1997."""
    state = dates.parse("1998~/2001")
    assert dates.holds(state, dates.parse("2002")) == "no"
    assert dates.holds(state, dates.parse("1997-06")) == "possibly"


def test_an_unknown_end_is_no_open_one() -> None:
    """What goes on (..) holds for certain; what ended nobody knows when, possibly."""
    later = dates.parse("2007")
    assert dates.holds(dates.parse("2001-06/.."), later) == "definitely"
    assert dates.holds(dates.parse("2001-06/"), later) == "possibly"


def test_an_approximate_date_asked_for_has_slack_too() -> None:
    """As of about 2000 a thing of January 2001 has possibly happened."""
    assert dates.reached(dates.parse("2001-01"), dates.parse("2000~")) == "possibly"
    assert dates.within(dates.parse("2001-01"), dates.parse("2000~")) == "possibly"
    assert dates.within(dates.parse("2001-01"), dates.parse("2000")) == "no"


@pytest.mark.parametrize(
    ("state", "as_of", "expected"),
    [
        ("2001-06/..", "2007", "definitely"),
        ("2001-06/..", "2001-06-10", "possibly"),
        ("2001-06/..", "2001-05", "no"),
        ("2007", "2007-05-01", "possibly"),
        ("2007", "2006", "no"),
        ("../2004", "1990", "definitely"),
        ("../2004", "2005", "no"),
        ("2000-07-18/2000-07", "2000-07-18", "definitely"),
        ("2000-07/2000-07-18", "2000-07-18", "definitely"),
        ("2000-07-18/2000-07", "2000-07-19", "possibly"),
    ],
)
def test_states(state: str, as_of: str, expected: str) -> None:
    """What is known for some time within a year holds possibly in it and is not assumed outside."""
    assert dates.holds(dates.parse(state), dates.parse(as_of)) == expected


def test_an_approximate_year_may_be_off_by_one() -> None:
    """About 2003 has possibly happened by 2004, certainly by 2005, and possibly by 2002."""
    about = dates.parse("2003~")
    assert dates.reached(about, dates.parse("2004-06")) == "possibly"
    assert dates.reached(about, dates.parse("2005-06")) == "definitely"
    assert dates.reached(about, dates.parse("2002-06")) == "possibly"
    assert dates.reached(about, dates.parse("2001-06")) == "no"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2000", "2000"),
        ("2000-07", "July 2000"),
        ("2000-07-04", "4 July 2000"),
        ("2000-07-31/2000-08-01", "31 July – 1 August 2000"),
        ("../2004", "until 2004"),
        ("2001-06/..", "since June 2001"),
        ("1995/2005", "1995–2005"),
        ("2001?", "perhaps 2001"),
        ("199X", "the 1990s"),
        ("199X~", "about the 1990s"),
        ("19XX", "the 20th century"),
        ("2000-22", "summer 2000"),
        ("2000-24?", "perhaps winter 2000"),
    ],
)
def test_words(edtf: str, words: str) -> None:
    """Expressions are shown as people write dates."""
    assert in_words(edtf) == words


def test_common_period() -> None:
    """The common time of periods is their overlap, and None where they have none."""
    found = dates.common([dates.parse("2001-06/.."), dates.parse("2006")])
    assert found is not None
    assert found.edtf == "2006-01-01/2006-12-31"
    assert dates.common([dates.parse("1999"), dates.parse("2006")]) is None
