// A graph that is too large for one picture: the page has several, and the address says which is shown.
// A group opens by way of the address, so that the way back is the browser's own.

function partAsked() {
  const said = location.hash.startsWith("#?") ? new URLSearchParams(location.hash.slice(2, 20000)).get("part") : null;
  return /^\d{1,6}$/.test(said ?? "") ? Number(said) : null;
}

// Put the picture that is asked for in the place of the first, before anything else looks at the page.
function putPart(record) {
  const asked = partAsked();
  const part = openPicture(record, record.parts[asked] ? asked : 0);
  root.dataset.kind = part.kind;
  if (!part.part) return part;
  const put = (name, ...children) => document.querySelector(`[data-part="${name}"]`).replaceChildren(...children);
  const up = make("a", "", `Back to ${record.parts[part.around].title}`);
  up.dataset.up = part.around;
  up.href = `#?part=${part.around}`;
  put("heading", part.title);
  put("summary", part.summary, " ", up);
  put("remarks", ...part.remarks.map(paragraph));
  document.title = `${part.title} · diplograph`;
  return part;
}

// A remark; an option of the command line in it stands on one line.
function paragraph(text) {
  const told = make("p");
  told.append(...text.split(/(--[a-z][a-z-]*(?: (?:pending|any))?)/).map((piece, place) => (place % 2 ? make("span", "option", piece) : piece)));
  return told;
}

// The filters and the date go along; what is chosen and where the window stands do not.
function addressOf(part, iri) {
  const said = new URLSearchParams(toFragment());
  for (const name of ["part", "folded", "path", "node", "line", "at"]) said.delete(name);
  const whole = new URLSearchParams({ part });
  if (iri) whole.set("node", iri);
  for (const [name, value] of said) whole.append(name, value);
  return `#?${whole}`;
}

const openPart = (part, iri) => { location.hash = addressOf(part, iri); };

function setUpParts() {
  addEventListener("hashchange", () => {
    const asked = partAsked();
    if (asked !== null && asked !== data.part && data.record.parts[asked]) location.reload();
  });
  document.querySelector("[data-up]")?.addEventListener("click", event => {
    event.preventDefault();
    openPart(Number(event.target.dataset.up));
  });
}

// Entities of other parts by their names, each once, for the search.
function findElsewhere(query) {
  const { record } = data;
  if (!query || record.parts.length < 2) return [];
  record.home ??= homes(record);
  const here = new Set(data.nodes.map(node => node.label));
  const found = [];
  for (let entity = 0; entity < record.entities.length; entity++) {
    const [label, part] = [record.label(entity), record.home[entity]];
    const rank = part === data.part || here.has(label) ? null : containing(query, folded(label));
    if (rank !== null) found.push({ node: { label, iri: record.iri(entity), part }, name: label, rank });
  }
  return found.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
}

function homes(record) {
  const home = [];
  record.parts.forEach((part, number) => {
    if (part.kind !== "groups") for (const entity of within(record, part).entities) home[entity] = number;
  });
  return home;
}

// What is shown of groups: each as large as it has entities that are, each line as wide as it has ties.
function sumUp() {
  if (data.kind !== "groups") return;
  const counts = data.nodes.map(() => 0);
  for (const node of data.under.nodes) if (node.on) counts[node.home] += 1;
  for (const node of data.nodes) {
    const shown = counts[node.id];
    const fewer = shown < node.members;
    [node.on, node.shown] = [shown > 0, shown];
    node.size = 12 + (node.most - 12) * Math.sqrt(shown / node.members);
    node.noteNow = fewer ? `${shown.toLocaleString("en")} of ${node.members.toLocaleString("en")}` : node.note;
    [node.mutedNow, node.possibly, node.dateNow, node.datedNow] = [fewer && shown < node.members / 10, false, "", ""];
  }
  for (const tie of data.ties) countUnder(tie, tie.under.filter(each => each.on));
}

// A line that stands for ties between entities, as those of them say that are there.
function countUnder(tie, there) {
  tie.pairs = there.length;
  tie.live = [...new Set(there.flatMap(each => each.live))].sort((a, b) => a - b);
  tie.on = tie.pairs > 0 && tie.ends.every(end => data.nodes[end].on);
  tie.dashedNow = tie.on && there.every(each => each.dashedNow);
  tie.possibly = tie.on && there.every(each => each.possibly);
}
