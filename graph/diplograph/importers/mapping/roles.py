"""Which column plays which part: guessed from the words of the header and from the cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from diplograph import states
from diplograph.importers.mapping.concepts import find_concept
from diplograph.importers.mapping.looking import Column

__all__ = ["Roles", "Timed", "roles_of"]

TITLE = r"treaty|agreement|pact|accord|convention|protocol|title|instrument|declaration"
NAMED = r"^name|\bname\b|title|treaty name"
IDENT = r"^id$|\bid\b|number|\bno\b|^nr|code|iea|#|obsid"
PERSON = r"leader|ruler|president|head of|minister|person|holder"
GROUP = r"organi[sz]ation|\bigo\b|institution|\bbody\b|alliance|bloc|union"
SUPPLIER, RECIPIENT = r"supplier|seller|exporter|sender|donor", r"recipient|buyer|importer|receiver"
WEAPON = r"weapon|designation|equipment|system|item"
BEGIN = r"^st(?=year|month|day|art)|start|begin|from|since|join|entry|entered|eindate|accession"
END = r"^end|\bend|until|\bto\b|left|leave|exit|eoutdate|withdr|terminat|expir"
STAGES = (
    ("withdrawn", r"withdr|denounc|left|leave|exit"),
    ("in-force", r"force|effective|eif|entry"),
    ("ratified", r"ratif|rat$|accept|approv|access|acced|deposit"),
    ("initialled", r"initial"),
    ("proposed", r"propos"),
    ("ended", r"term\b|terminat|\bend|expir"),
    ("signed", r"sign|sig$|adopt|conclu"),
)
"""Stages by words in the head of a column with dates, the clearest first."""
_PART = re.compile(r"(.*?)[ _.]?(year|month|day|yr|mon)\b(.*)")


@dataclass(frozen=True)
class Timed:
    """A date by one column, or by columns of year, month and day."""

    columns: tuple[Column, ...]

    @property
    def head(self) -> Column:
        """The column with the date, or with the year."""
        return self.columns[0]


@dataclass
class Roles:
    """The parts that columns play; ``used`` are the names of those that have one."""

    row: str = ""
    why: str = ""
    title: Column | None = None
    ident: Column | None = None
    kind: Column | None = None
    person: Column | None = None
    group: Column | None = None
    weapon: Column | None = None
    described: Column | None = None
    parties: list[Column] = field(default_factory=list)
    heads: list[Column] = field(default_factory=list)
    supplier: Column | None = None
    recipient: Column | None = None
    stages: list[tuple[str, Timed, str, bool]] = field(default_factory=list)
    """With why they are thought so, and whether they are of the agreement where rows are not."""
    status: Column | None = None
    begin: Timed | None = None
    end: Timed | None = None
    time: Timed | None = None
    figures: list[tuple[Column, str]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def take(self, column: Column | None) -> Column | None:
        """Say that a column has its part."""
        if column is not None:
            self.used.add(column.name)
        return column


def roles_of(columns: Sequence[Column]) -> Roles:
    """The parts of the columns of a table, and what its row tells of."""
    roles = Roles()

    def find(words: str, fits: Callable[[Column], object] = lambda c: True) -> Column | None:
        left = [c for c in columns if c.name not in roles.used and c.says(words) and fits(c)]
        return left[0] if left else None

    times = _times(columns)
    timed = {c.name for time in times for c in time.columns}
    roles.supplier = find(SUPPLIER, lambda c: c.parties)
    roles.recipient = find(RECIPIENT, lambda c: c.parties)
    roles.weapon = find(WEAPON, lambda c: not c.parties and not c.whole)
    if roles.supplier and roles.recipient and roles.weapon:
        for column in (roles.supplier, roles.recipient, roles.weapon):
            roles.take(column)
        roles.described = roles.take(find(r"descri", lambda c: not c.parties))
    else:
        roles.supplier = roles.recipient = roles.weapon = None
    heads = [c for c in columns if _is_state(c.name) and c.name not in timed]
    heads += [c for c in columns if _is_state(c.name) and c.name in timed and not c.parties]
    if len(heads) >= 3:
        roles.heads = [c for c in columns if c in heads]
        roles.used |= {c.name for c in heads}
        times = [t for t in times if t.head.name not in roles.used]
    roles.parties = _parties([c for c in columns if c.name not in roles.used | timed])
    roles.used |= {c.name for c in roles.parties}
    texts = [c for c in columns if c.name not in roles.used | timed and not c.whole and c.filled]
    roles.person = next((c for c in texts if c.says(PERSON) and 3 <= c.lengths <= 40), None)
    roles.group = next((c for c in texts if c.says(GROUP) and c.lengths <= 80), None)
    roles.title = _title([c for c in texts if c not in (roles.person, roles.group)])
    _row(roles, times)
    roles.take(roles.title)
    roles.ident = roles.take(find(IDENT, lambda c: c.name not in timed and _identifies(c, roles)))
    if roles.row in ("agreement", "participation"):
        left = [c for c in columns if c.name not in roles.used | timed and c.filled]
        kinds = [c for c in left if _kinds(c) >= 0.5]
        roles.kind = roles.take(max(kinds, key=_kinds, default=None))
        stages = [c for c in left if c.concepts("stage") >= 0.5 and c is not roles.kind]
        roles.status = roles.take(next(iter(stages), None))
    _when(roles, times)
    for column in columns:
        if column.name not in roles.used and column.number[0] > 0.9 and column.filled:
            measure = _measure(column)
            if measure:
                roles.take(column)
                roles.figures.append((column, measure))
    return roles


# --- what a row is -------------------------------------------------------------------------------


def _row(roles: Roles, times: Sequence[Timed]) -> None:
    begins = any(t.head.says(BEGIN) for t in times)
    if roles.supplier is not None:
        roles.row, roles.why = "transfer", "it has a supplier, a recipient and a weapon"
    elif roles.person is not None and begins and len(roles.parties) == 1:
        roles.row, roles.why = "tenure", "it has a person, a state, and when the person began"
        roles.group = roles.title = None
        roles.take(roles.person)
    elif roles.title is not None and (roles.title.says(TITLE) or roles.group is None):
        roles.person = roles.group = None
        one = len(roles.parties) == 1 and not (roles.parties[0].parties or _NONE).separator
        if one and not roles.heads and roles.title.repeated:
            roles.row = "participation"
            roles.why = "one state a row, and the names of agreements come again and again"
        else:
            roles.row, roles.why = "agreement", "each row has the name of another agreement"
            if not roles.parties and not roles.heads:
                roles.why += "; no column names parties"
    elif roles.group is not None and roles.parties:
        roles.row, roles.why = "membership", "it has an organization and a state"
        roles.person = None
        roles.take(roles.group)
    elif roles.parties and begins:
        roles.row = "membership"
        roles.why = "it has a state, and when something began; doubtful: nothing says of what"
        roles.person = None
    else:
        roles.row, roles.why = "figure", "it has states and numbers"
        roles.person = roles.title = None


class _None:
    separator = ""


_NONE = _None()


KINDS = (
    ("treaty", r"convention|treaty|pact\b|covenant|charter"), ("memorandum", r"mou\b|memorand"),
    ("protocol", "protocol"), ("declaration", "declaration"), ("communique", "communiqu"),
    ("joint-statement", "joint statement"), ("contract", "contract|deal"),
    ("licence", "licen[cs]e"),
    ("agreement", "agreement|accord|exchange of|arrangement|amendment"),
)  # fmt: skip
"""Kinds of agreement by words that tables have for them."""


def kind_of(text: str) -> str | None:
    """The kind that a printed one most likely is."""
    own = find_concept("kind", text)
    return own or next((k for k, words in KINDS if re.search(words, text.casefold())), None)


def _kinds(column: Column) -> float:
    """The share of a column's cells that look like kinds of agreement; names are no kinds."""
    said = column.says(r"kind|type|form\b|instrument|categor")
    if column.lengths > 30 or not column.repeated or (len(column.filled) < 2 and not said):
        return 0.0
    return sum(kind_of(text) is not None for text in column.filled) / len(column.filled)


