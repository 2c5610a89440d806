"""The reference page of the ontology is current, complete, self-contained and leads where it says."""

from __future__ import annotations

import importlib
import itertools
import os
import re
import subprocess
import sys
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph import resources
from diplograph.namespaces import DG, PREFIXES, shorten

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGE = (DOCS / "ontology.html").read_text(encoding="utf-8")
GUIDE = (DOCS / "model.md").read_text(encoding="utf-8")
OWL, RDF, RDFS, SKOS, SH = (PREFIXES[p] for p in ("owl", "rdf", "rdfs", "skos", "sh"))
TERMS = {OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty")}
CONCEPTS = {SKOS + name for name in ("Concept", "ConceptScheme")}
VOID = {"meta", "br", "path", "rect", "hr", "img", "link", "input"}
OUTSIDE = "http"


class Reader(HTMLParser):
    """The elements of a page, what stands open when each begins, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if tag not in VOID and (not self.open or self.open.pop() != tag):
            self.unbalanced.append(f"{tag} at {self.getpos()}")

    def handle_data(self, data):
        self.text.append(data)


@cache
def read() -> Reader:
    reader = Reader()
    reader.feed(PAGE)
    reader.close()
    return reader


def anchors() -> list[str]:
    return [attributes["id"] for _, attributes in read().found if "id" in attributes]


def entries() -> dict[str, str]:
    """The HTML of each entry of a term, by its anchor."""
    starts = [
        (m[1], m.start()) for m in re.finditer(r'<section class="term[^"]*" id="(\S+)">', PAGE)
    ]
    ends = [start for _, start in starts[1:]] + [len(PAGE)]
    return {name: PAGE[start:end] for (name, start), end in zip(starts, ends, strict=True)}


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).split())


@cache
def vocabulary() -> dict[str, dict[str, list[str]]]:
    """What the Turtle of the vocabulary and the shapes says, read apart from the generator."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in (*resources.vocabulary_files(), *resources.shapes_files()):
        for quad in ox.parse(path=str(path)):
            said = found.setdefault(quad.subject.value, {})
            said.setdefault(quad.predicate.value, []).append(quad.object.value)
    return found


def declared(types: set[str]) -> list[str]:
    return [iri for iri, said in vocabulary().items() if types & set(said.get(RDF + "type", []))]


def anchor(iri: str) -> str:
    return iri.removeprefix(DG) if iri.startswith(DG) else shorten(iri)


def below(iri: str) -> set[str]:
    found = {c for c, said in vocabulary().items() if iri in said.get(RDFS + "subClassOf", [])}
    return found | {lower for c in found for lower in below(c)}


def worked() -> list[str]:
    """Every Turtle block of the page that a SPARQL block follows."""
    blocks = [
        (language, unescape(re.sub(r"<[^>]+>", "", code)))
        for language, code in re.findall(
            r'<figure class="code"[^>]*><figcaption>(\w+)</figcaption>.*?<code>(.*?)</code>',
            PAGE,
            re.S,
        )
    ]
    pairs = itertools.pairwise(blocks)
    return [code for (one, code), (two, _) in pairs if (one, two) == ("Turtle", "SPARQL")]


def test_the_page_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/ontology.html is what docs/make_ontology.py writes."""
    monkeypatch.syspath_prepend(str(DOCS))
    page = importlib.import_module("make_ontology").page()
    assert page == PAGE, "run: python docs/make_ontology.py"


def test_the_page_is_the_same_whatever_the_order_of_sets() -> None:
    """Two runs with different seeds of Python's hashing write the same bytes."""
    code = (
        f"import sys; sys.path.insert(0, {str(DOCS)!r}); import make_ontology as m; print(m.page())"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(pages) == 1


@pytest.mark.parametrize("iri", declared(TERMS), ids=anchor)
def test_every_term_is_on_the_page(iri: str) -> None:
    """A class or property has an entry at its anchor, with label, IRI, definition, example and alignment."""
    entry = entries()[anchor(iri)]
    said = vocabulary()[iri]
    for predicate in (RDFS + "label", SKOS + "definition", SKOS + "example"):
        for text in said[predicate]:
            assert " ".join(text.split()) in words(entry)
    assert f"<code>{iri}</code>" in entry
    for predicate in ("subClassOf", "subPropertyOf", "domain", "range"):
        for other in said.get(RDFS + predicate, []):
            target = f"#{anchor(other)}" if other.startswith(DG) else other
            assert f'href="{target}"' in entry, (predicate, other)


@pytest.mark.parametrize("iri", declared(CONCEPTS), ids=anchor)
def test_every_concept_is_on_the_page(iri: str) -> None:
    """A concept or scheme has an anchor, and its label and definition stand there."""
    assert anchor(iri) in anchors()
    where = words(PAGE[PAGE.index(f'id="{anchor(iri)}"') - 40 :][:4000])
    said = vocabulary()[iri]
    for predicate in (SKOS + "prefLabel", RDFS + "label", SKOS + "definition", SKOS + "example"):
        for text in said.get(predicate, []):
            assert text in where, predicate


def test_every_rule_is_on_the_page() -> None:
    """The message of every SHACL shape stands on the page, with the class of the same name if there is one."""
    text = words(PAGE)
    for shape, said in vocabulary().items():
        for message in said.get(SH + "message", []):
            assert message in text, shape
            entry = entries().get(shape.rpartition("/")[2].partition("-")[0])
            assert entry is None or message in words(entry), shape


@pytest.mark.parametrize(
    "name",
    [
        *sorted(shorten(c) for c in below(DG + "Fact")),
        "dg:Conflict",
        "dg:Coverage",
        "dg:LedgerEntry",
    ],
)
def test_every_class_of_facts_is_worked(name: str) -> None:
    """Turtle that shows one stands on the page with a query behind it, and the entry of the class leads to it."""
    assert any(f"a {name} " in code for code in worked())
    assert re.search(r'href="#pattern-\S+"', entries()[name.removeprefix("dg:")])


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("StageFact", "dg:of agr:"),
        ("StageFact", "dg:of trf:"),
        ("StageFact", "dg:of prj:"),
        ("Participation", "dg:of agr:"),
        ("Participation", "dg:of evt:"),
        ("Observation", "dg:value "),
        ("Observation", "dg:minimum "),
        ("Observation", "dg:unknown true"),
        ("Observation", "dg:accordingTo doc:"),
        ("Claim", "dg:retells "),
        ("Claim", "dg:mode "),
    ],
)
def test_every_use_of_a_pattern_is_worked(name: str, what: str) -> None:
    """Where a class of facts is used in several ways, each is shown."""
    statements = [part for code in worked() for part in re.split(r" \.\s", code + "\n")]
    assert any(f" a dg:{name} " in part and what in part for part in statements)


