"""Shared fixtures: the shipped graph, a small made-up graph, and the reader's copies if at hand."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

os.environ.setdefault(
    "DIPLOGRAPH_CACHE", str(Path(tempfile.gettempdir()) / f"diplograph-tests-{os.getuid()}")
)
os.environ.pop("DIPLOGRAPH_GRAPH", None)
os.environ["COLUMNS"] = "100"  # the width of what the docs show; pytest-xdist sets another
# The processes that share the tests have the cores already: threads of each, which wait for each
# other, made a graph's vectors take three times the time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What is kept for all tests is much, and to look through it for garbage takes time.
gc.set_threshold(200_000, 50, 1000)

ROOT = Path(__file__).parent.parent
# No command under test may find the documents by itself; the processes that share the tests may.
os.environ.setdefault("DIPLOGRAPH_TESTS_SOURCES", os.environ.pop("DIPLOGRAPH_SOURCES", ""))
SOURCES = Path(os.environ["DIPLOGRAPH_TESTS_SOURCES"] or ROOT.parent / "shared" / "sources")
DATASETS = Path(os.environ.get("DIPLOGRAPH_DATA") or ROOT.parent / "shared" / "data")


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder with the source documents; tests that need it are skipped without it."""
    if not SOURCES.is_dir():
        pytest.skip("the source documents are not at hand (DIPLOGRAPH_SOURCES)")
    return SOURCES


@pytest.fixture(scope="session")
def datasets() -> Path:
    """The folder with the public datasets; tests that need them are skipped without it."""
    if not DATASETS.is_dir():
        pytest.skip("the public datasets are not at hand (DIPLOGRAPH_DATA)")
    return DATASETS


@pytest.fixture(scope="session")
def base_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as an import into a new one finds it, made once for all processes of a run."""
    import pyoxigraph as ox
    from filelock import FileLock

    from diplograph.disk import put
    from diplograph.importers import running

    run = tmp_path_factory.getbasetemp()
    place = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "base-world"
    with FileLock(f"{place}.lock"):
        if not place.exists():
            with put(place) as building:
                store = ox.Store(str(building))
                running._prepare("https://example.org/none", lambda _: None, store)
                store.flush()
                del store
    return place


@pytest.fixture(scope="session")
def new_world(base_world: Path) -> Callable[[Path], Path]:
    """Put at a path what an import would make there first; the import goes on from it."""
    from diplograph.disk import copy_store

    def made(path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        copy_store(base_world, path)
        return path

    return made


@pytest.fixture(scope="session")
def shipped():
    """The shipped graph."""
    from diplograph import open_graph

    return open_graph()


PREFIXES = """
@prefix dg: <https://w3id.org/diplograph/ns#> .
@prefix kind: <https://w3id.org/diplograph/concept/agreement-kind/> .
@prefix stage: <https://w3id.org/diplograph/concept/stage/> .
@prefix grade: <https://w3id.org/diplograph/concept/grade/> .
@prefix role: <https://w3id.org/diplograph/concept/role/> .
@prefix okind: <https://w3id.org/diplograph/concept/organization-kind/> .
@prefix aspect: <https://w3id.org/diplograph/concept/aspect/> .
@prefix ekind: <https://w3id.org/diplograph/concept/event-kind/> .
@prefix mode: <https://w3id.org/diplograph/concept/mode/> .
@prefix measure: <https://w3id.org/diplograph/concept/measure/> .
@prefix unit: <https://w3id.org/diplograph/concept/unit/> .
@prefix reason: <https://w3id.org/diplograph/concept/ledger-reason/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
"""


@pytest.fixture
def write_graph(tmp_path: Path):
    """Write Turtle with the usual prefixes into a file and return its path."""

    def write(body: str, name: str = "made-up.ttl") -> Path:
        path = tmp_path / name
        path.write_text(PREFIXES + body, encoding="utf-8")
        return path

    return write


MADE_UP = """
ex:source a dg:Source ; dct:identifier "made-up" ; dct:title "A made-up source"@en ;
    dct:issued "2010"^^xsd:gYear ; dg:fileName "made-up.txt" ; dg:coverage ex:coverage .
ex:coverage a dg:Coverage ; <http://www.w3.org/2000/01/rdf-schema#label> "Alba and Borea"@en ;
    dg:when "1980/2010" ; dg:covers ex:alba , ex:borea .

