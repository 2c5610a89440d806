// What is pointed at and clicked in the picture: an entity, also by its label, or a line.

function setUpPointing({ network, holder, labels, restyle }) {
  const tieOf = id => data.lines[id].tie;
  const nodeUnder = point => {
    const id = network.getNodeAt(point);
    if (id !== undefined && Number.isInteger(id)) return id;
    const inside = labels.drawn().find(([b]) => point.x >= b[0] && point.x <= b[2] && point.y >= b[1] && point.y <= b[3]);
    return inside ? inside[1] : null;
  };
  network.on("click", event => {
    const node = nodeUnder(event.pointer.DOM);
    if (node !== null) {
      const further = event.event.srcEvent?.shiftKey && state.node !== null && state.node !== node;
      return further ? choosePath(state.node, node) : choose(node, null);
    }
    const line = network.getEdgeAt(event.pointer.DOM);
    if (state.start === null || line !== undefined) choose(null, line === undefined ? null : tieOf(line));
  });
  const hint = element("hint");
  const point = text => { hint.textContent = text; hint.hidden = !text; holder.classList.toggle("over", Boolean(text)); };
  const ofLine = tie => {
    const { ends, live } = tie;
    const kinds = [...kindsOf(tie)].map(([kind, count]) => `${data.looks.lines[kind].name.toLowerCase()}${count > 1 ? ` ×${count}` : ""}`);
    return [`${data.nodes[ends[0]].label} – ${data.nodes[ends[1]].label}`, plural(live.length, "fact", "facts"), kinds.join(", ")].filter(Boolean).join(" · ");
  };
  holder.addEventListener("pointermove", event => {
    const frame = holder.getBoundingClientRect();
    const at = { x: event.clientX - frame.left, y: event.clientY - frame.top };
    const node = nodeUnder(at);
    const line = node === null ? network.getEdgeAt(at) : undefined;
    const tie = line === undefined ? null : tieOf(line);
    if (node !== null) {
      const { label: name, group, datedNow, noteNow } = data.nodes[node];
      point([`${name} ${noteNow}`.trim(), datedNow, data.looks.of(group).name].filter(Boolean).join(" · "));
    } else point(tie === null ? "" : ofLine(data.ties[tie]));
    const left = Math.min(at.x + 14, holder.clientWidth - hint.offsetWidth - 6);
    hint.style.transform = `translate(${Math.max(left, 6)}px, ${Math.min(at.y + 16, holder.clientHeight - hint.offsetHeight - 6)}px)`;
    if (tie !== state.over || node !== state.overNode) {
      [state.over, state.overNode] = [tie, node];
      restyle();
    }
  });
  holder.addEventListener("pointerleave", () => { point(""); [state.over, state.overNode] = [null, null]; restyle(); });
}
