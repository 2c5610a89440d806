// The time shown: any, as of a date (what held or had happened by then), or between two years.
// Days are numbers from 1 January of the year 1, as in the data.

const FAR = 9999999;
const UNIX = 719163;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];
const isoOf = day => new Date((day - UNIX) * 864e5).toISOString().slice(0, 10);
const dayOf = iso => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : time / 864e5 + UNIX;
};
const wordsOf = day => {
  const [year, month, date] = isoOf(day).split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
};

let steps = [];
let playing = null;

// The months in which anything begins or ends, each by its last day.
function findSteps() {
  const days = new Set();
  const add = day => { if (day > 1 && day < 3652059) days.add(day); };
  for (const [first, last, sure, until] of data.facts.time) { add(first); add(last + 1); add(sure); add(until + 1); }
  for (const tie of data.all.ties) for (const told of tie.told || []) if (told) { add(told[0]); add(told[1]); add(told[2] + 1); }
  for (const node of data.nodes) for (const { since } of node.life ?? []) add(since);
  const months = new Set([...days].map(day => isoOf(day).slice(0, 7)));
  return [...months].sort().map(month => {
    const [year, number] = month.split("-").map(Number);
    const next = new Date(0);
    next.setUTCFullYear(year, number, 1);
    return next.getTime() / 864e5 + UNIX - 1;
  });
}

const stepOf = day => Math.max(0, steps.findLastIndex(step => step <= day));

function setMode(mode) {
  if (mode === "day" && (data.dated || steps.length < 2)) return;
  if (mode === "span" && !(data.first < data.last)) return;
  state.mode = mode;
  if (mode === "day") state.day ??= steps.at(-1);
  if (mode !== "day") stop();
}

function setDay(day) {
  setMode("day");
  if (state.mode === "day") state.day = Math.min(Math.max(day, 1), dayOf("9999-12-31"));
}

function setSpan(from, to) {
  setMode("span");
  [state.from, state.to] = [Math.max(Math.min(from, to), data.first), Math.min(Math.max(from, to), data.last)];
}

function setUpTime() {
  const years = data.facts.years.filter(Boolean).flat().filter(year => year !== null);
  [data.first, data.last] = [Math.min(...years), Math.max(...years)];
  [state.from, state.to] = [data.first, data.last];
  steps = data.dated ? [] : findSteps();
  const offered = { all: true, day: steps.length > 1, span: data.first < data.last };
  for (const option of [...element("mode").options]) if (!offered[option.value]) option.remove();
  if (data.dated) element("mode").options[0].textContent = "As drawn";
  if (!offered.day && !offered.span) element("time").hidden = true;
  for (const slider of [element("from"), element("to")]) { slider.min = data.first; slider.max = data.last; }
  element("day").max = Math.max(steps.length - 1, 0);
  element("mode").addEventListener("change", event => { setMode(event.target.value); refresh(); });
  element("day").addEventListener("input", event => { stop(); setDay(steps[Number(event.target.value)]); refresh(); });
  element("date").addEventListener("change", event => {
    const day = dayOf(event.target.value);
    if (day === null) return;
    stop();
    setDay(day);
    refresh();
  });
  const moved = slider => {
    const [from, to] = [element("from"), element("to")];
    if (Number(from.value) > Number(to.value)) (slider === from ? to : from).value = slider.value;
    setSpan(Number(from.value), Number(to.value));
    refresh();
  };
  for (const id of ["from", "to"]) element(id).addEventListener("input", event => moved(event.target));
  element("play").addEventListener("click", () => (playing === null ? play() : stop()));
}

function play() {
  // From where it stands, or from the beginning where it stands at the end; half a minute in all.
  const stride = Math.max(1, Math.ceil(steps.length / 75));
  let at = state.mode === "day" ? stepOf(state.day) : -1;
  if (at >= steps.length - 1) at = -1;
  const next = () => {
    at = Math.min(at + stride, steps.length - 1);
    setDay(steps[at]);
    refresh();
    if (at === steps.length - 1) stop();
  };
  playing = setInterval(next, calm.matches ? 1600 : 400);
  next();
  sayTime();
}

function stop() {
  if (playing === null) return;
  clearInterval(playing);
  playing = null;
  sayTime();
}

// What the controls show, and in words what the picture does.
function sayTime() {
  const { mode } = state;
  element("mode").value = mode;
  element("play").textContent = playing === null ? "▶ Play" : "❚❚ Pause";
  element("play").hidden = mode === "span" || steps.length < 2;
  element("day").hidden = mode === "span" || steps.length < 2;
  element("date").hidden = mode !== "day";
  element("span").hidden = mode !== "span";
  element("when").setAttribute("aria-live", playing === null ? "polite" : "off");
  element("day").value = mode === "day" ? stepOf(state.day) : steps.length - 1;
  if (mode === "day") {
    element("date").value = isoOf(state.day);
    element("day").setAttribute("aria-valuetext", wordsOf(state.day));
  } else element("day").setAttribute("aria-valuetext", "any time");
  [element("from").value, element("to").value] = [state.from, state.to];
  const what = shownInWords();
  element("none").hidden = data.kind !== "links" || data.nodes.some(node => node.there && node.along);
  element("none").textContent = data.nodes.some(node => node.along) ? "Nothing that links them is shown." : "Nothing that links them is on record.";
  element("when").textContent = mode === "day" ? `As of ${wordsOf(state.day)}: ${what}`
    : mode === "span" ? `${state.from}–${state.to}: ${what}` : `${data.dated ? "As drawn" : "Any time"}: ${what}`;
}

function shownInWords() {
  const on = data.all.nodes.filter(node => node.there);
  if (data.kind === "links") {
    const agreements = on.filter(node => node.along);
    const pending = agreements.filter(node => node.mutedNow).length;
    const possibly = agreements.filter(node => node.possibly && !node.mutedNow).length;
    return `${plural(agreements.length - pending, "agreement", "agreements")} concluded${
      possibly ? ` (${possibly} of them possibly)` : ""}, ${pending} pending`;
  }
  return `${plural(on.length, "entity", "entities")}, ${plural(data.facts.on.filter(Boolean).length, "fact", "facts")}`;
}
