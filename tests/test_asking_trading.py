"""What one country sells to another is not what the other sells to it."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.trading import dealt
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("What does China sell to Russia?", {("china", "russia")}),
        ("Which goods did Russia sell China?", {("russia", "china")}),
        ("What do the Chinese buy from the Russians?", {("russia", "china")}),
        ("China has bought arms in Russia", {("russia", "china")}),
        ("jets that were sold by Russia to China", {("russia", "china")}),
        ("Chinese exports to Russia", {("china", "russia")}),
        ("China does not sell what Russia wants", set()),
        ("China and Russia trade a lot", set()),
    ],
)
def test_who_sells_to_whom(text: str, ways: set[tuple[str, str]]) -> None:
    assert dealt(text) == ways


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("What goods does Russia sell to China?", "Russia", "China sold goods for 880 million"),
        ("What does Russia buy from China?", "Russia bought from China", "China has been buying"),
        ("Which goods does China import from Russia?", "China bought from Russia", "Russia bought"),
        # “Russia only sells and China only buys” names no buyer and no seller
        ("What did the Chinese sell to the Russians?", "Russia", "Some Russians"),
    ],
)
def test_the_other_way_does_not_lead(graph: Graph, question: str, told: str, other: str) -> None:
    found = diplograph.ask(question, graph=graph)
    assert found.answers
    assert told in found.answers[0].statement
    assert not found.answers[0].statement.startswith(other)
