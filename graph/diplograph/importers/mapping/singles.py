"""Single values of a mapping: templates, concepts, dates, letters, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from diplograph import dates
from diplograph.errors import DateError
from diplograph.importers.mapping.checking import Section, Spot
from diplograph.importers.mapping.concepts import find_concept, names_of
from diplograph.importers.mapping.dating import FORMATS, pattern
from diplograph.importers.mapping.records import Columns, Template

__all__ = [
    "COLUMN",
    "columns",
    "edtf",
    "encoding",
    "formats",
    "given",
    "iri",
    "letter",
    "marks",
    "near",
    "number",
    "one_of",
    "positive",
    "table",
    "template",
    "texts",
]

COLUMN = re.compile(r"\$\(((?:[^()\\]|\\.|\([^()]*\))*)\)")
"""A column within text: ``$(name)``; brackets within the name come in pairs, or after ``\\``."""
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")


def template(spot: Spot) -> Template:
    """Text with columns in it."""
    text = spot.text("a column, as in $(name), or text")
    parts: list[tuple[bool, str]] = []
    done = 0
    for match in COLUMN.finditer(text):
        if match.start() > done:
            parts.append((False, text[done : match.start()]))
        name = " ".join(re.sub(r"\\(.)", r"\1", match[1]).split())
        if not name:
            spot.wrong("$() names no column.")
        spot.reader.columns.setdefault(name, spot.line)
        parts.append((True, name))
        done = match.end()
    if "$(" in text[done:]:
        spot.wrong(
            f"“{text}” has a $( without its end; write \\( for a bracket in a column's name."
        )
    if text[done:]:
        parts.append((False, text[done:]))
    if not parts:
        spot.wrong("here should stand a column, as in $(name), or text.")
    return Template(tuple(parts))


def given(spot: Spot, scheme: str) -> str:
    """A concept by its name."""
    text = spot.text(f"a concept of {scheme}")
    found = find_concept(scheme, text)
    if found is None:
        spot.wrong(f"“{text}” is no {scheme}{near(text, names_of(scheme))}.")
    return found


def near(text: str, names: list[str]) -> str:
    """What may have been meant, as the end of a message."""
    import difflib

    alike = difflib.get_close_matches(text.casefold(), names, n=1)
    if alike:
        return f"; did you mean “{alike[0]}”?"
    some = ", ".join(names[:12]) + (" …" if len(names) > 12 else "")
    return f"; there are {some}"


def table(spot: Spot, scheme: str) -> dict[str, str | None]:
    """From what is printed to a concept, or to nothing."""
    return {
        printed: None if value.nothing() else given(value, scheme)
        for printed, _, value in spot.pairs()
    }


def marks(spot: Spot) -> dict[str, str]:
    """From what is printed to a mark of EDTF."""
    return {
        printed: one_of(value, ("?", "~", "%", ""), "a mark of EDTF")
        for printed, _, value in spot.pairs()
    }


def columns(spot: Spot) -> Columns:
    """Columns by their names."""
    return Columns(tuple(s.text("the name of a column") for s in spot.texts()), spot.line)


def texts(spot: Spot) -> tuple[str, ...]:
    """One text or several."""
    return tuple(s.text() for s in spot.texts())


def formats(own: Section) -> tuple[str, ...]:
    """The formats of a date."""
    spot = own.get("format")
    if spot is None:
        return ("edtf",)
    for one in spot.texts():
        text = one.text("a format")
        try:
            pattern(text)
        except ValueError as error:
            one.wrong(f"“{text}” is no format of dates: {error}; write {FORMATS}.")
    return texts(spot)


def letter(spot: Spot) -> str:
    """One letter."""
    text = spot.text("one letter")
    text = "\t" if text == "\\t" else text
    if len(text) != 1:
        spot.wrong(f"“{text}” is not one letter.")
    return text


def encoding(spot: Spot) -> str:
    """The name of an encoding."""
    text = spot.text("an encoding")
    try:
        "".encode(text)
    except LookupError:
        spot.wrong(f"“{text}” is no text encoding; write utf-8, say.")
    return text


def positive(spot: Spot) -> int:
    """A number from 1 on."""
    text = spot.text("a number")
    if not re.fullmatch(r"[1-9][0-9]{0,6}", text):
        spot.wrong(f"“{text}” is no number from 1 on.")
    return int(text)


def number(spot: Spot) -> str:
    """A number in digits."""
    text = spot.text("a number")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        spot.wrong(f"“{text}” is no number; write digits, as in 1000000 or 0.5.")
    return text


def iri(spot: Spot) -> str:
    """An address of the web."""
    text = spot.text("an address")
    if not _IRI.fullmatch(text):
        spot.wrong(f"“{text}” is no address; write one as https://example.org/data.")
    return text


def edtf(spot: Spot) -> str:
    """A date."""
    text = spot.text("a date")
    try:
        return dates.parse(text).edtf
    except DateError as error:
        spot.wrong(str(error))


def one_of(spot: Spot, allowed: Iterable[str], what: str) -> str:
    """A word out of those that are allowed."""
    names = list(allowed)
    text = spot.text(what)
    if text not in names:
        spot.wrong(f"“{text}” is not {what}; it is one of {', '.join(names)}.")
    return text
