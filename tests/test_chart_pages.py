"""Charts as pages: inert, offline, and each mark tells the facts that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph import charts
from diplograph.charts.canvas import Frame, Sheet, saved, styled
from diplograph.charts.page import drawing
from diplograph.errors import OptionError, SourceError
from diplograph_cli.app import cli

from .browser import AXE, THOROUGH, missing
from .charted import ARMS
from .test_render import Page

CHARTS = {
    "timeline": ("Shanghai Five",), "matrix": (), "transfers": ("China", "Russia"), "figures": (),
    "network": ("SCO",),
}  # fmt: skip


@pytest.fixture(scope="module")
def made(shipped):
    """The charts of the shipped graph, made once each."""
    found: dict[str, charts.Chart] = {}

    def run(kind: str) -> charts.Chart:
        if kind not in found:
            found[kind] = charts.chart(kind, *CHARTS[kind], graph=shipped)
        return found[kind]

    return run


def html(chart: charts.Chart) -> str:
    return chart.to_bytes("html").decode("utf-8")


@pytest.mark.parametrize("kind", CHARTS)
def test_marks_show_the_facts_that_were_found(made, kind: str) -> None:
    """Every mark is in the page by its name, with the facts of the record behind the picture."""
    chart = made(kind)
    page = html(chart)
    data = Page(page).data()
    assert {mark["name"] for mark in data["marks"]} == {m.name for m in chart.marks}
    assert data["facts"]["length"] == len({fact for m in chart.marks for fact in m.facts})
    assert all(f'data-mark="{mark["name"]}"' in page for mark in data["marks"])
    for told in data["marks"]:
        (mark,) = [m for m in chart.marks if m.name == told["name"]]
        assert len(told["facts"]) == len(set(mark.facts)) > 0


def test_marks_of_a_timeline_are_all_its_facts(made) -> None:
    """No dated fact is without a mark."""
    chart = made("timeline")
    dated = {fact for lane in chart.found.lanes for mark in lane.marks for fact in mark.facts}
    assert {fact for mark in chart.marks for fact in mark.facts} == dated


def test_a_cell_tells_what_makes_the_two_parties(made) -> None:
    """Behind a cell are the facts of the agreements that both are party to, and of no other."""
    chart = made("matrix")
    two, count = next(iter(chart.found.pairs.items()))
    mark = next(m for m in chart.marks if m.facts == chart.found.facts[two])
    assert mark.label.endswith(f"{count} agreement{'' if count == 1 else 's'}")


def test_the_same_chart_gives_the_same_page(shipped) -> None:
    """The same graph gives the same bytes."""
    pages = {
        charts.chart("figures", graph=shipped).to_bytes("html") for _ in range(2)
    }  # fmt: skip
    assert len(pages) == 1


def test_nothing_in_the_drawing_can_run_or_load() -> None:
    """Of what stands in an SVG only shapes are kept, and no reference leads out of the page."""
    hostile = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
        onload="alert(1)"><script>alert(2)</script><style>* {fill: red}</style>
        <g id="mark-0.0" style="fill: url(http://x.example/y); stroke: #123456"
           onclick="alert(3)"><path d="M0 0"/></g>
        <image xlink:href="http://x.example/z.png"/><use xlink:href="http://x.example/#a"/>
        <use xlink:href="#b"/><foreignObject><b/></foreignObject><a href="javascript:alert(4)"/></svg>"""
    told = {"mark-0": {"label": '"><script>', "facts": [0]}}
    made = drawing(hostile, "title", told)
    for word in ("alert", "script>", "style", "example", "image", "foreign", "onclick"):
        assert word not in made.replace("&quot;&gt;&lt;script&gt;", ""), word
    assert 'stroke="#123456"' in made
    assert '<use href="#b">' in made
    assert 'role="button"' in made
    assert 'tabindex="0"' in made


def test_what_a_mark_is_drawn_as_bears_its_name() -> None:
    """Artists that are said to show facts are found again in the SVG."""
    with styled():
        sheet = Sheet(1, 20.0, Frame("T"))
        axes = sheet.plain(0.0, 0.0, 50.0, 20.0)
        sheet.mark("one", ["urn:f"], axes.plot([1, 2], [3, 4]))
    svg = saved(sheet.figure, "svg", Frame("T")).decode("utf-8")
    assert 'id="mark-0.0"' in svg
    assert sheet.marks[0].facts == ("urn:f",)


