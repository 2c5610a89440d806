"""SIPRI's trade register: made-up rows in its three layouts, and what becomes of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from diplograph.errors import TableError
from diplograph.importers import dataset, import_dataset
from diplograph.importers.ledger import ledger
from diplograph.importers.sipri_remarks import Said, said
from diplograph.importers.sipri_weapons import kind_of
from diplograph.importers.sipri_words import runs
from diplograph.store import Graph, open_graph

pytestmark = pytest.mark.xdist_group("import_sipri")  # one process makes its store

FIXTURES = Path(__file__).parent / "fixtures/datasets"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, new_world: Callable[[Path], Path]) -> Path:
    into = new_world(tmp_path_factory.mktemp("sipri") / "b")
    done = import_dataset(dataset("sipri"), [FIXTURES / "sipri-b.csv"], into)
    assert (done.rows, done.refused) == (14, 3)
    return into


@pytest.fixture(scope="module")
def graph(imported: Path) -> Graph:
    return open_graph(imported)


def deals(store: Path, name: str) -> tuple[Path, Graph]:
    """A store with the fixture of a layout by deals."""
    import_dataset(dataset("sipri"), [FIXTURES / name], store)
    return store, open_graph(store)


def of_row(graph: Graph, row: str, what: str) -> list[dict[str, str]]:
    """The facts whose names begin with the row's, and what the pattern says of them."""
    base = f"https://w3id.org/diplograph/id/fact/sipri/{row}"
    return graph.select(
        f'SELECT * WHERE {{ GRAPH src:sipri {{ ?f {what} }} FILTER(STRSTARTS(STR(?f), "{base}")) }}'
    )


def test_stages_carry_years_and_estimates(graph: Graph) -> None:
    """The year of order is an estimate where marked; years of delivery that follow are one run."""
    rows = of_row(graph, "row-2-", "dg:stage ?s ; dg:when ?when ; dg:grade ?g")
    told = {(r["s"].rpartition("/")[2], r["when"], r["g"].rpartition("/")[2]) for r in rows}
    assert told == {
        ("ordered", "1976~", "estimated"),
        ("delivered", "1977/1978", "stated"),
        ("delivered", "1980", "stated"),
    }


def test_numbers_carry_their_marks(graph: Graph) -> None:
    """Numbers are estimates where marked; one that is not given is unknown only where marked."""
    rows = of_row(graph, "row-", "dg:measure measure:number-ordered ; dg:value ?v ; dg:grade ?g")
    told = {
        (r["f"].rpartition("/")[2].split("-")[1], r["v"], r["g"].rpartition("/")[2]) for r in rows
    }
    assert {("2", "12", "estimated"), ("3", "4", "stated"), ("5", "40", "stated")} <= told
    (unknown,) = of_row(graph, "row-4-", "dg:unknown true ; dg:printed ?p ; dg:measure ?m")
    assert (unknown["p"], unknown["m"].rpartition("/")[2]) == ("?", "number-sought")


def test_remarks_are_kept_whole_and_told_only_where_sure(graph: Graph) -> None:
    """The comment stands as printed; aid and price are facts only if nothing hedges them."""
    (whole,) = of_row(graph, "row-2", "dg:remark ?r ; dg:asAid true ; dg:condition ?c")
    assert whole["r"] == "Second-hand; aid; $6.5 m deal"
    assert whole["c"].endswith("second-hand")
    (worth,) = of_row(
        graph, "row-2-", "dg:measure measure:contract-value ; dg:value ?v ; dg:unit ?u"
    )
    assert (worth["v"], worth["u"].rpartition("/")[2]) == ("6500000", "us-dollar")
    (hedged,) = of_row(graph, "row-6", "dg:remark ?r")
    assert hedged["r"] == "Probably aid; part of $9 m deal"
    assert not of_row(graph, "row-6", "dg:asAid true")
    assert not of_row(graph, "row-6-", "dg:measure measure:contract-value")
    assert said("$5 m deal; $6 m deal") == Said()


