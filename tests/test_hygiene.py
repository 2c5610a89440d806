"""The rules of hygiene: the shipped graph keeps them all, and each finds what breaks it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from diplograph import open_graph
from diplograph.hygiene import HygieneRule, hygiene_rules
from diplograph.validate import validate
from diplograph_cli.app import cli

RULES = {rule.name: rule for rule in hygiene_rules()}

START = """
ex:s a dg:Source ; dct:identifier "s" ; dct:title "S"@en ; dct:issued "2000"^^xsd:gYear .
ex:alba a dg:Country ; skos:prefLabel "Alba"@en .
ex:borea a dg:Country ; skos:prefLabel "Borea"@en .
ex:pact a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "Pact"@en .
ex:pact-p a dg:Participation ; dg:of ex:pact ; dg:agent ex:alba , ex:borea ; dg:when "1999" ; dg:grade grade:inferred ; dg:statement "Parties."@en .
ex:pact-s a dg:StageFact ; dg:of ex:pact ; dg:stage stage:signed ; dg:when "1999" ; dg:grade grade:inferred ; dg:statement "Signed."@en .
"""
SAYS = 'dg:grade grade:inferred ; dg:statement "{}"@en .'.format

BREAKS = {
    "agents-on-both-sides": ("x", "ex:x a dg:Succession ; dg:predecessor ex:alba ; dg:successor ex:alba ; " + SAYS("It follows itself.")),
    "agreements-without-party": ("x", 'ex:x a dg:Agreement ; skos:prefLabel "X"@en . ex:f a dg:StageFact ; dg:of ex:x ; dg:stage stage:signed ; ' + SAYS("X was signed.")),
    "agreements-without-stage": ("x", 'ex:x a dg:Agreement ; skos:prefLabel "X"@en . ex:f a dg:Participation ; dg:of ex:x ; dg:agent ex:alba ; ' + SAYS("Alba is party to X.")),
    "aliases-that-collide": ("alba", 'ex:x a dg:Country ; skos:prefLabel "X"@en ; skos:altLabel "Alba"@en . ex:f a dg:Fact ; dg:about ex:x ; ' + SAYS("X is there.")),
    "claims-without-mode": ("x", "ex:x a dg:Claim ; dg:agent ex:alba ; dg:about ex:pact ; " + SAYS("Alba speaks.")),
    "conflicts-given-twice": ("x", 'ex:x a dg:Conflict ; dg:between ex:pact-p , ex:pact-s ; dg:aspect aspect:date ; dg:detail "A"@en . ex:y a dg:Conflict ; dg:between ex:pact-s , ex:pact-p ; dg:aspect aspect:date ; dg:detail "B"@en .'),
    "dates-out-of-order": ("x", 'ex:x a dg:StageFact ; dg:of ex:pact ; dg:stage stage:planned ; dg:when "1998" ; dg:expected "1990" ; ' + SAYS("Planned for before.")),
    "stages-out-of-order": ("x", 'ex:x a dg:ArmsTransfer ; skos:prefLabel "X"@en . ex:o a dg:StageFact ; dg:of ex:x ; dg:stage stage:ordered ; dg:when "1999" ; ' + SAYS("Ordered.") + ' ex:d a dg:StageFact ; dg:of ex:x ; dg:stage stage:delivered ; dg:when "1998" ; ' + SAYS("Delivered.")),
    "events-taken-part-in-but-not-told": ("x", 'ex:x a dg:Event ; dg:kind ekind:meeting ; skos:prefLabel "X"@en . ex:f a dg:Participation ; dg:of ex:x ; dg:agent ex:alba ; ' + SAYS("Alba came.")),
    "events-that-happened-in-two-ways": ("x", 'ex:x a dg:Event ; dg:kind ekind:meeting ; skos:prefLabel "X"@en . ex:f a dg:Occurrence ; dg:of ex:x ; dg:when "1998" ; ' + SAYS("It was in 1998.") + ' ex:g a dg:Occurrence ; dg:of ex:x ; dg:when "1999" ; ' + SAYS("It was in 1999.")),
    "facts-later-than-their-source": ("x", 'ex:x a dg:StageFact ; dg:of ex:pact ; dg:stage stage:in-force ; dg:when "2005" ; ' + SAYS("In force in 2005.")),
    "facts-without-evidence": ("x", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:grade grade:stated ; dg:statement "So it is."@en .'),
    "figures-not-as-printed": ("x", 'ex:x a dg:Observation ; dg:of ex:pact ; dg:measure measure:points ; dg:value 20 ; dg:unit unit:item ; dg:at "0-10" ; skos:note "Counted." ; ' + SAYS("Twenty points.")),
    "figures-out-of-range": ("x", "ex:x a dg:Observation ; dg:of ex:pact ; dg:measure measure:border-trade-share ; dg:value 120 ; dg:unit unit:percent ; " + SAYS("120 percent.")),
    "figures-that-differ-unmarked": ("x", "".join(f'ex:{n} a dg:Observation ; dg:measure measure:imports ; dg:area ex:alba ; dg:counterpart ex:borea ; dg:when "1999" ; dg:value {v} ; dg:unit unit:us-dollar ; dg:printed "{v}" ; dg:at "0-{v}" ; dg:grade grade:stated ; dg:statement "{v} dollars."@en . ' for n, v in (("x", 10), ("y", 20)))),
    "inferred-without-a-note": ("x", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:at "0-10" ; ' + SAYS("So it must be.")),
    "long-passages": ("0-1000", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:at "0-1000" ; dg:grade grade:stated ; dg:statement "All of it."@en .'),
    "one-sided-relations": ("pact-p", "ex:pact-p dg:contradicts ex:pact-s ."),
    "orphan-entities": ("x", 'ex:x a dg:Country ; skos:prefLabel "X"@en .'),
    "passages-without-digest": ("0-10", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:at "0-10" ; dg:grade grade:stated ; dg:statement "So it is."@en .'),
    "passages-without-place": ("0-10", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:at "0-10" ; dg:grade grade:stated ; dg:statement "So it is."@en .'),
    "slugs-of-the-wrong-source": ("other/x", '<https://w3id.org/diplograph/id/fact/other/x> a dg:Fact ; dg:about ex:alba ; ' + SAYS("So it is.")),
    "stances-without-target": ("x", "ex:x a dg:Stance ; dg:agent ex:alba ; dg:about ex:pact , ex:borea ; dg:position <https://w3id.org/diplograph/concept/position/supports> ; " + SAYS("Alba is for it.")),
    "statements-made-twice": ("x", "ex:x a dg:Fact ; dg:about ex:alba ; " + SAYS("So it is.") + " ex:y a dg:Fact ; dg:about ex:alba ; " + SAYS("So it is.")),
    "two-entities-with-one-name": ("alba", 'ex:x a dg:Place ; skos:prefLabel "ALBA"@en . ex:f a dg:Fact ; dg:about ex:x ; ' + SAYS("X is there.")),
    "two-holders-of-one-post": ("x", 'ex:king a dg:Post ; skos:prefLabel "King"@en ; dg:postIn ex:alba . ex:a a dg:Person ; skos:prefLabel "A"@en . ex:b a dg:Person ; skos:prefLabel "B"@en . ex:x a dg:Tenure ; dg:agent ex:a ; dg:post ex:king ; dg:when "1998/1999" ; ' + SAYS("A reigned.") + ' ex:y a dg:Tenure ; dg:agent ex:b ; dg:post ex:king ; dg:when "1998/1999" ; ' + SAYS("B reigned.")),
    "undefined-concepts": ("wish", 'ex:x a dg:Agreement ; dg:kind kind:wish ; skos:prefLabel "X"@en . ex:p a dg:Participation ; dg:of ex:x ; dg:agent ex:alba ; ' + SAYS("Alba is party to X.") + " ex:f a dg:StageFact ; dg:of ex:x ; dg:stage stage:signed ; " + SAYS("X was signed.")),
    "undescribed-things": ("nothing", "ex:x a dg:Fact ; dg:about ex:nothing ; " + SAYS("So it is.")),
}  # fmt: skip


TRANSFER = (
    'ex:x a dg:ArmsTransfer ; skos:prefLabel "X"@en . ex:o a dg:StageFact ; dg:of ex:x ; dg:stage stage:ordered ; dg:when "1999" ; '
    + SAYS("Ordered.")
    + ' ex:d a dg:StageFact ; dg:of ex:x ; dg:stage stage:delivered ; dg:when "1998" ; '
    + SAYS("Delivered.")
)
FIGURE = 'ex:{} a dg:Observation ; dg:measure measure:imports ; dg:area ex:alba ; {} dg:when "1999" ; dg:value {} ; dg:unit unit:us-dollar ; dg:printed "{}" ; dg:at "0-{}" ; dg:grade {} ; dg:statement "{} dollars."@en . '.format
KING = 'ex:king a dg:Post ; skos:prefLabel "King"@en ; dg:postIn ex:alba {} . ex:a a dg:Person ; skos:prefLabel "A"@en . ex:b a dg:Person ; skos:prefLabel "B"@en . '.format


def reigns(one: str, other: str) -> str:
    """Two people who hold one office in the times given."""
    return f'ex:x a dg:Tenure ; dg:agent ex:a ; dg:post ex:king ; dg:when "{one}" ; {SAYS("A reigned.")} ex:y a dg:Tenure ; dg:agent ex:b ; dg:post ex:king ; dg:when "{other}" ; {SAYS("B reigned.")} '


def conflict(one: str, other: str) -> str:
    """A conflict between two facts."""
    return f'ex:c a dg:Conflict ; dg:between ex:{one} , ex:{other} ; dg:aspect aspect:date ; dg:detail "So"@en . '


def figures(one: str = "", other: str = "", grade: str = "grade:stated") -> str:
    """Two figures of 10 and 20 dollars, each with what tells it apart."""
    return FIGURE("x", one, 10, 10, 10, grade, 10) + FIGURE(
        "y", other, 20, 20, 20, "grade:stated", 20
    )


KEEPS = {
    "a surname may be shared": ("aliases-that-collide", 'ex:a a dg:Person ; skos:prefLabel "Rudolf Rassendyll"@en ; skos:altLabel "Rassendyll"@en . ex:b a dg:Person ; skos:prefLabel "Rassendyll"@en . '),
    "a NATO name may be that of a family": ("aliases-that-collide", "".join(f'ex:{n} a dg:WeaponSystem ; skos:prefLabel "{n}"@en ; skos:altLabel "SA-10"@en ; dg:natoName "SA-10"@en . ' for n in "ab")),
    "a city may bear the name of a state": ("aliases-that-collide", 'ex:a a dg:Place ; skos:prefLabel "Alba (city)"@en ; skos:altLabel "Alba"@en . '),
    "a disagreement about the order of stages": ("stages-out-of-order", TRANSFER + conflict("o", "d")),
    "a stage that may have come later": ("stages-out-of-order", 'ex:x a dg:StageFact ; dg:of ex:pact ; dg:stage stage:proposed ; dg:when "1999" ; ' + SAYS("Proposed in the same year.")),
    "a disagreement about figures": ("figures-that-differ-unmarked", figures() + conflict("x", "y")),
    "figures of two counters": ("figures-that-differ-unmarked", figures("dg:attributedTo ex:alba ;", "dg:attributedTo ex:borea ;")),
    "figures from two sides": ("figures-that-differ-unmarked", figures("dg:counterpart ex:borea ;")),
    "figures on two things": ("figures-that-differ-unmarked", figures("dg:about ex:pact ;", "dg:about ex:borea ;")),
    "a figure that was computed": ("figures-that-differ-unmarked", figures(grade="grade:inferred")),
    "a shared office": ("two-holders-of-one-post", KING("; dg:shared true") + reigns("1998/1999", "1998/1999")),
    "one holder after the other": ("two-holders-of-one-post", KING("") + reigns("1990/1994", "1995/..")),
    "a disagreement about holders": ("two-holders-of-one-post", KING("") + reigns("1998", "1998") + conflict("x", "y")),
    "what is planned for later": ("facts-later-than-their-source", 'ex:x a dg:StageFact ; dg:of ex:pact ; dg:stage stage:planned ; dg:when "2005" ; ' + SAYS("Planned for 2005.")),
    "a negative growth": ("figures-out-of-range", "ex:x a dg:Observation ; dg:of ex:pact ; dg:measure measure:trade-growth ; dg:value -5.2 ; dg:unit unit:percent ; " + SAYS("Trade fell.")),
    "a growth of over a hundred percent": ("figures-out-of-range", "ex:x a dg:Observation ; dg:of ex:pact ; dg:measure measure:trade-growth ; dg:value 250 ; dg:unit unit:percent ; " + SAYS("Trade grew.")),
    "two dates that overlap": ("events-that-happened-in-two-ways", 'ex:x a dg:Event ; dg:kind ekind:meeting ; skos:prefLabel "X"@en . ex:f a dg:Occurrence ; dg:of ex:x ; dg:when "1998" ; ' + SAYS("In 1998.") + ' ex:g a dg:Occurrence ; dg:of ex:x ; dg:when "1998-05" ; ' + SAYS("In May 1998.")),
    "what the curators compute": ("facts-without-evidence", 'ex:x a dg:Fact ; dg:about ex:alba ; ' + SAYS("So it must be.")),
}  # fmt: skip
ALSO_BREAKS = {
    "an open tenure": ("two-holders-of-one-post", KING("") + reigns("1998/..", "1999/..")),
    "a day": ("two-holders-of-one-post", KING("") + reigns("1999-07-18", "1999-07-18")),
    "an end that runs backwards": ("stages-out-of-order", 'ex:x a dg:StageFact ; dg:of ex:pact ; dg:stage stage:ended ; dg:when "1985" ; ' + SAYS("It ended in 1985.")),
    "a project that works before it is built": ("stages-out-of-order", 'ex:x a dg:Project ; skos:prefLabel "X"@en . ex:a a dg:StageFact ; dg:of ex:x ; dg:stage stage:under-construction ; dg:when "1999" ; ' + SAYS("Being built.") + ' ex:b a dg:StageFact ; dg:of ex:x ; dg:stage stage:operating ; dg:when "1990" ; ' + SAYS("At work.")),
    "figures of an agreement": ("figures-that-differ-unmarked", "".join(f'ex:{n} a dg:Observation ; dg:of ex:pact ; dg:measure measure:points ; dg:when "1999" ; dg:value {v} ; dg:unit unit:item ; dg:printed "{v}" ; dg:at "0-{v}" ; dg:grade grade:stated ; dg:statement "{v} points."@en . ' for n, v in (("x", 10), ("y", 20)))),
    "a month expected before": ("dates-out-of-order", 'ex:x a dg:StageFact ; dg:of ex:pact ; dg:stage stage:planned ; dg:when "1998-06" ; dg:expected "1998-03" ; ' + SAYS("Planned for before.")),
    "a name with a hyphen": ("two-entities-with-one-name", 'ex:x a dg:Place ; skos:prefLabel "Foo-Bar"@en . ex:y a dg:Event ; skos:prefLabel "foo bar"@en . '),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.name)
def test_the_shipped_graph_keeps_the_rule(shipped, rule: HygieneRule) -> None:
    """The rule's query returns no row."""
    assert rule.broken_by(shipped) == {}