def _parties(columns: Sequence[Column]) -> list[Column]:
    """The columns that name parties: of several ways to name the same one, the surest."""
    found = [c for c in columns if c.parties or _in_a_run(c, columns)]
    best: list[Column] = []
    for column in found:
        twin = next((b for b in best if _same(b, column)), None)
        if twin is None:
            best.append(column)
        elif _worth(column) > _worth(twin):
            best[best.index(twin)] = column
    return best


def _in_a_run(column: Column, columns: Sequence[Column]) -> bool:
    """Whether it stands among numbered columns that name parties, and has no other cells."""
    match = re.fullmatch(r"(.*?)[0-9]+", column.name)
    if not match:
        return False
    beside = [c for c in columns if re.fullmatch(re.escape(match[1]) + "[0-9]+", c.name)]
    ways = {c.parties.by for c in beside if c.parties}
    return sum(bool(c.parties) for c in beside) > 1 and any(column.fits(by) for by in ways)


def _same(one: Column, other: Column) -> bool:
    """Whether two columns name the same state in nearly all rows: a name and its code."""
    if one.parties is None or other.parties is None or one.parties.by == other.parties.by:
        return False
    looked = 0
    agree = 0
    for a, b in zip(one.cells[:60], other.cells[:60], strict=True):
        left = states.resolve(a, scheme=one.parties.by)  # type: ignore[arg-type]
        right = states.resolve(b, scheme=other.parties.by)  # type: ignore[arg-type]
        both = [{s.iri for s in (*r.candidates, r.state) if s is not None} for r in (left, right)]
        if a and b and all(both):
            looked += 1
            agree += bool(both[0] & both[1])
    return looked > 0 and agree > 0.7 * looked


