"""What each kind of picture draws is what the graph says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import diplograph
from diplograph import charts, open_graph
from diplograph.charts.canvas import HATCH
from diplograph.charts.drawn.axis import span_of
from diplograph.charts.found.timeline import Mark
from diplograph.errors import OptionError
from diplograph.model import When

from .charted import texts

CN, RU, KZ = (
    f"https://w3id.org/diplograph/id/country/{c}" for c in ("china", "russia", "kazakhstan")
)


def patches(made: charts.Chart, panel: int) -> list[tuple[float, float, float, bool]]:
    """Middle, bottom, height and hatching of each bar of a panel."""
    return sorted(
        (round(p.get_x() + p.get_width() / 2, 3), round(p.get_y(), 3), round(p.get_height(), 3), bool(p.get_hatch()))
        for p in made.figure.axes[panel].patches
    )  # fmt: skip


# --- timeline ------------------------------------------------------------------------------------


def test_lanes_hold_every_fact_once(shipped) -> None:
    """All facts that count are in a lane, dated or not; the rest are said to be left out."""
    told = diplograph.timeline("China", "Russia", graph=shipped)
    every = charts.chart("timeline", "China", "Russia", graph=shipped, include="any").found
    assert sum(lane.facts for lane in every.lanes) == len(told.facts)
    assert sum(lane.undated for lane in every.lanes) == sum(1 for f in told.facts if not f.when)
    marked = Counter(f for lane in every.lanes for mark in lane.marks for f in mark.facts)
    assert set(marked.values()) == {1}
    some = charts.chart("timeline", "China", "Russia", graph=shipped).found
    kept = sum(lane.facts for lane in some.lanes)
    assert any(f": {len(told.facts) - kept} facts" in note for note in some.notes)


@pytest.mark.parametrize("names", [("China", "Russia"), ("China",)])
def test_a_crowded_timeline_counts_by_years_and_fits_a_page(shipped, names) -> None:
    """What lies in one year is in the bar of that year, and every dated fact is shown or counted."""
    from diplograph.charts.drawn.timeline import laid_out

    found = charts.chart("timeline", *names, graph=shipped).found
    fit, axis, beside = laid_out(found)
    assert fit.told.startswith("Bars are the facts of each year")
    assert sum(fit.heights(beside)) <= 190.0
    assert axis.last - axis.first < 40
    apart = 0
    for lane, (_, lines), laid in zip(found.lanes, beside, fit.lanes, strict=True):
        years = Counter(
            int(m.when.earliest[:4]) for m in lane.marks for _ in m.facts
            if not m.held and m.when.earliest and m.when.latest
            and m.when.earliest[:4] == m.when.latest[:4] and int(m.when.earliest[:4]) >= axis.first
        )  # fmt: skip
        assert {bar.year: len(bar.facts) for bar in laid.bars} == years
        early = re.search(r"(\d+) earlier", " ".join(lines))
        apart += int(early[1]) if early else 0
    shown = sum(len(bar.facts) for laid in fit.lanes for bar in laid.bars)
    shown += sum(len(one.mark.facts) for laid in fit.lanes for one in laid.placed)
    shown += sum(
        len({fact for cell in laid.strip for fact in cell.facts}) for laid in fit.lanes
    )  # fmt: skip
    assert shown + apart == sum(lane.facts - lane.undated for lane in found.lanes)
    assert apart < shown / 10


def test_a_membership_without_an_end_is_a_bar_with_an_arrow(made_up, tmp_path: Path) -> None:
    """States are held, events happen within; what was not concluded is asked for."""
    graph = open_graph(str(made_up))
    found = charts.chart("timeline", "Alba", "Borea", graph=graph).found
    lanes = {lane.name: lane for lane in found.lanes}
    assert [(m.when.edtf, m.held) for m in lanes["Memberships"].marks] == [("1995/2005", True)]
    signed = [m for m in lanes["Agreements"].marks if m.label.startswith("Pact")]
    assert [(m.label, m.when.edtf, m.held) for m in signed] == [("Pact, signed", "2001-05", False)]
    wide = charts.chart("timeline", "Alba", "Borea", graph=graph, include="pending").found
    labels = {m.label for lane in wide.lanes for m in lane.marks}
    assert "Pact, proposed" in labels
    assert not any("Secret" in label for label in labels)
    every = charts.chart("timeline", "Alba", "Borea", graph=graph, include="any").found
    assert any(m.grade == "rumoured" for lane in every.lanes for m in lane.marks)


def test_as_of_holds_on_a_timeline(shipped) -> None:
    """What had not happened by a date is not in its picture, which says the date."""
    made = charts.chart("timeline", "Shanghai Five", graph=shipped, as_of="1999")
    assert all((m.when.earliest or "") < "2000" for x in made.found.lanes for m in x.marks)
    assert "As of 1999." in " ".join(texts(made))


def test_a_far_fact_does_not_stretch_the_axis() -> None:
    """One fact of 1689 among a hundred of the 1990s is set apart and counted, not drawn."""

    def mark(year: int) -> Mark:
        return Mark(
            When(str(year), f"{year}-01-01", f"{year}-12-31"), False, "stated", "", (str(year),)
        )

    marks = [mark(1990 + n % 10) for n in range(100)] + [mark(1689)]
    first, last, early, late = span_of(marks)
    assert (first, last, late) == (1990.0, 2000.0, frozenset())
    assert [m.when.edtf for m in early] == ["1689"]


# --- matrix --------------------------------------------------------------------------------------


def test_cells_are_the_numbers_of_shared_agreements(shipped) -> None:
    """What the matrix says of two states is what SPARQL counts."""
    found = charts.chart("matrix", graph=shipped).found
    for one, two in ((CN, RU), (CN, KZ), (KZ, RU)):
        rows = shipped.select(
            f"""SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE {{ ?a dg:party <{one}> , <{two}> .
                ?f dg:of ?a ; dg:stage/skos:broader stage:concluded ; dg:grade ?g
                FILTER(?g IN (grade:stated, grade:estimated, grade:inferred)) }}"""
        )
        assert found.of(one, two) == found.of(two, one) == int(rows[0]["n"])
    order = [p.total for p in found.parties if p.type == "Country"]
    assert order == sorted(order, reverse=True)


def test_who_has_no_row_stands_among_the_others(shipped) -> None:
    """A narrow matrix counts the same agreements; those without a row are named."""
    wide = charts.chart("matrix", graph=shipped).found
    narrow = charts.chart("matrix", graph=shipped, columns=1)
    rest = {p.label for p in wide.parties} - {p.label for p in narrow.found.parties}
    assert rest == set(narrow.found.together)
    assert narrow.found.agreements == wide.agreements
    assert narrow.found.parties[-1].label == f"{len(rest)} others"
    assert any("Together in the last row" in note for note in narrow.notes)


def test_a_matrix_as_of_a_date_and_around_a_party(shipped) -> None:
    """Fewer agreements had been made by then; around a party all are its own."""
    then = charts.chart("matrix", graph=shipped, as_of="1999").found
    now = charts.chart("matrix", graph=shipped).found
    assert 0 < then.of(CN, RU) < now.of(CN, RU)
    own = charts.chart("matrix", "Kazakhstan", graph=shipped).found
    assert own.parties[0].label == "Kazakhstan"
    assert own.parties[0].total == own.agreements


# --- transfers -----------------------------------------------------------------------------------


def test_orders_are_those_of_the_competency_question(shipped) -> None:
    """The bars of the table's orders are what the question orders-by-year expects."""
    rows = shipped.select(
        """SELECT ?year (COUNT(?o) AS ?n) (COUNT(?u) AS ?est) WHERE {
            ?o dg:of ?t ; dg:stage stage:ordered ; dg:attributedTo ogn:sipri ; dg:when ?when
            OPTIONAL { ?o dg:uncertain ?u } BIND(SUBSTR(?when, 1, 4) AS ?year)
        } GROUP BY ?year ORDER BY ?year"""
    )
    made = charts.chart("transfers", graph=shipped)
    bars = {b.year: (b.sure, b.estimated) for b in made.found.orders if b.teller.endswith("others")}
    assert bars == {int(r["year"]): (int(r["n"]) - int(r["est"]), int(r["est"])) for r in rows}
    tops = Counter()
    for _, _, height, hatched in patches(made, 0):
        tops[hatched] += height
    assert tops[True] == sum(bar.estimated for bar in made.found.orders)
    assert tops[False] == sum(bar.sure for bar in made.found.orders)


