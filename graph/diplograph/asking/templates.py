"""Templates of questions: what they ask, by which words they are known, and how they are answered.

A template is data (TOML). The shipped ones stand in the ontology (``asking/*.toml``); a user's own
file of the same form is read after them, and a template of the same name takes the place of the
shipped one. ``docs/asking.md`` describes the form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from diplograph.asking.wording import Phrase, wording, words_made_from
from diplograph.errors import QueryError, TemplateError
from diplograph.resources import template_files
from diplograph.shelf import shelved
from diplograph.stems import stems

__all__ = [
    "CALLS",
    "FOCUSES",
    "OF_ONE_TIME",
    "OPTIONS",
    "Slot",
    "Template",
    "all_templates",
    "read_templates",
    "shipped_templates",
]

FOCUSES = (
    "who", "which", "what", "when", "where", "why", "how", "how-many", "yes-no", "list",
)  # fmt: skip
"""What a question wants to know, by its question word; ``list`` where it has none."""

CALLS = (
    "links", "path", "conflicts", "status", "describe", "timeline", "total", "compare", "rank",
    "change", "distinct", "lasting", "longest", "most-often",
    "after", "before", "volumes", "agreements", "parties", "limit", "balance", "adds-up",
    "liken", "moves", "together", "factor", "growth", "by-one-side", "interval", "stayed",
    "again",
    "waited-longest", "orders", "fate", "sought", "batches", "batches-by-source", "all-told",
    "happenings", "in-turn",
)  # fmt: skip
"""What a template can be answered by instead of the facts of its pattern as they are."""
OF_ONE_TIME = frozenset(
    {"", "links", "path", "status", "describe", "timeline", "agreements", "parties"}
)
"""Calls that keep to one time of a question; no call is a pattern by itself."""

_WITHOUT_PATTERN = {
    "links", "path", "conflicts", "status", "describe", "timeline", "volumes", "fate", "batches",
    "interval",
    "batches-by-source", "all-told", "happenings",
}  # fmt: skip

TYPES = (
    "Entity", "Agent", "Party", "Country", "Organization", "Person", "Leader", "Agreement",
    "Project", "Event", "ArmsTransfer", "WeaponSystem", "Place", "Issue", "Post", "Document",
    "class", "year",
)  # fmt: skip
"""What a slot can take, besides ``concept:SCHEME`` and ``class:NAME``."""

OPTIONS: Mapping[str, type] = {
    "all-facts": bool, "alone": bool, "by": str, "causal": bool, "decides": bool,
    "expects": str, "final": bool,
    "exclusive": bool, "both": bool,
    "keeps": float,
    "nearest": bool, "nouns": list, "numbers": bool, "of-class": bool, "once": bool,
    "passes": bool, "refutes": bool, "single": bool, "stands": str, "strict": bool, "whole": bool,
}  # fmt: skip
"""The finer points of a template and what they are given as; ``docs/asking.md`` describes them."""

_KEYS = {
    "name", "asks", "examples", "focus", "says", "never", "slots", "where", "reads", "takes",
    "needs", "call", "broad", "options", "also", "otherwise", "what",
}  # fmt: skip
_TAKES = {"period", "topic", "source", "as-of", "any-time"}
_SLOT_KEYS = {"type", "optional", "where", "after", "many", "first", "never"}
_SLOT_MARK = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True)
class Slot:
    """A place in a question for a name, a kind or a class.

    ``types`` are classes of entities, ``concept:SCHEME`` for a concept of a scheme, or ``class``.
    ``where`` joins the pattern where the slot is filled; ``after`` are the words that stand before
    it; ``many`` lets it take several names; ``first`` prefers the first name of the question;
    ``never`` are words that it does not take.
    """

    name: str
    types: tuple[str, ...]
    optional: bool = False
    where: str = ""
    after: tuple[str, ...] = ()
    many: bool = False
    first: bool = False
    never: frozenset[Phrase] = frozenset()


@dataclass(frozen=True)
class Template:
    """A shape of question; see the module. ``theme`` is the name of its file, without ``.toml``."""

    name: str
    asks: str
    examples: tuple[str, ...]
    focus: tuple[str, ...]
    cues: tuple[str, ...]
    not_with: tuple[str, ...]
    taken_along: tuple[str, ...]
    slots: tuple[Slot, ...]
    where: str
    otherwise: str
    what: str
    reads: str
    takes: frozenset[str]
    needs: float
    call: str
    broad: bool
    options: Mapping[str, Any]
    place: int = 0
    theme: str = ""

    @cached_property
    def says(self) -> tuple[frozenset[Phrase], ...]:
        """The phrases of each cue, one of which has to stand in the question."""
        return tuple(_cue(line) for line in self.cues)

    @cached_property
    def never(self) -> frozenset[Phrase]:
        """The phrases that make it another question."""
        return frozenset().union(*(_cue(line) for line in self.not_with))

    @cached_property
    def also(self) -> frozenset[Phrase]:
        """The phrases that it takes up without needing them."""
        return frozenset().union(*(_cue(line) for line in self.taken_along))

    def look_up(self) -> None:
        """Look its phrases up now, so that they are kept with it."""
        _ = self.says, self.never, self.also

    @property
    def asks_for_entities(self) -> bool:
        """Whether its pattern binds the entities that are the answer."""
        return "?answer" in self.where


@cache
def shipped_templates() -> tuple[Template, ...]:
    """The templates that come with diplograph."""
    files = [*map(str, template_files()), *words_made_from(), __file__]
    return shelved("templates", files, _shipped)


def _shipped() -> tuple[Template, ...]:
    found = read_templates(template_files())
    for template in found:
        template.look_up()
    return found


def all_templates(own: str | Path | None = None) -> tuple[Template, ...]:
    """The shipped templates, and those of a file of one's own.

    The patterns of the file are checked as any query of people is: none can reach the network.
    Raises :class:`~diplograph.errors.TemplateError`.
    """
    shipped = shipped_templates()
    if not own:
        return shipped
    found = read_templates([Path(own)], shipped)
    for template in found:
        if template not in shipped:
            _refuse_unsafe(Path(own), template)
    return found


def _refuse_unsafe(path: Path, template: Template) -> None:
    from diplograph import guard

    slots = " ".join(slot.where for slot in template.slots)
    for pattern in (template.where, template.otherwise, slots):
        query = f"SELECT ?fact WHERE {{ {_SLOT_MARK.sub('dg:Fact', pattern)} }}"
        try:
            guard.check(guard.scan(query))
        except QueryError as error:
            raise TemplateError(f"{path}, template “{template.name}”: {error}") from None


def read_templates(paths: Sequence[Path], before: Sequence[Template] = ()) -> tuple[Template, ...]:
    """The templates of several files, after those given.

    Raises :class:`~diplograph.errors.TemplateError` with the file, the template and what is wrong.
    """
    import tomllib

    found = {template.name: template for template in before}
    for path in paths:
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise TemplateError(f"{path}: cannot be read: {error.strerror}.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise TemplateError(f"{path}: is not TOML: {error}.") from None
        entries = told.get("template")
        if not entries or not isinstance(entries, list):
            raise TemplateError(f"{path}: has no [[template]].")
        for entry in entries:
            try:
                template = _template(path, entry, told.get("macros", {}), len(found))
            except (TypeError, AttributeError, ValueError):
                name = entry.get("name", "?") if isinstance(entry, dict) else "?"
                raise TemplateError(
                    f"{path}, template “{name}”: a value is of the wrong kind; texts stand in "
                    "quotes, lists of them in brackets, needs is a number and slots are tables."
                ) from None
            found[template.name] = template
    return tuple(found.values())


def _template(path: Path, entry: dict[str, Any], macros: Mapping[str, str], place: int) -> Template:
    name = entry.get("name")
    if not isinstance(name, str) or not name:
        raise TemplateError(f"{path}: a template has no name.")

    def wrong(what: str) -> TemplateError:
        return TemplateError(f"{path}, template “{name}”: {what}")

    strange = sorted(set(entry) - _KEYS)
    if strange:
        raise wrong(f"“{strange[0]}” is no key of a template; {', '.join(sorted(_KEYS))} are.")
    for key in ("asks", "examples", "focus"):
        if not entry.get(key):
            raise wrong(f"{key} is missing.")
    for focus in entry["focus"]:
        if focus not in FOCUSES:
            raise wrong(f"focus “{focus}” is none of {', '.join(FOCUSES)}.")
    takes = frozenset(entry.get("takes", ()))
    if takes - _TAKES:
        raise wrong(f"takes “{min(takes - _TAKES)}” is none of {', '.join(sorted(_TAKES))}.")
    call = entry.get("call", "")
    if call and call not in CALLS:
        raise wrong(f"call “{call}” is none of {', '.join(CALLS)}.")
    options = entry.get("options", {})
    for option, given in options.items():
        if option not in OPTIONS:
            raise wrong(f"option “{option}” is none of {', '.join(OPTIONS)}.")
        if not isinstance(given, OPTIONS[option]):
            raise wrong(f"option {option} is {given!r}, not a {OPTIONS[option].__name__}.")
    slots = tuple(_slot(wrong, n, told, macros) for n, told in entry.get("slots", {}).items())
    where = _expanded(entry.get("where", ""), macros)
    if not where and call not in _WITHOUT_PATTERN:
        raise wrong("where is missing: the SPARQL pattern of the facts (?fact) that answer it.")
    named = {slot.name for slot in slots}
    for mark in _SLOT_MARK.findall(
        where + entry.get("otherwise", "") + "".join(slot.where for slot in slots)
    ):
        if mark not in named:
            raise wrong(f"${mark} in its pattern is none of its slots.")
    return Template(
        name=name,
        asks=entry["asks"],
        examples=tuple(entry["examples"]),
        focus=tuple(entry["focus"]),
        cues=_lines(entry, "says"),
        not_with=_lines(entry, "never"),
        taken_along=_lines(entry, "also"),
        slots=slots,
        where=where,
        what=entry.get("what", ""),
        otherwise=_expanded(entry.get("otherwise", ""), macros),
        reads=entry.get("reads", ""),
        takes=takes,
        needs=float(entry.get("needs", 0.6)),
        call=call,
        broad=bool(entry.get("broad", False)),
        options=options,
        place=place,
        theme=path.stem,
    )


def _slot(wrong: Any, name: str, told: Any, macros: Mapping[str, str]) -> Slot:
    if isinstance(told, str):
        told = {"type": told}
    strange = sorted(set(told) - _SLOT_KEYS)
    if strange:
        raise wrong(f"“{strange[0]}” is no key of a slot; {', '.join(sorted(_SLOT_KEYS))} are.")
    if "type" not in told:
        raise wrong(f"slot {name} has no type.")
    types = tuple(t.strip() for t in told["type"].split(","))
    for kind in types:
        if kind not in TYPES and not kind.startswith(("concept:", "class:")):
            raise wrong(f"type “{kind}” of slot {name} is none of {', '.join(TYPES)}.")
    return Slot(
        name=name,
        types=types,
        optional=bool(told.get("optional", False)),
        where=_expanded(told.get("where", ""), macros),
        after=tuple(told.get("after", "").replace(",", " ").split()),
        many=bool(told.get("many", False)),
        first=bool(told.get("first", False)),
        never=_cue(told["never"]) if told.get("never") else frozenset(),
    )


def _lines(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    lines = entry.get(key, ())
    if isinstance(lines, str) or not all(isinstance(line, str) for line in lines):
        raise TypeError(key)
    return tuple(lines)


def _expanded(pattern: str, macros: Mapping[str, str]) -> str:
    for name, text in macros.items():
        pattern = pattern.replace(f"@{name}@", text)
    return " ".join(pattern.split())


def _cue(line: str) -> frozenset[Phrase]:
    """The phrases of a cue: those that mean the same included, but for one after ``=``."""
    found: set[Phrase] = set()
    for part in line.split(","):
        part = part.strip()
        exact = part.startswith("=")
        phrase = tuple(stems(part.removeprefix("=")))
        found |= {phrase} if exact else wording().same(phrase)
    return frozenset(found)
