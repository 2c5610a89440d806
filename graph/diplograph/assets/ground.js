// What lies under the lines: the tinted areas of what stands together, the hairlines of the years, and the
// further strands of lines that stand for facts of several kinds.

// The kinds of the facts behind a line that are shown, the most frequent first.
const kindsOf = tie => new Map([...countBy(tie.live.map(fact => data.facts.line[fact]))].sort((a, b) => b[1] - a[1] || a[0] - b[0]));

// The outline of an area: as computed while all in it is shown at its place, else around what is shown.
function outlineOf(area, moved) {
  const members = area.of.map(id => data.nodes[id]);
  const shown = members.filter(node => node.on);
  if (!moved && shown.length === members.length) return area.points;
  return shown.length ? outline(shown.map(node => [node.x, node.y])) : [];
}

// The years at the margin: of a group by years while it is open.
const ticksOf = moved => (moved ? [] : data.ticks.filter(({ of }) => !data.bunches || !(of >= 0) || data.bunches[of].id === state.open));

const headingAt = (area, moved) => {
  const points = outlineOf(area, moved);
  if (!points.length || points === area.points) return points.length ? area.at : null;
  const [x, y] = points.reduce((top, point) => (point[1] < top[1] ? point : top));
  return [x, y - 4];
};

// The convex outline around points, some way off, with rounded corners.
function outline(points, margin = 26) {
  return convex(convex(points).flatMap(([x, y]) => Array.from({ length: 12 }, (_, k) => (
    [x + margin * Math.cos(k * Math.PI / 6), y + margin * Math.sin(k * Math.PI / 6)]))));
}

function convex(points) {
  const ordered = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (ordered.length < 3) return ordered;
  const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  const half = run => {
    const made = [];
    for (const point of run) {
      while (made.length > 1 && turn(made.at(-2), made.at(-1), point) <= 0) made.pop();
      made.push(point);
    }
    return made.slice(0, -1);
  };
  return [...half(ordered), ...half([...ordered].reverse())];
}

// The places of the further strands of a line, beside it by turns.
function strandsOf({ strands, wide, from, to }) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const long = Math.hypot(dx, dy) || 1;
  return strands.map((colour, n) => {
    const away = (n % 2 ? -1 : 1) * (wide + 0.8);
    const [x, y] = [-dy / long * away, dx / long * away];
    return { colour, from: { x: from.x + x, y: from.y + y }, to: { x: to.x + x, y: to.y + y } };
  });
}

function drawGround(context, { colours, scale, strokeOf, moved }) {
  for (const area of data.areas) {
    const points = outlineOf(area, moved);
    if (!points.length) continue;
    context.fillStyle = colours[`tint${area.tint}`];
    context.beginPath();
    for (const [x, y] of points) context.lineTo(x, y);
    context.fill();
  }
  context.strokeStyle = colours.rule;
  context.lineWidth = 1 / scale;
  for (const tick of ticksOf(moved)) {
    context.beginPath();
    context.moveTo(tick.left, tick.y);
    context.lineTo(tick.right, tick.y);
    context.stroke();
  }
  for (const line of data.lines) {
    if (!data.ties[line.tie].on) continue;
    const stroke = strokeOf(line);
    if (!stroke.strands.length) continue;
    context.save();
    [context.globalAlpha, context.lineWidth] = [stroke.opacity, Math.min(stroke.wide, 1.25)];
    if (stroke.dashes) context.setLineDash(stroke.dashes);
    for (const strand of strandsOf(stroke)) {
      context.strokeStyle = strand.colour;
      context.beginPath();
      context.moveTo(strand.from.x, strand.from.y);
      context.lineTo(strand.to.x, strand.to.y);
      context.stroke();
    }
    context.restore();
  }
}
