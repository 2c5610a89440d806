"""Latent semantic indexing: what stands in like company is alike."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import diplograph
from diplograph.asking.postings import postings
from diplograph.latent import cosine, latent_vectors, read_vector, stem_iri, together
from diplograph.namespaces import INDEX_GRAPH
from diplograph.postinglists import read_entry
from diplograph.store import Graph, open_graph

FACTS = {
    "car": {"car": 1.0, "wheel": 1.0, "road": 1.0},
    "automobile": {"automobile": 1.0, "wheel": 1.0, "road": 1.0},
    "lorry": {"lorry": 1.0, "wheel": 1.0, "road": 0.7},
    "rose": {"rose": 1.0, "petal": 1.0, "garden": 1.0},
    "tulip": {"tulip": 1.0, "petal": 1.0, "garden": 1.0},
    "daisy": {"daisy": 1.0, "petal": 0.7, "garden": 1.0},
    "silent": {},
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


def test_words_that_never_meet_are_alike_by_their_company(monkeypatch: pytest.MonkeyPatch) -> None:
    """“car” lies near the fact of an automobile, which has no word of it, and far from the rose."""
    monkeypatch.setattr("diplograph.latent.DIMENSIONS", 2)
    vectors = latent_vectors(FACTS)
    car = read_vector(vectors.stems["car"])
    near = cosine(car, read_vector(vectors.facts["automobile"]))
    far = cosine(car, read_vector(vectors.facts["rose"]))
    assert near > 0.9
    assert abs(far) < 0.1
    assert "silent" not in vectors.facts


def test_it_is_the_truncated_decomposition(monkeypatch: pytest.MonkeyPatch) -> None:
    """The vectors of facts are at the angles of the rows of the best matrix of that rank."""
    monkeypatch.setattr("diplograph.latent.DIMENSIONS", 2)
    told = sorted(fact for fact in FACTS if FACTS[fact])
    stems = sorted({stem for fact in told for stem in FACTS[fact]})
    having = [sum(stem in FACTS[fact] for fact in told) for stem in stems]
    telling = np.log(1 + len(told) / np.array(having))
    matrix = np.array([[FACTS[fact].get(stem, 0.0) for stem in stems] for fact in told]) * telling
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
    left, values, right = np.linalg.svd(matrix, full_matrices=False)
    best = (left[:, :2] * values[:2]) @ right[:2]
    found = latent_vectors(FACTS).facts
    for (one, row), (other, column) in combinations(zip(told, best, strict=True), 2):
        angle = cosine(read_vector(found[one]), read_vector(found[other]))
        assert angle == pytest.approx(cosine(list(row), list(column)), abs=0.03)


def test_the_order_of_facts_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts are as alike whatever order they and their stems are in."""
    monkeypatch.setattr("diplograph.latent.DIMENSIONS", 2)
    turned = {fact: dict(reversed(own.items())) for fact, own in reversed(FACTS.items())}
    one, other = latent_vectors(FACTS).facts, latent_vectors(turned).facts
    assert sorted(one) == sorted(other)
    for a, b in combinations(sorted(one), 2):
        before = cosine(read_vector(one[a]), read_vector(one[b]))
        assert cosine(read_vector(other[a]), read_vector(other[b])) == pytest.approx(
            before, abs=0.03
        )


@pytest.mark.parametrize(
    "facts", [{}, {"a": {"x": 1.0}}, {"a": {"x": 1.0}, "b": {"x": 1.0}}, {"a": {}}]
)
def test_of_too_little_there_are_none(facts: dict[str, dict[str, float]]) -> None:
    """A space needs two facts and two stems."""
    vectors = latent_vectors(facts)
    assert not vectors.facts
    assert not vectors.stems


def test_a_vector_is_kept_within_a_hundredth() -> None:
    """What is written and read again points the same way, at the same length."""
    vectors = latent_vectors(FACTS)
    for text in (*vectors.facts.values(), *vectors.stems.values()):
        numbers = read_vector(text)
        assert math.hypot(*numbers) == pytest.approx(float(text.split()[0]), rel=0.01)
    assert together([]) == []
    assert cosine([0.0, 0.0], [1.0, 2.0]) == 0.0


def test_a_question_in_other_words_lies_near_its_fact(graph: Graph) -> None:
    """The words of a question that its fact has not are near it by the company that they keep."""
    kept = postings(graph)
    rows = graph.select(
        "SELECT ?f ?t { ?f dg:statement ?t FILTER(CONTAINS(?t, 'elder, big one')"
        " || CONTAINS(?t, 'fast neutron reactor')) }"
    )
    facts = [row["f"] for row in rows]
    assert len(facts) > 1
    near = kept.alike(("atom", "plant", "nuclear"), facts)
    assert "neutron" in next(r["t"] for r in rows if r["f"] == max(near, key=near.__getitem__))
    assert kept.alike(("zyzzyva",), facts) == dict.fromkeys(facts, 0.0)
    assert kept.alike(("atom", "plant", "nuclear"), facts) == near


def test_vectors_are_in_the_index_alone(graph: Graph) -> None:
    """No query of people meets them, and each fact with words of its own has one."""
    assert not graph.select("SELECT ?x { ?x dg:latent|dg:entry ?vector } LIMIT 1")
    entries = dict(
        graph.pairs(f"SELECT ?f ?entry {{ GRAPH <{INDEX_GRAPH}> {{ ?f dg:entry ?entry }} }}")
    )
    told = [fact.iri for fact in postings(graph).listed() if fact.span is not None]
    assert len(told) > 2_000
    assert all(read_entry(entries[fact]).vector for fact in told)
    assert graph.select(
        f"SELECT ?v {{ GRAPH <{INDEX_GRAPH}> {{ <{stem_iri('treati')}> dg:latent ?v }} }}"
    )


def test_a_small_graph_answers_without_vectors(tmp_path: Path) -> None:
    """A graph of one fact has no space, and is asked like any other."""
    path = tmp_path / "one.ttl"
    path.write_text(
        """@prefix dg: <https://w3id.org/diplograph/ns#> .
        @prefix dct: <http://purl.org/dc/terms/> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix grade: <https://w3id.org/diplograph/concept/grade/> .
        <https://w3id.org/diplograph/id/source/zenda> a dg:Source ; dct:title "Zenda"@en ;
            dct:identifier "zenda" ; dct:issued "2002" .
        <https://example.org/ruritania> a dg:Country ; skos:prefLabel "Ruritania"@en .
        <https://example.org/f> a dg:Claim ; dg:agent <https://example.org/ruritania> ;
            dg:grade grade:stated ; dg:statement "Ruritania wants peace."@en .""",
        encoding="utf-8",
    )
    graph = open_graph(path)
    assert not graph.select(f"SELECT ?x {{ GRAPH <{INDEX_GRAPH}> {{ ?x dg:latent ?v }} }}")
    assert "wants peace" in diplograph.ask("What does Ruritania want?", graph=graph).text
