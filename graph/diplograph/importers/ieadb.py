"""The International Environmental Agreements Database: agreements, and what each state did.

Ronald B. Mitchell and the IEA Database Project, “International Environmental Agreements Database”.
Two files, of which either can be imported alone: a list of agreements, and a list with a row for
each state and agreement. ``docs/datasets/ieadb.md`` says what becomes what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from diplograph import dates
from diplograph.errors import DateError
from diplograph.importers.knowing import Known
from diplograph.importers.layouts import Layout, Line
from diplograph.importers.members import PLACEHOLDERS_FROM, Members, Placeholders
from diplograph.importers.running import Dataset, Part
from diplograph.importers.telling import Told, slug
from diplograph.namespaces import DCT
from diplograph.words import in_words

__all__ = ["DATASET"]

_AGREEMENTS = Layout(
    "agreements",
    {
        "id": "IEA# (click for add'l info)", "inclusion": "Inclusion", "year": "Signature Year",
        "signed": "Signature Date", "in_force": "Date IEA entered into force",
        "name": "Treaty Name", "type": "Agreement Type (level 2)", "lineage": "Lineage",
        "sequence": "Sequence in lineage", "secretariat": "Secretariat",
    },
)  # fmt: skip
_MEMBERS = Layout(
    "members",
    {
        "country": "country", "id": "mitch_id", "signed": "tsig", "inclusion": "inclusion",
        "name": "treatyname", "ended": "tterm", "csig": "csig", "crat": "crat",
        **{f"ceif{n}": f"ceif{n}" for n in range(3, 10)},
    },
)  # fmt: skip

_KINDS = {
    "Agreed Minute (non-binding)": "agreed-minute",
    "Agreement": "agreement",
    "Agreement of the Representatives": "agreement",
    "Amendment": "amendment",
    "Annex (non-binding)": "annex",
    "Arrangement": "arrangement",
    "Center": "joint-body",
    "Commission": "joint-body",
    "Compact": "domestic-measure",
    "Declaration": "declaration",
    "Directive": "domestic-measure",
    "Exchange of Notes": "exchange-of-notes",
    "Memorandum of Understanding": "memorandum",
    "National": "domestic-measure",
    "Other Binding Modification": "modification",
    "Plan of Action": "action-plan",
    "Protocol": "protocol",
    "Resolution": "resolution",
    "Statute-nonbinding": "statute",
    "Uncertain": "uncertain-form",
}
_SCOPES = {"B": "bilateral", "M": "multilateral", "O": "other"}
_NO_SECRETARIAT = {"", "No known secretariat", "Secretariat not yet identified"}
_NONE_ESTABLISHED = "No secretariat established"
_NO_LINEAGE = {"", "Not Yet Assigned"}
_WHOLE = ".000"


@dataclass
class _Listed:
    """The agreements told so far, and what of them is needed later."""

    names: dict[str, str] = field(default_factory=dict)
    only_year: set[str] = field(default_factory=set)
    """Those of which the list gives the year of signature alone."""
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    """The agreement at each place of a lineage."""
    amendments: list[tuple[int, str, str, str]] = field(default_factory=list)


def _tell(parts: Mapping[str, Part], told: Told, known: Known) -> Iterator[int]:
    listed = _Listed()
    if "ieadb-treaties" in parts:
        told.file("ieadb-treaties")
        placeholders = Placeholders(told)
        for line in _lines(parts["ieadb-treaties"], told):
            if line is not None:
                _agreement(line, told, listed, placeholders)
            yield 1
        placeholders.note()
        _amendings(told, listed)
    if "ieadb-members" in parts:
        told.file("ieadb-members")
        members = Members(told, known, listed.only_year)
        for line in _lines(parts["ieadb-members"], told):
            if line is not None:
                _membership(line, told, listed, members)
            yield 1
        members.note()


def _lines(part: Part, told: Told) -> Iterator[Line | None]:
    """The rows that can be read; None for each that is refused."""
    for line in part.lines():
        if not isinstance(line, Line):
            row, cells = line
            told.refuse(
                row, "damaged-row", "The row has not as many cells as the header.", ", ".join(cells)
            )
            yield None
        elif not line["id"].isascii() or not line["id"].isdigit() or not line["name"]:
            told.refuse(
                line.row, "damaged-row",
                "The row has no number of an agreement, or no name of it.", ", ".join(line.raw),
            )  # fmt: skip
            yield None
        else:
            yield line


# --- agreements ----------------------------------------------------------------------------------


def _agreement(line: Line, told: Told, listed: _Listed, placeholders: Placeholders) -> None:
    number, name = line["id"], line["name"]
    if number in listed.names:
        told.refuse(
            line.row, "repeated-row", f"Agreement {number} stands in a row before it.", name
        )
        return
    listed.names[number] = name
    iri = told.own("agreement", number)
    kind = _KINDS.get(line["type"])
    if kind is None:
        told.note(
            line.row, "damaged-value",
            "This type of agreement is not known; the agreement stands as an agreement.",
            line["type"],
        )  # fmt: skip
    _entity(line, told, kind or "agreement")
    placed = line["lineage"] not in _NO_LINEAGE
    secretariat = line["secretariat"]
    links, values = {}, {}
    if placed:
        values["lineage"] = line["lineage"]
        if line["sequence"]:
            values["sequence"] = line["sequence"]
            listed.places.setdefault((line["lineage"], line["sequence"]), number)
    if placed and kind == "amendment":
        listed.amendments.append((line.row, number, line["lineage"], line["sequence"]))
    if secretariat == _NONE_ESTABLISHED:
        values[f"{_SKOS}note"] = f"{secretariat}."
    elif secretariat not in _NO_SECRETARIAT:
        links["secretariat"] = _secretariat(secretariat, told)
    dated = 0
    for stage, value in (("signed", _signed(line, told, listed)), ("in-force", line["in_force"])):
        if value and placeholders.is_one(line.row, stage, value):
            continue
        dated += _stage(line.row, number, name, stage, value, told)
    if not dated:  # no fact cites the row
        links["evidence"] = told.passage(line.row)
    told.add(iri, links=links, values=values)


_SKOS = "http://www.w3.org/2004/02/skos/core#"


def _entity(line: Line, told: Told, kind: str) -> None:
    """The agreement with what both files tell of it."""
    inclusion = line["inclusion"]
    links = {"kind": told.concept("kind", kind)}
    if inclusion[:1] in _SCOPES:
        links["scope"] = told.concept("scope", _SCOPES[inclusion[0]])
    if inclusion[1:2] == "E":
        links[f"{DCT}subject"] = told.concept("issue", "environment")
    iri = told.own("agreement", line["id"])
    told.entity(iri, "Agreement", line["name"], links=links, values={"inclusion": inclusion})


def _secretariat(name: str, told: Told) -> str:
    iri = told.own("organization", slug(name))
    kind = told.concept("okind", "international")
    told.entity(iri, "Organization", name, links={"kind": kind})
    return iri


def _signed(line: Line, told: Told, listed: _Listed) -> str:
    """The date of signature, or the year where the day is not told."""
    day, year = line["signed"], line["year"]
    if day.startswith("0000"):
        listed.only_year.add(line["id"])
        return year
    if year and day[:4] != year:
        told.note(
            line.row, "damaged-value",
            f"The year of signature differs from the date, {day}, which is told.", year,
        )  # fmt: skip
    return day


def _stage(row: int, number: str, name: str, stage: str, when: str, told: Told) -> int:
    """Tell a stage of the agreement as a whole, if it is dated; how many were told."""
    if not when:
        return 0
    try:
        dates.parse(when)
    except DateError as error:
        told.note(row, "damaged-value", str(error), when)
        return 0
    words = {"signed": "was signed", "in-force": "entered into force", "ended": "ended"}[stage]
    told.fact(
        f"{number}-{stage}",
        "StageFact",
        f"{name}: {words} {_on(when)}.",
        row=row,
        when=when,
        links={"of": told.own("agreement", number), "stage": told.concept("stage", stage)},
    )
    return 1


def _on(when: str) -> str:
    return f"{'on' if len(when) == 10 else 'in'} {in_words(when)}"


def _amendings(told: Told, listed: _Listed) -> None:
    """What an amendment amends, by its place: 101.020 belongs under 101.000 of its lineage."""
    for row, number, lineage, sequence in listed.amendments:
        base = listed.places.get((lineage, sequence.partition(".")[0] + _WHOLE))
        if base is None or base == number:
            continue
        told.fact(
            f"{number}-amends",
            "Amending",
            f"By its number in the lineage {lineage}, {sequence}, {listed.names[number]} amends "
            f"{listed.names[base]}.",
            row=row,
            grade="inferred",
            links={"of": told.own("agreement", number), "amends": told.own("agreement", base)},
        )


# --- members -------------------------------------------------------------------------------------


def _membership(line: Line, told: Told, listed: _Listed, members: Members) -> None:
    number = line["id"]
    name = listed.names.get(number)
    if name is None:
        # The list of agreements is not there, or has it not.
        name = listed.names[number] = line["name"]
        _entity(line, told, "agreement")
        if line["signed"] and line["signed"][:4] < PLACEHOLDERS_FROM:
            _stage(line.row, number, name, "signed", line["signed"], told)
        members.began(number)
    elif members.began(number) and name != line["name"]:
        told.note(
            line.row, "damaged-value",
            "The list of agreements prints another name, which is told.", line["name"],
        )  # fmt: skip
    if line["ended"] and members.ends(number):
        _stage(line.row, number, name, "ended", line["ended"], told)
    members.tell(line, name)


DATASET = Dataset(
    name="ieadb",
    title="International Environmental Agreements Database",
    publisher="IEA Database Project",
    home="https://iea.ulaval.ca/",
    terms="Free for use with citation; not to be redistributed here.",
    covers="1351/2020",
    what="environmental agreements of all states and what each state did, from 1351 to 2020",
    layouts={"ieadb-treaties": (_AGREEMENTS,), "ieadb-members": (_MEMBERS,)},
    tell=_tell,
    issues=("environment",),
    covers_all=("Agreement",),
    files={"ieadb-treaties": "agreements", "ieadb-members": "members"},
)
