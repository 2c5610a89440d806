"""Pages in a real browser, cut off from every network: they draw, ask for nothing, and run nothing."""

from __future__ import annotations

import csv
import io
import re
import struct
from xml.etree import ElementTree

import networkx as nx
import pytest

from diplograph import render
from diplograph.store import open_graph

from .browser import KINDS, SIZES, THOROUGH, skip_without_browser
from .test_render import HOSTILE_GRAPH, many_agreements

skip_without_browser()


# --- it draws, quietly ---------------------------------------------------------------------------


SIGHTS = {("links", "desktop"), ("links", "phone"), ("around", "tablet"), ("whole", "desktop")}


@pytest.mark.parametrize(
    ("kind", "size"),
    [
        pytest.param(kind, size, marks=[] if (kind, size) in SIGHTS else THOROUGH)
        for kind in KINDS
        for size in SIZES
    ],
)
def test_page_is_drawn_without_an_error(show, pages, tmp_path, kind, size):
    """Each picture is drawn with labels at each size, light and dark; nothing asked, nothing refused."""
    for scheme in ("light", "dark") if size == "phone" else ("light",):
        shown = show(pages(kind), size, scheme)
        assert shown.labels() > 5
        wide = shown.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, "the page is wider than the window"
        shot = tmp_path / f"{kind}-{size}-{scheme}.png"
        shown.page.screenshot(path=shot)
        assert shot.stat().st_size > 10_000
        shown.quiet()


def test_the_whole_graph_opens_at_once(show, pages):
    """The whole graph stands still and is ready soon, and no node has moved from its place."""
    shown = show(pages("whole"))
    took = shown.page.evaluate(
        "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
    )
    assert took < 10_000  # on any machine; docs/page.md has the measure
    assert shown.page.evaluate("data.nodes.every(node => Number.isFinite(node.x + node.y))")


@pytest.mark.parametrize(("count", "groups"), [(72, 0), (160, 3)])
def test_all_of_many_agreements_are_named_or_in_a_group(show, write_graph, count, groups):
    """Seventy agreements between two parties all have their label; more stand in groups by years."""
    graph = open_graph(write_graph(many_agreements(count)))
    shown = show(render.draw(graph, between=("Alba", "Borea")), "laptop")
    assert shown.labels() == (groups or count) + 2
    sizes = shown.page.evaluate("(data.bunches ?? []).map(mark => mark.holds.length)")
    assert len(sizes) == groups
    assert sum(sizes) == (count if groups else 0)
    assert f"{count} agreements concluded" in shown.page.inner_text("#when")
    for number, size in enumerate(sizes):
        shown.page.evaluate("number => openBunch(data.bunches[number].id)", number)
        shown.until(f"state.open === data.bunches[{number}].id")
        assert shown.labels() == size + 2
    shown.quiet()


def test_policy_refuses_what_was_put_into_the_page(show, made_up):
    """A script or an image added to a finished page is refused, and the page says so."""
    attack = '<img src="https://example.org/x.png"><script>document.title = "taken"</script>'
    shown = show(render.draw(open_graph(made_up)).replace("</body>", attack + "</body>"))
    error = shown.root("error")
    assert "img-src https://example.org" in error
    assert "script-src" in error
    assert shown.page.title() != "taken"


def test_a_path_stands_from_left_to_right_and_on_a_phone_from_top_to_bottom(show, pages):
    """The two ends stand at the sides of the picture, and their labels are drawn."""
    ends = "data.nodes.filter(node => node.tier === 0).map(node => [node.label, node.x, node.y])"
    for size, axis in (("desktop", 1), ("phone", 2)):
        shown = show(pages("path"), size)
        found = {end[0]: end for end in shown.page.evaluate(ends)}
        assert found["Gazprom"][axis] < found["Jiang Zemin"][axis]
        assert found["Gazprom"][3 - axis] == pytest.approx(found["Jiang Zemin"][3 - axis])
        assert shown.labels() == len(shown.on())
        assert "1. Through" in shown.page.inner_text("#about")


# --- exports -------------------------------------------------------------------------------------


