"""Questions in everyday words: nicknames, phrases, pronouns that are explained, one of several."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.errors import AmbiguousName
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
        (
            "Was it the Chinese who proposed a joint working group on illegal migration?",
            "It was Russia",
        ),
        (
            "Are Moscow and Beijing simply against everything the Americans do?",
            "by no means merely",
        ),
        ("What was it that annoyed Beijing about Moscow's pipeline?", "annoyed Beijing"),
        ("What was it the Russians feared in the Far East?", "Russian Far East"),
        ("How did trade between the two do in the first half of 2000?", "January to June 2000"),
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


def test_one_is_told_where_one_is_asked_for(shipped: Graph) -> None:
    """“Which state” is answered with what the best fact names, “which states” with all."""
    question = "Which new {} entered to the Shanghai Five at the Dushanbe summit in 2000?"
    one = diplograph.ask(question.format("state"), graph=shipped)
    assert {a.label for a in one.answers} == {"Uzbekistan"}
    assert one.text.startswith("Uzbekistan. ")


def test_a_sum_with_an_abbreviated_unit_is_read(shipped: Graph) -> None:
    for sum_ in ("$1.7bn", "1.7 bn"):
        found = diplograph.ask(f"Which pipeline was to cost {sum_}?", graph=shipped)
        assert "oil pipeline from Russia to China" in found.text
    tanker = diplograph.ask("What is the IL-78M?", graph=shipped)
    assert "million" not in tanker.question + tanker.text


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


def test_a_phrase_of_the_question_puts_a_fact_first(
    shipped: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words “who needs” and “trade more” stand singly in other facts too."""
    question = "Which side needs the trade more?"
    first = diplograph.ask(question, graph=shipped).answers[0].statement
    assert "matters slightly more to Russia" in first
    monkeypatch.setattr("diplograph.asking.ranking._IN_A_PHRASE", 0.0)
    assert diplograph.ask(question, graph=shipped).answers[0].statement != first


def test_what_lies_farther_is_not_told_beside_the_answer(
    shipped: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Why was the 2001 friendship treaty something new?"
    stray = "asked how the strategic partnership could be carried further"

    def listed() -> str:
        found = diplograph.ask(question, graph=shipped)
        return " ".join(answer.statement for answer in found.answers)

    assert stray not in listed()
    monkeypatch.setattr("diplograph.asking.patterns._FURTHER", 2.0)
    assert stray in listed()


def test_a_list_gives_way_to_what_tells_it_whole(shipped: Graph) -> None:
    found = diplograph.ask(
        "Who are the members of the Shanghai club and who may only watch?", graph=shipped
    )
    for name in ("Kyrgyzstan", "Uzbekistan", "India", "Mongolia"):
        assert name in found.text


def test_a_comparison_gives_way_to_what_meets_more(shipped: Graph) -> None:
    found = diplograph.ask(
        "What share of China's imported oil was Russian at the turn of the millennium "
        "compared with 2006?",
        graph=shipped,
    )
    assert "2.10 in 2000" in found.text
    assert "10.00 percent in 2006" in found.text


def test_a_denial_leads_where_it_meets_as_much(shipped: Graph) -> None:
    question = "On which resolution did China and Russia cast a joint veto in January 2007?"
    assert "Burma" in diplograph.ask(question, graph=shipped).answers[0].statement


def test_no_note_on_a_predecessor_that_is_asked_about(shipped: Graph) -> None:
    found = diplograph.ask("Which countries belonged to the Shanghai group in 2000?", graph=shipped)
    assert not any("whose place" in note for note in found.notes)


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
    assert f"Left out, as the question asks: {apart}." in found.notes


def test_where_all_are_left_out_nobody_is_told(shipped: Graph) -> None:
    found = diplograph.ask(
        "Who besides Putin and Jiang attended the Dushanbe summit?", graph=shipped
    )
    assert found.absence is not None
    assert not found.answers


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


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        # a verb whose particle stands apart from it
        ("When did Clinton put missile defence on hold?", "1 September 2000."),
        ("When did Clinton put the missile shield off?", "1 September 2000."),
        # where a story comes from is who told it first
        ("Where did the story about Russia's fleet helping China come from?", "The newspaper"),
        ("Who started the rumour about the Russian fleet?", "The newspaper that first"),
        # what most do is what the majority does, and nothing is “most important”
        ("Did most Russians see China as a friend in 2006?", "According to the sources: In the P"),
        # a sum and a ceiling are told by a number
        ("What sum does Beijing want to invest in Russia by 2010?", "China means to raise"),
        # to go on television is not what is going on
        (
            "Which US television programmes did Jiang and Putin go on in September 2000?",
            "That neither side",
        ),
    ],
)
def test_what_is_said_in_other_words_leads(shipped: Graph, question: str, leads: str) -> None:
    assert diplograph.ask(question, graph=shipped).text.startswith(leads)


def test_nobody_is_a_teller_of_rumours_who_only_wrote_the_source(shipped: Graph) -> None:
    found = diplograph.ask("Who told the rumour about the Russian fleet?", graph=shipped)
    assert "Yu Bin" not in found.text.partition(".")[0]
