"""Write the example pictures of docs/pictures.md: python docs/make_pictures.py [FOLDER].

They are PNG at 120 dots an inch, so that they stay small; the same graph gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from diplograph import charts
from diplograph.files import replace_file

EXAMPLES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "chart-timeline": (("timeline", "Shanghai Five"), {}),
    "chart-timeline-many": (("timeline", "China"), {}),
    "chart-matrix": (("matrix",), {"columns": 1}),
    "chart-transfers": (("transfers", "China", "Russia"), {}),
    "chart-figures": (("figures",), {}),
    "chart-network": (("network", "SCO"), {}),
    "chart-ontology": (("ontology",), {}),
}
"""The name of each picture, what it is of, and how it is drawn."""


def main(folder: Path) -> None:
    """Write them all into a folder."""
    for name, (asked, how) in EXAMPLES.items():
        made = charts.chart(*asked, **how)
        replace_file(folder / f"{name}.png", made.to_bytes("png", dpi=120))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("images"))
