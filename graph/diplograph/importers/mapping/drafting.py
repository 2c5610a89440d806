"""The text of a drafted mapping: YAML, with a comment behind each line that was guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from diplograph.errors import TableError
from diplograph.importers.mapping.concepts import find_concept
from diplograph.importers.mapping.looking import Column
from diplograph.importers.mapping.reading import taken
from diplograph.importers.mapping.roles import Roles, Timed, roles_of
from diplograph.importers.telling import slug

__all__ = ["drafted"]

_PLAIN = re.compile(
    r"(?!(?:~|null|true|false|yes|no|on|off)$)[A-Za-z$(][^:#\[\]{}\"'\\&*!|>%@`,]*[^:#\[\]{}\"'\\&*!|>%@`,\s]|[A-Za-z]"
)
_UNITS = (
    ("percent", "percent|share|%"), ("us-dollar", r"usd|dollar|\$|price|value"),
    ("million-tons", "million tons"), ("person", "people|population|troops|persons"),
)  # fmt: skip


def drafted(
    file: Path,
    names: Sequence[str],
    columns: Sequence[Column],
    rows: int,
    *,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    header: int | None,
) -> str:
    """The draft for a table whose first ``rows`` rows were looked at.

    Raises :class:`~diplograph.errors.TableError` where no kind of row is recognized in it.
    """
    named = [c for c in columns if names.count(c.name) == 1]
    roles = roles_of(named)
    if roles.row == "figure" and (not roles.parties or not roles.figures):
        raise TableError(
            f"{file}: nothing was recognized that a row could tell of ({_seen(named)}); "
            "write the mapping by hand."
        )
    draft = _Draft(roles)
    draft.say(f"# Drafted from the header and the first {rows} rows. Read it over: “doubtful” and")
    draft.say("# “write” mark what has to be decided by whoever knows the table.")
    draft.dataset(file, named)
    draft.table(named, encoding, delimiter, sheet, header)
    draft.say(f"row: {roles.row}  # {roles.why}")
    draft.body()
    left = [c.name for c in columns if c.name not in roles.used]
    if left:
        draft.say("# Not used: " + ", ".join(" ".join(name.split()) for name in left[:40])
                  + (" …" if len(left) > 40 else ""))  # fmt: skip
    return "\n".join(draft.lines) + "\n"


class _Draft:
    def __init__(self, roles: Roles) -> None:
        self.roles = roles
        self.lines: list[str] = []
        self.null: list[str] = []

    def say(self, line: str, why: str = "") -> None:
        """A line, and behind it why it is so."""
        self.lines.append(f"{line}  # {' '.join(why.split())}" if why else line)

    def dataset(self, file: Path, columns: Sequence[Column]) -> None:
        """What the dataset is; most of it nobody can know but the user."""
        name = re.sub(r"[^a-z0-9]+", "-", slug(file.stem).encode("ascii", "ignore").decode()).strip(
            "-"
        )
        if not name or name in taken():
            name = f"my-{name or 'table'}"
        self.say("dataset:")
        self.say(f"  identifier: {_quoted(name)}", "from the name of the file")
        self.say(f"  title: {_quoted(file.stem)}", "write its title")
        self.say("  publisher: unknown", "write who made it")
        self.say("  rights: not stated", "write under which terms it may be used")
        self.say(
            f"  description: {_quoted('what ' + file.stem + ' covers')}",
            "write what it sets out to cover",
        )
        ends = sorted(d for c in columns if c.dates for d in (c.dates.first, c.dates.last))
        if ends:
            self.say(f"  temporal: {ends[0][:4]}/{ends[-1][:4]}", "from the dates in these rows")
        else:
            self.say("  temporal: ../2100", "write the period that it covers; no dates were seen")
        self.say("  # issued: 2001-01-31", "write when this edition was published")

    def table(
        self, columns: Sequence[Column], encoding: str | None, delimiter: str | None,
        sheet: str | None, header: int | None,
    ) -> None:  # fmt: skip
        """How the file is read, where that is not plain."""
        lines = []
        if encoding:
            lines.append((f"encoding: {_quoted(encoding)}", "as you said"))
        if delimiter:
            lines.append((f"delimiter: {json.dumps(delimiter)}", "as you said"))
        if sheet:
            lines.append((f"sheet: {_quoted(sheet)}", "as you said"))
        if header:
            lines.append((f"header: {header}", "the first row that is full"))
        used = [c for c in columns if c.name in self.roles.used]
        self.null = sorted({mark for c in used for mark in c.nothing})
        if self.null:
            lines.append((f"null: {_listed(self.null)}", "these stand in cells that say nothing"))
        if lines:
            self.say("table:")
            for line, why in lines:
                self.say(f"  {line}", why)

    def body(self) -> None:
        """What the row tells."""
        roles = self.roles
        if roles.row in ("agreement", "participation"):
            self._agreement()
            self._parties()
            self._stages()
        elif roles.row == "membership":
            self._membership()
        elif roles.row == "tenure":
            self._tenure()
        elif roles.row == "transfer":
            self._transfer()
            self._stages()
        else:
            self._area()
        self._figures()

    # --- sections ------------------------------------------------------------------------------

    def _agreement(self) -> None:
        roles = self.roles
        assert roles.title is not None
        self.say("agreement:")
        self.say(f"  label: {_column(roles.title)}", _seen_in(roles.title))
        if roles.ident:
            self.say(f"  id: {_column(roles.ident)}", "one value of it always goes with one name")
        if roles.kind is None:
            return
        self.say("  kind:")
        self.say(f"    value: {_column(roles.kind)}", _seen_in(roles.kind))
        unknown = [t for t in roles.kind.filled if not find_concept("kind", t)]
        if unknown:
            self.say("    map:", "doubtful: what these are is not known; write the kinds")
            for text in unknown[:30]:
                self.say(f"      {_quoted(text)}: agreement")
            self.say("    default: agreement")

    def _parties(self) -> None:
        roles = self.roles
        if not roles.parties and not roles.heads:
            return
        self.say("parties:")
        many = [c for c in roles.parties if c.parties]
        runs = _runs(many)
        for run in runs:
            first = run[0].parties
            assert first is not None
            if len(run) == 1:
                self.say(f"  - value: {_column(run[0])}", _seen_in(run[0]))
            else:
                span = f"{run[0].name}..{run[-1].name}"
                self.say(f"  - columns: [{_quoted(span)}]", f"{len(run)} columns of states")
            self._way(run[0], "    ")
        if roles.heads:
            listed = _listed([c.name for c in roles.heads])
            self.say(f"  - headers: {listed}", "the heads of these columns are states")
            self._cells(roles.heads)

    def _cells(self, heads: Sequence[Column]) -> None:
        dates = next((c.dates for c in heads if c.dates), None)
        if dates is not None:
            self.say("    stage: ratified", "doubtful: the cells are dates, but of what?")
            self.say(f"    format: {_listed(dates.formats)}", dates.doubt or "all dates have it")
            return
        marks = sorted({text for c in heads for text in c.filled})
        no = [m for m in marks if m.casefold() in ("0", "no", "n", "false", "f")]
        yes = [m for m in marks if m not in no] or ["1"]
        self.say(f"    yes: {_listed(yes[:12])}", "doubtful: does this stand for a party?")
        if no:
            self.say(f"    no: {_listed(no)}")

    def _way(self, column: Column, indent: str) -> None:
        parties = column.parties
        assert parties is not None
        share = f"{min(parties.share, 1):.0%} of its values are known"
        doubt = f"; {parties.doubt}" if parties.doubt else ""
        self.say(f"{indent}by: {parties.by}", share + doubt)
        if parties.separator:
            shown = json.dumps(parties.separator, ensure_ascii=False)
            self.say(f"{indent}separator: {shown}", "several in one cell")

    def _party(self, name: str, column: Column, indent: str = "") -> None:
        self.say(f"{indent}{name}:")
        self.say(f"{indent}  value: {_column(column)}", _seen_in(column))
        self._way(column, indent + "  ")

    def _stages(self) -> None:
        roles = self.roles
        if not roles.stages and roles.status is None:
            return
        self.say("stages:")
        for stage, time, why in roles.stages:
            self.say(f"  - stage: {stage}", why)
            self._time("when", time, "    ")
        if roles.status is not None:
            self.say(f"  - stage: {_column(roles.status)}", _seen_in(roles.status))

    def _time(self, key: str, time: Timed, indent: str) -> None:
        self.say(f"{indent}{key}:")
        if len(time.columns) > 1:
            for part, column in zip(("year", "month", "day"), time.columns, strict=False):
                self.say(f"{indent}  {part}: {_column(column)}")
            return
        dates = time.head.dates
        assert dates is not None
        self.say(f"{indent}  value: {_column(time.head)}", _seen_in(time.head))
        if dates.formats != ("edtf",):
            self.say(
                f"{indent}  format: {_listed(dates.formats)}", dates.doubt or "all dates have it"
            )
        none = [text for text in dates.null if text not in self.null]
        if none:
            self.say(
                f"{indent}  null: {_listed(none[:8])}", "doubtful: these look like no date at all"
            )

    def _period(self) -> None:
        roles = self.roles
        if roles.begin is None and roles.end is None:
            return
        self.say("when:")
        if roles.begin is not None:
            self._time("from", roles.begin, "  ")
        if roles.end is not None:
            self._time("to", roles.end, "  ")
            self.say("  # ongoing: [present]", "write what stands where it still goes on")

    def _membership(self) -> None:
        roles = self.roles
        self.say("organization:")
        if roles.group is not None:
            self.say(f"  label: {_column(roles.group)}", _seen_in(roles.group))
        else:
            self.say(
                "  label: The body of this table", "doubtful: no column names it; write its name"
            )
        self.say("  kind: international", "doubtful: write what kind of body it is")
        self._parties()
        self._period()

    def _tenure(self) -> None:
        roles = self.roles
        assert roles.person is not None
        self.say("person:")
        self.say(f"  label: {_column(roles.person)}", _seen_in(roles.person))
        self.say("  class: Leader", "doubtful: do they head states, governments or parties?")
        self.say("post:")
        self.say("  label: leader", "doubtful: write what the office is called")
        self._party("in", roles.parties[0], "  ")
        self._period()

    def _transfer(self) -> None:
        roles = self.roles
        assert roles.supplier is not None
        assert roles.recipient is not None
        assert roles.weapon is not None
        self._party("supplier", roles.supplier)
        self._party("recipient", roles.recipient)
        self.say("weapon:")
        self.say(f"  label: {_column(roles.weapon)}", _seen_in(roles.weapon))
        if roles.described:
            self.say(f"  describedAs: {_column(roles.described)}", _seen_in(roles.described))
        if roles.ident:
            self.say("transfer:")
            self.say(f"  id: {_column(roles.ident)}", "each value of it stands once")

    def _area(self) -> None:
        roles = self.roles
        self._party("area", roles.parties[0])
        if len(roles.parties) > 1:
            self._party("counterpart", roles.parties[1])
        if roles.time is not None:
            self._time("when", roles.time, "")

    def _figures(self) -> None:
        roles = self.roles
        if not roles.figures or roles.row in ("membership", "tenure"):
            roles.used -= {column.name for column, _ in roles.figures}
            return
        self.say("figures:")
        for column, measure in roles.figures:
            _, decimal, group = column.number
            self.say(f"  - value: {_column(column)}", _seen_in(column))
            self.say(f"    measure: {measure}", "doubtful: from the head of the column")
            unit = next(
                (u for u, hint in _UNITS if re.search(hint, column.name.casefold())), "item"
            )
            self.say(f"    unit: {unit}", "doubtful: write what one of the value is")
            scale = next((s for s, w in (("1000000000", "billion|bn"), ("1000000", "million|mn"))
                          if column.says(w) and unit != "million-tons"), None)  # fmt: skip
            if scale:
                self.say(f"    scale: {scale}", "the head says so")
            if decimal != ".":
                self.say(f"    decimalChar: {json.dumps(decimal)}", "so its numbers are printed")
            if group:
                self.say(f"    groupChar: {json.dumps(group)}", "so its numbers are printed")


# --- YAML ----------------------------------------------------------------------------------------


def _column(column: Column) -> str:
    """A column as a template stands in YAML."""
    name = column.name.replace("\\", "\\\\")
    if "(" in name or ")" in name:
        name = name.replace("(", "\\(").replace(")", "\\)")
    return _quoted(f"$({name})")


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(json.dumps(text, ensure_ascii=False) for text in texts)}]"


def _runs(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns whose names differ by a number alone, side by side, together."""
    runs: list[list[Column]] = []
    for column in columns:
        match = re.fullmatch(r"(.*?)([0-9]+)", column.name)
        last = runs[-1][-1] if runs else None
        before = last and re.fullmatch(r"(.*?)([0-9]+)", last.name)
        if match and before and match[1] == before[1] and int(match[2]) == int(before[2]) + 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    return runs


def _seen_in(column: Column) -> str:
    some = ", ".join(text if len(text) < 28 else text[:25] + "…" for text in column.filled[:3])
    return f"for example {some}" if some else "all cells are empty"


def _seen(columns: Sequence[Column]) -> str:
    told = []
    for column in columns[:8]:
        what = "states" if column.parties else "dates" if column.dates else "numbers" if (
            column.number[0] > 0.9 and column.filled
        ) else "text"  # fmt: skip
        told.append(f"“{column.name}” has {what}")
    return ", ".join(told) + (" …" if len(columns) > 8 else "")
