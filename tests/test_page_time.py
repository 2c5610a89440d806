"""What a page in a real browser shows as of a date, between years, and in play."""

from __future__ import annotations

import re

import pytest

from diplograph import render
from diplograph.render.page import to_html
from diplograph.store import open_graph

from .browser import THOROUGH, skip_without_browser

skip_without_browser()


DAYS = ("1950-01-01", "2000-07-17", "2001-07-15")
MORE_DAYS = ("1996-04-26", "2001-06-20", "2007-12-31")
READ = """day => {
  setDay(dayOf(day)); refresh();
  return {
    nodes: data.all.nodes.filter(node => node.there).map(node => [node.id, node.mutedNow]),
    lines: data.all.ties.filter(tie => tie.there).map(tie => [tie.ends, tie.live, tie.dashedNow]),
    facts: data.facts.certainty.flatMap((sure, fact) => data.facts.on[fact] ? [[fact, sure]] : []),
  };
}"""


@pytest.mark.parametrize(
    "days", [DAYS, pytest.param(MORE_DAYS, marks=THOROUGH)], ids=["some", "more"]
)
@pytest.mark.parametrize(
    ("which", "options"),
    [
        ("shipped", {"between": ("China", "Russia")}),
        ("shipped", {"around": "Shanghai Five"}),
        pytest.param("shipped", {"around": "Gazprom", "depth": 2}, marks=THOROUGH),
        pytest.param("shipped", {"around": "United States", "include": "pending"}, marks=THOROUGH),
        ("made up", {"include": "any"}),
        pytest.param("made up", {}, marks=THOROUGH),
    ],
    ids=str,
)
def test_the_page_as_of_a_date_is_the_picture_of_that_date(
    show, shipped, made_up, which, options, days
):
    """At each date the page shows the entities, lines and facts that --as-of draws, as certain."""
    graph = shipped if which == "shipped" else open_graph(made_up)
    every = render.picture(graph, **options)
    page = show(to_html(every)).page
    entities = [node.entity.id for node in every.nodes]
    facts = [fact.id for fact in every.facts]
    for day in days:
        told = page.evaluate(READ, day)
        then = render.picture(graph, as_of=day, **options)
        nodes = {entities[node]: muted for node, muted in told["nodes"]}
        assert nodes.keys() == {n.entity.id for n in then.nodes if not n.stands_for_others}, day
        if "between" in options:
            assert nodes == {node.entity.id: node.muted for node in then.nodes}, day
        lines = {
            frozenset(entities[end] for end in ends): (frozenset(facts[f] for f in live), dashed)
            for ends, live, dashed in told["lines"]
        }
        assert lines == {
            frozenset((e.one, e.two)): (frozenset(e.facts), e.dashed) for e in then.edges
        }, day
        certain = {
            facts[fact]: ("no", "possibly", "definitely")[sure] for fact, sure in told["facts"]
        }
        assert certain == {fact.id: fact.holds for fact in then.facts}, day


def test_a_treaty_is_proposed_before_it_is_signed(show, pages):
    """As of September 2000 the friendship treaty is under negotiation, as of 2002 it is concluded."""
    shown = show(pages("links"))
    treaty = "data.nodes.find(node => node.label.startsWith('Treaty of Good'))"
    shown.as_of("2000-09-01")
    assert shown.page.inner_text("#when").startswith(
        "As of 1 September 2000: 36 agreements concluded"
    )
    assert shown.page.evaluate(f"[{treaty}.noteNow, {treaty}.mutedNow]") == [
        "(under negotiation)",
        True,
    ]
    shown.as_of("2002-01-01")
    assert shown.page.evaluate(f"[{treaty}.noteNow, {treaty}.mutedNow]") == ["", False]
    shown.quiet()


def test_slider_goes_by_months_and_says_the_date(show, alba):
    """Moving the slider shows the graph as of the end of a month, and says of what day."""
    shown = show(alba)
    before = shown.labels()
    shown.page.focus("#day")
    for _ in range(3):
        shown.page.keyboard.press("Home")
    assert shown.page.input_value("#mode") == "day"
    assert re.match(r"As of \d+ \w+ \d{4}: ", shown.page.inner_text("#when"))
    assert re.match(r"\d+ \w+ \d{4}", shown.page.get_attribute("#day", "aria-valuetext"))
    assert shown.labels() < before
    assert "Gas deal" not in shown.on()
    shown.page.keyboard.press("End")
    assert "Gas deal" in shown.on()
    shown.quiet()


@THOROUGH
def test_play_runs_to_the_end_and_stops(show, alba):
    """The play button goes through the dates, can be stopped, and stops by itself at the end."""
    shown = show(alba)
    shown.page.click("#play")
    assert "Pause" in shown.page.inner_text("#play")
    first = shown.page.inner_text("#when")
    shown.until(f"document.getElementById('when').textContent !== {first!r}")
    shown.page.click("#play")
    assert "Play" in shown.page.inner_text("#play")
    shown.page.click("#play")
    shown.until("playing === null")
    assert shown.page.evaluate("state.day === steps.at(-1)")
    shown.quiet()


def test_years_hide_what_lies_outside(show, alba):
    """With the last year moved before a deal, it is gone; what has no date stays."""
    shown = show(alba)
    shown.page.select_option("#mode", "span")
    assert "Gas deal" in shown.on()
    shown.page.evaluate(
        "(to => { to.value = 2001; to.dispatchEvent(new Event('input')); })(document.getElementById('to'))"
    )
    assert "Gas deal" not in shown.on()
    assert {"Alba", "Borea", "Pact"} <= shown.on()
    shown.quiet()


def test_a_page_as_of_a_date_offers_no_other_date(show, made_up):
    """A page that was made as of a date holds nothing of others, and so does not offer them."""
    shown = show(render.draw(open_graph(made_up), between=("Alba", "Borea"), as_of="2002"))
    assert shown.page.evaluate(
        "[...document.getElementById('mode').options].map(o => o.value)"
    ) == ["all", "span"]
    assert not shown.page.is_visible("#play")
    shown.quiet()


def test_what_is_uncertain_is_shown_so(show, made_up):
    """As of a day in 2003 the gas deal of about 2003 is there possibly, and the panel says so."""
    shown = show(render.draw(open_graph(made_up), between=("Alba", "Borea")))
    shown.as_of("2003-06-01")
    shown.page.fill("#find", "gas deal")
    shown.page.keyboard.press("Enter")
    assert "(possibly)" in shown.page.inner_text("#chosen .kind >> nth=0")
    assert "possibly as of 1 June 2003" in shown.page.inner_text("#chosen")
    assert shown.page.evaluate("data.ties.some(tie => tie.on && tie.possibly)")
