"""Whole processes: `diplograph links China Russia` against `python -c "import rdflib"`.

    python bench/start_up.py [ROUNDS]

Both run in turn, in one run, after a first call that fills the caches; the ratio is taken round by
round, so that a slow moment of the machine slows both.
"""

from __future__ import annotations

import sys

from turns import command, in_turn, ratio


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 41
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import rdflib": [sys.executable, "-c", "import rdflib"],
        "diplograph links": [command(), "links", "China", "Russia"],
    }
    ratio(in_turn(commands, rounds), "diplograph links", "import rdflib")


if __name__ == "__main__":
    main()
