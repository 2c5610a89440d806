"""As of a date: every question answers from the graph as it stood then, in words or EDTF."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph import (
    ask,
    central,
    communities,
    dates,
    describe,
    links,
    network,
    open_graph,
    path,
    render,
    timeline,
)
from diplograph.asof import Moment
from diplograph.errors import DateError
from diplograph_cli.app import COMMANDS, cli

DATED = (
    "links",
    "describe",
    "timeline",
    "path",
    "central",
    "communities",
    "network",
    "draw",
    "ask",
)


@pytest.mark.parametrize("command", DATED)
def test_every_dated_question_has_the_option_and_says_how(command: str) -> None:
    """The help of each of the commands shows --as-of with words and EDTF."""
    shown = " ".join(CliRunner().invoke(cli, [command, "--help"]).stdout.split())
    assert "--as-of DATE" in shown
    assert '"July 2000"' in shown
    assert "2000-07-18" in shown


def test_no_other_question_has_a_date_that_is_not_tested_here() -> None:
    """The commands with --as-of are these."""
    runner = CliRunner()
    found = {c for c in COMMANDS if "--as-of" in runner.invoke(cli, [c, "--help"]).stdout}
    assert found == set(DATED)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("September 2000", "2000-09"),
        pytest.param("18 July 2000", "2000-07-18", marks=pytest.mark.thorough),
        pytest.param("before 2001", "../2000", marks=pytest.mark.thorough),
    ],
)
def test_words_and_edtf_give_the_same_answers(shipped, words: str, edtf: str) -> None:
    """All functions take the date in words."""
    for answer in (
        lambda d: links("China", "Russia", graph=shipped, as_of=d),
        lambda d: describe("Shanghai Five", graph=shipped, as_of=d),
        lambda d: timeline("China", "Russia", graph=shipped, as_of=d),
        lambda d: path("Gazprom", "China", graph=shipped, as_of=d),
        lambda d: central("degree", graph=shipped, as_of=d),
        lambda d: communities(graph=shipped, as_of=d, bootstrap=0),
        lambda d: render.picture(shipped, around="Shanghai Five", as_of=d),
        lambda d: ask("Who are the members of the SCO?", graph=shipped, as_of=d),
    ):
        assert answer(words) == answer(edtf)


@pytest.mark.parametrize("command", [
    ["links", "China", "Russia"], ["describe", "China"], ["timeline", "China"],
    ["path", "China", "Gazprom"], ["central"], ["communities"], ["draw", "--around", "Gazprom"],
])  # fmt: skip
def test_a_wrong_date_is_one_line(command: list[str], tmp_path: Path) -> None:
    """A month without its year stops each command with one line that says so."""
    page = tmp_path / "never.html"
    output = ["-o", str(page)] if command[0] == "draw" else []
    result = CliRunner().invoke(cli, [*command, *output, "--as-of", "July"])
    assert result.exit_code == 2
    assert "“July” is not a date: the year is missing" in result.stderr
    assert result.stderr.count("\n") == 1
    assert not page.exists()


def _members(organization: str, as_of: str, country: str) -> set[str]:
    facts = describe(organization, as_of=as_of).facts
    return {
        f.holds for f in facts
        if f.kind == "Membership" and country in [o.label for o in f.others]
        and f.values.get("role") != "observer"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("organization", "as_of", "country", "holds"),
    [
        ("Shanghai Five", "1999", "China", {"definitely"}),
        ("Shanghai Five", "1995", "China", set()),
        ("Shanghai Five", "1999", "Uzbekistan", set()),
        ("Shanghai Five", "4 July 2000", "Uzbekistan", set()),
        ("Shanghai Five", "September 2000", "Uzbekistan", {"definitely"}),
        ("Shanghai Five", "2002", "Uzbekistan", set()),
        ("Shanghai Five", "2002", "China", set()),
        ("SCO", "May 2001", "China", set()),
        ("SCO", "May 2001", "Uzbekistan", set()),
        ("SCO", "before 2001", "Uzbekistan", set()),
        ("SCO", "June 2001", "Uzbekistan", {"possibly"}),
        ("SCO", "July 2001", "Uzbekistan", {"definitely"}),
        ("SCO", "2005", "China", {"definitely"}),
    ],
)
def test_members(organization: str, as_of: str, country: str, holds: set[str]) -> None:
    """Who was a member when; what was succeeded by another has no members any more."""
    assert _members(organization, as_of, country) == holds


@pytest.mark.parametrize(
    ("as_of", "holders"),
    [
        ("1980", {}),
        ("1995", {"Boris Yeltsin": "definitely"}),
        ("26 July 2000", {"Vladimir Putin": "definitely"}),
        ("2003", {}),
        ("2006", {"Vladimir Putin": "possibly"}),
    ],
)
def test_offices(as_of: str, holders: dict[str, str]) -> None:
    """Who was president of Russia when, by what the sources say of that time, and no longer."""
    tenures = [f for f in describe("president of Russia", as_of=as_of).facts if f.kind == "Tenure"]
    held = sorted(((f.holds, o.label) for f in tenures for o in f.others), reverse=True)
    found = {who: holds for holds, who in held}  # of several the surest
    assert {who: found.get(who) for who in holders} == holders
    assert bool(found) == bool(holders)


@pytest.mark.parametrize(
    ("as_of", "where", "stage", "holds"),
    [
        ("1999", None, None, None),
        ("20 July 2000", "pending", "proposed", "definitely"),
        ("September 2000", "pending", "under negotiation", "definitely"),
        ("May 2001", "pending", "under negotiation", "definitely"),
        ("July 2001", "answers", "signed", "possibly"),
        ("2002", "answers", "signed", "definitely"),
    ],
)
def test_stages_of_the_friendship_treaty(
    as_of: str, where: str | None, stage: str | None, holds: str | None
) -> None:
    """The treaty of 2001 is what it had come to by the date, by whichever source tells it."""
    answer = links("China", "Russia", as_of=as_of)
    found = [
        (w, x.stage, x.holds)
        for w in ("answers", "pending")
        for x in getattr(answer, w)
        if "Friendly Cooperation" in x.label
    ]
    assert found == ([(where, stage, holds)] if where else [])


def test_there_is_no_sco_before_june_2001(shipped) -> None:
    """Nothing is told of, tied to or drawn around the SCO before it began."""
    then = describe("SCO", graph=shipped, as_of="May 2001")
    assert then.facts == ()
    assert then.absence is not None
    assert "exists only since June 2001" in then.absence.detail
    assert describe("SCO", graph=shipped, as_of="June 2001").facts
    net = network(shipped, as_of=dates.parse("2001-05"))
    assert "Shanghai Cooperation Organization" not in {label for _, label in net.nodes("label")}


@pytest.mark.parametrize("as_of", ["1950", "the 1960s", "1980", "before 1991"])
def test_there_is_no_russia_before_1991(shipped, as_of: str) -> None:
    """Rankings, paths, timelines, descriptions and pictures of earlier dates hold no Russia."""
    ranked = central("degree", graph=shipped, as_of=as_of, most=None).ranking
    assert "Russia" not in {r.entity.label for r in ranked}
    assert "China" in {r.entity.label for r in ranked}
    found = path("China", "Russia", graph=shipped, as_of=as_of)
    assert found.paths == ()
    assert found.absence is not None
    assert "Russia exists only since " in found.absence.detail
    assert describe("Russia", graph=shipped, as_of=as_of).facts == ()
    assert timeline("China", "Russia", graph=shipped, as_of=as_of).facts == ()
    drawn = render.picture(shipped, as_of=as_of)
    assert "Russia" not in {n.entity.label for n in drawn.nodes}
    assert "China" in {n.entity.label for n in drawn.nodes}


def test_the_soviet_union_has_its_time(shipped) -> None:
    """Of the Soviet Union something is told as of 1960; its alliance stays told afterwards."""
    then = describe("Soviet Union", graph=shipped, as_of="1960").facts
    assert any("alliance" in f.statement for f in then)
    assert describe("Soviet Union", graph=shipped, as_of="1600").facts == ()
    alliance = next(f for f in then if f.kind == "StageFact" and "alliance" in f.statement)
    later = describe("Soviet Union", graph=shipped, as_of="2002").facts
    assert alliance.id in {f.id for f in later}


@pytest.mark.parametrize("name", ["China", "Vladimir Putin", "Uzbekistan", "Japan"])
@pytest.mark.parametrize("as_of", ["1960", "1975", "1990"])
def test_the_present_of_a_text_is_not_assumed_long_before(shipped, name: str, as_of: str) -> None:
    """What a text of 2007 tells of its own present is not told as of decades before.

    Apart from what it tells of an agreement, transfer or event that is on record by then.
    """
    staged = {r["of"] for r in shipped.select("SELECT ?of WHERE { ?f dg:stage ?s ; dg:of ?of }")}
    of = {r["f"]: r["of"] for r in shipped.select("SELECT ?f ?of WHERE { ?f dg:of ?of }")}
    told = describe(name, graph=shipped, as_of=as_of).facts
    present = [
        f.statement for f in told
        if f.when and f.when.edtf in ("2007", "../2007") and of.get(f.id) not in staged
    ]  # fmt: skip
    assert present == []


def test_a_name_until_a_date_is_told_before_it() -> None:
    """The Shanghai Five bore its name until July 2000: perhaps in 1999, before it began not."""

    def holds(as_of: str) -> list[str]:
        found = describe("Shanghai Five", as_of=as_of).facts
        return [f.holds for f in found if f.when and f.when.edtf == "../2000-07-06"]

    assert [holds(day) for day in ("1980", "1999", "2001")] == [[], ["possibly"], []]


FACTS = """
ex:text a dg:Source ; dct:identifier "text" ; dct:issued "2007"^^xsd:gYear .
ex:alba a dg:Country ; skos:prefLabel "Alba"@en .
ex:borea a dg:Country ; skos:prefLabel "Borea"@en .
ex:dated a dg:Occurrence ; dg:agent ex:alba , ex:borea ; dg:when "1995" ;
    dg:grade grade:stated ; dg:statement "Both are on record in 1995."@en .
