"""A mapping read from its file, checked against what a mapping can say."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from diplograph import resources, states
from diplograph.importers.mapping.checking import Reader, Section, Spot
from diplograph.importers.mapping.dating import MARKS
from diplograph.importers.mapping.records import (
    About,
    Concept,
    Figure,
    Parties,
    Plan,
    Post,
    StageOf,
    Thing,
    When,
)  # fmt: skip
from diplograph.importers.mapping.schema import CLASSES, EVERY, ROWS
from diplograph.importers.mapping.singles import (
    COLUMN,
    columns,
    edtf,
    encoding,
    formats,
    given,
    iri,
    letter,
    marks,
    number,
    one_of,
    positive,
    table,
    template,
    texts,
)  # fmt: skip

__all__ = ["read_mapping", "taken"]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KINDS = {"agreement": "kind", "organization": "okind", "weapon": "wkind"}
T = TypeVar("T")


def read_mapping(path: Path) -> Plan:
    """Read a mapping.

    Raises :class:`~diplograph.errors.MappingError`, with the line and what would be right, for a
    file that is no YAML or says what a mapping cannot say. Whether the table has the columns is not
    looked at here.
    """
    reader, top = Reader.open(path)
    whole = top.section("mapping")
    row = one_of(_needed(whole, "row"), ROWS, "what a row is")
    _fits(whole, row)
    about = _about(_needed(whole, "dataset"))
    cells = whole.get("table")
    own = cells.section("table of cells") if cells else None

    def of_table(name: str, read: Callable[[Spot], T]) -> T | None:
        return _opt(own, name, read) if own else None

    return Plan(
        path, about, row, reader.columns,
        encoding=of_table("encoding", encoding),
        delimiter=of_table("delimiter", letter),
        sheet=of_table("sheet", Spot.text),
        header=of_table("header", positive),
        null=of_table("null", texts) or (),
        agreement=_opt(whole, "agreement", lambda s: _thing(s, "agreement")),
        parties=_list(whole, "parties", _party),
        organization=_opt(whole, "organization", lambda s: _thing(s, "organization")),
        role=_opt(whole, "role", lambda s: _concept(s, "role")),
        person=_opt(whole, "person", lambda s: _thing(s, "person")),
        post=_opt(whole, "post", _post),
        supplier=_opt(whole, "supplier", _party),
        recipient=_opt(whole, "recipient", _party),
        weapon=_opt(whole, "weapon", lambda s: _thing(s, "weapon")),
        transfer=_opt(whole, "transfer", lambda s: _thing(s, "transfer")),
        area=_opt(whole, "area", _party),
        counterpart=_opt(whole, "counterpart", _party),
        stages=_list(whole, "stages", lambda s: _stage(s, row)),
        figures=_list(whole, "figures", _figure),
        when=_opt(whole, "when", _when),
        grade=_opt(whole, "grade", lambda s: _concept(s, "grade")),
        date=_opt(whole, "date", _when),
    )  # fmt: skip


def _fits(whole: Section, row: str) -> None:
    """Hold the sections to what a row of its kind can have."""
    about = ROWS[row]
    for name, spot in whole.found.items():
        if name not in (*EVERY, *about.needs, *about.may):
            having = ", ".join((*about.needs, *about.may))
            spot.wrong(f"a row that is a {row} has no “{name}”; it has {having}.")
    for name in about.needs:
        if name not in whole.found:
            whole.spot.wrong(f"a row that is a {row} needs “{name}”.")


def _about(spot: Spot) -> About:
    own = spot.section("dataset")
    identifier = _needed(own, "identifier")
    name = identifier.text()
    if not _SLUG.fullmatch(name):
        identifier.wrong(f"“{name}” is no identifier; write small letters, digits and hyphens.")
    if name in taken():
        identifier.wrong(f"“{name}” is a source of diplograph's own; choose another identifier.")
    return About(
        name,
        title=_needed(own, "title").text(),
        publisher=_needed(own, "publisher").text(),
        rights=_needed(own, "rights").text(),
        description=_needed(own, "description").text(),
        temporal=edtf(_needed(own, "temporal")),
        issued=_opt(own, "issued", edtf),
        edition=_opt(own, "edition", Spot.text) or "",
        homepage=_opt(own, "homepage", iri) or "",
        issues=tuple(given(s, "issue") for s in _each(own.get("issues"))),
    )


def taken() -> set[str]:
    """The identifiers that a table cannot have: those of other sources."""
    from diplograph.importers import DATASETS

    return {*DATASETS, "states", *(folder.name for folder in resources.data_folders())}


# --- sections ------------------------------------------------------------------------------------


def _thing(spot: Spot, what: str) -> Thing:
    if spot.scalar:
        return Thing(label=template(spot))
    own = spot.section("thing")
    label, ident = _opt(own, "label", template), _opt(own, "id", template)
    if not label and not ident:
        spot.wrong("“label” or “id” is missing.")
    for name, only in (("describedAs", "weapon"), ("class", "person")):
        if name in own.found and what != only:
            own.found[name].wrong(f"only a {only} has “{name}”.")
    if "kind" in own.found and what not in _KINDS:
        own.found["kind"].wrong(f"a {what} has no kind.")
    if what != "transfer" and not label:
        spot.wrong(f"“label” is missing: the name of the {what}.")
    return Thing(
        label, ident,
        _opt(own, "kind", lambda s: _concept(s, _KINDS[what])),
        _opt(own, "describedAs", template),
        _opt(own, "class", lambda s: one_of(s, ("Leader", "Person"), "a class")) == "Leader",
    )  # fmt: skip


def _post(spot: Spot) -> Post:
    own = spot.section("post")
    return Post(template(_needed(own, "label")), _party(_needed(own, "in")))


def _party(spot: Spot) -> Parties:
    if spot.scalar:
        return Parties(cells=(template(spot),))
    own = spot.section("party")
    ways = [name for name in ("value", "columns", "headers") if name in own.found]
    if len(ways) != 1:
        spot.wrong("one of “value”, “columns” and “headers” says where the parties are.")
    for name in ("yes", "no", "stage", "format"):
        if name in own.found and ways != ["headers"]:
            own.found[name].wrong(f"“{name}” goes with “headers” only.")
    if ways == ["headers"] and ("yes" in own.found) == ("stage" in own.found):
        spot.wrong(
            "with “headers” either “yes” says what is printed for a party, or “stage” of which "
            "stage the cells give the date."
        )
    if "format" in own.found and "stage" not in own.found:
        own.found["format"].wrong("“format” goes with “stage”.")
    kind_of = _opt(own, "class", lambda s: one_of(s, CLASSES, "a class")) or "state"
    if "kind" in own.found and kind_of != "Organization":
        own.found["kind"].wrong("only parties of the class Organization have a kind.")
    if "by" in own.found and kind_of != "state":
        own.found["by"].wrong("only states are found by a code.")
    stage = own.get("stage")
    return Parties(
        tuple(template(s) for s in _each(own.get("value"))),
        _opt(own, "columns", columns),
        _opt(own, "headers", columns),
        _opt(own, "by", lambda s: one_of(s, states.SCHEMES, "a scheme")) or "name",
        _opt(own, "label", template),
        _opt(own, "separator", Spot.text),
        _opt(own, "null", texts) or (),
        kind_of,
        _opt(own, "kind", lambda s: _concept(s, "okind")),
        _opt(own, "yes", texts) or (),
        _opt(own, "no", texts) or (),
        Concept("stage", given(stage, "stage")) if stage else None,
        formats(own),
    )


def _stage(spot: Spot, row: str) -> StageOf:
    own = spot.section("stage")
    whose = _opt(own, "for", lambda s: one_of(s, ("party", "agreement"), "whose it is"))
    if whose and row == "transfer":
        own.found["for"].wrong("a stage of a transfer is nobody's own.")
    return StageOf(
        _concept(_needed(own, "stage"), "stage"),
        _opt(own, "when", _when),
        None if whose is None else whose == "party",
        _opt(own, "grade", lambda s: _concept(s, "grade")),
    )


def _figure(spot: Spot) -> Figure:
    own = spot.section("figure")
    decimal = _opt(own, "decimalChar", letter) or "."
    group = _opt(own, "groupChar", letter) or ""
    if decimal == group:
        spot.wrong("“decimalChar” and “groupChar” are the same.")
    return Figure(
        template(_needed(own, "value")),
        _concept(_needed(own, "measure"), "measure"),
        _concept(_needed(own, "unit"), "unit"),
        _opt(own, "scale", number) or "1",
        decimal,
        group,
        _opt(own, "null", texts) or (),
        _opt(own, "unknown", texts) or (),
        _opt(own, "when", _when),
        _opt(own, "grade", lambda s: _concept(s, "grade")),
    )


def _when(spot: Spot) -> When:
    if spot.scalar:
        return When(value=template(spot))
    own = spot.section("when")
    ways = [
        way
        for way, keys in (("value",) * 2, ("year", "year"), ("from", "from to"))
        if any(key in own.found for key in keys.split())
    ]
    if len(ways) != 1:
        spot.wrong("a date is given by “value”, by “year”, or by “from” and “to”.")
    for name in ("month", "day"):
        if name in own.found and ways != ["year"]:
            own.found[name].wrong(f"“{name}” goes with “year”.")
    if "day" in own.found and "month" not in own.found:
        own.found["day"].wrong("a “day” needs a “month”.")
    for name in ("format", "mark", "null"):
        if name in own.found and ways == ["from"]:
            own.found[name].wrong(f"“{name}” stands with the dates in “from” and “to”.")
    if "format" in own.found and ways == ["year"]:
        own.found["format"].wrong("years, months and days are numbers and have no format.")
    if "ongoing" in own.found and "to" not in own.found:
        own.found["ongoing"].wrong("“ongoing” goes with “to”.")
    if "marks" in own.found and "mark" not in own.found:
        own.found["marks"].wrong("“marks” goes with “mark”.")
    parts = tuple(_opt(own, name, template) for name in ("year", "month", "day"))
    return When(
        _opt(own, "value", template),
        (parts[0], parts[1], parts[2]) if parts[0] else None,
        _opt(own, "from", _when),
        _opt(own, "to", _when),
        _opt(own, "ongoing", texts) or (),
        formats(own),
        _opt(own, "null", texts) or (),
        _opt(own, "mark", template),
        _opt(own, "marks", marks) or MARKS,
    )


def _concept(spot: Spot, scheme: str) -> Concept:
    """A concept that is written here, or a column that prints it."""
    if spot.scalar:
        if not COLUMN.search(spot.text()):
            return Concept(scheme, given(spot, scheme))
        return Concept(scheme, value=template(spot))
    own = spot.section("concept")
    return Concept(
        scheme,
        None,
        template(_needed(own, "value")),
        _opt(own, "map", lambda s: table(s, scheme)),
        _opt(own, "default", lambda s: given(s, scheme)),
    )


# --- what is given, and what is not -------------------------------------------------------------


def _needed(own: Section, name: str) -> Spot:
    spot = own.get(name)
    assert spot is not None, name
    return spot


def _opt(own: Section, name: str, read: Callable[[Spot], T]) -> T | None:
    spot = own.get(name)
    return None if spot is None else read(spot)


def _each(spot: Spot | None) -> list[Spot]:
    return [] if spot is None else spot.items()


def _list(own: Section, name: str, read: Callable[[Spot], T]) -> tuple[T, ...]:
    return tuple(read(spot) for spot in _each(own.get(name)))
