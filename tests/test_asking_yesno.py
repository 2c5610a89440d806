"""Yes and no: only where time, number, doer and each year say so, and from the fact that says it."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.store import Graph

TURNED = [
    "Did Putin propose the friendship treaty to Jiang?",
    "Was the friendship treaty Putin's idea?",
    "Did only China and Russia sign the Altay agreement?",
    "Did two Chinese warships call at Vladivostok in September 2000?",
    "Is Iran not a member of the SCO?",
    "Did the 2001 treaty contain no security guarantees?",
    "Did the Unity Party delegation visit China in June 2000?",
    "Did Jiang and Putin talk on the phone on 27 July 2000?",
    "Was the Security Council summit of September 2000 initiated by Russia?",
    "Did the working group on illegal immigration come from a Chinese proposal?",
    "Did Japan sign the Altay agreement?",
    "Was the Beijing Declaration signed in Moscow?",
    "Did Russia propose the friendship treaty?",
    "Did Jiang visit Moscow in July 2000?",
    "Did Jiang visit Russia in July 2000?",
    "Did Putin visit Beijing in August 2000?",
    "Did Li Peng visit Moscow in September 2000?",
    "Were the Sovremenny destroyers ordered in 2002 delivered in 2004?",
    "Were the Su-30s delivered before 2000?",
    "Could India have joined the Shanghai group?",
    "Did the share of commodities in Russia's exports to China rise from 2004 to 2006?",
    "Was the Kovykta agreement initialled before the Millennium Summit?",
    "Did the Soviet pull-out from Afghanistan happen later than Gorbachev's trip to Beijing?",
    "Did violations at the border fall in every period reported?",
    "In 2000 the PLA was keen on more S-300PMU and TOR-M1 systems. Does the arms table show orders "
    "for both of them after that year?",
]


@pytest.mark.parametrize("question", TURNED)
def test_what_is_told_of_another_time_number_or_doer_is_neither_yes_nor_no(
    shipped: Graph, question: str
) -> None:
    found = diplograph.ask(question, graph=shipped)
    assert not found.text.startswith(("Yes", "No.", "No:", "No,", "Possibly")), found.text


DECIDED = [
    ("Was the friendship treaty signed in 2001?", "Yes."),
    ("Was the friendship treaty signed after 2000?", "Yes."),
    ("Was the friendship treaty signed in 2003?", "No,"),
    ("Was the friendship treaty signed after 2001?", "No,"),
    ("Was the Altay agreement signed in August 2000?", "No,"),
    ("Did China sign the Altay agreement?", "Yes."),
    ("Did Putin meet Jiang in Dushanbe?", "Yes."),
    ("Did the Unity Party delegation visit China in July 2000?", "Yes."),
    ("Did Li Peng visit Russia in September 2000?", "Yes."),
    ("Did Gorbachev visit Beijing in 1989?", "Yes."),
    ("Were the Sovremenny destroyers ordered in 2002 delivered by 2006?", "Yes."),
    ("Did China's share of Russia's trade exceed 10 percent?", "No."),
    ("Did Putin criticise the antisatellite test publicly?", "No."),
    ("Did the leaders talk about the border problem when Putin came to Beijing in 2000?", "No."),
    ("Did the USSR and China ever go to full-scale war?", "No."),
    ("Did Clinton and Putin sign a joint statement at Okinawa?", "Yes."),
]
TRENDS = [
    ("Did Russia's share of China's oil imports rise every year from 1999 to 2006?", "No."),
    ("Did Russia's share of China's oil imports ever fall?", "Yes."),
    ("Did Russia's share of China's oil imports grow from 1999 to 2006?", "Yes."),
    ("Did crude imports from Russia grow each year between 1999 and 2006?", "Yes."),
    (
        "Did crude deliveries from Russia ever fall from one year to the next from 1999 to 2006?",
        "No.",
    ),
    ("Did trade grow from 1999 to 2006?", "Yes."),
    ("Did Russia's slice of Chinese oil imports get bigger in 2006 than the year before?", "No."),
]
ORDERED = [
    ("Did Gorbachev's trip come before Tiananmen?", "Yes. May 1989 is before"),
    ("Was the Tiananmen crackdown before Gorbachev's visit?", "No."),
    ("Did the USSR collapse before the border agreement of May 1991?", "No."),
    ("Was the treaty of Nerchinsk concluded later than the treaty of 1950?", "No. 1689 is before"),
    ("Did Nixon's opening come after the normalization with the United States?", "No."),
    ("Was the strategic partnership declared earlier than the constructive one?", "No."),
    ("Did the Dushanbe summit come before the Beijing summit?", "Yes. 5–6 July 2000 is before"),
    ("Did Ivanov meet Tang after the Dushanbe summit?", "Yes."),
    ("Had the friendship treaty been signed before the Beijing summit?", "No. July 2001 is after"),
    (
        "Did that Pentagon missile test come before or after the Dushanbe summit of July 2000?",
        "After. 7 July 2000",
    ),
]


@pytest.mark.parametrize(("question", "lead"), [*DECIDED, *TRENDS, *ORDERED])
def test_what_the_facts_decide_begins_with_yes_or_no(
    shipped: Graph, question: str, lead: str
) -> None:
    found = diplograph.ask(question, graph=shipped)
    assert found.text.startswith(lead), found.text


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        (
            "Were most of the agreements signed in Beijing in July 2000 about security?",
            "Most of the",
        ),
        ("Did Russia's share of China's oil imports ever fall?", "It fell from 2005 to 2006."),
        ("Were the Sovremenny destroyers ordered in 2002 delivered in 2004?", "in 2005"),
    ],
)
def test_what_settles_a_question_leads(shipped: Graph, question: str, leads: str) -> None:
    found = diplograph.ask(question, graph=shipped)
    assert leads in found.text[:280], found.text
