"""Questions put to IEADB and DESTA, with answers worked out from the raw files by other means.

The files are not part of the project: they are found through DIPLOGRAPH_DATA, or beside it.
"""

from __future__ import annotations

import os
import re
import shlex
import time
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from diplograph import ask, links, open_graph
from diplograph.importers import dataset, import_dataset
from diplograph.importers.ledger import ledger
from diplograph_cli.app import cli

DATA = Path(os.environ.get("DIPLOGRAPH_DATA") or Path(__file__).parents[2] / "shared" / "data")
FILES = [DATA / name for name in ("ieadb-treaties.csv", "ieadb-members.xlsx", "desta-treaties.csv")]
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(
        not all(path.is_file() for path in FILES), reason="the public datasets are not at hand"
    ),
]
AGREEMENT = "https://w3id.org/diplograph/id/agreement/"
FAR = "2500"
DATES = ["csig", "crat", *(f"ceif{n}" for n in range(3, 10))]


@pytest.fixture(scope="module")
def world(tmp_path_factory, new_world):
    into = new_world(tmp_path_factory.mktemp("world") / "store")
    done = [import_dataset(dataset("ieadb"), FILES[:2], into)]
    done.append(import_dataset(dataset("desta"), FILES[2:], into))
    return open_graph(into), into, done


@pytest.fixture(scope="module")
def graph(world):
    return world[0]


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    return pd.read_excel(FILES[1], dtype=str, engine="calamine").fillna("")


@pytest.fixture(scope="module")
def members(raw) -> pd.DataFrame:
    table = raw.copy()
    for column in ("tsig", "tterm", *DATES):
        table[column] = table[column].str[:10].where(lambda day: day < FAR, "")
    return table


@pytest.fixture(scope="module")
def trade() -> pd.DataFrame:
    return pd.read_csv(FILES[2], sep=";", dtype=str, keep_default_na=False, encoding="cp1252")


# --- by other means ------------------------------------------------------------------------------


def rows_of(members: pd.DataFrame, country: str) -> pd.DataFrame:
    return members[members.country == country].set_index("mitch_id")


def first(row: pd.Series) -> str:
    return min((row[c] for c in DATES if row[c]), default="")


def bound(row: pd.Series, day: str) -> bool:
    """Whether the agreement was in force for the state of a row on a day."""
    if row.tterm and row.tterm <= day:
        return False
    turns = [row[f"ceif{n}"] for n in range(3, 10)]
    return sum(1 for turn in turns if turn and turn <= day) % 2 == 1


def both(members: pd.DataFrame, x: str, y: str, day: str = "9999") -> set[str]:
    one, other = rows_of(members, x), rows_of(members, y)
    return {
        number
        for number in set(one.index) & set(other.index)
        if "" < first(one.loc[number]) <= day and "" < first(other.loc[number]) <= day
    }


def ids(answers, of: str = "ieadb") -> set[str]:
    start = f"{AGREEMENT}{of}-"
    found = {a.id if hasattr(a, "id") else a.entity.id for a in answers}
    return {iri.removeprefix(start) for iri in found if iri.startswith(start)}


def codes(row: pd.Series, mark: str | None = None) -> set[str]:
    return {
        row[f"c{n}"] for n in range(1, 92) if row[f"c{n}"] != "NA" and mark in (None, row[f"mc{n}"])
    }


def moving(row: pd.Series) -> set[str]:
    return codes(row, "1") or (codes(row, "2") if codes(row, "3") else set())


def trading(trade: pd.DataFrame, code: str, other: str, year: int) -> set[str]:
    """The base treaties that were in force at the end of a year and had both as members."""
    found = set()
    for _, base in trade[trade.entry_type == "base_treaty"].iterrows():
        number = base.number
        if base.entryforceyear == "NA" or int(base.entryforceyear) > year:
            continue
        parties, changes = codes(base), trade[trade.base_treaty == number]
        for _, row in changes[changes.entry_type == "accession"].iterrows():
            if row.entryforceyear.isdigit() and int(row.entryforceyear) <= year:
                parties |= moving(row)
        for _, row in changes[changes.entry_type == "withdrawal"].iterrows():
            parties -= moving(row) if int(row.year) <= year else set()
        if {code, other} <= parties:
            found.add(number)
    return found


# --- the import ----------------------------------------------------------------------------------


