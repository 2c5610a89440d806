// The data of the page: what is told, once, and the places of each picture. A picture is opened by numbering
// its entities, ties and facts anew; everything else on the page knows them by these numbers.

const NONE = Object.freeze([]);

// A column is a list, or the value that most rows have with those of the others.
function spread(column, length) {
  if (Array.isArray(column)) return column;
  const values = new Array(length).fill(column.most);
  for (const [place, value] of Object.entries(column.but)) values[place] = value;
  return values;
}

function table(columns) {
  const { length, ...others } = columns;
  return Object.assign(Object.fromEntries(Object.entries(others).map(([name, column]) => [
    name, Array.isArray(column) || (column && typeof column === "object" && "most" in column) ? spread(column, length) : column,
  ])), { length });
}

const rowsOf = columns => {
  const told = table(columns);
  const names = Object.keys(told).filter(name => name !== "length");
  return Array.from({ length: told.length }, (_, n) => Object.fromEntries(names.map(name => [name, told[name][n]])));
};

// What is told, with columns as lists, and of each entity its facts and its ties.
function readRecord(text) {
  const record = JSON.parse(text);
  const { entities, facts, ties } = Object.assign(record, {
    entities: table(record.entities), facts: table(record.facts), ties: table(record.ties),
  });
  record.label = entity => record.texts[entities.label[entity]];
  record.type = entity => record.texts[entities.type[entity]];
  record.iri = entity => record.texts[entities.base[entity]] + entities.name[entity];
  record.looks.of = type => record.looks.classes[type] ?? { ...record.looks.other, name: wordsOfClass(type) };
  record.told = Array.from({ length: entities.length }, () => new Set());
  facts.of?.forEach((of, fact) => { for (const entity of of) record.told[entity].add(fact); });
  for (let tie = 0; tie < ties.length; tie++) {
    for (const end of [ties.one[tie], ties.two[tie]]) for (const fact of ties.facts[tie]) record.told[end].add(fact);
  }
  return record;
}

const wordsOfClass = name => {
  const words = name.replace(/([a-z])(?=[A-Z])/g, "$1 ").trim().split(/\s+/);
  return [words[0] || "Thing", ...words.slice(1).map(word => word.toLowerCase())].join(" ");
};

// The facts of the numbers given, in order of time, as the scripts have them.
function factsOf(record, numbers) {
  const { facts } = record;
  const pick = name => numbers.map(fact => facts[name][fact]);
  const times = pick("time").map(time => facts.times[time]);
  return {
    number: numbers, length: numbers.length,
    stages: facts.stages, grades: facts.grades, sources: facts.sources, soft: facts.soft,
    stage: pick("stage"), grade: pick("grade"), source: pick("source"), line: pick("line"), holds: pick("holds"),
    time: pick("days").map(span => facts.spans[span]),
    years: times.map(time => (time[1] ? [time[3], time[4]] : null)),
    lasts: pick("kind").map(kind => facts.lasts[kind]),
    words: times.map(time => time[0]), edtf: times.map(time => time[1]), order: times.map(time => time[2]),
  };
}

// What is told of a fact, in words.
function toldOf(fact) {
  const { record, facts } = data;
  const [all, number] = [record.facts, facts.number[fact]];
  const text = place => record.texts[place];
  return {
    statement: text(all.statement[number]), date: facts.words[fact], edtf: facts.edtf[fact],
    stage: facts.stages[facts.stage[fact]] ?? "", grade: facts.grades[facts.grade[fact]], source: facts.sources[facts.source[fact]],
    kind: all.kindnames[all.kind[number]],
    passages: all.passages[number].map(text),
    conflicts: (all.conflicts[number] || NONE).map(([by, other, detail, where]) => (
      { by: text(by), other: text(other), detail: text(detail), where: text(where) })),
  };
}

// Entities and ties of the record with numbers of their own; their facts are numbered by `place`.
function numbered(record, entities, ties, place) {
  const at = new Map(entities.map((entity, id) => [entity, id]));
  const all = record.ties;
  return {
    nodes: entities.map((entity, id) => ({
      id, entity, label: record.label(entity), iri: record.iri(entity), group: record.type(entity),
      also: record.entities.also[entity] || undefined,
      facts: [...record.told[entity]].map(fact => place.get(fact)).sort((a, b) => a - b),
      ties: [], on: true, happens: ["Agreement", "Event", "ArmsTransfer"].includes(record.type(entity)),
      date: "", dated: "", note: "", muted: false,
    })),
    ties: ties.map((tie, number) => ({
      number, lines: [], on: true, ends: [at.get(all.one[tie]), at.get(all.two[tie])],
      facts: all.facts[tie].map(fact => place.get(fact)), told: all.told[tie], ways: all.ways[tie],
      dashed: Boolean(all.dashed[tie]), fixed: Boolean(all.fixed[tie]), faint: false,
    })),
  };
}

