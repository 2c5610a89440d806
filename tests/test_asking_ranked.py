"""Which of the facts that meet a question answers it, and what belongs to the answer."""

from __future__ import annotations

from pathlib import Path

import pytest

import diplograph
from diplograph.asking.hearing import hear
from diplograph.asking.outcome import Context
from diplograph.asking.ranking import ranked
from diplograph.asking.retrieval import retrieve, weigh
from diplograph.asking.units import Unit, units_of
from diplograph.model import AbsenceReason
from diplograph.store import Graph, open_graph

OWN = """
@prefix dg: <https://w3id.org/diplograph/ns#> .
@prefix cty: <https://w3id.org/diplograph/id/country/> .
@prefix grade: <https://w3id.org/diplograph/concept/grade/> .
@prefix fact: <https://example.org/fact/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/diplograph/id/source/zenda-2002> a dg:Source ; dct:title "Zenda"@en ;
    dct:identifier "zenda-2002" ; dct:issued "2002-05" .
<https://example.org/event/tuning> a dg:Event ; skos:prefLabel "Ruritanian tuning of pianos"@en .
fact:tuning a dg:Occurrence ; dg:of <https://example.org/event/tuning> ; dg:about cty:mongolia ;
    dg:when "2001" ; dg:grade grade:stated ;
    dg:statement "In 2001 Mongolia had its pianos brought into tune."@en {terms}.
fact:pianos a dg:Occurrence ; dg:of <https://example.org/event/tuning> ; dg:about cty:mongolia ;
    dg:when "2001" ; dg:grade grade:stated ;
    dg:statement "In 2001 Mongolia bought pianos, horns, harps and violins of a merchant from Ruritania."@en .
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The shipped graph."""
    return open_graph()


def _units(graph: Graph, question: str) -> list[Unit]:
    units = units_of(hear(graph, question))
    weigh(graph, units)
    return units


def _own(folder: Path, terms: str) -> Graph:
    path = folder / "zenda.ttl"
    path.write_text(OWN.replace("{terms}", terms), encoding="utf-8")
    return open_graph("shipped", path)


QUESTION = "When were the harpsichords of Mongolia repaired?"


def test_a_fact_is_found_by_its_search_terms(tmp_path: Path) -> None:
    """Words that curators expect a fact to be looked for by lead to it, and are not told as its own."""
    (tmp_path / "without").mkdir()
    assert diplograph.ask(QUESTION, graph=_own(tmp_path / "without", "")).refused is not None
    graph = _own(tmp_path, '; dg:searchTerms "repaired, harpsichords"@en ')
    found = diplograph.ask(QUESTION, graph=graph)
    assert "brought into tune" in found.text
    assert "harpsichord" not in found.text
    assert "harpsichord" not in str(diplograph.describe("Mongolia", graph=graph))


def test_what_says_just_this_comes_before_what_says_it_beside_other_things(tmp_path: Path) -> None:
    """Of two facts that have all words of a question the one with fewer others comes first."""
    graph = _own(tmp_path, "")
    heard = hear(graph, "What came of the pianos of Mongolia in 2001?")
    units = units_of(heard)
    weigh(graph, units)
    context = Context(graph, heard, tuple(units))
    hits = retrieve(units, ["https://example.org/fact/pianos", "https://example.org/fact/tuning"])
    assert hits[0].score == hits[1].score
    first, second = ranked(context, units, hits)
    assert first.fact.endswith("/tuning")
    assert first.worth > second.worth


def test_what_of_the_passage_belongs_to_an_answer_is_told_with_it(graph: Graph) -> None:
    """The other half of what somebody said comes with the first; what is only beside it does not."""
    question = "How did Putin behave in public after China's antisatellite test?"
    text = diplograph.ask(question, graph=graph).text
    assert "blam" in text
    assert "alluded to American work" in text
    assert "Soyuz" not in text


@pytest.mark.parametrize(
    "question",
    [
        "How much crude oil did Russia ship to China in 2014?",
        "Who won the election in 2012?",
        "How did China react when Russia took Crimea in 2014?",
    ],
)
def test_what_lies_after_all_sources_is_outside(graph: Graph, question: str) -> None:
    """What no source can know is no gap, and a state of 1991 “until now” is none of 2014."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None, found.text
    assert found.absence.reason is AbsenceReason.OUTSIDE_COVERAGE


def test_what_sources_foresee_is_met_by_a_later_time(graph: Graph) -> None:
    """A goal for 2010 is told by a source of 2007."""
    assert "60 to 80 billion" in diplograph.ask("How much will trade be in 2010?", graph=graph).text


def test_a_date_that_is_about_right_has_a_year_to_either_side(graph: Graph) -> None:
    """“Around 2006” is met by what is told of 2007, “in 2006” is not."""
    [around] = [u for u in _units(graph, "What happened around 2006?") if u.period]
    [within] = [u for u in _units(graph, "What happened in 2006?") if u.period]
    assert set(within.met) < set(around.met)
    assert all(around.met[fact] < 0.7 for fact in set(around.met) - set(within.met))


def test_a_state_named_by_its_seat_is_met_by_its_predecessor(graph: Graph) -> None:
    """Moscow was the seat of the Soviet Union; “Russia” is not read as the Soviet Union."""
    found = diplograph.ask("In what year did Moscow withdraw its economic aid?", graph=graph)
    assert "1960" in found.text
    [seat] = [u for u in _units(graph, "the aid of Moscow") if u.text == "Moscow"]
    [state] = [u for u in _units(graph, "the aid of Russia") if u.text == "Russia"]
    assert seat.seat
    assert not state.seat
    aid = "https://w3id.org/diplograph/id/fact/mitchell-2007/soviet-aid-withdrawal"
    assert aid in seat.met
    assert aid not in state.met


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What made it hard to bring Russian oil to China by rail?", "rail"),
        ("Why didn't Beijing like the American missile shield?", "issile defence"),
        ("Who'd been the first official of Russia to see Jiang Zemin in Beijing?", "Putin"),
        ("What was the value of trade between China and Russia in 1999?", "5 billion"),
        ("Which countries sell China more oil than Russia?", "Angola"),
    ],
)
def test_small_words_do_not_hinder(graph: Graph, question: str, told: str) -> None:
    """Contractions, an “it” for what follows, and words for a size or a comparison."""
    found = diplograph.ask(question, graph=graph)
    assert found.refused is None, found.text
    assert told in found.text


def test_a_word_said_twice_counts_once(graph: Graph) -> None:
    """“Frighten China more than it frightened Russia”."""
    units = _units(graph, "Did it frighten China more than it frightened Russia?")
    assert [u.words for u in units].count(("frighten",)) == 1


def test_a_capital_letter_makes_a_name(graph: Graph) -> None:
    """An unknown name is not read as a slip of a common word."""
    heard = hear(graph, "What did Presure say about China?")
    assert not any("pressure" in note for note in heard.notes)
    assert any("pressure" in note for note in hear(graph, "What presure came from China?").notes)


def test_a_day_is_no_number_of_things(graph: Graph) -> None:
    """How many sailors there were is not told by the days of a visit."""
    found = diplograph.ask(
        "How many sailors were aboard the Chinese destroyer in Vladivostok?", graph=graph
    )
    assert found.refused is not None or "25 September" not in found.text


def test_a_yes_needs_the_time(graph: Graph) -> None:
    """What came about in 2001 is no yes for September 2000."""
    question = "At the end of September 2000, was the friendship treaty between China and Russia already promulgated?"
    assert not diplograph.ask(question, graph=graph).text.startswith("Yes")
