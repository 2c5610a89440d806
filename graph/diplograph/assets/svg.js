// The picture as SVG, made from the data: what the window shows, with the labels as they stand in it.

const SVG = "http://www.w3.org/2000/svg";

// Text fit for XML: nothing in it is markup, and there is no character that XML does not know.
const xml = text => String(text).replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
  .replace(/[&<>"']/g, character => `&#${character.codePointAt(0)};`);

const POINTS = {
  square: [[-1, -1], [1, -1], [1, 1], [-1, 1]],
  diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]],
  triangle: [[0, -1.075], [1, 0.725], [-1, 0.725]],
  triangleDown: [[0, 1.075], [1, -0.725], [-1, -0.725]],
  hexagon: [0, 1, 2, 3, 4, 5].map(n => [Math.cos(n * Math.PI / 3), Math.sin(n * Math.PI / 3)]),
  cross: [[0, -0.35], [0.6, -0.95], [0.95, -0.6], [0.35, 0], [0.95, 0.6], [0.6, 0.95], [0, 0.35], [-0.6, 0.95], [-0.95, 0.6], [-0.35, 0], [-0.95, -0.6], [-0.6, -0.95]],
  star: Array.from({ length: 10 }, (_, n) => {
    const reach = 0.82 * (n % 2 ? 0.5 : 1.3);
    return [reach * Math.sin(n * Math.PI / 5), 0.1 - reach * Math.cos(n * Math.PI / 5)];
  }),
};

function toSvg() {
  const { width, height, scale, at, colours, labels, lookOf, strokeOf } = view.snapshot();
  const n = number => Math.round(number * 10) / 10;
  const point = ([x, y]) => `${n(x)},${n(y)}`;
  const parts = [];
  const heading = captionOf();
  const below = height + 26;
  parts.push(`<svg xmlns="${SVG}" width="${width}" height="${below}" viewBox="0 0 ${width} ${below}" font-family="system-ui, 'Segoe UI', 'Noto Sans', sans-serif">`);
  parts.push(`<title>${xml(heading)}</title>`, `<rect width="${width}" height="${below}" fill="${colours.paper}"/>`);
  parts.push(`<svg width="${width}" height="${height}" overflow="hidden">`);
  for (const area of data.areas) {
    const outline = outlineOf(area, view.moved());
    if (!outline.length) continue;
    const points = outline.map(([x, y]) => { const p = at(x, y); return point([p.x, p.y]); });
    parts.push(`<polygon points="${points.join(" ")}" fill="${colours[`tint${area.tint}`]}"/>`);
  }
  for (const tick of ticksOf(view.moved())) {
    const [from, to] = [at(tick.left, tick.y), at(tick.right, tick.y)];
    parts.push(`<path d="M${point([from.x, from.y])}L${point([to.x, to.y])}" stroke="${colours.rule}"/>`);
  }
  for (const line of data.lines) {
    const tie = data.ties[line.tie];
    if (!tie.on) continue;
    const stroke = strokeOf(line);
    const { colour, opacity, wide, dashes, arrows, from, to } = stroke;
    const [a, b] = [at(from.x, from.y), at(to.x, to.y)];
    const [dx, dy] = [0.55 * (b.x - a.x), 0.55 * (b.y - a.y)];
    const way = line.bend === "horizontal" ? `C${point([a.x + dx, a.y])} ${point([b.x - dx, b.y])} ${point([b.x, b.y])}`
      : line.bend === "vertical" ? `C${point([a.x, a.y + dy])} ${point([b.x, b.y - dy])} ${point([b.x, b.y])}` : `L${point([b.x, b.y])}`;
    const dash = dashes ? ` stroke-dasharray="${dashes.map(d => n(d * scale)).join(" ")}"` : "";
    parts.push(`<path d="M${point([a.x, a.y])}${way}" fill="none" stroke="${colour}" stroke-opacity="${opacity.toFixed(2)}" stroke-width="${n(Math.max(wide * scale, 0.3))}"${dash}/>`);
    for (const strand of strandsOf(stroke)) {
      const ends = [strand.from, strand.to].map(place => { const { x, y } = at(place.x, place.y); return point([x, y]); });
      parts.push(`<path d="M${ends[0]}L${ends[1]}" stroke="${strand.colour}" stroke-opacity="${opacity.toFixed(2)}" stroke-width="${n(Math.max(Math.min(wide, 1.25) * scale, 0.3))}"${dash}/>`);
    }
    for (const [end, other, reach] of [arrows.to && [b, a, to.reach], arrows.from && [a, b, from.reach]].filter(Boolean)) {
      const turn = Math.atan2(end.y - other.y, end.x - other.x);
      const tip = reach * scale + 1, long = Math.max(7 * scale, 4);
      const corner = (away, side) => point([end.x - (tip + away) * Math.cos(turn) - side * Math.sin(turn), end.y - (tip + away) * Math.sin(turn) + side * Math.cos(turn)]);
      parts.push(`<polygon points="${corner(0, 0)} ${corner(long, long / 2.4)} ${corner(long, -long / 2.4)}" fill="${colour}" fill-opacity="${opacity.toFixed(2)}"/>`);
    }
  }
  for (const node of data.nodes.filter(each => each.on)) {
    const { x, y } = at(node.x, node.y);
    const size = node.size * scale;
    const { fill, border, wide, opacity } = lookOf(node);
    const style = `fill="${fill}" stroke="${border}" stroke-width="${n(wide * scale)}" opacity="${opacity}"`;
    const told = `<title>${xml([node.label, node.datedNow, data.looks.of(node.group).name].filter(Boolean).join(" · "))}</title>`;
    const shape = POINTS[node.shape];
    parts.push(shape ? `<polygon points="${shape.map(([dx, dy]) => point([x + dx * size, y + dy * size])).join(" ")}" ${style}>${told}</polygon>`
      : `<circle cx="${n(x)}" cy="${n(y)}" r="${n(size)}" ${style}>${told}</circle>`);
  }
  for (const { x, y, font, colour, text, middle, box, shape, size } of labels) {
    if (shape) {
      const style = `fill="${colour}" stroke="${colours.paper}" stroke-width="3" paint-order="stroke"`;
      parts.push(POINTS[shape] ? `<polygon points="${POINTS[shape].map(([dx, dy]) => point([x + dx * size, y + dy * size])).join(" ")}" ${style}/>`
        : `<circle cx="${n(x)}" cy="${n(y)}" r="${n(size)}" ${style}/>`);
      continue;
    }
    if (box) {
      parts.push(`<rect x="${n(box[0])}" y="${n(box[1])}" width="${n(box[2])}" height="${n(box[3])}" fill="${colours.paper}"/>`);
      continue;
    }
    const [, weight, points] = /^(\S+) ([\d.]+)px/.exec(font);
    parts.push(`<text x="${n(x)}" y="${n(y)}" dominant-baseline="central" font-size="${points}" font-weight="${weight}"${middle ? ' text-anchor="middle"' : ""} xml:space="preserve" fill="${colour}" stroke="${colours.paper}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">${xml(text)}</text>`);
  }
  parts.push(`</svg><text x="12" y="${height + 12}" dominant-baseline="central" font-size="12" fill="${colours.soft}">${xml(heading)}</text></svg>\n`);
  return parts.join("\n");
}
