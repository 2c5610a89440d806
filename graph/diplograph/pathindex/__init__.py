"""Chains between two nodes of a large network, fast: an index of its edges and the search in it.

:class:`PathIndex` keeps the edges of an undirected multigraph by node, cheapest first, with their
types and dates beside them, in memory or mapped from a folder; :func:`best_paths` finds the
cheapest chains in it. The nodes are numbers here: what they stand for, and what an edge costs, is
the caller's business.
"""

from diplograph.pathindex.arrays import LEVELS, PathIndex
from diplograph.pathindex.search import Chain, best_paths

__all__ = ["LEVELS", "Chain", "PathIndex", "best_paths"]
