"""Where sources disagree: the record, the order, and the command."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from diplograph import conflicts, open_graph
from diplograph_cli.app import cli


def test_both_sides_are_shown(made_up: Path) -> None:
    """A disagreement has both facts as sides, with what differs and in which aspect."""
    [found] = conflicts(graph=open_graph(made_up)).conflicts
    assert (found.label, found.aspect, found.detail) == ("conflict", "date", "May against June.")
    assert [side.statement for side in found.sides] == [
        "The Pact was signed.",
        "The Pact is reported signed in June.",
    ]
    assert [side.grade for side in found.sides] == ["stated", "reported"]
    assert all(side.evidence for side in found.sides)


def test_only_those_about_the_entity(made_up: Path) -> None:
    """A name narrows to what concerns the entity: its own facts, or those of its agreements."""
    graph = open_graph(made_up)
    for name in ("Pact", "Alba", "Borea"):
        assert len(conflicts(name, graph=graph).conflicts) == 1, name
    none = conflicts("Gas deal", graph=graph)
    assert none.conflicts == ()
    assert none.absence is not None
    assert none.absence.detail == "No disagreement about Gas deal is on record."


def test_every_shipped_conflict_is_listed(shipped) -> None:
    """The command's list is complete: as many as the graph has, each with a side and a detail."""
    answer = conflicts(graph=shipped)
    rows = shipped.select("SELECT ?c WHERE { ?c a dg:Conflict }")
    assert {c.id for c in answer.conflicts} == {row["c"] for row in rows}
    assert all(c.sides and c.detail for c in answer.conflicts)
    assert [c.label for c in answer.conflicts] == sorted(c.label for c in answer.conflicts)


def test_the_traps_of_the_sources_are_kept(shipped) -> None:
    """The disagreements that the documents are known for are all there."""
    labels = {c.label for c in conflicts(graph=shipped).conflicts}
    assert labels >= {
        "Date of the Beijing summit", "Number of Su-30s agreed on in 1999", "The most recent arms contract",
        "Uzbekistan in the Shanghai Forum", "Total of trade in 2006", "Russia's trade surplus in 2006",
        "Share of border trade", "Islands of the Amur", "Name of the security treaty organization",
        "A citation later than the chapter", "Number of A-50U ordered, SIPRI against IISS",
    }  # fmt: skip


def test_the_command_shows_sides_beside_each_other(made_up: Path) -> None:
    """Both statements stand in the first line below the detail; JSON has the same record."""
    result = CliRunner().invoke(cli, ["conflicts", "Pact", "--graph", str(made_up)])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "1 disagreement about Pact"
    assert any("The Pact was signed." in x and "The Pact is reported" in x for x in lines)
    record = CliRunner().invoke(cli, ["conflicts", "Pact", "--graph", str(made_up), "--json"])
    assert json.loads(record.stdout) == conflicts("Pact", graph=open_graph(made_up)).to_dict()


def test_an_unknown_name(made_up: Path) -> None:
    """A name that leads nowhere is one line with a suggestion and 2; JSON has the absence."""
    call = ["conflicts", "Pakt of all", "--graph", str(made_up)]
    plain = CliRunner().invoke(cli, call)
    assert plain.exit_code == 2
    assert len(plain.stderr.strip().splitlines()) == 1
    record = json.loads(CliRunner().invoke(cli, [*call, "--json"]).stdout)
    assert record["absence"]["reason"] == "unknown-name"


def test_a_conflict_in_two_languages_has_each_side_once(made_up: Path) -> None:
    """Labels and details in several languages, or none, neither double a side nor hide a conflict."""
    text = made_up.read_text().replace(
        'dg:detail "May against June."@en .',
        'dg:detail "May against June."@en , "Mai gegen Juni."@de ; rdfs:label "Date"@en , "Datum"@de .\n'
        "ex:bare a dg:Conflict ; dg:between ex:pact-signed ; dg:aspect aspect:date .",
    )
    made_up.write_text(text)
    found = conflicts(graph=open_graph(made_up)).conflicts
    assert sorted(len(c.sides) for c in found) == [1, 2]
