"""DESTA: agreements, accessions, withdrawals, amendments and negotiations."""

from __future__ import annotations

from pathlib import Path

import pytest

from diplograph import links, open_graph
from diplograph.importers import dataset, import_dataset
from diplograph.importers.ledger import ledger

pytestmark = pytest.mark.xdist_group("import_desta")  # one process makes its store

FILE = Path(__file__).parent / "fixtures" / "datasets" / "desta-treaties.csv"
AGREEMENT = "https://w3id.org/diplograph/id/agreement/desta-"


@pytest.fixture(scope="module")
def imported(tmp_path_factory, new_world):
    into = new_world(tmp_path_factory.mktemp("desta") / "store")
    return import_dataset(dataset("desta"), [FILE], into), into


@pytest.fixture(scope="module")
def store(imported):
    return open_graph(imported[1])


def found(store, x: str, y: str, as_of: str | None = None) -> dict[str, str]:
    """The stages of the agreements between two states, the consolidated texts left out."""
    answer = links(x, y, graph=store, as_of=as_of)
    return {
        f"{link.label} ({link.kind})": link.stage
        for link in answer.answers
        if "consolidated" not in link.kind
    }


def test_rows_in_are_rows_told_and_rows_refused(imported) -> None:
    """Every row is told or refused with a reason."""
    done, into = imported
    assert (done.rows, done.refused) == (14, 2)
    refused = {e.row: e.detail for e in ledger(into, "desta") if e.reason == "damaged row"}
    assert set(refused) == {11, 12}
    assert "in no other row" in refused[12]


def test_marks_and_codes_that_do_not_match_are_noted(imported) -> None:
    """A mark without a member, and a member without a mark, which is a party all the same."""
    notes = {e.printed: e.detail for e in ledger(imported[1], "desta") if e.row == 13}
    assert notes == {
        "c2: 246": "The member has no mark, which would tell its side; it is told as a party.",
        "mc3: 0": "The mark belongs to no member.",
    }


def test_an_agreement_is_told_as_the_list_tells_it(store) -> None:
    """Kind, scope, region, language, the WTO's list and the name there."""
    rows = store.select(
        f"""SELECT ?kind ?scope ?region ?wto ?language ?other {{ <{AGREEMENT}1>
            dg:kind/skos:prefLabel ?kind ; dg:scope/skos:prefLabel ?scope ; dg:region ?region ;
            dg:wtoListed ?wto ; schema:inLanguage ?language ; skos:altLabel ?other }}"""
    )
    assert [tuple(row.values()) for row in rows] == [
        ("trade agreement", "plurilateral", "Europe", "yes", "English", "Made-Up Union (MUU)")
    ]
    assert not store.ask(f"ASK {{ <{AGREEMENT}3> dg:wtoListed ?any }}")


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("1989", {}),
        ("1990-06", {"Made-Up Union (trade agreement)": "signed"}),
        ("1993", {"Made-Up Union (trade agreement)": "in force"}),
    ],
)
def test_founding_members_come_with_the_agreement(store, as_of, expected) -> None:
    """Its stages are theirs."""
    assert found(store, "Norway", "Finland", as_of) == expected


def test_an_accession_counts_from_its_year_on(store) -> None:
    """Before, the new member is no party; when the accession is in force, so is the agreement."""
    union = "Made-Up Union (trade agreement)"
    assert union not in found(store, "Norway", "Sweden", "1994")
    assert found(store, "Norway", "Sweden", "1995-12-31")[union] == "signed"
    assert found(store, "Norway", "Sweden", "1997")[union] == "in force"


def test_a_withdrawal_counts_from_its_year_on(store) -> None:
    """Before, the member is bound as all are; afterwards it has left, and the others go on."""
    union = "Made-Up Union (trade agreement)"
    assert found(store, "Norway", "Finland", "2002")[union] == "in force"
    assert found(store, "Norway", "Finland", "2004")[union] == "withdrawn"
    assert found(store, "Norway", "Sweden", "2004")[union] == "in force"


def test_whoever_accedes_is_marked_2_where_the_other_party_is_marked_3(store) -> None:
    """Denmark joins one side of an agreement with Chile; the other side is named beside it."""
    assert "Made-Up Union Chile (trade agreement)" in found(store, "Denmark", "Chile")
    assert found(store, "Denmark", "Chile", "2009") == {}
    assert found(store, "Norway", "Chile", "2009") == {
        "Made-Up Union Chile (trade agreement)": "signed"
    }


def test_a_member_that_no_row_brings_in_is_a_party(store) -> None:
    """Denmark stands among the members when Iceland accedes."""
    assert "Made-Up Union (trade agreement)" in found(store, "Denmark", "Norway")


def test_negotiations_are_pending(store) -> None:
    """They are never concluded, nor is an accession that is negotiated."""
    answer = links("Norway", "Kenya", graph=store)
    assert answer.answers == ()
    assert [(p.label, p.stage) for p in answer.pending] == [("Kenya Norway", "under negotiation")]
    iceland = links("Iceland", "Chile", graph=store)
    assert iceland.answers == ()
    assert [p.stage for p in iceland.pending] == ["under negotiation"]


def test_what_amends_is_an_agreement_of_its_own(store) -> None:
    """It is joined to the one that it amends, a consolidated text to the one that it gives anew."""
    rows = store.select(
        """SELECT ?of ?how ?base { ?f a dg:Amending ; dg:of ?of ; ?how ?base
           VALUES ?how { dg:amends dg:consolidates } } ORDER BY ?of"""
    )
    assert [
        tuple(v.rpartition("/")[2].rpartition("#")[2] or v for v in r.values()) for r in rows
    ] == [
        ("desta-2", "amends", "desta-1"),
        ("desta-2a", "consolidates", "desta-1"),
    ]
    assert (
        "Made-Up Union Protocol on Services (protocol or amendment to a trade agreement)"
        in found(store, "Norway", "Sweden")
    )


def test_a_code_is_read_by_the_year(store) -> None:
    """688 in 1993 is Yugoslavia, and the reading is kept with the fact."""
    rows = store.select(
        f"SELECT ?label ?printed {{ ?f dg:of <{AGREEMENT}5> ; dg:agent/skos:prefLabel ?label ; "
        "dg:printed ?printed }"
    )
    assert {row["label"] for row in rows} == {"Russia", "Federal Republic of Yugoslavia"}
    assert rows[0]["printed"].startswith("688: ")


def test_what_is_not_known_is_not_told(store) -> None:
    """NA for an entry into force tells no stage."""
    rows = store.select(
        f"SELECT ?stage {{ ?f dg:of <{AGREEMENT}4> ; dg:stage/skos:prefLabel ?stage "
        "FILTER NOT EXISTS { ?f dg:forParty ?p } }"
    )
    assert [row["stage"] for row in rows] == ["signed"]
