"""`diplograph ask` as a whole process against `diplograph links`, and in a running process.

    python bench/asking.py [ROUNDS]

The processes run in turn, in one run, after a first call that fills the caches; the ratio is taken
round by round. In the running process every question of the tuning set is asked twice: the first
time its words are looked up, the second time they are at hand.
"""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path

from turns import command, in_turn, ratio

import diplograph
from diplograph.errors import DateError

QUESTION = "Which surface-to-air missiles did China order in 2004?"


def whole(rounds: int) -> None:
    commands = {
        "links": [command(), "links", "China", "Russia"],
        "ask": [command(), "ask", QUESTION],
    }
    ratio(in_turn(commands, rounds), "ask", "links")


def running() -> None:
    graph = diplograph.open_graph()
    path = Path(__file__).parent / "ask" / "tuning.toml"
    asked = [q["text"] for q in tomllib.loads(path.read_text(encoding="utf-8"))["question"]]
    diplograph.ask(QUESTION, graph=graph)
    for turn in ("first", "second"):
        taken = []
        for question in asked:
            start = time.perf_counter()
            try:
                diplograph.ask(question, graph=graph)
            except DateError:
                continue
            taken.append(time.perf_counter() - start)
        taken.sort()
        middle, high = taken[len(taken) // 2], taken[int(0.95 * len(taken))]
        print(f"{turn} time: median {middle * 1000:.0f} ms, 95 % under {high * 1000:.0f} ms")


if __name__ == "__main__":
    whole(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
    running()
