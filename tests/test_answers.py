"""The records of the contract: their keys and types, on the shipped and on made-up graphs."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

import diplograph
from diplograph import central, describe, links, open_graph, path, timeline
from diplograph.errors import OptionError, UnknownName
from diplograph.networks import simple
from diplograph_cli.app import cli

ENTITY = {"id": str, "label": str, "type": str}
WHEN = {"edtf": str, "earliest": (str, type(None)), "latest": (str, type(None))}
EVIDENCE = {"source": str, "start": int, "end": int, "where": str, "text": (str, type(None))}
CONFLICT = {"label": str, "detail": str, "evidence": list}
LINK = {
    "id": str, "label": str, "kind": str, "stage": str, "grade": str, "when": (dict, type(None)),
    "holds": str, "parties": list, "connection": str, "via": list, "evidence": list, "conflicts": list,
}  # fmt: skip
FACT = {
    "kind": str, "statement": str, "when": (dict, type(None)), "stage": (str, type(None)), "grade": str,
    "holds": str, "others": list, "values": dict, "evidence": list, "conflicts": list,
}  # fmt: skip


def _check(record: dict, shape: dict) -> None:
    for key, kind in shape.items():
        assert key in record, key
        assert isinstance(record[key], kind), (key, record[key])
    for key, value in record.items():
        if key in ("when", "as_of", "common_period") and value is not None:
            _check(value, WHEN)
        elif key == "evidence":
            for item in value:
                _check(item, EVIDENCE)
                assert item["start"] < item["end"]
        elif key == "conflicts":
            for item in value:
                _check(item, CONFLICT)
        elif key in ("parties", "via", "others", "entities"):
            for item in value:
                _check(item, ENTITY)


def _plain(record) -> dict:
    plain = record.to_dict()
    assert json.loads(json.dumps(plain)) == plain
    return plain


def test_links_record() -> None:
    """Links: question, answers, pending, absence, with the keys of the contract."""
    record = _plain(links("China", "Russia", include="concluded"))
    _check(record["question"], {"kind": str, "x": dict, "y": dict, "include": str})
    assert record["question"]["kind"] == "links"
    assert record["question"]["as_of"] is None
    assert record["absence"] is None
    assert record["answers"]
    assert record["pending"]
    for link in (*record["answers"], *record["pending"]):
        _check(link, LINK)
        assert link["holds"] in ("definitely", "possibly")
        assert link["connection"] in ("direct", "organization", "predecessor", "affiliate")
        assert link["evidence"], link["label"]


def test_describe_record() -> None:
    """Describe: entity, aliases, facts, absence."""
    record = _plain(describe("Shanghai Five"))
    _check(record["entity"], ENTITY)
    assert record["entity"]["type"] == "Organization"
    assert "Shanghai Forum" in record["aliases"]
    assert record["absence"] is None
    for fact in record["facts"]:
        _check(fact, FACT)


def test_every_entity_can_be_described(shipped) -> None:
    """An entity has at least one fact, each with evidence unless it is inferred; a fifth is asked."""
    rows = shipped.select(
        "SELECT DISTINCT ?e ?l WHERE { ?e a dg:Entity ; skos:prefLabel ?l } ORDER BY ?e"
    )
    empty = []
    for row in rows[::5]:
        found = describe(row["e"], graph=shipped)
        if not found.facts:
            empty.append(row["l"])
        for fact in found.facts:
            assert fact.evidence or fact.grade == "inferred", fact.id
    assert empty == []


def test_timeline_is_in_order_of_time() -> None:
    """Timeline: facts by their earliest day; with two names only those about both."""
    facts = timeline("China", "Russia").facts
    first = [f.when.earliest for f in facts if f.when and f.when.earliest]
    assert first == sorted(first)
    both = timeline("Vladimir Putin", "Jiang Zemin").facts
    assert both
    assert len(both) < len(timeline("Jiang Zemin").facts)


def test_as_of_leaves_out_what_came_later() -> None:
    """As of 2000, nothing that happened later is described."""
    facts = describe("Shanghai Five", as_of="2000").facts
    assert facts
    assert not any("2001-06" in f.when.edtf.partition("/")[0] for f in facts if f.when)


def test_path_record() -> None:
    """Path: score, entities, steps from one to the next, common period."""
    record = _plain(path("Gazprom", "Vladimir Putin"))
    assert record["paths"]
    for found in record["paths"]:
        _check(found, {"score": float, "entities": list, "steps": list})
        assert "common_period" in found
        ids = [entity["id"] for entity in found["entities"]]
        assert [(s["from"]["id"], s["to"]["id"]) for s in found["steps"]] == list(pairwise(ids))
        for step in found["steps"]:
            _check(
                step, {"from": dict, "to": dict, "statement": str, "grade": str, "evidence": list}
            )


def test_no_path_has_its_reason(made_up: Path) -> None:
    """Two entities that nothing ties together are said to be unconnected."""
    answer = path("Alba Oil", "Cana", graph=open_graph(made_up), max_length=1)
    assert answer.paths == ()
    assert answer.absence is not None
    assert answer.absence.reason.value == "no-record"


def test_pending_agreements_are_no_path(made_up: Path) -> None:
    """What is only rumoured ties nobody together unless it is asked for."""
    graph = open_graph(made_up)
    default = diplograph.network(graph)
    everything = diplograph.network(graph, include=diplograph.Include.ANY)
    assert "https://example.org/rumour" not in default
    assert "https://example.org/rumour" in everything


def test_central_record_and_measures(made_up: Path) -> None:
    """Central: rank, score and stability; each measure equals networkx's own on the network."""
    import networkx as nx

    graph = open_graph(made_up)
    net = diplograph.network(graph)
    flat = nx.Graph(net)
    expected = {
        "degree": dict(net.degree()),
        "weighted-degree": dict(net.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(flat),
        "closeness": nx.closeness_centrality(flat),
        "pagerank": nx.pagerank(net, tol=1e-12, max_iter=1000),
    }
    for measure, scores in expected.items():
        ranking = central(measure, graph=graph, most=None).ranking
        assert {row.entity.id: row.score for row in ranking} == pytest.approx(scores, abs=1e-6)
        ordered = [row.score for row in ranking]
        assert ordered == sorted(ordered, reverse=True)
        for row in ranking:
            assert row.rank == 1 + sum(score > row.score for score in ordered)
            assert row.stability.best <= row.rank <= row.stability.worst
    eigen = {
        row.entity.id: row.score for row in central("eigenvector", graph=graph, most=None).ranking
    }
    main = flat.subgraph(max(nx.connected_components(flat), key=len))
    assert {n: eigen[n] for n in main} == pytest.approx(
        nx.eigenvector_centrality_numpy(simple(net).subgraph(main), weight="weight"), abs=1e-5
    )
    _check(
        _plain(central("degree"))["ranking"][0],
        {"entity": dict, "score": float, "rank": int, "stability": dict},
    )


def test_a_rank_that_hangs_on_one_source_says_so() -> None:
    """An entity that only one source knows ranks last when that source is left out."""
    [row] = [
        r
        for r in central("degree", most=None).ranking
        if r.entity.label == "Altay Regional Cooperation Agreement"
    ]
    assert row.stability.worst > row.rank
    assert row.stability.hangs_on == "yubin-2000"
    assert row.stability.without["yubin-2000"] is None


def test_an_unknown_measure_is_refused() -> None:
    """A measure that does not exist is refused with those that do."""
    with pytest.raises(OptionError, match="degree, betweenness, eigenvector, pagerank"):
        central("fame")


def test_unknown_names_everywhere() -> None:
    """Every question refuses a name that leads nowhere."""
    for ask in (
        lambda: links("China", "Narnia"),
        lambda: describe("Narnia"),
        lambda: path("Narnia", "China"),
    ):
        with pytest.raises(UnknownName):
            ask()


def test_public_names_are_complete() -> None:
    """Everything in ``__all__`` exists, has a docstring, and nothing else answers."""
    for name in diplograph.__all__:
        assert getattr(diplograph, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute “nothing”"):
        _ = diplograph.nothing
    assert set(dir(diplograph)) == set(diplograph.__all__)


def test_what_goes_on_is_certain_only_up_to_the_sources_time() -> None:
    """A membership without an end, told in 2007, holds for certain in 2005 and possibly in 2010."""

    def holds(as_of: str) -> set[str]:
        facts = describe("SCO", as_of=as_of).facts
        return {f.holds for f in facts if "Uzbekistan was added" in f.statement}

    assert holds("2005") == {"definitely"}
    assert holds("2010") == {"possibly"}
    assert holds("1999") == set()


def test_the_network_of_a_date_holds_nothing_later() -> None:
    """Nothing ties entities before anything is told, and a treaty of 1689 does from then on."""
    assert central("degree", as_of="1600").ranking == ()
    early = central("degree", as_of="1700").ranking
    assert {row.entity.label for row in early} >= {"Qing China", "Tsarist Russia"}
    assert "Settlement of the China-Russia border" not in {row.entity.label for row in early}


def test_nothing_undated_is_told_of_a_state_before_it_existed() -> None:
    """As of 1600 nothing is described of a China that was founded in 1949."""
    answer = describe("China", as_of="1600")
    assert answer.facts == ()
    assert answer.absence is not None
    assert describe("China", as_of="1950").facts


def test_what_happened_stays_so_afterwards() -> None:
    """A transfer of 1999 and its number are told as of 2003; an office of 2000 is not."""
    kinds = {
        fact.kind
        for fact in describe("Su-30s under the contract of August 1999", as_of="2003").facts
    }
    assert {"TransferFact", "Observation", "StageFact"} <= kinds
    offices = [
        {fact.kind for fact in describe("Georgy Mamedov", as_of=day).facts} & {"Tenure"}
        for day in ("2000-07-28", "2003")
    ]
    assert offices == [{"Tenure"}, set()]


def test_the_authors_of_the_sources_are_not_in_the_network(shipped) -> None:
    """What an author judges ties nobody: neither ranking nor paths lead through the authors and curators."""
    authors = {
        r["a"] for r in shipped.select("SELECT ?a WHERE { ?s a dg:Source ; schema:author ?a }")
    }
    assert len(authors) == 3
    claims = shipped.select("SELECT ?c WHERE { ?s schema:author ?a . ?c a dg:Claim ; dg:agent ?a }")
    assert len(claims) > 100
    ranked = [r.entity.id for r in central("degree", graph=shipped, most=100).ranking]
    assert not authors & set(ranked)


def test_a_figure_says_by_whom_and_from_which_document(shipped) -> None:
    """A fact taken from a cited document names its counter and the document, also as text."""
    found = [f for f in describe("SIPRI", graph=shipped).facts if f.kind == "Observation"]
    total = next(f for f in found if f.values.get("measure") == "arms exports")
    assert total.values["attributedTo"] == ["Stockholm International Peace Research Institute"]
    assert total.values["accordingTo"] == ["Imported Weapons to China in 1989–2005"]
    shown = CliRunner().invoke(cli, ["describe", "SIPRI"]).stdout
    assert "according to Imported Weapons to China" in " ".join(shown.split())


def test_a_stance_says_what_it_is_for_or_against(shipped) -> None:
    """Of several things that a stance is about, its record names the target."""
    facts = describe("missile defence of the United States", graph=shipped).facts
    stances = [f for f in facts if f.kind == "Stance"]
    assert {f.values["position"] for f in stances} >= {"opposes", "accepts"}
    assert all("target" in f.values for f in stances)
