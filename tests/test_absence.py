"""Why nothing is found: denied, no record, outside coverage, unknown name; on every surface."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from diplograph import conflicts, dates, describe, links, open_graph, path, timeline
from diplograph.absence import absence_between, absence_of, denials_between
from diplograph.answers import unknown_name
from diplograph.copies import Copies
from diplograph.errors import AmbiguousName, UnknownName
from diplograph.facts import entities_of
from diplograph.model import Absence, Entity
from diplograph.namespaces import expand
from diplograph.store import Graph

from .conftest import PREFIXES

DENIED, NONE, OUTSIDE = "denied", "no-record", "outside-coverage"


def _entities(graph: Graph, names: str | Sequence[str]) -> list[Entity]:
    iris = [expand(name) for name in (names.split() if isinstance(names, str) else names)]
    found = entities_of(graph, iris)
    known = {row["e"] for row in graph.select("SELECT ?e WHERE { ?e a dg:Entity }")}
    assert known.issuperset(iris), "a case asks for something that the graph does not have"
    return [found[iri] for iri in iris]


def _absence(graph: Graph, names: str, what: str, when: str | None = None, **more) -> Absence:
    period = dates.parse(when) if when else None
    return absence_of(graph, _entities(graph, names), what, period, **more)


def _is_plain(absence: Absence) -> None:
    """One clean sentence, or two where something did not exist yet, with no date in EDTF."""
    detail = absence.detail
    assert detail[0].isupper()
    assert detail.endswith(".")
    assert "  " not in detail
    assert ".." not in detail
    assert not re.search(r"\d{4}-\d{2}|\d[~?%X]|No (the|an?|any) ", detail), detail


# --- every denial of the shipped graph -----------------------------------------------------------

CR = "cty:china cty:russia"
DENIALS = [
    # denial, entities, what, a time in it, one that is not, and the reason for that one
    ("dm:all-out-war-averted", "cty:china cty:soviet-union evt:all-out-sino-soviet-war", "full war", "1965", "1975", NONE),
    ("dm:china-absent-from-csto", "cty:china ogn:csto", "membership of China in the CSTO", "2007", "2000", NONE),
    ("dm:daqing-implementation-elusive", f"{CR} prj:daqing-pipeline", "construction of the pipeline", "2007", "2003", NONE),
    ("dm:islets-unsettled-until-2004", f"{CR} plc:heixiazi-island", "agreement on Heixiazi", "2000", "2004-10-14", NONE),
    ("dm:most-advanced-arms-not-sold", f"{CR} issue:most-advanced-arms", "sale of the most advanced arms", "2007", "1999", NONE),
    ("dm:no-equal-pact-before-nerchinsk", "cty:qing-china issue:sovereign-equality", "pact between equals", "1650", "1690", NONE),
    ("dm:no-final-border-arrangement-until-2004", f"{CR} issue:border", "final arrangement on the border", "2002", "2005", NONE),
    ("dm:no-joint-agenda-admitted", f"{CR} issue:us-power", "common plan", "2005", "2008", OUTSIDE),
    ("dm:no-joint-exercise-before-2005", CR, "joint military exercise", "2003", "2006", NONE),
    ("dm:no-joint-veto-between-1972-and-2007", CR, "joint veto", "1980", "1971", NONE),
    ("dm:no-military-obligations", CR, "military obligation", "2007", "2002", NONE),
    ("dm:no-peace-treaty", "cty:russia cty:japan", "peace treaty", "1990", "1930", OUTSIDE),
    ("dm:no-security-guarantees", f"{CR} agr:friendship-treaty-2001", "security guarantee", "2003", "2000", NONE),
    ("dm:no-sino-soviet-summit-for-30-years", "cty:china cty:soviet-union", "summit of the two", "1975", "1990", NONE),
    ("dm:no-such-treaty-between-1950-and-2001", f"{CR} issue:bilateral-relations", "treaty of friendship", "1980", "2002", NONE),
    ("yb:border-not-on-the-agenda", f"{CR} issue:border evt:beijing-summit-2000", "talk of the border", "2000-07-18", "2000-08", NONE),
    ("yb:documents-silent-on-chechnya", f"{CR} issue:chechnya", "word on Chechnya", "2000", "1999", NONE),
    ("yb:islands-not-demarcated", f"{CR} plc:tarabarov-island", "demarcation of Tarabarov", "2000-07-22", "2001", OUTSIDE),
    ("yb:oil-pipeline-not-agreed", f"{CR} prj:russia-china-oil-pipeline", "agreement on the oil pipeline", "2000-07-18", "2001", OUTSIDE),
    ("yb:putin-jiang-no-meeting-before", "per:vladimir-putin per:jiang-zemin", "meeting of Putin and Jiang", "2000-07-01", "2000-08", NONE),
    ("yb:top-leaders-no-contact", CR, "contact between the top leaders", "2000-03", "2000-08", NONE),
]  # fmt: skip


def test_the_table_has_every_denial_of_the_graph(shipped) -> None:
    """A denial that is added to the data needs its row."""
    rows = shipped.select("SELECT ?d WHERE { ?d a dg:Denial }")
    assert {row["d"] for row in rows} == {expand(denial) for denial, *_ in DENIALS}


@pytest.mark.parametrize(
    ("denial", "names", "what", "inside", "outside", "otherwise"),
    DENIALS,
    ids=lambda v: str(v)[:30],
)
def test_every_denial_is_found_in_its_time_only(
    shipped, denial: str, names: str, what: str, inside: str, outside: str, otherwise: str
) -> None:
    """In its time it is the reason, with its own sentence and passages; at another time it is not."""
    iri = expand(denial)
    [row] = shipped.select(f"SELECT ?s WHERE {{ <{iri}> dg:statement ?s }}")
    for found in (
        _absence(shipped, names, what, inside),
        _absence(shipped, " ".join(reversed(names.split())), what, inside),
        _absence(shipped, "per:yu-bin", "something else", inside, facts=[iri]),
        _absence(shipped, "", "something else", facts=[iri]),
    ):
        assert found.reason.value == DENIED
        assert found.detail == row["s"]
        assert found.evidence
    for found in (
        _absence(shipped, names, what, outside),
        _absence(shipped, names, what, outside, facts=[iri]),
    ):
        assert found.reason.value == otherwise
        assert found.evidence == ()
        assert what in found.detail
        _is_plain(found)


def test_the_passages_of_a_denial_are_shown_from_the_copies(shipped, sources: Path) -> None:
    """With the reader's copies the passage of a denial has its text."""
    found = _absence(shipped, f"{CR}", "joint veto", "1980", copies=Copies.find(shipped, sources))
    assert found.evidence[0].text