def test_every_row_is_told_or_refused(world, raw) -> None:
    """Of IEADB, the rows without any value of the state's own are refused, and no others."""
    ieadb, desta = world[2]
    assert ieadb.rows == len(pd.read_csv(FILES[0])) + len(raw) == 32_730
    assert ieadb.refused == int((raw[DATES] == "").all(axis=1).sum()) == 9_871
    assert (desta.rows, desta.refused) == (1_217, 0)


def test_what_was_not_told_is_in_the_ledger(world, graph, raw) -> None:
    """The entries for placeholders and empty rows select just as many rows as there are."""
    rows = graph.select(
        """SELECT ?why ?printed ?value { GRAPH src:ieadb { ?e dg:reason ?r ; dg:printed ?printed ;
            dg:evidence/oa:hasSelector/rdf:value ?value } ?r skos:prefLabel ?why }"""
    )

    def selected(value: str) -> int:
        spans = [part.split("-") for part in value.removeprefix("row=").split(";")]
        return sum(int(span[-1]) - int(span[0]) + 1 for span in spans)

    empty = sum(selected(r["value"]) for r in rows if r["why"] == "row without a statement")
    assert empty == 9_871
    far = {r["printed"]: 0 for r in rows if r["why"] == "placeholder for a date"}
    assert {"2599-01-01", "2699-01-01", "2899-01-01", "2999-01-01", "3200-01-01"} <= set(far)
    assert int((raw.ceif3.str[:10] == "2899-01-01").sum()) == 1_153
    assert 1_153 in [selected(r["value"]) for r in rows if r["printed"] == "2899-01-01"]
    assert len(ledger(world[1], "ieadb")) == world[2][0].notes


def test_every_agreement_stands_with_its_dates(graph) -> None:
    """As many agreements, signatures and entries into force as the list has."""
    listed = pd.read_csv(FILES[0], dtype=str, keep_default_na=False)
    count = "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { GRAPH src:ieadb { %s } }"
    told = {
        "?x a dg:Agreement": len(listed),
        '?x a dg:StageFact ; dg:stage stage:signed FILTER(REGEX(STR(?x), "/[0-9]+-signed$"))': int(
            (listed["Signature Date"] < FAR).sum()
        ),
        '?x a dg:StageFact ; dg:stage stage:in-force FILTER(REGEX(STR(?x), "/[0-9]+-in-force$"))': int(
            listed["Date IEA entered into force"].between("1000", FAR).sum()
        ),
        "?x dg:lineage ?any": int((~listed.Lineage.isin(["", "Not Yet Assigned"])).sum()),
    }
    for pattern, expected in told.items():
        assert int(graph.select(count % pattern)[0]["n"]) == expected, pattern


# --- links ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y"), [("Norway", "Kenya"), ("Canada", "Japan"), ("Chile", "New Zealand")]
)
def test_which_agreements_link_two_states(graph, members, x, y) -> None:
    """Those under which both have a date of their own."""
    answer = links(x, y, graph=graph)
    assert ids((*answer.answers, *answer.pending)) == both(members, x, y)


@pytest.mark.parametrize("day", ["1965-01-01", "1985-06-30", "2000-12-31"])
def test_which_agreements_link_two_states_at_a_date(graph, members, day) -> None:
    """Those that both had come into by then, and no other."""
    answer = links("Norway", "Kenya", graph=graph, as_of=day)
    assert ids(answer.answers) == both(members, "Norway", "Kenya", day)


@pytest.mark.parametrize(
    ("x", "y", "day"),
    [("Norway", "Kenya", "1999-06-30"), ("Canada", "Brazil", "1970-01-01"), ("France", "Japan", "2010-01-01")],
)  # fmt: skip
def test_which_are_in_force_between_two_states(graph, members, x, y, day) -> None:
    """Those in force for both: who left is out, and who came back is in."""
    one, other = rows_of(members, x), rows_of(members, y)
    expected = {
        n for n in both(members, x, y) if bound(one.loc[n], day) and bound(other.loc[n], day)
    }
    answer = links(x, y, graph=graph, as_of=day)
    assert ids(link for link in answer.answers if link.stage == "in force") == expected


