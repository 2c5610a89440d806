"""Question: which pairs of states share the most agreements?

Teaches: `diplograph.network` gives the graph as a networkx multigraph: nodes are entities, edges
are facts, and any measure can be put to it. Here states and agreements form two layers; folding
the agreements away leaves states, tied by the number of agreements that they share.

Only what was concluded counts, and a predecessor is a state of its own: Qing China is not China.

Run: python examples/06_networkx.py
"""

from __future__ import annotations

import networkx as nx

import diplograph

net = diplograph.network(diplograph.open_graph())
label = nx.get_node_attributes(net, "label")
kind = nx.get_node_attributes(net, "type")

layers = nx.Graph()
for one, two, fact in net.edges(data=True):
    if fact["kind"] == "Participation" and {kind[one], kind[two]} == {"Agreement", "Country"}:
        layers.add_edge(one, two)

states = [node for node in layers if kind[node] == "Country"]
shared = nx.bipartite.weighted_projected_graph(layers, states)

pairs = [(count, sorted((label[a], label[b]))) for a, b, count in shared.edges(data="weight")]
for count, (one, two) in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
    print(f"{count:3}  {one} - {two}")
