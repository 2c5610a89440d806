"""Details that nobody tells, although the matter is told; and such as are told, asked alike."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.details import _speaks
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The shipped graph."""
    return open_graph()


@pytest.mark.parametrize(
    ("question", "lacking", "told"),
    [
        # words and reactions
        ("What did Clinton say to Putin on the telephone on 10 July 2000?", "statement", "Clinton"),
        ("What did Foreign Minister Tang tell Ivanov when they met in Bangkok?", "Tang", "Bangkok"),
        (
            "What did the North Koreans promise Putin during his visit to Pyongyang?",
            "statement",
            "North Korea",
        ),
        ("What did Larry King say to Putin about the oil pipeline?", "Larry King", "CNN"),
        ("Which questions did Larry King put to Putin?", "statement", "CNN"),
        (
            "How did Tokyo answer Losyukov's idea of three-way military-technical cooperation?",
            "reaction of Japan",
            "Losyukov",
        ),
        # who did it
        ("Who initialled the Kovyktinskoye agreement for South Korea?", "name", "initialled"),
        ("Who signed the Treaty of Nerchinsk on the Russian side?", "name", "Nerchinsk"),
        ("Who commanded the Russian side in Peace Mission 2005?", "name", "Peace Mission"),
        ("Who led the Unity Party delegation that went to China in July 2000?", "name", "Unity"),
        (
            "Which generals took part in the closed military talks during the Beijing summit?",
            "generals",
            "Beijing",
        ),
        ("Which Russian factory made the 800,000-kw unit in Liaoning?", "factory", "Liaoning"),
        # numbers, parts of them and days
        ("How many of the soldiers at Peace Mission 2005 were Chinese?", "Chinese", "10,000"),
        (
            "How many of those who visited Khabarovsk in August 2000 were Chinese?",
            "Chinese",
            "Khabarovsk",
        ),
        ("How many sailors died on the Kursk?", "number of sailors", "Kursk"),
        ("How many demonstrators were killed at Andijan?", "number", "violence"),
        ("How many American soldiers were stationed at the Central Asian bases?", "number", "base"),
        ("On what day in 2006 did Gazprom and CNPC sign their memorandum?", "day", "2006"),
    ],
)
def test_a_detail_that_the_facts_lack_is_not_on_record(
    graph: Graph, question: str, lacking: str, told: str
) -> None:
    """The matter is shown beside it, and that the sources treat it is said, whatever they cover."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "no-record"
    assert lacking in found.absence.detail
    assert told in found.text.partition("What is told of the matter: ")[2]
    assert not found.answers


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did Jiang tell Putin about the friendship treaty on the phone?", "charge"),
        ("What did Losyukov say in Tokyo about military-technical cooperation?", "in theory"),
        ("What did Gazprom promise China in the 2006 memorandum?", "60 to 80 billion"),
        (
            "What promise did Russia make at the July 2000 summit about Chinese detained there?",
            "extradit",
        ),
        ("How did Beijing react to the American bases in Central Asia after 9/11?", "angry"),
        ("How did the SCO react after the Andijan crackdown?", "timetable"),
        ("What did Russians tell pollsters in July 2005 about Chinese presence?", "62 percent"),
        ("Who led the Chinese parliament's delegation to Novosibirsk?", "Li Peng"),
        ("Who told Wu Tao about the results of Okinawa?", "Mamedov"),
        ("How many of the Amur islands went to China?", "902"),
        ("How many Chinese who fought in Chechnya did Moscow hand over?", "two"),
        ("On what day did the first Su-30s get to the Chinese air force?", "14 August 2000"),
        ("Which nasty generals did Russia and China team up to shield with a veto?", "Burma"),
        ("What does the name of the SCO tell us in Russian eyes?", "undertaking of China"),
    ],
)
def test_a_detail_that_is_told_is_no_absence(graph: Graph, question: str, told: str) -> None:
    """The same shapes of question are answered where the detail is told."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is None
    assert told in found.text


@pytest.mark.parametrize(
    "question",
    [
        "What was Washington's official answer to the reports that Putin would send his fleet?",
        "How did the White House comment the rumour of Putin's promise to help China over Taiwan?",
        "What did Washington have to say about the Pacific Fleet gossip?",
        "What did American newspapers and television write about the rumour of Putin's fleet?",
    ],
)
def test_the_denial_of_an_answer_leads(graph: Graph, question: str) -> None:
    """That nothing was said comes first where a statement says so."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "denied"
    assert any(word in found.text.split(".")[0] for word in ("no answer", "nothing", "never"))


def test_who_denies_something_has_said_something(graph: Graph) -> None:
    """What he denied is denied to who asks for it, and an answer to who asks what he said."""
    bloc = "What bloc against NATO did defence minister Ivanov say Russia would set up in the East?"
    words = "What did Sergei Ivanov have to say about setting up an anti-NATO bloc in the East?"
    asked = diplograph.ask(bloc, graph=graph), diplograph.ask(words, graph=graph)
    assert [f.absence and f.absence.reason.value for f in asked] == ["denied", None]


@pytest.mark.parametrize(
    ("statement", "speaks"),
    [
        ("Jiang said that he was in charge of the draft.", True),
        ("Putin told Jiang of his visit.", False),
        ("Putin used the call with Jiang to press harder.", False),
        ("Jiang, the president of China, proposed a treaty.", True),
        ("Jiang was pressed by Putin.", False),
        ("A treaty was proposed by Jiang.", True),
    ],
)
def test_who_speaks_stands_before_the_verb(statement: str, speaks: bool) -> None:
    """Whom one spoke to or pressed said nothing by that."""
    assert _speaks(statement, ["Jiang"], False) is speaks
