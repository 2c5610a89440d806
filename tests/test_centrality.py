"""Rankings and their stability, on a network of two sources worked out by hand and the shipped one."""

from __future__ import annotations

import json
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

from diplograph import central, central_over_time, network, open_graph
from diplograph.centrality import MEASURES
from diplograph.edges import read_edges
from diplograph.errors import DateError, OptionError
from diplograph.model import Include
from diplograph.networks import simple
from diplograph.projections import projections
from diplograph.variations import Views
from diplograph_cli.app import cli
from diplograph_cli.commands import central as command

EX = "https://example.org/"
NAMES = """
ex:{name} a dg:Source ; dct:identifier "{name}" ; dct:title "{name}"@en ;
    dct:issued "2000"^^xsd:gYear .
"""
ENTITIES = """
ex:alba a dg:Country ; skos:prefLabel "Alba"@en .
ex:borea a dg:Country ; skos:prefLabel "Borea"@en .
ex:cana a dg:Country ; skos:prefLabel "Cana"@en .
ex:dora a dg:Country ; skos:prefLabel "Dora"@en .
ex:elba a dg:Organization ; skos:prefLabel "Elba"@en .
"""
STANCE = """
ex:{name} a dg:Stance ; dg:agent ex:{one} ; dg:about ex:{two} ; dg:when "{when}/.." ;
    dg:grade grade:{grade} ; dg:statement "{one} sees {two}."@en ; dg:at "0-10" .
"""
# Alba is seen by the first source only, Elba by the second only; one view is estimated.
FIRST = [
    ("f1", "alba", "borea", 1990, "stated"),
    ("f2", "alba", "cana", 1991, "stated"),
    ("f3", "alba", "dora", 1992, "estimated"),
]
SECOND = [
    ("s1", "borea", "cana", 1995, "stated"),
    ("s2", "borea", "dora", 1996, "stated"),
    ("s3", "elba", "borea", 1997, "stated"),
]


def _stances(facts: list[tuple]) -> str:
    keys = ("name", "one", "two", "when", "grade")
    return "".join(STANCE.format(**dict(zip(keys, fact, strict=True))) for fact in facts)


@pytest.fixture
def files(write_graph) -> list[str]:
    """Two sources that tell of five entities."""
    first = write_graph(NAMES.format(name="first") + ENTITIES + _stances(FIRST), "first.ttl")
    second = write_graph(NAMES.format(name="second") + _stances(SECOND), "second.ttl")
    return [str(first), str(second)]


@pytest.fixture
def two(files):
    """The graph of both."""
    return open_graph(*files)


def rows(graph, measure: str = "degree", **options) -> dict[str, object]:
    found = central(measure, graph=graph, most=None, **{"bootstrap": 0, **options}).ranking
    return {row.entity.label: row for row in found}


def run(*call: str):
    return CliRunner().invoke(cli, list(call))


def test_ranks_by_hand(two) -> None:
    """Borea has four ties, Alba three, Cana and Dora two each and share a rank, Elba one."""
    found = rows(two)
    assert {n: (r.score, r.rank, r.tied) for n, r in found.items()} == {
        "Borea": (4, 1, False), "Alba": (3, 2, False), "Cana": (2, 3, True), "Dora": (2, 3, True),
        "Elba": (1, 5, False),
    }  # fmt: skip
    assert list(found) == ["Borea", "Alba", "Cana", "Dora", "Elba"]


def test_stability_by_hand(two) -> None:
    """Without the first source Alba is gone, without the second Elba; the rest move a little."""
    kept = {name: row.stability for name, row in rows(two).items()}
    assert {name: s.without for name, s in kept.items()} == {
        "Borea": {"first": 1, "second": 2},
        "Alba": {"first": None, "second": 1},
        "Cana": {"first": 2, "second": 2},
        "Dora": {"first": 2, "second": 2},
        "Elba": {"first": 2, "second": None},
    }
    assert {name: (s.best, s.worst) for name, s in kept.items()} == {
        "Borea": (1, 2), "Alba": (1, 5), "Cana": (2, 3), "Dora": (2, 3), "Elba": (2, 5),
    }  # fmt: skip
    assert {name: s.hangs_on for name, s in kept.items()} == {
        "Borea": None, "Alba": "first", "Cana": None, "Dora": None, "Elba": "second",
    }  # fmt: skip
    assert {name: s.without_estimates for name, s in kept.items()} == {
        "Borea": 1, "Alba": 2, "Cana": 2, "Dora": 4, "Elba": 4,
    }  # fmt: skip


