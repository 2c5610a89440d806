"""Pictures of the whole graph in parts, and of paths.

Networks too large for one picture are divided into parts that can each be read.
"""

from __future__ import annotations

import json
from html import escape
from math import hypot

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph import network, open_graph, path
from diplograph.errors import OptionError
from diplograph.render import draw, picture, pictures
from diplograph.render.clusters import place_clusters
from diplograph.render.page import to_html
from diplograph.render.parts import Part, divide
from diplograph.render.picture import Picture
from diplograph.render.record import record
from diplograph.render.ties import near
from diplograph_cli.app import cli


def named(net: nx.Graph) -> nx.Graph:
    return nx.relabel_nodes(net, {node: f"n{node:05}" for node in net})


def check(parts: tuple[Part, ...], net: nx.Graph, most: int, groups: int) -> None:
    assert [part.number for part in parts] == list(range(len(parts)))
    assert parts[0].around == -1
    assert set(parts[0].members) == set(net)
    for part in parts:
        assert len(part.members) <= most or len(part.inner) > 1
        assert len(part.inner) <= groups
        if part.inner:
            inside = [node for number in part.inner for node in parts[number].members]
            assert sorted(inside) == sorted(part.members)
            assert all(parts[number].around == part.number for number in part.inner)
            sizes = [len(parts[number].members) for number in part.inner]
            assert sizes == sorted(sizes, reverse=True)


@settings(max_examples=60, deadline=None)
@given(
    nodes=st.integers(1, 120), chance=st.floats(0, 0.3), seed=st.integers(0, 9),
    most=st.integers(5, 40), groups=st.integers(3, 12),
)  # fmt: skip
def test_every_entity_is_in_one_part_that_can_be_read(
    nodes: int, chance: float, seed: int, most: int, groups: int
) -> None:
    """Whatever the network: connected or not, dense, or without any tie."""
    net = named(nx.gnp_random_graph(nodes, chance, seed=seed))
    check(divide(near(net), most, groups), net, most, groups)


@pytest.mark.parametrize(
    "net",
    [nx.star_graph(2000), nx.complete_graph(300), nx.path_graph(3000), nx.empty_graph(1000)],
    ids=["star", "complete", "path", "empty"],
)
def test_networks_without_communities_are_divided_all_the_same(net: nx.Graph) -> None:
    """A hub with thousands around it, or nothing at all, is no exception."""
    net = named(net)
    check(divide(near(net), 60, 20), net, 60, 20)


def test_what_belongs_together_stays_together() -> None:
    """Cliques that hang on each other by one tie are the parts."""
    net = named(nx.connected_caveman_graph(30, 12))
    parts = divide(near(net), most=20, groups=40)
    cliques = [[f"n{node:05}" for node in range(12 * k, 12 * k + 12)] for k in range(30)]
    assert sorted(sorted(part.members) for part in parts[1:]) == cliques


def test_the_same_network_gives_the_same_parts() -> None:
    """The order in which nodes and ties came is no matter."""
    net = named(nx.barabasi_albert_graph(600, 3, seed=4))
    other = nx.Graph()
    other.add_nodes_from(sorted(net, reverse=True))
    other.add_edges_from(sorted(((b, a) for a, b in net.edges()), reverse=True))
    assert divide(near(net), 50, 20) == divide(near(other), 50, 20)
    first = divide(near(net), 50, 20)[0].members[:3]
    degrees = sorted(net, key=lambda node: (-net.degree(node), node))
    assert list(first) == degrees[:3]


@pytest.fixture(scope="module")
def divided(shipped) -> tuple[Picture, ...]:
    return pictures(shipped)


def test_the_whole_graph_opens_as_groups(divided) -> None:
    """Each group stands for a picture; each entity is in one of them, and every fact is told."""
    first, *others = divided
    assert first.kind == "groups"
    assert [picture.part for picture in divided] == list(range(len(divided)))
    opened = [node.opens for picture in divided for node in picture.nodes if node.opens is not None]
    assert sorted(opened) == [picture.part for picture in others]
    leaves = [picture for picture in divided if picture.kind == "whole"]
    own = [node.entity.id for picture in leaves for node in picture.nodes]
    net = network(open_graph())
    assert sorted(own) == sorted(net)
    assert max(len(picture.nodes) for picture in divided) <= 240
    told = {fact.id for picture in leaves for fact in picture.facts}
    assert {key for _, _, key in net.edges(keys=True)} <= told


def test_what_ties_an_entity_to_another_group_is_told_of_it(divided) -> None:
    """A fact that leads out of a picture has no line there, and is among the entity's facts."""
    home = {n.entity.id: p.part for p in divided for n in p.nodes if n.opens is None}
    facts = {n.entity.id: set(n.facts) for p in divided for n in p.nodes if n.opens is None}
    crossing = [
        (one, two, key)
        for one, two, key in network(open_graph()).edges(keys=True)
        if home[one] != home[two]
    ]
    assert crossing
    assert all(key in facts[one] and key in facts[two] for one, two, key in crossing)