@pytest.mark.parametrize(
    ("names", "what", "when"),
    [
        # one narrower matter is not asked for
        (CR, "treaty of friendship", "1985"),
        (CR, "agreement", "2002"),
        (f"{CR} agr:russian-chinese-demarcation", "demarcation", "2000-07-22"),
        (f"{CR} agr:beijing-declaration-2000", "word in the declaration", "2000"),
        (f"{CR} evt:beijing-summit-2000", "agenda of the summit", "2000-07-18"),
        ("cty:qing-china", "treaty of Qing China", "1689~"),
        # one of two agents is asked for: a denial is of them together
        ("cty:china", "military exercise of China", "2003"),
        ("per:vladimir-putin", "meeting of Putin", "2000-07-01"),
        ("issue:border", "arrangement on the border", "2000"),
        ("ogn:csto", "membership in the CSTO", "2007"),
        # something more is asked for than the denial names
        (f"{CR} wpn:su-30", "joint military exercise with Su-30s", "2003"),
        ("cty:china cty:soviet-union per:mao-tse-tung", "summit with Mao", "1975"),
        # another kind of thing is asked for
        (CR, "visit", "1999"),
        (CR, "crude oil imports", "1999"),
        (CR, "meeting of finance ministers", "2000-03"),
        ("cty:china cty:soviet-union", "trade", "1975"),
        ("cty:china cty:soviet-union", "meeting of experts", "1975"),
        ("per:vladimir-putin per:jiang-zemin", "letter from Putin to Jiang", "2000-07-01"),
    ],
)
def test_no_other_denial_is_a_reason(shipped, names: str, what: str, when: str) -> None:
    """A denial of something narrower, of others, or of another kind of thing does not explain."""
    found = _absence(shipped, names, what, when)
    assert found.reason.value == NONE
    assert "mitchell-2007" in found.detail or "yubin-2000" in found.detail
    _is_plain(found)


@pytest.mark.parametrize(
    ("names", "what", "when", "word"),
    [
        # of a thing the agents need not be named
        ("prj:daqing-pipeline", "construction", "2007", "pipeline to Daqing"),
        ("evt:all-out-sino-soviet-war", "war", "1965", "full war"),
        ("agr:complementary-agreement-2004", "signature", "2000", "final arrangement"),
        ("agr:friendship-treaty-2001", "security guarantee", "2005", "guarantees of security"),
        ("agr:russian-chinese-demarcation plc:ussuriiski-island", "share", None, "Ussuriiski"),
        # a part of the kind denied, and the kind by another of its names
        (CR, "military manoeuvre", "2000", "military exercise"),
        (CR, "exercise", "../2000", "military exercise"),
        (CR, "meeting", "2000-05", "without contact"),
        (
            "per:vladimir-putin per:jiang-zemin",
            "summit of Putin and Jiang",
            "2000-06",
            "had not met",
        ),
        ("cty:russia cty:japan", "agreement between Russia and Japan", None, "no peace treaty"),
        ("cty:russia cty:japan", "treaty in March 1999", "1999-03", "no peace treaty"),
        # what the uncertain ends of its time can still mean
        ("cty:russia cty:japan", "peace treaty", "1946", "no peace treaty"),
        ("cty:china cty:soviet-union", "summit", "1959", "no summit"),
        ("cty:china ogn:csto", "membership", "2008~", "does not belong"),
        (CR, "joint exercise", "2005-09~", "military exercise"),
        (CR, "veto", "1960/..", "no veto"),
    ],
)
def test_other_ways_to_ask_for_what_is_denied(
    shipped, names: str, what: str, when: str | None, word: str
) -> None:
    """A denial answers whoever asks for the thing itself, a narrower kind, or with other words."""
    found = _absence(shipped, names, what, when)
    assert found.reason.value == DENIED
    assert word in found.detail


