"""What a page knows of time: the days that are put into it give the answers of --as-of."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplograph import dates, render
from diplograph.edges import open_edges
from diplograph.facts import facts_of, windows_of
from diplograph.linking import find_links, lives
from diplograph.model import STATES, Include
from diplograph.names import resolve
from diplograph.render.many import many_facts
from diplograph.render.payload import FAR
from diplograph.render.record import record
from diplograph.render.shared import column
from diplograph.store import open_graph

DAYS = [
    "1900-01-01", "1991-12-25", "1996-04-26", "2000-07-17", "2000-07-18", "2000-12-31", "2001-06-15",
    "2001-07-16", "2003-01-01", "2006-12-31", "2007-01-01", "2015-05-05",
]  # fmt: skip


def opened(column, length: int) -> list:
    """The values of a column of a page's data."""
    if isinstance(column, list):
        return column
    return [column["but"].get(str(place), column["most"]) for place in range(length)]


def number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


@pytest.mark.parametrize("which", ["shipped", "made up"])
def test_windows_say_what_as_of_says(shipped, made_up, which):
    """Inside its days a fact counts as of a date, surely on the sure ones; outside it does not."""
    graph = shipped if which == "shipped" else open_graph(made_up)
    facts = [row["f"] for row in graph.select("SELECT DISTINCT ?f WHERE { ?f a dg:Fact }")]
    windows = windows_of(graph, facts)
    assert windows.keys() == set(facts)
    for day in DAYS if which == "made up" else DAYS[2:11:4]:
        then = {fact.id: fact.holds for fact in facts_of(graph, facts, as_of=dates.parse(day))}
        for fact, (possibly, surely) in windows.items():
            at = number(day)
            told = "no"
            if possibly.first <= at <= possibly.last:
                told = "definitely" if surely.first <= at <= surely.last else "possibly"
            assert told == then.get(fact, "no"), (fact, day)


@pytest.mark.parametrize(
    ("x", "y"),
    [("China", "Russia"), ("China", "Kazakhstan"), ("Russia", "India"), ("SCO", "China")],
)
def test_the_life_of_an_agreement_is_that_of_every_date(shipped, x, y):
    """At each date an agreement is concluded or pending, at its stage, as the links of that date say."""
    one, two = (resolve(shipped, name, ("Agent",)).id for name in (x, y))
    stood = lives(shipped, one, two)
    assert stood
    for day in DAYS:
        found = find_links(
            shipped, one, two, dates.parse(day), Include.CONCLUDED, predecessors=True
        )
        then = {link.id: (link, True) for link in found.concluded}
        then |= {link.id: (link, False) for link in found.pending}
        for iri, life in stood.items():
            now = max((s for s in life if s.since <= number(day)), key=lambda s: s.since)
            link, concluded = then.get(iri, (None, False))
            assert (now.link is None) == (link is None), (iri, day)
            if link is not None:
                assert now.concluded is concluded, (iri, day)
                told = (now.link.stage, now.link.grade, now.link.holds, now.link.when)
                assert told == (link.stage, link.grade, link.holds, link.when), (iri, day)


def test_an_agreement_begins_unknown_and_changes_in_order(shipped):
    """A life begins before all days, goes forward, and the treaty of 2001 is pending before concluded."""
    one, two = (resolve(shipped, name).id for name in ("China", "Russia"))
    for life in lives(shipped, one, two).values():
        assert life[0].since == dates.ALWAYS
        assert [s.since for s in life] == sorted({s.since for s in life})
    (treaty,) = [
        v for k, v in lives(shipped, one, two).items() if k.endswith("friendship-treaty-2001")
    ]
    assert [s.concluded for s in treaty if s.link] == sorted(s.concluded for s in treaty if s.link)
    assert {s.concluded for s in treaty if s.link} == {False, True}


def test_who_acts_for_a_party_does_so_at_any_date(shipped):
    """As of a date without a dated fact about it, Russia's border guards are not drawn as China's."""
    picture = render.picture(shipped, between=("China", "Russia"), as_of="2000-09-01")
    label = {node.entity.id: node.entity.label for node in picture.nodes}
    ties = {frozenset((label[e.one], label[e.two])) for e in picture.edges}
    assert frozenset(("Russian border guards", "Russia")) in ties
    assert frozenset(("Russian border guards", "China")) not in ties


