"""What is named at the opening zoom, at three sizes, and what stands in groups by kind around an entity."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest

from diplograph import charts, render
from diplograph.render.bunches import bunches_around
from diplograph.store import open_graph

from .browser import missing
from .test_render import many_agreements

IN_BROWSER = pytest.mark.skipif(bool(missing()), reason=missing() or "")
UNNAMED = """(() => {
  const named = new Set(view.snapshot().boxes.map(([, id]) => id));
  return data.nodes.filter(node => node.on && !named.has(node.id)).map(node => node.label);
})()"""
TOUCHING = """(() => {
  const boxes = view.snapshot().boxes.map(([box]) => box);
  return boxes.filter((a, n) => boxes.slice(n + 1).some(b => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3])).length;
})()"""


@IN_BROWSER
@pytest.mark.parametrize("size", ["laptop", "wide"])
def test_everything_between_two_parties_is_named(show, pages, size):
    """At 1,280 pixels and wider each agreement, and each who acts for a party, has its name."""
    shown = show(pages("links"), size)
    assert shown.labels() == len(shown.on()) > 90
    assert shown.page.evaluate(UNNAMED) == []
    assert shown.page.evaluate(TOUCHING) == 0


@IN_BROWSER
@pytest.mark.parametrize("size", ["phone", "laptop", "wide"])
def test_every_group_is_named(show, pages, size):
    """Their names are put into lines and shortened before one has none."""
    shown = show(pages("whole"), size)
    assert shown.labels() > 10
    assert shown.page.evaluate(UNNAMED) == []
    assert shown.page.evaluate(TOUCHING) == 0


@IN_BROWSER
@pytest.mark.parametrize(
    ("asked", "depth"),
    [
        ("Shanghai Five", 2),
        pytest.param("Russia", 1, marks=pytest.mark.thorough),
        ("Vladimir Putin", 1),
        pytest.param("Vladimir Putin", 2, marks=pytest.mark.thorough),
        pytest.param("SCO", 2, marks=pytest.mark.thorough),
        pytest.param("Russia", 2, marks=pytest.mark.thorough),
    ],
)
def test_everything_around_an_entity_is_named_or_in_a_group(show, shipped, asked, depth):
    """What is alone has its name, each group its own and its number; so has what is in a group."""
    shown = show(render.draw(shipped, around=asked, depth=depth), "laptop")
    page = shown.page
    assert shown.labels() > 25
    assert page.evaluate(UNNAMED) == []
    groups = page.evaluate("(data.bunches ?? []).map(mark => [mark.label, mark.holds.length])")
    alone = page.evaluate("data.nodes.filter(node => node.on && node.iri).length")
    assert alone + sum(count for _, count in groups) == page.evaluate("data.all.nodes.length")
    for name, count in groups:
        assert count <= 72, name
        page.evaluate("name => openBunch(data.bunches.find(mark => mark.label === name).id)", name)
        shown.until(f"data.nodes.filter(node => node.on).length === {alone + count}")
        shown.labels()
        assert len(page.evaluate(UNNAMED)) <= count / 20, name
    shown.quiet()


@IN_BROWSER
def test_a_group_by_kind_opens_on_a_click_and_closes_by_the_way_back(show, shipped):
    """Filters, tables and files know what is in it, whether it is open or not."""
    shown = show(render.draw(shipped, around="Shanghai Five", depth=2), "laptop")
    page = shown.page
    every = page.evaluate("data.all.nodes.length")
    closed = shown.on()
    at = page.evaluate(
        "(() => { const { x, y } = data.nodes.find(node => node.label === 'Places');"
        " const p = view.snapshot().at(x, y), b = element('canvas').getBoundingClientRect();"
        " return [p.x + b.x, p.y + b.y]; })()"
    )
    page.mouse.click(*at)
    shown.until("location.hash.includes('open=Places')")
    shown.until("data.nodes.some(node => node.on && node.label === 'Vladivostok')")
    assert "Countries" not in shown.on()
    assert "30" in page.inner_text("#shut")
    page.select_option("#mode", "day")  # a date keeps it open
    assert page.evaluate("data.nodes[state.open].label") == "Places"
    page.select_option("#mode", "all")
    page.go_back()
    shown.until("state.open === null")
    assert shown.on() == closed
    assert f"{every} entities" in page.inner_text("#when")
    rows = list(csv.reader(io.StringIO(shown.saved("csv").decode("utf-8-sig"))))
    assert len(rows) == 1 + page.evaluate("data.facts.length")
    graph = ElementTree.fromstring(shown.saved("graphml"))
    assert len(list(graph.iter("{http://graphml.graphdrawing.org/xmlns}node"))) == every
    page.fill("#find", "vladivostok")
    page.keyboard.press("Enter")
    assert "Vladivostok" in shown.on()
    assert "Vladivostok" in page.inner_text("#chosen h2")
    page.locator("#chosen .near button").first.click()
    page.evaluate("choose(null, null)")
    assert shown.on() == closed
    page.locator(".legend button", has_text="Place").click()
    assert "Places" not in shown.on()
    shown.quiet()


@IN_BROWSER
def test_much_around_an_entity_is_a_list_on_a_phone(show, pages):
    """One name a row, the groups first, none cut to less than can be read; the members of one follow."""
    shown = show(pages("hub"), "phone")
    page = shown.page
    assert shown.labels() >= 14
    lowest = page.evaluate("Math.max(...data.nodes.filter(node => node.on).map(node => node.y))")
    assert page.evaluate("data.list.opened") > lowest
    rows = page.evaluate("data.nodes.filter(node => node.on).map(node => node.y)")
    assert len(set(rows)) == len(rows)
    page.evaluate("openBunch(data.bunches[0].id)")
    shown.until("state.open !== null")
    named = page.evaluate("view.snapshot().boxes.map(([, id]) => data.nodes[id].home)")
    first = page.evaluate("data.bunches[0].id")
    assert named.count(first) > 12
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    shown.quiet()


@IN_BROWSER
def test_that_nothing_links_two_parties_is_said_in_the_picture(show, shipped):
    """Not an empty picture; the panel tells why."""
    for size in ("phone", "laptop"):
        shown = show(render.draw(shipped, between=("Japan", "Iran")), size)
        assert shown.page.is_visible("#none")
        assert "Nothing" in shown.page.inner_text("#none")
    shown = show(render.draw(shipped, between=("China", "Russia")), "laptop")
    assert not shown.page.is_visible("#none")
    shown.as_of("1900-01-01")
    assert shown.page.is_visible("#none")


@IN_BROWSER
@pytest.mark.thorough
@pytest.mark.parametrize("count", [10, 40, 60])
def test_many_agreements_are_named_on_a_laptop(show, write_graph, count):
    """However they are spread over the years."""
    graph = open_graph(write_graph(many_agreements(count)))
    shown = show(render.draw(graph, between=("Alba", "Borea")), "laptop")
    assert shown.labels() == count + 2


def test_groups_around_an_entity_are_small_and_named_apart(shipped):
    """By years or letters where a kind makes several; none where all can be named."""
    drawn = render.picture(shipped, around="China", depth=2)
    groups = [node for node in drawn.nodes if node.holds]
    assert len({node.entity.label for node in groups}) == len(groups)
    held = [iri for node in groups for iri in node.holds]
    assert len(held) == len(set(held))
    assert all(len(node.holds) <= 72 for node in groups)
    assert not any(node.holds for node in render.picture(shipped, around="Shanghai Five").nodes)
    assert bunches_around({"a": 0}, {}, lambda iri: (0, "", iri, iri), lambda iri: 1) == ()


def test_a_path_through_what_is_said_is_drawn(shipped):
    """A step that tells of a judgement is no tie of the network, and a line all the same."""
    drawn = render.picture(shipped, connecting=("Kazakhstan", "Iran"))
    facts = {tie.fact for edge in drawn.edges for tie in edge.ties}
    assert any(fact.endswith("sco-on-the-defensive-over-iran") for fact in facts)


def test_figures_of_one_year_all_have_their_numbers(shipped):
    """Also the one that is neither the highest nor the lowest."""
    made = charts.chart("figures", graph=shipped, of="two-way trade")
    panels = [axes for axes in made.figure.axes if axes.get_xlabel() == "year"]
    for series, axes in zip(made.found.series, panels, strict=True):
        assert len(axes.texts) >= len(series.figures)
    assert "≥33" in {text.get_text() for text in panels[0].texts}


@IN_BROWSER
def test_on_paper_the_picture_is_a_drawing_in_light_colours(show, pages):
    """Whatever the screen has; all names of it are text."""
    shown = show(pages("links"), "laptop", "dark")
    page = shown.page
    names = page.evaluate("view.snapshot().labels.filter(label => label.text).length")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.is_visible("#printed svg")
    assert page.locator("#printed svg text").count() == names + 1
    assert page.locator("#printed svg > rect").first.get_attribute("fill") == "#fdfdfb"
    page.set_viewport_size({"width": 700, "height": 900})
    assert page.evaluate("document.querySelector('.picture').getBoundingClientRect().right") < 0
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#printed svg").count() == 0
    assert page.evaluate("view.snapshot().colours.paper") == "#12171c"
    shown.quiet()


@IN_BROWSER
def test_a_group_by_kind_is_opened_by_keyboard(show, pages):
    """Enter on its mark opens it, and the arrows go on from there."""
    shown = show(pages("hub"), "laptop")
    page = shown.page
    page.focus("#canvas")
    page.evaluate(
        "() => { state.cursor = data.bunches.find(mark => mark.label === 'More events').id; }"
    )
    page.keyboard.press("Enter")
    shown.until("state.open !== null")
    assert page.evaluate("document.activeElement.id") == "canvas"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("data.nodes[state.cursor].on")
    page.locator("#shut").focus()
    page.keyboard.press("Enter")
    shown.until("state.open === null")
    shown.quiet()