def test_what_is_given_as_denial_must_be_one(shipped) -> None:
    """Other facts, and what is not in the graph, are passed over; of several the first that holds."""
    other = [expand("dm:friendship-treaty-signed"), "https://example.org/nothing"]
    assert _absence(shipped, CR, "visit", "1999", facts=other).reason.value == NONE
    veto, peace = expand("dm:no-joint-veto-between-1972-and-2007"), expand("dm:no-peace-treaty")
    assert "peace treaty" in _absence(shipped, CR, "visit", facts=[peace, veto]).detail
    assert "no veto" in _absence(shipped, CR, "visit", facts=iter([veto, peace])).detail
    islands = expand("yb:islands-not-demarcated")
    found = _absence(shipped, CR, "visit", "1985", facts=[islands, veto])
    assert "no veto" in found.detail


# --- coverage: the shipped graph -----------------------------------------------------------------

COVERAGE = [
    # pairs of states
    (CR, "visit", "1985", NONE, "for 1985, although mitchell-2007 covers it"),
    (CR, "visit", "2000-08-01", NONE, "mitchell-2007 and yubin-2000 cover it"),
    (CR, "visit", None, NONE, "mitchell-2007 and yubin-2000 cover it"),
    (CR, "visit", "1600", OUTSIDE, "for 1600, and no source sets out to cover that time"),
    (CR, "visit", "2008", OUTSIDE, "from 1689 to 2007"),
    (CR, "visit", "../1650", OUTSIDE, "for the time until 1650, and no source"),
    (CR, "visit", "2010/..", OUTSIDE, "for the time since 2010, and no source"),
    (CR, "visit", "../1700", NONE, "mitchell-2007 covers part of that time"),
    (CR, "visit", "1990/..", NONE, "since 1990, although mitchell-2007 and yubin-2000 cover part of that time"),
    (CR, "visit", "2006/2012", NONE, "covers part of that time"),
    (CR, "visit", "2001/2006", NONE, "for 2001–2006, although mitchell-2007 covers it"),
    (CR, "visit", "2008~", NONE, "for about 2008, although mitchell-2007 covers it"),
    (CR, "visit", "2010?", OUTSIDE, "for (perhaps) 2010"),
    (CR, "visit", "169X", NONE, "for the 1690s"),
    (CR, "visit", "15XX", OUTSIDE, "for the 16th century"),
    (CR, "visit", "2000-22", NONE, "for summer 2000, although mitchell-2007 covers it"),
    (CR, "visit", "2000-07-17/2000-07-19", NONE, "for 17–19 July 2000"),
    ("cty:qing-china cty:tsarist-russia", "treaty", "1850", NONE, "although mitchell-2007 covers it"),
    ("cty:qing-china cty:tsarist-russia", "treaty", "1650", OUTSIDE, "that time"),
    ("cty:china cty:japan", "treaty", "1995", OUTSIDE, "relations between China and Japan:"),
    ("cty:japan cty:china", "treaty", None, OUTSIDE, "relations between Japan and China:"),
    ("cty:japan cty:vietnam", "treaty", "1995", OUTSIDE, "relations between Japan and Vietnam:"),
    ("cty:russia cty:japan", "visit", "1995", OUTSIDE, "relations between Russia and Japan:"),
    (f"{CR} cty:india", "pact of three", "2002", OUTSIDE, "no source sets out to cover India:"),
    # one state
    ("cty:turkmenistan", "visit to Turkmenistan", None, OUTSIDE, "cover Turkmenistan: mitchell-2007"),
    ("cty:japan", "visit to Japan", "1600", OUTSIDE, "cover Japan:"),
    ("cty:china", "visit to China", "1600", OUTSIDE, "China exists only since 1949"),
    ("cty:russia", "visit to Russia", "1950", NONE, "Russia exists only since 25 December 1991"),
    ("cty:russia", "visit to Russia", "1992", NONE, "covers it."),
    ("cty:soviet-union", "visit", "1950", NONE, "mitchell-2007 covers it"),
    # organizations
    ("cty:turkmenistan ogn:sco", "membership of Turkmenistan in the SCO", None, NONE, "mitchell-2007 covers it"),
    ("cty:japan ogn:sco", "membership of Japan in the SCO", "2005", NONE, "in the SCO is on record for 2005"),
    ("ogn:sco", "meeting", "2000", NONE, "Shanghai Cooperation Organization exists only since June 2001"),
    ("ogn:gazprom ogn:cnpc", "contract", "1990", NONE, "mitchell-2007 covers it"),
    ("ogn:gazprom ogn:cnpc", "contract", "2009", OUTSIDE, "that time"),
    ("ogn:gazprom cty:japan", "contract", "2005", OUTSIDE, "cover Japan:"),
    ("ogn:shanghai-five cty:china", "membership", "1999", NONE, "mitchell-2007 covers it"),
    # persons, weapons, agreements, events, projects, places, issues, transfers
    ("per:vladimir-putin", "visit", "2000-08", NONE, "for August 2000"),
    ("per:vladimir-putin", "visit", "2012", OUTSIDE, "for 2012, and no source"),
    ("per:vladimir-putin per:mao-tse-tung", "meeting", None, NONE, "mitchell-2007 covers it"),
    ("per:richard-nixon cty:china", "visit", "1968", NONE, "mitchell-2007 covers it"),
    ("per:richard-nixon cty:japan", "visit", "1968", OUTSIDE, "cover Japan:"),
    ("wpn:su-30", "order of Su-30 in 2003", "2003", NONE, "in 2003 is on record, although"),
    ("wpn:su-30 cty:china", "order of Su-30", "2003/2004", NONE, "for 2003–2004"),
    ("wpn:su-30 cty:vietnam", "order of Su-30", "2003", OUTSIDE, "cover Vietnam:"),
    ("wpn:kilo-class", "delivery", "2009/..", OUTSIDE, "since 2009"),
    ("agr:friendship-treaty-2001", "ratification", None, NONE, "mitchell-2007 and yubin-2000 cover it"),
    ("agr:friendship-treaty-2001", "end", "2021", OUTSIDE, "for 2021"),
    ("agr:beijing-declaration-2000", "ratification", "2000-09", NONE, "for September 2000"),
    ("evt:beijing-summit-2000 per:li-peng", "attendance", "2000-07", NONE, "for July 2000"),
    ("prj:daqing-pipeline", "first oil", "2006", NONE, "mitchell-2007 covers it"),
    ("plc:heixiazi-island", "battle", "1995", NONE, "mitchell-2007 covers it"),
    ("issue:border", "stance", "1995", NONE, "mitchell-2007 covers it"),
    ("issue:border cty:japan", "stance", "1995", OUTSIDE, "cover Japan:"),
    ("issue:sanctions", "stance", "2015", OUTSIDE, "that time"),
    ("issue:missile-defence", "stance", "2000-09", NONE, "mitchell-2007 and yubin-2000"),
    ("trf:su-30-1999", "delivery", "2002", OUTSIDE, "contract of August 1999 at that time:"),
    ("trf:su-30-1999", "delivery", "2000-09", NONE, "although yubin-2000 covers it"),
    ("pst:president-of-russia", "holder", "1995", NONE, "mitchell-2007 covers it"),
    # nothing in particular
    ("", "war", "1900", NONE, "although mitchell-2007 covers that time"),
    ("", "war", "1500", OUTSIDE, "No war is on record for 1500, and no source"),
    ("", "war", None, NONE, "mitchell-2007 and yubin-2000 cover"),
    ("", "the war", "2000-08", NONE, "No war is on record for August 2000"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "what", "when", "reason", "word"), COVERAGE)
