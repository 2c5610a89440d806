"use strict";
// The page around the picture: what is chosen, the filters, the search and the side panel.
// Text of the graph reaches the page through textContent only.
const root = document.documentElement;
const element = id => document.getElementById(id);
const fault = text => { root.dataset.error = `${root.dataset.error ? `${root.dataset.error} | ` : ""}${text}`; };
addEventListener("error", event => fault(event.message || "error"));
addEventListener("unhandledrejection", event => fault(String(event.reason)));
document.addEventListener("securitypolicyviolation", event => fault(`${event.effectiveDirective} ${event.blockedURI}`));

// vis-network adds style sheets for parts that are not used here; the page's policy admits only its own.
const append = document.head.appendChild;
document.head.appendChild = node => (node.nodeName === "STYLE" ? node : append.call(document.head, node));

const state = { hidden: new Set(), from: -Infinity, to: Infinity, node: null, tie: null, over: null, found: null };
let data, view;

const make = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

// --- filters -------------------------------------------------------------------------------------

const inYears = fact => {
  const years = data.years[fact];
  return !years || ((years[0] ?? -Infinity) <= state.to && (years[1] ?? Infinity) >= state.from);
};
const allYears = () => state.from <= data.first && state.to >= data.last;

function applyFilters() {
  // What happens at a time (an agreement, an event, a transfer) goes with its dated facts; anything
  // else stays as long as a line leads to it. Facts without a date stay.
  const everything = allYears();
  for (const node of data.nodes) {
    const dated = node.happens ? node.facts.filter(fact => data.years[fact]) : [];
    node.on = !state.hidden.has(node.group) && (everything || !dated.length || dated.some(inYears));
  }
  for (const tie of data.ties) {
    tie.on = tie.ends.every(end => data.nodes[end].on) && (everything || !tie.facts.length || tie.facts.some(inYears));
  }
  if (!everything) {
    const tied = new Set(data.ties.filter(tie => tie.on).flatMap(tie => tie.ends));
    for (const node of data.nodes) if (!node.happens && node.ties.length && !tied.has(node.id)) node.on = false;
  }
  if (state.node !== null && !data.nodes[state.node].on) choose(null, null);
  view.restyle();
}

function setUpLegend() {
  for (const button of document.querySelectorAll(".legend button")) {
    button.addEventListener("click", () => {
      const shown = button.getAttribute("aria-pressed") === "false";
      button.setAttribute("aria-pressed", String(shown));
      if (shown) state.hidden.delete(button.dataset.class); else state.hidden.add(button.dataset.class);
      applyFilters();
    });
  }
}

function setUpYears() {
  const years = data.years.filter(Boolean).flat().filter(year => year !== null);
  data.first = Math.min(...years);
  data.last = Math.max(...years);
  const [from, to] = [element("from"), element("to")];
  if (!(data.first < data.last)) return;
  for (const slider of [from, to]) { slider.min = data.first; slider.max = data.last; }
  from.value = data.first;
  to.value = data.last;
  const changed = moved => {
    if (Number(from.value) > Number(to.value)) (moved === from ? to : from).value = moved.value;
    [state.from, state.to] = [Number(from.value), Number(to.value)];
    element("span").textContent = `${state.from}–${state.to}`;
    applyFilters();
  };
  from.addEventListener("input", () => changed(from));
  to.addEventListener("input", () => changed(to));
  element("span").textContent = `${data.first}–${data.last}`;
  element("years").hidden = false;
}

const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function setUpSearch() {
  const box = element("find");
  let hits = [], next = 0;
  box.addEventListener("input", () => {
    const query = folded(box.value.trim());
    hits = query ? data.nodes.filter(node => node.on && folded(node.label).includes(query)) : [];
    hits.sort((a, b) => b.weight - a.weight);
    next = 0;
    state.found = query ? new Set(hits.map(node => node.id)) : null;
    element("found").textContent = query ? `${hits.length} found` : "";
    view.restyle();
  });
  box.form.addEventListener("submit", event => {
    event.preventDefault();
    if (!hits.length) return;
    const node = hits[next++ % hits.length];
    choose(node.id, null);
    view.goTo(node);
  });
}

// --- the side panel ------------------------------------------------------------------------------

