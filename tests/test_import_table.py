"""A table of one's own: into a store, by the command, and as the docs say."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from diplograph import links, open_graph
from diplograph.disk import open_disk
from diplograph.importers.mapping import import_table
from diplograph.importers.mapping.schema import ROWS, SECTIONS
from diplograph.namespaces import DG, SOURCE, local_name
from diplograph_cli.app import cli

from .mapped import HEAD

pytestmark = pytest.mark.xdist_group("import_table")  # one process makes its store

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "own-table"


# --- into a store --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, new_world: Callable[[Path], Path]) -> Path:
    """A store with the example's table."""
    place = new_world(tmp_path_factory.mktemp("own") / "world")
    import_table(EXAMPLE / "pacts.csv", EXAMPLE / "pacts.yaml", place)
    return place


def test_questions_are_answered_from_the_table(world: Path) -> None:
    """links, the ledger and the dataset's entry know what the table says."""
    answer = links("Norway", "Iceland", graph=open_graph(world))
    found = {link.label: link.stage for link in answer.answers}
    assert found == {"Convention on the Fisheries of the Northern Banks": "in force"}
    assert answer.answers[0].evidence[0].source == "northern-pacts"
    graph = open_graph(world)
    row = graph.select(
        "SELECT * { src:northern-pacts dct:title ?title ; dct:rights ?terms ; dg:edition ?edition ; dg:digest ?digest ; dg:coverage/dg:when ?when }"
    )[0]
    assert (row["title"], row["edition"], row["when"]) == (
        "Pacts of the Northern Seas",
        "1",
        "1950/2005",
    )
    assert row["digest"].startswith("sha256:")


@pytest.mark.thorough
def test_an_imported_table_conforms(world: Path) -> None:
    """No shape is violated by what a mapping tells."""
    from diplograph.validate import validate

    own = [v for v in validate(world) if "northern-pacts" in v.node]
    # The terms of a table are words: a warning.
    assert [v.rule for v in own] == ["Source-license"]


@pytest.mark.thorough
def test_a_changed_mapping_is_another_import(world: Path, tmp_path: Path) -> None:
    """The same file with another mapping replaces what the former one told; the same changes nothing."""
    place = tmp_path / "world"
    shutil.copytree(world, place)
    assert not import_table(EXAMPLE / "pacts.csv", EXAMPLE / "pacts.yaml", place).changed
    mapping = tmp_path / "pacts.yaml"
    text = (EXAMPLE / "pacts.yaml").read_text(encoding="utf-8")
    mapping.write_text(text.replace("stage: ratified", "stage: agreed"), encoding="utf-8")
    assert import_table(EXAMPLE / "pacts.csv", mapping, place).changed
    stages = {local_name(q.object.value) for q in open_disk(place)
              if q.predicate.value == DG + "stage" and q.graph_name == ox.NamedNode(SOURCE + "northern-pacts")}  # fmt: skip
    assert stages == {"signed", "agreed", "in-force"}


def test_a_row_is_shown_from_the_readers_copy(tmp_path: Path) -> None:
    """Also where delimiter, encoding or sheet had to be named."""
    import openpyxl

    from diplograph.copies import Copies

    book = openpyxl.Workbook()
    book.active["A1"] = "nothing here"
    sheet = book.create_sheet("Pacts")
    for row in (("pact", "c"), ("Pact", "Kenya")):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "u.csv").write_bytes("pact|c\nPakt über\u0160|Kenya\n".encode("cp1250"))
    body = "row: agreement\nagreement: $(pact)\nparties: $(c)\n"
    (tmp_path / "t.yaml").write_text(HEAD + "table: {sheet: Pacts}\n" + body, encoding="utf-8")
    other = HEAD.replace("made-up", "other") + "table: {encoding: cp1250, delimiter: '|'}\n" + body
    (tmp_path / "u.yaml").write_text(other, encoding="utf-8")
    world = tmp_path / "world"
    ox.Store(str(world)).add(
        ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.NamedNode("x:c"), ox.NamedNode("x:g"))
    )
    import_table(tmp_path / "t.xlsx", tmp_path / "t.yaml", world)
    import_table(tmp_path / "u.csv", tmp_path / "u.yaml", world)
    copies = Copies.find(open_graph(world), tmp_path)
    assert copies.row("made-up", 2) == "pact: Pact; c: Kenya"
    assert copies.row("other", 2) == "pact: Pakt überŠ; c: Kenya"


