"""How much of a document the facts cite: its units, the ledger, and what is left over."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from diplograph import coverage, open_graph
from diplograph.copies import digest_of
from diplograph.errors import SourceError
from diplograph.store import Graph
from diplograph.units import footnotes, units
from diplograph_cli.app import cli

TEXT = """# The Pact

Alba and Borea met in May.<sup>1</sup> They signed the Pact, and Mr. X of the U.S. looked on. Nobody
else came.

---

<sup>1</sup> The Gazette, no. 4. It was a Monday.

Year\tTons
2001\t15.8
"""
HEADING, SIGNED, NOBODY = TEXT.index("# The"), TEXT.index("They signed"), TEXT.index("Nobody")


def place(of: str) -> str:
    start = TEXT.index(of)
    return f"{start}-{start + len(of)}"


FACTS = f"""
ex:source a dg:Source ; dct:identifier "small" ; dct:title "Small"@en ; dg:fileName "small.txt" ;
    dg:digest "{digest_of(TEXT)}" ; dg:section ex:note .
ex:note a dg:Section ; rdfs:label "footnote 1" ; dg:at "{place("<sup>1</sup> The Gazette, no. 4. It was a Monday.")}" .
ex:alba a dg:Country ; skos:prefLabel "Alba"@en .
ex:met a dg:Fact ; dg:about ex:alba ; dg:grade grade:stated ; dg:statement "They met."@en ; dg:at "{place("Alba and Borea met in May.")}" .
ex:signed a dg:Fact ; dg:about ex:alba ; dg:grade grade:stated ; dg:statement "They signed."@en ; dg:at "{place("signed the Pact")}" .
ex:tons a dg:Fact ; dg:about ex:alba ; dg:grade grade:stated ; dg:statement "So much."@en ; dg:at "{place("15.8")}" .
ex:led a dg:LedgerEntry ; dg:at "{place("# The Pact")}" ; dg:reason reason:heading .
ex:led2 a dg:LedgerEntry ; dg:at "{place("Year	Tons")}" ; dg:reason reason:heading .
"""


@pytest.fixture
def source(write_graph, tmp_path: Path) -> tuple[Path, Path]:
    """A graph of facts on a small document, and the folder with the document."""
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "small.txt").write_bytes(TEXT.encode())
    return write_graph(FACTS), copies


def test_a_document_is_taken_apart() -> None:
    """Headings, sentences, footnotes and rows are told apart; marks and abbreviations end nothing."""
    assert [(u.kind.value, " ".join(TEXT[u.start : u.end].split())) for u in units(TEXT)] == [
        ("heading", "# The Pact"),
        ("sentence", "Alba and Borea met in May.<sup>1</sup>"),
        ("sentence", "They signed the Pact, and Mr. X of the U.S. looked on."),
        ("sentence", "Nobody else came."),
        ("footnote", "<sup>1</sup> The Gazette, no. 4."),
        ("footnote", "It was a Monday."),
        ("table row", "Year Tons"),
        ("table row", "2001 15.8"),
    ]


def shown(text: str) -> list[tuple[str, str]]:
    """The units of a text, each as its kind and its words."""
    return [(u.kind.value, " ".join(text[u.start : u.end].split())) for u in units(text)]


def test_footnotes_on_successive_lines_are_told_apart() -> None:
    """A note that begins a line begins a unit, whether [1], [^1]: or raised; marks in the text do not."""
    text = "One came.[1] Two went.[^n] Three stayed.\r\n\r\n[1] First. More.\r\n[2] Second\r\ntoo.\r\n[^n]: Third.\r\n\r\nEnd.\r\n"
    assert shown(text) == [
        ("sentence", "One came.[1]"), ("sentence", "Two went.[^n]"), ("sentence", "Three stayed."),
        ("footnote", "[1] First."), ("footnote", "More."), ("footnote", "[2] Second too."),
        ("footnote", "[^n]: Third."), ("sentence", "End."),
    ]  # fmt: skip
    assert [(text[s:e].split()[0], n) for s, e, n in footnotes(text)] == [("[1]", "1"), ("[2]", "2"), ("[^n]:", "n")]  # fmt: skip


def test_tables_of_strokes_and_of_wide_gaps() -> None:
    """Rows are told by tabs, by upright strokes and by wide gaps; a tab in prose makes no table."""
    assert shown("| a | b |\n|---|---|\n| 1 | 2 |") == [("table row", "| a | b |"), ("table row", "| 1 | 2 |")]  # fmt: skip
    assert shown("Year   Tons\n2001   15.8") == [("table row", "Year Tons"), ("table row", "2001 15.8")]  # fmt: skip
    assert shown("It was\tsigned and\nthen kept. It held.") == [("sentence", "It was signed and then kept."), ("sentence", "It held.")]  # fmt: skip


def test_a_byte_order_mark_hides_no_heading() -> None:
    """A mark at the very beginning belongs to no unit, and the places count it."""
    [heading, sentence] = units("\ufeff# Head\n\nText.")
    assert (heading.start, heading.kind.value, sentence.start) == (1, "heading", 9)


def test_items_of_a_list_are_units() -> None:
    """Each item of a list is read by itself."""
    assert shown("- one thing\n- another") == [
        ("sentence", "- one thing"),
        ("sentence", "- another"),
    ]


def test_a_heading_ends_with_its_line() -> None:
    """What follows a heading without a blank line is no part of it."""
    text = "# One\nIt begins.\n## Two\nIt ends."
    assert [(u.kind.value, text[u.start : u.end]) for u in units(text)] == [
        ("heading", "# One"), ("sentence", "It begins."), ("heading", "## Two"), ("sentence", "It ends."),
    ]  # fmt: skip


@given(st.text(alphabet="aB1 .\n\t#-<>sup/éü“”", max_size=200))
def test_every_letter_lies_in_exactly_one_unit(text: str) -> None:
    """Whatever the text, its units follow each other and no letter or digit is lost."""
    found = units(text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    inside = "".join(text[u.start : u.end] for u in found)
    assert sorted(filter(str.isalnum, inside)) == sorted(filter(str.isalnum, text))


def test_what_is_cited_in_the_ledger_and_left_over(source: tuple[Path, Path]) -> None:
    """A passage within a sentence cites it; what neither fact nor ledger has is left over."""
    graph, copies = source
    [found] = coverage(open_graph(graph), copies).sources
    counts = {c.kind: (c.total, c.cited, c.ledger, c.gaps) for c in found.counts}
    assert counts == {
        "sentence": (3, 2, 0, 1),
        "footnote": (2, 0, 0, 2),
        "table row": (2, 1, 1, 0),
        "heading": (1, 0, 1, 0),
    }
    assert [gap.text for gap in found.gaps] == [
        "Nobody else came.", "<sup>1</sup> The Gazette, no. 4.", "It was a Monday.",
    ]  # fmt: skip
    assert [gap.where for gap in found.gaps] == ["", "footnote 1", "footnote 1"]
    assert found.reasons == {"heading": 2}
    assert [part.text for part in found.parts] == [", and Mr. X of the U.S. looked on."]
    assert found.cited_words == len(
        ("Alba", "and", "Borea", "met", "in", "May", "signed", "the", "Pact", "15.8")
    )


def test_a_ledger_entry_for_what_a_fact_cites_is_untrue(source: tuple[Path, Path]) -> None:
    """The ledger may not say that nothing is stated where a fact says otherwise."""
    graph, copies = source
    entry = f'ex:led3 a dg:LedgerEntry ; dg:at "{place("Alba and Borea met in May.")}" ; dg:reason reason:transition .\n'
    graph.write_text(graph.read_text() + entry)
    result = coverage(open_graph(graph), copies)
    assert [gap.text for gap in result.sources[0].untrue] == ["Alba and Borea met in May.<sup>1</sup>"]  # fmt: skip
    assert not result.complete


def test_a_passage_that_only_touches_the_next_sentence_does_not_cite_it(
    source: tuple[Path, Path],
) -> None:
    """A passage counts for the units that it lies in or mostly covers, not for its neighbour."""
    graph, copies = source
    fact = f'ex:more a dg:Fact ; dg:about ex:alba ; dg:grade grade:stated ; dg:statement "More."@en ; dg:at "{SIGNED}-{NOBODY + 4}" .\n'
    graph.write_text(graph.read_text() + fact)
    [found] = coverage(open_graph(graph), copies).sources
    assert "Nobody else came." in [gap.text for gap in found.gaps]


def test_an_identifier_cannot_put_words_into_a_query(source: tuple[Path, Path]) -> None:
    """A quotation mark in an identifier is a letter like others and not the end of a text."""
    graph, copies = source
    graph.write_text(graph.read_text().replace('"small"', '"a\\" ?b . } UNION { \\"c"'))
    [found] = coverage(open_graph(graph), copies).sources
    assert found.source.startswith('a" ?b')
    assert sum(c.cited for c in found.counts) == 3


def test_a_passage_inside_a_word_counts_no_word_twice(source: tuple[Path, Path]) -> None:
    """Words are counted by their place: several passages in one word make it one cited word."""
    graph, copies = source
    start = TEXT.index("Nobody")
    for number, (s, e) in enumerate([(start, start + 2), (start + 3, start + 5)]):
        fact = f'ex:w{number} a dg:Fact ; dg:about ex:alba ; dg:grade grade:stated ; dg:statement "W{number}."@en ; dg:at "{s}-{e}" .\n'
        graph.write_text(graph.read_text() + fact)
    [found] = coverage(open_graph(graph), copies).sources
    assert found.cited_words == 11
    assert found.share == round(100 * 11 / found.words, 1)


def test_a_graph_without_documents_is_not_complete(write_graph, tmp_path: Path) -> None:
    """Where nothing was measured nothing is said to be complete."""
    graph = open_graph(write_graph('ex:a dg:at "0-1" .', "bare.ttl"))
    assert not coverage(graph, tmp_path).complete


def test_a_changed_copy_is_refused(source: tuple[Path, Path]) -> None:
    """Places in another text mean nothing, so that nothing is measured."""
    graph, copies = source
    (copies / "small.txt").write_bytes(("!" + TEXT).encode())
    with pytest.raises(SourceError, match="not the text that the curators read"):
        coverage(open_graph(graph), copies)


def test_the_command(source: tuple[Path, Path]) -> None:
    """The command counts, lists what is left over when asked, and leaves with 1 for it."""
    graph, copies = map(str, source)
    call = ["sources", "coverage", "--graph", graph, "--sources", copies]
    plain = CliRunner().invoke(cli, call)
    assert plain.exit_code == 1
    assert "Nobody else came." not in plain.stdout
    shown = CliRunner().invoke(cli, [*call, "--show-gaps", "--show-parts"])
    assert (
        f"[{NOBODY}–{NOBODY + len('Nobody else came.')}] sentence: Nobody else came."
        in " ".join(shown.stdout.split())
    )
    assert "looked on" in shown.stdout
    record = json.loads(CliRunner().invoke(cli, [*call, "--json"]).stdout)
    assert record["sources"][0]["source"] == "small"


def test_the_command_without_copies() -> None:
    """Without a folder of documents the command says what to name, in one line, with 2."""
    result = CliRunner().invoke(cli, ["sources", "coverage"])
    assert result.exit_code == 2
    assert "--sources DIR" in result.stderr


def test_nothing_of_the_shipped_documents_is_left_over(shipped, sources: Path) -> None:
    """Every sentence, footnote, row and heading is cited by a fact or in a true ledger."""
    result = coverage(shipped, sources)
    assert result.missing == ()
    for source in result.sources:
        assert [(gap.start, gap.end) for gap in source.gaps] == [], source.source
        assert [(gap.start, gap.end) for gap in source.untrue] == [], source.source


def test_the_ledgers_are_small(shipped, sources: Path) -> None:
    """At most a tenth of the sentences and footnotes are said to state nothing."""
    for source in coverage(shipped, sources).sources:
        told = [c for c in source.counts if c.kind in ("sentence", "footnote")]
        assert sum(c.ledger for c in told) * 10 <= sum(c.total for c in told), source.source


def test_no_number_of_the_shipped_documents_is_lost(shipped, sources: Path) -> None:
    """Every number in digits stands in a fact whose passage holds it: printed, as a date, a name."""
    files = shipped.select("SELECT ?id ?file WHERE { ?s dct:identifier ?id ; dg:fileName ?file }")
    assert len(files) >= 2
    for row in files:
        text = (sources / row["file"]).read_bytes().decode()
        told = _told(shipped, row["id"])
        plain = re.sub(r"<sup>\d+</sup>|https?://[^\s)\]]+", lambda mark: " " * len(mark[0]), text)
        lost = []
        for match in re.finditer(NUMBER, plain):
            inside = [v for (s, e), v in told.items() if s <= match.start() and match.end() <= e]
            known = {_digits(n) for values in inside for v in values for n in re.findall(NUMBER, v)}
            ledger = any("ledger" in values for values in inside)
            if not ledger and _digits(match[0]) not in known:
                lost.append((match.start(), match[0]))
        assert lost == [], row["id"]


NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"


def _digits(number: str) -> str:
    return number.replace(",", "").lstrip("0")


def _told(graph: Graph, source: str) -> dict[tuple[int, int], set[str]]:
    """By the place of each passage, what its facts, and the things they name, are called and dated."""
    rows = graph.select(
        f"""SELECT ?start ?end ?value WHERE {{ ?fact dg:evidence ?p . ?p oa:hasSource/dct:identifier "{source}" ;
            oa:hasSelector ?position . ?position oa:start ?start ; oa:end ?end .
            {{ ?fact dg:printed|dg:when|dg:expected|dg:statement|dg:describedAs|dg:name ?value }}
            UNION {{ ?fact a dg:LedgerEntry BIND("ledger" AS ?value) }}
            UNION {{ ?fact dg:of|dg:about|dg:cited|dg:weapon ?thing . ?thing skos:prefLabel|skos:altLabel|dct:title|dct:issued|dct:isPartOf|dct:publisher|dct:bibliographicCitation ?value }}
        }}"""
    )
    found: dict[tuple[int, int], set[str]] = {}
    for row in rows:
        found.setdefault((int(row["start"]), int(row["end"])), set()).add(row["value"])
    return found