function choose(node, tie) {
  [state.node, state.tie] = [node, tie];
  const panel = element("chosen");
  panel.replaceChildren();
  if (node !== null) panel.append(...aboutNode(data.nodes[node]));
  if (tie !== null) panel.append(...aboutTie(data.ties[tie]));
  const nothing = node === null && tie === null;
  panel.hidden = nothing;
  element("about").hidden = !nothing;
  element("panel").scrollTop = 0;
  view.restyle();
}

function closeButton() {
  const button = make("button", "close", "×");
  button.type = "button";
  button.setAttribute("aria-label", "Close");
  button.addEventListener("click", () => choose(null, null));
  return button;
}

function aboutNode(node) {
  const parts = [closeButton(), make("h2", "", node.label), make("p", "kind", data.classes[node.group].name)];
  const facts = node.facts.filter(inYears);
  parts.push(make("h3", "", plural(facts.length, "fact", "facts")), ...facts.map(aboutFact));
  const near = node.ties.map(tie => data.ties[tie]).filter(tie => tie.on)
    .map(tie => [data.nodes[tie.ends[0] === node.id ? tie.ends[1] : tie.ends[0]], tie]);
  near.sort((a, b) => b[0].weight - a[0].weight || (a[0].label < b[0].label ? -1 : 1));
  if (near.length) {
    const list = make("div", "near");
    for (const [other, tie] of near) {
      const count = tie.facts.length > 1 ? ` ×${tie.facts.length}` : "";
      const button = make("button", "", other.label + count);
      button.type = "button";
      button.addEventListener("click", () => { choose(other.id, null); view.goTo(other); });
      list.append(button);
    }
    parts.push(make("h3", "", `Tied to ${near.length}`), list);
  }
  return parts;
}

function aboutTie(tie) {
  const names = tie.ends.map(end => data.nodes[end].label);
  const facts = tie.facts.filter(inYears);
  return [
    closeButton(), make("h2", "", `${names[0]} – ${names[1]}`),
    make("p", "kind", plural(facts.length, "fact ties", "facts tie") + " them together"),
    ...facts.map(aboutFact),
  ];
}

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

function aboutFact(number) {
  const row = element(`f${number}`);
  const cell = name => row.querySelector(`.${name}`).textContent;
  const article = make("article");
  article.append(make("p", "", cell("statement")));
  const marks = make("p", "marks");
  marks.append(make("b", "", cell("date") || "no date"));
  for (const mark of [cell("stage"), cell("grade")]) if (mark) marks.append(` · ${mark}`);
  article.append(marks);
  for (const item of row.querySelectorAll(".passages li")) article.append(make("p", "passage", item.textContent));
  for (const item of row.querySelectorAll(".conflicts li")) {
    article.append(make("p", "conflict", `Contradicted: ${item.textContent}`));
  }
  return article;
}

// The links between two parties on a narrow screen: one column, the parties above it.
function makeNarrow() {
  for (const node of data.nodes) {
    if (node.narrow) [node.x, node.y] = node.narrow;
    if (node.tier === 0) Object.assign(node, { side: node.x < 100 ? "right" : "left", room: 140, size: 13 });
    else if (node.side === "right") node.room = 262;
    else if (node.room) node.room = 112;
  }
  for (const line of data.lines) if (line.bend === "horizontal") line.bend = "";
  for (const tie of data.ties) tie.faint ||= tie.ends.every(end => data.nodes[end].tier > 0);
  for (const tick of data.ticks) Object.assign(tick, { y: tick.narrow, left: -12, right: 300 });
  data.corners = [[-34, -64], [312, 480]];
  data.margin = [12, 0];
  data.top = true;
}

// --- start ---------------------------------------------------------------------------------------

addEventListener("DOMContentLoaded", () => {
  delete document.head.appendChild;
  data = JSON.parse(element("data").textContent);
  if (data.kind === "links" && innerWidth <= 760) makeNarrow();
  const stops = data.nodes.filter(node => node.group === "");
  data.nodes = data.nodes.filter(node => node.group !== "");
  for (const node of data.nodes) {
    Object.assign(node, { ties: [], on: true, happens: ["Agreement", "Event", "ArmsTransfer"].includes(node.group) });
  }
  data.ties.forEach((tie, number) => {
    Object.assign(tie, { number, on: true });
    for (const end of new Set(tie.ends)) data.nodes[end].ties.push(number);
  });
  view = makeView(stops);
  setUpYears();
  setUpLegend();
  setUpSearch();
  view.restyle();
});
