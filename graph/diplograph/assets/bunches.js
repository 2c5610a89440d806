// Groups by kind in the picture of what is around one entity: closed, a mark stands for all entities of a kind
// that are too many to be told apart; open, these stand in the outer ring instead of the groups. Which one is
// open stands in the address, so that the browser's way back closes it.

const LINES_OF_BUNCH = 3;

// Marks for the groups, after the entities of the picture, and lines for the strongest ties of each.
function addBunches(picture, rows) {
  picture.under = { nodes: picture.nodes, ties: picture.ties };
  const marks = rows.map((row, n) => Object.assign({ date: "", dated: "", note: "" }, fit(row), {
    id: picture.nodes.length + n, label: row.name, group: row.kind ?? "", shape: picture.looks.of(row.kind ?? "").shape,
    ties: [], facts: [], on: true, muted: false, happens: false, most: row.size,
  }));
  const lines = [];
  for (const mark of marks) {
    const near = new Map();
    for (const id of mark.holds) {
      picture.nodes[id].home = mark.id;
      for (const tie of picture.nodes[id].ties.map(number => picture.ties[number])) {
        const other = tie.ends[0] === id ? tie.ends[1] : tie.ends[0];
        near.set(other, [...near.get(other) ?? [], tie]);
      }
    }
    mark.near = near;
  }
  for (const mark of marks) {
    const strongest = [...mark.near].filter(([other]) => picture.nodes[other].home === undefined && (picture.kind !== "links" || picture.nodes[other].tier === 0))
      .sort((a, b) => b[1].length - a[1].length || a[0] - b[0]).slice(0, LINES_OF_BUNCH);
    for (const [other, under] of strongest) {
      const number = picture.ties.length + lines.length;
      lines.push({ number, ends: [other, mark.id], lines: [], on: true, facts: [], told: 0, ways: 0, dashed: false, fixed: true, faint: false, under });
      mark.ties.push(number);
    }
    delete mark.near;
  }
  picture.bunches = marks;
  picture.nodes = [...picture.nodes, ...marks];
  picture.ties = [...picture.ties, ...lines];
}

// What of the groups is shown: those that are closed, the entities of the one that is open, and of the others
// what is chosen or on a path.
function showBunches() {
  if (!data.bunches) return;
  const meant = new Set([state.node, ...state.path?.nodes ?? []]);
  for (const node of data.under.nodes) {
    if (node.home !== undefined) node.on = node.there && (node.home === state.open || meant.has(node.id));
  }
  if (data.kind === "links") {
    // Other parties are shown with the agreements that they are party to.
    const tied = new Set(data.under.ties.filter(tie => tie.there && tie.ends.some(end => data.nodes[end].along && data.nodes[end].on)).flatMap(tie => tie.ends));
    for (const node of data.under.nodes) if (node.home === undefined && node.tier) node.on = node.there && (tied.has(node.id) || meant.has(node.id));
  }
  for (const mark of data.bunches) {
    mark.shown = mark.holds.filter(id => data.nodes[id].there).length;
    mark.on = mark.shown > 0 && (state.open === null || Boolean(data.list));
    mark.size = 8 + (mark.most - 8) * Math.sqrt(mark.shown / mark.holds.length);
    const all = mark.holds.length.toLocaleString("en");
    mark.noteNow = mark.shown < mark.holds.length ? `${mark.shown.toLocaleString("en")} of ${all}` : all;
    [mark.mutedNow, mark.possibly, mark.dateNow, mark.datedNow] = [false, false, "", ""];
  }
  for (const tie of data.under.ties) tie.on = tie.there && tie.ends.every(end => data.nodes[end].on);
  for (const tie of data.ties.slice(data.under.ties.length)) countUnder(tie, tie.under.filter(each => each.there));
  if (data.list) data.corners[0][1] = state.open === null ? data.list.top : data.list.opened;
  const open = state.open === null ? null : data.nodes[state.open];
  element("shut").hidden = !open;
  element("shut").textContent = open ? `${open.label} (${open.noteNow})` : "";
  element("shut").setAttribute("aria-label", `Close: ${element("shut").textContent}`);
}

const isBunch = node => node.holds !== undefined;

// Open a group, or with null close the one that is open. Filters and the date stay.
function openBunch(id) {
  const said = new URLSearchParams(toFragment());
  for (const name of ["open", "path", "node", "line", "at"]) said.delete(name);
  if (id !== null) said.set("open", data.nodes[id].label);
  location.hash = `#?${said}`;
  say(id === null ? "the group is closed" : `${data.nodes[id].label}: ${plural(data.nodes[id].shown, "entity", "entities")}`);
}

function setUpBunches() {
  element("shut").addEventListener("click", () => { openBunch(null); view.focus(); });
}
