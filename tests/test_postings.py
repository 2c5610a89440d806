"""Which facts have a word or a name: the lists of the index, and what is kept of them."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph.asking import postings as module
from diplograph.asking.postings import Postings, facts_with, narrowed, postings
from diplograph.asking.retrieval import Scored, retrieve
from diplograph.errors import StoreError
from diplograph.facts import conflicts_of
from diplograph.namespaces import DG, INDEX_GRAPH
from diplograph.postinglists import place_of_passage
from diplograph.stems import stems
from diplograph.store import Graph, LocalGraph, Row, open_graph

from .asked import weighed

OWN = """
@prefix dg: <https://w3id.org/diplograph/ns#> .
@prefix grade: <https://w3id.org/diplograph/concept/grade/> .
@prefix ex: <https://example.org/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/diplograph/id/source/zenda> a dg:Source ; dct:title "Zenda"@en ;
    dct:identifier "zenda" ; dct:issued "2002" .
ex:ruritania a dg:Country ; skos:prefLabel "Ruritania"@en .
ex:graustark a dg:Country ; skos:prefLabel "Graustark"@en .
ex:pact a dg:Agreement ; skos:prefLabel "Harp Pact"@en .
ex:party a dg:Participation ; dg:of ex:pact ; dg:agent ex:graustark ; dg:grade grade:stated .
ex:signed a dg:StageFact ; dg:of ex:pact ; dg:agent ex:ruritania ; dg:when "2001-03" ;
    dg:grade grade:stated ; dg:statement "It sealed the bargain over strings."@en ;
    dg:searchTerms "string treaty, harps, bargain"@en ; dg:joins true .
ex:wants a dg:Claim ; dg:agent ex:ruritania ; dg:grade grade:stated ;
    dg:statement "Ruritania wants a bargain."@en .
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A graph of three facts, one of them without a statement."""
    path = tmp_path_factory.mktemp("zenda") / "zenda.ttl"
    path.write_text(OWN, encoding="utf-8")
    return open_graph(path)


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The shipped graph."""
    return open_graph()


def _short(facts: set[str] | frozenset[str]) -> set[str]:
    return {fact.rpartition("/")[2] for fact in facts}


def test_a_word_has_its_facts_by_how_well_they_have_it(own: Graph) -> None:
    """Best of a statement, less of what the fact names and of what it is looked for by."""
    bargain, harp, march, nothing = stems("bargain harp March zyzzyva")
    found = Postings(own).of_words([bargain, harp, march, nothing])
    assert {how: _short(facts) for how, facts in found[bargain].items()} == {
        1.0: {"signed", "wants"}
    }
    assert {how: _short(facts) for how, facts in found[harp].items()} == {0.8: {"signed", "party"}}
    assert _short(facts_with(found[march], 0.8)) == {"signed"}
    assert found[nothing] == {}
    assert Postings(own).known([bargain, march, nothing]) == {bargain}


def test_a_name_has_the_facts_that_name_it_and_those_of_its_agreement(own: Graph) -> None:
    """What names a party comes first, and what is told of its agreement concerns it."""
    found = Postings(own).of_names(["https://example.org/graustark"])
    by_strength = found["https://example.org/graustark"]
    assert {how: _short(facts) for how, facts in by_strength.items()} == {
        1.0: {"party"}, 0.85: {"signed"},
    }  # fmt: skip


def test_a_fact_without_a_statement_has_a_number_and_no_time(own: Graph) -> None:
    """It is found by its names; only what has words of its own is counted."""
    kept = Postings(own)
    assert [fact.iri.rpartition("/")[2] for fact in kept.listed()] == ["party", "signed", "wants"]
    assert kept.times() == {
        "https://example.org/signed": ("2001-03-01", "2001-03-31"),
        "https://example.org/wants": None,
    }
    assert _short(kept.joining([fact.iri for fact in kept.listed()])) == {"signed"}


def test_phrases_are_terms_of_several_words(own: Graph) -> None:
    """A term of one word is a word like others."""
    signed = "https://example.org/signed"
    assert Postings(own).phrases([signed])[signed] == {tuple(stems("string treaty"))}
    assert Postings(own).phrases(["https://example.org/none"]) == {
        "https://example.org/none": frozenset()
    }


def test_the_index_tells_of_places_what_the_graph_tells(graph: Graph) -> None:
    """Where passages stand and which facts tell a matter whole is the same by either."""
    kept = postings(graph)
    facts = [fact.iri for fact in kept.listed()]
    told: dict[str, set[object]] = {fact: set() for fact in facts}
    for fact, passage in graph.pairs("SELECT ?f ?e { ?f a dg:Fact ; dg:evidence ?e }"):
        told[fact].add(place_of_passage(passage))
    places = kept.places(facts)
    assert {fact: set(places[fact]) for fact in facts} == told
    joining = {row["f"] for row in graph.select("SELECT ?f { ?f dg:joins true }")}
    assert kept.joining(facts) == joining


