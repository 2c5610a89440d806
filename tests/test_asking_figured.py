"""Questions on figures and on what is worked out from them: balances, limits, sums, comparisons."""

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
        # whose figure comes first: that of what is told before “than”
        ("Is trade with Russia a bigger part of China's total trade than trade with China is of "
         "Russia's?", "No. China: 2, less than Russia: 6 (percent), by 4 points."),
        ("Does trade with China weigh more in Russia's total trade than trade with Russia does in "
         "China's?", "Yes. Russia: 6, more than China: 2"),
        ("Is Russia a smaller part of China's trade than China is of Russia's?", "Yes. China: 2"),
        ("Had China put more money into Russia than Russia into China by the end of 2006?",
         "No. China: about 1 billion, less than Russia: 1.4 billion"),
        # whose figures they are
        ("Do both the Chinese and the Russian statistics show Russia selling more to China than it "
         "bought in 2006?", "Yes. Imports: 17.55 billion, more than exports: 15.85 billion"),
        ("Do the Russian statistics put China's exports to Russia in 2006 higher than the Chinese "
         "ones do?", "Yes. By Russia's figures: 15.85 billion"),
        ("Did Russia buy more from China than it sold to China in 2006 according to the Chinese "
         "figures?", "No. Exports: 14.37 billion, less than imports: 16.22 billion"),
        # two times, growth, places in an order
        ("Was Russia the bigger investor of the two countries both in 2000 and at the end of 2006?",
         "Yes. Russia: 220 million"),
        ("Did Chinese exports to Russia grow more slowly than imports in the first half of 2000?",
         "No. Growth of exports: 70, more than growth of imports: 22.4"),
        ("Did Russia rank as high among China's trading partners in 2005 as China did among "
         "Russia's?", "No. Russia: 8th, lower than China: 4th."),
        # the words tell of two issues, and of no party: neither yes nor no
        ("Was Chinese investment in Russia lower than Russian investment in China by the end of "
         "2006?", "China: about 1 billion, less than"),
    ],
)  # fmt: skip
def test_two_figures_are_told_in_the_order_of_the_question(
    graph: Graph, question: str, begins: str
) -> None:
    """A yes or no rests on which figure the question puts first, and on who gives them."""
    assert diplograph.ask(question, graph=graph).text.startswith(begins)


def test_figures_of_two_times_are_of_one_party(graph: Graph) -> None:
    """What one invested then is not held against what the other did later."""
    found = diplograph.ask("Did both China and Russia invest more in 2006 than in 2000?")
    assert "China in Russia: from 140 million (2000) to about 1 billion" in found.text
    assert "Russia in China: from 220 million (2000) to 1.4 billion" in found.text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Did Russia already supply over a tenth of China's imported oil in 2004?", "No. Russia's"),
        ("Did China take more than 3 million tons of Russian crude in 2001?", "No. China's crude"),
        ("Did China get more than 900 islands in the Amur?", "Yes. China got 902"),
        ("Did China's trade with the United States exceed 200 billion dollars?", "Yes. China's"),
        ("Did border violations in Primorye exceed 300 in 1999?", "No. In 1999"),
        ("Did fewer than half of Russians see China as friendly in 2006?", "Yes. In the poll"),
        ("In which years did China import less than 2 million tons of Russian crude oil?",
         "1999, 2000 and 2001."),
        ("What was the first year in which China bought more than 10 million tons of crude from "
         "Russia?", "2004. "),
        # over 33 billion may be over 40, and border trade is not all trade
        ("Did trade between China and Russia exceed 40 billion dollars in 2006?", "According to"),
    ],
)  # fmt: skip
def test_limits(graph: Graph, question: str, begins: str) -> None:
    """A figure is held against the limit that the question gives, in what it is counted in."""
    assert diplograph.ask(question, graph=graph).text.startswith(begins)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("How large was China's deficit in its trade with Russia in the first half of 2000?",
         "China had a deficit of 1.8 billion US dollars"),
        ("Which side ran a deficit in Sino-Russian trade in the first six months of 2000, and how "
         "big was it?", "China had a deficit of 1.8 billion"),
        ("Did China run a surplus in its trade with Russia in 2006?", "No. In its trade with"),
        ("What was China's trade deficit with Russia in 2006 by Chinese figures?",
         "By Chinese figures Russia's surplus with China comes to 1.85"),
        ("Do the islands in the Amur that Russia and China received add up to the total which the "
         "footnote gives?", "No. 902 and 708 make 1,610, 70 less than the total given, 1,680."),
        ("Do the Argun islands given to Russia and to China together make up the total stated for "
         "that river?", "Yes. 209 and 204 make 413"),
        ("Do China's exports and imports for the first half of 2000 add up to the total of its "
         "trade with Russia?", "Yes. 880 million and 2.68 billion make 3.56 billion"),
        ("In which year did Russia ship more oil to China than the year before and yet see its "
         "share of Chinese oil imports slip?", "In 2006."),
        ("Does the border trade share square with the dollar figures?",
         "No. 1 disagreement. Share of border trade"),
    ],
)  # fmt: skip
def test_what_follows_from_figures(graph: Graph, question: str, begins: str) -> None:
    """Balances, sums of parts, and years in which two figures went different ways."""
    assert diplograph.ask(question, graph=graph).text.startswith(begins)