def test_what_only_an_estimate_tells_is_gone_without_estimates(write_graph) -> None:
    """An entity tied by an estimated fact alone has no rank among the firm facts."""
    facts = [*FIRST[:2], ("f3", "dora", "alba", 1992, "estimated")]
    path = write_graph(NAMES.format(name="only") + ENTITIES + _stances(facts))
    found = rows(open_graph(path))
    assert found["Dora"].stability.without_estimates is None
    assert found["Alba"].stability.without_estimates == 1


def test_a_rank_three_times_as_far_down_hangs_on_the_source(write_graph) -> None:
    """From rank 1 to 4 a rank hangs on a source, from 1 to 3 it does not."""
    one = [(f"f{n}", "alba", other, 1990, "stated") for n, other in enumerate(("borea", "cana"))]
    two = [("s0", "borea", "cana", 1990, "stated"), ("s1", "borea", "dora", 1990, "stated"),
           ("s2", "cana", "dora", 1990, "stated"), ("s3", "alba", "elba", 1990, "stated")]  # fmt: skip
    first = write_graph(NAMES.format(name="first") + ENTITIES + _stances(one), "a.ttl")
    second = write_graph(NAMES.format(name="second") + _stances(two), "b.ttl")
    found = rows(open_graph(first, second))
    # without the first: Borea, Cana, Dora have two ties each, Alba and Elba one
    assert (found["Alba"].rank, found["Alba"].stability.without["first"]) == (1, 4)
    assert found["Alba"].stability.hangs_on == "first"
    assert (found["Borea"].rank, found["Borea"].stability.without["first"]) == (1, 1)
    assert found["Borea"].stability.without["second"] == 2
    assert found["Borea"].stability.hangs_on is None
    two = [("s0", "borea", "cana", 1990, "stated"), ("s1", "borea", "dora", 1990, "stated"),
           ("s2", "cana", "alba", 1990, "stated")]  # fmt: skip
    second = write_graph(NAMES.format(name="second") + _stances(two), "b.ttl")
    found = rows(open_graph(first, second))
    # without the first: Borea and Cana have two ties each, Alba and Dora one
    assert (found["Alba"].rank, found["Alba"].stability.without["first"]) == (1, 3)
    assert found["Alba"].stability.hangs_on is None


@pytest.mark.thorough
@pytest.mark.parametrize("measure", [m for m in MEASURES if m not in ("in-degree", "out-degree")])
@pytest.mark.parametrize("projection", ["facts", "agreements", "transfers"])
def test_without_a_source_equals_the_network_without_it(shipped, measure, projection) -> None:
    """Ranks with a source left out are those that networkx gives for the network without it."""
    found = rows(shipped, measure, projection=projection)
    for source in ("yubin-2000", "mitchell-2007"):
        net = network(shipped, projection=projection, without_source=source)
        expected = _by_networkx(net, measure)
        ours = {row.entity.id: row.stability.without[source] for row in found.values()}
        assert {n for n, rank in ours.items() if rank is not None} == set(expected) & set(ours)
        for node, rank in ours.items():
            if rank is not None:
                # networkx finds eigenvectors by steps, so its small scores are equal but for noise
                above = sum(s > expected[node] + 1e-9 for s in expected.values())
                alike = sum(abs(s - expected[node]) <= 1e-9 for s in expected.values())
                last = above + (alike if measure == "eigenvector" else 1)
                assert above < rank <= last, (source, node)


def _by_networkx(net, measure: str) -> dict[str, float]:
    flat = simple(net)
    if measure == "degree":
        return dict(net.degree())
    if measure == "weighted-degree":
        return dict(net.degree(weight="weight"))
    if measure == "betweenness":
        return nx.betweenness_centrality(flat)
    if measure == "closeness":
        return nx.closeness_centrality(flat)
    if measure == "pagerank":
        way = nx.DiGraph() if net.is_directed() else nx.Graph()
        for one, two, weight in net.edges(data="weight"):
            held = way.get_edge_data(one, two, {"weight": 0})["weight"]
            way.add_edge(one, two, weight=held + weight)
        return nx.pagerank(way, tol=1e-14, max_iter=5000)
    parts = sorted(nx.connected_components(flat), key=lambda part: (-len(part), min(part)))
    main = flat.subgraph(parts[0])
    found = nx.eigenvector_centrality(main, max_iter=100_000, tol=1e-13, weight="weight")
    return dict.fromkeys(flat, 0.0) | found


