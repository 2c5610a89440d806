// Finding an entity by its name, with completion: a combobox with a listbox (ARIA). Typing errors are
// forgiven where nothing has the letters as typed.

const MOST = 40;

function setUpSearch() {
  const box = element("find");
  const list = element("hits");
  let hits = [], active = -1;

  const open = shown => {
    list.hidden = !shown;
    box.setAttribute("aria-expanded", String(shown));
    if (!shown) mark(-1);
  };
  const mark = place => {
    active = place;
    [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === place)));
    if (place < 0) box.removeAttribute("aria-activedescendant");
    else { box.setAttribute("aria-activedescendant", list.children[place].id); list.children[place].scrollIntoView({ block: "nearest" }); }
  };
  const show = () => {
    list.replaceChildren(...hits.slice(0, MOST).map(({ node, name }, n) => {
      const item = make("li", "", node.label);
      Object.assign(item, { id: `hit${n}`, role: "option" });
      const about = node.part === undefined ? [data.looks.of(node.group).name, node.dated, name !== node.label && name] : ["in another group"];
      item.append(make("span", "", about.filter(Boolean).join(" · ")));
      item.addEventListener("pointerdown", event => event.preventDefault());
      item.addEventListener("click", () => take(n));
      return item;
    }));
  };
  const take = place => {
    const { node } = hits[place];
    open(false);
    if (node.part !== undefined) return openPart(node.part, node.iri);
    box.value = node.label;
    state.found = null;
    element("found").textContent = "";
    choose(node.id, null);
    view.goTo(node);
  };
  const search = () => {
    const query = folded(box.value.trim());
    hits = findNames(query);
    state.found = query ? new Set(hits.map(hit => hit.node.id)) : null;
    hits = [...hits, ...findElsewhere(query)];
    element("found").textContent = query ? `${hits.length} found` : "";
    show();
    open(hits.length > 0);
    view.restyle();
  };
  box.addEventListener("input", search);
  box.addEventListener("blur", () => { open(false); state.found = null; element("found").textContent = ""; view.restyle(); });
  box.addEventListener("keydown", event => {
    const count = Math.min(hits.length, MOST);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { search(); if (list.hidden) return; }
      const shown = list.children.length;
      mark(event.key === "ArrowDown" ? (active + 1) % shown : (active <= 0 ? shown : active) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (list.hidden && box.value.trim()) search();
      if (!list.hidden && count) take(Math.max(active, 0));
    } else if (event.key === "Escape") {
      if (!list.hidden) open(false);
      else { box.value = ""; state.found = null; element("found").textContent = ""; view.restyle(); }
    }
  });
  box.form.addEventListener("submit", event => event.preventDefault());
}

// The entities shown that go by the name, the nearest first; without a name all, by weight.
function findNames(query) {
  const shown = data.nodes.filter(node => node.there ?? node.on);
  const best = [];
  for (const near of [containing, similar]) {
    for (const node of shown) {
      let least = null;
      for (const name of [node.label, ...(node.also ?? [])]) {
        const rank = near(query, folded(name));
        if (rank !== null && (least === null || rank < least.rank)) least = { node, name, rank };
      }
      if (least) best.push(least);
    }
    if (best.length || query.length < 4) break;
  }
  return best.sort((a, b) => a.rank - b.rank || b.node.weight - a.node.weight || a.node.id - b.node.id);
}

function containing(query, name) {
  if (!query) return 0;
  const at = name.indexOf(query);
  if (at < 0) return query.split(/\s+/).every(word => name.includes(word)) ? 3 : null;
  return name === query ? 0 : at === 0 ? 1 : /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 2 : 3;
}

// By letters to change: one in a short word, two in a longer one; every word must have its like.
function similar(query, name) {
  const words = name.split(/[^\p{L}\p{N}]+/u);
  let sum = 4;
  for (const asked of query.split(/[^\p{L}\p{N}]+/u).filter(Boolean)) {
    const most = asked.length < 4 ? 0 : asked.length < 7 ? 1 : 2;
    const least = Math.min(...words.map(word => changes(asked, word.slice(0, asked.length + 1), most)));
    if (least > most) return null;
    sum += least;
  }
  return sum;
}

function changes(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return Infinity;
  let [before, row] = [[], Array.from({ length: two.length + 1 }, (_, n) => n)];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= two.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === two[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[two.length];
}