def test_nothing_is_fetched() -> None:
    """The page has no script and nothing that a browser would load, and its policy forbids it."""
    tags = {tag for tag, _ in read().found}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "image", "use", "base"}
    assert not any({"src", "srcset", "xlink:href"} & set(a) for _, a in read().found)
    assert not re.search(r"@import|url\((?!#arrow\))", PAGE)
    assert "default-src 'none'; style-src 'unsafe-inline'" in PAGE


def test_links_lead_somewhere() -> None:
    """A link within the page has its anchor, one to a neighbour its file; no anchor stands twice."""
    names = anchors()
    assert len(names) == len(set(names))
    for _, attributes in read().found:
        target = attributes.get("href", "")
        if target.startswith("#"):
            assert target[1:] in names, target
        elif target and not target.startswith(OUTSIDE):
            assert (DOCS / target).is_file(), target


def test_the_page_can_be_read_by_all() -> None:
    """Elements are closed, headings do not skip a level, and header cells say what they head."""
    reader = read()
    assert reader.unbalanced == []
    assert reader.open == []
    assert ("html", {"lang": "en"}) in reader.found
    levels = [int(tag[1]) for tag, _ in reader.found if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in itertools.pairwise(levels))
    assert all("scope" in attributes for tag, attributes in reader.found if tag == "th")
    assert {tag for tag, _ in reader.found} >= {"nav", "main", "header", "footer", "title"}


def test_the_guide_and_the_readme_lead_to_the_page() -> None:
    """README.md and docs/model.md link the page."""
    assert "](docs/ontology.html)" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "](ontology.html)" in GUIDE