def hostile_page(write_graph) -> str:
    """A page with markup, links and marks of direction wherever a text can stand."""
    more = """
    ex:source a dg:Source ; dct:identifier "<img src=x onerror=alert(2)>" ; dct:title "x"@en ; dct:issued "2010"^^xsd:gYear .
    ex:alba skos:altLabel "=1+1|'javascript:alert(3)" , "\\u202Egnol\\u200F\\u200Eshort" .
    ex:s2 a dg:StageFact ; dg:of <javascript:alert(1)> ; dg:stage stage:agreed ; dg:when "2002" ; dg:grade grade:stated ;
        dg:statement "=HYPERLINK(\\"javascript:alert(4)\\") ]]> & \\u202E</text></svg><script>alert(5)</script>"@en ; dg:at "3-4" .
    ex:c a dg:Conflict ; dg:between ex:s , ex:s2 ; dg:detail "<svg onload=alert(6)>" .
    """
    return render.draw(open_graph(write_graph(HOSTILE_GRAPH + more)), between=("Alba", "Borea"))


def test_exports_hold_what_is_shown(show, pages):
    """PNG, SVG, CSV and GraphML of a view are sound files that hold what it shows and nothing else."""
    shown = show(pages("links"))
    shown.as_of("2000-09-01")
    nodes, facts = shown.on(), shown.page.evaluate("data.facts.on.filter(Boolean).length")
    png = shown.saved("png")
    assert png.startswith(b"\x89PNG")
    assert struct.unpack(">2I", png[16:24])[0] > 800
    svg = ElementTree.fromstring(shown.saved("svg"))
    texts = {element.text for element in svg.iter("{http://www.w3.org/2000/svg}text")}
    assert "Beijing Declaration" in {text.strip() for text in texts if text}
    assert any("as of 1 September 2000" in text for text in texts if text)
    rows = list(csv.DictReader(io.StringIO(shown.saved("csv").decode("utf-8-sig"))))
    assert len(rows) == facts
    assert {row["holds"] for row in rows} == {"definitely", "possibly"}
    assert all(re.search(r"\[\d+–\d+\]|no passage", row["passages"]) for row in rows)
    network = nx.parse_graphml(shown.saved("graphml").decode("utf-8"), force_multigraph=True)
    assert {data["label"] for _, data in network.nodes(data=True)} == nodes
    assert network.number_of_edges() > len(nodes)
    assert any(
        data["statement" if "statement" in data else "label"]
        for *_, data in network.edges(data=True)
    )
    shown.quiet()


def test_hostile_labels_do_nothing(show, write_graph):
    """Markup in labels, names, sources and identifiers runs nothing, makes no element, is text in exports."""
    shown = show(hostile_page(write_graph))
    page = shown.page
    for query in ("img", "script", "onmouseover", "=1+1", "short"):
        page.fill("#find", query)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    page.locator("button", has_text="Filter").click()
    page.locator("#choices input").first.uncheck()
    page.click("#everything")
    page.fill("#find", "onmouseover")
    page.keyboard.press("Enter")
    assert "<svg onload=alert(6)>" in page.inner_text("#chosen")
    assert (
        page.evaluate(
            "document.querySelectorAll('img, b[onmouseover], svg[onload], a[href^=javascript]').length"
        )
        == 0
    )
    assert page.evaluate("document.scripts.length") == 3
    assert "\u202e" not in page.content()
    page.keyboard.press("Escape")
    svg = ElementTree.fromstring(shown.saved("svg"))
    assert {element.tag.rpartition("}")[2] for element in svg.iter()} <= {
        "svg",
        "title",
        "rect",
        "path",
        "polygon",
        "circle",
        "text",
    }
    network = nx.parse_graphml(shown.saved("graphml").decode("utf-8"), force_multigraph=True)
    labels = {data["label"] for _, data in network.nodes(data=True)}
    assert {"<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>"} <= labels
    rows = list(csv.DictReader(io.StringIO(shown.saved("csv").decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row.values()]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]
    assert shown.saved("png").startswith(b"\x89PNG")
    shown.quiet()
