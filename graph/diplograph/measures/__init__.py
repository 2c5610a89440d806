"""Measures of a network given as arrays: one interface, several engines, one definition each.

A network is a number of nodes and two columns of ends, ``one`` and ``two``, one place for each
edge. :func:`merged` makes it simple, with one edge a pair, which all measures but the degrees need:
parallel edges would count as separate paths.

* ``degree``: edges of the node, parallel ones and both directions counted; ``in-degree`` and
  ``out-degree`` count one direction only;
* ``weighted-degree``: what these edges weigh together (A. Barrat and others, “The architecture of
  complex weighted networks”, PNAS 101 (2004), 3747–3752, there called strength);
* ``betweenness``: the share of the shortest paths between two others that lead through the node,
  summed over all pairs and divided by their number (L. C. Freeman, “A set of measures of centrality
  based on betweenness”, Sociometry 40 (1977), 35–41; by the algorithm of U. Brandes, Journal of
  Mathematical Sociology 25 (2001), 163–177). Where that takes too long it is estimated from the
  paths that begin at some nodes drawn at random (U. Brandes and C. Pich, “Centrality estimation in
  large networks”, International Journal of Bifurcation and Chaos 17 (2007), 2303–2318);
* ``closeness``: one over the mean number of steps to those who can be reached, times their share
  among all others (S. Wasserman and K. Faust, Social Network Analysis, 1994, 5.2.2). Where that
  takes too long, the mean is over some of them, drawn at random (D. Eppstein and J. Wang, “Fast
  approximation of centrality”, Journal of Graph Algorithms and Applications 8 (2004), 39–45);
* ``eigenvector``: being tied to those who are well tied (P. Bonacich, “Power and centrality”,
  American Journal of Sociology 92 (1987), 1170–1182): the leading eigenvector of the weights, of
  length one, within the largest connected part; 0 outside it;
* ``pagerank``: where a walker is met who follows edges by their weight and now and then, 15 times
  in 100, begins anew anywhere (L. Page and others, The PageRank Citation Ranking, 1999).

PageRank and the two degrees of one direction read an edge from ``one`` to ``two`` where the network
is directed; the other measures read it both ways. Betweenness and closeness count steps; PageRank,
eigenvector centrality and the weighted degree count weights.

Engines: ``igraph`` for all shortest paths (used where installed: the extra ``fast``), ``scipy``,
and ``networkx``, which is the reference: the tests hold the others to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from diplograph.errors import OptionError
from diplograph.measures import arrays
from diplograph.measures.arrays import Floats, Ints
from diplograph.measures.parts import components
from diplograph.model import Record

__all__ = [
    "DIRECTED", "EXACT", "MEASURES", "Method", "components", "merged", "method_for", "places",
    "scores",
]  # fmt: skip

_PATHS = ("igraph", "scipy", "networkx")
_SUMS = ("scipy", "networkx")
_ENGINES = {
    "degree": _SUMS,
    "betweenness": _PATHS,
    "eigenvector": _SUMS,
    "pagerank": _SUMS,
    "closeness": _PATHS,
    "weighted-degree": _SUMS,
    "in-degree": _SUMS,
    "out-degree": _SUMS,
}
MEASURES = tuple(_ENGINES)
"""The measures, by the names that networkx and the literature use."""

DIRECTED = ("in-degree", "out-degree", "pagerank")
"""The measures that read an edge from one end to the other where the network is directed."""

EXACT = 200_000_000
"""Up to how many nodes times edges betweenness and closeness are exact if no sample is asked for:
some seconds with igraph, half a minute with scipy. For all of several networks it is ten times as
many."""

SAMPLE = 256
"""From how many nodes paths begin where they cannot begin from all."""


@dataclass(frozen=True)
class Method(Record):
    """How a measure is taken: by which engine, of all paths or of those from a sample of nodes."""

    engine: str
    exact: bool = True
    sample: int | None = None


def method_for(
    measure: str,
    nodes: int,
    edges: int,
    sample: int | None = None,
    engine: str | None = None,
    times: int = 1,
) -> Method:
    """How :func:`scores` takes a measure of a network of that size, of ``times`` such networks.

    Raises :class:`~diplograph.errors.OptionError` for a measure or an engine that is none.

    >>> method_for("betweenness", 2_000_000, 2_000_000, engine="scipy")
    Method(engine='scipy', exact=False, sample=256)
    """
    if measure not in _ENGINES:
        raise OptionError(f"there is no measure “{measure}”; use one of {', '.join(MEASURES)}.")
    able = _ENGINES[measure]
    if engine is not None and engine not in able:
        raise OptionError(f"{measure} is not taken by “{engine}”; use one of {', '.join(able)}.")
    if engine == "igraph" and not find_spec("igraph"):
        raise OptionError("igraph is not installed: pip install 'diplograph[fast]'.")
    if sample is not None and sample < 1:
        raise OptionError("a sample has at least one node.")
    if able is not _PATHS:
        return Method(engine or able[0])
    if sample is None and nodes * edges > min(EXACT, 10 * EXACT / times):
        sample = SAMPLE
    if sample is None or sample >= nodes:
        return Method(engine or next(e for e in able if e != "igraph" or find_spec("igraph")))
    if engine is None or (engine == "igraph" and measure == "closeness"):
        engine = "scipy"  # which follows many paths at once: faster than igraph from few nodes
    return Method(engine, exact=False, sample=sample)


def scores(
    measure: str,
    nodes: int,
    one: Ints,
    two: Ints,
    weight: Floats | None = None,
    *,
    times: Floats | None = None,
    directed: bool = False,
    sample: int | None = None,
    seed: int = 0,
    engine: str | None = None,
) -> Floats:
    """The measure of each node (shape ``nodes``) of a simple network; see the module.

    Without ``weight`` each edge weighs one; ``times`` is how often each counts in the degrees, once
    if not given. ``sample`` is the number of nodes, drawn by ``seed``, at which paths begin, for
    betweenness and closeness. Raises :class:`~diplograph.errors.OptionError` as
    :func:`method_for` does, and for a degree of one direction where there are none.

    >>> star = np.array([0, 0, 0], np.int32), np.array([1, 2, 3], np.int32)
    >>> scores("betweenness", 4, *star).tolist()
    [1.0, 0.0, 0.0, 0.0]
    """
    method = method_for(measure, nodes, len(one), sample, engine)
    if nodes == 0:
        return np.zeros(0)
    one, two = np.asarray(one, np.int32), np.asarray(two, np.int32)
    if measure in ("degree", "in-degree", "out-degree"):
        weight = times
    weight = np.ones(len(one)) if weight is None else np.asarray(weight, np.float64)
    directed = directed and measure in DIRECTED
    if measure in ("in-degree", "out-degree") and not directed:
        raise OptionError(f"{measure} needs a directed network; use degree.")
    sources = None if method.sample is None else _drawn(measure, nodes, one, two, method, seed)
    if method.engine == "networkx":
        from diplograph.measures import reference

        return reference.scores(measure, nodes, one, two, weight, directed, sources)
    if method.engine == "igraph":
        from diplograph.measures import compiled

        return compiled.scores(measure, nodes, one, two, sources)
    return arrays.scores(measure, nodes, one, two, weight, directed, sources)


def merged(
    one: Ints, two: Ints, weight: Floats | None = None, *, directed: bool = False
) -> tuple[Ints, Ints, Floats]:
    """A simple network: one edge a pair, with the sum of what the parallel ones weigh.

    Ties of a node to itself are left out. Where the network is not directed, ``one`` of a pair is
    the smaller number.

    >>> merged(np.array([0, 1, 2]), np.array([1, 0, 2]))
    (array([0], dtype=int32), array([1], dtype=int32), array([2.]))
    """
    one, two = np.asarray(one, np.int32), np.asarray(two, np.int32)
    weight = np.ones(len(one)) if weight is None else np.asarray(weight, np.float64)
    apart = one != two
    one, two, weight = one[apart], two[apart], weight[apart]
    if not directed:
        one, two = np.minimum(one, two), np.maximum(one, two)
    pairs, group = np.unique((one.astype(np.int64) << 32) | two, return_inverse=True)
    weights = np.zeros(len(pairs))
    weights += np.bincount(group.reshape(-1), weights=weight, minlength=len(pairs))
    return (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32), weights


NEAR, NOUGHT = 1e-8, 1e-12


def places(found: Floats) -> tuple[Ints, Floats]:
    """The rank of each score (1 is the highest) and the score that all of that rank bear.

    Scores are equal, and share a rank, where they differ by less than a hundred-millionth of the
    larger one or a billionth of a thousandth of the largest of all: so far the engines agree on
    what is equal by definition.

    >>> places(np.array([0.1, 0.3, 0.1 + 1e-15]))[0].tolist()
    [2, 1, 2]
    """
    order = np.argsort(-found, kind="stable")
    falling = found[order]
    step = np.ones(len(found), bool)
    slack = np.maximum(NEAR * np.abs(falling[:-1]), NOUGHT * np.abs(falling[:1]))
    step[1:] = falling[:-1] - falling[1:] > slack
    first = np.flatnonzero(step)[np.cumsum(step) - 1]
    rank, shared = np.empty(len(found), np.int32), np.empty(len(found))
    rank[order] = first + 1
    shared[order] = falling[first]
    return rank, shared


def _drawn(
    measure: str, nodes: int, one: Ints, two: Ints, method: Method, seed: int
) -> NDArray[np.int64]:
    """The nodes at which paths begin: for closeness so many of each connected part, a column each.

    In every line of the table (shape sample × parts) each part has one node at most; -1 is none.
    """
    random = np.random.default_rng(seed)
    assert method.sample is not None
    if measure == "betweenness":
        return np.sort(random.choice(nodes, method.sample, replace=False))
    part = components(nodes, one, two)
    order = np.lexsort((random.permutation(nodes), part))
    begins = np.searchsorted(part[order], np.arange(part.max() + 1))
    line = np.arange(nodes) - begins[part[order]]
    kept = line < method.sample
    table = np.full((method.sample, len(begins)), -1, np.int64)
    table[line[kept], part[order][kept]] = order[kept]
    return table
