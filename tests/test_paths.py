"""Paths: how two entities are connected, ranked by how much a path tells."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import pytest
from click.testing import CliRunner

from diplograph import dates, open_graph, path
from diplograph.chains import held
from diplograph.errors import UnknownName
from diplograph.information import limit, reasons
from diplograph.kinds import find_kind
from diplograph.model import Evidence, Fact, Include, When
from diplograph.steps import read_steps
from diplograph_cli.app import cli

STATED = 'dg:grade grade:stated ; dg:at "0-10" ; dg:statement'


def stated(
    name: str, kind: str, body: str, statement: str = "It is so.", grade: str = "stated"
) -> str:
    return (
        f'ex:{name} a dg:{kind} ; {body} ; dg:grade grade:{grade} ; dg:at "0-10" ; '
        f'dg:statement "{statement}"@en .\n'
    )


def country(name: str) -> str:
    return f'ex:{name} a dg:Country ; skos:prefLabel "{name.title()}"@en .\n'


def agreement(name: str, kind: str, *parties: str, year: int = 2000, grade: str = "stated") -> str:
    label = name.replace("-", " ").capitalize()
    agents = " , ".join(f"ex:{p}" for p in parties)
    return (
        f'ex:{name} a dg:Agreement ; dg:kind kind:{kind} ; skos:prefLabel "{label}"@en .\n'
        + stated(f"{name}-parties", "Participation",
                 f'dg:of ex:{name} ; dg:agent {agents} ; dg:role role:party ; dg:when "{year}"',
                 f"{label} binds its parties.", grade)
        + stated(f"{name}-signed", "StageFact",
                 f'dg:of ex:{name} ; dg:stage stage:signed ; dg:when "{year}"',
                 f"{label} was signed.", grade)
    )  # fmt: skip


SOURCE = """
ex:source a dg:Source ; dct:identifier "made-up" ; dct:title "Made up"@en ;
    dct:issued "2010"^^xsd:gYear ; dg:fileName "made-up.txt" .
