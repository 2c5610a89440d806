// The page of a chart: each mark of the picture can be pointed at, reached by keyboard and chosen, and then
// tells its facts in the panel.

const NAMESPACE = "http://www.w3.org/2000/svg";
const POSSIBLY = 1;
const narrowed = () => false;
let chosen = null;

// The shapes of each mark; over all of them something that is easier to hit, and that shows which is meant.
function readMarks(told) {
  const drawing = document.querySelector("#drawing > svg");
  const over = document.createElementNS(NAMESPACE, "g");
  const shapes = new Map();
  for (const shape of document.querySelectorAll("[data-mark]")) {
    const name = shape.dataset.mark;
    (shapes.get(name) ?? shapes.set(name, []).get(name)).push(shape);
  }
  const marks = told.filter(mark => shapes.has(mark.name)).map((mark, number) => {
    const own = shapes.get(mark.name);
    const frames = framesOf(own);
    for (const frame of frames) frame.dataset.mark = mark.name;
    over.append(...frames);
    return { ...mark, number, frames, target: own.find(shape => shape.getAttribute("role") === "button") };
  });
  drawing.append(over);
  return marks;
}

// A frame around the shapes of a mark, and a broad line along each of them that is a slanting line.
function framesOf(shapes) {
  const slanting = shape => {
    const { width, height } = shape.getBBox();
    const path = shape.querySelector("path");
    return width > 8 && height > 8 && path?.getAttribute("fill") === "none" ? path : null;
  };
  const frames = shapes.map(slanting).filter(Boolean).map(path => {
    const line = document.createElementNS(NAMESPACE, "path");
    line.setAttribute("d", path.getAttribute("d"));
    line.setAttribute("class", "hit along");
    return line;
  });
  const boxes = shapes.filter(shape => !slanting(shape)).map(shape => shape.getBBox());
  if (!boxes.length) return frames;
  const [left, top] = ["x", "y"].map(side => Math.min(...boxes.map(box => box[side])));
  const right = Math.max(...boxes.map(box => box.x + box.width));
  const bottom = Math.max(...boxes.map(box => box.y + box.height));
  const [wide, high] = [Math.max(right - left, 5) + 2, Math.max(bottom - top, 5) + 2];
  const frame = document.createElementNS(NAMESPACE, "rect");
  const values = { x: (left + right - wide) / 2, y: (top + bottom - high) / 2, width: wide, height: high, class: "hit" };
  for (const [name, value] of Object.entries(values)) frame.setAttribute(name, value);
  return [...frames, frame];
}

const lightUp = (mark, lit, name) => { for (const frame of mark.frames) frame.classList.toggle(name, lit); };

function setUpMarks(marks) {
  const drawing = element("drawing");
  const of = target => marks.find(mark => mark.name === target.closest?.("[data-mark]")?.dataset.mark);
  const show = mark => {
    if (chosen) lightUp(chosen, false, "chosen");
    chosen = mark;
    if (mark) lightUp(mark, true, "chosen");
    tell(mark);
  };
  const go = mark => {
    for (const other of marks) other.target.setAttribute("tabindex", other === mark ? "0" : "-1");
    mark.target.focus();
  };
  drawing.addEventListener("click", event => {
    const mark = of(event.target);
    if (mark) { go(mark); show(mark); }
  });
  drawing.addEventListener("focusin", event => { const mark = of(event.target); if (mark && event.target.matches(":focus-visible")) lightUp(mark, true, "reached"); });
  drawing.addEventListener("focusout", event => { const mark = of(event.target); if (mark) lightUp(mark, false, "reached"); });
  let over = null;
  const hint = element("hint");
  drawing.addEventListener("pointermove", event => {
    const mark = of(event.target) ?? null;
    if (mark !== over) {
      if (over) lightUp(over, false, "over");
      if (mark) lightUp(mark, true, "over");
      over = mark;
      hint.textContent = mark ? `${mark.label} · ${plural(mark.facts.length, "fact", "facts")}` : "";
      hint.hidden = !mark;
    }
    const frame = drawing.getBoundingClientRect();
    const left = Math.min(event.clientX - frame.left + 14, drawing.clientWidth - hint.offsetWidth - 6);
    hint.style.transform = `translate(${Math.max(left, 6)}px, ${event.clientY - frame.top + 16 + drawing.scrollTop}px)`;
  });
  drawing.addEventListener("pointerleave", () => { if (over) lightUp(over, false, "over"); over = null; hint.hidden = true; });
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  drawing.addEventListener("keydown", event => {
    const mark = of(event.target);
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in steps) go(marks[Math.max(0, Math.min(marks.length - 1, mark.number + steps[event.key]))]);
    else if (event.key === "Enter" || event.key === " ") { show(mark); element("panel").focus({ preventScroll: true }); }
    else return;
    event.preventDefault();
  });
  element("panel").addEventListener("keydown", event => {
    if (event.key !== "Escape" || !chosen) return;
    const mark = chosen;
    show(null);
    mark.target.focus();
  });
  return show;
}

function tell(mark) {
  const panel = element("chosen");
  element("about").hidden = Boolean(mark);
  panel.hidden = !mark;
  if (!mark) return panel.replaceChildren();
  const close = acting("close", "×", () => { showMark(null); mark.target.focus(); }, "close");
  close.setAttribute("aria-label", "Close");
  panel.replaceChildren(close, make("h2", "", mark.label), make("h3", "", plural(mark.facts.length, "fact", "facts")), ...aboutFacts(mark.facts));
  element("panel").scrollTop = 0;
  say(`${mark.label}, ${plural(mark.facts.length, "fact", "facts")}`);
  const { top } = element("panel").getBoundingClientRect();
  if (top > innerHeight * 0.85) scrollBy(0, top - innerHeight * 0.6);
}

let showMark;
addEventListener("DOMContentLoaded", () => {
  delete document.head.appendChild;
  const record = readRecord(element("data").textContent);
  data = openPicture(record, 0);
  data.facts.on = data.facts.number.map(() => true);
  showMark = setUpMarks(readMarks(record.marks));
  setUpTables();
  root.dataset.ready = "true";
});
