// The start of a page of entities and lines: what hangs on what, what is chosen, and narrow screens.

// Everything that hangs on the filters and on what is chosen, in order.
function refresh() {
  applyFilters();
  if (state.node !== null && !data.nodes[state.node].on) [state.node, state.start] = [null, null];
  if (state.tie !== null && !data.ties[state.tie].on) state.tie = null;
  if (state.path) findPath(state.path.from, state.path.to);
  fillPanel();
  view.restyle();
  sayTime();
  later(showTables, 250);
  later(keepFragment, 250);
}

// Choose an entity, a line, or nothing. Where a path was begun, the entity is its other end.
function choose(node, tie) {
  const opens = node === null ? undefined : data.nodes[node].opens;
  if (opens !== undefined) return openPart(opens);
  if (node !== null && state.start !== null && state.start !== node) return choosePath(state.start, node);
  Object.assign(state, { node, tie, path: null, start: null, cursor: node ?? state.cursor });
  fillPanel();
  view.restyle();
  bringUp();
  later(keepFragment, 250);
}

function choosePath(from, to) {
  Object.assign(state, { node: null, tie: null, start: null, cursor: to });
  findPath(from, to);
  fillPanel();
  view.restyle();
  bringUp();
  say(element("chosen").querySelector("h2")?.textContent ?? "");
  later(keepFragment, 250);
}

// On a narrow screen the panel stands below the picture: what is chosen is brought into the window.
function bringUp() {
  const { top } = element("panel").getBoundingClientRect();
  if (!element("chosen").hidden && top > innerHeight * 0.85) scrollBy(0, top - innerHeight * 0.6);
}

// --- what opens below a button -------------------------------------------------------------------

function setUpPopovers() {
  const buttons = [...document.querySelectorAll("button[aria-expanded][aria-controls]")];
  const toggle = (button, open) => {
    button.setAttribute("aria-expanded", String(open));
    element(button.getAttribute("aria-controls")).hidden = !open;
  };
  const isOpen = button => button.getAttribute("aria-expanded") === "true";
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const open = !isOpen(button);
      buttons.forEach(other => toggle(other, false));
      toggle(button, open);
    });
    button.parentElement.addEventListener("keydown", event => {
      if (event.key !== "Escape" || !isOpen(button)) return;
      toggle(button, false);
      button.focus();
    });
    button.parentElement.addEventListener("focusout", event => {
      if (event.relatedTarget && !button.parentElement.contains(event.relatedTarget)) toggle(button, false);
    });
  }
  document.addEventListener("pointerdown", event => {
    for (const button of buttons) if (!button.parentElement.contains(event.target)) toggle(button, false);
  });
}

// The links between two parties on a narrow screen: one column, the parties above it. The column is as
// wide as the screen, at a scale at which its labels can be read.
function makeNarrow() {
  const stretch = Math.max(1, (innerWidth - 24) / 346 / 1.06);
  for (const node of [...data.nodes, ...data.stops]) {
    if (node.narrow) [node.x, node.y] = [node.narrow[0] * stretch, node.narrow[1]];
    if (node.tier === 0) Object.assign(node, { side: node.x < 100 ? "right" : "left", room: 140 * stretch, size: 13 });
    else if (node.side === "right") node.room = 262 * stretch;
    else if (node.room) node.room = 112 * stretch;
  }
  for (const line of data.lines) if (line.bend === "horizontal") line.bend = "";
  const between = ends => ends.some(end => data.nodes[end].along) && ends.some(end => data.nodes[end].tier === 0);
  for (const tie of data.ties) tie.faint ||= !between(tie.ends);
  for (const tick of data.ticks) Object.assign(tick, { y: tick.narrow, left: -12, right: 300 * stretch });
  data.corners = [[-34 * stretch, -64], [312 * stretch, 480]];
  data.margin = [12, 0];
  data.top = true;
}

// The links between two parties on a wide screen: who acts for one of them is named at its outer side, where
// there are fewer lines.
function makeWide() {
  const agreements = data.nodes.filter(node => node.side === "right");
  const lowest = Math.max(...agreements.map(node => node.y));
  const middle = (data.corners[0][0] + data.corners[1][0]) / 2;
  for (const node of data.nodes) {
    if (node.tier && node.side === "below" && node.y <= lowest) Object.assign(node, { side: node.x < middle ? "outleft" : "outright", room: 0 });
  }
}

// The paths between two entities on a narrow screen: from top to bottom, labels at the right.
function makeUpright() {
  const turn = ([x, y]) => [y * 1.25, x * 0.55];
  const alone = new Set(data.nodes.map(node => node.y)).size === 1;
  for (const node of data.nodes) {
    [node.x, node.y] = turn([node.x, node.y]);
    if (alone) Object.assign(node, { side: "outright", room: 0 });
    else if (node.tier) Object.assign(node, { side: "right", room: 175 });
  }
  const [[left, top], [right, bottom]] = data.corners.map(turn);
  data.corners = [[left - 10, top], [right + (alone ? 150 : 110), bottom]];
  data.margin = [16, 62];
}

// --- start ---------------------------------------------------------------------------------------

addEventListener("DOMContentLoaded", () => {
  delete document.head.appendChild;
  data = putPart(readRecord(element("data").textContent));
  if (data.kind === "links") innerWidth <= 900 ? makeNarrow() : makeWide();
  if (data.kind === "path" && innerWidth <= 760) makeUpright();
  makeLegend();
  makeChoices();
  setUpParts();
  view = makeView(data.stops);
  setUpTime();
  setUpFilters();
  setUpSearch();
  setUpPopovers();
  setUpTables();
  setUpExports();
  setUpKeys();
  setUpFragment();
  refresh();
});
