"""Loading: files, folders, graph names, and what is derived from what curators write."""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph import open_graph, resources
from diplograph.errors import AddressError, GraphFileError
from diplograph.keys import name_key
from diplograph.store import read_addresses


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Shanghai-Five", "shanghai five"),
        ("the Shanghai  FIVE", "shanghai five"),
        ("Communiqué", "communique"),
        ("People’s Republic", "peoples republic"),
        ("The", "the"),
        ("Su-27SK/Flanker-B", "su 27sk flanker b"),
    ],
)
def test_name_key(name: str, key: str) -> None:
    """Names are looked up without case, accents, punctuation and article."""
    assert name_key(name) == key


def test_a_passage_is_made_of_its_offsets(made_up: Path) -> None:
    """A dg:at gives a Web Annotation passage in the graph of its source."""
    rows = open_graph(made_up).select(
        """SELECT ?g ?start ?end WHERE {
            <https://example.org/pact-signed> dg:evidence ?p . GRAPH ?g { ?p oa:hasSource ?g } .
            ?p oa:hasSelector ?s . ?s a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end }"""
    )
    assert rows == [{"g": "https://example.org/source", "start": "21", "end": "30"}]


def test_a_passage_knows_its_section(write_graph) -> None:
    """The narrowest section in which a passage begins says where it stands."""
    path = write_graph(
        """ex:s a dg:Source ; dg:section ex:whole , ex:note .
        ex:whole a dg:Section ; dg:at "0-100" ; <http://www.w3.org/2000/01/rdf-schema#label> "body" .
        ex:note a dg:Section ; dg:at "50-80" ; <http://www.w3.org/2000/01/rdf-schema#label> "footnote 1" .
        ex:a dg:at "10-20" . ex:b dg:at "55-60" ."""
    )
    rows = open_graph(path).select("SELECT ?f ?w WHERE { ?f dg:evidence/dg:where ?w } ORDER BY ?f")
    assert [row["w"] for row in rows] == ["body", "footnote 1"]


def test_dates_get_bounds_and_undated_facts_the_date_of_their_source(made_up: Path) -> None:
    """Bounds are derived; a fact without a date cannot be later than its source."""
    graph = open_graph(made_up)
    query = "SELECT ?e ?l ?u WHERE {{ OPTIONAL {{ ex:{0} dg:earliest ?e }} OPTIONAL {{ ex:{0} dg:latest ?l }} OPTIONAL {{ ex:{0} dg:uncertain ?u }} }}"

    def bounds(name: str) -> dict[str, str]:
        return graph.select("PREFIX ex: <https://example.org/> " + query.format(name))[0]

    assert bounds("pact-signed") == {"e": "2001-05-01", "l": "2001-05-31"}
    assert bounds("gas-deal-signed") == {"e": "2003-01-01", "l": "2003-12-31", "u": "true"}
    assert bounds("pact-p") == {"l": "2010-12-31"}


def test_shortcuts_follow_from_facts(made_up: Path) -> None:
    """Participations, memberships, affiliations and conflicts give plain triples."""
    graph = open_graph(made_up)
    for pattern in (
        "ex:pact dg:party ex:alba",
        "ex:alba org:memberOf ex:league",
        "ex:alba-oil dg:bodyOf ex:alba",
        "ex:pact-signed dg:contradicts ex:pact-signed-too",
        "ex:pact-signed-too dg:contradicts ex:pact-signed",
        "ex:alba a dg:Agent , dg:Entity",
    ):
        assert graph.ask(f"PREFIX ex: <https://example.org/> ASK {{ {pattern} }}"), pattern
    assert not graph.ask("PREFIX ex: <https://example.org/> ASK { ex:rumour dg:party ex:cana }")


def test_citations_and_targets_give_plain_triples(write_graph) -> None:
    """A source references what it cites, and a stance is about its target."""
    graph = open_graph(
        write_graph(
            """ex:source a dg:Source ; dct:identifier "s" ; dct:title "S"@en .
            ex:alba a dg:Country ; skos:prefLabel "Alba"@en .
            ex:almanac a dg:Document ; skos:prefLabel "Almanac"@en .
            ex:cites a dg:Citation ; dg:cited ex:almanac ; dg:grade grade:inferred ;
                dg:statement "It cites the almanac."@en .
            ex:trusts a dg:Stance ; dg:agent ex:alba ; dg:target ex:almanac ; dg:grade grade:inferred ;
                dg:statement "Alba trusts it."@en ."""
        )
    )
    for pattern in ("ex:source dct:references ex:almanac", "ex:trusts dg:about ex:almanac"):
        assert graph.ask(f"PREFIX ex: <https://example.org/> ASK {{ {pattern} }}"), pattern
    assert not graph.ask("PREFIX ex: <https://example.org/> ASK { ex:cites dct:references ?any }")


@pytest.mark.thorough
def test_same_input_gives_same_bytes() -> None:
    """Deriving the shipped graph twice gives the same quads in the same order."""
    first, second = read_addresses(["shipped"]), read_addresses(["shipped"])
    assert ox.serialize(first, format=ox.RdfFormat.N_QUADS) == ox.serialize(
        second, format=ox.RdfFormat.N_QUADS
    )