"""
NAMES = ("alba", "borea", "cana", "dora", "elba")
OTHERS = tuple(f"far{n}" for n in range(40))
HUB = (
    SOURCE
    + "".join(map(country, (*NAMES, *OTHERS)))
    + 'ex:world a dg:Organization ; dg:kind okind:international ; skos:prefLabel "World"@en .\n'
    + "".join(
        stated(f"m-{n}", "Membership",
               f'dg:agent ex:{n} ; dg:within ex:world ; dg:role role:member ; dg:when "1990/.."')
        for n in (*NAMES, *OTHERS)
    )
    + agreement("river-treaty", "treaty", "alba", "cana", year=2001)
    + agreement("mountain-pact", "treaty", "cana", "borea", year=2003)
    + agreement("whispered-pact", "treaty", "alba", "borea", grade="rumoured")
)  # fmt: skip


@pytest.fixture
def hub(write_graph):
    """Forty-five members of one organization, of whom two have treaties with a third."""
    return open_graph(write_graph(HUB))


def chains(answer) -> list[list[str]]:
    return [[e.label for e in found.entities[1:-1]] for found in answer.paths]


def test_a_longer_path_that_tells_more_comes_before_a_hub(hub) -> None:
    """Two treaties with a third state tell more than membership of what all belong to."""
    answer = path("Alba", "Borea", graph=hub, weak=True)
    assert chains(answer)[:2] == [["River treaty", "Cana", "Mountain pact"], ["World"]]
    assert [p.weak for p in answer.paths[:2]] == [False, True]


def test_two_that_share_only_what_all_share_are_unconnected(hub) -> None:
    """The only path leads through the hub: no meaningful connection, and the answer says why."""
    answer = path("Dora", "Elba", graph=hub)
    assert answer.paths == ()
    assert answer.absence.reason.value == "no-record"
    for part in ("No meaningful connection", "Dora — World — Elba", "tied to 45 of", "limit of"):
        assert part in answer.absence.detail
    assert answer.absence.evidence[0].source == "made-up"
    weak = path("Dora", "Elba", graph=hub, weak=True).paths
    assert [p.weak for p in weak[:1]] == [True]
    assert weak[0].cost > answer.limit


def test_what_is_not_concluded_is_no_step_unless_asked(hub) -> None:
    """The rumoured pact ties the two only with --include any, and is mentioned where needed."""
    answer = path("Alba", "Borea", graph=hub, weak=True)
    assert all("Whispered pact" not in chain for chain in chains(answer))
    found = path("Alba", "Borea", graph=hub, include="any")
    (rumour,) = [p for p in found.paths if "Whispered pact" in [e.label for e in p.entities]]
    assert {step.grade for step in rumour.steps} == {"rumoured"}
    without = path("Alba", "Borea", graph=hub, avoid=["Cana", "World"])
    assert without.paths == ()
    assert any("--include any" in note for note in without.notes)


def test_a_rumour_costs_more_than_what_is_stated(write_graph) -> None:
    """Of two paths that are equal but for the grade the stated one comes first."""
    graph = open_graph(write_graph(
        SOURCE + "".join(map(country, NAMES))
        + agreement("a-whisper", "treaty", "alba", "borea", grade="rumoured")
        + agreement("z-word", "treaty", "alba", "borea")
    ))  # fmt: skip
    answer = path("Alba", "Borea", graph=graph, include="any")
    assert chains(answer) == [["Z word"], ["A whisper"]]
    told = [reason.about for step in answer.paths[1].steps for reason in step.why]
    assert told.count("only rumoured") == 2


def test_more_facts_for_a_step_make_it_cheaper(write_graph) -> None:
    """What two facts tell costs less than what one tells."""
    graph = open_graph(write_graph(
        SOURCE + "".join(map(country, NAMES))
        + agreement("a-pact", "treaty", "alba", "borea")
        + agreement("z-pact", "treaty", "alba", "borea")
        + stated("more", "Participation", "dg:of ex:z-pact ; dg:agent ex:alba ; dg:role role:party")
    ))  # fmt: skip
    assert chains(path("Alba", "Borea", graph=graph)) == [["Z pact"], ["A pact"]]


def test_sharing_a_class_a_source_or_a_passage_is_no_step(write_graph) -> None:
    """Two treaties of one kind, told of in one passage of one source, are not connected by that."""
    graph = open_graph(write_graph(
        SOURCE + "".join(map(country, NAMES))
        + agreement("one", "treaty", "alba", "borea") + agreement("two", "treaty", "cana", "dora")
    ))  # fmt: skip
    answer = path("One", "Two", graph=graph, weak=True)
    assert answer.paths == ()
    assert answer.absence is not None
    assert "meaningful" not in answer.absence.detail
    assert answer.notes == ()


def test_near_duplicates_are_folded(write_graph) -> None:
    """A detour that keeps most of a better path's entities is not told as a path of its own."""
    graph = open_graph(write_graph(
        SOURCE + "".join(map(country, NAMES))
        + agreement("one", "treaty", "alba", "cana") + agreement("two", "treaty", "cana", "borea")
        + agreement("side", "treaty", "cana", "borea", "elba")
        + stated("visit", "Occurrence", "dg:of ex:two ; dg:about ex:side")
    ))  # fmt: skip
    answer = path("Alba", "Borea", graph=graph, most=5, weak=True)
    assert chains(answer)[:2] == [["One", "Cana", "Two"], ["One", "Cana", "Side"]]
    assert ["One", "Cana", "Side", "Two"] not in chains(answer)
    assert sum(p.alike for p in answer.paths) > 0
    for one, two in itertools.combinations(answer.paths, 2):
        inner = [{e.id for e in p.entities[1:-1]} for p in (one, two)]
        assert 2 * len(inner[0] & inner[1]) <= len(inner[0] | inner[1])


def test_through_and_avoid_take_kinds_and_names(hub) -> None:
    """Kinds in the plural, names, and classes of facts; each --through must be passed."""
    assert chains(path("Alba", "Borea", graph=hub, through=["organizations"], weak=True))[0] == [
        "World"
    ]
    assert chains(path("Alba", "Borea", graph=hub, through=["Cana", "treaties"])) == [
        ["River treaty", "Cana", "Mountain pact"]
    ]
    assert path("Alba", "Borea", graph=hub, avoid=["memberships", "Cana"]).paths == ()
    found = path("Alba", "Borea", graph=hub, through=["memberships"], weak=True)
    assert all("Membership" in {s.kind for s in p.steps} for p in found.paths)
    assert found.paths
    with pytest.raises(UnknownName, match="“trombones” is no kind of thing"):
        path("Alba", "Borea", graph=hub, avoid=["trombones"])