ex:alba a dg:Country ; skos:prefLabel "Alba"@en ; skos:altLabel "Albany"@en .
ex:borea a dg:Country ; skos:prefLabel "Borea"@en .
ex:old-borea a dg:Country ; skos:prefLabel "Old Borea"@en .
ex:cana a dg:Country ; skos:prefLabel "Cána"@en .
ex:league a dg:Organization ; dg:kind okind:international ; skos:prefLabel "League"@en .
ex:alba-oil a dg:Organization ; dg:kind okind:company ; skos:prefLabel "Alba Oil"@en .
ex:borea-gas a dg:Organization ; dg:kind okind:company ; skos:prefLabel "Borea Gas"@en .

ex:f1 a dg:Succession ; dg:predecessor ex:old-borea ; dg:successor ex:borea ; dg:when "1990" ;
    dg:grade grade:stated ; dg:statement "Borea succeeded Old Borea."@en ; dg:at "0-10" .
ex:f2 a dg:Affiliation ; dg:agent ex:alba-oil ; dg:within ex:alba ; dg:when "2000" ;
    dg:grade grade:stated ; dg:statement "Alba Oil is of Alba."@en ; dg:at "0-10" .
ex:f3 a dg:Affiliation ; dg:agent ex:borea-gas ; dg:within ex:borea ; dg:when "2000" ;
    dg:grade grade:stated ; dg:statement "Borea Gas is of Borea."@en ; dg:at "0-10" .
ex:f4 a dg:Membership ; dg:agent ex:alba , ex:borea ; dg:within ex:league ; dg:role role:member ;
    dg:when "1995/2005" ; dg:grade grade:stated ; dg:statement "Both are in the League."@en ; dg:at "0-10" .

ex:pact a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "Pact"@en .
ex:pact-p a dg:Participation ; dg:of ex:pact ; dg:agent ex:alba , ex:borea ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "Parties of the Pact."@en ; dg:at "11-20" .
ex:pact-proposed a dg:StageFact ; dg:of ex:pact ; dg:stage stage:proposed ; dg:when "1999" ;
    dg:grade grade:stated ; dg:statement "The Pact was proposed."@en ; dg:at "11-20" .
ex:pact-signed a dg:StageFact ; dg:of ex:pact ; dg:stage stage:signed ; dg:when "2001-05" ;
    dg:grade grade:stated ; dg:statement "The Pact was signed."@en ; dg:at "21-30" .
ex:pact-signed-too a dg:StageFact ; dg:of ex:pact ; dg:stage stage:signed ; dg:when "2001-06-01" ;
    dg:grade grade:reported ; dg:statement "The Pact is reported signed in June."@en ; dg:at "31-40" .
ex:conflict a dg:Conflict ; dg:between ex:pact-signed , ex:pact-signed-too ; dg:aspect aspect:date ;
    dg:detail "May against June."@en .

ex:old-pact a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "Old Pact"@en .
ex:old-pact-p a dg:Participation ; dg:of ex:old-pact ; dg:agent ex:alba , ex:old-borea ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "Parties of the Old Pact."@en ; dg:at "11-20" .
ex:old-pact-signed a dg:StageFact ; dg:of ex:old-pact ; dg:stage stage:signed ; dg:when "1970" ;
    dg:grade grade:stated ; dg:statement "The Old Pact was signed."@en ; dg:at "11-20" .

ex:league-cana a dg:Agreement ; dg:kind kind:agreement ; skos:prefLabel "League and Cana"@en .
ex:league-cana-p a dg:Participation ; dg:of ex:league-cana ; dg:agent ex:league , ex:cana ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "Parties."@en ; dg:at "11-20" .
ex:league-cana-signed a dg:StageFact ; dg:of ex:league-cana ; dg:stage stage:signed ; dg:when "2000" ;
    dg:grade grade:stated ; dg:statement "Signed."@en ; dg:at "11-20" .

ex:late-league a dg:Agreement ; dg:kind kind:agreement ; skos:prefLabel "Late League deal"@en .
ex:late-league-p a dg:Participation ; dg:of ex:late-league ; dg:agent ex:league , ex:cana ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "Parties."@en ; dg:at "11-20" .
ex:late-league-signed a dg:StageFact ; dg:of ex:late-league ; dg:stage stage:signed ; dg:when "2008" ;
    dg:grade grade:stated ; dg:statement "Signed after the membership ended."@en ; dg:at "11-20" .

