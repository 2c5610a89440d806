// The state of the view in the address, after “#?”: a link that shows the same again. What is read from
// there is matched against what the page has; anything else in it counts for nothing.

let written = "";

function toFragment() {
  const said = new URLSearchParams();
  if (data.part) said.set("part", data.part);
  const { hidden } = state;
  const identifiers = ids => ids.map(id => iriOf(data.nodes[id])).join(" ");
  if (state.mode === "day") said.set("on", isoOf(state.day));
  if (state.mode === "span") said.set("years", `${state.from}-${state.to}`);
  if (hidden.classes.size) said.set("without", [...hidden.classes].join(" "));
  if (hidden.lines.size) said.set("no-lines", [...hidden.lines].join(" "));
  for (const kind of ["stages", "grades", "sources"]) {
    for (const number of hidden[kind]) said.append(`no-${kind}`, data.facts[kind][number]);
  }
  if (state.open !== null) said.set("open", data.nodes[state.open].label);
  if (state.folded.size) said.set("folded", identifiers([...state.folded]));
  if (state.path) said.set("path", identifiers([state.path.from, state.path.to]));
  else if (state.node !== null) said.set("node", identifiers([state.node]));
  else if (state.tie !== null) said.set("line", identifiers(data.ties[state.tie].ends));
  const place = view.place();
  if (place) said.set("at", place.map(number => Math.round(number * 1000) / 1000).join(","));
  return String(said);
}

function keepFragment() {
  const now = toFragment();
  if (now === written) return;
  written = now;
  try { history.replaceState(null, "", now ? `#?${now}` : "#"); } catch { /* an address that may not be changed stays */ }
}

function setUpFragment() {
  const read = () => {
    const said = location.hash.startsWith("#?") ? location.hash.slice(2) : "";
    if (said === written) return false;
    written = said;
    restore(new URLSearchParams(written.slice(0, 20000)));
    return true;
  };
  read();
  addEventListener("hashchange", () => { if (read()) refresh(); });
}

function restore(said) {
  const nodes = new Map(data.nodes.map(node => [iriOf(node), node]).filter(([iri]) => iri));
  const named = name => (said.get(name) ?? "").split(" ").map(iri => nodes.get(iri)?.id).filter(id => id !== undefined);
  Object.assign(state, { mode: "all", node: null, tie: null, path: null, start: null });
  state.folded = new Set(named("folded"));
  state.hidden.classes = new Set((said.get("without") ?? "").split(" ").filter(name => data.record.entities.type.some(type => data.record.texts[type] === name)));
  const kinds = data.looks.lines.map(line => line.key);
  state.hidden.lines = new Set((said.get("no-lines") ?? "").split(" ").filter(name => kinds.includes(name)));
  for (const kind of ["stages", "grades", "sources"]) {
    state.hidden[kind] = new Set(said.getAll(`no-${kind}`).map(name => data.facts[kind].indexOf(name)).filter(number => number >= 0));
  }
  const open = data.bunches?.find(mark => mark.label === said.get("open"))?.id ?? null;
  const turned = open !== state.open;
  state.open = open;
  const day = dayOf(said.get("on") ?? "");
  const years = /^(\d{1,4})-(\d{1,4})$/.exec(said.get("years") ?? "");
  if (day !== null) setDay(day);
  else if (years) setSpan(Number(years[1]), Number(years[2]));
  showFilters();
  applyFilters();
  const [path, [node], line] = [named("path"), named("node"), named("line")];
  if (path.length === 2) findPath(...path);
  else if (node !== undefined) state.node = node;
  else if (line.length === 2) {
    const tie = data.ties.find(({ ends }) => ends[0] === line[0] && ends[1] === line[1]);
    state.tie = tie ? tie.number : null;
  }
  const place = (said.get("at") ?? "").split(",").map(Number);
  if (place.length === 3 && place.every(Number.isFinite)) view.putAt(...place);
  else if (turned) view.fit();
  else if (node !== undefined) view.goTo(data.nodes[node]);
}