def test_coverage(shipped, names: str, what: str, when: str | None, reason: str, word: str) -> None:
    """No record where a source covers all that is asked for, in its time; else outside."""
    found = _absence(shipped, names, what, when)
    assert (found.reason.value, found.evidence, found.suggestions) == (reason, (), ())
    assert word in found.detail
    assert found.detail.startswith("No ")
    assert ("sets out to cover" in found.detail) == (reason == OUTSIDE)
    if reason == OUTSIDE:
        assert "from 1689 to 2007" in found.detail
        assert "July to September 2000" in found.detail
    _is_plain(found)


def test_entities_named_twice_count_once(shipped) -> None:
    """The order and repetition of the entities do not change the reason."""
    [china, russia] = _entities(shipped, CR)
    twice = absence_of(shipped, (china, russia, china), "joint veto", dates.parse("1980"))
    assert twice.reason.value == DENIED
    again = absence_of(shipped, (china, china), "visit", dates.parse("1985"))
    assert again == absence_of(shipped, (china,), "visit", dates.parse("1985"))


# --- coverage: two sources of our own ------------------------------------------------------------

EARLY = """
ex:early a dg:Source ; dct:identifier "early" ; dct:title "An early source"@en ;
    dct:issued "1950"^^xsd:gYear ; dg:fileName "early.txt" ; dg:coverage ex:early-coverage .
ex:early-coverage a dg:Coverage ; rdfs:label "Alba and Borea" ; dg:when "1900/1950" ;
    dg:covers ex:alba , ex:borea , ex:trade .
ex:alba a dg:Country ; skos:prefLabel "Alba"@en .
ex:borea a dg:Country ; skos:prefLabel "Borea"@en .
ex:cana a dg:Country ; skos:prefLabel "Cana"@en .
ex:dora a dg:Country ; skos:prefLabel "Dora"@en .
ex:league a dg:Organization ; dg:kind okind:international ; skos:prefLabel "League"@en .
ex:mill a dg:Organization ; dg:kind okind:company ; skos:prefLabel "Mill"@en .
ex:lonely a dg:Organization ; dg:kind okind:company ; skos:prefLabel "Lonely Ltd"@en .
ex:anna a dg:Person ; skos:prefLabel "Anna"@en .
ex:trade a dg:Issue ; skos:prefLabel "trade"@en .
ex:grain a dg:Issue ; skos:prefLabel "grain"@en ; skos:broader ex:trade .
ex:faith a dg:Issue ; skos:prefLabel "faith"@en .
ex:leagued a dg:Membership ; dg:agent ex:alba , ex:dora ; dg:within ex:league ; dg:role role:member ;
    dg:when "1920" ; dg:grade grade:stated ; dg:statement "Alba and Dora are in the League."@en ; dg:at "0-9" .
ex:no-pact a dg:Denial ; dg:agent ex:alba , ex:borea ; dg:deniedKind kind:treaty ; dg:when "1910/1920" ;
    dg:grade grade:denied ; dg:statement "Alba and Borea made no treaty."@en ; dg:at "0-9" .
ex:no-accord a dg:Denial ; dg:agent ex:alba , ex:borea ; dg:deniedKind kind:treaty ; dg:when "1911/1912" ;
    dg:grade grade:denied ; dg:statement "Alba and Borea still had no treaty."@en ; dg:at "0-9" .
ex:no-grain a dg:Denial ; dg:agent ex:alba , ex:borea ; dg:deniedKind kind:contract ; dg:about ex:grain ;
    dg:grade grade:denied ; dg:statement "Alba sold Borea no grain."@en ; dg:at "0-9" .
ex:none a dg:Denial ; dg:agent ex:cana , ex:anna ; dg:within ex:league ; dg:deniedKind role:member ;
    dg:grade grade:denied ; dg:statement "Neither Cana nor Anna is of the League."@en ; dg:at "0-9" .
ex:apart a dg:Denial ; dg:agent ex:borea ; dg:within ex:league ; dg:deniedKind role:member ;
    dg:when "1915~" ; dg:grade grade:denied ; dg:statement "Borea is not of the League."@en ; dg:at "0-9" .
"""
LATE = """
ex:late a dg:Source ; dct:identifier "late" ; dct:title "A late source"@en ;
    dct:issued "2000"^^xsd:gYear ; dg:fileName "late.txt" ; dg:coverage ex:late-coverage .
ex:late-coverage a dg:Coverage ; rdfs:label "Borea and Cana since 1940" ; dg:when "1940/.." ;
    dg:covers ex:borea , ex:cana .
ex:of a dg:Affiliation ; dg:agent ex:mill ; dg:within ex:cana ; dg:when "1990" ;
    dg:grade grade:stated ; dg:statement "The Mill is of Cana."@en ; dg:at "0-9" .
ex:seen a dg:Claim ; dg:agent ex:anna ; dg:about ex:dora ; dg:when "1990" ;
    dg:grade grade:stated ; dg:statement "Anna spoke of Dora."@en ; dg:at "0-9" .
"""
NOTES = """
ex:notes a dg:Source ; dct:identifier "notes" ; dct:title "Notes without a coverage"@en .
ex:oats a dg:Issue ; skos:prefLabel "oats"@en ; skos:broader ex:trade .
ex:office a dg:Organization ; dg:kind okind:company ; skos:prefLabel "Office"@en .
ex:boris a dg:Person ; skos:prefLabel "Boris"@en .
ex:chair a dg:Post ; skos:prefLabel "Chair of Alba"@en ; dg:postIn ex:alba .
ex:port a dg:Place ; skos:prefLabel "Port"@en .
ex:office-of a dg:Affiliation ; dg:agent ex:office ; dg:within ex:alba ; dg:when "1930" ;
    dg:grade grade:inferred ; dg:statement "The Office is of Alba."@en .
ex:boris-in a dg:Tenure ; dg:agent ex:boris ; dg:post ex:chair ; dg:when "1930" ;
    dg:grade grade:inferred ; dg:statement "Boris held the chair."@en .
ex:port-in a dg:Containment ; dg:of ex:port ; dg:within ex:cana ;
    dg:grade grade:inferred ; dg:statement "The Port is in Cana."@en .
ex:known a dg:Affiliation ; dg:agent ex:lonely ; dg:within ex:dora ; dg:when "1990" ;
    dg:grade grade:inferred ; dg:statement "Lonely is of Dora."@en .
"""


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """A graph of two sources with different coverage and one that declares none."""
    folder = tmp_path_factory.mktemp("absence")
    for name, body in (("early", EARLY), ("late", LATE), ("notes", NOTES)):
        (folder / f"{name}.ttl").write_text(PREFIXES + body, encoding="utf-8")
    return open_graph(*(folder / f"{name}.ttl" for name in ("early", "late", "notes")))


