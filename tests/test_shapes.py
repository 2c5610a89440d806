"""The SHACL shapes, each with a fixture that conforms and one that does not, and their checking."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from diplograph import resources
from diplograph.errors import AddressError, GraphFileError
from diplograph.lines import subject_lines
from diplograph.namespaces import DG, PREFIXES, local_name, shorten
from diplograph.storage import build_store
from diplograph.validate import Severity, Violation, conforms, validate
from diplograph_cli.app import cli

MINE = pytest.mark.xdist_group("invalid-shapes")  # one process checks what they look at
FIXTURES = Path(__file__).parent / "fixtures" / "shapes"
INVALID = sorted(FIXTURES.glob("*-invalid.ttl"))
VALID = sorted(FIXTURES.glob("*-valid.ttl"))
SH = rdflib.Namespace(PREFIXES["sh"])
SHAPE = "https://w3id.org/diplograph/shape/"
CLASSES = sorted(
    local_name(quad.subject.value)
    for path in resources.vocabulary_files()
    for quad in ox.parse(path=str(path))
    if quad.object == ox.NamedNode(PREFIXES["owl"] + "Class")
)
# Loading derives what these ask for, so that no file can break them; they guard stores and
# endpoints that were filled otherwise, and have a test of their own below.
STORE_ONLY = {"When-bounds"}
MOODS = "https://w3id.org/diplograph/concept/mood/"  # concepts that only fixtures have
PREFIX_LINE = re.compile(r"@prefix (\S*): <(.*)> \.")


@cache
def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in resources.shapes_files():
        graph.parse(path)
    return graph


def rules() -> set[str]:
    """The names of all rules: shapes with a message, and constraints in SPARQL."""
    return {local_name(str(shape)) for shape in shapes().subjects(SH.message)}


def base(rule: str) -> str:
    return rule.partition("-")[0]


def expected(path: Path) -> list[tuple[str, str]]:
    """The rules that a fixture says must be reported, each with its node as an IRI."""
    text = path.read_text(encoding="utf-8")
    prefixes = dict(PREFIX_LINE.findall(text))
    found = []
    for rule, node in re.findall(r"^# expect: (\S+) at (\S+)$", text, re.MULTILINE):
        prefix, _, local = node.partition(":")
        found.append((rule, node if prefix == "_" else prefixes[prefix] + local))
    return sorted(found)


def write(folder: Path, body: str, name: str = "mine.ttl") -> Path:
    lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
    path = folder / name
    path.write_text("\n".join([*lines, "@prefix ex: <https://example.org/id/> .", body]) + "\n")
    return path


# --- the fixtures --------------------------------------------------------------------------------


def _apart(paths: list[Path], folder: Path) -> list[Path]:
    """The fixtures as files each of which has names of its own, so that they can be checked at once."""
    apart = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        for names in ("https://example.org/", MOODS):
            text = text.replace(names, f"{names}{path.stem}/")
        apart.append(folder / path.name)
        apart[-1].write_text(text, encoding="utf-8")
    return apart


def test_the_valid_fixtures_conform_together(tmp_path: Path) -> None:
    """No valid fixture breaks a rule, not even one that only warns; each has names of its own."""
    assert validate(*_apart(VALID, tmp_path)) == ()


@pytest.mark.thorough
@pytest.mark.parametrize("path", VALID, ids=lambda p: p.stem)
def test_valid_fixture_conforms(path: Path) -> None:
    """A valid fixture breaks no rule, not even one that only warns."""
    assert validate(path) == ()


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Violation]]:
    """What is reported of all invalid fixtures, checked at once: the vocabulary is checked once."""
    paths = _apart(INVALID, tmp_path_factory.mktemp("invalid"))
    reported: dict[str, list[Violation]] = {path.name: [] for path in paths}
    for violation in validate(*paths):
        # A node without a name is placed by its graph, which is named after its fixture.
        own = re.search(r"([A-Za-z]+-invalid)\b", violation.where)
        assert own, violation
        reported[f"{own[1]}.ttl"].append(
            replace(
                violation,
                node=violation.node.replace(f"/{own[1]}/", "/"),
                where=violation.where.replace(str(paths[0].parent), str(FIXTURES)),
            )
        )
    return reported


@MINE
@pytest.mark.parametrize("path", INVALID, ids=lambda p: p.stem)
def test_invalid_fixture_is_reported_exactly(
    together: dict[str, list[Violation]], path: Path
) -> None:
    """Of an invalid fixture, what its header expects is reported, at its line, and nothing else."""
    _is_reported_exactly(path, together[path.name])


@pytest.mark.thorough
@pytest.mark.parametrize("path", INVALID, ids=lambda p: p.stem)
def test_invalid_fixture_alone_is_reported_exactly(path: Path) -> None:
    """What is reported of it hangs on no other fixture."""
    _is_reported_exactly(path, list(validate(path)))


def _is_reported_exactly(path: Path, found: list[Violation]) -> None:
    assert expected(path), "an invalid fixture says in its header what is to be reported"
    assert sorted({(v.rule, v.node) for v in found}) == expected(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    for violation in found:
        file, _, line = violation.where.rpartition(":")
        if violation.node != "_:unnamed":
            assert file == str(path)
            assert lines[int(line) - 1].startswith(("ex:", "dg:", "mood:"))
            assert lines[int(line) - 1].split()[0].endswith(":" + local_name(violation.node))


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_a_shape(name: str) -> None:
    """Every class of the vocabulary is the target of the shape that bears its name."""
    classes = set(shapes().objects(rdflib.URIRef(SHAPE + name), SH.targetClass))
    assert rdflib.URIRef(DG + name) in classes


def test_every_shape_has_a_valid_and_an_invalid_fixture() -> None:
    """Every shape with a target has both fixtures, and no fixture is left without a shape."""
    targets = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf)
    named = {base(local_name(str(s))) for p in targets for s in shapes().subjects(p)}
    assert {p.stem for p in VALID} == {f"{name}-valid" for name in named}
    assert {p.stem for p in INVALID} == {f"{name}-invalid" for name in named}


def test_every_rule_is_broken_by_the_fixture_of_its_class() -> None:
    """No rule goes untested: the invalid fixture of its shape breaks it."""
    broken = {
        rule for path in INVALID for rule, _ in expected(path) if f"{base(rule)}-" in path.stem
    }
    assert broken == rules() - STORE_ONLY


def test_every_rule_says_what_would_be_right() -> None:
    """Every named shape that can report has exactly one message, an English sentence."""
    for shape in set(shapes().subjects()):
        if not str(shape).startswith(SHAPE) or local_name(str(shape))[0].islower():
            continue  # shapes in small letters only help others
        messages = list(shapes().objects(shape, SH.message))
        if messages or (shape, SH.property, None) not in shapes():
            if (shape, SH.sparql, None) in shapes():
                continue
            assert [m.language for m in messages] == ["en"], shape
            assert str(messages[0]).endswith((".", "misspelling.")), shape


def test_every_named_shape_that_is_referred_to_exists() -> None:
    """No shape refers to another that is not there, which SHACL would pass over in silence."""
    described = set(shapes().subjects())
    named = {o for o in shapes().objects() if str(o).startswith(SHAPE)}
    assert named <= described


@pytest.mark.thorough
def test_shapes_are_shacl() -> None:
    """The shapes conform to SHACL's own shapes."""
    import pyshacl

    graph = rdflib.Graph() + shapes()  # a copy: pySHACL reasons over what it is given
    conforming, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=graph, meta_shacl=True)
    assert conforming, text