@pytest.mark.parametrize("projection", [p.name for p in projections()])
def test_every_projection_can_be_ranked(shipped, projection: str) -> None:
    """Each declared projection has a ranking by each measure that its direction allows."""
    directed = network(shipped, projection=projection).is_directed()
    for measure in MEASURES:
        if measure in ("in-degree", "out-degree") and not directed:
            with pytest.raises(OptionError, match="has no direction"):
                rows(shipped, measure, projection=projection)
        else:
            found = central(measure, graph=shipped, projection=projection, most=3, bootstrap=2)
            assert found.ranking[0].rank == 1
            assert found.question.projection == projection


def test_directions_by_hand(two) -> None:
    """In the projection of stances who sees is apart from who is seen, and PageRank follows."""
    out = {n: r.score for n, r in rows(two, "out-degree", projection="stances").items()}
    assert out == {"Alba": 3, "Borea": 2, "Elba": 1, "Cana": 0, "Dora": 0}
    seen = {n: r.score for n, r in rows(two, "in-degree", projection="stances").items()}
    assert seen == {"Borea": 2, "Cana": 2, "Dora": 2, "Alba": 0, "Elba": 0}
    walked = rows(two, "pagerank", projection="stances")
    assert walked["Alba"].score == walked["Elba"].score == min(r.score for r in walked.values())
    both = rows(two, "betweenness", projection="stances")
    assert both["Borea"].score == rows(two, "betweenness")["Borea"].score > 0


def test_one_class_is_ranked_within_the_whole_network(two, shipped) -> None:
    """Organizations alone are ranked by what they are in the network of all."""
    found = rows(two, of="organizations")
    assert {n: (r.score, r.rank) for n, r in found.items()} == {"Elba": (1, 1)}
    whole = rows(shipped, "betweenness")
    agreements = rows(shipped, "betweenness", of="agreement")
    assert {r.entity.type for r in agreements.values()} == {"Agreement"}
    for name, row in agreements.items():
        assert row.score == whole[name].score
        assert row.rank == 1 + sum(r.score > row.score for r in agreements.values())
    persons = {r.entity.type for r in rows(shipped, of="persons").values()}
    assert persons == {"Person", "Leader"}


@pytest.mark.parametrize(
    "name", ["weapons", "weapon", "WeaponSystem", "weapon systems", "Weapon-System"]
)
def test_classes_have_several_names(shipped, name: str) -> None:
    """A class is known by its name in the singular, the plural and the vocabulary."""
    assert central(graph=shipped, of=name, most=1, bootstrap=0).question.of == "weapon systems"


def test_the_bootstrap_is_decided_by_its_seed(shipped) -> None:
    """The same seed gives the same intervals, another seed others; 0 draws give none."""

    def drawn(seed: int, draws: int = 30) -> list[object]:
        found = central("pagerank", graph=shipped, most=40, bootstrap=draws, seed=seed)
        return [row.stability.bootstrap for row in found.ranking]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    assert drawn(1, draws=0) == [None] * 40


def test_the_bootstrap_draws_facts(two) -> None:
    """As many facts are drawn as there are; one drawn twice weighs two, one not drawn is gone."""
    views = Views(read_edges(two, "facts"), None, Include.CONCLUDED)
    drawn = list(views.redrawn(200, 0))
    assert all(view.times.sum() == 6 for view in drawn)
    assert any(2 in view.times for view in drawn)
    assert all((view.weight == view.times).all() for view in drawn)
    sizes = {len(view.times) for view in drawn}
    assert max(sizes) <= 6
    assert len(sizes) > 2
    # each fact is drawn once on the average
    assert 5.5 < sum(len(v.times) for v in drawn) / 200 / (1 - (5 / 6) ** 6) < 6.5


def test_an_agreement_told_by_several_facts_weighs_their_mean(shipped) -> None:
    """Over many draws a tie weighs what it weighs, however many facts tell of it."""
    views = Views(read_edges(shipped, "agreements"), None, Include.CONCLUDED)
    assert views.ties.facts.max() > 1
    mean = sum(view.weight.sum() for view in views.redrawn(300, 0)) / 300
    assert mean == pytest.approx(views.whole.weight.sum(), rel=0.03)


def test_intervals_hold_the_ranks_of_nine_draws_in_ten(two) -> None:
    """The lead of Borea over Alba is one fact, so either may be first; Elba is never."""
    kept = {n: r.stability.bootstrap for n, r in rows(two, bootstrap=400).items()}
    assert kept["Borea"].low == 1
    assert kept["Alba"].low == 1
    assert kept["Elba"].low > 1
    assert kept["Elba"].high == 5 or kept["Elba"].high == 6
    assert all(interval.low <= interval.high for interval in kept.values())