EX = "https://example.org/"
OWN = [
    ("alba borea", "visit", "1930", NONE, "although early covers it"),
    ("alba borea", "visit", "1899", OUTSIDE, "that time: early covers Alba and Borea (1900–1950); late covers Borea and Cana since 1940."),
    ("alba borea", "visit", "1951", OUTSIDE, "that time"),
    ("alba borea", "visit", "1951~", NONE, "for about 1951, although early covers it"),
    ("alba borea", "visit", "1949/1960", NONE, "early covers part of that time"),
    ("alba borea", "visit", "1951/..", OUTSIDE, "since 1951"),
    ("borea cana", "visit", "2050", NONE, "although late covers it"),
    ("borea cana", "visit", "1930", OUTSIDE, "relations between Borea and Cana at that time:"),
    ("borea cana", "visit", "1930/..", NONE, "late covers part of that time"),
    ("borea cana", "visit", "1950/..", NONE, "late covers it"),
    ("alba cana", "visit", "1945", OUTSIDE, "relations between Alba and Cana"),
    ("alba dora", "visit", "1930", OUTSIDE, "relations between Alba and Dora"),
    ("borea", "visit", "1945", NONE, "early and late cover it"),
    ("borea", "visit", "1945/1960", NONE, "although late covers it"),
    ("dora", "visit", "1930", OUTSIDE, "cover Dora:"),
    ("dora league", "end", "1930", NONE, "early covers it"),
    ("league", "meeting", "1930", NONE, "early covers it"),
    ("league", "meeting", "1990", OUTSIDE, "cover League at that time:"),
    ("league mill", "meeting", "1945", OUTSIDE, "League and Mill together"),
    ("league borea", "meeting", "1930", NONE, "early covers it"),
    ("mill borea", "contract", "1990", NONE, "late covers it"),
    ("mill alba", "contract", "1990", OUTSIDE, "Mill and Alba together"),
    ("anna", "visit", "1990", NONE, "late covers it"),
    ("anna", "visit", "1930", NONE, "early covers it"),
    ("lonely", "contract", "1990", OUTSIDE, "cover Lonely Ltd:"),
    ("lonely dora", "contract", None, OUTSIDE, "cover Lonely Ltd or Dora:"),
    ("trade", "contract", "1930", NONE, "early covers it"),
    ("grain", "contract", "1930", NONE, "early covers it"),
    # told of by no source that covers anything, but of a state or an issue that one covers
    ("oats", "contract", "1930", NONE, "early covers it"),
    ("office", "contract", "1930", NONE, "early covers it"),
    ("boris", "visit", "1930", NONE, "early covers it"),
    ("chair", "holder", "1930", NONE, "early covers it"),
    ("port", "visit", "1930", OUTSIDE, "cover Port at that time:"),
    ("port", "visit", "1990", NONE, "late covers it"),
    ("faith", "contract", "1930", OUTSIDE, "cover faith:"),
    ("", "contract", "1890", OUTSIDE, "that time"),
    ("", "contract", "1945", NONE, "early and late cover that time"),
    # denials
    ("alba borea", "treaty", "1915", DENIED, "made no treaty"),
    ("alba borea", "treaty of peace", "1920", DENIED, "made no treaty"),
    ("alba borea", "agreement between Alba and Borea", "1919", DENIED, "made no treaty"),
    ("alba borea", "agreement between Alba and Borea", None, DENIED, "still had no treaty"),
    ("alba borea", "treaty", "1911", DENIED, "still had no treaty"),
    ("alba borea", "treaty", "1911/1915", DENIED, "made no treaty"),  # the one of the whole time
    ("alba borea", "treaty", "../1912", DENIED, "still had no treaty"),
    ("alba borea", "peace treaty", "1920", DENIED, "made no treaty"),
    ("alba borea", "treaty", "1921", NONE, "early covers it"),
    ("alba borea", "treaty", "1921~", DENIED, "made no treaty"),
    ("alba borea", "contract", "1915", NONE, "early covers it"),
    ("alba borea grain", "contract", "1930", DENIED, "no grain"),
    ("alba borea trade", "contract", "1930", NONE, "early covers it"),
    ("borea league", "membership", "1914", DENIED, "not of the League"),
    ("borea league", "membership", "1920", NONE, "early covers it"),
    ("cana league", "membership", None, DENIED, "Neither Cana"),
    ("cana anna league", "membership", None, DENIED, "Neither Cana"),
    ("league", "membership", "1930", NONE, "early covers it"),
    ("alba league", "membership", "1915", NONE, "early covers it"),
]  # fmt: skip


