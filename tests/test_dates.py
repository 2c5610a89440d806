"""EDTF expressions: bounds, comparison with three outcomes, and their form in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
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


_DAYS = st.dates(date(1999, 12, 1), date(2001, 2, 28))


@st.composite
def _expressions(draw: st.DrawFn) -> str:
    day = draw(_DAYS)
    form = draw(st.sampled_from(["%Y", "%Y-%m", "%Y-%m-%d"]))
    if draw(st.booleans()):
        return day.strftime(form)
    later = day + timedelta(draw(st.integers(0, 60)))
    return f"{day:%Y-%m-%d}/{later:%Y-%m-%d}"


def _all_days(text: str) -> list[date]:
    period = dates.parse(text)
    assert period.earliest is not None
    assert period.latest is not None
    return [
        period.earliest + timedelta(n) for n in range((period.latest - period.earliest).days + 1)
    ]


@given(_expressions(), _expressions())
def test_reached_agrees_with_all_days_it_can_mean(stage: str, as_of: str) -> None:
    """By brute force: reached for certain if every day allows it, not if none does."""
    outcomes = {s <= a for s in _all_days(stage) for a in _all_days(as_of)}
    expected = "definitely" if outcomes == {True} else "no" if outcomes == {False} else "possibly"
    assert dates.reached(dates.parse(stage), dates.parse(as_of)) == expected


@given(_DAYS, st.integers(0, 400), _DAYS)
def test_a_state_holds_within_its_interval_and_not_outside(
    start: date, length: int, day: date
) -> None:
    """An interval to the day holds for certain on each of its days and on no other."""
    end = start + timedelta(length)
    found = dates.holds(dates.parse(f"{start}/{end}"), dates.parse(str(day)))
    assert found == ("definitely" if start <= day <= end else "no")


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
