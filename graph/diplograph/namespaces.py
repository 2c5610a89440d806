"""Prefixes and terms.

``PREFIXES`` are the prefixes that every query may use without declaring them.

>>> from diplograph.namespaces import DG, expand, shorten
>>> DG + "stage"
'https://w3id.org/diplograph/ns#stage'
>>> shorten("https://w3id.org/diplograph/id/country/china")
'cty:china'
>>> expand("cty:china")
'https://w3id.org/diplograph/id/country/china'
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "BASE",
    "DCT",
    "DG",
    "ENTITIES_GRAPH",
    "INDEX_GRAPH",
    "OA",
    "PASSAGE",
    "PREFIXES",
    "PROLOGUE",
    "RDFS",
    "RDF_TYPE",
    "SKOS",
    "SOURCE",
    "STEM",
    "VOCABULARY_GRAPH",
    "WORD_MARK",
    "expand",
    "local_name",
    "shorten",
    "values_clause",
]

BASE = "https://w3id.org/diplograph/"
DG = BASE + "ns#"
SOURCE = BASE + "id/source/"
PASSAGE = BASE + "id/passage/"
STEM = BASE + "id/stem/"
WORD_MARK = BASE + "id/word-mark/"
ENTITIES_GRAPH = BASE + "graph/entities"
VOCABULARY_GRAPH = BASE + "graph/vocabulary"
INDEX_GRAPH = BASE + "graph/index"
"""Graph of what loading derives for the library's own look-ups: keys of names, views of agreements.

It is not part of the default graph, so that no other query meets it.
"""

RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_IDS = {
    "cty": "country",
    "ogn": "organization",
    "per": "person",
    "pst": "post",
    "agr": "agreement",
    "evt": "event",
    "plc": "place",
    "prj": "project",
    "wpn": "weapon",
    "trf": "transfer",
    "doc": "document",
    "src": "source",
    "cov": "coverage",
    "dset": "dataset",
    "yb": "fact/yubin-2000",
    "dm": "fact/mitchell-2007",
    "bg": "fact/background",
    "cur": "fact/curation",
    "st": "fact/states",
}
_SCHEMES = {
    "kind": "agreement-kind",
    "stage": "stage",
    "grade": "grade",
    "aspect": "aspect",
    "okind": "organization-kind",
    "role": "role",
    "ekind": "event-kind",
    "pkind": "place-kind",
    "issue": "issue",
    "position": "position",
    "mode": "mode",
    "prkind": "project-kind",
    "reason": "ledger-reason",
    "scope": "scope",
    "wkind": "weapon-kind",
    "condition": "condition",
    "measure": "measure",
    "unit": "unit",
    "scheme": "code-scheme",
    "pokind": "post-kind",
    "entry": "office-entry",
    "exit": "office-exit",
    "removal": "removal",
    "fate": "post-tenure-fate",
    "verdict": "verdict",
}

PREFIXES: dict[str, str] = {
    "dg": DG,
    **{prefix: f"{BASE}id/{kind}/" for prefix, kind in _IDS.items()},
    **{prefix: f"{BASE}concept/{scheme}/" for prefix, scheme in _SCHEMES.items()},
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": RDFS,
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": SKOS,
    "dct": DCT,
    "prov": "http://www.w3.org/ns/prov#",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "oa": OA,
    "qb": "http://purl.org/linked-data/cube#",
    "sh": "http://www.w3.org/ns/shacl#",
}

PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


def shorten(iri: str) -> str:
    """The IRI with a known prefix, or as it is."""
    best = max(
        (item for item in PREFIXES.items() if iri.startswith(item[1])),
        key=lambda item: len(item[1]),
        default=None,
    )
    if best is None:
        return iri
    local = iri[len(best[1]) :]
    return f"{best[0]}:{local}" if local and "/" not in local and "#" not in local else iri


def expand(name: str) -> str:
    """The IRI that a prefixed name stands for; anything else comes back as it is."""
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon and prefix in PREFIXES else name


def local_name(iri: str) -> str:
    """What stands behind the last ``/`` or ``#``.

    >>> local_name("https://w3id.org/diplograph/concept/stage/signed")
    'signed'
    """
    return iri.rstrip("/#").rpartition("#")[2].rpartition("/")[2]


def values_clause(variable: str, iris: Iterable[str]) -> str:
    """A SPARQL ``VALUES`` clause that binds a variable to the IRIs given."""
    return f"VALUES ?{variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"
