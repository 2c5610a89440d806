"""Which of the facts that meet a question answers it, and what belongs to the answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

import diplograph
from diplograph.asking.affirming import decides
from diplograph.asking.hearing import hear
from diplograph.asking.outcome import Context
from diplograph.asking.ranking import ranked
from diplograph.asking.retrieval import retrieve
from diplograph.model import AbsenceReason
from diplograph.projections import Projection, projections
from diplograph.store import Graph, open_graph

from .asked import weighed

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
<https://example.org/event/harps> a dg:Event ; skos:prefLabel "Ruritanian tuning of harps"@en .
fact:tuning a dg:Occurrence ; dg:of <https://example.org/event/tuning> ; dg:about cty:mongolia ;
    dg:when "2001" ; dg:grade grade:stated ;
    dg:statement "In 2001 Mongolia had its pianos brought into tune."@en .
fact:pianos a dg:Occurrence ; dg:of <https://example.org/event/tuning> ; dg:about cty:mongolia ;
    dg:when "2001" ; dg:grade grade:stated ;
    dg:statement "In 2001 Mongolia bought pianos, horns, harps and violins of a merchant from Ruritania."@en .
fact:harps a dg:Occurrence ; dg:of <https://example.org/event/harps> ; dg:about cty:canada ;
    dg:when "2001" ; dg:grade grade:stated ;
    dg:statement "In 2001 Canada had its harps brought into tune."@en ;
    dg:searchTerms "repaired, harpsichords, neglected, ruined"@en .
"""


