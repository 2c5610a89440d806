"""Communities: found, named, and how well they are found again."""

from __future__ import annotations

import json

import networkx as nx
import pytest
from click.testing import CliRunner

from diplograph import communities, grouping, network, open_graph
from diplograph.errors import OptionError
from diplograph.networks import simple
from diplograph.projections import projections
from diplograph_cli.app import cli


def run(*call: str):
    return CliRunner().invoke(cli, list(call))


HEAD = """
ex:{name} a dg:Source ; dct:identifier "{name}" ; dct:title "{name}"@en ;
    dct:issued "2000"^^xsd:gYear .
"""


def _circle(letter: str, size: int) -> str:
    """Organizations that are all affiliated to each other."""
    names = [f"{letter}{n}" for n in range(size)]
    labels = "".join(
        f'ex:{n} a dg:Organization ; skos:prefLabel "{n.upper()}"@en .\n' for n in names
    )
    return labels + "".join(
        _tie(one, two) for place, one in enumerate(names) for two in names[place + 1 :]
    )


def _tie(one: str, two: str, grade: str = "stated") -> str:
    return (
        f"ex:{one}-{two} a dg:Affiliation ; dg:agent ex:{one} ; dg:within ex:{two} ; "
        f'dg:when "1990/.." ; dg:grade grade:{grade} ; dg:at "0-10" ; '
        f'dg:statement "{one} is of {two}."@en .\n'
    )


@pytest.fixture
def files(write_graph) -> list[str]:
    """Two circles, one of each source, with one tie between them that the first source tells."""
    first = HEAD.format(name="first") + _circle("a", 5) + _tie("a0", "b0")
    second = HEAD.format(name="second") + _circle("b", 4)
    return [str(write_graph(first, "first.ttl")), str(write_graph(second, "second.ttl"))]


@pytest.fixture
def circles(files):
    """The graph of both."""
    return open_graph(*files)


def test_two_circles_are_two_communities(circles) -> None:
    """Each circle is a community, larger ones first, named after its most central members."""
    found = communities(graph=circles)
    assert [(c.size, c.name) for c in found.communities] == [(5, "A0, A1, A2"), (4, "B0, B1, B2")]
    assert [m.entity.label for m in found.communities[0].members] == ["A0", "A1", "A2", "A3", "A4"]
    assert [m.score for m in found.communities[1].members] == [3, 3, 3, 3]
    # 20 of the 21 ends of ties of the first circle lie inside, 12 of 13 of the second
    assert [c.inside for c in found.communities] == [0.952381, 0.923077]
    net = simple(network(circles))
    groups = [{m.entity.id for m in c.members} for c in found.communities]
    assert found.modularity == pytest.approx(nx.community.modularity(net, groups), abs=1e-6)
    assert found.agreement == 1


def test_how_well_they_are_found_again(circles) -> None:
    """Every beginning finds them; without its source a circle is gone and hangs on it."""
    first, second = (c.stability for c in communities(graph=circles).communities)
    assert (first.seeds, second.seeds) == (1, 1)
    assert 0.5 < first.bootstrap <= 1
    # Without the first source its circle is gone, and the second one is whole. Without the second,
    # B0 hangs on A0 alone, and the two of them are better off apart from the other four: 4 of 5 are
    # found again, and of the second circle 1 of the 5 in either.
    assert (first.without, first.hangs_on) == ({"first": 0, "second": 0.8}, "first")
    assert (second.without, second.hangs_on) == ({"first": 1, "second": 0.2}, "second")


def test_resolution_divides_further(circles) -> None:
    """A low resolution gives one community, a high one many."""
    assert len(communities(graph=circles, resolution=0.01, bootstrap=0).communities) == 1
    assert len(communities(graph=circles, resolution=20, bootstrap=0).communities) == 9