# --- style ---------------------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_vocabulary_is_in_style(tmp_path: Path) -> None:
    """Every term, concept and scheme of the vocabulary has its label, definition and example.

    So they have where the valid fixtures conform, which is looked at every day.
    """
    assert validate(write(tmp_path, "")) == ()


LABEL, DEFINITION, EXAMPLE = (
    f'; {name} "words"@en' for name in ("rdfs:label", "skos:definition", "skos:example")
)


OUT_OF_STYLE = [
    (f"dg:undefined a owl:DatatypeProperty {LABEL} {EXAMPLE} .", "Term-definition"),
    (f"dg:unlabelled a owl:Class {DEFINITION} {EXAMPLE} .", "Term-label"),
    (f"dg:unexampled a owl:ObjectProperty {LABEL} {DEFINITION} .", "Term-example"),
    ('dg:Fact rdfs:label "truth"@en .', "Term-label"),
]


@MINE
def test_a_term_out_of_style_fails(mine) -> None:
    """A term without label, definition or example, or with two labels, is reported, and no other."""
    found = sorted((shorten(v.node), v.rule) for v in mine[1] if v.rule.startswith("Term-"))
    assert found == sorted((term.split()[0], rule) for term, rule in OUT_OF_STYLE)


# --- what is reported ----------------------------------------------------------------------------


