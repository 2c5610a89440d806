"""`diplograph ask` as a whole process against `diplograph links`, and in a running process.

    python bench/asking.py [ROUNDS]

The processes run in turn, in one run, after a first call that fills the caches; the ratio is taken
round by round. In the running process every question of the tuning set is asked twice: the first
time its words are looked up, the second time they are at hand.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import diplograph
from diplograph.errors import DateError

QUESTION = "Which surface-to-air missiles did China order in 2004?"


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def whole(rounds: int) -> None:
    ours = shutil.which("diplograph", path=str(Path(sys.executable).parent))
    assert ours is not None, "install diplograph into this environment first"
    commands = {
        "links": [ours, "links", "China", "Russia"],
        "ask": [ours, "ask", QUESTION],
    }
    for command in commands.values():
        seconds(command)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(seconds(command))
    for name, values in taken.items():
        print(f"diplograph {name:6} median {statistics.median(values) * 1000:6.1f} ms")
    ratios = sorted(a / b for a, b in zip(taken["ask"], taken["links"], strict=True))
    low, middle, high = (ratios[int(q * (len(ratios) - 1))] for q in (0.25, 0.5, 0.75))
    print(f"ask / links: median {middle:.2f}, quartiles {low:.2f} to {high:.2f}")


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
