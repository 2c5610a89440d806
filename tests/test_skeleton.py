"""Beginning a source of one's own: a folder of Turtle, and no change to code."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph import coverage, links, new_source, open_graph, verify
from diplograph.errors import DateError, OptionError, SourceError, UnknownName
from diplograph.sources import lock_passages
from diplograph.validate import conforms, validate
from diplograph_cli.app import cli

ROOT = Path(__file__).parent.parent
TEXT = """# The Pact of Zenda

China and Mongolia signed the Pact in July 2001.<sup>1</sup>

<sup>1</sup> The Gazette, 2001.
"""


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """A small document with a heading and a footnote."""
    (tmp_path / "documents").mkdir()
    path = tmp_path / "documents" / "zenda.txt"
    path.write_bytes(TEXT.encode())
    return path


def make(document: Path, **more: object) -> Path:
    given = {"title": 'The “Pact” of "Zenda"', "author": "A. Hope", "issued": "2002-05", "period": "1990/2001", "covers": ["China", "Mongolia", "energy"]}  # fmt: skip
    return new_source("zenda-2002", document, document.parent.parent, **{**given, **more})  # type: ignore[arg-type]


@pytest.mark.thorough
def test_a_new_source_conforms_and_says_what_it_covers(document: Path) -> None:
    """The skeleton is valid as it stands and keeps what was told about the document."""
    made = make(document)
    assert conforms(validate("shipped", made))
    rows = open_graph("shipped", made).select(
        """SELECT ?title ?issued ?when ?covered WHERE { src:zenda-2002 dct:title ?title ;
            dct:issued ?issued ; dg:coverage ?c . ?c dg:when ?when ; dg:covers/skos:prefLabel ?covered } ORDER BY ?covered"""
    )
    assert {row["title"] for row in rows} == {'The “Pact” of "Zenda"'}
    assert {(row["issued"], row["when"]) for row in rows} == {("2002-05", "1990/2001")}
    assert [row["covered"] for row in rows] == ["China", "Mongolia", "energy"]


@pytest.mark.thorough
def test_from_skeleton_to_answer_without_code(document: Path) -> None:
    """Facts added to the folder are locked, proved, measured and found by the question."""
    made = make(document)
    start = TEXT.index("China and Mongolia")
    facts = made / "facts.ttl"
    facts.write_text(
        facts.read_text()
        + f"""
agr:pact-of-zenda a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "Pact of Zenda"@en .
fact:parties a dg:Participation ; dg:of agr:pact-of-zenda ; dg:agent cty:china , cty:mongolia ;
    dg:role role:party ; dg:grade grade:stated ; dg:statement "China and Mongolia are the parties."@en ;
    dg:at "{start}-{start + 30}" .
fact:signed a dg:StageFact ; dg:of agr:pact-of-zenda ; dg:stage stage:signed ; dg:when "2001-07" ;
    dg:grade grade:stated ; dg:statement "It was signed in July 2001."@en ; dg:at "{start}-{start + 48}" .