ATLANTIS = 'ex:atlantis a dg:Place ;\n  dg:kind kind:treaty ; skos:prefLabel "Atlantis"@en .'
RAIN = 'ex:rain a dg:Fact ; dg:grade grade:stated ; dg:statement "It rained."@en ; dg:at "1-2" .'
ZENDA = """{"@context": {"dg": "https://w3id.org/diplograph/ns#",
  "label": {"@id": "http://www.w3.org/2004/02/skos/core#prefLabel", "@language": "en"}},
 "@id": "https://example.org/id/zenda",
 "@type": "dg:Place", "label": "Zenda"}
"""


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Violation, ...]]:
    """A folder with files that have nothing to do with each other, and what is wrong with them."""
    folder = tmp_path_factory.mktemp("mine")
    (folder / "zenda.jsonld").write_text(ZENDA)
    terms = "\n".join(term for term, _ in OUT_OF_STYLE)
    bodies = {"atlantis.ttl": ATLANTIS, "rain.ttl": RAIN, "terms.ttl": terms}
    files = [write(folder, body, name) for name, body in bodies.items()]
    return folder, validate(*files, folder / "zenda.jsonld")


@MINE
def test_a_violation_says_what_is_wrong_and_where(mine) -> None:
    """A violation bears node, label, rule, message, value, severity and line."""
    folder, reported = mine
    path = folder / "atlantis.ttl"
    line = path.read_text().splitlines().index("ex:atlantis a dg:Place ;") + 1
    assert tuple(v for v in reported if v.label == "Atlantis") == (
        Violation(
            node="https://example.org/id/atlantis",
            label="Atlantis",
            rule="Place-kind",
            message="A place has exactly one dg:kind, a concept of pkind:scheme such as pkind:"
            "city.",
            value="kind:treaty",
            severity=Severity.VIOLATION,
            where=f"{path}:{line}",
        ),
    )


@MINE
def test_a_derived_passage_is_placed_at_its_fact(mine) -> None:
    """A violation of a passage, which no file writes, bears the line of the fact it belongs to."""
    folder, reported = mine
    path = folder / "rain.ttl"
    (found,) = (v for v in reported if v.where.startswith(str(path)))
    assert found.rule == "Passage-source"
    assert found.where == f"{path}:{len(path.read_text().splitlines())}"


@MINE
def test_json_ld_is_placed_by_line(mine) -> None:
    """Lines are found in JSON-LD too; and each file has what is wrong with it, and no more."""
    folder, reported = mine
    (found,) = (v for v in reported if v.label == "Zenda")
    assert found.where == f"{folder / 'zenda.jsonld'}:3"
    assert len(reported) == 3 + len(OUT_OF_STYLE)


