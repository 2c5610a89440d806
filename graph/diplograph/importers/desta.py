"""Design of Trade Agreements: the world's preferential trade agreements and their members.

A. Dür, L. Baccini and M. Elsig, “The Design of International Trade Agreements: Introducing a New
Dataset”, The Review of International Organizations 9 (2014). A row for each agreement, amendment,
consolidated text, accession, withdrawal and negotiation; members by their ISO numeric codes in c1
to c91, with a mark for each in mc1 to mc91. ``docs/datasets/desta.md`` says what becomes what.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from diplograph import dates, states
from diplograph.errors import DateError
from diplograph.importers.knowing import Known, Party
from diplograph.importers.layouts import Layout, Line
from diplograph.importers.running import Dataset, Part
from diplograph.importers.telling import Told, slug
from diplograph.namespaces import PREFIXES

__all__ = ["DATASET"]

_MOST = 91
_NAMED = (
    "number", "base_treaty", "name", "entry_type", "consolidated", "year", "entryforceyear",
    "language", "typememb", "regioncon", "wto_listed", "wto_name",
)  # fmt: skip
_LAYOUT = Layout(
    "treaties",
    {
        **{name: name for name in _NAMED},
        **{f"c{n}": f"c{n}" for n in range(1, _MOST + 1)},
        **{f"mc{n}": f"mc{n}" for n in range(1, _MOST + 1)},
    },
)
_KINDS = {
    "base_treaty": "trade-agreement",
    "negotiation": "trade-agreement",
    "protocol or amendment": "trade-amendment",
    "consolidated": "trade-consolidation",
}
_SCOPES = {
    "1": "bilateral", "2": "plurilateral", "3": "group-and-third", "4": "group-and-group",
}  # fmt: skip
_TEXTS, _CHANGES = ("protocol or amendment", "consolidated"), ("accession", "withdrawal")
_LISTED = {"1": "yes", "0": "no"}
_LANGUAGE = PREFIXES["schema"] + "inLanguage"
_NONE = "NA"


@dataclass(frozen=True, slots=True)
class _Member:
    """A member as it is printed: its code, and the mark that goes with it."""

    code: str
    mark: str


@dataclass
class _Listed:
    """The agreements told so far: their names, and the parties of each."""

    names: dict[str, str] = field(default_factory=dict)
    parties: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def _tell(parts: Mapping[str, Part], told: Told, known: Known) -> Iterator[int]:
    """First the agreements, then the texts that change one, then who came and who left.

    What changes an agreement may stand before it. So the file is read three times over, which costs
    little beside the rest and keeps no row in memory.
    """
    listed = _Listed()
    for turn in _Turn:
        for line in parts["desta"].lines():
            if not isinstance(line, Line):
                if turn is _Turn.AGREEMENTS:
                    row, cells = line
                    told.refuse(
                        row, "damaged-row", "The row has not as many cells as the header.",
                        ", ".join(cells),
                    )  # fmt: skip
                    yield 1
                continue
            if _turn(line) is not turn:
                continue
            if turn is _Turn.CHANGES:
                _change(line, told, known, listed)
            elif _agreement(line, told, known, listed) and turn is _Turn.TEXTS:
                _amending(line, told, listed)
            yield 1


class _Turn(Enum):
    """In which reading of the file a row is told."""

    AGREEMENTS = auto()
    TEXTS = auto()
    CHANGES = auto()


def _turn(line: Line) -> _Turn:
    if line["entry_type"] in _TEXTS:
        return _Turn.TEXTS
    if line["entry_type"] in _CHANGES or line["number"] != line["base_treaty"]:
        return _Turn.CHANGES
    return _Turn.AGREEMENTS


# --- agreements ----------------------------------------------------------------------------------


def _agreement(line: Line, told: Told, known: Known, listed: _Listed) -> bool:
    """Tell an agreement with its stages and parties; False where the row is refused."""
    number, name, kind = line["number"], line["name"], _KINDS.get(line["entry_type"])
    members = _members(line, told)
    if kind is None or not number or not name or number in listed.names or not members:
        reason = "repeated-row" if number in listed.names else "damaged-row"
        why = {
            "repeated-row": "The number stands in a row before it.",
            "damaged-row": "The row has no type of entry that is known, no number, no name or no "
            "members.",
        }[reason]
        told.refuse(line.row, reason, why, f"{number}, {name}, {line['entry_type']}")
        return False
    listed.names[number] = name
    iri = _iri(told, number)
    values = {"region": _known(line["regioncon"]), _LANGUAGE: _known(line["language"])}
    values["wtoListed"] = _LISTED.get(line["wto_listed"], "")
    links = {"kind": told.concept("kind", kind)}
    if line["typememb"] in _SCOPES:
        links["scope"] = told.concept("scope", _SCOPES[line["typememb"]])
    told.entity(
        iri, "Agreement", name,
        alt=[other for other in [_known(line["wto_name"])] if other],
        links=links, values={key: value for key, value in values.items() if value},
    )  # fmt: skip
    if line["entry_type"] == "negotiation":
        told.fact(
            f"{_slug(number)}-under-negotiation", "StageFact", f"{name}: under negotiation.",
            row=line.row, links={"of": iri, "stage": told.concept("stage", "under-negotiation")},
        )  # fmt: skip
    for stage, words, year in (
        ("signed", "was signed", line["year"]),
        ("in-force", "entered into force", line["entryforceyear"]),
    ):
        if _year(year, line, told):
            told.fact(
                f"{_slug(number)}-{stage}", "StageFact", f"{name}: {words} in {year}.",
                row=line.row, when=year, links={"of": iri, "stage": told.concept("stage", stage)},
            )  # fmt: skip
    found = {member: _party(member, line, known) for member in members}
    listed.parties[number].update(party.iri for party in found.values())
    _participation(f"{_slug(number)}-parties", name, iri, line, found, told)
    return True


def _participation(
    fact: str, name: str, of: str, line: Line, found: Mapping[_Member, Party], told: Told
) -> None:
    """That members are parties; those with one mark stand on one side."""
    sides: dict[str, list[str]] = defaultdict(list)
    for member, party in found.items():
        sides[member.mark].append(party.label)
    listed = "; on the other side ".join(", ".join(side) for _, side in sorted(sides.items()))
    read = [f"{member.code}: {party.note}" for member, party in found.items() if party.note]
    told.fact(
        fact, "Participation", f"Parties to {name}: {listed}.", row=line.row,
        links={"of": of, "agent": list(dict.fromkeys(p.iri for p in found.values()))},
        values={"printed": read} if read else None,
    )  # fmt: skip


def _amending(line: Line, told: Told, listed: _Listed) -> None:
    """That the text changes another agreement, or gives it anew."""
    base = listed.names.get(line["base_treaty"])
    if base is None or line["base_treaty"] == line["number"]:
        told.note(
            line.row, "damaged-value", "The agreement that the text changes is in no other row.",
            line["base_treaty"],
        )  # fmt: skip
        return
    anew = line["entry_type"] == "consolidated"
    verb, prop = ("gives anew", "consolidates") if anew else ("amends or adds to", "amends")
    told.fact(
        f"{_slug(line['number'])}-{prop}", "Amending",
        f"{line['name']}, of {line['year']}, {verb} {base}.",
        row=line.row,
        links={"of": _iri(told, line["number"]), prop: _iri(told, line["base_treaty"])},
    )  # fmt: skip


# --- accessions, withdrawals, negotiations of an accession ---------------------------------------


def _change(line: Line, told: Told, known: Known, listed: _Listed) -> None:
    """What a row changes in the membership of an agreement."""
    base, number, kind = line["base_treaty"], line["number"], line["entry_type"]
    members = _members(line, told)
    moving = _moving(members)
    if base not in listed.names or not moving:
        told.refuse(
            line.row, "damaged-row",
            "No member is marked as the one that comes or goes." if base in listed.names
            else "The agreement that the row changes is in no other row.",
            f"{base}, {line['name']}",
        )  # fmt: skip
        return
    name, of = listed.names[base], _iri(told, base)
    others = {m: _party(m, line, known) for m in members if m not in moving}
    new = {m: p for m, p in others.items() if p.iri not in listed.parties[base]}
    if new:  # members that no row says came: they are parties all the same
        listed.parties[base].update(party.iri for party in new.values())
        _participation(f"{_slug(number)}-members", name, of, line, new, told)
    if kind == "withdrawal":
        year = line["entryforceyear"] if line["entryforceyear"] != _NONE else line["year"]
        steps = [("withdrawn", "was left by", year)]
    elif kind == "accession":
        steps = [
            ("signed", "accession was signed by", line["year"]),
            ("in-force", "entered into force for", line["entryforceyear"]),
        ]
    else:
        steps = [("under-negotiation", "accession is under negotiation with", "")]
    for member in moving:
        party = _party(member, line, known)
        fact = f"{_slug(number)}-{slug(party.label)}"
        if kind != "withdrawal" or party.iri not in listed.parties[base]:
            listed.parties[base].add(party.iri)
            told.fact(
                fact, "Participation", f"{party.label} is listed as a party to {name}.",
                row=line.row, links={"of": of, "agent": party.iri},
                values={"printed": f"{member.code}: {party.note}"} if party.note else None,
            )  # fmt: skip
        for stage, words, year in steps:
            if year and not _year(year, line, told):
                continue
            told.fact(
                f"{fact}-{stage}", "StageFact",
                f"{name}: {words} {party.label}{f' in {year}' if year else ''}.",
                row=line.row, when=year or None,
                links={"of": of, "stage": told.concept("stage", stage), "forParty": party.iri},
            )  # fmt: skip


def _moving(members: Sequence[_Member]) -> list[_Member]:
    """Those that come or go: marked 1 among members marked 2, or 2 beside others marked 3."""
    first = [m for m in members if m.mark == "1"]
    if first:
        return first
    marks = {m.mark for m in members}
    return [m for m in members if m.mark == "2"] if "3" in marks else []


# --- cells ---------------------------------------------------------------------------------------


def _members(line: Line, told: Told) -> list[_Member]:
    members = []
    for n in range(1, _MOST + 1):
        code, mark = line[f"c{n}"], line[f"mc{n}"]
        if code not in ("", _NONE):
            if mark in ("", _NONE):
                told.note(
                    line.row, "damaged-value",
                    "The member has no mark, which would tell its side; it is told as a party.",
                    f"c{n}: {code}",
                )  # fmt: skip
            members.append(_Member(code, mark))
        elif mark not in ("", _NONE):
            told.note(line.row, "damaged-value", "The mark belongs to no member.", f"mc{n}: {mark}")
    return members


def _party(member: _Member, line: Line, known: Known) -> Party:
    """The state that a code stands for in the year of the row."""
    year = line["year"]
    when = dates.parse(year) if year.isdigit() else None
    named = states.resolve(member.code, scheme="iso-numeric").state
    return known.party(
        member.code, scheme="iso-numeric", when=when, row=line.row,
        label=named.label if named else None,
    )  # fmt: skip


def _year(year: str, line: Line, told: Told) -> bool:
    """Whether a year is told."""
    if year in ("", _NONE):
        return False
    try:
        dates.parse(year)
    except DateError as error:
        told.note(line.row, "damaged-value", str(error), year)
        return False
    return True


def _known(cell: str) -> str:
    return "" if cell == _NONE else cell


def _slug(number: str) -> str:
    """A number of the list as a part of an IRI: “3+1” is an accession, “243_2” a withdrawal."""
    return number.replace("+", "-accession-").replace("_", "-withdrawal-")


def _iri(told: Told, number: str) -> str:
    return told.own("agreement", _slug(number))


DATASET = Dataset(
    name="desta",
    title="Design of Trade Agreements (DESTA): list of treaties",
    publisher="World Trade Institute",
    home="https://www.designoftradeagreements.org/",
    terms="Free for use with citation; not to be redistributed here.",
    covers="1948/2020",
    what="trade agreements of all states and who joined or left them, from 1948 to 2020",
    layouts={"desta": (_LAYOUT,)},
    tell=_tell,
    issues=("trade",),
    covers_all=("Agreement",),
)