def test_the_small_graph_keeps_every_rule(write_graph) -> None:
    """What others tell below to be broken is so by what they add to it."""
    graph = open_graph(write_graph(START))
    assert {name: broken for name, rule in RULES.items() if (broken := rule.broken_by(graph))} == {}


@pytest.mark.parametrize("name", RULES)
def test_the_rule_finds_what_breaks_it(write_graph, name: str) -> None:
    """A small graph that keeps the rule becomes one that breaks it, at the node expected."""
    node, body = BREAKS[name]
    broken = RULES[name].broken_by(open_graph(write_graph(START + body, "broken.ttl")))
    assert any(iri.endswith(f"/{node}") for iri in broken), broken


@pytest.mark.parametrize(("name", "body"), KEEPS.values(), ids=KEEPS)
def test_what_the_rule_allows(write_graph, name: str, body: str) -> None:
    """What looks like a breach and is none is left alone."""
    assert RULES[name].broken_by(open_graph(write_graph(START + body))) == {}


@pytest.mark.parametrize(("name", "body"), ALSO_BREAKS.values(), ids=ALSO_BREAKS)
def test_what_the_rule_finds_too(write_graph, name: str, body: str) -> None:
    """Less obvious breaches are found."""
    assert RULES[name].broken_by(open_graph(write_graph(START + body)))


