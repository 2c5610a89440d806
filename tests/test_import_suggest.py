"""A drafted mapping: what it recognizes, that it says what is doubtful, that it can be imported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph.errors import MappingError, TableError
from diplograph.importers import running
from diplograph.importers.knowing import Known
from diplograph.importers.mapping import read_mapping, suggest
from diplograph.importers.mapping.importing import table_dataset
from diplograph.importers.telling import Told
from diplograph_cli.app import cli

ROOT = Path(__file__).parent.parent
DATA = Path(os.environ.get("DIPLOGRAPH_DATA") or ROOT.parent / "shared" / "data")

LONG = """Treaty,Country,Date of signature,Ratification,Notes
Convention on Rivers,Kenya,12/05/1990,1991,
Convention on Rivers,Uganda,25/05/1990,9999,
Protocol on Lakes,Kenya,01/02/1995,1996,
Protocol on Lakes,Chad,01/02/1995,9999,x
"""
WIDE = """Agreement;Signed;France;Spain;Italy;Portugal
Pact on Roads;1990-05-17;x;;x;x
Accord on Rails;1991-06-01;x;x;;
"""
LISTED = """id|title|members|type|entry into force
7|Agreement on Trade in Grain|KEN; UGA; TZA|agreement|3 May 1999
8|Memorandum on Ports|FRA; ESP|MoU|14 June 2001
9|Agreement on Trade in Wool|FRA; KEN|agreement|1 July 2001
"""
MEMBERS = """igo_name,state,ccode,joined_from,member_until
League of Rivers,Kenya,501,1990,2001
League of Rivers,Uganda,500,1991,
League of Lakes,Kenya,501,1970,1980
"""
FLOWS = """reporter,partner,year,imports usd million
KEN,UGA,1999,"1,200.5"
KEN,TZA,1999,880
UGA,KEN,2000,12
"""
ARMS = """supplier,recipient,weapon,order year,delivery year,number ordered
France,India,Mirage 2000,1982,1985,40
Soviet Union,India,T-72,1978,1979,500
Soviet Union,Chad,AK-47,1979,1980,20
"""
LEADERS = """leader,country,startdate,enddate
Jomo Kenyatta,Kenya,1964-12-12,1978-08-22
Milton Obote,Uganda,1966-04-15,1971-01-25
"""


@pytest.fixture
def drafted(tmp_path: Path):
    """The draft for a made-up table, and what it tells when it is used as it is."""

    def run(rows: str, name: str = "made.csv"):
        file, mapping = tmp_path / name, tmp_path / "made.yaml"
        file.write_text(rows, encoding="utf-8")
        draft = suggest(file, output=mapping)
        return (draft, read_mapping(mapping), *used(file, mapping))

    return run


def used(file: Path, mapping: Path) -> tuple[Told, int]:
    """What a table tells by a mapping, and how many rows it has."""
    dataset = table_dataset(file, mapping)
    told = Told(dataset.name, dataset.issued)
    parts = running._parts(dataset, [file], None)
    return told, sum(dataset.tell(parts, told, Known(told, {})))


def columns(draft: str) -> dict[str, str]:
    """The lines of a draft without their comments: by the key, the value of the last one."""
    lines = (
        line.split("  # ")[0].strip() for line in draft.splitlines() if not line.startswith("#")
    )
    return dict(line.removeprefix("- ").partition(": ")[::2] for line in lines if ": " in line)


def test_an_agreement_country_table(drafted) -> None:
    """One row a party: the dates in their order of day and month, 9999 set apart."""
    draft, plan, told, rows = drafted(LONG)
    assert plan.row == "participation"
    assert "label: $(Treaty)" in draft
    assert "value: $(Country)" in draft
    assert [s.stage.given for s in plan.stages] == ["signed", "ratified"]
    assert plan.stages[0].when.formats == ("d/M/yyyy",)
    assert plan.stages[1].when.null == ("9999",)
    assert "# Not used: Notes" in draft
    assert (rows, told.refused, told.facts) == (4, 0, 10)


def test_a_table_of_countries_as_columns(drafted) -> None:
    """Heads that are states; what stands for a party is said to be doubtful."""
    draft, plan, told, rows = drafted(WIDE)
    assert (plan.row, plan.parties[0].headers.names) == (
        "agreement",
        ("France", "Spain", "Italy", "Portugal"),
    )
    assert plan.parties[0].yes == ("x",)
    assert "doubtful: does this stand for a party?" in draft
    assert (rows, told.refused, told.facts) == (2, 0, 4)


def test_a_table_with_lists_of_codes(drafted) -> None:
    """Codes in one cell, kinds by common words, English months, an identifier."""
    draft, plan, told, rows = drafted(LISTED)
    assert plan.row == "agreement"
    assert (plan.parties[0].by, plan.parties[0].separator) == ("iso3", ";")
    assert plan.agreement.kind.table == {"MoU": "memorandum"}
    assert "id: $(id)" in draft
    assert plan.stages[0].stage.given == "in-force"
    assert plan.stages[0].when.formats == ("d MMMM yyyy",)
    assert (rows, told.refused, told.facts) == (3, 0, 6)


def test_a_table_of_members(drafted) -> None:
    """Of a name and its code one is used; a period of two columns."""
    draft, plan, told, rows = drafted(MEMBERS)
    assert plan.row == "membership"
    assert "label: $(igo_name)" in draft
    assert plan.parties[0].by in ("cow", "name")
    assert len(plan.parties) == 1
    assert plan.when.begin is not None
    assert plan.when.end is not None
    assert (rows, told.refused, told.facts) == (3, 0, 3)


def test_a_table_of_flows(drafted) -> None:
    """Two columns of states and a number: unit, scale and thousands from the head and the cells."""
    draft, plan, told, rows = drafted(FLOWS)
    assert plan.row == "figure"
    (figure,) = plan.figures
    assert (figure.measure.given, figure.unit.given, figure.scale, figure.group) == (
        "imports",
        "us-dollar",
        "1000000",
        ",",
    )
    assert "doubtful: write what one of the value is" in draft
    assert plan.about.covers
    assert (rows, told.refused, told.facts) == (3, 0, 3)


def test_a_table_of_arms(drafted) -> None:
    """Supplier, recipient, weapon, order and delivery, and how many."""
    _, plan, told, rows = drafted(ARMS)
    assert plan.row == "transfer"
    assert [s.stage.given for s in plan.stages] == ["ordered", "delivered"]
    assert [f.measure.given for f in plan.figures] == ["number-ordered"]
    assert (rows, told.refused, told.facts) == (3, 0, 12)


def test_a_table_of_leaders(drafted) -> None:
    """A person, whose office it is, from and to."""
    draft, plan, told, rows = drafted(LEADERS)
    assert plan.row == "tenure"
    assert "label: $(leader)" in draft
    assert (rows, told.refused, told.facts) == (2, 0, 2)


def test_an_order_of_day_and_month_that_nothing_decides_is_doubtful(drafted) -> None:
    """Where each date can be read both ways, the draft says so."""
    draft, *_ = drafted(LONG.replace("25/05/1990", "05/05/1990"))
    assert "day and month may have changed places; no date decides it" in draft


def test_the_draft_has_the_names_of_columns_whatever_they_are(drafted) -> None:
    """Brackets, quotation marks, colons and hashes in a head come through YAML and back."""
    head = 'Title of "treaty": (a) #1'
    rows = LONG.replace("Treaty,", '"' + head.replace('"', '""') + '",')
    _, plan, told, _ = drafted(rows)
    assert head in plan.lines
    assert told.refused == 0


def test_lines_before_the_header_are_passed_over(drafted) -> None:
    """The header is the first row that is full."""
    draft, plan, told, _ = drafted("A list of pacts,,,,\n\n" + LONG)
    assert plan.header == 3
    assert "header: 3" in draft
    assert told.refused == 0


def test_nothing_is_drafted_where_nothing_is_recognized(tmp_path: Path) -> None:
    """No state, no agreement: it says what it saw, in one line."""
    file = tmp_path / "t.csv"
    file.write_text("colour,weight\nred,12\nblue,13\n", encoding="utf-8")
    with pytest.raises(
        TableError, match=r"nothing was recognized .*“colour” has text, “weight” has numbers"
    ):
        suggest(file)
    file.write_text("colour,weight\n", encoding="utf-8")
    with pytest.raises(TableError, match="has no row below its header"):
        suggest(file)
    file.write_text("", encoding="utf-8")
    with pytest.raises(TableError, match="is empty"):
        suggest(file)


def test_a_draft_replaces_no_file(tmp_path: Path) -> None:
    """What the user has written stays."""
    (tmp_path / "t.csv").write_text(LONG, encoding="utf-8")
    (tmp_path / "t.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(MappingError, match="exists already"):
        suggest(tmp_path / "t.csv", output=tmp_path / "t.yaml")
    assert (tmp_path / "t.yaml").read_text(encoding="utf-8") == "mine"


def test_the_command_prints_the_draft(tmp_path: Path) -> None:
    """On standard output, or into a file."""
    file, output = tmp_path / "t.csv", tmp_path / "t.yaml"
    file.write_text(LONG, encoding="utf-8")
    printed = CliRunner().invoke(cli, ["import", "table", str(file), "--suggest"])
    assert printed.exit_code == 0
    said = CliRunner().invoke(cli, ["import", "table", str(file), "--suggest", "-o", str(output)])
    assert said.output == f"drafted {output}\n"
    assert output.read_text(encoding="utf-8") == printed.output


RIGHT = {
    "cow-states2016.csv": ("membership", {"value": "$(ccode)", "by": "cow", "year": "$(endyear)"}),
    "desta-treaties.csv": ("agreement", {"columns": "[c1..c91]", "by": "iso-numeric", "label": "$(name)", "id": "$(number)"}),
    "ieadb-treaties.csv": ("agreement", {"label": "$(Treaty Name)"}),
    "ieadb-members.xlsx": ("participation", {"label": "$(treatyname)", "id": "$(mitch_id)", "by": "name"}),
    "archigos-4.1.dta": ("tenure", {"class": "Leader", "by": "cow", "value": "$(enddate)"}),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_a_draft_for_a_public_dataset_finds_what_is_right(name: str, tmp_path: Path) -> None:
    """The row, the parties and their codes, the names, as who knows the dataset would say."""
    if not (DATA / name).is_file():
        pytest.skip("the public datasets are not at hand (DIPLOGRAPH_DATA)")
    row, right = RIGHT[name]
    mapping = tmp_path / "m.yaml"
    draft = suggest(DATA / name, output=mapping)
    plan = read_mapping(mapping)
    assert plan.row == row
    assert right.items() <= columns(draft).items()
    stages = {
        "desta-treaties.csv": ["signed", "in-force"], "ieadb-treaties.csv": ["signed", "in-force"],
        "ieadb-members.xlsx": ["signed", "ratified", "in-force", "ended"],
    }  # fmt: skip
    assert [s.stage.given for s in plan.stages] == stages.get(name, [])
