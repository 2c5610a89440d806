"""Whole processes: `diplograph links China Russia` against `python -c "import rdflib"`.

    python bench/start_up.py [ROUNDS]

Both run in turn, in one run, after a first call that fills the caches; the ratio is taken round by
round, so that a slow moment of the machine slows both.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 41
    ours = shutil.which("diplograph", path=str(Path(sys.executable).parent))
    assert ours is not None, "install diplograph into this environment first"
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import rdflib": [sys.executable, "-c", "import rdflib"],
        "diplograph links": [ours, "links", "China", "Russia"],
    }
    for command in commands.values():
        seconds(command)
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(seconds(command))
    for name, values in taken.items():
        print(f"{name:18} median {statistics.median(values) * 1000:6.1f} ms")
    ratios = sorted(
        a / b for a, b in zip(taken["diplograph links"], taken["import rdflib"], strict=True)
    )
    low, middle, high = (ratios[int(q * (len(ratios) - 1))] for q in (0.25, 0.5, 0.75))
    print(f"links / import rdflib: median {middle:.2f}, quartiles {low:.2f} to {high:.2f}")


if __name__ == "__main__":
    main()
