// The legend and the boxes of the filter, made from what the picture has: buttons for the classes of
// entities and the kinds of lines, boxes for stages, grades and sources, each with its number.

const SIGNS = {
  dot: ["circle", { cx: 8, cy: 8, r: 5.5 }],
  square: ["path", { d: "M3 3h10v10H3z" }],
  diamond: ["path", { d: "M8 1.5 14.5 8 8 14.5 1.5 8z" }],
  triangle: ["path", { d: "M8 2 14.5 13.5h-13z" }],
  triangleDown: ["path", { d: "M8 14 1.5 2.5h13z" }],
  hexagon: ["path", { d: "M4.7 2.3h6.6L14.6 8l-3.3 5.7H4.7L1.4 8z" }],
  star: ["path", { d: "m8 1 1.9 4.7 5 .3-3.9 3.2 1.3 4.9L8 11.4l-4.3 2.7L5 9.2 1.1 6l5-.3z" }],
  cross: ["path", { d: "M4 2.5 8 6.5l4-4L13.5 4l-4 4 4 4-1.5 1.5-4-4-4 4L2.5 12l4-4-4-4z" }],
};

function sign(shape, className) {
  const drawn = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ class: className, viewBox: "0 0 16 16", "aria-hidden": "true" })) drawn.setAttribute(name, value);
  const [name, attributes] = SIGNS[shape];
  const part = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) part.setAttribute(attribute, value);
  drawn.append(part);
  return drawn;
}

// A piece of a line with its sign in the middle.
function lineSign(shape, className) {
  const drawn = sign(shape, `${className} line`);
  drawn.setAttribute("viewBox", "-9 -1 34 18");
  const piece = document.createElementNS(SVG, "path");
  piece.setAttribute("d", "M-9 8h34");
  drawn.prepend(piece);
  return drawn;
}

const countBy = values => {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

function makeLegend() {
  const nodes = countBy(data.all.nodes.map(node => node.group));
  const classes = Object.entries(data.classes).map(([name, look]) => {
    const sample = sign(look.shape, `${look.colour}${look.filled ? "" : " hollow"}`);
    return legendButton("class", name, sample, look.name, nodes.get(name));
  });
  const ties = countBy(data.all.ties.flatMap(tie => [...new Set(tie.facts.map(fact => data.facts.line[fact]))]));
  data.kinds = data.looks.lines.map((_, kind) => kind).filter(kind => ties.has(kind));
  const lines = data.kinds.length > 1 ? data.kinds.map(kind => {
    const { key, name, sign: shape } = data.looks.lines[kind];
    return legendButton("line", key, lineSign(shape, `t-${key}`), name, ties.get(kind));
  }) : [];
  const groups = [legendGroup("Kinds of entities shown", classes), legendGroup("Kinds of lines shown", lines)];
  document.querySelector('[data-part="legend"]').replaceChildren(...groups.filter(Boolean));
}

function legendGroup(label, buttons) {
  if (!buttons.length) return null;
  const group = make("div", "kinds");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label);
  group.append(...buttons);
  return group;
}

function legendButton(kind, key, sample, name, count) {
  const button = make("button");
  button.type = "button";
  button.dataset[kind] = key;
  button.setAttribute("aria-pressed", "true");
  button.append(sample, `${name} `, make("span", "", String(count)));
  return button;
}

function makeChoices() {
  const parts = [["stages", "Stage", "stage"], ["grades", "Grade", "grade"], ["sources", "Source", "source"]].map(([kind, heading, one]) => {
    const counts = countBy(data.facts[one]);
    const box = make("fieldset");
    box.append(make("legend", "", heading));
    data.facts[kind].forEach((name, number) => {
      if (!counts.has(number)) return;
      const label = make("label");
      const input = make("input");
      Object.assign(input, { type: "checkbox", checked: true });
      input.dataset[kind] = number;
      label.append(input, ` ${name || "(none)"} `, make("span", "", String(counts.get(number))));
      box.append(label);
    });
    return box;
  });
  document.querySelector('[data-part="choices"]').replaceChildren(...parts.filter(part => part.childElementCount > 1));
}
