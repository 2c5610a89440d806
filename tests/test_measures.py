"""The measures over arrays: hand-made networks, and every engine against networkx."""

from __future__ import annotations

from importlib.util import find_spec

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph import measures
from diplograph.errors import OptionError
from diplograph.measures import arrays, components, merged, method_for, places, scores
from diplograph.measures.partition import alike, best_matches, leiden, modularity

ENGINES = [
    "scipy",
    pytest.param(
        "igraph",
        marks=pytest.mark.skipif(find_spec("igraph") is None, reason="igraph is not installed"),
    ),
]
# a – b – c – d, and the pair e – f apart from them
PATH = np.array([0, 1, 2, 4], np.int32), np.array([1, 2, 3, 5], np.int32)


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    """Simple networks of up to 14 nodes, often in several parts, with weights that differ."""
    nodes = draw(st.integers(1, 14))
    pairs = [(a, b) for a in range(nodes) for b in range(nodes) if a < b]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=26)) if pairs else []
    flipped = [pair if draw(st.booleans()) else pair[::-1] for pair in sorted(chosen)]
    weight = draw(
        st.lists(st.floats(0.25, 8), min_size=len(flipped), max_size=len(flipped))
    )  # fmt: skip
    ends = np.array(flipped, np.int32).reshape(-1, 2)
    return nodes, ends[:, 0], ends[:, 1], np.array(weight)


def as_networkx(network, directed: bool = False):
    nodes, one, two, weight = network
    net = nx.DiGraph() if directed else nx.Graph()
    net.add_nodes_from(range(nodes))
    net.add_weighted_edges_from(zip(one.tolist(), two.tolist(), weight.tolist(), strict=True))
    return net


def column(found: dict[int, float]) -> list[float]:
    return [found[node] for node in sorted(found)]


@pytest.mark.parametrize("engine", [*ENGINES, "networkx"])
@given(network=networks())
@settings(max_examples=60, deadline=None)
def test_betweenness_and_closeness_equal_networkx(engine: str, network) -> None:
    """On any network, in parts or not, every engine gives what networkx's own functions give."""
    nodes, one, two, _ = network
    net = as_networkx(network)
    between = scores("betweenness", nodes, one, two, engine=engine)
    assert between == pytest.approx(column(nx.betweenness_centrality(net)), abs=1e-12)
    close = scores("closeness", nodes, one, two, engine=engine)
    assert close == pytest.approx(column(nx.closeness_centrality(net)), abs=1e-12)


@pytest.mark.parametrize("directed", [False, True])
@given(network=networks())
@settings(max_examples=60, deadline=None)
def test_pagerank_equals_networkx(directed: bool, network) -> None:
    """PageRank by weights is networkx's, with and without direction."""
    nodes, one, two, weight = network
    expected = nx.pagerank(as_networkx(network, directed), tol=1e-14, max_iter=2000)
    found = scores("pagerank", nodes, one, two, weight, directed=directed)
    assert found == pytest.approx(column(expected), rel=1e-9)
    assert found.sum() == pytest.approx(1)


@given(network=networks())
@settings(max_examples=60, deadline=None)
def test_eigenvector_centrality_is_the_leading_eigenvector(network) -> None:
    """Within the largest part the weights times the scores are the scores, scaled; 0 elsewhere."""
    nodes, one, two, weight = network
    net = as_networkx(network)
    main = sorted(sorted(nx.connected_components(net), key=lambda p: (-len(p), min(p)))[0])
    found = scores("eigenvector", nodes, one, two, weight)
    assert not found[[n for n in range(nodes) if n not in main]].any()
    if len(main) > 1:
        matrix = nx.to_numpy_array(net, nodelist=range(nodes))[np.ix_(main, main)]
        largest = np.linalg.eigvalsh(matrix)[-1]
        assert matrix @ found[main] == pytest.approx(largest * found[main], abs=1e-8)
        assert (found[main] >= 0).all()
        assert np.linalg.norm(found) == pytest.approx(1)
    else:
        assert not found.any()


