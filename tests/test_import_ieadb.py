"""The IEA Database: agreements and members, what is refused, and what the links of two states are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from diplograph import links, open_graph, states
from diplograph.errors import TableError
from diplograph.importers import dataset, import_dataset
from diplograph.importers.ledger import ledger

pytestmark = pytest.mark.xdist_group("import_ieadb")  # one process makes its store

DATA = Path(__file__).parent / "fixtures" / "datasets"
TREATIES, MEMBERS = DATA / "ieadb-treaties.csv", DATA / "ieadb-members.csv"


@pytest.fixture(scope="module")
def imported(tmp_path_factory, new_world):
    into = new_world(tmp_path_factory.mktemp("ieadb") / "store")
    done = import_dataset(dataset("ieadb"), [MEMBERS, TREATIES], into)
    return done, into


@pytest.fixture(scope="module")
def store(imported):
    return open_graph(imported[1])


def stages(graph, fact: str) -> list[tuple[str, str, str]]:
    """Stage, time and grade of the facts of one row, by the beginning of their names."""
    rows = graph.select(
        f"""SELECT ?f ?stage ?when ?grade {{ ?f dg:stage/skos:prefLabel ?stage ; dg:when ?when ;
            dg:grade/skos:prefLabel ?grade
            FILTER(STRSTARTS(STR(?f), "https://w3id.org/diplograph/id/fact/ieadb/{fact}")) }}
            ORDER BY ?when ?f"""
    )
    return [(row["stage"], row["when"], row["grade"]) for row in rows]


def test_rows_in_are_rows_told_and_rows_refused(imported) -> None:
    """Every row is told or refused, and each refused one stands in the ledger with its reason."""
    done, into = imported
    assert (done.rows, done.refused) == (9 + 15, 3 + 3)
    refused = [(e.source, e.row, e.reason) for e in ledger(into, "ieadb")]
    assert ("ieadb-treaties", 8, "repeated row") in refused
    assert ("ieadb-treaties", 9, "damaged row") in refused
    assert ("ieadb-treaties", 10, "damaged row") in refused
    assert ("ieadb-members", 7, "row without a statement") in refused
    assert ("ieadb-members", 14, "repeated row") in refused


def test_what_stands_in_many_rows_alike_is_one_entry(imported, store) -> None:
    """Rows without dates, and placeholders for dates, are one entry each, which selects its rows."""
    entries = {(e.source, e.reason, e.printed): e.detail for e in ledger(imported[1], "ieadb")}
    assert "2 rows" in entries["ieadb-members", "row without a statement", "Palau; Chad"]
    assert "2 rows" in entries["ieadb-members", "placeholder for a date", "2899-01-01"]
    assert "1 row " in entries["ieadb-treaties", "placeholder for a date", "2599-01-01"]
    rows = store.select(
        """SELECT ?value { ?e dg:printed "2899-01-01" ; dg:evidence ?passage .
           ?passage oa:hasSource src:ieadb-members ; oa:hasSelector/rdf:value ?value }"""
    )
    assert [row["value"] for row in rows] == ["row=9-10"]


def test_an_agreement_is_told_with_its_kind_scope_subject_and_lineage(store) -> None:
    """What the list tells of an agreement stands on it, and its dates are stages."""
    rows = store.select(
        """SELECT ?kind ?scope ?subject ?lineage ?sequence ?body ?code {
            BIND(<https://w3id.org/diplograph/id/agreement/ieadb-9001> AS ?a)
            ?a dg:kind/skos:prefLabel ?kind ; dg:scope/skos:prefLabel ?scope ; dg:inclusion ?code ;
               dct:subject/skos:prefLabel ?subject ; dg:lineage ?lineage ; dg:sequence ?sequence ;
               dg:secretariat/skos:prefLabel ?body }"""
    )
    assert [tuple(row.values()) for row in rows] == [
        ("agreement", "multilateral", "environment", "Made-Up Lakes", "100.000",
         "Made-Up Lakes Commission", "MEA")
    ]  # fmt: skip
    assert stages(store, "9001-signed") == [("signed", "1970-05-04", "stated")]
    assert stages(store, "9001-in-force") == [("in force", "1972-01-01", "stated")]
    assert not store.ask(
        "ASK { <https://w3id.org/diplograph/id/agreement/ieadb-9005> dct:subject ?s }"
    )


def test_an_amendment_is_joined_to_what_it_amends_by_its_number(store) -> None:
    """100.010 belongs under 100.000 of its lineage; that is inferred, and says so."""
    rows = store.select(
        """SELECT ?of ?base ?grade { ?f a dg:Amending ; dg:of/skos:prefLabel ?of ;
            dg:amends/skos:prefLabel ?base ; dg:grade/skos:prefLabel ?grade }"""
    )
    assert [(row["of"][:12], row["base"][:13], row["grade"]) for row in rows] == [
        ("Amendment To", "Convention On", "inferred")
    ]


def test_a_date_is_told_no_more_precisely_than_it_is_known(store, imported) -> None:
    """Where the list knows only the year, the first of January of the members' list is the year."""
    assert stages(store, "9004-signed") == [("signed", "1981", "stated")]
    assert stages(store, "9004-norway-signed") == [("signed", "1981", "stated")]
    assert stages(store, "9003-in-force") == []
    details = [
        e.detail for e in ledger(imported[1], "ieadb") if e.printed in ("1990", "not a date")
    ]
    assert any("differs from the date, 1991-07-08" in detail for detail in details)
    assert any("not a date" in detail for detail in details)


def test_a_type_that_is_not_known_is_noted(imported) -> None:
    """The agreement stands all the same."""
    [entry] = [e for e in ledger(imported[1], "ieadb") if e.printed == "Gentlemen's Agreement"]
    assert entry.reason == "damaged value"


def test_entries_into_force_and_withdrawals_come_in_turns(store) -> None:
    """The columns after the first entry into force are withdrawal, entry again, and so on."""
    assert stages(store, "9001-kenya-") == [
        ("ratified", "1990-01-01", "stated"),
        ("in force", "1990-04-01", "stated"),
        ("withdrawn", "1999-06-30", "stated"),
        ("in force", "2005-02-01", "stated"),
    ]
    assert stages(store, "9010-norway-")[-1] == ("ended", "1980-12-31", "stated")
    assert stages(store, "9010-ended") == [("ended", "1980-12-31", "stated")]


def test_a_date_in_the_time_of_another_state_is_that_states(store) -> None:
    """What Russia is said to have signed in 1970 the Soviet Union did; Russia went on with it."""
    rows = store.select(
        """SELECT ?party ?stage ?when ?grade { ?f dg:forParty/skos:prefLabel ?party ;
            dg:of <https://w3id.org/diplograph/id/agreement/ieadb-9001> ; dg:when ?when ;
            dg:stage/skos:prefLabel ?stage ; dg:grade/skos:prefLabel ?grade
            FILTER(STRSTARTS(STR(?party), "Russia") || STRSTARTS(STR(?party), "Soviet")) }
            ORDER BY ?when ?stage"""
    )
    assert [tuple(row.values()) for row in rows] == [
        ("Soviet Union", "signed", "1970-05-04", "stated"),
        ("Soviet Union", "in force", "1972-01-01", "stated"),
        ("Russia", "in force", states.state("russia").begin.isoformat(), "inferred"),
    ]
    assert store.ask('ASK { ?f a dg:Participation ; dg:printed "Russian Federation" }')


def test_who_is_meant_is_not_guessed(store, imported) -> None:
    """Germany in 1981 may be either; it is a party as printed, which “Germany” does not lead to."""
    assert imported[0].parties["unresolved"] == 1
    assert [e.printed for e in ledger(imported[1], "ieadb") if e.reason == "unresolved party"] == [
        "Germany"
    ]
    assert links("Germany", "Norway", graph=store).to_dict()["question"]["x"]["label"] == "Germany"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (None, ("in force", "2005-02-01", "definitely")),
        ("1980", None),
        ("1990-02", ("ratified", "1990-01-01", "definitely")),
        ("1995", ("in force", "1990-04-01", "definitely")),
        ("2001", ("withdrawn", "1999-06-30", "definitely")),
        ("2006", ("in force", "2005-02-01", "definitely")),
    ],
)
def test_the_stage_between_two_parties(store, as_of, expected) -> None:
    """It is the less far of the two; before both had come in there is no link."""
    answer = links("Norway", "Kenya", graph=store, as_of=as_of)
    found = [(link.stage, link.when.edtf, link.holds) for link in answer.answers]
    assert found == ([expected] if expected else [])
    if expected is None:
        assert answer.absence.reason.value == "no-record"


