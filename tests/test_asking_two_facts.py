"""Questions that need two facts put together: two times, two directions, two texts, two limits."""

from __future__ import annotations

import pytest

import diplograph
from diplograph import spoken
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The shipped graph."""
    return open_graph()


_CHINESE = "Investment, China in Russia: from 140 million (2000) to about 1 billion US dollars"
_RUSSIAN = "Investment, Russia in China: from 220 million (2000) to 1.4 billion US dollars"


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        # both directions where none is named
        ("Compare the mutual investment of China and Russia around 2000 with that at the end of "
         "2006.", (_CHINESE, _RUSSIAN)),
        ("By how much did mutual investment grow between Yu Bin's article of 2000 and the end of "
         "2006? Give both directions.", (_CHINESE, _RUSSIAN, "1.18 billion more")),
        ("Whose investment in the other country grew more between 2000 and 2006, China's or "
         "Russia's?", ("By amount Russia's grew more, in proportion China's.",)),
        # one direction, by dates or by the texts
        ("How much had Russian investment in China grown from Yu Bin's figure to Mitchell's?",
         (_RUSSIAN, "6.4 times as much")),
        ("How did Chinese investment in Russia change between Yu Bin's essay and Mitchell's "
         "chapter?", (_CHINESE,)),
        ("Did Russian investment in China fall from 2000 to 2006?", ("No. " + _RUSSIAN,)),
        # limits with two ends
        ("In which years was the Russian part of China's oil imports above 5 but still below 10 "
         "percent?", ("2003 and 2004.",)),
        ("When was Russia's share of Chinese oil imports between 2 and 5 percent?",
         ("2000, 2001 and 2002.",)),
        ("In which years did China take more than 3 but less than 11 million tons of crude oil "
         "from Russia?", ("2003 and 2004.",)),
        ("In which years did Russian oil shipments to China exceed 10 million tons?",
         ("2004, 2005 and 2006.",)),
        # a year told by another
        ("Did Russia's slice of Chinese oil imports get bigger in 2006 than it had been the year "
         "before?", ("No. In 2006: 10, less than in 2005: 10.08",)),
        # the same or not
        ("Are Moscow's and Beijing's statistics for China's 2006 exports to Russia the same?",
         ("No. ", "15.85 billion", "14.37 billion")),
        ("Do the Russian and the Chinese figures for China's imports from Russia in 2006 differ?",
         ("Yes. ", "17.55 billion", "16.22 billion")),
        # what both authors tell, each by itself
        ("What new name did the Shanghai Five take? I think the two authors don't say the same.",
         ("Yu Bin: ", "Shanghai Forum", "Derek J. Mitchell: ", "Shanghai Cooperation Organization")),
        ("What new name did the Shanghai Five take according to Yu Bin and to Mitchell?",
         ("Shanghai Forum", "Shanghai Cooperation Organization")),
        # one thing at two times
        ("What names did Beijing and Moscow give their partnership in 1994 and in 1996?",
         ("1994", "constructive partnership", "1996", "strategic partnership")),
        # orders: the military of a state, whose estimates, what a scene names, two weapons
        ("What did the PLA order in 2005?",
         ("24 Mi-8/Mi-17", "100 AL-31FN", "200 D-30", "100 RD-33/RD-93", "40 IL-76", "8 IL-78")),
        ("How many 48N6E2 air defence missiles did the PLA get on contract in 2004?",
         ("About 297 by estimates.",)),
        ("How many Moskit antiship missiles were ordered in total, counting SIPRI's estimates?",
         ("About 82 by estimates.",)),
        ("The arms table is headed 1995-2005, yet some of the orders in it are older. Which were "
         "placed before 1995?", ("S-300PMU-1", "5V55R", "Type-636E", "Type-877E")),
        ("Were S-300PMU and Tor-M1 systems ordered after 2000?",
         ("Not of all: no such order of Tor-M1 is on record.", "8 S-300PMU-2")),
        ("Does Mitchell's table agree with Yu Bin about how many Su-27 and Su-30 China ordered in "
         "1999?", ("No: Su-27: ", ": 22; ", ": 28. Su-30: ", "about 38")),
    ],
)  # fmt: skip
def test_both_facts_are_told(graph: Graph, question: str, holds: tuple[str, ...]) -> None:
    """All that the question asks for is in the sentence."""
    found = diplograph.ask(question, graph=graph)
    assert found.refused is None, found.text
    assert not [told for told in holds if told not in found.text], found.text


@pytest.mark.parametrize(
    ("question", "detail"),
    [
        ("Compare Russian investment in China in 1995 with that at the end of 2006.",
         "No figure of investment for 1995"),
        ("In which years did Russia's share of China's oil imports exceed 20 percent?",
         "No figure within these limits"),
        ("In which years was Russia's share over 10 percent but under 10.05 percent of China's oil "
         "imports?", "No figure within these limits"),
        ("What weapons did NATO order in 2004?", "No order for North Atlantic Treaty"),
    ],
)  # fmt: skip
def test_a_half_that_is_missing_is_told(graph: Graph, question: str, detail: str) -> None:
    """Where one of two figures is not on record, or none fits, that is the answer."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None, found.text
    assert found.absence.detail.startswith(detail)


@pytest.mark.parametrize(
    "question",
    [
        "Is China's trade with the US as Mitchell gives it three times what Yu Bin gives?",
        "Did Chinese investment in Russia more than double from 2000 to 2006?",
        "What joint statements did China and Russia issue in 1994 and in 2000?",
    ],
)
def test_no_half_answer(graph: Graph, question: str) -> None:
    """A yes or no to a multiple, and one of two times alone, are no answers."""
    assert diplograph.ask(question, graph=graph).refused is not None


def test_only_what_was_ordered_and_delivered_then(graph: Graph) -> None:
    """“Ordered and delivered in 2000” is about both."""
    found = diplograph.ask("Which weapons were both ordered and delivered in 2000?", graph=graph)
    assert "Moskit" in found.text
    assert "Tor-M1" not in found.text


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("from 20 August to the end of September 2000", "2000-08-20/2000-09"),
        ("between July and the end of 2000", "2000-07/2000"),
        ("in August and September 2000", "2000-08/2000-09"),
    ],
)
def test_spans_of_which_one_year_is_told(text: str, edtf: str) -> None:
    """The year stands with the second of two dates."""
    assert [m.period and m.period.edtf for m in spoken.find(text)] == [edtf]


def test_months_that_do_not_follow_are_no_span() -> None:
    """“May and July” are two months."""
    assert len(spoken.find("in May and July 2000")) > 1
