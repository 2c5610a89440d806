"""Networks as files: GraphML, GEXF, CSV, JSON and Arrow.

All have the attributes of :func:`diplograph.networks.network`. The same network gives the same
bytes. What XML cannot hold (control characters) stands as U+FFFD in GraphML and GEXF.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diplograph.errors import OptionError
from diplograph.files import replace_file, writable
from diplograph.model import Record

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FORMATS", "WrittenNetwork", "to_bytes", "write_network"]

FORMATS = {
    "graphml": "GraphML, for Gephi, Cytoscape, yEd, igraph, networkx",
    "gexf": "GEXF 1.2, for Gephi",
    "csv": "a table of edges, for spreadsheets, pandas and R",
    "json": "node-link JSON, for D3 and networkx",
    "arrow": "an Arrow file (Feather) with the table of edges, for pandas, polars and R",
}
"""The formats and what reads them; each is also the ending of its files."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLUMNS = (
    "from", "to", "from_label", "from_type", "to_label", "to_type", "key", "label", "kind",
    "statement", "stage", "grade", "edtf", "earliest", "latest", "source", "sources", "facts",
    "weight",
)  # fmt: skip


@dataclass(frozen=True)
class WrittenNetwork(Record):
    """A network that was written: where, in which format, and how much of it."""

    path: Path
    format: str
    nodes: int
    edges: int


def write_network(
    net: nx.MultiGraph[str], path: str | Path, form: str | None = None
) -> WrittenNetwork:
    """Write a network into a file, which is replaced only when the new one is complete.

    ``form`` is one of :data:`FORMATS`; without it the ending of the file's name says it. Raises
    :class:`~diplograph.errors.OptionError` for a format that is none, and where the file cannot be
    written.
    """
    ending = Path(path).suffix.lower().lstrip(".")
    form = form or {"feather": "arrow"}.get(ending, ending)
    target = writable(path, f"network.{form}" if form in FORMATS else "network.graphml")
    replace_file(target, to_bytes(net, form))
    return WrittenNetwork(target, form, net.number_of_nodes(), net.number_of_edges())


def to_bytes(net: nx.MultiGraph[str], form: str) -> bytes:
    """A network in one of the :data:`FORMATS`.

    >>> import networkx as nx
    >>> to_bytes(nx.MultiGraph(), "csv")[:12]
    b'from,to,from'
    """
    if form not in FORMATS:
        known = ", ".join(FORMATS)
        said = f"“{form}” is no format of networks" if form else "the format is not said"
        raise OptionError(f"{said}; use one of {known}.")
    writers = {
        "graphml": _graphml, "gexf": _gexf, "csv": _csv, "json": _json, "arrow": _arrow,
    }  # fmt: skip
    return writers[form](net)


def _graphml(net: nx.MultiGraph[str]) -> bytes:
    import networkx as nx

    return ("\n".join(nx.generate_graphml(_clean(net), named_key_ids=True)) + "\n").encode()


def _gexf(net: nx.MultiGraph[str]) -> bytes:
    import networkx as nx

    # Some releases of networkx write the day of writing, which says nothing of the network.
    text = "\n".join(nx.generate_gexf(_clean(net)))
    return (re.sub(r' lastmodifieddate="[^"]*"', "", text) + "\n").encode()


def _clean(net: nx.MultiGraph[str]) -> nx.MultiGraph[str]:
    """A copy whose texts XML can hold, in order of nodes and edges."""
    made = net.__class__()
    for node, data in sorted(net.nodes(data=True)):
        made.add_node(node, **{name: _fit(value) for name, value in data.items()})
    edges = sorted(net.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for one, two, key, data in edges:
        made.add_edge(one, two, key=key, **{name: _fit(value) for name, value in data.items()})
    return made


def _fit(value: Any) -> Any:
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value


def _json(net: nx.MultiGraph[str]) -> bytes:
    import networkx as nx

    data = nx.node_link_data(_clean(net), edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _rows(net: nx.MultiGraph[str]) -> list[tuple[Any, ...]]:
    rows = []
    for one, two, key, data in sorted(net.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        if not net.is_directed() and data["subject"] != one:
            one, two = two, one
        a, b = net.nodes[one], net.nodes[two]
        ends = (one, two, a["label"], a["type"], b["label"], b["type"], key)
        rows.append((*ends, *(data[name] for name in _COLUMNS[7:])))
    return rows


def _csv(net: nx.MultiGraph[str]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_rows(net))
    return file.getvalue().encode()


def _arrow(net: nx.MultiGraph[str]) -> bytes:
    try:
        import pyarrow as pa
        from pyarrow import feather
    except ImportError:
        raise OptionError(
            "Arrow files need pyarrow, which is not installed; install diplograph[arrow]."
        ) from None
    rows = _rows(net)
    kinds = {"facts": pa.int64(), "weight": pa.float64()}
    columns = [
        pa.array([row[n] for row in rows], kinds.get(name, pa.string()))
        for n, name in enumerate(_COLUMNS)
    ]
    sink = io.BytesIO()
    feather.write_feather(pa.table(dict(zip(_COLUMNS, columns, strict=True))), sink)
    return sink.getvalue()
