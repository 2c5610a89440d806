// What is shown: by class, stage, grade and source, and by time. Answers as of a date are those of
// --as-of: a fact counts on the days that the data give for it, and a line once what it leads to stands.

const NO = 0, POSSIBLY = 1, SURELY = 2;

// Whether a fact held or had happened at the time shown.
function certainty(fact) {
  if (state.mode === "all") return data.facts.holds[fact] ? SURELY : POSSIBLY;
  const [first, last, sure, until] = data.facts.time[fact];
  if (state.mode === "day") {
    if (state.day < first || state.day > last) return NO;
    return sure <= state.day && state.day <= until ? SURELY : POSSIBLY;
  }
  const years = data.facts.years[fact];
  if (!years) return SURELY;
  if ((years[0] ?? -Infinity) > state.to || (years[1] ?? Infinity) < state.from) return NO;
  if (data.facts.lasts[fact]) {
    const begins = dayOf(`${String(state.from).padStart(4, "0")}-01-01`);
    const ends = dayOf(`${String(state.to).padStart(4, "0")}-12-31`);
    return sure <= until && sure <= ends && until >= begins ? SURELY : POSSIBLY;
  }
  return (years[0] ?? -Infinity) >= state.from && (years[1] ?? Infinity) <= state.to ? SURELY : POSSIBLY;
}

const wanted = fact => {
  const { stage, grade, source, line } = data.facts;
  const { lines } = state.hidden;
  if (lines.size && lines.has(data.looks.lines[line[fact]].key)) return false;
  return !state.hidden.stages.has(stage[fact]) && !state.hidden.grades.has(grade[fact]) && !state.hidden.sources.has(source[fact]);
};
const sifted = () => Boolean(state.hidden.lines.size || state.hidden.stages.size || state.hidden.grades.size || state.hidden.sources.size);
const timed = () => state.mode === "day" || (state.mode === "span" && (state.from > data.first || state.to < data.last));
const narrowed = () => sifted() || timed() || state.hidden.classes.size > 0 || state.folded.size > 0;

// The entities shown that each fact is of.
function owners() {
  if (data.owners) return data.owners;
  const { facts, all, record } = data;
  const at = new Map(all.nodes.map(node => [node.entity, node]));
  data.owners = facts.number.map(number => record.facts.of[number].map(entity => at.get(entity)).filter(Boolean));
  return data.owners;
}

// Since when and until when a fact ties the two ends, and since when as concluded.
function toldBy(tie, place) {
  const told = tie.told && tie.told[place];
  const [first, last] = data.facts.time[tie.facts[place]];
  return told ? { since: told[0], firm: told[1], last: told[2] } : { since: first, firm: first, last };
}

const soft = fact => {
  const { stages, grades, soft: unsettled, stage, grade } = data.facts;
  return ["reported", "rumoured", "denied"].includes(grades[grade[fact]]) || unsettled.includes(stages[stage[fact]]);
};

function applyFilters() {
  const { facts, all: { nodes, ties } } = data;
  facts.certainty = facts.time.map((_, fact) => certainty(fact));
  facts.wanted = facts.time.map((_, fact) => wanted(fact));
  const onDay = state.mode === "day";
  for (const tie of [...ties, ...data.outside ?? NONE]) {
    const told = onDay ? tie.facts.filter((_, place) => {
      const { since, last } = toldBy(tie, place);
      return since <= state.day && state.day <= last;
    }) : tie.facts;
    tie.counts = told.length > 0;
    tie.live = told.filter(fact => facts.certainty[fact]);
  }
  if (onDay) asOfDay(); else inYears();
  for (const tie of [...ties, ...data.outside ?? NONE]) {
    const there = tie.live.length > 0;
    tie.live = tie.live.filter(fact => facts.wanted[fact]);
    tie.kept = there ? tie.live.length > 0 : !tie.facts.length || tie.fixed;
  }
  sift();
  fold();
  for (const tie of ties) {
    tie.on = tie.kept && tie.ends.every(end => nodes[end].on);
    tie.possibly = isPossible(tie);
    tie.dashedNow = isDashed(tie);
  }
  const tied = new Set(ties.filter(tie => tie.on).flatMap(tie => tie.live));
  const about = owners();
  facts.on = facts.time.map((_, fact) => Boolean(facts.certainty[fact] && facts.wanted[fact]
    && (tied.has(fact) || about[fact].some(node => node.on))));
  // What is there can still be in a group that is closed.
  for (const each of [...nodes, ...ties]) each.there = each.on;
  sumUp();
  showBunches();
}

// A line to what happened is as certain as that; of facts without a date only the others speak.
function isPossible(tie) {
  const ends = tie.ends.map(end => data.all.nodes[end]);
  if (ends.some(node => node.possibly)) return true;
  const happens = ends.some(node => node.happens);
  const telling = happens ? tie.live.filter(fact => data.facts.years[fact]) : tie.live;
  return telling.length > 0 && telling.every(fact => data.facts.certainty[fact] === POSSIBLY);
}

function isDashed(tie) {
  const agreement = tie.ends.map(end => data.all.nodes[end]).find(node => node.life);
  if (agreement) return agreement.mutedNow || (tie.live.length > 0 && tie.live.every(soft));
  if (state.mode !== "day") return tie.dashed || (tie.live.length > 0 && tie.live.every(soft));
  return tie.live.length > 0 && tie.live.every(fact => soft(fact) || toldBy(tie, tie.facts.indexOf(fact)).firm > state.day);
}

