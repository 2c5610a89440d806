// The tables under the picture: made from the data where they do not stand in the page; sorted by the buttons
// in their heads, and showing what the picture shows.

let tabled = false;

function setUpTables() {
  // The address keeps the view, so that the way to the tables is not by it.
  document.querySelector('a[href="#tables"]').addEventListener("click", event => {
    event.preventDefault();
    makeTables();
    element("tables").scrollIntoView();
    element("tables").focus({ preventScroll: true });
  });
  const rows = document.querySelector('[data-part="rows"]');
  tabled = rows.childElementCount > 0;
  if (tabled) return setUpHeads();
  const facts = data.kind === "groups" ? "" : ` and ${plural(data.facts.length, "fact", "facts")}`;
  const count = plural((data.bunches ? data.under : data).nodes.length, data.kind === "groups" ? "group" : "entity", data.kind === "groups" ? "groups" : "entities");
  const button = pressable(`Show ${count}${facts} as tables`, makeTables);
  button.id = "maketables";
  rows.replaceChildren(button);
  // They are made when they are asked for, come into sight, or are printed.
  new IntersectionObserver((entries, observer) => {
    if (!entries.some(entry => entry.isIntersecting)) return;
    observer.disconnect();
    makeTables();
  }).observe(button);
  addEventListener("beforeprint", makeTables);
}

function setUpHeads() {
  for (const head of document.querySelectorAll("#tables thead th")) {
    head.querySelector("button").addEventListener("click", () => sortBy(head));
  }
}

function makeTables() {
  if (tabled) return;
  tabled = true;
  const reached = document.activeElement?.id === "maketables";
  const made = data.kind === "groups" ? [groupTable()] : [entityTable(), factTable()];
  document.querySelector('[data-part="rows"]').replaceChildren(...made.filter(Boolean));
  setUpHeads();
  showTables();
  if (reached) element("tables").focus({ preventScroll: true });
}

// A table with a button in each head; nothing of the data in it is anything but text.
function makeTable(id, caption, heads, rows) {
  if (!rows.length) return null;
  const wide = make("div", "wide");
  const made = make("table");
  made.id = id;
  const head = make("tr");
  for (const name of heads) {
    const cell = make("th");
    Object.assign(cell, { scope: "col" });
    cell.setAttribute("aria-sort", "none");
    cell.append(pressable(name, () => {}));
    head.append(cell);
  }
  const [top, body] = [make("thead"), make("tbody")];
  top.append(head);
  body.append(...rows);
  made.append(make("caption", "", caption), top, body);
  wide.append(made);
  return wide;
}

const cellOf = (className, ...children) => { const cell = make("td", className); cell.append(...children); return cell; };
const linked = (to, text) => { const link = make("a", "", text); link.href = to; return link; };
const rowHead = text => { const cell = make("th", "", text); cell.scope = "row"; return cell; };
const between = (parts, text) => parts.flatMap((part, n) => (n ? [text, part] : [part]));
const listOf = (className, items) => { const list = make("ul", className); list.append(...items); return list; };

function entityTable() {
  const rows = data.all.nodes.map(node => {
    const row = make("tr");
    row.id = `e${node.id}`;
    const numbers = cellOf("numbers", ...between(node.facts.map(fact => linked(`#f${fact}`, String(fact + 1))), " "));
    numbers.dataset.k = node.facts.length;
    row.append(rowHead(node.label), cellOf("", data.looks.of(node.group).name), numbers, cellOf("", make("code", "", node.iri)));
    return row;
  });
  return makeTable("entities", "Entities", ["Name", "Kind", "Facts", "Identifier"], rows);
}

function factTable() {
  const about = data.facts.number.map(() => []);
  for (const node of data.all.nodes) for (const fact of node.facts) about[fact].push(linked(`#e${node.id}`, node.label));
  const rows = about.map((entities, fact) => {
    const told = toldOf(fact);
    const row = make("tr");
    row.id = `f${fact}`;
    const date = cellOf("date", told.date);
    date.dataset.k = data.facts.order[fact];
    if (told.edtf) date.dataset.edtf = told.edtf;
    row.append(
      cellOf("", String(fact + 1)), date, cellOf("statement", told.statement), cellOf("", ...between(entities, ", ")),
      cellOf("stage", told.stage), cellOf("grade", gradeOf(fact)),
      cellOf("", listOf("passages", told.passages.map(passage => make("li", "", passage)))),
      cellOf("", listOf("conflicts", told.conflicts.map(conflictItem))),
    );
    return row;
  });
  return makeTable("facts", "Facts", ["No.", "Date", "Statement", "About", "Stage", "Grade", "Passages", "Contradicted by"], rows);
}

function conflictItem({ by, other, detail, where }) {
  const item = make("li");
  item.dataset.by = by;
  item.append(make("span", "other", other), " – ", make("span", "detail", detail), " ", make("span", "where", where && `(${where})`));
  return item;
}

function groupTable() {
  const rows = data.nodes.map(node => {
    const row = make("tr");
    row.id = `e${node.id}`;
    const head = make("th");
    head.scope = "row";
    const link = linked(`#?part=${node.opens}`, `${node.label} ${node.note}`.trim());
    link.addEventListener("click", event => { event.preventDefault(); openPart(node.opens); });
    head.append(link);
    row.append(head, cellOf("shown"), cellOf("members", String(node.members)), cellOf("", node.ties.map(tie => data.ties[tie])
      .map(tie => data.nodes[tie.ends[0] === node.id ? tie.ends[1] : tie.ends[0]].label).join(", ")));
    return row;
  });
  return makeTable("entities", "Groups", ["Group", "Entities shown", "Entities", "Tied most to"], rows);
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
  element("partly").hidden = !narrowed();
  if (!tabled) return;
  if (element("facts")) data.facts.on.forEach((on, fact) => { const row = element(`f${fact}`); if (row.hidden === on) row.hidden = !on; });
  for (const node of data.nodes) {
    for (const row of [element(`e${node.id}`), element(`a${node.id}`)]) {
      if (!row) continue;
      const there = node.there ?? node.on;
      if (row.hidden === there) row.hidden = !there;
      if (data.kind === "groups" && row.cells[1]) row.cells[1].textContent = String(node.shown);
    }
  }
}
