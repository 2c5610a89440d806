"""How questions are worded: words that look alike, months without a year, pronouns, what is set aside."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.hearing import hear
from diplograph.asking.matching import readings
from diplograph.asking.refusing import refuse_what_points_elsewhere
from diplograph.asking.templates import shipped_templates
from diplograph.errors import NotUnderstood
from diplograph.stems import stem
from diplograph.store import Graph, open_graph

from .asked import weighed


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("according", "accord"),
        ("important", "imports"),
        ("authorities", "author"),
        ("customer", "customs"),
    ],
)
def test_words_that_only_look_alike_have_stems_of_their_own(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_according_to_somebody_asks_for_no_accord(graph: Graph) -> None:
    found = diplograph.ask(
        "Will the two neighbours lift their trade to 60 billion by 2010, according to experts?",
        graph=graph,
    )
    assert found.understood is not None
    assert found.understood.template != "links"
    assert "Many observers think" in found.text


def test_a_month_without_a_year_is_met_in_any(graph: Graph) -> None:
    """The month is met by what has it, and the answer says that no year was named."""
    found = diplograph.ask("How did the American missile test in early July go?", graph=graph)
    assert "failed once more" in found.text
    assert any("No year is named" in note and "July" in note for note in found.notes)


def test_a_month_with_its_year_has_no_such_note(graph: Graph) -> None:
    found = diplograph.ask("How did the American missile test in July 2000 go?", graph=graph)
    assert "failed once more" in found.text
    assert not any("No year is named" in note for note in found.notes)


@pytest.mark.parametrize(
    "question",
    [
        "Why is it easier for the Russians to come back in Central Asia?",
        "Is it possible for India to join the Shanghai Forum?",
        "Whom would a go-it-alone policy hurt?",
        "How did upheavals such as those in Georgia change politics?",
        "Have the two ever said that they want to weaken others?",
    ],
)
def test_what_looks_like_a_pronoun_points_nowhere_else(graph: Graph, question: str) -> None:
    refuse_what_points_elsewhere(hear(graph, question))


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Was it sent to the summit?", "it"),
        ("Why is it signed?", "it"),
        ("What came of those?", "those"),
        ("When did they sign?", "they"),
    ],
)
def test_a_pronoun_that_points_back_is_named(graph: Graph, question: str, word: str) -> None:
    with pytest.raises(NotUnderstood, match=f"“{word}” points to something"):
        refuse_what_points_elsewhere(hear(graph, question))


@pytest.mark.parametrize("words", ["Apart from", "Aside from", "Except for the", "Besides"])
def test_what_is_set_aside_is_not_asked_about(graph: Graph, words: str) -> None:
    question = f"{words} Taiwan, what makes China's army feel less safe?"
    (aside,) = [unit for unit in weighed(graph, question) if unit.text.endswith("Taiwan")]
    (asked,) = [
        unit
        for unit in weighed(graph, "What does Taiwan make China's army feel?")
        if unit.text.endswith("Taiwan")
    ]
    assert not aside.named
    assert asked.named
    assert aside.weight < asked.weight


def test_the_turn_of_the_century_is_about_its_year(graph: Graph) -> None:
    heard = hear(graph, "What share was it at the turn of the century?")
    (date,) = heard.of("date")
    assert str(getattr(date.period, "edtf", "")) == "2000~"


def test_what_is_in_it_for_somebody_is_a_gain(graph: Graph) -> None:
    found = diplograph.ask(
        "What's in it for the Russians if they build the reactor in China?", graph=graph
    )
    assert "money" in found.text
    assert "jobs" in found.text


@pytest.mark.parametrize(
    ("question", "exact"),
    [
        ("Which weapons did Russia sell to China?", True),
        ("Which weapons did Russia not sell to China?", False),
        ("Which weapons did China never order from Russia?", False),
    ],
)
def test_what_is_not_so_is_no_list_of_what_is(graph: Graph, question: str, exact: bool) -> None:
    """A template that lists what was sold does not answer what was not."""
    units = weighed(graph, question)
    found = readings(hear(graph, question), shipped_templates(), units)
    listing = [r for r in found if r.template.asks_for_entities and not r.template.broad]
    assert bool(listing) is exact
