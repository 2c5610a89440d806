"""The crosswalk of states against every party that the public datasets name, where they are at hand."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from diplograph.states import resolve

SCRIPT = Path(__file__).parent.parent / "docs" / "make_states.py"
_SPEC = importlib.util.spec_from_file_location("make_states", SCRIPT)
assert _SPEC is not None
assert _SPEC.loader is not None
make_states = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(make_states)

NEEDS = {"ieadb-members.xlsx": "python_calamine", "archigos-4.1.dta": "pandas"}
UNREAD = {
    "sipri-trade-register.csv": {
        "unknown supplier(s)", "unknown recipient(s)", "unknown rebel group*",
        "", "0.03", "0.25", "1.5", "3",  # damaged rows
    },
}  # fmt: skip
"""All that is printed where a party should be and is none that anybody could know."""


@pytest.fixture(params=make_states.FILES, ids=lambda file: file.name)
def readings(request, datasets: Path):
    """A dataset and how each of its parties was read."""
    file = request.param
    if file.name in NEEDS:
        pytest.importorskip(NEEDS[file.name], reason=f"{NEEDS[file.name]} is not at hand")
    if not (datasets / file.name).exists():
        pytest.skip(f"{file.name} is not at hand")
    return file, list(make_states.readings(file, datasets))


def test_every_party_is_read_or_is_none(readings) -> None:
    """No name or code stays unknown but those of nobody; what is open has its candidates."""
    file, found = readings
    assert found
    unknown = {answer.printed for answer in found if answer.how == "unknown"}
    assert unknown == UNREAD.get(file.name, set())
    for answer in found:
        assert answer.state is not None or answer.how in ("ambiguous", "unknown")
        assert answer.how != "ambiguous" or len(answer.candidates) == 2
        assert answer.how in ("exact", "by-date") or answer.note


def test_the_figures_of_the_page_are_those_of_the_datasets(readings) -> None:
    """The line of the dataset in docs/states.md is what its rows give."""
    file, found = readings
    line = next(line for line in make_states.kept().splitlines() if f"| {file.title} |" in line)
    counts = [sum(answer.how == how for answer in found) for how in make_states.HOW]
    assert [int(cell.replace(",", "")) for cell in line.split("|")[2:-1]] == counts


def test_the_damaged_cells_are_read_as_nobody() -> None:
    """What stands where a party should be and is a number leads to no state."""
    for printed in UNREAD["sipri-trade-register.csv"]:
        assert resolve(printed).state is None