def _worth(column: Column) -> tuple[float, bool]:
    parties = column.parties
    assert parties is not None
    return (round(parties.share, 1), parties.by in ("cow", "gw", "iso3", "iso-numeric", "iso2"))


def _is_state(name: str) -> bool:
    if re.fullmatch("[A-Z]{3}", name):
        return states.resolve(name, scheme="iso3").how != "unknown"
    return len(name) > 3 and states.resolve(name).how != "unknown"


def _title(columns: Sequence[Column]) -> Column | None:
    def worth(column: Column) -> float:
        telling = sum(
            bool(re.search(TITLE, text.casefold())) for text in column.filled[:100]
        ) / max(1, len(column.filled[:100]))
        named = 1.5 if column.says(NAMED) else 1.0 if column.says(TITLE) else 0.0
        return named + telling + min(column.lengths, 60) / 60 + (len(column.filled) > 1)

    able = [
        c
        for c in columns
        if c.lengths >= 8
        and len(c.filled) > 1
        and c.concepts("kind") < 0.5
        and not c.says(r"comment|remark|note|uri|url|secretariat|lineage|language")
        and (c.says(TITLE) or c.says(NAMED) or _looks_agreed(c))
    ]
    return max(able, key=worth, default=None)


def _looks_agreed(column: Column) -> bool:
    looked = column.filled[:100]
    return sum(bool(re.search(TITLE, t.casefold())) for t in looked) > 0.4 * len(looked)


def _identifies(column: Column, roles: Roles) -> bool:
    """Whether a column can tell one thing of the row from another."""
    if column.parties or len(column.filled) < 2 or column.lengths > 40 or roles.row == "figure":
        return False
    thing = roles.title or roles.person
    if thing is None or roles.row not in ("agreement", "participation"):
        return roles.row == "transfer" and not column.repeated and not _measure(column)
    by: dict[str, str] = {}
    pairs = [(a, b) for a, b in zip(column.cells, thing.cells, strict=True) if a and b]
    return bool(pairs) and all(by.setdefault(ident, name) == name for ident, name in pairs)


# --- times and figures ---------------------------------------------------------------------------


def _times(columns: Sequence[Column]) -> list[Timed]:
    """The dates of a table; a year, a month and a day beside each other are one."""
    found: list[Timed] = []
    taken: set[str] = set()
    by_head = {c.head.replace(" ", ""): c for c in columns}
    for column in columns:
        match = _PART.fullmatch(column.head) if column.whole or column.dates else None
        if match and match[2] in ("year", "yr"):
            before, after = match[1].replace(" ", ""), match[3].replace(" ", "")
            names = [
                [f"{before}{part}{after}" for part in parts]
                for parts in (("month", "mon"), ("day",))
            ]
            month, day = (
                next((by_head[n] for n in several if n in by_head), None) for several in names
            )
            if month and month.whole:
                parts = [column, month, *([day] if day and day.whole else [])]
                found.append(Timed(tuple(parts)))
                taken |= {c.name for c in parts}
    for column in columns:
        if column.name not in taken and column.dates and not _counts(column):
            found.append(Timed((column,)))
    return found