@given(network=networks())
@settings(max_examples=40, deadline=None)
def test_degrees_and_parts_equal_networkx(network) -> None:
    """Degrees, weighted or of one direction, and connected parts are networkx's."""
    nodes, one, two, weight = network
    net, ways = as_networkx(network), as_networkx(network, directed=True)
    expected = {
        "degree": net.degree(), "weighted-degree": net.degree(weight="weight"),
        "in-degree": ways.in_degree(), "out-degree": ways.out_degree(),
    }  # fmt: skip
    for measure, degrees in expected.items():
        for engine in ("scipy", "networkx"):
            directed = measure in measures.DIRECTED
            found = scores(measure, nodes, one, two, weight, directed=directed, engine=engine)
            assert found == pytest.approx(column(dict(degrees)))
    part = components(nodes, one, two)
    assert part.tolist() == components(nodes, one, two, engine="networkx").tolist()
    assert {frozenset(np.flatnonzero(part == p).tolist()) for p in set(part.tolist())} == {
        frozenset(p) for p in nx.connected_components(net)
    }


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("measure", ["betweenness", "closeness"])
@given(network=networks(), sample=st.integers(1, 6), seed=st.integers(0, 5))
@settings(max_examples=40, deadline=None)
def test_samples_equal_the_reference(engine: str, measure: str, network, sample, seed) -> None:
    """From the same sample of nodes all engines estimate the same."""
    nodes, one, two, _ = network
    found = scores(measure, nodes, one, two, sample=sample, seed=seed, engine=engine)
    reference = scores(measure, nodes, one, two, sample=sample, seed=seed, engine="networkx")
    assert found == pytest.approx(reference, abs=1e-12)


def test_samples_are_unbiased() -> None:
    """Over many samples the estimate of betweenness and closeness comes out at the exact value."""
    net = nx.karate_club_graph()
    one, two = np.array(net.edges(), np.int32).T
    for measure in ("betweenness", "closeness"):
        exact = scores(measure, 34, one, two)
        drawn = [
            scores(measure, 34, one, two, sample=8, seed=s, engine="scipy") for s in range(400)
        ]
        assert np.mean(drawn, axis=0) == pytest.approx(exact, abs=0.03)
        assert np.std(drawn, axis=0).max() > 0.01


def test_eigenvector_of_a_larger_network_equals_the_dense_one() -> None:
    """The iterative solver, used from 33 nodes on, finds the dense solver's vector."""
    net = nx.connected_watts_strogatz_graph(120, 4, 0.2, seed=4)
    one, two = np.array(net.edges(), np.int32).T
    weight = np.random.default_rng(1).random(len(one)) + 0.1
    matrix = np.zeros((120, 120))
    matrix[one, two] = matrix[two, one] = weight
    dense = np.abs(np.linalg.eigh(matrix)[1][:, -1])
    assert scores("eigenvector", 120, one, two, weight) == pytest.approx(dense, abs=1e-9)
    found = scores("eigenvector", 120, one, two, weight, engine="networkx")
    assert found == pytest.approx(dense, abs=1e-6)


def test_a_path_by_hand() -> None:
    """a–b–c–d and e–f: the values of every measure, worked out by hand."""
    between = scores("betweenness", 6, *PATH)
    # b lies between a and c, a and d: 2 of the 10 pairs of others
    assert between == pytest.approx([0, 0.2, 0.2, 0, 0, 0])
    close = scores("closeness", 6, *PATH)
    # a reaches 3 of 5 others in 1 + 2 + 3 steps: 3/6 · 3/5; e reaches 1 of 5 in 1 step
    assert close == pytest.approx([0.3, 0.45, 0.45, 0.3, 0.2, 0.2])
    assert scores("degree", 6, *PATH).tolist() == [1, 2, 2, 1, 1, 1]
    weighed = scores("weighted-degree", 6, *PATH, np.array([0.5, 2, 4, 8]))
    assert weighed.tolist() == [0.5, 2.5, 6, 4, 8, 8]
    golden = (1 + 5**0.5) / 2
    eigen = scores("eigenvector", 6, *PATH)
    assert eigen[1] / eigen[0] == pytest.approx(golden)
    assert eigen[4:].tolist() == [0, 0]
    assert components(6, *PATH).tolist() == [0, 0, 0, 0, 1, 1]
    assert scores("pagerank", 6, *PATH)[4] == pytest.approx(1 / 6)


