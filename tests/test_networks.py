"""Networks: declared projections, as networkx has them and as files."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import networkx as nx
import pytest
from click.testing import CliRunner

import diplograph
from diplograph import exporting, open_graph
from diplograph.edges import read_edges
from diplograph.errors import OptionError
from diplograph.networks import network, simple
from diplograph.projections import find_projection, projections
from diplograph_cli.app import cli
from tests.test_paths import NAMES, SOURCE, agreement, country, stated

COLLAPSED = ("agreements", "meetings", "memberships", "offices", "parties", "stances", "transfers")


@pytest.fixture
def three(write_graph):
    """A treaty of three, one of two that two sources tell of, and one only initialled."""
    other = (
        'ex:other a dg:Source ; dct:identifier "other" ; dct:title "Other"@en ; '
        'dct:issued "2011"^^xsd:gYear ; dg:fileName "other.txt" .\n'
    )
    return open_graph(write_graph(
        SOURCE + other + "".join(map(country, NAMES))
        + agreement("of-three", "treaty", "alba", "borea", "cana", year=1999)
        + agreement("of-two", "treaty", "alba", "borea", year=2004)
        + 'ex:draft a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "Draft"@en .\n'
        + stated("d1", "Participation",
                 'dg:of ex:draft ; dg:agent ex:dora , ex:elba ; dg:role role:party')
        + stated("d2", "StageFact", 'dg:of ex:draft ; dg:stage stage:initialled ; dg:when "2001"')
    ))  # fmt: skip


def named(net: nx.MultiGraph) -> set[tuple[str, str, str]]:
    label = dict(net.nodes(data="label"))
    return {(label[a], label[b], d["label"]) for a, b, d in net.edges(data=True)}


def test_every_projection_says_what_it_is(shipped) -> None:
    """Each has nodes, edges, weight and direction, and something in the shipped graph."""
    assert {p.name for p in projections()} == {*COLLAPSED, "facts", "together"}
    for projection in projections():
        assert projection.nodes
        assert projection.edge
        assert projection.weight in ("1", "one over the other parties")
        net = network(shipped, projection=projection.name)
        assert net.number_of_edges() > 0
        assert net.is_directed() == projection.directed


def test_countries_by_their_agreements(three) -> None:
    """Each pair of parties has an edge an agreement; what is only initialled is none."""
    net = network(three, projection="agreements")
    assert named(net) == {
        ("Alba", "Borea", "Of three"), ("Alba", "Cana", "Of three"), ("Borea", "Cana", "Of three"),
        ("Alba", "Borea", "Of two"),
    }  # fmt: skip
    pending = network(three, projection="agreements", include="pending")
    assert named(pending) - named(net) == {("Dora", "Elba", "Draft")}
    early = network(three, projection="agreements", as_of="2000")
    assert {label for *_, label in named(early)} == {"Of three"}


@pytest.fixture
def convention(write_graph):
    """A convention that Borea joined later and Cana left, and one told of two parties alone."""

    def step(name: str, of: str, party: str, stage: str, year: int) -> str:
        what = f'dg:of ex:{of} ; dg:forParty ex:{party} ; dg:stage stage:{stage} ; dg:when "{year}"'
        return stated(name, "StageFact", what)

    return open_graph(write_graph(
        SOURCE + "".join(map(country, NAMES))
        + agreement("open-to-all", "treaty", "alba", "borea", "cana", year=1990)
        + step("o1", "open-to-all", "borea", "ratified", 2000)
        + step("o2", "open-to-all", "cana", "withdrawn", 2005)
        + 'ex:by-two a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "By two"@en .\n'
        + stated("b0", "Participation", 'dg:of ex:by-two ; dg:agent ex:alba , ex:cana , ex:dora ; '
                 'dg:role role:party')
        + step("b1", "by-two", "alba", "signed", 1995) + step("b2", "by-two", "cana", "signed", 2001)
    ))  # fmt: skip


def test_a_party_with_stages_of_its_own_is_tied_from_these_on(convention) -> None:
    """Two are tied as far as it has come for both; the end of a party's part ties nobody later."""
    alba_cana = ("Alba", "Cana", "Open to all")
    for year, expected in {
        "1991": {alba_cana},
        "1999": {alba_cana},
        "2002": {alba_cana, ("Alba", "Borea", "Open to all"), ("Borea", "Cana", "Open to all")},
    }.items():
        net = network(convention, projection="agreements", as_of=year)
        assert {t for t in named(net) if t[2] == "Open to all"} == expected, year
    parties = network(convention, projection="parties", as_of="1999")
    assert {t for t in named(parties) if t[2] == "Open to all" and t[0] == "Borea"} == set()


def test_what_is_told_of_single_parties_alone_speaks_for_their_edges(convention) -> None:
    """An agreement of which nothing is told as a whole has edges by its parties' stages."""
    ties = {t for t in named(network(convention, projection="agreements")) if t[2] == "By two"}
    assert ties == {("Alba", "Cana", "By two"), ("Alba", "Dora", "By two"),
                    ("Cana", "Dora", "By two")}  # fmt: skip
    early = network(convention, projection="agreements", as_of="1996")
    assert {t for t in named(early) if t[2] == "By two"} == {("Alba", "Dora", "By two")}


