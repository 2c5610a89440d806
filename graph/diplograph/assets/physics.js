// Places that change: a node that is dragged, and, when asked for, physics that lets everything find its own
// place. Lines, labels and areas follow; the places computed beforehand are kept and can be put back.

// Groups are large, and push each other further away.
const forces = () => ({
  enabled: true, solver: "forceAtlas2Based", stabilization: false, timestep: 0.35, minVelocity: 0.75, maxVelocity: 40,
  forceAtlas2Based: {
    gravitationalConstant: data.kind === "groups" ? -60 : -24, centralGravity: 0.012, springLength: data.kind === "groups" ? 70 : 42, springConstant: 0.06,
    damping: 0.55, avoidOverlap: data.kind === "groups" ? 0.9 : 0.3,
  },
});
const STEPS = 250;

function makePlaces(network, nodes, spots) {
  const home = new Map([...data.nodes.map(({ id, x, y }) => [id, { x, y }]), ...[...spots].map(([id, { x, y }]) => [id, { x, y }])]);
  let [moved, moving] = [false, false];
  const [loose, back] = [element("loose"), element("back")];
  const spotOf = id => spots.get(id) ?? data.nodes[id];
  const follow = () => {
    if (!moved) return;
    for (const [id, { x, y }] of Object.entries(network.getPositions())) Object.assign(spotOf(spots.has(id) ? id : Number(id)), { x, y });
  };
  const show = () => {
    loose.textContent = moving ? "Stop" : "Let it move";
    loose.setAttribute("aria-pressed", String(moving));
    back.hidden = !moved;
  };
  const halt = () => {
    if (!moving) return;
    moving = false;
    network.setOptions({ physics: false });
    follow();
    show();
    element("all").click();
  };
  // The corners of what is shown where it stands now, or those computed beforehand.
  const corners = () => {
    const shown = data.nodes.filter(node => node.on);
    if (!moved || !shown.length) return data.corners;
    const ends = side => [Math.min(...shown.map(node => node[side] - node.size)), Math.max(...shown.map(node => node[side] + node.size))];
    const [[left, right], [top, bottom]] = [ends("x"), ends("y")];
    return [[left, top], [right, bottom]];
  };
  loose.addEventListener("click", () => {
    if (moving) return halt();
    [moved, moving] = [true, true];
    network.setOptions({ physics: forces(), interaction: { dragNodes: true } });
    if (calm.matches) {
      // Who wants less motion sees only where everything comes to stand.
      network.once("stabilized", () => { halt(); network.redraw(); });
      network.stabilize(STEPS);
    } else network.startSimulation();
    show();
    say("the entities move to where their ties draw them");
  });
  back.addEventListener("click", () => {
    halt();
    nodes.update([...home].map(([id, { x, y }]) => ({ id, x, y })));
    for (const [id, place] of home) Object.assign(spotOf(id), place);
    moved = false;
    show();
    loose.focus();
    element("all").click();
    say("everything stands at its place again");
  });
  network.on("stabilized", () => { if (!calm.matches) halt(); });
  network.on("dragStart", event => { if (event.nodes.length) { moved = true; show(); } });
  show();
  return { follow, corners, moved: () => moved, home: id => home.get(id) };
}