def test_a_number_that_is_none_is_reported_and_not_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A literal that does not fit its type is a violation, without noise from rdflib."""
    body = """ex:deal a dg:Entity ; skos:prefLabel "Deal"@en .
    ex:count a dg:Observation ; dg:of ex:deal ; dg:measure measure:points ; dg:unit unit:item ;
      dg:value "many"^^xsd:decimal ; dg:grade grade:inferred ; dg:statement "Many."@en ."""
    assert [v.rule for v in validate(write(tmp_path, body))] == ["Observation-number"]
    assert not caplog.records


@pytest.mark.thorough
def test_violations_come_in_the_same_order(tmp_path: Path) -> None:
    """The same graph gives the same violations in the same order, by severity, file and line."""
    path = FIXTURES / "Agreement-invalid.ttl"
    first, second = validate(path), validate(path)
    assert first == second
    assert [v.severity for v in first] == sorted(
        (v.severity for v in first), key=list(Severity).index
    )
    lines = [int(v.where.rpartition(":")[2]) for v in first if v.severity == Severity.VIOLATION]
    assert lines == sorted(lines)


@MINE
def test_warnings_alone_conform(together: dict[str, list[Violation]]) -> None:
    """A graph that only warns conforms; one with a violation does not."""
    assert together["Leader-invalid.ttl"]
    assert conforms(together["Leader-invalid.ttl"])
    assert not conforms(together["Place-invalid.ttl"])


# --- from where ----------------------------------------------------------------------------------


def test_a_folder_is_checked_as_one_source(tmp_path: Path) -> None:
    """The files of a source's folder are checked together, each violation at its own file."""
    write(
        tmp_path,
        'ex:g a dg:Source ; dct:identifier "g" ; dct:title "G" ; dct:license ex:l .',
        "a.ttl",
    )
    write(
        tmp_path,
        'ex:rain a dg:Fact ; dg:grade grade:stated ; dg:statement "Rain."@en ; dg:at "1-2" .\n'
        'ex:zenda a dg:Place ; skos:prefLabel "Zenda"@en .',
        "b.ttl",
    )
    (found,) = validate(tmp_path)
    assert (found.rule, Path(found.where.rpartition(":")[0])) == ("Place-kind", tmp_path / "b.ttl")


@pytest.mark.thorough
def test_a_file_is_checked_together_with_another(tmp_path: Path) -> None:
    """What one file refers to, another may describe."""
    king = write(
        tmp_path, 'ex:king a dg:Post ; dg:postIn ex:r ; skos:prefLabel "King"@en .', "1.ttl"
    )
    state = write(tmp_path, 'ex:r a dg:Country ; skos:prefLabel "Ruritania"@en .', "2.ttl")
    assert [v.rule for v in validate(king)] == ["Post-postIn"]
    assert validate(king, state) == ()


@MINE
def test_a_store_is_checked_like_its_files(
    together: dict[str, list[Violation]], tmp_path: Path
) -> None:
    """An on-disk store gives the violations of its files, placed by graph since it has no lines."""
    path = FIXTURES / "Place-invalid.ttl"
    build_store(tmp_path / "store", [str(path)])
    found = validate(tmp_path / "store")
    assert [(v.rule, v.node) for v in found] == [
        (v.rule, v.node) for v in together["Place-invalid.ttl"]
    ]
    assert {v.where for v in found} == {path.resolve().as_uri()}


def test_a_store_without_derived_bounds_is_reported(tmp_path: Path) -> None:
    """A store that was filled without loading lacks the bounds of its dates, which is reported."""
    path = tmp_path / "store"
    store = ox.Store(str(path))
    store.bulk_load(path=str(write(tmp_path, 'ex:c dg:when "1905" .')))
    store.flush()
    del store
    assert "When-bounds" in {v.rule for v in validate(path)}