def test_what_is_only_selected_is_not_ordered(graph: Graph) -> None:
    """A deal of which the comment says that it was not ordered yet is planned."""
    stages = {r["s"].rpartition("/")[2] for r in of_row(graph, "row-4-", "dg:stage ?s")}
    assert stages == {"planned"}


def test_an_unknown_supplier_ties_nobody(graph: Graph) -> None:
    """It is a marked absence on the fact, and no party."""
    (fact,) = of_row(graph, "row-4", "dg:supplierUnknown true ; skos:note ?n")
    assert "unknown supplier(s)" in fact["n"]
    assert not of_row(graph, "row-4", "dg:supplier ?s")


def test_parties_are_those_of_their_time(graph: Graph) -> None:
    """Names that several states bore are told by the date and by the other names of the file."""
    rows = graph.select(
        """SELECT ?f ?s WHERE { GRAPH src:sipri { ?f a dg:TransferFact ; dg:supplier ?s } }"""
    )
    named = {r["f"].rpartition("/")[2]: r["s"].rpartition("/")[2] for r in rows}
    assert named["row-3"] == "north-vietnam"
    assert named["row-10"] == "south-vietnam"
    assert named["row-5"] == "russia"
    assert named["row-6"].startswith("sipri-")  # two Germanies, and the file names but one


def test_licence_where_the_comment_says_so(graph: Graph) -> None:
    """Production under licence is a stage of its own."""
    (stage,) = of_row(graph, "row-3-", "dg:stage stage:produced ; dg:statement ?s")
    assert stage["s"].endswith("were produced under licence in Kenya.")


def test_volumes_and_zeros(graph: Graph) -> None:
    """0 is kept, and marked where it does not mean none."""
    zero = of_row(
        graph, "row-5-", "dg:measure measure:tiv-per-unit ; dg:value ?v ; dg:nominalZero true"
    )
    assert [r["v"] for r in zero] == ["0"]
    none = of_row(graph, "row-4-", "dg:measure measure:tiv-of-deliveries ; dg:nominalZero true")
    assert not none


def test_a_torn_row_is_put_together_where_its_figures_fit(imported: Path, graph: Graph) -> None:
    """The volumes rest on the row in which they stand; where they do not fit they are refused."""
    (volume,) = of_row(
        graph, "row-6-", "dg:measure measure:tiv-of-order ; dg:value ?v ; dg:evidence ?e"
    )
    assert (volume["v"], volume["e"].rpartition("/")[2]) == ("9", "row-7")
    assert not of_row(graph, "row-8-", "dg:measure measure:tiv-of-order ; dg:value ?v")
    found = {(e.row, e.reason) for e in ledger(imported, "sipri")}
    assert {(7, "torn row"), (9, "damaged row")} <= found


def test_every_damaged_cell_is_in_the_ledger(imported: Path, graph: Graph) -> None:
    """Each cell is held to its column; the row is refused only where its sides are lost."""
    found = {(e.row, e.reason, e.printed) for e in ledger(imported, "sipri")}
    assert {
        (11, "damaged value", "0"), (11, "damaged value", "x"), (11, "damaged value", "72"),
        (11, "damaged value", "many"), (10, "unknown kind", "warp ship"),
        (15, "repeated row", "Gull"),
    } <= found  # fmt: skip
    assert {e.row for e in ledger(imported, "sipri") if e.reason == "damaged row"} == {9, 12, 13}
    assert of_row(graph, "row-11", "dg:supplier ?s")
    (printed,) = of_row(graph, "row-5-", "dg:stage stage:delivered ; dg:printed ?p ; dg:when ?w")
    assert (printed["p"], printed["w"]) == ("2002; 2002", "2002")


def test_one_weapon_for_each_designation_and_description(graph: Graph) -> None:
    """A designation with two descriptions is two weapons of two kinds."""
    rows = graph.select(
        """SELECT ?l ?k WHERE { GRAPH src:sipri { ?w a dg:WeaponSystem ; skos:prefLabel ?l ; dg:kind ?k } }"""
    )
    kinds = {r["l"]: r["k"].rpartition("/")[2] for r in rows}
    assert kinds["Toucan (light aircraft)"] == "light-aircraft"
    assert kinds["Toucan (trainer aircraft)"] == "trainer-aircraft"
    assert kinds["Tern (warp ship)"] == "unspecified"
    assert kinds["ship engine, type not given"] == "ship-engine"