ex:gas-deal a dg:Agreement ; dg:kind kind:contract ; skos:prefLabel "Gas deal"@en .
ex:gas-deal-p a dg:Participation ; dg:of ex:gas-deal ; dg:agent ex:alba-oil , ex:borea-gas ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "Parties."@en ; dg:at "11-20" .
ex:gas-deal-signed a dg:StageFact ; dg:of ex:gas-deal ; dg:stage stage:signed ; dg:when "2003~" ;
    dg:grade grade:stated ; dg:statement "Signed."@en ; dg:at "11-20" .

ex:rumour a dg:Agreement ; dg:kind kind:agreement ; skos:prefLabel "Secret clause"@en .
ex:rumour-p a dg:Participation ; dg:of ex:rumour ; dg:agent ex:alba , ex:borea ; dg:role role:party ;
    dg:grade grade:rumoured ; dg:statement "Parties."@en ; dg:at "11-20" .
ex:rumour-signed a dg:StageFact ; dg:of ex:rumour ; dg:stage stage:signed ; dg:when "2002" ;
    dg:grade grade:rumoured ; dg:statement "Signed, they whisper."@en ; dg:at "11-20" .

ex:framed a dg:Agreement ; dg:kind kind:understanding ; skos:prefLabel "Understanding within the League"@en .
ex:framed-p a dg:Participation ; dg:of ex:framed ; dg:agent ex:alba , ex:cana ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "Parties."@en ; dg:at "11-20" .
ex:framed-agreed a dg:StageFact ; dg:of ex:framed ; dg:stage stage:agreed ; dg:when "2000" ; dg:within ex:league ;
    dg:grade grade:stated ; dg:statement "Agreed within the League."@en ; dg:at "11-20" .

ex:own a dg:Agreement ; dg:kind kind:joint-statement ; skos:prefLabel "Statement of the League"@en .
ex:own-p a dg:Participation ; dg:of ex:own ; dg:agent ex:league ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "The League speaks."@en ; dg:at "11-20" .
ex:own-agreed a dg:StageFact ; dg:of ex:own ; dg:stage stage:agreed ; dg:when "2000" ; dg:within ex:league ;
    dg:grade grade:stated ; dg:statement "Stated by the League."@en ; dg:at "11-20" .

ex:open a dg:Agreement ; dg:kind kind:plan ; skos:prefLabel "Open plan"@en .
ex:open-p a dg:Participation ; dg:of ex:open ; dg:agent ex:alba , ex:borea ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "Parties."@en ; dg:at "11-20" .
ex:open-agreed a dg:StageFact ; dg:of ex:open ; dg:stage stage:agreed ; dg:when "../2008" ;
    dg:grade grade:stated ; dg:statement "Agreed by 2008."@en ; dg:at "11-20" .

ex:alba-steel a dg:Organization ; dg:kind okind:company ; skos:prefLabel "Alba Steel"@en .
ex:alba-coal a dg:Organization ; dg:kind okind:company ; skos:prefLabel "Alba Coal"@en .
ex:printed a dg:Organization ; dg:kind okind:company ; skos:prefLabel "Alba Steel and Coal (as printed)"@en ;
    dg:conflatedWith ex:alba-steel , ex:alba-coal .
ex:steel-deal a dg:Agreement ; dg:kind kind:contract ; skos:prefLabel "Steel deal"@en .
ex:steel-deal-p a dg:Participation ; dg:of ex:steel-deal ; dg:agent ex:printed , ex:borea-gas ; dg:role role:party ;
    dg:grade grade:stated ; dg:statement "Parties of the steel deal."@en ; dg:at "11-20" .
ex:steel-deal-signed a dg:StageFact ; dg:of ex:steel-deal ; dg:stage stage:signed ; dg:when "2004" ;
    dg:grade grade:stated ; dg:statement "The steel deal was signed."@en ; dg:at "11-20" .

ex:no-peace a dg:Denial ; dg:agent ex:borea , ex:cana ; dg:deniedKind kind:peace-treaty ; dg:when "1990/2000" ;
    dg:grade grade:denied ; dg:statement "Borea and Cana have no peace treaty."@en ; dg:at "11-20" .
"""


@pytest.fixture
def made_up(write_graph) -> Path:
    """A small made-up graph with every way in which an agreement links two parties."""
    return write_graph(MADE_UP)


from .browser import alba, chromium, pages, show, tabs  # noqa: E402, F401 - fixtures
from .charted import arms  # noqa: E402, F401
from .imported import small  # noqa: E402, F401
from .mapped import tell  # noqa: E402, F401
