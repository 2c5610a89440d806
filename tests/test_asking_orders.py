"""Questions about orders and deliveries of arms: rows, sums, comparisons, absences."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.twofold import of_that_year
from diplograph.model import AbsenceReason
from diplograph.store import Graph

LISTED = [
    (
        "What weapons and engines does the table show China ordering from Russia in 2000?",
        ["54 AL-31FN", "about 50 Moskit", "R-77"],
        ["Tor-M1", "Kilo"],
    ),
    (
        "Which vessels, surface or underwater, were delivered to the Chinese navy in 2005?",
        ["2 Sovremenny class", "8 to 10 Type-636E"],
        ["877"],
    ),
    (
        "List everything China ordered from Russia in 2005 for which no delivery is shown yet",
        ["24 Mi-8/Mi-17", "200 D-30", "100 RD-33", "40 IL-76", "8 IL-78"],
        ["AL-31FN", "Sovremenny"],
    ),
    (
        "Which weapons ordered in 2001 or 2002 arrived in 2005?",
        ["9M111", "9M317", "Moskit", "Sovremenny", "636E"],
        ["Klub", "Zmei"],
    ),
    (
        "What planes and helicopters did Beijing order in 2005?",
        ["Mi-8/Mi-17", "IL-76", "IL-78"],
        ["D-30", "Su-27", "Also told of"],
    ),
    (
        "Which radars on the list have actually reached China?",
        ["Fregat", "MR-90", "Zmei"],
        ["64N6"],
    ),
    ("Which orders of 1996 are estimates?", ["Ka-27PL", "95 Su-27SK", "132 9M38"], ["Sovremenny"]),
    ("Which Flankers did China order in 1999?", ["28 Su-27SK", "38 Su-30MK"], ["Su-33"]),
    (
        "How many destroyers did China buy, and when did they arrive?",
        ["4 in all", "1999–2001", "2005"],
        ["possibly"],
    ),
    ("What fighters did China order in 1999?", ["about 38 Su-30", "first delivered"], ["up to 40"]),
]


@pytest.mark.parametrize(("question", "told", "untold"), LISTED)
def test_lists_of_orders(question: str, told: list[str], untold: list[str]) -> None:
    """A list has each order that fits, with its number and its years, and no other."""
    found = diplograph.ask(question)
    text = " ".join([found.text, *found.notes])
    assert found.refused is None
    assert found.absence is None
    assert [part for part in told if part not in text] == []
    assert [part for part in untold if part in text] == []


DECIDED = [
    ("Had China ordered any aircraft engines by the end of 2000?", "Yes. "),
    ("And did China in fact order two more Sovremenny destroyers after 2000?", "Yes. "),
    (
        "Did the later order of Gauntlett missiles exceed the earlier one, and by what number?",
        "Yes",
    ),
    ("Was the second batch of Moskits bigger than the first?", "No"),
    ("Was the second batch of Moskits smaller than the first?", "Yes"),
    ("Is the number of Su-27s in the contract of August 1999 the same in both documents?", "No"),
    ("Are Yu Bin's essay and his chronology at one about the number of Su-30's sold?", "No"),
    ("Do Yu Bin and Mitchell's table agree on how many Su-30s the 1999 contract covered?", "Yes"),
    ("Do Yu Bin and Mitchell's table differ on how many Su-30s the 1999 contract covered?", "No"),
    ("Klab-S for Chinese subs - only talk in 2000; was it ever ordered?", "Yes. "),
    ("Does the number of Su-30s in the chronology match the table for the contract?", "No"),
    ("Has Vietnam already bought MiG-31s?", "No order is on record. "),
]


@pytest.mark.parametrize(("question", "lead"), DECIDED)
def test_yes_and_no_of_orders(question: str, lead: str) -> None:
    """What rows and figures decide is answered by yes or no."""
    assert diplograph.ask(question).text.startswith(lead)


ABSENT = [
    "When did the IL-78 refuelling planes reach China?",
    "When did the 48N6E2 missiles get to China?",
    "Did Russia buy Su-27s from China?",
    "Did China order any tanks?",
]


@pytest.mark.parametrize("question", ABSENT)
def test_what_is_not_on_record(question: str) -> None:
    """An order or a delivery that no row has is an absence, and never a no."""
    found = diplograph.ask(question)
    assert found.absence is not None
    assert found.absence.reason is AbsenceReason.NO_RECORD
    assert not found.text.startswith("No.")


def test_the_order_is_told_beside_a_missing_delivery() -> None:
    """Where no delivery is on record, the order that there is stands beside that."""
    assert "8 IL-78" in diplograph.ask("When did the IL-78 reach China?").text


OPEN = [
    "Did China order more than 30 Su-30s in 2003?",
    "Did the later order of Su-30MK exceed the earlier one?",
]


@pytest.mark.parametrize("question", OPEN)
def test_what_rows_do_not_decide(question: str) -> None:
    """A limit, or one of three where two are meant, is not passed over."""
    found = diplograph.ask(question)
    taken = found.understood.template if found.understood else ""
    assert taken not in ("orders", "orders-of-type", "was-it-ordered", "two-orders")


FIGURES = [
    ("How many Sukhoi Su30MK fighters did China order altogether up to 2005?", "100 "),
    ("How many Flankers of every version did China order between 1995 and 2006?", "249 together"),
    ("By how many did the 2005 order of AL-31FN engines top that of 2000?", "46 more"),
    ("Moskit missiles total ordered", "About 82"),
]


@pytest.mark.parametrize(("question", "told"), FIGURES)
def test_numbers_over_several_orders(question: str, told: str) -> None:
    """Numbers of a type are summed over its orders, and those of two orders compared."""
    assert told in diplograph.ask(question).text


def test_deals_not_concluded_by_party_and_stage() -> None:
    """What was only talked of is told by the party that it is for."""
    found = diplograph.ask(
        "Which arms purchases were, in 2000, under discussion and not concluded?"
    )
    china, _, others = found.text.partition("For India")
    assert all(name in china for name in ("Sovremenny", "Klab-S", "S-300PMU", "Tor-M1"))
    assert "MiG-31" in others
    assert "Krasnopol" not in found.text


def test_what_one_wants_is_not_what_another_does() -> None:
    """A carrier for India is none that China wants."""
    assert "India" not in diplograph.ask("Which ships does China want from Russia?").text


def test_a_year_told_before() -> None:
    """“That year” is the year of the sentence before, where it has just one."""
    question = "A licence of 1996 let them assemble Su-27s. How many Flankers does the arms table "
    assert of_that_year(question + "list against that year?") == (
        "How many Flankers does the arms table list in 1996?"
    )
    assert of_that_year("In 1996 and 1999 they met. What was signed that year?") is None
    told = diplograph.ask(question + "list against that year, and when were these delivered?").text
    assert "about 95 Su-27SK" in told
    assert "1998–2005" in told
    assert "Su-30MK" not in told


def test_who_only_asks_what_was_bought_asks_for_no_arms_where_no_order_is_sure(
    shipped: Graph,
) -> None:
    found = diplograph.ask(
        "What did China buy from Russia in the first half of 2000?", graph=shipped
    )
    assert "fertilizer" in found.text, found.text
    arms = diplograph.ask(
        "What weapons did China buy from Russia in the first half of 2000?", graph=shipped
    )
    assert "AL-31FN" in arms.text, arms.text
