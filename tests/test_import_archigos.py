"""The importer of Archigos, on a table of made-up rows in its format."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplograph import describe
from diplograph.importers import dataset, import_dataset
from diplograph.importers.archigos_people import _page
from diplograph.importers.ledger import ledger
from diplograph.importers.spelling import mended
from diplograph.store import Graph, open_graph

pytestmark = pytest.mark.xdist_group("import_archigos")  # one process makes its store

_COLUMNS = (
    "obsid", "leadid", "ccode", "idacr", "leader", "startdate", "enddate", "entry", "exit",
    "exitcode", "posttenurefate", "yrborn", "yrdied", "borndate", "deathdate", "dbpediauri",
    "numentry", "numexit", "numexitcode", "numposttenurefate",
)  # fmt: skip
_LINK = "https://urldefense.example/v2/url?u=http-3A__dbpedia.org_resource_{}&d=x"
_OK = ("Regular", "Regular", "Regular", "OK")
_CODES = (0, 1.0, 0, 0.0)
_STILL = ("Regular", "Still in Office", "Still in Office", "Leader Still in Office")
_ALIVE = (-777, "NA", "NA")

_ROWS = [
    # a number that two states had one after another, and the same leader a second time
    ("RUS-1990", "id-1", 365, "RUS", "Orlov", "1990-02-01", "1995-03-01", *_OK, 1930, *_ALIVE,
     _LINK.format("Ilya-5FOrlov-5F-28politician-29"), *_CODES),
    ("RUS-1999", "id-1", 365, "RUS", "Orlov", "1999-01-01", "2000-02-02", *_OK, 1930, *_ALIVE,
     "NA", *_CODES),
    # another one of that name, who died in office; the day of birth is no day
    ("JPN-1950", "id-2", 740, "JPN", "Orlov", "1950-05-05", "1951-06-06", "Irregular",
     "Natural Death", "Regular", "Missing: Natural Death within Six Months of Losing Office",
     1900, 1951, "1900-13-40", "1951-06-06", _LINK.format("Somebody-5FElse"), 1, 2.0, 0, -777.0),
    # before the state of that number was independent; a letter in another encoding
    ("IRE-1919", "id-3", 205, "IRE", "Qalen", "1919-04-01", "1921-01-05", "Regular", "Irregular",
     "Removed by Rebels, with Foreign Support", "Exile", 1870, 1940, "NA", "1940-02-03", "NA",
     0, 3.0, 3, 1.0),
    # still in office when the data were made; dead although alive; a code that is another's
    ("JPN-2012", "id-4", 740, "JPN", "Mizuno", "2012-12-26", "2015-12-31", *_STILL, 1954, -777,
     "NA", "2014-01-01", "NA", 0, -888.0, 0, -888.0),
    # two people under one identifier, and two births of one
    ("CAN-1930", "id-5", 20, "CAN", "Prior", "1930-01-01", "1931-01-01", *_OK, 1880, 1950, "NA",
     "NA", "NA", *_CODES),
    ("DOM-1880", "id-5", 42, "DOM", "Baztan", "1880-01-01", "1881-01-01", *_OK, 1830, 1890,
     "1831-02-02", "NA", "NA", *_CODES),
    # a number that no state has, a term that ends before it begins, values that are none
    ("XXX-1900", "id-6", 999, "XXX", "Nemo", "1900-01-01", "1901-01-01", *_OK, -999, -999, "NA",
     "NA", "NA", *_CODES),
    ("JPN-1960", "id-7", 740, "JPN", "Sudo", "1961-01-01", "1960-01-01", *_OK, 1900, 1970, "NA",
     "NA", "NA", *_CODES),
    ("JPN-1970", "id-8", 740, "JPN", "HernÃ¡n", "1970-01-01", "1971-01-01", "Odd", "Regular",
     "Regular", "OK", 1900, 1980, "NA", "NA", "https://example.org/page", *_CODES),
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, new_world):
    """The store into which the made-up table was imported, and what the import said."""
    import pandas as pd

    folder = tmp_path_factory.mktemp("archigos")
    path = folder / "leaders.dta"
    frame = pd.DataFrame(_ROWS, columns=list(_COLUMNS))
    frame.to_stata(path, write_index=False, version=118)
    # the letter is one byte of Latin-1 in a file that must be UTF-8
    path.write_bytes(path.read_bytes().replace(b"Qalen", b"Q\xe1len"))
    done = import_dataset(dataset("archigos"), [path], new_world(folder / "store"))
    return open_graph(folder / "store"), done, ledger(folder / "store", "archigos")


def _terms(graph: Graph, name: str) -> list[tuple[str, str]]:
    rows = graph.select(
        f"""SELECT ?state ?when WHERE {{ ?fact a dg:Tenure ; dg:agent ?who ; dg:when ?when ;
            dg:post/dg:postIn/skos:prefLabel ?state . ?who skos:prefLabel|skos:altLabel "{name}"@en }}
        ORDER BY ?when"""
    )
    return [(row["state"], row["when"]) for row in rows]


def test_nothing_is_lost(made) -> None:
    """Rows in are rows told and rows refused, and each refused one is in the ledger."""
    graph, done, entries = made
    told = graph.select(
        "SELECT DISTINCT ?row WHERE { ?fact a dg:Tenure ; dg:evidence [ dg:row ?row ; oa:hasSource src:archigos ] }"
    )
    assert done.rows == len(_ROWS) == len(told) + done.refused
    assert done.refused == 1
    assert [(e.row, e.reason) for e in entries if "ends before" in e.detail] == [
        (10, "damaged row")
    ]


def test_a_number_that_passed_on(made) -> None:
    """A term goes to each state that had the number in it, with the days on which it had it."""
    graph, _, _ = made
    assert _terms(graph, "Ilya Orlov") == [
        ("Soviet Union", "1990-02-01/1991-12-25"),
        ("Russia", "1991-12-26/1995-03-01"),
        ("Russia", "1999-01-01/2000-02-02"),
    ]


def test_entry_and_exit_of_a_term_in_two_states(made) -> None:
    """The entry is told of the first part, the exit and the fate of the last."""
    graph, _, _ = made
    rows = graph.select(
        """SELECT ?state ?in ?out ?fate WHERE { ?fact dg:evidence/dg:row 2 ; a dg:Tenure ;
           dg:post/dg:postIn/skos:prefLabel ?state OPTIONAL { ?fact dg:entered ?in }
           OPTIONAL { ?fact dg:left ?out ; dg:fate ?fate } } ORDER BY ?state"""
    )
    assert [("in" in row, "out" in row) for row in rows] == [(False, True), (True, False)]


def test_never_the_empire(made) -> None:
    """A government before independence is not told as the government of the state that ruled it."""
    graph, _, _ = made
    assert _terms(graph, "Qálen") == [("Ireland", "1919-04-01/1921-01-05")]


def test_still_in_office(made) -> None:
    """The end of a term that had not ended is open, and the statement says as of when."""
    graph, _, _ = made
    assert _terms(graph, "Mizuno") == [("Japan", "2012-12-26/..")]
    fact = next(f for f in describe("Mizuno", graph=graph).facts if f.kind == "Tenure")
    assert "still in office on 31 December 2015" in fact.statement


def test_labels_are_told_apart(made) -> None:
    """Leaders of one name have labels with state and years; no first name is made up."""
    graph, _, _ = made
    rows = graph.select(
        'SELECT ?label WHERE { ?who a dg:Leader ; skos:altLabel "Orlov"@en ; skos:prefLabel ?label }'
    )
    assert sorted(row["label"] for row in rows) == [
        "Orlov (Japan, 1950–1951)",
        "Orlov (Soviet Union, Russia, 1990–2000)",
    ]


def test_an_outside_link_is_a_link(made) -> None:
    """The page behind a wrapped address is linked; its name is an alias only where it fits."""
    graph, _, _ = made
    rows = graph.select(
        "SELECT ?page WHERE { ?who a dg:Leader ; rdfs:seeAlso ?page } ORDER BY ?page"
    )
    assert [row["page"].rpartition("/")[2] for row in rows] == [
        "Ilya_Orlov_(politician)", "Somebody_Else",
    ]  # fmt: skip
    assert "Ilya Orlov" in describe("Ilya Orlov", graph=graph).aliases
    assert not graph.select('SELECT ?who WHERE { ?who skos:altLabel "Somebody Else"@en }')


def test_damaged_letters(made) -> None:
    """Names in another encoding are told as they were written, and the ledger says so."""
    graph, _, entries = made
    damaged = {e.row: e.detail for e in entries if e.reason == "text encoding"}
    assert set(damaged) == {5, 11}
    assert "Latin-1" in damaged[5]
    assert (
        _terms(graph, "Hernán") == _terms(graph, "HernÃ¡n") == [("Japan", "1970-01-01/1971-01-01")]
    )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("LÃ¸kke", "Løkke"),  # UTF-8 read as Windows-1252
        ("Mor±nigo", None),  # no UTF-8 as any encoding: not certain
        ("Mor√≠nigo", "Morínigo"),  # UTF-8 read as Mac Roman
        ("Løkke", None),  # as it should be
        ("Lokke", None),
    ],
)
def test_mending(text: str, whole: str | None) -> None:
    """Only what is UTF-8 read as another encoding is mended."""
    assert mended(text) == whole


def test_lifespans(made) -> None:
    """Births and deaths are as precise as the row; what does not go together is in conflict."""
    graph, _, entries = made

    def lives(name: str) -> list[str]:
        found = describe(name, graph=graph).facts
        return sorted(f.when.edtf for f in found if f.kind == "Lifespan" and f.when)

    assert lives("Ilya Orlov") == ["1930/.."]
    assert lives("Orlov (Japan, 1950–1951)") == ["1900/1951-06-06"]
    assert lives("Mizuno") == ["1954/2014-01-01"]
    assert lives("Baztan") == ["1830/1890", "1831-02-02/1890"]
    assert lives("Nemo") == []
    one = next(f for f in describe("Baztan", graph=graph).facts if f.kind == "Lifespan")
    assert [c.detail for c in one.conflicts] == [
        "Archigos tells 2 lifespans of Baztan that cannot all be right."
    ]
    assert {(e.row, e.reason) for e in entries} >= {
        (4, "damaged value"), (6, "inconsistent value"), (8, "inconsistent value"),
    }  # fmt: skip


def test_two_people_under_one_identifier(made) -> None:
    """Rows of one identifier with neither a word of the name nor a birth in common are two people."""
    graph, _, entries = made
    assert _terms(graph, "Prior") == [("Canada", "1930-01-01/1931-01-01")]
    assert _terms(graph, "Baztan") == [("Dominican Republic", "1880-01-01/1881-01-01")]
    assert {e.row for e in entries if "people of their own" in e.detail} == {7, 8}


def test_codes_and_words_that_differ(made) -> None:
    """A code in figures that is not the one in words, and a word that is none, are in the ledger."""
    _, _, entries = made
    assert (6, "0") in {(e.row, e.printed) for e in entries}
    assert (11, "Odd") in {(e.row, e.printed) for e in entries}


def test_an_unknown_number(made) -> None:
    """A number that no state has gives a post of a party of the dataset's own."""
    graph, done, entries = made
    assert done.parties["unresolved"] == 1
    assert _terms(graph, "Nemo") == [("XXX (as printed in archigos)", "1900-01-01/1901-01-01")]
    assert describe("Nemo", graph=graph).entity.label == "Nemo (XXX, 1900–1901)"
    assert (9, "unresolved party") in {(e.row, e.reason) for e in entries}


