"""What a reader sees of a page: lines that can be seen, names that are whole, signs besides colours."""

from __future__ import annotations

import re

import pytest

from diplograph import charts, render
from diplograph.charts.drawn.figures import _rising
from diplograph.render.looks import LINES
from diplograph.render.page import paragraphs

from .browser import missing

IN_BROWSER = pytest.mark.skipif(bool(missing()), reason=missing() or "")
LABELS = "view.snapshot().labels"
SHAPES = f"[...new Set({LABELS}.map(label => label.shape).filter(Boolean))].sort()"


@IN_BROWSER
def test_lines_bear_the_signs_of_their_kinds(show, pages):
    """The kinds of the lines are told apart without colour: in the picture, the legend, the drawing."""
    shown = show(pages("around"))
    kinds = shown.page.evaluate("data.kinds.map(kind => data.looks.lines[kind].key)")
    assert len(kinds) > 3
    direct = shown.page.evaluate(
        "[...new Set(data.ties.filter(tie => tie.on && !tie.faint).flatMap(tie => [...kindsOf(tie).keys()]))]"
        ".map(kind => data.looks.lines[kind].sign).sort()"
    )
    assert shown.page.evaluate(SHAPES) == direct
    legend = shown.page.evaluate(
        "[...document.querySelectorAll('[data-line] svg')].map(svg => svg.lastElementChild.outerHTML)"
    )
    assert len(set(legend)) == len(kinds)
    drawn = shown.saved("svg").decode("utf-8")
    signs = shown.page.evaluate(f"{LABELS}.filter(label => label.shape).length")
    assert len(re.findall(r'stroke-width="3" paint-order="stroke"/>', drawn)) == signs > 10


@IN_BROWSER
def test_where_lines_are_many_those_meant_bear_signs(show, pages):
    """Between two parties no line has a sign until something is chosen."""
    shown = show(pages("links"))
    assert shown.page.evaluate(SHAPES) == []
    shown.page.evaluate("choose(data.nodes.find(node => node.label === 'Gazprom').id, null)")
    shown.labels()
    assert LINES["membership"].sign in shown.page.evaluate(SHAPES)


@IN_BROWSER
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_few_lines_are_seen_at_any_scale(show, shipped, size):
    """Each is at least a pixel wide, and those of the middle are not pale."""
    shown = show(render.draw(shipped, around="Su-27"), size)
    looks = shown.page.evaluate(
        "(({ scale, strokeOf }) => data.lines.map(strokeOf).map(s => [s.wide * scale, s.opacity]))(view.snapshot())"
    )
    assert min(wide for wide, _ in looks) >= 1
    assert max(opacity for _, opacity in looks) > 0.8


@IN_BROWSER
def test_a_path_on_a_phone_has_whole_names(show, shipped):
    """Where there is one path, the names have the room to the edge."""
    shown = show(render.draw(shipped, connecting=("Gazprom", "Vladimir Putin")), "phone")
    texts = shown.page.evaluate(f"{LABELS}.map(label => label.text)")
    assert {"Gazprom", "Vladimir Putin", "Putin's visit to China in 2006"} <= set(texts)
    lowest = shown.page.evaluate(
        "Math.max(...data.nodes.map(node => view.snapshot().at(node.x, node.y).y + node.size * view.snapshot().scale))"
    )
    assert lowest < shown.page.evaluate("view.snapshot().height") - 10


@IN_BROWSER
def test_most_groups_are_named_on_a_phone(show, pages):
    """Their names are shortened before they are left out."""
    shown = show(pages("whole"), "phone")
    assert shown.labels() >= 0.6 * len(shown.on())
    assert shown.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@IN_BROWSER
def test_who_acts_for_a_party_is_named_outside_of_its_lines(show, pages):
    """On either side of the agreements, as far as there is room."""
    shown = show(pages("links"))
    left, right = shown.page.evaluate(
        """["outleft", "outright"].map(side => data.nodes.filter(node => node.side === side).map(node => {
          const { x } = view.snapshot().at(node.x, node.y);
          return view.snapshot().boxes.some(([[a, , b], id]) => id === node.id && (side === "outleft" ? b <= x : a >= x));
        }))"""
    )
    assert len(left) > 3
    assert len(right) > 3
    assert left.count(True) >= len(left) / 2
    assert right.count(True) >= len(right) / 2


@IN_BROWSER
def test_the_filters_stand_side_by_side(show, pages):
    """Stages, grades and sources: three columns on a wide screen, two on a phone."""
    for size, columns in (("desktop", 3), ("phone", 2)):
        shown = show(pages("links"), size)
        shown.page.click("button:has-text('Filter')")
        boxes = "[...document.querySelectorAll('#choices fieldset')].map(box => box.getBoundingClientRect())"
        lefts = shown.page.evaluate(f"{boxes}.map(box => Math.round(box.left))")
        assert len(set(lefts)) == columns
        assert shown.page.evaluate(f"{boxes}.every(box => box.right <= innerWidth)")


def test_options_in_remarks_stay_on_one_line():
    """And what else is said stays text."""
    told = paragraphs(["<b> is left out; --include pending shows it.", "ask with --predecessors."])
    assert '<span class="option">--include pending</span> shows' in told
    assert '<span class="option">--predecessors</span>.' in told
    assert "<b>" not in told


@IN_BROWSER
def test_a_chart_is_as_wide_as_its_letters_need(show, shipped):
    """On a phone one column of a paper fits; two have letters of ten pixels, and are moved sideways."""
    wide = "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.getElementById('drawing'))"
    for columns, fits in ((1, True), (2, False)):
        made = charts.chart("figures", graph=shipped, columns=columns)
        shown = show(made.to_bytes("html").decode("utf-8"), "phone")
        assert (shown.page.evaluate(wide) <= 0) == fits
        points = shown.page.evaluate(
            "document.querySelector('#drawing > svg').viewBox.baseVal.width"
        )
        pixels = shown.page.evaluate("document.querySelector('#drawing > svg').clientWidth")
        assert 6 * pixels / points > 9
        assert shown.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@IN_BROWSER
def test_the_panel_of_a_chart_is_as_high_as_the_window(show, shipped):
    """Or as the picture, where that is lower."""
    shown = show(charts.chart("matrix", graph=shipped).to_bytes("html").decode("utf-8"))
    least = "Math.min(innerHeight, document.querySelector('main').offsetHeight)"
    assert shown.page.evaluate(f"document.getElementById('panel').offsetHeight - {least}") >= -1


def test_numbers_of_figures_lean_away_from_lines_that_rise(shipped):
    """Before a higher figure of the same teller; and no line runs through a number."""
    made = charts.chart("figures", graph=shipped)
    panels = [axes for axes in made.figure.axes if axes.get_xlabel() == "year"]
    for series, axes in zip(made.found.series, panels, strict=True):
        rising = _rising(series.figures)
        lows = {f.fact: f.low for f in series.figures if f.when.earliest}
        highest = max(lows, key=lambda fact: lows[fact] or 0)
        assert highest not in rising
        assert len(rising) >= 5
        leaning = [text for text in axes.texts if text.xyann[0] == -4.0]
        assert 0 < len(leaning) <= len(rising)
        assert all(text.get_path_effects() for text in axes.texts)


def test_what_leads_elsewhere_is_named_in_words(shipped):
    """Classes of other vocabularies too are words in the diagram, not the ends of addresses."""
    found = charts.chart("ontology", graph=shipped).found
    told = [name for name in found.anything if "→" in name]
    assert "evidence → specific resource" in told