def test_signed_only_is_less_than_in_force(store) -> None:
    """Norway is bound and Sweden has only signed."""
    [link] = links("Norway", "Sweden", graph=store).answers
    assert link.stage == "signed"


def test_a_party_without_dates_is_one_possibly(store) -> None:
    """Of a row that has only placeholders it is not told that the state ever was bound."""
    [link] = links("Norway", "Denmark", graph=store).answers
    assert link.holds == "possibly"


def test_what_is_not_said_is_not_told(store) -> None:
    """A state that is listed without any date is no party, and its absence has a reason."""
    answer = links("Norway", "Palau", graph=store)
    assert answer.answers == ()
    assert answer.absence.reason.value == "no-record"
    assert "ieadb lists those of all states" in answer.absence.detail


@pytest.mark.thorough
def test_either_file_alone(tmp_path, new_world) -> None:
    """The agreements alone have no parties, the members alone make the agreements they name."""
    alone = import_dataset(dataset("ieadb"), [TREATIES], new_world(tmp_path / "treaties"))
    assert (alone.rows, alone.refused) == (9, 3)
    members = import_dataset(dataset("ieadb"), [MEMBERS], new_world(tmp_path / "members"))
    assert (members.rows, members.refused) == (15, 3)
    graph = open_graph(tmp_path / "members")
    assert stages(graph, "9001-signed") == [("signed", "1970-05-04", "stated")]
    assert len(links("Norway", "Kenya", graph=graph).answers) == 1
    with pytest.raises(TableError, match="same part of ieadb"):
        import_dataset(dataset("ieadb"), [MEMBERS, MEMBERS], tmp_path / "twice")


def test_no_fact_has_the_name_of_another(store) -> None:
    """Names of facts are their own: none has two statements."""
    rows = store.select("SELECT ?f ?s { GRAPH src:ieadb { ?f dg:statement ?s } }")
    assert [f for f, n in Counter(row["f"] for row in rows).items() if n > 1] == []
