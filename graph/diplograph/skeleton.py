"""Begin a source: a folder of Turtle for a document, ready to be filled with facts.

A source needs no code. What it needs stands in docs/adding-a-source.md: a document entry, a
statement of what the document covers, facts with their passages, and a ledger of what states
nothing. :func:`new_source` writes the first two and begins the others.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from diplograph import dates
from diplograph.copies import digest_of, read_text
from diplograph.errors import OptionError, SourceError, UnknownName
from diplograph.names import resolve
from diplograph.namespaces import BASE, PREFIXES
from diplograph.store import open_graph
from diplograph.units import UnitKind, footnotes, units

__all__ = ["new_source"]

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST_NAME = 80
_ISSUED = {r"\d{4}": "gYear", r"\d{4}-\d{2}": "gYearMonth", r"\d{4}-\d{2}-\d{2}": "date"}


def new_source(
    name: str,
    document: str | os.PathLike[str],
    folder: str | os.PathLike[str] = ".",
    *,
    title: str | None = None,
    author: str | None = None,
    issued: str | None = None,
    period: str | None = None,
    covers: Sequence[str] = (),
) -> Path:
    """Write the skeleton of a source called ``name`` for ``document`` and return its folder.

    ``name`` is the identifier: small letters, digits and hyphens. ``issued`` is a year, month or
    day; ``period`` an EDTF expression and ``covers`` the names of the parties and issues that the
    document sets out to cover. The headings and footnotes of the document become its sections,
    the headings also entries of its ledger. The document itself is read and not copied.

    Nothing is written unless all is well. Raises :class:`~diplograph.errors.OptionError` for a
    name, date or folder that will not do, :class:`~diplograph.errors.SourceError` for a document
    that cannot be read, :class:`~diplograph.errors.UnknownName` for a name in ``covers`` that the
    shipped graph does not have; one that is only near is not guessed at.

    >>> import tempfile
    >>> home = Path(tempfile.mkdtemp())
    >>> _ = (home / "pact.txt").write_text("# The Pact\\n\\nAlba and Borea signed it in 2001.\\n")
    >>> made = new_source("pact-2001", home / "pact.txt", home, issued="2001", covers=["China"])
    >>> sorted(path.name for path in made.iterdir())
    ['document.ttl', 'facts.ttl', 'ledger.ttl']
    """
    path, parent = Path(document), Path(folder)
    target = parent / name
    _check_name(name)
    if not parent.is_dir():
        raise OptionError(f"{parent}: there is no such folder to make the source in.")
    if os.path.lexists(target):
        raise OptionError(f"{target}: is there already; choose another name, or add to it.")
    if path.is_dir() or not path.exists():
        reason = "is a folder and no document" if path.is_dir() else "there is no such document"
        raise SourceError(f"{path}: {reason}.")
    text = read_text(path)
    if not any(c.isalnum() for c in text):
        raise SourceError(f"{path}: holds no text.")
    if period is not None:
        dates.parse(period)
    parts = {
        "document.ttl": _document(name, path, text, title, author, issued, period, covers),
        "facts.ttl": _facts(name),
        "ledger.ttl": _ledger(name, text),
    }
    draft = None
    try:
        draft = Path(tempfile.mkdtemp(prefix=".new-source-", dir=parent))
        for file_name, content in parts.items():
            (draft / file_name).write_text(content, encoding="utf-8")
        draft.chmod(0o755)
        draft.rename(target)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OptionError(f"{target}: the source cannot be written: {reason}.") from None
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
    return target


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
        raise OptionError(
            f"“{name[:_LONGEST_NAME]}” cannot name a source; write up to {_LONGEST_NAME} small "
            "letters, digits and hyphens, as in “yubin-2000”."
        )
    if open_graph().ask(f"ASK {{ src:{name} a dg:Source }}"):
        raise OptionError(f"“{name}” is a source of the shipped graph; choose another name.")


def _prefixes(name: str, *wanted: str) -> str:
    own = {kind: f"{BASE}id/{kind}/{name}/" for kind in ("fact", "section", "ledger")}
    known = {**PREFIXES, **own, "sec": own["section"], "led": own["ledger"]}
    return "".join(f"@prefix {prefix}: <{known[prefix]}> .\n" for prefix in wanted)


def _document(
    name: str,
    path: Path,
    text: str,
    title: str | None,
    author: str | None,
    issued: str | None,
    period: str | None,
    covers: Sequence[str],
) -> str:
    sections = _sections(text)
    lines = [
        _prefixes(name, "dg", "src", "sec", "cov", "dct", "rdfs", "schema", "xsd"),
        "# The document: what it is, what it covers, how it is divided.",
        f"src:{name} a dg:Source ;",
        f"    dct:identifier {_quoted(name)} ;",
        f"    dct:title {_quoted(title or path.stem)} ;",
        f"    dct:creator {_quoted(author)} ;" if author else '    # dct:creator "…" ;',
        "    # The author as a person of the graph, who looks at its network and is not in it.",
        "    # schema:author <https://w3id.org/diplograph/id/person/…> ;",
        f"    dct:issued {_typed(issued)} ;" if issued else '    # dct:issued "2001"^^xsd:gYear ;',
        f"    dg:fileName {_quoted(path.name)} ;",
        f"    dg:digest {_quoted(digest_of(text))} ;",
        "    # The terms under which your facts, not the document, may be used.",
        "    dct:license <https://creativecommons.org/licenses/by/4.0/> ;",
        f"    dg:coverage cov:{name} .",
        "",
        "# What the document sets out to cover: relations among which parties, on which issues, in",
        "# which period. It tells “no record” from “never meant to say”.",
        f"cov:{name} a dg:Coverage ;",
        f"    dg:when {_quoted(period)} ;" if period else '    # dg:when "1990/2001" ;',
        *_covered(covers),
        f"    rdfs:label {_quoted(title or path.stem)} .",
        "",
        *(
            f'sec:{slug} a dg:Section ; dg:at "{start}-{end}" ; rdfs:label {_quoted(label)} .'
            for slug, start, end, label in sections
        ),
        "",
        f"src:{name} dg:section\n    "
        + " ,\n    ".join(f"sec:{slug}" for slug, *_ in sections)
        + " .",
    ]
    return "\n".join(lines) + "\n"


def _covered(covers: Sequence[str]) -> list[str]:
    if not covers:
        return ["    # dg:covers <https://w3id.org/diplograph/id/country/china> , … ;"]
    graph = open_graph()
    things = []
    for name in covers:
        found = resolve(graph, name, ("Agent", "Issue"))
        if found.note:  # what is written into data is not guessed
            raise UnknownName(
                f"no agent or issue of the graph is called “{name}”. Did you mean “{found.label}”?",
                name,
                (found.label,),
            )
        things.append(f"<{found.id}>")
    return [f"    dg:covers {' , '.join(things)} ;"]


def _sections(text: str) -> list[tuple[str, int, int, str]]:
    """Slug, start, end and label of each stretch between headings, and of each footnote."""
    found = units(text)
    starts = [u.start for u in found if u.kind is UnitKind.HEADING]
    sections = []
    if not starts or text[: starts[0]].strip():
        sections.append(("opening", 0, starts[0] if starts else len(text), "opening"))
    for start, end in pairwise([*starts, len(text)]):
        label = text[start : _next(text, "\n", start)].strip("# *\t\r")
        sections.append((f"at-{start}", start, end, label or f"section at {start}"))
    seen: set[str] = set()
    for start, end, number in footnotes(text):
        slug = f"footnote-{number}"
        slug += f"-at-{start}" if slug in seen else ""
        seen.add(slug)
        sections.append((slug, start, end, f"footnote {number}"))
    return sections


def _next(text: str, mark: str, start: int) -> int:
    """Where ``mark`` comes next, or the end of the text."""
    found = text.find(mark, start)
    return len(text) if found < 0 else found


def _facts(name: str) -> str:
    prefixes = _prefixes(
        name, "dg", "fact", "cty", "ogn", "per", "agr", "evt", "plc", "doc", "kind", "stage",
        "grade", "role", "okind", "ekind", "issue", "mode", "position", "measure", "unit", "skos",
    )  # fmt: skip
    return (
        prefixes
        + f"""
