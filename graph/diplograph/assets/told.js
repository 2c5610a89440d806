// Facts in words, with dates, stages, grades and passages, and what contradicts them beside them; as a panel
// has them, here and on the pages of charts.

const acting = (name, text, action, className = "") => {
  const button = pressable(text, action, className);
  button.dataset.act = name;
  return button;
};

function aboutFact(number) {
  const told = toldOf(number);
  const article = make("article");
  const possibly = state.mode !== "all" && data.facts.certainty[number] === POSSIBLY;
  if (possibly) {
    const when = state.mode === "day" ? `as of ${wordsOf(state.day)}` : "in these years";
    article.append(make("p", "possibly", `possibly ${when}`));
  }
  article.append(make("p", "", told.statement));
  const marks = make("p", "marks");
  marks.append(make("b", "", told.date || "no date"));
  for (const mark of [told.stage, gradeOf(number)]) if (mark) marks.append(` · ${mark}`);
  article.append(marks);
  for (const passage of told.passages) article.append(make("p", "passage", passage));
  for (const conflict of told.conflicts) article.append(aboutConflict(told, conflict));
  return article;
}

const gradeOf = fact => {
  const grade = data.facts.grades[data.facts.grade[fact]];
  return data.facts.holds[fact] ? grade : `${grade}, possibly at that date`;
};

// Both sides of a conflict, each with who says so and where.
function aboutConflict(told, { by, other, detail, where }) {
  const box = make("div", "conflict");
  box.append(make("p", "", `Contradicted: ${detail}`));
  const sides = make("div", "sides");
  const side = (source, words, passages) => {
    const column = make("div");
    column.append(make("b", "", source || "unknown source"), make("p", "", words), ...passages.filter(Boolean).map(text => make("p", "passage", text)));
    sides.append(column);
  };
  side(told.source, told.statement, told.passages);
  side(by, other, [where]);
  box.append(sides);
  return box;
}

// Facts in words, the first of many at once and the others when they are asked for.
function aboutFacts(facts, most = 100) {
  const parts = facts.slice(0, most).map(aboutFact);
  if (facts.length > most) {
    const rest = facts.slice(most);
    const button = acting("more", `Show ${Math.min(most, rest.length)} more of ${rest.length.toLocaleString("en")}`, () => {
      const more = aboutFacts(rest, most);
      button.replaceWith(...more);
      more[0].tabIndex = -1;
      more[0].focus({ preventScroll: true });
    }, "more");
    parts.push(button);
  }
  return parts;
}
