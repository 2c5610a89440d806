"""The page of a large graph in a real browser: groups, what opens from them, dates and filters."""

from __future__ import annotations

import csv
import io
import re

import pytest

from diplograph.render.gather import Request
from diplograph.render.page import to_html
from diplograph.render.parts import divide
from diplograph.render.whole import whole_pictures
from diplograph.store import open_graph

from .browser import opened, skip_without_browser
from .test_render import HOSTILE_GRAPH

skip_without_browser()


def test_a_group_opens_on_a_click_and_the_way_back_is_the_browsers(show, pages):
    """The group's entities stand in the place of the groups, with their facts and tables."""
    shown = show(pages("whole"))
    page = shown.page
    group = page.evaluate("data.nodes.find(node => node.label === 'Russia')")
    assert page.locator("#facts").count() == 0
    x, y = page.evaluate(
        "({ x, y }) => { const at = view.snapshot().at(x, y);"
        " const box = element('canvas').getBoundingClientRect(); return [at.x + box.x, at.y + box.y]; }",
        group,
    )
    with page.expect_navigation():
        page.mouse.click(x, y)
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("data.part") == group["opens"]
    assert "Russia" in page.inner_text("h1")
    assert page.title().startswith(page.inner_text("h1"))
    assert page.locator("#facts").count() == 0
    page.click("text=Read it as tables")
    assert page.locator("#facts tbody tr").count() > 100
    assert shown.on() >= {"Russia", "Su-30MK"}
    assert page.is_visible("#time")
    with page.expect_navigation():
        page.click("text=Back to The whole graph")
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("data.kind") == "groups"
    with page.expect_navigation():
        page.go_back()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("data.part") == group["opens"]
    assert shown.told == []
    assert shown.root("error") is None


def test_the_search_finds_what_is_in_other_groups(show, pages):
    """A name that is not shown is offered as being in another group, and opens it."""
    shown = show(pages("whole"))
    page = shown.page
    page.fill("#find", "Uzbek")
    hit = page.locator("#hits li", has_text="Uzbekistan").first
    assert "in another group" in hit.inner_text()
    with page.expect_navigation():
        hit.click()
    page.wait_for_selector("html[data-ready]")
    assert page.evaluate("data.nodes[state.node].label") == "Uzbekistan"
    assert "Uzbekistan" in page.inner_text("#chosen h2")


@pytest.mark.thorough
@pytest.mark.parametrize("fragment", ["#?part=99999", "#?part=-1", "#?part=%3Cb%3E", "#?part=1e3"])
def test_a_part_that_is_none_is_the_first(show, pages, fragment):
    """An address that names no part shows the groups, quietly."""
    shown = show(pages("whole"), fragment=fragment)
    assert shown.page.evaluate("data.kind") == "groups"
    shown.quiet()


@pytest.mark.thorough
def test_a_link_to_a_part_keeps_its_filters(show, pages):
    """The address says which part is shown beside what else it says."""
    shown = show(pages("whole"), fragment="#?part=1&without=WeaponSystem")
    assert shown.page.evaluate("data.part") == 1
    assert "Su-30MK" not in shown.on()
    shown.page.click(".legend button[data-class=Issue]")
    shown.until("location.hash.includes('Issue')")
    said = shown.page.evaluate("location.hash")
    assert "part=1" in said
    again = show(pages("whole"), fragment=said)
    assert again.on() == shown.on()
    again.quiet()


def test_hostile_names_do_nothing_in_parts(show, write_graph, monkeypatch):
    """Names of groups and of what is in them are text, whatever they say."""
    monkeypatch.setattr("diplograph.render.whole.divide", lambda flat: divide(flat, most=2))
    html = to_html(*whole_pictures(Request(open_graph(write_graph(HOSTILE_GRAPH))), 2))
    shown = show(html)
    shown.quiet()
    parts = shown.page.evaluate("data.record.parts.length")
    assert parts > 2
    for part in range(1, parts):
        opened(shown, f"openPart({part})")
        shown.page.evaluate("makeTables()")
        assert shown.told == []
        assert shown.root("error") is None