SPELLINGS = {
    "prefixed": ("@prefix a: <http://a/> .\na:x a a:Y .", {"x": 2}),
    "sparql prefix, comment, number before the full stop": (
        "PREFIX a: <http://a/>\n# a:z .\na:x a:p 'a:w .' .\na:v a:p 1.",
        {"x": 3, "v": 4},
    ),
    "long string": (
        '@prefix : <http://a/> .\n:x :p """\n:y :p 1 .\n""" ;\n  :q :z .\n:w :p :x.',
        {"x": 2, "w": 6},
    ),
    "brackets, list, full stop in a name": (
        "@prefix : <http://a/> .\n:x :p [ :q :z ; :r ( :s :t ) ] .\n[] :p :u .\n:v.w :p :x .",
        {"x": 2, "v.w": 4},
    ),
    "written twice": ("<http://a/x> <http://a/p> 1 .\n<http://a/x> <http://a/p> 2 .", {"x": 1}),
    "base": ("@base <http://a/> .\n<x> <p> 1 .\n<x#y> <p> 2 .", {"x": 2, "x#y": 3}),
    "graphs": (
        "@base <http://a/> .\n<g> {\n<x> <p> 1 }\nGRAPH <h> {\n<y> <p> 1 . }\n<z> <p> 1 .",
        {"x": 3, "y": 5, "z": 6},
    ),
    "escaped": ("@prefix a: <http://a/> .\na:x\\,y a:p 1 .", {"x,y": 2}),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_subjects_are_found_as_they_are_written(tmp_path: Path, spelling: str) -> None:
    """Subjects are found in whatever way Turtle and TriG allow them to be written."""
    text, lines = SPELLINGS[spelling]
    path = tmp_path / "mine.trig"
    path.write_text(text)
    list(ox.parse(path=str(path), format=ox.RdfFormat.TRIG))
    assert subject_lines(path) == {"http://a/" + name: line for name, line in lines.items()}


def test_what_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    """A missing or broken file and addresses that cannot be combined are errors, not violations."""
    with pytest.raises(GraphFileError, match="no such file"):
        validate(tmp_path / "missing.ttl")
    with pytest.raises(GraphFileError, match="line"):
        validate(write(tmp_path, "ex:a ex:b"))
    with pytest.raises(AddressError):
        validate("https://example.org/sparql", tmp_path / "mine.ttl")


# --- the command ---------------------------------------------------------------------------------


@pytest.mark.thorough
def test_command_prints_each_violation_and_the_counts() -> None:
    """The command prints node, rule, message and line of each violation, and exits with 1."""
    path = FIXTURES / "Place-invalid.ttl"
    result = CliRunner().invoke(cli, ["validate", str(path)])
    assert result.exit_code == 1
    for violation in validate(path):
        for part in (violation.node, violation.rule, violation.message, violation.where):
            assert part in result.stdout
    assert result.stdout.splitlines()[-1] == "2 violations, 0 warnings"


def test_command_says_that_a_graph_conforms() -> None:
    """A graph without violations conforms, with exit code 0; warnings do not change that."""
    result = CliRunner().invoke(cli, ["validate", str(FIXTURES / "Place-valid.ttl")])
    assert (result.exit_code, result.stdout) == (0, "conforms\n")
    result = CliRunner().invoke(cli, ["validate", str(FIXTURES / "Leader-invalid.ttl")])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "conforms, with 1 warning"


@pytest.mark.thorough
def test_command_prints_json() -> None:
    """With --json the command prints one object with what validate returns."""
    path = FIXTURES / "Place-invalid.ttl"
    result = CliRunner().invoke(cli, ["validate", "--json", str(path)])
    assert result.exit_code == 1
    printed = json.loads(result.stdout)
    assert printed == {"conforms": False, "violations": [v.to_dict() for v in validate(path)]}


def test_command_fails_on_bad_input(tmp_path: Path) -> None:
    """Input that cannot be read is one line on standard error and exit code 2."""
    result = CliRunner().invoke(cli, ["validate", str(tmp_path / "missing.ttl")])
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.output


def test_command_help_has_an_example() -> None:
    """The help of the command shows how it is called."""
    result = CliRunner().invoke(cli, ["validate", "--help"])
    assert result.exit_code == 0
    assert "diplograph validate shipped my-facts.ttl" in result.stdout
