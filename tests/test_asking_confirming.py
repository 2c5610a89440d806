"""An answer of a template is held against what meets the whole question best."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

import diplograph
from diplograph.asking.confirming import Confirming
from diplograph.asking.hearing import hear
from diplograph.asking.matching import readings
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.running import run
from diplograph.asking.templates import shipped_templates
from diplograph.facts import facts_of
from diplograph.store import Graph, open_graph

from .asked import weighed

QUESTION = "Which company signed the pipeline deal with Transneft?"


class Tried(NamedTuple):
    confirming: Confirming
    outcome: Outcome


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


@pytest.fixture(scope="module")
def tried(graph: Graph) -> Tried:
    """A question with an outcome of a broad template that accounts for some of it."""
    units = tuple(weighed(graph, QUESTION))
    heard = hear(graph, QUESTION)
    context = Context(graph, heard, units)
    found = [r for r in readings(heard, shipped_templates(), units) if r.template.broad and r.rest]
    outcome = next(o for r in found if (o := run(context, r)).facts)
    return Tried(Confirming(context), replace(outcome, confidence=0.8))


def test_what_comes_from_elsewhere_is_contradicted(graph: Graph, tried: Tried) -> None:
    """Facts of another passage, which meet little of the question, are no answer to it."""
    assert not tried.confirming.contradicts(tried.outcome)
    foreign = diplograph.timeline("Disaster of the submarine Kursk", graph=graph).facts
    assert foreign
    assert tried.confirming.contradicts(replace(tried.outcome, facts=foreign[:1]))


def test_what_accounts_for_all_needs_no_confirming(graph: Graph, tried: Tried) -> None:
    """Neither does what a template takes up whole, nor what is empty."""
    foreign = replace(
        tried.outcome,
        facts=diplograph.timeline("Disaster of the submarine Kursk", graph=graph).facts[:1],
    )
    assert tried.confirming.contradicts(foreign)
    assert not tried.confirming.contradicts(replace(foreign, confidence=0.96))
    whole = replace(foreign.reading, rest=())
    assert not tried.confirming.contradicts(replace(foreign, reading=whole))
    assert not tried.confirming.contradicts(replace(foreign, facts=(), answers=()))


def test_agreements_are_held_against_their_passages(graph: Graph, tried: Tried) -> None:
    """An agreement that is told in the best passage confirms, one from elsewhere does not."""
    alone = replace(tried.outcome, facts=(), answers=())
    deal = next(link for link in diplograph.links("Sinopec", "Transneft", graph=graph).answers)
    assert not tried.confirming.contradicts(replace(alone, links=(deal,)))
    other = diplograph.links("China", "Mongolia", graph=graph).answers
    assert tried.confirming.contradicts(replace(alone, links=tuple(other[:1])))


def test_figures_side_by_side_may_each_tell_less(graph: Graph, tried: Tried) -> None:
    """What is worth two thirds of the best is passed over by itself, and not as one of two sides."""
    question = "Who had invested more in the other's economy by 2000, Russia or China?"
    context = Context(graph, hear(graph, question), tuple(weighed(graph, question)))
    confirming = Confirming(context)
    hits = confirming._ranked()
    middling = [hit.fact for hit in hits if 0.65 < hit.worth / hits[0].worth < 0.85]
    outcomes = [replace(tried.outcome, facts=facts_of(graph, [fact])) for fact in middling]
    elsewhere = [outcome for outcome in outcomes if confirming.contradicts(outcome)]
    assert elsewhere
    for outcome in elsewhere:
        assert not confirming.contradicts(replace(outcome, extra={"sides": []}))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        # a template of newspapers has “papers”, one of agreements “Russia and China”
        (
            "What papers did both governments put their names to in Beijing besides the political ones?",
            "reactor",
        ),
        (
            "Was the friendship treaty of Russia and China already a done deal in July 2000?",
            "expected for 2001",
        ),
        # a template that compares figures has “compared”
        ("What does Moscow like about the CSTO compared with the SCO?", "domina"),
    ],
)
def test_a_template_that_leads_elsewhere_is_passed_over(
    graph: Graph, question: str, told: str
) -> None:
    """The words of a template in a question that asks something else do not decide."""
    assert told in diplograph.ask(question, graph=graph).text


def test_words_in_another_sense_are_refused_or_answered_elsewhere(graph: Graph) -> None:
    """What nothing confirms is no answer: no date of a signature for gas that is to flow."""
    found = diplograph.ask("From which year was Russian gas meant to start arriving?", graph=graph)
    assert not found.text.startswith("18")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who took Putin's side over the 1972 treaty at Okinawa?", "Chirac"),
        ("Compare how Moscow and Beijing labelled their ties in 1994 and 1996.", "constructive"),
    ],
)
def test_what_says_the_same_answers(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, question: str, told: str
) -> None:
    """A fact that lies near the question in the latent space answers, and without it none does."""
    assert told in diplograph.ask(question, graph=graph).text
    monkeypatch.setattr("diplograph.asking.sufficing._MEANS", 2.0)
    monkeypatch.setattr("diplograph.asking.sufficing.ALIKE", 2.0)
    assert diplograph.ask(question, graph=graph).refused is not None


def test_what_names_nobody_has_to_account_for_more(graph: Graph) -> None:
    """Two words that a statement happens to have are no question about it."""
    assert diplograph.ask("What is the colour of love?", graph=graph).refused is not None


def test_parties_are_compared_by_a_figure_that_is_named(graph: Graph) -> None:
    """Without one the numbers of their members, or whatever is counted of them, are no answer."""
    found = diplograph.ask("How does the SCO compare with the CSTO in Moscow's eyes?", graph=graph)
    assert found.understood is None or found.understood.template != "compare-parties"
    question = "Is China's trade with Russia larger than that with the European Union?"
    trade = diplograph.ask(question, graph=graph)
    assert trade.understood is not None
    assert trade.understood.template == "compare-parties"


def test_who_sells_is_no_buyer(graph: Graph) -> None:
    """What China sold to Russia is not what it ordered there."""
    sold = diplograph.ask("What did the Chinese sell to the Russians?", graph=graph).text
    assert "S-300" not in sold
    weapons = diplograph.ask("Which submarines did Russia sell to China?", graph=graph).text
    assert "Type-636E" in weapons
    assert (
        "Type-636E"
        not in diplograph.ask("Which submarines did China sell to Russia?", graph=graph).text
    )
