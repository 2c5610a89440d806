// The forms that a name can take in so much room: whole, in lines, as the letters that it is known by, cut.

const grouped = () => data.kind === "groups";
const LETTERS = /^\p{Lu}[\p{Lu}\d&.-]{1,7}$/u;

// In how many lines a name may be written: in several where what stands above and below is far.
function linesFor(node) {
  if (data.kind === "path" || grouped() || isBunch(node) && !data.list) return 3;
  if (data.kind === "links") return SIDES[node.side].rim ? 3 : node.side === "right" ? 1 : 2;
  if (data.list) return 1;
  if (data.kind !== "around") return node.tier < 2 ? 2 : 1;
  return data.nodes.length <= 10 ? 3 : node.tier < 2 || data.nodes.length <= 36 ? 2 : 1;
}

function makeNames() {
  const widths = new Map();
  const measure = (context, text, font) => {
    const key = font + text;
    if (!widths.has(key)) { context.font = font; widths.set(key, context.measureText(text).width); }
    return widths.get(key);
  };

  // As much of a text as there is room for; nothing where that would be a few letters.
  const cut = (context, text, font, room) => {
    if (measure(context, text, font) <= room) return text;
    let [low, high] = [0, text.length];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      context.font = font;
      if (context.measureText(`${text.slice(0, middle)}…`).width <= room) low = middle; else high = middle - 1;
    }
    return low < 5 && low < text.length ? "" : `${text.slice(0, low).trimEnd()}…`;
  };

  // The forms of the name of a node in lines of so much room and at most so many, the best first.
  const formsOf = (context, node, font, room, most) => {
    const fits = text => measure(context, text, font) <= room;
    if (fits(node.label)) return [[node.label]];
    const lines = [];
    for (const word of node.label.split(" ")) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && fits(longer)) lines[lines.length - 1] = longer; else lines.push(word);
    }
    const within = count => [...lines.slice(0, count - 1), lines.slice(count - 1).join(" ")].filter(Boolean);
    const short = count => {
      const pieces = within(count).map(line => cut(context, line, font, room));
      return pieces.every(Boolean) ? pieces : [];
    };
    const letters = most > 1 ? (node.also ?? []).find(other => LETTERS.test(other)) : undefined;
    const whole = within(most).every(fits) ? within(most) : [];
    const counts = Array.from({ length: Math.min(most, lines.length) }, (_, n) => Math.min(most, lines.length) - n);
    return [whole, letters ? [letters] : [], ...counts.map(short)].filter(form => form.length);
  };

  return { measure, formsOf };
}