@pytest.fixture(scope="module")
def tuned(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The shipped graph and facts of two states, of which that of Canada has search terms."""
    path = tmp_path_factory.mktemp("zenda") / "zenda.ttl"
    path.write_text(OWN, encoding="utf-8")
    return open_graph("shipped", path)


TUNED = pytest.mark.xdist_group("tuned")  # one process makes that graph


@TUNED
def test_a_fact_is_found_by_its_search_terms(tuned: Graph) -> None:
    """Words that curators expect a fact to be looked for by lead to it, and are not told as its own."""
    question = "When were the harpsichords of Mongolia repaired?"
    assert diplograph.ask(question, graph=tuned).refused is not None
    found = diplograph.ask(question.replace("Mongolia", "Canada"), graph=tuned)
    assert "brought into tune" in found.text
    assert "harpsichord" not in found.text
    assert "harpsichord" not in str(diplograph.describe("Canada", graph=tuned))
    records = tuned.select(
        "SELECT ?r { GRAPH ?g { ?f dg:record ?r } FILTER(CONTAINS(?r, 'harps brought into tune')) }"
    )
    assert records
    assert not any("harpsichord" in row["r"] for row in records)


@TUNED
def test_what_says_just_this_comes_before_what_says_it_beside_other_things(tuned: Graph) -> None:
    """Of two facts that have all words of a question the one with fewer others comes first."""
    question = "What came of the pianos of Mongolia in 2001?"
    units = weighed(tuned, question)
    context = Context(tuned, hear(tuned, question), tuple(units))
    hits = retrieve(units, ["https://example.org/fact/pianos", "https://example.org/fact/tuning"])
    assert hits[0].score == hits[1].score
    first, second = ranked(context, units, hits)
    assert first.fact.endswith("/tuning")
    assert first.worth > second.worth


@TUNED
def test_no_yes_rests_on_search_terms(tuned: Graph) -> None:
    """People ask with words of the opposite; a yes needs those of the statement."""
    assert diplograph.ask("Did Canada tune its harps in 2001?", graph=tuned).text[:3] == "Yes"
    found = diplograph.ask("Did Canada ruin its harps in 2001?", graph=tuned)
    assert "brought into tune" in found.text
    assert not found.text.startswith("Yes")


@pytest.mark.parametrize("said", ["turned down", "played down", "hardly saw"])
def test_no_yes_is_led_by_what_weakens_it(shipped: Graph, said: str) -> None:
    """What turns a statement round leaves it open, unless the question has that word as well."""
    fact = diplograph.timeline("Sinopec", graph=shipped).facts[0]
    told = replace(fact, kind="Occurrence", grade="stated", statement=f"China {said} the offer.")
    assert decides(told, {"China"}) is None
    assert decides(told, {"China"}, set(said.split())) is not None


def test_what_of_the_passage_belongs_to_an_answer_is_told_with_it(shipped: Graph) -> None:
    """The other half of what was agreed stands in the next statement of the passage."""
    question = "What did Vneshekonombank and the Bank of China agree on in Beijing in 2000?"
    text = diplograph.ask(question, graph=shipped).text
    first, _, more = text.partition(" The same passage says: ")
    assert "partners" in first
    assert "hard currency" not in first
    assert "hard currency" in more


def test_a_figure_that_is_asked_for_leads(shipped: Graph) -> None:
    """It comes before what the passage tells of the matter besides."""
    question = "Output in MW of the fast-neutron reactor Moscow agreed to help the Chinese build"
    text = diplograph.ask(question, graph=shipped).text
    assert text.startswith("The fast neutron reactor is to have 60 megawatts.")


def test_no_yes_to_what_both_texts_say_rests_on_one_fact(shipped: Graph) -> None:
    """“The same months” is no word of two sources that give the same."""
    question = "Do both sources give the same figure for trade in 1999?"
    assert not diplograph.ask(question, graph=shipped).text.startswith("Yes")


def test_what_joins_several_things_names_no_one_as_the_answer(shipped: Graph) -> None:
    """A statement that some are members and others are not makes no members of them."""
    found = diplograph.ask("Which states such as Kyrgyzstan belong to the SCO?", graph=shipped)
    assert "Tajikistan" in found.text
    assert not {"United States", "Armenia", "Turkmenistan"} & {a.label for a in found.answers}


@pytest.mark.parametrize("projection", projections())
def test_no_network_has_facts_that_join_others(shipped: Graph, projection: Projection) -> None:
    """What single facts tell would count twice."""
    joining = "SELECT ?fact WHERE { ?fact dg:joins true }"
    assert shipped.select(joining)
    rows = shipped.select(f"SELECT ?fact WHERE {{ {{ {projection.sparql} }} ?fact dg:joins true }}")
    assert rows == []


def test_a_timeline_tells_each_thing_once(shipped: Graph) -> None:
    """Facts that join others are in the description of a thing, and not in its timeline."""
    joining = {row["f"] for row in shipped.select("SELECT ?f WHERE { ?f dg:joins true }")}
    assert joining & {f.id for f in diplograph.describe("Sinopec", graph=shipped).facts}
    assert not joining & {f.id for f in diplograph.timeline("Sinopec", graph=shipped).facts}


def test_orders_of_two_sources_are_not_added_up(shipped: Graph) -> None:
    """The contract that one source tells of may be a row of the other's table."""
    question = "How many Su-30 jets were ordered altogether between 1999 and 2003?"
    found = diplograph.ask(question, graph=shipped)
    assert found.text.startswith("100 ")
    assert any("not added" in note and "38" in note for note in found.notes)


@pytest.mark.parametrize(
    "question",
    [
        "How much crude oil did Russia ship to China in 2014?",
        "Who won the election in 2012?",
        "How did China react when Russia took Crimea in 2014?",
    ],
)
def test_what_lies_after_all_sources_is_outside(shipped: Graph, question: str) -> None:
    """What no source can know is no gap, and a state of 1991 “until now” is none of 2014."""
    found = diplograph.ask(question, graph=shipped)
    assert found.absence is not None, found.text
    assert found.absence.reason is AbsenceReason.OUTSIDE_COVERAGE


def test_what_sources_foresee_is_met_by_a_later_time(shipped: Graph) -> None:
    """A goal for 2010 is told by a source of 2007."""
    assert (
        "60 to 80 billion" in diplograph.ask("How much will trade be in 2010?", graph=shipped).text
    )


def test_a_date_that_is_about_right_has_a_year_to_either_side(shipped: Graph) -> None:
    """“Around 2006” is met by what is told of 2007, “in 2006” is not."""
    [around] = [u for u in weighed(shipped, "What happened around 2006?") if u.period]
    [within] = [u for u in weighed(shipped, "What happened in 2006?") if u.period]
    assert set(within.met) < set(around.met)
    assert all(around.met[fact] < 0.7 for fact in set(around.met) - set(within.met))


def test_a_state_named_by_its_seat_is_met_by_its_predecessor(shipped: Graph) -> None:
    """Moscow was the seat of the Soviet Union; “Russia” is not read as the Soviet Union."""
    found = diplograph.ask("In what year did Moscow withdraw its economic aid?", graph=shipped)
    assert "1960" in found.text
    [seat] = [u for u in weighed(shipped, "the aid of Moscow") if u.text == "Moscow"]
    [state] = [u for u in weighed(shipped, "the aid of Russia") if u.text == "Russia"]
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
def test_small_words_do_not_hinder(shipped: Graph, question: str, told: str) -> None:
    """Contractions, an “it” for what follows, and words for a size or a comparison."""
    found = diplograph.ask(question, graph=shipped)
    assert found.refused is None, found.text
    assert told in found.text


def test_a_word_said_twice_counts_once(shipped: Graph) -> None:
    """“Frighten China more than it frightened Russia”."""
    units = weighed(shipped, "Did it frighten China more than it frightened Russia?")
    assert [u.words for u in units].count(("frighten",)) == 1


def test_a_capital_letter_makes_a_name(shipped: Graph) -> None:
    """An unknown name is not read as a slip of a common word."""
    heard = hear(shipped, "What did Presure say about China?")
    assert not any("pressure" in note for note in heard.notes)
    assert any("pressure" in note for note in hear(shipped, "What presure came from China?").notes)


def test_a_day_is_no_number_of_things(shipped: Graph) -> None:
    """How many sailors there were is not told by the days of a visit."""
    found = diplograph.ask(
        "How many sailors were aboard the Chinese destroyer in Vladivostok?", graph=shipped
    )
    assert found.absence is not None, found.text
    assert found.text.startswith("Nothing on record: No number of sailors")


def test_a_yes_needs_the_time(shipped: Graph) -> None:
    """What came about in 2001 is no yes for September 2000."""
    question = "At the end of September 2000, was the friendship treaty between China and Russia already promulgated?"
    assert not diplograph.ask(question, graph=shipped).text.startswith("Yes")


@pytest.mark.parametrize("weight", ["_ALIKE", "_WHOLE"])
def test_what_lies_near_and_what_tells_a_matter_whole_come_first(
    shipped: Graph, monkeypatch: pytest.MonkeyPatch, weight: str
) -> None:
    """Each makes the same hits worth more, unless they are held against a part of the question."""
    question = "Which of the two countries got more of the islands in the Ussuri River?"
    units = weighed(shipped, question)
    context = Context(shipped, hear(shipped, question), tuple(units))
    hits = retrieve(units)
    before = {hit.fact: hit.worth for hit in ranked(context, units, hits)}
    partly = {hit.fact: hit.worth for hit in ranked(context, units, hits, widely=False)}
    monkeypatch.setattr(f"diplograph.asking.ranking.{weight}", 0.0)
    after = {hit.fact: hit.worth for hit in ranked(context, units, hits)}
    assert any(after[fact] < before[fact] - 0.01 for fact in before)
    assert partly == {h.fact: h.worth for h in ranked(context, units, hits, widely=False)}
