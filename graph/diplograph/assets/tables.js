// The tables under the picture: sorted by the buttons in their heads, and showing what the picture shows.

function setUpTables() {
  for (const head of document.querySelectorAll("#tables thead th")) {
    head.querySelector("button").addEventListener("click", () => sortBy(head));
  }
}

function sortBy(head) {
  const table = head.closest("table");
  const falling = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.parentElement.children) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", falling ? "descending" : "ascending");
  const column = head.cellIndex;
  const key = row => row.cells[column].dataset.k ?? row.cells[column].textContent;
  const { compare } = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const rows = [...table.tBodies[0].rows].map((row, place) => [key(row), place, row]);
  // What has nothing in the column stands last either way.
  rows.sort((a, b) => (a[0] === "") - (b[0] === "") || (falling ? -1 : 1) * compare(a[0], b[0]) || a[1] - b[1]);
  table.tBodies[0].append(...rows.map(([, , row]) => row));
  say(`sorted by ${head.textContent}, ${falling ? "descending" : "ascending"}`);
}

function showTables() {
  data.facts.on.forEach((on, fact) => { const row = element(`f${fact}`); if (row.hidden === on) row.hidden = !on; });
  for (const node of data.nodes) {
    for (const row of [element(`e${node.id}`), element(`a${node.id}`)]) if (row && row.hidden === node.on) row.hidden = !node.on;
  }
  element("partly").hidden = !narrowed();
}
