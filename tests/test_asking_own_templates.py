"""Templates of one's own: they join the shipped ones, and a mistake in them is one clear line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import diplograph
from diplograph.asking.templates import read_templates, shipped_templates
from diplograph.errors import TemplateError
from diplograph.store import Graph

TEMPLATES = shipped_templates()

GOOD = """
[[template]]
name = "envoys"
asks = "Who are the envoys of a COUNTRY?"
examples = ["Which envoys does China have?"]
focus = ["who", "which"]
says = ["=envoys"]
where = '''?fact a dg:Tenure ; dg:agent ?answer ; dg:post ?post . ?post skos:prefLabel ?title
  FILTER(CONTAINS(?title, "Ambassador of")) ?post dg:postIn $country'''
reads = "Envoys of {country}: {answers}."
[template.slots]
country = { type = "Country" }
"""


def test_own_templates_join_the_shipped_ones(shipped: Graph, tmp_path: Path) -> None:
    """A template of a user's own file answers, and shows in the record."""
    path = tmp_path / "own.toml"
    path.write_text(GOOD, encoding="utf-8")
    found = diplograph.ask("Which envoys does China have?", graph=shipped, templates=path)
    assert found.understood is not None
    assert found.understood.template == "envoys"
    assert found.text.startswith("Envoys of China: Wu Tao.")


def test_an_own_template_takes_the_place_of_one_of_the_same_name(tmp_path: Path) -> None:
    """The file that comes later wins."""
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace('"envoys"', '"members"'), encoding="utf-8")
    found = read_templates([path], TEMPLATES)
    assert len(found) == len(TEMPLATES)
    assert next(t for t in found if t.name == "members").asks == "Who are the envoys of a COUNTRY?"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("name = ", "nome = "), "has no name"),
        (('focus = ["who", "which"]', 'focus = ["whom"]'), "focus “whom” is none of"),
        (("reads =", "read ="), "“read” is no key of a template"),
        (("$country'''", "$land'''"), "$land in its pattern is none of its slots"),
        (('type = "Country"', 'typ = "Country"'), "“typ” is no key of a slot"),
        (("asks = ", "call = 'sing'\nasks = "), "call “sing” is none of"),
        (("asks = ", "takes = ['all']\nasks = "), "takes “all” is none of"),
        (("asks = ", "options.singel = true\nasks = "), "option “singel” is none of"),
        (("asks = ", "options.single = 'yes'\nasks = "), "option single is 'yes', not a bool"),
        (("[[template]]", "[[templates]]"), "has no [[template]]"),
        (("examples = [", "examples = "), "is not TOML"),
        (('says = ["=envoys"]', "says = 3"), "a value is of the wrong kind"),
        (('says = ["=envoys"]', 'needs = "much"'), "a value is of the wrong kind"),
        (('type = "Country"', 'type = "Land"'), "type “Land” of slot country is none of"),
    ],
)
def test_a_template_that_is_wrong_is_one_clear_line(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    """The line names the file, the template and what is wrong."""
    path = tmp_path / "own.toml"
    path.write_text(GOOD.replace(*change), encoding="utf-8")
    with pytest.raises(TemplateError, match=re.escape(says)) as raised:
        read_templates([path])
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("SERVICE <http://192.0.2.1/> { ?fact ?p ?o }", "SERVICE is refused"),
        ("?fact a dg:Tenure ; dg:agent", "not SPARQL"),
    ],
)
def test_a_pattern_that_is_unsafe_or_wrong_is_refused(
    tmp_path: Path, pattern: str, says: str
) -> None:
    """A template of one's own cannot reach the network, and a slip in it is told."""
    path = tmp_path / "own.toml"
    path.write_text(re.sub(r"where = '''.*?'''", f'where = "{pattern}"', GOOD, flags=re.S))
    with pytest.raises(TemplateError, match=says) as raised:
        diplograph.ask("Which envoys does China have?", templates=path)
    assert "template “envoys”" in str(raised.value)


def test_a_missing_file_of_templates_is_one_clear_line(tmp_path: Path) -> None:
    """There is no such file."""
    with pytest.raises(TemplateError, match="cannot be read"):
        diplograph.ask("Who is Putin?", templates=tmp_path / "none.toml")