def test_parallel_edges_are_one_path() -> None:
    """Merged, two edges of one pair are one, with their weights together, whichever way they go."""
    one, two = np.array([2, 0, 1, 1, 3]), np.array([1, 1, 0, 2, 3])
    ends = merged(one, two, np.array([1, 2, 3, 4, 9.0]))
    assert [column.tolist() for column in ends] == [[0, 1], [1, 2], [5, 5]]
    assert scores("betweenness", 3, ends[0], ends[1]).tolist() == [0, 1, 0]
    ways = merged(one, two, np.array([1, 2, 3, 4, 9.0]), directed=True)
    assert [column.tolist() for column in ways] == [[0, 1, 1, 2], [1, 0, 2, 1], [2, 3, 4, 1]]


def test_how_often_an_edge_counts_is_for_degrees_only() -> None:
    """An edge drawn twice counts twice in the degree, and not in the weighted degree."""
    times, weight = np.array([2, 1, 1, 1.0]), np.array([0.5, 1, 1, 1])
    assert scores("degree", 6, *PATH, weight, times=times)[0] == 2
    assert scores("weighted-degree", 6, *PATH, weight, times=times)[0] == 0.5


def test_equal_scores_share_a_rank_and_near_ones_too() -> None:
    """Ties are ties, also where an engine's last digits differ; what differs more does not."""
    rank, shared = places(np.array([0.3, 0.1 + 0.2, 1.0, 0.3 * (1 - 1e-6)]))
    assert rank.tolist() == [2, 2, 1, 4]
    assert shared[0] == shared[1]
    assert places(np.array([]))[0].tolist() == []
    assert places(np.array([1e-17, 0.0, 1.0]))[0].tolist() == [2, 2, 1]
    ring = np.arange(40, dtype=np.int32)
    for measure in measures.MEASURES:
        found = scores(
            measure, 40, ring, np.roll(ring, 1), directed=measure.startswith(("in", "o"))
        )
        assert set(places(found)[0].tolist()) == {1}, measure


def test_the_method_is_said() -> None:
    """Small networks are measured exactly, large ones from a sample, unless a sample is given."""
    assert method_for("betweenness", 1000, 2000).exact
    large = method_for("betweenness", 10**6, 2 * 10**6)
    assert (large.engine, large.exact, large.sample) == ("scipy", False, measures.SAMPLE)
    assert method_for("pagerank", 10**6, 2 * 10**6).exact
    assert method_for("betweenness", 10, 10, sample=10).exact
    assert not method_for("betweenness", 10, 10, sample=9).exact
    assert method_for("betweenness", 10**4, 10**4).exact
    assert not method_for("betweenness", 10**4, 10**4, times=100).exact


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: scores("fame", 6, *PATH), "no measure “fame”; use one of degree"),
        (lambda: scores("betweenness", 6, *PATH, engine="abacus"), "use one of igraph, scipy"),
        (lambda: scores("pagerank", 6, *PATH, engine="igraph"), "use one of scipy, networkx"),
        (lambda: scores("in-degree", 6, *PATH), "needs a directed network"),
        (lambda: scores("betweenness", 6, *PATH, sample=0), "at least one node"),
        (lambda: components(6, *PATH, engine="igraph"), "use one of numpy, networkx"),
        (lambda: leiden(6, *PATH, resolution=0), "more than 0"),
        (lambda: leiden(6, *PATH, resolution=float("nan")), "more than 0"),
    ],
)
def test_what_cannot_be_measured_is_refused(call, message: str) -> None:
    """A measure, engine, sample or resolution that is none is one clear line."""
    with pytest.raises(OptionError, match=message):
        call()


def test_without_igraph_scipy_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where igraph is not installed paths are followed by scipy, and asking for it is refused."""
    monkeypatch.setattr(measures, "find_spec", lambda name: None)
    assert method_for("betweenness", 6, 4).engine == "scipy"
    with pytest.raises(OptionError, match=r"pip install 'diplograph\[fast\]'"):
        method_for("betweenness", 6, 4, engine="igraph")


def test_many_columns_are_taken_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the table of all nodes is too large it is worked through in parts."""
    whole = [scores(m, 6, *PATH, engine="scipy") for m in ("betweenness", "closeness")]
    monkeypatch.setattr(arrays, "_CELLS", 12)
    parts = [scores(m, 6, *PATH, engine="scipy") for m in ("betweenness", "closeness")]
    assert np.allclose(whole, parts)


