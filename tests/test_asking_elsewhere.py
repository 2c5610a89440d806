"""Names, times and events that the graph does not have, and plans of which nobody tells the end."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The shipped graph."""
    return open_graph()


@pytest.mark.parametrize(
    ("question", "name"),
    [
        # near a word or a name of the graph
        ("How did Beijing react to Russia taking Crimea?", "Crimea"),
        ("how did china react to russia taking crimea?", "crimea"),
        ("Did Putin visit Chita?", "Chita"),
        ("What does Russia export to Chita?", "Chita"),
        ("Did George Bush sign the friendship treaty?", "George Bush"),
        ("Which talks were held in Hong Kong?", "Hong Kong"),
        # passed over by an answer until now
        ("What did President Karimov of Uzbekistan say at the Dushanbe summit?", "Karimov"),
        ("How did China react to the remarks of Medvedev on Taiwan?", "Medvedev"),
        ("What did Trump say at the Dushanbe summit?", "Trump"),
        ("Which documents did Hu Jintao and Putin sign in Beijing?", "Hu Jintao"),
        ("How did China react to the remarks of Abe on Taiwan?", "Abe"),
        # made of everyday words
        ("Is the Power of Siberia pipeline finished?", "Power of Siberia"),
        ("what did the korean war mean for china?", "korean war"),
        ("Did Russia support World Bank?", "World Bank"),
        ("What role did WTO play in the relations of China and Russia?", "WTO"),
        ("What did Zhu Rongji's government think of the pipeline?", "Zhu Rongji"),
    ],
)
def test_a_name_that_nothing_bears_is_no_other_word(graph: Graph, question: str, name: str) -> None:
    """It ends the question, whatever words of the graph it is made of or comes near."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "unknown-name"
    assert f"“{name}”" in found.text
    assert not found.notes


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("how did gorbatchev's trip to bejing in may 1989 change relations?", "Gorbachev"),
        ("What did Jang Zemin propose to Putin in Beijing?", "Jiang Zemin"),
        ("Was Kazahkstan among the parties to the Altay agreement?", "Kazakhstan"),
        ("What did Poutin say about Taiwan?", "Putin"),
        ("How many Su-30s did Chnia order in 1999?", "38"),
        ("Which ambassador did Georgi Mamedow inform about Okinawa?", "Mamedov"),
        ("What became of Evgeny Nazdratenka, the Far Eastern governor?", "Nazdratenko"),
        ("What did Boris Nikolayevich Yeltsin say in 1995 about Chinese support?", "Yeltsin"),
        ("Which countries initialled the Kovyktinskoe gas study in September 2000?", "South Korea"),
        # names that only show by an example what is meant, and nouns with capitals
        (
            "How did upheavals such as those in Georgia and Ukraine affect the treatment of "
            "American NGOs in Russia and China?",
            "olitical development",
        ),
        ("How big is the Russian Far East Population?", "10 million"),
        ("Which Chinese Cities tested sirens?", "sirens"),
    ],
)
def test_a_misspelt_name_is_still_mended(graph: Graph, question: str, told: str) -> None:
    """So are other spellings and patronymics, and a noun may have a capital."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is None
    assert told in found.text


@pytest.mark.parametrize(
    "question",
    [
        "How did China react to sanctions against Russia after the annexation of Crimea?",
        "What happened to Sino-Russian trade after the invasion of Ukraine?",
        "By how much did the pandemic cut the border trade?",
        "Does China buy more Russian oil today than before 2022?",
    ],
)
def test_what_lies_after_the_sources_is_outside(graph: Graph, question: str) -> None:
    """Also where the time is told by an event of the world."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "outside-coverage"


@pytest.mark.parametrize(
    ("question", "reason", "told"),
    [
        ("How large was the trade of Russia and China in 2010 in reality?", "outside", "60 to 80"),
        ("Did China's trade with Russia really reach 60 billion dollars in 2010?", "outside", "60"),
        ("Who was elected president of Russia after Putin left office in 2008?", "outside", "2008"),
        (
            "What came of the Russian prime minister's talks in China in November 2000?",
            "no-record",
            "was to visit",
        ),
        ("How did the exercise Peace Mission-Rubezh 2007 turn out?", "no-record", "is to take"),
        ("What came of the exercise planned for 2007?", "no-record", "Rubezh"),
        (
            "Has the Chinese consulate general in Vladivostok been opened since?",
            "no-record",
            "open",
        ),
    ],
)
def test_a_plan_is_no_account_of_what_came_of_it(
    graph: Graph, question: str, reason: str, told: str
) -> None:
    """It is shown beside what is not on record."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value.startswith(reason)
    assert "account of what came of it" in found.text
    assert told in found.text.partition("What is told of the matter: ")[2]
    assert not found.answers


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What trade do the two want to reach by 2010?", "60 to 80"),
        ("What might the two countries' trade be in 2010?", "60 to 80"),
        ("What is expected to happen after Putin leaves office in 2008?", "2008"),
        ("What was decided about the next aircraft carrier for India?", "third"),
        ("Why did nothing get decided about the oil pipeline at the summit?", "route"),
        (
            "How did Jiang Zemin try to bring the Central Asian republics economically nearer to "
            "China in summer 2000?",
            "the west of China",
        ),
        ("How did the missile interceptor test of July 2000 turn out?", "failed"),
    ],
)
def test_what_was_planned_or_came_about_is_told(graph: Graph, question: str, told: str) -> None:
    """A question for the plan is answered by it, and one for what came about by what did."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is None
    assert told in found.text


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("What did the annexation of Tibet mean for the Soviet Union?", "annexation"),
        ("What was the result of the coup against Gorbachev?", "coup"),
        ("How many people were killed in the earthquake in China?", "earthquake"),
    ],
)
def test_an_event_that_no_statement_has_is_not_on_record(
    graph: Graph, question: str, event: str
) -> None:
    """It is named by a common word, which is told."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "no-record"
    assert f"No {event} is on record" in found.text


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did Jiang tell Mike Wallace about Taiwan?", "Mike Wallace and Taiwan"),
        ("What did Larry King want to know from Putin about Chechnya?", "Larry King and Chechnya"),
    ],
)
def test_of_three_names_two_that_no_fact_has_together_are_told(
    graph: Graph, question: str, names: str
) -> None:
    """One of them is told of in passing only, so that it is certain."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "no-record"
    assert f"tells of {names} together" in found.text