// As of a day: agreements by their life, other entities by what ties them to the rest.
function asOfDay() {
  const { nodes, ties } = data.all;
  for (const node of nodes) {
    const dated = node.facts.filter(fact => data.facts.years[fact] && data.facts.certainty[fact] && owners()[fact].includes(node));
    Object.assign(node, {
      on: data.kind === "links" && node.tier === 0, mutedNow: node.muted, dateNow: node.date, datedNow: node.dated, noteNow: node.note,
      possibly: node.happens && dated.length > 0 && dated.every(fact => data.facts.certainty[fact] === POSSIBLY),
    });
  }
  if (data.kind === "links") {
    for (const node of nodes.filter(n => n.life)) {
      const now = node.life.findLast(standing => standing.since <= state.day);
      if (!now?.shown) continue;
      Object.assign(node, { on: true, mutedNow: now.muted, possibly: now.possibly, dateNow: now.date, datedNow: now.dated, noteNow: now.note });
      for (const other of node.along) nodes[other].on = true;
    }
  } else if (data.kind === "around") {
    let ring = [data.root];
    nodes[data.root].on = true;
    for (let far = 0; far < data.depth; far++) {
      ring = ring.flatMap(id => nodes[id].ties.filter(tie => ties[tie].counts).flatMap(tie => ties[tie].ends))
        .filter(id => !nodes[id].on && (nodes[id].on = true));
    }
  } else {
    for (const tie of ties) if (tie.counts) for (const end of tie.ends) nodes[end].on = true;
    for (const tie of data.outside ?? NONE) if (tie.counts) nodes[tie.end].on = true;
  }
  for (const node of nodes) if (node.possibly) node.noteNow = `${node.noteNow} (possibly)`.trim();
}

// Between years: what happens at a time goes with its dated facts; what has no date stays.
function inYears() {
  for (const node of data.all.nodes) {
    const dated = node.happens && timed() ? node.facts.filter(fact => data.facts.years[fact]) : [];
    Object.assign(node, {
      on: !dated.length || dated.some(fact => data.facts.certainty[fact]), mutedNow: node.muted,
      dateNow: node.date, datedNow: node.dated, noteNow: node.note,
      possibly: dated.length > 0 && !dated.some(fact => data.facts.certainty[fact] === SURELY),
    });
    if (node.possibly) node.noteNow = `${node.noteNow} (possibly)`.trim();
  }
}

const anchored = node => node.id === data.root || (data.kind === "links" && node.tier === 0);

// By class, stage, grade and source. An agreement with stages needs one that is shown.
function sift() {
  const { facts, all: { nodes, ties } } = data;
  for (const node of nodes) {
    if (state.hidden.classes.has(node.group)) node.on = false;
    if (!node.on || !sifted() || anchored(node)) continue;
    const there = node.facts.filter(fact => facts.certainty[fact]);
    const staged = there.filter(fact => facts.stage[fact] >= 0 && owners()[fact].includes(node));
    const telling = staged.length ? staged : there;
    if (telling.length && !telling.some(fact => facts.wanted[fact])) node.on = false;
  }
  if (!sifted() && (state.mode !== "span" || !timed())) return;
  const tied = new Set(ties.filter(tie => tie.kept && tie.ends.every(end => nodes[end].on)).flatMap(tie => tie.ends));
  for (const tie of data.outside ?? NONE) if (tie.kept && !state.hidden.classes.has(tie.type)) tied.add(tie.end);
  for (const node of nodes) {
    if (node.on && node.ties.length && !tied.has(node.id) && !anchored(node) && (sifted() || !node.happens)) node.on = false;
  }
}

// What hangs on folded entities alone is not shown.
function fold() {
  const { nodes, ties } = data.all;
  for (const node of nodes) node.within = 0;
  if (!state.folded.size) return;
  const away = [];
  for (const node of nodes) {
    if (!node.on || state.folded.has(node.id) || anchored(node)) continue;
    const near = node.ties.map(tie => ties[tie]).filter(tie => tie.kept && tie.ends.every(end => nodes[end].on))
      .map(tie => (tie.ends[0] === node.id ? tie.ends[1] : tie.ends[0]));
    if (near.length && near.every(id => state.folded.has(id))) away.push([node, near]);
  }
  for (const [node, near] of away) {
    node.on = false;
    for (const id of new Set(near)) nodes[id].within += 1;
  }
}

// --- the legend, and the boxes of stage, grade and source ---------------------------------------

const hides = ({ dataset }) => (dataset.class === undefined ? [state.hidden.lines, dataset.line] : [state.hidden.classes, dataset.class]);

function setUpFilters() {
  for (const button of document.querySelectorAll(".legend button")) {
    button.addEventListener("click", () => {
      const [hidden, key] = hides(button);
      if (!hidden.delete(key)) hidden.add(key);
      showFilters();
      refresh();
    });
  }
  for (const kind of ["stages", "grades", "sources"]) {
    for (const box of document.querySelectorAll(`[data-${kind}]`)) {
      box.addEventListener("change", () => {
        const number = Number(box.dataset[kind]);
        if (box.checked) state.hidden[kind].delete(number); else state.hidden[kind].add(number);
        showFilters();
        refresh();
      });
    }
  }
  element("everything").addEventListener("click", () => {
    for (const hidden of Object.values(state.hidden)) hidden.clear();
    state.folded.clear();
    setMode("all");
    showFilters();
    refresh();
  });
}

function showFilters() {
  for (const button of document.querySelectorAll(".legend button")) {
    const [hidden, key] = hides(button);
    button.setAttribute("aria-pressed", String(!hidden.has(key)));
  }
  for (const kind of ["stages", "grades", "sources"]) {
    for (const box of document.querySelectorAll(`[data-${kind}]`)) box.checked = !state.hidden[kind].has(Number(box.dataset[kind]));
  }
  const count = state.hidden.stages.size + state.hidden.grades.size + state.hidden.sources.size;
  element("sifted").textContent = count ? `${count} off` : "";
}
