"""Every example runs and says what its header promises."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
SCRIPTS = sorted(path.name for path in EXAMPLES.glob("*.py"))
QUERIES = sorted(path.name for path in EXAMPLES.glob("*.rq"))


def _run(name: str, *arguments: str) -> str:
    """What an example prints; it must succeed and complain of nothing."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _rows(shipped, name: str) -> list[dict[str, str]]:
    return shipped.select((EXAMPLES / name).read_text(encoding="utf-8"))


# --- the collection ------------------------------------------------------------------------------


def test_the_index_lists_every_example_with_its_question() -> None:
    """The README names every file in the folder, in reading order."""
    index = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[([^]]+)\]", index, re.MULTILINE)
    assert listed == [*sorted([*SCRIPTS, *QUERIES]), "tour.ipynb"]
    assert all(f"]({name})" in index for name in ("10_own_facts.ttl", "10_own_source.txt"))


@pytest.mark.parametrize("name", [*SCRIPTS, *QUERIES])
def test_an_example_is_short_and_says_what_it_is_for(name: str) -> None:
    """The header of an example gives the question, what it teaches and how to run it."""
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    assert len(text.splitlines()) < 60
    assert [word for word in ("Question:", "Teaches:", "Run:") if word not in text] == []
    assert f"examples/{name}" in text


# --- scripts -------------------------------------------------------------------------------------


def test_01_which_agreements() -> None:
    """Treaties and declarations come with their sources, and the pending with their reasons."""
    concluded, _, pending = _run("01_which_agreements.py").partition("Not concluded by then")
    assert re.search(r"  Beijing Declaration: signed 2000-07-17/2000-07-18, definitely", concluded)
    assert "Treaty of Good-Neighborliness and Friendly Cooperation: signed 2001-07" in concluded
    assert re.search(
        r"proposed, as stated by yubin-2000 \(essay, Beijing summit \d+-\d+", concluded
    )
    assert "Complementary Agreement" not in concluded, "that one was signed in 2004"
    assert "Kovykta feasibility study: only initialled" in pending
    assert "reported to be signed; no source states it" in pending


@pytest.mark.parametrize(
    ("day", "members", "observers", "certainty"),
    [("2001-06-15", 6, 0, "possibly"), ("2005", 6, 0, "definitely"), ("1999", 0, 0, "")],
)
def test_04_members_on_a_date(day: str, members: int, observers: int, certainty: str) -> None:
    """In the month of the founding membership is possible, later certain, before it there is none."""
    lines = _run("04_members_on_a_date.py", day).splitlines()[1:]
    assert sum(": member, " in line for line in lines) == members
    assert sum(": observer, " in line for line in lines) == observers
    if members:
        assert f"  Uzbekistan: member, {certainty}" in lines
    else:
        assert lines == ["  nobody, by what the sources tell"]


def test_05_oil_table() -> None:
    """The cube comes out as the printed table, year by year."""
    rows = list(csv.reader(io.StringIO(_run("05_oil_table.py"))))
    assert rows[0] == [
        "year",
        "crude oil imports (million tons)",
        "share of oil imports (percent)",
    ]
    assert [tuple(map(float, row)) for row in rows[1:]] == [
        (1999, 0.6, 1.56),
        (2000, 1.5, 2.1),
        (2001, 1.8, 2.93),
        (2002, 3.0, 4.36),
        (2003, 5.3, 5.77),
        (2004, 10.8, 8.77),
        (2005, 12.8, 10.08),
        (2006, 15.8, 10.0),
    ]


def test_06_networkx() -> None:
    """China and Russia share the most agreements, and predecessors count for themselves."""
    pairs = [line.split(maxsplit=1) for line in _run("06_networkx.py").splitlines()]
    counts = {pair: int(count) for count, pair in pairs}
    assert pairs[0][1] == "China - Russia"
    assert counts["China - Russia"] > 20
    assert counts["China - Russia"] > 3 * counts["China - Kazakhstan"] > 0
    assert counts["Qing China - Tsarist Russia"] >= 1
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


