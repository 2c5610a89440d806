"""Questions in everyday words: nicknames, phrases, pronouns that are explained, one of several."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.postings import postings
from diplograph.errors import AmbiguousName
from diplograph.stems import stems
from diplograph.store import Graph


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which countries belonged to the Shanghai group in 2000?", "Tajikistan"),
        ("When did Gorby come to Beijing?", "May 1989"),
        ("How many tons of crude came over from Russia in '03?", "5.3 million"),
        ("Is it true the guys running China could actually speak Russian?", "fluently"),
        ("How many of those big Ilyushin cargo planes did China put in for back in '05?", "40"),
        ("Whatever happened to the governor Nazdratenko?", "political post"),
        ("What was it that annoyed Beijing about Moscow's pipeline?", "annoyed Beijing"),
        ("What was it the Russians feared in the Far East?", "Russian Far East"),
        ("How did trade between the two do in the first half of 2000?", "first half of 2000"),
    ],
)
def test_everyday_words_are_understood(shipped: Graph, question: str, told: str) -> None:
    found = diplograph.ask(question, graph=shipped)
    assert found.refused is None, found.text
    assert told in found.text


def test_a_nickname_of_two_is_looked_up_and_not_shown(shipped: Graph) -> None:
    """A hidden label leads to all that bear it, and stands in no description."""
    with pytest.raises(AmbiguousName, match="Shanghai Five"):
        diplograph.describe("Shanghai bloc", graph=shipped)
    shown = repr(diplograph.describe("Shanghai Five", graph=shipped))
    assert "Shanghai Forum" in shown
    assert "Shanghai bloc" not in shown


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who assisted the author in gathering material for his chapter?", "Bajpae"),
    ],
)
def test_a_pronoun_of_somebody_told_of_is_no_pointer(
    shipped: Graph, question: str, told: str
) -> None:
    assert told in diplograph.ask(question, graph=shipped).text


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("What did his talks with Putin bring?", "his"),
        ("How many of those were delivered?", "those"),
        ("When was it signed?", "it"),
        ("Did he meet Putin?", "he"),
    ],
)
def test_what_points_elsewhere_is_still_refused(shipped: Graph, question: str, part: str) -> None:
    refused = diplograph.ask(question, graph=shipped).refused
    assert refused is not None
    assert refused.part == part


def test_a_name_is_met_by_what_a_fact_is_looked_for_by(shipped: Graph) -> None:
    """The text names Belgrade; Europe is among the search terms of the bombing."""
    question = "Who dropped bombs on a Chinese diplomatic building in Europe?"
    assert diplograph.ask(question, graph=shipped).text.startswith("United States.")


def test_a_why_may_compare(shipped: Graph) -> None:
    found = diplograph.ask(
        "Why did an American shield hurt China more than it hurt Russia?", graph=shipped
    )
    assert "arsenal" in found.text


def test_one_fact_may_answer_both_parts(shipped: Graph) -> None:
    """The second part has a “they” that nothing before it names; one fact tells the whole."""
    question = "Whose bright idea was the friendship pact, and when were they planning to ink it?"
    found = diplograph.ask(question, graph=shipped)
    assert found.refused is None
    assert "Jiang Zemin's idea" in found.text
    assert "2001" in found.text


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        (
            "Which new state entered to the Shanghai Five at the Dushanbe summit in 2000?",
            {"Uzbekistan"},
        ),
        ("Which pipeline was to cost $1.7bn?", {"The oil pipeline from Russia to China"}),
    ],
)
def test_one_is_told_where_one_is_asked_for(
    shipped: Graph, question: str, labels: set[str]
) -> None:
    found = diplograph.ask(question, graph=shipped)
    assert any(found.text.startswith(label) for label in labels)
    assert " and China" not in found.text.partition(".")[0]


def test_who_told_is_no_author_of_a_source(shipped: Graph) -> None:
    for question in (
        "Who first reported the rumour about Putin and Taiwan?",
        "Who reported the order to the Pacific Fleet?",
    ):
        found = diplograph.ask(question, graph=shipped)
        assert "Lianhe Zaobao" in found.text
        assert "Yu Bin" not in {a.label for a in found.answers}


def test_who_joined_later_is_told_with_the_time(shipped: Graph) -> None:
    found = diplograph.ask("Who belonged to the Shanghai Five?", graph=shipped)
    assert "Uzbekistan (since" in found.text
    assert "China (since" not in found.text


def test_the_noun_before_who_is_asked_for(shipped: Graph) -> None:
    """A “who” after a noun asks for nobody."""
    question = "Share of Russians who think Chinese firms and workers in mining are a danger?"
    found = diplograph.ask(question, graph=shipped)
    assert "66 percent" in found.text
    assert not found.text.startswith("Interfax")


def test_phrases_are_of_several_words(shipped: Graph) -> None:
    """What a fact is looked for by counts as a phrase where it has several words."""
    kept = postings(shipped)
    rows = shipped.pairs("SELECT ?fact ?terms WHERE { ?fact dg:searchTerms ?terms } LIMIT 20")
    phrases = kept.phrases([fact for fact, _ in rows])
    for fact, terms in rows:
        several = {tuple(stems(term)) for term in terms.split(",") if " " in term.strip()}
        assert several == phrases[fact]
        assert all(len(phrase) > 1 for phrase in phrases[fact])


@pytest.mark.parametrize(
    ("question", "told", "apart"),
    [
        ("Besides Uzbekistan, which countries are in the SCO?", "Kyrgyzstan", "Uzbekistan"),
        ("Which countries other than Iran are observers of the SCO?", "Mongolia", "Iran"),
        ("Which country other than China bought Su-30s from Russia?", "Vietnam", "China"),
    ],
)
def test_who_is_left_out_is_no_answer(shipped: Graph, question: str, told: str, apart: str) -> None:
    found = diplograph.ask(question, graph=shipped)
    labels = {a.label for a in found.answers}
    assert told in labels
    assert apart not in labels
    assert any(note.startswith(f"{apart} is left out") for note in found.notes)


def test_what_is_left_out_of_goods_stays_in_the_question(shipped: Graph) -> None:
    """“Apart from weapons” tells what else is asked for, and a statement may say the same."""
    question = "Apart from weapons, what did China buy from Russia in early 2000?"
    found = diplograph.ask(question, graph=shipped)
    assert "fertilizer" in found.text
    assert not found.notes


def test_places_of_two_are_both_told(shipped: Graph) -> None:
    one = diplograph.ask("Where does the SCO's anti-terror centre sit?", graph=shipped)
    assert {a.label for a in one.answers} == {"Tashkent"}
    question = "Where do the Shanghai organisation's head office and its anti-terror unit sit?"
    two = diplograph.ask(question, graph=shipped)
    assert "secretariat of the SCO sits in Beijing" in two.text
    assert "sits in Tashkent" in two.text
