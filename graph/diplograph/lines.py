"""In which line of which file a node is described.

RDF libraries forget where a triple was written; people who mend a file need the line. A light scan
of the text finds the nodes with which statements begin. It reads files that have been parsed
already, so it need not notice what is wrong with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

__all__ = ["Lines", "subject_lines"]

_TOKEN = re.compile(
    r'''(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*"""|\'\'\'(?:'{0,2}(?:[^'\\]|\\.))*\'\'\'
            |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
      | (?P<comment>\#[^\n]*)
      | <(?P<iri>[^<>"\s]*)>
      | (?P<mark>[\[\](){};,])
      | (?P<word>(?:\\.|[^\s<>"'\[\](){};,\#\\])+)''',
    re.VERBOSE | re.DOTALL,
)
_JSON_SUBJECT = re.compile(r'(?P<lone>\{\s*)?"@id"\s*:\s*"(?P<id>[^"]+)"(?P<end>\s*\})?')
_JSON_PREFIX = re.compile(r'"([\w-]+)"\s*:\s*"(https?://[^"]*[/#])"')


class Lines:
    """The lines of several files, of which each is read only when a node is looked for.

    >>> from diplograph.resources import vocabulary_files
    >>> found = Lines(vocabulary_files()).find("https://w3id.org/diplograph/ns#Agreement")
    >>> Path(found[0]).name
    'agreements.ttl'
    """

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = tuple(files)

    @cached_property
    def _index(self) -> Mapping[str, tuple[str, int]]:
        index: dict[str, tuple[str, int]] = {}
        for path in self.files:
            for node, line in subject_lines(path).items():
                index.setdefault(node, (str(path), line))
        return index

    def find(self, node: str) -> tuple[str, int] | None:
        """The file and the line where the node with that IRI is first described, or None."""
        return self._index.get(node)


def subject_lines(path: Path) -> dict[str, int]:
    """The IRIs with which statements of a file begin, each with the first such line (from 1)."""
    text = path.read_text(encoding="utf-8", errors="replace")
    base = path.resolve().as_uri()
    found = _in_json(text, base) if path.suffix.lower() == ".jsonld" else _in_turtle(text, base)
    lines: dict[str, int] = {}
    line = counted = 0
    for node, offset in found:
        line += text.count("\n", counted, offset)
        counted = offset
        lines.setdefault(node, line + 1)
    return lines


def _in_turtle(text: str, base: str) -> Iterator[tuple[str, int]]:
    """The subjects of Turtle, TriG, N-Triples or N-Quads with their offsets."""
    prefixes: dict[str, str] = {}
    pending: tuple[str, int] | None = None
    directive = declared = ""
    begins, depth = True, 0
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), str(match[str(match.lastgroup)])
        if kind == "comment":
            continue
        if pending and token != "{":
            yield pending  # what stands before a brace is the name of a graph, not a subject
        pending = None
        ends = False
        if kind == "word":
            ends = token.endswith(".") and depth == 0
            token = token.rstrip(".")
        if directive:
            if kind == "iri":
                if directive == "prefix":
                    prefixes[declared] = urljoin(base, token)
                else:
                    base = urljoin(base, token)
                directive = ""
            else:
                declared = token.rstrip(":")
        elif kind == "mark":
            depth += (token in "[(") - (token in "])")
            begins = token in "{}"
        elif begins and kind == "iri":
            pending, begins = (urljoin(base, token), match.start()), False
        elif begins and kind == "word" and token:
            directive = token.lower().lstrip("@")
            if directive not in ("prefix", "base"):
                if directive != "graph":
                    prefix, _, local = token.partition(":")
                    name = prefixes.get(prefix, prefix + ":") + re.sub(r"\\(.)", r"\1", local)
                    pending, begins = (name, match.start()), False
                directive = ""
        begins = begins or ends
    if pending:
        yield pending


def _in_json(text: str, base: str) -> Iterator[tuple[str, int]]:
    """The ids of JSON-LD that describe a node, with their offsets; not those that only refer."""
    prefixes = dict(_JSON_PREFIX.findall(text))
    for match in _JSON_SUBJECT.finditer(text):
        if not (match["lone"] and match["end"]):
            prefix, colon, local = match["id"].partition(":")
            known = colon and prefix in prefixes
            name = prefixes[prefix] + local if known else urljoin(base, match["id"])
            yield name, match.start("id")
