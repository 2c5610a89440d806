"""What the page makes of its data in a real browser: tables, kinds of lines, areas, and motion."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from diplograph import render
from diplograph.render.page import to_html
from diplograph.store import open_graph

from .browser import skip_without_browser

skip_without_browser()


ROWS = "[...document.querySelectorAll('#tables table')].map(table => table.outerHTML.replace(/\\s*\\n\\s*/g, ''))"


def test_tables_are_the_same_whoever_makes_them(show, made_up, monkeypatch):
    """What the page makes from its data is what stands in a page with few facts."""
    written = show(render.draw(open_graph(made_up), around="Borea", depth=2)).page.evaluate(ROWS)
    monkeypatch.setattr("diplograph.render.page.AT_ONCE", 0)
    shown = show(render.draw(open_graph(made_up), around="Borea", depth=2))
    assert shown.page.evaluate(ROWS) == []
    shown.page.focus("#maketables")  # which brings it into sight
    shown.until("tabled")
    made = shown.page.evaluate(ROWS)
    assert len(made) == 2
    assert made == written
    assert shown.page.evaluate("document.activeElement.id") == "tables"
    shown.quiet()


@pytest.mark.thorough
def test_tables_are_made_when_they_come_into_sight_or_are_printed(show, made_up, monkeypatch):
    """Who scrolls down to them, and who prints the page, finds them."""
    monkeypatch.setattr("diplograph.render.page.AT_ONCE", 0)
    html = render.draw(open_graph(made_up))
    page = show(html).page
    page.evaluate("element('maketables').scrollIntoView()")
    page.wait_for_selector("#facts")
    page = show(html).page
    assert page.locator("#facts").count() == 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#facts tbody tr").count() > 5


@pytest.mark.thorough
def test_what_an_entity_is_told_of_is_what_python_says(show, shipped):
    """The facts of each entity and of each line follow from the data of the page."""
    for options in ({"around": "Shanghai Five"}, {"between": ("China", "Russia")}):
        drawn = render.picture(shipped, **options)
        page = show(to_html(drawn)).page
        ids = [fact.id for fact in drawn.facts]
        for name, own in page.evaluate("data.nodes.map(node => [node.iri, node.facts])"):
            (node,) = [n for n in drawn.nodes if n.entity.id == name]
            assert [ids[fact] for fact in own] == list(node.facts), name


def test_a_kind_of_line_is_hidden_by_the_legend(show, pages):
    """Without memberships the lines of these alone are gone, mixed ones lose their strand."""
    shown = show(pages("around"))
    page = shown.page
    mixed = "data.ties.filter(tie => tie.on && kindsOf(tie).size > 1).length"
    lines = "data.ties.filter(tie => tie.on).length"
    first, several = page.evaluate(lines), page.evaluate(mixed)
    assert several > 0
    strands = page.evaluate(
        "data.lines.map(line => view.snapshot().strokeOf(line).strands.length).filter(Boolean).length"
    )
    assert strands == several
    button = page.locator(".legend button", has_text="Memberships")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert page.evaluate(lines) < first
    assert page.evaluate(mixed) < several
    shown.until("location.hash.includes('no-lines=membership')")
    again = show(pages("around"), fragment=page.evaluate("location.hash"))
    assert again.on() == shown.on()
    shown.quiet()


@pytest.mark.thorough
def test_an_area_goes_with_what_stands_in_it(show, pages):
    """Where nothing of an area is shown it is not drawn; where some is, it is drawn around that."""
    shown = show(pages("whole"), fragment="#?part=1")
    page = shown.page
    drawn = "data.areas.map(area => outlineOf(area, false).length)"
    assert all(page.evaluate(drawn))
    page.evaluate("() => { setDay(dayOf('1950-01-01')); refresh(); }")
    gone, areas = page.evaluate(drawn), page.evaluate("data.areas.length")
    shown_in = page.evaluate(
        "data.areas.map(area => area.of.filter(id => data.nodes[id].on).length)"
    )
    assert [bool(points) for points in gone] == [bool(count) for count in shown_in]
    assert gone.count(0) > areas / 2
    svg = ElementTree.fromstring(shown.saved("svg"))
    polygons = svg.iter("{http://www.w3.org/2000/svg}polygon")
    tinted = [p for p in polygons if p.get("fill", "").startswith("#") and p.get("opacity") is None]
    assert sum("fill-opacity" not in p.attrib for p in tinted) == areas - gone.count(0)


@pytest.mark.thorough
def test_things_move_when_asked_to_and_go_back(show, pages):
    """Physics is off until it is switched on; lines and labels follow; the places can be put back."""
    shown = show(pages("around"))
    page = shown.page
    places = "data.nodes.map(node => [Math.round(node.x * 10), Math.round(node.y * 10)])"
    first = page.evaluate(places)
    page.wait_for_timeout(150)
    assert page.evaluate(places) == first
    assert not page.is_visible("#back")
    page.get_by_role("button", name="Let it move").click()
    shown.until(
        "data.nodes.filter((node, n) => Math.hypot(node.x - view.home(n).x, node.y - view.home(n).y) > 20).length > 5"
    )
    page.get_by_role("button", name="Stop").click()
    still = page.evaluate(places)
    assert still != first
    assert page.evaluate(
        "data.lines.every(line => { const { from, to } = view.snapshot().strokeOf(line);"
        " return from.x === data.nodes[line.from].x && to.y === data.nodes[line.to].y; })"
    )
    page.wait_for_timeout(150)
    assert page.evaluate(places) == still
    page.get_by_role("button", name="Put it back").click()
    assert page.evaluate(places) == first
    assert not page.is_visible("#back")
    shown.quiet()


def test_who_wants_less_motion_sees_only_where_things_come_to_stand(show, pages):
    """With reduced motion physics is worked out at once, and nothing is seen to move."""
    shown = show(pages("around"), reduced_motion="reduce")
    page = shown.page
    page.get_by_role("button", name="Let it move").click()
    shown.until("element('loose').textContent === 'Let it move' && view.moved()")
    places = "JSON.stringify(data.nodes.map(node => [node.x, node.y]))"
    then = page.evaluate(places)
    page.wait_for_timeout(200)
    assert page.evaluate(places) == then
    assert page.evaluate("data.nodes.some((node, n) => Math.abs(node.x - view.home(n).x) > 5)")
    shown.quiet()


def test_an_entity_is_dragged(show, pages):
    """A node goes where it is dragged, and comes back."""
    shown = show(pages("around"))
    page = shown.page
    at = page.evaluate(
        "(() => { const node = data.nodes.find(n => n.label === 'Uzbekistan'); const p = view.snapshot().at(node.x, node.y);"
        " const b = element('canvas').getBoundingClientRect(); return [p.x + b.x, p.y + b.y]; })()"
    )
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] - 60, at[1] + 40, steps=4)
    page.mouse.up()
    shown.until("view.moved()")
    away = "(() => { const node = data.nodes.find(n => n.label === 'Uzbekistan'); const h = view.home(node.id); return Math.hypot(node.x - h.x, node.y - h.y); })()"
    shown.until(f"{away} > 20")
    page.click("#back")
    assert page.evaluate(away) == 0
    shown.quiet()
