// The start of a page of entities and lines: what hangs on what, what is chosen, and narrow screens.

// Of more entities around one a narrow screen shows a list.
const RING_ON_PHONE = 18;

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

// The links between two parties on a narrow screen: one column, the parties above it. The column is as
// wide as the screen, at a scale at which its labels can be read.
function makeNarrow() {
  const stretch = stretchOf();
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
  standInColumn(stretch);
}

// What the window has more room than the picture is given to the names.
function fillWindow() {
  const [[x0, y0], [x1, y1]] = data.corners;
  if (data.kind === "links") nameOutside((x0 + x1) / 2);
  const { clientWidth, clientHeight } = element("canvas");
  const across = (clientWidth - 2 * Math.min(data.margin[0], clientWidth * ASIDE)) / (x1 - x0), down = (clientHeight - 2 * data.margin[1]) / (y1 - y0);
  const scale = Math.min(across, down, LARGEST);
  const [wider, higher] = [data.kind === "path" ? 1 : Math.min(across / scale, 1.8), Math.min(down / scale, 1.6)];
  for (const place of [...data.nodes, ...data.stops]) Object.assign(place, { x: place.x * wider, y: place.y * higher, room: place.room * wider });
  for (const tick of data.ticks) Object.assign(tick, { y: tick.y * higher, left: tick.left * wider, right: tick.right * wider });
  data.corners = [[x0 * wider, y0 * higher], [x1 * wider, y1 * higher]];
}

// Who acts for one of two parties is named at its outer side, where there are fewer lines.
function nameOutside(middle) {
  const lowest = Math.max(...data.nodes.filter(node => node.side === "right").map(node => node.y));
  for (const node of data.nodes) {
    if (node.tier && node.side === "below" && node.y <= lowest) Object.assign(node, { side: node.x < middle ? "outleft" : "outright", room: 0 });
  }
}

// What is around one entity on a narrow screen, where it is more than a ring has room for: a list under
// headings, the groups first; the members of one that is open stand at its end.
function makeList() {
  const stretch = stretchOf();
  const first = data.nodes[data.root];
  data.ticks = [];
  let y = 0;
  const put = (text, nodes) => {
    if (!nodes.length) return;
    data.ticks.push({ text, y, left: -12, right: 300 * stretch });
    y += 28;
    for (const node of nodes) {
      Object.assign(node, { x: 0, y, side: "right", room: 285 * stretch, tier: 2, size: Math.min(node.size, 10), most: 10 });
      y += 25;
    }
  };
  put("Groups", data.bunches ?? []);
  const alone = data.nodes.filter(node => node !== first && !isBunch(node) && node.home === undefined);
  for (const [name, { name: words }] of Object.entries(data.classes)) put(severalOf(words), alone.filter(node => node.group === name));
  const end = y;
  for (const mark of data.bunches ?? []) {
    y = end;
    put("", mark.holds.map(id => data.nodes[id]));
    data.ticks.pop();
  }
  Object.assign(first, { x: -22, y: -38, side: "right", room: 300 * stretch, size: 13 });
  for (const tie of data.ties) tie.faint ||= !tie.ends.includes(data.root);
  data.list = { top: -62, opened: end - 12 };
  standInColumn(stretch);
}

const severalOf = word => (word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`);

// A column is as wide as the screen, at a scale at which its labels can be read, and is moved up and down.
const stretchOf = () => Math.max(1, (innerWidth - 24) / 346 / 1.06);

function standInColumn(stretch) {
  data.corners = [[-34 * stretch, -64], [312 * stretch, 480]];
  data.margin = [12, 0];
  data.top = true;
  root.dataset.list = "true";
  // Few entities leave no empty picture beneath them.
  const lowest = Math.max(...data.nodes.map(node => node.y));
  const { parentElement: { parentElement: scene } } = element("canvas");
  scene.style.maxHeight = `${(lowest + 64 + 60) * 1.06 + 130}px`;
}

// The paths between two entities on a narrow screen: from top to bottom, labels at the right.
function makeUpright() {
  const turn = ([x, y]) => [y * 1.25, x * 0.55];
  const alone = new Set(data.nodes.map(node => node.y)).size === 1;
  for (const node of data.nodes) {
    [node.x, node.y] = turn([node.x, node.y]);
    if (alone || node.tier) Object.assign(node, { side: node.x < 0 ? "outleft" : "outright", room: 0 });
  }
  const [[left, top], [right, bottom]] = data.corners.map(turn);
  data.corners = [[left - (left < 0 ? 110 : 10), top], [right + 150, bottom]];
  data.margin = [16, 34];
}

// Groups on a narrow screen: the picture stands upright, as the screen does, and has its height.
function makeTall() {
  for (const node of data.nodes) [node.x, node.y] = [node.y, node.x];
  data.corners = data.corners.map(([x, y]) => [y, x]);
  data.margin = [26, 26];
  root.dataset.tall = "true";
}

// The places as they suit the window.
function arrange() {
  if (innerWidth <= 900 && data.kind === "links") return makeNarrow();
  if (innerWidth <= 760 && data.kind === "path") makeUpright();
  if (innerWidth <= 760 && data.kind === "groups") makeTall();
  const alone = data.nodes.filter(node => node.home === undefined).length;
  if (innerWidth <= 760 && data.kind === "around" && alone > RING_ON_PHONE) return makeList();
  if (["links", "around", "groups"].includes(data.kind) || innerWidth <= 760 && data.kind === "path") fillWindow();
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
  setUpKeys();
  setUpFragment();
  refresh();
});
