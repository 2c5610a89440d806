"""What may be asked: a query is refused here, before any engine sees it.

Two readers look at it. :func:`scan` reads characters: it knows strings, comments and IRIs, caps
length and nesting, and writes the text in the one way in which no two SPARQL parsers can differ
about where a string or a comment ends (code-point escapes resolved, comments blanked, one kind of
line end). :func:`check` parses that text with rdflib's grammar and walks the tree: an update,
``SERVICE`` and an undeclared prefix are refused wherever they stand. Where the two readers do not
agree on the number of ``SERVICE`` and ``FROM`` clauses, the query is refused as well.

Whoever runs the query closes the network besides (:mod:`diplograph.worker`), so that neither
reader has to be right alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from diplograph.errors import QueryError
from diplograph.namespaces import PREFIXES

__all__ = ["DEEPEST", "LONGEST", "Checked", "Scanned", "check", "entry", "nodes", "scan"]

LONGEST = 100_000
"""Most bytes of a query, in UTF-8."""
DEEPEST = 60
"""Most brackets within each other, and most operators such as ``!`` in a row."""

_ESCAPE = re.compile(r"\\(?:\\|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_LEFT_OVER = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_LOCAL_ESCAPE = r"\\[_~.\-!$&'()*+,;=/?#@%]"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\#[^\r\n]*)
  | (?P<string>\"\"\"(?:\"{{0,2}}(?:[^"\\]|\\.))*\"\"\" | \'\'\'(?:\'{{0,2}}(?:[^'\\]|\\.))*\'\'\'
             | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<quote>["'])
  | (?P<iri><[^<>"{{}}|^`\\\x00-\x20]*>)
  | (?P<term>[?$]\w+ | @[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<name>(?:[\w:%]|{_LOCAL_ESCAPE})(?:[\w:.%\-]|{_LOCAL_ESCAPE})*)
  | (?P<open>[{{(\[]) | (?P<close>[}})\]])
  | (?P<unary>[!+\-^])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS = {
    "SelectQuery": "select",
    "AskQuery": "ask",
    "ConstructQuery": "construct",
    "DescribeQuery": "describe",
}


@dataclass(frozen=True, slots=True)
class Scanned:
    """A query's text as every parser reads it alike, and how often the telling words stand in it.

    ``unclosed`` is the number of brackets that are open at the end.
    """

    text: str
    services: int
    froms: int
    unclosed: int = 0


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may run: its form, its text, the graphs that it names after FROM, its tree."""

    kind: str
    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    tree: Any = field(repr=False)
    prefixes: Mapping[str, str] = field(repr=False, default_factory=dict)
    base: str = ""

    @property
    def graphs(self) -> tuple[str, ...]:
        """The graphs that the query is about, where it says so itself."""
        return self.default_graphs + self.named_graphs

    def iri(self, node: Any) -> str | None:
        """The full IRI of a node of the tree, or None where it is none."""
        return _iri(node, self.prefixes, self.base)


# --- characters ----------------------------------------------------------------------------------