def test_posts_of_its_own(made) -> None:
    """The effective leader of a state is a post of the dataset's, apart from the curated offices."""
    graph, _, _ = made
    rows = graph.select(
        "SELECT ?post WHERE { ?fact dg:evidence/oa:hasSource src:archigos ; dg:post ?post }"
    )
    assert all("/post/archigos-effective-leader-of-" in row["post"] for row in rows)
    assert not graph.select(
        "SELECT ?post WHERE { ?post dg:postIn cty:russia ; dg:kind pokind:effective-leader . ?f dg:post ?post ; dg:evidence/oa:hasSource ?s FILTER(?s != src:archigos) }"
    )


def test_again(made, tmp_path: Path) -> None:
    """A second import of the same file changes nothing."""
    _, done, _ = made
    again = import_dataset(
        dataset("archigos"), [Path(done.into).with_name("leaders.dta")], Path(done.into)
    )
    assert not again.changed


def test_addresses() -> None:
    """What a mail filter wraps an address in is taken off; what is no page of DBpedia is not one."""
    assert _page(_LINK.format("Dumarsais-5FEstim-25C3-25A9")) == (
        "http://dbpedia.org/resource/Dumarsais_Estimé"
    )
    assert _page("http://dbpedia.org/resource/Tito") == "http://dbpedia.org/resource/Tito"
    assert _page("https://example.org/Tito") is None
