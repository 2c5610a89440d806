// The current view as a file: PNG, SVG, CSV, GraphML. Files are made here and handed over as blob: links;
// nothing is asked of any network.

const GRAPHML = "http://graphml.graphdrawing.org/xmlns";

// The entities and lines of a file: all that the filters leave, also in groups by kind that are closed.
const exported = what => (data.bunches ? data.under : data)[what].filter(each => (data.bunches ? each.there : each.on));

function captionOf() {
  const when = state.mode === "day" ? `as of ${wordsOf(state.day)}` : state.mode === "span" ? `${state.from}–${state.to}` : "";
  return [data.title, when, plural(exported("nodes").length, "entity", "entities"),
    `sources: ${data.facts.sources.filter((_, n) => !state.hidden.sources.has(n)).join(", ") || "none"}`].filter(Boolean).join(" · ");
}

function fileName(ending) {
  const slug = folded(data.title).replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${slug || "diplograph"}${state.mode === "day" ? `-${isoOf(state.day)}` : ""}.${ending}`;
}

function save(ending, blob) {
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = fileName(ending);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 20000);
  say(`${link.download} saved`);
}

function setUpExports() {
  const text = (ending, type, made) => save(ending, new Blob([made], { type: `${type};charset=utf-8` }));
  element("png").addEventListener("click", () => view.toPng(blob => save("png", blob)));
  element("svg").addEventListener("click", () => text("svg", "image/svg+xml", toSvg()));
  element("csv").addEventListener("click", () => text("csv", "text/csv", toCsv()));
  element("graphml").addEventListener("click", () => text("graphml", "application/xml", toGraphml()));
  element("link").addEventListener("click", async () => {
    keepFragment();
    try { await navigator.clipboard.writeText(location.href); say("link copied"); } catch { say("the link is in the address bar"); }
  });
}

const iriOf = node => node.iri ?? "";

const inOne = told => ({
  passages: told.passages.join(" | "),
  conflicts: told.conflicts.map(({ other, detail, where }) => `${other} – ${detail}${where ? ` (${where})` : ""}`).join(" | "),
});
const holdsOf = fact => (data.facts.certainty[fact] === POSSIBLY ? "possibly" : "definitely");

// One line a fact. What a spreadsheet would take for a formula is kept text by an apostrophe.
function toCsv() {
  const cell = value => `"${String(value).replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
  const head = ["date", "edtf", "statement", "about", "kind", "stage", "grade", "holds", "source", "passages", "contradicted by", "about (identifiers)"];
  const about = data.facts.on.map(() => []);
  for (const node of data.all.nodes) if (node.there) for (const fact of node.facts) about[fact].push(node);
  const rows = [];
  data.facts.on.forEach((on, fact) => {
    if (!on) return;
    const told = toldOf(fact);
    const { passages, conflicts } = inOne(told);
    rows.push([told.date, told.edtf, told.statement, about[fact].map(node => node.label).join("; "), told.kind, told.stage, told.grade,
      holdsOf(fact), told.source, passages, conflicts, about[fact].map(iriOf).join(" ")]);
  });
  return `\uFEFF${[head, ...rows].map(row => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

// Nodes are entities, edges are facts, one for each two entities that a fact ties; a line without a fact is
// one edge. The graph is undirected; where a fact has a direction, “direction” says so.
function toGraphml() {
  const keys = { node: ["label", "class", "identifier", "date"], edge: ["label", "kind", "date", "edtf", "stage", "grade", "holds", "source", "passages", "direction"] };
  const numbers = { node: ["x", "y"], edge: [] };
  const parts = [`<?xml version="1.0" encoding="UTF-8"?>`, `<graphml xmlns="${GRAPHML}">`];
  for (const side of ["node", "edge"]) {
    for (const name of keys[side]) parts.push(`<key id="${side}-${name}" for="${side}" attr.name="${name}" attr.type="string"/>`);
    for (const name of numbers[side]) parts.push(`<key id="${side}-${name}" for="${side}" attr.name="${name}" attr.type="double"/>`);
  }
  const told = (side, values) => Object.entries(values).map(([name, value]) => `<data key="${side}-${name}">${xml(value)}</data>`).join("");
  parts.push(`<graph id="view" edgedefault="undirected">`, `<desc>${xml(captionOf())}</desc>`);
  for (const node of exported("nodes")) {
    parts.push(`<node id="n${node.id}">${told("node", { label: node.label, class: node.group, identifier: iriOf(node), date: node.datedNow, x: node.x, y: node.y })}</node>`);
  }
  for (const tie of exported("ties")) {
    const [from, to] = tie.ends;
    const edge = (id, values) => parts.push(`<edge id="${id}" source="n${from}" target="n${to}">${told("edge", values)}</edge>`);
    for (const fact of tie.live) {
      const told = toldOf(fact);
      const { statement, date, edtf, stage, grade, source, kind } = told;
      const way = tie.ways ? tie.ways[tie.facts.indexOf(fact)] : 0;
      edge(`t${tie.number}-f${fact}`, { label: statement, kind, date, edtf, stage, grade, holds: holdsOf(fact), source, passages: inOne(told).passages, direction: ["none", "forward", "back", "both"][way] });
    }
    if (!tie.live.length) edge(`t${tie.number}`, { label: "", kind: "party", direction: "none" });
  }
  parts.push("</graph>", "</graphml>", "");
  return parts.join("\n");
}