"""


@pytest.mark.parametrize(
    ("kind", "when", "expected"),
    [
        # class, time: outcomes as of 1990, 2000, June 2007, 2010
        ("Stance", "2007", ["no", "no", "possibly", "no"]),
        ("Stance", "../2007", ["no", "no", "possibly", "no"]),
        ("Stance", "../2003", ["no", "possibly", "no", "no"]),
        ("Stance", "1999/..", ["no", "definitely", "definitely", "possibly"]),
        ("Stance", None, ["no", "no", "possibly", "possibly"]),
        ("Occurrence", "2007", ["no", "no", "possibly", "definitely"]),
        ("Occurrence", "../2007", ["no", "no", "possibly", "definitely"]),
        ("Occurrence", "../2003", ["no", "possibly", "definitely", "definitely"]),
        ("Occurrence", "1999/..", ["no", "possibly", "possibly", "definitely"]),
        ("Occurrence", None, ["no", "no", "possibly", "definitely"]),
    ],
)
def test_the_rule(write_graph, kind: str, when: str | None, expected: list[str]) -> None:
    """A fact of a text of 2007 about two states on record since 1995, as of four dates."""
    graph = open_graph(write_graph(FACTS, "facts.ttl"))
    names = ["https://example.org/alba", "https://example.org/borea"]
    latest = dates.parse(when).latest if when else "2007-12-31"
    found = [
        Moment(graph, dates.parse(day)).certainty(
            kind, when, str(latest) if latest else None, "text", names
        )
        for day in ("1990", "2000", "2007-06", "2010")
    ]
    assert found == expected


def test_facts_and_network_agree(shipped) -> None:
    """What ties China in the network of a date is also told of China as of that date."""
    china = describe("China", graph=shipped).entity
    assert china is not None
    for day in ("1960", "1990", "2000-09", "2005"):
        net = network(shipped, as_of=dates.parse(day))
        tied = {key for _, _, key in net.edges(china.id, keys=True)}
        told = {f.id for f in describe("China", graph=shipped, as_of=day).facts}
        assert tied
        assert tied - told == set(), day


def test_as_of_yesterday_is_refused(shipped) -> None:
    """Words that depend on today are no dates."""
    with pytest.raises(DateError, match="“yesterday” is not a date"):
        central(graph=shipped, as_of="yesterday")


def test_what_is_looked_up_one_by_one_is_what_is_looked_up_for_all(shipped, monkeypatch) -> None:
    """When facts count is the same whether few entities were asked for before, or many."""
    from diplograph import asof
    from diplograph.facts import windows_of

    facts = [row["f"] for row in shipped.select("SELECT ?f { ?f a dg:StageFact }")]
    monkeypatch.setattr(asof, "_MANY", 10**6)
    one_by_one = windows_of(shipped, facts)
    looked: list[object] = []
    real = asof.History._things_of
    monkeypatch.setattr(asof, "_MANY", 0)
    monkeypatch.setattr(
        asof.History, "_things_of", lambda self, some: looked.append(some) or real(self, some)
    )
    assert windows_of(shipped, facts) == one_by_one
    assert looked == [None]