def test_what_three_share_weighs_half_for_each_pair(three) -> None:
    """Newman's weighting: one over the number of the other parties, so that each gains one."""
    net = network(three, projection="agreements")
    weights = {d["label"]: d["weight"] for _, _, d in net.edges(data=True)}
    assert weights == {"Of three": pytest.approx(0.5), "Of two": pytest.approx(1.0)}
    alba, borea, cana = (f"https://example.org/{n}" for n in NAMES[:3])
    flat = simple(net)
    assert flat.edges[alba, borea] == {"weight": pytest.approx(1.5), "facts": 2}
    assert flat.degree(cana, weight="weight") == pytest.approx(1.0)


def test_the_stage_that_concludes_speaks_for_an_agreement(shipped) -> None:
    """Of the facts of an agreement the edge has one that says that it was concluded."""
    concluding = read_edges(shipped, "agreements").concluding
    net = network(shipped, projection="agreements")
    assert all(data["stage"] in concluding for _, _, data in net.edges(data=True))


def test_members_point_to_organizations_and_suppliers_to_recipients(shipped) -> None:
    """Directed projections go the way that they say."""
    kinds = dict(network(shipped, projection="memberships").nodes(data="type"))
    for _, whole, _ in network(shipped, projection="memberships").edges:
        assert kinds[whole] == "Organization"
    russia, china = (diplograph.describe(n, graph=shipped).entity.id for n in ("Russia", "China"))
    sold = network(shipped, projection="transfers")
    assert sold.number_of_edges(russia, china) > 10
    assert not sold.has_edge(china, russia)


def test_one_source_and_without_one(shipped) -> None:
    """--source keeps what one source tells, without_source what the others tell."""
    only = network(shipped, source="yubin-2000")
    assert {d["source"] for *_, d in only.edges(data=True)} == {"yubin-2000"}
    rest = network(shipped, without_source="yubin-2000")
    assert "yubin-2000" not in {d["source"] for *_, d in rest.edges(data=True)}
    with pytest.raises(OptionError, match="nothing of a source “nobody”; it has: "):
        network(shipped, source="nobody")


def test_an_unknown_projection_is_refused() -> None:
    """With the ones that there are."""
    with pytest.raises(OptionError, match="no projection “tables”; use one of agreements, facts"):
        find_projection("tables")


@pytest.mark.parametrize("form", exporting.FORMATS)
@pytest.mark.parametrize("projection", ["agreements", "transfers"])
def test_a_file_holds_the_whole_network(shipped, tmp_path, form: str, projection: str) -> None:
    """Read again by others' readers each format has the same nodes, edges and attributes."""
    net = network(shipped, projection=projection)
    written = exporting.write_network(net, tmp_path / f"net.{form}")
    content = written.path.read_bytes()
    assert content == exporting.to_bytes(network(shipped, projection=projection), form)
    assert (written.nodes, written.edges) == (net.number_of_nodes(), net.number_of_edges())
    wanted = sorted((d["label"], d["stage"], d["weight"]) for *_, d in net.edges(data=True))
    if form == "graphml":
        read = nx.parse_graphml(content.decode(), force_multigraph=True)
        rows = [d for *_, d in read.edges(data=True)]
        assert read.is_directed() == net.is_directed()
    elif form == "gexf":
        read = nx.read_gexf(io.BytesIO(content))
        rows = [d for *_, d in read.edges(data=True)]
        told = sorted((d["stage"], round(float(d["weight"]), 6)) for d in rows)
        assert told == sorted((stage, round(weight, 6)) for _, stage, weight in wanted)
        return
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(content.decode())))
        ends = {(row["from"], row["to"]) for row in rows}
        if net.is_directed():
            assert ends == {(a, b) for a, b, _ in net.edges}
    elif form == "json":
        read = nx.node_link_graph(json.loads(content), edges="edges")
        rows = [d for *_, d in read.edges(data=True)]
    else:
        feather = pytest.importorskip("pyarrow.feather", reason="pyarrow is not installed")
        rows = feather.read_table(io.BytesIO(content)).to_pylist()
    found = sorted((d["label"], d["stage"], float(d["weight"])) for d in rows)
    assert [row[:2] for row in found] == [row[:2] for row in wanted]
    assert [row[2] for row in found] == pytest.approx([row[2] for row in wanted])


def test_what_xml_cannot_hold_is_replaced() -> None:
    """A control character in a label does not make the file unreadable."""
    net = nx.MultiGraph()
    net.add_node("a", label="A\x00\x1bB", type="Country")
    for form in ("graphml", "gexf"):
        content = exporting.to_bytes(net, form)
        (label,) = [
            text
            for element in ElementTree.fromstring(content).iter()
            for text in (element.text, element.get("label"))
            if text and text.startswith("A")
        ]
        assert label == "A\ufffd\ufffdB"


def test_the_command_writes_prints_and_refuses(tmp_path) -> None:
    """By the ending, to standard output as CSV, and one clear line for what cannot be."""
    run = CliRunner().invoke
    target = tmp_path / "net.gexf"
    shown = run(cli, ["network", "--projection", "meetings", "-o", str(target)])
    assert shown.exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("<gexf")
    printed = run(cli, ["network", "--projection", "meetings"])
    assert printed.stdout.startswith("from,to,from_label")
    for name, told in (("net.png", "“png” is no format"), ("net", "the format is not said")):
        refused = run(cli, ["network", "-o", str(tmp_path / name)])
        assert refused.exit_code == 2
        assert told in refused.stderr
        assert not (tmp_path / name).exists()
    listed = run(cli, ["network", "--list"])
    assert all(p.name in listed.stdout for p in projections())