@pytest.mark.parametrize(("names", "what", "when", "reason", "word"), OWN)
def test_two_sources(two, names: str, what: str, when: str | None, reason: str, word: str) -> None:
    """The rules by themselves: whose coverage names what, whose facts tell of what, and when."""
    iris = " ".join(EX + name for name in names.split())
    found = _absence(two, iris, what, when)
    assert (found.reason.value, word in found.detail) == (reason, True), found.detail
    _is_plain(found)


def test_a_graph_without_coverage_covers_nothing(write_graph) -> None:
    """Where no source says what it covers, nothing is said to be a gap of one."""
    bare = write_graph(
        'ex:a a dg:Country ; skos:prefLabel "Alba"@en . ex:b a dg:Country ; skos:prefLabel "Borea"@en .'
    )
    absence = links("Alba", "Borea", graph=open_graph(bare)).absence
    assert absence is not None
    assert absence.reason.value == OUTSIDE
    assert absence.detail.endswith("is on record, and no source says what it covers.")


def test_many_sources_are_not_all_listed(tmp_path: Path) -> None:
    """Of more than five sources the first are told, and how many more there are."""
    for n in range(8):
        (tmp_path / f"{n}.ttl").write_text(PREFIXES + f"""
            ex:s{n} a dg:Source ; dct:identifier "s{n}" ; dg:coverage ex:c{n} .
            ex:c{n} a dg:Coverage ; rdfs:label "matter {n}" ; dg:when "190{n}" ; dg:covers ex:c .
            ex:a a dg:Country ; skos:prefLabel "Alba"@en .""", encoding="utf-8")  # fmt: skip
    graph = open_graph(*sorted(tmp_path.glob("*.ttl")))
    found = _absence(graph, EX + "a", "visit")
    assert "s4 covers matter 4 (1904); and 3 more sources." in found.detail
    assert "s5" not in found.detail