def test_classes_are_no_page(shipped, tmp_path: Path) -> None:
    """The diagram of the vocabulary rests on no facts, and the command says so in a line."""
    with pytest.raises(OptionError, match="tells no facts"):
        charts.chart("ontology", graph=shipped).to_bytes("html")
    done = CliRunner().invoke(
        cli, ["draw", "--as", "ontology", "-o", str(tmp_path / "classes.html")]
    )
    assert done.exit_code == 2
    assert "tells no facts" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    """The ending of the file's name says that a page is wanted."""
    target = tmp_path / "oil.html"
    done = CliRunner().invoke(
        cli, ["draw", "--as", "figures", "--of", "crude oil imports", "-o", str(target)]
    )
    assert done.exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_passages_are_quoted_from_the_readers_copies(
    shipped, sources: Path, tmp_path: Path
) -> None:
    """As on the page of a network: with copies their words, without only where they stand."""
    words = re.compile(r"\[\d+–\d+\]: “")
    asked = {"graph": shipped, "of": "crude oil imports"}
    assert words.search(html(charts.chart("figures", **asked, sources=sources)))
    assert not words.search(html(charts.chart("figures", **asked)))
    with pytest.raises(SourceError, match="no-such-folder"):
        charts.chart("figures", **asked, sources="no-such-folder").to_bytes("html")
    target = tmp_path / "oil.html"
    call = ["draw", "--as", "figures", "--of", "crude oil imports", "-o", str(target)]
    assert CliRunner().invoke(cli, [*call, "--sources", str(sources)]).exit_code == 0
    assert words.search(target.read_text(encoding="utf-8"))


# --- in a browser --------------------------------------------------------------------------------

IN_BROWSER = pytest.mark.skipif(bool(missing()), reason=missing() or "")


@pytest.mark.thorough
@IN_BROWSER
@pytest.mark.parametrize(
    ("kind", "size", "scheme"),
    [
        ("transfers", "desktop", "dark"), ("network", "phone", "light"),
        pytest.param("timeline", "tablet", "light", marks=THOROUGH),
        pytest.param("matrix", "desktop", "light", marks=THOROUGH),
        pytest.param("figures", "phone", "dark", marks=THOROUGH),
    ],
)  # fmt: skip
def test_a_mark_is_chosen_by_pointer_and_by_keyboard(show, made, kind, size, scheme) -> None:
    """Its facts stand in the panel, and the page asks for nothing and is sound by axe-core."""
    shown = show(html(made(kind)), size, scheme)
    page = shown.page
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    marks = page.locator("[data-mark][role=button]")
    assert marks.count() == len(made(kind).marks)
    assert page.locator("[data-mark][tabindex='0']").count() == 1
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    heading = page.inner_text("#chosen h2")
    assert name.startswith(heading)
    count = int(re.search(r"(\d+) facts?$", name)[1])
    assert page.locator("#chosen article").count() == min(count, 100)
    assert re.search(r"\[|no passage given", page.locator("#chosen .passage").first.inner_text())
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == name
    assert not page.is_visible("#chosen")
    page.locator(".hit:not(.along)").last.dispatch_event("click")
    assert page.is_visible("#chosen h2")
    assert page.locator("#facts tbody tr").count() == page.evaluate("data.facts.length")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("() => axe.run({ resultTypes: ['violations'] })")["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:150]}" for v in found] == []
    shown.quiet()


@IN_BROWSER
def test_hostile_names_are_text_on_the_page_of_a_chart(show, write_graph) -> None:
    """Markup in names stays text in labels, panel and tables."""
    from diplograph import open_graph

    graph = open_graph(write_graph(ARMS))
    shown = show(html(charts.chart("network", "Alba", graph=graph)))
    page = shown.page
    page.locator("[data-mark][role=button]").first.focus()
    page.keyboard.press("Enter")
    assert "<b>& co</b>" in page.inner_text("#chosen h2")
    assert page.locator("svg b, #chosen b:not(.marks b)").count() == 0
    shown.quiet()
