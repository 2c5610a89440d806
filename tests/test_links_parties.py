"""Agreements of many parties, each with dates of its own: how they link two of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diplograph import describe, links, open_graph, timeline
from diplograph.namespaces import INDEX_GRAPH, PREFIXES

PARTIES = {
    # party: the stages of its own, with their dates
    "alba": {"signed": "1980-05-01", "ratified": "1982-03-04", "in-force": "1983-01-01"},
    "borea": {"signed": "1980-05-01", "in-force": "1990-06-01"},
    "cana": {"signed": "1980-05-01"},
    "dora": {"in-force": "1984", "withdrawn": "1995-12-31"},
    "esta": {},
}


@pytest.fixture(scope="module")
def convention(tmp_path_factory) -> Path:
    """A convention signed in 1980, whose parties came and went; one of them without any date."""
    return written(tmp_path_factory.mktemp("convention") / "convention.ttl", PARTIES)


def written(path: Path, parties: dict[str, dict[str, str]]) -> Path:
    """A file that tells of a convention and its parties."""
    lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
    lines += [
        "@prefix ex: <https://example.org/id/> .",
        'ex:made-up a dg:Source ; dct:identifier "made-up" ; dct:title "Made up"@en .',
        'ex:convention a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "Convention"@en .',
        'ex:signing a dg:StageFact ; dg:of ex:convention ; dg:stage stage:signed ; dg:when "1980-05-01" ;'
        ' dg:grade grade:stated ; dg:statement "The Convention was signed."@en .',
    ]
    for party, stages in parties.items():
        lines.append(f'ex:{party} a dg:Country ; skos:prefLabel "{party.title()}"@en .')
        lines.append(
            f"ex:{party}-party a dg:Participation ; dg:of ex:convention ; dg:agent ex:{party} ;"
            f' dg:grade grade:stated ; dg:statement "{party.title()} is a party."@en .'
        )
        for stage, when in stages.items():
            told = stage.replace("-", " ")
            lines.append(
                f"ex:{party}-{stage} a dg:StageFact ; dg:of ex:convention ; dg:stage stage:{stage} ;"
                f' dg:forParty ex:{party} ; dg:when "{when}" ; dg:grade grade:stated ;'
                f' dg:statement "{party.title()}: {told}."@en .'
            )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("one", "two", "as_of", "stage", "when"),
    [
        # the less far of the two, by its own date
        ("Alba", "Borea", None, "in force", "1990-06-01"),
        ("Borea", "Alba", None, "in force", "1990-06-01"),
        ("Alba", "Borea", "1985", "signed", "1980-05-01"),
        ("Alba", "Cana", None, "signed", "1980-05-01"),
        ("Alba", "Dora", "1985", "in force", "1984"),
        # one has left
        ("Alba", "Dora", "1996", "withdrawn", "1995-12-31"),
        ("Alba", "Dora", "1994", "in force", "1984"),
        # nothing is told of one alone: the agreement as a whole tells
        ("Alba", "Esta", None, "signed", "1980-05-01"),
    ],
)
def test_the_stage_between_two(convention, one, two, as_of, stage, when) -> None:
    """What links two parties has come as far as the less far of them."""
    (link,) = links(one, two, graph=open_graph(convention), as_of=as_of).answers
    assert (link.stage, link.when.edtf) == (stage, when)
    assert link.connection == "direct"
    for told in link.stages:
        party = told.party.label if told.party else None
        assert party in (None, one, two)
        assert told.statement == (
            f"{party}: {told.stage}." if party else "The Convention was signed."
        )


@pytest.mark.parametrize(
    ("one", "two", "as_of"),
    [("Alba", "Borea", "1979"), ("Alba", "Dora", "1982"), ("Dora", "Cana", "1983")],
)
def test_no_link_before_both_had_joined(convention, one, two, as_of) -> None:
    """Before one of the two had done anything about it, the agreement does not link them."""
    assert links(one, two, graph=open_graph(convention), as_of=as_of).answers == ()


def test_a_view_holds_nothing_of_one_party_alone(convention) -> None:
    """The view of the agreement leaves what is told of single parties to their participations."""
    graph = open_graph(convention)
    rows = graph.select(f"SELECT ?x ?v {{ GRAPH <{INDEX_GRAPH}> {{ ?x dg:view ?v }} }} ORDER BY ?x")
    views = {row["x"].rpartition("/")[2]: json.loads(row["v"]) for row in rows}
    assert set(views) == {"convention", *(f"{party}-party" for party in PARTIES)}
    whole = {fact["fact"].rpartition("/")[2] for fact in views["convention"]["facts"]}
    assert "signing" in whole
    assert not any(name.startswith(("alba", "borea", "cana", "dora")) for name in whole)
    alone = {fact["fact"].rpartition("/")[2] for fact in views["dora-party"]}
    assert alone == {"dora-party", "dora-in-force", "dora-withdrawn"}


def test_what_another_party_did_alone_is_not_told_of_a_party(convention) -> None:
    """A party's description has what is told of the whole and of itself; a timeline that of both."""
    graph = open_graph(convention)
    own = {fact.id.rpartition("/")[2] for fact in describe("Dora", graph=graph).facts}
    assert own == {"signing", "dora-party", "dora-in-force", "dora-withdrawn"}
    both = {fact.id.rpartition("/")[2] for fact in timeline("Alba", "Cana", graph=graph).facts}
    assert {"signing", "alba-party", "cana-party", "alba-in-force", "cana-signed"} <= both
    assert not any(name.startswith(("borea", "dora", "esta")) for name in both)


def test_a_party_alone_of_whom_nothing_else_is_told(convention) -> None:
    """One without stages of its own has what is told of the whole, and that it is a party."""
    own = {f.id.rpartition("/")[2] for f in describe("Esta", graph=open_graph(convention)).facts}
    assert own == {"signing", "esta-party"}


def test_the_picture_of_two_parties_of_many_leaves_out_the_others(tmp_path) -> None:
    """Of an agreement with more than a dozen parties those asked about are drawn, with a note."""
    from diplograph.render.gather import Request
    from diplograph.render.linked import links_picture

    others = {f"land-{n}": {"in-force": "1991"} for n in range(1, 12)}
    few = {**others, "alba": PARTIES["alba"]}
    for parties, drawn in ((few, 13), (few | {"borea": PARTIES["borea"]}, 3)):
        graph = open_graph(written(tmp_path / f"{len(parties)}.ttl", parties))
        picture = links_picture(Request(graph), "Alba", "Land-1")
        assert len(picture.nodes) == drawn
        assert any("more than 12 parties" in note for note in picture.notes) == (drawn == 3)
        told = {fact.id.rpartition("/")[2] for fact in picture.facts}
        assert {"signing", "alba-ratified", "land-1-in-force"} <= told
        assert ("land-2-in-force" in told) == (drawn == 13)
