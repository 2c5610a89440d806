// Labels on the picture: by weight, and only where there is room; years and headings at the margin;
// of what kinds a line is, and how many facts it stands for.

const FONTS = ["600 16px", "600 13px", "400 12.5px", "400 12px"].map(font => `${font} system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif`);
const HEIGHTS = [20, 17, 13, 13];
const [SIGN, CROWD] = [11, 90];
const SIDES = {
  auto: ["below", "right", "left", "above"], below: ["below", "above"], above: ["above", "below"],
  group: ["below", "above", "right", "left"], tight: ["below", "above", "right", "left", "on"], right: ["right"], left: ["left"],
  outright: ["right", "below", "above"], outleft: ["left", "below", "above"],
};

for (const side of ["outright", "outleft"]) SIDES[side].rim = true;

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

// What draws the labels for a view: `toDom` gives the place on the screen of a place in the picture.
function makeLabels(holder, toDom, colours) {
  const { measure, formsOf } = makeNames();
  const boxAt = (side, x, y, gap, width, height) => ({
    below: [x - width / 2, y + gap, x + width / 2, y + gap + height],
    above: [x - width / 2, y - gap - height, x + width / 2, y - gap],
    right: [x + gap, y - height / 2, x + gap + width, y + height / 2],
    left: [x - gap - width, y - height / 2, x - gap, y + height / 2],
    on: [x - width / 2, y - height / 2, x + width / 2, y + height / 2],
  })[side];

  let boxes = [];
  let texts = [];
  let scale = 1, lit = null, trial = false;

  const write = (context, part, font, x, y, colour, middle = false) => {
    if (!part) return;
    context.font = font;
    context.textAlign = middle ? "center" : "left";
    context.strokeStyle = colours().paper;
    context.lineWidth = 3.5;
    context.strokeText(part, x, y);
    context.fillStyle = colours()[colour];
    context.fillText(part, x, y);
    texts.push({ x, y, font, colour: colours()[colour], text: part, middle });
  };

  // How much of the window is left at the side of a node.
  const beside = (node, at) => (SIDES[node.side][0] === "right" ? holder.clientWidth - at.x : at.x) - node.size * scale - 10;
  const roomBeside = (node, at) => (["right", "left"].includes(SIDES[node.side][0]) ? Math.min(Math.max(beside(node, at) - 10, 120), 600) : 600);

  // How much room the label of a node may take, what is said after its name, and at which sides alone it may
  // stand: the most first, and less where it has no place. Where the groups around an entity are closed, what
  // stands inside has more room; the names of groups are shortened, and their numbers left out.
  function triesOf(node, at, note) {
    const ring = data.kind === "around";
    if (grouped()) return [[Math.max(node.room * scale, 170), note], [128, note], [110, ""], [80, ""], [64, ""]];
    const usual = node.tier === 0 ? (ring && data.bunches ? 160 : 280) : { whole: 165, around: 420 }[data.kind] ?? 270;
    const free = ring || SIDES[node.side].rim ? beside(node, at) : Infinity;
    const room = Math.max(node.room ? node.room * scale : Math.min(usual, free), data.kind === "path" ? 92 : 60);
    if (!ring || !data.bunches || state.open !== null || !node.room) return [[room, note]];
    return [[Math.min(room * 1.8, 270), note, [node.side]], [room, note], [room * 0.7, ""]];
  }

  // Whether the label of a node was written, or need not be.
  function label(context, grid, marks, node) {
    if (node.tier === 3 && !lit && scale < 1.2) return true;
    const at = toDom(node);
    if (at.x < -300 || at.y < -40 || at.x > holder.clientWidth + 300 || at.y > holder.clientHeight + 40) return true;
    const chosen = node.id === state.node || (root.dataset.keys && node.id === state.cursor);
    const [font, height] = [FONTS[node.tier], HEIGHTS[node.tier]];
    const date = node.dateNow ? `${node.dateNow}  ` : "";
    const more = [node.noteNow, node.within ? `+${node.within}` : ""].filter(Boolean).join(" ");
    const note = more ? ` ${more}` : "";
    const tries = chosen ? [[roomBeside(node, at), note]] : triesOf(node, at, note);
    return tries.some(([most, more, only]) => put(context, grid, marks, node, { at, chosen, font, height, date, note: more, room: most, only }));
  }

  // The names of groups in an order in which all, or nearly all, find room: whoever found none comes first.
  function fairly(context, nodes, gridOf) {
    let [order, least] = [nodes, Infinity];
    let best = order;
    trial = true;
    for (let round = 0; round < 8 && least; round++) {
      const grid = gridOf();
      const without = order.filter(node => !label(context, grid, makeGrid(), node));
      if (without.length < least) [best, least] = [order, without.length];
      order = [...without, ...order.filter(node => !without.includes(node))];
    }
    trial = false;
    return best;
  }

  // A label of at most so much room, in the best of its forms at the first side where it touches no other;
  // whether there was one.
  function put(context, grid, marks, node, { at, chosen, font, height, date, note, room, only }) {
    const before = date ? measure(context, date, font) : 0;
    let after = note ? measure(context, note, font) : 0;
    // What is not concluded, or possibly so, is drawn lighter too: that is left out before the name is cut.
    if (note && !grouped() && !isBunch(node) && !chosen && before + after + measure(context, node.label, font) > room) [after, note] = [0, ""];
    // The date stands before the first line, what else is said after the last.
    const most = chosen ? 3 : linesFor(node);
    const alone = before + after + measure(context, node.label, font) <= room;
    const forms = formsOf(context, node, font, Math.max(room - (alone || most < 2 ? before + after : Math.max(before, after)), 64), most);
    const gap = node.size * scale + (chosen ? 9 : 4);
    const sides = only ?? (data.kind === "around" && node.tier === 1 ? [node.side, "below", "above"] : SIDES[!grouped() ? node.side : room > 80 ? "group" : "tight"]);
    for (const lines of forms) {
      const wide = lines.map((line, n) => measure(context, line, font) + (n ? 0 : before) + (n === lines.length - 1 ? after : 0));
      const width = Math.max(...wide);
      for (const side of sides) {
        const middleX = data.kind === "links" && node.side === "below"
          ? Math.max(width / 2 + 6, Math.min(at.x, holder.clientWidth - width / 2 - 6)) : at.x;
        const box = boxAt(side, middleX, at.y, gap, width + 4, height * lines.length);
        const cropped = (node.side === "auto" || grouped() || data.kind === "path") && (box[0] < 2 || box[2] > holder.clientWidth - 2 || grouped() && (box[1] < 2 || box[3] > holder.clientHeight - 2));
        if (!chosen && (cropped || grid.hit(box, node.id) || node.tier > 1 && marks.hit(box, node.id))) continue;
        grid.add(box, node.id);
        if (trial) return true;
        boxes.push([box, node.id]);
        if ((data.kind === "links" || data.list) && node.side === "right") {
          const paper = [box[0] - 2, box[1] + 1, width + 5, box[3] - box[1] - 2];
          context.fillStyle = colours().paper;
          context.fillRect(...paper);
          texts.push({ box: paper });
        }
        lines.forEach((line, n) => {
          const spare = side === "right" ? 0 : side === "left" ? width - wide[n] : (width - wide[n]) / 2;
          let x = box[0] + 2 + spare;
          for (const [part, colour] of [[!n && date, "soft"], [line, node.mutedNow || node.possibly ? "soft" : "ink"], [n === lines.length - 1 && note, "soft"]]) {
            if (!part) continue;
            write(context, part, font, x, box[1] + height * (n + 0.5), colour);
            x += measure(context, part, font);
          }
        });
        return true;
      }
    }
    return !forms.length;
  }

  function margins(context, grid) {
    for (const tick of ticksOf(view.moved())) {
      const at = toDom({ x: tick.left, y: tick.y });
      const x = Math.max(at.x, 6);
      const box = [x, at.y + 3, x + measure(context, tick.text, FONTS[1]), at.y + 16];
      if (grid.hit(box, "tick")) continue;
      grid.add(box, "");
      write(context, tick.text, FONTS[1], x, at.y + 10, "soft");
    }
    for (const area of data.areas) {
      if (!area.label || lit) continue;
      const place = headingAt(area, view.moved());
      if (!place) continue;
      const at = toDom({ x: place[0], y: place[1] });
      const half = measure(context, area.label, FONTS[1]) / 2;
      const box = [at.x - half, at.y - 14, at.x + half, at.y + 2];
      if (grid.hit(box, "area")) continue;
      grid.add(box, "");
      write(context, area.label, FONTS[1], at.x, at.y - 6, "soft", true);
    }
  }

  // Of what kinds a line is, by their signs, and how many facts it stands for, in its middle: of those that
  // are lit or pointed at, or when there is room.
  function middles(context, grid, marks, litTie) {
    const crowded = data.kind === "links" || data.ties.filter(tie => tie.on && !tie.faint).length > CROWD;
    for (const tie of data.ties) {
      if (!tie.on || tie.under || !tie.live.length) continue;
      const meant = litTie(tie) || state.over === tie.number;
      if (data.list && !meant) continue;
      const plain = !lit && !tie.faint && data.kind !== "links";
      const kinds = data.kinds.length > 1 && (meant || plain && !crowded) ? [...kindsOf(tie).keys()].slice(0, 3) : [];
      const text = tie.live.length > 1 && (meant || plain && scale > 0.85) ? `×${tie.live.length}` : "";
      if (!text && !kinds.length) continue;
      const line = data.lines[tie.lines.at(-1)];
      const [from, to] = [view.spot(line.from), view.spot(line.to)].map(toDom);
      const [wide, signs] = [text ? measure(context, text, FONTS[3]) + 2 : 0, kinds.length * SIGN];
      if (Math.hypot(from.x - to.x, from.y - to.y) < 40 + wide + signs) continue;
      const at = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      const left = at.x - (wide + signs) / 2;
      const box = [left, at.y - 7, left + wide + signs, at.y + 7];
      if (grid.hit(box, "count") || marks.hit(box, "count")) continue;
      grid.add(box, "count");
      kinds.forEach((kind, place) => {
        const { key, sign: shape } = data.looks.lines[kind];
        stamp(context, shape, left + SIGN * (place + 0.5), at.y, colours()[`t-${key}`]);
      });
      if (text) write(context, text, FONTS[3], left + signs + wide / 2, at.y, "soft", true);
    }
  }

  // A sign on a line, with paper around it.
  function stamp(context, shape, x, y, colour) {
    const size = shape === "dot" ? 3.6 : shape === "square" ? 3.2 : 4.4;
    context.beginPath();
    if (POINTS[shape]) POINTS[shape].forEach(([dx, dy]) => context.lineTo(x + dx * size, y + dy * size));
    else context.arc(x, y, size, 0, 2 * Math.PI);
    context.closePath();
    [context.strokeStyle, context.lineWidth, context.fillStyle] = [colours().paper, 3, colour];
    context.stroke();
    context.fill();
    texts.push({ x, y, shape, size, colour });
  }

  return {
    drawn: () => boxes,
    texts: () => texts,
    draw(context, nodes, litNow, litTie, scaleNow) {
      [scale, lit, boxes, texts] = [scaleNow, litNow, [], []];
      context.textBaseline = "middle";
      context.lineJoin = "round";
      const shown = nodes.filter(node => node.on && (!lit || lit.has(node.id)));
      const marks = makeGrid();
      const gridOf = () => {
        const grid = makeGrid();
        for (const node of shown) {
          const at = toDom(node);
          const reach = node.size * scale * (isBunch(node) ? 1.15 : 0.8);
          (node.tier > 1 ? marks : grid).add([at.x - reach, at.y - reach, at.x + reach, at.y + reach], node.id);
        }
        return grid;
      };
      const grid = gridOf();
      const first = [state.node, root.dataset.keys ? state.cursor : null].filter(id => id !== null && data.nodes[id].on);
      for (const id of new Set(first)) label(context, grid, marks, data.nodes[id]);
      const rest = shown.filter(node => !first.includes(node.id));
      for (const node of rest.filter(n => n.tier === 0)) label(context, grid, marks, node);
      margins(context, grid);
      const others = rest.filter(n => n.tier > 0);
      for (const node of ["groups", "path"].includes(data.kind) && !lit ? fairly(context, others, gridOf) : others) label(context, grid, marks, node);
      middles(context, grid, marks, litTie);
      return boxes.length;
    },
  };
}
