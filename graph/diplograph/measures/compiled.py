"""Measures of paths by igraph, which is compiled: the extra ``fast`` of the package.

igraph is under the GPL, so it is never installed unasked.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from diplograph.measures.arrays import Floats, Ints, part_sizes, scaled

__all__ = ["scores"]


def scores(
    measure: str, nodes: int, one: Ints, two: Ints, sources: NDArray[np.int64] | None
) -> Floats:
    """Betweenness or closeness of each node; see :func:`diplograph.measures.scores`."""
    import igraph

    net = igraph.Graph(n=nodes, edges=np.column_stack((one, two)))
    if measure == "betweenness":
        begins = None if sources is None else sources.tolist()
        # Each pair counts once, whichever end it begins at: half of the sum over both.
        return scaled(2 * np.array(net.betweenness(directed=False, sources=begins)), nodes, sources)
    # igraph measures within each connected part, and what is alone is not a number.
    others = part_sizes(nodes, one, two) - 1
    within = np.nan_to_num(np.array(net.closeness(normalized=True)))
    return np.where(others > 0, within * others / max(nodes - 1, 1), 0.0)
