// The start of a page of entities and lines: what hangs on what, and what is chosen.

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
  if (node !== null && isBunch(data.nodes[node])) return openBunch(node);
  if (node !== null && state.start !== null && state.start !== node) return choosePath(state.start, node);
  Object.assign(state, { node, tie, path: null, start: null, cursor: node ?? state.cursor });
  showBunches();
  fillPanel();
  view.restyle();
  bringUp();
  later(keepFragment, 250);
}

function choosePath(from, to) {
  if (isBunch(data.nodes[to])) return openBunch(to);
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

// --- start ---------------------------------------------------------------------------------------

addEventListener("DOMContentLoaded", () => {
  delete document.head.appendChild;
  data = putPart(readRecord(element("data").textContent));
  arrange();
  makeLegend();
  makeChoices();
  setUpParts();
  setUpBunches();
  view = makeView(data.stops);
  setUpTime();
  setUpFilters();
  setUpSearch();
  setUpPopovers();
  setUpTables();
  setUpExports();
  setUpPrint();
  setUpKeys();
  setUpFragment();
  refresh();
});