@pytest.mark.thorough
def test_07_rdflib() -> None:
    """The dataset tells source by source, and the trap with literals is as the header says."""
    lines = _run("07_rdflib.py").splitlines()
    assert "mitchell-2007: signed 2001-07" in lines
    assert "yubin-2000: proposed 2000-07-18/2000-07-19" in lines
    assert not any(line.startswith("yubin-2000: signed") for line in lines)
    assert lines[-2:] == ["shared store: False | its text: True", "copy: True"]


def test_10_own_facts() -> None:
    """Own facts are asked together with the shipped ones, with passages and reasons for absence."""
    blocks = re.split(r"^(?=Ruritania )", _run("10_own_facts.py"), flags=re.MULTILINE)[1:]
    rail, earlier, base, denied, outside, chain = (block.splitlines() for block in blocks)
    assert rail[1] == "  Mountain Railway Protocol: in force 2004-05-01"
    assert rail[-1].startswith("    notes 148-181: 'It came into")
    assert earlier[1] == "  Mountain Railway Protocol: signed 2003-03"
    assert not any("in force" in line for line in earlier)
    assert "rumoured to be agreed; no source states it" in base[1]
    assert base[2].startswith("  no-record: ")
    assert denied[1] == "  denied: Ruritania and Mongolia have no trade treaty."
    assert outside[1].startswith("  outside-coverage: ")
    assert chain[0].startswith("Ruritania - Shanghai Cooperation Organization - ")
    assert chain[0].endswith(" - Gazprom")


@pytest.mark.thorough
def test_own_facts_conform_and_point_at_sentences() -> None:
    """The made-up source breaks no rule, and each of its passages is a whole sentence."""
    from diplograph import open_graph
    from diplograph.validate import validate

    path = EXAMPLES / "10_own_facts.ttl"
    own = "https://example.org/ruritania/"
    assert [v for v in validate("shipped", path) if v.node.startswith(own)] == []
    text = (EXAMPLES / "10_own_source.txt").read_bytes().decode("utf-8")
    rows = open_graph(path).select(
        "SELECT ?start ?end WHERE { ?f dg:evidence/oa:hasSelector ?p . ?p oa:start ?start ; oa:end ?end }"
    )
    passages = {text[int(row["start"]) : int(row["end"])] for row in rows}
    assert len(passages) == 5
    assert all(p[0].isupper() and p.endswith(".") for p in passages)


# --- queries -------------------------------------------------------------------------------------


def test_02_stage_at_a_date(shipped) -> None:
    """The friendship treaty is proposed, then under negotiation, then signed."""
    rows = [(r["date"], r["stage"], r["source"]) for r in _rows(shipped, "02_stage_at_a_date.rq")]
    assert rows == [
        ("2000-07-20", "proposed", "yubin-2000"),
        ("2000-09-30", "under negotiation", "yubin-2000"),
        ("2001-12-31", "signed", "mitchell-2007"),
    ]


def test_03_ordered_not_delivered(shipped) -> None:
    """Fourteen rows of the table have an order and no delivery, three of them an unknown number."""
    rows = _rows(shipped, "03_ordered_not_delivered.rq")
    assert [(r["weapon"], r["ordered"], r["number"]) for r in rows] == [
        ("3M-54E1 Klub", "2002", "Unknown"),
        ("48N6", "2002~", "(144)"),
        ("48N6E2", "2004", "(297)"),
        ("64N6", "2004", "1"),
        ("A-50U", "2003~", "3-6 ^"),
        ("D-30", "2005", "200"),
        ("IL-76", "2005", "40"),
        ("IL-78", "2005", "8"),
        ("Kh-59M2", "2005~", "Unknown"),
        ("Mi-8/Mi-17", "2005", "24"),
        ("RD-33/RD-93", "2005", "100"),
        ("S-300PMU-2", "2004", "8"),
        ("Su-33MK", "2006", "2"),
        ("Zhuk", "2005~", "Unknown"),
    ]


