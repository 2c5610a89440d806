"""Whole processes, timed in turn: what the benchmarks of commands share."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path


def command() -> str:
    """The command line of the environment that runs the benchmark."""
    ours = shutil.which("diplograph", path=str(Path(sys.executable).parent))
    assert ours is not None, "install diplograph into this environment first"
    return ours


def seconds(words: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def in_turn(commands: dict[str, list[str]], rounds: int) -> dict[str, list[float]]:
    """The seconds of each command, all of them run once a round after a first call."""
    for words in commands.values():
        seconds(words)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, words in commands.items():
            taken[name].append(seconds(words))
    for name, values in taken.items():
        print(f"{name:18} median {statistics.median(values) * 1000:6.1f} ms")
    return taken


def ratio(taken: dict[str, list[float]], one: str, other: str) -> None:
    """Print the ratio of two commands, round by round, with its quartiles."""
    ratios = sorted(a / b for a, b in zip(taken[one], taken[other], strict=True))
    low, middle, high = (ratios[int(q * (len(ratios) - 1))] for q in (0.25, 0.5, 0.75))
    print(f"{one} / {other}: median {middle:.2f}, quartiles {low:.2f} to {high:.2f}")