def test_a_month_after_the_source(write_graph) -> None:
    """A source of July cannot tell of December of the same year."""
    start = START.replace('"2000"^^xsd:gYear', '"2000-07"^^xsd:gYearMonth')
    rule = RULES["facts-later-than-their-source"]
    for day, broken in (("2000-07-24", False), ("2000-12-24", True)):
        fact = f'ex:x a dg:Fact ; dg:about ex:alba ; dg:when "{day}" ; ' + SAYS("It snowed.")
        assert bool(rule.broken_by(open_graph(write_graph(start + fact)))) is broken


@pytest.mark.thorough
def test_nodes_without_a_name_are_left_to_the_shapes(write_graph) -> None:
    """A blank node is reported by the shape that asks for a name, and always in the same way."""
    path = write_graph(START + '[] a dg:Event ; dg:kind ekind:meeting ; skos:prefLabel "X"@en .')
    first, second = validate(path, hygiene=True), validate(path, hygiene=True)
    assert first == second
    assert "Entity-name" in {v.rule for v in first}
    assert not [v for v in first if v.rule in RULES and ":" not in v.node]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.name)
def test_rules_are_explained(rule: HygieneRule) -> None:
    """A rule says in a sentence what must hold, and why."""
    assert rule.rule.endswith(".")
    assert rule.why.endswith(".")