"""
    )
    assert lock_passages(made, document.parent) == 3
    graph = open_graph("shipped", made)
    assert not [v for v in validate("shipped", made, hygiene=True) if str(made) in v.where]
    assert verify(graph, document.parent).failures == ()
    [found] = coverage(graph, document.parent).sources
    assert [gap.where for gap in found.gaps] == ["footnote 1"]
    assert [link.label for link in links("China", "Mongolia", graph=graph).answers if link.label == "Pact of Zenda"]  # fmt: skip


def test_what_is_left_out_is_asked_for_by_validate(document: Path) -> None:
    """Without a coverage the skeleton is written, and validate says what is missing and where."""
    made = new_source("bare", document, document.parent.parent)
    [violation] = [v for v in validate(made) if v.severity == "violation"]
    assert violation.rule == "Coverage-covers"
    assert violation.where.startswith(str(made / "document.ttl"))


@pytest.mark.parametrize(
    ("error", "more"),
    [
        (DateError, {"period": "last year"}),
        (OptionError, {"issued": "May 2002"}),
        (UnknownName, {"covers": ["Atlantis of the far sea"]}),
    ],
)
def test_nothing_is_half_written(document: Path, error: type[Exception], more: dict) -> None:
    """A wrong date or name is refused and no folder, not even a hidden one, is left behind."""
    with pytest.raises(error):
        make(document, **more)
    assert [path.name for path in document.parent.parent.iterdir()] == ["documents"]


@pytest.mark.parametrize("name", ["Zenda", "a b", "-x", "../x", "yubin-2000", "", "a" * 300])
def test_names_that_will_not_do(document: Path, name: str) -> None:
    """Names with capitals, blanks or paths, and the names of shipped sources, are refused."""
    with pytest.raises(OptionError):
        new_source(name, document, document.parent.parent)


def test_documents_that_will_not_do(document: Path, tmp_path: Path) -> None:
    """A document that is missing, empty or not UTF-8 is refused."""
    with pytest.raises(SourceError, match="there is no such document"):
        new_source("x", tmp_path / "nowhere.txt", tmp_path)
    document.write_bytes(b"\n\n")
    with pytest.raises(SourceError, match="holds no text"):
        new_source("x", document, tmp_path)
    document.write_bytes(b"\xff\xfe")
    with pytest.raises(SourceError, match="cannot be read as UTF-8"):
        new_source("x", document, tmp_path)


def test_what_is_there_is_not_overwritten(document: Path) -> None:
    """A folder of that name stays as it is."""
    made = make(document)
    before = {path: path.read_bytes() for path in made.iterdir()}
    with pytest.raises(OptionError, match="is there already"):
        make(document)
    assert {path: path.read_bytes() for path in made.iterdir()} == before


def test_nothing_is_guessed_into_the_coverage(document: Path) -> None:
    """A misspelt party is refused with the one that is near, not written as it was read."""
    with pytest.raises(UnknownName, match="Did you mean “China”"):
        make(document, covers=["Chna"])


@pytest.mark.parametrize("into", ["/proc", "/dev/null"])
def test_folders_that_cannot_be_written(document: Path, into: str) -> None:
    """A folder that is none or takes no files is refused in words."""
    with pytest.raises(OptionError):
        new_source("zenda", document, into)


def test_a_name_that_is_taken_by_a_broken_link(document: Path) -> None:
    """Whatever bears the name, a link to nowhere too, is left alone."""
    (document.parent.parent / "zenda").symlink_to("nowhere")
    with pytest.raises(OptionError, match="is there already"):
        new_source("zenda", document, document.parent.parent)


def test_a_document_with_line_ends_of_windows(document: Path) -> None:
    """A footnote ends with its paragraph, whatever the line ends."""
    document.write_bytes(b"One.\r\n\r\n<sup>1</sup> A note.\r\n\r\nTwo.\r\n")
    text = (make(document) / "document.ttl").read_text()
    assert 'sec:footnote-1 a dg:Section ; dg:at "8-28"' in text


def test_the_author_of_a_source_can_be_named_as_a_person(document: Path) -> None:
    """The skeleton shows where: who is named there is left out of the network."""
    assert "# schema:author <" in (make(document) / "document.ttl").read_text()


def test_a_document_with_footnotes_numbered_anew(document: Path) -> None:
    """Two footnotes of one number are two sections."""
    document.write_text("One.\n\n<sup>1</sup> A.\n\nTwo.\n\n<sup>1</sup> B.\n")
    made = make(document)
    wrong = {violation.node for violation in validate(made)}
    assert all("id/coverage/" in node for node in wrong)  # what it covers is not loaded here
    assert (made / "document.ttl").read_text().count('rdfs:label "footnote 1"') == 2


def test_the_command_says_what_to_do_next(document: Path) -> None:
    """The command makes the folder and prints the calls that follow; a wrong call leaves with 2."""
    into = str(document.parent.parent)
    call = ["new-source", "zenda", "--document", str(document), "--into", into, "--covers", "China"]
    result = CliRunner().invoke(cli, call)
    assert result.exit_code == 0, result.output
    for word in ("sources lock", "validate shipped", "sources coverage"):
        assert f"diplograph {word}" in result.stdout
    again = CliRunner().invoke(cli, call)
    assert again.exit_code == 2
    assert len(again.stderr.strip().splitlines()) == 1


@pytest.mark.thorough
def test_the_page_on_adding_a_source_works_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its document, facts and commands, followed in order, give a source that answers."""
    page = (ROOT / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("documents").mkdir()
    shown = ""
    for language, block in blocks:
        if language == "text":
            Path("documents/zenda.txt").write_text(block, encoding="utf-8")
        elif language == "turtle" and "LedgerEntry" in block:
            assert block in Path("zenda-2002/ledger.ttl").read_text()
        elif language == "turtle":
            with Path("zenda-2002/facts.ttl").open("a", encoding="utf-8") as facts:
                facts.write(block)
        elif language == "sh":
            for call in block.strip().splitlines():
                result = CliRunner().invoke(cli, shlex.split(call)[1:])
                assert result.exit_code == 0, (call, result.output)
                shown += result.stdout
    assert "Pact of Zenda" in shown
    assert "“China and Mongolia signed the Pact in July 2001" in shown
