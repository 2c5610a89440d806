// The picture itself: vis-network draws nodes and lines at the places computed beforehand. What lies under
// the lines is drawn by ground.js, labels by labels.js; pointing.js says what is pointed at, physics.js moves.

// At no window a picture is drawn larger than this.
const LARGEST = 1.25;
// So much of the width is at most left to the labels at each side.
const ASIDE = 0.24;

function makeView(stops) {
  const holder = element("canvas");
  let colours = {};
  const readColours = () => {
    const style = getComputedStyle(root);
    colours = Object.fromEntries(["paper", "ink", "soft", "rule", "line", "lit", "blue", "purple", "green", "orange",
      "red", "sky", "grey", "tint0", "tint1", "tint2", "tint3", "tint4", "tint5", ...data.looks.lines.map(({ key }) => `t-${key}`)]
      .map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
  };
  readColours();

  const spots = new Map(stops.map(stop => [stop.id, { x: stop.x, y: stop.y, reach: 0 }]));
  const spot = id => spots.get(id) ?? data.nodes[id];
  const nodes = new vis.DataSet([
    ...data.nodes.map(node => ({ id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size })),
    ...stops.map(stop => ({ id: stop.id, x: stop.x, y: stop.y, shape: "dot", size: 0, borderWidth: 0, opacity: 0 })),
  ]);
  // An arrow at the end to which the facts lead, where all of them have a direction; at the last or the
  // first piece of the line.
  const arrowsOf = (line, id) => {
    const tie = data.ties[line.tie];
    const directed = tie.ways && tie.ways.every(way => way > 0);
    const leads = way => directed && tie.ways.some(each => (each & way) > 0);
    return { to: leads(1) && id === tie.lines.at(-1), from: leads(2) && id === tie.lines[0] };
  };
  const arrows = data.lines.map(arrowsOf);
  const lines = new vis.DataSet(data.lines.map((line, id) => ({
    id, from: line.from, to: line.to, width: 1,
    arrows: Object.fromEntries(Object.entries(arrows[id]).map(([end, enabled]) => [end, { enabled, scaleFactor: 0.45 }])),
    smooth: line.bend ? { enabled: true, type: "cubicBezier", forceDirection: line.bend, roundness: 0.55 } : false,
  })));
  const network = new vis.Network(holder, { nodes, edges: lines }, {
    physics: false,
    layout: { improvedLayout: false, randomSeed: 1 },
    interaction: { hover: true, dragNodes: matchMedia("(pointer: fine)").matches, selectConnectedEdges: false, hideEdgesOnDrag: lines.length > 1500, zoomSpeed: 0.7 },
    nodes: { borderWidth: 1, chosen: false, labelHighlightBold: false },
    edges: { chosen: false, hoverWidth: 0, selectionWidth: 0, arrowStrikethrough: false },
  });
  holder.firstElementChild.tabIndex = -1;
  const toDom = place => network.canvasToDOM({ x: place.x, y: place.y });
  const labels = makeLabels(holder, toDom, () => colours);
  const places = makePlaces(network, nodes, spots);

  // --- fitting into the window --------------------------------------------------------------------

  // Where a reader has put the window it stays, also when the window changes its size.
  let moved = false;
  let kept = null;
  let fitted = 1;
  const hasMoved = () => {
    moved = true;
    kept = { position: network.getViewPosition(), scale: network.getScale(), animation: false };
    later(keepFragment, 400);
  };
  const fit = () => {
    const [[x0, y0], [x1, y1]] = places.corners();
    const [mx, my] = [Math.min(data.margin[0], holder.clientWidth * ASIDE), data.margin[1]];
    const fill = (size, margin, length) => Math.max(size - 2 * margin, size / 3) / Math.max(length, 1);
    const wide = fill(holder.clientWidth, mx, x1 - x0);
    const scale = Math.min(wide, fill(holder.clientHeight, my, y1 - y0), LARGEST);
    const y = data.top ? y0 + holder.clientHeight / 2 / wide : (y0 + y1) / 2;
    fitted = data.top ? wide : scale;
    network.moveTo({ position: { x: (x0 + x1) / 2, y }, scale: fitted, animation: false });
  };
  const zoom = factor => {
    network.moveTo({ scale: network.getScale() * factor, animation: false });
    hasMoved();
  };
  element("closer").addEventListener("click", () => zoom(1.4));
  element("wider").addEventListener("click", () => zoom(1 / 1.4));
  const all = () => { moved = false; fit(); later(keepFragment, 400); };
  element("all").addEventListener("click", all);
  network.on("zoom", hasMoved);
  network.on("dragEnd", event => { if (!event.nodes.length) hasMoved(); });
  network.on("resize", () => requestAnimationFrame(() => {
    if (moved) return network.moveTo(kept);
    fit();
    restyle();
  }));
  fit();

  // --- what is lit and what is dimmed -------------------------------------------------------------

  const litNodes = () => {
    if (state.path) return new Set(state.path.nodes);
    if (state.node !== null) {
      const lit = new Set([state.node]);
      for (const tie of data.nodes[state.node].ties) if (data.ties[tie].on) data.ties[tie].ends.forEach(end => lit.add(end));
      return lit;
    }
    if (state.tie !== null) return new Set(data.ties[state.tie].ends);
    return state.found;
  };
  const isLit = tie => (state.path ? state.path.ties.includes(tie.number)
    : tie.number === state.tie || (state.node !== null && tie.ends.includes(state.node)));
  // Few lines are drawn strongly; the more there are, the lighter each is.
  let crowd = 0;
  const howCrowded = () => Math.min(1, Math.max(0, (data.ties.filter(tie => tie.on).length - 25) / 150));
  const strength = tie => {
    if (data.list) return 0; // a list says it all by itself
    if (tie.under) return data.bunches ? 0.3 : 0.45;
    if (tie.faint && data.top) return 0.1;
    const [many, few] = tie.faint ? [{ whole: 0.13, links: 0.14 }[data.kind] ?? 0.22, 0.45] : [data.kind === "links" ? 0.5 : 0.42, 0.85];
    return few + (many - few) * crowd;
  };
  // However far away, a line of few is a pixel wide, one of very few a little more.
  const least = () => (crowd < 1 ? (crowd ? 1 : 1.4) / Math.min(1, fitted) : 0);

  let lit = null;
  const lookOf = node => {
    const look = data.looks.of(node.group);
    const colour = colours[look.colour];
    const opacity = lit && !lit.has(node.id) ? 0.18 : node.possibly ? 0.5 : node.mutedNow ? 0.6 : 1;
    return { fill: look.filled ? colour : colours.paper, border: look.filled ? colours.paper : colour, wide: look.filled ? 1 : 2, opacity };
  };
  // Dashed: only proposed, reported or rumoured. Dotted and lighter: only possibly so at that time.
  const strokeOf = line => {
    const tie = data.ties[line.tie];
    const on = isLit(tie);
    const over = state.over === tie.number || tie.ends.includes(state.overNode ?? -1);
    const weak = (tie.dashedNow ? 0.85 : 1) * (tie.possibly ? 0.65 : 1);
    const count = tie.under ? Math.min(data.bunches ? 4 : 7, 0.8 + Math.log2(Math.max(tie.pairs, 1)) / (data.bunches ? 2 : 1)) : Math.min(3, 0.75 + 0.25 * Math.max(tie.live.length, 1));
    const kinds = tie.under ? [] : [...kindsOf(tie).keys()].slice(0, 3).map(kind => colours[`t-${data.looks.lines[kind].key}`]);
    return {
      colour: on || over ? colours.lit : kinds[0] ?? colours.line,
      strands: on || over || line.bend ? [] : kinds.slice(1),
      opacity: on ? 0.9 : lit ? 0.05 : over ? 0.85 : strength(tie) * weak,
      wide: Math.max(count, least()) * (on || over ? 1.5 : 1),
      dashes: tie.possibly ? [1.5, 4] : tie.dashedNow ? [5, 4] : false,
      arrows: arrows[line.number],
      from: { ...spot(line.from), reach: spot(line.from).size ?? 0 }, to: { ...spot(line.to), reach: spot(line.to).size ?? 0 },
    };
  };
  // Only what has changed is given to vis-network, which looks at everything it is given.
  const given = { nodes: new Map(), lines: new Map() };
  const changed = (kind, id, look) => {
    const now = JSON.stringify(look);
    if (given[kind].get(id) === now) return false;
    given[kind].set(id, now);
    return true;
  };
  function restyle() {
    [lit, crowd] = [litNodes(), howCrowded()];
    nodes.update(data.nodes.map(node => {
      const { fill, border, wide, opacity } = lookOf(node);
      return { id: node.id, hidden: !node.on, physics: node.on, size: node.size, opacity, borderWidth: wide, color: { background: fill, border } };
    }).filter(look => changed("nodes", look.id, look)));
    lines.update(data.lines.map((line, id) => {
      const { colour, opacity, wide, dashes } = strokeOf(line);
      return { id, hidden: !data.ties[line.tie].on, physics: data.ties[line.tie].on, width: wide, dashes, color: { color: colour, opacity } };
    }).filter(look => changed("lines", look.id, look)));
    network.redraw();
  }

  network.on("beforeDrawing", context => {
    places.follow();
    drawGround(context, { colours, scale: network.getScale(), strokeOf, moved: places.moved() });
  });

  const byWeight = [...data.nodes].sort((a, b) => b.weight - a.weight || a.id - b.id);
  network.on("afterDrawing", context => {
    if (!view) return;
    const scale = network.getScale();
    const ratio = context.canvas.width / holder.clientWidth;
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    root.dataset.labels = labels.draw(context, byWeight, lit, isLit, scale);
    const ring = (id, colour, gap) => { if (id !== null && data.nodes[id].on) ringAround(context, data.nodes[id], scale, colour, gap); };
    if (state.path) state.path.nodes.forEach(id => ring(id, colours.lit, 4));
    ring(state.node, colours.lit, 5);
    if (root.dataset.keys) ring(state.cursor, colours.ink, 9);
    context.restore();
    root.dataset.ready = "true";
  });

  function ringAround(context, node, scale, colour, gap) {
    const at = toDom(node);
    context.strokeStyle = colour;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(at.x, at.y, node.size * scale + gap, 0, 2 * Math.PI);
    context.stroke();
  }

  setUpPointing({ network, holder, labels, restyle });
  const repaint = () => { readColours(); restyle(); };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);

  const moveTo = (x, y, scale) => { network.moveTo({ position: { x, y }, scale, animation: false }); hasMoved(); };
  return {
    restyle, repaint, spot, fit: all, moved: places.moved, home: places.home,
    focus: () => holder.focus({ preventScroll: true }),
    // Where the window stands, if it was moved; and putting it there.
    place() {
      if (!moved) return null;
      return [kept.position.x, kept.position.y, kept.scale];
    },
    putAt(x, y, scale) {
      const [[x0, y0], [x1, y1]] = data.corners;
      const within = (value, least, most) => Math.min(Math.max(value, least), most);
      moveTo(within(x, x0 - 500, x1 + 500), within(y, y0 - 500, y1 + 2000), within(scale, 0.05, 8));
    },
    goTo(node) {
      const at = toDom(node);
      const inside = at.x > 60 && at.y > 40 && at.x < holder.clientWidth - 60 && at.y < holder.clientHeight - 40;
      if (inside && network.getScale() > 0.45) return;
      const x = data.top ? (data.corners[0][0] + data.corners[1][0]) / 2 : node.x;
      moveTo(x, node.y, Math.max(network.getScale(), 0.9));
    },
    // Brings a node into the window without a change of scale.
    reveal(node) {
      const at = toDom(node);
      if (at.x > 20 && at.y > 20 && at.x < holder.clientWidth - 20 && at.y < holder.clientHeight - 20) return;
      const x = data.top ? (data.corners[0][0] + data.corners[1][0]) / 2 : node.x;
      moveTo(x, node.y, network.getScale());
    },
    snapshot: () => ({
      width: holder.clientWidth, height: holder.clientHeight, scale: network.getScale(), at: (x, y) => toDom({ x, y }),
      colours, labels: labels.texts(), boxes: labels.drawn(), lookOf, strokeOf,
    }),
    // The canvas as it stands, on paper, with a caption; given as a file to `done`.
    toPng(done) {
      const drawn = holder.querySelector("canvas");
      const ratio = drawn.width / holder.clientWidth;
      const sheet = make("canvas");
      [sheet.width, sheet.height] = [drawn.width, drawn.height + Math.round(26 * ratio)];
      const context = sheet.getContext("2d");
      context.fillStyle = colours.paper;
      context.fillRect(0, 0, sheet.width, sheet.height);
      context.drawImage(drawn, 0, 0);
      context.fillStyle = colours.soft;
      context.font = FONTS[3].replace("12px", `${12 * ratio}px`);
      context.textBaseline = "middle";
      context.fillText(captionOf(), 12 * ratio, drawn.height + 12 * ratio);
      sheet.toBlob(done, "image/png");
    },
  };
}
