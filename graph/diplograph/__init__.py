"""diplograph: a knowledge graph of who agreed what with whom.

>>> import diplograph
>>> answer = diplograph.links("China", "Russia")
>>> any(link.label == "Beijing Declaration" for link in answer.answers)
True

Everything here is loaded when it is first used, so that importing the package costs little.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diplograph.answers import (
        ask,
        central,
        central_over_time,
        communities,
        conflicts,
        describe,
        links,
        path,
        timeline,
    )
    from diplograph.charts import chart
    from diplograph.completeness import coverage
    from diplograph.counts import stats
    from diplograph.errors import DiplographError
    from diplograph.model import Include
    from diplograph.networks import network
    from diplograph.questions import competency_questions
    from diplograph.render import draw
    from diplograph.skeleton import new_source
    from diplograph.sources import list_sources, verify
    from diplograph.storage import build_store
    from diplograph.store import Graph, open_graph

__all__ = [
    "DiplographError",
    "Graph",
    "Include",
    "ask",
    "build_store",
    "central",
    "central_over_time",
    "chart",
    "communities",
    "competency_questions",
    "conflicts",
    "coverage",
    "describe",
    "draw",
    "links",
    "list_sources",
    "network",
    "new_source",
    "open_graph",
    "path",
    "stats",
    "timeline",
    "verify",
]

_HOME = {
    "DiplographError": "errors",
    "Graph": "store",
    "Include": "model",
    "ask": "answers",
    "build_store": "storage",
    "central": "answers",
    "central_over_time": "answers",
    "chart": "charts",
    "communities": "answers",
    "competency_questions": "questions",
    "conflicts": "answers",
    "coverage": "completeness",
    "describe": "answers",
    "draw": "render",
    "links": "answers",
    "list_sources": "sources",
    "network": "networks",
    "new_source": "skeleton",
    "open_graph": "store",
    "path": "answers",
    "stats": "counts",
    "timeline": "answers",
    "verify": "sources",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module “diplograph” has no attribute “{name}”")
    # Read from the module's own namespace: “diplograph.links” is a module as well as a function.
    value = vars(importlib.import_module(f"diplograph.{_HOME[name]}"))[name]
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
