"""Chains between two nodes of a large network, fast: an index of its edges and the search in it.

:class:`PathIndex` keeps the edges of an undirected multigraph by node, cheapest first, with their
types and dates beside them, in memory or mapped from a folder; :func:`best_paths` finds the
cheapest chains in it. The nodes are numbers here: what they stand for, and what an edge costs, is
the caller's business. What the caller keeps with an index goes into the same folder, by
:func:`write_arrays` and :func:`read_arrays`.
"""

from diplograph.pathindex.arrays import LEVELS, PathIndex
from diplograph.pathindex.folder import read_arrays, told, write_arrays
from diplograph.pathindex.search import Chain, best_paths

__all__ = [
    "LEVELS",
    "Chain",
    "PathIndex",
    "best_paths",
    "read_arrays",
    "told",
    "write_arrays",
]
