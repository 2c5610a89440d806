"""What leads: something new before an echo of the question, and what it asks for before its kin."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.hearing import hear
from diplograph.asking.outcome import Context
from diplograph.asking.patterns import counts_something_else
from diplograph.asking.retrieval import Hit
from diplograph.asking.sided import told_by
from diplograph.facts import facts_of
from diplograph.model import Include
from diplograph.store import Graph


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        # a statement of the question's own words is no reason and no number
        ("Why did Mao want better relations with the United States?", "border"),
        ("What troop ceiling did the two countries set for the border zone in 1997?", "130,040"),
        # what happened to somebody is not that he was there
        ("What happened to the Chinese citizens who fought in Chechnya?", "handed two Chinese"),
        # what is bought mostly is no largest figure, and “getting beyond” something no purchase
        ("What goods did China mostly buy from Russia in early 2000?", "fertilizer"),
        # what comes nearest gives way where the noun asked for is another
        ("Which banks struck a partnership during Putin's Beijing visit?", "Bank of China and V"),
        # a second time is not passed over
        ("How many Su-30MK fighters did China order in 1999, 2001 and 2003 in total?", "100"),
        ("How many Su-30MK did China order in 1999 and 2001 together?", "76"),
        # the reverse of selling is buying
        ("Does Russia export more to China than the reverse?", "Yes. Imports: 16.22 billion"),
        # places, and not whom a meeting was about
        ("Which places were on Putin's Asian tour in the summer of 2000?", "Beijing (city), North Korea, Dush"),
    ],
)  # fmt: skip
def test_what_answers_leads(shipped: Graph, question: str, leads: str) -> None:
    found = diplograph.ask(question, graph=shipped)
    first = found.answers[0].statement if found.answers else ""
    assert leads in found.text[: max(60, found.text.find(first) + len(first))]


def test_the_parties_of_a_meeting_are_no_places_visited(shipped: Graph) -> None:
    found = diplograph.ask("Which places did Putin visit in July 2000?", graph=shipped)
    assert "Tajikistan" not in found.text.partition(".")[0]


@pytest.mark.parametrize(
    "question",
    [
        "What share of China's oil imports in 2000 does each author give?",
        "Russia's share in China's oil imports for 2000: what do the two authors give?",
        "When did Uzbekistan join the Shanghai group according to each author?",
    ],
)
def test_each_author_is_named(shipped: Graph, question: str) -> None:
    text = diplograph.ask(question, graph=shipped).text
    assert text.startswith("Yu Bin: ")
    assert " Derek J. Mitchell: " in text


def test_number_and_number_are_not_of_two_weapons(shipped: Graph) -> None:
    """Su-30s of one text are not held against Su-27s of the other."""
    asked = "Do Yu Bin and Mitchell give the same number of fighters for the 1999 order?"
    assert not diplograph.ask(asked, graph=shipped).text.startswith(("Yes", "No."))


@pytest.mark.parametrize(
    "question",
    [
        "How many Su-27s did China order in 1999, according to Yu Bin?",
        "According to Yu Bin, how many Su-27s did China order in 1999?",
        "In Yu Bin's account, how many Su-27s did China order in 1999?",
    ],
)
def test_who_tells_it_is_the_source_that_is_asked(shipped: Graph, question: str) -> None:
    side = told_by(shipped, question)
    assert side is not None
    assert side.question == "How many Su-27s did China order in 1999?"
    assert diplograph.ask(question, graph=shipped).text.startswith("22 ")


def test_a_denial_of_a_time_that_ended_is_no_no_for_what_came_after(shipped: Graph) -> None:
    """No joint veto between 1972 and January 2007 is no word on 2007, but one on the time before."""
    asked = "Did China and Russia cast a joint veto {}?"
    then = diplograph.ask(asked.format("between 1972 and 2006"), graph=shipped).text
    later = diplograph.ask(asked.format("in 2007"), graph=shipped).text
    assert then.startswith("No.")
    assert not later.startswith("No")


def test_a_number_of_another_passage_is_of_something_else(shipped: Graph) -> None:
    """Unless it tells the matter nearly as well, or stands where that is told."""
    heard = hear(shipped, "How many were there?")
    context = Context(shipped, heard, (), None, Include.CONCLUDED, None)
    matter, other = (
        shipped.select(
            f'''SELECT ?fact WHERE {{ ?fact a dg:Occurrence ; dg:evidence ?passage
                FILTER(CONTAINS(STR(?passage), "{source}")) }} ORDER BY ?fact LIMIT 1'''
        )[0]["fact"]
        for source in ("yubin-2000", "mitchell-2007")
    )
    number = facts_of(shipped, [other])

    def elsewhere(worth: float, best: str) -> bool:
        hits = [Hit(best, 1.0, (), True), Hit(other, worth, (), True)]
        return counts_something_else(context, hits, number)

    assert elsewhere(0.9, matter)
    assert not elsewhere(0.95, matter)
    assert not elsewhere(0.9, other)