LATER = "() => { setDay(dayOf('2000-12-31')); refresh(); }"


def test_groups_follow_the_date_and_the_filters(show, pages):
    """As of a date, and without a class or a kind of line, groups have fewer entities or are gone."""
    shown = show(pages("whole"))
    page = shown.page
    sizes = "data.nodes.map(node => [node.label, node.on, node.shown, node.size])"
    widths = "data.ties.map(tie => tie.on ? tie.pairs : 0)"
    before, lines = page.evaluate(sizes), page.evaluate(widths)
    assert all(on for _, on, _, _ in before)
    page.evaluate(LATER)
    after = page.evaluate(sizes)
    assert sum(count for *_, count, _ in after) < sum(count for *_, count, _ in before)
    assert any(now[3] < then[3] for then, now in zip(before, after, strict=True))
    assert all(now <= then for then, now in zip(lines, page.evaluate(widths), strict=True))
    assert page.inner_text("#when").startswith("As of 31 December 2000: ")
    facts = page.evaluate("data.facts.on.filter(Boolean).length")
    assert len(list(csv.reader(io.StringIO(page.evaluate("toCsv()"))))) == facts + 1
    page.click("#everything", force=True) if page.is_visible("#everything") else page.evaluate(
        "element('everything').click()"
    )
    assert page.evaluate(sizes) == before
    page.locator(".legend button", has_text="Arms transfer").click()
    page.locator(".legend button", has_text="Weapon system").click()
    page.locator(".legend button", has_text="Transfers").click()
    assert page.evaluate("data.facts.on.every((on, fact) => !on || data.facts.line[fact] !== 2)")
    assert page.evaluate(sizes) != before
    shown.quiet()


def test_a_group_opens_as_of_the_date_and_with_the_filters_of_the_groups(show, pages):
    """What was set on the groups is set in the group that opens, and on the way back."""
    shown = show(pages("whole"))
    page = shown.page
    page.evaluate(LATER)
    page.locator(".legend button", has_text="Issue").click()
    page.locator(".legend button", has_text="Transfers").click()
    when = page.inner_text("#when").split(":")[0]
    inside = page.evaluate("data.nodes.find(node => node.opens === 1).shown")
    opened(shown, "openPart(1)")
    assert len(shown.on()) == inside < page.evaluate("data.nodes.length")
    assert page.inner_text("#when").split(":")[0] == when
    assert page.evaluate("[...state.hidden.classes, ...state.hidden.lines]") == [
        "Issue",
        "transfer",
    ]
    assert page.evaluate("data.nodes.some(node => !node.on && node.group === 'Issue')")
    with page.expect_navigation():
        page.click("text=Back to The whole graph")
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("#when").split(":")[0] == when
    assert page.evaluate("[...state.hidden.classes, ...state.hidden.lines]") == [
        "Issue",
        "transfer",
    ]
    shown.until("location.hash.includes('on=2000-12-31')")
    assert shown.root("error") is None


def test_a_line_between_groups_tells_its_facts(show, pages):
    """The facts that tie two groups are told in the panel, a hundred at once."""
    shown = show(pages("whole"))
    page = shown.page
    page.evaluate(
        "choose(null, data.ties.reduce((a, b) => (b.live.length > a.live.length ? b : a)).number)"
    )
    facts = int(re.search(r"(\d+) facts tie", page.inner_text("#chosen"))[1])
    assert facts > 100
    assert page.locator("#chosen article").count() == 100
    page.get_by_role("button", name=re.compile("Show .* more")).click()
    assert page.locator("#chosen article").count() == min(facts, 200)
    assert page.evaluate("document.activeElement.nodeName") == "ARTICLE"
    shown.quiet()