def test_a_path_is_as_of_a_date(hub) -> None:
    """Before the second treaty was signed the two are connected by nothing that means anything."""
    assert path("Alba", "Borea", graph=hub, as_of="2002").paths == ()
    assert chains(path("Alba", "Borea", graph=hub, as_of="2004"))[0][0] == "River treaty"


def test_what_was_signed_holds_on(hub) -> None:
    """Treaties of 2001 and 2003 have held together since 2003."""
    (found,) = path("Alba", "Borea", graph=hub, together=True, most=1).paths
    assert found.together in ("definitely", "possibly")
    assert found.common_period.earliest == "2003-01-01"
    assert found.common_period.latest is None


def fact(when: str | None, kind: str = "Occurrence", stage: str | None = None) -> Fact:
    told = When(when, None, None) if when else None
    return Fact(f"f-{when}-{kind}", kind, "It is so.", told, stage, "stated", "definitely", (), {},
                (Evidence("made-up", 0, 10, ""),), ())  # fmt: skip


@pytest.mark.parametrize(
    ("whens", "together", "period"),
    [
        (("2000/2004", "2002/2008"), "definitely", "2002-01-01/2004-12-31"),
        (("2000", "2000-07"), "possibly", "2000-07-01/2000-07-31"),
        (("1996", "2000-07-18"), "no", None),
        (("2000-07-18", None), "possibly", "2000-07-18"),
        ((None, None), None, None),
    ],
)
def test_whether_facts_held_together(whens, together, period) -> None:
    """Three answers, and none where nothing is dated; an undated fact leaves it possible."""
    found = held([fact(when) for when in whens], frozenset())
    assert found.together == together
    assert (found.period.edtf if found.period else None) == period
    assert found.undated == whens.count(None)


def test_only_what_was_concluded_holds_on() -> None:
    """A signature of 1996 and a summit of 2000 go together, a proposal of 1996 does not."""
    summit = fact("2000-07-18")
    concluding = frozenset({"signed", "ended"})
    signed = held([fact("1996", "StageFact", "signed"), summit], concluding)
    assert (signed.together, signed.period.edtf) == ("definitely", "2000-07-18")
    assert held([fact("1996", "StageFact", "proposed"), summit], concluding).together == "no"
    assert held([fact("1996", "StageFact", "ended"), summit], concluding).together == "no"


def test_together_keeps_only_what_held_at_one_time(write_graph) -> None:
    """An office of the past does not go with a meeting of later."""
    graph = open_graph(write_graph(
        SOURCE + "".join(map(country, NAMES))
        + 'ex:bob a dg:Person ; skos:prefLabel "Bob"@en .\n'
        'ex:fair a dg:Event ; dg:kind ekind:meeting ; skos:prefLabel "Fair"@en .\n'
        'ex:ball a dg:Event ; dg:kind ekind:meeting ; skos:prefLabel "Ball"@en .\n'
        + stated("b1", "Participation", 'dg:of ex:fair ; dg:agent ex:bob ; dg:when "1996"')
        + stated("b2", "Participation", 'dg:of ex:fair ; dg:agent ex:alba ; dg:when "2001"')
        + stated("b3", "Participation", 'dg:of ex:ball ; dg:agent ex:bob , ex:cana ; dg:when "1999"')
        + stated("b4", "Participation", 'dg:of ex:ball ; dg:agent ex:alba ; dg:when "1999"')
        + agreement("cana-alba", "treaty", "cana", "alba", year=1998)
    ))  # fmt: skip
    assert [c for c in chains(path("Bob", "Alba", graph=graph)) if len(c) == 1] == [
        ["Fair"], ["Ball"],
    ]  # fmt: skip
    told = path("Bob", "Alba", graph=graph, together=True)
    assert ["Fair"] not in chains(told)
    assert {p.together for p in told.paths} <= {"definitely", "possibly"}
    assert ["Ball"] in chains(told)


def test_the_reasons_add_up_to_the_cost(shipped) -> None:
    """Item by item what the steps and the entities in between cost is what the path costs."""
    answer = path("Gazprom", "Jiang Zemin", graph=shipped, most=5, weak=True)
    assert len(answer.paths) == 5
    for found in answer.paths:
        items = [r.cost for r in found.why] + [r.cost for s in found.steps for r in s.why]
        assert sum(items) == pytest.approx(found.cost, abs=0.01)
        assert found.score == pytest.approx(1 / (1 + found.cost), abs=1e-3)
    assert answer.limit == pytest.approx(limit(read_steps(shipped).entities), abs=1e-3)


