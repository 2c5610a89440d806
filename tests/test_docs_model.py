"""The guide to the model is true: its queries find rows, its snippets stand in the shipped graph."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph import open_graph, resources
from diplograph.namespaces import PREFIXES

pytestmark = pytest.mark.xdist_group("docs_model")  # one process reads the crosswalk
TEXT = (Path(__file__).parent.parent / "docs" / "model.md").read_text(encoding="utf-8")
TURTLE_PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def _blocks(language: str) -> list:
    """The fenced blocks of a language, each named by the line on which it begins."""
    found = re.finditer(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    return [pytest.param(m[1], id=f"line-{TEXT.count(chr(10), 0, m.start()) + 1}") for m in found]


@pytest.fixture(scope="module")
def world():
    """The crosswalk of states, which is no part of the shipped graph."""
    return open_graph(str(resources.world_files()[0].parent))


MADE_UP = Path(__file__).parent / "fixtures" / "datasets"


def _told_in(block: str, shipped, world):
    """The graph that a block of the guide is about."""
    if re.search(r"dg:(Lifespan|fate)\b", block):
        return open_graph(MADE_UP / "leaders.ttl")
    if re.search(r"dg:(Amending|forParty)\b", block):
        return open_graph(MADE_UP / "parties.ttl")
    return world if re.search(r"dg:(Statehood|Dependence|Coding)\b", block) else shipped


@pytest.mark.parametrize("query", _blocks("sparql"))
def test_every_query_finds_rows(shipped, world, query: str) -> None:
    """A query of the guide runs as it stands and finds something in every column."""
    rows = _told_in(query, shipped, world).select(query)
    assert rows
    head = query.partition("WHERE")[0]
    asked = set(re.findall(r"AS \?(\w+)", head) or re.findall(r"\?(\w+)", head))
    assert asked <= {name for row in rows for name in row}


@pytest.mark.parametrize("snippet", _blocks("turtle"))
def test_every_snippet_stands_in_the_data(shipped, world, snippet: str) -> None:
    """A snippet of the guide is Turtle, and the graph it is about says every triple of it."""
    triples = [q.triple for q in ox.parse(TURTLE_PREFIXES + snippet, format=ox.RdfFormat.TURTLE)]
    assert triples
    store = _told_in(snippet, shipped, world).store
    missing = [str(triple) for triple in triples if not any(store.quads_for_pattern(*triple))]
    assert missing == []


def test_every_pattern_has_a_question() -> None:
    """Every section on a pattern shows a query that asks for it."""
    headings = [(m.start(), m[1]) for m in re.finditer(r"^## (.+)$", TEXT, re.MULTILINE)]
    ends = [*headings[1:], (len(TEXT), "")]
    for (start, name), (end, _) in zip(headings, ends, strict=True):
        section = TEXT[start:end]
        if name != "Facts of your own":
            assert "```sparql" in section, name


def test_the_guide_says_that_identifiers_do_not_resolve() -> None:
    """A reader is told that the names under w3id.org do not open in a browser yet."""
    assert "https://w3id.org/diplograph/" in TEXT
    assert "redirect at w3id.org is not registered" in TEXT


@pytest.mark.parametrize(
    "name",
    [
        "docs/*.md",
        "docs/ontology.html",
        *[f"examples/{n}" for n in ("*.py", "*.rq", "*.ttl", "*.md", "*.ipynb")],
    ],
)
def test_no_sentence_of_a_source_is_copied(sources: Path, name: str) -> None:
    """No nine words in a row of the docs or the examples stand so in a source document."""
    root = Path(__file__).parent.parent
    known = {
        gram for path in sources.glob("*.txt") for gram in _grams(path.read_text(encoding="utf-8"))
    }
    assert known
    for path in root.glob(name):
        assert not known & _grams(path.read_text(encoding="utf-8")), path.name


def _grams(text: str, length: int = 9) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}
