// The picture itself: vis-network draws nodes and lines at the places computed beforehand; hulls,
// years and labels are drawn here, labels by weight and only where there is room for them.

const FONTS = ["600 16px", "600 13px", "400 12.5px", "400 12px"].map(font => `${font} system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif`);
const HEIGHTS = [20, 17, 14, 14];

function makeGrid() {
  // Boxes on the screen, hashed by cells of 80 pixels.
  const cells = new Map();
  const keys = box => {
    const found = [];
    for (let x = Math.floor(box[0] / 80); x <= Math.floor(box[2] / 80); x++) {
      for (let y = Math.floor(box[1] / 80); y <= Math.floor(box[3] / 80); y++) found.push(x * 4096 + y);
    }
    return found;
  };
  return {
    add(box, owner) { for (const key of keys(box)) (cells.get(key) ?? cells.set(key, []).get(key)).push([box, owner]); },
    hit(box, owner) {
      return keys(box).some(key => (cells.get(key) ?? []).some(([b, o]) =>
        o !== owner && b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]));
    },
  };
}

function makeView(stops) {
  const holder = element("canvas");
  let colours = {};
  const readColours = () => {
    const style = getComputedStyle(root);
    colours = Object.fromEntries(["paper", "ink", "soft", "rule", "line", "lit", "blue", "purple", "green", "orange",
      "red", "sky", "grey", "tint0", "tint1", "tint2", "tint3", "tint4", "tint5"]
      .map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
  };
  readColours();

  const nodes = new vis.DataSet([
    ...data.nodes.map(node => ({ id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.size })),
    ...stops.map(stop => ({ id: stop.id, x: stop.x, y: stop.y, shape: "dot", size: 0, borderWidth: 0, opacity: 0 })),
  ]);
  const lines = new vis.DataSet(data.lines.map((line, id) => ({
    id, from: line.from, to: line.to, width: line.width, dashes: data.ties[line.tie].dashed ? [5, 4] : false,
    smooth: line.bend ? { enabled: true, type: "cubicBezier", forceDirection: line.bend, roundness: 0.55 } : false,
  })));
  const network = new vis.Network(holder, { nodes, edges: lines }, {
    physics: false,
    layout: { improvedLayout: false, randomSeed: 1 },
    interaction: { hover: true, dragNodes: false, selectConnectedEdges: false, hideEdgesOnDrag: lines.length > 1500, zoomSpeed: 0.7 },
    nodes: { borderWidth: 1, chosen: false, fixed: true, labelHighlightBold: false },
    edges: { chosen: false, hoverWidth: 0, selectionWidth: 0, arrows: { to: false, from: false } },
  });

  // --- fitting into the window --------------------------------------------------------------------

  let moved = false;
  const fit = () => {
    const [[x0, y0], [x1, y1]] = data.corners;
    const [mx, my] = [Math.min(data.margin[0], holder.clientWidth * 0.24), data.margin[1]];
    const fill = (size, margin, length) => Math.max(size - 2 * margin, size / 3) / Math.max(length, 1);
    const wide = fill(holder.clientWidth, mx, x1 - x0);
    const scale = Math.min(wide, fill(holder.clientHeight, my, y1 - y0), 1.25);
    const y = data.top ? y0 + holder.clientHeight / 2 / wide : (y0 + y1) / 2;
    network.moveTo({ position: { x: (x0 + x1) / 2, y }, scale: data.top ? wide : scale, animation: false });
  };
  const zoom = factor => {
    moved = true;
    network.moveTo({ scale: network.getScale() * factor, animation: false });
  };
  element("closer").addEventListener("click", () => zoom(1.4));
  element("wider").addEventListener("click", () => zoom(1 / 1.4));
  element("all").addEventListener("click", () => { moved = false; fit(); });
  network.on("zoom", () => { moved = true; });
  network.on("dragEnd", () => { moved = true; });
  network.on("resize", () => { if (!moved) requestAnimationFrame(fit); });
  fit();

  // --- what is lit and what is dimmed -------------------------------------------------------------

  const litNodes = () => {
    if (state.node !== null) {
      const lit = new Set([state.node]);
      for (const tie of data.nodes[state.node].ties) if (data.ties[tie].on) data.ties[tie].ends.forEach(end => lit.add(end));
      return lit;
    }
    if (state.tie !== null) return new Set(data.ties[state.tie].ends);
    return state.found;
  };
  const isLit = tie => tie.number === state.tie || (state.node !== null && tie.ends.includes(state.node));
  const strength = tie => (tie.faint ? (data.kind === "whole" ? 0.13 : 0.22) : data.kind === "links" ? 0.5 : 0.42);

  let lit = null;
  function restyle() {
    lit = litNodes();
    nodes.update(data.nodes.map(node => {
      const look = data.classes[node.group];
      const colour = colours[look.colour];
      const dim = lit && !lit.has(node.id);
      return {
        id: node.id, hidden: !node.on, opacity: dim ? 0.18 : node.muted ? 0.6 : 1,
        borderWidth: look.filled ? 1 : 2,
        color: { background: look.filled ? colour : colours.paper, border: look.filled ? colours.paper : colour },
      };
    }));
    lines.update(data.lines.map((line, id) => {
      const tie = data.ties[line.tie];
      const on = isLit(tie);
      const over = state.over === tie.number || tie.ends.includes(state.overNode ?? -1);
      const opacity = on ? 0.9 : lit ? 0.05 : over ? 0.85 : strength(tie) * (tie.dashed ? 0.85 : 1);
      return { id, hidden: !tie.on, width: line.width * (on || over ? 1.5 : 1), color: { color: on || over ? colours.lit : colours.line, opacity } };
    }));
  }

  // --- hulls and years, under the lines -----------------------------------------------------------

  network.on("beforeDrawing", context => {
    for (const area of data.areas) {
      context.fillStyle = colours[`tint${area.tint}`];
      context.beginPath();
      for (const [x, y] of area.points) context.lineTo(x, y);
      context.fill();
    }
    context.strokeStyle = colours.rule;
    context.lineWidth = 1 / network.getScale();
    for (const tick of data.ticks) {
      context.beginPath();
      context.moveTo(tick.left, tick.y);
      context.lineTo(tick.right, tick.y);
      context.stroke();
    }
  });

  // --- labels -------------------------------------------------------------------------------------

  const widths = new Map();
  const measure = (context, text, font) => {
    const key = font + text;
    if (!widths.has(key)) { context.font = font; widths.set(key, context.measureText(text).width); }
    return widths.get(key);
  };
  const cut = (context, text, font, room) => {
    if (measure(context, text, font) <= room) return text;
    let [low, high] = [0, text.length];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      context.font = font;
      if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle; else high = middle - 1;
    }
    return low < 6 && low < text.length ? "" : `${text.slice(0, low).trimEnd()}…`;
  };
  const SIDES = { auto: ["below", "right", "left", "above"], below: ["below", "above"], right: ["right"], left: ["left"] };
  const boxAt = (side, x, y, gap, width, height) => ({
    below: [x - width / 2, y + gap, x + width / 2, y + gap + height],
    above: [x - width / 2, y - gap - height, x + width / 2, y - gap],
    right: [x + gap, y - height / 2, x + gap + width, y + height / 2],
    left: [x - gap - width, y - height / 2, x - gap, y + height / 2],
  })[side];

  let drawn = [];
  function label(context, grid, marks, node, scale) {
    if (node.tier === 3 && !lit && scale < 1.2) return;
    const at = network.canvasToDOM({ x: node.x, y: node.y });
    if (at.x < -300 || at.y < -40 || at.x > holder.clientWidth + 300 || at.y > holder.clientHeight + 40) return;
    const chosen = node.id === state.node;
    const [font, height] = [FONTS[node.tier], HEIGHTS[node.tier]];
    const date = node.date ? `${node.date}  ` : "";
    const note = node.note ? ` ${node.note}` : "";
    const usual = node.tier === 0 ? 280 : data.kind === "whole" ? 165 : 270;
    const edge = data.kind !== "around" ? Infinity
      : (node.side === "right" ? holder.clientWidth - at.x : at.x) - node.size * scale - 10;
    const room = chosen ? 600 : Math.max(node.room ? node.room * scale : Math.min(usual, edge), 60);
    const extras = (date ? measure(context, date, font) : 0) + (note ? measure(context, note, font) : 0);
    const text = cut(context, node.label, font, room - extras);
    if (!text) return;
    const width = extras + measure(context, text, font);
    const gap = node.size * scale + (chosen ? 9 : 4);
    const sides = data.kind === "around" && node.tier === 1 ? [node.side, "below", "above"] : SIDES[node.side];
    for (const side of sides) {
      const middleX = data.kind === "links" && node.side === "below"
        ? Math.max(width / 2 + 6, Math.min(at.x, holder.clientWidth - width / 2 - 6)) : at.x;
      const box = boxAt(side, middleX, at.y, gap, width + 4, height);
      const cropped = node.side === "auto" && (box[0] < 2 || box[2] > holder.clientWidth - 2);
      if (!chosen && (cropped || grid.hit(box, node.id) || node.tier > 1 && marks.hit(box, node.id))) continue;
      grid.add(box, node.id);
      drawn.push([box, node.id]);
      let x = box[0] + 2;
      const middle = (box[1] + box[3]) / 2;
      if (data.kind === "links" && node.side === "right") {
        context.fillStyle = colours.paper;
        context.fillRect(box[0] - 2, box[1] + 1, width + 5, height - 2);
      }
      const write = (part, colour) => {
        if (!part) return;
        context.font = font;
        context.strokeStyle = colours.paper;
        context.lineWidth = 3.5;
        context.strokeText(part, x, middle);
        context.fillStyle = colour;
        context.fillText(part, x, middle);
        x += measure(context, part, font);
      };
      write(date, colours.soft);
      write(text, node.muted ? colours.soft : colours.ink);
      write(note, colours.soft);
      return;
    }
  }

  function margins(context, grid, scale) {
    context.font = FONTS[1];
    context.fillStyle = colours.soft;
    for (const tick of data.ticks) {
      const at = network.canvasToDOM({ x: tick.left, y: tick.y });
      const x = Math.max(at.x, 6);
      const box = [x, at.y + 2, x + 40, at.y + 17];
      if (grid.hit(box, "tick")) continue;
      grid.add(box, "");
      context.strokeStyle = colours.paper;
      context.lineWidth = 3.5;
      context.strokeText(tick.text, x, at.y + 10);
      context.fillText(tick.text, x, at.y + 10);
    }
    context.textAlign = "center";
    for (const area of data.areas) {
      if (!area.label || lit) continue;
      const at = network.canvasToDOM({ x: area.at[0], y: area.at[1] });
      const half = measure(context, area.label, FONTS[1]) / 2;
      const box = [at.x - half, at.y - 14, at.x + half, at.y + 2];
      if (grid.hit(box, "area")) continue;
      grid.add(box, "");
      context.strokeText(area.label, at.x, at.y - 6);
      context.fillText(area.label, at.x, at.y - 6);
    }
    context.textAlign = "left";
  }

  const byWeight = [...data.nodes].sort((a, b) => b.weight - a.weight || a.id - b.id);
  network.on("afterDrawing", context => {
    const scale = network.getScale();
    const ratio = context.canvas.width / holder.clientWidth;
    const [grid, marks] = [makeGrid(), makeGrid()];
    drawn = [];
    if (!data.top) grid.add([0, holder.clientHeight - 122, 52, holder.clientHeight], "");
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.lineJoin = "round";
    const shown = byWeight.filter(node => node.on && (!lit || lit.has(node.id)));
    for (const node of shown) {
      const at = network.canvasToDOM({ x: node.x, y: node.y });
      const reach = node.size * scale * 0.8;
      (node.tier > 1 ? marks : grid).add([at.x - reach, at.y - reach, at.x + reach, at.y + reach], node.id);
    }
    if (state.node !== null) label(context, grid, marks, data.nodes[state.node], scale);
    for (const node of shown.filter(n => n.tier === 0)) if (node.id !== state.node) label(context, grid, marks, node, scale);
    margins(context, grid, scale);
    for (const node of shown.filter(n => n.tier > 0)) if (node.id !== state.node) label(context, grid, marks, node, scale);
    if (state.node !== null) ringAround(context, data.nodes[state.node], scale);
    context.restore();
    root.dataset.labels = drawn.length;
    root.dataset.ready = "true";
  });

  function ringAround(context, node, scale) {
    const at = network.canvasToDOM({ x: node.x, y: node.y });
    context.strokeStyle = colours.lit;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(at.x, at.y, node.size * scale + 5, 0, 2 * Math.PI);
    context.stroke();
  }

  // --- pointing -----------------------------------------------------------------------------------

  const tieOf = id => data.lines[id].tie;
  const nodeUnder = point => {
    const id = network.getNodeAt(point);
    if (id !== undefined && Number.isInteger(id)) return id;
    const inside = drawn.find(([b]) => point.x >= b[0] && point.x <= b[2] && point.y >= b[1] && point.y <= b[3]);
    return inside ? inside[1] : null;
  };
  network.on("click", event => {
    const node = nodeUnder(event.pointer.DOM);
    if (node !== null) return choose(node, null);
    const line = network.getEdgeAt(event.pointer.DOM);
    return choose(null, line === undefined ? null : tieOf(line));
  });
  const hint = element("hint");
  const point = text => { hint.textContent = text; hint.hidden = !text; holder.style.cursor = text ? "pointer" : ""; };
  holder.addEventListener("pointermove", event => {
    const frame = holder.getBoundingClientRect();
    const at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    const node = nodeUnder(at);
    const line = node === null ? network.getEdgeAt(at) : undefined;
    const tie = line === undefined ? null : tieOf(line);
    if (node !== null) {
      const { label: name, group, dated, note } = data.nodes[node];
      point([`${name} ${note}`.trim(), dated, data.classes[group].name].filter(Boolean).join(" · "));
    } else if (tie !== null) {
      const { ends, facts } = data.ties[tie];
      point(`${data.nodes[ends[0]].label} – ${data.nodes[ends[1]].label} · ${plural(facts.length, "fact", "facts")}`);
    } else point("");
    const left = Math.min(at.x + 14, holder.clientWidth - hint.offsetWidth - 6);
    hint.style.transform = `translate(${Math.max(left, 6)}px, ${Math.min(at.y + 16, holder.clientHeight - hint.offsetHeight - 6)}px)`;
    if (tie !== state.over || node !== (state.overNode ?? null)) {
      [state.over, state.overNode] = [tie, node];
      restyle();
    }
  });
  holder.addEventListener("pointerleave", () => { point(""); [state.over, state.overNode] = [null, null]; restyle(); });

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); restyle(); });

  return {
    restyle,
    goTo(node) {
      const at = network.canvasToDOM({ x: node.x, y: node.y });
      const inside = at.x > 60 && at.y > 40 && at.x < holder.clientWidth - 60 && at.y < holder.clientHeight - 40;
      if (inside && network.getScale() > 0.45) return;
      moved = true;
      const x = data.top ? (data.corners[0][0] + data.corners[1][0]) / 2 : node.x;
      network.moveTo({ position: { x, y: node.y }, scale: Math.max(network.getScale(), 0.9), animation: false });
    },
  };
}