def test_no_path_is_cheaper_than_the_first(shipped) -> None:
    """On random pairs of the shipped graph the best cost is that of networkx's Dijkstra."""
    steps = read_steps(shipped)
    net = nx.Graph()
    for node in range(steps.index.nodes):
        for slot in steps.index.row(node):
            one, cost = int(slot["neighbour"]), float(slot["cost"])
            if not net.has_edge(node, one) or net.edges[node, one]["cost"] > cost:
                net.add_edge(node, one, cost=cost)
    chance = random.Random(11)
    for _ in range(25):
        x, y = chance.sample(sorted(net), 2)
        ends = (steps.hub[x] + steps.hub[y]) / 2
        answer = path(steps.nodes[x], steps.nodes[y], graph=shipped, most=1, weak=True,
                      include=Include.ANY, max_length=12)  # fmt: skip
        best = nx.dijkstra_path_length(net, x, y, weight="cost") if nx.has_path(net, x, y) else None
        if best is None:
            assert answer.paths == ()
        else:
            assert answer.paths[0].cost == pytest.approx(best - ends, abs=1e-3)


def test_every_step_names_both_of_its_entities(shipped) -> None:
    """The fact of a step is about both ends: it concerns each by a property of its own."""
    answer = path("Chretien", "Schroeder", graph=shipped, most=3)
    for found in answer.paths:
        for step in found.steps:
            for end in (step.from_, step.to):
                assert shipped.ask(
                    f"ASK {{ {{ <{step.fact}> ?p <{end.id}> }} UNION "
                    f"{{ <{step.fact}> dg:post ?post . ?post dg:postIn <{end.id}> }} }}"
                ), step.statement


def test_kinds_by_the_words_that_people_use(shipped) -> None:
    """Singular, plural, one word of a class's label; narrower kinds belong to the broader."""
    weapons = find_kind(shipped, "weapons")
    assert weapons is not None
    assert weapons.label == "weapon system"
    fighters, aircraft = find_kind(shipped, "Fighters"), find_kind(shipped, "aircraft")
    assert fighters.entities < aircraft.entities < weapons.entities
    assert find_kind(shipped, "stances").facts == {"Stance"}
    assert find_kind(shipped, "trombones") is None


def test_an_attested_step_costs_less_and_a_rumour_more() -> None:
    """The items of a step's cost, by hand."""
    assert dict(reasons("StageFact", "agent", "stated", 1)) == {"a step": 0.5}
    assert sum(c for _, c in reasons("StageFact", "agent", "rumoured", 4)) == pytest.approx(0.9)


def test_the_command_tells_each_fact_once_and_says_why(shipped) -> None:
    """The same fact for two steps is told once; --why shows the items and the limit."""
    shown = CliRunner().invoke(cli, ["path", "Chretien", "Schroeder", "-k", "1", "--why"]).stdout
    assert shown.count("took part in the Okinawa summit") == 1
    assert "through G-8 summit in Okinawa, July 2000, tied to" in shown
    assert "bits is weak" in shown
    refused = CliRunner().invoke(cli, ["path", "China", "Gazprom", "--through", "trombones"])
    assert refused.exit_code == 2
    assert "“trombones” is no kind of thing" in refused.stderr


def test_the_window_of_a_fact_is_when_it_counts(shipped) -> None:
    """As of many dates the windows by which networks are filtered agree with each fact's own."""
    from diplograph.asof import History, Moment

    history = History(shipped)
    rows = shipped.select(
        "SELECT ?f ?c ?when ?latest ?of ?g WHERE { GRAPH ?g { ?f dg:grade ?grade ; a ?c "
        "OPTIONAL { ?f dg:when ?when } OPTIONAL { ?f dg:latest ?latest } OPTIONAL { ?f dg:of ?of } } "
        "?c rdfs:subClassOf dg:Fact } ORDER BY ?f"
    )[::5]
    assert len(rows) > 100
    for day in ("1969", "1990-05", "2000-07-06", "2001~", "2007-06", "../2000"):
        moment = Moment(shipped, dates.parse(day))
        first, last = dates.days(dates.parse(day))
        for row in rows:
            kind = row["c"].rpartition("#")[2]
            told = (kind, row.get("when"), row.get("latest"), row["g"], (), row.get("of"))
            window = history.window(*told)
            counts = window.first <= last and window.last >= first
            assert counts == (moment.certainty(*told) != "no"), (day, row)