def test_as_of_and_include(two) -> None:
    """As of 1991 only two views are held, and the record says as of when."""
    found = central(graph=two, as_of="1991", most=None, bootstrap=0)
    assert {r.entity.label: r.score for r in found.ranking} == {"Alba": 2, "Borea": 1, "Cana": 1}
    assert found.question.as_of.edtf == "1991"
    assert (found.question.entities, found.question.facts) == (3, 2)


def test_an_empty_network_says_so(two) -> None:
    """Before anything is told there is no ranking, and the absence says so."""
    found = central(graph=two, as_of="1900")
    assert found.ranking == ()
    assert found.absence.detail == "The network of facts has no entities as of 1900."
    none = central(graph=two, of="weapons")
    assert none.absence.detail == "The network of facts has no weapon systems."
    assert none.question.entities == 5


def test_a_network_of_one_source_is_noted(two) -> None:
    """Where all rests on one source every rank hangs on it, which is said once."""
    found = central(graph=two, as_of="1992", bootstrap=0)
    assert found.notes == ("the whole network rests on one source, first.",)
    assert {row.stability.hangs_on for row in found.ranking} == {"first"}


def test_a_sample_is_said_to_be_one(shipped) -> None:
    """Estimated betweenness is declared, in the record and as a note, and is near the exact one."""
    found = central("betweenness", graph=shipped, sample=300, most=5, bootstrap=0)
    assert (found.question.exact, found.question.sample) == (False, 300)
    assert "estimated from paths that begin at 300 of" in found.notes[0]
    exact = central("betweenness", graph=shipped, most=5, bootstrap=0)
    assert (exact.question.exact, exact.question.sample, exact.notes) == (True, None, ())
    assert found.ranking[0].score == pytest.approx(exact.ranking[0].score, rel=0.1)


def test_over_time_by_hand(two) -> None:
    """Year by year: Alba leads alone from 1991, Borea passes it in 1997."""
    found = central_over_time(graph=two, last=1998)
    assert (found.question.first, found.question.last) == (1990, 1998)
    ranks = {c.entity.label: {p.year: p.rank for p in c.points} for c in found.entities}
    assert ranks["Alba"] == {
        1990: 1, 1991: 1, 1992: 1, 1993: 1, 1994: 1, 1995: 1, 1996: 1, 1997: 2, 1998: 2,
    }  # fmt: skip
    assert ranks["Borea"] == {
        1990: 1, 1991: 2, 1992: 2, 1993: 2, 1994: 2, 1995: 2, 1996: 1, 1997: 1, 1998: 1,
    }  # fmt: skip
    assert ranks["Elba"] == {1997: 5, 1998: 5}
    sizes = {y.year: (y.entities, y.facts, y.ranked) for y in found.years}
    assert sizes[1990] == (2, 1, 2)
    assert sizes[1998] == (5, 6, 5)


def test_each_year_is_the_ranking_as_of_that_year(shipped) -> None:
    """What a year says is what central says as of it."""
    found = central_over_time("closeness", graph=shipped, of="agents", first=1999, last=2001)
    for year in (1999, 2001):
        then = central(
            "closeness", graph=shipped, of="agents", as_of=str(year), most=None, bootstrap=0
        )
        places = {row.entity.id: (row.rank, row.score) for row in then.ranking}
        for course in found.entities:
            point = next((p for p in course.points if p.year == year), None)
            assert places.get(course.entity.id) == (point and (point.rank, point.score))


def test_whoever_led_in_a_year_is_shown(two) -> None:
    """With one place asked for, the leader of the last year comes first and earlier ones follow."""
    found = central_over_time(graph=two, last=1998, most=1)
    assert [course.entity.label for course in found.entities] == ["Borea", "Alba"]


def test_over_time_without_dated_facts(write_graph) -> None:
    """A network without dates has no years, and the absence says so."""
    path = write_graph(NAMES.format(name="none") + ENTITIES)
    found = central_over_time(graph=open_graph(path))
    assert (found.years, found.entities) == ((), ())
    assert "no dated facts" in found.absence.detail


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measure": "fame"}, "no measure “fame”"),
        ({"projection": "dreams"}, "no projection “dreams”; use one of agreements"),
        ({"of": "fish"}, "no kind of entity “fish”; use a class \\(agent, agreement"),
        ({"most": 0}, "at least one place"),
        ({"bootstrap": -1}, "no fewer than 0"),
        ({"sample": 0, "measure": "betweenness"}, "at least one node"),
        ({"measure": "out-degree"}, "the projection “facts” has no direction"),
    ],
)
def test_bad_arguments(shipped, options: dict, message: str) -> None:
    """What can be no ranking is one clear line."""
    with pytest.raises(OptionError, match=message):
        central(graph=shipped, **options)
    with pytest.raises(DateError):
        central(graph=shipped, as_of="some day")