def test_agreements_of_the_soviet_union_are_not_russias(graph, members) -> None:
    """What the list dates for Russia in the Soviet Union's time is the Soviet Union's."""
    one, other = rows_of(members, "Norway"), rows_of(members, "Russian Federation")
    expected = {
        number
        for number in set(one.index) & set(other.index)
        if first(one.loc[number]) and "1922-12-30" <= first(other.loc[number]) < "1991-12-25"
    }
    answer = links("Norway", "Soviet Union", graph=graph)
    assert ids(answer.answers) == expected
    assert links("Norway", "Russia", graph=graph, as_of="1985").answers == ()


def test_nothing_in_common_is_no_record(graph, members) -> None:
    """Two states that share nothing by a date: both lists cover all states, so it is a gap."""
    assert both(members, "Bhutan", "Chile", "1970-01-01") == set()
    absence = links("Bhutan", "Chile", graph=graph, as_of="1970-01-01").absence
    assert absence.reason.value == "no-record"
    assert "desta and ieadb list those of all states" in absence.detail


# --- trade ---------------------------------------------------------------------------------------

STATES = {"Norway": "578", "Chile": "152", "Mexico": "484", "Portugal": "620", "Switzerland": "756",
          "Denmark": "208", "Cambodia": "116", "Viet Nam": "704"}  # fmt: skip


@pytest.mark.parametrize(
    ("x", "y", "year"),
    [
        ("Norway", "Chile", 2010), ("Mexico", "Chile", 2010), ("Norway", "Portugal", 1980),
        ("Norway", "Portugal", 1990), ("Switzerland", "Denmark", 1972), ("Switzerland", "Denmark", 1974),
        ("Cambodia", "Viet Nam", 1996), ("Cambodia", "Viet Nam", 2012),
    ],
)  # fmt: skip
def test_trade_agreements_in_force_between_two_states(graph, trade, x, y, year) -> None:
    """Founders, those who acceded and those who left, each from their year on."""
    answer = links(x, y, graph=graph, as_of=f"{year}-12-31")
    bases = set(trade[trade.entry_type == "base_treaty"].number)
    found = ids((a for a in answer.answers if a.stage == "in force"), "desta") & bases
    assert found == trading(trade, STATES[x], STATES[y], year)


def test_negotiations_are_not_concluded(graph, trade) -> None:
    """Every negotiation is pending."""
    numbers = set(trade[trade.entry_type == "negotiation"].number)
    canada = links("Canada", "Morocco", graph=graph)
    assert ids(canada.pending, "desta") == {"853"}
    assert not ids(canada.answers, "desta") & numbers
    rows = graph.select(
        """SELECT DISTINCT ?a { GRAPH src:desta { ?f dg:of ?a ; dg:stage stage:under-negotiation } }"""
    )
    assert len(rows) == len(numbers - {"864+2"}) + 1


# --- in English ----------------------------------------------------------------------------------


def asked(graph, question: str):
    answer = ask(question, graph=graph)
    assert answer.understood is not None, answer.text
    return answer


def names(answer) -> set[str]:
    return {a.entity.label for a in answer.answers if a.entity}


def test_ask_environmental_agreements_in_force(graph, members) -> None:
    """For Norway on a day; the list's own mark says which are environmental."""
    row = rows_of(members, "Norway")
    expected = {n for n in row.index if bound(row.loc[n], "1995-07-01")}
    answer = asked(graph, "Which environmental agreements were in force for Norway on 1 July 1995?")
    assert ids(answer.answers) == expected


def test_ask_who_withdrew(graph, members) -> None:
    """From the whaling convention of 1946: all who left it, also those who came back."""
    table = members[members.mitch_id == "2621"]
    expected = {r.country for r in table.itertuples() if r.ceif4 and r.ceif4 != r.tterm}
    answer = asked(
        graph, "Who withdrew from the International Convention For The Regulation Of Whaling?"
    )
    assert names(answer) == expected


def test_ask_what_a_state_withdrew_from(graph, members) -> None:
    """Canada, by both lists."""
    row = rows_of(members, "Canada")
    expected = {n for n in row.index if row.loc[n].ceif4 and row.loc[n].ceif4 != row.loc[n].tterm}
    assert ids(asked(graph, "Which agreements did Canada withdraw from?").answers) == expected


def test_ask_signed_but_not_ratified(graph, members) -> None:
    """The United States: a signature, and neither ratification nor entry into force."""
    row = rows_of(members, "United States")
    expected = {n for n, r in row.iterrows() if r.csig and not r.crat and not r.ceif3}
    answer = asked(graph, "Which agreements has the United States signed but not ratified?")
    assert ids(answer.answers) == expected


