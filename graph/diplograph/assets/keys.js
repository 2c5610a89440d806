// The picture by keyboard: arrow keys go from entity to entity, Enter chooses, Shift+Enter asks for the path.

function setUpKeys() {
  const canvas = element("canvas");
  const shown = () => data.nodes.filter(node => node.on);
  const told = node => {
    const ties = node.ties.filter(tie => data.ties[tie].on).length;
    return [node.label, data.looks.of(node.group).name, node.datedNow, node.noteNow, plural(ties, "tie", "ties")].filter(Boolean).join(", ");
  };
  const stand = node => {
    state.cursor = node.id;
    view.reveal(node);
    view.restyle();
    say(told(node));
  };
  const current = () => (state.cursor !== null && data.nodes[state.cursor].on ? data.nodes[state.cursor] : null);
  const first = () => shown().reduce((best, node) => (!best || node.weight > best.weight ? node : best), null);
  // The nearest in that direction; what lies aside counts double.
  const beside = (from, dx, dy) => {
    let best = null, least = Infinity;
    for (const node of shown()) {
      const [x, y] = [node.x - from.x, node.y - from.y];
      const [ahead, aside] = [x * dx + y * dy, Math.abs(x * dy - y * dx)];
      const far = ahead + 2 * aside;
      if (ahead > 0.5 && aside <= 2 * ahead && far < least) [best, least] = [node, far];
    }
    return best;
  };
  // Round the entities tied to one, the hub, from which the round began.
  let hub = null;
  const around = id => data.nodes[id].ties.map(tie => data.ties[tie]).filter(tie => tie.on)
    .map(tie => (tie.ends[0] === id ? tie.ends[1] : tie.ends[0]));
  const neighbour = (from, step) => {
    if (hub === null || !around(hub).includes(from.id)) hub = from.id;
    const list = around(hub);
    const place = list.indexOf(from.id);
    return data.nodes[list.at(place < 0 ? (step > 0 ? 0 : -1) : (place + step) % list.length)] ?? null;
  };
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  canvas.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const here = current();
    if (event.key in moves || event.key === "Home") {
      const next = here && event.key !== "Home" ? beside(here, ...moves[event.key]) : first();
      hub = null;
      if (next) stand(next); else if (here) say(`nothing further; ${told(here)}`);
    } else if (event.key === "]" || event.key === "[") {
      const next = here && neighbour(here, event.key === "]" ? 1 : -1);
      if (next) stand(next);
    } else if (event.key === "Enter" || event.key === " ") {
      if (here && event.shiftKey && state.node !== null && state.node !== here.id) choosePath(state.node, here.id);
      else if (here) {
        choose(here.id, null);
        if (!isBunch(here)) element("panel").focus({ preventScroll: true });
      }
    } else if (event.key === "Escape") { choose(null, null); }
    else if (event.key === "+" || event.key === "=") element("closer").click();
    else if (event.key === "-") element("wider").click();
    else if (event.key === "0") element("all").click();
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("focus", () => {
    root.dataset.keys = "true";
    if (canvas.matches(":focus-visible")) { const node = current() ?? first(); if (node) stand(node); }
  });
  canvas.addEventListener("focusout", () => { delete root.dataset.keys; view.restyle(); });
  element("panel").addEventListener("keydown", event => {
    if (event.key !== "Escape" || element("chosen").hidden) return;
    choose(null, null);
    view.focus();
  });
}