@pytest.mark.parametrize("projection", [p.name for p in projections()])
def test_every_entity_is_in_one_community(shipped, projection: str) -> None:
    """The communities of a projection divide its network, each is connected, sizes fall."""
    found = communities(graph=shipped, projection=projection, bootstrap=0)
    net = simple(network(shipped, projection=projection))
    members = [[m.entity.id for m in c.members] for c in found.communities]
    assert sorted(node for group in members for node in group) == sorted(net)
    assert all(nx.is_connected(net.subgraph(group)) for group in members)
    sizes = [c.size for c in found.communities]
    assert sizes == sorted(map(len, members), reverse=True)
    assert found.question.communities == len(sizes)
    for group, community in zip(members, found.communities, strict=True):
        scores = [member.score for member in community.members]
        assert scores == sorted(scores, reverse=True)
        assert community.name.startswith(community.members[0].entity.label)
        inside = 2 * net.subgraph(group).size("weight")
        assert community.inside == pytest.approx(
            inside / sum(dict(net.degree(group, "weight")).values()), abs=1e-5
        )


def test_they_are_at_least_as_good_as_louvains(shipped) -> None:
    """On the shipped network the modularity is no less than networkx's Louvain reaches."""
    found = communities(graph=shipped, bootstrap=0)
    net = simple(network(shipped))
    louvain = max(
        nx.community.modularity(net, nx.community.louvain_communities(net, seed=s))
        for s in range(5)
    )
    assert found.modularity >= louvain - 1e-6
    assert found.modularity <= 1


def test_large_networks_are_searched_in_fewer_rounds(circles, monkeypatch) -> None:
    """How far a search went is in the record: ten rounds, and two of two sweeps in large networks."""
    asked = communities(graph=circles, bootstrap=0).question
    assert (asked.iterations, asked.sweeps) == (10, None)
    monkeypatch.setattr(grouping, "_LARGE", 3)
    asked = communities(graph=circles, bootstrap=0).question
    assert (asked.iterations, asked.sweeps) == (2, 2)


def test_the_seed_decides(shipped) -> None:
    """The same seed gives the same record, and draws of another differ."""
    one = communities(graph=shipped, bootstrap=3, seed=5)
    assert one == communities(graph=shipped, bootstrap=3, seed=5)
    assert one != communities(graph=shipped, bootstrap=3, seed=6)


def test_a_network_without_ties_says_so(circles) -> None:
    """Before anything is told there is no community, and the absence says so."""
    found = communities(graph=circles, as_of="1900")
    assert (found.communities, found.modularity) == ((), 0)
    assert found.absence.detail == "The network of facts is empty as of 1900."
    shown = run("communities", "--as-of", "1600")
    assert shown.exit_code == 0
    assert shown.stdout == "no-record: The network of facts is empty as of 1600.\n"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"projection": "dreams"}, "no projection “dreams”"),
        ({"resolution": 0}, "more than 0"),
        ({"resolution": float("inf")}, "more than 0"),
        ({"most": 0}, "at least one"),
        ({"bootstrap": -1}, "no fewer than 0"),
    ],
)
def test_bad_arguments(shipped, options: dict, message: str) -> None:
    """What can be no division is one clear line."""
    with pytest.raises(OptionError, match=message):
        communities(graph=shipped, **options)


def test_the_command_in_words(files: list[str]) -> None:
    """Sizes, members, how much is found again and on which source it hangs."""
    graphs = [word for path in files for word in ("--graph", path)]
    result = run("communities", *graphs, "-n", "1", "--bootstrap", "0")
    assert result.exit_code == 0, result.output
    assert result.stdout == (
        "2 communities of 9 entities: modularity 0.41, agreement of other beginnings 1.00\n\n"
        "1. A0, A1, A2 (5)\n"
        "    95% of its ties lead inside · found again: 1.00 by other beginnings; hangs on first\n"
        "    A0, A1, A2, A3, A4\n\n"
        "1 more community: -n shows more.\n"
    )


def test_json_is_the_librarys_record(shipped) -> None:
    """With --json the record is printed with all members."""
    result = run("communities", "--projection", "agreements", "-n", "2", "--json")
    same = communities(graph=shipped, projection="agreements", most=2)
    assert json.loads(result.stdout) == same.to_dict()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (["--projection", "dreams"], "there is no projection “dreams”; use one of agreements"),
        (["--resolution", "0"], "0.0 is not in the range"),
        (["--resolution", "nan"], "the resolution must be more than 0"),
        (["--as-of", "yesterday"], "“yesterday” is not a date"),
        (["-n", "0"], "0 is not in the range"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_calls_are_one_clear_line(call: list[str], message: str) -> None:
    """Exit code 2, nothing on standard output, one line on standard error."""
    result = run("communities", *call)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
