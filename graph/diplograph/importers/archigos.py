"""Archigos: the effective leaders of states, and how each came into office, left it and fared.

Goemans, Gleditsch and Chiozza, “Introducing Archigos: A Dataset of Political Leaders” (Journal of
Peace Research 46, 2009), edition 4.1: a row for each term of a leader, 1875 to 2015. Leaders have
an identifier of the dataset; states have a number, which is Gleditsch and Ward's: Germany since
1990 has 260 and Yemen 678, and Transvaal, the Orange Free State, Tibet and Annam have one too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from diplograph import dates
from diplograph.errors import DateError
from diplograph.importers.archigos_people import People, Person
from diplograph.importers.knowing import Known, Party
from diplograph.importers.layouts import Layout, Line
from diplograph.importers.running import Dataset, Part
from diplograph.importers.telling import Told, slug
from diplograph.namespaces import local_name
from diplograph.words import in_words

__all__ = ["DATASET"]

_LAYOUT = Layout(
    "leaders",
    {
        "term": "obsid", "leader": "leadid", "code": "ccode", "state": "idacr", "name": "leader",
        "begin": "startdate", "end": "enddate", "entry": "entry", "exit": "exit",
        "removal": "exitcode", "fate": "posttenurefate",
        "born_year": "yrborn", "died_year": "yrdied", "born": "borndate", "died": "deathdate",
        "link": "dbpediauri", "entry_code": "numentry", "exit_code": "numexit",
        "removal_code": "numexitcode", "fate_code": "numposttenurefate",
    },
)  # fmt: skip


@dataclass(frozen=True)
class _Value:
    """A printed value of a column: its concept (none says nothing), its code, how it is told."""

    concept: str
    code: str
    words: str = ""


_ENTRY = {
    "Regular": _Value("regular", "0", "came into office in a regular manner"),
    "Irregular": _Value("irregular", "1", "came into office in an irregular manner"),
    "Foreign Imposition": _Value(
        "foreign-imposition", "2", "was put into office by a foreign state"),
    "Unknown": _Value("unknown", "-666", "came into office in an unknown manner"),
}  # fmt: skip
_EXIT = {
    "Regular": _Value("regular", "1", "left it in a regular manner"),
    "Natural Death": _Value("natural-death", "2", "died a natural death in office"),
    "Retired Due to Ill Health": _Value("ill-health", "2.1", "retired due to ill health"),
    "Suicide": _Value("suicide", "2.2", "committed suicide in office"),
    "Irregular": _Value("irregular", "3", "was removed in an irregular manner"),
    "Foreign": _Value("foreign", "4", "was removed by a foreign state"),
    "Still in Office": _Value("still-in-office", "-888"),
    "Unknown": _Value("unknown", "-666", "left it in an unknown manner"),
}
_WITHOUT, _WITH = "unsupported from abroad", "supported from abroad"
_REMOVAL = {
    "Regular": _Value("", "0"),
    "Still in Office": _Value("", "-888"),
    "Unknown": _Value("", "-999"),
    "Popular Protest, with Foreign Support": _Value(
        "protest-foreign-support", "1", f"by popular protest {_WITH}"),
    "Popular Protest, without Foreign Support": _Value(
        "protest", "2", f"by popular protest {_WITHOUT}"),
    "Removed by Rebels, with Foreign Support": _Value(
        "rebels-foreign-support", "3", f"by rebels {_WITH}"),
    "Removed by Rebels, without Foreign Support": _Value("rebels", "4", f"by rebels {_WITHOUT}"),
    "Removed by Military, with Foreign Support": _Value(
        "military-foreign-support", "5", f"by the military {_WITH}"),
    "Removed by Military, without Foreign Support": _Value(
        "military", "6", f"by the military {_WITHOUT}"),
    "Removed by Other Government Actors, with Foreign Support": _Value(
        "government-foreign-support", "7", f"by other government actors {_WITH}"),
    "Removed by Other Government Actors, without Foreign Support": _Value(
        "government", "8", f"by other government actors {_WITHOUT}"),
    "Removed through Threat of Foreign Force": _Value(
        "foreign-threat", "9", "through the threat or use of foreign force"),
    "Assassination by Unsupported Individual": _Value(
        "assassin", "11", "by an assassin acting alone"),
    "Removed in Military Power Struggle Short of Coup": _Value(
        "power-struggle", "16", "in a power struggle within the military short of a coup"),
    "Irregular, Other": _Value("other", "111", "by other irregular means"),
}  # fmt: skip
_FATE = {
    "OK": _Value("unharmed", "0", "was unharmed afterwards"),
    "Exile": _Value("exile", "1", "went into exile"),
    "Imprisonment": _Value("imprisonment", "2", "was imprisoned"),
    "Death": _Value("death", "3", "was killed"),
    "Suicide": _Value("suicide", "3.1", "committed suicide"),
    "Missing: Natural Death within Six Months of Losing Office": _Value("natural-death", "-777"),
    "Missing: No Information Found": _Value("no-information", "-666"),
    "Missing: Left Office after 2014-12-31": _Value("too-recent", "-999"),
    "Leader Still in Office": _Value("", "-888"),
}
_STILL = "Still in Office"
_Codes = Mapping[str, tuple[str, Mapping[str, _Value], str]]
_COLUMNS: _Codes = {
    "entered": ("entry", _ENTRY, "entry"),
    "left": ("exit", _EXIT, "exit"),
    "removedBy": ("removal", _REMOVAL, "removal"),
    "fate": ("fate", _FATE, "fate"),
}
"""By the property: the column, its values, and the scheme of their concepts."""


def _tell(parts: Mapping[str, Part], told: Told, known: Known) -> Iterator[int]:
    part = parts["archigos"]
    lines: list[Line] = []
    for line in part.lines():
        if isinstance(line, Line):
            lines.append(line)
        else:
            row, cells = line
            told.refuse(
                row, "damaged-row", "The row has not as many cells as the header.", ", ".join(cells)
            )
            yield 1
    terms: dict[int, list[tuple[Party, str]]] = {}
    places: dict[int, list[str]] = {}
    for line in lines:
        try:
            when = dates.parse(_when(line))
        except DateError as error:
            told.refuse(line.row, "damaged-row", str(error), f"{line['begin']} {line['end']}")
            continue
        held = known.bearers(line["code"], when, row=line.row, scheme="gw", label=line["state"])
        terms[line.row] = held
        places[line.row] = [
            line["state"] if state.how == "unresolved" else state.label for state, _ in held
        ]
    people = People(part.table.path.read_bytes(), [ln for ln in lines if ln.row in terms], places)
    posts: set[str] = set()
    for line in lines:
        if line.row in terms:
            person = people.of(line)
            person.tell(told)
            _term(line, person, terms[line.row], told, posts)
        yield 1
    for note in people.notes:
        told.note(*note)


def _when(line: Line) -> str:
    return f"{line['begin']}/{'..' if line['exit'] == _STILL else line['end']}"


def _term(
    line: Line, person: Person, held: list[tuple[Party, str]], told: Told, posts: set[str]
) -> None:
    """A fact for each state in which the term was spent: as a rule one."""
    found = {name: _value(line, name, told) for name in _COLUMNS}
    for number, (state, when) in enumerate(held, 1):
        post = told.own("post", f"effective-leader-of-{local_name(state.iri)}")
        if post not in posts:
            posts.add(post)
            told.entity(
                post, "Post", f"effective leader of {state.label}",
                links={"postIn": state.iri, "kind": told.concept("pokind", "effective-leader")},
            )  # fmt: skip
        first, last = number == 1, number == len(held)
        told.fact(
            slug(line["term"]) + (f"-{number}" if len(held) > 1 else ""),
            "Tenure",
            _statement(line, person, state, when, held, found),
            row=line.row,
            when=when,
            links={
                "agent": person.iri,
                "post": post,
                **{
                    name: told.concept(scheme, found[name].concept)
                    for name, (_, _, scheme) in _COLUMNS.items()
                    if found[name].concept and (first if name == "entered" else last)
                },
            },
        )


def _value(line: Line, name: str, told: Told) -> _Value:
    """What a column of words says; where its code in figures says other, the ledger tells."""
    column, values, _ = _COLUMNS[name]
    printed, code = line[column], line[f"{column}_code"]
    value = values.get(printed)
    if value is None:
        told.note(
            line.row,
            "damaged-value",
            f"“{printed}” is no value of {column}; it is not told.",
            printed,
        )
        return _Value("", "")
    try:
        same = not code or abs(float(code) - float(value.code)) < 0.01
    except ValueError:
        same = False
    if not same:
        told.note(
            line.row, "inconsistent-value",
            f"The code {code} is not that of “{printed}”, which is {value.code}; what is told is "
            "the words.",
            code,
        )  # fmt: skip
    return value


def _statement(
    line: Line,
    person: Person,
    state: Party,
    when: str,
    held: list[tuple[Party, str]],
    found: Mapping[str, _Value],
) -> str:
    begin, end = when.split("/")
    first, last = (state, when) == held[0], (state, when) == held[-1]
    since = in_words(begin)
    if end == "..":
        until = f"since {since}, and was still in office on {in_words(line['end'])}"
    elif begin == end:
        until = f"on {since}"
    else:
        until = f"from {since} to {in_words(end)}"
    head = f"{person.name} was the effective leader of {state.label} {until}"
    told = [found["entered"].words] if first else []
    if last and found["left"].words:
        told.append(" ".join(filter(None, (found["left"].words, found["removedBy"].words))))
        told.append(found["fate"].words)
    told = [words for words in told if words]
    if len(held) > 1:
        others = ", ".join(other.label for other, _ in held if other != state)
        head += f" (one term with that in {others})"
    return f"{head}; {_and(told)}." if told else f"{head}."


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


DATASET = Dataset(
    name="archigos",
    title="Archigos: A Data Set of Political Leaders",
    publisher="H. E. Goemans, Kristian Skrede Gleditsch, Giacomo Chiozza",
    home="https://www.rochester.edu/college/faculty/hgoemans/data.htm",
    terms="Free for use with citation; not to be redistributed here.",
    covers="1875/2015",
    covers_all=("Leader",),
    what="the effective leaders of states from 1875 to 2015",
    layouts={"archigos": (_LAYOUT,)},
    tell=_tell,
    edition="4.1",
    issued="2016",
)
