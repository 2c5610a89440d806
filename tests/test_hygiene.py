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
    "aliases-that-collide": ("x", 'ex:x a dg:Country ; skos:prefLabel "X"@en ; skos:altLabel "Alba"@en . ex:f a dg:Fact ; dg:about ex:x ; ' + SAYS("X is there.")),
    "claims-without-mode": ("x", "ex:x a dg:Claim ; dg:agent ex:alba ; dg:about ex:pact ; " + SAYS("Alba speaks.")),
    "conflicts-given-twice": ("x", 'ex:x a dg:Conflict ; dg:between ex:pact-p , ex:pact-s ; dg:aspect aspect:date ; dg:detail "A"@en . ex:y a dg:Conflict ; dg:between ex:pact-s , ex:pact-p ; dg:aspect aspect:date ; dg:detail "B"@en .'),
    "conflicts-of-missing-facts": ("x", 'ex:x a dg:Conflict ; dg:between ex:pact-s , ex:nothing ; dg:aspect aspect:date ; dg:detail "A"@en .'),
    "dates-out-of-order": ("x", 'ex:x a dg:StageFact ; dg:of ex:pact ; dg:stage stage:planned ; dg:when "1998" ; dg:expected "1990" ; ' + SAYS("Planned for before.")),
    "deliveries-before-orders": ("x", 'ex:x a dg:ArmsTransfer ; skos:prefLabel "X"@en . ex:o a dg:StageFact ; dg:of ex:x ; dg:stage stage:ordered ; dg:when "1999" ; ' + SAYS("Ordered.") + ' ex:d a dg:StageFact ; dg:of ex:x ; dg:stage stage:delivered ; dg:when "1998" ; ' + SAYS("Delivered.")),
    "documents-nobody-cites": ("x", 'ex:x a dg:Document ; skos:prefLabel "X"@en . ex:f a dg:Fact ; dg:accordingTo ex:x ; ' + SAYS("So says X.")),
    "events-taken-part-in-but-not-told": ("x", 'ex:x a dg:Event ; dg:kind ekind:meeting ; skos:prefLabel "X"@en . ex:f a dg:Participation ; dg:of ex:x ; dg:agent ex:alba ; ' + SAYS("Alba came.")),
    "events-that-happened-in-two-ways": ("x", 'ex:x a dg:Event ; dg:kind ekind:meeting ; skos:prefLabel "X"@en . ex:f a dg:Occurrence ; dg:of ex:x ; dg:when "1998" ; ' + SAYS("It was in 1998.") + ' ex:g a dg:Occurrence ; dg:of ex:x ; dg:when "1999" ; ' + SAYS("It was in 1999.")),
    "facts-later-than-their-source": ("x", 'ex:x a dg:StageFact ; dg:of ex:pact ; dg:stage stage:in-force ; dg:when "2005" ; ' + SAYS("In force in 2005.")),
    "facts-without-evidence": ("x", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:grade grade:stated ; dg:statement "So it is."@en .'),
    "figures-not-as-printed": ("x", 'ex:x a dg:Observation ; dg:of ex:pact ; dg:measure measure:points ; dg:value 20 ; dg:unit unit:item ; dg:at "0-10" ; skos:note "Counted." ; ' + SAYS("Twenty points.")),
    "figures-out-of-range": ("x", "ex:x a dg:Observation ; dg:of ex:pact ; dg:measure measure:border-trade-share ; dg:value 120 ; dg:unit unit:percent ; " + SAYS("120 percent.")),
    "figures-that-differ-unmarked": ("x", "".join(f'ex:{n} a dg:Observation ; dg:measure measure:imports ; dg:area ex:alba ; dg:counterpart ex:borea ; dg:when "1999" ; dg:value {v} ; dg:unit unit:us-dollar ; dg:printed "{v}" ; dg:at "0-{v}" ; dg:grade grade:stated ; dg:statement "{v} dollars."@en . ' for n, v in (("x", 10), ("y", 20)))),
    "inferred-without-a-note": ("x", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:at "0-10" ; ' + SAYS("So it must be.")),
    "long-passages": ("0-1000", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:at "0-1000" ; dg:grade grade:stated ; dg:statement "All of it."@en .'),
    "may-be-of-missing-things": ("x", 'ex:x a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "X"@en ; dg:mayBe ex:nothing . ex:p a dg:Participation ; dg:of ex:x ; dg:agent ex:alba ; ' + SAYS("Alba is party to X.") + " ex:f a dg:StageFact ; dg:of ex:x ; dg:stage stage:signed ; " + SAYS("X was signed.")),
    "one-sided-relations": ("pact-p", "ex:pact-p dg:contradicts ex:pact-s ."),
    "orphan-entities": ("x", 'ex:x a dg:Country ; skos:prefLabel "X"@en .'),
    "passages-without-digest": ("0-10", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:at "0-10" ; dg:grade grade:stated ; dg:statement "So it is."@en .'),
    "passages-without-place": ("0-10", 'ex:x a dg:Fact ; dg:about ex:alba ; dg:at "0-10" ; dg:grade grade:stated ; dg:statement "So it is."@en .'),
    "slugs-of-the-wrong-source": ("other/x", '<https://w3id.org/diplograph/id/fact/other/x> a dg:Fact ; dg:about ex:alba ; ' + SAYS("So it is.")),
    "stages-out-of-order": ("pact", 'ex:x a dg:StageFact ; dg:of ex:pact ; dg:stage stage:proposed ; dg:when "2000" ; ' + SAYS("Proposed a year later.")),
    "stances-without-target": ("x", "ex:x a dg:Stance ; dg:agent ex:alba ; dg:about ex:pact , ex:borea ; dg:position <https://w3id.org/diplograph/concept/position/supports> ; " + SAYS("Alba is for it.")),
    "statements-made-twice": ("x", "ex:x a dg:Fact ; dg:about ex:alba ; " + SAYS("So it is.") + " ex:y a dg:Fact ; dg:about ex:alba ; " + SAYS("So it is.")),
    "two-entities-with-one-name": ("alba", 'ex:x a dg:Place ; skos:prefLabel "ALBA"@en . ex:f a dg:Fact ; dg:about ex:x ; ' + SAYS("X is there.")),
    "two-holders-of-one-post": ("x", 'ex:king a dg:Post ; skos:prefLabel "King"@en ; dg:postIn ex:alba . ex:a a dg:Person ; skos:prefLabel "A"@en . ex:b a dg:Person ; skos:prefLabel "B"@en . ex:x a dg:Tenure ; dg:agent ex:a ; dg:post ex:king ; dg:when "1998/1999" ; ' + SAYS("A reigned.") + ' ex:y a dg:Tenure ; dg:agent ex:b ; dg:post ex:king ; dg:when "1998/1999" ; ' + SAYS("B reigned.")),
    "undefined-concepts": ("wish", 'ex:x a dg:Agreement ; dg:kind kind:wish ; skos:prefLabel "X"@en . ex:p a dg:Participation ; dg:of ex:x ; dg:agent ex:alba ; ' + SAYS("Alba is party to X.") + " ex:f a dg:StageFact ; dg:of ex:x ; dg:stage stage:signed ; " + SAYS("X was signed.")),
    "undescribed-things": ("nothing", "ex:x a dg:Fact ; dg:about ex:nothing ; " + SAYS("So it is.")),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.name)
def test_the_shipped_graph_keeps_the_rule(shipped, rule: HygieneRule) -> None:
    """The rule's query returns no row."""
    assert rule.broken_by(shipped) == {}


@pytest.mark.parametrize("name", RULES)
def test_the_rule_finds_what_breaks_it(write_graph, name: str) -> None:
    """A small graph that keeps the rule becomes one that breaks it, at the node expected."""
    node, body = BREAKS[name]
    assert RULES[name].broken_by(open_graph(write_graph(START))) == {}
    broken = RULES[name].broken_by(open_graph(write_graph(START + body, "broken.ttl")))
    assert any(iri.endswith(f"/{node}") for iri in broken), broken


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda r: r.name)
def test_rules_are_explained(rule: HygieneRule) -> None:
    """A rule says in a sentence what must hold, and why."""
    assert rule.rule.endswith(".")
    assert rule.why.endswith(".")


def test_every_breach_belongs_to_a_rule() -> None:
    """No rule is without a graph that breaks it, and no such graph without a rule."""
    assert sorted(BREAKS) == sorted(RULES)


def test_validate_reports_hygiene_only_when_asked(write_graph) -> None:
    """What breaks a rule is a violation with the rule's name, its place and what it collides with."""
    path = write_graph(START + BREAKS["statements-made-twice"][1])
    assert "statements-made-twice" not in {v.rule for v in validate(path)}
    [found] = [v for v in validate(path, hygiene=True) if v.rule == "statements-made-twice"]
    assert found.node == "https://example.org/x"
    assert found.value == "https://example.org/y"
    assert found.where.startswith(str(path))


def test_the_command_reports_hygiene(write_graph) -> None:
    """With --hygiene the command lists the breach and leaves with 1; without, it is not listed."""
    path = str(write_graph(START + BREAKS["orphan-entities"][1]))
    asked = CliRunner().invoke(cli, ["validate", path, "--hygiene", "--json"])
    plain = CliRunner().invoke(cli, ["validate", path, "--json"])
    rules = {v["rule"] for v in json.loads(asked.stdout)["violations"]}
    assert "orphan-entities" in rules
    assert asked.exit_code == 1
    assert "orphan-entities" not in {v["rule"] for v in json.loads(plain.stdout)["violations"]}