def test_every_breach_belongs_to_a_rule() -> None:
    """No rule is without a graph that breaks it, and no such graph without a rule."""
    assert sorted(BREAKS) == sorted(RULES)


@pytest.mark.thorough
def test_validate_reports_hygiene_only_when_asked(write_graph) -> None:
    """What breaks a rule is a violation with the rule's name, its place and what it collides with."""
    path = write_graph(START + BREAKS["statements-made-twice"][1])
    assert "statements-made-twice" not in {v.rule for v in validate(path)}
    [found] = [v for v in validate(path, hygiene=True) if v.rule == "statements-made-twice"]
    assert found.node == "https://example.org/x"
    assert found.value == "https://example.org/y"
    assert found.where.startswith(str(path))


@pytest.mark.thorough
def test_the_command_reports_hygiene(write_graph) -> None:
    """With --hygiene the command lists the breach and leaves with 1; without, it is not listed."""
    path = str(write_graph(START + BREAKS["orphan-entities"][1]))
    asked = CliRunner().invoke(cli, ["validate", path, "--hygiene", "--json"])
    plain = CliRunner().invoke(cli, ["validate", path, "--json"])
    rules = {v["rule"] for v in json.loads(asked.stdout)["violations"]}
    assert "orphan-entities" in rules
    assert asked.exit_code == 1
    assert "orphan-entities" not in {v["rule"] for v in json.loads(plain.stdout)["violations"]}
