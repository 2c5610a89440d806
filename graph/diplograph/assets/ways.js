// The shortest path between two entities that are shown; of several, the one through what has fewest ties.

function findPath(from, to) {
  const { nodes, ties } = data;
  const cost = new Map([[from, 0]]);
  const came = new Map();
  let ring = [from];
  for (let far = 0; ring.length && !came.has(to) && from !== to; far++) {
    const next = new Map();
    for (const id of ring) {
      for (const number of nodes[id].ties) {
        const tie = ties[number];
        if (!tie.there) continue;
        const other = tie.ends[0] === id ? tie.ends[1] : tie.ends[0];
        if (cost.has(other) && !next.has(other)) continue;
        const reached = cost.get(id) + Math.log2(1 + nodes[other].ties.length);
        if (reached < (next.get(other) ?? Infinity)) { next.set(other, reached); came.set(other, number); }
      }
    }
    for (const [id, reached] of next) cost.set(id, reached);
    ring = [...next.keys()].sort((a, b) => a - b);
  }
  const path = { from, to, nodes: [to], ties: [] };
  for (let id = to; id !== from && came.has(id);) {
    const number = came.get(id);
    const { ends } = ties[number];
    id = ends[0] === id ? ends[1] : ends[0];
    path.nodes.unshift(id);
    path.ties.unshift(number);
  }
  if (path.nodes[0] !== from) path.nodes = [from, to];
  state.path = path;
  showBunches();
}

function foldToggle(node) {
  if (!state.folded.delete(node.id)) state.folded.add(node.id);
  refresh();
  const within = data.nodes[node.id].within;
  say(state.folded.has(node.id) ? `${plural(within, "entity", "entities")} folded into ${node.label}` : `${node.label} unfolded`);
}

// How many would be folded into an entity: those tied to nothing else that is shown.
function foldable(node) {
  const { nodes, ties } = data;
  const near = id => new Set(nodes[id].ties.filter(tie => ties[tie].there).flatMap(tie => ties[tie].ends));
  return [...near(node.id)].filter(id => id !== node.id && !anchored(nodes[id])
    && [...near(id)].every(other => other === id || other === node.id)).length;
}