def test_ask_ratified_but_not_signed(graph, members) -> None:
    """Kenya: a ratification or an entry into force, and no signature."""
    row = rows_of(members, "Kenya")
    expected = {n for n, r in row.iterrows() if not r.csig and (r.crat or r.ceif3)}
    answer = asked(graph, "Which agreements has Kenya ratified but not signed?")
    assert ids(answer.answers) == expected


@pytest.mark.parametrize(
    ("question", "number", "country", "column"),
    [
        ("When did Kenya ratify the Convention On The Continental Shelf?", "2672", "Kenya", "crat"),
        ("When did Japan join the Antarctic Treaty?", "2688", "Japan", "ceif3"),
        ("When did Norway sign the Antarctic Treaty?", "2688", "Norway", "csig"),
    ],
)
def test_ask_when(graph, members, question, number, country, column) -> None:
    """A date of one state under one agreement; nothing where the list has none."""
    row = rows_of(members, country).loc[number]
    whens = {a.when.edtf for a in asked(graph, question).answers if country in a.statement}
    assert whens == ({row[column]} if row[column] else set())


def test_ask_when_a_state_came_back(graph, members) -> None:
    """Brazil joined the whaling convention twice."""
    row = rows_of(members, "Brazil").loc["2621"]
    answer = asked(
        graph, "When did Brazil join the International Convention For The Regulation Of Whaling?"
    )
    assert {a.when.edtf for a in answer.answers} == {row.ceif3, row.ceif5}


def test_ask_how_many_parties_at_a_date(graph, members) -> None:
    """The Convention on the Continental Shelf on 1 January 1975."""
    table = members[members.mitch_id == "2672"]
    expected = sum(bound(row, "1975-01-01") for _, row in table.iterrows())
    answer = asked(
        graph,
        "For how many states was the Convention On The Continental Shelf in force on 1 January 1975?",
    )
    assert len(answer.answers) == expected


def test_ask_trade_agreements_of_a_state(graph, trade) -> None:
    """Chile's at the end of 2005: in force, and Chile a member by then."""
    answer = asked(graph, "Which trade agreements were in force for Chile on 31 December 2005?")
    bases = set(trade[trade.entry_type == "base_treaty"].number)
    expected = trading(trade, "152", "152", 2005)
    assert ids(answer.answers, "desta") & bases == expected


def test_ask_trade_agreements_between_two_states(graph, trade) -> None:
    """Mexico and Chile: all that both signed, amended and consolidated texts among them."""
    found = ids(asked(graph, "Which trade agreements link Mexico and Chile?").answers, "desta")
    bases = set(trade[trade.entry_type == "base_treaty"].number)
    assert found & bases == trading(trade, "484", "152", 2025) | {
        row.number
        for _, row in trade[trade.entry_type == "base_treaty"].iterrows()
        if {"484", "152"} <= codes(row)
    }


@pytest.mark.parametrize("page", ["ieadb.md", "desta.md"])
def test_the_sessions_in_the_docs_run(world, page) -> None:
    """Each command shown prints the lines shown; “...” stands for anything."""
    path = Path(__file__).parent.parent / "docs" / "datasets" / page
    shown = re.findall(r"```console\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    commands = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", "".join(shown), re.MULTILINE)
    assert commands
    for command, expected in commands:
        words = [str(world[1]) if word == "world" else word for word in shlex.split(command)]
        result = CliRunner().invoke(cli, words[1:])
        assert result.exit_code == 0, result.output
        pattern = re.escape(" ".join(expected.split())).replace(r"\.\.\.", ".*?")
        assert re.search(pattern, " ".join(result.stdout.split())), result.stdout


def test_questions_take_less_than_a_tenth_of_a_second(graph) -> None:
    """Of processor time, in a running process; the median of three."""
    for question in (
        "Which environmental agreements were in force for Norway on 1 July 1995?",
        "Which agreements has the United States signed but not ratified?",
        "Which trade agreements link Mexico and Chile?",
        "Who withdrew from the International Convention For The Regulation Of Whaling?",
    ):
        ask(question, graph=graph)
        taken = []
        for _ in range(3):
            before = time.process_time()
            ask(question, graph=graph)
            taken.append(time.process_time() - before)
        assert sorted(taken)[1] < 0.2, question  # twice as much, for slower machines
