// The forms that a name can take in so much room: whole, in lines, as the letters that it is known by, cut.

const grouped = () => data.kind === "groups";
// What names of agreements have in common, as it is usually abbreviated.
const SHORTER = [
  [/\bInternational\b/gi, "Intl."], [/\bConvention\b/gi, "Conv."], [/\bAgreement\b/gi, "Agr."], [/\bProtocol\b/gi, "Prot."],
  [/\bOrgani([sz])ation\b/gi, "Org."], [/\bCo-?operation\b/gi, "Coop."], [/\bGovernments?\b/gi, "Govt."], [/\bCommission\b/gi, "Comm."],
  [/\bUnited Nations\b/g, "UN"], [/\bUnited States( of America)?\b/g, "U.S."], [/\bEuropean\b/gi, "Eur."], [/\bDevelopment\b/gi, "Dev."],
  [/\b(concerning|relating to|regarding|with respect to)\b/gi, "on"], [/\band\b/gi, "&"], [/ the\b/gi, ""],
];
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

  const inLines = (context, name, font, room) => {
    const lines = [];
    for (const word of name.split(" ")) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
      if (lines.length && measure(context, longer, font) <= room) lines[lines.length - 1] = longer; else lines.push(word);
    }
    return lines;
  };

  // The forms of the name of a node in lines of so much room and at most so many, the best first.
  const formsOf = (context, node, font, room, most) => {
    const fits = text => measure(context, text, font) <= room;
    if (fits(node.label)) return [[node.label]];
    const short = SHORTER.reduce((name, [long, brief]) => name.replace(long, word => (/^[a-z]/.test(word) ? brief.toLowerCase() : brief)), node.label);
    const [whole, brief] = [node.label, short].map(name => inLines(context, name, font, room));
    const within = (lines, count) => [...lines.slice(0, count - 1), lines.slice(count - 1).join(" ")].filter(Boolean);
    const all = lines => (lines.length <= most && lines.every(fits) ? lines : []);
    const part = count => {
      const pieces = within(brief, count).map(line => cut(context, line, font, room));
      return pieces.every(Boolean) ? pieces : [];
    };
    const letters = most > 1 ? (node.also ?? []).find(other => LETTERS.test(other)) : undefined;
    const counts = Array.from({ length: Math.min(most, brief.length) }, (_, n) => Math.min(most, brief.length) - n);
    return [all(whole), letters ? [letters] : [], all(brief), ...counts.map(part)].filter(form => form.length);
  };

  return { measure, formsOf };
}