class Counting:
    """A graph that counts the facts of which rows are asked for."""

    def __init__(self, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[int] = []
        select = graph.select

        def counted(query: str) -> list[Row]:
            self.asked.append(query.count("<https://w3id.org/diplograph/id/fact/"))
            return select(query)

        monkeypatch.setattr(graph, "select", counted)


@pytest.mark.parametrize("most", [200_000, 5])
def test_rows_of_a_query_are_asked_for_once(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Only of facts that are new; and all anew where more would be kept than is allowed."""
    query = "SELECT DISTINCT ?fact ?answer WHERE { ?fact a dg:Membership ; dg:agent ?answer }"
    among = sorted({row["fact"] for row in graph.select(query)})[:4]
    others = [fact.iri for fact in postings(graph).listed()[:4]]
    whole = graph.select(narrowed(query, [*among, *others]))
    monkeypatch.setattr(module, "_MOST_ROWS", most)
    counting, kept = Counting(graph, monkeypatch), Postings(graph)

    def rows(facts: list[str]) -> list[tuple[str, str]]:
        return sorted((row["fact"], row["answer"]) for row in kept.rows(query, facts))

    few = rows(among)
    assert few
    every = rows([*among, *others])
    assert every == sorted((row["fact"], row["answer"]) for row in whole)
    assert rows(among) == few
    new = len({*others} - {*among})
    assert counting.asked == ([4, new] if most > 5 else [4, 4 + new])


def test_what_is_kept_of_facts_has_a_bound(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more would be kept than is allowed, it is looked up again, to the same end."""
    facts = [fact.iri for fact in postings(graph).listed()[:30]]
    told, words = postings(graph).told(facts), ["oil", "treati", "pipelin"]
    posted = {word: dict(postings(graph).of_words(words)[word]) for word in words}
    monkeypatch.setattr(module, "_MOST_KEPT", 10)
    kept = Postings(graph)
    for first in range(0, 30, 5):
        part = facts[first : first + 5]
        assert kept.told(part) == {fact: told[fact] for fact in part}
        assert len(kept._entries) <= 10
    monkeypatch.setattr(module, "_MOST_KEPT", 2)
    for word in [*words, *words]:
        assert kept.of_words([words[0], word])[word] == posted[word]
        assert len(kept.words) <= 2


def test_what_is_counted_once_is_the_same_for_all_who_ask(graph: Graph) -> None:
    """The hits among some facts are the same before and after those of all are counted."""
    units = weighed(graph, "What did Jiang Zemin say about the ABM Treaty in July 2000?")
    scored = Scored(units)
    best = scored.best(most=200)
    allowed = set(best[::3])
    found = scored.hits(allowed)
    assert [hit.fact for hit in found] == [fact for fact in best if fact in allowed][:40]
    assert found == retrieve(units, allowed) == Scored(units).hits(allowed)
    assert [hit.fact for hit in scored.hits(most=200)] == best


def test_only_what_conflicts_are_between_is_contradicted(graph: Graph) -> None:
    """Of a graph on disk the sides of conflicts are kept, and no others are looked up."""
    sides = {row["f"] for row in graph.select("SELECT ?f { ?c dg:between ?f ; dg:detail ?d }")}
    facts = [fact.iri for fact in postings(graph).listed()]
    assert conflicts_of(graph, facts).keys() == sides & {*facts}
    assert conflicts_of(graph, sorted({*facts} - sides)[:50]) == {}


def test_a_query_is_narrowed_at_its_head() -> None:
    """What it is put to comes first, by which the engine goes."""
    told = narrowed("SELECT ?fact WHERE { ?fact a dg:Fact { } }", ["urn:a"])
    assert told == "SELECT ?fact WHERE { VALUES ?fact { <urn:a> }  ?fact a dg:Fact { } }"


def test_an_index_without_facts_has_nothing(tmp_path: Path) -> None:
    """A graph of names alone has no list, and nothing fails for it."""
    path = tmp_path / "names.ttl"
    path.write_text(OWN.partition("ex:party a")[0], encoding="utf-8")
    named = open_graph(path)
    kept = Postings(named)
    assert kept.listed() == []
    assert kept.of_words(["oil"]) == {"oil": {}}
    assert kept.around([("urn:a", 1, 2)], 10) == {}


def test_an_index_of_an_earlier_version_is_refused() -> None:
    """One that has a triple for each word has no lists: the store has to be built again."""
    store = ox.Store()
    store.add(
        ox.Quad(
            ox.NamedNode("https://example.org/fact"), ox.NamedNode(f"{DG}word"), ox.Literal("pact"),
            ox.NamedNode(INDEX_GRAPH),
        )
    )  # fmt: skip
    older = LocalGraph(store, ())
    with pytest.raises(StoreError, match="build the store again"):
        Postings(older).listed()
