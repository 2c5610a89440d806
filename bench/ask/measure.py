"""How well questions in English are answered: python bench/ask/measure.py SET [--show].

SET is a file of questions beside this script without its ending, such as ``tuning`` or
``kept-back``. Each question carries the strings that a right answer must show (``contains``, with
alternatives) and those that show it wrong (``lacks``); they are looked for in the answer's sentence
and in the statements, names and dates of the answers listed first. Beside that it is counted how
often the first of them rests on the passage where the answer stands (``at``: document, first
character and one after the last), and how often any of them does. A reader's verdicts, where they
differ from that and say why, stand in ``read-SET.toml`` and are counted apart.
"""

from __future__ import annotations

import argparse
import re
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import diplograph
from diplograph.asking.record import AskAnswer, Asked, NotAnswered
from diplograph.errors import DateError

HERE = Path(__file__).parent
_BAD_DATE = NotAnswered("", "a date that cannot be read", ())
SHOWN = 8
"""So many of the answers listed are looked at."""


def questions(name: str) -> list[dict[str, Any]]:
    """The questions of a set."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["question"]


def readings(name: str) -> dict[str, dict[str, str]]:
    """A reader's verdicts on a set, by the id of the question."""
    path = HERE / f"read-{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def verdict(question: dict[str, Any], found: Asked) -> str:
    """``right``, ``wrong`` or ``refused``, by the strings of the question."""
    if found.refused is not None:
        return "right" if question["kind"] == "refusal" else "refused"
    if question["kind"] == "refusal":
        return "wrong"
    if question["kind"] == "absence":
        return "right" if found.absence is not None else "wrong"
    if found.absence is not None and found.absence.reason.value != "denied":
        return "wrong"
    told = " ".join([shown(found), *found.notes]).lower()
    if any(text.lower() in told for text in question["lacks"]):
        return "wrong"
    return "right" if all(_has(told, text) for text in question["contains"]) else "wrong"


def _has(told: str, alternatives: str) -> bool:
    for text in alternatives.lower().split("|"):
        word = rf"(?<!\w){re.escape(text)}(?!\w)" if text in ("yes", "no") else re.escape(text)
        if re.search(word, told):
            return True
    return False


def shown(found: Asked) -> str:
    """What of an answer is looked at: its sentence and the answers listed first."""
    parts = [found.text]
    for answer in (*found.answers[:SHOWN], *found.also):
        when = answer.when.edtf if answer.when else ""
        parts.append(f"{answer.label} {answer.statement} {when}")
    return " ".join(parts)


def stands_at(question: dict[str, Any], answer: AskAnswer) -> bool:
    """Whether an answer rests on a passage where the question's answer stands."""
    for place in question["at"]:
        document, _, span = place.rpartition(":")
        start, end = map(int, span.split("-"))
        if any(
            e.source in ([_DOCUMENTS[document]] if document else _DOCUMENTS.values())
            and e.start < end and start < e.end
            for e in answer.evidence
        ):  # fmt: skip
            return True
    return False


_DOCUMENTS = {"000": "yubin-2000", "003": "mitchell-2007"}


def main(name: str, show: bool) -> None:
    """Ask every question of the set and print the counts."""
    graph = diplograph.open_graph()
    diplograph.ask("Who are the members of the SCO?", graph=graph)
    counts: Counter[str] = Counter()
    read: Counter[str] = Counter()
    places: Counter[str] = Counter()
    times = []
    told = readings(name)
    for question in questions(name):
        start = time.perf_counter()
        try:
            found = diplograph.ask(question["text"], graph=graph)
        except DateError as error:
            found = Asked(question["text"], None, str(error), (), None, None, refused=_BAD_DATE)
        times.append(time.perf_counter() - start)
        result = verdict(question, found)
        counts[result] += 1
        read[told.get(question["id"], {}).get("verdict", result)] += 1
        if question["kind"] == "answer" and question["at"] and found.refused is None:
            listed_first = (*found.answers[:SHOWN], *found.also)
            places["answered"] += 1
            places["first"] += any(stands_at(question, a) for a in found.answers[:1])
            places["any"] += any(stands_at(question, a) for a in listed_first)
        if show:
            print(f"{question['id']} {result}: {question['text']}")
            print(f"    wanted: {question['answer']}")
            print(f"    given: {found.text} {' '.join(found.notes)}")
            listed = [a.label for a in found.answers[:SHOWN] if a.label not in found.text]
            print(f"    listed: {' | '.join(listed)}")
            print(f"    the same passage: {' '.join(a.statement for a in found.also)}\n")
    total = sum(counts.values())
    for title, by in (("by the strings", counts), ("by a reader", read)):
        shares = ", ".join(
            f"{by[k]} {k} ({100 * by[k] / total:.0f} %)" for k in ("right", "wrong", "refused")
        )
        print(f"{name}, {total} questions, {title}: {shares}")
    print(
        f"of {places['answered']} answered from a passage, the first answer rests on it in "
        f"{places['first']}, one of those listed in {places['any']}"
    )
    times.sort()
    middle, high = times[len(times) // 2], times[int(len(times) * 0.95)]
    print(f"time a question: median {middle * 1000:.0f} ms, 95 % under {high * 1000:.0f} ms")


if __name__ == "__main__":
    sets = sorted(p.stem for p in HERE.glob("*.toml") if not p.stem.startswith("read-"))
    parser = argparse.ArgumentParser(description="Measure a set of questions in English.")
    parser.add_argument("set", choices=sets)
    parser.add_argument("--show", action="store_true", help="each question with its answer")
    given = parser.parse_args()
    main(given.set, given.show)