def test_days_in_a_page_are_small_numbers(shipped):
    """Open ends are 0 and FAR, so that a script needs no more than comparing."""
    data = record([render.picture(shipped, around="Shanghai Five")])
    assert all(0 <= day <= FAR for times in data["facts"]["spans"] for day in times)
    told, facts = (opened(data["ties"][name], data["ties"]["length"]) for name in ("told", "facts"))
    assert any(told)
    assert all(len(days) == len(own) for days, own in zip(told, facts, strict=True) if days)


def test_directions_are_those_of_what_happened(shipped):
    """A transfer leads from who supplies to what is supplied, and on to who receives it."""
    picture = render.picture(shipped, around="Russia")
    kinds = {node.entity.id: node.entity.type for node in picture.nodes}
    facts = {fact.id: fact for fact in picture.facts}
    seen = set()
    for edge in picture.edges:
        for tie in edge.ties:
            ends = (edge.one, edge.two) if tie.way[0] else (edge.two, edge.one)
            if any(tie.way) and facts[tie.fact].kind == "TransferFact":
                seen.add((kinds[ends[0]], kinds[ends[1]]))
            if facts[tie.fact].kind in ("Participation", "Membership"):
                assert tie.way == (False, False)
    assert {("Country", "ArmsTransfer"), ("ArmsTransfer", "Country")} <= seen, seen
    assert ("ArmsTransfer", "WeaponSystem") not in seen


def test_dashed_is_what_is_only_proposed_reported_or_rumoured(shipped):
    """With the pending shown, a line is dashed where all its facts are unsettled; solid otherwise."""
    picture = render.picture(shipped, around="Russia", include="pending")
    facts = {fact.id: fact for fact in picture.facts}
    dashed = [edge for edge in picture.edges if edge.dashed]
    assert dashed
    for edge in picture.edges:
        if all(facts[f].grade in ("reported", "rumoured") for f in edge.facts):
            assert edge.dashed


@pytest.mark.parametrize("as_of", [None, "2000-09", "1996"])
@pytest.mark.parametrize("which", ["shipped", "made up"])
def test_facts_of_many_are_the_facts(shipped, made_up, which, as_of):
    """What is made from the columns of the network is what is made from triples, as a page has it."""
    graph = shipped if which == "shipped" else open_graph(made_up)
    period = None if as_of is None else dates.parse(as_of)
    edges = open_edges(graph, "facts")
    wanted = set(edges.facts[:])
    made = many_facts(graph, edges, wanted, period)
    told = {fact.id: fact for fact in facts_of(graph, wanted, as_of=period)}
    windows = windows_of(graph, wanted)
    assert len(made) > (len(told) / 2 if which == "shipped" and as_of is None else 0)
    for iri, (fact, times) in made.items():
        assert fact == replace(told[iri], others=(), values={}), iri
        assert times == tuple(map(tuple, windows[iri])), iri
    plain = {
        iri for iri, fact in told.items()
        if fact.when and fact.when.earliest and (fact.kind not in STATES or fact.when.latest)
    }  # fmt: skip
    assert made.keys() == plain


def test_a_large_picture_is_the_same_however_its_facts_are_made(shipped, monkeypatch):
    """Many facts and few give one page."""
    few = render.draw(shipped, around="Shanghai Five", as_of="2000-09")
    monkeypatch.setattr("diplograph.render.gather.MANY", 0)
    assert render.draw(shipped, around="Shanghai Five", as_of="2000-09") == few


@given(st.lists(st.sampled_from([0, 1, 1.0, True, "1", "", None, [1], [1, [2]], [], 0, 0, 0])))
def test_columns_say_every_value(values):
    """Whatever stands in a column is read out of it again, of its own type."""
    read = opened(json.loads(json.dumps(column(values))), len(values))
    assert [(type(v), v) for v in read] == [(type(v), v) for v in values]