def test_the_period_follows_from_the_file(graph: Graph) -> None:
    """From the first year of delivery to the last year of order or delivery."""
    (row,) = graph.select("SELECT ?w { cov:sipri dg:when ?w }")
    assert row["w"] == "1967/2002"


def test_rows_of_one_deal_are_one_transfer(
    tmp_path: Path, new_world: Callable[[Path], Path]
) -> None:
    """Layout A: the deal rests on all its rows, each delivery on its own."""
    into, graph = deals(new_world(tmp_path / "s"), "sipri-a.csv")
    (deal,) = of_row(
        graph, "deal-71", "a dg:TransferFact ; dg:supplier cty:france ; dg:filedUnder ?c"
    )
    assert deal["c"] == "Aircraft"
    rows = of_row(graph, "deal-71-ordered", "dg:evidence/dg:row ?row ; dg:when '1999~'")
    assert {r["row"] for r in rows} == {"13", "15"}
    told = of_row(
        graph, "deal-71-row-", "dg:stage stage:delivered ; dg:when ?w ; dg:evidence/dg:row ?r"
    )
    assert {(r["w"], r["r"]) for r in told} == {("2000", "13"), ("2002~", "15"), ("2004", "16")}
    entries = {(e.row, e.reason) for e in ledger(into, "sipri")}
    assert {(16, "damaged value"), (17, "unknown kind"), (18, "damaged row")} == entries
    kinds = graph.select("SELECT ?k { wpn:sipri-zap dg:kind ?k }")
    assert [r["k"].rpartition("/")[2] for r in kinds] == ["missile"]
    assert of_row(graph, "deal-72-row-14-produced", "dg:stage stage:produced")
    (header,) = graph.select("SELECT ?h { src:sipri dg:headerRow ?h }")
    assert header["h"] == "12"


@pytest.mark.thorough
def test_the_older_layout_with_semicolons(
    tmp_path: Path, new_world: Callable[[Path], Path]
) -> None:
    """Layout C: sellers and buyers; a name that holds a semicolon is put together in one way only."""
    into, graph = deals(new_world(tmp_path / "s"), "sipri-c.txt")
    assert of_row(
        graph, "deal-71", "a dg:TransferFact ; dg:supplier cty:france ; dg:recipient cty:kenya"
    )
    (pieced,) = of_row(graph, "deal-81", "dg:describedAs 'SAM;system' ; dg:weapon/dg:kind ?k")
    assert pieced["k"].endswith("sam-system")
    entries = {(e.row, e.reason) for e in ledger(into, "sipri")}
    assert entries == {(9, "torn row"), (10, "damaged row")}


def test_an_unknown_header_names_the_nearest_layout(tmp_path: Path) -> None:
    """It fails loudly, and nothing is written."""
    path = tmp_path / "register.csv"
    text = (FIXTURES / "sipri-b.csv").read_text(encoding="utf-8-sig")
    path.write_text(text.replace("Number delivered", "Delivered so far", 1), encoding="utf-8")
    with pytest.raises(TableError, match=r"nearest is layout B.*“Number delivered”"):
        import_dataset(dataset("sipri"), [path], tmp_path / "s")
    assert not (tmp_path / "s").exists()


def test_a_second_import_changes_nothing(imported: Path, tmp_path: Path) -> None:
    """The same file again is noticed; an edition without a row takes the place of the former."""
    shutil.copytree(imported, tmp_path / "s")
    again = import_dataset(dataset("sipri"), [FIXTURES / "sipri-b.csv"], tmp_path / "s")
    assert not again.changed


def test_runs_and_kinds() -> None:
    """Years in runs; descriptions letter for letter before loosely."""
    assert list(runs([])) == []
    assert kind_of("armed UAV") != kind_of("(armed) UAV")
    assert kind_of("") is None