// One of the pictures, with its own numbers. Of a picture of groups, `under` are the entities in them.
function openPicture(record, number) {
  const part = record.parts[number];
  const { entities, ties } = within(record, part);
  const here = [...new Set(entities.flatMap(entity => [...record.told[entity]]))].sort((a, b) => a - b);
  const place = new Map(here.map((fact, local) => [fact, local]));
  const model = numbered(record, entities, ties, place);
  const rows = rowsOf(part.nodes);
  const picture = {
    ...part, record, facts: factsOf(record, here), looks: record.looks,
    stops: rows.filter(row => row.stop !== undefined && row.stop !== null).map(row => ({ ...row, id: row.stop })),
  };
  const places = rows.filter(row => row.stop === undefined || row.stop === null); // the entities, then the groups
  if (part.kind === "groups") Object.assign(picture, groupsOf(record, part, places, model));
  else {
    picture.nodes = model.nodes.map((node, id) => Object.assign(node, fit(places[id]), { shape: record.looks.of(node.group).shape }));
    picture.ties = model.ties;
    picture.outside = outsideOf(record, entities, ties, place);
    for (const tie of part.faint) picture.ties[tie].faint = true;
    for (const tie of model.ties) for (const end of new Set(tie.ends)) picture.nodes[end].ties.push(tie.number);
    const groups = places.filter(row => row.holds);
    if (groups.length && !(part.kind === "links" && innerWidth <= 900)) addBunches(picture, groups);
  }
  picture.lines = part.lines ? rowsOf(part.lines) : picture.ties.map(({ ends, number: tie }) => ({ from: ends[0], to: ends[1], tie, bend: "" }));
  if (part.lines && picture.bunches) picture.lines.push(...picture.ties.slice(picture.under.ties.length).map(({ ends, number: tie }) => ({ from: ends[0], to: ends[1], tie, bend: "horizontal" })));
  picture.lines.forEach((line, id) => { line.number = id; picture.ties[line.tie].lines.push(id); });
  picture.all = picture.under ?? picture;
  const types = new Set(picture.all.nodes.map(node => node.group));
  const known = Object.keys(record.looks.classes);
  picture.classes = Object.fromEntries([...known.filter(name => types.has(name)), ...[...types].filter(name => !known.includes(name)).sort()]
    .map(name => [name, record.looks.of(name)]));
  return picture;
}

// The ties of the entities of a picture to those of others, which have no line in it: they too say what is there.
function outsideOf(record, entities, ties, place) {
  if (record.parts.length < 2) return NONE;
  const [at, own, all] = [new Map(entities.map((entity, id) => [entity, id])), new Set(ties), record.ties];
  const found = [];
  for (let tie = 0; tie < all.length; tie++) {
    for (const [end, other] of own.has(tie) ? NONE : [[all.one[tie], all.two[tie]], [all.two[tie], all.one[tie]]]) {
      if (at.has(end)) found.push({ end: at.get(end), type: record.type(other), facts: all.facts[tie].map(fact => place.get(fact)), told: all.told[tie] });
    }
  }
  return found;
}

// What a row of places leaves out, as the scripts have it.
const fit = row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined));

// The entities and ties of a picture: its own, or those of all in its groups with those between them.
function within(record, part) {
  if (part.kind !== "groups") {
    const rows = table(part.nodes);
    return { entities: (rows.entity ?? NONE).filter(entity => entity !== null && entity !== undefined), ties: part.ties };
  }
  const inner = table(part.nodes).opens.map(number => within(record, record.parts[number]));
  return { entities: inner.flatMap(each => each.entities), ties: [...part.crossing, ...inner.flatMap(each => each.ties)] };
}

// Groups: a node for each, with the entities in it, and lines with the ties between them.
function groupsOf(record, part, places, model) {
  const home = new Map();
  const nodes = places.map((row, id) => {
    const members = within(record, record.parts[row.opens]).entities;
    for (const entity of members) home.set(entity, id);
    return Object.assign({ members: members.length, date: "", dated: "", note: "" }, fit(row), {
      id, label: row.name, group: "Group", shape: "dot", ties: [], facts: [], on: true, muted: false, most: row.size,
    });
  });
  const ties = part.ends.map((ends, number) => ({
    number, ends, lines: [], on: true, facts: [], told: 0, ways: 0, dashed: false, fixed: true, faint: false, under: [],
  }));
  for (const tie of ties) for (const end of tie.ends) nodes[end].ties.push(tie.number);
  const between = new Map(ties.map(tie => [[...tie.ends].sort((a, b) => a - b).join(), tie]));
  for (const node of model.nodes) node.home = home.get(node.entity);
  for (const tie of model.ties) {
    for (const end of new Set(tie.ends)) model.nodes[end].ties.push(tie.number);
    const [one, two] = tie.ends.map(end => model.nodes[end].home);
    if (one !== two) between.get([one, two].sort((a, b) => a - b).join())?.under.push(tie);
  }
  return { nodes, ties, under: model };
}