def test_years_that_run_backwards_are_refused(shipped) -> None:
    """From 2001 to 1999 there is no year."""
    with pytest.raises(OptionError, match="run backwards, from 2001 to 1999"):
        central_over_time(graph=shipped, first=2001, last=1999)
    with pytest.raises(OptionError, match="from 1 to 9999"):
        central_over_time(graph=shipped, first=0, last=1999)


def test_progress_tells_what_is_done(two) -> None:
    """Each variation is told of before it is measured."""
    said: list[str] = []
    central(graph=two, bootstrap=2, progress=said.append)
    assert said[-3:] == [
        "measuring without estimates and rumours", "measuring draw 1 of 2", "measuring draw 2 of 2",
    ]  # fmt: skip
    assert "measuring without first" in said


def test_the_command_shows_ranks_ties_and_what_they_hang_on(files: list[str]) -> None:
    """The table has ranks with their ties, intervals, and the source on which a rank hangs."""
    graphs = [word for path in files for word in ("--graph", path)]
    result = run("central", *graphs, "--bootstrap", "5")
    assert result.exit_code == 0, result.output
    lines = [line.split() for line in result.stdout.splitlines()]
    assert result.stdout.startswith("degree in the network of facts: 5 entities, 6 facts\n")
    assert lines[1][:4] == ["rank", "entity", "class", "score"]
    assert lines[3][:6] == ["2", "Alba", "Country", "3", "1–5", "2"]
    assert lines[3][-1] == "first"
    assert [line[:2] for line in lines[4:6]] == [["=3", "Cana"], ["=3", "Dora"]]
    assert "drawn" not in run("central", *graphs, "--bootstrap", "0").stdout


def test_the_command_shows_years(files: list[str]) -> None:
    """Over time the table has entities by years, and – where an entity is not there yet."""
    graphs = [word for path in files for word in ("--graph", path)]
    result = run("central", *graphs, "--over-time", "--from", "1995", "--to", "1998")
    assert result.exit_code == 0, result.output
    table = {line.split("  ")[0]: line.split()[-4:] for line in result.stdout.splitlines()}
    assert table["rank by degree"] == ["1995", "1996", "1997", "1998"]
    assert table["Elba"] == ["–", "–", "5", "5"]
    assert table["(entities ranked)"] == ["4", "4", "5", "5"]
    assert result.stderr == ""
    wide = run("central", "--over-time")
    assert "every 50 years" in wide.stderr
    assert max(map(len, wide.stdout.splitlines())) <= 100


def test_json_is_the_librarys_record(shipped) -> None:
    """With --json each form of the command prints exactly the record."""
    result = run("central", "--of", "agents", "-n", "4", "--bootstrap", "3", "--json")
    same = central(graph=shipped, of="agents", most=4, bootstrap=3).to_dict()
    assert json.loads(result.stdout) == same
    assert set(same["ranking"][0]["stability"]) == {
        "best", "worst", "without", "without_estimates", "bootstrap", "hangs_on",
    }  # fmt: skip
    years = run("central", "--over-time", "--from", "1999", "--to", "2001", "-n", "2", "--json")
    found = central_over_time(graph=shipped, first=1999, last=2001, most=2)
    assert json.loads(years.stdout) == found.to_dict()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (["--projection", "dreams"], "there is no projection “dreams”"),
        (["--of", "fish"], "there is no kind of entity “fish”"),
        (["--bootstrap", "-1"], "-1 is not in the range"),
        (["--from", "1990"], "--from and --to belong to --over-time"),
        (["--over-time", "--as-of", "1990"], "leave out --as-of"),
        (["--over-time", "--from", "1990", "--to", "1980"], "run backwards"),
        (["--measure", "in-degree"], "has no direction"),
        (["-n", "0"], "0 is not in the range"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_bad_calls_are_one_clear_line(call: list[str], message: str) -> None:
    """Exit code 2, nothing on standard output, one line on standard error."""
    result = run("central", *call)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_command_knows_the_measures() -> None:
    """The choices of the command, which loads no library for its help, are the library's."""
    assert command._MEASURES == MEASURES


def test_files_stay_files(files: list[str]) -> None:
    """The made-up graph is two files, so that leaving one out is leaving a source out."""
    alone = rows(open_graph(Path(files[0])))
    assert {n: r.score for n, r in alone.items()} == {"Alba": 3, "Borea": 1, "Cana": 1, "Dora": 1}
