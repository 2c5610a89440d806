"""What a reader looks for and chooses in a page, in a real browser, and the link that keeps it."""

from __future__ import annotations

import re

import pytest

from .browser import THOROUGH, skip_without_browser

skip_without_browser()


# --- filters, search, panel ----------------------------------------------------------------------


def test_legend_hides_a_class(show, alba):
    """A button of the legend hides and shows a class."""
    shown = show(alba)
    button = shown.page.locator(".legend button", has_text="Organization")
    assert "Alba Oil" in shown.on()
    button.press("Enter")
    assert button.get_attribute("aria-pressed") == "false"
    assert "Alba Oil" not in shown.on()
    button.click()
    assert "Alba Oil" in shown.on()


def test_stages_grades_and_sources_are_filtered(show, pages):
    """Unticking a stage, a grade or a source leaves out what only it tells of, also in the tables."""
    shown = show(pages("links"))
    page = shown.page
    every = shown.on()
    button = page.locator("button", has_text="Filter")
    button.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    page.get_by_label("mitchell-2007").uncheck()
    assert "1 off" in button.inner_text()
    assert "Su-33 deal of 2006" in every - shown.on()
    shown.until("!document.getElementById('partly').hidden")
    rows = page.locator("#facts tbody tr:visible")
    assert 0 < rows.count() < page.locator("#facts tbody tr").count()
    assert "mitchell-2007," not in rows.locator(".passages").first.inner_text()
    page.get_by_label("mitchell-2007").check()
    for name in ("signed", "agreed", "in force"):
        page.get_by_label(re.compile(rf"^\s*{name}")).uncheck()
    assert "Beijing Declaration" not in shown.on()
    page.get_by_label(re.compile(r"^\s*rumoured")).uncheck()
    page.click("#everything")
    assert shown.on() == every
    page.keyboard.press("Escape")
    assert not page.is_visible("#choices")
    assert button.evaluate("node => node === document.activeElement")
    shown.quiet()


def test_search_completes_by_keyboard(show, pages):
    """The search lists what it finds as a listbox; arrow keys and Enter choose."""
    shown = show(pages("links"))
    box = shown.page.get_by_role("combobox", name="Find")
    box.fill("beijing decl")
    assert box.get_attribute("aria-expanded") == "true"
    assert shown.page.get_by_role("option").first.inner_text().startswith("Beijing Declaration")
    box.press("ArrowDown")
    assert (
        shown.page.locator(f"#{box.get_attribute('aria-activedescendant')}").get_attribute(
            "aria-selected"
        )
        == "true"
    )
    box.press("Enter")
    assert box.get_attribute("aria-expanded") == "false"
    assert shown.page.inner_text("#chosen h2") == "Beijing Declaration"
    shown.quiet()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("freindship treaty", "Treaty of Good-Neighborliness"),
        ("beijng declartion", "Beijing Declaration"),
        ("PRC", "China"),
    ],
)
def test_search_forgives_typing_errors_and_knows_other_names(show, pages, typed, label):
    """Transposed, missing or wrong letters still find; so do the other names of an entity."""
    page = show(pages("links")).page
    page.fill("#find", typed)
    assert page.get_by_role("option").first.inner_text().startswith(label)


def test_choosing_shows_the_facts_as_text(show, alba):
    """The panel has facts, dates, stages, passages, and both sides of a conflict."""
    shown = show(alba)
    shown.page.fill("#find", "pact")
    shown.page.keyboard.press("Enter")
    told = shown.page.inner_text("#chosen")
    for text in (
        "Pact",
        "The Pact was signed.",
        "May 2001",
        "signed",
        "made-up [21–30]",
        "May against June.",
    ):
        assert text in told
    sides = shown.page.locator("#chosen .conflict").first.locator(".sides > div")
    assert sides.count() == 2
    assert {"The Pact was signed." in side for side in sides.all_inner_texts()} == {True, False}
    for side in sides.all_inner_texts():
        assert re.search(r"made-up \[\d+–\d+\]", side)
    shown.quiet()


@pytest.mark.thorough
def test_a_path_is_found_by_shift_and_by_the_panel(show, pages):
    """A second entity chosen with Shift, or after “Path from here”, shows the steps between the two."""
    shown = show(pages("hub"))
    page = shown.page
    for end, begun in (("Su-30MK to China", False), ("Gazprom", True)):
        page.fill("#find", end)
        page.keyboard.press("Enter")
        if not begun:
            page.get_by_role("button", name="Path from here").click()
            assert "choose the other end" in page.inner_text("#chosen")
    assert re.match("From Su-30MK to China.* to Gazprom", page.inner_text("#chosen h2"))
    steps = page.locator("#chosen .steps > li")
    assert steps.count() >= 2
    assert page.evaluate("state.path.nodes.length") == steps.count() + 1
    page.get_by_role("button", name="Close", exact=True).click()
    page.click("#all")
    spot = page.evaluate(
        "['China', 'Russia'].map(label => { const at = view.snapshot().at; const n = data.nodes.find(n => n.label === label);"
        " const b = document.getElementById('canvas').getBoundingClientRect(); const p = at(n.x, n.y); return [p.x + b.x, p.y + b.y]; })"
    )
    page.mouse.click(*spot[0])
    shown.until("state.node !== null")
    page.keyboard.down("Shift")
    page.mouse.click(*spot[1])
    page.keyboard.up("Shift")
    shown.until("state.path !== null")
    assert page.inner_text("#chosen h2") == "From China to Russia"
    shown.quiet()


