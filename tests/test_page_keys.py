"""A page in a real browser by keyboard, for screen readers, with less motion, and on paper."""

from __future__ import annotations

import pytest

from .browser import AXE, KINDS, THOROUGH, skip_without_browser

skip_without_browser()

JUDGED = {("around", "dark")}


def test_the_picture_is_reached_by_keyboard(show, pages):
    """Arrow keys go from entity to entity and say its name, Enter opens it, Shift and Enter the path."""
    shown = show(pages("around"))
    page = shown.page
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "canvas":
            break
    assert page.inner_text("#said").startswith("Shanghai Five, Organization")
    page.keyboard.press("ArrowRight")
    name = page.inner_text("#said").split(",")[0]
    assert name != "Shanghai Five"
    page.keyboard.press("Enter")
    assert page.inner_text("#chosen h2") == name
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "canvas"
    assert not page.is_visible("#chosen")
    page.keyboard.press("Enter")
    page.focus("#canvas")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("]")
    page.keyboard.press("Shift+Enter")
    assert page.inner_text("#chosen h2").startswith(f"From {name} to ")
    page.focus("#canvas")
    scale = page.evaluate("view.snapshot().scale")
    page.keyboard.press("+")
    assert page.evaluate("view.snapshot().scale") > scale
    shown.quiet()


def test_every_entity_is_reached_by_arrow_keys(show, pages):
    """By arrow keys and brackets no entity is out of reach."""
    page = show(pages("around")).page
    page.focus("#canvas")
    page.keyboard.press("Home")
    said = set()
    for key in [
        "ArrowRight",
        *["ArrowUp"] * 8,
        "Home",
        "ArrowRight",
        *["ArrowDown"] * 8,
        "Home",
        *["]"] * 15,
    ]:
        page.keyboard.press(key)
        said.add(page.evaluate("data.nodes[state.cursor].label"))
    assert len(said) == 15


def test_focus_is_seen(show, pages):
    """Whatever has the focus by keyboard has an outline."""
    page = show(pages("around")).page
    seen = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        name, style = page.evaluate(
            "(e => [e.id || e.className || e.tagName, getComputedStyle(e).outlineStyle])(document.activeElement)"
        )
        seen.add(name)
        assert style != "none", name
    assert {"find", "canvas", "mode", "play", "day"} <= seen


@pytest.mark.parametrize(
    ("kind", "scheme"),
    [
        pytest.param(kind, scheme, marks=[] if (kind, scheme) in JUDGED else THOROUGH)
        for kind in KINDS
        for scheme in ("light", "dark")
    ],
)
def test_roles_and_contrast_are_sound(show, pages, kind, scheme):
    """axe-core finds nothing to object to, neither at first nor with everything open."""
    shown = show(pages(kind), scheme=scheme)
    page = shown.page
    check = "() => axe.run({ resultTypes: ['violations'], rules: { 'color-contrast': { enabled: true } } })"

    def violations() -> list[str]:
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(check)["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html'][:120]} ({len(v['nodes'])})" for v in found]

    assert violations() == []
    page.fill("#find", "China")
    assert violations() == []
    page.keyboard.press("Enter")
    shown.as_of("2001-01-01")
    page.locator("button", has_text="Filter").click()
    assert violations() == []


def test_reduced_motion_slows_the_play(show, alba):
    """Who wants less motion gets a slower play and no animation."""
    shown = show(alba, reduced_motion="reduce")
    assert shown.page.evaluate("calm.matches")
    assert shown.page.evaluate("document.getAnimations().length") == 0
    shown.page.click("#play")
    first = shown.page.inner_text("#when")
    shown.page.wait_for_timeout(700)
    assert shown.page.inner_text("#when") == first


def test_the_print_has_picture_and_tables(show, alba):
    """On paper the controls are gone, and the tables stand in full."""
    page = show(alba).page
    page.emulate_media(media="print")
    assert not page.is_visible(".tools")
    assert not page.is_visible("#time")
    assert page.is_visible("#facts")
    assert len(page.pdf()) > 10_000