def _counts(column: Column) -> bool:
    """Whether what may be years is more likely a number or a code."""
    assert column.dates is not None
    hint = column.says(r"year|date|sign|ratif|force|begin|start|end|born|died|since|until|yr")
    return column.dates.years and not hint and (not column.whole or bool(column.parties))


def _when(roles: Roles, times: Sequence[Timed]) -> None:
    left = [t for t in times if not {c.name for c in t.columns} & roles.used]
    if roles.row in ("membership", "tenure"):
        roles.begin = _finest([t for t in left if t.head.says(BEGIN)])
        roles.end = _finest([t for t in left if t.head.says(END) and t is not roles.begin])
        for time in (roles.begin, roles.end):
            roles.used |= {c.name for c in time.columns} if time else set()
        return
    if roles.row == "figure":
        roles.time = _finest([t for t in left if t.head.says(r"year|date|time|period")] or left)
        roles.used |= {c.name for c in roles.time.columns} if roles.time else set()
        return
    words = STAGES if roles.row != "transfer" else (("delivered", "deliver"), ("ordered", "order"))
    for stage, hint in words:
        of = [t for t in left if t.head.says(hint)]
        whole = [t for t in of if roles.row == "participation" and _common(t, roles)]
        for several, common in ((whole if len(whole) < len(of) else [], True),
                                ([t for t in of if t not in whole] or of, False)):  # fmt: skip
            best = _finest(several)
            if best is not None:
                roles.stages.append((stage, best, _why(best, several), common))
                roles.used |= {c.name for t in several for c in t.columns}
        left = [t for t in left if t not in of]
    plain = [t for t in left if t.head.says(r"^date$|^year$|\bdate\b|\byear\b")]
    if (
        plain
        and not any(stage == "signed" for stage, *_ in roles.stages)
        and roles.row != "transfer"
    ):
        best = _finest(plain)
        assert best is not None
        why = f"doubtful: “{best.head.name}” does not say what happened then"
        roles.stages.append(("signed", best, why, False))
        roles.used |= {c.name for c in best.columns}
    roles.stages.sort(key=lambda s: _RANK[s[0]])


_RANK = {name: place for place, name in enumerate(
    ("proposed", "initialled", "signed", "ratified", "in-force", "ordered", "delivered",
     "withdrawn", "ended"))}  # fmt: skip


def _why(time: Timed, several: Sequence[Timed]) -> str:
    others = ", ".join(f"“{t.head.name}”" for t in several if t is not time)
    also = f"; left aside: {others}" if others else ""
    return f"the head says so: “{time.head.name}”{also}"


def _common(time: Timed, roles: Roles) -> bool:
    """Whether all rows of an agreement have the same date."""
    thing = roles.ident or roles.title
    assert thing is not None
    by: dict[str, str] = {}
    pairs = [(a, b) for a, b in zip(thing.cells, time.head.cells, strict=True) if a and b]
    return bool(pairs) and all(by.setdefault(name, date) == date for name, date in pairs)


def _finest(times: Iterable[Timed]) -> Timed | None:
    """The time that is told most precisely, days before years, and in the most rows."""

    def fine(time: Timed) -> tuple[int, int]:
        dates = time.head.dates
        parts = len(time.columns)
        precise = parts if parts > 1 else 1 if dates is None or dates.years else 3
        return precise, sum(map(bool, time.head.cells))

    return max(times, key=fine, default=None)


def _measure(column: Column) -> str | None:
    """The measure that the head of a column with numbers names."""
    head = re.sub(
        r"\b(usd|us|dollars?|million|billion|mn|bn|percent|tons?|value)\b", "", column.head
    )
    found = find_concept("measure", head.strip())
    if found:
        return found
    words = head.split()
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            found = find_concept("measure", " ".join(words[at : at + size]))
            if found:
                return found
    hints = (("contract-value", "value|price|worth|cost"), ("number-ordered", "number ordered"),
             ("number-delivered", "number delivered"), ("two-way-trade", r"\btrade\b"))  # fmt: skip
    whole = column.head
    return next((measure for measure, hint in hints if re.search(hint, whole)), None)
