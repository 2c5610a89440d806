"""Questions on what is reckoned, and on what is left out: sums, factors, intervals, exclusions."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The shipped graph."""
    return open_graph()


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        # the sum of a column, of the years named or the first of the table
        ("How much Russian oil did China get from 2001 to 2003 altogether?",
         "10.1 million tons together"),
        ("the tonnage of Russian oil for the first three years together",
         "3.9 million tons together (1999–2001"),
        ("How much crude did China import from Russia in 2005 and 2006 together?",
         "28.6 million tons together"),
        # how many times
        ("By what factor did Russian oil exports to China grow between 1999 and 2006?",
         "About 26.3 times as much in 2006 as in 1999."),
        ("How many times as much oil did China get from Russia in 2006 as in 2001?",
         "About 8.78 times as much in 2006 as in 2001."),
        ("How many times larger was Sino-Russian trade in 2006 than in 1999?",
         "At least 6.6 times as much in 2006 as in 1999."),
        # intervals, as exact as the dates are
        ("How many days lay between the Dushanbe and the Beijing summit?",
         "11 to 12 days from the last day of the earlier"),
        ("How many days passed between the Dushanbe summit and the Okinawa summit?",
         "4 to 19 days, by"),
        ("How many years passed from the 1950 treaty to the 2001 treaty?", "51 years, by"),
        ("How many years lie between the border agreement of 1991 and the Complementary "
         "Agreement?", "About 13 years (161 months), by"),
        # by whose figures
        ("How big was Sino-Russian trade in 2006 according to Russian figures?",
         "By Russian figures China's exports to Russia and imports from it add up to 33.40"),
        ("According to Chinese statistics, how large was the trade of the two in 2006?",
         "By Chinese figures China's exports to Russia and imports from it add up to 30.59"),
        # the table of orders as a whole
        ("Which missiles were ordered more than once?",
         "Ordered or licensed more than once: 48N6 (about 144 in 2001, about 144 about 2002)"),
        ("Which order had the longest time between order and delivery?",
         "Longest, by the years of the table, from order to the last year of delivery 9 years, "
         "Su-27SK"),
    ],
)  # fmt: skip
def test_what_is_reckoned_leads(graph: Graph, question: str, begins: str) -> None:
    """It is reckoned from the facts that stand below it."""
    found = diplograph.ask(question, graph=graph)
    assert found.text.startswith(begins)
    assert found.answers


@pytest.mark.parametrize(
    "question",
    [
        "How much Russian oil did China import from 1997 to 2001 altogether?",
        "By what factor did Russian oil exports to China grow between 1990 and 2006?",
    ],
)
def test_no_sum_without_a_figure_for_each_year(graph: Graph, question: str) -> None:
    """The table begins in 1999."""
    text = _told(graph, question)
    assert "tons together" not in text
    assert " times as much in" not in text


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        ("Which weapons, other than missiles, were delivered to China in 2000?",
         "Tor-M1", "Moskit"),
        ("Which vessels beyond submarines did China order?", "Sovremenny", "636E"),
        ("Which weapons did China order from Russia in 2002 (no missiles)?", "Zmei", "9M111"),
        ("List the arms China bought, no submarines please.", "Su-27SK", "877E"),
        ("Which Russian weapons did China buy, leaving ships aside?", "Su-27SK", "Sovremenny"),
        ("Which missiles did China order from Russia, not counting air-to-air ones?",
         "48N6E2", "R-77"),
        ("Which fighters other than the Su-30 did China order?", "Su-27SK", "Su-30MK"),
        ("Who belongs to the SCO, leaving Russia aside?", "Kazakhstan", "Russia,"),
        ("How many fighters other than the Su-30 did China order?", "149 together", "Su-30MK"),
        # what only overlaps, and what only began
        ("Which deliveries fell wholly within 2001-2004?", "Kh-29", "possibly"),
        ("Which weapons were delivered entirely in 2000?", "Tor-M1", "first delivered"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_no_answer(graph: Graph, question: str, has: str, lacks: str) -> None:
    """Kinds of weapons and weapons are left out as parties are, and so is what only overlaps."""
    text = _told(graph, question)
    assert has in text
    assert lacks not in text


def _told(graph: Graph, question: str) -> str:
    return diplograph.ask(question, graph=graph).text