def scan(query: str) -> Scanned:
    """Read a query as characters and give its text in the form that all parsers read alike.

    Raises :class:`~diplograph.errors.QueryError` for a query that is empty, longer than
    :data:`LONGEST` bytes or nested deeper than :data:`DEEPEST`, for a string that is not closed,
    and for a code-point escape that stands for a character with a meaning in SPARQL. Takes time
    proportional to the length and never recurses.

    >>> scan("ASK { ?s ?p 'SERVICE' } # SERVICE").text
    "ASK { ?s ?p 'SERVICE' }          "
    """
    try:
        size = len(query.encode("utf-8"))
    except UnicodeEncodeError as error:
        raise QueryError(
            f"the query is not text: character {error.start + 1} is no Unicode."
        ) from None
    if size > LONGEST:
        raise QueryError(f"the query is {size:,} bytes long; at most {LONGEST:,} are read.")
    text = _ESCAPE.sub(_unescape, query.removeprefix("\ufeff"))
    if _LEFT_OVER.search(text):
        raise QueryError("a doubled backslash before a code point is read in two ways; avoid it.")
    parts: list[str] = []
    words = {"SERVICE": 0, "FROM": 0}
    depth = run = tokens = 0
    for match in _TOKEN.finditer(text):
        kind, token = str(match.lastgroup), match.group()
        if kind == "quote":
            raise QueryError(f"{_place(text, match.start())}: this string is not closed.")
        if kind in ("space", "comment"):
            blank = token.replace("\r\n", " \n").replace("\r", "\n")
            parts.append(blank if kind == "space" else " " * len(token))
            continue
        parts.append(token)
        tokens += 1
        run = run + 1 if kind == "unary" else 0
        depth += (kind == "open") - (kind == "close")
        if depth > DEEPEST or run > DEEPEST:
            what = "brackets are nested" if depth > DEEPEST else "operators follow each other"
            raise QueryError(
                f"{_place(text, match.start())}: more than {DEEPEST} {what}; simplify the query."
            )
        if kind == "name" and ":" not in token:
            for word in re.split(r"[.\-]", token.upper()):
                if word in words:
                    words[word] += 1
    if not tokens:
        raise QueryError(
            "the query is empty; write one such as: SELECT ?a WHERE { ?a a dg:Agreement }"
        )
    return Scanned("".join(parts), words["SERVICE"], words["FROM"], depth)


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code is None:
        return match[0]
    number = int(code, 16)
    character = chr(number) if number <= 0x10FFFF else ""
    plain = character.isalnum() or character in ("_", "-", " ") or number > 0x7F
    if not character or not character.isprintable() or not plain:
        raise QueryError(
            f"the escape {match[0]} stands for a character that SPARQL gives a meaning, or for "
            "none; write the character itself."
        )
    return character


def _place(text: str, offset: int) -> str:
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"


# --- tree ----------------------------------------------------------------------------------------


def check(scanned: Scanned, prefixes: Mapping[str, str] = PREFIXES) -> Checked:
    """Parse a scanned query and refuse what is not a plain question to the graph.

    ``prefixes`` are those that the query need not declare.
    Takes rdflib's parser, whose time grows with the length of the query (about 15 s at
    :data:`LONGEST`), and Python stack (about 30 frames a bracket): put a deadline around it.
    Raises :class:`~diplograph.errors.QueryError`, with line and column where the text is no SPARQL.

    >>> check(scan("SELECT ?c FROM src:yubin-2000 { ?c a dg:Country }")).default_graphs
    ('https://w3id.org/diplograph/id/source/yubin-2000',)
    """
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        prologue, body = parseQuery(scanned.text)
    except ParseBaseException as error:
        raise _not_sparql(scanned, error.lineno, error.col) from None
    except RecursionError:
        raise QueryError("the query is nested too deeply to be read; simplify it.") from None
    found = list(nodes(body))
    services = sum(getattr(node, "name", "") == "ServiceGraphPattern" for node in found)
    clauses = [node for node in found if getattr(node, "name", "") == "DatasetClause"]
    if services or scanned.services:
        raise QueryError(
            "SERVICE is refused: it would send the query over the network; ask that endpoint "
            "itself with --graph."
        )
    if len(clauses) != scanned.froms:
        raise QueryError("FROM stands where it cannot be told what is meant; write the query anew.")
    prefixes, base = _declared(prologue, prefixes)
    _refuse_unknown_prefixes(found, prefixes)
    return Checked(
        _KINDS[body.name],
        scanned.text,
        tuple(_iri(c["default"], prefixes, base) or "" for c in clauses if "default" in c),
        tuple(_iri(c["named"], prefixes, base) or "" for c in clauses if "named" in c),
        body,
        prefixes,
        base,
    )


