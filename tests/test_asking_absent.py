"""Questions whose answer is not there: denied, not on record, of nobody known; and those beside."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.denying import denies
from diplograph.model import Fact
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The shipped graph."""
    return open_graph()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What was Washington's response to the reports on the fleet order?", "never reacted"),
        ("In what speech did Putin criticise China for its antisatellite test?", "blam"),
        ("When did Moscow and Tokyo sign the peace treaty that ended World War II?", "not made"),
        ("In what year did full-scale war break out between China and the Soviets?", "did not go"),
        ("On what day did the Kremlin publicly disown the story about the fleet?", "did not deny"),
        ("Since when has Moscow sold Beijing its weapons in their very best versions?", "not sold"),
    ],
)
def test_what_a_main_clause_denies_is_denied(graph: Graph, question: str, told: str) -> None:
    """A statement that says no to what is asked for is the reason, and its date is no answer."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "denied"
    assert told in found.text
    assert not found.text[0].isdigit()
    assert not found.text.startswith("About")


@pytest.mark.parametrize(
    "question",
    [
        "Why have Russia and Japan still not made peace?",
        "What stops Russia and Japan from signing a peace treaty?",
        "What did Putin do instead of criticising the antisatellite test?",
        "Who voiced disbelief in the fleet rumour, although the Kremlin never denied it?",
        "When was the status of Heixiazi and Abagaitu settled?",
    ],
)
def test_what_such_a_statement_tells_is_no_absence(graph: Graph, question: str) -> None:
    """The reason, what there was instead and until when are answers."""
    found = diplograph.ask(question, graph=graph)
    assert found.refused is None
    assert found.absence is None


@pytest.mark.parametrize(
    ("question", "lacking", "told"),
    [
        # a number of what is counted
        ("How many Chinese migrants have settled in the Russian Far East?", "number of", "migrat"),
        ("How many islands in the Tumen river fell to Russia?", "number of islands", "Tumen"),
        (
            "How much compensation did China pay Russia over the benzene that got into the Amur?",
            "number of compensation",
            "benzene",
        ),
        (
            "How many soldiers were killed in the border fighting at the end of the 1960s?",
            "number of soldiers",
            "fighting",
        ),
        ("How many tons went through the Daqing oil pipeline in 2005?", "number of", "Daqing"),
        # what was only to be
        (
            "On what date did China's consulate general in Vladivostok open its doors?",
            "date of what is asked about",
            "means to open",
        ),
        ("Since when has gas flowed from the Kovyktinskoye field to China?", "date", "initialled"),
        (
            "How many cubic metres of gas did Russia pump into China in 2006 under the Gazprom "
            "memorandum?",
            "figure",
            "vowed",
        ),
        (
            "On which date did the joint mission of China and Russia to Mars take off?",
            "date",
            "Mars",
        ),
        # names, successors, results, prices
        ("name of the Russian prime minister who was to go to China?", "name", "unnamed"),
        ("What are the two Chinese called who had fought for the Chechen rebels?", "name", "rebel"),
        ("Who took over from Putin as president of Russia?", "other than Vladimir Putin", "Putin"),
        ("What results did Dai Bingguo's talks in Moscow bring?", "word of results", "Dai Bingguo"),
        ("How much did China spend on staging Peace Mission 2005?", "price", "Peace Mission"),
        (
            "What is the price of the fast neutron reactor that Russia helps China build?",
            "price",
            "reactor",
        ),
    ],
)
def test_a_detail_that_is_not_told_is_not_on_record(
    graph: Graph, question: str, lacking: str, told: str
) -> None:
    """What is told of the matter is shown beside it, and is not the answer."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "no-record"
    assert found.text.startswith("Nothing on record: No ")
    assert lacking in found.absence.detail
    assert told in found.text.partition("What is told of the matter: ")[2]
    assert not found.answers


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("S-300PMU-2 systems ordered by China in 2004, how many pieces?", "8 S-300PMU-2"),
        ("How many deputies came with Li Peng to Russia?", "50"),
        ("How many cubic metres of gas a year did Russia promise China in 2006?", "60 to 80"),
        (
            "What name did Russia's diplomats jocularly give to their President's voyage to China?",
            "Great Wall",
        ),
        ("When was the treaty of friendship to be signed?", "2001"),
    ],
)
def test_a_detail_that_is_told_is_the_answer(graph: Graph, question: str, told: str) -> None:
    """Pieces are what is counted, plans answer what asks for them, and names are no people's."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is None
    assert told in found.text


def test_who_came_later_is_on_record(graph: Graph) -> None:
    """It is not said that nobody followed where somebody did."""
    found = diplograph.ask("Who came after Yeltsin as president of Russia?", graph=graph)
    assert found.absence is None


@pytest.mark.parametrize(
    "question",
    [
        "What orders did Hu Jintao give about the 2005 joint manoeuvres with the Russians?",
        "What did Hu Jintao say about the satellite test?",
    ],
)
def test_a_person_whom_nothing_names_is_unknown(graph: Graph, question: str) -> None:
    """A first name and a surname are not passed over, also where a search term has one of them."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "unknown-name"
    assert "Hu Jintao" in found.text


def _fact(statement: str, kind: str = "Claim") -> Fact:
    return Fact("x", kind, statement, None, None, "stated", "definitely", (), {}, (), ())


@pytest.mark.parametrize(
    ("statement", "denied"),
    [
        ("The top officials in Washington never reacted to the story.", True),
        ("Because they dispute the islands, they have not made the peace treaty.", True),
        ("On the rumour the Kremlin issued no public denial, and some doubted it.", True),
        ("China and Russia have expressly turned down the idea.", True),
        ("Though they did not admit it, their relations have become deeper.", False),
        ("Mao stood for a revolution that starts from the countryside and not from cities.", False),
        ("Never before September 2000 had the five leaders held a summit.", False),
        ("In the world no country supplies more oil than Russia.", False),
        ("Yu Bin says that there was no contact.", False),
        ("The accords had to do not only with politics.", False),
    ],
)
def test_only_a_main_clause_denies(statement: str, denied: bool) -> None:
    """What a subordinate clause says no to, and what a comparison says, is no denial."""
    assert denies(_fact(statement)) is denied
