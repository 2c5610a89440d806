"""The only reader of the packaged ontology.

``diplograph_ontology`` holds RDF, and the templates and words that questions in English are read
by; everything that wants a file of it asks here.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import diplograph_ontology

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "asking_words",
    "compiled_from",
    "data_folders",
    "headed_query",
    "hygiene_files",
    "ontology_root",
    "projection_files",
    "question_files",
    "shapes_files",
    "synonyms_file",
    "template_files",
    "thesaurus_file",
    "vocabulary_files",
    "words_file",
    "world_files",
]


_WORDS = "words.toml"


@cache
def ontology_root() -> Path:
    """The folder that holds vocabulary, shapes, data, questions and projections."""
    from pathlib import Path

    return Path(diplograph_ontology.__path__[0])


def compiled_from() -> list[str]:
    """The names of all files that the compiled graph is made from, in a fixed order.

    Plain names, because every start of the command line looks at them.
    """
    root = diplograph_ontology.__path__[0]
    folders = [f"{root}/vocabulary"]
    folders += sorted(entry.path for entry in os.scandir(f"{root}/data") if entry.is_dir())
    files = [name for f in folders for name in sorted(entry.path for entry in os.scandir(f))]
    return [*files, f"{root}/asking/{_WORDS}"]


@cache
def asking_words() -> dict[str, Any]:
    """The words by which questions in English are understood, as the TOML file has them."""
    import tomllib

    return tomllib.loads(words_file().read_text(encoding="utf-8"))


def words_file() -> Path:
    """The TOML file of :func:`asking_words`."""
    return ontology_root() / "asking" / _WORDS


def synonyms_file() -> Path:
    """Words of one meaning by their stems, a line a word."""
    return ontology_root() / "asking" / "synonyms.txt"


def thesaurus_file() -> Path:
    """Words near in meaning by their stems, a line a word, each with how near, in hundredths."""
    return ontology_root() / "asking" / "thesaurus.txt"


def template_files() -> list[Path]:
    """The templates of questions in English, a TOML file a theme."""
    return sorted(p for p in (ontology_root() / "asking").glob("*.toml") if p.name != _WORDS)


def vocabulary_files() -> list[Path]:
    """The Turtle files of the vocabulary, a theme each, in order of their names."""
    return sorted((ontology_root() / "vocabulary").glob("*.ttl"))


def shapes_files() -> list[Path]:
    """The Turtle files with the SHACL shapes, in order of their names."""
    return sorted((ontology_root() / "shapes").glob("*.ttl"))


def world_files() -> list[Path]:
    """The Turtle files on the states of the world, which are no part of the shipped graph."""
    return sorted((ontology_root() / "world").glob("*.ttl"))


def data_folders() -> list[Path]:
    """The folders with curated facts: entities first, then a folder a source."""
    return sorted(p for p in (ontology_root() / "data").iterdir() if p.is_dir())


def question_files() -> list[Path]:
    """The competency questions, a SPARQL file each."""
    return sorted((ontology_root() / "questions").glob("*.rq"))


def hygiene_files() -> list[Path]:
    """The rules of hygiene, a SPARQL file each that finds what breaks the rule."""
    return sorted((ontology_root() / "hygiene").glob("*.rq"))


def headed_query(path: Path) -> tuple[dict[str, list[str]], str]:
    """A SPARQL file whose first comments say what it is: its fields and its query.

    A field is a comment such as ``# why: …``; one that is given several times has several values.

    >>> fields, query = headed_query(question_files()[0])
    >>> "question" in fields, "#" in query
    (True, False)
    """
    fields: dict[str, list[str]] = {}
    query = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            name, _, value = line[1:].strip().partition(": ")
            fields.setdefault(name.rstrip(":"), []).append(value)
        else:
            query.append(line)
    return fields, "\n".join(query) + "\n"


def projection_files() -> list[Path]:
    """The projections, a SPARQL file each that says what becomes an edge of the network."""
    return sorted((ontology_root() / "projections").glob("*.rq"))