def test_items_are_the_sums_of_the_numbers_ordered(shipped) -> None:
    """All items of all classes are the sum of the numbers that have a year."""
    found = charts.chart("transfers", graph=shipped).found
    rows = shipped.select(
        """SELECT (SUM(?n) AS ?all) WHERE { ?o dg:measure measure:number-ordered ; dg:of ?t ;
            dg:attributedTo ogn:sipri ; dg:value|dg:minimum ?n }"""
    )
    bars = [b for p in found.panels for b in p.bars if b.teller.endswith("others")]
    assert sum(b.sure + b.estimated for b in bars) == float(rows[0]["all"])


def test_estimates_are_hatched_and_ranges_open(arms) -> None:
    """Sure below, estimated hatched on it, what a range may add open above."""
    made = charts.chart("transfers", graph=arms)
    jets = next(n for n, p in enumerate(made.found.panels) if p.name == "Aircraft")
    assert patches(made, jets + 1) == [
        (2000.0, 0.0, 12.0, False), (2000.0, 12.0, 5.0, True),
        (2000.8, 0.0, 3.0, False), (2000.8, 3.0, 4.0, False), (2001.2, 0.0, 4.0, False),
    ]  # fmt: skip
    bars = made.figure.axes[jets + 1].patches
    assert {p.get_hatch() for p in bars} == {None, HATCH}
    assert "?" in texts(made)