# The facts. Read the passage, say it in your own words, give its time (EDTF, no sharper than the
# text), its grade, and in dg:at its place: first character and the one behind the last, from 0.
#
# agr:my-pact-2001 a dg:Agreement ; dg:kind kind:treaty ; skos:prefLabel "My Pact"@en .
# fact:my-pact-parties a dg:Participation ; dg:of agr:my-pact-2001 ;
#     dg:agent cty:china , cty:russia ; dg:role role:party ; dg:grade grade:stated ;
#     dg:statement "China and Russia are the parties to My Pact."@en ; dg:at "120-180" .
# fact:my-pact-signed a dg:StageFact ; dg:of agr:my-pact-2001 ; dg:stage stage:signed ;
#     dg:when "2001-07" ; dg:grade grade:stated ;
#     dg:statement "My Pact was signed in July 2001."@en ; dg:at "120-180" .
#
# Then: diplograph sources lock {name} --sources FOLDER-OF-THE-DOCUMENT
#       diplograph validate shipped {name} --hygiene
#       diplograph sources coverage --graph shipped --graph {name} --sources … --show-gaps
"""
    )


def _ledger(name: str, text: str) -> str:
    entries = [
        f'led:s-{u.start} a dg:LedgerEntry ; dg:at "{u.start}-{u.end}" ; '
        "dg:reason reason:heading .\n"
        for u in units(text)
        if u.kind is UnitKind.HEADING
    ]
    return (
        _prefixes(name, "dg", "led", "reason")
        + "\n# Stretches of the document that state nothing for the graph, and why.\n\n"
        + "".join(entries)
    )


def _quoted(text: str | None) -> str:
    return json.dumps(text or "", ensure_ascii=False)


def _typed(issued: str) -> str:
    for pattern, kind in _ISSUED.items():
        if re.fullmatch(pattern, issued):
            dates.parse(issued)
            return f"{_quoted(issued)}^^xsd:{kind}"
    raise OptionError(f"“{issued}” is no date of publication; write 2001, 2001-07 or 2001-07-16.")