# --- apart: chains of facts ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "when", "reason", "word"),
    [
        ("alba dora", None, NONE, "early and late tell of them"),
        ("alba dora", "1920", NONE, "early tells of them"),
        ("league mill", "1945", NONE, "early and late tell of them"),
        ("league mill", "1990", OUTSIDE, "League and Mill together at that time:"),
        ("alba mill", "1945/1955", NONE, "early and late tell of them"),
        ("lonely alba", None, OUTSIDE, "cover Lonely Ltd:"),
        ("alba borea", "1890/1901", NONE, "early covers part of that time"),
        ("borea league", "1915", NONE, "early tells of them"),
    ],
)
def test_apart(two, names: str, when: str | None, reason: str, word: str) -> None:
    """Each by itself: told of by some source at the time; a membership denied denies no chain."""
    iris = " ".join(EX + name for name in names.split())
    found = _absence(two, iris, "chain of facts", when, apart=True)
    assert (found.reason.value, word in found.detail) == (reason, True), found.detail
    _is_plain(found)


# --- the questions -------------------------------------------------------------------------------

QUESTIONS = [
    (links, ("China", "Russia"), "1985", NONE, "No agreement between China and Russia is on record for 1985"),
    (links, ("China", "Russia"), "1600", OUTSIDE, "that time"),
    (links, ("Japan", "Vietnam"), None, OUTSIDE, "relations between Japan and Vietnam"),
    (links, ("China", "France"), "1999", OUTSIDE, "relations between China and France"),
    (links, ("Tsarist Russia", "Soviet Union"), None, NONE, "mitchell-2007 covers it"),
    (links, ("Russia", "Japan"), None, DENIED, "no peace treaty"),
    (links, ("Russia", "Japan"), "1930", OUTSIDE, "relations between Russia and Japan"),
    (links, ("CSTO", "China"), None, DENIED, "does not belong"),
    (links, ("CSTO", "China"), "2000", NONE, "mitchell-2007 covers it"),
    (links, ("Putin", "Jiang Zemin"), "2000-07-01", NONE, "mitchell-2007 and yubin-2000"),
    (links, ("Gazprom", "Mao Tse-tung"), None, NONE, "mitchell-2007 covers it"),
    (timeline, ("China", "Russia"), "1985", NONE, "No fact about China and Russia is on record for 1985"),
    (timeline, ("Japan", "Turkmenistan"), None, OUTSIDE, "relations between Japan and Turkmenistan"),
    (timeline, ("Kilo class", "Putin"), None, NONE, "mitchell-2007 covers it"),
    (timeline, ("China",), "1600", OUTSIDE, "exists only since 1949"),
    (timeline, ("Gazprom",), "1700", NONE, "No fact about Gazprom is on record for 1700"),
    (timeline, ("Japan",), "1600", OUTSIDE, "cover Japan"),
    (describe, ("SCO",), "May 2001", NONE, "exists only since June 2001"),
    (describe, ("Soviet Union",), "1600", OUTSIDE, "that time"),
    (describe, ("Russia",), "the 1960s", NONE, "for the 1960s"),
    (describe, ("Su-30",), "before 1650", OUTSIDE, "for the time until 1649"),
    (describe, ("Treaty of Nerchinsk",), "1600", OUTSIDE, "that time"),
    (path, ("China", "Russia"), "1980", NONE, "No chain of up to 6 facts from China to Russia"),
    (path, ("Japan", "Turkmenistan"), "1600", OUTSIDE, "that time"),
    (path, ("Wittenberg University", "China"), None, OUTSIDE, "cover Wittenberg University"),
    (conflicts, ("Su-33",), None, NONE, "No disagreement about Su-33"),
    (conflicts, ("Wittenberg University",), None, NONE, "Wittenberg University"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "names", "as_of", "reason", "word"), QUESTIONS)
