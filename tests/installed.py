"""Run from anywhere against an installed wheel: layout, types, and the README's question."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from importlib.metadata import files
from pathlib import Path

import diplograph
from diplograph.hygiene import hygiene_rules


def main() -> None:
    """Check what was installed and ask the question that the README asks."""
    home = Path(diplograph.__file__).parent
    assert "site-packages" in str(home), home
    tops = {path.parts[0] for path in files("diplograph") or [] if path.parts[0] != ".."}
    packages = {top for top in tops if not top.endswith(".dist-info")}
    assert packages == {"diplograph", "diplograph_cli", "diplograph_ontology"}, packages
    for name in ("graph", "cli", "ontology"):
        spec = importlib.util.find_spec(name)
        assert spec is None, f"{name} is importable from {spec}"
    answer = diplograph.links("China", "Russia")
    assert any(link.label == "Beijing Declaration" for link in answer.answers)
    command = shutil.which("diplograph", path=str(Path(sys.executable).parent))
    assert command is not None
    assert hygiene_rules()
    for call in (
        ["links", "China", "Russia"], ["links", "Chna", "russia"], ["stats"],
        ["conflicts", "Su-30"], ["questions", "su-30-numbers"],
        ["ask", "When did Uzbekistan join the Shanghai Five?"],
    ):  # fmt: skip
        done = subprocess.run([command, *call], capture_output=True, text=True, check=True)
        assert done.stdout, call
    page = Path("china-russia.html")
    subprocess.run([command, "draw", "China", "Russia", "-o", str(page)], check=True)
    assert page.stat().st_size > 100_000
    print(f"installed in {home}: {len(answer.answers)} concluded, {len(answer.pending)} pending")


if __name__ == "__main__":
    main()