def test_groups_are_named_after_their_best_tied(divided) -> None:
    """Labels say who is in a group and how many more."""
    labels = {node.entity.label for node in divided[0].nodes}
    assert {"China", "Russia"} <= labels
    sizes = {p.part: len(p.nodes) for p in divided if p.kind == "whole"}
    for node in divided[0].nodes:
        assert node.note == f"+ {sizes[node.opens] - 1:,}"


def test_discs_do_not_overlap(divided) -> None:
    """Every group can be seen and pointed at."""
    discs = [(node.at, node.size) for node in divided[0].nodes]
    for n, ((x, y), size) in enumerate(discs):
        for (other_x, other_y), other in discs[:n]:
            assert hypot(x - other_x, y - other_y) > size + other


def test_a_small_graph_is_one_picture(made_up) -> None:
    """Where everything can be read there are no groups."""
    assert [picture.kind for picture in pictures(open_graph(made_up))] == ["whole"]


def test_the_page_of_a_divided_graph_has_every_part(shipped, divided) -> None:
    """One file holds all parts, inert until they are asked for, and the same bytes each time."""
    page = to_html(*divided)
    data = json.loads(page.split('id="data">', 1)[1].split("</script>", 1)[0])
    assert [part["kind"] for part in data["parts"]] == [picture.kind for picture in divided]
    assert draw(shipped) == page


def test_no_fact_is_written_twice(divided) -> None:
    """A fact that ties two groups is told in both, and stands once in the page."""
    data = record(divided)
    told = {fact.id for picture in divided for fact in picture.facts}
    assert data["facts"]["length"] == len(told) == len(divided[0].facts)
    page = to_html(*divided)
    statements = {fact.statement for fact in divided[0].facts if "&" not in fact.statement}
    assert max(page.count(f'"{statement}"') for statement in statements) == 1


def test_the_ties_of_groups_and_between_them_are_all_ties(divided) -> None:
    """Every pair is in one leaf or in one picture of groups, so that groups can be counted up."""
    data = record(divided)
    own = [tie for part in data["parts"] for tie in (*part["ties"], *part["crossing"])]
    assert sorted(own) == list(range(data["ties"]["length"]))
    net = network(open_graph())
    assert len(own) == len({frozenset(pair) for pair in net.edges() if pair[0] != pair[1]})


def test_every_entity_has_a_place_whatever_its_class() -> None:
    """Small clusters of kinds that are few, and of no kind that has a heading, are put together."""
    net: nx.Graph = nx.Graph()
    types = {}
    for number, kind in enumerate(["Thing"] * 12 + ["Place"] * 3 + ["Issue"] * 3 + ["Event"] * 3):
        one, two = f"{kind}-{number}-a", f"{kind}-{number}-b"
        net.add_edge(one, two, weight=1.0)
        types |= {one: kind, two: kind}
    assert set(place_clusters(near(net), types).places) == set(net)


def test_paths_are_lines_of_steps(shipped) -> None:
    """From X at the left to Y at the right, every step tied, and told in words."""
    drawn = picture(shipped, connecting=("Gazprom", "Jiang Zemin"), weak=True)
    answer = path("Gazprom", "Jiang Zemin", graph=shipped, weak=True)
    assert drawn.kind == "path"
    at = {node.entity.id: node.at for node in drawn.nodes}
    ties = {frozenset((edge.one, edge.two)) for edge in drawn.edges}
    for found in answer.paths:
        assert {frozenset((s.from_.id, s.to.id)) for s in found.steps} <= ties
    best = [at[entity.id] for entity in answer.paths[0].entities]
    assert [y for _, y in best] == [0.0] * len(best)
    assert [x for x, _ in best] == sorted(x for x, _ in best)
    assert len(drawn.told) == len(answer.paths)
    facts = {fact.id for fact in drawn.facts}
    assert {step.fact for found in answer.paths for step in found.steps} <= facts


def test_where_nothing_connects_the_page_says_so(shipped) -> None:
    """The two stand alone, with the reason."""
    drawn = picture(shipped, connecting=("Gazprom", "Jiang Zemin"))
    assert len(drawn.nodes) == 2
    assert drawn.edges == ()
    assert drawn.absence is not None
    assert escape(drawn.absence.detail) in draw(shipped, connecting=("Gazprom", "Jiang Zemin"))


@pytest.mark.parametrize(
    "words",
    [
        ["--path"], ["--path", "--around", "China"], ["China", "Russia", "--weak"],
        ["China", "Russia", "--path", "--as", "timeline"],
    ],
)  # fmt: skip
def test_path_needs_two_names(words: list[str], tmp_path) -> None:
    """What does not go together is one line, and nothing is written."""
    target = tmp_path / "page.html"
    done = CliRunner().invoke(cli, ["draw", *words, "-o", str(target)])
    assert isinstance(done.exception, OptionError | SystemExit)
    assert not target.exists()


def test_the_command_draws_paths(tmp_path) -> None:
    """The page is written, and what stands in it is counted."""
    target = tmp_path / "page.html"
    words = ["draw", "Gazprom", "Jiang Zemin", "--path", "--weak", "-o", str(target)]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0
    assert "How Gazprom and Jiang Zemin are connected" in target.read_text(encoding="utf-8")