def test_questions(shipped, ask, names, as_of: str | None, reason: str, word: str) -> None:
    """Every question gives its absence by the same rules, in the record and in the JSON."""
    more = {} if ask is conflicts else {"as_of": as_of}
    answer = ask(*names, graph=shipped, **more)
    assert answer.absence is not None
    assert answer.absence.reason.value == reason
    assert word in answer.absence.detail
    record = answer.to_dict()["absence"]
    assert list(record) == ["reason", "detail", "suggestions", "evidence"]
    assert record["reason"] == reason
    if reason == DENIED:
        assert record["evidence"]
    else:
        _is_plain(answer.absence)


def test_a_chain_too_long_is_no_denial(shipped) -> None:
    """A path of one fact only, between two states that the sources tell of, is a missing record."""
    answer = path("Japan", "Turkmenistan", graph=shipped, max_length=1)
    assert answer.absence is not None
    assert answer.absence.reason.value == NONE
    assert "No chain of one fact from Japan to Turkmenistan" in answer.absence.detail
    assert "mitchell-2007 and yubin-2000 tell of them" in answer.absence.detail


def test_links_are_the_special_case(shipped) -> None:
    """What links says is what the general function says of an agreement between the two."""
    one, other = _entities(shipped, "cty:russia cty:japan")
    for when in (None, dates.parse("1930"), dates.parse("1990")):
        between = absence_between(shipped, one, other, when)
        general = absence_of(shipped, [one, other], "agreement between Russia and Japan", when)
        assert between == general
    told = denials_between(shipped, one, other, None)
    assert [d.detail for d in told] == [absence_between(shipped, one, other, None).detail]


def test_denials_beside_the_answers_are_of_agreements_and_memberships(shipped) -> None:
    """An exercise, a vote or a plan that is denied is no agreement denied; an island is."""
    china, russia, csto = _entities(shipped, f"{CR} ogn:csto")
    told = [d.detail for d in denials_between(shipped, china, russia, None)]
    assert len(told) == 8
    assert not any(word in d for d in told for word in ("exercise", "veto", "agenda", "plan for"))
    assert any("Tarabarov" in d for d in told)
    assert [d.reason.value for d in denials_between(shipped, china, csto, None)] == [DENIED]
    assert denials_between(shipped, china, csto, dates.parse("2000")) == []


# --- unknown names -------------------------------------------------------------------------------

UNKNOWN = [
    (links, ("China", "Narnia"), "links", ("Armenia",)),
    (links, ("China", "Shanghai Cooperation"), "links", ("Shanghai Cooperation Organization",)),
    (links, ("Korea", "China"), "links", ("North Korea", "South Korea")),
    (describe, ("Treaty of Nertchinsk of",), "describe", ("Treaty of Nerchinsk",)),
    (describe, ("Wakanda",), "describe", ("Canada",)),
    (timeline, ("China", "S-400"), "timeline", ("S-300PMU",)),
    (timeline, ("Shangai Five Forum",), "timeline", ("Shanghai Five",)),
    (path, ("China", "Kuril"), "path", ("Kurile Islands",)),
    (path, ("Gazprom", "Xyzzy"), "path", ()),
    (conflicts, ("Zembla",), "conflicts", ()),
    (conflicts, ("Beijing Declarations of peace",), "conflicts", ("Beijing Declaration",)),
]


@pytest.mark.parametrize(("ask", "names", "kind", "suggested"), UNKNOWN)
def test_unknown_names(shipped, ask, names, kind: str, suggested: tuple[str, ...]) -> None:
    """A misspelt or invented name is the fourth reason, with what may be meant."""
    with pytest.raises((UnknownName, AmbiguousName)) as raised:
        ask(*names, graph=shipped)
    absence = unknown_name(kind, raised.value).to_dict()["absence"]
    assert absence["reason"] == "unknown-name"
    assert any(f"“{name}”" in absence["detail"] for name in names)
    assert set(suggested) <= set(absence["suggestions"])
    assert bool(suggested) == bool(absence["suggestions"])
    assert ("mean" in absence["detail"]) == bool(suggested)
