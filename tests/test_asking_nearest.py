"""Questions in words that the facts do not have: what meets them, and what may not be missed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import diplograph
from diplograph.asking.hearing import hear
from diplograph.asking.naming import bearers
from diplograph.asking.parts import Heard
from diplograph.asking.retrieval import meeting
from diplograph.asking.units import Unit
from diplograph.facts import facts_of
from diplograph.model import Entity
from diplograph.shelf import shelved
from diplograph.store import Graph, open_graph

from .asked import weighed


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The shipped graph."""
    return open_graph()


def _unit(units: list[Unit], text: str) -> Unit:
    return next(unit for unit in units if unit.text == text)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # of the thesaurus and of the words of the passage
        ("For how long did officials hush up the Songhua accident?", "covered up for ten days"),
        ("What share of Russians disliked China's presence in the 2005 survey?", "62 percent"),
        # names that stand beside the fact and not in it
        (
            "Which paper first published the story about Russia helping China against the US near Taiwan?",
            "Lianhe Zaobao",
        ),
    ],
)
def test_words_and_names_of_the_passage_meet_a_question(
    graph: Graph, question: str, told: str
) -> None:
    """A fact is found by near words, by words of its passage and by the names around it."""
    assert told in diplograph.ask(question, graph=graph).text


def test_what_is_told_elsewhere_of_a_rare_name_is_met(graph: Graph) -> None:
    """A word that other facts about a rare name have is met by each, but less than its own."""
    units = weighed(graph, "What did the chemical spill in the Songhua River do?")
    met = _unit(units, "chemical").met
    own = [fact for fact, how in _unit(units, "the Songhua River").met.items() if how >= 0.55]
    assert own
    assert all(met.get(fact, 0.0) > 0.4 for fact in own)
    assert min(met[fact] for fact in own) < 0.5 < max(met[fact] for fact in own)


def test_what_comes_nearest_says_what_it_lacks(graph: Graph) -> None:
    """A note names the words that nothing speaks of."""
    question = "Why is Moscow so slow to lay its glittering conduit, the eastern one, to Daqing or Nakhodka?"
    found = diplograph.ask(question, graph=graph)
    assert "Nakhodka" in found.text
    assert any("nothing here speaks of" in note and "glittering" in note for note in found.notes)


@pytest.mark.parametrize(
    "question",
    [
        "How many beekeepers took part in Peace Mission 2005?",  # what is counted
        "Who was angry about Mao's submarines?",
        "Why did the missile shield worry Mongolia more than Japan?",  # a comparison
        "Was the CFE Treaty signed by China?",  # an abbreviation that nothing has
        "When did Pakistan become an observer of the SCO?",  # the time of telling is none of it
    ],
)
def test_what_makes_the_question_cannot_be_missing(graph: Graph, question: str) -> None:
    """A count, a comparison or a day is not answered by what is only near."""
    found = diplograph.ask(question, graph=graph)
    assert not found.answers
    assert found.refused is not None or found.text.startswith(
        ("Nothing on record: No ", "Unknown name: ")
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did China sell more to Russia than it bought from it in the first half of 2000?", "No. "),
        ("Was Russia given more of the islands in the Ussuri River than China?", "Yes. Russia: 167"),
        ("Who had invested more in the other's economy by 2000, Russia or China?",
         "Russia: 220 million, more than China: 140 million"),
        ("Compare Chinese investment in Russia and Russian investment in China",
         "China: 140 million, less than Russia: 220 million"),
    ],
)  # fmt: skip
def test_figures_that_mirror_each_other(graph: Graph, question: str, told: str) -> None:
    """Two figures of one time and unit, of two sides or directions, are compared."""
    assert diplograph.ask(question, graph=graph).text.startswith(told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much had Russian firms invested in China by 2000?", "220 million"),
        ("How much had Chinese firms invested in Russia by 2000?", "140 million"),
    ],
)
def test_figures_go_the_way_that_the_question_says(graph: Graph, question: str, told: str) -> None:
    """What one side put into the other is not what the other put into the one."""
    assert told in diplograph.ask(question, graph=graph).text


def test_the_two_countries_are_those_of_the_sources(graph: Graph) -> None:
    """“The two countries” are read as those that each source covers, and a note says so."""
    question = "How big was trade between the two countries in the first half of 2000?"
    found = diplograph.ask(question, graph=graph)
    assert "3.56 billion" in found.text
    assert any("was read as China and Russia" in note for note in found.notes)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Does China call the islands of Ussuriiski and Tarabarov disputed?", "Yes. China calls"),
        ("Was the route of the Russia-China oil pipeline settled in 2000?", ""),
    ],
)
def test_yes_needs_every_word_and_who_is_asked_about(
    graph: Graph, question: str, told: str
) -> None:
    """What somebody holds is a yes about that one; no yes comes from facts that lack a word."""
    text = diplograph.ask(question, graph=graph).text
    assert text.startswith(told) if told else not text.startswith("Yes")


@pytest.mark.parametrize(
    ("question", "refused"),
    [
        ("How long did it take from the spill until the officials spoke?", False),
        ("What label did the states give their partnership in 1994, before they raised it?", False),
        ("What did they sign there?", True),
        ("And how many of those arrived the year after?", True),
    ],
)
def test_what_pronouns_point_to(graph: Graph, question: str, refused: bool) -> None:
    """A pronoun may point to what its own question tells before it, and to nothing else."""
    found = diplograph.ask(question, graph=graph)
    points = found.refused is not None and "points to" in found.refused.detail
    assert points == refused


