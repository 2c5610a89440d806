"""The crosswalk of states against outside lists; each is skipped where the list is not at hand."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from diplograph.states import all_states, resolve

COW_KEPT_TO = date(2016, 12, 31)
"""The last day of the list of Correlates of War: what ends there has not ended."""


def codes(scheme: str, *, now: bool = False) -> dict[str, str]:
    """The codes of a scheme and the slugs of those that hold them, today or at any time."""
    return {
        coded.code: one.slug
        for one in all_states().values()
        for coded in one.codes
        if coded.scheme == scheme and (not now or coded.when.latest is None)
    }


# --- Correlates of War ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def memberships(datasets: Path) -> list[tuple[str, str, date, date | None]]:
    """The rows of the list of state system membership: number, abbreviation, first and last day."""

    def day(row: dict[str, str], end: str) -> date:
        return date(*(int(row[end + part]) for part in ("year", "month", "day")))

    with (datasets / "cow-states2016.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (r["ccode"], r["stateabb"], day(r, "st"), e if (e := day(r, "end")) < COW_KEPT_TO else None)
        for r in rows
    ]


@pytest.mark.parametrize("scheme", ["cow", "cow-abb"])
def test_correlates_of_war_codes_are_those_of_its_list(memberships, scheme: str) -> None:
    """All that bear a code bore it, one after another, through exactly the days of the list."""
    listed = defaultdict(list)
    for number, letters, start, end in memberships:
        listed[number if scheme == "cow" else letters].append((start, end))
    kept = defaultdict(list)
    for one in all_states().values():
        for coded in one.codes:
            if coded.scheme == scheme:
                kept[coded.code].append((coded.when.earliest, coded.when.latest))
    assert {code: _joined(times) for code, times in kept.items()} == {
        code: _joined(times) for code, times in listed.items()
    }


def _joined(times: list[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    """Stretches in order, those joined that follow each other without a gap."""
    joined: list[tuple[date, date | None]] = []
    for start, end in sorted(times, key=lambda t: t[0]):
        if joined and joined[-1][1] and joined[-1][1] + timedelta(days=1) == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def test_members_of_the_state_system_were_states(memberships) -> None:
    """Through each stretch of membership, each that bore the number was a state."""
    for one in all_states().values():
        lives = [(p.earliest, p.latest or date.max) for p in one.periods]
        for coded in one.codes:
            if coded.scheme == "cow":
                last = coded.when.latest or date.max
                assert any(a <= coded.when.earliest and last <= b for a, b in lives), one.slug


# --- ISO 3166 ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "field"), [("iso2", "alpha_2"), ("iso3", "alpha_3"), ("iso-numeric", "numeric")]
)
def test_codes_of_today_are_those_of_iso_3166_1(scheme: str, field: str) -> None:
    """All of them and no other but those that users assign themselves (XK, XKX, 900)."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not at hand")
    listed = {getattr(country, field) for country in pycountry.countries}
    assert set(codes(scheme, now=True)) - {"XK", "XKX", "900"} == listed


def test_the_three_codes_of_a_country_lead_to_one() -> None:
    """Alpha-2, alpha-3, number and name of an entry of ISO 3166-1 mean the same state or territory."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not at hand")
    two, three, numbers = (codes(s, now=True) for s in ("iso2", "iso3", "iso-numeric"))
    for country in pycountry.countries:
        slug = two[country.alpha_2]
        assert (three[country.alpha_3], numbers[country.numeric]) == (slug, slug)
        for field in ("name", "common_name", "official_name"):
            name = getattr(country, field, None)
            assert name is None or getattr(resolve(name).state, "slug", "") == slug, name


UNCODED = {
    "ATB", "CT", "CTE", "FX", "FXX", "JT", "JTN", "MI", "MID", "NQ", "ATN", "PU", "PUS", "WK", "WAK",
}  # fmt: skip
"""Withdrawn codes of what concludes nothing: atolls, slices of Antarctica, France without the rest."""


def test_withdrawn_codes_are_those_of_iso_3166_3() -> None:
    """Each stands for a state or territory until the year of its withdrawal, or for one of today."""
    pycountry = pytest.importorskip("pycountry", reason="pycountry is not at hand")
    for entry in pycountry.historic_countries:
        for scheme, code in (("iso2", entry.alpha_2), ("iso3", entry.alpha_3)):
            if code in UNCODED:
                continue
            ends = {
                coded.when.latest
                for one in all_states().values()
                for coded in one.codes
                if (coded.scheme, coded.code) == (scheme, code)
            }
            assert ends, code
            withdrawn = int(entry.withdrawal_date[:4])
            assert None in ends or any(abs(end.year - withdrawn) <= 1 for end in ends), code


# --- Gleditsch and Ward --------------------------------------------------------------------------

DIFFERENT = {
    "CZE": "316", "VNM": "816", "YEM": "678", "KIR": "970", "NRU": "971", "TON": "972",
    "TUV": "973", "DEU": "260", "SRB": "340",
}  # fmt: skip
"""Numbers that are those of the list itself: country_converter has for the first three those of
Czechoslovakia, South Vietnam and South Yemen; in the others the list differs from Correlates of War."""


def test_gleditsch_ward_numbers_are_those_of_country_converter() -> None:
    """The number of each present state, but for three that country_converter has otherwise."""
    converter = pytest.importorskip("country_converter", reason="country_converter is not at hand")
    path = Path(converter.__file__).with_name("country_data.tsv")
    with path.open(encoding="utf-8", newline="") as file:
        listed = {r["ISO3"]: r["GWcode"] for r in csv.DictReader(file, delimiter="\t")}
    three = codes("iso3", now=True)
    ours = {slug: number for number, slug in codes("gw", now=True).items()}
    compared = 0
    for alpha_3, number in listed.items():
        if alpha_3 in three and number:
            assert ours.get(three[alpha_3]) == DIFFERENT.get(alpha_3, number), alpha_3
            compared += 1
    assert compared > 190


def test_names_that_country_converter_prints_are_known() -> None:
    """Its short names lead to the state with its code."""
    converter = pytest.importorskip("country_converter", reason="country_converter is not at hand")
    path = Path(converter.__file__).with_name("country_data.tsv")
    three = codes("iso3", now=True)
    with path.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t") if r["ISO3"] in three]
    unread = {
        row["name_short"]
        for row in rows
        if not (found := resolve(row["name_short"]).state) or found.slug != three[row["ISO3"]]
    }
    assert unread == set()