@pytest.mark.parametrize(
    "question",
    [
        "How large was China's deficit in arms trade with Russia in 2000?",
        "How large was China's trade deficit in 2000?",
    ],
)
def test_a_balance_is_of_what_is_asked_for(graph: Graph, question: str) -> None:
    """Half a year is no year, and one country has no balance with nobody."""
    understood = diplograph.ask(question, graph=graph).understood
    assert understood is None or understood.template != "trade-balance"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which has the greater capacity, the fast neutron reactor Russia is helping China to "
         "build or the Russian-made power unit started up in Liaoning?", "less than Power unit"),
        ("How much more expensive is the East Siberia-Pacific pipeline contract than the oil line "
         "to China that was haggled over in 2000?", "by 9.8 billion"),
        ("Is the 1996 agreement on assembling Su-27s cheaper than the 2000 Su-27 accord?",
         "No. 1996 agreement"),
        ("At least how many more people live in China's northeast than in the Russian Far East?",
         "by at least 140 million"),
        ("In the July 2005 survey, was fear of Chinese companies in Siberian mining more common "
         "than dislike of the Chinese presence in general, and by how many points?",
         "Yes. Companies in Siberian mining: 66"),
        ("Compare the size of China's trade with the United States in the two texts.",
         "by about 200 billion"),
        ("How much Chinese money was invested in Russia according to Yu Bin in 2000, and how much "
         "according to Mitchell at the end of 2006?", "Yu Bin in 2000: 140 million, less than"),
    ],
)  # fmt: skip
def test_two_things_are_compared(graph: Graph, question: str, told: str) -> None:
    """Each side of a comparison is met by its own words, and the difference is told."""
    assert told in diplograph.ask(question, graph=graph).text


def test_a_limit_in_words_is_read_whole(shipped: Graph) -> None:
    """Sixty is no six."""
    asked = (
        "Did more than {} percent in the July 2005 survey see Chinese firms in Siberia as a danger?"
    )
    assert diplograph.ask(asked.format("sixty"), graph=shipped).text.startswith("Yes.")
    assert diplograph.ask(asked.format("seventy"), graph=shipped).text.startswith("No.")


@pytest.mark.parametrize(
    "question",
    [
        "In which years did Russian oil make up over sixty percent of China's oil imports?",
        "In which years was the Russian part of China's oil imports above 6 but below 8 percent?",
    ],
)
def test_years_that_keep_to_no_limit_are_no_answer(shipped: Graph, question: str) -> None:
    assert not diplograph.ask(question, graph=shipped).answers


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        # what is dated by a longer time than asked for comes after what is not
        ("By what percentage did China-Russia trade grow in early 2000?",
         "Trade of China and Russia was 31.5 percent higher"),
        # how much something grew is not how large it was
        ("How much did trade between China and Russia grow in the first six months of 2000?",
         "Trade of China and Russia was 31.5 percent higher"),
        ("How much did trade between China and Russia go up in the first half of 2000?",
         "Trade of China and Russia was 31.5 percent higher"),
        # of several disagreements that comes first which the question is about
        ("What share of China's oil imports came from Russia in 2000? Do both authors agree?",
         "3 disagreements. Russia's share"),
    ],
)  # fmt: skip
def test_what_was_asked_for_leads(shipped: Graph, question: str, begins: str) -> None:
    assert diplograph.ask(question, graph=shipped).text.startswith(begins)


def test_what_spans_years_answers_a_question_for_several(shipped: Graph) -> None:
    asked = "What proportion of Russian arms exports went to the Chinese in the ten years to 2005?"
    assert "about 37 percent" in diplograph.ask(asked, graph=shipped).text.partition(". ")[0]