def test_alternatives_are_met_by_either(graph: Graph) -> None:
    """Of “signed or only initialled” a fact has the one or the other."""
    units = weighed(graph, "Was the Kovykta agreement signed or only initialled?")
    signed, initialled = _unit(units, "signed"), _unit(units, "initialled")
    assert initialled.instead
    assert signed.met == initialled.met


def test_what_lies_after_the_sources_is_foreseen(graph: Graph) -> None:
    """“By 2010” is met by what names that year, and not by all that happened before it."""
    units = weighed(graph, "What trade do China and Russia aim at by 2010?")
    assert len(_unit(units, "by 2010").met) < 20
    told = facts_of(graph, _unit(units, "by 2010").met)
    assert all("2010" in fact.statement for fact in told)


@pytest.mark.parametrize(
    ("written", "read"),
    [("Sukhoi 27", "Su-27"), ("Sukhoi-30", "Su-30"), ("9/11", "September 11")],
)
def test_what_is_written_in_several_ways(graph: Graph, written: str, read: str) -> None:
    """Designations and days are read in the way in which names have them."""
    heard: Heard = hear(graph, f"What came after {written}?")
    assert read in heard.question


def test_english_words_are_no_slips(graph: Graph) -> None:
    """A word that the thesaurus knows is not read as another one."""
    assert not hear(graph, "How much did China spend on the exercise?").notes


def test_shelved_things_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is on the shelf is read, and made again when what it is made from changes."""
    monkeypatch.setenv("DIPLOGRAPH_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "source.txt"
    source.write_text("one")
    made: list[str] = []

    def make() -> list[str]:
        made.append(source.read_text())
        return [made[-1]]

    assert [shelved("things", [str(source)], make) for _ in range(3)] == [["one"]] * 3
    source.write_text("two")
    assert shelved("things", [str(source)], make) == ["two"]
    assert made == ["one", "two"]
    damaged = next((tmp_path / "cache").glob("things-*.pickle"))
    damaged.write_bytes(b"")
    source.write_text("one")
    assert shelved("things", [str(source)], make) == ["one"]


def test_a_misspelt_class_is_the_class(graph: Graph) -> None:
    """“Agrements” are all agreements, and not only those of the kind that is called so."""
    plain, slipped = (
        diplograph.ask(f"Which {word} link China and Russia in 2001?", graph=graph)
        for word in ("agreements", "agrements")
    )
    assert slipped.text == plain.text
    assert len(plain.answers) > 5


def test_a_reason_is_told_with_what_its_passage_says(graph: Graph) -> None:
    """Why something was so stands in several sentences; when it was needs no more than one."""
    reason = diplograph.ask("Why did Beijing feel let down by Putin after 9/11?", graph=graph)
    first, _, more = reason.text.partition(" The same passage says: ")
    assert first.startswith("That Putin put up with bases of the United States in Central Asia")
    assert "felt undercut after the two had for several years" in more
    time = diplograph.ask("When did Beijing feel let down by Putin?", graph=graph)
    assert "The same passage says" not in time.text


def test_what_has_every_name_is_tried_and_nothing_else(graph: Graph) -> None:
    """A question that names something is put to the facts that meet its names and dates."""
    units = weighed(graph, "What did Jiang Zemin and Yeltsin praise in Moscow?")
    named = [unit for unit in units if unit.named]
    assert len(named) == 3
    tried = meeting(units)
    assert 0 < len(tried) < min(len(unit.met) for unit in named)
    assert tried == {fact for fact in named[0].met if all(fact in unit.met for unit in named)}
    plain = [unit for unit in units if not unit.named]
    assert meeting(plain) == {fact for unit in plain for fact in unit.met}


@pytest.mark.parametrize(("many", "entities"), [(3, 3), (5, 0), (500, 0)])
def test_a_word_of_many_names_is_no_name(
    write_graph, monkeypatch: pytest.MonkeyPatch, many: int, entities: int
) -> None:
    """A part of a name tells what is meant where few names have it; of many none is looked up."""
    folder = write_graph("".join(
        f'ex:river-{n} a dg:Agreement ; dg:kind kind:treaty ; '
        f'skos:prefLabel "Zendaland Rivers Convention {n}"@en .\n'
        for n in range(many)
    ))  # fmt: skip
    looked_up: list[int] = []

    def spied(graph: Graph, keys: Sequence[str]) -> list[tuple[str, Entity]]:
        looked_up.append(len(keys))
        return bearers(graph, keys)

    monkeypatch.setattr("diplograph.asking.mending.bearers", spied)
    heard = hear(open_graph(folder), "When was the treaty of Zendaland signed?")
    assert sum(len(m.entities) for m in heard.mentions if m.partial) == entities
    assert looked_up == ([many] if many < 500 else [])


def test_what_nothing_answers_is_put_to_few_facts(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No pattern that names nothing is put to all facts: a store of the world has millions."""
    queries: list[str] = []
    select = Graph.select

    def spied(self: Graph, query: str) -> Any:
        queries.append(query)
        return select(self, query)

    monkeypatch.setattr(Graph, "select", spied)
    found = diplograph.ask("Which trade agreements link Mongolia and Japan?", graph=graph)
    assert found.absence is not None
    patterns = [q for q in queries if q.startswith("SELECT DISTINCT ?fact") and "?answer" in q]
    assert len(patterns) > 3
    assert all("VALUES" in query for query in patterns)
