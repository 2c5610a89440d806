// The side panel: the facts of what is chosen in words, with dates, stages, grades and passages; what
// contradicts them side by side; the way to neighbours; the steps of a path.

function fillPanel() {
  const panel = element("chosen");
  const { node, tie, path, start } = state;
  const parts = path ? aboutPath(path) : node !== null ? aboutNode(data.nodes[node]) : tie !== null ? aboutTie(data.ties[tie]) : [];
  if (start !== null && node !== null) parts.splice(2, 0, aboutStart(data.nodes[start]));
  const key = JSON.stringify([node, tie, path && [path.from, path.to], start]);
  const moved = panel.dataset.of !== key;
  const focused = panel.contains(document.activeElement) ? document.activeElement.dataset.act : null;
  panel.dataset.of = key;
  panel.replaceChildren(...parts);
  panel.hidden = !parts.length;
  element("about").hidden = parts.length > 0;
  if (focused) (panel.querySelector(`[data-act="${focused}"]`) ?? element("panel")).focus({ preventScroll: true });
  if (moved) element("panel").scrollTop = 0;
}

function closeButton() {
  const button = acting("close", "×", () => { choose(null, null); view.focus(); }, "close");
  button.setAttribute("aria-label", "Close");
  return button;
}

function aboutNode(node) {
  const kind = [data.looks.of(node.group).name, node.noteNow].filter(Boolean).join(" ");
  const parts = [closeButton(), make("h2", "", node.label), make("p", "kind", kind)];
  if (node.also) parts.push(make("p", "kind", `Also: ${node.also.join("; ")}`));
  const acts = make("p", "acts");
  acts.append(acting("path", "Path from here…", () => { state.start = node.id; fillPanel(); say("Now choose the other end of the path."); }));
  const within = state.folded.has(node.id) ? node.within : foldable(node);
  if (within || state.folded.has(node.id)) {
    const words = state.folded.has(node.id) ? `Unfold ${within}` : `Fold ${within} that hang on it`;
    acts.append(acting("fold", words, () => foldToggle(node)));
  }
  parts.push(acts);
  const facts = node.facts.filter(fact => data.facts.on[fact]);
  parts.push(make("h3", "", plural(facts.length, "fact", "facts")), ...aboutFacts(facts));
  const near = node.ties.map(tie => data.ties[tie]).filter(tie => tie.there ?? tie.on)
    .map(tie => [data.nodes[tie.ends[0] === node.id ? tie.ends[1] : tie.ends[0]], tie]);
  near.sort((a, b) => b[0].weight - a[0].weight || (a[0].label < b[0].label ? -1 : 1));
  if (near.length) {
    const list = make("div", "near");
    for (const [other, tie] of near) {
      const count = tie.live.length > 1 ? ` ×${tie.live.length}` : "";
      list.append(pressable(other.label + count, () => goThere(other)));
    }
    parts.push(make("h3", "", `Tied to ${near.length}`), list);
  }
  return parts;
}

function goThere(node) {
  choose(node.id, null);
  view.goTo(node);
  element("panel").focus({ preventScroll: true });
}

function aboutStart(node) {
  const note = make("p", "begun", `Path from ${node.label}: now choose the other end, in the picture, by the search or below. `);
  note.append(acting("cancel", "Cancel", () => { state.start = null; fillPanel(); }));
  return note;
}

function aboutTie(tie) {
  const names = tie.ends.map(end => data.nodes[end]);
  const facts = tie.live;
  const parts = [
    closeButton(), make("h2", "", `${names[0].label} – ${names[1].label}`),
    make("p", "kind", plural(facts.length, "fact ties", "facts tie") + " them together"),
    aboutKinds(tie),
  ];
  const list = make("div", "near");
  for (const node of names) list.append(pressable(node.label, () => goThere(node)));
  return [...parts, list, ...aboutFacts(facts)];
}

// The kinds of the facts behind a line, each with its number.
function aboutKinds(tie) {
  const list = make("p", "lines");
  for (const [kind, count] of kindsOf(tie)) {
    const { key, name, sign: shape } = data.looks.lines[kind];
    const each = make("span");
    each.append(lineSign(shape, `t-${key}`), `${name} ×${count}`);
    list.append(each);
  }
  return list;
}

function aboutPath(path) {
  const [from, to] = [data.nodes[path.from], data.nodes[path.to]];
  const parts = [closeButton(), make("h2", "", `From ${from.label} to ${to.label}`)];
  if (!path.ties.length) return [...parts, make("p", "kind", "Nothing that is shown connects them.")];
  parts.push(make("p", "kind", `The shortest path: ${plural(path.ties.length, "step", "steps")}`));
  const list = make("ol", "steps");
  path.ties.forEach((number, n) => {
    const tie = data.ties[number];
    const item = make("li");
    const head = make("div", "near");
    head.append(pressable(data.nodes[path.nodes[n]].label, () => goThere(data.nodes[path.nodes[n]])), " – ",
      pressable(data.nodes[path.nodes[n + 1]].label, () => goThere(data.nodes[path.nodes[n + 1]])));
    item.append(head, ...tie.live.slice(0, 2).map(aboutFact));
    if (tie.live.length > 2) {
      const more = make("details");
      more.append(make("summary", "", `${tie.live.length - 2} more`), ...tie.live.slice(2).map(aboutFact));
      item.append(more);
    }
    if (!tie.live.length) item.append(make("p", "kind", "party to it"));
    list.append(item);
  });
  return [...parts, list];
}