@pytest.mark.thorough
def test_neighbours_are_folded_and_unfolded(show, pages):
    """What hangs on an entity alone is folded into it, counted, and unfolded again."""
    shown = show(pages("hub"))
    there = "data.all.nodes.filter(node => node.there).map(node => node.label)"
    before = set(shown.page.evaluate(there))
    shown.page.fill("#find", "Russia")
    shown.page.keyboard.press("Enter")
    fold = shown.page.get_by_role("button", name=re.compile(r"Fold \d+"))
    count = int(re.search(r"\d+", fold.inner_text())[0])
    fold.click()
    assert len(before - set(shown.page.evaluate(there))) == count > 0
    shown.page.get_by_role("button", name=f"Unfold {count}").click()
    assert set(shown.page.evaluate(there)) == before
    shown.quiet()


def test_tables_are_sorted_by_their_heads(show, pages):
    """A button in each head sorts, says so by aria-sort, and turns the order when pressed again."""
    shown = show(pages("links"))
    head = shown.page.locator("#facts thead th", has_text="Date")
    dates = "[...document.querySelectorAll('#facts tbody .date')].map(cell => cell.dataset.k).filter(Boolean)"
    for order, falling in (("ascending", False), ("descending", True)):
        head.get_by_role("button").press("Enter")
        assert head.get_attribute("aria-sort") == order
        found = shown.page.evaluate(dates)
        assert found == sorted(found, reverse=falling)
    shown.page.locator("#entities thead button", has_text="Facts").click()
    counts = "[...document.querySelectorAll('#entities tbody .numbers')].map(cell => Number(cell.dataset.k))"
    found = shown.page.evaluate(counts)
    assert found == sorted(found)
    assert found[-1] > 9
    shown.page.locator("#entities thead button", has_text="Name").click()
    assert shown.page.locator("#entities tbody th").first.inner_text().startswith("Accord")
    shown.quiet()


# --- the link ------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_a_link_shows_the_same_again(show, pages):
    """Filters, date, what is chosen and where the window stands are in the address, and come back."""
    first = show(pages("hub"))
    page = first.page
    page.locator(".legend button", has_text="Issue").click()
    page.locator("button", has_text="Filter").click()
    page.get_by_label("yubin-2000").uncheck()
    page.keyboard.press("Escape")
    first.as_of("2006-03-01")
    page.fill("#find", "Gazprom")
    page.keyboard.press("Enter")
    page.click("#closer")
    first.until("location.hash.includes('node=') && location.hash === `#?${toFragment()}`")
    fragment = page.evaluate("location.hash")
    second = show(pages("hub"), fragment=fragment)
    assert second.on() == first.on()
    assert second.page.inner_text("#chosen h2") == "Gazprom"
    assert second.page.inner_text("#when") == page.inner_text("#when")
    place = "view.place().map(number => Math.round(number * 100))"
    assert second.page.evaluate(place) == page.evaluate(place)
    assert second.page.evaluate("location.hash") == fragment
    second.quiet()


@pytest.mark.thorough
def test_a_path_and_a_line_come_back(show, pages):
    """The link also keeps a path and a chosen line."""
    first = show(pages("around"))
    first.page.evaluate("choosePath(data.root, data.nodes.find(n => n.label === 'Uzbekistan').id)")
    first.until("location.hash.includes('path=')")
    second = show(pages("around"), fragment=first.page.evaluate("location.hash"))
    assert second.page.inner_text("#chosen h2") == "From Shanghai Five to Uzbekistan"
    second.page.evaluate("choose(null, 0)")
    second.until("location.hash.includes('line=')")
    third = show(pages("around"), fragment=second.page.evaluate("location.hash"))
    assert third.page.inner_text("#chosen h2") == second.page.inner_text("#chosen h2")


@pytest.mark.parametrize(
    "fragment",
    [
        "#?on=9999-99-99&at=NaN,Infinity,-1&node=javascript:alert(1)",
        "#?on=0000-00-00&years=9999-0001&without=__proto__ constructor&no-stages=toString&no-sources=<img>",
        pytest.param("#?at=1e308,-1e308,1e308&path=a b&folded=" + "x" * 30000, marks=THOROUGH),
        pytest.param("#?years=1-9999&at=1,2&line=<script>alert(1)</script>", marks=THOROUGH),
        "#<img src=x onerror=alert(1)>",
        "#?%ff%00&&&===",
        pytest.param("#f3", marks=THOROUGH),
    ],
)  # fmt: skip
def test_hostile_addresses_do_nothing(show, pages, fragment):
    """What an address says that the page does not know counts for nothing."""
    shown = show(pages("around"), fragment=fragment)
    assert len(shown.on()) == 15
    scale = shown.page.evaluate("view.snapshot().scale")
    assert 0.01 < scale < 10
    shown.page.evaluate("location.hash = '#?on=junk&node=%00'")
    shown.page.wait_for_timeout(50)
    assert len(shown.on()) == 15
    shown.quiet()