def test_no_blank_nodes_in_what_is_shipped(shipped) -> None:
    """Everything shipped has a name, so that it can be cited and stays the same at every load."""
    homes = [ox.DefaultGraph(), *shipped.store.named_graphs()]
    assert len(homes) > 5
    for home in homes:
        pattern = "?s ?p ?o"
        if isinstance(home, ox.NamedNode):
            pattern = f"GRAPH {home} {{ {pattern} }}"
        assert shipped.ask(f"ASK {{ {pattern} }}")
        rows = shipped.select(f"SELECT * {{ {pattern} FILTER(isBlank(?s) || isBlank(?o)) }}")
        assert rows == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('ex:a dg:when "2000-13" .', r"ex.*a: “2000-13” is not a date"),
        ('ex:a dg:at "20-10" .', "dg:at “20-10” is no passage"),
        ('ex:a dg:at "here" .', "dg:at “here” is no passage"),
        ("ex:a ex:b ", r"made-up.ttl, line 1\d: "),
    ],
)
def test_broken_files_say_what_and_where(write_graph, text: str, message: str) -> None:
    """A broken file is one line with file, line or node, and what is wrong."""
    with pytest.raises(GraphFileError, match=message):
        open_graph(write_graph(text))


def test_a_missing_file_and_a_strange_ending(tmp_path: Path) -> None:
    """A file that is not there or is of no known kind is said to be so."""
    with pytest.raises(GraphFileError, match="there is no such file"):
        open_graph(tmp_path / "nothing.ttl")
    (tmp_path / "graph.rdf").write_text("<rdf/>")
    with pytest.raises(GraphFileError, match=r"must end in \.ttl"):
        open_graph(tmp_path / "graph.rdf")


def test_a_file_that_declares_no_source_stands_for_itself(write_graph) -> None:
    """Without a declared source the graph is named by the address of the file."""
    path = write_graph("ex:a a dg:Country .")
    rows = open_graph(path).select(
        "SELECT ?g WHERE { GRAPH ?g { <https://example.org/a> a dg:Country } }"
    )
    assert rows == [{"g": path.resolve().as_uri()}]


def test_trig_names_its_own_graphs(tmp_path: Path) -> None:
    """TriG, N-Quads and JSON-LD keep the graphs that they name."""
    path = tmp_path / "own.trig"
    path.write_text(
        "<https://example.org/g> { <https://example.org/a> a <https://w3id.org/diplograph/ns#Country> }"
    )
    assert open_graph(path).ask(
        "ASK { GRAPH <https://example.org/g> { ?a a dg:Country , dg:Agent } }"
    )


def test_jsonld_is_read(tmp_path: Path) -> None:
    """A JSON-LD file with its context inside is read."""
    path = tmp_path / "own.jsonld"
    path.write_text(
        '{"@id": "https://example.org/a", "@type": "https://w3id.org/diplograph/ns#Country"}'
    )
    assert open_graph(path).ask("ASK { <https://example.org/a> a dg:Country }")


def test_every_source_folder_is_a_graph_of_its_own() -> None:
    """The shipped folders land in the graphs that their documents declare."""
    graphs = {
        row["g"]
        for row in open_graph().select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s dg:grade ?x } }")
    }
    names = {f.name for f in resources.data_folders()} - {"entities"}
    assert {g.rpartition("/")[2] for g in graphs} <= names


def test_what_two_sources_state_counts_once(tmp_path: Path) -> None:
    """A triple in two named graphs is one triple where no graph is named."""
    path = tmp_path / "two.trig"
    said = "<https://example.org/a> <https://example.org/p> <https://example.org/b>"
    path.write_text(f"<https://example.org/g1> {{ {said} }} <https://example.org/g2> {{ {said} }}")
    graph = open_graph(path)
    pattern = "<https://example.org/a> <https://example.org/p> ?o"
    assert len(graph.select(f"SELECT ?o WHERE {{ {pattern} }}")) == 1
    assert len(graph.select(f"SELECT ?o WHERE {{ GRAPH ?g {{ {pattern} }} }}")) == 2
    counted = graph.dataset.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    assert [int(row[0]) for row in counted] == [1]


def test_a_pipe_is_no_graph_file(tmp_path: Path) -> None:
    """A named pipe is refused instead of waited for."""
    os.mkfifo(tmp_path / "pipe.ttl")
    with pytest.raises(GraphFileError, match="is not a file"):
        open_graph(tmp_path / "pipe.ttl")


def test_an_empty_address_is_refused() -> None:
    """An empty address does not open the folder one happens to be in."""
    with pytest.raises(AddressError, match="empty address"):
        open_graph("")


def test_an_agreement_without_a_name_is_left_to_the_shapes(write_graph) -> None:
    """A blank node of an agreement opens like any other mistake, for validate to report."""
    graph = open_graph(write_graph('[] a dg:Agreement ; skos:prefLabel "Nameless"@en .'))
    assert graph.ask("ASK { ?x a dg:Agreement }")
