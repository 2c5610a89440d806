"""What is said of mistakes in the mapping of a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph.errors import MappingError, TableError
from diplograph.importers.mapping import import_table, read_mapping
from diplograph_cli.app import cli

from .mapped import HEAD

BODY = "row: participation\nagreement: $(pact)\nparties: $(country)\n"


@pytest.fixture
def wrong(tmp_path: Path) -> Callable[..., str]:
    """What is said of a mapping that is wrong."""

    def run(
        mapping: str, rows: str = "pact,country,signed\nA,Kenya,1990\n", head: str = HEAD
    ) -> str:
        file, path = tmp_path / "t.csv", tmp_path / "m.yaml"
        file.write_text(rows, encoding="utf-8")
        path.write_text(head + mapping, encoding="utf-8")
        into = tmp_path / "world"
        done = CliRunner().invoke(
            cli, ["import", "table", str(file), "--mapping", str(path), "--into", str(into)]
        )
        assert done.exit_code == 2, done.output
        assert not into.exists()
        (line,) = done.stderr.strip().splitlines()
        return line.removeprefix(f"diplograph: {path}, ").removeprefix(f"diplograph: {path}: ")

    return run


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("row: party\n", "line 11: row: “party” is not what a row is; it is one of agreement, participation, "
         "stage, membership, tenure, transfer, figure."),
        ("agreement: $(pact)\n", "line 2: “row” is missing: what one row tells of."),
        ("row: agreement\n", "line 2: a row that is a agreement needs “agreement”."),
        (BODY + "weapon: $(x)\n", "line 14: weapon: a row that is a participation has no “weapon”; it has "
         "agreement, parties, stages, figures."),
        (BODY + "stage: signed\n", "line 14: there is no key “stage”; did you mean “stages”?"),
        (BODY + "stages: {stage: signd, when: $(signed)}\n",
         "line 14: stages.stage: “signd” is no stage; did you mean “signed”?"),
        ("row: participation\nagreement: {label: $(pact), kind: pakt}\nparties: $(country)\n",
         "line 12: agreement.kind: “pakt” is no kind; there are action-plan, agreed-minute, agreement, amendment, "
         "annex, arrangement, communique, contract, declaration, domestic-measure, exchange-of-notes, joint-body …."),
        (BODY + "stages: {stage: signed, when: $(sined)}\n",
         "line 14: {file} has no column “sined”; did you mean “signed”?"),
        (BODY + "stages: {stage: signed, when: {value: $(signed), format: dd.MM.yy}}\n",
         "line 14: stages.when.format: “dd.MM.yy” is no format of dates: the century of yy is not known; write edtf, "
         "or a pattern such as dd.MM.yyyy, M/d/yyyy, d MMMM yyyy or yyyyMMdd."),
        (BODY + "stages: {stage: signed, when: {year: $(signed), value: $(signed)}}\n",
         "line 14: stages.when: a date is given by “value”, by “year”, or by “from” and “to”."),
        (BODY + "grade: sure\n", "line 14: grade: “sure” is no grade; there are denied, estimated, inferred, "
         "reported, rumoured, stated."),
        (BODY + "parties: $(pact)\n", "line 14: “parties” is given twice."),
        ("row: participation\nagreement: $(pact)\nparties: {value: $(country), by: iso4}\n",
         "line 13: parties.by: “iso4” is not a scheme; it is one of name, iso2, iso3, iso-numeric, cow, cow-abb, gw."),
        ("row: participation\nagreement: $(pact)\nparties: {value: $(country), headers: [signed]}\n",
         "line 13: parties: one of “value”, “columns” and “headers” says where the parties are."),
        ("row: participation\nagreement: $(pact)\nparties: {headers: [signed]}\n",
         "line 13: parties: with “headers” either “yes” says what is printed for a party, or “stage” of which stage "
         "the cells give the date."),
        ("row: participation\nagreement: $(pact)\nparties: {columns: [country..pact]}\n",
         "line 13: “country..pact” are no columns of {file}, from one to a later one."),
        ("row: participation\nagreement: $(pact\nparties: $(country)\n",
         "line 12: agreement: “$(pact” has a $( without its end; write \\( for a bracket in a column's name."),
        ("row: participation\nagreement: [$(pact)]\nparties: $(country)\n",
         "line 12: agreement: here should stand keys with a colon and a value each."),
        ("row: participation\nagreement: {id: $(pact)}\nparties: $(country)\n",
         "line 12: agreement: “label” is missing: the name of the agreement."),
        ("row: participation\nagreement:\nparties: $(country)\n",
         "line 12: agreement: here should stand a column, as in $(name), or text."),
        (BODY + "figures: {value: $(signed), measure: imports}\n",
         "line 14: figures: “unit” is missing: what one of the value is."),
        (BODY + "table: {encoding: utf-9}\n",
         "line 14: table.encoding: “utf-9” is no text encoding; write utf-8, say."),
        (BODY + "table: {delimiter: \"::\"}\n", "line 14: table.delimiter: “::” is not one letter."),
        (BODY + "table: {header: first}\n", "line 14: table.header: “first” is no number from 1 on."),
        ("row: [\n", "line 12: is no YAML: expected the node content, but found '<stream end>'."),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_is_one_line(wrong, tmp_path: Path, mapping: str, said: str) -> None:
    """File, line and key, what is wrong and what would be right; nothing is written."""
    assert wrong(mapping) == said.replace("{file}", str(tmp_path / "t.csv"))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("identifier", "Made up", "line 3: dataset.identifier: “Made up” is no identifier; write small letters, digits and hyphens."),
        ("identifier", "yubin-2000", "line 3: dataset.identifier: “yubin-2000” is a source of diplograph's own; choose another identifier."),
        ("identifier", "sipri", "line 3: dataset.identifier: “sipri” is a source of diplograph's own; choose another identifier."),
        ("temporal", "the fifties", "line 8: dataset.temporal: “the fifties” is not a date that can be read; write it as 2000, "
         "2000-07, 2000-07-18, 2000-07-18/2000-07-19, 1998~, 2001?, 199X, 2000-22 (summer) or ../2004."),
        ("issued", "2010~", "line 9: dataset.issued: “2010~” is no year, month or day; write it as 2000-07-18 or less."),
    ],
)  # fmt: skip
def test_a_mistake_in_what_the_dataset_is(wrong, key: str, value: str, said: str) -> None:
    """The same for the entry of the dataset itself."""
    head = re.sub(rf"  {key}: .*", f"  {key}: {value}", HEAD)
    assert wrong(BODY, head=head) == said


def test_an_address_and_an_issue_are_checked(wrong) -> None:
    """An IRI that cannot be one, an issue that is none."""
    assert "is no address" in wrong(BODY, head=HEAD + "  homepage: example.org\n")
    assert "is no issue" in wrong(BODY, head=HEAD + "  issues: [fishing]\n")


def test_a_column_that_stands_twice_cannot_be_meant(wrong, tmp_path: Path) -> None:
    """Which of the two would be a guess."""
    rows = "pact,country,country\nA,Kenya,Chad\n"
    assert (
        wrong(BODY, rows)
        == f"line 13: {tmp_path / 't.csv'} has several columns “country”; rename all but one."
    )


def test_files_that_are_not_there(tmp_path: Path) -> None:
    """A mapping or a table that does not exist, and an empty mapping."""
    table, mapping = tmp_path / "t.csv", tmp_path / "m.yaml"
    with pytest.raises(MappingError, match=r"m.yaml: cannot be read: No such file"):
        import_table(table, mapping, tmp_path / "w")
    mapping.write_text("", encoding="utf-8")
    with pytest.raises(
        MappingError, match="is empty; diplograph import table FILE --suggest drafts"
    ):
        read_mapping(mapping)
    mapping.write_text(HEAD + BODY, encoding="utf-8")
    with pytest.raises(TableError, match="there is no such file"):
        import_table(table, mapping, tmp_path / "w")
    table.write_text("", encoding="utf-8")
    with pytest.raises(TableError, match="is empty"):
        import_table(table, mapping, tmp_path / "w")