def test_08_who_says_so(shipped) -> None:
    """Each stage is found with its source, its section and a stretch of characters."""
    rows = _rows(shipped, "08_who_says_so.rq")
    told = {(r["source"], r["stage"], r["where"]) for r in rows}
    assert told >= {
        ("yubin-2000", "proposed", "essay, Beijing summit"),
        ("yubin-2000", "planned", "essay, Beijing summit"),
        ("yubin-2000", "under negotiation", "chronology, 26 July 2000"),
        ("mitchell-2007", "signed", "historical context"),
    }
    assert all(0 <= int(r["start"]) < int(r["end"]) for r in rows)


def test_09_disagreements(shipped) -> None:
    """Disagreements within a source and between sources are listed with both statements."""
    rows = _rows(shipped, "09_disagreements.rq")
    found = {(r["about"], r["aspect"], frozenset((r["source"], r["otherSource"]))) for r in rows}
    assert found >= {
        ("Date of the Beijing summit", "date", frozenset({"yubin-2000"})),
        ("Number of Su-30s agreed on in 1999", "quantity", frozenset({"yubin-2000"})),
        ("When Uzbekistan became a member", "date", frozenset({"yubin-2000", "mitchell-2007"})),
        ("China's imports from Russia in 2006", "quantity", frozenset({"mitchell-2007"})),
    }
    assert all(r["one"] != r["other"] for r in rows)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_runs_on_the_command_line(name: str) -> None:
    """`diplograph sparql --file` prints rows for every query of the examples."""
    pytest.importorskip("diplograph_cli.commands.sparql")
    command = ["-m", "diplograph_cli", "sparql", "--file", str(EXAMPLES / name), "--format", "csv"]
    done = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, encoding="utf-8", timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) > 1


# --- the notebook --------------------------------------------------------------------------------


def test_the_notebook_is_kept_without_outputs() -> None:
    """No output, execution count or machine's detail is committed with the notebook."""
    notebook = json.loads((EXAMPLES / "tour.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [c for c in code if c["outputs"] or c["execution_count"] is not None] == []
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


@pytest.mark.thorough
@pytest.mark.filterwarnings("default")
def test_the_notebook_runs_from_top_to_bottom() -> None:
    """The tour runs in a fresh kernel and shows what its words announce."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    notebook = nbformat.read(EXAMPLES / "tour.ipynb", as_version=4)
    client = nbclient.NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(EXAMPLES)}},
    )
    client.execute()
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", [])]
    assert {out["output_type"] for out in outputs} == {"stream"}
    printed = "".join(out["text"] for out in outputs)
    for expected in (
        "2000-07-17/2000-07-18 Beijing Declaration",
        "2000-09 under negotiation by ['yubin-2000']",
        "2001-12 signed by ['mitchell-2007', 'yubin-2000']",
        "chronology, 17–18 July 2000",
        "denied - ",
        "outside-coverage - ",
        "Shanghai Five",
        "“Chnia” was read as “China”.",
        "called “Atlantis”",
        "Zhuk 2005~",
        "It was Putin who went on the visit to China in 2006.",
        "Mountain Railway Protocol - in force 2004-05-01",
    ):
        assert expected in printed


def test_11_in_english() -> None:
    """Each question has the answer, the reason for none, or the part that is not understood."""
    told = _run("11_in_english.py").split("\n\n")
    signed, initialled, observer, misspelt, outside, pronoun = told
    assert "July 2001." in signed
    assert "No source gives the date of the stage “signed”" in initialled
    assert "stage = signed" in initialled
    assert "  No. " in observer
    assert "“Shangai Five” was read as “Shanghai Five”" in misspelt
    assert outside.splitlines()[-1].strip() in {"no-record", "outside-coverage"}
    assert "Not understood: “it”" in pronoun


def test_11_in_english_takes_a_question() -> None:
    """A question given is asked instead of those in the file."""
    told = _run("11_in_english.py", "When was the Beijing Declaration signed?")
    assert told.count("read as") == 1
    assert "17–18 July 2000" in told