def test_empty_and_single_networks() -> None:
    """No node gives no score, and one node alone scores nothing but PageRank."""
    none = np.zeros(0, np.int32)
    for measure in ("degree", "betweenness", "closeness", "eigenvector", "pagerank"):
        assert scores(measure, 0, none, none).shape == (0,)
        assert scores(measure, 1, none, none).tolist() == [float(measure == "pagerank")]
    assert components(0, none, none).shape == (0,)
    assert leiden(2, none, none).tolist() == [0, 1]


@pytest.mark.parametrize("seed", range(5))
def test_long_chains_and_stars_in_any_order_are_one_part_each(seed: int) -> None:
    """What takes the most rounds of hooking: long chains, and stars with their middle last."""
    chance = np.random.default_rng(seed)
    chain = chance.permutation(3_000)
    star = 3_000 + np.arange(500)
    one = np.concatenate((chain[:-1], np.full(499, star[-1])))
    two = np.concatenate((chain[1:], star[:-1]))
    order = chance.permutation(len(one))
    part = components(3_501, one[order].astype(np.int32), two[order].astype(np.int32))
    assert part.tolist() == [0] * 3_000 + [1] * 500 + [2]


@given(network=networks(), seed=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_leiden_communities_hang_together(network, seed: int) -> None:
    """Every community is connected, which Louvain's need not be, and modularity is networkx's."""
    nodes, one, two, weight = network
    net = as_networkx(network)
    found = leiden(nodes, one, two, weight, seed=seed)
    groups = [set(np.flatnonzero(found == g).tolist()) for g in range(found.max() + 1)]
    assert all(nx.is_connected(net.subgraph(group)) for group in groups)
    assert found.tolist() == leiden(nodes, one, two, weight, seed=seed).tolist()
    if len(one):
        for resolution in (0.5, 1, 2):
            assert modularity(one, two, weight, found, resolution) == pytest.approx(
                nx.community.modularity(net, groups, resolution=resolution)
            )
    else:
        assert modularity(one, two, weight, found) == 0


def test_leiden_is_no_worse_than_louvain() -> None:
    """The best of a few searches has at least the modularity of networkx's Louvain."""
    net = nx.karate_club_graph()
    one, two = np.array(net.edges(), np.int32).T
    weight = np.ones(len(one))
    best = max(modularity(one, two, weight, leiden(34, one, two, seed=s)) for s in range(5))
    louvain = max(
        nx.community.modularity(
            net, nx.community.louvain_communities(net, weight=None, seed=s), weight=None
        )
        for s in range(5)
    )
    assert best >= louvain - 1e-12


def test_a_planted_division_is_found() -> None:
    """Four cliques joined in a ring by single edges are four communities; resolution splits."""
    net = nx.ring_of_cliques(4, 6)
    one, two = np.array(net.edges(), np.int32).T
    assert leiden(24, one, two).tolist() == [n // 6 for n in range(24)]
    assert leiden(24, one, two, resolution=0.01).max() == 0
    assert leiden(24, one, two, resolution=50).max() == 23


def test_likeness_of_divisions_by_hand() -> None:
    """The adjusted Rand index and Jaccard's matches on small divisions."""
    first = np.array([0, 0, 0, 1, 1, 1])
    assert alike(first, first[::-1]) == 1
    # 3 + 3 pairs together in the first, 1 + 1 + 1 in the second, 2 in both, of 15 pairs in all
    assert alike(first, np.array([0, 0, 1, 1, 2, 2])) == pytest.approx(
        (2 - 6 * 3 / 15) / (4.5 - 1.2)
    )
    assert alike(np.zeros(3, int), np.zeros(3, int)) == 1
    again = best_matches(first, np.array([0, 0, 1, 1, -1, -1]))
    assert again.tolist() == pytest.approx([2 / 3, 1 / 4])
    assert best_matches(first, np.full(6, -1)).tolist() == [0, 0]
