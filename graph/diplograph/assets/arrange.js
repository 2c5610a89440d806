// The places of a picture as they suit the window: what it is wider or higher is given to the names; a narrow
// screen has columns and lists, and pictures that stand upright.

// Of more entities around one a narrow screen shows a list.
const RING_ON_PHONE = 18;

// The places as they suit the window.
function arrange() {
  if (innerWidth <= 900 && data.kind === "links") return makeNarrow();
  if (innerWidth <= 760 && data.kind === "path") makeUpright();
  if (innerWidth <= 760 && data.kind === "groups") makeTall();
  const alone = data.nodes.filter(node => node.home === undefined).length;
  if (innerWidth <= 760 && (data.bunches || ["around", "whole"].includes(data.kind) && alone > RING_ON_PHONE)) return makeList();
  if (["links", "around", "groups"].includes(data.kind) || innerWidth <= 760 && data.kind === "path") fillWindow();
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
  standInColumn(stretch, -64);
}

// What the window has more room than the picture is given to the names.
function fillWindow() {
  const [[x0, y0], [x1, y1]] = data.corners;
  if (data.kind === "links") nameOutside((x0 + x1) / 2);
  const { clientWidth, clientHeight } = element("canvas");
  if (data.kind === "around") data.margin[0] = Math.max(data.margin[0], Math.min(275, clientWidth * 0.18));
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

// Many entities on a narrow screen: a list under headings instead of a ring or of clusters. Around one entity
// the groups come first, and the members of one that is open stand at the end.
function makeList() {
  const stretch = stretchOf();
  const first = data.nodes[data.root];
  const alone = data.nodes.filter(node => node !== first && !isBunch(node) && node.home === undefined);
  let y = 0;
  const ticks = [];
  const put = (text, nodes) => {
    if (!nodes.length) return;
    if (text) ticks.push({ text, y, left: -12, right: 300 * stretch });
    y += 28;
    for (const node of nodes) {
      Object.assign(node, { x: 0, y, side: "right", room: 285 * stretch, tier: 2, size: Math.min(node.size, 10), most: 10 });
      y += 25;
    }
  };
  if (first) {
    put("Groups", data.bunches ?? []);
    for (const [name, { name: words }] of Object.entries(data.classes)) put(severalOf(words), alone.filter(node => node.group === name));
    Object.assign(first, { x: -22, y: -38, side: "right", room: 300 * stretch, size: 13 });
  } else {
    const clusters = data.areas.map(({ label, of }) => [label, of.map(id => data.nodes[id]).sort((a, b) => b.weight - a.weight)]);
    const clustered = new Set(data.areas.flatMap(({ of }) => of));
    put("Tied to most", alone.filter(node => !clustered.has(node.id)).sort((a, b) => b.weight - a.weight));
    for (const [label, nodes] of clusters) put(label || `Around ${nodes[0].label}`, nodes);
    data.areas = [];
  }
  const end = y;
  for (const mark of data.bunches ?? []) {
    y = end;
    put("", mark.holds.map(id => data.nodes[id]));
  }
  for (const tie of data.ties) tie.faint ||= !tie.ends.includes(data.root);
  data.ticks = ticks;
  data.list = { top: first ? -62 : -12, opened: end - 12 };
  standInColumn(stretch, data.list.top);
}

// A column is as wide as the screen, at a scale at which its labels can be read, and is moved up and down.
const stretchOf = () => Math.max(1, (innerWidth - 24) / 346 / 1.06);

function standInColumn(stretch, top) {
  data.corners = [[-34 * stretch, top], [312 * stretch, 480]];
  data.margin = [12, 0];
  data.top = true;
  root.dataset.list = "true";
  // Few entities leave no empty picture beneath them.
  const lowest = Math.max(...data.nodes.map(node => node.y));
  const { parentElement: { parentElement: scene } } = element("canvas");
  scene.style.maxHeight = `${(lowest + 60 - top) * 1.06 + 130}px`;
}

const severalOf = word => (word.endsWith("y") ? `${word.slice(0, -1)}ies` : `${word}s`);

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
