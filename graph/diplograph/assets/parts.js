// A graph that is too large for one picture: the page has several, and the address says which is shown.
// A group opens by way of the address, so that the way back is the browser's own.

function partAsked() {
  const said = location.hash.startsWith("#?") ? new URLSearchParams(location.hash.slice(2, 20000)).get("part") : null;
  return /^\d{1,6}$/.test(said ?? "") ? Number(said) : null;
}

// Put the part that is asked for in the place of the first, before anything else looks at the page.
function putPart() {
  const template = document.getElementById(`part-${partAsked()}`);
  if (!template) return;
  const told = name => [...template.content.querySelector(`[data-part="${name}"]`).childNodes];
  for (const name of ["heading", "summary", "legend", "choices", "remarks", "rows"]) {
    document.querySelector(`[data-part="${name}"]`).replaceChildren(...told(name));
  }
  element("data").textContent = template.content.querySelector("script").textContent;
  document.title = `${element("heading").textContent} · diplograph`;
  root.dataset.kind = template.dataset.kind;
}

const openPart = (part, iri) => {
  const said = new URLSearchParams({ part });
  if (iri) said.set("node", iri);
  location.hash = `#?${said}`;
};

function setUpParts() {
  addEventListener("hashchange", () => {
    const asked = partAsked();
    if (asked !== null && asked !== data.part && (asked === 0 || document.getElementById(`part-${asked}`))) location.reload();
  });
  const names = element("everywhere");
  data.everywhere = names ? JSON.parse(names.textContent) : [];
}

// Entities of other parts by their names, each once, for the search.
function findElsewhere(query) {
  if (!query) return [];
  const here = new Set(data.nodes.map(node => node.label));
  const found = [];
  for (const [label, iri, part] of data.everywhere) {
    const rank = part === data.part || here.has(label) ? null : containing(query, folded(label));
    if (rank !== null) found.push({ node: { label, iri, part }, name: label, rank });
  }
  return found.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
}