def test_transfers_without_year_or_number_are_said_apart(arms) -> None:
    """Nothing is dropped: each transfer is in a bar, marked unknown, or counted below."""
    made = charts.chart("transfers", graph=arms)
    assert len(made.found.deals) == 7
    notes = " ".join(made.notes)
    assert (
        "no single year of order is told: 1 transfer (1 of known number): naval vessels 1." in notes
    )
    assert "marked “?”: 1 transfer." in notes
    assert "Left out as pending, reported, rumoured or denied: 1 transfer" in notes
    wide = charts.chart("transfers", graph=arms, include="pending")
    assert len(wide.found.deals) == 8


def test_two_tellers_are_never_added_up(arms) -> None:
    """What a source tells itself and what it has from others are bars side by side."""
    panel = charts.chart("transfers", graph=arms).found.panels[0]
    assert {b.teller: (b.sure, b.more) for b in panel.bars if b.year == 2001} == {
        "one": (3.0, 4.0),
        "one, by figures of others": (4.0, 0.0),
    }


# --- figures -------------------------------------------------------------------------------------


def test_the_oil_table_is_drawn_with_what_disagrees(shipped) -> None:
    """Every cell of the table, and beside it what others say of the same thing."""
    made = charts.chart("figures", graph=shipped)
    rows = shipped.select(
        """SELECT ?year ?value WHERE { ?c qb:dataSet dset:crude-oil-from-russia ;
            dg:measure measure:crude-oil-imports ; dg:when ?year ; dg:value ?value }"""
    )
    oil = made.found.series[0]
    table = {f.when.edtf: f.low for f in oil.figures if "Comtrade" in f.teller}
    assert table == {r["year"]: float(r["value"]) for r in rows}
    assert {f.teller for f in oil.figures if f.when.edtf == "2000"} == {
        "curation (inferred)", "mitchell-2007, by UN Comtrade Database",
    }  # fmt: skip
    line = max(made.figure.axes[0].lines, key=lambda x: len(x.get_xdata()))
    assert [round(y, 2) for y in line.get_ydata()] == [table[year] for year in sorted(table)]


def test_figures_of_two_tellers_stand_side_by_side(arms) -> None:
    """Two figures of one year are two points; a rumour is left out; large numbers are scaled."""
    made = charts.chart("figures", graph=arms, of="imports")
    (series,) = made.found.series
    assert [f.low for f in series.figures if f.when.edtf == "2000"] == [2e9, 2.5e9]
    assert "in billion US dollars" in " ".join(texts(made))
    points = {round(y, 2) for x in made.figure.axes[0].lines for y in x.get_ydata()}
    assert {1.5, 2.0, 2.5, 3.0} <= points
    assert 9.0 not in points
    assert {"≥3", "?"} <= set(texts(made))
    assert any("Of unknown value" in note for note in made.notes)


def test_a_measure_that_is_none_is_refused(shipped) -> None:
    """One line names what there is."""
    with pytest.raises(OptionError, match="no figure here is of “bananas”; there are: "):
        charts.chart("figures", graph=shipped, of="bananas")
    with pytest.raises(OptionError, match="are too many for one picture"):
        charts.chart("figures", graph=shipped, of="o")


# --- network and ontology ------------------------------------------------------------------------


def test_the_ego_network_is_that_of_the_projection(shipped) -> None:
    """As many facts tie each as in the network; those without room are counted."""
    from diplograph.networks import network, simple

    flat = simple(network(shipped))
    made = charts.chart("network", "China", graph=shipped).found
    assert {n.id: n.facts for n in made.near} == {n.id: flat[CN][n.id]["facts"] for n in made.near}
    assert len(made.near) + sum(made.beyond.values()) == flat.degree(CN)
    least = min(n.facts for n in made.near)
    assert all(flat[CN][o]["facts"] <= least for o in set(flat[CN]) - {n.id for n in made.near})


def test_what_is_only_pending_is_dashed(made_up) -> None:
    """An entity tied by what was not concluded is there where asked for, and marked."""
    graph = open_graph(str(made_up))
    assert "Secret clause" not in {
        n.label for n in charts.chart("network", "Alba", graph=graph).found.near
    }
    near = charts.chart("network", "Alba", graph=graph, include="any").found.near
    assert {n.label: n.pending for n in near}["Secret clause"]
    assert not {n.label: n.pending for n in near}["Pact"]


def test_the_class_diagram_has_every_class_once(shipped) -> None:
    """Each class of the vocabulary stands in a box, below what it is a kind of."""
    found = charts.chart("ontology", graph=shipped).found
    rows = shipped.select("SELECT DISTINCT ?c WHERE { ?c a owl:Class FILTER(ISIRI(?c)) }")
    seen: list[str] = []

    def walk(classes, above):
        for one in classes:
            seen.append(one.id)
            if above:
                assert shipped.ask(f"ASK {{ <{one.id}> rdfs:subClassOf <{above}> }}")
            walk(one.kinds, one.id)

    walk(found.roots, "")
    assert sorted(seen) == sorted(row["c"] for row in rows)