def test_the_command_tells_what_was_done(world: Path, tmp_path: Path) -> None:
    """Counts in words and as JSON; a wrong call is one line."""
    place = tmp_path / "world"
    shutil.copytree(world, place)
    words = [
        "import",
        "table",
        str(EXAMPLE / "pacts.csv"),
        "--mapping",
        str(EXAMPLE / "pacts.yaml"),
        "--into",
        str(place),
    ]
    assert (
        CliRunner().invoke(cli, words).output
        == f"{place} holds just this of northern-pacts already; nothing was changed\n"
    )
    done = CliRunner().invoke(cli, [*words, "--edition", "2", "--json"])
    told = json.loads(done.output)
    assert (told["rows"], told["facts"], told["refused"], told["changed"]) == (13, 37, 1, True)
    for extra, said in (
        (["--suggest"], "--mapping goes without --suggest."),
        (["--sheet", "x"], "--sheet goes with --suggest; write it into the mapping."),
    ):
        wrong = CliRunner().invoke(cli, [*words, *extra])
        assert wrong.exit_code == 2
        assert said in wrong.stderr
    assert "give --mapping and --into, or --suggest." in CliRunner().invoke(cli, words[:3]).stderr


# --- what is declared ----------------------------------------------------------------------------


def _maker():
    import importlib.util

    spec = importlib.util.spec_from_file_location("make_mapping", ROOT / "docs" / "make_mapping.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_docs_show_what_is_allowed() -> None:
    """The page's list is that of the declared keys: python docs/make_mapping.py writes it."""
    maker = _maker()
    page = maker.PAGE.read_text(encoding="utf-8")
    assert page == maker.page()
    assert all(f"| `{name}` | {row.what} |" in page for name, row in ROWS.items())


@pytest.mark.thorough
def test_what_the_docs_say_is_so(tmp_path: Path, monkeypatch) -> None:
    """The walk-through's table, draft, output and message are real, and so are the README's."""
    for name in ("pacts.csv", "pacts.yaml"):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```console\n(.*?)```", readme, re.S)
    for command, expected in re.findall(r"^\$ diplograph (.+)\n((?:(?!\$ ).*\n)*)", block, re.M):
        done = CliRunner().invoke(cli, command.split())
        assert done.exit_code == 0, done.output
        assert done.stdout == expected, command
    page = (ROOT / "docs" / "datasets" / "your-own-table.md").read_text(encoding="utf-8")
    rows = (EXAMPLE / "pacts.csv").read_text(encoding="utf-8").splitlines()
    table, told, ledger, message = re.findall(r"```text\n(.*?)```", page, re.S)
    assert set(table.splitlines()) <= set(rows)
    assert told in readme
    assert ledger in readme
    text = (EXAMPLE / "pacts.yaml").read_text(encoding="utf-8")
    Path("pacts.yaml").write_text(text.replace("ratified", "ratifed"), encoding="utf-8")
    wrong = CliRunner().invoke(
        cli, ["import", "table", "pacts.csv", "--mapping", "pacts.yaml", "--into", "other"]
    )
    assert (wrong.exit_code, wrong.stderr) == (2, message)
    (drafted,) = re.findall(r"```yaml\n(.*?)```", page, re.S)
    draft = CliRunner().invoke(cli, ["import", "table", "pacts.csv", "--suggest"]).output
    for line in drafted.splitlines():
        assert line.split("…")[0] in draft, line


def test_every_declared_key_is_read() -> None:
    """No key is declared that the reader does not know."""
    folder = ROOT / "graph" / "diplograph" / "importers" / "mapping"
    text = "".join(
        (folder / f"{name}.py").read_text(encoding="utf-8") for name in ("reading", "singles")
    )
    assert [key for keys in SECTIONS.values() for key in keys if f'"{key}"' not in text] == []
