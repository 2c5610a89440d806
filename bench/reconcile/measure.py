"""How many rows of Mitchell's weapons table find their row of SIPRI's register.

    python bench/reconcile/measure.py STORE

STORE is an on-disk store into which SIPRI's register was imported. What is right was judged by
hand for each of the 54 rows (2026-11-28), by designation, year of order, number and years of
delivery, with all rows of the register for Russia or the Soviet Union and China at hand: the
register's designation and year of order, “-” where it has no counterpart, “?” where that is open.
The proposals had been seen before, and the comparisons were improved on these rows: it is no
measurement on unseen ones.
"""

from __future__ import annotations

import re
import sys

from diplograph import open_graph
from diplograph.reconciling import propose

RIGHT = """
1 - ; 2 Ka-27PL 1996 ; 3 Ka-27PL 1998 ; 4 Mi-17 1995 ; 5 Mi-17 2001 ; 6 Mi-17 1998 ; 7 ?
8 Su-27S 1995 ; 9 Su-27S 1996 ; 10 Su-27S 1999 ; 11 Su-30MK 1999 ; 12 Su-30MK 2001 ; 13 Su-30MK 2003
14 - ; 15 AL-31 2000 ; 16 ? ; 17 - ; 18 - ; 19 - ; 20 MR-750 Fregat 2001 ; 21 ? ; 22 S-300PMU1 1992
23 S-300PMU1 2001 ; 24 S-300PMU2 Favorit 2004 ; 25 Tor-M1 1997 ; 26 Tor-M1 1998 ; 27 ? ; 28 -
29 3M-54E Club 2002 ; 30 48N6 2001 ; 31 48N6 2002 ; 32 48N6 2004 ; 33 5V55U 1992
34 9M311 Treugolnik 2002 ; 35 9M317 2001 ; 36 9M338 1997 ; 37 9M338 1998 ; 38 9M38 1998
39 Kh-29 1999 ; 40 Kh-31A1 1997 ; 41 - ; 42 Kh-59ME Ovod 1999 ; 43 ? ; 44 P-270 Moskit 1998
45 P-270 Moskit 2002 ; 46 R-73 1995 ; 47 R-77 2000 ; 48 Project-956/Sovremenny 1998
49 Project-956/Sovremenny 2002 ; 50 Project-636E 1993 ; 51 Project-636E 2002 ; 52 Project-877E 1993
53 - ; 54 -
"""


def main() -> None:
    """Print how many rows find their counterpart, and the false proposals."""
    right = dict(
        entry.strip().split(" ", 1)
        for line in RIGHT.split("\n")
        for entry in line.split(";")
        if entry.strip()
    )
    best: dict[str, tuple[str, float]] = {}
    for proposal in propose(open_graph(sys.argv[1]), "transfers", least=0.0, judged=True):
        row = re.search(r"\(table row (\d+)\)", proposal.one.label)
        if row and proposal.sources[1] == "sipri" and row[1] not in best:
            deal = re.sub(r" to .*order of (\d+).*", r" \1", proposal.other.label)
            best[row[1]] = deal, proposal.score
    certain = [row for row, deal in right.items() if deal not in "-?"]
    first = [row for row in certain if best.get(row, ("",))[0] == right[row]]
    shown = [row for row in first if best[row][1] >= 0.5]
    print(
        f"{len(certain)} rows with a counterpart: {len(first)} find it first, {len(shown)} at 0.5"
    )
    for kind, words in (("?", "open"), ("-", "without a counterpart")):
        rows = [row for row, deal in right.items() if deal == kind]
        high = [
            f"{row} ({best[row][0]}, {best[row][1]:.2f})"
            for row in rows
            if best.get(row, ("", 0))[1] >= 0.5
        ]
        print(f"{len(rows)} rows {words}: {len(high)} proposals at 0.5: {', '.join(high)}")
    missed = [f"{row}: {best.get(row)} for {right[row]}" for row in certain if row not in first]
    print("\n".join(missed))


if __name__ == "__main__":
    main()
