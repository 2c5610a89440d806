"""The shipped graph as a product: tidy, complete in itself, and in the curators' own words."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from diplograph import resources
from diplograph.namespaces import PREFIXES
from diplograph.read import read_file

ROOT = Path(__file__).parent.parent


def test_every_term_is_used(shipped) -> None:
    """Each class, property and concept of the vocabulary occurs in the shipped facts."""
    declared, used = set(), set()
    ours = tuple(v for v in PREFIXES.values() if "diplograph/ns" in v or "diplograph/concept" in v)
    for path in resources.vocabulary_files():
        for quad in read_file(path, "x:x"):
            if quad.predicate.value == PREFIXES["rdf"] + "type" and quad.subject.value.startswith(
                ours
            ):
                declared.add(quad.subject.value)
            used.add(quad.predicate.value)
            if isinstance(quad.object, ox.NamedNode) and quad.predicate.value in (
                PREFIXES["skos"] + "broader",
                PREFIXES["skos"] + "inScheme",
            ):
                used.add(quad.object.value)
    for row in shipped.select(
        "SELECT DISTINCT ?t WHERE { GRAPH ?g { { ?s ?t ?o } UNION { ?s ?p ?t } } FILTER(?g != <https://w3id.org/diplograph/graph/vocabulary>) }"
    ):
        used.add(row["t"])
    for path in resources.world_files():  # the crosswalk of states has terms of its own
        for quad in ox.parse(path=str(path)):
            used |= {quad.predicate.value, getattr(quad.object, "value", "")}
    # The datasets have terms of their own, which their importers name.
    code = "".join(p.read_text("utf-8") for p in sorted((ROOT / "graph").rglob("*.py")))
    named = set(re.findall(r"[\"'/:]([\w-]+)[\"']", code))
    used |= {term for term in declared if term.rpartition("/")[2].rpartition("#")[2] in named}
    used |= {term for term in declared if term.startswith(PREFIXES["wkind"])}  # found by label
    used |= {PREFIXES["dg"] + name for name in ("candidate", "importMark")}  # as keywords
    # A life has these stages, and a ledger these reasons, whether or not the two documents tell of
    # them; the competency questions “stages-of-life” and “ledger-reasons” ask for all.
    whole = {PREFIXES["stage"] + name for name in ("ended", "ratified")}
    whole |= {PREFIXES["reason"] + name for name in ("bibliography", "layout", "transition")}
    assert sorted(declared - used - whole) == []


def test_prefixes_know_every_scheme_and_kind_of_thing() -> None:
    """Each prefix in the data is one of the library's, so that IRIs can be shortened and expanded."""
    paths = [path for folder in resources.data_folders() for path in folder.glob("*.ttl")]
    for path in [*paths, *resources.world_files()]:
        for prefix, iri in re.findall(r"@prefix (\w+): <([^>]+)>", path.read_text("utf-8")):
            if prefix not in ("sec", "led"):  # each source has its own sections and ledger
                assert PREFIXES.get(prefix) == iri, (path.name, prefix)


def test_the_data_say_their_licence(shipped) -> None:
    """Each source's graph and the folder say CC BY 4.0."""
    rows = shipped.select(
        "SELECT ?s WHERE { ?s a dg:Source FILTER NOT EXISTS { ?s dct:license <https://creativecommons.org/licenses/by/4.0/> } }"
    )
    assert rows == []
    assert "CC BY 4.0" in (resources.ontology_root() / "data" / "README.md").read_text()


def test_no_sentence_of_the_sources_is_in_the_project(shipped, sources: Path) -> None:
    """No file of the project shares nine running words with a source document, titles apart."""
    titles = shipped.select(
        """SELECT ?title WHERE {
            { ?d a dg:Document ; dct:title|dct:isPartOf|dct:publisher|skos:prefLabel ?title }
            UNION { agr:complementary-agreement-2004 skos:altLabel ?title } }"""
    )
    allowed = {run for row in titles for run in _runs(row["title"])}
    runs = {
        run for path in sources.glob("*.txt") for run in _runs(path.read_text(encoding="utf-8"))
    }
    hits = []
    for path in ROOT.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        if path.suffix in _WRITTEN and not hidden:
            for run in _runs(path.read_text(encoding="utf-8")):
                if run in runs and run not in allowed:
                    hits.append((path.name, " ".join(run)))
    assert hits == []


_WRITTEN = {".ttl", ".toml", ".md", ".py", ".rq", ".ipynb", ".txt", ".html"}


def _runs(text: str, length: int = 9) -> list[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]