def nodes(tree: Any, passing: Collection[int] = ()) -> Iterator[Any]:
    """All nodes of a parse tree, in the order of the query; does not recurse.

    Nodes whose ``id`` is in ``passing`` are left out, with all below them.
    """
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if id(node) in passing:
            continue
        yield node
        if isinstance(node, dict):
            waiting.extend(reversed(list(node.values())))
        elif not isinstance(node, str) and hasattr(node, "__iter__"):
            waiting.extend(reversed(list(node)))


def entry(node: Any, key: str) -> Any:
    """What a node of the tree holds under a key, or None (rdflib's own ``get`` gives the key)."""
    return node[key] if isinstance(node, dict) and key in node else None


def _declared(prologue: Any, known: Mapping[str, str]) -> tuple[dict[str, str], str]:
    prefixes, base = dict(known), ""
    for declaration in prologue:
        if declaration.name == "Base":
            base = _join(base, str(declaration["iri"]))
        else:
            prefixes[str(entry(declaration, "prefix") or "")] = _join(base, str(declaration["iri"]))
    return prefixes, base


def _join(base: str, iri: str) -> str:
    from urllib.parse import urljoin

    return urljoin(base, iri, allow_fragments=False) if base else iri


def _iri(node: Any, prefixes: Mapping[str, str], base: str) -> str | None:
    from rdflib import URIRef

    if isinstance(node, URIRef):
        return _join(base, str(node))
    if getattr(node, "name", "") != "pname":
        return None
    namespace = prefixes.get(str(entry(node, "prefix") or ""), "")
    return namespace + re.sub(r"\\(.)", r"\1", str(entry(node, "localname") or ""))


def _refuse_unknown_prefixes(found: list[Any], prefixes: Mapping[str, str]) -> None:
    for node in found:
        if getattr(node, "name", "") != "pname":
            continue
        prefix = str(entry(node, "prefix") or "")
        if prefix not in prefixes:
            from rapidfuzz import process
            from rapidfuzz.distance import DamerauLevenshtein

            near = process.extractOne(
                prefix, list(prefixes), scorer=DamerauLevenshtein.distance, score_cutoff=1
            )
            hint = f" Did you mean {near[0]}: ?" if near else " Declare it with PREFIX."
            name = f"{prefix}:{entry(node, 'localname') or ''}"
            raise QueryError(f"the prefix {prefix}: (in {name}) is not declared.{hint}")


def _not_sparql(scanned: Scanned, line: int, column: int) -> QueryError:
    """What to say of a text that is no query: an update, or where it goes wrong."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseUpdate

    try:
        parseUpdate(scanned.text)
    except (ParseBaseException, RecursionError):
        pass
    else:
        return QueryError(
            "this is an update; a graph is only read here: SELECT, ASK, CONSTRUCT or DESCRIBE."
        )
    lines = scanned.text.split("\n")
    exact = _engine_place(scanned.text)
    if exact is not None and exact[0] <= len(lines):
        (line, column), what = exact, "{} is not expected here"
    elif exact is not None and scanned.unclosed > 0:
        line, column, what = len(lines), len(lines[-1]) + 1, "it ends before its brackets close"
    else:
        what = "what begins with {} cannot be read"
    rest = "\n".join(lines[line - 1 :])[column - 1 :].split()
    word = re.match(r"[?$]?\w+|.", rest[0]) if rest else None
    found = f"“{word[0]}”" if word else "the end"
    return QueryError(
        f"the query is not SPARQL: line {line}, column {column}: {what.format(found)}."
    )


def _engine_place(text: str) -> tuple[int, int] | None:
    """Where the engine's parser, more exact than rdflib's, gives up.

    A character that no query can hold follows on a line of its own, so that the engine never gets
    as far as running anything; that line is the place where the text itself is understood.
    """
    import pyoxigraph as ox

    try:
        ox.Store().query(f"{text}\n\x01", prefixes=PREFIXES)
    except SyntaxError as error:
        found = re.match(r"error at (\d+):(\d+)", error.msg or "")
        return (int(found[1]), int(found[2])) if found else None
    return None  # pragma: no cover - the text above is never a query
